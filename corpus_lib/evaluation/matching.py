"""Spans as sets of words, and the pairing of two lists of spans one to one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap

from corpus_lib.model import Span

EXACT, MOST, SOME = 1.0, 0.8, 0.3
"""Overlaps (intersection over union of word sets) at which a pair counts."""

_WORD = re.compile(r"\w+")


class Words:
    """The words of a text, numbered, and which of them a span touches.

    >>> words = Words("Nato svarer, sier hun.")
    >>> sorted(words.touched(Span(5, 12)))
    [1]
    """

    def __init__(self, text: str) -> None:
        places = [m.span() for m in _WORD.finditer(text)]
        self._starts = [start for start, _ in places]
        self._ends = [end for _, end in places]

    def touched(self, *spans: Span) -> frozenset[int]:
        """Return the numbers of the words that the spans touch; punctuation at their edges plays no part."""
        return frozenset(
            number
            for span in spans
            for number in range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end))
        )


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return intersection over union (Jaccard 1901) of two sets of words, 0 where either is empty.

    >>> overlap(frozenset({1, 2}), frozenset({2, 3}))
    0.3333333333333333
    """
    return len(one & other) / len(one | other) if one and other else 0.0


def assign(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the one-to-one pairs (row, column) of the highest summed weight; pairs of weight 0 are left out.

    >>> assign([[0.9, 0.8], [0.7, 0.0]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(r, c) for r, c in zip(rows.tolist(), columns.tolist(), strict=True) if weights[r][c] > 0]


@dataclass(frozen=True, slots=True)
class Item:
    """What takes part in a pairing: its words, whether it is certain, and who is behind it."""

    words: frozenset[int]
    core: bool = True
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Pairing:
    """Gold items with their predictions, and the predictions that only match what gold leaves open."""

    hits: dict[int, tuple[int, float]]
    excused: frozenset[int]

    def level(self, prediction: int) -> float:
        """Return how well a prediction overlaps its gold item, 0 for none."""
        return next((level for number, level in self.hits.values() if number == prediction), 0.0)


def pair(gold: Sequence[Item], predicted: Sequence[Item], floor: float) -> Pairing:
    """Pair the certain gold items with predictions, one to one, by the highest summed F1 of words.

    Parameters
    ----------
    gold, predicted
        The items of one layer of one article.
    floor
        The least overlap that can be a pair (intersection over union).

    Returns
    -------
    Pairing
        A prediction without a pair that overlaps an uncertain gold item is excused: neither hit nor false alarm.
    """
    certain = [i for i, g in enumerate(gold) if g.core]
    least = max(floor, SOME)
    weight = _weight(floor)
    chosen = assign([[weight(gold[i], p) for p in predicted] for i in certain])
    hits = {certain[g]: (p, overlap(gold[certain[g]].words, predicted[p].words)) for g, p in chosen}
    taken = {p for p, level in hits.values() if level >= least}
    open_items = [g for g in gold if not g.core]
    excused = frozenset(
        j
        for j, p in enumerate(predicted)
        if j not in taken and any(overlap(g.words, p.words) >= least for g in open_items)
    )
    return Pairing(hits, excused)


def _weight(floor: float) -> Callable[[Item, Item], float]:
    def weight(gold: Item, predicted: Item) -> float:
        if overlap(gold.words, predicted.words) < floor:
            return 0.0
        f1 = 2 * len(gold.words & predicted.words) / (len(gold.words) + len(predicted.words))
        return f1 + 1e-6 * (gold.actor is not None and gold.actor == predicted.actor)  # among equals, the same actor

    return weight


def best_overlap(words: frozenset[int], among: Sequence[Item]) -> int:
    """Return the number of the item that overlaps most; the first of several."""
    levels = list(starmap(overlap, ((words, item.words) for item in among)))
    return levels.index(max(levels))
