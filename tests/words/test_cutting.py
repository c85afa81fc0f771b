"""The rule of words over long texts: the same words as the regular expression finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.words import Index, building
from corpus_lib.words.cutting import cut, cut_small
from corpus_lib.words.tokens import WORD

LETTERS = "abÆ19_ .,:-‐'’/&%\u00a0\n\t!«😀𝐀世\0\ud800"


def expected(text: str) -> list[tuple[int, str]]:
    return [(m.start(), m.group()) for m in WORD.finditer(text)]


@given(st.text(alphabet=st.sampled_from(LETTERS)))
def test_words_are_those_of_the_rule(text: str):
    for found in (cut(text), cut_small(text)):
        assert list(zip(found.starts.tolist(), found.words, strict=True)) == expected(text)
        assert found.lengths.tolist() == [len(w) for w in found.words]


@given(st.text())
def test_words_of_any_text(text: str):
    found = cut(text)
    assert list(zip(found.starts.tolist(), found.words, strict=True)) == expected(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12,5%av", ["12,5%", "av"]),
        ("14.30t", ["14.30", "t"]),
        ("f.eks.dette", ["f.eks.", "dette"]),
        ("Barne- og e-post-", ["Barne-", "og", "e-post"]),
        ("slutt.Ny 1\u00a0000 A.B", ["slutt", "Ny", "1\u00a0000", "A", "B"]),
        ("", []),
        ("– «»", []),
    ],
)
def test_words_that_join_and_that_touch(text: str, words: list[str]):
    assert cut(text).words == words


def test_punctuation_marks_are_cut_by_the_regular_expression():
    assert cut_small("Nei, sa ho.", punctuation=True).words == ["Nei", ",", "sa", "ho", "."]


def test_an_index_is_the_same_whichever_way_its_texts_are_cut(monkeypatch: pytest.MonkeyPatch):
    chance = random.Random(4)
    texts = ["".join(chance.choices(LETTERS[:-2], k=chance.randint(0, 60))) for _ in range(80)]
    slow = Index.build(texts)
    monkeypatch.setattr(building, "_BATCH", 1)
    fast = Index.build(texts)
    for name in ("ids", "starts", "bounds", "positions", "word.data", "lower.of", "lower.words", "text"):
        assert fast.store.get(name).tolist() == slow.store.get(name).tolist()
    assert fast.tokens > 300
