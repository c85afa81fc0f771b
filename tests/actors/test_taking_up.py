"""Who is taken up by a noun: names within compounds, titles read as other words, nouns of headlines, fullest forms."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.analysis import analyse, parse_article
from corpus_lib.language import load
from corpus_lib.structure import read_text


def roles(text: str, name: str) -> list[str]:
    article = read_text(text)
    cast = introduce(article, parse_article(article, load()))
    return next(list(e.roles) for e in cast.entities if e.name == name)


def test_a_body_named_within_a_compound_is_taken_up_by_its_noun():
    analysis = analyse(
        "Vil ha flere tilfluktsrom\n\n– Norge har ikke råd til å la være, sier DSB-direktør Elisabeth Sandvik.\n\n"
        "Oppgraderingen vil koste rundt 12 milliarder kroner, anslår direktoratet."
    )
    assert [analysis.joined(q.speakers) for q in analysis.quotes] == ["Elisabeth Sandvik", "DSB"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Frykt\n\nStatsviter Jonas Stein frykter at saken svekker tilliten.", "Jonas Stein", "statsviter"),
        (
            "Toll\n\nSelskapet sendte et felles brev til handelsminister Priya Ramanathan.",
            "Priya Ramanathan",
            "handelsminister",
        ),
    ],
)
def test_a_title_is_one_whatever_the_parse_takes_it_for(text: str, name: str, role: str):
    assert roles(text, name) == [role]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Vil ha svar\n\nEin far meiner barnehagen har gjort vondt verre.\n\n– Sonen min er redd, seier faren.",
            "faren",
        ),
        ("Vil ha svar\n\nEn mann i 50-årene ringte.\n\n– Jeg er redd, sier mannen.", "en mann i 50-årene"),
    ],
)
def test_who_has_no_name_is_called_by_the_fullest_form_that_tells_something(text: str, name: str):
    analysis = analyse(text)
    assert analysis.joined(analysis.quotes[-1].speakers) == name


def test_nouns_of_a_headline_without_names_are_read():
    article = read_text("Fem tusen navn mot treneren\n\nSupporterne vil ha Geir Ove Haugstad vekk.")
    parsed = parse_article(article, load())
    assert parsed.blocks[0].parsed
