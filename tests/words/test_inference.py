"""Permutation and bootstrap of whole documents."""

from __future__ import annotations

import numpy as np
import pytest

from corpus_lib.errors import UnknownMeasure
from corpus_lib.words import Document, Index, Mark, inference
from corpus_lib.words.inference import Units, bootstrap_log_ratio, permutation_p


def test_the_permutation_test_is_exact_where_all_deals_are_few():
    # Three documents against three: of the 20 deals two (and their mirror) are as extreme: p = 2/20.
    counts = np.array([[5, 6, 7, 0, 0, 0], [1, 1, 1, 1, 1, 1]])
    units = Units(counts, np.full(6, 10), np.arange(6) < 3, np.full(6, -1))
    p = permutation_p(units, permutations=4000, seed=1)
    assert p[0] == pytest.approx(0.1, abs=0.02)
    assert p[1] == 1


def test_parts_of_one_document_only_change_places():
    # Four documents with both sides each: 16 deals, two as extreme: p = 1/8, whatever the documents' own levels are.
    counts = np.array([[9, 19, 29, 39, 1, 11, 21, 31]])
    units = Units(counts, np.full(8, 100), np.arange(8) < 4, np.array([0, 1, 2, 3, 0, 1, 2, 3]))
    assert permutation_p(units, permutations=4000, seed=1)[0] == pytest.approx(1 / 8, abs=0.02)


def test_a_word_of_one_document_is_no_key_word_of_documents():
    texts = [Document(f"a{i}", "ja nei " * 20 + ("ufo " * 30 if i == 0 else ""), {"side": "a"}) for i in range(8)]
    texts += [Document(f"b{i}", "ja nei " * 20, {"side": "b"}) for i in range(8)]
    index = Index.build(texts)
    frame = index.keyness(index.where(side="a"), permutations=499, seed=1).frame.set_index("word")
    assert frame.loc["ufo", "p_holm"] < 1e-5
    assert frame.loc["ufo", "p_documents"] > 0.4


def test_one_document_a_side_gives_no_test_of_documents():
    index = Index.build({"a": "ja ja ja nei", "b": "nei nei nei ja"})
    frame = index.keyness(index.where(id="a"), permutations=99, seed=1, least=1).frame
    assert frame["p_documents"].isna().all()


def test_parts_of_other_sizes_are_no_difference():
    # A word that stands once in 3 of 40 documents, always in the shorter part: 3 signs, so p is at least 1/4.
    counts = np.zeros((1, 80), dtype=np.int64)
    counts[0, :3] = 1
    sizes = np.concatenate((np.full(40, 30), np.full(40, 170)))
    paired = Units(counts, sizes, np.arange(80) < 40, np.tile(np.arange(40), 2))
    assert permutation_p(paired, permutations=1999, seed=2)[0] == pytest.approx(0.25, abs=0.03)
    # Dealt among 20 short and 20 long documents: the three are on one side in 2 · C(20, 3) / C(40, 3) of the deals.
    free = Units(counts[:, :40], np.where(np.arange(40) < 20, 30, 170), np.arange(40) < 20, np.full(40, -1))
    assert permutation_p(free, permutations=1999, seed=2)[0] == pytest.approx(0.2308, abs=0.03)


@pytest.mark.parametrize("kind", ["pairs", "documents"])
def test_a_word_that_clusters_is_found_no_oftener_than_it_should(kind: str):
    """Words whose rate differs from document to document, and not between the sides: 5 % are below .05."""
    chance = np.random.default_rng(7)
    words, documents = 400, 20
    rate = chance.gamma(0.5, 0.02, (words, documents))
    if kind == "pairs":
        sizes = np.concatenate((chance.integers(20, 120, documents), chance.integers(100, 400, documents)))
        counts = chance.poisson(np.concatenate((rate, rate), axis=1) * sizes)
        units = Units(counts, sizes, np.arange(40) < 20, np.tile(np.arange(20), 2))
    else:
        sizes = np.where(np.arange(documents) < 10, 60, 240)
        units = Units(chance.poisson(rate * sizes), sizes, np.arange(20) < 10, np.full(20, -1))
    p = permutation_p(units, permutations=299, seed=1)
    assert 0.02 < (p <= 0.05).mean() < 0.08
    low, high = bootstrap_log_ratio(units, resamples=300, seed=1)
    assert 0.86 < ((low <= 0) & (high >= 0)).mean() < 0.98


