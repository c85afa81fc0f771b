"""From what was decided to the records: ids, dates, voices, sets, scope, the reasons that weighed most; the matrix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import logit
from corpus_lib.demands.settling import UNTIED, Answered, Settled, is_set, members
from corpus_lib.language.dates import find_dates
from corpus_lib.language.lexicon import words_of
from corpus_lib.learned import load
from corpus_lib.model import Basis, Cell, Demand, Link, Reason, Response, Scope, Span, Stance

if TYPE_CHECKING:
    from corpus_lib.demands.acts import Act
    from corpus_lib.demands.setting import Setting

_MOST = 6
"""How many features a record names as its reasons; the others are summed."""
_DEADLINE = frozenset({"innen", "innan", "før", "til", "fra", "frå", "etter", "senest", "seinast"})
_DECIDED: tuple[Stance, ...] = ("reject", "accept", "partial", "condition")
_WEAKER: tuple[Stance, ...] = ("counter", "offer", "noted")
_TOLD = {
    "a ": "act: ",
    "w ": "word: ",
    "n ": "words: ",
    "d ": "relation: ",
    "r ": "relation: ",
    "e ": "ending: ",
    "q ": "said: ",
}


def demand_records(demands: Sequence[Settled], setting: Setting) -> tuple[Demand, ...]:
    """Return the demands as records, in text order; a set has the demands of its actor that follow."""
    acts = [d.act for d in demands]
    records = [
        _demand(d, setting, f"d{i + 1}", "set" if is_set(d.act, acts) else "single") for i, d in enumerate(demands)
    ]
    for place, one in enumerate(list(records)):
        if one.kind != "set":
            continue
        held = [i for i in members(acts[place], acts) if records[i].kind == "single"]
        records[place] = replace(one, members=tuple(f"d{i + 1}" for i in held))
        for i in held:
            records[i] = replace(records[i], date=records[i].date or one.date)
    return tuple(records)


def _demand(demand: Settled, setting: Setting, name: str, kind: str) -> Demand:
    act, cast = demand.act, setting.cast
    reasons = (
        Reason("cue", act.unit.block.span(act.token)),
        Reason("actor", None, act.actor_rule),
        Reason("called on", None, act.addressee_rule),
        *_weighed(demand, setting),
    )
    return Demand(
        id=name,
        kind=kind,  # type: ignore[arg-type]
        actors=cast.ids(act.actors),
        voice=_voice(act, setting),
        addressees=cast.ids(act.addressees),
        addressee_basis=act.addressee_rule if act.addressees else None,
        content=act.span,
        cue=act.unit.block.span(act.token),
        strength=act.strength,  # type: ignore[arg-type]
        members=(),
        mentions=tuple(r.span for r in demand.repeats),
        quote=act.quote,
        date=_date(act, setting),
        rule=_rule(act),
        reasons=reasons,
        confidence=round(demand.probability, 3),
    )


def response_records(
    answers: Sequence[Answered], demands: Sequence[Settled], records: Sequence[Demand], setting: Setting
) -> tuple[Response, ...]:
    """Return the answers as records, in text order."""
    return tuple(_response(a, demands, records, setting, f"r{i + 1}") for i, a in enumerate(answers))


def _response(
    answer: Answered, demands: Sequence[Settled], records: Sequence[Demand], setting: Setting, name: str
) -> Response:
    act, cast = answer.settled.act, setting.cast
    model = load("answer_link")
    links = tuple(
        Link(records[i].id, round(p, 3), tuple(_features(model.contributions(f), _MOST))) for i, p, f in answer.links
    )
    target = _taken_up(act)
    basis: Basis = "collective" if len(act.actors) > 1 else "explicit" if target is not None else "discourse"
    reasons = (
        Reason("cue", act.unit.block.span(act.token)),
        Reason("actor", None, act.actor_rule),
        *_weighed(answer.settled, setting),
    )
    return Response(
        id=name,
        actors=cast.ids(act.actors),
        voice=_voice(act, setting),
        links=links,
        target_text=None if target is None else setting.article.slice(target),
        stance=act.stance,  # type: ignore[arg-type]
        evidence=act.span,
        cue=act.unit.block.span(act.token),
        scope=_scope(act, target, setting),
        basis=basis,
        quote=act.quote,
        rule=_rule(act),
        reasons=reasons,
        confidence=round(answer.settled.probability, 3),
    )


def _rule(act: Act) -> str:
    """Return what proposed an act: an entry of the lexicon, or the word itself."""
    named = next((n for n in act.unit.named if n.head == act.token.i), None)
    kind = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(act.token.pos_, "word")
    return f"{kind} of no entry" if named is None else f"{kind} of {named.entry.kind}"


def _voice(act: Act, setting: Setting) -> str | None:
    """Return the person who says it for a body."""
    speakers = setting.cast.speakers(setting.quote_at(act.unit.block.span(act.token)))
    if not speakers or speakers[0] in act.actors:
        return None
    return setting.cast.id(speakers[0]) if setting.cast.speaks_for(speakers[0]) in act.actors else None


def _date(act: Act, setting: Setting) -> str | None:
    """Return when a demand was made: a date of its sentence that is no deadline, else the article's if it is said."""
    metadata = setting.article.metadata
    reference = metadata.published or metadata.date
    text, span = setting.article.text, act.unit.span
    for date in find_dates(span.of(text), reference=reference):
        place = span.start + date.start
        before = text[span.start : place].split()
        deadline = bool(before) and before[-1].lower() in _DEADLINE
        if not deadline and not (act.span.start <= place < act.span.end):
            return date.iso[:10]
    return reference[:10] if act.quote is not None and reference else None


