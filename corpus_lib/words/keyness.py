"""Which words set one part of a corpus apart from another, or from a frequency list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from corpus_lib.errors import SameSelection, UnknownMeasure, WrongInput
from corpus_lib.given import kind
from corpus_lib.words import association as a
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.association import Table
from corpus_lib.words.distributions import benjamini_hochberg, chi2_tail, holm
from corpus_lib.words.inference import Unit, bootstrap_log_ratio, in_parts, permutation_p, units_of
from corpus_lib.words.reference import FrequencyList
from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, head_of, notes_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

    Floats = NDArray[np.float64]

_UNITS = {"document": "documents", "stretch": "stretches"}

Direction = Literal["over", "under", "both"]

MEASURES: Mapping[str, Callable[[Table], Floats]] = {
    "g2_two_cell": a.g2_two_cell,
    "g2_four_cell": a.g2_four_cell,
    "chi2": a.chi2,
    "chi2_yates": a.chi2_yates,
    "fisher": a.fisher,
    "log_ratio": a.log_ratio,
    "conservative_log_ratio": a.conservative_log_ratio,
    "percent_diff": a.percent_diff,
    "odds_ratio": a.odds_ratio,
    "simple_maths": a.simple_maths,
    "bic": a.bic,
    "ell": a.ell,
    "difference_coefficient": a.difference_coefficient,
}
"""The measures of keyness by name."""

_TESTS = frozenset({"g2_two_cell", "g2_four_cell", "chi2", "chi2_yates", "fisher"})
_UNSIGNED = _TESTS | {"bic", "ell"}
_SOURCES = {
    "g2_two_cell": "log-likelihood over the word's two counts (Rayson & Garside 2000)",
    "g2_four_cell": "log-likelihood over all four cells (Dunning 1993)",
    "chi2": "Pearson's chi-squared, uncorrected",
    "chi2_yates": "Pearson's chi-squared with Yates' correction",
    "fisher": "Fisher's exact test, two-sided; the score is its p-value, small is strong",
    "log_ratio": "binary log of the relative frequencies' ratio (Hardie 2014)",
    "conservative_log_ratio": "log ratio's exact bound nearest 0, error 0.001 shared by all words (Evert 2022)",
    "percent_diff": "difference of relative frequencies in per cent (Gabrielatos & Marchi 2011)",
    "odds_ratio": "ratio of the odds",
    "simple_maths": "frequencies per million, 100 added to each (Kilgarriff 2009)",
    "bic": "two-cell log-likelihood less ln N (Wilson 2013)",
    "ell": "effect size of the log-likelihood (Johnston et al. 2006)",
    "difference_coefficient": "difference of relative frequencies over their sum (Hofland & Johansson 1982)",
}


@dataclass(frozen=True, slots=True, eq=False)
class _Counts:
    """What is compared: each word's count on both sides, for the words that may be key."""

    numbers: NDArray[np.int64]
    target: NDArray[np.int64]
    reference: NDArray[np.int64]
    sizes: tuple[int, int]

    def table(self, chosen: NDArray[np.intp] | slice = slice(None)) -> Table:
        return Table.of_corpora(self.target[chosen], self.reference[chosen], *self.sizes)


