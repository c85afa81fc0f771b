"""How strongly two things go together: measures over tables of 2 × 2 counts.

Every function takes a `Table` of arrays and gives an array. A table is read in two ways. Keyness: o11 is
the word in the target, o21 the word in the reference, the rows are the two corpora. Collocation: o11 is
the word near the node, o21 the word elsewhere, the rows are near and elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from corpus_lib.words.distributions import beta_quantile, fisher_exact, normal_quantile

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

LOG_DICE_TOP = 14
"""logDice of two words that never stand apart (Rychlý 2008)."""

ZERO = 0.5
"""What a count of zero is taken for where a logarithm or a division needs one (Hardie 2014)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Observed counts of many 2 × 2 tables, as floats."""

    o11: Floats
    o12: Floats
    o21: Floats
    o22: Floats

    @classmethod
    def of_corpora(cls, a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> Table:
        """Return tables from counts in target and reference (a, b) and the two corpora's sizes (c, d)."""
        a, b, c, d = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(a, b, c, d))
        return cls(a, c - a, b, d - b)

    @classmethod
    def of_pairs(cls, f: ArrayLike, f1: ArrayLike, f2: ArrayLike, n: ArrayLike) -> Table:
        """Return tables from the count of the pair, of its two words, and of all tokens."""
        f, f1, f2, n = (np.asarray(v, dtype=np.float64) for v in np.broadcast_arrays(f, f1, f2, n))
        return cls(f, f1 - f, f2 - f, n - f1 - f2 + f)

    @property
    def r1(self) -> Floats:
        """The first row's sum: the target's size, or the tokens near the node."""
        return self.o11 + self.o12

    @property
    def r2(self) -> Floats:
        """The second row's sum."""
        return self.o21 + self.o22

    @property
    def c1(self) -> Floats:
        """The first column's sum: how often the word stands at all."""
        return self.o11 + self.o21

    @property
    def c2(self) -> Floats:
        """The second column's sum."""
        return self.o12 + self.o22

    @property
    def n(self) -> Floats:
        """All tokens."""
        return self.r1 + self.r2

    @property
    def e11(self) -> Floats:
        """The first cell's expectation where nothing goes together."""
        return self.r1 * self.c1 / self.n


def _cells(t: Table) -> tuple[tuple[Floats, Floats], ...]:
    """Return observed and expected count of the four cells."""
    n = t.n
    return (
        (t.o11, t.r1 * t.c1 / n),
        (t.o12, t.r1 * t.c2 / n),
        (t.o21, t.r2 * t.c1 / n),
        (t.o22, t.r2 * t.c2 / n),
    )


def _entropy(observed: Floats, expected: Floats) -> Floats:
    """Return o · ln(o/e), 0 where nothing was observed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)


def g2_two_cell(t: Table) -> Floats:
    """Log-likelihood over the word's two counts alone (Rayson & Garside 2000); never negative.

    >>> round(float(g2_two_cell(Table.of_corpora(1171, 2060, 59514, 980144))), 4)
    2710.6765
    """
    total = _entropy(t.o11, t.r1 * t.c1 / t.n) + _entropy(t.o21, t.r2 * t.c1 / t.n)
    return np.maximum(2 * total, 0.0)


def g2_four_cell(t: Table, *, williams: bool = False) -> Floats:
    """Log-likelihood over all four cells (Dunning 1993); Williams' (1976) correction on request.

    >>> round(float(g2_four_cell(Table.of_corpora(1171, 2060, 59514, 980144))), 4)
    2728.1508
    """
    value = np.maximum(2 * np.sum([_entropy(o, e) for o, e in _cells(t)], axis=0), 0.0)
    if not williams:
        return np.asarray(value)
    n = t.n
    q = 1 + (n / t.r1 + n / t.r2 - 1) * (n / t.c1 + n / t.c2 - 1) / (6 * n)
    return np.asarray(value / q)


def chi2(t: Table) -> Floats:
    """Pearson's chi-squared without correction (Pearson 1900)."""
    return _chi2(t, 0.0)


def chi2_yates(t: Table) -> Floats:
    """Pearson's chi-squared with the correction for continuity (Yates 1934).

    >>> float(chi2_yates(Table.of_pairs(1, 4, 4, 8)))
    0.5
    """
    return _chi2(t, 0.5)


