"""Where the finders of demands and answers look: the article with its parse, its cast and its quotations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.speech import KINDS, Speech
from corpus_lib.language.syntax import stem
from corpus_lib.model import Article, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock


@dataclass(frozen=True, slots=True)
class Setting:
    """An article as the finders see it.

    Attributes
    ----------
    bodies
        By the stem of the first or last of several words of its name, the body that was named last.
    officers
        Where people with a role stand, in text order, and their numbers.
    """

    article: Article
    parsed: Parsed
    cast: Cast
    quotes: Sequence[Quote]
    speech: Speech = field(init=False)
    bodies: Mapping[str, int] = field(init=False)
    officers: Sequence[tuple[int, int]] = field(init=False)
    _by_cue: Mapping[Span | None, Quote] = field(init=False)

    def __post_init__(self) -> None:
        """Order speech, bodies and people with an office, so that each is looked up."""
        object.__setattr__(self, "bodies", _bodies(self.cast))
        object.__setattr__(self, "officers", _officers(self.cast))
        object.__setattr__(self, "speech", Speech(self.quotes))
        before = (q for q in reversed(self.quotes) if q.type == "direct" and q.cue and q.segments[0].end <= q.cue.start)
        object.__setattr__(self, "_by_cue", {q.cue: q for q in before})

    def spots(self) -> Iterator[Spot]:
        """Yield the blocks to read, in text order."""
        for number, block in enumerate(self.parsed.blocks):
            if block.parsed and self.article.blocks[number].kind in KINDS:
                yield Spot(self, number, block)

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation whose words cover a span, the innermost one."""
        return self.speech.quote_at(span)

    def told_with(self, cue: Span) -> Quote | None:
        """Return the direct speech that stands before its cue, by that."""
        return self._by_cue.get(cue)

    def said_before(self, position: int) -> Quote | None:
        """Return the last quotation with a known speaker that is over before a place."""
        return self.speech.said_before(position)


def _bodies(cast: Cast) -> dict[str, int]:
    names = ((e.name.lower().split(), n) for n, e in enumerate(cast.entities) if e.kind in ("organisation", "state"))
    return {stem(word): number for words, number in names if len(words) > 1 for word in (words[0], words[-1])}


def _officers(cast: Cast) -> list[tuple[int, int]]:
    people = ((e, n) for n, e in enumerate(cast.entities) if e.kind == "person" and e.roles)
    return sorted((mention.start, number) for entity, number in people for mention in entity.mentions.values())


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
