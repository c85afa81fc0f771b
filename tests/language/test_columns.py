"""A Doc's columns say what spaCy's own attributes say, and are made once."""

from __future__ import annotations

import pytest

from corpus_lib.language import load
from corpus_lib.language.columns import (
    children_of,
    columns_of,
    lefts_of,
    morph_of,
    sent_end,
    sent_of,
    sent_start,
    text_of,
)

TEXTS = (
    "– Vi må sørge for at kommunen får en ny ferje, sier ordfører Kari Lie til NRK. Hun krever svar i dag!",
    "  Ein   merkeleg tekst \n utan punktum ",
    "Ja",
)
FEATURES = ("VerbForm", "Tense", "Number", "Definite", "Gender", "Case", "Voice", "Mood", "PronType")


@pytest.mark.parametrize("text", TEXTS)
def test_columns_say_what_the_tokens_say(text: str):
    doc = load()(text)
    columns = columns_of(doc)
    assert columns.text == doc.text
    for token in doc:
        i = token.i
        assert (columns.words[i], columns.lower[i], columns.offsets[i]) == (token.text, token.lower_, token.idx)
        assert (columns.pos[i], columns.lemmas[i], columns.deps[i]) == (token.pos_, token.lemma_, token.dep_)
        assert columns.heads[i] == token.head.i
        assert columns.starts[i] == token.is_sent_start
        assert children_of(token) == list(token.children)
        assert lefts_of(token) == list(token.lefts)
        assert all(morph_of(token, name) == tuple(token.morph.get(name, [])) for name in FEATURES)
        assert sent_of(token) == token.sent
        assert (sent_start(token), sent_end(token)) == (token.sent.start, token.sent.end)
        assert text_of(doc[i : i + 3]) == doc[i : i + 3].text


def test_columns_are_made_once_for_each_doc():
    doc, other = load()(TEXTS[0]), load()(TEXTS[2])
    assert columns_of(doc) is columns_of(doc)
    assert columns_of(doc) is not columns_of(other)


def test_a_doc_without_a_parse_has_no_tree_and_one_sentence():
    doc = load().make_doc(TEXTS[0])
    columns = columns_of(doc)
    assert set(columns.deps) == set(columns.pos) == {""}
    assert not any(columns.children)
    assert (sent_start(doc[5]), sent_end(doc[5])) == (0, len(doc))
    assert not columns_of(load().make_doc("")).words
