"""From an article to its demands and answers, one decision after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast
from corpus_lib.demands.acts import Act, found, kind_features, least, near, sentence_features, with_parties, with_words
from corpus_lib.demands.records import demand_records, response_records
from corpus_lib.demands.setting import Setting
from corpus_lib.demands.settling import Answered, Settled, answer_features, linked, pair, settled_demands
from corpus_lib.learned import load
from corpus_lib.model import Article, Demand, Quote, Response

if TYPE_CHECKING:
    from corpus_lib.language import Parsed


def find(
    article: Article, parsed: Parsed, cast: Cast, quotes: Sequence[Quote]
) -> tuple[tuple[Demand, ...], tuple[Response, ...]]:
    """Find the demands of an article and their answers.

    Candidates are sentences, then the words in them that may demand or answer; each gets its words, who acts, who is
    called on, its strength or stance; answers are linked to demands; what is unlikely beside the others goes.
    """
    setting = Setting(article, parsed, cast, quotes)
    demands = settled_demands(asked(setting), setting)
    acts = [d.act for d in demands]
    answers = settled_answers(answered(setting, acts), acts, setting)
    records = demand_records(demands, setting)
    return records, response_records(answers, demands, records, setting)


def asked(setting: Setting, *, at_least: float | None = None) -> list[Act]:
    """Return everything that may be a demand, with its words, parties and strength."""
    return _acts("demand", setting, [], at_least)


def answered(setting: Setting, demands: Sequence[Act], *, at_least: float | None = None) -> list[Act]:
    """Return everything that may be an answer, with its words, actors and stance."""
    return _acts("answer", setting, demands, at_least)


def _acts(side: str, setting: Setting, demands: Sequence[Act], at_least: float | None) -> list[Act]:
    features = sentence_features(setting, demands if side == "answer" else None)
    acts = found(side, setting, features, at_least=at_least)  # type: ignore[arg-type]
    if not acts:
        return []
    whole = with_parties(with_words(acts, setting), setting, demands)
    model = load("demand_strength" if side == "demand" else "answer_stance")
    out = []
    for act in whole:
        shares = model.distribution(kind_features(act, features[act.unit.number]))
        kind = max(shares, key=lambda k: shares[k])
        out.append(replace(act, strength=kind) if side == "demand" else replace(act, stance=kind))
    return out


def settled_answers(answers: Sequence[Act], demands: Sequence[Act], setting: Setting) -> list[Answered]:
    """Return the answers that stay, each with the demands it answers."""
    model, link = load("answer_kept"), load("answer_link")
    places = {id(d): i for i, d in enumerate(demands)}
    out = []
    for answer in answers:
        links = [
            (i, link.probability(f), f)
            for d in near(demands, answer.start)
            for i, f in ((places[id(d)], pair(answer, d, setting, demands)),)
        ]
        features = answer_features(answer, [(i, p) for i, p, _ in links], demands, answers, setting)
        probability = model.probability(features)
        if probability >= least(model):
            out.append(Answered(Settled(answer, probability, features), linked(links, link)))
    return out
