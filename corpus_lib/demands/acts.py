"""Where somebody demands or answers: sentences first, then the words in them that do it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log
from typing import TYPE_CHECKING, Literal

from corpus_lib.actors import number_of
from corpus_lib.demands.clues import around, clues, predicates, word_of
from corpus_lib.demands.parties import Earlier, chosen, gathered, offers
from corpus_lib.demands.spans import Stretch, stretches
from corpus_lib.language.likeness import shared
from corpus_lib.learned import Linear, load
from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit

Side = Literal["demand", "answer"]
_NEAR = 20
"""How many acts on either side of a place are compared with it in a long text."""
_FIRST = 10
LEAST = "(least)"
"""The name under which weights keep the probability from which a decision is yes."""


@dataclass(frozen=True, slots=True)
class Act:
    """A demand or an answer as it is found: what does it, in which words, whose it is and to whom it goes."""

    side: Side
    unit: Unit
    token: Token
    probability: float
    features: Mapping[str, float]
    stretch: Stretch | None = None
    actors: tuple[int, ...] = ()
    actor_rule: str = ""
    addressees: tuple[int, ...] = ()
    addressee_rule: str = ""
    addressee_token: Token | None = None
    quote: str | None = None
    strength: str = ""
    stance: str = ""

    @property
    def tokens(self) -> Tokens:
        """The words of its content or evidence."""
        held = self.stretch
        doc = self.token.doc
        return doc[self.token.i : self.token.i + 1] if held is None else doc[held.first.i : held.last.i + 1]

    @property
    def span(self) -> Span:
        """Their place in the text."""
        return self.unit.block.of(self.tokens)

    @property
    def start(self) -> int:
        """Where its predicate stands."""
        return self.unit.block.start + self.token.idx


def least(model: Linear) -> float:
    """Return the probability from which a decision is yes."""
    return model.weights.get(LEAST, (0.5,))[0]


def logit(probability: float) -> float:
    """Return the log-odds of a probability, cut at ±6."""
    p = min(max(probability, 0.0025), 0.9975)
    return log(p / (1 - p))


def sentence_features(setting: Setting, demands: Sequence[Act] | None = None) -> list[dict[str, float]]:
    """Return the features of each sentence and of the one before it; for answers, with what the demands say."""
    own = setting.once("sentences", partial(_own_features, setting))
    if demands is None:
        return own
    return [f | _beside(unit, setting, demands) for f, unit in zip(own, setting.units, strict=True)]


def _own_features(setting: Setting) -> list[dict[str, float]]:
    found = [clues(unit, setting) for unit in setting.units]
    out = []
    for place, own in enumerate(found):
        f = dict(own)
        if place and setting.units[place - 1].block_number >= setting.units[place].block_number - 1:
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
    last = bisect_left(demands, unit.number, key=lambda d: d.unit.number) - 1
    if last >= 0:
        away = unit.number - demands[last].unit.number
        f[f"demand {away if away < 4 else 4 if away < 8 else 8} before"] = 1.0
    else:
        f["no demand before"] = 1.0
    if any(d.unit.number == unit.number for d in demands):
        f["demand in it"] = 1.0
    others = [d for d in near(demands, unit.span.start) if d.unit.number != unit.number]
    words = max((len(shared(d.span.of(text), unit.span.of(text))) for d in others), default=0)
    f[f"words of a demand {min(words, 4)}"] = 1.0
    called = {a for d in others for a in d.addressees}
    asking = {a for d in others for a in d.actors}
    held = {s.entity for s in setting.sighted(unit.span)}
    acting = {s.entity for s in setting.sighted(unit.span) if s.subject}
    speaking = {number_of(s) for q in setting.quotes_in(unit.span) for s in q.speakers}
    bodies = {b for s in speaking for b in setting.bodies((s,))[0]} | speaking
    for name, group in (("called on", called), ("who demanded", asking)):
        if held & group:
            f[name + " is named"] = 1.0
        if acting & group:
            f[name + " is subject"] = 1.0
        if bodies & group:
            f[name + " speaks"] = 1.0
    if words and (bodies | held) & called:
        f["words and party of a demand"] = 1.0
    return f


def near(acts: Sequence[Act], position: int) -> Sequence[Act]:
    """Return the acts around a place and the first of the article: of a long text not all are compared."""
    if len(acts) <= 2 * _NEAR:
        return acts
    at = bisect_left(acts, position, key=lambda a: a.start)
    return [*acts[:_FIRST], *acts[max(_FIRST, at - _NEAR) : at + _NEAR]]


def act_features(token: Token, unit: Unit, likely: float, setting: Setting) -> dict[str, float]:
    """Return the features of a predicate: its own, and how likely its sentence is."""
    quote = setting.quote_at(unit.block.span(token))
    quoted = "told" if quote is None else quote.type
    f = dict(setting.once(("around", unit.number, token.i), partial(around, token, unit, setting, quoted)))
    f["sentence"] = logit(likely)
    return f


def found(
    side: Side,
    setting: Setting,
    sentences: Sequence[Mapping[str, float]],
    *,
    at_least: float | None = None,
    gate: float = 0.03,
) -> list[Act]:
    """Return the predicates of an article that demand or answer."""
    by_sentence, by_word = load(f"{side}_sentence"), load(f"{side}_act")
    limit = least(by_word) if at_least is None else at_least
    out = []
    for unit, features in zip(setting.units, sentences, strict=True):
        likely = by_sentence.probability(features)
        if likely < gate:
            continue
        for token in predicates(unit):
            own = act_features(token, unit, likely, setting)
            probability = by_word.probability(own)
            if probability >= limit:
                quote = setting.quote_at(unit.block.span(token))
                out.append(Act(side, unit, token, probability, own, quote=None if quote is None else quote.id))
    return out


def with_words(acts: Iterable[Act], setting: Setting) -> list[Act]:
    """Return the acts with their words, one for each thing that is asked for; of overlapping ones the likeliest."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda a: -a.probability):
        first, last = load(f"{act.side}_start"), load(f"{act.side}_end")
        for stretch in stretches(act.token, act.unit, setting, first, last):
            one = replace(act, stretch=stretch)
            if not any(k.unit is act.unit and _overlap(k, one) for k in kept):
                kept.append(one)
    return sorted(kept, key=lambda a: (a.unit.number, a.tokens.start))


