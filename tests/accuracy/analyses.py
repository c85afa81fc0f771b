"""Analyses of annotated articles, each by weights that did not see it; kept on disk for each state of the code."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from corpus_lib.analysis import analysis_of
from corpus_lib.learned import weights_in
from corpus_lib.learned.pages import Sheet, readable
from corpus_lib.learned.train import TASKS, train
from tests.accuracy.groups import GOLD, TRAINING
from tests.accuracy.parses import CACHE, code_digest, page_of

Record = dict[str, Any]
SHIPPED = -1
"""The fold of what is analysed with the shipped weights: blind articles, and those that rules were written from."""


def weights_without(fold: int) -> Path:
    """Return the folder of the weights that were learned without the articles of a fold, learned now if need be."""
    folder = CACHE / "weights" / code_digest() / str(fold)
    done = folder / "done"
    if not done.is_file():
        found = [s for s in readable([GOLD / f for f in TRAINING]) if s.fold != fold]
        folder.mkdir(parents=True, exist_ok=True)
        for task in TASKS:
            with weights_in(folder):
                train(task, found, folder, page_of, folder / "unseen")
        done.touch()
    return folder


def analyses(found: Sequence[Sheet], *, unseen: bool = True, workers: int = 2) -> dict[str, Record]:
    """Return the wire records of some articles by name.

    Parameters
    ----------
    unseen
        Whether articles that are not blind are analysed by weights learned without their fold.
    """
    folds: dict[int, list[Sheet]] = {}
    for sheet in found:
        folds.setdefault(sheet.fold if unseen and not sheet.blind else SHIPPED, []).append(sheet)
    kept = {fold: _kept(fold) for fold in folds}
    wanted = [(k, rest) for k, part in folds.items() if (rest := [s for s in part if s.doc not in kept[k]])]
    with ProcessPoolExecutor(workers) as pool:
        for (fold, _), made in zip(wanted, pool.map(_analysed, wanted), strict=True):
            _keep(fold, made)
            kept[fold] |= {record["doc"]: record for record in made}
            sys.stderr.write(f"analysed {len(made)} articles, {'shipped weights' if fold < 0 else f'fold {fold}'}\n")
    return {sheet.doc: kept[fold][sheet.doc] for fold, part in folds.items() for sheet in part}


def _analysed(job: tuple[int, list[Sheet]]) -> list[Record]:
    fold, found = job
    if fold == SHIPPED:
        return [_record(sheet) for sheet in found]
    with weights_in(weights_without(fold)):
        return [_record(sheet) for sheet in found]


def _record(sheet: Sheet) -> Record:
    page = page_of(sheet)
    return analysis_of(page.article, page.parsed).to_dict()


def _place(fold: int) -> Path:
    return CACHE / "analyses" / code_digest() / f"{fold}.jsonl"


def _kept(fold: int) -> dict[str, Record]:
    place = _place(fold)
    lines = place.read_text(encoding="utf-8").splitlines() if place.is_file() else []
    return {record["doc"]: record for record in map(json.loads, lines)}


def _keep(fold: int, made: Sequence[Record]) -> None:
    place = _place(fold)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in made)
