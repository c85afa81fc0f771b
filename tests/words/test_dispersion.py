"""How evenly words are spread, against published values."""

from __future__ import annotations

import numpy as np
import pytest

from corpus_lib.errors import UnknownMeasure
from corpus_lib.words import Index
from corpus_lib.words import dispersion as d
from corpus_lib.words.dispersion import Spread, average_reduced_frequency

GRIES = (
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
)
"""Gries 2008: five parts of a corpus; the word a stands 1, 2, 3, 4, 5 times in them."""

SIZED = Spread.of([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
EQUAL = Spread.of([1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ("measure", "spread", "expected", "tolerance"),
    [
        # The formulas on Gries's toy corpus; DP, D, D2, S and KLD agree with Gries 2020.
        (d.documents_with, SIZED, 5, 0),
        (d.juilland_d, SIZED, 0.785150, 1e-6),
        (d.juilland_d, EQUAL, 0.764298, 1e-6),
        (d.carroll_d2, SIZED, 0.937921, 1e-6),
        (d.rosengren_s, SIZED, 0.949816, 1e-6),
        (d.dp, SIZED, 0.18, 1e-9),
        (d.dp_norm, SIZED, 0.219512, 1e-6),
        (d.kld, SIZED, 0.136972, 1e-6),
        # Gries 2008, p. 407.
        (d.rosengren_s, EQUAL, 0.937, 5e-4),
        # Carroll 1970, p. 13.
        (d.carroll_d2, Spread.of([2, 1, 1, 1, 0]), 0.8277, 5e-5),
        (d.adjusted_usage, Spread.of([2, 1, 1, 1, 0]), 4.31, 5e-3),
        # Carroll 1970, p. 14; Engwall 1974.
        (d.juilland_d, Spread.of([0, 4, 3, 2, 1]), 0.6464, 5e-5),
        (d.usage, Spread.of([0, 4, 3, 2, 1]), 6.46, 5e-3),
        (d.usage, Spread.of([4, 2, 1, 1, 0]), 4.609, 5e-4),
        # Gries 2008, p. 409.
        (d.adjusted_usage, EQUAL, 14.108, 5e-4),
        # Lijffijt & Gries 2012, p. 148.
        (d.dp, Spread.of([3, 3, 3]), 0, 1e-12),
        (d.dp_norm, Spread.of([2, 1, 0]), 0.5, 1e-12),
    ],
)
def test_published_values(measure, spread: Spread, expected: float, tolerance: float):
    assert measure(spread).item() == pytest.approx(expected, abs=tolerance)


def test_average_reduced_frequency():
    # Gries 2008, pp. 406 and 410: the distances between the word a's places in a corpus of 50.
    distances = [2, 10, 2, 9, 2, 5, 2, 3, 3, 1, 3, 2, 1, 3, 2]
    assert sum(distances) == 50
    assert average_reduced_frequency(np.sort(np.cumsum(distances) % 50), 50) == pytest.approx(10.8)


def test_extremes_of_average_reduced_frequency():
    assert average_reduced_frequency([], 10) == 0
    assert average_reduced_frequency([3], 10) == 1
    assert average_reduced_frequency([0, 5], 10) == 2


def test_the_index_gives_the_same_as_the_formulas():
    result = Index.build(GRIES).dispersion(least=1, most=None, by="dp")
    row = result.frame.set_index("word").loc["a"]
    assert row["count"] == 15
    assert row["documents"] == 5
    assert [row[m] for m in ("dp", "dp_norm", "juilland_d", "carroll_d2", "rosengren_s", "kld")] == pytest.approx(
        [0.18, 0.219512, 0.785150, 0.937921, 0.949816, 0.136972], abs=1e-6
    )


@pytest.mark.parametrize("by", sorted(d.MEASURES))
def test_the_order_of_all_words_is_that_of_the_measure(by: str):
    frame = Index.build(GRIES).dispersion(by=by, least=1, most=None).frame
    even_first = frame[by] if by in ("dp", "dp_norm", "kld") else -frame[by]
    assert even_first.is_monotonic_increasing
    shown = Index.build(GRIES).dispersion(by=by, least=1, most=4).frame
    assert shown["word"].tolist() == frame["word"].tolist()[:4]


def test_dispersion_within_a_selection_counts_its_documents_alone():
    index = Index.build({str(i): text for i, text in enumerate(GRIES)})
    part = index.where(id=["0", "4"])
    row = index.dispersion(selection=part, least=1, most=None).frame.set_index("word").loc["a"]
    expected = Spread.of([1, 5], [9, 11])
    assert row["dp"] == pytest.approx(d.dp(expected).item())
    assert row["arf"] == pytest.approx(
        average_reduced_frequency([i for i, t in enumerate((GRIES[0] + " " + GRIES[4]).split()) if t == "a"], 20)
    )


def test_one_document_has_no_norm_of_dispersion():
    frame = Index.build(["a b a"]).dispersion(least=1).frame
    assert frame["dp"].tolist() == [0, 0]
    assert np.isnan(frame["dp_norm"]).all()


def test_empty_documents_are_no_places_a_word_could_stand():
    with_empty = Index.build(["a b", "", "a"]).dispersion(least=1).frame
    assert with_empty.equals(Index.build(["a b", "a"]).dispersion(least=1).frame)


def test_an_unknown_measure_is_named():
    with pytest.raises(UnknownMeasure, match="no dispersion measure 'gini'; there are documents, dp, dp_norm"):
        Index.build(GRIES).dispersion(by="gini")
