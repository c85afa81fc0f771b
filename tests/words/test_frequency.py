"""Word counts of an index."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus_lib.words import Index, frequencies
from corpus_lib.words.frequency import wilson


def test_frequency_counts_what_stands_there(index: Index):
    result = index.frequency(most=None)
    assert result.frame.set_index("word")["count"].to_dict() == Counter(
        index.text_at(i).lower() for i in range(index.tokens)
    )
    assert (result.frame["count"].diff().dropna() <= 0).all()
    row = result.frame.iloc[0]
    assert (row["low"], row["high"]) == pytest.approx([x * 1e6 for x in wilson(row["count"], index.tokens)])


def test_frequency_leaves_out_stop_words_but_counts_them(index: Index):
    without = index.frequency(without=["krav"]).frame
    assert "krav" not in without["word"].tolist()
    assert without["per_million"].iloc[0] == index.frequency(without=["krav"], most=1).frame["per_million"].iloc[0]
    assert without["per_million"].sum() < 1e6


def test_one_word_left_out_is_a_word_and_not_its_letters():
    index = Index.build({"a": "ja j a nei nei ja a nei j", "b": "nei ja j a ja nei"})
    target = index.where(id="a")
    one = {
        "frequency": index.frequency(without="ja"),
        "dispersion": index.dispersion(least=1, without="ja"),
        "keyness": index.keyness(target, least=1, direction="both", without="ja"),
        "collocates": index.collocates("nei", least=1, without="ja"),
    }
    for name, result in one.items():
        words = set(result.frame["word"])
        assert "ja" not in words, name
        assert {"a", "j"} <= words, name
    assert set(frequencies(["ja j a"], without="ja")["word"]) == {"a", "j"}
