"""Measures over 2 × 2 tables against published values and other programs' output."""

from __future__ import annotations

import numpy as np
import pytest

from corpus_lib.words import association as a
from corpus_lib.words.association import Table
from corpus_lib.words.distributions import (
    benjamini_hochberg,
    beta_quantile,
    chi2_tail,
    fisher_exact,
    holm,
)

SHE = Table.of_corpora(1171, 2060, 59514, 980144)
JOSEPHINE = Table.of_corpora(117, 0, 59514, 980144)
ISABEL = Table.of_corpora(71, 1, 59514, 980144)
QUANTEDA = Table.of_corpora(3, 7, 10, 9)
APPRECIATED = Table.of_pairs(1, 15334, 2, 191998)
CERTAIN = Table.of_pairs(7, 15334, 120, 191998)
NEW_COMPANIES = Table.of_pairs(8, 15828, 4675, 14307668)
OF_COURSE = Table(*(np.array(float(x)) for x in (5610, 168938, 2257, 10233063)))


def table(o11: int, o12: int, o21: int, o22: int) -> Table:
    return Table(*(np.array(float(x)) for x in (o11, o12, o21, o22)))


@pytest.mark.parametrize(
    ("measure", "counts", "expected", "tolerance"),
    [
        # Output of conc's documentation (2,710.68); the formula of Rayson & Garside 2000.
        (a.g2_two_cell, SHE, 2710.6765, 1e-4),
        # Output of association-measures.
        (a.g2_four_cell, SHE, 2728.1508, 1e-4),
        # Output of conc's documentation.
        (a.log_ratio, SHE, 3.2268, 1e-4),
        (a.risk_ratio, SHE, 9.3618, 1e-4),
        # Formulas of Gabrielatos & Marchi 2011; Wilson 2013; Kilgarriff 2009; Johnston et al. 2006.
        (a.percent_diff, SHE, 836.18, 5e-3),
        (a.odds_ratio, SHE, 9.5297, 1e-4),
        (a.bic, SHE, 2696.822, 1e-3),
        (a.simple_maths, SHE, 8.9820, 1e-4),
        (a.ell, SHE, 4.9947e-4, 1e-8),
        # Output of association-measures.
        (a.g2_two_cell, JOSEPHINE, 669.3419, 1e-4),
        (a.g2_four_cell, JOSEPHINE, 669.5589, 1e-4),
        # Output of conc's documentation (11.91).
        (a.log_ratio, JOSEPHINE, 11.9121, 1e-4),
        (a.g2_two_cell, ISABEL, 395.7604, 1e-4),
        (a.log_ratio, ISABEL, 10.1914, 1e-4),
        # Gabrielatos & Marchi 2011, p. 18.
        (a.percent_diff, Table.of_corpora(206523, 178174, 959641, 1562358), 88.7104, 1e-4),
        # Pojanapunya & Todd 2016, p. 154.
        (a.odds_ratio, Table.of_corpora(16217, 735, 2796938, 2087946), 16.5612, 1e-4),
        # Hofland & Johansson 1982, p. 471.
        (a.difference_coefficient, Table.of_corpora(18, 35, 1_000_000, 1_000_000), -0.32, 5e-3),
        # Dunning 1993, p. 72 and p. 73.
        (a.g2_four_cell, table(10, 0, 3, 31764), 167.23, 5e-3),
        (a.chi2, table(3, 0, 0, 31774), 31777, 1e-6),
        # Pedersen 1996, p. 10.
        (a.chi2_yates, table(1, 3, 3, 1), 0.5, 1e-12),
        # R's chisq.test, as quanteda's tests assert it.
        (a.chi2_yates, QUANTEDA, 2.632438, 1e-6),
        (a.chi2, QUANTEDA, 4.337160, 1e-6),
        (a.g2_four_cell, QUANTEDA, 4.534939, 1e-6),
        (a.fisher, QUANTEDA, 0.0697785, 1e-7),
        # UCS gold, in association-measures' tests/data/ucs-gold-100.ds.
        (a.z_score, APPRECIATED, 2.1024421, 1e-7),
        (a.t_score, APPRECIATED, 0.8402692, 1e-7),
        (a.g2_signed, APPRECIATED, 2.4487567, 1e-7),
        (a.simple_ll, APPRECIATED, 1.9880, 5e-5),
        (a.chi2, APPRECIATED, 4.8039810, 1e-7),
        (a.chi2_yates, APPRECIATED, 0.7877885, 1e-7),
        (a.dice, APPRECIATED, 1.304121e-4, 1e-10),
        (a.minimum_sensitivity, APPRECIATED, 6.52146e-5, 1e-10),
        (a.mi, APPRECIATED, 2.6462853, 1e-7),
        (a.log_ratio, APPRECIATED, 3.5262, 1e-4),
        (lambda t: np.log10(a.odds_ratio(t)), APPRECIATED, 1.0615185, 1e-7),
        (a.z_score, CERTAIN, -0.8346363, 1e-7),
        (a.t_score, CERTAIN, -0.9766034, 1e-7),
        (a.g2_signed, CERTAIN, -0.8298025, 1e-7),
        (a.dice, CERTAIN, 9.05914e-4, 1e-9),
        # NLTK 3.10.4 BigramAssocMeasures; t: Manning & Schütze 1999, p. 164; logDice: the formula of Rychlý 2008.
        (a.t_score, NEW_COMPANIES, 0.999932, 1e-6),
        (a.mi, NEW_COMPANIES, 0.629343, 1e-6),
        (a.chi2, NEW_COMPANIES, 1.548869, 1e-6),
        (a.g2_four_cell, NEW_COMPANIES, 1.325389, 1e-6),
        (a.dice, NEW_COMPANIES, 7.803736e-4, 1e-10),
        (a.jaccard, NEW_COMPANIES, 3.903391e-4, 1e-10),
        (a.log_dice, NEW_COMPANIES, 3.676453, 1e-6),
        # Gries 2013, p. 144.
        (a.delta_p, OF_COURSE, 0.032, 5e-4),
        (a.delta_p_reverse, OF_COURSE, 0.697, 5e-4),
        # Smadja et al. 1996.
        (a.dice, Table.of_pairs(130, 3121, 143, 1_000_000), 0.08, 5e-3),
        # Pedersen & Bruce 1996.
        (a.minimum_sensitivity, table(17, 240, 1001, 1298742), 0.016699, 1e-6),
    ],
)
def test_published_values(measure, counts: Table, expected: float, tolerance: float):
    assert float(measure(counts)) == pytest.approx(expected, abs=tolerance)


