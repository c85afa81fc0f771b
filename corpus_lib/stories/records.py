"""The records of a story: articles, actors, demands and their tellings, answers and theirs; frozen, with offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from corpus_lib.model import Reason, Stance

State = Literal["met", "partly", "refused", "withdrawn", "open"]
STATES: tuple[State, ...] = ("met", "partly", "refused", "withdrawn", "open")


@dataclass(frozen=True, slots=True)
class Told:
    """Where something is told: the article, the record's id in its analysis, the words and the sentence around them.

    Attributes
    ----------
    likely
        How likely it belongs with the others (0–1); 1 for the first.
    reasons
        What weighed most in that.
    """

    doc: str
    id: str
    start: int
    end: int
    text: str
    sentence: str
    date: str | None
    source: str | None
    likely: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryArticle:
    """An article of a story.

    Attributes
    ----------
    reprint_of
        The article that it repeats, where it is a reprint or near copy: the one that stood first.
    shared
        Which share of the shorter one's wording the two have in common.
    """

    doc: str
    date: str | None
    source: str | None
    title: str | None
    reprint_of: str | None = None
    shared: float | None = None


@dataclass(frozen=True, slots=True)
class StoryActor:
    """An actor of a story: its names in all articles, its offices, the bodies it belongs to or speaks for."""

    id: str
    name: str
    kind: str
    names: tuple[str, ...]
    roles: tuple[str, ...]
    sides: tuple[str, ...]
    seen: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """An answer to a demand of the story, with every article that tells it.

    Attributes
    ----------
    called_on
        Whether who answers was called on, or belongs to who was.
    overtaken
        The id of the later answer of the same party that took its place.
    """

    id: str
    demand: str
    actors: tuple[str, ...]
    stance: Stance
    told: tuple[Told, ...]
    called_on: bool
    overtaken: str | None = None

    @property
    def date(self) -> str | None:
        """When it was first told."""
        return self.told[0].date


@dataclass(frozen=True, slots=True)
class StoryDemand:
    """A demand of the story, with every article that tells it, in order of time.

    Attributes
    ----------
    id
        The article that told it first and the demand there: it stays when more articles come.
    state
        What became of it at the end.
    """

    id: str
    actors: tuple[str, ...]
    addressees: tuple[str, ...]
    content: str
    strength: str
    told: tuple[Told, ...]
    answers: tuple[StoryAnswer, ...]
    state: State

    @property
    def date(self) -> str | None:
        """When it was first told."""
        return self.told[0].date


class Whole(Protocol):
    """What is asked of a story by who lists or draws it."""

    @property
    def id(self) -> str:
        """The first of its articles."""

    @property
    def articles(self) -> tuple[StoryArticle, ...]:
        """Its articles in order of time."""

    @property
    def actors(self) -> tuple[StoryActor, ...]:
        """Who acts in it."""

    @property
    def demands(self) -> tuple[StoryDemand, ...]:
        """Its demands in the order in which they were first told."""

    def names(self) -> dict[str, str]:
        """Return the actors' names by id."""

    def answers(self) -> Iterator[StoryAnswer]:
        """Yield the answers to all demands."""