@with_older_names
def keyness(
    index: Positions,
    target: Selection,
    reference: Selection | FrequencyList | None = None,
    *,
    measure: str = "g2_two_cell",
    layer: str = "lower",
    direction: Direction = "over",
    min_count: int = 3,
    top: int | None = 100,
    stop_words: Iterable[str] = (),
    permutations: int = 0,
    resamples: int = 0,
    unit: Unit = "document",
    seed: int = 0,
) -> Result:
    """Return the words that are more (or less) frequent in the target than in the reference, the strongest first.

    Parameters
    ----------
    target, reference
        Parts of the index (`Index.where`); the reference may be a frequency list, and is everything else where
        None. What both hold is taken from the reference.
    measure
        What orders the rows; one of `MEASURES`.
    layer
        What is counted: ``word``, ``lower``, ``lemma`` or ``pos``.
    direction
        ``over`` for words that the target has more of, ``under`` for fewer, ``both``.
    min_count, top
        How often a word must stand on the two sides together, and how many rows are shown; None shows all. Older
        names: ``least``, ``most``.
    stop_words
        Words left out of the table, such as ``stop_words("nb")``; they still count in the sizes. Older name:
        ``without``.
    permutations
        How many times whole documents are dealt at random for the column p_documents; 0 leaves it out.
    resamples
        How many times whole documents are drawn with replacement for the columns low_documents and high_documents,
        the log ratio's bootstrap interval; 0 leaves them out.
    unit
        What is dealt and drawn as a whole: ``document``, or ``stretch``, each stretch of the two sides (a
        quotation, say), for comparisons inside one article.
    seed
        Of the random numbers.

    Raises
    ------
    UnknownMeasure
        If there is no such measure.
    EmptySelection
        If a side holds no word.
    SameSelection
        If the two sides are the same.
    """
    if wrong := next((side for side in (index, target, reference) if isinstance(side, str | list | tuple)), None):
        raise WrongInput(
            f"keyness compares parts of a word index, found {kind(wrong)}; did you mean index = Index.build({{'a': …, "
            "'b': …}) and index.keyness(index.where(id='a'), index.where(id='b'))?"
        )
    if measure not in MEASURES:
        raise UnknownMeasure(f"no measure of keyness {measure!r}; there are {', '.join(MEASURES)}")
    if direction not in ("over", "under", "both"):
        raise UnknownMeasure(f"no direction {direction!r}; there are over, under and both")
    at_least("min_count", min_count, 0)
    at_least("top", top, 0)
    at_least("permutations", permutations, 0)
    at_least("resamples", resamples, 0)
    index.checked(target, "target")
    other, notes = _reference(index, target, reference)
    left_out = index.layer(layer).strings.places(stop_words)
    counts = _counted(index, target, other, layer, min_count, left_out)
    chosen = _ordered(counts, measure, direction, top)
    columns = _columns(index, counts, chosen, target, other, measure, layer)
    if not isinstance(other, FrequencyList):
        sides = (index, counts.numbers[chosen], layer, target, other, unit)
        added, said = _by_documents(*sides, permutations=permutations, resamples=resamples, seed=seed)
        columns |= added
        notes += said
    selections = (target,) if isinstance(other, FrequencyList) else (target, other)
    if isinstance(other, FrequencyList):
        notes.append(f"{other.label}: a list of {len(other.counts)} words, {other.total} counted in all.")
    numbers = counts.numbers[chosen]
    return Result(
        title=f"Key words: {target.label} against {other.label}",
        description=f"Words by {measure}: {_SOURCES[measure]}.",
        notes=(
            *notes_on(index, layer, *selections),
            *notes,
            f"p: {_p_name(measure)}, for words as independent draws; adjusted for {len(counts.numbers)} words that "
            f"stand at least {min_count} times. log_ratio with its 95 % Wald interval; a count of 0 is taken for 0.5.",
        ),
        frame=frame_of(columns),
        find=lambda row: index.positions_of([int(numbers[row])], layer, target),
        index=index,
    )


def _by_documents(
    index: Positions,
    numbers: NDArray[np.int64],
    layer: str,
    target: Selection,
    reference: Selection,
    unit: Unit,
    *,
    permutations: int,
    resamples: int,
    seed: int,
) -> tuple[dict[str, object], list[str]]:
    """Return the columns that whole documents tell of, and the notes on them."""
    columns: dict[str, object] = {}
    notes = []
    parts = (
        [units_of(index, n, layer, target, reference, unit) for n in in_parts(index, numbers)]
        if permutations or resamples
        else []
    )
    if permutations:
        columns["p_documents"] = np.concatenate([permutation_p(u, permutations=permutations, seed=seed) for u in parts])
        notes.append(
            f"p_documents: {permutations} random deals of whole {_UNITS[unit]}, seed {seed} (Lijffijt et al. 2016); "
            f"not adjusted; nan where there are too few {_UNITS[unit]} to deal."
        )
    if resamples:
        bounds = [bootstrap_log_ratio(u, resamples=resamples, seed=seed) for u in parts]
        columns["low_documents"], columns["high_documents"] = (np.concatenate(b) for b in zip(*bounds, strict=True))
        notes.append(
            f"low_documents, high_documents: the log ratio's 95 % bootstrap interval, {resamples} draws of whole "
            f"{_UNITS[unit]}, seed {seed} (Efron & Tibshirani 1993), a count of 0 drawn from Gamma(1/2); nan where "
            "a side has fewer than two."
        )
    return columns, notes


