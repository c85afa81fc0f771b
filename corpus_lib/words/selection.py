"""Parts of an index: documents, a speaker's quotations, the narration between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Disjoint stretches of an index in order: token positions, half open.

    >>> Selection.of("a", [4, 0, 2], [6, 2, 5]).starts.tolist()
    [0]
    """

    label: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, label: str, starts: ArrayLike, ends: ArrayLike) -> Selection:
        """Build from stretches in any order; those that touch or overlap become one, empty ones go."""
        first, last = np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64)
        kept = last > first
        order = np.argsort(first[kept], kind="stable")
        first, last = first[kept][order], last[kept][order]
        if not len(first):
            return cls(label, first, last)
        reach = np.maximum.accumulate(last)
        new = np.concatenate(([True], first[1:] > reach[:-1]))
        groups = np.flatnonzero(new)
        return cls(label, first[groups], reach[np.append(groups[1:] - 1, len(first) - 1)])

    @property
    def total(self) -> int:
        """How many tokens are selected."""
        return int((self.ends - self.starts).sum())

    def positions(self) -> NDArray[np.int64]:
        """Return every selected position."""
        lengths = self.ends - self.starts
        before = np.cumsum(lengths) - lengths
        found: NDArray[np.int64] = np.arange(self.total, dtype=np.int64) + np.repeat(self.starts - before, lengths)
        return found

    def holds(self, positions: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Say of each position whether it is selected."""
        if not len(self.starts):
            return np.zeros(len(positions), dtype=np.bool_)
        place = np.searchsorted(self.starts, positions, side="right") - 1
        return np.asarray((place >= 0) & (positions < self.ends[np.maximum(place, 0)]))

    def same_as(self, other: Selection) -> bool:
        """Say whether the two select the same tokens."""
        return np.array_equal(self.starts, other.starts) and np.array_equal(self.ends, other.ends)

    def without(self, other: Selection, label: str | None = None) -> Selection:
        """Return what is selected here and not there."""
        edges = np.unique(np.concatenate((self.starts, self.ends, other.starts, other.ends)))
        first, last = edges[:-1], edges[1:]
        kept = self.holds(first) & ~other.holds(first)
        return Selection.of(label or f"{self.label} without {other.label}", first[kept], last[kept])

    def and_(self, other: Selection, label: str | None = None) -> Selection:
        """Return what is selected both here and there."""
        edges = np.unique(np.concatenate((self.starts, self.ends, other.starts, other.ends)))
        first, last = edges[:-1], edges[1:]
        kept = self.holds(first) & other.holds(first)
        return Selection.of(label or f"{self.label}, {other.label}", first[kept], last[kept])

    def cut_at(self, offsets: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the stretches' beginnings and ends, cut where documents meet; `offsets` are the documents' bounds."""
        edges = np.unique(np.concatenate((self.starts, self.ends, offsets)))
        kept = self.holds(edges[:-1])
        return edges[:-1][kept], edges[1:][kept]

    def sizes_by(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many selected tokens each document has; `offsets` are the documents' bounds."""
        before = np.concatenate(([0], np.cumsum(self.ends - self.starts)))
        place = np.searchsorted(self.starts, offsets, side="right")
        last = np.maximum(place - 1, 0)
        inside = (
            np.minimum(offsets, self.ends[last]) - self.starts[last] if len(self.starts) else np.zeros(len(offsets))
        )
        upto = np.where(place > 0, before[last] + inside, 0)
        return np.diff(upto).astype(np.int64)
