"""Answers in the words of the demand: «vi skal åpne veien» or «vi vil ikke åpne den», said by who was asked to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.actors import SPEAKER
from corpus_lib.demands.answer_clauses import evidence_of
from corpus_lib.demands.clauses import is_infinitive, sentence_of
from corpus_lib.demands.counters import side_of
from corpus_lib.demands.frames import NEGATIONS, frame_of, word_list
from corpus_lib.demands.hedges import conditioned, hedged
from corpus_lib.demands.parties import speaker_of
from corpus_lib.demands.repeats import overlap
from corpus_lib.demands.settings import Setting, Spot
from corpus_lib.model import Demand, Link, Quote, Reason, Response

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARED = 0.6
"""The share of words that a promise must have in common with what is asked for."""
_CONFIDENCE = 0.55


def promises(setting: Setting, demands: Sequence[Demand]) -> Iterator[Response]:
    """Yield what the one called on says «we» shall or shall not do, where that is what was asked for."""
    called = {a for d in demands for a in d.addressees}
    for spot in setting.spots() if called else ():
        for token in spot.block.doc:
            if token.lower_ not in word_list("promising") or (said := _said(spot, token)) is None:
                continue
            if called & (side := side_of(setting, said.speakers)):
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
    setting, text = spot.setting, spot.setting.article.text
    evidence = evidence_of(spot, token.head, whole=conditioned(token.head))
    asked = [d for d in demands if not evidence.overlaps(d.content)]
    shared = {d.id: overlap(evidence.of(text), d.content.of(text), names=False) for d in asked}
    best = max(asked, key=lambda d: shared[d.id], default=None)
    if best is None or shared[best.id] < _SHARED:
        return
    refused = any(c.lower_ in NEGATIONS for c in token.head.children)
    reason = Reason("shared words", best.content, "who was called on speaks of doing it")
    found = speaker_of(said, spot)
    yield Response(
        id="",
        actors=tuple(setting.cast.id(e) for e in found.entities),
        voice=said.speakers[0],
        links=(Link(best.id, _CONFIDENCE, (reason,)),),
        target_text=None,
        stance=hedged(token.head, "reject" if refused else "accept", "unspecified"),
        evidence=evidence,
        cue=spot.block.span(token),
        scope="unspecified",
        basis="explicit",
        quote=said.id,
        rule="refusal to do it" if refused else "promise to do it",
        reasons=(reason,),
        confidence=_CONFIDENCE,
    )
