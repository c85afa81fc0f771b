"""How the vocabulary is made up and how it grows: Zipf's and Heaps' laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, notes_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection


def fitted_power(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float, float]:
    """Return factor and exponent of y = factor · x^exponent, by least squares on logarithms.

    >>> tuple(round(v, 3) for v in fitted_power(np.array([1.0, 2.0, 4.0]), np.array([3.0, 6.0, 12.0])))
    (3.0, 1.0)
    """
    if len(x) < 2:
        return float("nan"), float("nan")
    exponent, logarithm = np.polyfit(np.log(x), np.log(y), 1)
    return float(np.exp(logarithm)), float(exponent)


def zipf(index: Positions, *, layer: str = "lower", selection: Selection | None = None, points: int = 200) -> Result:
    """Return count by rank (Zipf 1935) at about evenly spaced points of the logarithm, with the law's fit.

    Behind a row stand the places of one word of that rank.

    Parameters
    ----------
    layer, selection
        What is counted (``word``, ``lower``, ``lemma`` or ``pos``), and in which part of the index.
    points
        How many rows at most.
    """
    at_least("points", points, 1)
    chosen = index.checked(selection or index.whole, "selection")
    every = index.counts(layer, selection)
    ordered = np.argsort(-every, kind="stable")[: np.count_nonzero(every)]
    counts = every[ordered]
    ranks = np.unique(np.geomspace(1, len(counts), points).round().astype(np.int64))
    factor, exponent = fitted_power(ranks.astype(np.float64), counts[ranks - 1].astype(np.float64))
    frame = frame_of({"rank": ranks, "count": counts[ranks - 1], "fitted": factor * ranks**exponent})
    return Result(
        title=f"Zipf: {chosen.label}",
        description=f"Count falls with rank^{exponent:.3f}.",
        notes=(*notes_on(index, layer, chosen), "Fit: least squares on logarithms, over the points shown (Zipf 1935)."),
        frame=frame,
        find=lambda row: index.positions_of([int(ordered[ranks[row] - 1])], layer, selection),
        index=index,
    )


def heaps(index: Positions, *, layer: str = "lower", selection: Selection | None = None, points: int = 100) -> Result:
    """Return how many different words the first n words hold (Herdan 1960; Heaps 1978), with the law's fit.

    Parameters
    ----------
    layer, selection
        What is counted (``word``, ``lower``, ``lemma`` or ``pos``), and in which part of the index.
    points
        How many rows at most.
    """
    at_least("points", points, 1)
    chosen = index.checked(selection or index.whole, "selection")
    numbers, places = index.layer(layer).read(index.ids_in(selection)), chosen.positions()
    if index.punctuation:
        is_word = index.store.get("is_word")[index.ids_in(selection)]
        numbers, places = numbers[is_word], places[is_word]
    first = np.full(len(index.layer(layer)), len(numbers), dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    first = np.sort(first[first < len(numbers)])
    tokens = np.unique(np.linspace(len(numbers) / points, len(numbers), points).round().astype(np.int64))
    tokens = tokens[tokens > 0]
    types = np.searchsorted(first, tokens, side="left")
    factor, exponent = fitted_power(tokens.astype(np.float64), types.astype(np.float64))
    frame = frame_of({"tokens": tokens, "types": types, "fitted": factor * tokens**exponent})
    return Result(
        title=f"Heaps: {chosen.label}",
        description=f"{int(types[-1])} different words among {int(tokens[-1])}: they grow with tokens^{exponent:.3f}.",
        notes=(
            *notes_on(index, layer, chosen),
            "Fit: least squares on logarithms, over the points shown (Heaps 1978). Behind a row stand the first places "
            "of its different words.",
        ),
        frame=frame,
        find=lambda row: places[first[: int(types[row])]],
        index=index,
    )
