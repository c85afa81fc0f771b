"""The figures of stories on the shared story, what is learned leaving months out.

    python tests/stories/figures.py [--shared FOLDER] [--own ANALYSES.jsonl]

Two tellings are weighed by weights that saw no article of either's month, an answer by weights that saw none of its
own; the articles are put into stories by weights that saw none of the story. ``score_story.py`` scores. Then come
the stories written to learn from, each by weights that saw all others and the shared one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.language import load as load_pipeline
from corpus_lib.learned import Linear
from corpus_lib.stories import learning
from corpus_lib.stories.answers import answered, replies
from corpus_lib.stories.articles import stories_among
from corpus_lib.stories.copies import copies
from corpus_lib.stories.demands import grouped, least, pair_features, pairs, tied
from corpus_lib.stories.given import with_metadata
from corpus_lib.stories.marked import ToldStory
from corpus_lib.stories.sketch import in_order, sketch
from corpus_lib.stories.words import Vectors

HERE = Path(__file__).resolve()
NAME = "storya"


def months_of(one: learning.Lesson) -> list[str]:
    return sorted({one.month(n) for n in range(len(one.scene.sketches))})


Models = dict[frozenset[str], Linear]


def matters_unseen(one: learning.Lesson, lessons: Sequence[learning.Lesson], models: Models) -> list[list[Any]]:
    """Return the demands as weights put them together that saw neither month of a pair."""
    forgetful = [learning.forgetful(lesson) for lesson in lessons] if not models else []
    likely, tellings = {}, one.scene.tellings
    for i, j in pairs(one.scene):
        left = frozenset(one.month(tellings[n].article) for n in (i, j))
        if left not in models:
            models[left] = learning.learn_pairs(lessons, forgetful, {NAME: left})
        likely[i, j] = models[left].probability(pair_features(i, j, one.scene))
    limit = least(next(iter(models.values())))
    return [[tellings[n] for n in group] for group in grouped(len(tellings), likely, limit, tied(one.scene))]


def answers_unseen(
    one: learning.Lesson, lessons: Sequence[learning.Lesson], matters: Sequence[Sequence[Any]]
) -> Iterator[tuple[Any, list[Any]]]:
    """Yield the answers with the demands that weights give them which did not see their month."""
    found = replies(one.scene)
    for month in months_of(one):
        model = learning.learn_answers(lessons, {NAME: frozenset({month})})
        yield from answered([r for r in found if one.month(r.article) == month], matters, one.scene, model)


def told(one: learning.Lesson, lessons: Sequence[learning.Lesson], models: Models) -> dict[str, Any]:
    """Return the story file that weights give which did not see what they decide."""
    matters = matters_unseen(one, lessons, models)
    demands = [{"key": n, "told": [list(t.asked.key) for t in m]} for n, m in enumerate(matters)]
    answers = [
        {"key": f.matter, "told": [list(r.told.key)]}
        for r, found in answers_unseen(one, lessons, matters)
        for f in found
    ]
    articles = [{"doc": d, "reprint_of": first} for d, first in one.scene.repeats.items()]
    return {"articles": articles, "demands": demands, "answers": answers}


def pairs_of(one: learning.Lesson, groups: Sequence[Sequence[int]]) -> set[tuple[int, int]]:
    """Return the pairs of tellings, of two articles, that are put together."""
    article = [t.article for t in one.scene.tellings]
    return {p for g in groups for p in combinations(sorted(g), 2) if article[p[0]] != article[p[1]]}


def whole_left_out(lessons: Sequence[learning.Lesson]) -> str:
    """Return how well the tellings of each story are put together by weights that saw none of it, counted as one."""
    forgetful = [learning.forgetful(one) for one in lessons]
    right = found = gold = 0
    for one in lessons:
        if one.name == NAME:
            continue
        seen, faint = ([x for x in some if x.name != one.name] for some in (lessons, forgetful))
        model = learning.learn_pairs(seen, faint)
        likely = {p: model.probability(one.features(p)) for p in pairs(one.scene)}
        made = pairs_of(one, grouped(len(one.scene.tellings), likely, least(model), tied(one.scene)))
        keys: dict[str, list[int]] = {}
        for place, telling in enumerate(one.scene.tellings):
            keys.setdefault(one.demands[telling.asked.key], []).append(place)
        same = pairs_of(one, list(keys.values()))
        right, found, gold = right + len(made & same), found + len(made), gold + len(same)
    p, r = right / found, right / gold
    figures = f"{2 * p * r / (p + r):.2f} (P {p:.2f} R {r:.2f})"
    return f"{len(lessons) - 1} written stories, each left out: same_demand {figures}"


Matched = Mapping[tuple[str, str], tuple[str, str]]


def at_best(demands: Matched, answers: Matched, given: ToldStory) -> dict[str, Any]:
    """Return the story file in which what an analysis found is all put together rightly."""
    told_: dict[str, list[list[str]]] = {}
    for mine, gold in demands.items():
        told_.setdefault(given.demands.get(gold, str(gold)), []).append(list(mine))
    right = ((list(mine), key) for mine, gold in answers.items() for key in sorted(given.answers.get(gold, ())))
    return {
        "demands": [{"key": key, "told": places} for key, places in told_.items()],
        "answers": [{"key": key, "told": [place]} for place, key in right],
    }


ONE = {
    "Helsearbeidarforbundet": "Helsearbeiderforbundet",
    "Statsforvaltaren": "Statsforvalteren",
    "departementet": "Helse- og omsorgsdepartementet",
}
"""Names that the gold has in two forms."""


def b_cubed(one: learning.Lesson) -> float:
    """Return the B³ F1 (Bagga and Baldwin 1998) of who demands, is called on and answers, by the names in the gold."""
    cast = one.scene.cast
    nodes = [(place, actor) for actor in cast.actors for place in actor.seen]
    names = {(s.doc, p.id): ONE.get(p.name, p.name) for s in one.scene.sketches for p in s.parties}
    pairs_ = Counter((actor.id, names[place]) for place, actor in nodes)
    found, gold = Counter(a.id for _, a in nodes), Counter(names[place] for place, _ in nodes)
    precision = sum(n * n / found[a] for (a, _), n in pairs_.items()) / len(nodes)
    recall = sum(n * n / gold[name] for (_, name), n in pairs_.items()) / len(nodes)
    return 2 * precision * recall / (precision + recall)


def dated(analyses: Sequence[Analysis], about: Mapping[str, Any]) -> tuple[Analysis, ...]:
    return tuple(replace(a, article=with_metadata(a.article, about[a.article.id])) for a in analyses)


def predicted(analyses: Sequence[Analysis]) -> dict[str, Any]:
    span = lambda s: [s.start, s.end]  # noqa: E731
    return {
        a.article.id: {
            "demands": [{"id": d.id, "content": span(d.content)} for d in a.demands],
            "responses": [{"id": r.id, "evidence": span(r.evidence)} for r in a.responses],
        }
        for a in analyses
    }


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", maxsplit=1)[0])
    parser.add_argument("--shared", type=Path, default=HERE.parents[3] / "shared")
    parser.add_argument("--own", type=Path, help="the library's own analyses of the story, instead of making them")
    parser.add_argument("--write", type=Path, help="where the two story files go")
    options = parser.parse_args()
    gold = options.shared / "gold"
    sys.path.insert(0, str(gold))
    import score
    import score_story

    vectors = Vectors(load_pipeline())
    marked = [HERE.parent / name for name in ("told.txt", "longer.txt", "weeks.txt")]
    others = [learning.lesson(s, vectors) for file in marked for s in learning.stories_of(file)]
    given = next(learning.stories_of(gold / f"{NAME}.story.json"))
    whole = json.loads((gold / f"{NAME}.story.json").read_text(encoding="utf-8"))
    golds, _ = score.load([str(gold / NAME)], "/dev/null")
    taught = learning.lesson(given, vectors)
    lessons = [*others, taught]
    if options.own:
        own = [Analysis.from_dict(json.loads(line)) for line in options.own.read_text(encoding="utf-8").splitlines()]
    else:
        own = [analyse(a.article) for a in given.analyses]
    own = dated(own, {a["doc"]: a for a in whole["articles"]})
    models: Models = {}
    for name, analyses in (("from gold records", given.analyses), ("from its own analyses", own)):
        one = learning.lesson(ToldStory(NAME, tuple(analyses), given.demands, given.answers), vectors)
        found = score_story.score(golds, whole, predicted(analyses), told(one, lessons, models))
        say(
            f"{name}: "
            + ", ".join(
                f"{k} {v['f1']:.2f} (P {v['precision']:.2f} R {v['recall']:.2f})" if isinstance(v, dict) else f"{k} {v}"
                for k, v in found.items()
            )
        )
        if name == "from gold records":
            say(f"actors, B³ F1 {b_cubed(one):.3f}")
    reached = score_story.matched(golds, predicted(own), "demands", "content")
    heard = score_story.matched(golds, predicted(own), "responses", "evidence")
    best = score_story.score(golds, whole, predicted(own), at_best(reached, heard, given))
    figures = ", ".join(f"{name} {best[name]['f1']:.2f}" for name in ("same_demand", "across"))
    say(f"the most that what its own analyses found allows: {figures}")
    sketches = in_order([sketch(a) for a in own])
    assert copies([s.signature for s in sketches])
    say(whole_left_out(lessons))
    readable = learning.other_articles([gold / f for f in ("modern", "demands", "everyday")])
    model = learning.learn_articles(lessons, readable, NAME)
    mixed = in_order([*sketches, *readable])
    groups = stories_among(mixed, {}, model)
    sizes = sorted(([sum(mixed[n].doc.startswith(NAME) for n in g), len(g)] for g in groups), reverse=True)
    say(f"among {len(readable)} other articles: the story's in {[s for s in sizes if s[0]]} (of the story, all)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
