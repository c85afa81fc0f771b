"""The registry of formats, file names, the check of the text, offsets, marks."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.analysis import Analysis
from corpus_lib.errors import CorpusLibError, SchemaError
from corpus_lib.exchange import export, formats, import_
from corpus_lib.exchange.marks import analysis_of, marks_of
from corpus_lib.exchange.offsets import Offsets, utf8_bytes, utf16_units
from corpus_lib.writing import file_names


def test_every_format_says_in_a_line_what_it_is_for():
    for name, form in formats().items():
        assert name == form.name
        assert 10 < len(form.summary) < 90
        assert "\n" not in form.summary


def test_an_unknown_format_and_one_that_cannot_be_read_are_named(tmp_path: Path, page: Analysis):
    with pytest.raises(CorpusLibError, match=r"no format 'docx'; there are brat, "):
        export([page], "docx", tmp_path)
    with pytest.raises(CorpusLibError, match="conllu cannot be read back; brat"):
        import_("conllu", tmp_path)


def test_a_record_without_its_text_is_refused(tmp_path: Path, page: Analysis):
    bare = Analysis.from_dict(page.to_dict())
    with pytest.raises(SchemaError, match="page: the record comes without its text"):
        export([bare], "brat", tmp_path)
    assert export([bare], "csv", tmp_path)


def test_listing_the_formats_loads_nothing_heavy(project: Path):
    code = (
        "import sys; from corpus_lib.exchange import formats; formats();"
        "print({'pandas', 'spacy', 'numpy', 'pyarrow', 'cassis', 'networkx'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_file_names_are_safe_and_distinct():
    names = file_names(["a/b", "a_b", "A_B", "..", "/etc/passwd", "x" * 300, "nul\0", "æøå"])
    assert len({n.casefold() for n in names.values()}) == len(names)
    assert all("/" not in n and "\0" not in n and n.strip(".") and len(n.encode()) < 180 for n in names.values())
    assert names["æøå"] == "æøå"


@given(st.text(max_size=30), st.data())
def test_offsets_are_those_of_the_encodings(text: str, data: st.DataObject):
    at = data.draw(st.integers(0, len(text)))
    head = text[:at].encode("utf-16-le", "surrogatepass")
    assert Offsets(text, utf16_units).to_unit(at) == len(head) // 2
    assert Offsets(text, utf8_bytes).to_unit(at) == len(text[:at].encode("utf-8", "surrogatepass"))
    for size in (utf16_units, utf8_bytes):
        offsets = Offsets(text, size)
        assert offsets.to_code_point(offsets.to_unit(at)) == at


@pytest.mark.parametrize("offset", [2, -1, 5])
def test_an_offset_within_a_character_or_outside_is_refused(offset: int):
    with pytest.raises(CorpusLibError, match="not the beginning of a character"):
        Offsets("a😀b", utf16_units).to_code_point(offset)


def test_marks_become_the_same_records_again(analysis: Analysis):
    again = analysis_of(analysis.article, marks_of(analysis), analysis)
    assert [(q.type, q.segments, q.cue, q.speaker_mention, q.speakers, q.medium) for q in again.quotes] == [
        (q.type, q.segments, q.cue, q.speaker_mention, q.speakers, q.medium)
        for q in sorted(analysis.quotes, key=lambda q: (q.start, q.end))
    ]
    assert [(d.kind, d.actors, d.content, d.cue, d.strength) for d in again.demands] == [
        (d.kind, d.actors, d.content, d.cue, d.strength)
        for d in sorted(analysis.demands, key=lambda d: (d.content.start, d.content.end))
    ]
    assert sorted((r.evidence, r.stance, len(r.links)) for r in again.responses) == sorted(
        (r.evidence, r.stance, len(r.links)) for r in analysis.responses
    )


def test_a_name_that_nobody_bears_becomes_an_actor(page: Analysis):
    marks = tuple(replace(m, features={**m.features, "speaker": "Ny Kilde; Eva Berg"}) for m in marks_of(page))
    again = analysis_of(page.article, marks, page)
    assert again.joined(again.quotes[0].speakers) == "Ny Kilde; Eva Berg"
    assert next(a.kind for a in again.actors if a.name == "Ny Kilde") == "unnamed"
    assert len({a.id for a in again.actors}) == len(again.actors)
