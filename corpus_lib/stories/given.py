"""Annotated articles, and records in the form that they have, as analyses: to learn from, and to be told stories of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.errors import SchemaError
from corpus_lib.language.facts import gender_of_given
from corpus_lib.model import STANCES, Actor, ActorKind, Article, Demand, Link, Metadata, Response, Span

if TYPE_CHECKING:
    from corpus_lib.reading import Document

_RULE = "given"


def analysis_of_record(data: Mapping[str, Any], article: Article) -> Analysis:
    """Return an annotated article as an analysis: its demands and answers with their actors; nothing else.

    Parameters
    ----------
    data
        ``demands`` and ``responses``, their actors by name, their words as spans; see `corpus_lib.evaluation`.

    Raises
    ------
    SchemaError
        If it is no such record, or a span lies outside the text.
    """
    people = _People()
    demands = tuple(_demand(d, n, article, people) for n, d in enumerate(data.get("demands") or (), start=1))
    known = {d.id for d in demands}
    responses = tuple(_answer(r, n, article, people, known) for n, r in enumerate(data.get("responses") or (), start=1))
    return Analysis(
        article=article,
        actors=people.actors(),
        quotes=(),
        demands=demands,
        responses=responses,
        cells=comparison(demands, responses),
        made_by={"corpus_lib": _RULE, "model": _RULE, "options": {}},
    )


class _People:
    """The actors of an article by name, in order."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def ids(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of some names."""
        return tuple(self._ids.setdefault(n.strip(), f"a{len(self._ids) + 1}") for n in names if n.strip())

    def actors(self) -> tuple[Actor, ...]:
        """Return all that were asked for."""
        return tuple(Actor(i, name, kind_of_name(name)) for name, i in self._ids.items())


def kind_of_name(name: str) -> ActorKind:
    """Return what a name is the name of, by its form: a person where the first of several words is a given name.

    >>> kind_of_name("Marit Lie"), kind_of_name("Helse Vest"), kind_of_name("ordføraren")
    ('person', 'organisation', 'unnamed')
    """
    words = name.split()
    if len(words) > 1 and words[0][:1].isupper() and gender_of_given(words[0].partition("-")[0]):
        return "person"
    return "organisation" if name[:1].isupper() or len(words) > 1 else "unnamed"


def _names(value: Any) -> list[str]:
    return value.split(";") if isinstance(value, str) else list(value or ())


def _span(value: Any, article: Article, where: str) -> Span:
    try:
        start, end = (value["start"], value["end"]) if isinstance(value, Mapping) else value
    except (KeyError, TypeError, ValueError):
        raise SchemaError(f"{article.id}: {where}: expected a span, found {value!r:.80}") from None
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end <= len(article.text)):
        raise SchemaError(f"{article.id}: {where}: no place in a text of {len(article.text)} characters: {value!r:.80}")
    return Span(start, end)


def _cue(value: Any, article: Article) -> Span | None:
    return None if value is None else _span(value, article, "cue")


def _demand(data: Mapping[str, Any], number: int, article: Article, people: _People) -> Demand:
    id_ = str(data.get("id") or f"d{number}")
    strength = data.get("strength")
    return Demand(
        id_, "single", people.ids(_names(data.get("actor"))), None, people.ids(_names(data.get("addressees"))), None,
        _span(data.get("content"), article, id_), _cue(data.get("cue"), article),
        strength if strength in ("demand", "request", "proposal") else "demand", (), (), None, None, _RULE, (), 1.0,
    )  # fmt: skip


def _answer(data: Mapping[str, Any], number: int, article: Article, people: _People, known: set[str]) -> Response:
    id_ = str(data.get("id") or f"r{number}")
    stance, target = data.get("stance"), data.get("target_text")
    if stance not in STANCES:
        raise SchemaError(f"{article.id}: {id_}: expected a stance, one of {', '.join(STANCES)}, found {stance!r:.40}")
    links = tuple(Link(t, 1.0, ()) for t in data.get("targets") or () if t in known)
    words = target if isinstance(target, str) or target is None else _span(target, article, id_).of(article.text)
    return Response(
        id_, people.ids(_names(data.get("actor"))), None, links, words, stance,
        _span(data.get("evidence"), article, id_), _cue(data.get("cue"), article), "unspecified",
        "explicit" if links else "discourse", None, _RULE, (), 1.0,
    )  # fmt: skip


def with_metadata(article: Article, about: Mapping[str, Any]) -> Article:
    """Return an article with a date, source and title from elsewhere, where it has none of its own."""
    from dataclasses import replace

    own = article.metadata
    made = Metadata(
        title=own.title or about.get("title"),
        date=about.get("date") or own.date,
        published=own.published or about.get("date"),
        updated=own.updated,
        byline=own.byline,
        source=own.source or about.get("source"),
    )
    return replace(article, metadata=made)


def bare(article: Article) -> Analysis:
    """Return an article as an analysis in which nothing was found."""
    return analysis_of_record({}, article)


def annotated(documents: Iterable[Document], records: Mapping[str, Mapping[str, Any]]) -> list[Analysis]:
    """Return documents as a reader annotated them: analyses to be told stories of.

    Parameters
    ----------
    records
        The annotation of each document, by its id.

    Examples
    --------
    >>> from corpus_lib.reading import Document
    >>> text = "LO krever at NHO snur."
    >>> record = {"demands": [{"actor": "LO", "addressees": ["NHO"], "content": [13, 21]}]}
    >>> [a.frame("demands")["content"][0] for a in annotated([Document("lo", text)], {"lo": record})]
    ['NHO snur']
    """
    from corpus_lib.structure import article_from

    return [analysis_of_record(records.get(d.id, {}), article_from(d)) for d in documents]