# conc's documentation: counts in the same two corpora, G2 with two cells, log ratio.
@pytest.mark.parametrize(
    ("target", "reference", "g2", "log_ratio"),
    [
        (307, 823, 531.41, 2.62),
        (642, 3265, 566.70, 1.70),
        (149, 93, 540.97, 4.72),
        (87, 109, 241.33, 3.72),
    ],
    ids=["little", "you", "oh", "yes"],
)
def test_key_words_of_concs_documentation(target: int, reference: int, g2: float, log_ratio: float):
    counts = Table.of_corpora(target, reference, 59514, 980144)
    assert float(a.g2_two_cell(counts)) == pytest.approx(g2, abs=5e-3)
    assert float(a.log_ratio(counts)) == pytest.approx(log_ratio, abs=5e-3)


def test_the_base_of_mutual_information_is_named():
    # UCS gold, "appreciated" and "certain": base 10.
    assert float(a.mi(APPRECIATED, base=10)) == pytest.approx(0.7966113, abs=1e-7)
    assert float(a.mi(CERTAIN, base=10)) == pytest.approx(-0.1364420, abs=1e-7)
    assert float(a.mi3(CERTAIN, base=10)) == pytest.approx(1.5537541, abs=1e-7)


def test_simple_maths_with_another_constant():
    # Kilgarriff 2009.
    counts = Table.of_corpora(35, 263, 112_289_776, 1_559_716_979)
    assert float(a.simple_maths(counts, add=1)) == pytest.approx(1.1224, abs=5e-5)


def test_williams_correction():
    # R, as quanteda's tests assert it.
    assert float(a.g2_four_cell(QUANTEDA, williams=True)) == pytest.approx(4.200833, abs=1e-6)


def test_the_interval_of_the_log_ratio():
    # The Wald interval of Katz et al. 1978.
    assert [float(x) for x in a.log_ratio_interval(SHE)] == pytest.approx([3.1240, 3.3296], abs=1e-4)


@pytest.mark.parametrize(
    ("counts", "expected"), [(SHE, 2.948021), (JOSEPHINE, 6.7937), (ISABEL, 5.7403)], ids=["she", "josephine", "isabel"]
)
def test_the_conservative_log_ratio(counts: Table, expected: float):
    # Output of association-measures 0.3: exact bound, error 0.001 (its default) shared by a vocabulary of 5392.
    assert float(a.conservative_log_ratio(counts, tests=5392)) == pytest.approx(expected, abs=5e-5)


