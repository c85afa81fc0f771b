"""What softens or conditions an answer: «delvis», «deler av kravet», «hvis staten betaler», «ikke før»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.demands.rules.clauses import is_finite, sentence_of
from corpus_lib.demands.rules.frames import NEGATIONS, frame_of, noun_kind, phrases
from corpus_lib.model import Scope, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKEN_BACK = 5
"""How many words behind «men» the negation stands that takes a yes back."""
_BEFORE = 9
"""How many words before «for å gå med på» the demand may stand that is its condition."""


def hedged(token: Token, stance: Stance, scope: Scope) -> Stance:
    """Return the stance of an answer with what its sentence takes back: partial, condition, or as it was.

    A yes or an offer under a condition is a condition, and so is a no until something happens («ikke før»).
    A yes to some of the demands, or by half, is partial.
    """
    if stance in ("accept", "offer", "partial") and (conditioned(token) or _is_price(token)):
        return "condition"
    if stance == "reject" and _follows_any(token, "until"):
        return "condition"
    if stance == "accept" and (scope == "some" or _is_softened(token) or _is_taken_back(token)):
        return "partial"
    return stance


def conditioned(token: Token) -> bool:
    """Say whether an answer states its condition, behind it or before it: «Hvis staten betaler, er X villig til»."""
    if _follows_any(token, "conditions"):
        return True
    sentence = sentence_of(token)
    opener = next((t for t in sentence[:3] if _phrase_at(t, "conditions")), None)
    if opener is None:
        return False
    doc = token.doc
    turn = next((i for i in range(opener.i, token.i) if doc[i].text == "," and _opens_main(doc[i + 1])), None)
    return turn is not None and not any(frame_of(t) is not None for t in doc[opener.i : turn])


def _opens_main(token: Token) -> bool:
    """Say whether a main clause begins at a token: «…, så takker X ja», «…, er X villig til»."""
    return token.lower_ == "så" or is_finite(token)


def _follows_any(token: Token, key: str) -> bool:
    """Say whether one of some phrases stands behind an answer in its sentence, before another clause begins."""
    for t in token.doc[token.i + 1 : sentence_of(token).end]:
        turns = t.lower_ in ("men", "mens", "medan") and t.i > 0 and t.nbor(-1).text == ","
        if t.text in (";", ":") or (turns and not _phrase_at(t.doc[min(t.i + 1, len(t.doc) - 1)], key)):
            return False
        if _phrase_at(t, key):
            return True
    return False


def _phrase_at(token: Token, key: str) -> bool:
    """Say whether one of some phrases begins at a token."""
    return token.lower_ in _openers(key) and any(
        token.lower_ == first and tuple(t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)]) == rest
        for first, *others in phrases(key)
        for rest in (tuple(others),)
    )


@cache
def _openers(key: str) -> frozenset[str]:
    return frozenset(first for first, *_ in phrases(key))


def _is_softened(token: Token) -> bool:
    """Say whether an acceptance is only of a part: «delvis», «et stykke på vei», «på noen punkter»."""
    clause = token.doc[max(sentence_of(token).start, token.i - 6) : min(sentence_of(token).end, token.i + 12)]
    return any(_phrase_at(t, "softening") for t in clause)


def _is_taken_back(token: Token) -> bool:
    """Say whether «men» takes a yes back: «er enig, men vil ikke gå lenger», «ja, men bare i mai»."""
    rest = list(token.doc[token.i + 1 : sentence_of(token).end])
    turn = next((i for i, t in enumerate(rest) if t.lower_ == "men" and i and rest[i - 1].text == ","), None)
    behind = [] if turn is None else rest[turn + 1 : turn + _TAKEN_BACK]
    only = bool(behind) and behind[0].lower_ in ("bare", "berre", "kun")
    return only or any(t.lower_ in NEGATIONS for t in behind)


def _is_price(token: Token) -> bool:
    """Say whether an acceptance is what a demand is made for: «nye krav for å gå med på avtalen»."""
    before = [t.lower_ for t in token.doc[max(0, token.i - 2) : token.i]]
    if before != ["for", "å"]:
        return False
    asked = token.doc[max(token.sent.start, token.i - _BEFORE) : token.i]
    return any(noun_kind(t) == "demand" or frame_of(t) is not None for t in asked)
