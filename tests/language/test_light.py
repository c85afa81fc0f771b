"""A Doc to read from says what spaCy's own Doc says, for every word and stretch."""

from __future__ import annotations

import itertools

import pytest
from spacy.tokens import Doc

from corpus_lib.language import load, parse
from corpus_lib.language.light import light
from corpus_lib.language.parsed import ParsedBlock, name_at
from corpus_lib.model import Span

TEXTS = (
    "– Vi må sørge for at kommunen får en ny ferje, sier ordfører Kari Lie til NRK og VG. Hun krever svar i dag!",
    "  Ein   merkeleg tekst \n utan punktum ",
    "Kari Lie, Per Moe og Eva Dahl kom til Hamar, men de fant 25 prosent av papirene som LO hadde sendt dem. Ja.",
    "Ja",
)
PLAIN = (
    *("i", "idx", "text", "lower_", "lemma_", "pos_", "pos", "tag_", "dep_", "dep"),
    *(
        "ent_type_",
        "ent_type",
        "ent_iob_",
        "is_punct",
        "is_space",
        "is_alpha",
        "like_num",
        "whitespace_",
        "text_with_ws",
    ),
)
ONE, MANY = ("head", "left_edge", "right_edge"), ("children", "lefts", "rights", "subtree", "ancestors", "conjuncts")
FEATURES = ("VerbForm", "Tense", "Number", "Definite", "Gender", "Case", "Voice", "Mood", "PronType")


@pytest.fixture(params=TEXTS)
def block(request: pytest.FixtureRequest) -> ParsedBlock:
    return parse(request.param, [Span(0, len(request.param))]).blocks[0]


def test_words_say_what_spacy_says(block: ParsedBlock):
    assert block.doc.text == block.whole.text
    for mine, theirs in zip(block.doc, block.whole, strict=True):
        assert [getattr(mine, name) for name in PLAIN] == [getattr(theirs, name) for name in PLAIN]
        assert [getattr(mine, name).i for name in ONE] == [getattr(theirs, name).i for name in ONE]
        for name in MANY:
            assert [t.i for t in getattr(mine, name)] == [t.i for t in getattr(theirs, name)]
        assert [mine.morph.get(name, []) for name in FEATURES] == [theirs.morph.get(name, []) for name in FEATURES]
        assert str(mine.morph) == str(theirs.morph)
        assert len(mine) == len(theirs)
        assert bool(mine.is_sent_start) == bool(theirs.is_sent_start)
        assert (mine.sent.start, mine.sent.end) == (theirs.sent.start, theirs.sent.end)
        assert (mine.vector == theirs.vector).all()
        assert mine == block.doc[mine.i]
        assert mine is block.doc[mine.i]


def test_stretches_say_what_spacy_says(block: ParsedBlock):
    places = range(-2, len(block.doc) + 2)
    for start, end in itertools.product(places, places):
        mine, theirs = block.doc[start:end], block.whole[start:end]
        assert (mine.start, mine.end, len(mine)) == (theirs.start, theirs.end, len(theirs))
        assert (mine.start_char, mine.end_char, mine.text) == (theirs.start_char, theirs.end_char, theirs.text)
        assert [t.i for t in mine] == [t.i for t in theirs]
        if len(theirs):
            assert mine.root.i == theirs.root.i
            assert (mine[0].i, mine[-1].i, mine[1:3].text) == (theirs[0].i, theirs[-1].i, theirs[1:3].text)
        with pytest.raises(IndexError):
            mine[len(mine)]
        assert [(e.start, e.end, e.label_) for e in mine.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]
        assert mine == block.doc[start:end]


def test_sentences_and_names_say_what_spacy_says(block: ParsedBlock):
    assert [(s.start, s.end) for s in block.doc.sents] == [(s.start, s.end) for s in block.whole.sents]
    for i in range(len(block.doc)):
        mine, theirs = name_at(block.doc, i), name_at(block.whole, i)
        assert (mine is None) == (theirs is None)
        if mine is not None and theirs is not None:
            assert (mine.start, mine.end, mine.label_) == (theirs.start, theirs.end, theirs.label_)


def test_what_was_read_can_still_be_written_to_a_file(block: ParsedBlock):
    assert Doc(block.whole.vocab).from_bytes(block.whole.to_bytes()).text == block.whole.text


def test_a_word_has_no_neighbour_before_the_first_and_behind_the_last(block: ParsedBlock):
    with pytest.raises(IndexError):
        block.doc[0].nbor(-1)
    with pytest.raises(IndexError):
        block.doc[-1].nbor(1)


def test_a_doc_without_a_parse_has_words_and_no_tree():
    doc = light(load().make_doc(TEXTS[0]))
    assert all(word.head is word and not word.children and not word.dep for word in doc)
    assert doc[0].sent.text == doc.text
    empty = light(load().make_doc(""))
    assert not len(empty)
    assert not list(empty.sents)
