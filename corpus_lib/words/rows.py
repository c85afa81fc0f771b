"""What all tables of words share: which rows come first, and the notes that say how was counted."""

from __future__ import annotations

import numbers
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_lib.errors import WordsError, WrongInput
from corpus_lib.given import kind
from corpus_lib.render import number

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

_LAYERS = {
    "word": "words as written",
    "lower": "lower-cased words",
    "lemma": "lemmas, looked up by form",
    "pos": "parts of speech, looked up by form",
}


def at_least(name: str, value: float | None, least: float) -> None:
    """Check an argument that may be None.

    Raises
    ------
    WrongInput
        If it is no number.
    WordsError
        If it is smaller than it can be.
    """
    if value is not None and not isinstance(value, numbers.Real):
        raise WrongInput(f"expected {name} to be a number, found {kind(value)}")
    if value is not None and value < least:
        raise WordsError(f"expected {name} to be at least {least}, found {value}")


def head_of(
    scores: NDArray[np.float64],
    counts: NDArray[np.int64],
    most: int | None,
    order: NDArray[np.int64] | None = None,
) -> NDArray[np.intp]:
    """Return the places of the lowest scores, then of the highest counts, then in their own order or the one given.

    >>> head_of(np.array([2.0, 1.0, 1.0]), np.array([9, 1, 5]), 2).tolist()
    [2, 1]
    """
    at_least("top", most, 0)
    usable = np.where(np.isnan(scores), np.inf, scores)
    if most is None or most >= len(usable):
        return np.lexsort((np.arange(len(usable)) if order is None else order, -counts, usable))
    limit = np.partition(usable, most)[most] if most else -np.inf
    near = np.flatnonzero(usable <= limit)
    last = near if order is None else order[near]
    return near[np.lexsort((last, -counts[near], usable[near]))][:most]


def frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    """Return columns as a frame: lists of strings as objects, whatever else is installed; arrays keep their type."""
    import pandas as pd

    rows = pd.RangeIndex(max((len(v) for v in columns.values()), default=0))
    # Every array is copied here and not by pandas, which takes many times as long for a small frame.
    kept = (
        pd.Series(_objects(v), rows, dtype=object, copy=False) if isinstance(v, list) else np.array(v)
        for v in columns.values()
    )
    frame = pd.DataFrame(dict(enumerate(kept)), index=rows, copy=False)
    # Named afterwards: names of columns that pandas infers a type for cost more than a small frame does.
    frame.columns = pd.Index(_objects(list(columns)), dtype=object, copy=False)
    return frame


def _objects(values: list[Any]) -> NDArray[np.object_]:
    held = np.empty(len(values), dtype=np.object_)
    held[:] = values
    return held


def notes_on(index: Positions, layer: str, *selections: Selection) -> tuple[str, ...]:
    """Return how was counted: the layer, and how many words of how many documents."""
    parts = []
    for selection in selections:
        whole = selection.total == index.tokens
        sizes = np.diff(index.bounds) if whole else selection.sizes_by(index.bounds)
        documents = int(np.count_nonzero(sizes))
        said = f"{number(documents)} document{'' if documents == 1 else 's'}"
        parts.append(f"{selection.label}: {number(selection.total)} words in {said}.")
    marks = " Punctuation marks are tokens of this index; they are not counted as words." if index.punctuation else ""
    return (f"Counted: {_LAYERS.get(layer, layer)} (rule {index.store.meta['rule']}).{marks}", *parts)
