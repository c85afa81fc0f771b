"""The comparison: demands × actors → stance, by fixed rules of sets, members, scope and precedence."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_lib.model import Cell, Demand, Response, Stance

_DECIDED: tuple[Stance, ...] = ("reject", "accept", "partial", "condition")
_WEAKER: tuple[Stance, ...] = ("counter", "offer", "noted")


def comparison(demands: Sequence[Demand], responses: Sequence[Response]) -> tuple[Cell, ...]:
    """Return one cell for each demand and each actor who responds to it or is addressed by it.

    An answer to the set with scope ``all`` answers its members, an answer to all members the set;
    scope ``some`` never expands. Accept, partial, condition and reject come before counter, offer and
    noted; accept beside reject is a conflict. Without an answer the stance is ``none``, computed.
    """
    answers: dict[str, list[Response]] = {d.id: [] for d in demands}
    for response in responses:
        for target in dict.fromkeys(response.targets):
            if target in answers:
                answers[target].append(response)
    for group in (d for d in demands if d.kind == "set"):
        for member in group.members:
            answers[member] += [r for r in answers[group.id] if r.scope == "all" and r not in answers[member]]
        answers[group.id] += _answers_all(group, answers)
    return tuple(
        _cell(d, actor, [r for r in answers[d.id] if actor in r.actors])
        for d in demands
        for actor in _columns(d, answers[d.id])
    )


def _answers_all(group: Demand, answers: dict[str, list[Response]]) -> list[Response]:
    """Return the responses that answer every member of a set."""
    if not group.members:
        return []
    first, *others = (answers[m] for m in group.members)
    return [r for r in first if all(r in o for o in others) and r not in answers[group.id]]


def _columns(demand: Demand, answers: Sequence[Response]) -> list[str]:
    found = [a for r in answers for a in r.actors] + list(demand.addressees)
    return [a for a in dict.fromkeys(found) if a not in demand.actors]


def _cell(demand: Demand, actor: str, found: Sequence[Response]) -> Cell:
    stances = [r.stance for r in found]
    decided = [s for s in _DECIDED if s in stances]
    stance: Stance = decided[0] if decided else next((s for s in _WEAKER if s in stances), "none")
    shown = [r for r in found if r.stance == stance] or list(found)
    return Cell(
        demand=demand.id,
        actor=actor,
        stance=stance,
        basis=shown[0].basis if shown else "computed",
        responses=tuple(r.id for r in found),
        conflict="accept" in stances and "reject" in stances,
        attested=bool(found),
    )
