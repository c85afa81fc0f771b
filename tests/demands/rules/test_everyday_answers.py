"""Answers in everyday wording: set phrases, a mayor for the council, «det kan vi ikke», decisions and plans."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import Analysis
from tests.demands.ruled import analyse

BOKMÅL = "Krever ny idrettshall\n\nVestre Idrettslag krever at kommunen bygger en ny idrettshall på Grua.\n\n"
NYNORSK = "Krev ny idrettshall\n\nVestre Idrettslag krev at kommunen byggjer ein ny idrettshall på Grua.\n\n"


def answers(text: str, before: str = BOKMÅL) -> list[tuple[str | None, str]]:
    """Return who answers, and how, behind the paragraph that asks for a hall; every answer is to that demand."""
    found: Analysis = analyse(before + text + "\n", language="nn" if before is NYNORSK else "nb")
    behind = [r for r in found.responses if r.evidence.start >= len(before)]
    assert all(r.targets for r in behind)
    return [(found.joined(r.actors), r.stance) for r in behind]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kommunen bøyer seg.", "accept"),
        ("Kommunen har vedtatt å bygge hallen.", "accept"),
        ("Kommunen setter av 20 millioner kroner til hallen.", "accept"),
        ("Kommunen lover ny hall innen to år.", "accept"),
        ("Kommunen er helt enig.", "accept"),
        ("Kommunen kommer til å bygge hallen.", "accept"),
        ("Kommunen mener kravet er rimelig.", "accept"),
        ("Kommunen snur i saken.", "accept"),
        ("Kommunen står fast på vedtaket.", "reject"),
        ("Kommunen rikker seg ikke.", "reject"),
        ("Kommunen har ingen planer om å bygge hallen.", "reject"),
        ("Kommunen kommer ikke til å bygge hallen.", "reject"),
        ("Kommunen ser ikke behov for en ny hall.", "reject"),
        ("Kommunen har ikke råd til hallen.", "reject"),
        ("Kommunen mener kravet er urimelig.", "reject"),
        ("Kommunen setter ned foten.", "reject"),
        ("Kommunen mener det er et blindspor.", "reject"),
        ("Kommunen tar innspillet med seg.", "noted"),
        ("Kommunen vil komme tilbake til saken.", "noted"),
        ("Kommunen har forståelse for kravet.", "noted"),
        ("Kommunen har ingen kommentar.", "none"),
        ("Kommunen har ikke latt høre fra seg.", "none"),
        ("Avisen har ikke fått svar fra kommunen.", "none"),
    ],
)
def test_set_phrases_of_who_was_called_on_are_answers(text: str, stance: str):
    assert answers(text) == [("kommunen", stance)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Kommunen løyver 20 millionar kroner til hallen.", "accept"),
        ("Kommunen er heilt samd.", "accept"),
        ("Kommunen kjem til å byggje hallen.", "accept"),
        ("Kommunen held fast ved vedtaket.", "reject"),
        ("Kommunen har ikkje planar om ein ny hall.", "reject"),
        ("Kommunen ser ingen grunn til å byggje hallen.", "reject"),
        ("Kommunen har ikkje pengar til å byggje hallen.", "reject"),
        ("Kommunen har forståing for kravet.", "noted"),
        ("Kommunen vil ikkje uttale seg.", "none"),
    ],
)
def test_set_phrases_in_nynorsk(text: str, stance: str):
    assert answers(text, NYNORSK) == [("kommunen", stance)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("– Nei, det er det ikke penger til, sier ordfører Kari Lie.", "reject"),
        ("– Det kan vi ikke, sier ordfører Kari Lie.", "reject"),
        ("– Det får de dessverre ikke, sier ordfører Kari Lie.", "reject"),
        ("– Ikke tale om, sier ordfører Kari Lie.", "reject"),
        ("– Det blir ikke aktuelt, sier ordfører Kari Lie.", "reject"),
        ("– Vedtaket ligger fast, sier ordfører Kari Lie.", "reject"),
        ("– Det skal vi få til, sier ordfører Kari Lie.", "accept"),
        ("– Selvsagt, sier ordfører Kari Lie.", "accept"),
        ("– Ja, absolutt, sier ordfører Kari Lie.", "accept"),
        ("– Det kan jeg ikke love, sier ordfører Kari Lie.", "noted"),
    ],
)
def test_a_mayor_answers_for_the_council_with_the_first_words(text: str, stance: str):
    assert answers(text)[0] == ("Kari Lie", stance)


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen har ingen planer om å legge ned skolen.",
        "Kommunen har vedtatt å selge rådhuset.",
        "Kommunen har vedtatt å stanse byggingen av hallen.",
        "Kommunen kommer til å selge rådhuset.",
        "Naboen Per Moe har ikke råd til ny bil.",
        "Et annet lag kommer til å bygge en hall.",
        "Kan laget låne en hall av nabokommunen?\n\n– Nei, sier ordfører Kari Lie.",
        "– Det kan vi lese om i avisen, sier ordfører Kari Lie.",
    ],
)
def test_the_same_words_about_something_else_answer_nothing(text: str):
    assert answers(text) == []


def test_an_office_answers_only_for_its_own_body():
    demand = "Skal verne skogen\n\nNaturvernforbundet krever at fylkeskommunen verner skogen.\n\n"
    own = answers("– Det blir ikke aktuelt, sier fylkesordfører Kari Lie.", demand)
    assert own == [("Kari Lie", "reject")]
    assert answers("– Det var en fin skog, sier ordfører Kari Lie. Hun er helt enig.", demand) == []


def test_an_at_behind_a_preposition_does_not_open_what_is_asked_for():
    found = analyse("Krever stans\n\nNoas krever full stans i alle tvangsreturer etter at en mann ble drept i går.")
    (content,) = [d.content.of(found.article.text) for d in found.demands]
    assert content.startswith("full stans")
    assert "drept" not in content


def test_plural_bodies_demand():
    found = analyse("Vil ha mer\n\nForbundene krever at tillegget heves med ti prosent.")
    assert [found.joined(d.actors) for d in found.demands] == ["forbundene"]
