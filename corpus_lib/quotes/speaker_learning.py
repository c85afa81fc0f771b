"""Learn who says a quotation, from articles in which the speakers are annotated.

Each article is read twice: once with the annotated speakers taken, so that who spoke before is who did, and once with
the choices of weights learned so, so that a choice is also learned after an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus_lib.actors import Cast, introduce
from corpus_lib.learned import Linear
from corpus_lib.learned.fitting import ByFold, Choice, ranking_by_fold
from corpus_lib.learned.pages import Page
from corpus_lib.model import Span
from corpus_lib.quotes.attribution import attributed
from corpus_lib.quotes.finding import found_in
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.speakers import TASK, Candidate, Scene

_SAME = 0.3
"""From which share of common characters a quotation is the annotated one."""

_PENALTY, _LEAST = 1.5, 4
_TREEBANK = 0.3
_TITLE = re.compile(r"^(?:[a-zæøå-]+ )+(?=[A-ZÆØÅ])")


@dataclass(slots=True)
class Teacher:
    """Stands in for the learned ranking, and notes each choice whose answer is annotated."""

    page: Page
    weights: Linear | None = None
    noted: list[Choice] = field(default_factory=list)

    def __call__(self, scene: Scene, place: int, found: Sequence[Candidate]) -> Sequence[float]:
        """Return the annotated choice, or the weights' own where some are given."""
        told = _annotated(scene.found[place], self.page.gold)
        right = [] if told is None else _right(told, found, scene, complete=bool(self.page.gold.get("complete")))
        if right and len(right) < len(found):
            weight = 1.0 if self.page.gold.get("complete") else _TREEBANK
            self.noted.append(Choice(self.page.doc, tuple(c.features for c in found), tuple(right), weight))
        if self.weights is not None:
            return self.weights.rank([c.features for c in found])
        own = next((i for i, c in enumerate(found) if "the mention" in c.sources), 0)
        best = right[0] if right else own
        return [float(i == best) for i in range(len(found))]


def _annotated(one: Found, gold: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the annotated quotation that a found one is."""
    best, most = None, _SAME
    for quote in gold["quotes"]:
        spans = [Span(s["start"], s["end"]) for s in quote["segments"]]
        shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in spans for b in one.segments)
        total = sum(s.end - s.start for s in (*spans, *one.segments)) - shared
        if total and shared / total >= most:
            best, most = quote, shared / total
    return best


def _right(told: Mapping[str, Any], found: Sequence[Candidate], scene: Scene, *, complete: bool) -> list[int]:
    """Return the candidates that are the annotated speaker."""
    name = told.get("speaker_entity")
    if not name:
        return [i for i, c in enumerate(found) if not c.who] if complete and not told.get("speaker_mention") else []
    wanted = [part.strip() for part in name.split(";")]
    return [i for i, c in enumerate(found) if len(c.who) == len(wanted) and _are(c.who, wanted, scene)]


def _are(who: Sequence[int], wanted: Sequence[str], scene: Scene) -> bool:
    names = [[scene.cast.entities[n].name, *scene.cast.entities[n].aliases] for n in who]
    return all(any(_is_called(name, own) for own in names) for name in wanted)


def _is_called(wanted: str, names: Sequence[str]) -> bool:
    """Say whether an annotated name is one of an entity's: the same, or the last words of it."""
    first = _plain(wanted)
    return any(first == n or n.endswith(" " + first) or first.endswith(" " + n) for n in map(_plain, names) if n)


def _plain(name: str) -> str:
    return _TITLE.sub("", name).casefold().strip(" .«»\"'").removesuffix("s")


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its cast and what was found in it, by weights that have not seen it."""

    page: Page
    cast: Cast
    found: list[Found]


def _reading(page: Page) -> Reading:
    with page.unseen():
        return Reading(page, introduce(page.article, page.parsed), found_in(page.article, page.parsed))


Noted = tuple[int, Choice]
"""A choice and the fold of its article."""


def _choices(readings: Iterable[Reading], weights: ByFold | None) -> list[Noted]:
    """Return the choices of articles read with the annotated speakers or with weights that have not seen them."""
    noted: list[Noted] = []
    for one in readings:
        page = one.page
        teacher = Teacher(page, None if weights is None else weights[page.fold])
        attributed(one.found, page.article, page.parsed, one.cast, teacher)
        noted += [(page.fold, choice) for choice in teacher.noted]
    return noted


def learn(pages: Iterable[Page]) -> Iterator[ByFold]:
    """Yield the weights of who says a quotation."""
    readings = [_reading(page) for page in pages if page.gold.get("quotes")]
    first = _choices(readings, None)
    yield _fit(first + _choices(readings, _fit(first)))


def _fit(noted: Sequence[Noted]) -> ByFold:
    folds, choices = [fold for fold, _ in noted], [choice for _, choice in noted]
    return ranking_by_fold(TASK, choices, folds, penalty=_PENALTY, least=_LEAST)
