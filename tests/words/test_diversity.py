"""Lexical diversity against other programs' output."""

from __future__ import annotations

import math

import pytest

from corpus_lib.errors import BadWindow
from corpus_lib.words import Index
from corpus_lib.words.diversity import hdd, mattr, mtld, ttr, yule_i, yule_k

LEXICAL_RICHNESS = (
    "Measure of textual lexical diversity, computed as the mean length of sequential words in a text that maintains a "
    "minimum threshold TTR score. Iterates over words until TTR scores falls below a threshold, then increase factor "
    "counter by 1 and start over. McCarthy and Jarvis (2010, pg. 385) recommends a factor threshold in the range of "
    "[0.660, 0.750]. (McCarthy 2005, McCarthy and Jarvis 2010)"
)
"""The example text of the README of LexicalRichness (MIT), as its own tokenizer cuts it: 57 words, 39 different."""


@pytest.fixture(scope="module")
def tokens() -> list[str]:
    kept = "".join(c if c.isalpha() or c.isspace() else " " if c == "-" else "" for c in LEXICAL_RICHNESS.lower())
    return kept.split()


def test_the_text_is_cut_as_there(tokens: list[str]):
    assert (len(tokens), len(set(tokens))) == (57, 39)


# Output of LexicalRichness 0.5.1.
@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (ttr, 0.6842105),
        (lambda t: mattr(t, 25), 0.8351515),
        (lambda t: mtld(t, 0.72), 46.7922636),
        (lambda t: hdd(t, 42), 0.7468703),
        (yule_k, 153.8935057),
        (yule_i, 22.3676471),
    ],
    ids=["ttr", "mattr", "mtld", "hdd", "yule_k", "yule_i"],
)
def test_the_values_of_lexical_richness(measure, expected: float, tokens: list[str]):
    assert measure(tokens) == pytest.approx(expected, abs=1e-7)


def test_the_values_of_quanteda():
    assert ttr(["b", "a", "b", "a", "b", "a", "b", "a"]) == 0.25
    assert yule_i(["a", "a", "b", "b", "c"]) == 1.5


def test_hdd_of_long_texts_goes_on_from_short_ones():
    assert hdd([i % 300 for i in range(999)]) == pytest.approx(hdd([i % 300 for i in range(1001)]), abs=1e-3)


@pytest.mark.parametrize("measure", [ttr, mattr, mtld, hdd, yule_k, yule_i])
def test_nothing_has_no_diversity(measure):
    assert math.isnan(measure([]))


@pytest.mark.parametrize("measure", [mattr, hdd])
def test_a_text_shorter_than_the_window_has_no_value(measure):
    assert math.isnan(measure(["a"] * 10))
    with pytest.raises(BadWindow, match="at least 1 word, found 0"):
        measure(["a"], 0)


def test_words_that_never_repeat():
    different = [str(i) for i in range(60)]
    assert mtld(different) == 60
    assert yule_k(different) == 0
    assert yule_i(different) == math.inf


def test_diversity_of_parts_of_an_index():
    index = Index.build({"a": "ja ja nei", "b": "ja nei kanskje"})
    frame = index.diversity(index.where(id="a"), index.where(id="b"), window=2).frame
    assert frame["part"].tolist() == ["id = a", "id = b"]
    assert frame["ttr"].tolist() == pytest.approx([2 / 3, 1])
    assert frame["mattr"].tolist() == pytest.approx([0.75, 1])
    assert index.diversity().frame["words"].tolist() == [6]
