"""Fitting weights to examples: scikit-learn for decisions, conditional logit for rankings, thinc for networks.

Needs the extra ``train``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus_lib.errors import CorpusLibError
from corpus_lib.learned.linear import BIAS, YES, Features, Linear
from corpus_lib.learned.network import Reader, Sentences, Shape, first_numbers, network, parse_reader, write_reader

_LEAST = 1e-3
"""Weights below it are not written."""


ByFold = Mapping[int | None, Linear]
"""Weights learned without each fold in turn, and on all articles under None."""

ReadByFold = Mapping[int | None, Reader]
"""Networks, likewise."""


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate and what it is: ``yes`` or ``no``, or one of several classes."""

    doc: str
    features: Features
    label: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Several candidates of which one is right; several may be right alike."""

    doc: str
    candidates: tuple[Features, ...]
    right: tuple[int, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article for a network, with what is right of each sentence and question, and how much that counts.

    Attributes
    ----------
    right, weight
        One row a sentence, one value a question; what is right is 0 or 1.
    """

    article: Sentences
    right: Sequence[Sequence[float]]
    weight: Sequence[Sequence[float]]


def _common(rows: Iterable[Features], least: int) -> list[str]:
    """Return the names of the features that occur often enough, sorted."""
    seen = Counter(name for row in rows for name, value in row.items() if value)
    return sorted(name for name, count in seen.items() if count >= least)


def _matrix(rows: Sequence[Features], names: Sequence[str]) -> Any:
    """Return features as a sparse matrix (rows × names), the same in whatever order they were told."""
    from scipy.sparse import csr_matrix

    place = {name: i for i, name in enumerate(names)}
    data, columns, ends = [], [], [0]
    for row in rows:
        for name, value in row.items():
            if (column := place.get(name)) is not None and value:
                data.append(float(value))
                columns.append(column)
        ends.append(len(data))
    matrix = csr_matrix((data, columns, ends), shape=(len(rows), len(names)))
    matrix.sort_indices()
    return matrix


def fit(task: str, examples: Sequence[Example], *, strength: float = 1.0, least: int = 2) -> Linear:
    """Return the weights of a decision: L2-penalised logistic regression (scikit-learn, liblinear; deterministic).

    Parameters
    ----------
    strength
        The inverse of the penalty, scikit-learn's ``C``.
    least
        How often a feature must occur to get a weight.
    """
    import numpy as np

    names = _common((e.features for e in examples), least)
    matrix = _matrix([e.features for e in examples], names)
    labels, weights = np.array([e.label for e in examples]), np.array([e.weight for e in examples])
    return _decided(task, names, matrix, labels, weights, strength)


def fit_by_fold(
    task: str,
    examples: Sequence[Example],
    folds: Sequence[int],
    *,
    strength: float = 1.0,
    least: int = 2,
    smoothing: float | None = None,
) -> dict[int | None, Linear]:
    """Return the weights of a decision learned without each fold in turn, and on all (under None); see `fit`.

    Parameters
    ----------
    folds
        The fold of each example.
    smoothing
        Where it is given, each feature is first scaled by how much more often it occurs with yes than with no (or the
        other way round), as naive Bayes weighs it (Wang and Manning 2012); this is added to its counts.
    """
    import numpy as np
    from joblib import Parallel, delayed

    names = _common((e.features for e in examples), least)
    matrix = _matrix([e.features for e in examples], names)
    labels, weights = np.array([e.label for e in examples]), np.array([e.weight for e in examples])
    kept = {fold: np.array([f != fold for f in folds]) for fold in [*sorted(set(folds)), None]}
    kept = {fold: rows for fold, rows in kept.items() if len(set(labels[rows])) > 1}  # else nothing to tell apart
    made = Parallel(n_jobs=-1)(
        delayed(_decided)(task, names, matrix[rows], labels[rows], weights[rows], strength, smoothing)
        for rows in kept.values()
    )
    return dict(zip(kept, made, strict=True))


