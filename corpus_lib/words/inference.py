"""Would other documents have told the same? Permutation and bootstrap of whole documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from corpus_lib.errors import UnknownMeasure
from corpus_lib.words.association import ZERO

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

    Floats = NDArray[np.float64]

Unit = Literal["document", "stretch"]
"""What is dealt or drawn as a whole: a document, or each stretch of a selection, such as a quotation."""

UNITS = ("document", "stretch")

_BATCH = 64
_TIE = 1e-9
"""Excesses (in occurrences) that differ by less are the same."""

_CELLS = 1 << 22
"""How many counts (words × units) are held at once."""


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


def permutation_p(units: Units, *, permutations: int = 999, seed: int) -> Floats:
    """Return the two-sided p-value of each word's difference between target and reference, documents dealt at random.

    Words cluster in texts, so tests that take words for independent draws find too much (Lijffijt et al. 2016);
    here whole documents are exchanged. What is compared is how much oftener the word stands in the target than
    expected: in documents with both sides, beside its expectation in that document (Mantel & Haenszel 1959); between
    the others, by the mean of the documents' relative frequencies, so that parts of other sizes are no difference.
    p = (1 + as extreme) / (1 + permutations) (Phipson & Smyth 2010).

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
    both, rates, side = _within(units), *_between(units)
    observed = np.abs(both.sum(axis=1) + rates @ side)
    extreme = np.zeros(len(observed), dtype=np.int64)
    for done in range(0, permutations, _BATCH):
        many = min(_BATCH, permutations - done)
        signs = generator.choice([-1.0, 1.0], (both.shape[1], many))
        sides = np.stack([generator.permutation(side) for _ in range(many)], axis=1)
        dealt = np.abs(both @ signs + rates @ sides)
        extreme += (dealt >= observed[:, None] - _TIE).sum(axis=1)
    return (1 + extreme) / (1 + permutations)


def _can_differ(units: Units) -> bool:
    pairs = len(np.unique(units.pair[units.pair >= 0]))
    free = units.target[units.pair < 0]
    many = (2.0**pairs if pairs < 20 else np.inf) * (len(free) if free.any() and not free.all() else 1)
    return many > 2


def _within(units: Units) -> Floats:
    """Return words × documents with both sides: the count in the target less what is expected of that document."""
    place = np.argsort(np.where(units.pair >= 0, units.pair, np.inf), kind="stable")[: np.sum(units.pair >= 0)]
    target, reference = place[units.target[place]], place[~units.target[place]]
    counts = units.counts[:, target] + units.counts[:, reference]
    share = units.sizes[target] / (units.sizes[target] + units.sizes[reference])
    return np.asarray(units.counts[:, target] - counts * share)


def _between(units: Units) -> tuple[Floats, Floats]:
    """Return words × documents of one side: relative frequencies, and what each side's weigh in the difference.

    The difference of the two means is taken times what makes it a count, as that within documents is.
    """
    free = units.pair < 0
    rates, target = units.counts[:, free] / units.sizes[free], units.target[free]
    many, others = int(target.sum()), int((~target).sum())
    if not many or not others:
        return rates, np.zeros(len(target))
    scale = units.sizes[free].mean() * many * others / (many + others)
    return rates, scale * np.where(target, 1 / many, -1 / others)


