"""From an article to its demands and answers, one decision after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.acts import (
    Act,
    Side,
    found,
    least,
    near,
    with_parties,
    with_words,
)
from corpus_lib.demands.linking import kind_features, pair, sentence_features, tied
from corpus_lib.demands.reconsidering import demands_again
from corpus_lib.demands.records import demand_records, response_records
from corpus_lib.demands.setting import Setting
from corpus_lib.demands.settling import UNTIED, Answered, Asked, Settled, answer_features, linked, settled_demands
from corpus_lib.learned import load
from corpus_lib.model import Article, Demand, Quote, Response

if TYPE_CHECKING:
    from corpus_lib.language import Parsed


def find(
    article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote]
) -> tuple[tuple[Demand, ...], tuple[Response, ...]]:
    """Find the demands of an article and their answers.

    Candidates are sentences, then the words in them that may demand or answer; each gets its words, who acts, who is
    called on, its strength or stance; answers are linked to demands; what is unlikely beside the others goes. At last
    the demands' parties are looked at once more: who answers tells who was called on.
    """
    setting = Setting(article, parsed, cast, quotes)
    demands = settled_demands(asked(setting), setting)
    acts = [d.act for d in demands]
    answers = settled_answers(answered(setting, acts), acts, setting)
    demands = demands_again(demands, answers, setting)
    records = demand_records(demands, setting)
    return records, response_records(answers, demands, records, setting)


def asked(setting: Setting) -> list[Act]:
    """Return everything that may be a demand, with its words, parties and strength."""
    return with_kinds(proposed("demand", setting), setting)


def answered(setting: Setting, demands: Sequence[Act]) -> list[Act]:
    """Return everything that may be an answer, with its words, actors and stance."""
    return with_kinds(proposed("answer", setting, demands), setting)


def proposed(side: Side, setting: Setting, demands: Sequence[Act] = ()) -> list[Act]:
    """Return everything that may be a demand or an answer, with its words and who may be its parties."""
    features = sentence_features(setting, demands if side == "answer" else None)
    return with_parties(with_words(found(side, setting, features), setting), setting, demands)


def with_kinds(acts: Sequence[Act], setting: Setting) -> list[Act]:
    """Return the acts with their strength or stance."""
    out = []
    for act in acts:
        model = load("demand_strength" if act.side == "demand" else "answer_stance")
        shares = model.distribution(kind_features(act, setting))
        kind = max(shares, key=lambda k: shares[k])
        out.append(replace(act, strength=kind) if act.side == "demand" else replace(act, stance=kind))
    return out


def settled_answers(answers: Sequence[Act], demands: Sequence[Act], setting: Setting) -> list[Answered]:
    """Return the answers that stay, each with the demands it answers; nobody answers what they asked for themselves.

    Of 2,837 annotated links two are of that kind, of those found one in twelve was.
    """
    model, link = load("answer_kept"), load("answer_link")
    places = {id(d): i for i, d in enumerate(demands)}
    known = Asked.of(demands)
    out = []
    for answer in answers:
        links = [
            (i, link.probability(f), f)
            for d in near(demands, answer.start)
            for i, f in ((places[id(d)], pair(answer, d, setting, demands)),)
        ]
        features = answer_features(answer, [(i, p) for i, p, _ in links], known, answers, setting)
        probability = model.probability(features)
        if probability >= least(model):
            kept = linked([tie for tie in links if set(answer.actors).isdisjoint(demands[tie[0]].actors)], link)
            if kept and not any(tied(f) for _, _, f in kept):
                probability = min(probability, UNTIED)
            out.append(Answered(Settled(answer, probability, features), kept))
    return out
