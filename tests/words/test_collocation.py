"""Words near a word."""

from __future__ import annotations

import math
from collections import Counter

import pytest

from corpus_lib.errors import (
    BadWindow,
    EmptySelection,
    UnknownMeasure,
    WordsError,
)
from corpus_lib.words import Index
from corpus_lib.words.collocation import MEASURES as COLLOCATION


def around_by_hand(texts: list[list[str]], node: str, left: int, right: int) -> Counter[str]:
    near: Counter[str] = Counter()
    for words in texts:
        at = [i for i, w in enumerate(words) if w == node]
        places = {j for i in at for j in range(i - left, i + right + 1) if 0 <= j < len(words)} - set(at)
        near.update(words[j] for j in places)
    return near


@pytest.mark.parametrize(("left", "right"), [(5, 5), (0, 1), (3, 0), (60, 60)])
@pytest.mark.parametrize("node", ["krav", "ord0", "ord25"])
def test_collocates_are_counted_as_by_hand(index: Index, node: str, left: int, right: int):
    texts = [index.text(d).strip(".").split() for d in range(index.documents)]
    frame = index.collocates(node, left=left, right=right, least=1, most=None).frame
    assert frame.set_index("word")["together"].to_dict() == around_by_hand(texts, node, left, right)


def test_a_collocates_scores_are_those_of_its_table():
    # 10 windows of 2 hold 20 tokens, 10 of them «svar»; «svar» stands 12 times among 60 tokens.
    index = Index.build(["svar krav x"] * 10 + ["svar y z w v u t s r q p o n m l"] * 2)
    row = index.collocates("krav", left=1, right=1, least=1).frame.set_index("word").loc["svar"]
    assert (row["together"], row["count"], row["expected"]) == (10, 12, pytest.approx(20 * 12 / 60))
    assert row["mi"] == pytest.approx(math.log2(10 / 4))
    assert row["t"] == pytest.approx((10 - 4) / math.sqrt(10))
    assert row["z"] == pytest.approx((10 - 4) / math.sqrt(4))
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 10 / (10 + 12)))
    assert row["delta_p"] == pytest.approx(10 / 20 - 2 / 40)
    assert row["delta_p_reverse"] == pytest.approx(10 / 12 - 10 / 48)
    assert row["documents"] == 10


@pytest.mark.parametrize("measure", sorted(COLLOCATION))
def test_every_measure_of_collocation_orders_its_rows(index: Index, measure: str):
    frame = index.collocates("krav", measure=measure, least=1, most=None).frame
    assert frame[measure].is_monotonic_decreasing
    top = index.collocates("krav", measure=measure, least=1, most=3).frame
    assert top["word"].tolist() == frame["word"].tolist()[:3]


def test_windows_may_count_punctuation():
    index = Index.build(["a , , krav , b c"], punctuation=True)
    with_marks = index.collocates("krav", left=2, right=2, least=1, punctuation=True)
    assert with_marks.frame["word"].tolist() == ["b"]
    assert "punctuation marks too" in with_marks.notes[-3]
    without = index.collocates("krav", left=2, right=2, least=1)
    assert sorted(without.frame["word"]) == ["a", "b", "c"]
    with pytest.raises(WordsError, match="punctuation=True"):
        Index.build(["a krav b"]).collocates("krav", punctuation=True)


def test_a_node_may_be_a_phrase_and_a_selection_holds_its_collocates():
    index = Index.build({"a": "nye krav om ro", "b": "nye krav om krig om"})
    frame = index.collocates("nye krav", left=5, right=5, least=1).frame
    assert frame.set_index("word")["together"].to_dict() == {"om": 3, "ro": 1, "krig": 1}
    part = index.collocates("nye krav", least=1, selection=index.where(id="a")).frame
    assert part.set_index("word")["together"].to_dict() == {"om": 1, "ro": 1}


def test_bad_questions_of_collocation(index: Index):
    with pytest.raises(BadWindow, match="found 0 to the left and 0 to the right"):
        index.collocates("krav", left=0, right=0)
    with pytest.raises(BadWindow, match="found -1"):
        index.collocates("krav", left=-1, right=3)
    with pytest.raises(UnknownMeasure, match="no measure of collocation 'pmi'; there are log_dice"):
        index.collocates("krav", measure="pmi")
    with pytest.raises(EmptySelection, match="'ukjent' stands nowhere in all documents"):
        index.collocates("ukjent")
    assert index.collocates("krav", least=10_000).frame.empty
