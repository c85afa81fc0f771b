"""Tails, quantiles and exact tests, in the standard library and numpy alone."""

from __future__ import annotations

from math import erfc, exp, gamma, lgamma, log, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_CLOSE = 1e-13
_STEPS = 20_000

Tail = Literal["two-sided", "less", "greater"]


def normal_quantile(share: float) -> float:
    """Return the standard normal quantile.

    >>> round(normal_quantile(0.975), 4)
    1.96
    """
    return NormalDist().inv_cdf(share)


def normal_tails(z: ArrayLike) -> NDArray[np.float64]:
    """Return the two-sided p-value of standard normal scores.

    >>> round(float(normal_tails(1.959964)), 4)
    0.05
    """
    return _each(lambda x: erfc(abs(x) / sqrt(2)), z)


def chi2_tail(value: ArrayLike, freedom: int = 1) -> NDArray[np.float64]:
    """Return the upper tail of the chi-squared distribution (Abramowitz & Stegun 1964, 26.4.4–5).

    >>> round(float(chi2_tail(3.841459)), 4), round(float(chi2_tail(9.487729, 4)), 4)
    (0.05, 0.05)
    """
    if freedom < 1:
        raise ValueError(f"degrees of freedom must be at least 1, found {freedom}")
    return _each(lambda x: _chi2_tail(max(x, 0.0), freedom), value)


def _chi2_tail(x: float, freedom: int) -> float:
    if freedom % 2:
        total, term = erfc(sqrt(x / 2)), sqrt(2 * x / pi) * exp(-x / 2)
        for k in range(3, freedom + 1, 2):
            total, term = total + term, term * x / k
        return total
    return sum(exp(-x / 2 + k * log(x / 2)) / gamma(k + 1) for k in range(freedom // 2)) if x else 1.0


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


def hypergeometric(o11: int, o12: int, o21: int, o22: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the possible values of the first cell with the margins fixed, and their log probabilities."""
    row, column, total = o11 + o12, o11 + o21, o11 + o12 + o21 + o22
    cells = np.arange(max(0, row + column - total), min(row, column) + 1, dtype=np.int64)
    fixed = lgamma(row + 1) + lgamma(total - row + 1) + lgamma(column + 1) + lgamma(total - column + 1)
    others = (cells, row - cells, column - cells, total - row - column + cells)
    return cells, fixed - lgamma(total + 1) - np.sum([_each(lgamma, x + 1) for x in others], axis=0)


def fisher_exact(o11: int, o12: int, o21: int, o22: int, tail: Tail = "two-sided") -> float:
    """Return the p-value of Fisher's exact test (Fisher 1934); two-sided adds the tables that are no likelier.

    >>> [round(fisher_exact(1, 3, 3, 1, tail), 3) for tail in ("two-sided", "less", "greater")]
    [0.486, 0.243, 0.986]
    """
    cells, logs = hypergeometric(o11, o12, o21, o22)
    if tail == "less":
        chosen = cells <= o11
    elif tail == "greater":
        chosen = cells >= o11
    else:
        chosen = logs <= logs[o11 - cells[0]] + 1e-7
    return float(min(1.0, np.exp(logs[chosen]).sum()))


def conditional_odds_ratio(o11: int, o12: int, o21: int, o22: int) -> float:
    """Return the odds ratio that makes the first cell its own expectation, the margins fixed (Fisher 1935).

    >>> round(conditional_odds_ratio(3, 1, 1, 3), 4)
    6.4083
    """
    cells, logs = hypergeometric(o11, o12, o21, o22)
    if o11 in (cells[0], cells[-1]):
        return 0.0 if o11 == cells[0] else float("inf")
    low, high = -50.0, 50.0
    for _ in range(100):
        middle = (low + high) / 2
        weights = logs + cells * middle
        shares = np.exp(weights - weights.max())
        if float((shares * cells).sum() / shares.sum()) < o11:
            low = middle
        else:
            high = middle
    return exp((low + high) / 2)


def beta_share(x: ArrayLike, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return the regularised incomplete beta function I_x(a, b) (DiDonato & Morris 1992; Lentz's continued fraction).

    >>> round(float(beta_share(0.5, 2.0, 3.0)), 6)
    0.6875
    """
    x, a, b = (np.array(v, dtype=np.float64) for v in np.broadcast_arrays(x, a, b))
    turned = x > (a + 1) / (a + b + 2)
    x, a, b = np.where(turned, 1 - x, x), np.where(turned, b, a), np.where(turned, a, b)
    beta = _each(lgamma, a) + _each(lgamma, b) - _each(lgamma, a + b)
    with np.errstate(divide="ignore"):
        front = np.exp(a * np.log(x) + b * np.log1p(-x) - beta) / a
    value: NDArray[np.float64] = front * _continued_fraction(x, a, b)
    return np.asarray(np.where(turned, 1 - value, value))


def _continued_fraction(x: NDArray[np.float64], a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    tiny = 1e-300
    c = np.ones_like(x)
    d = 1 / _away_from_zero(1 - (a + b) * x / (a + 1), tiny)
    value = d.copy()
    for m in range(1, _STEPS):
        for numerator in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away_from_zero(1 + numerator * d, tiny)
            c = _away_from_zero(1 + numerator / c, tiny)
            step = c * d
            value *= step
        if np.all(np.abs(step - 1) < _CLOSE):
            break
    return value


def _away_from_zero(x: NDArray[np.float64], tiny: float) -> NDArray[np.float64]:
    return np.where(np.abs(x) < tiny, tiny, x)


def beta_quantile(share: float, a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return the quantile of the beta distribution, found by halving on the logit scale.

    >>> round(float(beta_quantile(0.025, 10.0, 91.0)), 4)
    0.049
    """
    a, b = (np.array(v, dtype=np.float64) for v in np.broadcast_arrays(a, b))
    middle = np.log(a / b)
    reach = 40 * np.sqrt(1 / a + 1 / b)
    low, high = middle - reach, middle + reach
    for _ in range(60):
        middle = (low + high) / 2
        below = beta_share(1 / (1 + np.exp(-middle)), a, b) < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray(1 / (1 + np.exp(-(low + high) / 2)))


def _each(function: object, values: ArrayLike) -> NDArray[np.float64]:
    """Apply a function of one number to every number of an array."""
    applied = np.frompyfunc(function, 1, 1)(np.asarray(values, dtype=np.float64))  # type: ignore[call-overload]
    return np.asarray(applied, dtype=np.float64)
