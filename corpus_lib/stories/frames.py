"""Stories as frames: a row a demand, an answer, an article, an actor; the same columns when empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_lib.stories.records import StoryAnswer, StoryDemand, Whole

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[object, ...]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "demands": (
        "story", "demand", "actor", "addressees", "content", "first", "last", "told", "reprinted", "outlets",
        "answers", "state",
    ),
    "answers": (
        "story", "demand", "answer", "actor", "stance", "words", "first", "told", "outlets", "called_on", "overtaken",
    ),
    "tellings": (
        "story", "demand", "doc", "id", "date", "source", "start", "end", "words", "sentence", "likely", "why",
    ),
    "articles": ("story", "doc", "date", "source", "title", "reprint_of", "shared", "demands", "answers"),
    "actors": ("story", "actor", "kind", "names", "roles", "sides", "articles"),
}  # fmt: skip
"""The tables of stories and their columns, in order."""

_WHOLE = {"told", "reprinted", "start", "end", "articles"}
_TYPES = {"likely": "float64", "shared": "float64", "called_on": "bool"}


def frame(stories: Sequence[Whole], table: str) -> pd.DataFrame:
    """Return a table of some stories.

    Parameters
    ----------
    table
        ``demands``: who, of whom, when first and last, how often told, by which outlets, each answer with its words,
        the state at the end. ``answers``, ``tellings`` (each with its passage and why it belongs there),
        ``articles``, ``actors``.

    Raises
    ------
    UnknownTable
        If there is no such table.
    """
    import pandas as pd

    from corpus_lib.errors import UnknownTable

    if table not in COLUMNS:
        raise UnknownTable(f"no table {table!r}; there are {', '.join(COLUMNS)}")
    columns = COLUMNS[table]
    made = pd.DataFrame([row for s in stories for row in _ROWS[table](s)], columns=list(columns), dtype="object")
    types = {c: "int64" if _is_count(table, c) else _TYPES.get(c, "object") for c in columns}
    return made.astype(types)


def _is_count(table: str, column: str) -> bool:
    return column in _WHOLE or (table == "articles" and column in ("demands", "answers"))


def _joined(ids: Sequence[str], names: Mapping[str, str]) -> str | None:
    return "; ".join(names[i] for i in ids) or None


def _outlets(one: StoryDemand | StoryAnswer) -> str | None:
    return "; ".join(dict.fromkeys(t.source for t in one.told if t.source)) or None


def _demands(story: Whole) -> Iterator[Row]:
    names, reprints = story.names(), {a.doc for a in story.articles if a.reprint_of}
    for d in story.demands:
        docs = dict.fromkeys(t.doc for t in d.told)
        dates = [t.date[:10] for t in d.told if t.date]
        own = [doc for doc in docs if doc not in reprints]
        answers = " | ".join(
            f"{(a.date or 'undated')[:10]} {_joined(a.actors, names) or 'unknown'}, {a.stance}: {a.told[0].text}"
            for a in d.answers
        )
        yield (
            story.id, d.id, _joined(d.actors, names), _joined(d.addressees, names), d.content, min(dates, default=None),
            max(dates, default=None), max(1, len(own)), len(docs) - len(own), _outlets(d), answers or None, d.state,
        )  # fmt: skip


def _answers(story: Whole) -> Iterator[Row]:
    names = story.names()
    for a in story.answers():
        yield (
            story.id, a.demand, a.id, _joined(a.actors, names), a.stance, a.told[0].text, (a.date or "")[:10] or None,
            len({t.doc for t in a.told}), _outlets(a), a.called_on, a.overtaken,
        )  # fmt: skip


def _tellings(story: Whole) -> Iterator[Row]:
    for d in story.demands:
        for t in d.told:
            why = "; ".join(f"{r.rule} {r.weight:+.2f}" for r in t.reasons if r.weight is not None) or None
            yield story.id, d.id, t.doc, t.id, t.date, t.source, t.start, t.end, t.text, t.sentence, t.likely, why


def _articles(story: Whole) -> Iterator[Row]:
    told = [t.doc for d in story.demands for t in d.told]
    answered = [t.doc for a in story.answers() for t in a.told]
    for a in story.articles:
        shared = float("nan") if a.shared is None else a.shared
        yield (
            story.id, a.doc, a.date, a.source, a.title, a.reprint_of, shared, told.count(a.doc), answered.count(a.doc)
        )  # fmt: skip


def _actors(story: Whole) -> Iterator[Row]:
    names = story.names()
    for a in story.actors:
        docs = {doc for doc, _ in a.seen}
        yield story.id, a.name, a.kind, "; ".join(a.names), "; ".join(a.roles), _joined(a.sides, names), len(docs)


_ROWS: Mapping[str, Callable[[Whole], Iterator[Row]]] = {
    "demands": _demands,
    "answers": _answers,
    "tellings": _tellings,
    "articles": _articles,
    "actors": _actors,
}
