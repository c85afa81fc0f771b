"""An invented corpus that the tests of the word index share."""

from __future__ import annotations

import random

import pytest

from corpus_lib.words import Document, Index


def corpus(seed: int = 1, documents: int = 12) -> Index:
    """Invented texts: half of them say «krav» often."""
    chance = random.Random(seed)
    vocabulary = [f"ord{i}" for i in range(30)]
    texts = []
    for number in range(documents):
        words = chance.choices(vocabulary, range(30, 0, -1), k=60)
        if number % 2:
            words[::10] = ["krav"] * 6
        texts.append(Document(f"d{number}", " ".join(words) + ".", {"outlet": "nrk" if number % 2 else "vg"}))
    return Index.build(texts)


@pytest.fixture(scope="session")
def index() -> Index:
    return corpus()
