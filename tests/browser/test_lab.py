"""The notebooks in a real JupyterLab: every control worked by mouse and by keyboard, and the text seen to follow."""

from __future__ import annotations

import re
from itertools import product

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from browser.books import NOTEBOOKS, THEME, changes, demands, every, own, press, quotations, words
from browser.lab import errors

HOSTILE = '<script>document.title="owned"</script>"><img src=x onerror=\'document.title="owned"\'></mark>'


@every
def test_it_runs_without_an_error(book):
    assert errors(book.page) == []
    counts = book.page.evaluate(
        "() => [...window.jupyterapp.shell.currentWidget.content.model.cells]"
        ".filter(cell => cell.type === 'code').map(cell => cell.executionCount)"
    )
    assert counts == list(range(1, len(counts) + 1))


@every
@pytest.mark.parametrize("width", [320, 1600])
def test_its_widgets_keep_the_rules_of_accessibility(book, violations, scheme, width):
    book.page.emulate_media(color_scheme=scheme)
    book.page.set_viewport_size({"width": width, "height": 1000})
    book.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    book.page.wait_for_function(THEME, arg=scheme)
    assert book.page.locator(".jp-OutputArea-output :is(.jupyter-widgets, .corpus-reader)").count()
    assert (
        violations(book.page, ".jp-Notebook .widget-box, .jp-Notebook .corpus-reader, .jp-Notebook .jp-RenderedHTML")
        == []
    )


@quotations
def test_the_reader_opens_a_card_and_keeps_its_keys(book):
    """Lab would take the arrows and letters: the cell stays where it is, and is not deleted."""
    view = book.output("reader(analysis")
    cells = book.page.locator(".jp-CodeCell").count()
    tag = view.locator(".tag.quote").nth(1)
    press(tag, "Enter")
    card = view.locator(".card.open")
    card.wait_for()
    assert "certainty 0," in card.inner_text()
    view.locator(".page").focus()
    for key in ("ArrowRight", "ArrowDown", "d", "d"):
        book.page.keyboard.press(key)
    assert view.locator(".page").evaluate("e => e === document.activeElement")
    assert book.page.locator(".jp-CodeCell").count() == cells


@quotations
def test_a_correction_is_kept_and_undone(book, lab):
    view = book.output("reader(analysis")
    view.get_by_role("button", name="q4:").click()
    card = view.locator(".card.open")
    card.get_by_label("Speaker", exact=True).select_option("Anthony Blinken")
    card.get_by_role("button", name="Save").click()
    view.locator(".card.open", has_text="corrected by hand").wait_for()
    assert "Anthony Blinken" in view.locator(".card.open .head").inner_text()
    (kept,) = (lab.folder / "notebooks" / "corrections").glob("*.corrections.json")
    assert "Anthony Blinken" in kept.read_text(encoding="utf-8")
    press(view.get_by_role("button", name="Undo"), "Enter")
    view.get_by_text("Undone.").wait_for()
    assert "Anthony Blinken" not in kept.read_text(encoding="utf-8")


@demands
def test_a_cell_of_the_matrix_opens_its_evidence_in_the_reader(book):
    view = book.output("matrix_view(view)")
    view.get_by_role("button", name=re.compile("refuses")).last.click()
    view.locator(".card.response.open").wait_for()
    assert view.locator(".curve.lit").count() > 0
    other = view.get_by_role("button", name=re.compile("not found")).first
    press(other, "Enter")
    view.locator(".card.demand.open").wait_for()
    assert "▶" in other.inner_text()


@words
def test_frequencies_by_part_and_layer(book):
    view = book.output("frequency_view(index")
    table = view.get_by_role("table").first
    assert "narration" in changes(table, lambda: view.get_by_label("Part", exact=True).select_option(label="narration"))
    changes(table, lambda: view.get_by_label("Layer", exact=True).select_option(label="words as written"))
    changes(table, lambda: press(view.get_by_label("Content words only", exact=True), "Space"))
    field = view.get_by_label("Number of words", exact=True)
    field.fill("3")
    changes(table, lambda: press(field, "Enter"))
    assert table.get_by_role("row").count() == 4


@words
def test_content_words_by_mouse(book):
    view = book.output("frequency_view(index")
    table = view.get_by_role("table").first
    box = view.get_by_label("Content words only", exact=True)
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
    word.fill("nato")
    assert "nato" in changes(table, lambda: press(word, "Enter"))
    left = view.get_by_label("Words before", exact=True)
    left.fill("0")
    changes(table, lambda: press(left, "Enter"))