def test_the_conservative_log_ratio_against_cqpweb():
    # association-measures' log-ratio-gold.tsv and cqpweb-gold-clr.tsv, «eingebracht»: CQPweb shows 6.876.
    counts = Table.of_pairs(1189, 168329, 2157, 19720567)
    assert float(a.log_ratio(counts)) == pytest.approx(7.156576, abs=1e-6)
    assert 6.87 < float(a.conservative_log_ratio(counts, tests=59)) < 6.91


def test_the_conservative_log_ratio_is_0_where_nothing_is_sure_and_negative_for_what_is_rarer():
    counts = Table.of_corpora([5, 10, 0], [50, 2060, 900], 10_000, 100_000)
    assert a.conservative_log_ratio(counts).tolist()[0] == 0
    mirrored = Table.of_corpora([2060], [1171], 980144, 59514)
    assert float(a.conservative_log_ratio(mirrored, tests=5392)[0]) == pytest.approx(-2.948021, abs=5e-5)
    assert a.conservative_log_ratio(counts)[2] < 0


@pytest.mark.parametrize(("tail", "expected"), [("two-sided", 0.486), ("less", 0.243), ("greater", 0.986)])
def test_fishers_exact_test(tail, expected: float):
    # Pedersen 1996, p. 10.
    assert fisher_exact(1, 3, 3, 1, tail) == pytest.approx(expected, abs=5e-4)


def test_fishers_exact_test_of_quanteda():
    # R's fisher.test, as quanteda's tests assert it.
    assert fisher_exact(3, 7, 7, 2) == pytest.approx(0.0697785, abs=1e-7)


@pytest.mark.parametrize(
    ("value", "p"),
    # R's chisq.test, as quanteda's tests assert it; Pedersen 1996 (.48).
    [(2.632438, 0.104701), (4.337160, 0.037289), (4.534939, 0.033210), (4.200833, 0.040404), (0.5, 0.4795)],
)
def test_tails_of_chi_squared(value: float, p: float):
    assert float(chi2_tail(value)) == pytest.approx(p, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "freedom"),
    # Upper 5 % points of the chi-squared table (Abramowitz & Stegun 1964, table 26.8).
    [(3.84146, 1), (5.99146, 2), (7.81473, 3), (18.3070, 10), (24.9958, 15)],
)
def test_tails_of_chi_squared_with_more_freedom(value: float, freedom: int):
    assert float(chi2_tail(value, freedom)) == pytest.approx(0.05, abs=1e-6)


def test_beta_distribution_against_exact_values():
    # I_x(1, b) = 1 − (1 − x)^b, and the Clopper–Pearson bounds of 10 in 100 (0.0490, 0.1762).
    assert float(beta_quantile(1 - 0.7**4, 1, 4)) == pytest.approx(0.3)
    assert float(beta_quantile(0.025, 10, 91)) == pytest.approx(0.04900, abs=1e-5)
    assert float(beta_quantile(0.975, 11, 90)) == pytest.approx(0.17622, abs=1e-5)
    large = float(beta_quantile(0.025, 1e6, 3e6))  # nearly normal: mean and deviation tell it
    assert large == pytest.approx(0.25 - 1.959964 * (0.25 * 0.75 / 4e6) ** 0.5, rel=1e-5)


# R: p.adjust(c(.01, .02, .03, .04, .05), "holm") and "BH".
def test_adjusted_p_values():
    p = [0.01, 0.02, 0.03, 0.04, 0.05]
    assert holm(p).tolist() == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert benjamini_hochberg(p).tolist() == pytest.approx([0.05] * 5)
    assert holm(p[::-1]).tolist() == pytest.approx([0.09, 0.09, 0.09, 0.08, 0.05])


def test_adjusted_p_values_of_more_tests_than_are_shown():
    assert holm([0.01, 0.5], tests=10).tolist() == pytest.approx([0.1, 1])
    assert benjamini_hochberg([0.01, 0.04], tests=10).tolist() == pytest.approx([0.1, 0.2])


def test_an_unknown_p_value_stays_unknown():
    adjusted = holm([0.01, float("nan"), 0.04])
    assert np.isnan(adjusted[1])
    assert adjusted[[0, 2]].tolist() == pytest.approx([0.02, 0.04])
