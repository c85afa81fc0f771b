"""Forms of a record's fields: how a value goes on the wire, how it comes back, how it stands in a table.

A form reads only what it can hold; anything else is a `Misfit`, which says where it stood, what was expected
and what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any, Literal

from corpus_lib.errors import SchemaError
from corpus_lib.model import Span

Type = Literal["string", "int64", "float64", "bool"]
Layer = Literal["actors", "quotes", "demands", "responses"]
Step = str | int
Spot = tuple[tuple[Step, ...], Mapping[str, Any]]
"""What has a start and an end on the wire, and the way to it."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SHOWN = 60
"""How many characters of a wrong value a message shows."""


class Misfit(SchemaError):
    """A value that is not of its form; it learns its place on the way out."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected, self.found, self.place = expected, found, ""

    @classmethod
    def of(cls, expected: str, value: object) -> Misfit:
        """Return the misfit of a value, shown cut."""
        shown = repr(value[: _SHOWN + 1] if isinstance(value, str) else value)
        return cls(expected, shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…")

    def under(self, *steps: Step) -> Misfit:
        """Return itself, its place longer by some steps at the front."""
        for step in reversed(steps):
            own = f"[{step}]" if isinstance(step, int) else step
            self.place = own + (self.place if self.place[:1] in ("", "[") else f".{self.place}")
        return self

    def __str__(self) -> str:
        """Return place, what was expected and what was found."""
        return f"{self.place}: expected {self.expected}, found {self.found}"


@dataclass(frozen=True, slots=True)
class Page:
    """What records are written beside: their article's text and the names of its actors."""

    text: str
    names: Mapping[str, str]

    def joined(self, ids: Sequence[str]) -> str | None:
        """Return the actors' names joined by ``; ``; None for nobody."""
        return "; ".join(self.names[i] for i in ids) or None


@dataclass(frozen=True, slots=True)
class Form:
    """A form of plain values, which go on the wire as they are."""

    expected: str
    type: Type = "string"

    def write(self, value: Any, page: Page) -> Any:
        """Return the value as it goes on the wire."""
        return value

    def read(self, value: Any) -> Any:
        """Return what stands on the wire as the record has it.

        Raises
        ------
        Misfit
            If it is not of this form.
        """
        if not self.fits(value):
            raise Misfit.of(self.expected, value)
        return value

    def fits(self, value: Any) -> bool:
        """Say whether what stands on the wire is of this form: half a surrogate pair, which no file holds, is none."""
        return isinstance(value, str) and (value.isascii() or not _SURROGATE.search(value))

    def told(self, value: Any, page: Page) -> Any:
        """Return what a reader is told beside the value, where it goes on the wire as ids."""
        return value

    def cell(self, value: Any, page: Page) -> object:
        """Return the value as it stands in a table."""
        return self.write(value, page)

    def refers(self, value: Any) -> Sequence[tuple[Layer, str]]:
        """Return the records that the value points to: their layer and id."""
        return ()

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield what has a start and an end in a value on the wire, with the way to it."""
        yield from ()


TEXT = Form("a text")


@dataclass(frozen=True, slots=True)
class Choice(Form):
    """One of some words."""

    choices: tuple[str, ...] = ()

    def fits(self, value: Any) -> bool:
        """Say whether it is one of the words."""
        return isinstance(value, str) and value in self.choices


@dataclass(frozen=True, slots=True)
class Number(Form):
    """A number within bounds; whole where it is to be counted."""

    least: float = float("-inf")
    most: float = float("inf")
    whole: bool = False

    def fits(self, value: Any) -> bool:
        """Say whether it is a finite number within the bounds; a truth value is none."""
        kinds = int if self.whole else (int, float)
        return isinstance(value, kinds) and type(value) is not bool and self.least <= value <= self.most and (
            self.whole or isfinite(value)
        )  # fmt: skip


OFFSET = Number("a place in the text, a whole number from 0", "int64", least=0, whole=True)


@dataclass(frozen=True, slots=True)
class Flag(Form):
    """True or false."""

    def fits(self, value: Any) -> bool:
        """Say whether it is a truth value."""
        return isinstance(value, bool)


@dataclass(frozen=True, slots=True)
class Anything(Form):
    """An object whose keys nobody describes."""

    def write(self, value: Any, page: Page) -> Any:
        """Return a copy."""
        return dict(value)

    def fits(self, value: Any) -> bool:
        """Say whether it is an object."""
        return isinstance(value, Mapping)


@dataclass(frozen=True, slots=True)
class Place(Form):
    """A span, which goes on the wire with its text."""

    def write(self, value: Any, page: Page) -> Any:
        """Return start, end and the characters there."""
        return {"start": value.start, "end": value.end, "text": value.of(page.text)}

    def read(self, value: Any) -> Span:
        """Return the span; that its text stands there is checked with the whole record."""
        if not isinstance(value, Mapping):
            raise Misfit.of(self.expected, value)
        span = Span(*bounds(value))
        if "text" in value and (not TEXT.fits(value["text"]) or len(value["text"]) != span.end - span.start):
            raise Misfit.of(f"the {span.end - span.start} characters of the span", value["text"]).under("text")
        return span

    def cell(self, value: Any, page: Page) -> object:
        """Return the characters of the span."""
        return value.of(page.text)

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield the span itself."""
        yield (), value


def bounds(data: Mapping[str, Any]) -> tuple[int, int]:
    """Return where something begins and ends: two whole numbers, the first not beyond the second."""
    start, end = (at(data, key, OFFSET) for key in ("start", "end"))
    if start > end:
        raise Misfit(f"an end from {start} on", repr(end)).under("end")
    return start, end


def at(data: Mapping[str, Any], key: str, form: Form) -> Any:
    """Return what stands under a key, read by its form."""
    if key not in data:
        raise Misfit(form.expected, "nothing").under(key)
    try:
        return form.read(data[key])
    except Misfit as misfit:
        raise misfit.under(key) from None


def check_spots(spots: Iterable[Spot], text: str) -> None:
    """Raise `Misfit` where a span lies outside the text, or its characters are others there."""
    for way, spot in spots:
        start, end = spot["start"], spot["end"]
        if end > len(text):
            raise Misfit(f"a place in the text of {len(text)} characters", str(end)).under(*way, "end")
        if spot.get("text", "") != (there := text[start:end] if "text" in spot else ""):
            raise Misfit.of(f"{there[:60]!r}, which stands at {start}–{end}", spot["text"]).under(*way, "text")
