"""The reader by mouse, by touch and by keyboard: what it lights, what it hides, and what is corrected in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile import SCRIPT, TEXT

from browser.reading import WORDS, Reading, bare
from corpus_lib import Analysis, analyse
from corpus_lib.demands import comparison
from corpus_lib.model import Actor, Demand, Link, Quote, Reason, Response, Span
from corpus_lib.widgets import reader
from corpus_lib.widgets.reader import reader_html

LO = (
    "Uenige om lønn\n\nLO krever at NHO øker lønna. – Vi gir oss ikke, sier Kari Lie i LO.\n\n"
    "Det var møte i går. Møtet varte lenge.\n\nNHO avviste kravet. – Sola skinte 🙂 i går, sier Ola Moe."
)

Open = Callable[..., Reading]


def at(words: str) -> Span:
    return Span(LO.index(words), LO.index(words) + len(words))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    """A demand and its answer, and two quotations, by hand: no weight of the library changes them."""
    who = [Actor(f"a{n}", name, "person") for n, name in enumerate(("Kari Lie", "Ola Moe", "LO", "NHO"), 1)]
    why = (Reason("by hand", None, "", 1.0), Reason("verb", at("krever")), Reason("words", None, "what they show"))
    quotes = [
        Quote(f"q{n}", "direct", (at(words),), "dash", None, None, (f"a{n}",), None, "dash turn with inquit", why, 0.97)
        for n, words in enumerate(("Vi gir oss ikke", "Sola skinte 🙂 i går"), 1)
    ]
    demand = Demand(
        "d1", "single", ("a3",), None, ("a4",), None, at("NHO øker lønna"), None, "demand", (), (), None, None,
        "verb of demand", why, 0.9,
    )  # fmt: skip
    answer = Response(
        "r1", ("a4",), None, (Link("d1", 0.9, ()),), None, "reject", at("NHO avviste kravet"), None, "all", "explicit",
        None, "verb of refusal", why, 0.99,
    )  # fmt: skip
    bare = analyse(LO)
    cells = comparison((demand,), (answer,))
    return replace(
        bare, actors=tuple(who), quotes=tuple(quotes), demands=(demand,), responses=(answer,), cells=tuple(cells)
    )


@pytest.fixture
def opened(new_page: Any, tmp_path: Path, analysis: Analysis) -> Open:
    def open_(scheme: str = "light", width: int = 1200, of: Analysis | None = None, **options: Any) -> Reading:
        made = reader(of or analysis, tmp_path / "kept", "Reader", **options)
        return Reading(new_page(scheme, width, 900), made, scheme)

    return open_


def kept(folder: Path) -> list[tuple[str, str, str]]:
    files = list((folder / "kept").glob("*.json"))
    found = [c for f in files for c in json.loads(f.read_text(encoding="utf-8"))["corrections"]]
    return [(c["action"], c["record"], c["text"]) for c in found]


def lit(page: Any) -> set[str]:
    """Return the ids of the tags that are lit."""
    return set(page.locator(".text .tag.lit").evaluate_all("all => all.map(tag => tag.dataset.id)"))


def select(page: Any, words: str) -> None:
    """Select words in the text by mouse."""
    points = page.evaluate(
        f"""words => {{
            const box = ({WORDS})(document.querySelector('.text'), words).getBoundingClientRect();
            return [box.left + 1, box.right - 0.5, box.top + box.height / 2];
        }}""",
        words,
    )
    page.mouse.move(points[0], points[2])
    page.mouse.down()
    page.mouse.move(points[1], points[2], steps=4)
    page.mouse.up()


def test_a_demand_and_its_answer_light_each_other(opened):
    page = opened().page
    page.locator(".text .tag.demand").hover()
    assert lit(page) == {"d1", "r1"}
    assert page.locator(".curve.lit").count() > 1
    page.locator(".text .tag.response").focus()
    assert lit(page) == {"d1", "r1"}
    page.locator(".filters legend").first.hover()
    page.locator(".card .reply").hover()
    assert "r1" in lit(page)


def test_a_curve_ends_where_the_answer_stands(opened):
    page = opened().page
    end = page.locator("circle.curve").bounding_box()
    mark = page.locator(".text .piece.response").first.bounding_box()
    card = page.locator(".card.demand").bounding_box()
    assert mark["y"] <= end["y"] + end["height"] / 2 <= mark["y"] + mark["height"]
    assert mark["x"] < end["x"] < card["x"]


@pytest.mark.parametrize("way", ["mouse", "Enter", "Space"])
def test_a_card_opens_its_reasons_and_closes(opened, way):
    page = opened().page
    tag = page.locator(".text .tag.quote").first
    if way == "mouse":
        tag.click()
    else:
        tag.press(way)
    card = page.locator(".card.open")
    assert "Why?" in card.inner_text()
    assert re.search(r"certainty \d,\d\d", card.inner_text())
    assert card.locator(".head").evaluate("e => e === document.activeElement")
    card.locator("summary").press("Enter")
    assert card.locator("ol li").count() > 2
    page.keyboard.press("Escape")
    assert page.locator(".card.open").count() == 0
    assert tag.evaluate("e => e === document.activeElement")


def test_chips_show_only_what_is_asked_for(opened):
    page = opened().page
    shown = page.locator(".text .tag:visible")
    everything = shown.count()
    chip = page.get_by_role("button", name="Kari Lie 1")
    chip.click()
    assert chip.get_attribute("aria-pressed") == "true"
    assert shown.evaluate_all("all => all.map(tag => tag.textContent)") == ["Kari Lie"]
    assert page.locator(".piece.quoted").evaluate_all("all => all.map(p => p.textContent)") == ["Vi gir oss ikke"]
    chip.press("Space")
    assert shown.count() == everything
    page.locator(".chip", has_text="refuses").click()
    assert page.locator(".tag.response:visible").count() == 1
    page.locator(".chip", has_text="direct").click()
    page.get_by_role("button", name="Show all").click()
    assert shown.count() == everything
    assert page.locator(".chip[aria-pressed=true]").count() == 0


@pytest.mark.parametrize("typed", ["0,99", "0.99"])
def test_the_least_certainty_is_typed_with_a_comma_or_a_point(opened, analysis, typed):
    page = opened().page
    field = page.get_by_label("Least certainty")
    field.fill(typed)
    field.press("Tab")
    assert field.input_value() == "0,99"
    sure = [r for r in (*analysis.quotes, *analysis.demands, *analysis.responses) if round(r.confidence, 2) >= 0.99]
    assert page.locator(".count").inner_text().startswith(f"{len(sure)} of ")
    field.fill("mye")
    field.press("Tab")
    assert field.get_attribute("aria-invalid") == "true"
    assert "from 0 to 1" in page.locator(".status").inner_text()


@pytest.mark.parametrize(
    ("button", "record", "words"),
    [("Quotation", "quote", "Møtet varte lenge"), ("Demand", "demand", "møte"), ("Answer", "response", "skinte")],
)
def test_words_selected_by_mouse_become_a_record(opened, tmp_path, button, record, words):
    page = opened().page
    select(page, words)
    page.get_by_role("toolbar").get_by_role("button", name=button, exact=True).click()
    page.locator(".card.open").wait_for()
    assert kept(tmp_path) == [("add", record, words)]
    assert page.get_by_role("toolbar").count() == 0
    assert "Saved in" in page.locator(".status").inner_text()


def test_words_selected_by_keyboard_become_a_record(opened, tmp_path):
    page = opened().page
    page.locator(".page").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "End", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"):
        page.keyboard.press(key)
    assert page.get_by_role("toolbar").locator("button").first.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    page.locator(".card.open").wait_for()
    assert kept(tmp_path) == [("add", "quote", "Møtet varte lenge.")]


def test_words_selected_by_touch_become_a_record(opened, tmp_path, new_page, analysis):
    made = reader(analysis, tmp_path / "kept", "Reader")
    page = Reading(new_page(width=400, has_touch=True), made).page
    page.evaluate(
        "() => { const node = document.querySelector('.text .body:nth-of-type(3)').firstChild;"
        " getSelection().setBaseAndExtent(node, 0, node, 7); }"
    )  # what a long press does
    page.get_by_role("toolbar").get_by_role("button", name="Demand", exact=True).tap()
    page.locator(".card.open").wait_for()
    assert [(a, r) for a, r, _ in kept(tmp_path)] == [("add", "demand")]


def test_offsets_are_counted_behind_a_sign_outside_the_basic_plane(opened, tmp_path):
    page = opened().page
    select(page, "sier Ola")
    page.get_by_role("toolbar").get_by_role("button", name="Answer", exact=True).click()
    page.locator(".card.open").wait_for()
    assert kept(tmp_path) == [("add", "response", "sier Ola")]


def test_a_record_is_wrong_and_the_decision_is_undone(opened, tmp_path):
    page = opened().page
    tags = page.locator(".text .tag")
    count = tags.count()
    select(page, "gir oss")
    page.get_by_role("button", name="Wrong: take q1 out").click()
    page.wait_for_function("n => document.querySelectorAll('.text .tag').length === n", arg=count - 1)
    assert [(a, r) for a, r, _ in kept(tmp_path)] == [("delete", "quote")]
    page.keyboard.press("Escape")
    page.locator(".page").focus()
    page.keyboard.press("Control+z")
    page.wait_for_function("n => document.querySelectorAll('.text .tag').length === n", arg=count)
    assert kept(tmp_path) == []


def test_speaker_addressee_and_a_new_name_are_set(opened, tmp_path):
    reading = opened()
    page = reading.page
    page.locator(".text .tag.quote").first.click()
    page.get_by_label("Speaker", exact=True).select_option("Ola Moe")
    page.get_by_role("button", name="Save").click()
    page.locator(".card.open", has_text="corrected by hand").wait_for()
    assert "Ola Moe" in page.locator(".card.open .head").inner_text()
    page.locator(".text .tag.demand").click()
    page.get_by_label("Of whom", exact=True).select_option("another name …")
    page.get_by_label("Of whom: Name", exact=True).fill("Staten")
    page.get_by_role("button", name="Save").press("Enter")
    page.locator(".card.open .head", has_text="demands of Staten").wait_for()
    assert [d.addressees for d in reading.reader.analysis.demands] != [()]
    assert len(kept(tmp_path)) == 2


def bond(reading: Reading) -> list[str]:
    return [t for r in reading.reader.analysis.responses for t in r.targets]


def test_a_bond_is_parted_and_drawn_by_mouse(opened):
    reading = opened()
    page = reading.page
    page.locator(".text .tag.demand").click()
    page.get_by_role("button", name="Part r1 from d1").click()
    page.locator(".card.demand .reply").wait_for(state="detached")
    assert bond(reading) == []
    page.locator(".text .tag.response").click()
    handle = page.locator(".card.response .handle").bounding_box()
    card = page.locator(".card.demand .words").bounding_box()
    page.mouse.move(handle["x"] + 5, handle["y"] + 5)
    page.mouse.down()
    page.mouse.move(card["x"] + 20, card["y"] + 5, steps=5)
    page.mouse.up()
    page.locator(".card.demand .reply").wait_for()
    assert bond(reading) == ["d1"]


def test_a_bond_is_drawn_by_keyboard_and_given_up_by_escape(opened):
    reading = opened()
    page = reading.page
    page.locator(".text .tag.demand").press("Enter")
    page.get_by_role("button", name="Part r1 from d1").press("Enter")
    page.locator(".card.demand .reply").wait_for(state="detached")
    handle = page.locator(".card.demand .handle")
    handle.press("Enter")
    assert "Choose the answer to d1" in page.locator(".status").inner_text()
    page.keyboard.press("Escape")
    assert page.locator(".status").inner_text() == ""
    handle.press("Enter")
    page.locator(".text .tag.response").press("Enter")
    page.locator(".card.demand .reply").wait_for()
    assert bond(reading) == ["d1"]


def test_hostile_words_stay_words(opened):
    page = opened(of=analyse(TEXT)).page
    assert SCRIPT in page.locator(".text").inner_text()
    for tag in range(page.locator(".text .tag").count()):
        page.locator(".text .tag").nth(tag).click()
    assert page.locator(".corpus-reader :is(script, img)").count() == 0


def test_the_map_tells_who_speaks_and_leads_there(opened, seed_analysis):
    page = opened(of=seed_analysis).page
    area = page.locator(".map")
    assert "Jens Stoltenberg 10" in area.get_attribute("aria-label")
    box = area.bounding_box()
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] * 0.9)
    page.wait_for_function("document.querySelector('.page').scrollTop > 200")


def test_what_another_view_singles_out_is_opened(opened):
    reading = opened()
    reading.reader.focus = ["r1", "d1"]
    reading.page.evaluate("state => window.update(state)", reading.state())
    assert reading.page.locator(".card.open").get_attribute("data-id") == "r1"


def test_without_corrections_nothing_can_be_changed(new_page, analysis):
    page = Reading(new_page(), reader(analysis)).page
    page.locator(".text .tag").first.click()
    select(page, "Møtet varte")
    assert page.locator(".form, .handle, .picker:visible").count() == 0


@pytest.mark.parametrize(("width", "language"), [(320, "nn"), (760, "en"), (1600, "nb")])
def test_it_keeps_the_rules_of_accessibility_and_its_width(opened, violations, scheme, width, language):
    page = opened(scheme, width, language=language).page
    assert violations(page) == []
    page.locator(".text .tag.demand").click()
    page.locator(".folded:not([open]) > summary").evaluate_all("all => all.forEach(summary => summary.click())")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".page").evaluate("e => e.scrollWidth <= e.clientWidth + 1")


@pytest.mark.parametrize("width", [320, 1600])
def test_the_static_reading_keeps_the_rules_and_its_width(new_page, violations, scheme, width, analysis):
    page = new_page(scheme, width)
    page.set_content(bare(scheme).replace("></main>", f">{reader_html(analysis, language='nn')}</main>"))
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert page.locator("mark").count()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_two_thousand_words_are_drawn(opened, analysis):
    """A long article: every word is there, and every mark."""
    many = _repeated(analysis, 60)
    page = opened(of=many).page
    assert page.locator(".text .tag.quote").count() == len(many.quotes) == 60 * len(analysis.quotes)


def _repeated(analysis: Analysis, times: int) -> Analysis:
    """Return an analysis of a text that is told so many times, without asking the model again."""
    size = len(analysis.article.text) + 2
    text = "\n\n".join([analysis.article.text] * times)

    def moved(span: Any, by: int) -> Any:
        return replace(span, start=span.start + by, end=span.end + by)

    quotes = [
        replace(q, id=f"q{n}_{q.id}", segments=tuple(moved(s, n * size) for s in q.segments))
        for n in range(times)
        for q in analysis.quotes
    ]
    blocks = [moved(b, n * size) for n in range(times) for b in analysis.article.blocks]
    article = replace(analysis.article, text=text, blocks=tuple(blocks))
    return replace(analysis, article=article, quotes=tuple(quotes), demands=(), responses=(), cells=())
