"""Sequences of words."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import pytest

from corpus_lib.errors import (
    BadWindow,
    UnknownMeasure,
)
from corpus_lib.words import Index


@pytest.mark.parametrize("n", [2, 3, 4])
def test_sequences_are_counted_as_by_hand(index: Index, n: int):
    by_hand: Counter[str] = Counter()
    for document in range(index.documents):
        words = index.text(document).strip(".").split()
        by_hand.update(" ".join(words[i : i + n]) for i in range(len(words) - n + 1))
    frame = index.ngrams(n, least=1, most=None).frame
    assert frame.set_index("ngram")["count"].to_dict() == by_hand
    expected = sorted(by_hand.items(), key=lambda item: (-item[1], item[0]))[:7]
    short = index.ngrams(n, most=7, least=1).frame
    assert short["count"].tolist() == [count for _, count in expected]
    if n == 2:
        assert short["ngram"].tolist() == [words for words, _ in expected]


def test_frequent_pairs_are_the_same_whether_the_rest_is_counted_or_not():
    chance = random.Random(5)
    words = [f"w{int(chance.paretovariate(0.7)) % 3000}" for _ in range(20_000)]
    index = Index.build([" ".join(words[i : i + 500]) for i in range(0, len(words), 500)])
    by_hand = Counter(p for i in range(0, len(words), 500) for p in pairwise(words[i : i + 500]))
    expected = sorted(((n, " ".join(p)) for p, n in by_hand.items()), key=lambda x: (-x[0], x[1]))
    for most in (1, 10, 200, 5000):
        frame = index.ngrams(2, most=most, least=1).frame
        assert list(zip(frame["count"], frame["ngram"], strict=True)) == expected[:most]
    assert index.ngrams(2, most=None, least=1).description.startswith(f"{len(by_hand)} sequences of {len(by_hand)}")


def test_pairs_may_be_ordered_by_a_measure(index: Index):
    frame = index.ngrams(2, measure="log_dice", most=None).frame
    assert frame["log_dice"].is_monotonic_decreasing
    with pytest.raises(UnknownMeasure, match="of 3 words"):
        index.ngrams(3, measure="log_dice")
    with pytest.raises(BadWindow, match="at least 2 words, found 1"):
        index.ngrams(1)


def test_sequences_keep_to_a_selection_and_to_words():
    index = Index.build({"a": "ja nei, ja nei", "b": "ja nei"}, punctuation=True)
    frame = index.ngrams(2, least=1).frame
    assert frame.set_index("ngram")["count"].to_dict() == {"ja nei": 3}
    part = index.ngrams(2, least=1, selection=index.where(id="b"))
    assert part.frame["count"].tolist() == [1]
    assert part.positions(0).tolist() == [5]
