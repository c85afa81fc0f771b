"""The stranger's walk (tests/walk.md): three articles pasted at the desk, and all of it used, in a real JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from browser.books import NOTEBOOKS, THEME, on, press
from browser.reading import WORDS

WALK = Path(__file__).parents[1] / "walk"
FOUND = {
    "lonn": ("Mona Tveitane", "19 kroner"),
    "kommune": ("Oddny Rindal", "vedtaket"),
    "intervju": ("Kåre Lien", "tilskudd"),
}
"""By article: who is quoted in it, and a word of what is demanded."""

TALL = 3000
IDLE = "() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.status === 'idle'"
"""Whether the kernel has done all that it was asked: what it draws last takes the place of what it drew first."""
OVERLAP = """view => [...view.querySelectorAll('.margin .card')].map(card => card.getBoundingClientRect())
    .sort((a, b) => a.top - b.top).some((box, i, all) => i && box.top < all[i - 1].bottom - 1)"""
SELECT = f"""([view, words]) => {{
    const range = ({WORDS})(view.querySelector('.corpus-reader .text'), words);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    document.dispatchEvent(new Event('pointerup'));
}}"""

desk = on(NOTEBOOKS[3])


def pasted(book: Any, name: str, width: int = 1300) -> Any:
    """Paste an article, analyse it, and return the desk when its reader is drawn."""
    book.page.set_viewport_size({"width": width, "height": TALL})
    book.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    view = book.output("corpus_view(RESULTS")
    view.get_by_label("Article", exact=True).first.fill((WALK / f"{name}.txt").read_text(encoding="utf-8"))
    view.get_by_role("button", name="Analyse").click()
    view.get_by_text("1 article analysed, 0 failed.").wait_for()
    view.locator(".corpus-reader .text").get_by_text(FOUND[name][1]).first.wait_for()
    book.page.wait_for_function(IDLE)
    return view


@desk
@pytest.mark.parametrize("name", FOUND)
def test_an_article_is_read_in_the_order_that_is_asked_for(book, name):
    view = pasted(book, name)
    said = view.inner_text()
    parts = ["What was found", "quoted words", "Show only", "Who answers whom", "side by side", "Words", "Take it"]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert FOUND[name][0] in view.locator(".corpus-reader .filters").inner_text()


@desk
def test_opened_reasons_lie_over_no_other_card(book):
    reader = pasted(book, "kommune").locator(".corpus-reader")
    reader.locator(".text .tag.demand").first.click()
    card = reader.locator(".card.open")
    before = card.bounding_box()["height"]
    card.locator("summary", has_text="Step by step").click()
    grown = "([card, before]) => card.offsetHeight > before + 20"
    book.page.wait_for_function(grown, arg=[card.element_handle(), before])
    book.page.wait_for_function(f"view => !({OVERLAP})(view)", arg=reader.element_handle())


@desk
def test_half_a_word_that_is_selected_is_marked_whole_signed_and_taken_back(book):
    view = pasted(book, "lonn")
    reader = view.locator(".corpus-reader")
    name = view.get_by_label("Your name, for corrections", exact=True)
    name.fill("Ida Nes")
    press(name, "Enter")
    book.page.evaluate(SELECT, [view.element_handle(), "linikken, som eies av Kystbyg"])
    reader.locator(".picker").get_by_role("button", name="Quotation").click()
    card = reader.locator(".card.open")
    card.locator("p.reason", has_text="added by Ida Nes").wait_for()
    assert card.locator(".words").inner_text() == "Klinikken, som eies av Kystbygd"
    view.get_by_role("button", name="Corrections").click()
    view.get_by_role("cell", name="Ida Nes").wait_for()
    reader.get_by_role("button", name="Undo").click()
    reader.get_by_text("Undone.").wait_for()
    view.get_by_role("button", name="Corrections").click()
    view.get_by_text("Nothing is corrected.").wait_for()


@desk
def test_the_words_have_room_and_every_stance_is_whole(book):
    view = pasted(book, "lonn", width=1280)
    cut = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"
    assert view.locator(".widget-button").evaluate_all(cut) == []
    assert view.locator("[role=group]").evaluate_all(cut) == []


@desk
@pytest.mark.parametrize("width", [420, 1280])
@pytest.mark.parametrize("name", FOUND)
def test_it_keeps_the_rules_of_accessibility_and_its_width(book, violations, name, width, scheme):
    book.page.emulate_media(color_scheme=scheme)
    book.page.wait_for_function(THEME, arg=scheme)
    view = pasted(book, name, width)
    view.get_by_role("button", name="Report", exact=True).click()
    view.get_by_role("link", name="report.html").wait_for()
    view.locator(".corpus-reader .text .tag.demand").first.click()
    assert violations(book.page, ".jp-Notebook .widget-box, .jp-Notebook .corpus-reader") == []
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    view.get_by_role("button", name="Close").click()
