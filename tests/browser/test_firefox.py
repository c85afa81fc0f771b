"""Report, static reading and linked reader in Firefox: they open, answer mouse and keys, and keep the rules."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from handmade import analysis

from browser.conftest import WCAG
from browser.firefox import Firefox, program
from browser.reading import WORDS, bare, module, state_of
from corpus_lib.report import report
from corpus_lib.widgets import reader
from corpus_lib.widgets.reader import Reader, reader_html

Rules = Callable[[], list[str]]
QUEUE = "window.queue = []; window.sent = m => window.queue.push(m); window.saved = () => {};"
CARD, STATUS = ".corpus-reader .card.open", ".corpus-reader .status"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox; the tests are skipped where it, or what speaks to it, is not installed."""
    if program() is None:
        pytest.skip("no Firefox: apt-get install firefox-esr")
    if importlib.util.find_spec("websocket") is None:
        pytest.skip("no websocket-client: pip install websocket-client")
    started = Firefox(tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


@pytest.fixture
def rules(firefox: Firefox) -> Rules:
    """Return a function that lists violations of WCAG AA on the page that is open."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("no axe-core: pip install axe-playwright-python")
    from axe_playwright_python.base import AXE_SCRIPT

    def found() -> list[str]:
        firefox.run(f"(() => {{ {AXE_SCRIPT}; return true; }})()")
        options = json.dumps({"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]})
        listed = "r.violations.map(v => `${v.id}: ${v.nodes.map(n => n.html.slice(0, 200))}`)"
        return list(firefox.run(f"axe.run(document, {options}).then(r => {listed})"))

    return found


def written(folder: Path, html: str) -> str:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize("width", [320, 1400])
def test_the_report_folds_out_follows_its_theme_and_keeps_the_rules(firefox, rules, tmp_path, width):
    firefox.open(written(tmp_path, report(analysis(), language="nb")), width)
    assert firefox.run("document.querySelectorAll('details[open]').length") == 0
    firefox.click("details.part > summary")
    firefox.until("document.querySelectorAll('details.part[open]').length === 1")
    grounds = []
    for theme in ("light", "dark"):
        firefox.click(f"#theme-{theme}")
        grounds.append(firefox.run("getComputedStyle(document.body).backgroundColor"))
        assert rules() == []
    assert grounds == ["rgb(255, 255, 255)", "rgb(22, 24, 27)"]
    assert firefox.run("document.documentElement.scrollWidth") <= width
    assert firefox.complaints == []


def test_a_link_of_the_matrix_leads_into_the_folded_text(firefox, tmp_path):
    firefox.open(written(tmp_path, report(analysis(), language="en")))
    firefox.click("td a[href='#a1-r1']")
    firefox.until("document.querySelector('#a1-r1').matches(':target')")
    firefox.until("document.querySelector('#a1-r1').checkVisibility()")


def test_the_static_reading_opens_its_reasons(firefox, rules, tmp_path):
    page = (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>x</title><main>{reader_html(analysis())}</main>'
    )
    firefox.open(written(tmp_path, page), 420)
    assert firefox.run("document.querySelectorAll('mark').length") > 0
    firefox.run("document.querySelector('details > summary').focus()")
    firefox.press("Enter")
    firefox.until("document.querySelector('details').open")
    assert firefox.run("document.documentElement.scrollWidth") <= 420
    assert rules() == []
    assert firefox.complaints == []


class Reading:
    """The linked reader in Firefox, with Python behind it."""

    def __init__(self, firefox: Firefox, view: Reader, folder: Path, scheme: str, width: int) -> None:
        self.firefox, self.view = firefox, view
        code = module(state_of(view)).replace("</", "<\\/")
        scripts = f"<script>{QUEUE}</script><script type='module'>{code}</script></body>"
        firefox.open(written(folder, bare(scheme).replace("</body>", scripts)), width)
        firefox.until("document.querySelector('.corpus-reader .text p') !== null")

    def answer(self) -> None:
        """Carry out what the page has asked for, and show it."""
        self.firefox.until("window.queue.length > 0")
        for message in self.firefox.run("window.queue.splice(0)"):
            self.view._take(self.view, json.loads(message), [])
        self.firefox.run(f"window.update({json.dumps(state_of(self.view))})")

    def text(self, selector: str) -> str:
        """Return the words of an element; none where it is not there."""
        return str(self.firefox.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))


@pytest.fixture
def reading(firefox: Firefox, tmp_path: Path) -> Callable[..., Reading]:
    def opened(scheme: str = "light", width: int = 1200) -> Reading:
        return Reading(firefox, reader(analysis(), tmp_path / "kept", "Reader"), tmp_path, scheme, width)

    return opened


PLACE = f"""words => {{
    const box = ({WORDS})(document.querySelector('.text'), words).getBoundingClientRect();
    return [[box.left + 1, box.top + box.height / 2], [box.right - 1, box.top + box.height / 2]];
}}"""
"""Where words of the text begin and end on the page."""


def test_a_card_opens_by_mouse_and_closes_by_keyboard(firefox, reading):
    at = reading()
    firefox.click(".text .tag.demand")
    assert "Why?" in at.text(CARD)
    firefox.press("Escape")
    assert at.text(CARD) == ""
    firefox.click(".chip")
    assert firefox.run("document.querySelector('.chip').getAttribute('aria-pressed')") == "true"


def test_words_that_are_selected_become_a_quotation_and_are_taken_back(firefox, reading):
    at = reading()
    before = len(at.view.analysis.quotes)
    words = at.view.analysis.article.text.split()[0]
    firefox.drag(*firefox.run(f"({PLACE})({json.dumps(words)})"))
    firefox.click(".picker button")
    at.answer()
    assert len(at.view.analysis.quotes) == before + 1
    assert words in at.text(CARD)
    firefox.click("[data-key=undo]")
    at.answer()
    assert at.text(STATUS) == "Undone."
    assert len(at.view.analysis.quotes) == before


def test_words_are_selected_by_keyboard(firefox, reading):
    at = reading()
    before, words = len(at.view.analysis.quotes), at.view.analysis.article.text.split()[:2]
    firefox.run("document.querySelector('.page').focus()")
    firefox.press("ArrowRight", "Shift+ArrowRight")
    firefox.until("!document.querySelector('.picker').hidden")
    firefox.press("Enter", "Enter")
    at.answer()
    assert len(at.view.analysis.quotes) == before + 1
    assert at.text(f"{CARD} .words") == " ".join(words)


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1600)])
def test_the_reader_keeps_the_rules_and_its_width(firefox, rules, reading, scheme, width):
    reading(scheme, width)
    firefox.click(".text .tag.demand")
    assert rules() == []
    assert firefox.run("document.documentElement.scrollWidth") <= width
    assert firefox.complaints == []
