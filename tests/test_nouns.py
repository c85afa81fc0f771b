"""The lexicon of nouns: its files are in order, and the reader answers what actors and quotations ask."""

from __future__ import annotations

import pytest

from corpus_lib.language.lexicon import rows
from corpus_lib.language.nouns import BODIES, PERSONS, noun

FILES = {
    "persons": {"person", "relation", "citizen"},
    "occupations": {"occupation", "expert"},
    "offices": {"office", "politician"},
    "sports": {"athlete", "coach"},
    "justice": {"accused", "victim", "legal"},
    "inhabitants": {"inhabitant"},
    "epithets": {"epithet"},
    "bodies": {"body", "state", "media"},
    "groups": {"group"},
    "documents": {"document"},
    "things": {"thing"},
    "places": {"place"},
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_sorted_unique_and_complete(name: str) -> None:
    entries = rows(f"nouns/{name}.csv")
    keys = [(r["nb"].lower(), r["class"]) for r in entries]
    assert keys == sorted(set(keys))
    assert {r["class"] for r in entries} == FILES[name]
    values = {column: {r[column] for r in entries} for column in ("gender", "number", "suffix", "speaks")}
    assert values["gender"] <= {"", "f", "m"}
    assert values["number"] <= {"", "plural", "collective"}
    assert values["suffix"] | values["speaks"] <= {"yes", "no"}
    cells = [r[standard].split(" ") for r in entries for standard in ("nb", "nn")]
    assert [c for c in cells if len(c) != 4] == []
    assert [c for c in cells if not all(form for cell in c for form in cell.split("/"))] == []


def test_the_lexicon_holds_thousands_of_nouns() -> None:
    assert sum(len(rows(f"nouns/{name}.csv")) for name in FILES) > 4000
    assert set().union(*FILES.values()) == PERSONS | BODIES | {"group", "document", "thing", "place"}


@pytest.mark.parametrize(
    ("form", "kind", "lemma", "definite", "plural"),
    [
        ("lærerne", "occupation", "lærer", True, True),
        ("lærarane", "occupation", "lærar", True, True),
        ("forskeren", "expert", "forsker", True, False),
        ("kunnskapsministeren", "politician", "kunnskapsminister", True, False),
        ("talskvinna", "office", "talskvinne", True, False),
        ("kommunikasjonsrådgjevar", "office", "kommunikasjonsrådgjevar", False, False),
        ("målscoreren", "athlete", "målscorer", True, False),
        ("assistenttrenaren", "coach", "assistenttrenar", True, False),
        ("siktede", "accused", "siktet", True, False),
        ("drapsofferet", "victim", "drapsoffer", True, False),
        ("forsvarsadvokaten", "legal", "forsvarsadvokat", True, False),
        ("treningsguruen", "epithet", "treningsguru", True, False),
        ("myndighetene", "state", "myndighet", True, True),
        ("styresmaktene", "state", "styresmakt", True, True),
        ("tankesmia", "body", "tankesmie", True, False),
        ("reiarlaget", "body", "reiarlag", True, False),
        ("nettavisen", "media", "nettavis", True, False),
        ("vitskapsmannen", "expert", "vitskapsmann", True, False),
        ("besteforeldrene", "group", "besteforeldre", True, True),
        ("pressemeldinga", "document", "pressemelding", True, False),
        ("fråsegna", "document", "fråsegn", True, False),
        ("trønderen", "inhabitant", "trønder", True, False),
        ("43-åringen", "person", "43-åring", True, False),
        ("svigermora", "relation", "svigermor", True, False),
        ("innbyggjarane", "citizen", "innbyggjar", True, True),
        ("-regissøren", "occupation", "regissør", True, False),
        ("hovudstaden", "place", "hovudstad", True, False),
        ("tiendeklassinger", "citizen", "tiendeklassing", False, True),
        ("laksefiskeren", "citizen", "laksefisker", True, False),
    ],
)
def test_a_form_tells_its_class_and_citation_form(
    form: str, kind: str, lemma: str, definite: bool, plural: bool
) -> None:
    found = noun(form)
    assert found is not None
    assert (found.kind, found.lemma, found.definite, found.plural) == (kind, lemma, definite, plural)


@pytest.mark.parametrize(
    "word",
    ["bordet", "løpende", "ansvar", "sykdommen", "utlandet", "platespilleren", "området", "faktoren", "1800-tallet"],
)
def test_what_is_no_person_body_or_document_is_not_taken_for_one(word: str) -> None:
    found = noun(word)
    assert found is None or found.kind == "thing"


def test_gender_is_told_only_by_words_that_tell() -> None:
    told = {w: (n.gender if (n := noun(w)) else "?") for w in ("enken", "svigersønnen", "talsmannen", "dommeren")}
    assert told == {"enken": "f", "svigersønnen": "m", "talsmannen": None, "dommeren": None}


def test_who_speaks_for_a_body_by_office() -> None:
    speaks = {w for w in ("talsperson", "generalsekretæren", "olje-minister", "elev", "snekkeren") if noun(w).speaks}
    assert speaks == {"talsperson", "generalsekretæren", "olje-minister"}


def test_a_person_is_placed_where_the_word_says() -> None:
    places = [n.place for w in ("moldenseren", "svenskene", "nordmannen", "treneren") if (n := noun(w))]
    assert places == ["Molde", "Sverige", "Norge", None]


def test_a_genitive_is_known_and_told_apart() -> None:
    told = [(n.lemma, n.genitive) for w in ("politiets", "kommunes", "prins", "jentas") if (n := noun(w))]
    assert told == [("politi", True), ("kommune", True), ("prins", False), ("jente", True)]


def test_a_word_without_end_is_read_at_once() -> None:
    assert noun("s" * 100_000) is None
    assert noun("a" * 100_000 + "ministeren") is not None
