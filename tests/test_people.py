"""The lexicon of people of public life: its file is in order, and the words in it are known ones."""

from __future__ import annotations

from itertools import pairwise

import pytest

from corpus_lib.actors.nouns import sort_of
from corpus_lib.language.facts import well_known
from corpus_lib.language.lexicon import rows

PEOPLE = rows("people.csv")


def test_the_file_is_sorted_and_each_line_is_whole():
    names = [row["name"] for row in PEOPLE]
    assert [b for a, b in pairwise(names) if a >= b] == []
    assert {row["gender"] for row in PEOPLE} == {"f", "m"}
    assert [row["name"] for row in PEOPLE if not row["roles"] or not row["home"]] == []


def test_nobody_has_the_name_of_another():
    every = [n for row in PEOPLE for n in (row["name"], *filter(None, row["other_names"].split("|")))]
    assert sorted(n for n in every if every.count(n) > 1) == []


def test_a_home_is_a_state_and_a_role_a_noun_for_persons():
    states = {n for row in rows("gazetteer/states.csv") for n in (row["name"], *row["other_names"].split("|"))}
    assert {row["home"] for row in PEOPLE} <= states
    roles = {role for row in PEOPLE for role in row["roles"].split("|")}
    assert sorted(role for role in roles if sort_of(role) != "person") == []


@pytest.mark.parametrize(("name", "role", "home"), [("Erna Solberg", "statsminister", "Norge")])
def test_what_is_known_of_somebody(name: str, role: str, home: str):
    known = well_known(name)
    assert known is not None
    assert role in known.roles
    assert known.home == home
