"""Which demand an answer answers: direction before topic, then anaphor, shared words and distance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus_lib.demands.rules.frames import kind_of_word
from corpus_lib.demands.rules.repeats import is_of, overlap
from corpus_lib.model import Basis, Demand, Link, Reason, Scope, Span, Stance

_DECIDED = ("accept", "partial", "condition", "reject")
_NAMED = 0.5
_UNNAMED = 2.4
_CALLED = 2.0
_BARE = 0.8
_LEAST: Mapping[str, float] = {"offer": 2.0, "noted": 2.0, "none": 1.0}
"""What a link must reach: least where the target is named, and less for an offer or silence than for a yes or no."""
_TOPICAL = 1.4
"""What suffices where half of the words or more are shared."""
_NEAR = 30
_ANAPHORS = ("det ", "dette ", "slik ")
_FAR = 700
_COMPARED = 150
"""With how many demands on either side an answer in a long text is compared."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as the finder sees it, before it is linked."""

    block: int
    evidence: Span
    cue: Span
    actors: tuple[str, ...]
    bodies: tuple[str, ...]
    voice: str | None
    stance: Stance
    target: Span | None
    target_kind: str | None
    owners: tuple[str, ...]
    scope: Scope
    basis: Basis
    rule: str
    lemma: str
    alone: bool
    of_other: bool
    confidence: float
    right_behind: bool = False
    bare: bool = False
    """Whether it takes up the words right before it; whether nothing stands behind it («De sier nei.»)."""
    about: Span | None = None
    bound: bool = False
    called: bool = False
    """The words that name what it says yes or no to; whether they must be of what was asked for; whether only who was
    called on, or speaks right behind the demand, answers so."""


def links_of(one: Answered, demands: Sequence[Demand], text: str) -> tuple[Link, ...]:
    """Return the demands an answer is to, each with its reasons; none where nothing fits well enough.

    An answer to «alle» or «de russiske kravene» goes to each of the party's demands, one to the set where
    there is a set and nothing names a member; else the best by score.
    """
    others = [d for d in _near(one, demands) if _may_answer(one, d)]
    if one.evidence.of(text).lower().startswith(_ANAPHORS):
        others = [d for d in others if d.content.start < one.evidence.start]
    if one.right_behind:
        near = [d for d in others if 0 <= one.evidence.start - d.content.end < _NEAR]
        others = near or [d for d in others if _is_called(one, d) and 0 <= one.evidence.start - d.content.end < _FAR]
    if one.bound and one.about is not None:
        others = [d for d in others if is_of(one.about.of(text), d.content.of(text))]
    if one.owners:
        owned = [d for d in others if set(d.actors) & set(one.owners)]
        others = owned or (others if one.target_kind and len(others) == 1 else [])
    known = {d.id: d for d in demands}
    called = {d.id: _called(d, known) for d in others}
    scored = {d.id: _score(one, d, called[d.id], text) for d in others}
    fitting = [d for d in others if scored[d.id][0] >= _least(one, scored[d.id][1])]
    sets = [d for d in fitting if d.kind == "set"]
    singles = [d for d in fitting if d.kind == "single"]
    if one.scope == "all" and singles:
        chosen = [d for d in singles if d.strength == "demand"] or singles
    else:
        best = max(singles, key=lambda d: scored[d.id][0], default=None)
        topical = best is not None and scored[best.id][1] > 0
        if one.scope == "some" and not topical and len(singles) > 1:
            best = None
        chosen = sets[:1] if sets and not topical else [best] if best is not None else []
    return tuple(_link(d, one, scored[d.id]) for d in chosen)


def _least(one: Answered, topic: float) -> float:
    """Return what a demand must score: least where the target is named, most where what is named is something else."""
    if one.target_kind:
        return _NAMED
    if one.called:
        return _CALLED
    if topic == 0.0 and one.about is not None and one.stance in _DECIDED:
        return _UNNAMED
    least = _LEAST.get(one.stance, _BARE)
    return min(least, _TOPICAL) if topic >= 1.0 else least


def _near(one: Answered, demands: Sequence[Demand]) -> Sequence[Demand]:
    """Return the demands around an answer, which are in text order; of a text of ordinary length all."""
    at = bisect_left(demands, one.evidence.start, key=lambda d: d.content.start)
    return demands[max(0, at - _COMPARED) : at + _COMPARED]


def _is_called(one: Answered, demand: Demand) -> bool:
    """Say whether a demand calls on who answers, or on a body of theirs."""
    return not {*one.actors, *one.bodies}.isdisjoint(demand.addressees)


def _may_answer(one: Answered, demand: Demand) -> bool:
    """Say whether the direction fits: nobody answers an own demand, and an answer is not the demand itself."""
    if one.of_other:
        return not set(one.actors).isdisjoint(demand.actors)
    if set(demand.actors) & {*one.actors, *one.bodies}:
        return False
    return not one.cue.within(demand.content)


