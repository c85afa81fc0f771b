"""The permutation test of whole documents."""

from __future__ import annotations

import numpy as np
import pytest

from corpus_lib.words import Document, Index
from corpus_lib.words.inference import Units, permutation_p


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
