"""Learn to find demands and answers: every decision in its order, the later ones on what the earlier ones found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from corpus_lib.demands.acts import LEAST, Side, heard, likelihoods, near
from corpus_lib.demands.examples import (
    PASS,
    Case,
    begins,
    case_of,
    deeds,
    ends,
    features_of,
    gold,
    is_core,
    kinds,
    lesson,
    pairing,
    pairs,
    parties,
    sentences,
    stays,
)
from corpus_lib.demands.examples_again import again
from corpus_lib.demands.finding import answered, asked, settled_answers
from corpus_lib.demands.linking import pair, sentence_features
from corpus_lib.demands.reading import READER, SHAPE
from corpus_lib.demands.settling import settled_demands
from corpus_lib.learned import Features, Linear, weights_in
from corpus_lib.learned.fitting import ByFold, ReadByFold, fit_by_fold, ranking_by_fold, reader_by_fold
from corpus_lib.learned.linear import keep_weights
from corpus_lib.learned.network import keep_reader
from corpus_lib.learned.pages import Page

_SHARE = {"real": 0.3, "long": 0.2, "invented": 0.15, "deeds": 0.15, "kindred": 0.1, "plain": 0.1}
"""How much F1 on each group of sources counts when a limit is chosen: others are like the real and the long."""
_GROUPS = {"modern": "real", "demands": "real", "everyday": "real", "newsroom": "long", "reports": "long"} | {
    g: g for g in _SHARE
}
_TINY = 0.006
"""Smaller weights are left out: there are many, and they change nothing."""
STRENGTH = {"sentence": 0.05, "answer_act": 0.05, "strength": 0.15, "stance": 0.15, "kept": 0.1}
"""The inverse of the penalty on the weights of a decision."""
SMOOTHING = {"sentence": 2.0, "answer_act": 2.0}
"""What is added to the counts by which the features of a decision are scaled."""
_RANKED = ("start", "end", "actor", "addressee", "again")
_ORDINARY, _ALARMS = "everyday", 0.03
"""Articles not chosen for demands, and which share of them may have a false alarm."""
_LIMITS = tuple(step / 40 for step in range(2, 32))
_AROUND = 2
"""Over how many limits on either side F1 is averaged when one is chosen."""
_PENALTY = 5.0
_PARTIES = ("actor", "addressee")
_LINKED = 0.25
SIDES: tuple[Side, ...] = ("demand", "answer")
_PRINTED: Mapping[Side, float] = {"demand": 1.0, "answer": 2.0}
"""How many times as much printed articles count: they are few, and other articles are like them."""
_PRINTED_STAY = 4.0
"""The same where it is decided which demands stay."""


class Course:
    """Decisions learned one after the other: out of fold for what builds on them, and on all articles to be shipped."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self.cases = cases
        self.folder = folder
        self.models: dict[str, dict[int | None, Linear]] = {}

    def count_printed(self, times: float) -> None:
        """Let printed articles count so many times as much from now on."""
        for case in self.cases:
            case.printed = times

    def teach(self, task: str, examples: Callable[[Case], Iterable[Any]]) -> None:
        """Learn a decision without each fold in turn, and on all."""
        told = [(case.fold, e) for case in self.each() for e in examples(case)]
        self.keep(task, learned(task, [e for _, e in told], [f for f, _ in told]))

    def keep(self, task: str, models: dict[int | None, Linear]) -> None:
        """Keep the weights of a decision, those of the folds where later decisions read them."""
        self.models[task] = models
        for fold, model in models.items():
            if fold is not None:
                keep_weights(model, self.folder / str(fold))

    def limit(self, task: str, least: float) -> None:
        """Set from which probability a decision is yes."""
        held = {k: replace(m, weights={**m.weights, LEAST: (least,)}) for k, m in self.models[task].items()}
        self.keep(task, held)

    def best_limit(self, task: str, side: Side, features: Callable[[Case], Sequence[Features]]) -> float:
        """Return the limit of the best F1 out of fold, of those at which few ordinary articles have a false alarm."""
        told: dict[str, list[tuple[float, bool]]] = {}
        total: dict[str, int] = {}
        plain: list[float] = []
        for case in self.cases:
            right, model = pairing(case, side), self.models[task][case.fold]
            group = _GROUPS.get(case.page.source, "")
            total[group] = total.get(group, 0) + sum(map(is_core, gold(case, side)))
            likely = [
                (model.probability(f), i in right)
                for i, f in enumerate(features(case))
                if i not in right or is_core(right[i])
            ]
            told.setdefault(group, []).extend(likely)
            if case.page.source == _ORDINARY:
                plain.append(max((p for p, found in likely if not found), default=0.0))
        allowed = _ALARMS * len(plain)
        fit = [limit for limit in _LIMITS if sum(p >= limit for p in plain) <= allowed] or list(_LIMITS[-1:])
        return max(fit, key=lambda limit: smoothed_f1(told, total, limit))

    def each(self) -> Iterator[Case]:
        """Yield the articles, each with the weights that were learned without its fold."""
        for case in self.cases:
            with weights_in(self.folder / str(case.fold)):
                yield case


def smoothed_f1(told: Mapping[str, Sequence[tuple[float, bool]]], total: Mapping[str, int], limit: float) -> float:
    """Return the mean of F1 at a limit and at those around it: of one limit alone it goes up and down by chance."""
    at = _LIMITS.index(limit)
    around = _LIMITS[max(0, at - _AROUND) : at + _AROUND + 1]
    return sum(mean_f1(told, total, near) for near in around) / len(around)


