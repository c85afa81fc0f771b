"""The reader and the report in Firefox: what they rest on works there too, by keyboard and by mouse."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.conftest import WCAG
from browser.firefox import FIREFOX, Firefox
from browser.reading import HERE, MODEL, THEMES
from corpus_lib import Analysis
from corpus_lib.report import report
from corpus_lib.widgets.reader import Reader, reader

BOX = "window.outbox = []; window.sent = message => window.outbox.push(JSON.parse(message)); window.saved = () => {};\n"


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox; the tests are skipped where it is not installed."""
    if not FIREFOX.exists():
        pytest.skip(f"no {FIREFOX}: apt-get install firefox-esr")
    pytest.importorskip("websocket", reason="no websocket-client: pip install websocket-client")
    started = Firefox(tmp_path_factory.mktemp("firefox"))
    yield started
    started.close()


@pytest.fixture
def reading(firefox: Firefox, seed_analysis: Analysis, tmp_path: Path) -> Reader:
    """A reader on a page of Firefox; what is done there waits in ``window.outbox``."""
    view = reader(seed_analysis, tmp_path / "corrections", "Reader")
    show(firefox, view, tmp_path, "light")
    return view


def show(firefox: Firefox, view: Reader, folder: Path, scheme: str, width: int = 1300) -> None:
    """Open a page with the reader alone, as `browser.reading` has it."""
    names = ("record", "labels", "focus", "edits", "said")
    state = json.dumps({name: getattr(view, name) for name in names}).replace("</", "<\\/")
    code = (HERE / "reader.js").read_text(encoding="utf-8").replace("export default", "const reader =")
    code = code.replace("export function", "function")
    style = (HERE / "reader.css").read_text(encoding="utf-8")
    file = folder / "reader.html"
    file.write_text(
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Reader</title><style>{style} body {{'
        f" {THEMES[scheme]}; margin: 8px; background: var(--jp-layout-color0); }}</style>"
        f"<body><main id='reader'></main><script type='module'>{BOX}{code}{MODEL % state}</script></body></html>",
        encoding="utf-8",
    )
    firefox.open(file, width)
    firefox.wait("!!document.querySelector('.corpus-reader .text p')")


def violations(firefox: Firefox) -> list[str]:
    """Return the violations of WCAG AA that axe-core finds on the page."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("no axe-core: pip install axe-playwright-python")
    from axe_playwright_python.base import AXE_SCRIPT

    target = {"context": firefox.page}
    firefox.ask("script.evaluate", expression=AXE_SCRIPT, target=target, awaitPromise=False)
    options = json.dumps({"runOnly": {"type": "tag", "values": list(WCAG)}, "resultTypes": ["violations"]})
    found = f"axe.run(document, {options}).then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html.slice(0, 200)))"
    return list(firefox.run(found))


def test_a_card_opens_by_keyboard_and_its_curves_are_drawn(firefox, reading):
    firefox.run("document.querySelector('.tag.demand').focus()")
    firefox.press("Enter")
    firefox.wait("!!document.querySelector('.card.demand.open')")
    assert "certainty 0," in firefox.run("document.querySelector('.card.open').innerText")
    assert firefox.run("[...document.querySelectorAll('path.curve')].every(c => c.getTotalLength() > 0)")
    assert firefox.run("document.querySelectorAll('path.curve.lit').length")


def test_a_chip_filters_by_mouse(firefox, reading):
    before = firefox.run("document.querySelectorAll('.tag:not([hidden])').length")
    firefox.click(".chip[data-key^='chip:speaker']")
    firefox.wait("document.querySelector('.chip').getAttribute('aria-pressed') === 'true'")
    assert 0 < firefox.run("document.querySelectorAll('.tag:not([hidden])').length") < before


def test_words_are_selected_and_marked_by_keyboard(firefox, reading):
    firefox.run("document.querySelector('.corpus-reader .page').focus()")
    firefox.press("ArrowRight")
    firefox.press("ArrowRight", "ArrowRight", held="Shift")
    firefox.press("Enter", "Enter")
    firefox.wait("window.outbox.length > 0")
    (asked,) = firefox.run("window.outbox")
    assert (asked["do"], asked["kind"], asked["start"]) == ("add", "quote", 0)
    reading._take(reading, asked)
    text = reading.analysis.article.text
    assert len(text[: asked["end"]].split()) == 3
    assert any(q["segments"] == [[0, asked["end"]]] and q["hand"] for q in reading.record["quotes"])


@pytest.mark.parametrize("scheme", THEMES)
@pytest.mark.parametrize("width", [1300, 320])
def test_the_reader_keeps_the_rules_and_its_width(firefox, seed_analysis, tmp_path, scheme, width):
    show(firefox, reader(seed_analysis, tmp_path / "corrections"), tmp_path, scheme, width)
    assert violations(firefox) == []
    assert firefox.run("document.documentElement.scrollWidth <= innerWidth")


def test_the_report_opens_its_folds_and_keeps_the_rules(firefox, seed_analysis, tmp_path):
    (tmp_path / "report.html").write_text(report(seed_analysis), encoding="utf-8")
    firefox.open(tmp_path / "report.html")
    assert firefox.run("document.querySelectorAll('table').length") > 1
    fold = "document.querySelector('details:not([open])')"
    firefox.run(f"(window.fold = {fold}, window.fold.querySelector('summary').focus())")
    firefox.press("Enter")
    firefox.wait("window.fold.open")
    firefox.run("document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
    assert violations(firefox) == []
    assert firefox.run("[...document.querySelectorAll('svg')].every(s => s.getBoundingClientRect().width > 0)")
