"""brat standoff: what an independent parser reads, what comes back, what an annotator changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from invented import articles

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.errors import InputNotFound, SchemaError, UnreadableText
from corpus_lib.exchange import export, import_
from corpus_lib.exchange.marks import LABELS, PART_LABELS, marks_of


def exported(analysis: Analysis, folder: Path) -> tuple[Path, str]:
    conf, text, ann = export([analysis], "brat", folder)
    assert conf.name == "annotation.conf"
    assert text.read_bytes().decode("utf-8") == analysis.article.text
    return ann, ann.read_text(encoding="utf-8")


def test_an_independent_parser_reads_the_same_spans(analysis: Analysis, tmp_path: Path):
    pybrat = pytest.importorskip("pybrat.parser")
    exported(analysis, tmp_path)
    # "raise" would refuse two types on one span, which brat itself allows; lost lines show in the comparison
    (example,) = pybrat.BratParser(error="ignore").parse(str(tmp_path))
    text = analysis.article.text
    found = sorted((e.type, " ".join(text[s.start : s.end] for s in e.spans)) for e in example.entities)
    marks = [m for m in marks_of(analysis) if m.label not in PART_LABELS]
    marks += {(m.label, m.spans): m for m in marks_of(analysis) if m.label in PART_LABELS}.values()
    ours = sorted(
        (m.label, re.sub(r"\s*[\n\r\x85\u2028]+\s*", " ", " ".join(s.of(text) for s in m.spans))) for m in marks
    )
    assert found == ours
    assert all(e.mention == " ".join(text[s.start : s.end] for s in e.spans) for e in example.entities)
    answers = [(r.arg1.type, r.arg2.type) for r in example.relations if r.type == "Answers"]
    assert answers == [("Response", "Demand")] * sum(len(r.links) for r in analysis.responses)


def test_no_fragment_crosses_a_line(analysis: Analysis, tmp_path: Path):
    _, ann = exported(analysis, tmp_path)
    lines = [line for line in ann.split("\n") if line.startswith("T")]
    assert lines
    for line in lines:
        _, places, words = line.split("\t", 2)
        pieces = [analysis.article.text[int(a) : int(b)] for a, b in re.findall(r"(\d+) (\d+)", places)]
        assert " ".join(pieces) == words
        assert all(len(p.splitlines()) == 1 and p == p.strip() for p in pieces)


def test_an_export_comes_back_the_same(analysis: Analysis, tmp_path: Path):
    exported(analysis, tmp_path)
    (again,) = import_("brat", tmp_path, [analysis])
    assert again.article == analysis.article
    assert {(q.type, q.segments, q.cue, q.speakers, q.medium, q.denied, q.rule) for q in again.quotes} == {
        (q.type, q.segments, q.cue, q.speakers, q.medium, q.denied, q.rule) for q in analysis.quotes
    }
    assert {(d.content, d.actors, d.addressees, d.strength) for d in again.demands} == {
        (d.content, d.actors, d.addressees, d.strength) for d in analysis.demands
    }
    assert {(r.evidence, r.stance, r.actors, len(r.targets)) for r in again.responses} == {
        (r.evidence, r.stance, r.actors, len(r.targets)) for r in analysis.responses
    }


def test_it_comes_back_without_the_original_as_the_wire_format(page: Analysis, tmp_path: Path):
    exported(page, tmp_path)
    (again,) = import_("brat", tmp_path)
    record = Analysis.from_dict(again.to_dict(text=True))
    assert [record.joined(q.speakers) for q in record.quotes] == [page.joined(q.speakers) for q in page.quotes]
    assert [c.stance for c in record.cells] == [c.stance for c in page.cells]


def test_what_an_annotator_adds_and_changes_is_read(page: Analysis, tmp_path: Path):
    ann, content = exported(page, tmp_path)
    start = page.article.text.index("Slik har det vært")
    who = page.article.text.index("Per Lund")
    content += (
        f"T90\tIndirect {start} {start + 21}\tSlik har det vært sid\nT91\tSpeaker {who} {who + 8}\tPer Lund\n"
        "R90\tSpokenBy Arg1:T90 Arg2:T91\n#90\tAnnotatorNotes T90\tusikker her\n*\tEquiv T90 T91\n"
    )
    answer = next(line for line in content.split("\n") if "\tStance " in line)
    ann.write_text(content.replace(answer, re.sub(r"\w+$", "partial", answer)), encoding="utf-8")
    (again,) = import_("brat", tmp_path, [page])
    (added,) = [q for q in again.quotes if q.start == start]
    assert (added.type, again.joined(added.speakers), added.rule) == ("indirect", "Per Lund", "imported annotation")
    assert "partial" in [r.stance for r in again.responses]


@pytest.mark.parametrize(
    ("line", "message"),
    [("T9\tDirect 0 99999\tx", "line 1: 0 99999 lies outside"), ("noe annet", "line 1: expected brat standoff")],
)
def test_what_is_not_standoff_is_named(tmp_path: Path, line: str, message: str):
    (tmp_path / "a.txt").write_text("Tekst her.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=rf"a\.ann, {message}"):
        import_("brat", tmp_path)


def test_an_empty_folder_is_an_error(tmp_path: Path):
    with pytest.raises(InputNotFound, match=r"no \.ann file"):
        import_("brat", tmp_path)


def test_the_configuration_knows_every_type_and_relation(hostile: Analysis, tmp_path: Path):
    _, content = exported(hostile, tmp_path)
    conf = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert re.findall(r"^\[(\w+)\]", conf, re.MULTILINE) == ["entities", "relations", "events", "attributes"]
    for name in (*LABELS, *re.findall(r"^R\d+\t(\w+)", content, re.MULTILINE)):
        assert re.search(rf"^{name}\b", conf, re.MULTILINE), name


@given(articles.filter(lambda text: text.strip() != ""))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_odd_articles_come_back_the_same(tmp_path: Path, text: str):
    try:
        analysis = analyse(text, language="nb")
    except UnreadableText:
        return
    exported(analysis, tmp_path)
    (again,) = import_("brat", tmp_path, [analysis])
    assert sorted((q.type, q.segments) for q in again.quotes) == sorted((q.type, q.segments) for q in analysis.quotes)