def mean_f1(told: Mapping[str, Sequence[tuple[float, bool]]], total: Mapping[str, int], limit: float) -> float:
    """Return F1 at a limit, weighted over the groups of sources."""
    out = 0.0
    for group, share in _SHARE.items():
        passed = [right for p, right in told.get(group, ()) if p >= limit]
        held = len(passed) + total.get(group, 0)
        out += share * 2 * sum(passed) / held if held else 0.0
    return out


def _set(table: Mapping[str, float], task: str) -> float | None:
    """Return what is set for a decision, or for its kind."""
    return table.get(task, table.get(task.split("_")[1]))


def learned(task: str, examples: Sequence[Any], folds: Sequence[int]) -> dict[int | None, Linear]:
    """Learn a ranking or a decision, without each fold in turn and on all (under None)."""
    if task.endswith(_RANKED):
        return ranking_by_fold(task, examples, folds, penalty=_PENALTY if task.endswith(_PARTIES) else 1.0)
    kind = task.split("_")[1]
    least = 4 if kind in ("sentence", "act", "kept", "link") else 6
    models = fit_by_fold(
        task, examples, folds, strength=_set(STRENGTH, task) or 0.3, least=least, smoothing=_set(SMOOTHING, task)
    )
    return {
        fold: replace(m, weights={n: w for n, w in m.weights.items() if max(map(abs, w)) >= _TINY})
        for fold, m in models.items()
    }


def learn_to_read(course: Course) -> ReadByFold:
    """Learn the network that reads the sentences of an article, and keep those of the folds."""
    cases = [case for case in course.cases if case.setting.units]
    made = reader_by_fold(READER, [lesson(case) for case in cases], [case.fold for case in cases], SHAPE)
    sources = ", ".join(sorted({case.page.source for case in cases}))
    readers = {
        k: replace(r, notes=(f"learned from the readable articles of gold: {sources}",)) for k, r in made.items()
    }
    for fold, reader in readers.items():
        if fold is not None:
            keep_reader(reader, course.folder / str(fold))
    return readers


def judge_sentences(course: Course, side: Side) -> None:
    """Learn which sentences may demand or answer."""
    for case in course.each():
        case.sentences[side] = sentence_features(case.setting, case.demands(side) if side == "answer" else None)
    course.teach(f"{side}_sentence", lambda case: sentences(case, side, case.sentences[side]))
    course.teach(f"{side}_heard", lambda case: sentences(case, side, heard(side, case.setting, case.sentences[side])))
    for case in course.each():
        case.likely[side] = likelihoods(side, case.setting, case.sentences[side])


def judge_deeds(course: Course, side: Side) -> None:
    """Learn which words do; all that may do something pass: what is unlikely goes at the end."""
    course.teach(f"{side}_act", lambda case: deeds(case, side))
    course.limit(f"{side}_act", PASS)


def judge_rest(course: Course, side: Side) -> None:
    """Learn their words, strength or stance, and parties."""
    course.teach(f"{side}_start", lambda case: begins(case, side))
    course.teach(f"{side}_end", lambda case: ends(case, side))
    course.teach(f"{side}_{'strength' if side == 'demand' else 'stance'}", lambda case: kinds(case, side))
    course.teach(f"{side}_actor", lambda case: parties(case, side, "actor"))
    if side == "demand":
        course.teach(f"{side}_addressee", lambda case: parties(case, side, "addressee"))


def find_all(course: Course, side: Side) -> None:
    """Find the acts of each article with the weights learned without its fold."""
    for case in course.each():
        case.acts[side] = asked(case.setting) if side == "demand" else answered(case.setting, case.demands(side))


def settle_demands(course: Course) -> None:
    """Learn which demands stay, and keep them out of fold."""
    course.count_printed(_PRINTED_STAY)
    course.teach("demand_kept", lambda case: stays(case, "demand"))
    course.limit("demand_kept", course.best_limit("demand_kept", "demand", lambda case: features_of(case, "demand")))
    for case in course.each():
        case.kept = settled_demands(case.acts["demand"], case.setting)


def settle_answers(course: Course) -> None:
    """Learn which demand each answer answers, and which answers stay."""
    course.teach("answer_link", pairs)
    for case in course.cases:
        model, demands = course.models["answer_link"][case.fold], [d.act for d in case.kept]
        places = {id(d): j for j, d in enumerate(demands)}
        for i, answer in enumerate(case.acts["answer"]):
            case.links[i] = [
                (places[id(d)], model.probability(pair(answer, d, case.setting, demands)))
                for d in near(demands, answer.start)
            ]
    course.limit("answer_link", _LINKED)
    course.teach("answer_kept", lambda case: stays(case, "answer"))
    course.limit("answer_kept", course.best_limit("answer_kept", "answer", lambda case: features_of(case, "answer")))


def look_again(course: Course) -> None:
    """Learn who demands and who is called on, when demands and answers are linked."""
    for case in course.each():
        case.answers = settled_answers(case.acts["answer"], [d.act for d in case.kept], case.setting)
    for role in _PARTIES:
        course.teach(f"demand_{role}_again", partial(again, role=role))


def learn(pages: Iterable[Page]) -> Iterator[ByFold | ReadByFold]:
    """Yield the weights of all decisions about demands and answers, from the articles in which these are annotated."""
    with tempfile.TemporaryDirectory() as folder:
        course = Course([case_of(page) for page in pages if "demands" in page.gold], Path(folder))
        yield learn_to_read(course)
        for side in SIDES:
            course.count_printed(_PRINTED[side])
            judge_sentences(course, side)
            judge_deeds(course, side)
            judge_rest(course, side)
            find_all(course, side)
            (settle_demands if side == "demand" else settle_answers)(course)
        look_again(course)
        yield from course.models.values()
