"""UIMA CAS: read back by dkpro-cassis; UTF-16 offsets in the file itself."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export
from corpus_lib.exchange.marks import marks_of
from corpus_lib.exchange.uima import EVIDENCE, RELATION, SENTENCE

cassis = pytest.importorskip("cassis")


def test_cassis_reads_the_same_spans_and_relations(analysis: Analysis, tmp_path: Path):
    types_file, file = export([analysis], "uima", tmp_path)
    with types_file.open("rb") as opened:
        types = cassis.load_typesystem(opened)
    with file.open("rb") as opened:
        cas = cassis.load_cas_from_xmi(opened, typesystem=types)
    assert cas.sofa_string == analysis.article.text
    marks = marks_of(analysis)
    found = sorted((a.begin, a.end, a.label, a.record, a.get_covered_text()) for a in cas.select(EVIDENCE))
    assert found == sorted((s.start, s.end, m.label, m.id, s.of(analysis.article.text)) for m in marks for s in m.spans)
    relations = sorted((r.Governor.record, r.label, r.Dependent.record) for r in cas.select(RELATION))
    assert relations == sorted((m.id, name, other) for m in marks for name, other in m.relations)
    assert {a.speaker for a in cas.select(EVIDENCE) if a.record == "q1"} == {
        analysis.joined(analysis.quotes[0].speakers)
    }
    assert [(s.begin, s.end) for s in cas.select(SENTENCE)] == [(b.start, b.end) for b in analysis.article.blocks]


def test_the_file_counts_utf16_units(hostile: Analysis, tmp_path: Path):
    _, file = export([hostile], "uima", tmp_path)
    root = ET.parse(file).getroot()
    (sofa,) = [e for e in root if e.tag.endswith("Sofa")]
    wide = sofa.attrib["sofaString"].encode("utf-16-le")
    spans = [e for e in root if e.tag.endswith("}Evidence") and e.attrib["record"] == "q1"]
    (begin, end) = (int(spans[0].attrib[k]) for k in ("begin", "end"))
    segment = hostile.quotes[0].segments[0]
    assert begin > segment.start  # an emoji stands before it
    assert wide[2 * begin : 2 * end].decode("utf-16-le") == segment.of(hostile.article.text)
