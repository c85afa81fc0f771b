"""Word counts of an index."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus_lib.words import Index
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
