"""Nouns for what neither speaks nor acts: the file is in order, and no noun for somebody is among them."""

from __future__ import annotations

import tomllib
from collections import Counter
from importlib.resources import files

import pytest

from corpus_lib.actors.nouns import kind_of
from corpus_lib.language.matters import MATTERS, matter
from corpus_lib.language.nouns import noun

DATA = tomllib.loads((files("corpus_lib.language") / "data" / "matters.toml").read_text(encoding="utf-8"))


def test_the_file_has_each_class_and_each_noun_once_and_none_of_the_other_lexicon():
    assert set(DATA) == MATTERS
    lemmas = [w for held in DATA.values() for key in ("nouns", "alone") for w in held[key].split()]
    ends = [w for held in DATA.values() for w in held["ends"].split()]
    assert [w for w, n in Counter(lemmas).items() if n > 1] == []
    assert [w for w, n in Counter(ends).items() if n > 1] == []
    assert [w for w in lemmas if noun(w) is not None] == []


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        ("torsdagen", "time"), ("halvtimen", "time"), ("vinterferien", "time"), ("året", "time"), ("veka", "time"),
        ("prosentene", "amount"), ("millionane", "amount"), ("hendene", "body_part"), ("handa", "body_part"),
        ("bykampen", "event"), ("storslalåmrennet", "event"), ("ulukka", "event"), ("anledningen", "event"),
        ("lakenet", "thing"), ("lastebilane", "thing"), ("moglegheitene", "idea"),
    ],
)  # fmt: skip
def test_a_form_of_either_standard_tells_its_class(form: str, kind: str):
    assert matter(form) == kind


@pytest.mark.parametrize(
    ("form", "kind"),
    [("dagsavisen", "media"), ("kommunen", "body"), ("bygdefolket", "group"), ("brevet", "document")],
)
def test_nouns_for_those_who_act_are_asked_first(form: str, kind: str):
    assert kind_of(form) == kind


@pytest.mark.parametrize(
    "form",
    [
        "ordføreren", "lærerne", "innvandrerne", "rådgjevaren", "antikvaren", "målvakten", "landbruket",
        "rikshospitalet",
        "dagspressen", "handelsstanden", "etterretningen", "vestmaktene", "folkehjelpa", "nasjonalscenen", "lånekassen",
        "luftambulansen", "forlagshuset", "fotballmiljøet", "brannstyrken", "avsnittet", "visum", "badekar",
    ],
)  # fmt: skip
def test_who_acts_is_no_matter(form: str):
    assert matter(form) == ""
