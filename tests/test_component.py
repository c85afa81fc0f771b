"""The spaCy component: spans, attributes, batches, saving, texts that cannot be analysed."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from invented import PAGE, SMALL
from spacy.language import Language

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.component import NAME
from corpus_lib.language import load
from corpus_lib.structure import read_text


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("nb")
    pipeline.add_pipe(NAME)
    return pipeline


def test_the_spans_are_the_quotations(nlp: Language):
    doc = nlp(PAGE)
    expected = analyse(read_text(PAGE))
    assert expected.quotes
    assert [(s.text, s.label_, s.id_, s._.speaker) for s in doc.spans[NAME]] == [
        (segment.of(PAGE), q.type, q.id, expected.joined(q.speakers)) for q in expected.quotes for segment in q.segments
    ]
    assert doc._.quotes == expected.quotes
    assert isinstance(doc._.corpus_lib, Analysis)


def test_offsets_hold_in_a_text_of_odd_characters(nlp: Language):
    text = "Krav 😀\r\n\r\n– Vi 👩‍👩‍👧 venter\u00a0ennå, sier Kari Lie.\r\n\r\n- Nei, svarer hun."
    doc = nlp(text)
    assert doc.text == text
    assert len(doc.spans[NAME]) == 2
    for span, quote in zip(doc.spans[NAME], doc._.quotes, strict=True):
        assert span.start_char <= quote.start < quote.end <= span.end_char


def test_it_works_in_batches(nlp: Language):
    assert [len(d.spans[NAME]) for d in nlp.pipe([SMALL, "Sola skinte i hele dag på fjellet.", SMALL])] == [1, 0, 1]


def test_it_can_stand_at_the_end_of_the_shipped_pipeline():
    whole = load(exclude={"nothing"})  # an instance of its own, for the component is added to it
    whole.add_pipe(NAME, last=True)
    doc = whole(SMALL)
    assert doc.has_annotation("DEP")
    assert len(doc.spans[NAME]) == 1


def test_the_confidence_is_a_setting():
    strict = spacy.blank("nb")
    strict.add_pipe(NAME, config={"min_confidence": 1.0})
    assert all(q.confidence >= 1.0 for q in strict(PAGE)._.quotes)
    assert len(strict(PAGE)._.quotes) < len(analyse(PAGE).quotes)


@pytest.mark.parametrize(
    "text", ["", "  \n", "The committee has decided that the bridge is to be closed for repairs now."]
)
def test_a_text_without_norwegian_prose_has_no_quotations(nlp: Language, text: str):
    doc = nlp(text)
    assert list(doc.spans[NAME]) == []
    assert doc._.quotes == ()


def test_a_saved_pipeline_finds_the_same(nlp: Language, tmp_path: Path):
    nlp.to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    first, second = nlp(PAGE), again(PAGE)
    assert [s.text for s in second.spans[NAME]] == [s.text for s in first.spans[NAME]]
