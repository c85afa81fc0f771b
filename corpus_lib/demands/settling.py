"""What of the demands and answers stays: each weighed beside the others of its article, answers linked to demands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import Act, least, logit, near
from corpus_lib.language.likeness import overlap
from corpus_lib.learned import Linear, load

if TYPE_CHECKING:
    from corpus_lib.demands.setting import Setting

UNTIED = 0.79
"""The most that is said of an answer which shares neither words nor a party with the demand it is held to answer."""
_JOINED = 0.5
_REPEAT = 0.5
_PLURAL = frozenset({"liste", "rekke", "rekkje", "serie", "pakke", "krav"})
_LIST_REACH = 6
_NOTICE = 5
"""Up to so many sentences are a notice: that it holds but one demand says nothing against it."""

Links = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Settled:
    """An act that stays: how likely it is, by which features, and where it is told again."""

    act: Act
    probability: float
    features: Mapping[str, float]
    repeats: tuple[Act, ...] = ()


def demand_features(demand: Act, others: Sequence[Act], setting: Setting) -> dict[str, float]:
    """Return what the other demands of its article say of a demand."""
    text = setting.article.text
    f = {
        "found": logit(demand.probability),
        "sentence": demand.features.get("sentence", 0.0),
        "in " + demand.unit.kind: 1.0,
        "is " + demand.strength: 1.0,
    }
    if len(setting.units) > _NOTICE:
        f[f"of {min(len(others), 6)}"] = 1.0
    alike, who, place = 0.0, "", ""
    for other in near(others, demand.start):
        if other is demand or other.probability < demand.probability:
            continue
        like = overlap(demand.span.of(text), other.span.of(text))
        if like > alike:
            alike = like
            shared = set(demand.actors) & set(other.actors)
            who = "the same" if shared else "nobody" if not demand.actors or not other.actors else "another"
            place = "earlier" if other.start < demand.start else "later"
            place += f", {other.unit.kind}"
    f["like another"] = alike
    if alike >= _REPEAT:
        f[f"repeats one of {who}"] = 1.0
        f[f"repeats one {place}"] = 1.0
        f[f"repeats one, in {demand.unit.kind}"] = 1.0
    if not demand.actors:
        f["nobody demands"] = 1.0
    if not demand.addressees:
        f["nobody is called on"] = 1.0
    if set(demand.actors) & set(demand.addressees):
        f["calls on itself"] = 1.0
    for role, held in (("by", demand.actors), ("on", demand.addressees)):
        for entity in held[:1]:
            f[f"{role} {setting.cast.entities[entity].kind}"] = 1.0
    f[f"words {min(len(demand.tokens) // 3, 5)}"] = 1.0
    f["stretch"] = 0.0 if demand.stretch is None else demand.stretch.likely
    f["rule " + demand.actor_rule] = 1.0
    f["called by rule " + demand.addressee_rule] = 1.0
    if demand.quote is not None:
        f["quoted"] = 1.0
    return f


@dataclass(frozen=True, slots=True)
class Asked:
    """The demands of an article, in text order, who makes them and who is called on."""

    demands: Sequence[Act]
    asking: frozenset[int]
    called: frozenset[int]

    @classmethod
    def of(cls, demands: Sequence[Act]) -> Asked:
        """Gather the parties of demands."""
        return cls(
            demands,
            frozenset(e for d in demands for e in d.actors),
            frozenset(e for d in demands for e in d.addressees),
        )

    def beside(self, act: Act) -> Sequence[Act]:
        """Return the demands of the block of an act."""
        block = act.unit.block_number
        first = bisect_left(self.demands, block, key=lambda d: d.unit.block_number)
        last = bisect_right(self.demands, block, key=lambda d: d.unit.block_number)
        return self.demands[first:last]


def answer_features(
    answer: Act, links: Links, asked: Asked, others: Sequence[Act], setting: Setting
) -> dict[str, float]:
    """Return what the demands and the other answers of its article say of an answer."""
    f = {
        "found": logit(answer.probability),
        "sentence": answer.features.get("sentence", 0.0),
        "in " + answer.unit.kind: 1.0,
        "is " + answer.stance: 1.0,
    }
    best = max((p for _, p in links), default=0.0)
    f["best link"] = best
    f[f"best link {int(best * 5)}"] = 1.0
    f["demands"] = min(len(asked.demands), 5) / 5
    if not asked.demands:
        f["no demand"] = 1.0
    mine = set(answer.actors)
    if mine & asked.called:
        f["called on"] = 1.0
    elif asked.demands:
        f["not called on"] = 1.0
    if mine & asked.asking:
        f["demanded itself"] = 1.0
    beside = asked.beside(answer)
    if any(d.unit is answer.unit for d in beside):
        f["beside a demand"] = 1.0
    if any(d.span.overlaps(answer.span) for d in beside):
        f["over a demand"] = 1.0
    if not answer.actors:
        f["nobody answers"] = 1.0
    same = [
        o for o in near(others, answer.start) if o is not answer and set(o.actors) & mine and o.stance == answer.stance
    ]
    f[f"others alike {min(len(same), 3)}"] = 1.0
    f[f"words {min(len(answer.tokens) // 3, 5)}"] = 1.0
    f["rule " + answer.actor_rule] = 1.0
    if answer.quote is not None:
        f["quoted"] = 1.0
    for entity in answer.actors[:1]:
        f[f"by {setting.cast.entities[entity].kind}"] = 1.0
    return f


def settled_demands(demands: Sequence[Act], setting: Setting) -> list[Settled]:
    """Return the demands that stay, in text order; one that is not kept and like one that is, is its repeat."""
    model, text = load("demand_kept"), setting.article.text
    weighed = [(d, f := demand_features(d, demands, setting), model.probability(f)) for d in demands]
    kept = [Settled(d, p, f) for d, f, p in weighed if p >= least(model)]
    stay = [k.act for k in kept]
    places = {id(a): i for i, a in enumerate(stay)}
    again: dict[int, list[Act]] = {}
    for demand, _, p in weighed:
        if p >= least(model):
            continue
        alike = [(overlap(demand.span.of(text), a.span.of(text)), -places[id(a)]) for a in near(stay, demand.start)]
        if alike and max(alike)[0] >= _REPEAT:
            again.setdefault(-max(alike)[1], []).append(demand)
    return [replace(k, repeats=tuple(again.get(i, ()))) for i, k in enumerate(kept)]


def is_set(demand: Act, demands: Sequence[Act]) -> bool:
    """Say whether a noun names several demands that are told by themselves behind it: «en rekke krav om …»."""
    token = demand.token
    many = "Plur" in token.morph.get("Number", []) or any(
        t.lemma_.lower() in _PLURAL - {"krav"} for t in (*token.lefts, token.head)
    )
    named = token.pos_ == "NOUN" and token.lemma_.lower().endswith("krav")
    return named and many and len(members(demand, demands)) > 1


def members(demand: Act, demands: Sequence[Act]) -> list[int]:
    """Return the numbers of the demands of the same actor that follow a set."""
    first = bisect_left(demands, demand.unit.number, key=lambda d: d.unit.number)
    last = bisect_right(demands, demand.unit.block_number + _LIST_REACH, key=lambda d: d.unit.block_number)
    return [
        i
        for i, d in enumerate(demands[first:last], first)
        if d.start > demand.start and d.actors == demand.actors and d.strength == "demand"
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that stays, with the demands it answers: their number, how likely each is, and by which features."""

    settled: Settled
    links: Sequence[tuple[int, float, Mapping[str, float]]]


def linked(
    offered: Sequence[tuple[int, float, Mapping[str, float]]], model: Linear
) -> list[tuple[int, float, Mapping[str, float]]]:
    """Return the demands that an answer answers: the likeliest, and others that are likely too."""
    ordered = sorted(offered, key=lambda c: (-c[1], c[0]))
    limit = least(model)
    return [c for i, c in enumerate(ordered) if c[1] >= (limit if i == 0 else max(limit, _JOINED))]
