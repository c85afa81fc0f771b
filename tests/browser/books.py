"""Notebooks that were run, and how their controls are worked: by mouse, by keyboard, and what is seen to change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

NOTEBOOKS = (
    "01_quote_attribution",
    "02_demands_and_responses",
    "03_word_statistics",
    "04_your_own_corpus",
    "05_a_story_over_time",
)
THEME = "scheme => document.body.dataset.jpThemeLight === String(scheme === 'light')"
"""Whether JupyterLab shows a theme."""

STATE = "view => view.innerText + [...view.querySelectorAll('button')].map(button => button.disabled)"


@dataclass(slots=True)
class Book:
    """A notebook that was run, and the page it stands on."""

    name: str
    page: Any

    def output(self, source: str) -> Any:
        """Return the output of the last cell whose source has these words, though it be folded."""
        place = self.page.evaluate(
            "words => [...window.jupyterapp.shell.currentWidget.content.model.cells]"
            ".findLastIndex(cell => cell.sharedModel.getSource().includes(words) && cell.type === 'code')",
            source,
        )
        assert place >= 0, source
        return self.page.locator(".jp-Notebook .jp-Cell").nth(place).locator(".jp-Cell-outputWrapper")


def on(*names: str) -> pytest.MarkDecorator:
    """Return the mark of a test that works in these notebooks; each is run once for all tests of it."""
    return pytest.mark.parametrize("book", names, indirect=True, scope="session")


every = on(*NOTEBOOKS)
quotations, demands, words, own, story = (on(name) for name in NOTEBOOKS)


TRIES = 5
SOON = 3_000
"""How often a choice by keyboard is tried, and how many milliseconds it is waited for."""


def changes(shown: Any, act: Callable[[], Any]) -> str:
    """Do something, wait until what is shown is another, and return it."""
    from playwright.sync_api import expect

    before = shown.inner_text()
    act()
    expect(shown).not_to_have_text(before, timeout=120_000, use_inner_text=True)
    return str(shown.inner_text())


def answers(view: Any, act: Callable[[], Any]) -> None:
    """Do something and wait until the words of a view, or which of its buttons can be pressed, are others."""
    before = view.evaluate(STATE)
    act()
    view.page.wait_for_function(f"([view, before]) => ({STATE})(view) !== before", arg=[view.element_handle(), before])


def press(control: Any, key: str) -> None:
    """Press a key on a control."""
    control.focus()
    control.page.keyboard.press(key)


def choose(dropdown: Any, place: int) -> None:
    """Choose an option of a dropdown by keyboard: open it, go to the option from the first one, take it.

    A key that comes while the page is busy can be lost: it is tried again until the option is chosen.
    """
    for _ in range(TRIES):
        press(dropdown, "Space")
        # Lab takes the arrows of a dropdown that is not open yet.
        if not _comes_true(dropdown, "e => e.matches(':open')"):
            continue
        for key in ("Home", *["ArrowDown"] * place, "Enter"):
            dropdown.page.keyboard.press(key)
        if _comes_true(dropdown, f"e => e.selectedIndex === {place}"):
            return
    raise AssertionError(f"option {place} was not chosen by keyboard in {TRIES} tries")


def _comes_true(dropdown: Any, condition: str) -> bool:
    """Say whether a condition on a dropdown becomes true soon."""
    from playwright.sync_api import TimeoutError

    try:
        dropdown.page.wait_for_function(condition, arg=dropdown.element_handle(), timeout=SOON)
    except TimeoutError:
        return False
    return True


def chosen(dropdown: Any) -> int:
    """Return the place of the option that a dropdown shows."""
    return int(dropdown.evaluate("e => e.selectedIndex"))


def step_up(number: Any) -> None:
    """Click the upper arrow of a field for numbers."""
    number.hover()
    box = number.bounding_box()
    number.click(position={"x": box["width"] - 10, "y": box["height"] * 0.3})
