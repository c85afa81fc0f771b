"""Stories for network tools: GraphML with time, and a Discourse Network Analyzer database, a demand one concept.

In GraphML an actor and a demand are nodes, every telling and every answer an edge with its date; a demand that is told
in ten articles is one node. In the database a demand's concept is the same in every article, so that networks over time
need no recoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.exchange.dna import AGREEMENT, Statement, people, write_statements
from corpus_lib.exchange.graphml import Attributes, Edge, Node, write_network
from corpus_lib.exchange.registry import check_text
from corpus_lib.model import Span
from corpus_lib.stories import Story, StoryDemand

_NODE = ("type", "label", "kind", "story", "state", "first", "last")
_EDGE = ("relation", "stance", "date", "source", "doc", "record", "text")


def write_graphml(stories: Sequence[Story], path: Path) -> tuple[Path, ...]:
    """Write the network of some stories: who demands what of whom when, and who answers when."""
    nodes = (node for story in stories for node in _nodes(story))
    edges = (edge for story in stories for edge in _edges(story))
    return write_network("story", {"node": _NODE, "edge": _EDGE}, nodes, edges, path)


def _actor(story: Story, actor: str) -> str:
    return f"actor: {story.id} {actor}"


def _nodes(story: Story) -> Iterator[Node]:
    involved = {a for d in story.demands for a in (*d.actors, *d.addressees)}
    involved |= {a for answer in story.answers() for a in answer.actors}
    for actor in story.actors:
        if actor.id in involved:
            yield _actor(story, actor.id), {"type": "actor", "label": actor.name, "kind": actor.kind, "story": story.id}
    for d in story.demands:
        dates = [t.date for t in d.told if t.date]
        yield (
            f"demand: {d.id}",
            {
                "type": "demand", "label": d.content, "kind": d.strength, "story": story.id, "state": d.state,
                "first": min(dates, default=None), "last": max(dates, default=None),
            },
        )  # fmt: skip


def _edges(story: Story) -> Iterator[Edge]:
    for d in story.demands:
        node = f"demand: {d.id}"
        for told in d.told:
            about: Attributes = {
                "date": told.date, "source": told.source, "doc": told.doc, "record": told.id, "text": told.text,
            }  # fmt: skip
            yield from ((_actor(story, a), node, {"relation": "demands", **about}) for a in d.actors)
            yield from ((node, _actor(story, a), {"relation": "addressed to", **about}) for a in d.addressees)
        for answer in d.answers:
            for told in answer.told:
                about = {
                    "relation": "answers", "stance": answer.stance, "date": told.date, "source": told.source,
                    "doc": told.doc, "record": told.id, "text": told.text,
                }  # fmt: skip
                yield from ((_actor(story, a), node, about) for a in answer.actors)


def write_dna(stories: Sequence[Story], analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write a Discourse Network Analyzer database of some stories and the analyses that they were made from.

    Raises
    ------
    SchemaError
        If an analysis comes without its text.
    """
    told: dict[str, list[tuple[str, str, StoryDemand, str | None]]] = {}
    for story in stories:
        for d in story.demands:
            for t in d.told:
                told.setdefault(t.doc, []).append((t.id, "demand", d, None))
            for answer in d.answers:
                for t in answer.told:
                    told.setdefault(t.doc, []).append((t.id, "answer", d, answer.stance))
    for analysis in analyses:
        check_text(analysis)

    def statements(analysis: Analysis) -> Iterator[Statement]:
        demands, answers = {d.id: d for d in analysis.demands}, {r.id: r for r in analysis.responses}
        for id_, kind, d, stance in told.get(analysis.article.id, ()):
            if kind == "answer" and stance not in AGREEMENT:
                continue
            one = demands.get(id_) if kind == "demand" else answers.get(id_)
            if one is not None:
                span = Span(one.content.start, one.content.end) if kind == "demand" else one.evidence  # type: ignore[union-attr]
                agreement = 1 if stance is None else AGREEMENT[stance]
                for who in people(analysis, one.actors, one.voice):
                    yield Statement(span, *who, d.content, agreement, stance or "demand")

    return write_statements(analyses, path, statements)
