"""Analyses to export: the seed, an invented page, and a text made of what breaks formats."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import PAGE

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.model import Span
from corpus_lib.structure import read_text

HOSTILE = (
    "\ufeffKrav 😀 om | bru\r\n\r\n"
    "– Vi 👩‍👩‍👧 krever\tsvar <b>nå</b> & \"straks\"\u2028og i morgen, sier 'Kari' O’Lie; leder.\r\n\r\n"
    '=HYPERLINK("x") er e\u0301n ting, sier hun – \\n er en annen.\u0085\r\n\r\n'
    "Hun krever at Nav # svarer 100% {ja}. Nav avviser kravet ]]> helt.\r\n"
)
"""Emoji, a byte order mark, CRLF, tabs, line separators, markup, formulas, separators of every format."""


def made(text: str) -> Analysis:
    """Return an analysis of the text with an interrupted quotation, one across lines, a demand and two answers."""
    found = analyse(
        "Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.\n\nHun krever at Nav svarer. Nav avviser kravet."
    )
    quote, demand = found.quotes[0], found.demands[0]
    answer = found.responses[0]
    article = read_text(text, id="../hostile/æ 😀")

    def at(words: str, last: str | None = None) -> Span:
        start = text.index(words)
        return Span(start, (text.index(last) + len(last)) if last else start + len(words))

    first = replace(
        quote,
        denied=True,
        segments=(at("Vi 👩", "i morgen"),),
        cue=at("sier"),
        speaker_mention=at("'Kari' O’Lie; leder"),
        medium='NRK | 😀; "P2"\n<x>',
    )
    broken = replace(
        quote, id="q2", type="mixed", segments=(at("=HYPERLINK", "ting"), at("\\n er en annen")), cue=None,
        speaker_mention=at("hun"), speakers=(),
    )  # fmt: skip
    asked = replace(demand, content=at("Nav # svarer 100% {ja}"), cue=at("krever at"), mentions=(at("Krav 😀"),))
    said_no = replace(answer, evidence=at("Nav avviser kravet ]]> helt"), cue=at("avviser"))
    loose = replace(said_no, id="r2", links=(), evidence=at("e\u0301n ting"), cue=None, stance="noted")
    return replace(found, article=article, quotes=(first, broken), demands=(asked,), responses=(said_no, loose))


@pytest.fixture(scope="session")
def hostile() -> Analysis:
    return made(HOSTILE)


@pytest.fixture(scope="session")
def page() -> Analysis:
    return analyse(read_text(PAGE, id="page"))


@pytest.fixture(params=["seed", "page", "hostile"], scope="session")
def analysis(request: pytest.FixtureRequest, seed_analysis: Analysis, page: Analysis, hostile: Analysis) -> Analysis:
    """Each of the three in turn."""
    return {"seed": seed_analysis, "page": page, "hostile": hostile}[request.param]
