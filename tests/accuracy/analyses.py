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
from corpus_lib.learned.train import train_all
from tests.accuracy.groups import FURTHER, GOLD, TRAINING
from tests.accuracy.parses import CACHE, code_digest, learning_digest, page_of

Record = dict[str, Any]
SHIPPED = -1
"""The fold of what is analysed with the shipped weights: blind articles, and those that rules were written from."""


def weights_by_fold() -> Path:
    """Return a folder with a folder for each fold: the weights that were learned without its articles.

    All folds are learned in one run, now if need be: a decision leaves out each fold in turn. The decisions before it
    were made on an article by weights that had not seen *its* fold; of the fold that is left out they may know.
    Beside them, in ``all``, lie the weights learned on every article that may be read: those that are shipped.
    """
    folder = CACHE / "weights" / learning_digest()
    done = folder / "done"
    if not done.is_file():
        found = readable([GOLD / f for f in TRAINING], FURTHER)
        with weights_in(folder / "all"):
            for path in train_all(found, folder / "all", folder, page_of):
                sys.stderr.write(f"learned without each fold: {path.stem}\n")
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
    if any(fold != SHIPPED for fold in folds):
        weights_by_fold()  # learned once, before several processes ask for it
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
    with weights_in(weights_by_fold() / str(fold)):
        return [_record(sheet) for sheet in found]


def _record(sheet: Sheet) -> Record:
    page = page_of(sheet)
    return analysis_of(page.article, page.parsed).to_dict()


def _place(fold: int) -> Path:
    state = code_digest() if fold == SHIPPED else learning_digest()
    return CACHE / "analyses" / state / f"{fold}.jsonl"


def _kept(fold: int) -> dict[str, Record]:
    place = _place(fold)
    lines = place.read_text(encoding="utf-8").splitlines() if place.is_file() else []
    return {record["doc"]: record for record in map(json.loads, lines)}


def _keep(fold: int, made: Sequence[Record]) -> None:
    place = _place(fold)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in made)