def _decided(
    task: str,
    names: Sequence[str],
    matrix: Any,
    labels: Any,
    weights: Any,
    strength: float,
    smoothing: float | None = None,
) -> Linear:
    """Return the weights of a decision learned from a matrix of examples × features; see `fit_by_fold`."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    binary = set(labels) <= {YES, "no"}
    model = LogisticRegression(C=strength, solver="liblinear" if binary else "lbfgs", max_iter=1000, random_state=0)
    scale = np.ones(len(names)) if smoothing is None else _ratios(matrix, labels == YES, weights, smoothing)
    model.fit(matrix if smoothing is None else matrix.multiply(scale).tocsr(), labels, sample_weight=weights)
    classes = (YES,) if binary else tuple(str(c) for c in model.classes_)
    flip = -1.0 if binary and model.classes_[1] != YES else 1.0
    columns = flip * model.coef_ * scale
    table = {name: tuple(map(float, columns[:, i])) for i, name in enumerate(names)}
    table[BIAS] = tuple(flip * float(b) for b in model.intercept_)
    return Linear(task, classes, {n: v for n, v in table.items() if any(abs(x) >= _LEAST for x in v)})


def _ratios(matrix: Any, right: Any, weights: Any, smoothing: float) -> Any:
    """Return for each feature how far the logarithms of its shares among yes and no are apart; 1 for a quantity."""
    import numpy as np

    squares = matrix.multiply(matrix)
    counted = np.isclose(np.asarray(matrix.sum(axis=0)).ravel(), np.asarray(squares.sum(axis=0)).ravel())
    yes, no = (smoothing + squares.T @ (weights * side) for side in (right, ~right))
    return np.where(counted, np.abs(np.log((yes / yes.sum()) / (no / no.sum()))), 1.0)


def fit_ranking(task: str, choices: Sequence[Choice], *, penalty: float = 1.0, least: int = 2) -> Linear:
    """Return the weights of a ranking: conditional logit with an L2 penalty (Denis and Baldridge 2007), by L-BFGS."""
    return ranking_by_fold(task, choices, [], penalty=penalty, least=least)[None]


def ranking_by_fold(
    task: str, choices: Sequence[Choice], folds: Sequence[int], *, penalty: float = 1.0, least: int = 2
) -> dict[int | None, Linear]:
    """Return the weights of a ranking learned on all (under None) and without each fold in turn; see `fit_ranking`.

    Parameters
    ----------
    folds
        The fold of each choice; empty for the weights on all alone.
    penalty
        On the squares of the weights, over the whole of the examples.
    least
        In how many candidates a feature must occur to get a weight.
    """
    import numpy as np
    from joblib import Parallel, delayed

    rows = [row for choice in choices for row in choice.candidates]
    names = _common(rows, least)
    matrix = _matrix(rows, names)
    sizes = np.array([len(c.candidates) for c in choices])
    starts = np.cumsum(sizes) - sizes
    right = np.zeros(len(rows))
    for start, choice in zip(starts, choices, strict=True):
        right[[start + i for i in choice.right]] = 1.0
    every = np.array([c.weight for c in choices])
    whole = _ranked(matrix, starts, right, every, penalty, np.zeros(len(names)))
    without = sorted(set(folds))
    made = Parallel(n_jobs=-1)(
        delayed(_ranked)(matrix, starts, right, every * np.array([f != fold for f in folds]), penalty, whole)
        for fold in without
    )
    return {
        fold: Linear(
            task, (YES,), {name: (float(w),) for name, w in zip(names, found, strict=True) if abs(w) >= _LEAST}
        )
        for fold, found in zip([None, *without], [whole, *made], strict=True)
    }


def _ranked(matrix: Any, starts: Any, right: Any, counts: Any, penalty: float, first: Any) -> Any:
    """Return the weights of a ranking, sought from some first ones on.

    Parameters
    ----------
    starts, right
        Where the candidates of each choice begin among the rows, and which rows are right (1).
    counts
        How much each choice counts.
    """
    import numpy as np
    from scipy.optimize import minimize

    group = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, matrix.shape[0])))

    def loss(weights: Any) -> tuple[float, Any]:
        sums = matrix @ weights
        sums = sums - np.maximum.reduceat(sums, starts)[group]
        powers = np.exp(sums)
        all_of, right_of = np.add.reduceat(powers, starts), np.add.reduceat(powers * right, starts) + 1e-300
        slope = (powers / all_of[group] - powers * right / right_of[group]) * counts[group]
        value = float(counts @ np.log(all_of / right_of) + penalty / 2 * weights @ weights)
        return value, matrix.T @ slope + penalty * weights

    return minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": 120}).x


_ROUNDS, _AT_ONCE = 6, 4
"""How often a network reads each article, and how many at once."""
_PACE, _WARM, _DROPOUT, _DECAY = 2e-3, 50, 0.3, 0.01
"""The learning rate at its height and after how many steps it is reached, what is left out, how weights shrink."""
_SENTENCES = 20
"""About how many sentences an article has: the errors of a step are summed over them and divided by this."""


def fit_reader(task: str, lessons: Sequence[Lesson], shape: Shape, seed: int = 0) -> Reader:
    """Return a network that reads the sentences of articles, trained by Adam on the cross-entropy of each question.

    Raises
    ------
    CorpusLibError
        If there are too few articles to learn from.
    """
    import numpy as np
    from thinc.api import Adam

    if len(lessons) < _AT_ONCE:
        raise CorpusLibError(f"{task}: {_AT_ONCE} articles are read at once, {len(lessons)} were given")
    model = network(shape, _DROPOUT)
    first_numbers(model, seed)
    learner = Adam(_PACE, L2=_DECAY, L2_is_weight_decay=True, grad_clip=1.0)
    right = [np.array(one.right, dtype="float32") for one in lessons]
    counts = [np.array(one.weight, dtype="float32") for one in lessons]
    draw = np.random.RandomState(seed)
    steps, done = max(1, _ROUNDS * (len(lessons) // _AT_ONCE)), 0
    for _ in range(_ROUNDS):
        order = draw.permutation(len(lessons))
        for first in range(0, len(order) - _AT_ONCE + 1, _AT_ONCE):
            held = order[first : first + _AT_ONCE]
            scores, learn = model.begin_update([lessons[i].article for i in held])
            wrong = 1 / (1 + np.exp(-scores)) - np.concatenate([right[i] for i in held])
            learn((wrong * np.concatenate([counts[i] for i in held]) / (_SENTENCES * _AT_ONCE)).astype("float32"))
            done += 1
            learner.learn_rate = _PACE * max(0.02, 1 - done / steps) * min(1.0, done / _WARM)
            model.finish_update(learner)
    return Reader(task, shape, model)


def reader_by_fold(task: str, lessons: Sequence[Lesson], folds: Sequence[int], shape: Shape) -> ReadByFold:
    """Return a network trained without each fold in turn, and on all (under None); see `fit_reader`.

    Parameters
    ----------
    folds
        The fold of each article.
    """
    from joblib import Parallel, delayed

    without = [*sorted(set(folds)), None]
    held = [[one for one, own in zip(lessons, folds, strict=True) if own != fold] for fold in without]
    made = Parallel(n_jobs=-1)(delayed(_fitted)(task, kept, shape) for kept in held)
    return {fold: parse_reader(task, data) for fold, data in zip(without, made, strict=True)}


def _fitted(task: str, lessons: Sequence[Lesson], shape: Shape) -> bytes:
    return write_reader(fit_reader(task, lessons, shape))
