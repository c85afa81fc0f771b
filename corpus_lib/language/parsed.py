"""A parsed article: one spaCy Doc per block, with its offset into the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from corpus_lib.language.light import LightDoc, light
from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens


LANGUAGE_KEY = "corpus_lib.language"
"""Where a Doc's `user_data` holds ``nb`` or ``nn``, for components that ask."""


@dataclass(frozen=True, slots=True)
class NamePart:
    """A name that is the first part of a compound: «Bodø» in «Bodø-klubben». No name of the Doc can be part of a token.

    Attributes
    ----------
    start, end
        Its characters, counted in the Doc.
    token
        The number of the compound.
    label
        What it names: ``PER``, ``ORG``, ``GPE`` or ``LOC``.
    """

    start: int
    end: int
    token: int
    label: str


@dataclass(frozen=True, slots=True)
class ParsedBlock:
    """One block: its place in the article, its Doc, whether the parser has seen it, the names inside its compounds.

    Attributes
    ----------
    whole
        The Doc as the pipeline made it.
    doc
        The same Doc as rules and features read it (`language.light`).
    """

    start: int
    whole: Doc
    parsed: bool
    parts: tuple[NamePart, ...] = ()
    doc: Doc = field(init=False)

    def __post_init__(self) -> None:
        """Make the Doc that is read."""
        object.__setattr__(self, "doc", light(self.whole))

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the characters from a token to another, both included, counted in the article."""
        last = last if last is not None else first
        return Span(self.start + first.idx, self.start + last.idx + len(last))

    def of(self, tokens: Tokens) -> Span:
        """Return the characters of a stretch of tokens, counted in the article."""
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)

    def sentences(self) -> Iterator[Tokens]:
        """Yield the sentences; the whole block where the parser has not run."""
        if self.whole.has_annotation("SENT_START"):
            yield from self.doc.sents
        elif len(self.doc):
            yield self.doc[:]

    def tokens(self, span: Span) -> Tokens | None:
        """Return the tokens that a span of the article touches, or None."""
        first, last = self.index(span.start + 1) - 1, self.index(span.end) - 1
        doc = self.doc
        if first < 0 or doc[first].idx + len(doc[first]) <= span.start - self.start:
            first += 1
        while first <= last and doc[first].is_space:
            first += 1
        while last >= first and doc[last].is_space:
            last -= 1
        return doc[first : last + 1] if first <= last else None

    def index(self, position: int) -> int:
        """Return the number of the first token that begins at a place of the article or behind it."""
        return bisect_left(range(len(self.doc)), position - self.start, key=lambda i: self.doc[i].idx)


@dataclass(frozen=True, slots=True)
class Parsed:
    """All blocks of an article, in order."""

    language: str
    blocks: tuple[ParsedBlock, ...]

    def block_at(self, position: int) -> ParsedBlock:
        """Return the block that holds a position of the article."""
        return next(b for b in reversed(self.blocks) if b.start <= position)


def name_at(doc: Doc, i: int) -> Tokens | None:
    """Return the name that covers a token, or None; `Doc.ents` would read the whole Doc for it."""
    if isinstance(doc, LightDoc):
        return cast("Tokens | None", doc.named.get(i))
    if not doc[i].ent_type_:
        return None
    start, end = i, i + 1
    while start and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return doc.char_span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label=doc[i].ent_type)


def name_from(doc: Doc, place: int) -> Tokens | None:
    """Return the name that begins at a token."""
    return name_at(doc, place) if 0 <= place < len(doc) and doc[place].ent_iob_ == "B" else None


def names_in(tokens: Tokens) -> Iterator[Tokens]:
    """Yield the names that stand wholly within a stretch of tokens."""
    for token in tokens:
        name = name_from(token.doc, token.i)
        if name is not None and name.end <= tokens.end:
            yield name
