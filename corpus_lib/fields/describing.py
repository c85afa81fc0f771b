"""Descriptions of records: their fields, each with its form, its names and its meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from corpus_lib.fields.forms import Form, Layer, Misfit, Page, Spot, at, bounds

R = TypeVar("R")
_NO_DEFAULT: Any = object()


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record, described once for model, wire, tables, exchange and corrections.

    Attributes
    ----------
    name
        The attribute of the record in `corpus_lib.model`.
    key
        Its name on the wire, where that is another.
    told
        A second key, before it, with names for readers where the first has ids.
    column
        Its column, where that is called neither as the field nor as what is told.
    default
        What a record of an earlier version has, which lacks it.
    feature
        Whether annotation tools get it with the record (`exchange`).
    mended
        Whether it can be corrected by hand (`corrections`).
    """

    name: str
    form: Form
    meaning: str
    key: str = ""
    told: str = ""
    column: str = ""
    default: Any = _NO_DEFAULT
    feature: bool = False
    mended: bool = False

    @property
    def on_the_wire(self) -> str:
        """Its key in a record of the wire format."""
        return self.key or self.name

    @property
    def shown(self) -> str:
        """What people call it: the key with names, where there is one."""
        return self.told or self.on_the_wire

    @property
    def header(self) -> str:
        """What its column is called."""
        return self.column or self.shown


@dataclass(frozen=True, slots=True)
class Description(Generic[R]):
    """A kind of record: what makes one, and its fields in the order of the wire."""

    make: Callable[..., R]
    fields: tuple[Field, ...]

    def write(self, record: R, page: Page) -> dict[str, Any]:
        """Return a record as a plain dictionary."""
        out: dict[str, Any] = {}
        for f in self.fields:
            value = getattr(record, f.name)
            if f.told:
                out[f.told] = f.form.told(value, page)
            out[f.on_the_wire] = f.form.write(value, page)
        return out

    def read(self, data: Any) -> R:
        """Return the record of a plain dictionary; keys that it does not know are left aside.

        Raises
        ------
        Misfit
            If a field is missing, or its value is not of its form.
        """
        if not isinstance(data, Mapping):
            raise Misfit.of("an object", data)
        values = {}
        for f in self.fields:
            key = f.on_the_wire
            values[f.name] = f.default if key not in data and f.default is not _NO_DEFAULT else at(data, key, f.form)
        if "start" in values and values["start"] > values["end"]:
            bounds(data)
        return self.make(**values)

    def refers(self, record: R) -> list[tuple[Field, Layer, str]]:
        """Return what the record points to: by which field, in which layer, under which id."""
        found = ((f, f.form.refers(getattr(record, f.name))) for f in self.fields)
        return [(f, layer, id_) for f, pointed in found for layer, id_ in pointed]

    def field(self, shown: str) -> Field:
        """Return a field by what people call it."""
        return next(f for f in self.fields if f.shown == shown)


@dataclass(frozen=True, slots=True)
class Nested(Form):
    """A record within a record."""

    of: Description[Any] = field(default_factory=lambda: Description(dict, ()))

    def write(self, value: Any, page: Page) -> Any:
        """Return its dictionary."""
        return self.of.write(value, page)

    def read(self, value: Any) -> Any:
        """Return the record of a dictionary."""
        return self.of.read(value)

    def spots(self, value: Any) -> Iterator[Spot]:
        """Yield the record itself, where it has a start and an end, and what its fields have."""
        if {"start", "end"} <= {f.name for f in self.of.fields}:
            yield (), value
        for f in self.of.fields:
            key = f.on_the_wire
            for way, spot in f.form.spots(value[key]) if key in value else ():
                yield (key, *way), spot