def _overlap(first: Act, second: Act) -> bool:
    a, b = first.tokens, second.tokens
    common = min(a.end, b.end) - max(a.start, b.start)
    return common > 0 and common >= 0.3 * min(len(a), len(b))


def with_parties(acts: Sequence[Act], setting: Setting, demands: Sequence[Act] = ()) -> list[Act]:
    """Return the acts with who acts, and demands with who is called on."""
    out: list[Act] = []
    for act in acts:
        before = earlier(act, out if act.side == "demand" else demands)
        offered = offers(act.token, act.unit, setting, act.stretch, before)
        actor, _ = chosen(load(f"{act.side}_actor"), gathered(offered, act.token, act.unit, setting, before))
        one = replace(act, actors=actor.entities, actor_rule=actor.rules[0])
        if act.side == "demand":
            other = gathered(offered, act.token, act.unit, setting, before, actor.entities)
            called, _ = chosen(load("demand_addressee"), other)
            one = replace(one, addressees=called.entities, addressee_rule=called.rules[0], addressee_token=called.token)
        out.append(one)
    return out


def earlier(act: Act, demands: Sequence[Act]) -> list[Earlier]:
    """Return the parties of the demands before an act, in order."""
    return [Earlier(d.actors, d.addressees) for d in near(demands, act.start) if d.start < act.start]


def kind_features(act: Act, sentence: Mapping[str, float]) -> dict[str, float]:
    """Return the features by which a demand's strength and an answer's stance are told."""
    f = {n: v for n, v in sentence.items() if n[:2] in ("w ", "n ", "a ") or n.startswith(("quote", "speech"))}
    f |= {
        "predicate " + n: v
        for n, v in act.features.items()
        if n.startswith(("lemma", "has", "+1", "-1", "ends", "form"))
    }
    before = "^"
    for t in act.tokens:
        w = word_of(t)
        f["in " + w] = 1.0
        f[f"in {before} {w}"] = 1.0
        before = w
    return f
