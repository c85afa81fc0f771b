"""Answers in part and on a condition, and what only looks like one."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import Analysis
from tests.demands.ruled import analyse

BM = "Fagforbundet krever at kommunen ansetter flere vikarer. "
NN = "Fagforbundet krev at kommunen tilset fleire vikarar. "


def said(text: str) -> Analysis:
    return analyse(f"Uenige om vikarene\n\n{text}")


@pytest.mark.parametrize(
    "answer",
    [
        BM + "Kommunen har delvis innfridd kravet.",
        BM + "Kommunen imøtekommer deler av kravet.",
        BM + "Kommunen kommer Fagforbundet i møte på noen punkter.",
        BM + "Kommunen kommer dem et stykke på vei i møte.",
        BM + "Kommunen strekker seg et stykke.",
        NN + "Kommunen har møtt Fagforbundet på halvvegen.",
        NN + "Kommunen gjekk langt på veg med på kravet.",
    ],
)
def test_a_yes_by_half_is_partial(answer: str):
    analysis = said(answer)
    assert [(r.stance, r.targets) for r in analysis.responses] == [("partial", ("d1",))]


@pytest.mark.parametrize(
    ("answer", "evidence"),
    [
        (BM + "Kommunen er villig til å ansette flere dersom staten betaler.", "dersom staten betaler"),
        (BM + "Hvis staten betaler, er kommunen villig til å gå med på kravet.", "Hvis staten betaler"),
        (BM + "Kommunen åpner for flere vikarer, forutsatt at staten betaler.", "forutsatt at"),
        (BM + "Kommunen vil ikke gå med på kravet før staten betaler.", "før staten betaler"),
        (BM + "Kommunen forutsetter at staten betaler.", "forutsetter"),
        (BM + "Kommunen stilte som vilkår at staten betaler.", "som vilkår"),
        (NN + "Kommunen kan godta kravet så lenge staten betalar.", "så lenge"),
        (BM + "– Under forutsetning av at staten betaler, kan vi godta kravet, sier ordfører Kari Lie.", "Under forut"),
    ],
)
def test_a_yes_or_no_on_a_condition_shows_the_condition(answer: str, evidence: str):
    analysis = said(answer)
    assert [(r.stance, r.targets) for r in analysis.responses] == [("condition", ("d1",))]
    assert evidence in analysis.article.slice(analysis.responses[0].evidence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Hvis kommunen godtar kravet, kommer vikarene i mai.",
        "Hvis en lærer ber om vikar, så sier kommunen ja til kravet.",
        "Kommunen må godta kravet dersom staten betaler.",
        "Fagforbundet har tro på at kommunen godtar kravet.",
    ],
)
def test_what_is_only_supposed_owed_or_hoped_for_is_no_answer(sentence: str):
    assert not [r for r in said(BM + sentence).responses if r.stance in ("accept", "condition", "partial")]


def test_the_whole_is_no_part():
    (response,) = said(BM + "Kommunen har innfridd alle kravene.").responses
    assert (response.stance, response.scope) == ("accept", "all")


def test_some_of_several_demands_is_partial_and_goes_to_none_of_them():
    analysis = said(BM + "Fagforbundet krever også at kommunen maler skolen. Kommunen sier ja til to av kravene.")
    (response,) = analysis.responses
    assert (response.stance, response.scope, response.targets) == ("partial", "some", ())


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("– Vi skal ansette flere vikarer, sier ordfører Kari Lie i kommunen.", "accept"),
        ("– Vi vil ikke ansette flere vikarer, sier ordfører Kari Lie i kommunen.", "reject"),
        ("– Vi skal ansette flere vikarer dersom staten betaler, sier ordfører Kari Lie i kommunen.", "condition"),
    ],
)
def test_who_was_called_on_answers_in_the_words_of_the_demand(words: str, stance: str):
    analysis = said(
        f"Fagforbundet krever at Fjellvik kommune ansetter flere vikarer.\n\n{words}".replace(
            "i kommunen", "i Fjellvik kommune"
        )
    )
    assert [(r.stance, r.targets) for r in analysis.responses] == [(stance, ("d1",))]


@pytest.mark.parametrize(
    "words",
    [
        "– Vi skal male skolen, sier ordfører Kari Lie i Fjellvik kommune.",
        "– Vi skal ansette flere vikarer, sier Odd Berg i Fagforbundet.",
        "– Skal vi ansette flere vikarer? spør ordfører Kari Lie i Fjellvik kommune.",
    ],
)
def test_other_plans_and_other_speakers_do_not_answer(words: str):
    analysis = said(f"Fagforbundet krever at Fjellvik kommune ansetter flere vikarer.\n\n{words}")
    assert analysis.responses == ()
