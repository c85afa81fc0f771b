"""Learn to find demands and answers: every decision in its order, the later ones on what the earlier ones found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus_lib.demands.acts import LEAST, Side, sentence_features
from corpus_lib.demands.examples import (
    PASS,
    Case,
    begins,
    case_of,
    deeds,
    ends,
    gold,
    is_core,
    kinds,
    pairing,
    pairs,
    parties,
    sentences,
    stays,
)
from corpus_lib.demands.finding import answered, asked
from corpus_lib.demands.settling import answer_features, demand_features, pair, settled_demands
from corpus_lib.learned import Linear, load, weights_in
from corpus_lib.learned.fitting import Choice, Example, fit, fit_ranking
from corpus_lib.learned.linear import parse_weights, write_weights
from corpus_lib.learned.pages import FOLDS, Page

_GROUPS = {"modern": "real", "demands": "real", "invented": "invented"}
_TINY = 0.01


class Course:
    """Decisions learned one after the other: out of fold for what builds on them, and on all articles to be shipped."""

    def __init__(self, cases: Sequence[Case], folder: Path) -> None:
        self.cases = cases
        self.folder = folder
        self.shipped: dict[str, Linear] = {}
        self.told: dict[str, list[list[Any]]] = {}

    def teach(
        self,
        task: str,
        examples: Callable[[Case], Iterable[Any]],
        learner: Callable[[str, Sequence[Any]], Linear],
        *,
        ship: bool = True,
    ) -> None:
        """Learn a decision without each fold in turn, and on all."""
        told = [list(examples(case)) for case in self.cases]
        self.told[task] = told
        for fold in range(FOLDS):
            model = learner(
                task, [e for case, some in zip(self.cases, told, strict=True) if case.fold != fold for e in some]
            )
            self.write(model, fold)
        if ship:
            self.shipped[task] = learner(task, [e for some in told for e in some])

    def write(self, model: Linear, fold: int) -> None:
        (self.folder / str(fold)).mkdir(parents=True, exist_ok=True)
        (self.folder / str(fold) / f"{model.task}.tsv").write_text(write_weights(model), encoding="utf-8")

    def limit(self, task: str, probabilities: Callable[[Case], Sequence[float]], side: Side) -> None:
        """Set from which probability a decision is yes: where F1 out of fold is best, over the sources alike."""
        told: dict[str, list[tuple[float, bool]]] = {}
        total: dict[str, int] = {}
        for case in self.each():
            right = pairing(case, side)
            source = _GROUPS.get(case.page.source, "")
            total[source] = total.get(source, 0) + sum(map(is_core, gold(case, side)))
            for i, p in enumerate(probabilities(case)):
                if i not in right or is_core(right[i]):
                    told.setdefault(source, []).append((p, i in right))
        best = max((mean_f1(told, total, step / 40), -step) for step in range(2, 32))
        chosen = (-best[1] / 40,)
        for fold in range(FOLDS):
            path = self.folder / str(fold) / f"{task}.tsv"
            model = parse_weights(task, path.read_text(encoding="utf-8"))
            self.write(replace(model, weights={**model.weights, LEAST: chosen}), fold)
        if task in self.shipped:
            model = self.shipped[task]
            self.shipped[task] = replace(model, weights={**model.weights, LEAST: chosen})

    def each(self) -> Iterator[Case]:
        """Yield the articles, each with the weights that were learned without its fold."""
        for case in self.cases:
            with weights_in(self.folder / str(case.fold)):
                yield case


def mean_f1(told: Mapping[str, Sequence[tuple[float, bool]]], total: Mapping[str, int], limit: float) -> float:
    """Return F1 at a limit, the mean over the groups of sources that count."""
    out = []
    for group in ("real", "invented"):
        passed = [right for p, right in told.get(group, ()) if p >= limit]
        held = len(passed) + total.get(group, 0)
        out.append(2 * sum(passed) / held if held else 0.0)
    return sum(out) / len(out)


def decision(task: str, examples: Sequence[Example]) -> Linear:
    sparse = task.endswith(("sentence", "strength", "stance"))
    model = fit(task, examples, strength=0.15 if sparse else 0.3, least=6 if sparse else 4)
    return replace(model, weights={n: w for n, w in model.weights.items() if max(map(abs, w)) >= _TINY})


def ranking(task: str, choices: Sequence[Choice]) -> Linear:
    return fit_ranking(task, choices)


def judge_sentences(course: Course, side: Side, *, ship: bool = True) -> None:
    for case in course.cases:
        case.sentences[side] = sentence_features(case.setting, [d.act for d in case.kept] if side == "answer" else None)
    course.teach(f"{side}_sentence", lambda case: sentences(case, side), decision, ship=ship)
    for case in course.each():
        model = load(f"{side}_sentence")
        case.likely[side] = [model.probability(f) for f in case.sentences[side]]


def judge_deeds(course: Course, side: Side, *, ship: bool = True) -> None:
    course.teach(f"{side}_act", lambda case: deeds(case, side), decision, ship=ship)


def judge_rest(course: Course, side: Side, *, ship: bool = True) -> None:
    course.teach(f"{side}_start", lambda case: begins(case, side), ranking, ship=ship)
    course.teach(f"{side}_end", lambda case: ends(case, side), ranking, ship=ship)
    course.teach(
        f"{side}_{'strength' if side == 'demand' else 'stance'}", lambda case: kinds(case, side), decision, ship=ship
    )
    course.teach(f"{side}_actor", lambda case: parties(case, side, "actor"), ranking, ship=ship)
    if side == "demand":
        course.teach(f"{side}_addressee", lambda case: parties(case, side, "addressee"), ranking, ship=ship)


def keep_words(course: Course, side: Side) -> None:
    """Let all words pass that may do something: what is unlikely goes at the end."""
    for folder in [*(course.folder / str(f) for f in range(FOLDS))]:
        path = folder / f"{side}_act.tsv"
        model = parse_weights(f"{side}_act", path.read_text(encoding="utf-8"))
        path.write_text(write_weights(replace(model, weights={**model.weights, LEAST: (PASS,)})), encoding="utf-8")
    if f"{side}_act" in course.shipped:
        model = course.shipped[f"{side}_act"]
        course.shipped[f"{side}_act"] = replace(model, weights={**model.weights, LEAST: (PASS,)})


def find_all(course: Course, side: Side) -> None:
    """Find the acts of each article with the weights learned without its fold."""
    for case in course.each():
        if side == "demand":
            case.acts[side] = asked(case.setting, at_least=PASS)
        else:
            case.acts[side] = answered(case.setting, [d.act for d in case.kept], at_least=PASS)


def settle_demands(course: Course, *, ship: bool = True) -> None:
    """Learn which demands stay, and keep them out of fold."""
    course.teach("demand_kept", lambda case: stays(case, "demand"), decision, ship=ship)
    course.limit(
        "demand_kept",
        lambda case: [
            load("demand_kept").probability(demand_features(a, case.acts["demand"], case.setting))
            for a in case.acts["demand"]
        ],
        "demand",
    )
    for case in course.each():
        case.kept = settled_demands(case.acts["demand"], case.setting)


def settle_answers(course: Course, *, ship: bool = True) -> None:
    """Learn which demand each answer answers, and which answers stay."""
    course.teach("answer_link", pairs, decision, ship=ship)
    for case in course.each():
        model, demands = load("answer_link"), [d.act for d in case.kept]
        for i, answer in enumerate(case.acts["answer"]):
            case.links[i] = [
                (j, model.probability(pair(answer, d, case.setting, demands))) for j, d in enumerate(demands)
            ]
    course.teach("answer_kept", lambda case: stays(case, "answer"), decision, ship=ship)
    course.limit(
        "answer_kept",
        lambda case: [
            load("answer_kept").probability(
                answer_features(a, case.links.get(i, ()), [d.act for d in case.kept], case.acts["answer"], case.setting)
            )
            for i, a in enumerate(case.acts["answer"])
        ],
        "answer",
    )


def learn(pages: Iterable[Page]) -> Iterator[Linear]:
    """Yield the weights of all decisions about demands and answers."""
    cases = [case_of(page) for page in pages]
    with tempfile.TemporaryDirectory() as folder:
        course = Course(cases, Path(folder))
        for side in ("demand", "answer"):
            judge_sentences(course, side)
            judge_deeds(course, side)
            judge_rest(course, side)
            keep_words(course, side)
            find_all(course, side)
            if side == "demand":
                settle_demands(course)
            else:
                settle_answers(course)
        yield from course.shipped.values()
