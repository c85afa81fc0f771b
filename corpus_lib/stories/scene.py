"""A story as one looks at its demands: who is who, how rare each word is, what words mean, what is near what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus_lib.stories.parties import Actor, Cast
from corpus_lib.stories.sketch import Asked, Sketch
from corpus_lib.stories.words import Cover, Rarity, Vectors, covered, number_of, root

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ALL = 120
"""In a story with so many tellings each is near all others; in a larger one, those that share most with it."""

_NEAREST = 40
_FEW = 3
"""A telling with fewer words that takes up the demand before it («det samme», «en slik …») has that one's words."""

_WORTH = {"same": (0.3, 0.2), "side": (0.15, 0.1)}
"""What shared demanders and addressees add to the likeness of words, where tellings are put in order."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A demand as an article tells it, with its parties as the story has them.

    Attributes
    ----------
    words, around
        The roots of its words and of its sentence, without the parties' names and what the article's other demands say.
    """

    asked: Asked
    article: int
    day: int | None
    by: tuple[Actor, ...]
    on: tuple[Actor, ...]
    words: tuple[str, ...]
    around: tuple[str, ...]


@dataclass(slots=True)
class Scene:
    """The tellings of a story's demands, in order of time, and what is known of each two.

    Parameters
    ----------
    repeats
        Reprints, each with the article that it repeats.
    """

    sketches: Sequence[Sketch]
    cast: Cast
    rarity: Rarity
    vectors: Vectors | None = None
    repeats: Mapping[str, str] = field(default_factory=dict)
    tellings: tuple[Telling, ...] = ()
    _first: dict[int, int] = field(default_factory=dict)
    _here: dict[int, list[int]] = field(default_factory=dict)
    _shared: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _gists: dict[int, NDArray[Any]] = field(default_factory=dict)
    _covers: dict[tuple[int, int], tuple[Cover, Cover, Cover, Cover]] = field(default_factory=dict)
    _close: dict[tuple[int, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note the tellings of each article, the first article of each word, what every telling means."""
        self.tellings = tuple(t for n, s in enumerate(self.sketches) for t in _tellings(s, n, self.cast))
        for place, telling in enumerate(self.tellings):
            self._here.setdefault(telling.article, []).append(place)
        for place, one in enumerate(self.sketches):
            for word in one.words:
                self._first.setdefault(word, place)
        if self.vectors is not None and self.tellings:
            self.vectors.look_up(w for t in self.tellings for w in (*t.words, *t.around))
            self._gists = _gists(self.tellings, self.vectors, self.rarity)
        if len(self.tellings) > _ALL:
            self._shared = dict(enumerate(_sharing(self.tellings, self.rarity)))

    def covers(self, one: Telling, other: Telling) -> tuple[Cover, Cover, Cover, Cover]:
        """Return how two tellings cover each other: either's words by the other's, and by the other's sentence too."""
        key = id(one), id(other)
        if key not in self._covers:
            both = ((one, other), (other, one))
            forth, back = (covered(x.words, y.words, self.rarity, self.vectors) for x, y in both)
            wide, after = (covered(x.words, (*y.words, *y.around), self.rarity, self.vectors) for x, y in both)
            self._covers[key] = forth, back, wide, after
        return self._covers[key]

    def closeness(self, one: int, other: int) -> float:
        """Return how close two tellings are by words and parties, to put them in order."""
        key = (min(one, other), max(one, other))
        if key not in self._close:
            a, b = self.tellings[key[0]], self.tellings[key[1]]
            forth, back, *_ = self.covers(b, a)
            by, on = Cast.bond(a.by, b.by), Cast.bond(a.on, b.on)
            parties = _WORTH.get(by, (0.0, 0.0))[0] + _WORTH.get(on, (0.0, 0.0))[1]
            self._close[key] = (forth.near + back.near) / 2 + parties
        return self._close[key]

    def alike(self, one: Telling, other: Telling) -> float:
        """Return how near two tellings are in meaning (cosine, -1 to 1), less what all of the story mean."""
        if not self._gists:
            return 0.0
        return float(self._gists[id(one)] @ self._gists[id(other)])

    def unheard(self, telling: Telling) -> float:
        """Return which share of a telling's words no earlier article has, each weighing what it is rare."""
        weights = [(self.rarity.of(w), self._first.get(number_of(w), telling.article)) for w in telling.words]
        total = sum(weight for weight, _ in weights)
        return sum(weight for weight, first in weights if first >= telling.article) / total if total else 0.0

    def beside(self, place: int) -> list[int]:
        """Return the other tellings of an article."""
        return [n for n in self._here[self.tellings[place].article] if n != place]

    def near(self, place: int) -> Sequence[int]:
        """Return the earlier tellings, of other articles, that one may be of one demand with."""
        if self._shared:
            return self._shared[place]
        own = self.tellings[place].article
        return [n for n in range(place) if self.tellings[n].article != own]


def _tellings(one: Sketch, number: int, cast: Cast) -> Iterator[Telling]:
    day = one.day.toordinal() if one.day else None
    before: tuple[str, ...] = ()
    for asked in one.demands:
        if asked.kind == "set" and asked.members:
            continue
        by = cast.who(asked.doc, asked.actors)
        called = cast.who(asked.doc, asked.addressees)
        on = tuple(a for a in called if a not in by)  # nobody calls on themselves: there the addressee was misread
        words = without_names(asked.words, (*by, *on)) or asked.words
        if asked.takes_up and len(words) < _FEW:
            words = tuple(dict.fromkeys((*words, *before)))
        before = words
        elsewhere = {w for d in one.demands if d.id != asked.id for w in d.words} - set(words)
        around = tuple(w for w in without_names(asked.around, (*by, *on)) if w not in elsewhere)
        yield Telling(asked, number, day, by, on, words, around)


def without_names(words: Sequence[str], actors: Sequence[Actor]) -> tuple[str, ...]:
    """Return words without those of some actors' names: who is called on says nothing of what is demanded."""
    named = {root(w) for a in actors for n in a.names for w in n.split()}
    return tuple(w for w in words if w not in named)


def _gists(tellings: Sequence[Telling], vectors: Vectors, rarity: Rarity) -> dict[int, NDArray[Any]]:
    """Return the mean vector of each telling's words and sentence, less the mean of all, of length one."""
    import numpy as np

    rows = []
    for telling in tellings:
        parts = [g for words in (telling.words, telling.around) if (g := vectors.gist(words, rarity)) is not None]
        rows.append(np.mean(parts, axis=0) if parts else np.zeros(vectors.width))
    table = np.stack(rows) - np.mean(rows, axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-9
    return {id(t): row for t, row in zip(tellings, table, strict=True)}


def _sharing(tellings: Sequence[Telling], rarity: Rarity) -> Iterator[tuple[int, ...]]:
    """Yield for each telling the earlier ones of other articles that share most with it: parties, words."""
    held: dict[str, list[int]] = {}
    for place, telling in enumerate(tellings):
        worth: dict[int, float] = {}
        keys = dict.fromkeys((*telling.words, *(f"@{a.id}" for a in (*telling.by, *telling.on))))
        for key in keys:
            value = 1.0 if key.startswith("@") else rarity.of(key)
            for other in held.get(key, ())[-2 * _NEAREST :]:
                if tellings[other].article != telling.article:
                    worth[other] = worth.get(other, 0.0) + value
        yield tuple(sorted(sorted(worth, key=lambda n: (-worth[n], -n))[:_NEAREST]))
        for key in keys:
            held.setdefault(key, []).append(place)