def _reference(
    index: Positions, target: Selection, reference: Selection | FrequencyList | None
) -> tuple[Selection | FrequencyList, list[str]]:
    if isinstance(reference, FrequencyList):
        return reference, []
    if reference is None:
        rest = index.whole.without(target, "everything else")
        if not rest.total:
            raise SameSelection(f"the target ({target.label}) is the whole index; expected something to compare with")
        return rest, []
    index.checked(reference, "reference")
    if target.same_as(reference):
        raise SameSelection(f"target and reference are the same {target.total} words ({reference.label})")
    rest = reference.without(target, reference.label)
    shared = reference.total - rest.total
    index.checked(rest, "reference without the target")
    return rest, [f"{shared} words that are in both were taken from the reference."] if shared else []


def _counted(
    index: Positions,
    target: Selection,
    reference: Selection | FrequencyList,
    layer: str,
    least: int,
    left_out: Sequence[int],
) -> _Counts:
    in_target = index.counts(layer, target)
    size = int(in_target.sum())
    if isinstance(reference, FrequencyList):
        numbers = np.flatnonzero(in_target)
        strings = index.layer(layer).strings.take(numbers)
        elsewhere = np.array([reference.counts.get(s, 0) for s in strings], dtype=np.int64)
        other_size = reference.total
    else:
        all_elsewhere = index.counts(layer, reference)
        numbers, other_size = np.flatnonzero(in_target + all_elsewhere), int(all_elsewhere.sum())
        elsewhere = all_elsewhere[numbers]
    kept = (in_target[numbers] + elsewhere >= max(1, least)) & ~np.isin(numbers, left_out)
    return _Counts(numbers[kept], in_target[numbers][kept], elsewhere[kept], (size, other_size))


def _ordered(counts: _Counts, measure: str, direction: Direction, most: int | None) -> NDArray[np.intp]:
    table = counts.table()
    over = table.o11 / table.r1 >= table.o21 / table.r2
    kept = np.flatnonzero(over if direction == "over" else ~over if direction == "under" else np.ones_like(over))
    part = counts.table(kept)
    scores = (
        a.conservative_log_ratio(part, tests=len(counts.numbers))
        if measure == "conservative_log_ratio"
        else MEASURES[measure](part)
    )
    if measure == "fisher" or (measure not in _UNSIGNED and direction == "under"):
        scores = -scores
    return kept[head_of(-scores, (counts.target + counts.reference)[kept], most)]


def _columns(
    index: Positions,
    counts: _Counts,
    chosen: NDArray[np.intp],
    target: Selection,
    reference: Selection | FrequencyList,
    measure: str,
    layer: str,
) -> dict[str, object]:
    from corpus_lib.words.dispersion import documents_with, dp_norm, spread_of

    table, numbers, tests = counts.table(chosen), counts.numbers[chosen], len(counts.numbers)
    low, high = a.log_ratio_interval(table)
    columns: dict[str, object] = {
        "word": index.layer(layer).strings.take(numbers),
        "count": counts.target[chosen],
        "reference_count": counts.reference[chosen],
        "per_million": 1e6 * table.o11 / table.r1,
        "reference_per_million": 1e6 * table.o21 / table.r2,
    }
    sides = [("", target)] if isinstance(reference, FrequencyList) else [("", target), ("reference_", reference)]
    for prefix, side in sides:
        s = spread_of(index, numbers.tolist(), layer, side)
        with np.errstate(divide="ignore", invalid="ignore"):
            columns[f"{prefix}documents"] = documents_with(s).astype(np.int64)
            columns[f"{prefix}dp_norm"] = np.where(documents_with(s) > 0, dp_norm(s), np.nan)
    columns |= {"log_ratio": a.log_ratio(table), "low": low, "high": high}
    if measure == "conservative_log_ratio":
        columns[measure] = a.conservative_log_ratio(table, tests=tests)
    else:
        columns[measure] = MEASURES[measure](table)
    p = _p(table, measure)
    return columns | {"p": p, "p_holm": holm(p, tests), "p_bh": benjamini_hochberg(p, tests)}


def _p(table: Table, measure: str) -> Floats:
    if measure == "fisher":
        return a.fisher(table)
    return chi2_tail(MEASURES[measure if measure in _TESTS else "g2_four_cell"](table))


def _p_name(measure: str) -> str:
    if measure == "fisher":
        return "Fisher's exact test"
    return f"chi-squared tail (1 degree of freedom) of {measure if measure in _TESTS else 'g2_four_cell'}"