def test_the_bootstrap_is_what_drawing_documents_gives():
    # Target: two documents of 10 words, 1 and 3 times; drawn (1, 1), (1, 3), (3, 1), (3, 3): quartiles .1, .2, .2, .3.
    counts, sizes = np.array([[1, 3, 2, 2]]), np.full(4, 10)
    units = Units(counts, sizes, np.arange(4) < 2, np.full(4, -1))
    low, high = bootstrap_log_ratio(units, resamples=2000, seed=5)
    assert (float(low[0]), float(high[0])) == pytest.approx((np.log2(0.1 / 0.2), np.log2(0.3 / 0.2)))
    low, high = bootstrap_log_ratio(units, resamples=2000, seed=5, level=0.4)
    assert (float(low[0]), float(high[0])) == pytest.approx((0, 0))


def test_a_document_of_both_sides_is_drawn_with_both():
    # The word's rate differs from document to document and is the same on both sides of each: nothing varies.
    counts = np.array([[1, 5, 9, 2, 10, 18]])
    units = Units(counts, np.array([10] * 3 + [20] * 3), np.arange(6) < 3, np.array([0, 1, 2, 0, 1, 2]))
    assert [b.tolist() for b in bootstrap_log_ratio(units, resamples=99, seed=1)] == [[0.0], [0.0]]
    apart = Units(counts, units.sizes, units.target, np.full(6, -1))
    low, high = bootstrap_log_ratio(apart, resamples=99, seed=1)
    assert low[0] < 0 < high[0]


def test_a_word_that_one_side_lacks_has_a_wide_interval():
    units = Units(np.array([[1] * 6 + [0] * 6]), np.full(12, 50), np.arange(12) < 6, np.full(12, -1))
    low, high = bootstrap_log_ratio(units, resamples=2000, seed=3)
    # Gamma(1/2): its upper 2.5 % point is 2.512, so that 6 against it is log2(6 / 2.512).
    assert float(low[0]) == pytest.approx(np.log2(6 / 2.512), abs=0.15)
    assert high[0] > 9


def test_intervals_by_documents_in_tables():
    texts = [Document(f"a{i}", "ja nei " * 20 + ("ufo " * 30 if i == 0 else ""), {"side": "a"}) for i in range(8)]
    texts += [Document(f"b{i}", "ja nei " * 20 + "ufo", {"side": "b"}) for i in range(8)]
    index = Index.build(texts)
    first = index.keyness(index.where(side="a"), resamples=499, seed=1)
    row = first.frame.set_index("word").loc["ufo"]
    assert row["low"] > 0.5
    assert row["low_documents"] < 0 < row["high_documents"]
    assert any("499 draws of whole documents, seed 1" in note for note in first.notes)
    assert index.keyness(index.where(side="a"), resamples=499, seed=1).frame.equals(first.frame)
    assert not index.keyness(index.where(side="a"), resamples=499, seed=2).frame.equals(first.frame)
    counted = index.frequency(resamples=499, seed=1).frame.set_index("word")
    assert (counted["low_documents"] <= counted["per_million"]).all()
    assert counted.loc["ufo", "high_documents"] - counted.loc["ufo", "low_documents"] > (
        counted.loc["ufo", "high"] - counted.loc["ufo", "low"]
    )
    assert "low_documents" not in index.frequency().frame


def test_inside_one_article_stretches_are_drawn():
    text = "Nei til dette. Ja til dette. Nei til alt. Ja til noe. Vi vil. De kan. Vi vil. De kan."
    ends = [i + 1 for i, c in enumerate(text) if c == "."]
    marks = [
        Mark("speaker", "Kari Lie" if n % 2 else "Ola Dahl", begin, end)
        for n, (begin, end) in enumerate(zip([0, *ends], ends, strict=False))
    ]
    index = Index.build([Document("a", text, {}, marks)])
    sides = index.where(speaker="Ola Dahl"), index.where(speaker="Kari Lie")
    whole = index.keyness(*sides, least=1, resamples=50, permutations=50, seed=1).frame
    assert whole[["p_documents", "low_documents", "high_documents"]].isna().all(axis=None)
    parts = index.keyness(*sides, least=1, resamples=50, permutations=50, unit="stretch", seed=1)
    assert parts.frame[["p_documents", "low_documents", "high_documents"]].notna().all(axis=None)
    assert any("whole stretches" in note for note in parts.notes)
    with pytest.raises(UnknownMeasure, match="no unit 'sentence' of resampling; there are document, stretch"):
        index.keyness(*sides, least=1, resamples=50, unit="sentence")


def test_many_words_are_resampled_in_parts(monkeypatch: pytest.MonkeyPatch, index: Index):
    whole = index.keyness(index.where(outlet="nrk"), most=None, resamples=30, permutations=30, seed=1).frame
    monkeypatch.setattr(inference, "_CELLS", 50)
    assert index.keyness(index.where(outlet="nrk"), most=None, resamples=30, permutations=30, seed=1).frame.equals(
        whole
    )
