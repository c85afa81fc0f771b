"""Who demands and who is called on, looked at once more when demands and answers are linked.

A headline often tells nobody, and who is called on is often told only by who answers: «Nå er bommen borte».
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import Act, earlier, near
from corpus_lib.demands.parties import NOBODY, gathered, offers
from corpus_lib.language.likeness import overlap
from corpus_lib.learned import Features, load

if TYPE_CHECKING:
    from corpus_lib.demands.setting import Setting
    from corpus_lib.demands.settling import Answered, Settled

_LEAST = 0.001
_ALIKE = 0.3
_FIRM = 0.5

People = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may act or be called on: the entities, the rule that offers them, and what speaks for them."""

    entities: People
    rule: str
    features: Features


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known beside a demand: the others with how like it each is, and who answers it and the others."""

    others: Sequence[tuple[Act, float]]
    answers: Sequence[tuple[Act, float]]
    answers_to_others: Sequence[Act]


def beside(place: int, demands: Sequence[Act], answers: Sequence[Answered], setting: Setting) -> Beside:
    """Return what is known beside the demand at a place among those of an article."""
    text, one = setting.article.text, demands[place]
    others = [(d, overlap(one.span.of(text), d.span.of(text))) for d in near(demands, one.start) if d is not one]
    own = [(a.settled.act, p) for a in answers for i, p, _ in a.links if i == place]
    mine = {id(act) for act, _ in own}
    rest = [a.settled.act for a in answers if id(a.settled.act) not in mine and a.links]
    return Beside(others, own, rest)


def options(role: str, demand: Act, told: Beside, demands: Sequence[Act], setting: Setting) -> list[Party]:
    """Return everybody who may demand (``actor``) or be called on (``addressee``).

    Each has the first look's probability and what is told beside; whom only the others tell of is offered too.
    """
    before = earlier(demand, demands)
    offered = offers(demand.token, demand.unit, setting, demand.stretch, before)
    actor = demand.actors if role == "addressee" else NOBODY
    found = gathered(offered, demand.token, demand.unit, setting, before, actor)
    shares = load(f"demand_{role}").rank([c.features for c in found])
    first = max(range(len(found)), key=shares.__getitem__)
    ranked = enumerate(zip(found, shares, strict=True))
    known = {c.entities: (c.rules[0], share, number == first) for number, (c, share) in ranked}
    for entities, rule in _told_by(role, told):
        known.setdefault(entities, (rule, _LEAST, False))
    place = "head" if demand.unit.kind != "body" else "body"
    out = []
    for entities, (rule, share, chosen) in known.items():
        who, likely = "nobody" if entities == NOBODY else "somebody", log(max(share, _LEAST))
        names = [f"{who}, {name}" for name in _beside(role, entities, demand, told)]
        if chosen:
            names += ["first choice", f"first choice, {place}", f"first choice, {who}"]
        features = {"first look": likely, f"first look, {place}": likely} | dict.fromkeys(names, 1.0)
        out.append(Party(entities, rule, features))
    return out


def _told_by(role: str, told: Beside) -> Iterator[tuple[People, str]]:
    """Yield whom the other demands and the answers tell of."""
    if role == "addressee":
        yield from ((act.actors, "answers it") for act, _ in told.answers if act.actors)
    for act, like in told.others:
        people = act.actors if role == "actor" else act.addressees
        if people and like >= _ALIKE:
            yield people, "of a demand like it"


def _beside(role: str, people: People, demand: Act, told: Beside) -> Iterator[str]:
    """Yield what the other demands and the answers say of somebody."""
    mine = set(people)
    yield "is offered"
    own = [(act, p) for act, p in told.answers if act.actors]
    for act, probability in own:
        sure = "surely" if probability >= _FIRM else "perhaps"
        who = "answers it" if mine & set(act.actors) else "another answers it"
        yield from (who, f"{who}, {sure}", f"{who}: {act.stance}")
    if not own:
        yield "no answer"
    if any(mine & set(act.actors) for act in told.answers_to_others):
        yield "answers another"
    for act, like in told.others:
        alike = "like it" if like >= _ALIKE else "beside"
        same = "same" if set(act.actors) & set(demand.actors) else "another"
        for name, held in (("demands one", act.actors), ("called on by one", act.addressees)):
            if mine & set(held):
                yield from (f"{name} {alike}", f"{name} {alike}, {same} demands")
            elif held and not mine:
                yield f"another {name} {alike}"
    if role == "addressee" and mine & set(demand.actors):
        yield "demands it"
    if role == "actor" and mine & set(demand.addressees):
        yield "is called on"


def demands_again(demands: Sequence[Settled], answers: Sequence[Answered], setting: Setting) -> list[Settled]:
    """Return the demands with the parties that are likeliest beside the other demands and the answers."""
    acts = [d.act for d in demands]
    out = []
    for place, one in enumerate(demands):
        told, act = beside(place, acts, answers, setting), one.act
        answering = {e for answer, _ in told.answers for e in answer.actors}
        actor = _likeliest("demand_actor_again", options("actor", act, told, acts, setting), answering)
        if actor.entities != act.actors:
            act = replace(act, actors=actor.entities, actor_rule=actor.rule)
        called = _likeliest("demand_addressee_again", options("addressee", act, told, acts, setting))
        if called.entities != act.addressees:
            act = replace(act, addressees=called.entities, addressee_rule=called.rule)
        out.append(replace(one, act=act))
    return out


def _likeliest(task: str, found: Sequence[Party], barred: Collection[int] = ()) -> Party:
    """Return the likeliest; nobody answers what they asked for themselves, so who does the one may be barred."""
    shares = load(task).rank([one.features for one in found])
    ordered = sorted(range(len(found)), key=lambda i: -shares[i])
    free = (i for i in ordered if not set(found[i].entities).intersection(barred))
    return found[next(free, ordered[0])]
