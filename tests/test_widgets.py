"""The views answer their controls, agree with the static reading, and let no article text through as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import ipywidgets
import pytest

from corpus_lib import Analysis, analyse
from corpus_lib.model import Cell, Quote
from corpus_lib.render import TYPES
from corpus_lib.widgets import (
    UNKNOWN,
    cell_html,
    demand_view,
    main_cell,
    quote_view,
    quotes_html,
    said_by,
    word_view,
    words_html,
)

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img onerror=x>'
TEXT = f"""Fagforbundet krever høyere lønn

Fagforbundet krever at kommunen {SCRIPT} øker lønningene med fem prosent. Kommunen avviser kravet.

– Vi har ikke penger {IMAGE} til dette, sier ordfører Kari Lie.

Leder Ola Berg i Fagforbundet sier at streiken kommer {IMAGE}.

– Vi gir oss ikke {SCRIPT}, sier Ola Berg.
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return analyse(TEXT)


@pytest.fixture(scope="module")
def silent() -> Analysis:
    """An article with neither quotations nor demands."""
    return analyse("Fin dag på fjellet\n\nDet var sol hele dagen, og mange gikk på tur.")


def control(view: ipywidgets.VBox, description: str) -> ipywidgets.Widget:
    return next(c for c in view.children if c.description == description)


def shown(view: ipywidgets.VBox) -> str:
    return str(view.children[-1].value)


def cells(html: str) -> str:
    """Return HTML without the styles of its cells."""
    return re.sub(r"<(t[dh])[^>]*>", r"<\1>", html)


def actor(analysis: Analysis, name: str) -> str:
    return next(a.id for a in analysis.actors if a.name == name)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs if name.startswith("on"))}


def tags(html: str) -> set[str]:
    parser = _Tags()
    parser.feed(html)
    return parser.seen


@pytest.mark.parametrize("view", [quote_view, demand_view, word_view])
def test_every_control_has_a_label(analysis, view):
    *controls, html = view(analysis).children
    assert controls
    assert all(c.description for c in controls)
    assert isinstance(html, ipywidgets.HTML)


def test_hostile_text_is_found_by_the_helper():
    assert {"script", "img", "onerror"} <= tags(SCRIPT + IMAGE)


@pytest.mark.parametrize("view", [quote_view, demand_view, word_view])
def test_article_text_is_escaped(analysis, view):
    built = view(analysis)
    assert not {"script", "img", "onerror"} & tags(shown(built))
    assert SCRIPT not in shown(built)
    assert IMAGE not in shown(built)


def test_the_hostile_text_is_there_to_be_escaped(analysis):
    assert "&lt;script&gt;" in shown(quote_view(analysis))
    assert "&gt;&lt;img onerror=x&gt;" in shown(quote_view(analysis))
    assert "&lt;script&gt;" in shown(demand_view(analysis))


def test_quotes_open_on_all(analysis):
    assert shown(quote_view(analysis)) == quotes_html(analysis, analysis.quotes)


def test_quotes_by_speaker(analysis):
    view = quote_view(analysis)
    control(view, "Speaker").value = actor(analysis, "Kari Lie")
    assert "[Kari Lie]" in shown(view)
    assert "[Ola Berg]" not in shown(view)
    control(view, "Speaker").value = "all"
    assert "[Ola Berg]" in shown(view)


def test_quotes_by_type(analysis):
    view = quote_view(analysis)
    left = list(analysis.quotes)
    for kind, label in TYPES.items():
        assert control(view, label).value
        control(view, label).value = False
        left = [q for q in left if q.type != kind]
        assert shown(view) == quotes_html(analysis, left)
    assert f"Quotations shown: 0 of {len(analysis.quotes)}" in shown(view)


def test_quotes_by_confidence(analysis):
    view = quote_view(analysis)
    least = control(view, "Least confidence")
    least.value = 1.0
    assert f"Quotations shown: 0 of {len(analysis.quotes)}" in shown(view)
    least.value = min(round(q.confidence, 2) for q in analysis.quotes)
    assert shown(view) == quotes_html(analysis, analysis.quotes)


def test_quotes_carry_rule_confidence_and_reason(analysis):
    html = shown(quote_view(analysis))
    for quote in analysis.quotes:
        assert quote.rule in html
        assert f"(confidence {quote.confidence:.2f})" in html


def quotation(id: str, *speakers: str) -> Quote:
    return Quote(id, "direct", (), None, None, None, speakers, None, None, "made up", (), 1.0)


def test_a_joint_quotation_belongs_to_each_speaker_and_the_unknown_have_their_own():
    joint, alone, nobody = quotation("q1", "a1", "a2"), quotation("q2", "a2"), quotation("q3")
    quotes = (joint, alone, nobody)
    assert said_by(quotes, "a1") == [joint]
    assert said_by(quotes, "a2") == [joint, alone]
    assert said_by(quotes, UNKNOWN) == [nobody]


def test_demands_show_both_sides_verbatim(analysis):
    html = shown(demand_view(analysis))
    assert "øker lønningene med fem prosent" in html
    assert "Kommunen avviser kravet" in html
    response = next(r for r in analysis.responses if r.id in main_cell(analysis).responses)
    for said in (response.stance, response.basis, response.rule):
        assert f"<td>{said}</td>" in cells(html)


def test_demands_by_cell(analysis):
    view = demand_view(analysis)
    choice = control(view, "Demand × actor")
    assert shown(view) == cell_html(analysis, main_cell(analysis))
    for place, cell in enumerate(analysis.cells):
        choice.value = place
        assert shown(view) == cell_html(analysis, cell)


def test_a_cell_without_an_answer_says_so(analysis):
    cell = Cell(analysis.demands[0].id, actor(analysis, "Kari Lie"), "none", "computed", (), False, False)
    assert "Kari Lie: none (computed)</b>. No answer was found." in cell_html(analysis, cell)


def test_words_by_text_stop_words_and_number(analysis):
    view = word_view(analysis)
    assert shown(view) == words_html(analysis)
    assert "<td>krever</td><td>2</td>" in cells(shown(view))
    assert "<td>vi</td>" not in cells(shown(view))
    control(view, "Leave out stop words").value = False
    assert "<td>vi</td><td>2</td>" in cells(shown(view))
    control(view, "Text").value = actor(analysis, "Kari Lie")
    assert "<td>vi</td><td>1</td>" in cells(shown(view))
    assert "<td>krever</td>" not in cells(shown(view))
    control(view, "Number of words").value = 5
    assert cells(shown(view)).count("<tr><td>") == 5


def test_views_of_an_article_without_findings(silent):
    assert "no quotations found" in shown(quote_view(silent))
    assert shown(demand_view(silent)) == "<p>No demands were found.</p>"
    assert "<td>fjellet</td><td>1</td>" in cells(shown(word_view(silent)))
