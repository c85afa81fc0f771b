"""The kinds of an article's lines: learned weights over what is seen of each, read from the top with a small beam."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
from typing import Any

from corpus_lib.learned import Linear, load
from corpus_lib.model import BlockKind
from corpus_lib.structure.features import History, features
from corpus_lib.structure.paragraphs import Line

TASK = "structure"
_BEAM = 4
_Path = tuple[str, Any] | None
"""A way through the lines: the last kind, and the way before it."""


def label(lines: Sequence[Line]) -> list[BlockKind]:
    """Return the kind of each line: those that together are most likely, each seen with the kinds before it."""
    model = load(TASK)
    beam: list[tuple[float, History, _Path]] = [(0.0, History(), None)]
    for seen in features(lines):
        own = model.scores(seen.features)
        grown = [
            (chance + share, before, kind, path)
            for chance, before, path in beam
            for kind, share in zip(
                model.classes, _log_shares(model, own, before.features(seen.opening, seen.shape)), strict=True
            )
        ]
        best = sorted(grown, key=lambda option: -option[0])[:_BEAM]
        beam = [(chance, before.then(kind), (kind, path)) for chance, before, kind, path in best]
    return _kinds(beam[0][2])


def _kinds(path: _Path) -> list[BlockKind]:
    """Return the kinds on a way through the lines, from its end to its beginning, in the order of the text."""
    found = []
    while path is not None:
        kind, path = path
        found.append(kind)
    return found[::-1]  # type: ignore[return-value]  # the classes are kinds of blocks


def _log_shares(model: Linear, own: Sequence[float], told: Mapping[str, float]) -> list[float]:
    """Return the logarithm of each class's probability, given the scores of what is seen and what was before."""
    weights = [(model.weights[name], value) for name, value in told.items() if name in model.weights]
    scores = [a + sum(of_class[k] * value for of_class, value in weights) for k, a in enumerate(own)]
    most = max(scores)
    total = log(sum(exp(score - most) for score in scores)) + most
    return [score - total for score in scores]
