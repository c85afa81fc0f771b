"""Rows of numbers that are worked out once a key and kept, up to a limit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LOCK = threading.Lock()


class Kept:
    """A table with a row for each key that was asked for, until there is no room and it begins anew.

    Examples
    --------
    >>> kept = Kept(most=100, width=1)
    >>> asked = []
    >>> def make(new):
    ...     asked.append(new.tolist())
    ...     return new[:, None].astype("float32")
    >>> kept.rows([7, 8, 7], make).tolist(), kept.rows([8], make).tolist()
    ([[0.0], [1.0], [0.0]], [[1.0]])
    >>> asked
    [[0, 1]]
    """

    def __init__(self, most: int, width: int) -> None:
        self.most = most
        self._held: tuple[dict[int, int], NDArray[np.float32]] = ({}, np.zeros((most, width), dtype="float32"))

    def __len__(self) -> int:
        """Return how many rows are kept."""
        return len(self._held[0])

    def get(self, key: int) -> NDArray[np.float32] | None:
        """Return the row of one key, where it is there."""
        rows, table = self._held
        row = rows.get(key)
        return None if row is None else table[row].copy()

    def rows(self, keys: Sequence[int], make: Callable[[NDArray[np.intp]], NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return a row for each key.

        Parameters
        ----------
        make
            Makes the rows of new keys, of which it is given the places, the first of each.
        """
        known, table = self._held
        found = [known.get(key, -1) for key in keys]
        result: NDArray[np.float32] = table[found]
        if -1 in found:
            firsts: dict[int, int] = {}
            places = [place for place, row in enumerate(found) if row < 0]
            for place in places:
                firsts.setdefault(keys[place], place)
            made = make(np.fromiter(firsts.values(), dtype="intp", count=len(firsts)))
            numbers = {key: number for number, key in enumerate(firsts)}
            result[places] = made[[numbers[keys[place]] for place in places]]
            self._keep(list(firsts), made)
        return result

    def _keep(self, keys: Sequence[int], made: NDArray[np.float32]) -> None:
        """Keep some more rows; all are forgotten, and others kept, when there is no room.

        Who reads meanwhile finds a key only after its row is there, and reads on in what was forgotten.
        """
        with _LOCK:
            rows, table = self._held
            if len(rows) + len(keys) > self.most:
                rows, table = {}, np.zeros_like(table)
            for key, row in zip(keys[: self.most], made, strict=False):
                if key not in rows:
                    place = len(rows)
                    table[place] = row
                    rows[key] = place
            self._held = (rows, table)
