"""Two readings of an article joined: what both found, one alone, or both with other parties; each record says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import log
from typing import Any, TypeVar

from corpus_lib.learned import Linear, load
from corpus_lib.learned.fitting import Example, fit
from corpus_lib.model import Demand, Quote, Reason, Response, Span
from corpus_lib.reader.believing import RULE, UNKNOWN

Found = TypeVar("Found", Quote, Demand, Response)

CONFIRMED, CONTRADICTED = "confirmed", "contradicted"
ABSENT, ALONE = "not found by the reader", "found by the reader alone"
SAME = 0.5
"""Two findings are one where they share so much of the shorter one's characters."""

_SIDES = {"accept": 1, "partial": 1, "condition": 1, "reject": -1}
_PARTIES = ("speakers", "actors", "addressees")


@dataclass(frozen=True, slots=True)
class Joiner:
    """What joins the readings of one article.

    Attributes
    ----------
    name
        Of the reader, for the reasons.
    ids
        Names of parties → ids of actors.
    """

    name: str
    ids: Callable[[Sequence[str]], tuple[str, ...]]

    def join(self, records: Sequence[Found], findings: Sequence[Found]) -> tuple[Found, ...]:
        """Return the records of both, in the order of the text; two of one place keep that of the library.

        The findings have names where records have ids of actors, and a letter for an id.
        """
        rest = list(findings)
        out: list[Found] = []
        for record in records:
            same = [f for f in rest if shared(record.segments, f.segments[0]) >= SAME]
            rest = [f for f in rest if f not in same]
            out.append(self._decided(record, [self._settled(f) for f in same]))
        taken = {r.id for r in records}
        free = (id for n in count(1) if (id := f"{rest[0].id}{n}") not in taken)
        for f in rest:
            near: list[int] = [i for i, r in enumerate(out) if shared(r.segments, f.segments[0])]
            if not near:
                out.append(self._weighed(replace(self._settled(f), id=next(free)), ALONE, f.segments[0]))
            else:  # words that overlap little: told, not taken
                beside: Found = out[near[0]]
                reason = self._reason("other words", f.segments[0])
                out[near[0]] = replace(beside, reasons=(*beside.reasons, reason))
        return tuple(sorted(out, key=lambda r: (r.segments[0], r.id)))

    def _settled(self, finding: Found) -> Found:
        """Return what the reader found with ids of actors, and with itself as what binds an answer."""
        known: dict[str, Any] = {name: self.ids(who) for name, who in _held(finding, *_PARTIES).items()}
        if isinstance(finding, Response):
            known["links"] = tuple(replace(link, reasons=(self._reason(ALONE),)) for link in finding.links)
        return replace(finding, **known)

    def _decided(self, mine: Found, same: Sequence[Found]) -> Found:
        """Return a record of the library as the reader sees it, given what the reader has in its place."""
        if not same:
            return self._weighed(mine, ABSENT, None)
        theirs = next((t for t in same if _agree(mine, t)), same[0])
        place = theirs.segments[0]
        if _agree(mine, theirs):
            return self._weighed(_filled(mine, mine, theirs), CONFIRMED, place)
        against = self._weighed(mine, CONTRADICTED, place)
        return against if against.confidence >= UNKNOWN else self._weighed(_in_place(mine, theirs), ALONE, place)

    def _weighed(self, record: Found, how: str, span: Span | None) -> Found:
        """Return a record as sure as the weights say, with who found it among its reasons."""
        model = load("reader")
        sure = round(model.probability(features_of(record.confidence, how)), 3)
        reason = replace(self._reason(how, span), weight=round(model.weights.get(how, (0.0,))[0], 3))
        return replace(record, confidence=sure, reasons=(*record.reasons, reason))

    def _reason(self, what: str, span: Span | None = None) -> Reason:
        return Reason(f"{RULE} {self.name}: {what}", span)


def features_of(confidence: float, how: str) -> dict[str, float]:
    """Return what the confidence of a joined record stands on.

    >>> features_of(0.5, "confirmed")
    {'own log-odds': 0.0, 'confirmed': 1.0}
    """
    sure = min(max(confidence, 0.001), 0.999)
    own = {} if how == ALONE else {"own log-odds": round(log(sure / (1 - sure)), 6)}
    return {**own, how: 1.0}


def fit_joining(found: Iterable[tuple[str, Quote | Demand | Response, float, bool]]) -> Linear:
    """Return weights for a reader that was at hand on annotated articles.

    Parameters
    ----------
    found
        Of each joined record: the article's id, the record, how sure the library alone was, whether it is right.
    """
    examples = []
    for doc, record, before, right in found:
        told = [r.rule.rpartition(": ")[2] for r in record.reasons if r.rule.startswith(RULE)]
        hows = [how for how in told if how in (CONFIRMED, CONTRADICTED, ABSENT, ALONE)]
        examples += [Example(doc, features_of(before, how), "yes" if right else "no") for how in hows[-1:]]
    return fit("reader", examples, least=1)


def shared(spans: Sequence[Span], other: Span) -> float:
    """Return which share of the shorter one's characters two findings share.

    >>> shared([Span(0, 10)], Span(5, 30))
    0.5
    """
    common = sum(max(0, min(s.end, other.end) - max(s.start, other.start)) for s in spans)
    least = min(sum(s.end - s.start for s in spans), other.end - other.start)
    return common / least if least > 0 else 0.0


def _held(record: Quote | Demand | Response, *names: str) -> dict[str, Any]:
    """Return those of some fields that a record of its kind has."""
    return {name: getattr(record, name) for name in names if hasattr(record, name)}


def _agree(mine: Found, theirs: Found) -> bool:
    """Say whether two findings of one place say the same of it; who says nothing of a party agrees."""
    own, other = (_held(r, *_PARTIES, "targets") for r in (mine, theirs))
    meet = (not own[name] or not other[name] or set(own[name]) & set(other[name]) for name in own)
    return _side(mine) == _side(theirs) and all(meet)


def _side(record: Quote | Demand | Response) -> int:
    """Return 1 for words that are denied and for a yes, −1 for a no, else 0."""
    if isinstance(record, Response):
        return _SIDES.get(record.stance, 0)
    return int(isinstance(record, Quote) and record.denied)


def _filled(record: Found, first: Found, second: Found) -> Found:
    """Return a record with the parties that one finding names, and those that only another does."""
    held, rest = (_held(r, *_PARTIES, "addressee_basis", "links") for r in (first, second))
    return replace(record, **{name: held[name] or rest[name] for name in held})


def _in_place(mine: Found, theirs: Found) -> Found:
    """Return the reader's view of a place, under the library's words and with the library's reasons before it."""
    gone: dict[str, Any] = dict.fromkeys(_held(mine, "voice", "speaker_mention"))
    said = _held(theirs, "denied", "stance")
    return replace(_filled(mine, theirs, mine), rule=RULE, confidence=UNKNOWN, **gone, **said)