def bootstrap_log_ratio(
    units: Units, *, resamples: int = 1000, seed: int, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the percentile bootstrap interval of each word's log ratio, whole documents drawn with replacement.

    A document stands for all its words, so that the interval knows how words cluster (Efron & Tibshirani 1993;
    for corpora Lijffijt et al. 2016). Documents of the target alone, of the reference alone and of both are drawn
    apart, each as many times as there are; one of both brings its parts of the two sides along. Where a draw holds
    no occurrence, nothing would vary: its count is taken from Gamma(1/2), what is known of a Poisson rate of which
    nothing was seen (Jeffreys 1946), whose mean is the 0.5 of the log ratio itself.

    Parameters
    ----------
    resamples
        How many times the documents are drawn.
    seed
        Of the random numbers: the same seed gives the same intervals.
    level
        Of the interval.

    Returns
    -------
    low, high
        nan where a side has fewer than two documents.

    Examples
    --------
    >>> units = Units(np.array([[4, 4, 1, 1]]), np.full(4, 10), np.array([1, 1, 0, 0], bool), np.full(4, -1))
    >>> [x.tolist() for x in bootstrap_log_ratio(units, resamples=50, seed=1)]
    [[2.0], [2.0]]
    """
    if min(int(units.target.sum()), int((~units.target).sum())) < 2:
        return np.full(len(units.counts), np.nan), np.full(len(units.counts), np.nan)
    unseen = np.random.default_rng((seed, 1))
    ratios = []
    for weights in _drawn(units, resamples, seed):
        zeros = np.maximum(unseen.standard_gamma(ZERO, (2, weights.shape[1])), np.finfo(np.float64).tiny)
        sides = zip((units.target, ~units.target), zeros, strict=True)
        target, reference = (np.log2(_rate(units, side, weights, zero)) for side, zero in sides)
        ratios.append(target - reference)
    return _percentiles(np.concatenate(ratios, axis=1), level)


def bootstrap_rate(units: Units, *, resamples: int = 1000, seed: int, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return the percentile bootstrap interval of each word's relative frequency in the target.

    Efron & Tibshirani 1993. Documents are drawn as in `bootstrap_log_ratio`; a count of 0 stays 0. nan where there
    are fewer than two.

    >>> units = Units(np.array([[1, 3]]), np.array([10, 10]), np.array([True, True]), np.full(2, -1))
    >>> [x.tolist() for x in bootstrap_rate(units, resamples=200, seed=1)]
    [[0.1], [0.3]]
    """
    if int(units.target.sum()) < 2:
        return np.full(len(units.counts), np.nan), np.full(len(units.counts), np.nan)
    rates = [_rate(units, units.target, weights, np.zeros(1)) for weights in _drawn(units, resamples, seed)]
    return _percentiles(np.concatenate(rates, axis=1), level)


def _drawn(units: Units, resamples: int, seed: int) -> Iterator[Floats]:
    """Yield units × resamples, some at a time: how often each unit was drawn."""
    generator = np.random.default_rng(seed)
    paired = units.pair >= 0
    alone = [np.flatnonzero(~paired & side) for side in (units.target, ~units.target)]
    pairs = int(units.pair.max(initial=-1)) + 1
    for done in range(0, resamples, _BATCH):
        many = min(_BATCH, resamples - done)
        weights = np.zeros((len(units.sizes), many))
        for stratum in alone:
            if len(stratum):
                weights[stratum] = generator.multinomial(len(stratum), np.full(len(stratum), 1 / len(stratum)), many).T
        if pairs:
            both = generator.multinomial(pairs, np.full(pairs, 1 / pairs), many).T
            weights[paired] = both[units.pair[paired]]
        yield weights


def _rate(units: Units, side: NDArray[np.bool_], weights: Floats, zero: Floats) -> Floats:
    """Return words × resamples: the relative frequency on a side; `zero` stands for a count of 0 in each resample."""
    counts = units.counts[:, side] @ weights[side]
    return np.asarray(np.where(counts == 0, zero, counts) / (units.sizes[side] @ weights[side]))


def _percentiles(values: Floats, level: float) -> tuple[Floats, Floats]:
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2], axis=1)
    return low, high


def units_of(
    index: Positions,
    numbers: NDArray[np.int64],
    layer: str,
    target: Selection,
    reference: Selection | None = None,
    unit: Unit = "document",
) -> Units:
    """Return the units of a comparison; a document with parts on both sides gives a pair, a stretch stands alone."""
    if unit not in UNITS:
        raise UnknownMeasure(f"no unit {unit!r} of resampling; there are {', '.join(UNITS)}")
    first = _side(index, numbers, layer, target, unit)
    second = _side(index, numbers, layer, reference, unit) if reference is not None else None
    if second is None:
        return Units(first[2], first[1], np.ones(len(first[1]), dtype=np.bool_), np.full(len(first[1]), -1))
    of_target = np.arange(len(first[0]) + len(second[0])) < len(first[0])
    begins = np.concatenate((first[0], second[0]))
    pair = np.full(len(begins), -1)
    if unit == "document":
        both = np.intersect1d(first[0], second[0])
        paired = np.isin(begins, both)
        pair[paired] = np.searchsorted(both, begins[paired])
    return Units(
        counts=np.concatenate((first[2], second[2]), axis=1),
        sizes=np.concatenate((first[1], second[1])),
        target=of_target,
        pair=pair,
    )


def _side(
    index: Positions, numbers: NDArray[np.int64], layer: str, selection: Selection, unit: Unit
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the units of one side: where each begins, how many tokens it has, and words × units, how often."""
    if unit == "stretch":
        begins, ends = selection.cut_at(index.bounds)
        sizes = ends - begins
    else:
        every = selection.sizes_by(index.bounds)
        begins, sizes = index.bounds[:-1][every > 0], every[every > 0]
    counts = np.zeros((len(numbers), len(begins)), dtype=np.int64)
    for row, number in enumerate(numbers.tolist()):
        positions = index.positions_of([number], layer, selection)
        counts[row] = np.bincount(np.searchsorted(begins, positions, side="right") - 1, minlength=len(begins))
    return begins, sizes, counts


def in_parts(index: Positions, numbers: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield the numbers of words, so many at a time that their counts by document fit into memory."""
    many = max(1, _CELLS // max(1, 2 * index.documents))
    for begin in range(0, max(1, len(numbers)), many):
        yield numbers[begin : begin + many]
