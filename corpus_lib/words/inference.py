"""Would other documents have told the same? A permutation test of whole documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.index import Index
    from corpus_lib.words.selection import Selection

_BATCH = 64


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """What is dealt out anew: each document's part of target and reference.

    `counts` has a row for each word, a column for each unit; `target` says which units are the target's.
    Units with the same number in `pair` (0 and up) come from one document and only change places.
    """

    counts: NDArray[np.int64]
    sizes: NDArray[np.int64]
    target: NDArray[np.bool_]
    pair: NDArray[np.int64]


def permutation_p(units: Units, *, permutations: int = 999, seed: int) -> NDArray[np.float64]:
    """Return the two-sided p-value of each word's difference of relative frequencies between documents dealt at random.

    Words cluster in texts, so tests that take words for independent draws find too much (Lijffijt et al. 2016);
    here whole documents are exchanged. p = (1 + as extreme) / (1 + permutations) (Phipson & Smyth 2010).

    Parameters
    ----------
    permutations
        How many deals.
    seed
        Of the random numbers: the same seed gives the same p-values.

    Returns
    -------
    array
        nan where no deal could differ, as with one document on each side.
    """
    if not _can_differ(units):
        return np.full(len(units.counts), np.nan)
    generator = np.random.default_rng(seed)
    observed = np.abs(_difference(units, units.target[None, :])[:, 0])
    extreme = np.zeros(len(observed), dtype=np.int64)
    for done in range(0, permutations, _BATCH):
        deals = np.stack([_deal(units, generator) for _ in range(min(_BATCH, permutations - done))])
        dealt = np.abs(_difference(units, deals))
        extreme += (dealt >= observed[:, None] * (1 - 1e-12)).sum(axis=1)
    return (1 + extreme) / (1 + permutations)


def _can_differ(units: Units) -> bool:
    pairs = len(np.unique(units.pair[units.pair >= 0]))
    free = units.target[units.pair < 0]
    many = (2.0**pairs if pairs < 20 else np.inf) * (len(free) if free.any() and not free.all() else 1)
    return many > 2


def _deal(units: Units, generator: np.random.Generator) -> NDArray[np.bool_]:
    dealt = units.target.copy()
    free = np.flatnonzero(units.pair < 0)
    dealt[free] = generator.permutation(units.target[free])
    paired = np.flatnonzero(units.pair >= 0)
    swapped = generator.random(int(units.pair.max(initial=-1)) + 1) < 0.5
    dealt[paired] ^= swapped[units.pair[paired]]
    return dealt


def _difference(units: Units, deals: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return words × deals: relative frequency in the target less that in the reference."""
    chosen = deals.T.astype(np.float64)
    in_target, size = units.counts @ chosen, units.sizes @ chosen
    all_counts, all_sizes = units.counts.sum(axis=1)[:, None], units.sizes.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = in_target / size - (all_counts - in_target) / (all_sizes - size)
    return np.asarray(np.nan_to_num(rate))


def units_of(index: Index, numbers: NDArray[np.int64], layer: str, target: Selection, reference: Selection) -> Units:
    """Return the units of a comparison; a document with parts on both sides gives a pair."""
    sides = []
    for selection in (target, reference):
        sizes = selection.sizes_by(index.bounds)
        there = np.flatnonzero(sizes)
        counts = np.zeros((len(numbers), len(there)), dtype=np.int64)
        for row, number in enumerate(numbers.tolist()):
            positions = index.positions_of([number], layer, selection)
            counts[row] = np.bincount(index.documents_at(positions), minlength=index.documents)[there]
        sides.append((there, sizes[there], counts))
    (first, first_sizes, first_counts), (second, second_sizes, second_counts) = sides
    both = np.intersect1d(first, second)
    documents = np.concatenate((first, second))
    place = np.searchsorted(both, documents)
    paired = np.isin(documents, both)
    return Units(
        counts=np.concatenate((first_counts, second_counts), axis=1),
        sizes=np.concatenate((first_sizes, second_sizes)),
        target=np.arange(len(documents)) < len(first),
        pair=np.where(paired, place, -1),
    )
