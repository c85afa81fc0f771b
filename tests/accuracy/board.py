"""The figures of the scoreboard: one for each measure, group and part, with its interval over articles."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from corpus_lib.evaluation import Annotation, Evaluation, evaluate
from corpus_lib.evaluation.gold import from_gold
from corpus_lib.evaluation.recorded import from_record
from corpus_lib.learned.pages import Sheet
from tests.accuracy.analyses import Record, analyses
from tests.accuracy.calibration import expected_error, judged
from tests.accuracy.groups import CLAIMS, GOLD, Group

MEASURES: Mapping[str, tuple[str, str, str]] = {
    "lines of structure right": ("structure", "all", "accuracy"),
    "direct quotations, exact words, F1": ("quotes", "direct", "f1_exact"),
    "reported quotations, overlap ≥ 0.8, F1": ("quotes", "indirect", "f1_0.8"),
    "reported quotations, exact words, F1": ("quotes", "indirect", "f1_exact"),
    "direct quotations, recall (≥ 0.8)": ("quotes", "direct", "recall_0.8"),
    "reported quotations, recall (≥ 0.8)": ("quotes", "indirect", "recall_0.8"),
    "all quotations, precision (≥ 0.8)": ("quotes", "all", "precision_0.8"),
    "all quotations, recall (≥ 0.8)": ("quotes", "all", "recall_0.8"),
    "speaker right": ("quotes", "all", "entity_accuracy"),
    "speaker right: by name": ("quotes", "all", "entity_name_accuracy"),
    "speaker right: by pronoun": ("quotes", "all", "entity_pronoun_accuracy"),
    "speaker right: by noun": ("quotes", "all", "entity_noun_accuracy"),
    "words and speaker right, recall": ("quotes", "all", "joint_recall"),
    "receiver right": ("quotes", "all", "medium_accuracy"),
    "demands, F1": ("demands", "all", "f1"),
    "demands, precision": ("demands", "all", "precision"),
    "demands, recall": ("demands", "all", "recall"),
    "demands: actor right": ("demands", "all", "actor_accuracy"),
    "demands: addressee right": ("demands", "all", "addressee_accuracy"),
    "answers, F1": ("responses", "all", "f1"),
    "answers, precision": ("responses", "all", "precision"),
    "answers, recall": ("responses", "all", "recall"),
    "answers: stance right": ("responses", "all", "stance_accuracy"),
    "links, F1": ("links", "all", "f1"),
    "cells of the matrix right": ("matrix", "all", "accuracy"),
}
"""Measure → layer, group and name in `corpus_lib.evaluation`."""

_NAMES = {
    "names, F1": ("names", "all", "f1"),
    "names of persons, F1": ("names", "person", "f1"),
    "names of organisations, F1": ("names", "organisation", "f1"),
    "names of states, F1": ("names", "state", "f1"),
    "who is who, B³ recall": ("who_is_who", "b3_recall", ""),
    "who is who, B³ F1": ("who_is_who", "b3_f1", ""),
    "noun phrases joined to their name": ("who_is_who", "noun_accuracy", ""),
}
_NAME_SAMPLES = 60


@dataclass(frozen=True, slots=True)
class Score:
    """One figure of the scoreboard; `n` is the number of gold items, `articles` of articles."""

    measure: str
    group: str
    part: str
    value: float
    low: float | None
    high: float | None
    n: int
    articles: int


@cache
def tool(name: str) -> ModuleType:
    """Return a module that lies beside the gold."""
    spec = importlib.util.spec_from_file_location(name, GOLD / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(GOLD / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def annotations(found: Sequence[Sheet]) -> dict[str, Annotation]:
    """Return the gold of some articles."""
    texts = {s.doc: s.path.with_suffix(".txt").read_bytes().decode("utf-8") for s in found}
    return {s.doc: from_gold(s.gold(), texts[s.doc]) for s in found}


def scores_of(group: Group, part: str, found: Sequence[Sheet], samples: int = 500) -> Iterator[Score]:
    """Yield the figures of a part of a group."""
    gold, records = annotations(found), analyses(found, unseen=part != "tuned")
    predicted = {doc: from_record(record, gold[doc].text) for doc, record in records.items()}
    result = evaluate(gold, predicted, layers=group.layers, resamples=samples)
    for measure, place in MEASURES.items():
        figure = _figure(result, *place)
        if figure is not None and figure.value is not None and figure.n:
            yield Score(measure, group.name, part, figure.value, figure.low, figure.high, figure.n, len(found))
    if "structure" in group.layers and (pairs := judged(gold, predicted)):
        error = expected_error(pairs)
        yield Score("calibration error of quotations", group.name, part, error, None, None, len(pairs), len(found))
    if group.layers == CLAIMS:
        yield from _false_alarms(result, group, part)
    if group.names:
        yield from _name_scores(group, part, found, records)


def _figure(result: Evaluation, layer: str, group: str, measure: str) -> Any:
    return next((f for f in result.figures if (f.layer, f.group, f.measure) == (layer, group, measure)), None)


def _false_alarms(result: Evaluation, group: Group, part: str) -> Iterator[Score]:
    """Yield how many demands and answers were found that gold has not even as disputable."""
    for layer, name in (("demands", "false demands"), ("responses", "false answers")):
        count = sum(m.layer == layer and m.problem == "spurious" for m in result.misses)
        yield Score(name, group.name, part, count, None, None, result.docs, result.docs)


def _name_scores(group: Group, part: str, found: Sequence[Sheet], records: Mapping[str, Record]) -> Iterator[Score]:
    """Yield the figures of `score_names.py`, with intervals over a few samples of articles (it is slow)."""
    score = tool("score_names").score
    golds = {s.doc: (s.gold(), s.path.with_suffix(".txt").read_bytes().decode("utf-8")) for s in found}
    whole = score(golds, records)[0]
    draw = random.Random(0)
    drawn = [draw.choices(sorted(golds), k=len(golds)) for _ in range(_NAME_SAMPLES)]
    samples = [
        score({f"{i}": golds[doc] for i, doc in enumerate(docs)}, {f"{i}": records[doc] for i, doc in enumerate(docs)})[
            0
        ]
        for docs in drawn
    ]
    for measure, place in _NAMES.items():
        values = sorted(v for s in samples if (v := _at(s, place)) is not None)
        value = _at(whole, place)
        if value is not None:
            n = whole["names"][place[1]]["gold"] if place[0] == "names" else whole["who_is_who"]["noun_n"]
            yield Score(measure, group.name, part, value, values[1], values[-2], n, len(found))


def _at(result: Mapping[str, Any], place: tuple[str, str, str]) -> float | None:
    first, second, third = place
    found = result[first][second]
    return found[third] if third else found
