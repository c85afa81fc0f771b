"""The form for corrections: what is decided is seen in the text and in the tables, and lies in the file beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from browser.books import Book, answers, changes, choose, press, quotations
from browser.lab import Lab

SHOWN = re.compile(r"Quotations shown: (\d+) of (\d+)")


@dataclass(frozen=True, slots=True)
class Form:
    """The form, the quotations that it corrects, and its file."""

    box: Any
    view: Any
    lab: Lab

    def field(self, label: str) -> Any:
        """Return the control with a label."""
        return self.box.get_by_label(label, exact=True)

    def button(self, name: str) -> Any:
        """Return the button with a name."""
        return self.box.get_by_role("button", name=name, exact=True)

    def open(self, record: str) -> None:
        """Choose a record by mouse, and wait for its fields."""
        label = self.field("Record").locator("option", has_text=re.compile(f"^{record}")).inner_text()
        self.field("Record").select_option(label=label)
        self.view.get_by_text(f"Why {record}?").wait_for()

    def said(self, words: str) -> None:
        """Wait for words in the form."""
        self.box.get_by_text(words).first.wait_for()

    def count(self) -> int:
        """Return how many quotations the view has."""
        found = SHOWN.search(self.view.get_by_role("table").first.inner_text())
        assert found
        return int(found[2])

    def kept(self) -> list[dict[str, Any]]:
        """Return the corrections in the file."""
        files = (self.lab.folder / "notebooks" / "corrections").glob("*.corrections.json")
        return [c for file in files for c in json.loads(file.read_text(encoding="utf-8"))["corrections"]]


@pytest.fixture
def form(book: Book, lab: Lab) -> Iterator[Form]:
    """The form of a notebook; what a test decides is taken back after it."""
    made = Form(book.output("correction_view("), book.output("quote_view(choice)"), lab)
    yield made
    for left in reversed(range(len(made.kept()))):
        made.button("Take back the last").click()
        made.said(f"Corrections: {left}")


@quotations
def test_a_quotation_is_accepted(form):
    form.open("q2")
    form.field("Note").fill("read twice")
    changes(form.view, lambda: press(form.button("Accept"), "Enter"))
    form.said("Saved: accept quote")
    row = form.box.get_by_role("row", name=re.compile("^accept"))
    assert "read twice" in row.inner_text()
    assert "corrected by hand: accept by put your name here" in form.view.inner_text()
    (made,) = form.kept()
    assert (made["action"], made["record"], made["note"]) == ("accept", "quote", "read twice")


@quotations
def test_a_quotation_is_deleted_and_taken_back(form):
    count = form.count()
    form.open("q3")
    text = form.view.get_by_role("region")
    assert "▶ q3" in text.inner_text()
    assert "▶ q3" not in changes(text, form.button("Delete").click)
    assert form.count() == count - 1
    assert not form.view.get_by_role("button", name=re.compile(r"\bq3$")).count()
    assert [c["action"] for c in form.kept()] == ["delete"]
    changes(text, lambda: press(form.button("Take back the last"), "Space"))
    assert form.count() == count
    assert form.kept() == []


@quotations
def test_a_quotation_is_added(form):
    count = form.count()
    choose(form.field("Record"), form.field("Record").locator("option").count() - 1)
    words = form.field("Words of the new record")
    words.wait_for()
    assert form.button("Accept").is_disabled()
    words.fill("står ikke i artikkelen")
    answers(form.box, form.button("Add").click)
    form.said("Not saved: the article has these words 0 times")
    words.fill("Russland")
    form.field("Which occurrence").fill("2")
    form.field("Type").select_option(label="indirect")
    form.field("Speaker").fill("Kari Lie")
    text = form.view.get_by_role("region")
    assert "Russland [Kari Lie]" in changes(text, lambda: press(form.button("Add"), "Enter"))
    assert form.count() == count + 1
    (made,) = form.kept()
    assert (made["action"], made["record"], made["text"]) == ("add", "quote", "Russland")
    assert made["values"]["type"] == "indirect"
    assert made["start"] > 100


@quotations
def test_a_demand_is_added_with_its_own_fields(form):
    choose(form.field("Record"), form.field("Record").locator("option").count() - 1)
    form.field("Kind of new record").select_option(label="demand")
    form.field("Strength").wait_for()
    choose(form.field("Strength"), 1)
    form.field("Words of the new record").fill("Nato")
    form.field("Addressees").fill("USA")
    answers(form.box, form.button("Add").click)
    form.said("Saved: add demand «Nato»")
    (made,) = form.kept()
    assert (made["record"], made["values"]["strength"]) == ("demand", "request")
    choose(form.field("Record"), form.field("Record").locator("option").count() - 1)
    choose(form.field("Kind of new record"), 0)
    form.field("Type").wait_for()


@quotations
def test_a_type_is_changed_by_keyboard(form):
    form.open("q4")
    choose(form.field("Type"), 1)
    answers(form.view, form.button("Change").click)
    assert "corrected by hand: change" in form.view.inner_text()
    assert [(c["action"], c["values"]["type"]) for c in form.kept()] == [("change", "indirect")]
