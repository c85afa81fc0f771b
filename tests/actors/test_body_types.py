"""What kind of body a noun or a name tells of, and whom a noun takes up by it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus_lib.actors import introduce
from corpus_lib.actors.body_types import types_of_name, types_of_noun
from corpus_lib.analysis import parse_article
from corpus_lib.language import load
from corpus_lib.language.lexicon import table
from corpus_lib.language.names.gazetteer import all_kinds
from corpus_lib.structure import read_text


def named(text: str) -> dict[str, set[str]]:
    """Return who is named in a text: name → the words that stand for it."""
    article = read_text(text)
    cast = introduce(article, parse_article(article, load()))
    return {
        e.name: {article.text[s.start : s.end] for s in e.mentions} for e in cast.entities if e.kind == "organisation"
    }


@pytest.mark.parametrize(
    ("noun", "name", "agree"),
    [
        ("fergerederi", "Brekstad Ferjer", True),
        ("fagforening", "Tekforbundet", True),
        ("kommune", "Årdal kommune", True),
        ("tingrett", "Sogn tingrett", True),
        ("selskap", "Norsk Kabinforening", False),
        ("politi", "Nordskjær Sjømat", False),
    ],
)
def test_a_noun_goes_with_names_of_its_kind(noun: str, name: str, agree: bool) -> None:
    assert bool(types_of_noun(noun) & types_of_name(name)) is agree


def test_every_kind_has_nouns_and_its_gazetteer_is_there() -> None:
    files = {kind.split()[1] for kind in all_kinds() if " " in kind}
    for kind, held in table("body_types.toml").items():
        assert held["nouns"].split(), kind
        assert not held["gazetteer"] or held["gazetteer"] in files, kind


def test_no_word_stands_twice_in_a_list() -> None:
    for kind, held in table("body_types.toml").items():
        for part in ("nouns", "endings"):
            words = sorted(held[part].split())
            assert [a for a, b in pairwise(words) if a == b] == [], (kind, part)


def test_a_body_is_one_with_its_name_without_the_legal_form() -> None:
    found = named(
        "Norlinja bygger ut\n\nNorlinja vil bygge i nord.\n\nDet sier Ola Berg i Norlinja AS. Norlinja AS er ny."
    )
    assert sum("Norlinja" in name for name in found) == 1


def test_two_places_clubs_stay_two_bodies() -> None:
    found = named("Sandvik slo Fjordvik\n\nSandvik FK slo Fjordvik FK. Trenerne i Sandvik FK og Fjordvik FK var enige.")
    assert {"Sandvik FK", "Fjordvik FK"} <= set(found)
