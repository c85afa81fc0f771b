"""A parsed article: one spaCy Doc per block, with its offset into the article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens


LANGUAGE_KEY = "corpus_lib.language"
"""Where a Doc's `user_data` holds ``nb`` or ``nn``, for components that ask."""


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """One block: its place in the article, its Doc, and whether the parser has seen it."""

    start: int
    doc: Doc
    parsed: bool

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the characters from a token to another, both included, counted in the article."""
        last = last if last is not None else first
        return Span(self.start + first.idx, self.start + last.idx + len(last))

    def of(self, tokens: Tokens) -> Span:
        """Return the characters of a stretch of tokens, counted in the article."""
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def sentences(self) -> Iterator[Tokens]:
        """Yield the sentences; the whole block where the parser has not run."""
        if self.doc.has_annotation("SENT_START"):
            yield from self.doc.sents
        elif len(self.doc):
            yield self.doc[:]

    def tokens(self, span: Span) -> Tokens | None:
        """Return the tokens that a span of the article touches, or None."""
        start, end = span.start - self.start, span.end - self.start
        inside = [t.i for t in self.doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
        return self.doc[inside[0] : inside[-1] + 1] if inside else None


@dataclass(frozen=True, slots=True)
class Parsed:
    """All blocks of an article, in order."""

    language: str
    blocks: tuple[ParsedBlock, ...]

    def block_at(self, position: int) -> ParsedBlock:
        """Return the block that holds a position of the article."""
        return next(b for b in reversed(self.blocks) if b.start <= position)
