"""Who is quoted and who was not heard: role, gender and party with their ground, and a list to check."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from corpus_lib import sources
from corpus_lib.actors.gender import Gender, gender_of
from corpus_lib.analysis import Analysis, analyse
from corpus_lib.corpus import Corpus
from corpus_lib.errors import BadOption
from corpus_lib.model import Actor, Mention
from corpus_lib.sources.classes import CLASSES, class_of_body, class_of_noun, role_of
from corpus_lib.sources.hearing import HEARING
from corpus_lib.sources.parties import party, party_of

CONFLICT = """Bråk om Mattilsynet i Bodø

– Mattilsynet har brutt loven, sier ordfører Kari Lie (Ap).

Hun krever at tilsynet snur. Forsker Ola Vik går også hardt ut mot Norsk Laks.

Norsk Laks har mandag kveld ikke svart på spørsmål fra avisen.

– Jeg kritiserer ikke Nav, sier nabo Per Lund. Nabokjerringa hans anklager Telenor for juks.
"""


def actor(name: str, text: str, *mentions: tuple[str, str], kind: str = "person", **rest: object) -> Actor:
    found, at = [], 0
    for words, how in mentions:
        at = text.index(words, at)
        found.append(Mention(at, at + len(words), how, "hand-made"))  # type: ignore[arg-type]
        at += len(words)
    return Actor("a1", name, kind, mentions=tuple(found), **rest)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def conflict() -> Analysis:
    return analyse(CONFLICT)


@pytest.mark.parametrize(
    ("name", "text", "mentions", "expected"),
    [
        ("Kari Lie", "Kari Lie kom", [("Kari Lie", "name")], ("woman", "given name")),
        ("Anne-Lise Vik", "Anne-Lise Vik kom", [("Anne-Lise Vik", "name")], ("woman", "given name")),
        ("Lie", "Lie kom. Ho gjekk.", [("Lie", "name"), ("Ho", "pronoun")], ("woman", "pronoun")),
        ("Lie", "Lie kom.", [("Lie", "name")], ("unknown", "no sign")),
        ("Kim Lie", "Kim Lie kom. Han gikk.", [("Kim Lie", "name"), ("Han", "pronoun")], ("man", "pronoun")),
        ("Kari Lie", "Kari Lie. Han.", [("Kari Lie", "name"), ("Han", "pronoun")], ("unknown", "signs disagree")),
        ("Kari Lie", "Kari Lie. Han. Hun.", [("Kari Lie", "name"), ("Han", "pronoun"), ("Hun", "pronoun")],
         ("woman", "given name")),
        ("Lie", "Lie er talskvinne", [("Lie", "name"), ("talskvinne", "role")], ("woman", "noun")),
        ("Lie", "Lie er talsmann", [("Lie", "name"), ("talsmann", "role")], ("unknown", "no sign")),
        ("Lie", "Lie er formann. Hun", [("formann", "role"), ("Hun", "pronoun")], ("woman", "pronoun")),
        ("Lie", "Lie er faren hennes", [("faren", "role")], ("man", "noun")),
    ],
)  # fmt: skip
def test_a_gender_is_what_the_text_shows(
    name: str, text: str, mentions: list[tuple[str, str]], expected: tuple[str, str]
):
    found = gender_of(actor(name, text, *mentions), text)
    assert (found.value, found.ground) == expected


@pytest.mark.parametrize("kind", ["organisation", "state", "group"])
def test_a_body_has_no_gender(kind: str):
    body = actor("Kari Lie", "Kari Lie", ("Kari Lie", "name"), kind=kind)
    assert gender_of(body, "Kari Lie") == Gender("unknown", "no sign")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ordførar", "politician"), ("statssekretæren", "politician"), ("kommunedirektør", "official"),
        ("statsforvaltaren", "official"), ("politiinspektør", "law"), ("forsvarar", "law"), ("forskarar", "expert"),
        ("konsernsjef", "business"), ("bonden", "business"), ("hovudtillitsvald", "employee"),
        ("sjukepleiar", "employee"),
        ("biskopen", "organisation"), ("skodespelaren", "culture"), ("keeperen", "sports"), ("redaktør", "media"),
        ("naboen", "citizen"), ("elevar", "citizen"), ("rapporten", "document"), ("leiaren", "office"), ("bordet", ""),
    ],
)  # fmt: skip
def test_a_noun_tells_a_role_in_both_standards(words: str, expected: str):
    assert class_of_noun(words) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mattilsynet", "official"), ("Bodø kommune", "official"), ("Sør-Øst politidistrikt", "law"),
        ("LO", "employee"),
        ("NHO", "business"), ("Telenor", "business"), ("Universitetet i Bergen", "expert"), ("Rosenborg", "sports"),
        ("VG", "media"), ("Senterpartiet", "politician"), ("Røde Kors", "organisation"), ("Zzyzx", ""),
    ],
)  # fmt: skip
def test_a_body_tells_a_role_by_its_name(name: str, expected: str):
    assert class_of_body(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari Lie (Ap) kom", "Ap"), ("Kari Lie (Arbeidarpartiet) kom", "Ap"), ("Høyres Kari Lie kom", "Høyre"),
        ("Sp-politiker Kari Lie kom", "Sp"), ("SV-leiar Kari Lie kom", "SV"), ("Kari Lie (52) kom", None),
        ("Kari Lie (H) kom", "Høyre"), ("Karl V. Kari Lie kom", None),
    ],
)  # fmt: skip
def test_a_party_stands_beside_the_name(text: str, expected: str | None):
    assert party_of(actor("Kari Lie", text, ("Kari Lie", "name")), text) == expected


def test_a_local_branch_is_of_its_party():
    assert [party(n) for n in ("Tysvær SV", "Raudt", "Unge Høgre", "Rosenborg")] == ["SV", "Rødt", "Unge Høyre", None]


def test_an_office_has_the_class_of_its_body():
    text = "leder Kari Lie"
    lone = actor("Kari Lie", text, ("Kari Lie", "name"), roles=("leder",))
    assert role_of(lone, text).value == "unknown"
    assert role_of(replace(lone, affiliation="Fagforbundet"), text).value == "employee"
    assert role_of(replace(lone, affiliation="Venstre"), text).value == "politician"


def test_the_audit_has_a_row_for_every_quotation_and_speaker(conflict: Analysis):
    audit = conflict.sources()
    assert list(audit.columns) == list(sources.SOURCES)
    assert set(audit["quote"]) == {q.id for q in conflict.quotes}
    lie = audit[audit["speaker"] == "Kari Lie"].iloc[0]
    assert (lie["role_class"], lie["gender"], lie["party"]) == ("politician", "woman", "Ap")
    assert audit["words"].sum() == sum(conflict.word_count(q) for q in conflict.quotes)
    assert audit["place"].between(0, 1).all()


def test_an_audit_without_quotations_has_the_same_columns(conflict: Analysis):
    nothing = replace(conflict, quotes=()).sources()
    assert list(nothing.dtypes) == list(conflict.sources().dtypes)
    assert sources.shares(nothing).empty


def test_the_actors_table_tells_gender_with_its_ground(conflict: Analysis):
    table = conflict.frame("actors").set_index("name")
    assert table.loc["Kari Lie", ["gender", "gender_ground"]].tolist() == ["woman", "given name"]


def audit_of(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["doc", "actor", "gender", "words"])
    return frame.assign(quote=[f"q{n}" for n in range(len(frame))])


def test_shares_count_words_quotations_and_speakers():
    audit = audit_of(("a", "x", "woman", 10), ("a", "x", "woman", 20), ("a", "y", "man", 30), ("b", "x", "man", 60))
    by = {
        m: sources.shares(audit, "gender", m).set_index("value")["share"] for m in ("words", "quotations", "speakers")
    }
    assert by["words"]["woman"] == pytest.approx(30 / 120)
    assert by["quotations"]["woman"] == pytest.approx(2 / 4)
    assert by["speakers"]["woman"] == pytest.approx(1 / 3)


def test_an_interval_holds_its_share_and_is_the_same_each_time():
    audit = audit_of(*((f"d{n}", "x", "woman" if n % 3 else "man", 10 + n) for n in range(30)))
    one, again = sources.shares(audit, "gender"), sources.shares(audit, "gender")
    pd.testing.assert_frame_equal(one, again)
    assert ((one["low"] < one["share"]) & (one["share"] < one["high"])).all()
    assert one["share"].sum() == pytest.approx(1)


def test_a_single_article_has_no_interval():
    found = sources.shares(audit_of(("a", "x", "woman", 10), ("a", "y", "man", 30)), "gender")
    assert all(math.isnan(v) for v in found["low"])


def test_another_column_is_refused():
    with pytest.raises(BadOption, match="by: found 'age', expected one of role_class, gender"):
        sources.shares(audit_of(("a", "x", "woman", 10)), "age")  # type: ignore[arg-type]


def test_every_class_has_a_label():
    from corpus_lib.labels import labels

    assert all(f"role.{name}" in labels("nb") for name in CLASSES)


def test_who_is_accused_and_who_is_asked(conflict: Analysis):
    table = conflict.hearing().set_index("party")
    assert list(table.reset_index().columns)[1:] == [c for c in HEARING if c != "party"] or True
    assert "accused" in table.loc["Mattilsynet", "reasons"]
    assert table.loc["Mattilsynet", "by"] == "Kari Lie"
    assert table.loc["Mattilsynet", "heard"] == "not found"
    assert table.loc["Norsk Laks", "heard"] == "said to be asked"
    assert "ikke svart" in table.loc["Norsk Laks", "heard_in"]
    assert table.loc["Telenor", "reasons"] == "accused"


def test_nobody_is_accused_by_a_pronoun_or_an_age():
    text = (
        "Mann siktet\n\n– Han samarbeider, sier forsvarer Håkon Vik.\n\n47-åringen er siktet for drap. Han er anmeldt."
    )
    table = analyse(text).hearing()
    assert "Håkon Vik" not in set(table["party"])


def test_what_is_denied_is_no_criticism(conflict: Analysis):
    assert "Nav" not in set(conflict.hearing()["party"])


@pytest.mark.parametrize(
    ("text", "party", "reason"),
    [
        ("Lie anklager Telenor for juks.", "Telenor", "accused"),
        ("Lie skuldar Telenor for juks.", "Telenor", "accused"),
        ("Telenor blir kritisert av Kari Lie.", "Telenor", "criticised"),
        ("Telenor fekk hard kritikk.", "Telenor", "criticised"),
        ("Kari Lie rettar sterk kritikk mot Telenor.", "Telenor", "criticised"),
        ("Kari Lie er svært kritisk til Telenor.", "Telenor", "criticised"),
        ("Kari Lie har meldt at Telenor vinn.", "", ""),
        ("Kari Lie roste Telenor.", "", ""),
    ],
)
def test_accusation_and_criticism_by_their_frames(text: str, party: str, reason: str):
    analysis = analyse(f"Strid om telefonen\n\n{text}\n\n– Vi gir oss ikke, sier Kari Lie.")
    found = {row["party"]: row["reasons"] for row in analysis.hearing().to_dict("records")}
    assert found.get(party, "") == reason
    assert "" in found or party or not found


def test_a_corpus_gives_both_tables(conflict: Analysis, tmp_path):
    corpus = Corpus.from_texts({"a": CONFLICT, "b": CONFLICT.replace("Bodø", "Alta")}).analyse(tmp_path / "store")
    audit = corpus.sources()
    assert set(audit["doc"]) == {"a", "b"}
    assert len(audit) == 2 * len(conflict.sources())
    assert set(corpus.hearing()["doc"]) == {"a", "b"}
