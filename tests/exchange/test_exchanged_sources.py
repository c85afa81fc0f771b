"""Analyses read from where they were saved: JSON Lines with and without text, and a corpus store."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.errors import InputNotFound, MalformedRecord, SchemaError
from corpus_lib.exchange import read_analyses


def lines(file: Path, *records: dict[str, object]) -> Path:
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8", newline="\n")
    return file


def test_records_with_their_text(page: Analysis, hostile: Analysis, tmp_path: Path):
    file = lines(tmp_path / "a.jsonl", page.to_dict(text=True), hostile.to_dict(text=True))
    found = list(read_analyses(file))
    assert [a.article.text for a in found] == [page.article.text, hostile.article.text]
    assert found[0].quotes == page.quotes


def test_texts_stand_beside_the_file_or_in_a_folder(page: Analysis, tmp_path: Path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "page.txt").write_text(page.article.text, encoding="utf-8", newline="")
    file = lines(tmp_path / "a.jsonl", page.to_dict())
    assert [a.article.text for a in read_analyses(file, tmp_path / "texts")] == [page.article.text]
    assert next(read_analyses(file)).article.text != page.article.text
    (tmp_path / "page.txt").write_text(page.article.text + "!", encoding="utf-8", newline="")
    with pytest.raises(SchemaError, match="SHA-256"):
        list(read_analyses(file))


def test_an_id_leads_to_no_file_outside_the_folder(page: Analysis, tmp_path: Path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "secret.txt").write_text(page.article.text, encoding="utf-8", newline="")
    file = lines(tmp_path / "inner" / "a.jsonl", page.to_dict() | {"doc": "../secret"})
    assert next(read_analyses(file)).article.text != page.article.text


def test_what_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(InputNotFound, match="nowhere"):
        list(read_analyses(tmp_path / "nowhere"))
    (tmp_path / "a.jsonl").write_text("\n[1]\n", encoding="utf-8")
    with pytest.raises(MalformedRecord, match=r"a\.jsonl, line 2: expected an object"):
        list(read_analyses(tmp_path / "a.jsonl"))


def test_a_corpus_store(page: Analysis, tmp_path: Path):
    pytest.importorskip("pyarrow")
    corpus = pytest.importorskip("corpus_lib.corpus")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text(page.article.text, encoding="utf-8", newline="")
    corpus.Corpus.read(tmp_path / "in").analyse(tmp_path / "store")
    (found,) = read_analyses(tmp_path / "store")
    assert found.article.text == page.article.text
    assert [q.segments for q in found.quotes] == [q.segments for q in page.quotes]
