"""What of the demands and answers stays: each weighed beside the others of its article, answers linked to demands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import Act, least, logit, near
from corpus_lib.demands.clues import word_of
from corpus_lib.language.likeness import nearness, overlap, shared, stems
from corpus_lib.learned import Linear, load

if TYPE_CHECKING:
    from corpus_lib.demands.setting import Ruled, Setting

_JOINED = 0.5
_REPEAT = 0.5
_PLURAL = frozenset({"liste", "rekke", "rekkje", "serie", "pakke", "krav"})
_LIST_REACH = 6

Links = Sequence[tuple[int, float]]
_AWAY = (4, 7, 15)
_PART = 4
_COMPOUND = 7


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
    f = {"found": logit(demand.probability), "in " + demand.unit.kind: 1.0, "is " + demand.strength: 1.0}
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


def answer_features(
    answer: Act, links: Links, demands: Sequence[Act], others: Sequence[Act], setting: Setting
) -> dict[str, float]:
    """Return what the demands and the other answers of its article say of an answer."""
    f = {"found": logit(answer.probability), "in " + answer.unit.kind: 1.0, "is " + answer.stance: 1.0}
    best = max((p for _, p in links), default=0.0)
    f["best link"] = best
    f[f"best link {int(best * 5)}"] = 1.0
    f["demands"] = min(len(demands), 5) / 5
    if not demands:
        f["no demand"] = 1.0
    mine = set(answer.actors)
    if any(mine & set(d.addressees) for d in demands):
        f["called on"] = 1.0
    elif demands:
        f["not called on"] = 1.0
    if any(mine & set(d.actors) for d in demands):
        f["demanded itself"] = 1.0
    if any(d.unit is answer.unit for d in demands):
        f["beside a demand"] = 1.0
    if any(d.span.overlaps(answer.span) for d in demands):
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
    return [
        i
        for i, d in enumerate(demands)
        if d.start > demand.start
        and d.actors == demand.actors
        and d.strength == "demand"
        and d.unit.block_number - demand.unit.block_number <= _LIST_REACH
    ]


def pair(answer: Act, demand: Act, setting: Setting, demands: Sequence[Act]) -> dict[str, float]:
    """Return the features of an answer and a demand that it may answer."""
    distance = answer.unit.number - demand.unit.number
    order = "same" if distance == 0 else "after" if distance > 0 else "before"
    f = {"pair": 1.0, "distance": min(abs(distance), _AWAY[-1] + 5) / 10}
    f |= _common_words(answer, demand, setting)
    f |= dict.fromkeys(_order(answer, demand, demands, order), 1.0)
    f |= dict.fromkeys(_parties(answer, demand, setting, demands, order), 1.0)
    f |= dict.fromkeys(_taken_up(answer, demand, setting), 1.0)
    asked = _by_rules("demand", demand)
    told = _by_rules("answer", answer)
    if asked and any(d.id in r.targets for r in told for d in asked):
        f["the rules link them"] = 1.0
    elif any(r.targets for r in told):
        f["the rules link another"] = 1.0
    return f


def _by_rules(side: str, act: Act) -> list[Ruled]:
    """Return what the rules find on a side where an act has its words."""
    found = [r for r in act.unit.ruled if r.side == side]
    place = act.span if found else None
    return [r for r in found if place is not None and r.words.overlaps(place)]


def _common_words(answer: Act, demand: Act, setting: Setting) -> dict[str, float]:
    text = setting.article.text
    asked = demand.span.of(text)
    common = shared(asked, answer.unit.span.of(text))
    return {
        f"words {min(len(common), 4)}": 1.0,
        "words, share": len(common) / max(1, len(stems(asked))),
        f"words in the answer {min(len(shared(asked, answer.span.of(text))), 3)}": 1.0,
        "nearness": nearness(demand.tokens, answer.unit.tokens),
        "nearness back": nearness(answer.tokens, demand.tokens),
    }


def _order(answer: Act, demand: Act, demands: Sequence[Act], order: str) -> Iterator[str]:
    size = abs(answer.unit.number - demand.unit.number)
    away = next((limit for limit in reversed(_AWAY) if size >= limit), size)
    yield from (order, f"{order} {away}", f"stance {answer.stance} {order}", f"of {min(len(demands), 5)}")
    first, last = demand.start, answer.start
    between = sum(first < d.start < last for d in near(demands, last)) if first < last else 0
    yield f"demands between {min(between, 3)}"
    if order != "before" and not between:
        yield "the last demand"
    if demands[0] is demand:
        yield "the first demand"
    if answer.quote is not None and answer.quote == demand.quote:
        yield "in the same quotation"
    if answer.unit.block_number == demand.unit.block_number:
        yield "in the same block"
    if demand.unit.kind != "body":
        yield "demand in " + demand.unit.kind
    opening = next((word_of(t) for t in answer.unit.tokens if t.is_alpha), "")
    yield f"opens {opening} {order} {min(size, 2)}"


def _parties(answer: Act, demand: Act, setting: Setting, demands: Sequence[Act], order: str) -> Iterator[str]:
    mine, asking, called = set(answer.actors), set(demand.actors), set(demand.addressees)
    around = near(demands, answer.start)
    if mine & called:
        yield from ("the one called on answers", f"the one called on answers, {order}")
        if sum(bool(mine & set(d.addressees)) for d in around) == 1:
            yield "called on by this alone"
    elif called and mine:
        yield "another than the one called on answers"
    if not called:
        yield "nobody called on"
    if mine & asking:
        yield "who demanded answers"
    said = answer.unit.span.of(setting.article.text)
    names = (setting.cast.entities[e].name.split() for e in demand.actors)
    if any(name and name[-1] in said for name in names):
        yield "who demanded is named"
    mentioned = {s.entity for s in setting.sighted(answer.unit.span)}
    if mentioned & called:
        yield "who was called on is mentioned"
    if mentioned & asking:
        yield "who demanded is mentioned"
    elif any(mentioned & set(d.actors) for d in around):
        yield "another who demanded is mentioned"


def _taken_up(answer: Act, demand: Act, setting: Setting) -> Iterator[str]:
    """Yield how the answer's nouns take up the demand: «kravet», «lønnskravet», «forslaget frå Lie»."""
    nouns = [a for a in answer.unit.named if a.entry.side == "asking" and a.entry.pos == "noun"]
    if not nouns:
        return
    names = " ".join(setting.cast.entities[e].name for e in demand.actors).lower()
    told = f"{demand.span.of(setting.article.text)} {names}".lower()
    for named in nouns:
        entry, token = named.entry, answer.token.doc[named.head]
        yield f"taken up as {entry.kind}, is {demand.strength}"
        if any(n.entry.kind == entry.kind for n in demand.unit.named):
            yield "taken up by the same kind"
        if any(n.entry.pattern == entry.pattern for n in demand.unit.named):
            yield "taken up by the same noun"
        part = word_of(token)[:_PART]
        if len(token) > _COMPOUND and part in told:
            yield "taken up by a compound of its words"
        owner = next((c.text.rstrip("s").lower() for c in token.lefts if c.dep_ == "nmod"), None)
        if owner and owner in names:
            yield "taken up with who demanded"
        if "Plur" in token.morph.get("Number", []):
            yield "taken up in the plural"


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
