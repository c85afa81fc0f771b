"""The kinds of files that the library reads back: how each is spoilt, and what is done with it.

For every spoilt file: either records that hold together, or an error of the library's own.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handmade import analysis
from hypothesis import strategies as st
from mutations import csv_files, json_files, torn

from corpus_lib.analysis import Analysis
from corpus_lib.corpus import Corpus
from corpus_lib.corrections import Layer, apply, correct, read_layer, read_worksheet, write_worksheet
from corpus_lib.errors import CorpusLibError
from corpus_lib.evaluation import evaluate, read_annotations, read_predictions
from corpus_lib.exchange import read_analyses
from corpus_lib.exchange.webannotation import annotations_of
from corpus_lib.model import Span
from corpus_lib.tables import TABLES
from corpus_lib.words import Document, Index, Mark

MADE = analysis()
WHO = {"by": "Ada", "at": "2024-05-01"}
Spoilt = tuple[str, bytes]
"""The name of a file and what it then holds."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: strategies of spoilt ones, and what reads the folder that they lie in."""

    files: st.SearchStrategy[Spoilt]
    read: Callable[[Path], object]
    folder: Path

    def outcome(self, spoilt: Spoilt) -> str:
        """Return what comes of a file: ``read``, or the library's error, which says something; others go on."""
        name, data = spoilt
        file = self.folder / name
        sound = file.read_bytes() if file.exists() else None
        file.write_bytes(data)
        came, said = "read", "it was read"
        try:
            self.read(self.folder)
        except CorpusLibError as error:
            came, said = type(error).__name__, str(error)
        finally:
            if sound is not None:
                file.write_bytes(sound)
        assert said
        return came


def named(name: str, files: st.SearchStrategy[bytes]) -> st.SearchStrategy[Spoilt]:
    return files.map(lambda data: (name, data))


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


def wire(folder: Path) -> Kind:
    files = st.one_of(json_files(MADE.to_dict()), json_files(MADE.to_dict(text=True)))
    return Kind(
        named("a.jsonl", files), lambda f: [holds_together(a) for a in read_analyses(f / "a.jsonl")], folder
    )  # fmt: skip


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


def scored(folder: Path) -> None:
    found = read_annotations(folder / "a.jsonl")
    evaluate(found, found, resamples=0)
    read_predictions(folder / "a.jsonl", found)


def gold(folder: Path) -> Kind:
    complete = MADE.to_dict(text=True) | {"complete": True, "silent": [[0, 4]]}
    return Kind(named("a.jsonl", st.one_of(json_files(gold_record()), json_files(complete))), scored, folder)


# Corrections and worksheets -----------------------------------------------------------------------------------------

LAYER = Layer("ferja", MADE.article.sha256).with_(
    correct(MADE, "accept", "quote", MADE.quotes[0], **WHO),
    correct(MADE, "change", "speaker", MADE.quotes[1], **WHO, speaker="Kari Lie; Per Lund"),
    correct(MADE, "delete", "demand", MADE.demands[2], **WHO),
    correct(MADE, "change", "response", MADE.responses[0], **WHO, targets=[[0, 5]], stance="partial"),
    correct(MADE, "add", "quote", Span(0, 8), **WHO, segments=[[0, 8]], speaker="Ny Kilde"),
)  # fmt: skip


def corrections(folder: Path) -> Kind:
    name = "a.corrections.json"
    return Kind(
        named(name, json_files(LAYER.to_dict())),
        lambda f: holds_together(apply(MADE, read_layer(f / name)).analysis), folder,
    )  # fmt: skip


def sheet(folder: Path) -> bytes:
    return write_worksheet([MADE], folder / "mal.csv", layers=[LAYER], force=True).read_bytes()


def laid(file: Path) -> None:
    for layer in read_worksheet(file, [MADE], **WHO):
        holds_together(apply(MADE, layer).analysis)


def worksheet(folder: Path) -> Kind:
    return Kind(named("ark.csv", csv_files(sheet(folder))), lambda f: laid(f / "ark.csv"), folder)


# Stores -------------------------------------------------------------------------------------------------------------


def manifest_of(store: Path) -> Path:
    (found,) = (store / "batches").glob("*.json")
    return found


def manifest(folder: Path) -> Kind:
    store = folder / "lager"
    Corpus.from_texts({"a": "Kari Lie krever svar av Nav.", "b": "Kari Lie krever svar av Nav."}).analyse(store)
    sealed = json.loads(manifest_of(store).read_bytes())
    bare = {k: v for k, v in sealed.items() if k != "crc32"}
    expected = len(Corpus.open(store).frame("demands"))
    name = manifest_of(store).relative_to(folder).as_posix()

    def read(_: Path) -> None:
        assert len(Corpus.open(store).frame("demands")) <= expected

    return Kind(named(name, st.one_of(json_files(sealed), json_files(bare))), read, folder)


# Word indexes -------------------------------------------------------------------------------------------------------


def answers_of(index: Index) -> list[object]:
    """Return what an index says to questions that ask all its files."""
    frames = [
        index.frequency(), index.frequency(layer="word"), index.concordance("krav*"), index.collocates("kravet"),
        index.ngrams(2), index.dispersion(), index.keyness(index.where(speaker="Kari Lie")), index.readability(),
    ]  # fmt: skip
    texts = [index.text(document) for document in range(index.documents)]
    marks = [index.labels_at("speaker", position) for position in range(index.tokens)]
    known = [index.values("outlet"), index.where(outlet="vg").total, list(index.names), repr(index)]
    return [*(f.frame.to_csv() for f in frames), texts, marks, known]


def word_index(folder: Path) -> Kind:
    said = "Nato svarte. – Nato avviste kravet, sier Lie."
    documents = [
        Document("a", said, {"outlet": "nrk"}, [Mark("speaker", "Kari Lie", 15, 34)]),
        Document("b", "Kravet står, og kravet er 3,5 av 10.", {"outlet": "vg"}),
    ]
    expected = answers_of(Index.build(documents, folder / "indeks"))
    arrays = sorted(f.name for f in (folder / "indeks").iterdir() if f.suffix == ".bin")
    meta = json.loads((folder / "indeks" / "meta.json").read_bytes())
    sound = {name: (folder / "indeks" / name).read_bytes() for name in arrays}

    def read(at: Path) -> None:
        assert answers_of(Index.open(at / "indeks")) == expected

    spoilt = [named(f"indeks/{name}", torn(data)) for name, data in sound.items()]
    return Kind(st.one_of(named("indeks/meta.json", json_files(meta)), *spoilt), read, folder)


KINDS: dict[str, Callable[[Path], Kind]] = {
    "wire": wire, "gold": gold, "corrections": corrections, "worksheet": worksheet, "manifest": manifest,
    "word index": word_index,
}  # fmt: skip
"""What makes each kind of file in a folder."""


def copied(store: Path, folder: Path) -> Path:
    """Return a copy of a store."""
    return Path(shutil.copytree(store, folder))
