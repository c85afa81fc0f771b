"""Two readings of an article joined: what both found, one alone, or both with other parties; each record says which."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Any, TypeVar

from corpus_lib.learned import Linear, load
from corpus_lib.learned.fitting import Example, fit
from corpus_lib.model import Demand, Link, Quote, QuoteType, Reason, Response, Span
from corpus_lib.reader.believing import Finding

Found = TypeVar("Found", Quote, Demand, Response)
Ids = Callable[[Sequence[str]], tuple[str, ...]]

RULE = "second reader"
CONFIRMED, CONTRADICTED = "confirmed", "contradicted"
ABSENT, ALONE = "not found by the reader", "found by the reader alone"
UNKNOWN = 0.5
"""The confidence of what no evaluation has looked at."""

SAME = 0.5
"""Two findings are one where they share so much of the shorter one's characters."""

_YES, _NO = ("accept", "partial", "condition"), ("reject",)


@dataclass(frozen=True, slots=True)
class Decision:
    """How sure a record is: its id and the features that say so, for `fit_joining`."""

    record: str
    features: Mapping[str, float]


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
    ids: Ids

    def quotes(self, records: Sequence[Quote], findings: Sequence[Finding]) -> tuple[Quote, ...]:
        """Return the quotations of both."""

        def new(f: Finding, id: str) -> Quote:
            kind: QuoteType = "direct" if f.direct else "indirect"
            speakers = self.ids(f.by)
            return Quote(id, kind, (f.span,), None, None, None, speakers, None, RULE, (), UNKNOWN, f.denied)

        return self._joined(records, findings, new)

    def demands(self, records: Sequence[Demand], findings: Sequence[Finding]) -> tuple[Demand, ...]:
        """Return the demands of both."""

        def new(f: Finding, id: str) -> Demand:
            of = self.ids(f.of)
            basis = "explicit" if of else None
            by = self.ids(f.by)
            return Demand(
                id, "single", by, None, of, basis, f.span, None, f.strength, (), (), None, None, RULE, (), UNKNOWN
            )

        return self._joined(records, findings, new)

    def responses(self, records: Sequence[Response], findings: Sequence[Finding]) -> tuple[Response, ...]:
        """Return the answers of both."""

        def new(f: Finding, id: str) -> Response:
            links = tuple(Link(d, UNKNOWN, (Reason(self._says(ALONE)),)) for d in dict.fromkeys(f.demands))
            by = self.ids(f.by)
            return Response(
                id, by, None, links, None, f.stance, f.span, None, "unspecified", "explicit", None, RULE, (), UNKNOWN
            )  # fmt: skip

        return self._joined(records, findings, new)

    def _joined(
        self, records: Sequence[Found], findings: Sequence[Finding], new: Callable[[Finding, str], Found]
    ) -> tuple[Found, ...]:
        """Return the records of both, in the order of the text; two of one place keep that of the library."""
        rest, out = list(findings), []
        for record in records:
            same = [f for f in rest if shared(spans_of(record), f.span) >= SAME]
            rest = [f for f in rest if f not in same]
            out.append(self._decided(record, same, new))
        letter = type(new(Finding(Span(0, 0)), "")).__name__[0].lower()  # q1, d1, r1
        taken = {r.id for r in records}
        for finding in rest:
            beside = next((i for i, r in enumerate(out) if shared(spans_of(r), finding.span)), None)
            if beside is not None:  # words that overlap little: told, not taken
                out[beside] = _told(out[beside], Reason(self._says("other words"), finding.span))
                continue
            id = next(f"{letter}{n}" for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)
            taken.add(id)
            out.append(self._weighed(new(finding, id), ALONE, finding.span))
        return tuple(sorted(out, key=lambda r: (spans_of(r)[0], r.id)))

    def _decided(self, record: Found, same: Sequence[Finding], new: Callable[[Finding, str], Found]) -> Found:
        if not same:
            return self._weighed(record, ABSENT, None)
        agreeing = [f for f in same if self._agree(record, new(f, record.id))]
        if agreeing:
            return self._weighed(_completed(record, new(agreeing[0], record.id)), CONFIRMED, agreeing[0].span)
        mine = self._weighed(record, CONTRADICTED, same[0].span)
        if mine.confidence >= UNKNOWN:
            return mine
        theirs = _in_place(record, new(same[0], record.id))
        return self._weighed(theirs, ALONE, same[0].span)

    def _agree(self, mine: Found, theirs: Found) -> bool:
        """Say whether two findings of one place say the same of it; who says nothing of a party agrees."""
        if isinstance(mine, Quote) and isinstance(theirs, Quote):
            return mine.denied == theirs.denied and _meet(mine.speakers, theirs.speakers)
        if isinstance(mine, Demand) and isinstance(theirs, Demand):
            return _meet(mine.actors, theirs.actors) and _meet(mine.addressees, theirs.addressees)
        if isinstance(mine, Response) and isinstance(theirs, Response):
            polar = [(r.stance in _YES) - (r.stance in _NO) for r in (mine, theirs)]
            return polar[0] == polar[1] and _meet(mine.actors, theirs.actors) and _meet(mine.targets, theirs.targets)
        return False

    def _weighed(self, record: Found, how: str, span: Span | None) -> Found:
        """Return a record as sure as the weights say, with who found it among its reasons."""
        model, features = _weights(), features_of(record.confidence, how)
        weight = next((c.weight for c in model.contributions(features) if c.feature == how), 0.0)
        reason = Reason(self._says(how), span, weight=round(weight, 3))
        sure = min(max(model.probability(features), 0.0), 1.0)
        return replace(record, confidence=round(sure, 3), reasons=(*record.reasons, reason))

    def _says(self, what: str) -> str:
        return f"{RULE} {self.name}: {what}"


