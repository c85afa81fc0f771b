"""The most frequent pairs of neighbours, without counting all the others.

A pair stands no oftener than its rarer word. Where the pairs of the few most frequent words hold as many as are wanted
that stand oftener than any other word, no other pair need be counted: two bytes are a pair, and a table of 65 536 cells
counts them all in one pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.words.association import Table
from corpus_lib.words.building import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_CODES = 256
"""How many words a byte can stand for, the one of all others (0) included."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The words of a selection in a row.

    Parameters
    ----------
    ids
        The words, by number.
    of
        Which number of the layer each word is; None: its own.
    blocked
        The places where no pair begins: at the edges of documents, and beside punctuation marks.
    seen
        How often each of the layer's numbers stands.
    starts
        The positions in the index of `ids`; None: their places.
    """

    ids: NDArray[np.int32]
    of: NDArray[np.int32] | None
    blocked: NDArray[np.int64]
    seen: NDArray[np.int64]
    starts: NDArray[np.int64] | None

    @property
    def total(self) -> int:
        """How many pairs there are."""
        return max(0, len(self.ids) - 1) - len(self.blocked)

    def frequent(self, enough: int) -> FrequentPairs | None:
        """Return pairs of which the first so many are the most frequent; None where that takes more counting."""
        many = len(self.seen)
        side = min(_CODES - 1, many)
        if not side or enough < 1:
            return None
        limit = np.partition(self.seen, many - side)[many - side]
        words = np.flatnonzero(self.seen > limit)
        words = np.sort(np.concatenate((words, np.flatnonzero(self.seen == limit)[: side - len(words)])))
        cells = self._cells(words)
        there = np.flatnonzero(cells)
        if enough > len(there):
            return None
        least = np.partition(cells[there], len(there) - enough)[len(there) - enough]
        if side < many and least <= limit:
            return None
        keys = words[(there >> 8) - 1] * many + words[(there & 255) - 1]
        return FrequentPairs(self, keys, cells[there])

    def _cells(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Count the pairs of some words: a cell for two bytes."""
        cells = np.zeros(_CODES * _CODES, dtype=np.int64)
        byte = self._bytes(words)
        for _, pair in self._pairs(byte):
            cells += np.bincount(pair, minlength=len(cells))
        cells -= np.bincount(self._at(byte, self.blocked), minlength=len(cells))
        cells.reshape(_CODES, _CODES)[0, :] = 0
        cells.reshape(_CODES, _CODES)[:, 0] = 0
        return cells

    def _bytes(self, words: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return a byte for every word: 1 and up for those of some numbers, 0 for all others."""
        byte = np.zeros(len(self.seen), dtype=np.uint8)
        byte[words] = np.arange(1, len(words) + 1)
        return byte if self.of is None else byte[self.of]

    def _pairs(self, byte: NDArray[np.uint8]) -> Iterator[tuple[int, NDArray[np.uint16]]]:
        """Yield where a chunk begins and its pairs as two bytes, blocked ones too."""
        for begin in range(0, len(self.ids) - 1, CHUNK):
            chunk = byte[self.ids[begin : begin + CHUNK + 1]].astype(np.uint16)
            yield begin, (chunk[:-1] << np.uint16(8)) | chunk[1:]

    def _at(self, byte: NDArray[np.uint8], places: NDArray[np.int64]) -> NDArray[np.uint16]:
        return (byte[self.ids[places]].astype(np.uint16) << np.uint16(8)) | byte[self.ids[places + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class FrequentPairs:
    """Pairs of frequent words: `different` holds each as first number · vocabulary + second, `counts` how often."""

    all: Neighbours
    different: NDArray[np.int64]
    counts: NDArray[np.int64]

    @property
    def total(self) -> int:
        """How many pairs there are, of all words."""
        return self.all.total

    @property
    def complete(self) -> bool:
        """Whether the rarest were counted too."""
        return int(self.counts.sum()) == self.total

    def table(self, rows: NDArray[np.intp]) -> Table:
        """Return the tables of some pairs: the rows are the first word, the columns the second."""
        first, second = np.divmod(self.different[rows], len(self.all.seen))
        margins = (self._margin(first, 0), self._margin(second, 1))
        return Table.of_pairs(self.counts[rows], *margins, self.total)

    def _margin(self, numbers: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """Return how often numbers are the first (0) or second (1) of a pair: everywhere less where no pair is."""
        ids, of = self.all.ids, self.all.of
        outside = ids[np.concatenate((self.all.blocked + step, [0 if step else len(ids) - 1]))]
        many = np.bincount(outside if of is None else of[outside], minlength=len(self.all.seen))
        return np.asarray((self.all.seen - many)[numbers])

    def places(self, rows: NDArray[np.intp]) -> list[NDArray[np.int64]]:
        """Return the positions where each of some pairs begins, in one pass."""
        if not len(rows):
            return []
        first, second = np.divmod(self.different[rows], len(self.all.seen))
        words = np.unique(np.concatenate((first, second)))
        byte = self.all._bytes(words)
        row_of = np.full(_CODES * _CODES, -1, dtype=np.int32)
        row_of[((np.searchsorted(words, first) + 1) << 8) | (np.searchsorted(words, second) + 1)] = np.arange(len(rows))
        at, row = [], []
        for begin, pair in self.all._pairs(byte):
            found = row_of[pair]
            hits = np.flatnonzero(found >= 0)
            at.append(hits + begin)
            row.append(found[hits])
        return self._by_row(np.concatenate(at), np.concatenate(row), len(rows))

    def _by_row(self, at: NDArray[np.int64], row: NDArray[np.int32], many: int) -> list[NDArray[np.int64]]:
        blocked = self.all.blocked
        if len(blocked):
            kept = blocked[np.minimum(np.searchsorted(blocked, at), len(blocked) - 1)] != at
            at, row = at[kept], row[kept]
        order = np.argsort(row.astype(np.uint16), kind="stable")
        ends = np.cumsum(np.bincount(row, minlength=many))
        starts = at if self.all.starts is None else self.all.starts[at]
        return np.split(starts[order], ends[:-1])
