"""Floret vectors that are worked out once a word: adding up its n-grams costs more than the rest of its embedding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.vectors import Vectors

from corpus_lib.language.kept import Kept

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = 20_000
"""How many words are kept: ten megabytes."""


class KeptVectors(Vectors):  # type: ignore[misc]
    """Floret vectors that remember the words they met, up to a limit; the same values as `Vectors` gives.

    A word is known by the hash of its string, which is the same in every memory zone.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.kept = Kept(_MOST, self.shape[1])

    def __getitem__(self, key: int | str) -> NDArray[np.float32]:
        """Return the vector of one word."""
        kept = self.kept.get(key)  # type: ignore[arg-type]
        found: NDArray[np.float32] = super().__getitem__(key) if kept is None else kept
        return found

    def get_batch(self, keys: Sequence[int]) -> NDArray[np.float32]:
        """Return the vectors of some words."""
        numbers = np.asarray(keys, dtype="uint64")
        make = super().get_batch
        return self.kept.rows(numbers.tolist(), lambda new: make(numbers[new]))
