"""Floret vectors that are worked out once a word: adding up its n-grams costs more than the rest of its embedding."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.vectors import Vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = 20_000
"""How many words are kept: ten megabytes."""

_LOCK = threading.Lock()


class KeptVectors(Vectors):  # type: ignore[misc]
    """Floret vectors that remember the words they met, up to a limit; the same values as `Vectors` gives.

    A word is known by the hash of its string, which is the same in every memory zone.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        empty: NDArray[np.float32] = np.zeros((_MOST, self.shape[1]), dtype="float32")
        self._held: tuple[dict[int, int], NDArray[np.float32]] = ({}, empty)

    def __getitem__(self, key: int | str) -> NDArray[np.float32]:
        """Return the vector of one word."""
        rows, kept = self._held
        row = rows.get(key, -1)  # type: ignore[arg-type]
        found: NDArray[np.float32] = super().__getitem__(key) if row < 0 else kept[row].copy()
        return found

    def get_batch(self, keys: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of some words."""
        numbers = np.asarray(keys, dtype="uint64")
        different, places = np.unique(numbers, return_inverse=True)
        rows, kept = self._held
        found = [rows.get(k, -1) for k in different.tolist()]
        new = [place for place, row in enumerate(found) if row < 0]
        table: NDArray[np.float32] = kept[found]
        if new:
            made = super().get_batch(different[new])
            table[new] = made
            self._keep(different[new].tolist(), made)
        result: NDArray[np.float32] = table[places]
        return result

    def _keep(self, keys: Sequence[int], made: NDArray[np.float32]) -> None:
        """Keep some more words; all are forgotten, and others kept, when there is no room.

        Who reads meanwhile finds a word only after its vector is there, and reads on in what was forgotten.
        """
        with _LOCK:
            rows, kept = self._held
            if len(rows) + len(keys) > _MOST:
                rows, kept = {}, np.zeros_like(kept)
            for key, vector in zip(keys[:_MOST], made, strict=False):
                if key not in rows:
                    place = len(rows)
                    kept[place] = vector
                    rows[key] = place
            self._held = (rows, kept)
