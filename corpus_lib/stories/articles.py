"""Stories: articles that share names, words and time, put together in order of time.

Each article joins the story whose nearest articles are likely enough to tell of the same, else it begins a new one
(single-pass clustering, Allan et al. 1998). Only articles that share rare words or names are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt

from corpus_lib.learned import Linear
from corpus_lib.stories.parties import is_full, named
from corpus_lib.stories.sketch import Sketch
from corpus_lib.stories.words import Rarity, number_of

STORY = "same_story"
LEAST = "(least)"
_KEYS = 30
_MOST_HELD = 60
_LOOKED_AT = 30
_NEAREST = 3
_LATELY = (0, 4, 15, 60, 200)


def names_of(sketch: Sketch) -> tuple[int, ...]:
    """Return the numbers of the full names of an article's actors."""
    return tuple(sorted({number_of(f"@{named(p.name)}") for p in sketch.parties if is_full(p)}))


def rarity_among(sketches: Sequence[Sketch], names: Sequence[Sequence[int]]) -> Rarity:
    """Return how rare each word and name is among some articles."""
    return Rarity.among((*s.words, *n) for s, n in zip(sketches, names, strict=True))


class Likeness:
    """Articles beside each other by the words and names that they share."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self.sketches = sketches
        names = [names_of(s) for s in sketches]
        rarity = rarity_among(sketches, names)
        rare = rarity.among_all
        self._words = [{w: rare(w) for w in s.words} for s in sketches]
        self._names = [{n: rare(n) for n in own} for own in names]
        self._norms = [sqrt(sum(v * v for v in own.values())) or 1.0 for own in self._words]

    def names(self, place: int) -> Mapping[int, float]:
        """Return how rare each full name of an article is, by its number."""
        return self._names[place]

    def keys(self, place: int) -> list[int]:
        """Return the names and the rarest words of an article, the rarest first."""
        words = sorted(self._words[place].items(), key=lambda kv: (-kv[1], kv[0]))[:_KEYS]
        return [*self._names[place], *(w for w, _ in words)]

    def features(self, one: int, other: int) -> dict[str, float]:
        """Return what speaks for and against two articles being of one story."""
        a, b = self._words[one], self._words[other]
        if len(a) > len(b):
            a, b = b, a
        common = [v for w, v in a.items() if w in b]
        names = [v for n, v in self._names[one].items() if n in self._names[other]]
        share = sum(common) / (sum(a.values()) or 1.0)
        f = {
            "words": sum(v * v for v in common) / (self._norms[one] * self._norms[other]),
            "words of the shorter": share,
            "words, log": min(len(common), 60) / 60,
            f"{min(len(names), 3)} names": 1.0,
            "names": min(sum(names), 25.0) / 25.0,
        }
        days = (self.sketches[one].day, self.sketches[other].day)
        if days[0] is not None and days[1] is not None:
            size = abs((days[0] - days[1]).days)
            f[f"{next(n for n in reversed(_LATELY) if size >= n)} days between"] = 1.0
        return f

    def candidates(self) -> list[list[int]]:
        """Return for each article the earlier ones that share most with it."""
        held: dict[int, list[int]] = {}
        found = []
        for place in range(len(self.sketches)):
            worth: dict[int, float] = {}
            own = self._words[place] | self._names[place]
            keys = self.keys(place)
            for key in keys:
                for other in held.get(key, ()):
                    worth[other] = worth.get(other, 0.0) + own[key]
            found.append(sorted(worth, key=lambda n: (-worth[n], -n))[:_LOOKED_AT])
            for key in keys:
                places = held.setdefault(key, [])
                places.append(place)
                if len(places) > _MOST_HELD:
                    places.pop(0)
        return found


def stories_among(sketches: Sequence[Sketch], copies: Mapping[int, int], model: Linear) -> list[list[int]]:
    """Return the stories of articles in order of time, each as their places.

    Parameters
    ----------
    copies
        Reprints by their places, with the place of the article that each repeats: they go with it.
    """
    likeness = Likeness(sketches)
    limit = model.weights.get(LEAST, (0.5,))[0]
    of: list[int] = []
    stories: list[list[int]] = []
    for place, near in enumerate(likeness.candidates()):
        if place in copies:
            story = of[copies[place]]
        else:
            likely: dict[int, list[float]] = {}
            for other in near:
                likely.setdefault(of[other], []).append(model.probability(likeness.features(place, other)))
            best = max(((_mean(ps), -s) for s, ps in likely.items()), default=(0.0, 0))
            story = -best[1] if best[0] >= limit else len(stories)
        if story == len(stories):
            stories.append([])
        stories[story].append(place)
        of.append(story)
    return stories


def _mean(likely: Sequence[float]) -> float:
    top = sorted(likely, reverse=True)[:_NEAREST]
    return sum(top) / len(top)
