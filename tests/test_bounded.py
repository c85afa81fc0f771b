"""What is asked of every answer looks at what is near it, not at all the demands, bodies and words of the article."""

from __future__ import annotations

import pytest
from counting import lines_run

from corpus_lib.actors import known
from corpus_lib.actors.known import Entity, Known
from corpus_lib.actors.nouns import is_office_of
from corpus_lib.demands.rules.counters import Told, of_others
from corpus_lib.demands.rules.repeats import overlap
from corpus_lib.language.likeness import alike, is_like_one, shapes, shared
from corpus_lib.language.parsed import Parsed
from corpus_lib.model import Demand, Span
from corpus_lib.structure import article_of

BLOW_UP = 13
"""Times more work that ten times as much may be."""


def grown(do, make, size: int) -> float:
    """Return how many times more lines are run where there is ten times as much."""
    for number in (size, 10 * size):
        do(make(number))  # what is looked up once is known
    small, large = make(size), make(10 * size)
    return lines_run(lambda: do(large)) / lines_run(lambda: do(small))


# --- the bodies that offices answer for --------------------------------------------------------------------------


def council(number: int) -> Known:
    """Return the actors of an article with as many mayors as municipalities, and some who are neither."""
    cast = Known(article_of("Bodø vil ha ny ferje", id="x", language="nb"), Parsed("nb", ()))
    for i in range(number):
        cast.entities += [
            Entity(f"Kari Lie {i}", "person", roles={"ordfører": None, f"leder {i}": None}),
            Entity(f"By{i} kommune", "state"),
            Entity(f"Firma {i}", "organisation"),
            Entity("kommunen", "unnamed", lemma="kommune"),
        ]
    return cast


def offices_asked(cast: Known) -> list[tuple[int, ...]]:
    return [cast.bodies_of([n]) for n, e in enumerate(cast.entities) if e.kind == "person"]


def test_every_office_looks_at_so_many_bodies(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(known, "_MOST_BODIES", 3)
    assert grown(offices_asked, council, 20) <= BLOW_UP


@pytest.mark.parametrize("number", [1, 2, 5])
def test_an_office_answers_for_the_bodies_that_it_is_one_of(number: int):
    cast = council(number)
    for n, entity in enumerate(cast.entities):
        bodies = [i for i, e in enumerate(cast.entities) if any(is_office_of(r, e.name) for r in entity.roles)]
        bare = [i for i in bodies if " " not in cast.entities[i].name]
        assert len(bodies) == (2 * number if entity.kind == "person" else 0)
        assert cast.bodies_of([n]) == tuple(bodies if number == 1 else bare)


# --- the demands before an answer --------------------------------------------------------------------------------


def demand(number: int, start: int, end: int) -> Demand:
    return Demand(
        id=f"d{number}", kind="single", actors=(f"a{number % 3}",), voice=None, addressees=(), addressee_basis="",
        content=Span(start, end), cue=None, strength="demand", members=(), mentions=(), quote=None, date=None,
        rule="", reasons=(), confidence=1.0,
    )  # fmt: skip


def row(number: int) -> list[Demand]:
    """Return demands in the order of the text, now and then one that goes on over the next ones."""
    return [demand(i, 100 * i, 100 * i + (450 if i % 4 == 0 else 50)) for i in range(number)]


def near_every_answer(demands: list[Demand]) -> list[list[Demand]]:
    told = Told(demands)
    return [of_others(told.before(100 * i, 400), {"a1"}) for i in range(len(demands))]


def test_every_answer_looks_at_the_demands_right_before_it():
    assert grown(near_every_answer, row, 60) <= BLOW_UP
    demands = row(20)
    for i, near in enumerate(near_every_answer(demands)):
        assert near == [d for d in of_others(demands, {"a1"}) if 0 <= 100 * i - d.content.end < 400]


# --- the words of a demand and of its repeat ---------------------------------------------------------------------


def two_long(number: int) -> tuple[str, str]:
    return tuple(" ".join(f"{first}{'xyz' * (i % 3)}sak{i:05}bygning" for i in range(number)) for first in "ab")  # type: ignore[return-value]


def test_texts_are_compared_word_by_word_with_all_words_at_once():
    assert grown(lambda texts: overlap(*texts), two_long, 30) <= BLOW_UP
    assert grown(lambda texts: shared(*texts), two_long, 30) <= BLOW_UP


STEMS = ("garanti", "garant", "gara", "etterforsk", "drapsetterforsk", "forskning", "svar", "sva", "by", "antisvar", "")


@pytest.mark.parametrize("stem", STEMS)
def test_a_stem_is_like_one_of_some_where_it_is_like_any(stem: str):
    for other in STEMS:
        assert is_like_one(stem, shapes((other,))) == alike(stem, other), other
    assert is_like_one(stem, shapes(STEMS))
    assert not is_like_one(stem, shapes(()))
