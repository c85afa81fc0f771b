"""The gazetteer's files: in order, without doubles, both standards, and wide enough."""

from __future__ import annotations

import csv
from importlib.resources import files
from itertools import pairwise

import pytest

from corpus_lib.language.facts import are_one, gender_of_given, state_with_capital, states_of
from corpus_lib.language.lexicon import rows

KINDS = {"GPE", "LOC", "ORG", "PER_GIVEN_F", "PER_GIVEN_M", "PER_FAMILY"}
FOLDER = files("corpus_lib.language") / "data" / "gazetteer"
FILES = sorted(f.name for f in FOLDER.iterdir() if f.name.endswith(".csv"))


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_sorted_unique_and_tells_its_source(file: str) -> None:
    text = (FOLDER / file).read_text(encoding="utf-8")
    assert text.startswith("# ")
    entries = rows(f"gazetteer/{file}")
    keys = [(r["name"], r["kind"]) for r in entries]
    assert [b for a, b in pairwise(keys) if a >= b] == []
    assert {r["kind"] for r in entries} <= KINDS
    forms = [(r["name"], *filter(None, r["other_names"].split("|"))) for r in entries]
    assert [f for f in forms if len(set(f)) < len(f) or any(n != n.strip() or not n for n in f)] == []
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert {len(line) for line in csv.reader(lines, delimiter=";")} == {len(lines[0].split(";"))}


@pytest.mark.parametrize(
    ("name", "kind", "file"),
    [
        ("Norge", "GPE", "states"),
        ("Noreg", "GPE", "states"),
        ("Kviterussland", "GPE", "states"),
        ("Orkland", "GPE", "municipalities"),
        ("Skedsmo", "GPE", "municipalities"),
        ("Guovdageaidnu", "GPE", "municipalities"),
        ("Sørlandet", "LOC", "places_norway"),
        ("Donetsk", "GPE", "places_world"),
        ("Stillehavet", "LOC", "lands_and_waters"),
        ("Raudt", "ORG", "parties"),
        ("Unge Høyre", "ORG", "parties"),
        ("Utanriksdepartementet", "ORG", "government"),
        ("NVE", "ORG", "government"),
        ("Gulating lagmannsrett", "ORG", "police_and_courts"),
        ("Ahus", "ORG", "health"),
        ("NTNU", "ORG", "universities"),
        ("Norsk Sjukepleiarforbund", "ORG", "organisations"),
        ("Facebook", "ORG", "companies"),
        ("Everton", "ORG", "sports"),
        ("Nynorsk Pressekontor", "ORG", "media"),
        ("NTB", "ORG", "media"),
        ("Verdas helseorganisasjon", "ORG", "international"),
        ("Ragnhild", "PER_GIVEN_F", "given_names"),
        ("Abdirahman", "PER_GIVEN_M", "given_names"),
        ("Jackie", "PER_GIVEN_F", "given_names"),
        ("Jackie", "PER_GIVEN_M", "given_names"),
        ("Øverland", "PER_FAMILY", "family_names"),
        ("von der Leyen", "PER_FAMILY", "family_names"),
    ],
)
def test_a_name_is_known_by_every_form_it_has(name: str, kind: str, file: str) -> None:
    kinds = {r["kind"] for r in rows(f"gazetteer/{file}.csv") if name in (r["name"], *r["other_names"].split("|"))}
    assert kind in kinds


def test_states_have_capitals_adjectives_and_inhabitants() -> None:
    states = {r["name"]: r for r in rows("gazetteer/states.csv")}
    told = [states[s][c] for s in ("Polen", "Sverige") for c in ("capital", "adjective", "inhabitant")]
    assert told == ["Warszawa", "polsk", "polakk", "Stockholm", "svensk", "svenske"]


def test_the_gazetteer_holds_thousands_of_names() -> None:
    assert len(FILES) >= 18
    assert sum(len(rows(f"gazetteer/{file}")) for file in FILES) > 20_000


def test_a_given_name_tells_its_gender_where_only_one_bears_it() -> None:
    told = {n: gender_of_given(n) for n in ("Ragnhild", "Abdirahman", "Anne-Lovise", "Jackie", "Stol")}
    assert told == {"Ragnhild": "f", "Abdirahman": "m", "Anne-Lovise": "f", "Jackie": None, "Stol": None}


def test_an_adjective_and_a_capital_tell_their_state_in_both_standards() -> None:
    assert [set(states_of(a)) for a in ("tyske", "austerriksk", "kviterussiske", "grønn")] == [
        {"Tyskland"},
        {"Østerrike"},
        {"Belarus"},
        set(),
    ]
    assert [state_with_capital(c) for c in ("London", "Beograd", "Berlin", "Barcelona")] == [
        *("Storbritannia", "Serbia", "Tyskland"),
        None,
    ]


@pytest.mark.parametrize(
    ("name", "other", "one"),
    [
        ("Kviterussland", "Belarus", True),
        ("WHO", "Verdas helseorganisasjon", True),
        ("Naturvernforbundet", "Norges Naturvernforbund", True),
        ("Helsedepartementet", "Helse- og omsorgsdepartementet", True),
        ("Ap", "Arbeidarpartiet", True),
        ("Ap", "Høyre", False),
        ("Helse Vest", "Helse Nord", False),
        ("Nobody", "Nobody", False),
    ],
)
def test_two_names_of_one_thing_are_known_to_be_one(name: str, other: str, one: bool) -> None:
    assert are_one(name, other) is one