def _taken_up(act: Act) -> Span | None:
    """Return the words of an answer that name what is answered: «kravet frå foreldra», «søknaden»."""
    for named in act.unit.named:
        token = act.token.doc[named.head]
        if named.entry.side == "asking" and named.entry.pos == "noun" and token.i != act.token.i:
            return act.unit.block.of(token.doc[max(token.left_edge.i, act.unit.tokens.start) : token.i + 1])
    return None


def _scope(act: Act, target: Span | None, setting: Setting) -> Scope:
    """Return of how many demands an answer speaks: all, some, or it does not say."""
    words = [] if target is None else setting.article.slice(target).lower().split()
    if act.stance == "partial" or any(w in words_of("demand_words.toml", "some") for w in words):
        return "some"
    plural = bool(words) and words[-1].endswith(("ene", "krava", "aene", "ane"))
    return "all" if plural or any(w in words_of("demand_words.toml", "all") for w in words[:1]) else "unspecified"


def _weighed(settled: Settled, setting: Setting) -> Iterator[Reason]:
    """Yield the features that weighed most; together with the last, the sum of all others, they are the score."""
    act, side = settled.act, settled.act.side
    kept = load(f"{side}_kept").contributions(settled.features)
    yield from _features(kept, _MOST)
    over = logit(settled.probability) - sum(c.weight for c in kept)
    if settled.probability == UNTIED and over < 0:
        yield Reason("shares neither words nor a party with its demand", None, "", round(over, 2))
    told = (c for c in load(f"{side}_act").contributions(act.features) if not c.feature.startswith("("))
    for one in islice((c for c in told if not c.feature.endswith(" ")), _MOST):  # «form » of what has no form
        yield Reason("what the words show", None, _worded(one.feature), None)


def _features(contributions: Sequence[object], most: int) -> Iterator[Reason]:
    for one in contributions[:most]:
        yield Reason(_worded(one.feature), None, "", round(one.weight, 2))  # type: ignore[attr-defined]
    rest = sum(c.weight for c in contributions[most:])  # type: ignore[attr-defined]
    if rest:
        yield Reason("all else", None, "", round(rest, 2))


def _worded(feature: str) -> str:
    return _TOLD.get(feature[:2], feature[:2]) + feature[2:]


# --- the matrix ---


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
    decided = [r for r in found if r.stance in _DECIDED]
    surest = min(decided, key=lambda r: (-r.confidence, _DECIDED.index(r.stance)), default=None)
    stance: Stance = surest.stance if surest else next((s for s in _WEAKER if s in stances), "none")
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
