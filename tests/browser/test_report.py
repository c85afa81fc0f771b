"""The report in a browser: links, print, light and dark, narrow and wide, keyboard, rules of accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handmade import analysis, hostile

from corpus_lib.analysis import analyse
from corpus_lib.datasets import load_story
from corpus_lib.model import Failure
from corpus_lib.report import report
from corpus_lib.structure import article_from

FAILURES = (Failure("tom.txt", "reading", "tom.txt: the text is empty"),)
PAGES: dict[str, Callable[[], str]] = {
    "one": lambda: report(analysis(), made_on="2022-02-01", language="en"),
    "many": lambda: report([analysis("a"), *FAILURES, *(analysis(f"b{n}") for n in range(4))], language="en"),
    "hostile": lambda: report([hostile(), *FAILURES], language="en"),
    "only failures": lambda: report(FAILURES),
}
DARK = "rgb(22, 24, 27)"
LIGHT = "rgb(255, 255, 255)"


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return a function that gives the address of a page, written once."""
    folder = tmp_path_factory.mktemp("report")
    files: dict[str, Path] = {}

    def address(name: str) -> str:
        if name not in files:
            files[name] = folder / f"{len(files)}.html"
            files[name].write_text(PAGES[name](), encoding="utf-8")
        return files[name].as_uri()

    return address


@pytest.fixture(scope="session")
def seed(seed_analysis: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of the seed article's report."""
    file = tmp_path_factory.mktemp("seed") / "seed.html"
    file.write_text(report(seed_analysis), encoding="utf-8")
    return file.as_uri()


def ground(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_runs_nothing_and_complains_of_nothing(new_page, asked, written, name: str):
    page = new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(written(name))
    assert asked.urls == [written(name)]
    assert not said
    assert page.locator("script, img, iframe, link").count() == 0


@pytest.mark.parametrize("width", [320, 700, 1400])
@pytest.mark.parametrize("name", PAGES)
def test_no_width_scrolls_sideways(new_page, written, name: str, width: int):
    page = new_page(width=width)
    page.goto(written(name))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1600])
@pytest.mark.parametrize("name", PAGES)
def test_the_rules_of_accessibility_hold(new_page, scheme, written, violations, name: str, width: int):
    page = new_page(scheme=scheme, width=width)
    page.goto(written(name))
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page) == []


def test_the_rules_of_accessibility_hold_on_the_seed(new_page, scheme, seed, violations):
    page = new_page(scheme=scheme)
    page.goto(seed)
    assert violations(page) == []


def test_a_link_of_the_matrix_leads_to_the_words_in_the_text(new_page, written):
    page = new_page()
    page.goto(written("one"))
    page.locator("td a[href='#a1-r1']").first.click()
    tag = page.locator("#a1-r1")
    assert tag.evaluate("e => e.matches(':target')")
    assert 0 <= tag.bounding_box()["y"] < 1000
    assert tag.evaluate("e => e.nextElementSibling.textContent") == "Staten avviser kravet fra kommunen"


def test_a_quotation_in_the_text_leads_to_its_row_and_back(new_page, written):
    page = new_page()
    page.goto(written("one"))
    page.locator("#a1-marked").click()
    page.locator("mark a.speaker", has_text="q2").click()
    row = page.locator("#a1-row-q2")
    assert row.evaluate("e => e.matches(':target')")
    row.locator("a", has_text="q2").click()
    assert page.locator("mark#a1-q2").evaluate("e => e.matches(':target')")


def test_a_link_of_the_overview_opens_its_article(new_page, written):
    page = new_page()
    page.goto(written("many"))
    assert page.locator("details.one[open]").count() == 0
    page.locator("a[href='#a4']").click()
    page.wait_for_function("document.querySelectorAll('details.one[open]').length === 1")
    assert page.locator("#a4").is_visible()
    assert -50 < page.locator("#a4").bounding_box()["y"] < 1000


def test_the_page_follows_the_system_and_the_reader(new_page, written):
    page = new_page(scheme="dark")
    page.goto(written("one"))
    assert ground(page) == DARK
    page.get_by_label("light", exact=True).check()
    assert ground(page) == LIGHT
    page.get_by_label("dark", exact=True).check()
    assert ground(page) == DARK
    page.emulate_media(color_scheme="light")
    page.get_by_label("as the system").check()
    assert ground(page) == LIGHT


def test_print_is_light_one_page_and_without_controls(new_page, written):
    page = new_page(scheme="dark")
    page.goto(written("one"))
    page.emulate_media(media="print")
    assert ground(page) == LIGHT
    assert not page.locator("nav").is_visible()
    assert page.locator(".first .finding").first.is_visible()
    assert not page.locator(".article").is_visible(), "what is folded is not printed"
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll')).overflowX") == "visible"


def test_it_prints_within_the_paper(new_page, written):
    page = new_page(width=700)  # about as wide as A4 without its margins
    page.goto(written("one"))
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_three_articles_are_at_most_six_pages_on_paper(new_page, tmp_path: Path):
    articles = [article_from(document, language=None) for document in load_story().documents[:3]]
    file = tmp_path / "three.html"
    file.write_text(report([analyse(article) for article in articles]), encoding="utf-8")
    page = new_page()
    page.goto(file.as_uri())
    assert 3 < len(re.findall(rb"/Type */Page\b", page.pdf(format="A4"))) <= 6


def test_the_keyboard_reaches_the_analysis_first_and_shows_where_it_is(new_page, written):
    page = new_page()
    page.goto(written("one"))
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    assert skip.evaluate("e => e === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


def test_a_theme_is_chosen_by_keyboard(new_page, written):
    page = new_page()
    page.goto(written("one"))
    page.locator("#theme-auto").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert ground(page) == DARK


def test_an_article_is_opened_by_keyboard(new_page, written):
    page = new_page()
    page.goto(written("many"))
    page.locator("details.one > summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#a1").is_visible()


def test_the_writing_runs_on_behind_hostile_words(new_page, written):
    page = new_page()
    page.goto(written("hostile"))
    cells = page.locator("tr#a1-row-q4 td")
    places = [cells.nth(n).bounding_box()["x"] for n in range(cells.count())]
    assert places == sorted(places)
    assert page.locator("footer").inner_text().startswith("Made with corpus_lib")
