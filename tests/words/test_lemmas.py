"""Lemmas by form."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lib.errors import (
    UnsupportedLanguage,
)
from corpus_lib.words import Lemmas


def test_lemmas_by_form_and_by_part_of_speech():
    lemmas = Lemmas.load("nb")
    assert lemmas.look_up("Regjeringen") == ("regjering", "NOUN")
    assert lemmas.look_up("statsbudsjettet")[0] == "statsbudsjett"
    assert lemmas.look_up("landet", "NOUN")[0] == "land"
    assert lemmas.look_up("1997") == ("1997", "NUM")
    assert lemmas.look_up("–") == ("–", "PUNCT")
    with pytest.raises(UnsupportedLanguage, match="no lemmas for 'sv'"):
        Lemmas.load("sv")


@pytest.mark.shared
@pytest.mark.parametrize(("language", "least"), [("nb", 0.96), ("nn", 0.93)])
def test_lemmas_of_content_words_on_the_treebank(shared: Path, language: str, least: float):
    from corpus_lib.language.treebank import read_conllu

    lemmas = Lemmas.load(language)
    words = [
        w
        for d in read_conllu(shared / "treebank" / f"dev.{language}.conllu")
        for s in d.sentences
        for w in s.words
        if w.upos in ("NOUN", "VERB", "ADJ", "ADV")
    ]
    by_pos = sum(lemmas.look_up(w.form, w.upos)[0] == w.lemma.lower() for w in words) / len(words)
    by_form = sum(lemmas.look_up(w.form)[0] == w.lemma.lower() for w in words) / len(words)
    assert by_pos > least
    assert by_form > least
