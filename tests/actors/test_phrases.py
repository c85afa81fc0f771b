"""Noun phrases that tell some of many, amounts, clauses that belong to a noun: how they are cited, who they are."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.actors.phrases import is_new, phrases
from corpus_lib.analysis import analyse, parse_article
from corpus_lib.language import load
from corpus_lib.structure import read_text


def cited(text: str) -> dict[str, bool]:
    """Return the noun phrases of a text as they are cited, and whether each introduces somebody."""
    parsed = parse_article(read_text(text), load())
    return {phrase.citation: is_new(phrase) for phrase in phrases(parsed)}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Avstemming\n\nRundt 30 prosent sa ja.", "rundt 30 prosent"),
        ("Avstemming\n\n53 prosent av de spurte mener at skatten bør ned.", "53 prosent av de spurte"),
        ("Protest\n\nFlere av deltakerne sa at de ville gå videre.", "flere av deltakerne"),
        ("Protest\n\nEn av demonstrantene sa at han ville gå videre.", "en av demonstrantene"),
        ("Protest\n\nEin av demonstrantane sa at han ville gå vidare.", "ein av demonstrantane"),
    ],
)
def test_a_part_of_many_is_somebody_new_and_cited_whole(text: str, phrase: str):
    assert cited(text)[phrase]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Forskning\n\nForskere som har lest rapporten, sier at isen smelter.", "forskere som har lest rapporten"),
        ("Brann\n\nTo naboer som så røyken, ringte politiet.", "to naboer som så røyken"),
    ],
)
def test_a_short_clause_belongs_to_many_who_are_not_told_otherwise(text: str, phrase: str):
    assert phrase in cited(text)


@pytest.mark.parametrize(
    "text",
    ["Avstemming\n\nRundt 30 prosent sa ja, mens 8 prosent sa nei.", "Svar\n\nEn av dem sa ja. En av dem sa nei."],
)
def test_two_shares_are_not_one(text: str):
    article = read_text(text)
    cast = introduce(article, parse_article(article, load()))
    assert sum("prosent" in e.name or e.name == "en av dem" for e in cast.entities) == 2


def test_a_council_is_one_in_either_form_of_its_name():
    text = "Byggjer nytt\n\nTokke kommunestyre sa ja måndag. Hausten før sa Tokke kommunestyret nei."
    article = read_text(text, language="nn")
    cast = introduce(article, parse_article(article, load()))
    assert [e.name for e in cast.entities if "kommunestyre" in e.name] == ["Tokke kommunestyre"]


@pytest.mark.parametrize("word", ["hendene", "lastebilene"])
def test_they_are_never_things(word: str):
    article = read_text(f"Protest\n\nPå {word} malte de en beskjed. De ville ikke gi seg.")
    cast = introduce(article, parse_article(article, load()))
    told = [m for e in cast.entities if e.name == word for m in e.mentions.values()]
    assert [m.kind for m in told] == ["role"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Protest\n\n«Nå er det nok!» står det på en av plakatene.", "en av plakatene"),
        ("Måling\n\n53 prosent av de spurte mener at skatten bør ned.", "53 prosent av de spurte"),
    ],
)
def test_who_says_it_is_cited_whole(text: str, speaker: str):
    analysis = analyse(text)
    assert [analysis.joined(q.speakers) for q in analysis.quotes] == [speaker]
