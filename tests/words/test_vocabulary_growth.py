"""Zipf and Heaps."""

from __future__ import annotations

import pytest

from corpus_lib.words import Index


def test_zipf_finds_the_exponent_of_counts_that_follow_the_law():
    steep = {1: 3600, 2: 900, 3: 400, 4: 225, 5: 144, 6: 100}  # 3600 / rank²
    index = Index.build([" ".join(f"w{rank}" for rank, count in steep.items() for _ in range(count))])
    zipf = index.zipf()
    assert dict(zip(zipf.frame["rank"], zipf.frame["count"], strict=True)) == steep
    assert zipf.frame["fitted"].tolist() == pytest.approx(list(steep.values()))
    assert zipf.description == "Count falls with rank^-2.000."


def test_zipf_of_one_word_has_no_exponent():
    assert Index.build(["ja ja ja"]).zipf().description == "Count falls with rank^nan."


def test_heaps_counts_the_different_words_so_far():
    heaps = Index.build(["a b a c a d a e"]).heaps(points=8)
    assert heaps.frame["tokens"].tolist() == [1, 2, 3, 4, 5, 6, 7, 8]
    assert heaps.frame["types"].tolist() == [1, 2, 2, 3, 3, 4, 4, 5]
    assert heaps.description.startswith("5 different words among 8: they grow with tokens^0.7")


def test_heaps_of_words_that_are_all_different_grows_with_every_word():
    heaps = Index.build([" ".join(f"w{i}" for i in range(50))]).heaps(points=10)
    assert heaps.frame["fitted"].tolist() == pytest.approx(heaps.frame["tokens"].tolist())
    assert heaps.description == "50 different words among 50: they grow with tokens^1.000."