def features_of(confidence: float, how: str) -> dict[str, float]:
    """Return what the confidence of a joined record stands on.

    >>> features_of(0.5, "confirmed")
    {'own log-odds': 0.0, 'confirmed': 1.0}
    """
    sure = min(max(confidence, 0.001), 0.999)
    own = {} if how == ALONE else {"own log-odds": round(log(sure / (1 - sure)), 6)}
    return {**own, how: 1.0}


def decisions(records: Sequence[Quote | Demand | Response], before: Mapping[str, float]) -> list[Decision]:
    """Return how sure each joined record was before and what became of it, to learn from.

    Parameters
    ----------
    before
        The library's confidence by id of a record.
    """
    out = []
    for record in records:
        hows = [h for r in record.reasons if r.rule.startswith(RULE) for h in _HOWS if r.rule.endswith(f": {h}")]
        if hows:
            out.append(Decision(record.id, features_of(before.get(record.id, UNKNOWN), hows[-1])))
    return out


_HOWS = (CONFIRMED, CONTRADICTED, ABSENT, ALONE)


def fit_joining(found: Sequence[tuple[str, Decision, bool]]) -> Linear:
    """Return weights for a reader that was at hand on annotated articles: (article, decision, whether it was right)."""
    examples = [Example(doc, d.features, "yes" if right else "no") for doc, d, right in found]
    return fit("reader", examples, least=1)


def _weights() -> Linear:
    return load("reader")


def spans_of(record: Any) -> tuple[Span, ...]:
    """Return the words of a record."""
    if isinstance(record, Quote):
        return record.segments
    return (record.content if isinstance(record, Demand) else record.evidence,)


def shared(spans: Sequence[Span], other: Span) -> float:
    """Return which share of the shorter one's characters two findings share.

    >>> shared([Span(0, 10)], Span(5, 30))
    0.5
    """
    common = sum(max(0, min(s.end, other.end) - max(s.start, other.start)) for s in spans)
    least = min(sum(s.end - s.start for s in spans), other.end - other.start)
    return common / least if least > 0 else 0.0


def _meet(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return not mine or not theirs or bool(set(mine) & set(theirs))


def _told(record: Found, reason: Reason) -> Found:
    return replace(record, reasons=(*record.reasons, reason))


def _completed(mine: Found, theirs: Found) -> Found:
    """Return the library's record with the parties that it lacks and the reader names."""
    if isinstance(mine, Quote) and isinstance(theirs, Quote):
        return replace(mine, speakers=mine.speakers or theirs.speakers)
    if isinstance(mine, Demand) and isinstance(theirs, Demand):
        basis = mine.addressee_basis or (theirs.addressee_basis if not mine.addressees else None)
        addressees = mine.addressees or theirs.addressees
        return replace(mine, actors=mine.actors or theirs.actors, addressees=addressees, addressee_basis=basis)
    if isinstance(mine, Response) and isinstance(theirs, Response):
        return replace(mine, actors=mine.actors or theirs.actors, links=mine.links or theirs.links)
    return mine


def _in_place(mine: Found, theirs: Found) -> Found:
    """Return the reader's view of a place, under the library's words and with the library's reasons before it."""
    kept: dict[str, Any] = {"rule": RULE, "reasons": mine.reasons, "confidence": UNKNOWN}
    if isinstance(mine, Quote) and isinstance(theirs, Quote):
        other = theirs.speakers or mine.speakers
        return replace(mine, speakers=other, speaker_mention=None, denied=theirs.denied or mine.denied, **kept)
    if isinstance(mine, Demand) and isinstance(theirs, Demand):
        actors, addressees = theirs.actors or mine.actors, theirs.addressees or mine.addressees
        return replace(mine, actors=actors, voice=None, addressees=addressees, **kept)
    if isinstance(mine, Response) and isinstance(theirs, Response):
        actors, links = theirs.actors or mine.actors, theirs.links or mine.links
        return replace(mine, actors=actors, voice=None, links=links, stance=theirs.stance, **kept)
    return mine
