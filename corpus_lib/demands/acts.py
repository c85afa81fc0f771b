"""Where somebody demands or answers: sentences first, then the words in them that do it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Literal

from corpus_lib.demands.clues import around, predicates
from corpus_lib.demands.parties import Earlier, chosen, gathered, offers
from corpus_lib.demands.reading import read
from corpus_lib.demands.spans import Stretch, stretches
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
GATE = 0.03
"""How likely a sentence must be for its words to be looked at."""
LIKELY = 0.1
"""From where on its likeliest word is taken, however unlikely."""
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


def likelihoods(side: Side, setting: Setting, sentences: Sequence[Mapping[str, float]]) -> list[float]:
    """Return how likely each sentence demands or answers: by its own signs, and by how it reads in its article."""
    model = load(f"{side}_heard")
    return [model.probability(f) for f in heard(side, setting, sentences)]


def heard(side: Side, setting: Setting, sentences: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    """Return for each sentence what its own signs say and what the network says that reads them in order (log-odds)."""
    model = load(f"{side}_sentence")
    signs = [model.scores(f)[0] for f in sentences]
    told = setting.once("read", partial(read, setting))
    scores = signs if told is None else told[side]  # who cannot be asked says what the signs say
    return [{"signs": sign, "read": score} for sign, score in zip(signs, scores, strict=True)]


def found(side: Side, setting: Setting, sentences: Sequence[Mapping[str, float]]) -> list[Act]:
    """Return the predicates of an article that demand or answer; of a likely sentence the likeliest in any case."""
    by_word = load(f"{side}_act")
    limit = least(by_word)
    out = []
    for unit, likely in zip(setting.units, likelihoods(side, setting, sentences), strict=True):
        if likely < GATE:
            continue
        acts = []
        for token in predicates(unit):
            own = act_features(token, unit, likely, setting)
            quote = setting.quote_at(unit.block.span(token))
            told = None if quote is None else quote.id
            acts.append(Act(side, unit, token, by_word.probability(own), own, quote=told))
        best = max((act.probability for act in acts), default=0.0)
        least_of = min(limit, best) if likely >= LIKELY else limit
        out += [act for act in acts if act.probability >= least_of]
    return out


def with_words(acts: Iterable[Act], setting: Setting) -> list[Act]:
    """Return the acts with their words, one for each thing that is asked for; of overlapping ones the likeliest."""
    kept: dict[int, list[Act]] = {}
    for act in sorted(acts, key=lambda a: -a.probability):
        first, last = load(f"{act.side}_start"), load(f"{act.side}_end")
        for stretch in stretches(act.token, act.unit, setting, first, last):
            one = replace(act, stretch=stretch)
            beside = kept.setdefault(act.unit.number, [])
            if not any(_overlap(k, one) for k in beside):
                beside.append(one)
    return sorted(chain.from_iterable(kept.values()), key=lambda a: (a.unit.number, a.tokens.start))


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
            one = replace(one, addressees=called.entities, addressee_rule=called.rules[0])
        out.append(one)
    return out


def earlier(act: Act, demands: Sequence[Act]) -> list[Earlier]:
    """Return the parties of the demands before an act, in order."""
    return [Earlier(d.actors, d.addressees) for d in near(demands, act.start) if d.start < act.start]
