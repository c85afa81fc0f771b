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
from corpus_lib.learned.fitting import ByFold, Choice, Example, fit_by_fold, ranking_by_fold
from corpus_lib.learned.pages import WRITTEN, Page
from corpus_lib.model import Span
from corpus_lib.quotes.attribution import Attribution, attributed, kind_of_speaker
from corpus_lib.quotes.confidence import TASK as CONFIDENCE
from corpus_lib.quotes.confidence import features as confidence_features
from corpus_lib.quotes.finding import found_in
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.scene import Scene
from corpus_lib.quotes.speaker_features import Candidate
from corpus_lib.quotes.speakers import TASK

_SAME = 0.3
"""From which share of common characters a quotation is the annotated one."""

_RIGHT = 0.8
"""From which share on the words of a quotation are right."""

_PENALTY, _LEAST, _STRENGTH = 16.0, 4, 0.3
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
            weight = min(self.page.counts, 1.0) if self.page.gold.get("complete") else _TREEBANK
            self.noted.append(Choice(self.page.doc, tuple(c.features for c in found), tuple(right), weight))
        if self.weights is not None:
            return self.weights.rank([c.features for c in found])
        own = next((i for i, c in enumerate(found) if "the mention" in c.sources), 0)
        best = right[0] if right else own
        return [float(i == best) for i in range(len(found))]


def _is_written(page: Page) -> bool:
    """Say whether an article is like no paper's."""
    return page.source == WRITTEN


def _annotated(one: Found, gold: Mapping[str, Any], least: float = _SAME) -> Mapping[str, Any] | None:
    """Return the annotated quotation that a found one is."""
    best, most = None, least
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
    weights = _fit(first + _choices(readings, _fit(first)))
    yield weights
    judges = (one for one in readings if one.page.gold.get("complete") and not _is_written(one.page))
    known = [(one.page.fold, e) for one in judges for e in _judged(one, weights)]
    yield fit_by_fold(CONFIDENCE, [e for _, e in known], [fold for fold, _ in known], strength=_STRENGTH)


def _judged(one: Reading, weights: ByFold) -> Iterator[Example]:
    """Yield for each quotation of an article what tells how sure it is, and whether its words and speaker are right."""
    page, teacher = one.page, Teacher(one.page, weights[one.page.fold])
    for found, by in zip(one.found, attributed(one.found, page.article, page.parsed, one.cast, teacher), strict=True):
        told = _annotated(found, page.gold)
        if told is not None and told.get("tier", "core") != "core":
            continue
        near = told is not None and _annotated(found, page.gold, _RIGHT) is told
        right = near and told is not None and _is_speaker(by, told, one.cast)
        features = confidence_features(found, by.mention, by.probability, kind_of_speaker(by, one.cast))
        yield Example(page.doc, features, "yes" if right else "no", page.counts)


def _is_speaker(by: Attribution, told: Mapping[str, Any], cast: Cast) -> bool:
    """Say whether the speaker found is called as the annotated one is."""
    wanted = [part.strip() for part in (told.get("speaker_entity") or "").split(";") if part.strip()]
    names = [[cast.entities[n].name] for n in by.chosen.who]
    return len(wanted) == len(names) and all(any(_is_called(name, own) for own in names) for name in wanted)


def _fit(noted: Sequence[Noted]) -> ByFold:
    folds, choices = [fold for fold, _ in noted], [choice for _, choice in noted]
    return ranking_by_fold(TASK, choices, folds, penalty=_PENALTY, least=_LEAST)
