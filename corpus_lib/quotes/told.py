"""The quotations of an annotated article, and how far another one overlaps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_lib.model import Span


@dataclass(frozen=True, slots=True)
class Told:
    """A quotation of the gold."""

    segments: tuple[Span, ...]
    cue: Span | None
    core: bool
    direct: bool


def told_in(gold: Mapping[str, Any]) -> list[Told]:
    """Return the quotations of an annotation."""
    return [
        Told(
            tuple(Span(s["start"], s["end"]) for s in q["segments"]),
            Span(q["cue"]["start"], q["cue"]["end"]) if isinstance(q.get("cue"), dict) else None,
            q.get("tier", "core") == "core" and q.get("strict", True),
            q["type"] == "direct",
        )
        for q in gold["quotes"]
    ]


def overlap(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Return the intersection of two quotations over their union, in characters.

    >>> overlap([Span(0, 10)], [Span(5, 10)])
    0.5
    """
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in first for b in second)
    total = sum(s.end - s.start for s in (*first, *second)) - shared
    return shared / total if total else 0.0