def _called(demand: Demand, known: Mapping[str, Demand]) -> set[str]:
    """Return who is called on by a demand, or by the members of a set; all demands are `known` by id."""
    return {a for d in (demand, *(known[m] for m in demand.members)) for a in d.addressees}


def _score(one: Answered, demand: Demand, addressees: set[str], text: str) -> tuple[float, float]:
    """Return how well a demand fits an answer, and how much of it is shared words."""
    score = 0.0
    if addressees & {*one.actors, *one.bodies}:
        score += 2.0
    elif addressees and not one.of_other and not one.owners:
        score -= 0.5
    if one.owners:
        score += 2.0
    gap = max(0, one.evidence.start - demand.content.end, demand.content.start - one.evidence.end)
    if gap < _NEAR and one.evidence.of(text).lower().startswith(_ANAPHORS):
        score += 1.0
    if one.target_kind is not None:
        score += 0.5 + 1.0 * (one.target_kind == demand.strength)
    if any(m.overlaps(one.evidence) for m in demand.mentions):
        return 6.0, 2.0
    named = next((s for s in (one.target, one.about) if s is not None), one.evidence).of(text)
    topic = 2.0 * overlap(named, demand.content.of(text), names=False)
    score += (
        1.0 * (gap < _NEAR and one.bare)
        + topic
        + max(0.0, 1.0 - gap / _FAR)
        + 1.5 * (gap < _NEAR and one.target_kind is None)
    )
    score -= 0.3 * (
        demand.content.start > one.evidence.end and not one.owners and not addressees & {*one.actors, *one.bodies}
    )
    return score, topic


def _link(demand: Demand, one: Answered, scored: tuple[float, float]) -> Link:
    reasons = [Reason("direction", one.target, "the demand of another party")]
    if _is_called(one, demand):
        reasons.append(Reason("addressee", None, "who was called on answers"))
    if one.target_kind is not None:
        reasons.append(Reason("anaphor", one.target, f"a noun of {one.target_kind}"))
    if scored[1] > 0:
        reasons.append(Reason("shared words", demand.content))
    return Link(demand.id, round(min(0.95, 0.4 + 0.1 * max(0.0, scored[0])), 2), tuple(reasons))


_AGAIN = Reason("restated", None, "the same side gives the same answer elsewhere")


def restated(answers: Sequence[tuple[Answered, tuple[Link, ...]]]) -> list[tuple[Answered, tuple[Link, ...]]]:
    """Return the answers, those without a link with the links of the same side's same answer elsewhere.

    «Frp vil ikke forhandle mer om kravene» and, further on, «Frp-leder Siv Jensen vil ikke forhandle».
    """
    linked = [(f, links) for f, links in answers if links]
    out = []
    for one, links in answers:
        again = () if links else next((k for f, k in linked if _is_restated(one, f)), ())
        out.append((one, links or tuple(replace(k, reasons=(*k.reasons, _AGAIN)) for k in again)))
    return out


_BESIDE = Reason("contrast", None, "told together with another party's answer to it")


def beside(answers: Sequence[tuple[Answered, tuple[Link, ...]]], text: str) -> list[tuple[Answered, tuple[Link, ...]]]:
    """Return the answers, those without a link or a target with the links of another party's in the same sentence.

    «Mens X ga klarsignal, har Y sagt nei til forslaget.»
    """
    linked = [(f, links) for f, links in answers if links and f.target is not None]
    out = []
    for one, links in answers:
        again = () if links or one.target else next((k for f, k in linked if _is_beside(one, f, text)), ())
        out.append((one, links or tuple(replace(k, reasons=(*k.reasons, _BESIDE)) for k in again)))
    return out


def _is_beside(one: Answered, other: Answered, text: str) -> bool:
    first, second = sorted((one.evidence, other.evidence))
    if one.stance not in _DECIDED or one.block != other.block or not 0 <= second.start - first.end < _NEAR:
        return False
    between = text[first.end : second.start]
    return not any(c in between for c in ".!?\n") and not set(one.actors) & set(other.actors)


def _is_restated(one: Answered, other: Answered) -> bool:
    side, same = {*one.actors, *one.bodies}, {*other.actors, *other.bodies}
    return one.stance in _DECIDED and one.lemma == other.lemma and one.stance == other.stance and bool(side & same)


def along(links: Sequence[Link], demands: Sequence[Demand], text: str) -> tuple[Link, ...]:
    """Return the links with those to the proposals that a demand asks to follow: «ba Y bli med på forslaget»."""
    known = {d.id: d for d in demands}
    more: list[Link] = []
    for link in links:
        asked = known[link.demand]
        kinds = {kind_of_word(w) for w in asked.content.of(text).split()} - {None}
        if not kinds:
            continue
        before = [d for d in demands if d.content.end < asked.content.start and d.strength in kinds]
        own = [d for d in before if set(d.actors) & set(asked.actors)]
        if own and own[-1].id not in {k.demand for k in (*links, *more)}:
            reason = Reason("along", asked.content, "the demand asks to follow this one")
            more.append(Link(own[-1].id, round(link.confidence * 0.8, 2), (*link.reasons, reason)))
    return (*links, *more)