def _chi2(t: Table, less: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = [np.maximum(np.abs(o - e) - less, 0.0) ** 2 / e for o, e in _cells(t)]
    return np.asarray(np.nansum(parts, axis=0))


def fisher(t: Table) -> Floats:
    """Two-sided p-value of Fisher's exact test (Fisher 1934); for small corpora, such as one article."""
    rows = zip(*(np.atleast_1d(x).astype(int).tolist() for x in (t.o11, t.o12, t.o21, t.o22)), strict=True)
    return np.array([fisher_exact(*row) for row in rows]).reshape(np.shape(t.o11))


def risk_ratio(t: Table) -> Floats:
    """The two relative frequencies' ratio; a count of zero is taken for 0.5."""
    return (_filled(t.o11) / t.r1) / (_filled(t.o21) / t.r2)


def _filled(count: Floats) -> Floats:
    return np.where(count > 0, count, ZERO)


def log_ratio(t: Table) -> Floats:
    """The binary logarithm of the ratio of relative frequencies (Hardie 2014); a zero is taken for 0.5.

    >>> round(float(log_ratio(Table.of_corpora(1171, 2060, 59514, 980144))), 4)
    3.2268
    """
    return np.log2(risk_ratio(t))


def log_ratio_interval(t: Table, level: float = 0.95) -> tuple[Floats, Floats]:
    """Wald interval of the log ratio, from the variance of the log risk ratio (Katz et al. 1978).

    >>> low, high = log_ratio_interval(Table.of_corpora(1171, 2060, 59514, 980144))
    >>> round(float(low), 4), round(float(high), 4)
    (3.124, 3.3296)
    """
    spread = np.sqrt(np.maximum(1 / _filled(t.o11) - 1 / t.r1 + 1 / _filled(t.o21) - 1 / t.r2, 0.0))
    reach = normal_quantile(0.5 + level / 2) * spread / log(2)
    centre = log_ratio(t)
    return centre - reach, centre + reach


def conservative_log_ratio(t: Table, *, alpha: float = 0.001, tests: int | None = None) -> Floats:
    """The log ratio's bound nearest to 0, exact and corrected for all words (Evert 2022).

    Parameters
    ----------
    alpha
        Two-sided error of all the tests together, shared out after Bonferroni.
    tests
        How many words were tested; the number of tables where None is given.

    Returns
    -------
    array
        0 where the interval holds 0: the word may well be no key word.
    """
    share = alpha / 2 / max(1, tests if tests is not None else np.size(t.o11))
    shape = np.shape(t.o11)
    a, b, r1, r2 = (np.atleast_1d(x) for x in (t.o11, t.o21, t.r1, t.r2))
    out = np.zeros(a.shape)
    more = (a / r1 >= b / r2) & (a > 0)
    less = (a / r1 < b / r2) & (b > 0)
    scale = np.log2(r2 / r1)
    low = beta_quantile(share, a[more], b[more] + 1)
    high = beta_quantile(1 - share, a[less] + 1, b[less])
    out[more] = np.maximum(scale[more] + np.log2(low / (1 - low)), 0.0)
    out[less] = np.minimum(scale[less] + np.log2(high / (1 - high)), 0.0)
    return out.reshape(shape)


def percent_diff(t: Table) -> Floats:
    """%DIFF: how much larger, in per cent, the target's relative frequency is (Gabrielatos & Marchi 2011)."""
    reference = np.where(t.o21 > 0, t.o21 / t.r2, 1e-18)
    return np.asarray((t.o11 / t.r1 - reference) * 100 / reference)


def odds_ratio(t: Table) -> Floats:
    """The odds of the word in the target over those in the reference; 0.5 is added to all cells where one is 0."""
    add = np.where((t.o11 == 0) | (t.o12 == 0) | (t.o21 == 0) | (t.o22 == 0), ZERO, 0.0)
    return np.asarray((t.o11 + add) * (t.o22 + add) / ((t.o12 + add) * (t.o21 + add)))


def simple_maths(t: Table, *, add: float = 100.0) -> Floats:
    """Frequencies per million, `add` more of each, one over the other (Kilgarriff 2009).

    >>> round(float(simple_maths(Table.of_corpora(1171, 2060, 59514, 980144))), 3)
    8.982
    """
    return (1e6 * t.o11 / t.r1 + add) / (1e6 * t.o21 / t.r2 + add)


def bic(t: Table) -> Floats:
    """The Bayes factor's approximation: two-cell log-likelihood less ln N (Wilson 2013); above 10 is very strong."""
    return g2_two_cell(t) - np.log(t.n)


def ell(t: Table) -> Floats:
    """Effect size of the two-cell log-likelihood, between 0 and 1 (Johnston, Berry & Mielke 2006)."""
    least = np.minimum(t.r1, t.r2) * t.c1 / t.n
    with np.errstate(divide="ignore", invalid="ignore"):
        return g2_two_cell(t) / (t.n * np.log(least))


def difference_coefficient(t: Table) -> Floats:
    """The two relative frequencies' difference over their sum (Hofland & Johansson 1982)."""
    target, reference = t.o11 / t.r1, t.o21 / t.r2
    return np.asarray((target - reference) / (target + reference))


def mi(t: Table, *, base: float = 2.0) -> Floats:
    """Mutual information of the pair: log of observed over expected (Church & Hanks 1990), base 2 unless told."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(t.o11 / t.e11) / log(base))


def mi3(t: Table, *, base: float = 2.0) -> Floats:
    """MI with the observed count cubed, which favours frequent pairs (Daille 1994)."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(t.o11**3 / t.e11) / log(base))


def t_score(t: Table) -> Floats:
    """Observed less expected, over the root of the observed (Church et al. 1991); nan where nothing was observed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((t.o11 - t.e11) / np.sqrt(t.o11))


def z_score(t: Table) -> Floats:
    """Observed less expected, over the root of the expected (Berry-Rogghe 1973)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray((t.o11 - t.e11) / np.sqrt(t.e11))


def g2_signed(t: Table) -> Floats:
    """Four-cell log-likelihood (Dunning 1993), negative where the pair is rarer than expected."""
    return np.where(t.o11 >= t.e11, 1.0, -1.0) * g2_four_cell(t)


def simple_ll(t: Table) -> Floats:
    """Log-likelihood of the first cell alone (Evert 2008), negative where the pair is rarer than expected."""
    value = 2 * (_entropy(t.o11, t.e11) - (t.o11 - t.e11))
    return np.where(t.o11 >= t.e11, 1.0, -1.0) * value


def dice(t: Table) -> Floats:
    """Twice the pair's count over the sum of the two words' (Dice 1945)."""
    return np.asarray(2 * t.o11 / (t.r1 + t.c1))


def log_dice(t: Table) -> Floats:
    """14 + log2 of Dice: comparable between corpora of any size (Rychlý 2008).

    >>> round(float(log_dice(Table.of_pairs(8, 15828, 4675, 14307668))), 4)
    3.6765
    """
    with np.errstate(divide="ignore"):
        return LOG_DICE_TOP + np.log2(dice(t))


def jaccard(t: Table) -> Floats:
    """The pair's count over that of either word without the other or with it (Jaccard 1901)."""
    return np.asarray(t.o11 / (t.o11 + t.o12 + t.o21))


def minimum_sensitivity(t: Table) -> Floats:
    """The smaller of the two conditional shares (Pedersen & Bruce 1996)."""
    return np.minimum(t.o11 / t.r1, t.o11 / t.c1)


def delta_p(t: Table, given: Literal["node", "collocate"] = "node") -> Floats:
    """How much likelier the one is where the other stands than where it does not (Gries 2013).

    >>> t = Table.of_pairs(5610, 174548, 7867, 10409868)
    >>> round(float(delta_p(t)), 3), round(float(delta_p(t, "collocate")), 3)
    (0.032, 0.697)
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        if given == "node":
            return np.asarray(t.o11 / t.r1 - t.o21 / t.r2)
        return np.asarray(t.o11 / t.c1 - t.o12 / t.c2)


def delta_p_reverse(t: Table) -> Floats:
    """ΔP of the node given the collocate (Gries 2013)."""
    return delta_p(t, "collocate")
