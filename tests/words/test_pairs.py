"""The most frequent pairs, counted without the others."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from corpus_lib.words import Index, ngrams
from corpus_lib.words.building import Document
from corpus_lib.words.pairs import Neighbours


def corpus(*, punctuation: bool = False) -> Index:
    chance = random.Random(11)
    words = [f"w{int(chance.paretovariate(0.6)) % 900}" for _ in range(12_000)]
    texts = [words[i : i + 40] for i in range(0, len(words), 40)]
    joiner = ", " if punctuation else " "
    documents = [
        Document(str(n), " ".join(t[:20]) + joiner + " ".join(t[20:]), {"side": "ab"[n % 2]})
        for n, t in enumerate(texts)
    ]
    return Index.build(documents, punctuation=punctuation)


def by_hand(index: Index, side: str = "ab") -> Counter[str]:
    counted: Counter[str] = Counter()
    for number in range(index.documents):
        if index.column("side", number) in side:
            for part in index.text(number).split(","):
                words = part.split()
                counted.update(f"{a} {b}" for a, b in pairwise(words))
    return counted


@pytest.mark.parametrize("punctuation", [False, True])
@pytest.mark.parametrize("side", ["ab", "a"])
def test_the_most_frequent_are_those_of_a_full_count(punctuation: bool, side: str, monkeypatch: pytest.MonkeyPatch):
    index = corpus(punctuation=punctuation)
    selection = None if side == "ab" else index.where(side=side)
    expected = sorted(by_hand(index, side).items(), key=lambda x: (-x[1], x[0]))[:12]
    quick = index.ngrams(2, most=12, least=1, selection=selection)
    assert "of" not in quick.description
    assert list(zip(quick.frame["ngram"], quick.frame["count"], strict=True)) == expected
    monkeypatch.setattr(Neighbours, "frequent", lambda self, enough: None)
    full = index.ngrams(2, most=12, least=1, selection=selection)
    assert "different ones" in full.description
    assert quick.frame.equals(full.frame)
    for row in range(12):
        assert quick.positions(row).tolist() == full.positions(row).tolist()


def test_more_pairs_than_the_frequent_words_make_are_counted_in_full():
    index = corpus()
    found = index.ngrams(2, most=2000, least=1)
    assert len(found.frame) == 2000
    assert found.description.endswith(f"of {len(by_hand(index))} different ones, by count.")


def test_where_another_word_may_stand_as_often_nothing_is_told():
    # 300 words that stand once each: any of them may be in a pair of 1.
    ids = np.arange(300, dtype=np.int32)
    same = Neighbours(ids, None, np.zeros(0, np.int64), np.ones(300, np.int64), None)
    assert same.frequent(5) is None
    few = Neighbours(ids[:200], None, np.zeros(0, np.int64), np.ones(200, np.int64), None)
    found = few.frequent(5)
    assert found is not None
    assert found.complete
    assert found.total == 199


@pytest.mark.parametrize("texts", [[], [""], ["ja"], ["ja", "nei"]])
def test_texts_without_pairs(texts: list[str]):
    if texts in ([], [""]):
        with pytest.raises(ValueError, match="holds no word"):
            Index.build(texts).ngrams(2)
    else:
        assert ngrams.ngrams(Index.build(texts), 2, least=1).frame.empty
