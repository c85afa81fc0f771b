"""CoNLL-U: read by the conllu package; token ranges slice, our spans come out of MISC."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export
from corpus_lib.exchange.marks import QUOTE_LABELS, marks_of

COLUMNS = ("Quote", "Demand", "Response", "Cue", "Speaker")


def sentences(analysis: Analysis, folder: Path) -> list[Any]:
    conllu = pytest.importorskip("conllu")
    (file,) = export([analysis], "conllu", folder / "a.conllu")
    return list(conllu.parse(file.read_text(encoding="utf-8")))


def ranged(token: Any) -> tuple[int, int]:
    start, end = token["misc"]["TokenRange"].split(":")
    return int(start), int(end)


def test_an_independent_reader_finds_tokens_that_slice_to_their_form(analysis: Analysis, tmp_path: Path):
    found = sentences(analysis, tmp_path)
    for sentence in found:
        for token in sentence:
            start, end = ranged(token)
            assert " ".join(analysis.article.text[start:end].split()) == token["form"]
    covered = {i for s in found for t in s for i in range(*ranged(t))}
    inside = {i for b in analysis.article.blocks for i in range(b.start, b.end)}
    assert {i for i in inside - covered if not analysis.article.text[i].isspace()} == set()


def test_every_sentence_is_a_tree(analysis: Analysis, tmp_path: Path):
    for sentence in sentences(analysis, tmp_path):
        assert [t["id"] for t in sentence] == list(range(1, len(sentence) + 1))
        assert sum(t["head"] == 0 for t in sentence) == 1
        assert all((t["deprel"] == "root") == (t["head"] == 0) for t in sentence)
        sentence.to_tree()  # raises if a token hangs on none


def test_the_spans_are_in_misc(analysis: Analysis, tmp_path: Path):
    pieces: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    begun = []
    for sentence in sentences(analysis, tmp_path):
        for token in sentence:
            for column in COLUMNS:
                for value in filter(None, (token["misc"].get(column) or "").split(",")):
                    place, _, record = value.partition(":")
                    pieces[column, record].append(ranged(token))
                    begun += [record] if place.startswith("B") else []
    text = analysis.article.text
    for mark in marks_of(analysis):
        column = "Quote" if mark.label in QUOTE_LABELS else mark.label
        covered = {i for start, end in pieces.pop((column, mark.id)) for i in range(start, end)}
        wanted = {i for s in mark.spans for i in range(s.start, s.end) if not text[i].isspace()}
        assert wanted <= covered
        assert begun.count(mark.id) == 1
    assert not pieces


def test_the_speaker_stands_in_a_comment(page: Analysis, tmp_path: Path):
    (file,) = export([page], "conllu", tmp_path / "a.conllu")
    comments = [line for line in file.read_text(encoding="utf-8").split("\n") if line.startswith("# direct q1")]
    assert comments
    assert "speaker: Eva Berg" in comments[0]


def test_hostile_text_stays_on_its_lines(hostile: Analysis, tmp_path: Path):
    (file,) = export([hostile], "conllu", tmp_path / "a.conllu")
    for line in file.read_text(encoding="utf-8").split("\n"):
        assert not line or line.startswith("# ") or line.count("\t") == 9
        assert len(line.splitlines()) <= 1
