"""The parties that a second reader names: actors of the analysis, or noun phrases of the text that become actors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from corpus_lib.analysis import Analysis, parse_article
from corpus_lib.language import alone, load
from corpus_lib.model import Actor, ActorKind, Mention, MentionKind, Span
from corpus_lib.reader.believing import RULE, located

_KINDS: dict[str, ActorKind] = {"PER": "person", "ORG": "organisation", "GPE": "state"}
_HOW: dict[str, MentionKind] = {"PROPN": "name", "NOUN": "role"}
_LONGEST = 12
"""Words of a noun phrase at most."""


class _Token(NamedTuple):
    """A word of the text, where its head begins, its part of speech, of what it is a name."""

    span: Span
    head: int
    pos: str
    name: str


class Parties:
    """The actors of an article while two readings of it are joined."""

    def __init__(self, analysis: Analysis) -> None:
        self.article = analysis.article
        self.actors = list(analysis.actors)

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
        id = f"a{1 + max((int(a.id[1:]) for a in self.actors if a.id[1:].isdecimal()), default=0)}"
        self.actors.append(replace(self._phrase(name) or Actor(id, name, "unnamed"), id=id))
        return id

    def _phrase(self, name: str) -> Actor | None:
        """Return whom a noun phrase of the text names: one noun or name, and what hangs on it."""
        for block in self.article.blocks if len(name.split()) <= _LONGEST else ():
            span = located(self.article.text, block.span, name)
            inside = {t.span.start: t for t in self._tokens if span and t.span.within(span)}
            heads = [t for t in inside.values() if t.head not in inside or t.head == t.span.start]
            if span and len(heads) == 1 and heads[0].pos in _HOW and span.start in inside:
                mention = Mention(span.start, span.end, _HOW[heads[0].pos], RULE)
                return Actor("", name, _KINDS.get(heads[0].name, "unnamed"), mentions=(mention,))
        return None

    @cached_property
    def _tokens(self) -> list[_Token]:
        """The words of the text; read anew, for an analysis does not keep its parse."""
        with alone(nlp := load()):
            return [
                _Token(block.span(t), block.start + t.head.idx, t.pos_, t.ent_type_)
                for block in parse_article(self.article, nlp).blocks
                for t in block.doc
            ]
