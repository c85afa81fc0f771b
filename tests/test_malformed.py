"""Malformed files of every kind: either records that hold together, or an error of the library's own.

``CORPUS_LIB_MUTATIONS=2000`` tries as many of each kind; ``python tests/bench/attack.py`` counts what comes of them.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from malformed import KINDS, LAYER, MADE, WHO, Kind, copied, gold_record, laid, manifest_of, sheet
from mutations import spoilt

from corpus_lib.analysis import Analysis
from corpus_lib.cli import main
from corpus_lib.corpus import Corpus
from corpus_lib.corpus.manifest import Manifest
from corpus_lib.corrections import Layer, apply, correct
from corpus_lib.errors import CorpusLibError, DamagedStore, SchemaError, StoreError
from corpus_lib.evaluation import read_annotations
from corpus_lib.report import report

many = settings(
    max_examples=int(os.environ.get("CORPUS_LIB_MUTATIONS", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory):
    """Each kind of file, made once."""
    return cache(lambda name: KINDS[name](tmp_path_factory.mktemp("art")))


@pytest.mark.parametrize("name", KINDS)
@many
@given(data=st.data())
def test_a_malformed_file_is_read_or_refused(kinds, name: str, data: st.DataObject):
    if name == "manifest":
        pytest.importorskip("pyarrow", reason="the corpus store needs the extra scale")
    kind: Kind = kinds(name)
    kind.outcome(data.draw(kind.files))


# Wire ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (-4, -1, "abc"),
        (9, 3, ""),
        (0, 10**9, "x"),
        (0, 3, "xyz"),
        (0, 10**5, "x" * 10**5),
        (True, 3, "om"),
        ("0", "3", "Kom"),
    ],
)
def test_a_span_that_is_none_is_refused_with_its_place(start: object, end: object, text: str):
    record = MADE.to_dict(text=True)
    record["quotes"][1]["segments"][0] = {"start": start, "end": end, "text": text}
    with pytest.raises(SchemaError, match=r"quotes\[1\]\.segments\[0\]"):
        Analysis.from_dict(record)


# Gold ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("doc", ["../secret", "/etc/hostname", "a/../../secret", "x" * 400, "nul\0"])
def test_gold_reads_no_text_outside_its_folder(tmp_path: Path, doc: str):
    (tmp_path / "secret.txt").write_text(MADE.article.text, encoding="utf-8")
    folder = tmp_path / "gull"
    folder.mkdir()
    record = {k: v for k, v in gold_record().items() if k != "text"} | {"doc": doc}
    (folder / "a.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(SchemaError, match="comes without its text"):
        read_annotations(folder)


# Corrections and worksheets -----------------------------------------------------------------------------------------


def test_a_correction_whose_span_lies_outside_the_text_is_handed_back():
    beyond = [[0, 10**6]]
    for wrong in (
        correct(MADE, "change", "quote", MADE.quotes[0], **WHO, segments=beyond),
        correct(MADE, "change", "response", MADE.responses[0], **WHO, targets=beyond),
    ):
        layer = Layer("ferja", MADE.article.sha256, (wrong,))
        assert apply(MADE, layer).unanchored == (wrong,)
    data = LAYER.to_dict()
    data["corrections"][0]["text"] = "andre ord"
    assert len(apply(MADE, Layer.from_dict(data)).unanchored) == 1


def test_worksheets_as_spreadsheets_spoil_them(tmp_path: Path):
    sound = sheet(tmp_path).decode()
    (tmp_path / "ark.csv").write_bytes(sound.encode("cp1252", "replace"))
    with pytest.raises(SchemaError, match=r"not UTF-8.*«CSV UTF-8»"):
        laid(tmp_path / "ark.csv")
    (tmp_path / "ark.csv").write_text(sound.replace("Ada", "A" * 200_000), encoding="utf-8")
    laid(tmp_path / "ark.csv")
    with pytest.raises(CorpusLibError, match="cannot be read"):
        laid(tmp_path)


# Stores -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pyarrow", reason="the corpus store needs the extra scale")
    folder = tmp_path_factory.mktemp("lager") / "lager"
    Corpus.from_texts({"a": "Kari Lie krever svar av Nav.", "b": "Kari Lie krever svar av Nav."}).analyse(folder)
    return folder


@many
@given(spoilt(Manifest(1, "a", {}, (), (), {}).to_json().decode()))
def test_what_is_no_manifest_is_refused(found: object):
    with pytest.raises(SchemaError):
        Manifest.read(found)


def test_a_manifest_moves_no_file_outside_the_store(store: Path, tmp_path: Path):
    folder = tmp_path / "x" / "lager"
    copied(store, folder)
    victim = tmp_path / "victim.txt"
    victim.write_text("min", encoding="utf-8")
    for path in ("../../victim.txt", str(victim), "articles/../../../victim.txt", "quotes/000001.parquet\n"):
        data = json.loads(manifest_of(store).read_bytes())
        data.pop("crc32")
        data["parts"]["articles"]["path"] = path
        manifest_of(folder).write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(DamagedStore, match="a damaged manifest"):
            Corpus.open(folder).frame("articles")
    done = Corpus.from_texts({"a": "Kari Lie krever svar av Nav."}).analyse(folder)
    assert done.run is not None
    assert done.run.analysed == 1
    assert victim.read_text(encoding="utf-8") == "min"


def test_a_single_bit_that_is_flipped_in_a_part_is_noticed(store: Path, tmp_path: Path):
    folder = tmp_path / "lager"
    copied(store, folder)
    part = folder / "articles" / "000001.parquet"
    sound = part.read_bytes()
    for at in range(0, len(sound), max(1, len(sound) // 40)):
        part.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        with pytest.raises(StoreError, match="damaged"):
            Corpus.open(folder).frame("articles")


def test_what_another_build_of_the_same_version_made_is_done_anew(store: Path, tmp_path: Path, monkeypatch):
    folder = tmp_path / "lager"
    copied(store, folder)
    texts = Corpus.from_texts({"a": "Kari Lie krever svar av Nav."})
    again = texts.analyse(folder).run
    assert again is not None
    assert (again.analysed, again.skipped) == (0, 1)
    monkeypatch.setattr("corpus_lib.corpus.running.digest", lambda: "another")
    anew = texts.analyse(folder).run
    assert anew is not None
    assert (anew.analysed, anew.skipped) == (1, 0)


def test_the_digest_of_a_build_follows_its_code_and_data(tmp_path: Path):
    from corpus_lib.corpus.build import digest_of

    (tmp_path / "quotes").mkdir()
    (tmp_path / "quotes" / "a.py").write_text("x = 1", encoding="utf-8")
    before = digest_of(tmp_path)
    assert digest_of(tmp_path) == before
    (tmp_path / "widgets.py").write_text("x = 1", encoding="utf-8")
    assert digest_of(tmp_path) == before, "no part of an analysis"
    (tmp_path / "quotes" / "a.py").write_text("x = 2", encoding="utf-8")
    assert digest_of(tmp_path) != before


def test_a_report_of_a_malformed_record_is_refused_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    record = MADE.to_dict(text=True)
    record["quotes"][0]["speaker_ids"] = ["a99"]
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    assert main(["report", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "a.html")]) == 2
    assert "a.jsonl, line 1: ferja: quotes[0].speaker_ids" in capsys.readouterr().err
    assert report(MADE).startswith("<!DOCTYPE")
