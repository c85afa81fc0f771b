"""What a sidecar file of corrections holds, field by field: its one reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus_lib.fields import DEMAND, QUOTE, RESPONSE, Field, Misfit
from corpus_lib.fields.composed import Actors, Each, Links, Maybe
from corpus_lib.fields.forms import TEXT, Form, Place, at
from corpus_lib.model import Span


@dataclass(frozen=True, slots=True)
class _Pair(Form):
    """A span as [start, end]."""

    def fits(self, value: Any) -> bool:
        """Say whether it is two whole numbers, the first before the second."""
        if not isinstance(value, list | tuple) or len(value) != 2:
            return False
        return all(type(n) is int for n in value) and 0 <= value[0] < value[1]

    def read(self, value: Any) -> list[int]:
        """Return a list."""
        if not self.fits(value):
            raise Misfit.of(self.expected, value)
        return list(value)


@dataclass(frozen=True, slots=True)
class _Pairs(Each):
    """Several spans."""

    def read(self, value: Any) -> Any:
        """Return a list."""
        return list(Each.read(self, value))


@dataclass(frozen=True, slots=True)
class _InOrder(_Pairs):
    """Spans of which none begins before the one before it has ended."""

    def read(self, value: Any) -> Any:
        """Return a list."""
        found = list(Each.read(self, value))
        if any(one[1] > other[0] for one, other in pairwise(found)):
            raise Misfit.of(self.expected, value)
        return found


_PAIR = _Pair("a span such as [45, 80]")


def _form(field: Field) -> Form:
    """Return what a field takes in a correction: names for actors, spans as pairs, answered demands by their spans."""
    form = field.form
    if isinstance(form, Actors):
        return Maybe("a text or null")
    if isinstance(form, Links):
        return _Pairs("a list of spans", form=_PAIR)
    if isinstance(form, Each) and isinstance(form.form, Place):
        return _InOrder("a list of one span or more, in order", form=_PAIR, least=form.least)
    if isinstance(form, Maybe) and isinstance(form.form, Place):
        return Maybe("a span such as [45, 80] or null", form=_PAIR)
    return _PAIR if isinstance(form, Place) else form


_MENDED: Mapping[str, tuple[Field, ...]] = {
    name: tuple(f for f in described.fields if f.mended)
    for name, described in (("quote", QUOTE), ("demand", DEMAND), ("response", RESPONSE))
}
FIELDS: Mapping[str, tuple[str, ...]] = {
    **{record: tuple(f.shown for f in found) for record, found in _MENDED.items()},
    "speaker": ("speaker", "speaker_mention"),
}
"""What can be corrected of each record; names joined by ``;``, spans as [start, end], targets by their spans."""

VALUES: Mapping[str, Form] = {f.shown: _form(f) for found in _MENDED.values() for f in found}
"""What each field takes that can be corrected."""

SPANS = tuple(name for name, form in VALUES.items() if _PAIR in (form, getattr(form, "form", None)))
SEVERAL = tuple(name for name, form in VALUES.items() if isinstance(form, Each))
MAY_BE_EMPTY = tuple(
    name for name, form in VALUES.items() if isinstance(form, Maybe) or (isinstance(form, Each) and not form.least)
)
"""The fields of spans, of several of them, and those that may have nothing."""


def mended_values(
    kind: str, record: Any, joined: Callable[[Sequence[str]], str | None], extents: Mapping[str, Span]
) -> dict[str, Any]:
    """Return the fields of a record that can be corrected, as they are.

    Parameters
    ----------
    kind
        ``quote``, ``demand`` or ``response``.
    joined
        Returns the names of actors for their ids.
    extents
        The span of each demand by its id.
    """
    return {f.shown: _plain(f.form, getattr(record, f.name), joined, extents) for f in _MENDED[kind]}


def _plain(form: Form, value: Any, joined: Callable[[Sequence[str]], str | None], extents: Mapping[str, Span]) -> Any:
    if isinstance(form, Actors):
        return joined(value)
    if isinstance(form, Links):
        return [_pair(extents[link.demand]) for link in value if link.demand in extents]
    if isinstance(form, Each):
        return [_pair(span) for span in value]
    return _pair(value) if isinstance(value, Span) else value


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


_OWN = ("action", "record", "start", "end", "text", "values", "by", "at", "note")
_MAY_LACK: Mapping[str, Any] = {"values": {}, "by": "", "at": "", "note": ""}
_WHOLE = ("start", "end")


def read_values(values: object) -> dict[str, Any]:
    """Return the values of a correction, each read by its form.

    Raises
    ------
    Misfit
        If a value is not of its form.
    """
    if not isinstance(values, Mapping):
        raise Misfit.of("an object", values)
    return {name: at(values, name, VALUES[name]) if name in VALUES else value for name, value in values.items()}


def read_correction(data: object) -> dict[str, Any]:
    """Return the fields of a correction as a sidecar file has them.

    Raises
    ------
    Misfit
        If one is missing, unknown, or not of its form.
    """
    if not isinstance(data, Mapping):
        raise Misfit.of("an object", data)
    if unknown := next((key for key in data if key not in _OWN), None):
        raise Misfit.of(f"only {', '.join(_OWN)}", unknown)
    found = {name: at(data, name, TEXT) for name in _OWN if name in data and name not in (*_WHOLE, "values")}
    if missing := next((name for name in _OWN if name not in data and name not in _MAY_LACK), None):
        raise Misfit("a value", "nothing").under(missing)
    for name in _WHOLE:
        if type(data[name]) is not int:
            raise Misfit.of("a whole number", data[name]).under(name)
    try:
        values = read_values(data.get("values", {}))
    except Misfit as misfit:
        raise misfit.under("values") from None
    return {**_MAY_LACK, **found, "start": data["start"], "end": data["end"], "values": values}


def spans_in(values: Mapping[str, Any]) -> list[list[int]]:
    """Return the spans among the values of a correction.

    >>> spans_in({"segments": [[1, 2], [4, 5]], "cue": [7, 8], "speaker": "Kari Lie", "medium": None})
    [[1, 2], [4, 5], [7, 8]]
    """
    found: list[list[int]] = []
    for value in values.values():
        if isinstance(value, list) and value:
            found += value if isinstance(value[0], list) else [value]
    return found
