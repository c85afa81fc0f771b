"""What a decision may look at: the article with its parse, cast and quotations, and its sentences in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from corpus_lib.actors import Cast
from corpus_lib.demands.rules import find_demands, find_responses
from corpus_lib.demands.speech import KINDS, Speech
from corpus_lib.language.acts import Act, acts
from corpus_lib.language.acts_lexicon import anchors
from corpus_lib.language.lexicon import words_of
from corpus_lib.model import Article, Quote, Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.actors.known import Sighting
    from corpus_lib.language import Parsed, ParsedBlock

T = TypeVar("T")

_SIDES = frozenset({"asking", "answering", "doing"})
_WORDS = re.compile(r"\w+")
_FINAL = frozenset(".?!…")
_CLOSING = frozenset({"»", '"', "”", ")"})


def may_hold_demands(text: str) -> bool:
    """Say whether a block can hold a demand or an answer: it has a word of the lexicon of acts that is plain enough.

    >>> may_hold_demands("Sola skinner i Bergen."), may_hold_demands("LO krever svar.")
    (False, True)
    """
    return not _plain_words().isdisjoint(w.lower() for w in _WORDS.findall(text))


@cache
def _plain_words() -> frozenset[str]:
    places = ((form, place.entry) for form, held in anchors().items() for place in held if place.chief)
    plain = {f for f, e in places if e.side in _SIDES and not e.phrase and not e.broad and e.strength > 1}
    return frozenset(plain | words_of("syntax.toml", "modals") | {"ja", "nei"})


@dataclass(frozen=True, slots=True)
class Ruled:
    """What the rules find: on which side, by which cue, in which words, whose, to whom, and how they call it."""

    side: str
    cue: Span
    words: Span
    actors: tuple[int, ...]
    addressees: tuple[int, ...]
    told: tuple[str, ...]
    id: str
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence by its punctuation: its number in the article, its block, its words."""

    number: int
    block_number: int
    kind: str
    block: ParsedBlock
    tokens: Tokens
    named: list[Act]
    ruled: tuple[Ruled, ...] = ()

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.block.of(self.tokens)


