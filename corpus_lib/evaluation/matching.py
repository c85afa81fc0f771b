"""Spans as sets of words, and the pairing of two lists of spans one to one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
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

    Shortest augmenting paths over dual prices (Kuhn 1955; Jonker and Volgenant 1987).

    >>> assign([[0.9, 0.8], [0.7, 0.0]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    wide = len(weights) <= len(weights[0])
    rows = [list(row) for row in weights] if wide else [list(column) for column in zip(*weights, strict=True)]
    solver = _Assignment(rows)
    for row in range(len(rows)):
        solver.place(row)
    pairs = [(row, column) for column, row in enumerate(solver.row_of) if row is not None and rows[row][column] > 0]
    return sorted(pairs if wide else ((column, row) for row, column in pairs))


class _Assignment:
    """A partial assignment that grows by one row at a time and stays the best for the rows it has."""

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self.rows = rows
        self.row_of: list[int | None] = [None] * len(rows[0])
        self.row_price = [0.0] * len(rows)
        self.column_price = [0.0] * len(rows[0])

    def place(self, row: int) -> None:
        """Give a row a column, moving other rows along the cheapest path."""
        columns = range(len(self.row_of))
        cost, before = [float("inf")] * len(columns), [-1] * len(columns)
        left, reached, at, column = set(columns), 0.0, row, -1
        done: list[int] = []
        while True:
            for c in left:
                price = reached - self.rows[at][c] - self.row_price[at] - self.column_price[c]
                if price < cost[c]:
                    cost[c], before[c] = price, column
            column = min(left, key=lambda c: (cost[c], c))
            reached = cost[column]
            left.discard(column)
            owner = self.row_of[column]
            if owner is None:
                break
            done.append(column)
            at = owner
        self._reprice(row, done, cost, reached)
        self._move(row, column, before)

    def _reprice(self, row: int, done: Iterable[int], cost: Sequence[float], reached: float) -> None:
        self.row_price[row] += reached
        for column in done:
            self.column_price[column] -= reached - cost[column]
            owner = self.row_of[column]
            if owner is not None:
                self.row_price[owner] += reached - cost[column]

    def _move(self, row: int, column: int, before: Sequence[int]) -> None:
        while before[column] >= 0:
            self.row_of[column] = self.row_of[before[column]]
            column = before[column]
        self.row_of[column] = row


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
