"""Words in a row: every n-gram with its count, and how strongly two neighbours belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.errors import BadWindow, UnknownMeasure
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.association import Table
from corpus_lib.words.building import CHUNK
from corpus_lib.words.collocation import MEASURES
from corpus_lib.words.dispersion import documents_of
from corpus_lib.words.frequency import wilson_per_million
from corpus_lib.words.pairs import FrequentPairs, Neighbours
from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, head_of, notes_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

_FREQUENT = 2048
"""How many words the square table of pairs has on a side at most; in small texts fewer, so that it is filled."""

_SHOWN = ("log_dice", "mi", "mi3", "t", "g2", "delta_p", "delta_p_reverse")

_LONGEST = 1000
"""How many words a sequence may have."""


@with_older_names
def ngrams(
    index: Positions,
    n: int = 2,
    *,
    layer: str = "lower",
    selection: Selection | None = None,
    min_count: int = 2,
    top: int | None = 100,
    measure: str | None = None,
) -> Result:
    """Return sequences of n words, the most frequent first; none passes a document's or a selection's edge.

    Parameters
    ----------
    n
        How many words, at least 2.
    layer, selection
        What is counted (``word``, ``lower``, ``lemma`` or ``pos``), and in which part of the index.
    min_count, top
        The smallest count that is shown, and how many rows; None shows all. Older names: ``least``, ``most``.
    measure
        For two words, a measure of collocation that orders the rows in place of the count.

    Raises
    ------
    BadWindow
        If n is under 2.
    UnknownMeasure
        If there is no such measure, or n is not 2.
    """
    if n < 2:
        raise BadWindow(f"expected sequences of at least 2 words, found {n}")
    if n > _LONGEST:
        raise BadWindow(f"expected sequences of at most {_LONGEST} words, found {n:.6g}")
    at_least("min_count", min_count, 0)
    at_least("top", top, 0)
    if measure is not None and (n != 2 or measure not in MEASURES):
        raise UnknownMeasure(f"no measure {measure!r} of {n} words; for 2 there are {', '.join(MEASURES)}")
    chosen = index.checked(selection or index.whole, "selection")
    enough = top if measure is None else None
    found = _found(index, n, layer, selection, enough)
    kept = np.flatnonzero(found.counts >= max(1, min_count))
    scores = -found.counts[kept].astype(np.float64)
    if measure is not None:
        scores = -MEASURES[measure](found.table(kept))
    rows = kept[head_of(scores, found.counts[kept], top, found.different[kept])]
    places = found.places(rows)
    columns = _columns(index, layer, n, places, found.counts[rows], found.total)
    if n == 2:
        table = found.table(rows)
        columns |= {name: MEASURES[name](table) for name in dict.fromkeys((*([measure] if measure else []), *_SHOWN))}
    return Result(
        title=f"Sequences of {n} words: {chosen.label}",
        description=f"{len(rows)} sequences{_among(found)}, by {measure or 'count'}.",
        notes=(
            *notes_on(index, layer, chosen),
            f"{found.total} sequences; punctuation between the words is passed over, the documents' edges are not."
            if not index.punctuation
            else f"{found.total} sequences without punctuation marks inside.",
        ),
        frame=frame_of(columns),
        find=lambda row: places[row],
        index=index,
        length=n,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """All sequences: the number of their beginning and of their last word at each place, -1 where none begins.

    `different` are the sequences as one number each, `counts` how often each stands.
    """

    first: NDArray[np.int64] | NDArray[np.int32]
    last: NDArray[np.int32]
    usable: NDArray[np.bool_]
    starts: NDArray[np.int64] | None
    vocabulary: int
    different: NDArray[np.int64]
    counts: NDArray[np.int64]
    total: int

    @property
    def complete(self) -> bool:
        """Whether the rarest were counted too."""
        return int(self.counts.sum()) == self.total

    def table(self, rows: NDArray[np.intp]) -> Table:
        """Return the tables of pairs of words: the rows are the first word, the columns the second."""
        first = np.bincount(self.first[self.usable], minlength=self.vocabulary)
        second = np.bincount(self.last[self.usable], minlength=self.vocabulary)
        keys = self.different[rows]
        return Table.of_pairs(
            self.counts[rows], first[keys // self.vocabulary], second[keys % self.vocabulary], self.total
        )

    def places(self, rows: NDArray[np.intp]) -> list[NDArray[np.int64]]:
        """Return the positions where each of some sequences begins, in one pass."""
        if not len(rows):
            return []
        wanted = self.different[rows]
        likely = np.zeros(int(self.first.max()) + 1, dtype=np.bool_)
        likely[wanted // self.vocabulary] = True
        near = np.concatenate(
            [
                begin + np.flatnonzero(likely[self.first[begin : begin + CHUNK]] & self.usable[begin : begin + CHUNK])
                for begin in range(0, len(self.usable), CHUNK)
            ]
        )
        keys = self.first[near].astype(np.int64) * self.vocabulary + self.last[near]
        order = np.argsort(wanted, kind="stable")
        place = np.minimum(np.searchsorted(wanted[order], keys), len(wanted) - 1)
        hits = np.flatnonzero(wanted[order][place] == keys)
        row = order[place[hits]]
        by_row = np.argsort(row, kind="stable")
        ends = np.cumsum(np.bincount(row, minlength=len(wanted)))
        at = near[hits[by_row]]
        return np.split(at if self.starts is None else self.starts[at], ends[:-1])


def _among(found: _Found | FrequentPairs) -> str:
    return f" of {len(found.different)} different ones" if found.complete else ""


def _found(
    index: Positions, n: int, layer: str, selection: Selection | None, enough: int | None
) -> _Found | FrequentPairs:
    """Count sequences; of pairs, where only so many are wanted, no more than are sure to hold them."""
    chosen, read, ids = selection or index.whole, index.layer(layer), index.ids_in(selection)
    starts = None if selection is None else chosen.positions()
    usable = _usable(index, chosen, n)
    if n == 2 and enough is not None:
        neighbours = Neighbours(ids, read.of, np.flatnonzero(~usable), index.counts(layer, selection), starts)
        if found := neighbours.frequent(enough):
            return found
    numbers, many = read.read(ids), len(read)
    first: NDArray[np.int64] | NDArray[np.int32] = numbers[: len(usable)]
    for step in range(1, n - 1):
        # What has been joined is numbered anew, so that the product stays in 63 bits.
        joined = first.astype(np.int64) * many + numbers[step : step + len(usable)]
        first = np.unique(joined, return_inverse=True)[1]
    last = numbers[n - 1 : n - 1 + len(usable)]
    if n == 2:
        different, counts = _counted_pairs(first, last, usable, index.counts(layer, selection))
    else:
        different, counts = _counted(first[usable].astype(np.int64) * many + last[usable])
    return _Found(first, last, usable, starts, many, different, counts, int(np.count_nonzero(usable)))


def _counted_pairs(
    first: NDArray[np.int64] | NDArray[np.int32],
    last: NDArray[np.int32],
    usable: NDArray[np.bool_],
    seen: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Count pairs: those of two frequent words in a square table, which is faster than sorting, the rest sorted.

    `seen` is how often each word stands.
    """
    many = len(seen)
    side = min(_FREQUENT, many, int(np.sqrt(len(first) / 2)))
    frequent = np.sort(np.argpartition(seen, many - side)[many - side :]) if side else seen[:0]
    rank = np.full(many, -1, dtype=np.int32)
    rank[frequent] = np.arange(side, dtype=np.int32)
    cells = np.zeros(side * side, dtype=np.int64)
    for begin in range(0, len(first), CHUNK):
        chunk = slice(begin, begin + CHUNK)
        left, right = rank[first[chunk]], rank[last[chunk]]
        dense = (left >= 0) & (right >= 0) & usable[chunk]
        cells += np.bincount(left[dense] * side + right[dense], minlength=side * side)
    there = np.flatnonzero(cells)
    keys = frequent[there // max(1, side)] * many + frequent[there % max(1, side)]
    others = np.flatnonzero(usable & ((rank[first] < 0) | (rank[last] < 0)))
    sparse, sparse_counts = _counted(first[others].astype(np.int64) * many + last[others])
    return np.concatenate((keys, sparse)), np.concatenate((cells[there], sparse_counts))


def _usable(index: Positions, chosen: Selection, n: int) -> NDArray[np.bool_]:
    """Say of each selected token whether a sequence can begin there."""
    usable = np.ones(max(0, chosen.total - n + 1), dtype=np.bool_)
    sizes = chosen.ends - chosen.starts
    edges = [np.cumsum(sizes)[:-1], np.cumsum(chosen.sizes_by(index.bounds))[:-1]]
    for ends in edges:
        for step in range(1, n):
            last = ends - step
            usable[last[(last >= 0) & (last < len(usable))]] = False
    if index.punctuation:
        is_word = index.store.get("is_word")[index.ids_in(chosen)]
        for step in range(n):
            usable &= is_word[step : step + len(usable)]
    return usable


def _counted(keys: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different keys and their counts; the keys are sorted in place."""
    if not len(keys):
        return keys, np.zeros(0, dtype=np.int64)
    keys.sort()
    new = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[new], np.diff(np.append(new, len(keys)))


def _columns(
    index: Positions,
    layer: str,
    n: int,
    places: list[NDArray[np.int64]],
    counts: NDArray[np.int64],
    total: int,
) -> dict[str, object]:
    read = index.layer(layer)
    words = [" ".join(read.strings.take(read.read(index.ids[p[0] : p[0] + n]).tolist())) for p in places]
    low, high = wilson_per_million(counts, total)
    documents = [documents_of(index, p) for p in places]
    return {
        "ngram": words,
        "count": counts,
        "per_million": 1e6 * counts / max(1, total),
        "low": low,
        "high": high,
        "documents": np.array(documents, dtype=np.int64),
    }
