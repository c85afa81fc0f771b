"""Answers in the words of the demand: «vi skal åpne veien», said by who was asked to; «kommunen vil ikke åpne den»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, SPEAKER
from corpus_lib.demands.rules.agents import is_agent
from corpus_lib.demands.rules.answer_clauses import evidence_of, is_supposed
from corpus_lib.demands.rules.clauses import is_infinitive, sentence_of
from corpus_lib.demands.rules.counters import Told, of_others, plain_answer, side_of
from corpus_lib.demands.rules.frames import NEGATIONS, frame_of, word_list
from corpus_lib.demands.rules.hedges import conditioned, hedged
from corpus_lib.demands.rules.parties import Party, party_of, speaker_of
from corpus_lib.demands.rules.repeats import is_of, overlap, stems
from corpus_lib.demands.rules.settings import Setting, Spot
from corpus_lib.language.likeness import alike
from corpus_lib.model import Demand, Quote, Reason, Response, Span, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARED = 0.6
"""The share of words that a promise must have in common with what is asked for."""
_REACH = 400
"""How many characters behind a demand its refusal may be told."""


def promises(setting: Setting, demands: Sequence[Demand]) -> Iterator[Response]:
    """Yield what was asked for, as the one called on says «we» shall or shall not do it, or is told not to want to."""
    called, told = {a for d in demands for a in d.addressees}, Told(demands)
    for spot in setting.spots() if demands else ():
        for token in spot.block.doc:
            if token.lower_ != "å" and token.lower_ not in word_list("promising"):
                continue
            if (said := _said(spot, token)) is None:
                yield from _undertaking(spot, token, told)
            elif called & (side := side_of(setting, said.speakers)):
                yield from _promise(spot, token, said, [d for d in demands if side & set(d.addressees)])


def _said(spot: Spot, token: Token) -> Quote | None:
    """Return the direct speech in which a modal verb promises: «vi skal …», with an infinitive that does not ask."""
    quote = spot.quote_at(token)
    if quote is None or quote.type != "direct" or not quote.speakers or not is_infinitive(token.head):
        return None
    own = any(c.dep_ == "nsubj" and c.lower_ in SPEAKER for c in token.head.children)
    main = token.head.dep_ in ("ROOT", "conj", "parataxis") and frame_of(token.head) is None
    asks = any(t.text == "?" for t in sentence_of(token))
    return quote if own and main and not asks else None


def _promise(spot: Spot, token: Token, said: Quote, demands: Sequence[Demand]) -> Iterator[Response]:
    """Yield the answer to that of some demands on the speaker whose words the promise shares most of."""
    text = spot.setting.article.text
    evidence = evidence_of(spot, token.head, whole=conditioned(token.head))
    asked = [d for d in demands if not evidence.overlaps(d.content)]
    shared = {d.id: overlap(evidence.of(text), d.content.of(text), names=False) for d in asked}
    best = max(asked, key=lambda d: shared[d.id], default=None)
    if best is None or shared[best.id] < _SHARED:
        return
    found = speaker_of(said, spot)
    yield _response(spot, token, best, found, evidence, said, refused=_is_negated(token.head))


def _undertaking(spot: Spot, token: Token, put: Told) -> Iterator[Response]:
    """Yield the answer of a party that is told to do what it was asked to, or not: «kommunen vil ikke åpne den».

    Whoever refuses so answers the nearest demand for it; a promise is one only of who was called on.
    """
    verb, told = token.head, _told(token)
    subject = next((c for c in (*verb.children, *verb.head.children) if c.dep_ == "nsubj"), None)
    if told is None or not is_infinitive(verb) or frame_of(verb) is not None:
        return
    if subject is None or not is_agent(subject) or subject.lower_ in PRONOUNS or is_supposed(spot, verb):
        return
    text, place = spot.setting.article.text, spot.block.span(subject).start
    act = spot.block.of(verb.doc[verb.i : verb.right_edge.i + 1]).of(text)
    near = [(d, d.content.of(text)) for d in put.before(place, _REACH)]
    asked = [d for d, content in near if _is_asked(verb, content) and is_of(act, content)]
    if not asked or not (found := party_of(subject, spot)).entities:
        return
    side = side_of(spot.setting, spot.setting.cast.ids(found.entities))
    open_to = [d for d in of_others(asked, side) if told == "reject" or side & set(d.addressees)]
    if open_to:
        yield _response(spot, token, open_to[-1], found, evidence_of(spot, verb), None, refused=told == "reject")


def _is_asked(verb: Token, content: str) -> bool:
    """Say whether a demand asks for what an infinitive names, with its object where that is a noun."""
    things = [c for c in verb.children if c.dep_ == "obj" and c.pos_ == "NOUN" and c.lower_ not in word_list("matters")]
    words = [verb.text, *(c.text for c in things)]
    asked = stems(content)
    shared = [any(alike(s, v) for s in asked for v in stems(word)) for word in words]
    return shared[0] and (any(shared[1:]) or len(shared) == 1)


def _told(token: Token) -> Stance | None:
    """Return what a word says of its infinitive: «vil (ikke) åpne», «har ikke tenkt å åpne», «kommer til å åpne»."""
    verb = token.head
    if token.lower_ == "å":
        if verb.head.lower_ in word_list("refraining") and _is_negated(verb.head):
            return "reject"
        return "accept" if verb.head.lower_ in word_list("coming") and not _is_negated(verb.head) else None
    if _is_negated(verb):
        return "reject" if token.lower_ == "vil" else None
    return "accept" if token.lower_ in word_list("promising") else None


def _is_negated(verb: Token) -> bool:
    return any(c.lower_ in NEGATIONS for c in verb.children)


def _response(
    spot: Spot, token: Token, demand: Demand, found: Party, evidence: Span, said: Quote | None, *, refused: bool
) -> Response:
    reason = Reason("shared words", demand.content, "it speaks of what was asked for")
    voice = None if found.voice is None else spot.setting.cast.id(found.voice)
    return plain_answer(
        [demand],
        spot.setting.cast.ids(found.entities),
        said.speakers[0] if said else voice,
        hedged(token.head, "reject" if refused else "accept", "unspecified"),
        evidence,
        spot.block.span(token),
        said.id if said else None,
        "refusal to do it" if refused else "promise to do it",
        reason,
    )