@words
def test_concordance_by_words_sort_and_window(book):
    view = book.output("concordance_view(index")
    table, text = view.get_by_role("table").first, view.get_by_role("region")
    changes(table, lambda: view.get_by_label("Sort by", exact=True).select_option(label="the word before"))
    assert table.locator("u").count() == table.locator("tbody tr").count()
    assert "▶ line 2" in changes(text, lambda: press(view.get_by_role("button", name="line 2"), "Enter"))
    asked = view.get_by_label("Word or words", exact=True)
    asked.fill("nato")
    assert "Nato" in changes(table, lambda: press(asked, "Enter"))
    window = view.get_by_label("Words on each side", exact=True)
    window.fill("1")
    changes(table, lambda: press(window, "Enter"))


@words
def test_the_sort_key_is_seen(book):
    """However long a line is, the word before the words found is not cut away."""
    view = book.output("concordance_view(index")
    view.get_by_label("Sort by", exact=True).select_option(label="the word before")
    keys = view.locator("tbody tr td:first-child u")
    keys.first.wait_for()
    assert keys.evaluate_all(
        "all => all.every(key => { const [a, b] = [key, key.closest('td')].map(e => e.getBoundingClientRect());"
        " return a.right <= b.right + 1 && a.width > 0 && a.right > b.left; })"
    )


@own
def test_a_pasted_hostile_article_shows_as_text(book):
    view = book.output("corpus_view(RESULTS")
    text = f"Ap krever svar {HOSTILE}\n\n– Vi gir oss ikke {HOSTILE} \u202e, sier Kari Lie.\n\n{'x' * 10_000}"
    view.get_by_label("Article", exact=True).first.fill(text)
    press(view.get_by_role("button", name="Analyse"), "Enter")
    view.get_by_text("1 article analysed, 0 failed.").wait_for()
    view.locator(".corpus-reader .text").wait_for()
    assert HOSTILE in view.locator(".corpus-reader .text").inner_text()
    assert view.locator("script, img").count() == 0
    assert "owned" not in view.page.title()
    assert view.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    view.get_by_label("Article", exact=True).first.fill("")


@own
def test_a_folder_with_its_errors_articles_and_files(book):
    view = book.output("corpus_view(RESULTS")
    assert view.get_by_label("Or a folder or file", exact=True).input_value() == "own_articles"
    view.get_by_role("button", name="Analyse").click()
    view.get_by_text("4 articles analysed, 1 failed.").wait_for()
    assert "tom" in view.get_by_role("table").first.inner_text()
    text = view.locator(".corpus-reader .text")
    view.locator("select").first.select_option(label="fjordane")
    text.get_by_text("Fiskarlaget krev at").wait_for()
    for name, file in (("Tables (csv)", "quotes.csv"), ("Tables (xlsx)", "tables.xlsx"), ("Report", "report.html")):
        press(view.get_by_role("button", name=name, exact=True), "Enter")
        link = view.get_by_role("link", name=file)
        with view.page.expect_download() as download:
            link.click()
        assert download.value.suggested_filename == file
        assert download.value.path().stat().st_size > 0


@own
def test_an_uploaded_file_is_read(book, tmp_path):
    view = book.output("corpus_view(RESULTS")
    (tmp_path / "min_sak.txt").write_text("Uenige\n\n– Nei, sier Ida Moen-Vik.", encoding="utf-8")
    with view.page.expect_file_chooser() as chooser:
        view.get_by_role("button", name="Or upload files").click()
    chooser.value.set_files(tmp_path / "min_sak.txt")
    view.get_by_text("upload files (1)").wait_for()
    view.get_by_role("button", name="Analyse").click()
    view.locator(".corpus-reader .tag", has_text="Ida Moen-Vik").wait_for()


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
    page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
    for scheme, width in product(("light", "dark"), (320, 1600)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_function(THEME, arg=scheme)
        found = violations(page, ".jp-Notebook .jp-RenderedHTML")
        # Lab takes tabindex out of what is not trusted; browsers let the keyboard reach a box that scrolls without it.
        assert [v for v in found if not v.startswith("scrollable-region-focusable")] == []


def test_a_widget_against_the_rules_is_caught(page, violations):
    page.set_content('<html lang="en"><title>x</title><div class="widget-box"><input type="text"></div></html>')
    assert [v.split(":")[0] for v in violations(page, ".jp-Notebook .x, .widget-box")] == ["label"]
