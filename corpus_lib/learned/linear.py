"""A linear model at run time: named features in, a probability and what each feature added to it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.errors import CorpusLibError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Features = Mapping[str, float]
BIAS = "(bias)"
YES = "yes"
"""The one class of a decision between yes and no, and of a ranking."""

_FOLDER: ContextVar[Path | None] = ContextVar("corpus_lib_weights", default=None)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature added to a score (in log-odds)."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights by feature: one column for yes or no and for a ranking, one column a class otherwise.

    Attributes
    ----------
    task
        What is decided; the name of its file.
    classes
        The classes, in the order of the columns; ``("yes",)`` for a decision and for a ranking.
    weights
        feature → weight for each class. A feature that is not there weighs nothing.
    notes
        Where the weights come from: the comment lines of the file.

    Examples
    --------
    >>> model = Linear("speech", ("yes",), {"(bias)": (-1.0,), "verb of saying": (3.0,)})
    >>> round(model.probability({"verb of saying": 1.0}), 2)
    0.88
    >>> [c.feature for c in model.contributions({"verb of saying": 1.0, "unknown": 1.0})]
    ['verb of saying', '(bias)']
    """

    task: str
    classes: tuple[str, ...]
    weights: Mapping[str, tuple[float, ...]]
    notes: tuple[str, ...] = field(default=())
    _first: Mapping[str, float] = field(init=False, repr=False, compare=False)
    _table: list[tuple[Mapping[str, int], NDArray[np.float64]]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Put the weights of the only class aside: most scores are sums of these."""
        first = {n: w[0] for n, w in self.weights.items()} if len(self.classes) == 1 else {}
        object.__setattr__(self, "_first", first)

    def scores(self, features: Features) -> tuple[float, ...]:
        """Return the score of each class: the sum of its features' values times their weights, in log-odds."""
        if self._first:
            weight_of = self._first.get
            total = weight_of(BIAS, 0.0)
            for name, value in features.items():
                if weight := weight_of(name):
                    total += weight * value
            return (total,)
        totals = list(self.weights.get(BIAS, (0.0,) * len(self.classes)))
        for name, value in features.items():
            found = self.weights.get(name)
            if found is not None:
                for place, weight in enumerate(found):
                    totals[place] += weight * value
        return tuple(totals)

    def probability(self, features: Features) -> float:
        """Return how likely yes is (0–1)."""
        return _logistic(self.scores(features)[0])

    def distribution(self, features: Features) -> dict[str, float]:
        """Return the probability of each class; they sum to one."""
        return dict(zip(self.classes, _shares(self.scores(features)), strict=True))

    def distributions(self, rows: Sequence[Features]) -> list[dict[str, float]]:
        """Return `distribution` for each of many candidates, worked out together.

        >>> model = Linear("kind", ("a", "b"), {"(bias)": (0.0, 1.0), "x": (2.0, 0.0)})
        >>> [round(shares["a"], 3) for shares in model.distributions([{"x": 1.0}, {}])]
        [0.731, 0.269]
        """
        import numpy as np

        if not rows:
            return []
        places, table = self._as_table()
        where: list[int] = []
        values: list[float] = []
        counts: list[int] = []
        for row in rows:
            before = len(where)
            where.append(0)
            values.append(1.0)
            for place, value in zip(map(places.get, row), row.values(), strict=True):
                if place:
                    where.append(place)
                    values.append(value)
            counts.append(len(where) - before)
        starts = [0, *accumulate(counts[:-1])]
        scores = np.add.reduceat(table[where] * np.array(values)[:, None], starts)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = powers / powers.sum(axis=1, keepdims=True)
        return [dict(zip(self.classes, line, strict=True)) for line in shares.tolist()]

    def _as_table(self) -> tuple[Mapping[str, int], NDArray[np.float64]]:
        """Return the row of each feature, and the weights (features × classes); the bias is the first."""
        import numpy as np

        if not self._table:
            none = (0.0,) * len(self.classes)
            names = [name for name in self.weights if name != BIAS]
            table = np.array([self.weights.get(BIAS, none), *(self.weights[name] for name in names)], dtype="float64")
            self._table.append(({name: place for place, name in enumerate(names, start=1)}, table))
        return self._table[0]

    def rank(self, candidates: Sequence[Features]) -> tuple[float, ...]:
        """Return the probability of each of several candidates of which one is right; they sum to one."""
        return _shares([self.scores(one)[0] for one in candidates])

    def contributions(self, features: Features, of: str = YES) -> list[Contribution]:
        """Return what each feature added to the score of a class, the weightiest first; their sum is the score.

        Parameters
        ----------
        of
            The class, where there are several.
        """
        column = self.classes.index(of)
        known = ((name, value) for name, value in {BIAS: 1.0, **features}.items() if name in self.weights)
        added = ((value * self.weights[name][column], name) for name, value in known)
        ordered = sorted((-abs(weight), name, weight) for weight, name in added if weight)
        return [Contribution(name, weight) for _, name, weight in ordered]


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-score)) if score >= 0 else exp(score) / (1 + exp(score))


