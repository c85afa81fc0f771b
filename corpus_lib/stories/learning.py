"""Learn what is the same across articles: ``python -m corpus_lib.stories.learning STORIES… [--gold FOLDER…]``.

STORIES are files of stories with their annotation in the text (see `corpus_lib.stories.marked`), or a
``NAME.story.json`` beside the folder NAME of annotated articles. The articles of the gold folders, blind ones left out,
are no part of any story. Deterministic; a minute.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

from corpus_lib.language import load as load_pipeline
from corpus_lib.learned import Features
from corpus_lib.learned.fitting import Choice, Example, fit, fit_ranking
from corpus_lib.learned.linear import Linear, keep_weights
from corpus_lib.learned.pages import readable
from corpus_lib.stories.answers import ANSWERED, Reply, candidates, options, replies
from corpus_lib.stories.articles import STORY, Likeness
from corpus_lib.stories.copies import copies
from corpus_lib.stories.demands import LEAST, SAME, Pair, pair_features, pairs
from corpus_lib.stories.given import analysis_of_record, with_metadata
from corpus_lib.stories.marked import ToldStory, stories_in
from corpus_lib.stories.parties import cast_of
from corpus_lib.stories.scene import Scene, Telling
from corpus_lib.stories.sketch import Party, Sketch, in_order, sketch
from corpus_lib.stories.words import Rarity, Vectors
from corpus_lib.structure import read_article

SHIPPED = Path(__file__).parents[1] / "learned" / "weights"
_STRENGTH, _PENALTY = 0.03, 2.0
_LIMITS = {SAME: 0.25, STORY: 0.12}
"""Probabilities from which two tellings and two articles belong together: the best on stories that were not seen."""

_FORGETFUL = 0.6
"""What a story weighs beside itself in which every second demand calls on nobody: so much an analysis often misses."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A story with its annotation, ready to learn from.

    Attributes
    ----------
    demands, answers
        The key of each demand, the keys that each answer answers.
    """

    name: str
    scene: Scene
    demands: Mapping[Key, str]
    answers: Mapping[Key, frozenset[str]]
    _seen: dict[Pair, Features] = field(default_factory=dict)

    def features(self, pair: Pair) -> Features:
        """Return what speaks for and against two tellings being of one demand."""
        if pair not in self._seen:
            self._seen[pair] = pair_features(*pair, self.scene)
        return self._seen[pair]

    def month(self, article: int) -> str:
        """Return the month of an article."""
        return (self.scene.sketches[article].date or "")[:7]


def lesson(story: ToldStory, vectors: Vectors | None) -> Lesson:
    """Return a story ready to learn from."""
    sketches = in_order([sketch(a) for a in story.analyses])
    found = copies([s.signature for s in sketches])
    repeats = {sketches[n].doc: sketches[c[0]].doc for n, c in enumerate(found) if c is not None}
    rarity = Rarity.among(s.words for s in sketches)
    return Lesson(
        story.name, Scene(sketches, cast_of(sketches), rarity, vectors, repeats), story.demands, story.answers
    )


def forgetful(one: Lesson) -> Lesson:
    """Return a story in which every second demand calls on nobody."""
    sketches, count = [], 0
    for told in one.scene.sketches:
        some = []
        for asked in told.demands:
            count += 1
            some.append(replace(asked, addressees=()) if count % 2 else asked)
        sketches.append(replace(told, demands=tuple(some)))
    scene = one.scene
    return replace(one, scene=Scene(sketches, scene.cast, scene.rarity, scene.vectors, scene.repeats), _seen={})


def stories_of(path: Path) -> Iterator[ToldStory]:
    """Yield the stories of a file."""
    if path.suffix != ".json":
        yield from stories_in(path.read_text(encoding="utf-8"))
        return
    told = json.loads(path.read_text(encoding="utf-8"))
    name = path.name.partition(".")[0]
    folder = path.parent / name
    analyses = []
    for about in told["articles"]:
        record = json.loads((folder / f"{about['doc']}.json").read_text(encoding="utf-8"))
        article = with_metadata(read_article(folder / f"{about['doc']}.txt"), about)
        analyses.append(analysis_of_record(record, article))
    demands = {(doc, id_): d["key"] for d in told["demands"] for doc, id_ in d["told"]}
    answers: dict[Key, frozenset[str]] = {}
    for one in told["answers"]:
        for doc, r in one["told"]:
            key = doc, r if isinstance(r, str) else f"r{r}"
            answers[key] = answers.get(key, frozenset()) | {one["key"]}
    yield ToldStory(name, tuple(analyses), demands, answers)


def pair_examples(one: Lesson, without: frozenset[str] = frozenset(), share: float = 1.0) -> Iterator[Example]:
    """Yield each pair of tellings, with and without dates, but for those of some months."""
    tellings, found = one.scene.tellings, pairs(one.scene)
    weight = share * 30.0 / max(1, len(found)) ** 0.5
    for i, j in found:
        if without & {one.month(tellings[i].article), one.month(tellings[j].article)}:
            continue
        keys = [one.demands.get(tellings[n].asked.key) for n in (i, j)]
        label = "yes" if keys[0] is not None and keys[0] == keys[1] else "no"
        found_here = one.features((i, j))
        yield Example(one.name, found_here, label, weight)
        yield Example(one.name, _undated(found_here), label, weight)


def _undated(f: Mapping[str, float]) -> dict[str, float]:
    """Return features as they are where articles have no dates."""
    return {name: value for name, value in f.items() if not name.endswith("days between")}


def matters_of(one: Lesson) -> dict[str, list[Telling]]:
    """Return the tellings of each demand as annotated."""
    made: dict[str, list[Telling]] = {}
    for telling in one.scene.tellings:
        made.setdefault(one.demands.get(telling.asked.key, str(telling.asked.key)), []).append(telling)
    return made


def answer_choices(one: Lesson, without: frozenset[str] = frozenset()) -> Iterator[Choice]:
    """Yield for each answer the demands that it may be to, without the telling in its own article of those it answers.

    So it is learned what an answer is like whose demand stands in another article; and with the right ones left out,
    what one is like whose demand is nowhere.
    """
    matters = matters_of(one)
    for reply in replies(one.scene):
        if one.month(reply.article) in without:
            continue
        right = one.answers.get(reply.told.key, frozenset())
        yield from _choices(one, reply, matters, right)


def _choices(
    one: Lesson, reply: Reply, matters: Mapping[str, list[Telling]], right: frozenset[str]
) -> Iterator[Choice]:
    linked = bool(reply.told.links)
    elsewhere = {
        key: [t for t in m if not (linked and key in right and t.article == reply.article)]
        for key, m in matters.items()
    }
    held = {key: m for key, m in elsewhere.items() if m and m[0].article <= reply.article}
    for left in ((), right):
        keys = [key for key in held if key not in left]
        some = [held[key] for key in keys]
        near = candidates(reply, some, one.scene)
        found = options(reply, [some[n] for n in near], one.scene)
        yes = tuple(at + 1 for at, n in enumerate(near) if keys[n] in right)
        if yes or left or not right:
            yield Choice(one.name, tuple(found), yes or (0,), 1.0 if yes else 0.5)


def article_examples(lessons: Sequence[Lesson], others: Sequence[Sketch], held_out: str = "") -> Iterator[Example]:
    """Yield pairs of articles, each with and without their dates: of one story, of two, of a story and of none.

    Among those of none, what names somebody in common stands often: that alone makes no story.
    """
    sketches = [s for one in lessons for s in one.scene.sketches]
    of = [one.name for one in lessons for _ in one.scene.sketches]
    days = [s.date for s in sketches]
    dated = [replace(s, date=days[n * 7 % len(days)]) for n, s in enumerate(others)]
    likeness, first = Likeness([*sketches, *dated]), len(sketches)
    inside = [p for p in combinations(range(first), 2) if of[p[0]] == of[p[1]] or sum(p) % 7 == 0]
    across = [(i, first + n) for n in range(len(dated)) for i in range(n % 11, first, 11)]
    apart = [(n, m) for n in range(len(dated)) for m in range(n + 1, len(dated))]
    alike = [(n, m) for n, m in apart if not set(likeness.names(first + n)).isdisjoint(likeness.names(first + m))]
    outside = [(first + n, first + m) for n, m in (*apart[::23], *alike[::3])]
    for i, j in (*inside, *across, *outside):
        names = {of[n] for n in (i, j) if n < first}
        if held_out and held_out in names:
            continue
        label = "yes" if j < first and of[i] == of[j] else "no"
        f = likeness.features(i, j)
        yield Example("", f, label)
        yield Example("", _undated(f), label)


def with_limit(model: Linear) -> Linear:
    """Return weights with the probability from which they say yes."""
    if model.task not in _LIMITS:
        return model
    return replace(model, weights={**model.weights, LEAST: (_LIMITS[model.task],)})


def learn_pairs(
    lessons: Sequence[Lesson], forgetful: Sequence[Lesson] = (), without: Mapping[str, frozenset[str]] | None = None
) -> Linear:
    """Return the weights of the pairs of tellings, without some months of some stories."""
    left = without or {}
    shares = [*((one, 1.0) for one in lessons), *((one, _FORGETFUL) for one in forgetful)]
    examples = [e for one, share in shares for e in pair_examples(one, left.get(one.name, frozenset()), share)]
    return with_limit(fit(SAME, examples, strength=_STRENGTH, least=3))


def learn_answers(lessons: Sequence[Lesson], without: Mapping[str, frozenset[str]] | None = None) -> Linear:
    """Return the weights of the answers, without some months of some stories."""
    left = without or {}
    choices = [c for one in lessons for c in answer_choices(one, left.get(one.name, frozenset()))]
    return fit_ranking(ANSWERED, choices, penalty=_PENALTY, least=3)


def learn_articles(lessons: Sequence[Lesson], others: Sequence[Sketch], held_out: str = "") -> Linear:
    """Return the weights of the pairs of articles, without those of a story."""
    return with_limit(fit(STORY, list(article_examples(lessons, others, held_out)), strength=1.0, least=3))


def other_articles(folders: Sequence[Path]) -> list[Sketch]:
    """Return the readable articles of some folders of gold, which belong to no story, with the actors they name."""
    from corpus_lib.stories.given import bare

    found = []
    for file in readable(folders):
        record = json.loads(file.path.read_text(encoding="utf-8"))
        named = ((a["name"], a["kind"]) for a in record.get("actors") or ())
        parties = tuple(Party(f"a{n}", name, kind) for n, (name, kind) in enumerate(named, start=1))
        found.append(replace(sketch(bare(read_article(file.path.with_suffix(".txt")))), parties=parties))
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Learn all and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m corpus_lib.stories.learning", description=__doc__)
    parser.add_argument("stories", type=Path, nargs="+", help="files of stories")
    parser.add_argument("--gold", type=Path, nargs="*", default=(), help="folders of articles that are in no story")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED, help="folder for the weights (the shipped ones)")
    given = parser.parse_args(argv)
    vectors = Vectors(load_pipeline())
    lessons = [lesson(story, vectors) for path in given.stories for story in stories_of(path)]
    pairs_learned = learn_pairs(lessons, [forgetful(one) for one in lessons])
    learned = (pairs_learned, learn_answers(lessons), learn_articles(lessons, other_articles(given.gold)))
    for model in learned:
        path = keep_weights(model, given.output)
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
