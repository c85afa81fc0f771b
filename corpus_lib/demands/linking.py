"""A sentence in its article, and beside a demand that it may answer: order, words and parties that the two share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from corpus_lib.demands.acts import Act, near
from corpus_lib.demands.clues import clues, word_of
from corpus_lib.language.likeness import nearness, shared, stems

if TYPE_CHECKING:
    from corpus_lib.demands.setting import Ruled, Setting, Unit

_AWAY = (4, 7, 15)
_PART = 4
_COMPOUND = 7
_TIES = frozenset(
    {
        "the one called on answers",
        "who demanded answers",
        "who demanded is named",
        "who demanded is mentioned",
        "who was called on is mentioned",
    }
)
_TURNED = {"+": "-", "-": "+", "0": "0"}


def sentence_features(setting: Setting, demands: Sequence[Act] | None = None) -> list[dict[str, float]]:
    """Return the features of each sentence and of the one before it; for answers, with what the demands say."""
    own = setting.once("sentences", partial(_own_features, setting))
    if demands is None:
        return own
    return [f | _beside(unit, setting, demands) for f, unit in zip(own, setting.units, strict=True)]


def _own_features(setting: Setting) -> list[dict[str, float]]:
    found = [clues(unit, setting) for unit in setting.units]
    out = []
    for place, (own, unit) in enumerate(zip(found, setting.units, strict=True)):
        f = dict(own)
        if place and setting.units[place - 1].block_number >= unit.block_number - 1:
            f |= {"before " + n: 1.0 for n in found[place - 1] if n.startswith("a ") and not n.startswith("a pattern")}
        else:
            f["opens the article"] = 1.0
        out.append(f)
    return out


def _beside(unit: Unit, setting: Setting, demands: Sequence[Act]) -> dict[str, float]:
    """Return what the demands of the article say of a sentence that may answer one."""
    if not demands:
        return {"no demand": 1.0}
    f = {f"demands {min(len(demands), 4)}": 1.0}
    text = setting.article.text
    here = bisect_left(demands, unit.number, key=lambda d: d.unit.number)
    last = here - 1
    if last >= 0:
        away = unit.number - demands[last].unit.number
        f[f"demand {away if away < 4 else 4 if away < 8 else 8} before"] = 1.0
    else:
        f["no demand before"] = 1.0
    if here < len(demands) and demands[here].unit.number == unit.number:
        f["demand in it"] = 1.0
    others = [d for d in near(demands, unit.span.start) if d.unit.number != unit.number]
    words = max((len(shared(d.span.of(text), unit.span.of(text))) for d in others), default=0)
    f[f"words of a demand {min(words, 4)}"] = 1.0
    called = {a for d in others for a in d.addressees}
    asking = {a for d in others for a in d.actors}
    found = present(unit, setting)
    held, bodies = found["is named"], found["speaks"]
    for name, group in (("called on", called), ("who demanded", asking)):
        f |= {f"{name} {doing}": 1.0 for doing, people in found.items() if not people.isdisjoint(group)}
    if words and (bodies | held) & called:
        f["words and party of a demand"] = 1.0
    return f


def kind_features(act: Act, setting: Setting) -> dict[str, float]:
    """Return the features by which a demand's strength and an answer's stance are told.

    Those of the sentence, of the predicate, what the lexicon says of the predicate itself, and the words of the act.
    """
    sentence = setting.once("sentences", partial(_own_features, setting))[act.unit.number]
    f = {n: v for n, v in sentence.items() if n[:2] in ("w ", "n ", "a ") or n.startswith(("quote", "speech"))}
    f |= {
        "predicate " + n: v
        for n, v in act.features.items()
        if n.startswith(("lemma", "has", "+1", "-1", "ends", "form", "act "))
    }
    before = "^"
    for t in act.tokens:
        w = word_of(t)
        f["in " + w] = 1.0
        f[f"in {before} {w}"] = 1.0
        before = w
    return f


Present = dict[str, frozenset[int]]
"""Who speaks, who is the subject, who is named in a sentence."""


def present(unit: Unit, setting: Setting) -> Present:
    """Return who speaks in a sentence (and for whom), who is its subject, who is named in it."""
    return setting.once(("present", unit.number), partial(_present, unit, setting))


def _present(unit: Unit, setting: Setting) -> Present:
    seen = list(setting.sighted(unit.span))
    speaking = {s for q in setting.quotes_in(unit.span) for s in setting.cast.speakers(q)}
    bodies = {b for s in speaking for b in setting.bodies((s,))[0]}
    subjects = {s.entity for s in seen if s.subject}
    led = {b for s in subjects for b in setting.bodies((s,))[0]}
    return {
        "speaks": frozenset(speaking | bodies),
        "is subject": frozenset(subjects | led),
        "is named": frozenset(s.entity for s in seen),
    }


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


def tied(features: Mapping[str, float]) -> bool:
    """Say whether an answer shares words or a party with a demand, by the features of the two."""
    return "words 0" not in features or not _TIES.isdisjoint(features)


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
