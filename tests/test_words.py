"""Words, their counts, and how heavy a text is to read."""

from __future__ import annotations

import math

import pytest

from corpus_lib.language.lexicon import stop_words
from corpus_lib.words import frequencies, readability, words
from corpus_lib.words.frequency import COLUMNS, wilson


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nato-Russland-rådet møttes.", ["Nato-Russland-rådet", "møttes"]),
        ("Ho sa «nei», ikkje ja.", ["Ho", "sa", "nei", "ikkje", "ja"]),
        ("Barne- og ungdomsarbeid", ["Barne-", "og", "ungdomsarbeid"]),
        ("bl.a. kl. 14.30, f.eks.", ["bl.a.", "kl", "14.30", "f.eks."]),
        ("3,5 prosent av 10.000", ["3,5", "prosent", "av", "10.000"]),
        ("1\u00a0000 kroner", ["1\u00a0000", "kroner"]),
        ("12,5% av H&M og 24/7", ["12,5%", "av", "H&M", "og", "24/7"]),
        ("O'Brien sin e-post", ["O'Brien", "sin", "e-post"]),
        ("– Nei! 😀 …", ["Nei"]),
        ("Ærfugl på Ørlandet, kafé", ["Ærfugl", "på", "Ørlandet", "kafé"]),
        ("slutt.Ny setning", ["slutt", "Ny", "setning"]),
        ("–«»", []),
    ],
)
def test_words_of_a_text(text: str, expected: list[str]):
    assert [w.of(text) for w in words(text)] == expected


def test_words_of_a_part_keep_their_place_in_the_whole():
    text = "Staten sier nei til ferja"
    assert [(w.start, w.of(text)) for w in words(text, 7, 15)] == [(7, "sier"), (12, "nei")]


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(10, 100, 0.0552, 0.1744), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_the_wilson_interval(count: int, total: int, low: float, high: float):
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_nothing_is_unknown():
    assert all(math.isnan(x) for x in wilson(0, 0))


def test_words_are_counted_over_documents():
    frame = frequencies({"a": "Nato svarte. Nato avviste.", "b": "NATO krever svar"})
    assert tuple(frame.columns) == COLUMNS
    assert frame.iloc[0][["word", "count", "documents"]].tolist() == ["nato", 3, 2]
    assert frame["word"].tolist()[1:] == ["avviste", "krever", "svar", "svarte"]
    assert frame.attrs["total"] == 7
    assert frame["per_million"].sum() == pytest.approx(1e6)
    assert ((frame["low"] < frame["per_million"]) & (frame["per_million"] < frame["high"])).all()


def test_stop_words_leave_the_table_but_not_the_total():
    text = "Ho seier at det ikkje er nok ferjer"
    frame = frequencies([text], without=stop_words("nn"))
    assert frame["word"].tolist() == ["ferjer", "nok"]
    assert frame.attrs["total"] == 8
    assert frame["per_million"].tolist() == [125_000, 125_000]


@pytest.mark.parametrize("texts", [[], {}, [""], ["– «»"]])
def test_nothing_gives_the_same_columns_and_types(texts: list[str]):
    empty, full = frequencies(texts), frequencies(["Nato svarte"])
    assert empty.empty
    assert empty.attrs["total"] == 0
    assert empty.columns.tolist() == full.columns.tolist()
    assert empty.dtypes.tolist() == full.dtypes.tolist()


KNOWN = (
    "Regjeringen la fram statsbudsjettet i dag. Opposisjonen krever flere endringer! "
    "Kl. 14.30 møtte statsråd A. Hansen pressen. Hvem skal betale?"
)


def test_lix_and_rix_of_a_counted_text():
    counts = readability(KNOWN)
    assert (counts.words, counts.long_words, counts.sentences) == (20, 6, 4)
    assert (counts.lix, counts.rix) == (35.0, 1.5)


def test_several_texts_are_taken_together():
    together = readability(*KNOWN.split("! "))
    assert (together.words, together.long_words, together.sentences) == (20, 6, 4)


@pytest.mark.parametrize("texts", [(), ("",), ("– … –",)])
def test_nothing_has_no_readability(texts: tuple[str, ...]):
    counts = readability(*texts)
    assert math.isnan(counts.lix)
    assert math.isnan(counts.rix)
