"""A story: its articles, actors, demands and answers, as records, as frames, in words and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus_lib.stories.frames import frame
from corpus_lib.stories.records import StoryActor, StoryAnswer, StoryArticle, StoryDemand, Told

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Story:
    """Articles that tell of one matter over time: who demands what, and what it is answered, across them."""

    id: str
    articles: tuple[StoryArticle, ...]
    actors: tuple[StoryActor, ...]
    demands: tuple[StoryDemand, ...]

    def __repr__(self) -> str:
        """Return the first headline and how much there is."""
        title = next((a.title for a in self.articles if a.title), self.id)
        return f"<Story {title!r:.60}: {len(self.articles)} articles, {len(self.demands)} demands>"

    def names(self) -> dict[str, str]:
        """Return the actors' names by id."""
        return {a.id: a.name for a in self.actors}

    def demand(self, id: str) -> StoryDemand:
        """Return a demand by its id.

        Raises
        ------
        KeyError
            If there is none.
        """
        for demand in self.demands:
            if demand.id == id:
                return demand
        raise KeyError(f"no demand {id!r} in this story; there are {', '.join(d.id for d in self.demands) or 'none'}")

    def answers(self) -> Iterator[StoryAnswer]:
        """Yield the answers to all demands."""
        for demand in self.demands:
            yield from demand.answers

    def frame(self, table: str = "demands") -> pd.DataFrame:
        """Return a table: demands, answers, tellings, articles or actors; see `corpus_lib.stories.frame`."""
        return frame([self], table)

    def to_dict(self) -> dict[str, Any]:
        """Return the story as its file has it: articles, demands with their tellings, answers with theirs."""
        return story_file([self])

    def explain(self, id: str) -> str:
        """Return in words why the tellings of a demand are one, and which answers go to it."""
        demand, names = self.demand(id), self.names()
        who = "; ".join(names[a] for a in demand.actors) or "unknown"
        lines = [f"{who}: «{demand.content}» ({demand.state})"]
        for told in demand.told:
            lines.append(f"  {told.date or 'undated'} {told.doc} {told.id} «{told.text}»{_why(told)}")
        for answer in demand.answers:
            said = "; ".join(names[a] for a in answer.actors) or "unknown"
            for told in answer.told:
                lines.append(
                    f"  → {told.date or 'undated'} {told.doc} {told.id} {said}, {answer.stance}: "
                    f"«{told.text}»{_why(told)}"
                )
        return "\n".join(lines)


def _why(told: Told) -> str:
    if not told.reasons:
        return ""
    words = ", ".join(f"{r.rule} ({r.weight:+.1f})" if r.weight is not None else r.rule for r in told.reasons)
    return f" — likely {told.likely:.2f}: {words}"


def story_file(stories: list[Story] | tuple[Story, ...]) -> dict[str, Any]:
    """Return stories in the form of a story file; the ids of demands and answers are those of the analyses."""
    return {
        "articles": [
            {
                "doc": a.doc,
                "date": a.date,
                "source": a.source,
                "title": a.title,
                "reprint_of": a.reprint_of,
                "story": s.id,
            }
            for s in stories
            for a in s.articles
        ],
        "demands": [_demand(s, d) for s in stories for d in s.demands],
        "answers": [_answer(s, a) for s in stories for a in s.answers()],
    }


def _demand(story: Story, demand: StoryDemand) -> Mapping[str, Any]:
    names = story.names()
    return {
        "key": demand.id,
        "story": story.id,
        "actor": "; ".join(names[a] for a in demand.actors) or None,
        "addressees": [names[a] for a in demand.addressees],
        "content": demand.content,
        "state": demand.state,
        "told": [[t.doc, t.id] for t in demand.told],
    }


def _answer(story: Story, answer: StoryAnswer) -> Mapping[str, Any]:
    names = story.names()
    return {
        "key": answer.demand,
        "actor": "; ".join(names[a] for a in answer.actors) or None,
        "stance": answer.stance,
        "overtaken": answer.overtaken,
        "told": [[t.doc, t.id] for t in answer.told],
    }
