"""The network that reads sentences learns what a sentence and its neighbours tell, and is read back from its file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus_lib.errors import CorpusLibError
from corpus_lib.learned import weights_in
from corpus_lib.learned.fitting import Lesson, fit_reader
from corpus_lib.learned.network import Reader, Sentences, Shape, keep_reader, load_reader, parse_reader, write_reader

SHAPE = Shape(((4, 20), (4, 20)), 3, ("asks", "follows"))
ASKING = 5
"""The word that makes a sentence ask."""


def article(words: list[list[int]]) -> Sentences:
    names = np.array([(w, 1) for sentence in words for w in sentence], "uint64")
    table = np.zeros((len(names), 3), "float32")
    kinds = np.ones((len(words), 1), "uint64")
    return Sentences(names, table, tuple(map(len, words)), kinds)


def lessons(number: int = 80) -> list[Lesson]:
    draw = np.random.default_rng(1)
    out = []
    for _ in range(number):
        words = [[int(w) for w in draw.integers(0, 5, draw.integers(1, 6))] for _ in range(6)]
        asking = int(draw.integers(0, 5))
        words[asking].append(ASKING)
        right = [[float(i == asking), float(i == asking + 1)] for i in range(6)]
        out.append(Lesson(article(words), right, [[1.0, 1.0]] * 6))
    return out


@pytest.fixture(scope="module")
def reader() -> Reader:
    return fit_reader("toy", lessons(400), SHAPE)


def test_a_sentence_is_told_by_its_words_and_by_the_sentence_before(reader: Reader):
    scores = reader.scores(article([[1, 2], [3, ASKING], [4, 1], [2]]))
    assert scores.shape == (4, 2)
    assert scores[:, 0].argmax() == 1
    assert scores[:, 1].argmax() == 2


def test_the_same_articles_teach_the_same(reader: Reader):
    assert write_reader(fit_reader("toy", lessons(), SHAPE)) == write_reader(fit_reader("toy", lessons(), SHAPE))


def test_a_network_is_read_back_from_its_file(reader: Reader, tmp_path: Path):
    keep_reader(reader, tmp_path)
    text = article([[1, ASKING], [2]])
    with weights_in(tmp_path):
        again = load_reader("toy")
        assert again.shape == SHAPE
        assert again.scores(text) == pytest.approx(reader.scores(text), abs=0.05)
        assert load_reader("toy") is again


def test_a_long_article_is_read_as_it_would_be_at_once(reader: Reader):
    words = [[w % 6, w % 4] for w in range(450)]
    whole = reader.model.predict([article(words)])
    assert reader.scores(article(words)) == pytest.approx(whole, abs=1e-4)


def test_reading_a_network_leaves_the_random_numbers_of_the_user_alone(reader: Reader):
    data = write_reader(reader)
    np.random.seed(7)  # noqa: NPY002
    before = np.random.get_state()[1].tolist()  # noqa: NPY002
    parse_reader("toy", data)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_too_few_articles_teach_nothing_and_say_so():
    with pytest.raises(CorpusLibError, match="toy: 4 articles are read at once, 3 were given"):
        fit_reader("toy", lessons(3), SHAPE)


def test_a_network_that_is_not_there_is_named():
    with pytest.raises(CorpusLibError, match="no network of the name 'toy' is shipped"):
        load_reader("toy")
