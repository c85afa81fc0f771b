"""What a sidecar file of corrections holds, field by field: its one reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus_lib.fields import DEMAND, QUOTE, RESPONSE, Misfit
from corpus_lib.fields.composed import Each, Maybe
from corpus_lib.fields.forms import TEXT, Form, at


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
_MAYBE_PAIR = Maybe("a span such as [45, 80] or null", form=_PAIR)
_MAYBE = Maybe("a text or null")
VALUES: Mapping[str, Form] = {
    "type": QUOTE.field("type").form,
    "strength": DEMAND.field("strength").form,
    "stance": RESPONSE.field("stance").form,
    "scope": RESPONSE.field("scope").form,
    "segments": _InOrder("a list of one span or more, in order", form=_PAIR, least=1),
    "targets": _Pairs("a list of spans", form=_PAIR),
    "content": _PAIR,
    "evidence": _PAIR,
    "cue": _MAYBE_PAIR,
    "speaker_mention": _MAYBE_PAIR,
    "speaker": _MAYBE,
    "actor": _MAYBE,
    "addressees": _MAYBE,
    "medium": _MAYBE,
}
"""What each field takes that can be corrected."""

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
