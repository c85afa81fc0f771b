"""Ways of telling what somebody says that the first rules did not know, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus_lib.actors import introduce
from corpus_lib.analysis import analyse, parse_article
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


@pytest.mark.parametrize(
    "behind",
    ["«Titanic 2» har premiere på fredag.", "«Byen blir grønn» går på kino.", "Filmen «Byen blir grønn» går på kino."],
)  # fmt: skip
def test_a_title_behind_an_inquit_is_no_speech(behind: str) -> None:
    assert [words for words, _ in said(f"«Vi må stanse dette», sier Kari Holm. {behind}")] == ["Vi må stanse dette"]


def test_who_asks_does_not_answer() -> None:
    found = said("«Er du redd for dette?» spør Kari Holm. «Nei, ikke i det hele tatt, det er bare tull.»")
    assert ("Nei, ikke i det hele tatt, det er bare tull", ["Kari Holm"]) not in found


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kari Holm sa så klart at det var feil.", "det var feil"),
        ("Politiet bekrefter så langt at to personer er skadd.", "to personer er skadd"),
        ("Kari Holm sier hun gikk etter at møtet var slutt.", "hun gikk etter at møtet var slutt"),
        ("Kari Holm mener det er så dyrt at kommunen må si nei.", "det er så dyrt at kommunen må si nei"),
    ],
)
def test_what_is_told_may_hold_a_measure_itself(text: str, words: str) -> None:
    assert [w for w, _ in said(text)] == [words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fire personer er siktet i saken, etter det NTB kjenner til.", "Fire personer er siktet i saken"),
        ("Fire personar er sikta i saka, etter det NTB erfarer.", "Fire personar er sikta i saka"),
    ],
)
def test_what_a_paper_has_learned_is_its_word(text: str, words: str) -> None:
    assert said(text) == [(words, ["NTB"])]


@pytest.mark.parametrize(
    "text",
    [
        "Etter det som skjedde, er folk redde.",
        "Etter det skriver hun ikke mer.",
        "Mange flyktet etter det siste angrepet skriver avisen.",
    ],
)
def test_after_something_is_no_source(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize("when", ["Klokken 08", "Klokka 8"])
def test_a_time_does_not_speak(when: str) -> None:
    assert said(f"{when} kunne gartneriet melde at den siste plassen var tatt.") == [
        ("den siste plassen var tatt", ["gartneriet"])
    ]


def test_the_full_stop_belongs_to_no_name() -> None:
    article = read_text("Politiet leter. Det sier Kari Lie til TV 2.")
    names = [e.name for e in introduce(article, parse_article(article, load())).entities]
    assert "TV 2" in names
    assert "TV 2." not in names


@pytest.mark.parametrize("verb", ["syner", "viser"])
def test_figures_show_in_both_standards(verb: str) -> None:
    found = said(f"Overslag frå Huseigarlaget {verb} at to av tre hyblar aldri er sjekka.")
    assert [words for words, _ in found] == ["to av tre hyblar aldri er sjekka"]


@pytest.mark.parametrize(
    ("text", "words", "speaker"),
    [
        ("Ifølgje Høgre sin gruppeleiar Tor Moe er vegen for smal.", "er vegen for smal", "Tor Moe"),
        ("Ifølge Framstegspartiet sin Roy Dale er svaret en hån mot alle.", "er svaret en hån mot alle", "Roy Dale"),
        ("– Dette held ikkje, seier Arbeidarpartiet sin Kari Lie.", "Dette held ikkje", "Kari Lie"),
    ],
)
def test_who_belongs_to_a_body_by_sin_speaks_for_himself(text: str, words: str, speaker: str) -> None:
    assert (words, [speaker]) in said(text)


@pytest.mark.parametrize("verb", ["avviser", "tilbakeviser", "kommenterer", "provoserer"])
@pytest.mark.parametrize("before", ["Det {} Geir Holm", "Dette {} Geir Holm slik"])
def test_who_stands_behind_it_and_a_verb_hands_over_to_his_own_words(verb: str, before: str) -> None:
    """Not the one who spoke last: «det» is what is answered or what moves him."""
    text = f"– De kan dekke regningen, mener Ida Lie.\n\n{before.format(verb)}: – Vi er ikke ansvarlige for feilen."
    assert ("Vi er ikke ansvarlige for feilen", ["Geir Holm"]) in said(text)


@pytest.mark.parametrize(
    ("above", "receiver"),
    [
        ("Statsminister Kari Lie svarte i en Facebook-video:", "en Facebook-video"),
        ("Kari Lie sier følgende til VG:", "VG"),
        ("Kari Lie seier følgjande til NRK:", "NRK"),
        ("Kari Lie var ikke i tvil:", None),
    ],
)
def test_the_receiver_may_be_told_above_a_colon(above: str, receiver: str | None):
    analysis = analyse(f"Krise i regjeringen\n\n{above}\n\n– Dette er ikke riktig.")
    assert [q.medium for q in analysis.quotes] == [receiver]
