"""The notebooks in a real JupyterLab: every control worked by mouse and by keyboard, and the text seen to follow."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from browser.books import NOTEBOOKS, changes, choose, demands, every, own, press, quotations, words
from browser.lab import errors

THEME = "scheme => document.body.dataset.jpThemeLight === String(scheme === 'light')"
HOSTILE = '<script>document.title="owned"</script>"><img src=x onerror=\'document.title="owned"\'></mark>'


@every
def test_it_runs_without_an_error(book):
    assert errors(book.page) == []
    counts = book.page.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert counts == [f"[{i}]:" for i in range(1, len(counts) + 1)]


@every
def test_its_widgets_keep_the_rules_of_accessibility(book, violations, scheme):
    book.page.emulate_media(color_scheme=scheme)
    book.page.wait_for_function(THEME, arg=scheme)
    assert book.page.locator(".jp-OutputArea-output .jupyter-widgets").count()
    assert violations(book.page, ".jp-Notebook .widget-box, .jp-Notebook .jp-RenderedHTML") == []


@quotations
def test_a_speaker_by_mouse_and_by_keyboard(book):
    view = book.output("quote_view(choice)")
    text = view.get_by_role("region")
    box = view.get_by_label(re.compile("Jens Stoltenberg"))
    assert "[Jens Stoltenberg]" not in changes(text, box.uncheck)
    assert "[Jens Stoltenberg]" in changes(text, lambda: press(box, "Space"))


@quotations
def test_all_and_none(book):
    view = book.output("quote_view(choice)")
    text = view.get_by_role("region")
    assert "[" not in changes(text, view.get_by_role("button", name="No speaker").click)
    everyone = view.get_by_role("button", name="All speakers")
    assert "[Anthony Blinken]" in changes(text, lambda: press(everyone, "Enter"))


@quotations
def test_a_type_by_mouse_and_by_keyboard(book):
    view = book.output("quote_view(choice)")
    table = view.get_by_role("table").first
    box = view.get_by_label("direct", exact=True)
    assert "direct" not in changes(table, box.uncheck)
    assert "direct" in changes(table, lambda: press(box, "Space"))


@quotations
def test_the_least_confidence_by_keyboard(book):
    view = book.output("quote_view(choice)")
    table = view.get_by_role("table").first
    field = view.get_by_label("Least confidence (0 to 1)", exact=True)
    field.fill("1")
    assert "Quotations shown: 0" in changes(table, lambda: press(field, "Enter"))
    field.fill("0")
    changes(table, lambda: press(field, "Tab"))


@quotations
def test_a_row_scrolls_the_text_and_gives_its_reason(book):
    view = book.output("quote_view(choice)")
    text = view.get_by_role("region")
    button = view.get_by_role("button", name="q5", exact=True)
    assert "▶ q5" in changes(text, button.click)
    assert "Why q5?" in view.inner_text()
    assert text.evaluate("e => e.scrollTop") > 0
    assert text.locator("mark[aria-current=true]").evaluate(
        "(m, t) => { const a = m.getBoundingClientRect(), b = t.getBoundingClientRect();"
        " return a.top >= b.top - 1 && a.bottom <= b.bottom + 1; }",
        text.element_handle(),
    )


@quotations
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_row_by_keyboard(book, key):
    view = book.output("quote_view(choice)")
    number = {"Enter": "q2", "Space": "q3"}[key]
    button = view.get_by_role("button", name=number, exact=True)
    assert f"▶ {number}" in changes(view.get_by_role("region"), lambda: press(button, key))


@quotations
def test_rules_and_confidences_are_read_whole(book):
    """Running words may end in an ellipsis; names do not, and no column lies beyond the edge."""
    table = book.output("quote_view(choice)").get_by_role("table").first
    cut = "cells => cells.map(cell => cell.scrollHeight > cell.clientHeight + 1)"
    assert any(table.locator("td:nth-child(3) div").evaluate_all(cut))
    for column in (1, 2, 4, 5):
        assert not any(table.locator(f"td:nth-child({column}) div").evaluate_all(cut))
    assert table.evaluate("e => e.parentElement.scrollWidth <= e.parentElement.clientWidth + 1")


@quotations
def test_later_rows(book):
    view = book.output("quote_view(choice)")
    table = view.get_by_role("table").first
    later, earlier = (view.get_by_role("button", name=f"{w} rows") for w in ("Later", "Earlier"))
    assert "rows 11 to" in changes(table, later.click)
    assert "rows 1 to 10" in changes(table, lambda: press(earlier, "Enter"))


@quotations
def test_the_text_can_be_scrolled_from_the_keyboard(book):
    view = book.output("quote_view(choice)")
    text = view.get_by_role("region")
    text.evaluate("e => { e.scrollTop = 0 }")
    press(text, "PageDown")
    view.page.wait_for_function("e => e.scrollTop > 0", arg=text.element_handle())


@quotations
def test_a_correction_is_saved_and_seen_in_the_text(book, lab):
    view = book.output("quote_view(choice)")
    form = book.output("correction_view(")
    changes(view.get_by_role("region"), view.get_by_role("button", name=re.compile("q4$")).click)
    assert form.get_by_label("Record", exact=True).evaluate("e => e.selectedOptions[0].label").startswith("q4")
    form.get_by_label("Speaker", exact=True).fill("Kari Lie")
    press(form.get_by_label("Speaker", exact=True), "Tab")
    changes(view.get_by_role("region"), lambda: press(form.get_by_role("button", name="Change"), "Enter"))
    assert "[Kari Lie]" in view.get_by_role("region").inner_text()
    (kept,) = (lab.folder / "notebooks" / "corrections").glob("*.corrections.json")
    assert "Kari Lie" in kept.read_text(encoding="utf-8")
    changes(view.get_by_role("region"), form.get_by_role("button", name="Take back the last").click)
    assert "[Kari Lie]" not in view.get_by_role("region").inner_text()


@demands
def test_a_cell_opens_its_evidence_in_the_text(book):
    view = book.output("demand_view(analysis)")
    text = view.get_by_role("region")
    cell = view.get_by_role("button", name=re.compile("reject")).last
    shown = changes(text, cell.click)
    assert shown.count("▶") == 2
    other = view.get_by_role("button", name=re.compile("not found")).first
    assert changes(text, lambda: press(other, "Enter")).count("▶") == 1
    assert "No answer was found" in view.inner_text()


def open_to(view: Any, stance: str, count: int) -> None:
    """Wait until so many cells of the matrix can be pressed, all of them with the stance."""
    view.page.wait_for_function(
        """([view, stance, count]) => {
            const open = [...view.querySelectorAll('button:not([disabled])')];
            return open.length === count && open.every(button => button.innerText.includes(stance));
        }""",
        arg=[view.element_handle(), stance, count],
    )


@demands
def test_filters_by_mouse_and_by_keyboard(book):
    view = book.output("demand_view(analysis)")
    labels = view.locator("button").all_inner_texts()
    view.get_by_label("Stance", exact=True).select_option(label="none")
    open_to(view, "not found", sum("not found" in label for label in labels))
    press(view.get_by_label("Stance", exact=True), "Space")
    book.page.keyboard.press("Home")
    book.page.keyboard.press("Enter")
    open_to(view, "", len(labels))


@words
def test_frequencies_by_part_and_layer(book):
    view = book.output("frequency_view(index")
    table = view.get_by_role("table").first
    assert "narration" in changes(table, lambda: view.get_by_label("Part", exact=True).select_option(label="narration"))
    changes(table, lambda: view.get_by_label("Layer", exact=True).select_option(label="lemmas"))
    changes(table, lambda: press(view.get_by_label("Leave out stop words", exact=True), "Space"))
    field = view.get_by_label("Number of words", exact=True)
    field.fill("3")
    changes(table, lambda: press(field, "Enter"))
    assert table.get_by_role("row").count() == 4


@words
def test_stop_words_by_mouse(book):
    view = book.output("frequency_view(index")
    table = view.get_by_role("table").first
    box = view.get_by_label("Leave out stop words", exact=True)
    before = box.is_checked()
    changes(table, box.click)
    changes(table, box.click)
    assert box.is_checked() == before


@words
@pytest.mark.parametrize("source", ["frequency_view(index", "keyness_view(index", "collocation_view(index"])
def test_a_row_opens_its_lines_by_mouse(book, source):
    view = book.output(source)
    changes(view.get_by_role("table").last, view.locator("button:not([disabled])").nth(1).click)


@words
def test_a_word_opens_its_lines(book):
    view = book.output("keyness_view(index")
    lines = view.get_by_role("table").last
    button = view.locator("button:not([disabled])").nth(2)
    changes(lines, lambda: press(button, "Enter"))


@words
def test_keyness_by_parts_measure_and_least_count(book):
    view = book.output("keyness_view(index")
    table = view.get_by_role("table").first
    changes(table, lambda: view.get_by_label("Against", exact=True).select_option(label="narration"))
    changes(table, lambda: view.get_by_label("Measure", exact=True).select_option(label="percent_diff"))
    changes(table, lambda: view.get_by_label("Key words of", exact=True).select_option(label="narration"))
    assert "No answer" in table.inner_text()  # a part against itself
    changes(table, lambda: view.get_by_label("Key words of", exact=True).select_option(label="all quotations"))


@words
def test_collocates_by_word_and_window(book):
    view = book.output("collocation_view(index")
    table = view.get_by_role("table").first
    word = view.get_by_label("Word", exact=True)
    word.fill("russland")
    assert "russland" in changes(table, lambda: press(word, "Enter"))
    left = view.get_by_label("Words before", exact=True)
    left.fill("0")
    changes(table, lambda: press(left, "Enter"))


@words
def test_concordance_by_words_sort_and_window(book):
    view = book.output("concordance_view(index")
    table, text = view.get_by_role("table").first, view.get_by_role("region")
    changes(table, lambda: view.get_by_label("Sort by", exact=True).select_option(label="the word before"))
    assert "▶ line 2" in changes(text, lambda: press(view.get_by_role("button", name="line 2"), "Enter"))
    asked = view.get_by_label("Word or words", exact=True)
    asked.fill("nato")
    assert "Nato" in changes(table, lambda: press(asked, "Enter"))
    window = view.get_by_label("Words on each side", exact=True)
    window.fill("1")
    changes(table, lambda: press(window, "Enter"))


@own
def test_a_hostile_article_shows_as_text(book):
    view = book.output("corpus_view(RESULTS")
    text = f"Ap krever svar {HOSTILE}\n\n– Vi gir oss ikke {HOSTILE} \u202e, sier Kari Lie.\n\n{'x' * 10_000}"
    view.get_by_label("Article", exact=True).first.fill(text)
    press(view.get_by_role("button", name="Analyse the pasted article"), "Enter")
    view.get_by_text("1 article analysed, 0 failed.").wait_for()
    assert HOSTILE in view.get_by_role("region").first.inner_text()
    assert view.locator("script, img").count() == 0
    assert "owned" not in view.page.title()
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")


@own
def test_a_folder_with_its_errors_and_exports(book, lab):
    view = book.output("corpus_view(RESULTS")
    assert view.get_by_label("Folder or file", exact=True).input_value() == "own_articles"
    view.get_by_role("button", name="Read and analyse").click()
    view.get_by_text("4 articles analysed, 1 failed.").wait_for()
    assert "tom" in view.get_by_role("table").first.inner_text()
    for kind, file in (("CSV", "quotes.csv"), ("Parquet", "quotes.parquet"), ("JSONL", "analyses.jsonl")):
        press(view.get_by_role("button", name=f"Export as {kind}"), "Enter")
        link = view.get_by_role("link", name=file)
        with view.page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == file
        assert download.value.path().stat().st_size > 0


@own
def test_tables_and_articles(book):
    view = book.output("corpus_view(RESULTS")
    table = view.get_by_role("table").nth(1)
    changes(table, lambda: view.get_by_label("Table", exact=True).select_option(label="responses"))
    text = view.get_by_role("region").first
    changes(text, lambda: view.locator("select").nth(1).select_option(label="fjordane"))
    assert "Fiskarlaget" in text.inner_text()


@own
def test_an_article_and_a_table_by_keyboard(book):
    view = book.output("corpus_view(RESULTS")
    article, table = view.locator("select").nth(1), view.get_by_label("Table", exact=True)
    assert "Fiskarlaget" not in changes(view.get_by_role("region").first, lambda: choose(article, 0))
    rows = view.get_by_role("table").nth(1)
    assert re.search(r"demands and answers: [1-9]\d* rows", changes(rows, lambda: choose(table, 3)))


@own
def test_the_column_with_the_text(book):
    """A file of its own, whose titles are read as texts; then nothing is left of the folder."""
    view = book.output("corpus_view(RESULTS")
    path, column = (view.get_by_label(label, exact=True) for label in ("Folder or file", "Column with the text"))
    path.fill("own_articles/avisa.jsonl")
    column.fill("title")
    press(column, "Tab")
    press(view.get_by_role("button", name="Read and analyse"), "Enter")
    view.get_by_text("3 articles analysed, 0 failed.").wait_for()
    assert "fjordane" not in view.locator("select").nth(1).inner_text()
    column.fill("text")
    path.fill("own_articles")
    press(path, "Tab")
    view.get_by_role("button", name="Read and analyse").click()
    view.get_by_text("4 articles analysed, 1 failed.").wait_for()


@own
def test_what_cannot_be_read_is_said(book):
    view = book.output("corpus_view(RESULTS")
    path = view.get_by_label("Folder or file", exact=True)
    path.fill("nowhere/")
    press(path, "Tab")
    assert view.get_by_text("In the text").is_visible()
    press(view.get_by_role("button", name="Read and analyse"), "Enter")
    view.get_by_text("Not analysed: nowhere/: no such file or folder").wait_for()
    assert not view.get_by_text("In the text").is_visible()  # nothing of the former input is left on the page
    assert view.get_by_role("table").count() == view.get_by_role("region").count() == 0


def test_a_notebook_that_raises_is_caught(lab, new_page):
    """The check of errors finds one: on purpose."""
    python = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    failing = new_notebook(cells=[new_code_cell("raise ValueError('on purpose')", id="raises")], metadata=python)
    nbformat.write(failing, lab.folder / "notebooks" / "failing.ipynb")
    page = new_page()
    lab.run(page, "failing")
    assert any("on purpose" in text for text in errors(page))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_untrusted_copy_can_be_read(lab, new_page, violations, name):
    """As it comes by post: a script in it does nothing, and what was stored is there to read, light and dark."""
    notebook = nbformat.read(lab.folder / "notebooks" / f"{name}.ipynb", 4)
    html = "<b>kept</b><script>document.title='owned'</script>"
    trap = new_output("display_data", {"text/html": html})
    code = [c for c in notebook.cells if c.cell_type == "code"]
    code[0].outputs.append(trap)
    nbformat.write(notebook, lab.folder / "notebooks" / f"untrusted_{name}.ipynb")
    page = new_page()
    lab.open(page, f"untrusted_{name}")
    stored = [o for c in code for o in c.outputs if "text/html" in o.get("data", {})]
    assert page.locator(".jp-RenderedHTML").count() == len(stored)
    assert page.locator(".jp-RenderedHTML b", has_text="kept").count() == 1
    assert page.title() != "owned"
    figures = page.locator(".jp-RenderedHTML img")
    assert figures.count() > 0
    assert figures.evaluate_all("all => all.every(i => i.alt.length > 20 && i.src.startsWith('data:'))")
    assert page.locator(".jp-RenderedHTML table").count() > 0
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(THEME, arg=scheme)
        found = violations(page, ".jp-Notebook .jp-RenderedHTML")
        # Lab takes tabindex out of what is not trusted; browsers let the keyboard reach a box that scrolls without it.
        assert [v for v in found if not v.startswith("scrollable-region-focusable")] == []


def test_a_widget_against_the_rules_is_caught(page, violations):
    page.set_content('<html lang="en"><title>x</title><div class="widget-box"><input type="text"></div></html>')
    assert [v.split(":")[0] for v in violations(page, ".jp-Notebook .x, .widget-box")] == ["label"]
