"""Words, their counts, and how heavy a text is to read."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.language.lexicon import stop_words
from corpus_lib.words import frequencies, readability, words
from corpus_lib.words.frequency import COLUMNS, wilson
from corpus_lib.words.tokens import apart

PLAIN = re.compile(
    r"""
    \d+(?:[.,:\u00a0]\d+)+%?
    | (?<!\w)[^\W\d_]{1,3}\.(?:[^\W\d_]{1,4}\.)+
    | \w+(?:[-‐'’/&]\w+)*(?:[-‐](?=\s))?
    """,
    re.VERBOSE,
)
"""The rule of words without what makes it fast."""


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


@given(st.text(alphabet=st.sampled_from("abÆ19_ .,:-‐'’/&%\u00a0\n!«")))
def test_the_fast_rule_is_the_plain_one(text: str):
    assert [(w.start, w.end) for w in words(text)] == [m.span() for m in PLAIN.finditer(text)]


@given(st.text(alphabet=st.sampled_from("ab1 .,-'«»😀\n")))
def test_a_text_cut_apart_loses_nothing(text: str):
    pieces = apart(text)
    assert "".join(pieces) == text
    assert pieces[1::2] == [w.of(text) for w in words(text)]
    marks = apart(text, punctuation=True)
    assert "".join(marks) == text
    assert not any(piece.strip() for piece in marks[::2])


def test_the_rule_does_not_backtrack_for_ever():
    for hostile in ("a." * 50_000, "1," * 50_000, "a-" * 50_000, "." * 100_000, "a" * 200_000):
        assert sum(1 for _ in words(hostile + "!")) <= 100_001


@pytest.mark.shared
@pytest.mark.parametrize("language", ["nb", "nn"])
def test_words_are_the_treebanks_tokens(shared: Path, language: str):
    """A token's own full stop («kl.») aside, nearly every word of the treebank is one of ours."""
    from corpus_lib.language.treebank import read_conllu

    found = wanted = 0
    for document in read_conllu(shared / "treebank" / f"dev.{language}.conllu"):
        for sentence in document.sentences:
            text, spans = "", []
            for word in sentence.words:
                if word.upos not in ("PUNCT", "SYM"):
                    spans.append((len(text), len(text) + len(word.form.removesuffix(".")), len(text) + len(word.form)))
                text += word.form + " " * word.space
            ours = {(w.start, w.end) for w in words(text)}
            wanted += len(spans)
            found += sum((start, short) in ours or (start, full) in ours for start, short, full in spans)
    assert found / wanted > 0.998


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