@dataclass(frozen=True, slots=True)
class Setting:
    """An article as the decisions see it."""

    article: Article
    parsed: Parsed
    cast: Cast
    quotes: Sequence[Quote]
    units: Sequence[Unit] = field(init=False)
    _bodies: dict[tuple[int, ...], tuple[tuple[int, ...], tuple[int, ...]]] = field(init=False, default_factory=dict)
    _known: dict[Hashable, Any] = field(init=False, repr=False, compare=False, default_factory=dict)
    speech: Speech = field(init=False)

    def __post_init__(self) -> None:
        """Cut the sentences and order the quoted stretches."""
        object.__setattr__(self, "speech", Speech(self.quotes))
        object.__setattr__(self, "units", tuple(_units(self.article, self.parsed, self._by_rules())))

    def _by_rules(self) -> list[Ruled]:
        """Return what the rules find, in text order."""
        demands = find_demands(self.article, self.parsed, self.cast, self.quotes)
        answers = find_responses(self.article, self.parsed, self.cast, self.quotes, demands)
        numbers = self.cast.numbers
        out = [
            Ruled("demand", d.cue or d.content, d.content, numbers(d.actors), numbers(d.addressees),
                  (d.rule, d.strength, "called on" if d.addressees else "nobody called on"), d.id)
            for d in demands
        ]  # fmt: skip
        out += [
            Ruled("answer", r.cue or r.evidence, r.evidence, numbers(r.actors), (),
                  (r.rule, r.stance, "linked" if r.links else "not linked"), r.id, r.targets)
            for r in answers
        ]  # fmt: skip
        return sorted(out, key=lambda r: r.cue)

    def once(self, what: Hashable, make: Callable[[], T]) -> T:
        """Return what is worked out once for an article, such as the features of a sentence; nobody may change it."""
        if what not in self._known:
            self._known[what] = make()
        found: T = self._known[what]
        return found

    def quote_at(self, span: Span) -> Quote | None:
        """Return the quotation whose words cover a span, the innermost one."""
        return self.speech.quote_at(span)

    def quotes_in(self, span: Span) -> list[Quote]:
        """Return the quotations that share characters with a span, in text order."""
        return self.speech.quotes_in(span)

    def sighted(self, span: Span) -> Iterator[Sighting]:
        """Yield the places of a span where an actor stands."""
        held = self.cast.sightings
        at = bisect_left(held, span.start, key=lambda s: s.span.start)
        while at < len(held) and held[at].span.start < span.end:
            yield held[at]
            at += 1

    def bodies(self, people: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the bodies for which people speak by office, and those to which they belong."""
        known = self._bodies.get(people)
        if known is None:
            spoken = (self.cast.speaks_for(p) for p in people)
            known = tuple(dict.fromkeys(b for b in spoken if b is not None)), self.cast.bodies_of(people)
            self._bodies[people] = known
        return known

    def beside(self, person: int) -> tuple[int, ...]:
        """Return the bodies that stand in the sentence in which a person is named first, the nearest first."""
        return self.once(("beside", person), partial(_beside, person, self))

    def led(self, person: int) -> tuple[int, ...]:
        """Return the bodies told of before a person is named first: a bare «leder Kari Lie» leads one of them."""
        return self.once(("led", person), partial(_led, person, self))

    def said_before(self, position: int) -> Quote | None:
        """Return the last quotation with a known speaker that is over before a place."""
        return self.speech.said_before(position)


_BESIDE = 3
"""How many bodies beside a person's name are looked at."""
_LED, _LED_REACH = 2, 4
"""How many bodies before a person's name are looked at, and in how many blocks."""


def _first_named(person: int, setting: Setting) -> Span | None:
    """Return where a person is named first."""
    return min((s for s, m in setting.cast.entities[person].mentions.items() if m.kind == "name"), default=None)


def _is_body(number: int, setting: Setting) -> bool:
    entity = setting.cast.entities[number]
    return entity.kind in ("organisation", "state", "group") or (entity.kind == "unnamed" and entity.sort == "body")


def _beside(person: int, setting: Setting) -> tuple[int, ...]:
    first = _first_named(person, setting)
    if first is None:
        return ()
    near: dict[int, int] = {}
    for sighting in setting.sighted(setting.cast.sentence_span(first.start)):
        if _is_body(sighting.entity, setting):
            near[sighting.entity] = min(abs(sighting.span.start - first.end), abs(first.start - sighting.span.end))
    return tuple(sorted(near, key=near.__getitem__)[:_BESIDE])


def _led(person: int, setting: Setting) -> tuple[int, ...]:
    first, cast = _first_named(person, setting), setting.cast
    if first is None:
        return ()
    sentence = cast.sentence_span(first.start)
    block = next(n for n, b in enumerate(setting.article.blocks) if b.span.start <= first.start < b.span.end)
    found: dict[int, None] = {}
    for sighting in cast.before(sentence.start, block, _LED_REACH):
        if _is_body(sighting.entity, setting) and setting.quote_at(sighting.span) is None:
            found[sighting.entity] = None
            if len(found) == _LED:
                break
    return tuple(found)


def _units(article: Article, parsed: Parsed, ruled: Sequence[Ruled]) -> Iterator[Unit]:
    number = 0
    for place, block in enumerate(parsed.blocks):
        kind = article.blocks[place].kind
        if not block.parsed or kind not in KINDS:
            continue
        for tokens in _sentences(block):
            span = block.of(tokens)
            first = bisect_left(ruled, span.start, key=lambda r: r.cue.start)
            last = bisect_left(ruled, span.end, key=lambda r: r.cue.start)
            yield Unit(number, place, kind, block, tokens, acts(tokens), tuple(ruled[first:last]))
            number += 1


def _sentences(block: ParsedBlock) -> Iterator[Tokens]:
    """Yield the sentences by their punctuation: the parser sometimes cuts before a bare infinitive."""
    doc, start = block.doc, 0
    for sentence in block.sentences():
        if sentence.end == len(doc) or _is_final(doc[sentence.end - 1]):
            yield doc[start : sentence.end]
            start = sentence.end


def _is_final(token: Token) -> bool:
    if token.is_space:
        return token.i == 0 or "\n" in token.text or _is_final(token.nbor(-1))
    if token.text in _CLOSING and token.i:
        return _is_final(token.nbor(-1))
    return token.text in _FINAL
