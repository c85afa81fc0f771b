"""Analyses → stories: the one path through copies, stories, actors, demands and answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_lib.learned import Features, Linear, load
from corpus_lib.model import Reason
from corpus_lib.stories.answers import ANSWERED, Answered, Reply, answered, replies
from corpus_lib.stories.articles import STORY, stories_among
from corpus_lib.stories.copies import copies
from corpus_lib.stories.demands import SAME, grouped, least, pair_features, tied, weighed
from corpus_lib.stories.parties import Actor, Cast, cast_of
from corpus_lib.stories.records import StoryActor, StoryAnswer, StoryArticle, StoryDemand, Told
from corpus_lib.stories.scene import Scene, Telling
from corpus_lib.stories.settling import overtaken, state_of
from corpus_lib.stories.sketch import Passage, Sketch, in_order, sketch
from corpus_lib.stories.story import Story
from corpus_lib.stories.words import Rarity, Vectors

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis

_REASONS = 4
"""How many features stand as reasons: those that weighed most."""


def stories_of(analyses: Iterable[Analysis]) -> list[Story]:
    r"""Return the stories that some analyses tell, those with most articles first.

    Parameters
    ----------
    analyses
        Any number of them; each is let go when its sketch is made.

    Examples
    --------
    >>> from corpus_lib.analysis import analyse
    >>> story = stories_of([analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet.")])[0]
    >>> [(d.content, d.state) for d in story.demands]
    [('NHO snur', 'refused')]
    """
    return stories_of_sketches([sketch(a) for a in analyses])


def stories_of_sketches(sketches: Sequence[Sketch]) -> list[Story]:
    """Return the stories of articles of which the sketches are at hand."""
    from corpus_lib.language import load as load_pipeline

    ordered = in_order(sketches)
    found = copies([s.signature for s in ordered])
    repeated = {place: copy for place, copy in enumerate(found) if copy is not None}
    groups = stories_among(ordered, {place: copy[0] for place, copy in repeated.items()}, load(STORY))
    vectors = Vectors(load_pipeline()) if any(s.demands for s in ordered) else None
    told = [_story([ordered[n] for n in group], _repeats(group, ordered, repeated), vectors) for group in groups]
    return sorted(told, key=lambda s: -len(s.articles))


Repeats = Mapping[str, tuple[str, float]]


def _repeats(group: Sequence[int], ordered: Sequence[Sketch], repeated: Mapping[int, tuple[int, float]]) -> Repeats:
    """Return the reprints of a story, each with the article that it repeats and how much of it."""
    return {ordered[n].doc: (ordered[repeated[n][0]].doc, repeated[n][1]) for n in group if n in repeated}


def _story(sketches: Sequence[Sketch], repeats: Repeats, vectors: Vectors | None) -> Story:
    cast = cast_of(sketches)
    rarity = Rarity.among(s.words for s in sketches)
    scene = Scene(sketches, cast, rarity, vectors, {doc: first for doc, (first, _) in repeats.items()})
    by_doc = {s.doc: s for s in sketches}
    matters = [[scene.tellings[n] for n in group] for group in _groups(scene)]
    given = _answers(scene, matters, by_doc)
    demands = tuple(_demand(m, given.get(n, ()), scene, by_doc) for n, m in enumerate(matters))
    articles = tuple(
        StoryArticle(s.doc, s.date, s.source, s.title, *repeats.get(s.doc, (None, None))) for s in sketches
    )
    return Story(sketches[0].doc, articles, _actors(cast), demands)


def _groups(scene: Scene) -> list[list[int]]:
    model = load(SAME)
    likely = weighed(scene, model)
    return grouped(len(scene.tellings), likely, least(model), tied(scene))


def _actors(cast: Cast) -> tuple[StoryActor, ...]:
    return tuple(
        StoryActor(a.id, a.name, a.kind, a.names, a.roles, tuple(sorted(a.sides - {a.id})), a.seen, a.reasons)
        for a in cast.actors
    )


def _key(telling: Telling) -> str:
    return f"{telling.asked.doc} {telling.asked.id}"


def _demand(
    matter: Sequence[Telling], answers: Sequence[StoryAnswer], scene: Scene, by_doc: Mapping[str, Sketch]
) -> StoryDemand:
    model, places = load(SAME), {id(t): n for n, t in enumerate(scene.tellings)}
    told = []
    for number, telling in enumerate(matter):
        reasons: tuple[Reason, ...] = ()
        likely = telling.asked.confidence if number == 0 else 0.0
        for before in matter[:number]:
            features = pair_features(places[id(before)], places[id(telling)], scene)
            if (p := model.probability(features)) > likely or not reasons:
                likely, reasons = p, _reasons(model, features)
        asked = telling.asked
        told.append(_told(asked.doc, asked.id, asked.passage, by_doc[asked.doc], likely if number else 1.0, reasons))
    actors = tuple(dict.fromkeys(a.id for t in matter for a in t.by))
    addressees = tuple(dict.fromkeys(a.id for t in matter for a in t.on))
    fullest = max(matter[:3], key=lambda t: min(len(t.words), 8))
    return StoryDemand(
        _key(matter[0]), actors, addressees, fullest.asked.passage.text, matter[0].asked.strength, tuple(told),
        tuple(answers), state_of(answers, actors),
    )  # fmt: skip


def _told(doc: str, id_: str, passage: Passage, at: Sketch, likely: float, reasons: tuple[Reason, ...]) -> Told:
    return Told(
        doc, id_, passage.start, passage.end, passage.text, passage.sentence, at.date, at.source, likely, reasons
    )


def _reasons(model: Linear, features: Features) -> tuple[Reason, ...]:
    weightiest = [c for c in model.contributions(features) if not c.feature.startswith("(")][:_REASONS]
    return tuple(Reason(c.feature, weight=round(c.weight, 3)) for c in weightiest)


def _answers(
    scene: Scene, matters: Sequence[Sequence[Telling]], by_doc: Mapping[str, Sketch]
) -> dict[int, tuple[StoryAnswer, ...]]:
    """Return the answers to each demand, in order of time; the same answer told again is one."""
    model = load(ANSWERED)
    given: dict[int, list[tuple[Reply, Answered]]] = {}
    for reply, found in answered(replies(scene), matters, scene, model):
        for one in found:
            given.setdefault(one.matter, []).append((reply, one))
    out = {}
    for number, replied in given.items():
        called = tuple(dict.fromkeys(a for t in matters[number] for a in t.on))
        merged = _merged(replied)
        key = _key(matters[number][0])
        made = [_answer(f"{key} {n}", key, some, called, by_doc, model) for n, some in enumerate(merged, start=1)]
        out[number] = tuple(overtaken(made))
    return out


def _merged(replied: Sequence[tuple[Reply, Answered]]) -> list[list[tuple[Reply, Answered]]]:
    """Return answers of one party with one stance together, as long as it gives no other in between.

    Where one article tells two answers of a party, the one that it gave before is that one told again: «in March he
    said no; now he goes».
    """
    merged: list[list[tuple[Reply, Answered]]] = []
    stances: dict[tuple[object, ...], set[str]] = {}
    for reply, _ in replied:
        stances.setdefault((reply.article, *(a.id for a in reply.by)), set()).add(reply.told.stance)
    for reply, one in replied:
        who = tuple(a.id for a in reply.by)
        mine = [group for group in merged if who and tuple(a.id for a in group[0][0].by) == who]
        alike = [group for group in mine if group[0][0].told.stance == reply.told.stance]
        several = len(stances[(reply.article, *who)]) > 1
        if alike and (alike[-1] is mine[-1] or several):
            alike[-1].append((reply, one))
        else:
            merged.append([(reply, one)])
    return merged


def _answer(
    id_: str,
    demand: str,
    some: Sequence[tuple[Reply, Answered]],
    called: Sequence[Actor],
    by_doc: Mapping[str, Sketch],
    model: Linear,
) -> StoryAnswer:
    first = some[0][0]
    told = []
    for reply, one in some:
        linked = Reason("linked in its article", note="its article links it to a telling of the demand")
        why = (linked,) if one.features is None else _reasons(model, one.features)
        told.append(
            _told(reply.told.doc, reply.told.id, reply.told.passage, by_doc[reply.told.doc], one.probability, why)
        )
    near = Cast.bond(first.by, called) in ("same", "side")
    return StoryAnswer(id_, demand, tuple(a.id for a in first.by), first.told.stance, tuple(told), near)
