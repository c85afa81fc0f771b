"""Proposals and demands told of only where they are answered: «sa nei til skissen som Lie la frem»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from corpus_lib.demands.rules.agents import is_agent
from corpus_lib.demands.rules.answer_targets import cues
from corpus_lib.demands.rules.asked import Asked
from corpus_lib.demands.rules.clauses import is_finite, sentence_of
from corpus_lib.demands.rules.frames import NEGATIONS, noun_kind, word_list
from corpus_lib.demands.rules.nominal import STRENGTH
from corpus_lib.demands.rules.parties import party_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

RULE = "put before it is answered"
_REACH = 4
_NEAR = 5
"""How many words behind the noun «som» may stand: «skissen om vei som Lie la frem»."""
_CONFIDENCE = 0.5


def presupposed(spot: Spot, token: Token) -> Iterator[Asked]:
    """Yield what a noun of demanding names together with who put it, where an answer is to it."""
    kind = noun_kind(token)
    if kind is None or "Def" not in token.morph.get("Definite", []) or not _is_answered(token):
        return
    subject, verb = _put_by(token) or (None, None)
    if subject is None or verb is None or not (party := party_of(subject, spot)).entities:
        return
    yield Asked(
        block=spot.number,
        cue=spot.block.span(verb),
        content=spot.block.of(token.doc[_start(token) : _end(verb) + 1]),
        party=party,
        addressees=(),
        basis=None,
        strength=STRENGTH[kind],
        rule=RULE,
        confidence=_CONFIDENCE,
    )


def without_told(found: Sequence[Asked]) -> list[Asked]:
    """Return the demands without those of an answer whose actor's demand, as strong, is told elsewhere."""
    told = {(a, f.strength) for f in found if f.rule != RULE for a in f.actors}
    return [f for f in found if f.rule != RULE or not any((a, f.strength) in told for a in f.actors)]


def _is_answered(token: Token) -> bool:
    """Say whether a verb of answering governs a noun, by itself or as the infinitive of a refusal."""
    governors = [a for a in list(token.ancestors)[:_REACH] if a.pos_ in ("VERB", "AUX", "ADJ") and a.i < token.i]
    return any(c.alone != "called" and c.what != "same" for a in governors for c in cues().get(a.lower_, ()))


def _put_by(token: Token) -> tuple[Token, Token] | None:
    """Return who put what a noun names, and the verb of putting, in the relative clause right behind it."""
    behind = token.doc[token.i + 1 : min(token.i + 1 + _NEAR, sentence_of(token).end)]
    if not len(behind) or not (any(t.lower_ == "som" for t in behind) or is_agent(behind[0])):
        return None
    inside = [token, *(t for t in behind if t.head.i == token.i)]
    clause = next((c for t in inside for c in t.children if c.dep_.startswith("acl") and c.i > t.i), None)
    if clause is None or clause.lower_ not in word_list("putting") or any(c.lower_ in NEGATIONS for c in clause.lefts):
        return None
    subject = next((c for c in clause.lefts if c.dep_.startswith("nsubj") and c.lower_ != "som"), None)
    finite = is_finite(clause) or any(is_finite(c) for c in clause.lefts)
    return (subject, clause) if subject is not None and finite and is_agent(subject) else None


def _start(noun: Token) -> int:
    """Return the first word of a noun phrase, behind its preposition."""
    return min([noun.i, *(c.left_edge.i for c in noun.lefts if c.dep_ != "case" and not c.is_punct)])


def _end(verb: Token) -> int:
    """Return the last word of a relative clause that ends before a comma or a conjunction: «la frem forrige helg»."""
    end: int = verb.i
    for t in verb.doc[verb.i + 1 : sentence_of(verb).end]:
        if t.is_punct or t.pos_ == "CCONJ" or t.lower_ == "som" or is_finite(t) or verb not in (t, *t.ancestors):
            break
        end = t.i
    return end
