"""Malformed files of every kind: either records that hold together, or an error of the library's own.

``CORPUS_LIB_MUTATIONS=2000`` tries as many of each kind.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from handmade import analysis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import csv_files, json_files, spoilt

from corpus_lib.analysis import Analysis
from corpus_lib.cli import main
from corpus_lib.corpus import Corpus
from corpus_lib.corpus.manifest import Manifest
from corpus_lib.corrections import Layer, apply, correct, read_layer, read_worksheet, write_worksheet
from corpus_lib.errors import CorpusLibError, DamagedStore, SchemaError, StoreError
from corpus_lib.evaluation import evaluate, read_annotations, read_predictions
from corpus_lib.exchange import read_analyses
from corpus_lib.exchange.webannotation import annotations_of
from corpus_lib.model import Span
from corpus_lib.report import report
from corpus_lib.tables import TABLES

many = settings(
    max_examples=int(os.environ.get("CORPUS_LIB_MUTATIONS", "60")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
MADE = analysis()
WHO = {"by": "Ada", "at": "2024-05-01"}


def either(file: Path, data: bytes, read: Callable[[Path], object]) -> None:
    """Write a file and read it: what is raised is the library's own, and says where."""
    file.write_bytes(data)
    said = "as it was"
    try:
        read(file)
    except CorpusLibError as error:
        said = str(error)
    assert said


# Wire ---------------------------------------------------------------------------------------------------------------


def holds_together(found: Analysis) -> None:
    for table in TABLES:
        found.rows(table)
    text = found.article.text
    spans = [s for q in found.quotes for s in q.segments] + [d.content for d in found.demands]
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert Analysis.from_dict(found.to_dict(text=True), text) == found if text == MADE.article.text else True
    found.comparison()
    list(annotations_of(found))


@many
@given(st.one_of(json_files(MADE.to_dict()), json_files(MADE.to_dict(text=True))))
def test_a_malformed_record_is_read_or_refused(tmp_path: Path, data: bytes):
    either(tmp_path / "a.jsonl", data, lambda file: [holds_together(a) for a in read_analyses(file)])


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


def place(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(MADE.article.text)}


def gold_record() -> dict[str, Any]:
    mention = place(MADE.quotes[0].segments[0])
    return {
        "doc": "ferja",
        "text": MADE.article.text,
        "complete": True,
        "structure": [{"line": n, "label": b.kind} for n, b in enumerate(MADE.article.blocks)],
        "quotes": [
            {
                "id": q.id,
                "type": q.type,
                "segments": [place(s) for s in q.segments],
                "speaker_entity": "Kari Lie",
                "speaker_kind": "name",
                "speaker_mention": mention | {"head": mention},
                "tier": "core",
            }
            for q in MADE.quotes
        ],
        "demands": [
            {"id": d.id, "actor": "Kari Lie", "addressees": ["staten"], "content": place(d.content)}
            for d in MADE.demands
        ],
        "responses": [
            {"id": r.id, "actor": "staten", "stance": r.stance, "targets": ["d1"], "evidence": place(r.evidence)}
            for r in MADE.responses
        ],
        "entities": [{"name": "Kari Lie"}],
        "none_spans": [[0, 5]],
        "matrix": {"d1": {"staten": "reject"}},
    }


WIRE_GOLD = MADE.to_dict(text=True) | {"complete": True, "silent": [[0, 4]]}


def scored(file: Path) -> None:
    gold = read_annotations(file)
    evaluate(gold, gold, resamples=0)
    read_predictions(file, gold)


@many
@given(
    st.one_of(json_files(gold_record()), json_files(MADE.to_dict(text=True) | {"complete": True, "silent": [[0, 4]]}))
)
def test_malformed_gold_is_scored_or_refused(tmp_path: Path, data: bytes):
    either(tmp_path / "a.jsonl", data, scored)


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

LAYER = Layer("ferja", MADE.article.sha256).with_(
    correct(MADE, "accept", "quote", MADE.quotes[0], **WHO),
    correct(MADE, "change", "speaker", MADE.quotes[1], **WHO, speaker="Kari Lie; Per Lund"),
    correct(MADE, "delete", "demand", MADE.demands[2], **WHO),
    correct(MADE, "change", "response", MADE.responses[0], **WHO, targets=[[0, 5]], stance="partial"),
    correct(MADE, "add", "quote", Span(0, 8), **WHO, segments=[[0, 8]], speaker="Ny Kilde"),
)  # fmt: skip


@many
@given(json_files(LAYER.to_dict()))
def test_malformed_corrections_are_laid_over_or_refused(tmp_path: Path, data: bytes):
    either(tmp_path / "a.corrections.json", data, lambda file: holds_together(apply(MADE, read_layer(file)).analysis))


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


def sheet(folder: Path) -> bytes:
    return write_worksheet([MADE], folder / "mal.csv", layers=[LAYER], force=True).read_bytes()


def laid(file: Path) -> None:
    for layer in read_worksheet(file, [MADE], **WHO):
        holds_together(apply(MADE, layer).analysis)


@many
@given(data=st.data())
def test_a_malformed_worksheet_is_laid_over_or_refused(tmp_path: Path, data: st.DataObject):
    either(tmp_path / "ark.csv", data.draw(csv_files(sheet(tmp_path))), laid)


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


def manifest_of(store: Path) -> Path:
    (found,) = (store / "batches").glob("*.json")
    return found


@many
@given(data=st.data())
def test_a_malformed_manifest_gives_the_same_tables_or_is_refused(store: Path, tmp_path: Path, data: st.DataObject):
    folder = tmp_path / "kopi"
    if not folder.exists():
        shutil.copytree(store, folder)
    sound = json.loads(manifest_of(store).read_bytes())
    if data.draw(st.booleans()):
        sound.pop("crc32")
    spoilt_file = data.draw(json_files(sound))

    def read(_: Path) -> None:
        found = Corpus.open(folder).frame("demands")
        assert len(found) <= len(Corpus.open(store).frame("demands"))

    either(manifest_of(folder), spoilt_file, read)


@many
@given(spoilt(Manifest(1, "a", {}, (), (), {}).to_json().decode()))
def test_what_is_no_manifest_is_refused(found: object):
    with pytest.raises(SchemaError):
        Manifest.read(found)


def test_a_manifest_moves_no_file_outside_the_store(store: Path, tmp_path: Path):
    folder = tmp_path / "x" / "lager"
    shutil.copytree(store, folder)
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
    shutil.copytree(store, folder)
    part = folder / "articles" / "000001.parquet"
    sound = part.read_bytes()
    for at in range(0, len(sound), max(1, len(sound) // 40)):
        part.write_bytes(sound[:at] + bytes([sound[at] ^ 4]) + sound[at + 1 :])
        with pytest.raises(StoreError, match="damaged"):
            Corpus.open(folder).frame("articles")


def test_what_another_build_of_the_same_version_made_is_done_anew(store: Path, tmp_path: Path, monkeypatch):
    folder = tmp_path / "lager"
    shutil.copytree(store, folder)
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
