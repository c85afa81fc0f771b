"""Where the finders of demands and answers look: the article with its parse, its cast and its quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.model import Article, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock

KINDS = frozenset({"title", "lead", "body", "caption"})
"""The kinds of block that are read for demands and answers."""


@dataclass(frozen=True, slots=True)
class Setting:
    """An article as the finders see it."""

    article: Article
    parsed: Parsed
    cast: Cast
    quotes: Sequence[Quote]
    _spoken: Sequence[tuple[Span, Quote]] = field(init=False)
    _reach: Sequence[int] = field(init=False)
    _by_cue: Mapping[Span | None, Quote] = field(init=False)

    def __post_init__(self) -> None:
        """Order the quoted stretches, so that a place is looked up without reading them all."""
        spoken = sorted(((s, q) for q in self.quotes for s in q.segments), key=lambda pair: pair[0])
        object.__setattr__(self, "_spoken", spoken)
        object.__setattr__(self, "_reach", list(accumulate((s.end for s, _ in spoken), max)))
        before = (q for q in reversed(self.quotes) if q.type == "direct" and q.cue and q.segments[0].end <= q.cue.start)
        object.__setattr__(self, "_by_cue", {q.cue: q for q in before})

    def spots(self) -> Iterator[Spot]:
        """Yield the blocks to read, in text order."""
        for number, block in enumerate(self.parsed.blocks):
            if block.parsed and self.article.blocks[number].kind in KINDS:
                yield Spot(self, number, block)

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation whose words cover a span, the innermost one."""
        covering: list[Quote] = []
        at = bisect_right(self._spoken, span.start, key=lambda pair: pair[0].start) - 1
        while at >= 0 and self._reach[at] >= span.end:
            if span.within(self._spoken[at][0]):
                covering.append(self._spoken[at][1])
            at -= 1
        return min(covering, key=lambda q: q.end - q.start, default=None)

    def told_with(self, cue: Span) -> Quote | None:
        """Return the direct speech that stands before its cue, by that."""
        return self._by_cue.get(cue)

    def said_before(self, position: int) -> Quote | None:
        """Return the last quotation with a known speaker that is over before a place."""
        at = bisect_left(self._spoken, position, key=lambda pair: pair[0].start) - 1
        while at >= 0 and not (self._spoken[at][1].speakers and self._spoken[at][1].end <= position):
            at -= 1
        return self._spoken[at][1] if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Spot:
    """One block of an article, and the article around it."""

    setting: Setting
    number: int
    block: ParsedBlock

    @property
    def kind(self) -> str:
        """The kind of the block."""
        return self.setting.article.blocks[self.number].kind

    def quote_at(self, token: Token) -> Quote | None:
        """Return the innermost quotation that holds a token."""
        return self.setting.quote_at(self.block.span(token))

    def limit(self, token: Token) -> int | None:
        """Return where the words of the quotation around a token end, None outside quotations."""
        quote = self.quote_at(token)
        if quote is None:
            return None
        place = self.block.span(token)
        return next(s.end for s in quote.segments if place.within(s))
