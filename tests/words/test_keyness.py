"""Key words of one part of a corpus against another."""

from __future__ import annotations

import math

import pytest

from corpus_lib.errors import (
    EmptySelection,
    SameSelection,
    UnknownMeasure,
)
from corpus_lib.words import FrequencyList, Index
from corpus_lib.words.keyness import MEASURES as KEYNESS


def test_key_words_are_those_that_were_put_there(index: Index):
    result = index.keyness(index.where(outlet="nrk"), index.where(outlet="vg"), permutations=199, seed=3)
    top = result.frame.iloc[0]
    assert (top["word"], top["count"], top["reference_count"]) == ("krav", 36, 0)
    assert (top["documents"], top["reference_documents"]) == (6, 0)
    assert math.isnan(top["reference_dp_norm"])
    assert top["p_holm"] < 1e-6
    assert top["p_documents"] == pytest.approx(1 / 200, abs=0.01)
    assert result.frame["p_documents"].iloc[1:].median() > 0.05
    again = index.keyness(index.where(outlet="nrk"), index.where(outlet="vg"), permutations=199, seed=3)
    assert again.frame.equals(result.frame)


@pytest.mark.parametrize("measure", sorted(KEYNESS))
def test_every_measure_of_keyness_orders_its_rows(index: Index, measure: str):
    frame = index.keyness(index.where(outlet="nrk"), measure=measure).frame
    scores = frame[measure] if measure != "fisher" else -frame[measure]
    assert scores.is_monotonic_decreasing
    assert (frame["log_ratio"] >= 0).all()
    under = index.keyness(index.where(outlet="nrk"), measure=measure, direction="under").frame
    assert (under["log_ratio"] < 0).all()
    both = index.keyness(index.where(outlet="nrk"), measure=measure, direction="both").frame
    assert len(both) == len(frame) + len(under)


def test_key_words_from_the_published_corpus_sizes():
    # conc's documentation, «she»: 1171 of 59 514 against 2060 of 980 144; here a list is the reference.
    index = Index.build(["she " * 1171 + "x " * (59514 - 1171)])
    reference = FrequencyList("reference", {"she": 2060}, 980144)
    row = index.keyness(index.whole, reference).frame.set_index("word").loc["she"]
    assert row["g2_two_cell"] == pytest.approx(2710.6765, abs=1e-4)
    assert (row["low"], row["high"]) == pytest.approx((3.1240, 3.3296), abs=1e-4)


def test_what_both_sides_hold_is_taken_from_the_reference(index: Index):
    target = index.where(outlet="nrk")
    whole, rest = index.keyness(target, index.whole), index.keyness(target)
    assert whole.frame["reference_count"].tolist() == rest.frame["reference_count"].tolist()
    assert any("360 words that are in both" in note for note in whole.notes)


def test_bad_questions_of_keyness(index: Index):
    target = index.where(outlet="nrk")
    with pytest.raises(UnknownMeasure, match="no measure of keyness 'g2'; there are g2_two_cell, g2_four_cell"):
        index.keyness(target, measure="g2")
    with pytest.raises(UnknownMeasure, match="no direction 'up'"):
        index.keyness(target, direction="up")
    with pytest.raises(EmptySelection, match=r"the target \(outlet = tv2\) holds no word"):
        index.keyness(index.where(outlet="tv2"))
    with pytest.raises(EmptySelection, match="the reference"):
        index.keyness(target, index.where(outlet="tv2"))
    with pytest.raises(SameSelection, match="the same 360 words"):
        index.keyness(target, index.where(outlet="nrk"))
    with pytest.raises(SameSelection, match="the whole index"):
        index.keyness(index.whole)
    with pytest.raises(EmptySelection, match="without the target"):
        index.keyness(index.whole, target)
