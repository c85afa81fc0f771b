"""Tails, quantiles, exact tests and adjusted p-values; scipy is imported when one of its own is asked for."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Tail = Literal["two-sided", "less", "greater"]


def normal_quantile(share: float) -> float:
    """Return the standard normal quantile.

    >>> round(normal_quantile(0.975), 4)
    1.96
    """
    return NormalDist().inv_cdf(share)


def chi2_tail(value: ArrayLike, freedom: int = 1) -> NDArray[np.float64]:
    """Return the upper tail of the chi-squared distribution.

    >>> round(float(chi2_tail(3.841459)), 4), round(float(chi2_tail(9.487729, 4)), 4)
    (0.05, 0.05)
    """
    from scipy.special import chdtrc

    if freedom < 1:
        raise ValueError(f"degrees of freedom must be at least 1, found {freedom}")
    return np.asarray(chdtrc(freedom, np.maximum(np.asarray(value, dtype=np.float64), 0.0)), dtype=np.float64)


def holm(p: ArrayLike, tests: int | None = None) -> NDArray[np.float64]:
    """Return p-values adjusted so that the chance of any false finding is held (Holm 1979).

    Parameters
    ----------
    p
        The p-values; nan stays nan and counts for no test.
    tests
        How many tests were made, where only the smallest p-values are given.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.06, 0.06]
    """
    values, order, n = _ordered(p, tests)
    factors = n - np.arange(len(order))
    return _unordered(values, order, np.maximum.accumulate(values[order] * factors))


def benjamini_hochberg(p: ArrayLike, tests: int | None = None) -> NDArray[np.float64]:
    """Return p-values adjusted so that the share of false findings is held (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(2).tolist()
    [0.03, 0.04, 0.04]
    """
    values, order, n = _ordered(p, tests)
    factors = n / np.arange(1, len(order) + 1)
    return _unordered(values, order, np.minimum.accumulate((values[order] * factors)[::-1])[::-1])


def _ordered(p: ArrayLike, tests: int | None) -> tuple[NDArray[np.float64], NDArray[np.intp], int]:
    values = np.asarray(p, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    return values, order, max(tests or 0, len(order))


def _unordered(
    values: NDArray[np.float64], order: NDArray[np.intp], adjusted: NDArray[np.float64]
) -> NDArray[np.float64]:
    out = np.full_like(values, np.nan)
    out[order] = np.minimum(adjusted, 1.0)
    return out


def fisher_exact(o11: int, o12: int, o21: int, o22: int, tail: Tail = "two-sided") -> float:
    """Return the p-value of Fisher's exact test (Fisher 1934); two-sided adds the tables that are no likelier.

    >>> [round(fisher_exact(1, 3, 3, 1, tail), 3) for tail in ("two-sided", "less", "greater")]
    [0.486, 0.243, 0.986]
    """
    from scipy import stats

    return float(stats.fisher_exact([[o11, o12], [o21, o22]], tail).pvalue)


def beta_quantile(share: float, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return the quantile of the beta distribution.

    >>> round(float(beta_quantile(0.025, 10.0, 91.0)), 4)
    0.049
    """
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, share), dtype=np.float64)