def _shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Return the softmax of some scores."""
    most = max(scores, default=0.0)
    powers = [exp(score - most) for score in scores]
    total = sum(powers)
    return tuple(power / total for power in powers)


def load(task: str) -> Linear:
    """Return the shipped weights of a task, or those of the folder that `weights_in` names.

    Raises
    ------
    CorpusLibError
        If there are none of that name.
    """
    return _load(task, folder_of_weights())


def folder_of_weights() -> Path | None:
    """Return the folder that `weights_in` names in this context, if it names one."""
    return _FOLDER.get()


@contextmanager
def weights_in(folder: str | Path | None) -> Iterator[None]:
    """Let `load` read the weights of a folder, in this context alone; a task without a file there has the shipped ones.

    So are weights judged that were learned on other articles than those at hand. Without a folder nothing changes.
    """
    if folder is None:
        yield
        return
    token = _FOLDER.set(Path(folder).resolve())
    try:
        yield
    finally:
        _FOLDER.reset(token)


def forget() -> None:
    """Let weights be read anew: they have been written since."""
    _load.cache_clear()


@cache
def _load(task: str, folder: Path | None) -> Linear:
    own = None if folder is None else folder / f"{task}.tsv"
    if own is not None and own.is_file():
        return parse_weights(task, own.read_text(encoding="utf-8"))
    shipped = files(__package__) / "weights" / f"{task}.tsv"
    if not shipped.is_file():
        raise CorpusLibError(f"no weights of the name {task!r} are shipped")
    return parse_weights(task, shipped.read_text(encoding="utf-8"))


def parse_weights(task: str, text: str) -> Linear:
    r"""Read weights: comment lines, a head line with the classes, a line a feature, tabs between.

    >>> parse_weights("x", "# made by hand\nfeature\tyes\n(bias)\t-1\n").weights
    {'(bias)': (-1.0,)}
    """
    lines = text.splitlines()
    notes = tuple(line.removeprefix("#").strip() for line in lines if line.startswith("#"))
    head, *rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    weights = {name: tuple(float(value or 0) for value in values) for name, *values in rows}
    return Linear(task, tuple(head[1:]), weights, notes)


def write_weights(model: Linear) -> str:
    r"""Return weights as their file, sorted by feature; ``parse_weights`` reads it back.

    >>> write_weights(Linear("x", ("yes",), {"b": (0.5,), "a": (-1.25,)}, ("note",)))
    '# note\nfeature\tyes\na\t-1.25\nb\t0.5\n'
    """
    lines = [f"# {note}" for note in model.notes]
    lines.append("\t".join(["feature", *model.classes]))
    for name, values in sorted(model.weights.items()):
        lines.append("\t".join([name, *(f"{value:.4g}" if value else "" for value in values)]))
    return "\n".join(lines) + "\n"


def keep_weights(model: Linear, folder: Path) -> Path:
    """Write weights into a folder, made where it is not there, as `load` reads them; return the file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{model.task}.tsv"
    path.write_text(write_weights(model), encoding="utf-8")
    return path
