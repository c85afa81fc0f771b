"""Every control of every notebook answers, by mouse and by keyboard; a control that no test works is found."""

from __future__ import annotations

import pytest

from browser.books import NOTEBOOKS, answers, choose, chosen, every, press, quotations, step_up

READER, DESK, STORY = "reader(analysis", "corpus_view(RESULTS", "story_view(story"
FREQUENCY, KEYNESS, BESIDE, LINES = (
    f"{kind}_view(index" for kind in ("frequency", "keyness", "collocation", "concordance")
)

DROPDOWNS = {
    (NOTEBOOKS[2], FREQUENCY): {"Part": 1, "Layer": 2},
    (NOTEBOOKS[2], KEYNESS): {"Key words of": 0, "Against": 1, "Measure": 5, "Layer": 2},
    (NOTEBOOKS[2], BESIDE): {"Measure": 2, "Layer": 1},
    (NOTEBOOKS[2], LINES): {"Layer": 3, "Sort by": 1},
    (NOTEBOOKS[4], STORY): {"Demand": 1},
}
"""By notebook and view: the dropdowns, and an option of each that shows something else."""

NUMBERS = {
    (NOTEBOOKS[2], FREQUENCY): {"Number of words": "3"},
    (NOTEBOOKS[2], KEYNESS): {"Least count": "3"},
    (NOTEBOOKS[2], BESIDE): {"Words before": "0", "Words after": "3", "Least count": "4"},
    (NOTEBOOKS[2], LINES): {"Words on each side": "1"},
}
"""The fields for numbers, and a number for each that shows something else; the next one shows yet another."""

OTHERS = {
    (NOTEBOOKS[0], READER): {"Least certainty", "Speaker", "Kind"},
    (NOTEBOOKS[1], READER): {"Least certainty", "Who", "Of whom", "Kind", "Answer"},
    (NOTEBOOKS[2], FREQUENCY): {"Content words only"},
    (NOTEBOOKS[2], KEYNESS): {"Content words only"},
    (NOTEBOOKS[2], BESIDE): {"Word", "Content words only"},
    (NOTEBOOKS[2], LINES): {"Word or words"},
    (NOTEBOOKS[3], DESK): {"Article", "Or a folder or file", "Column with the text", "Your name, for corrections",
                            "Least certainty"},
    (NOTEBOOKS[3], FREQUENCY): {"Part", "Layer", "Number of words", "Content words only"},
}  # fmt: skip
"""The controls that have tests of their own."""

LABELS = """() => [...document.querySelectorAll(
    '.jp-OutputArea-output :is(.jupyter-widgets, .corpus-reader) :is(select, input, textarea)')]
    .filter(control => control.checkVisibility())
    .map(control => control.labels[0]?.innerText.trim() || control.outerHTML.slice(0, 200))"""


def listed(table: dict[tuple[str, str], dict[str, object]]) -> list[object]:
    return [pytest.param(n, v, c, o, id=f"{v} {c}") for (n, v), all_ in table.items() for c, o in all_.items()]


def in_its_book(table: dict[tuple[str, str], dict[str, object]]) -> pytest.MarkDecorator:
    """Return the mark that runs a test for each control of a table, in its notebook."""
    return pytest.mark.parametrize(
        ("book", "view", "label", "other"), listed(table), indirect=["book"], scope="session"
    )


@in_its_book(DROPDOWNS)
def test_a_dropdown_by_mouse_and_by_keyboard(book, view, label, other):
    shown = book.output(view)
    dropdown = shown.get_by_label(label, exact=True)
    before = chosen(dropdown)
    assert before != other
    answers(shown, lambda: dropdown.select_option(index=other))
    answers(shown, lambda: choose(dropdown, before))
    assert chosen(dropdown) == before


@in_its_book(NUMBERS)
def test_a_number_by_keyboard_and_by_mouse(book, view, label, other):
    shown = book.output(view)
    field = shown.get_by_label(label, exact=True)
    before = field.input_value()
    field.fill(other)
    answers(shown, lambda: press(field, "Enter"))
    answers(shown, lambda: step_up(field))
    assert float(field.input_value()) > float(other)
    if field.input_value() != before:
        field.fill(before)
        answers(shown, lambda: press(field, "Tab"))


@every
def test_no_control_is_without_a_test(book):
    of_book = [t for table in (DROPDOWNS, NUMBERS, OTHERS) for (name, _), t in table.items() if name == book.name]
    found = set(book.page.evaluate(LABELS))
    assert found
    assert found - {label for labels in of_book for label in labels} == set()


@quotations
def test_a_control_without_a_test_is_found(book):
    field = "<div class='jupyter-widgets'><label>New <input></label></div>"
    book.page.evaluate("html => document.querySelector('.jp-OutputArea-output').insertAdjacentHTML('beforeend', html)",
                       f"<div id='planted'>{field}</div>")  # fmt: skip
    missing = "New" in book.page.evaluate(LABELS)
    book.page.evaluate("document.querySelector('#planted').remove()")
    assert missing
