"""Parts of an index as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lib.errors import BadQuery, EmptySelection, UnknownLayer
from corpus_lib.words import Document, FrequencyList, Index, Mark, Selection
from corpus_lib.words.specs import needs_analysis, part, sides


@pytest.fixture(scope="module")
def index() -> Index:
    text = "Ap krever svar. – Nei, sier Lie."
    marks = [
        Mark("block", "body", 0, len(text)), Mark("quote", "direct", 18, 21), Mark("speaker", "Kari Lie", 18, 21),
        Mark("demand", "Ap", 10, 14), Mark("response", "Lie", 18, 21),
    ]  # fmt: skip
    return Index.build(
        [Document("a", text, {"source": "nrk", "month": "2022-01"}, marks), Document("b", "Ja takk.", {"source": "vg"})]
    )


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("all", "Ap krever svar Nei sier Lie Ja takk"),
        ("quotation", "Nei"),
        ("narration", "Ap krever svar sier Lie"),
        ("demands", "svar"),
        ("answers", "Nei"),
        ("source=vg", "Ja takk"),
        ("source = nrk | vg", "Ap krever svar Nei sier Lie Ja takk"),
        ("source=nrk; speaker=Kari Lie", "Nei"),
        ("speaker=*", "Nei"),
        ("id=b", "Ja takk"),
    ],
)
def test_what_a_part_holds(index: Index, spec: str, words: str):
    chosen = part(index, spec)
    assert " ".join(index.text_at(p) for p in chosen.positions()) == words
    assert chosen.label in (spec, {"all": "all documents", "quotation": "quotations"}.get(spec))


@pytest.mark.parametrize("spec", ["", "x", "speaker=", "=x", "source=nrk;", "source=|", "Quotation"])
def test_what_is_no_part(index: Index, spec: str):
    with pytest.raises(BadQuery, match=r"no part of the index .*; expected one of all, quotation"):
        part(index, spec)


def test_names_and_values_that_are_not_there(index: Index):
    with pytest.raises(UnknownLayer, match="no column or mark 'outlet'; there are id, month, source, block"):
        part(index, "outlet=nrk")
    with pytest.raises(EmptySelection, match="no speaker 'Kari Li' in this index; there are Kari Lie"):
        part(index, "speaker=Kari Li")
    with pytest.raises(EmptySelection, match="no id 'c' in this index; there are a, b"):
        part(index, "id=c")


def test_two_sides(index: Index, tmp_path: Path):
    target, reference = sides(index, "quotation vs narration")
    assert (target.label, isinstance(reference, Selection) and reference.label) == ("quotations", "narration")
    assert sides(index, "source=vg")[1] is None
    (tmp_path / "list.csv").write_text("ja;3\n", encoding="utf-8")
    listed = sides(index, f"all vs {tmp_path / 'list.csv'}")[1]
    assert isinstance(listed, FrequencyList)
    assert listed.total == 3
    with pytest.raises(BadQuery, match=r"no part of the index 'list\.csv'"):
        sides(index, "all vs list.csv")


@pytest.mark.parametrize(
    ("spec", "needed"),
    [
        ("quotation", True), ("all vs narration", True), ("source=vg; speaker=Kari Lie", True), ("demand=*", True),
        ("all", False), ("source=vg vs source=nrk", False), ("block=lead", False), ("x", False),
    ],
)  # fmt: skip
def test_what_only_an_analysis_finds(spec: str, needed: bool):
    assert needs_analysis(spec) == needed
