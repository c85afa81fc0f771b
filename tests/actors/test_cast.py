"""The cast is built once; asking it changes nothing, in whatever order it is asked."""

from __future__ import annotations

import pytest

from corpus_lib.actors import Cast, Context, introduce
from corpus_lib.analysis import analyse, parse_article
from corpus_lib.demands import find
from corpus_lib.language import Parsed, load
from corpus_lib.model import Article
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import read_text

TEXT = """Strid om bruen

Ordfører Kari Lie i Sandvik kommune vil stenge bruen. Hun møtte Ola Dahl, leder i Fjordlaget, i går.

– Bruen er farlig, sier ordføreren til Kystavisa.

Dahl er uenig. Han krever at kommunen bygger en ny bru.

– De må lytte til oss, sier lederen. En nabo sier at hun er redd.

Naboen vil at politiet skal regulere trafikken."""


@pytest.fixture
def read() -> tuple[Article, Parsed, Cast]:
    article = read_text(TEXT)
    parsed = parse_article(article, load())
    return article, parsed, introduce(article, parsed)


def state(cast: Cast) -> list[tuple[object, ...]]:
    return [
        (e.name, e.kind, e.gender, tuple(e.aliases), tuple(e.roles), e.affiliation, tuple(e.mentions))
        for e in cast.entities
    ]


def test_finding_quotations_twice_gives_the_same(read: tuple[Article, Parsed, Cast]):
    article, parsed, cast = read
    before = state(cast)
    first = find_quotes(article, parsed, cast)
    assert find_quotes(article, parsed, cast) == first
    assert len(first) > 2
    assert state(cast) == before


def test_demands_first_or_quotations_first_gives_the_same(read: tuple[Article, Parsed, Cast]):
    article, parsed, cast = read
    quotes = find_quotes(article, parsed, cast)
    demands = find(article, parsed, cast, quotes)
    again = introduce(article, parsed)
    find(article, parsed, again, quotes)
    assert find_quotes(article, parsed, again) == quotes
    assert find(article, parsed, again, quotes) == demands
    assert state(again) == state(cast)


def test_mentions_may_be_resolved_in_any_order(read: tuple[Article, Parsed, Cast]):
    _, parsed, cast = read
    words = [(b, t) for b, block in enumerate(parsed.blocks) for t in block.doc if t.pos_ in ("NOUN", "PRON", "PROPN")]

    def resolved(order: list[tuple[int, object]]) -> dict[tuple[int, int], tuple[int, ...]]:
        return {(b, t.i): cast.resolve(t.doc[t.i : t.i + 1], b, Context()).entities for b, t in order}  # type: ignore[attr-defined]

    assert resolved(words) == resolved(words[::-1])


def test_only_who_has_a_name_or_is_referred_to_is_listed():
    names = {a.name for a in analyse(TEXT).actors}
    assert {"Kari Lie", "Ola Dahl"} <= names
    assert not {"bruen", "trafikken", "bru"} & names


def test_who_is_spoken_of_by_role_and_pronoun_is_the_one_named():
    analysis = analyse(TEXT)
    kari = next(a for a in analysis.actors if a.name == "Kari Lie")
    said = {analysis.text(m.span) for m in kari.mentions}
    assert {"Hun", "ordføreren"} <= said


def test_records_name_the_actors_of_the_cast(read: tuple[Article, Parsed, Cast]):
    article, parsed, cast = read
    said = [(article.slice(q.segments[0]), [cast.entities[n].name for n in cast.speakers(q)]) for q in
            find_quotes(article, parsed, cast)]  # fmt: skip
    assert ("Bruen er farlig", ["Kari Lie"]) in said
    assert {a.name: cast.entities[n].name for a in cast.actors() for n in cast.numbers([a.id])} == {
        a.name: a.name for a in cast.actors()
    }
    assert cast.speakers(None) == ()
    with pytest.raises(KeyError, match="a999"):
        cast.numbers(["a999"])
