"""REFI-QDA: read by pyrefiqda, and checked against the structure that the standard's schema prescribes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export
from corpus_lib.exchange.marks import PART_LABELS, marks_of

Q = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ALLOWED = {
    "Project": ({"name", "origin", "creatingUserGUID", "xmlns"}, ["Users", "CodeBook", "Sources"]),
    "Users": (set(), ["User"]), "User": ({"guid", "name"}, []),
    "CodeBook": (set(), ["Codes"]), "Codes": (set(), ["Code"]),
    "Code": ({"guid", "name", "isCodable"}, ["Code"]),
    "Sources": (set(), ["TextSource"]),
    "TextSource": ({"guid", "name", "plainTextPath", "creatingUser"}, ["PlainTextSelection"]),
    "PlainTextSelection": (
        {"guid", "name", "startPosition", "endPosition", "creatingUser"}, ["Description", "Coding"],
    ),
    "Description": (set(), []), "Coding": ({"guid", "creatingUser"}, ["CodeRef"]), "CodeRef": ({"targetGUID"}, []),
}  # fmt: skip
"""Attributes and children, in order, of what we use of Project.xsd (REFI-QDA 1.0, 18 March 2019)."""


def spans_of(analysis: Analysis) -> list[tuple[str, str]]:
    return sorted(
        (m.id, s.of(analysis.article.text)) for m in marks_of(analysis) if m.label not in PART_LABELS for s in m.spans
    )


def test_an_independent_reader_finds_the_same_spans(analysis: Analysis, tmp_path: Path):
    pyrefiqda = pytest.importorskip("pyrefiqda.refiproject")
    (file,) = export([analysis], "qdpx", tmp_path / "a.qdpx")
    project = pyrefiqda.RefiProject.load(file, str(tmp_path / "out"))
    (source,) = project.sources.text_source
    name = source.plain_text_path.removeprefix("internal://")
    text = (tmp_path / "out" / "sources" / name).read_bytes().decode("utf-8")
    assert text == analysis.article.text.removeprefix("\ufeff")
    found = [(s.name, text[s.start_position : s.end_position]) for s in source.plain_text_selection]
    assert sorted(found) == spans_of(analysis)


def test_the_structure_is_that_of_the_schema(analysis: Analysis, tmp_path: Path):
    (file,) = export([analysis], "qdpx", tmp_path / "a.qdpx")
    root = ET.fromstring(zipfile.ZipFile(file).read("project.qde"))
    for element in root.iter():
        attributes, children = ALLOWED[element.tag.removeprefix(Q)]
        assert set(element.attrib) <= attributes
        assert all(GUID.fullmatch(v) for k, v in element.attrib.items() if "guid" in k.lower() or k == "creatingUser")
        order = [children.index(c.tag.removeprefix(Q)) for c in element]
        assert order == sorted(order)


def test_every_reference_has_its_target_and_every_guid_is_one(analysis: Analysis, tmp_path: Path):
    (file,) = export([analysis], "qdpx", tmp_path / "a.qdpx")
    root = ET.fromstring(zipfile.ZipFile(file).read("project.qde"))
    guids = [e.attrib["guid"] for e in root.iter() if "guid" in e.attrib]
    assert len(guids) == len(set(guids))
    codes = {c.attrib["guid"]: c.attrib["name"] for c in root.iter(f"{Q}Code")}
    assert all(r.attrib["targetGUID"] in codes for r in root.iter(f"{Q}CodeRef"))
    (first, *_) = [s for s in root.iter(f"{Q}PlainTextSelection") if s.attrib["name"] == "q1"]
    coded = {codes[r.attrib["targetGUID"]] for r in first.iter(f"{Q}CodeRef")}
    quote = analysis.quotes[0]
    kind = f"{quote.type} (denies)" if quote.denied else quote.type
    assert coded == {kind, *(analysis.joined(quote.speakers) or "unknown").split("; ")}


def test_an_export_repeats_byte_for_byte(hostile: Analysis, tmp_path: Path):
    first, second = (export([hostile], "qdpx", tmp_path / name)[0].read_bytes() for name in ("a.qdpx", "b.qdpx"))
    assert first == second
