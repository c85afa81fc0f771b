"""Where speech stands in an article: quotations by place, looked up without reading them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from corpus_lib.model import Quote, Span

KINDS = frozenset({"title", "lead", "body", "caption"})
"""The kinds of block that are read for demands and answers."""


@dataclass(frozen=True, slots=True)
class Speech:
    """The quotations of an article, asked by place."""

    quotes: Sequence[Quote]
    _spoken: Sequence[tuple[Span, Quote]] = field(init=False)
    _reach: Sequence[int] = field(init=False)
    _said: Sequence[tuple[Span, Quote]] = field(init=False)
    _begun: Sequence[Quote] = field(init=False)

    def __post_init__(self) -> None:
        """Order the quoted stretches, each with how far those up to it reach."""
        spoken = sorted(((s, q) for q in self.quotes for s in q.segments), key=lambda pair: pair[0])
        object.__setattr__(self, "_spoken", spoken)
        object.__setattr__(self, "_reach", list(accumulate((s.end for s, _ in spoken), max)))
        object.__setattr__(self, "_said", [(s, q) for s, q in spoken if q.speakers])
        object.__setattr__(self, "_begun", sorted(self.quotes, key=lambda q: q.start))

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation whose words cover a span, the innermost one."""
        covering: list[Quote] = []
        at = bisect_right(self._spoken, span.start, key=lambda pair: pair[0].start) - 1
        while at >= 0 and self._reach[at] >= span.end:
            if span.within(self._spoken[at][0]):
                covering.append(self._spoken[at][1])
            at -= 1
        return min(covering, key=lambda q: q.end - q.start, default=None)

    def quotes_in(self, span: Span) -> list[Quote]:
        """Return the quotations that share characters with a span, in text order."""
        at = bisect_left(self._spoken, span.end, key=lambda pair: pair[0].start) - 1
        found: list[Quote] = []
        while at >= 0 and self._reach[at] > span.start:
            if self._spoken[at][0].end > span.start and self._spoken[at][1] not in found:
                found.append(self._spoken[at][1])
            at -= 1
        return found[::-1]

    def begun(self, start: int, end: int) -> Sequence[Quote]:
        """Return the quotations that begin between two places, in text order."""
        first, last = (bisect_left(self._begun, place, key=lambda q: q.start) for place in (start, end))
        return self._begun[first:last]

    def said_before(self, position: int) -> Quote | None:
        """Return the last quotation with a known speaker that is over before a place."""
        at = bisect_left(self._said, position, key=lambda pair: pair[0].start) - 1
        while at >= 0 and self._said[at][1].end > position:
            at -= 1
        return self._said[at][1] if at >= 0 else None
