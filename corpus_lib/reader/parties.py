"""The parties that a second reader names: actors of the analysis, or noun phrases of the text that become actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpus_lib.analysis import Analysis, parse_article
from corpus_lib.language import alone, load
from corpus_lib.model import Actor, ActorKind, Mention, MentionKind, Span
from corpus_lib.reader.believing import located
from corpus_lib.reader.joining import RULE

_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organisation", "GPE": "state"}
_HOW: dict[str, MentionKind] = {"PROPN": "name", "NOUN": "role"}
_LONGEST = 12
"""Words of a noun phrase at most."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text, where its head begins, its part of speech, of what it is a name."""

    span: Span
    head: int
    pos: str
    name: str


@dataclass
class Parties:
    """The actors of an article while two readings of it are joined."""

    analysis: Analysis
    actors: list[Actor] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the actors of the analysis."""
        self.actors = list(self.analysis.actors)

    def names_party(self, name: str) -> bool:
        """Say whether a name is that of an actor, or a noun phrase of the text."""
        return self._known(name) is not None or self._phrase(name) is not None

    def ids(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the ids of named parties; one that is no actor yet becomes one."""
        return tuple(dict.fromkeys(self._known(n) or self._new(n) for n in names))

    def _known(self, name: str) -> str | None:
        wanted = name.casefold()
        return next((a.id for a in self.actors if wanted in {n.casefold() for n in (a.name, *a.aliases)}), None)

    def _new(self, name: str) -> str:
        numbers = [int(a.id[1:]) for a in self.actors if a.id[1:].isdecimal()]
        id = f"a{max(numbers, default=0) + 1}"
        span, head = self._phrase(name) or (None, None)
        mentions = (Mention(span.start, span.end, _HOW[head.pos], RULE),) if span and head else ()
        self.actors.append(Actor(id, name, _KINDS.get(head.name if head else "", "unnamed"), mentions=mentions))
        return id

    def _phrase(self, name: str) -> tuple[Span, _Token] | None:
        """Return where a name stands as a noun phrase and its head: one noun or name, and what hangs on it."""
        if len(name.split()) > _LONGEST:
            return None
        for block, tokens in self._tokens:
            span = located(self.analysis.article.text, block, name)
            inside = {t.span.start: t for t in tokens if span and t.span.within(span)}
            heads = [t for t in inside.values() if t.head not in inside or t.head == t.span.start]
            if span and len(heads) == 1 and heads[0].pos in _HOW and min(inside) == span.start:
                return span, heads[0]
        return None

    @cached_property
    def _tokens(self) -> list[tuple[Span, list[_Token]]]:
        """The words of each block; read anew, for an analysis does not keep its parse."""
        with alone(nlp := load()):
            return [
                (
                    Span(block.start, block.start + len(block.doc.text)),
                    [_Token(block.span(t), block.start + t.head.idx, t.pos_, t.ent_type_) for t in block.doc],
                )
                for block in parse_article(self.analysis.article, nlp).blocks
            ]
