"""Ways of telling what somebody says that the first rules did not know, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.analysis import parse_article
from corpus_lib.language import load
from corpus_lib.quotes import find_quotes
from corpus_lib.structure.article import read_text


def said(text: str) -> list[tuple[str, list[str]]]:
    """Return the words of each quotation of a text, and who speaks."""
    article = read_text(text)
    parsed = parse_article(article, load())
    cast = introduce(article, parsed)
    return [
        (" … ".join(article.slice(s) for s in q.segments), [cast.entities[e].name for e in cast.speakers(q)])
        for q in find_quotes(article, parsed, cast)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("«Vi må stanse dette», sier Kari Holm. «Det er for farlig nå.» Så gikk hun.", "Det er for farlig nå"),
        ("«Me må stanse dette,» seier Kari Holm. «Det er for farleg for borna.»", "Det er for farleg for borna"),
        ("«Vi må stanse dette», sier Kari Holm. «Det er farlig.» «Hver dag er farlig nå.»", "Hver dag er farlig nå"),
    ],
)  # fmt: skip
def test_speech_in_quotation_marks_goes_on_behind_its_inquit(text: str, words: str) -> None:
    assert (words, ["Kari Holm"]) in said(text)


def test_marks_behind_narration_do_not_go_on() -> None:
    text = "«Vi må stanse dette», sier Kari Holm. Filmen «Byen skal bli grønn» går på kino."
    assert [words for words, _ in said(text)] == ["Vi må stanse dette"]


@pytest.mark.parametrize(
    "text",
    [
        "Kari Holm skriver så langsomt at det tar pusten fra meg.",
        "Kari Holm skriv så sakte at det tek pusten frå meg.",
        "Kari Holm snakket såpass lavt at ingen hørte det.",
    ],
)
def test_how_somebody_speaks_is_not_what_they_say(text: str) -> None:
    assert said(text) == []


def test_of_course_is_no_measure() -> None:
    assert said("Kari Holm sa så klart at det var feil.") == [("det var feil", ["Kari Holm"])]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fire personer er siktet i saken, etter det NTB kjenner til.", "Fire personer er siktet i saken"),
        ("Fire personar er sikta i saka, etter det NTB erfarer.", "Fire personar er sikta i saka"),
        ("Etter det NTB erfarer, er fire personer siktet i saken.", "er fire personer siktet i saken"),
    ],
)
def test_what_a_paper_has_learned_is_its_word(text: str, words: str) -> None:
    assert said(text) == [(words, ["NTB"])]


@pytest.mark.parametrize("text", ["Etter det som skjedde, er folk redde.", "Etter det skriver hun ikke mer."])
def test_after_something_is_no_source(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("when", ["Klokken 08", "Klokka 8"])
def test_a_time_does_not_speak(when: str) -> None:
    assert said(f"{when} kunne gartneriet melde at den siste plassen var tatt.") == [
        ("den siste plassen var tatt", ["gartneriet"])
    ]


def test_the_full_stop_belongs_to_no_name() -> None:
    assert ("Vi går", ["TV 2"]) not in said("– Vi går, sier Kari Lie til TV 2.")
    assert said("Ifølge Kari Lie er alt bra. Det melder TV 2.")[-1][1] in (["TV 2"], ["Kari Lie"])


@pytest.mark.parametrize("verb", ["syner", "viser"])
def test_figures_show_in_both_standards(verb: str) -> None:
    assert said(f"Overslag frå Huseigarlaget {verb} at to av tre hyblar aldri er sjekka.")
