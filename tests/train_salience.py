"""Learn who a pronoun means: ``python -m tests.train_salience [--write]``.

The weights of `language/data/salience.csv` are a log-linear ranking of candidates (Denis and Baldridge 2007), fitted by
gradient descent with an L2 penalty to the pronouns and role nouns whose antecedent the treebank's training documents
and the complete articles annotate. Each article is read twice: once with the annotated antecedent taken (what the text
says) and once with the library's own choice (the state it will be in), so that a choice is also learned after an error.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from corpus_lib.actors import Cast, introduce, resolving, salience
from corpus_lib.language import Parsed, load, parse
from corpus_lib.model import Article
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import read_article
from tests.calibrate import ROOT, SHARED, score_module

FOLDERS = ("dev", "treebank/train/nb", "treebank/train/nn")
SPEAKER_WEIGHT = 3.0
"""A speaker counts for so many pronouns of the narration, which are five times as many."""
PENALTY, STEPS, RATE = 4.0, 500, 0.08
NAME_SLACK = 40
"""Characters by which an annotated name may be longer than ours: titles and appositions belong to it there."""

Place = tuple[int, int]
IsMeant = Callable[[Cast, int], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates at one place, and which of them are right."""

    asks: str
    signs: list[Mapping[str, float]]
    right: list[int]


@dataclass(slots=True)
class Reader:
    """Stands in for `candidates` and `choose`, and notes each choice whose answer is annotated."""

    annotated: Mapping[Place, IsMeant]
    take_annotated: bool
    choices: list[Choice] = field(default_factory=list)
    _asked: tuple[Cast, Place, str] | None = None

    def candidates(self, cast: Cast, span: Any, *rest: Any, **named: Any) -> list[salience.Candidate]:
        """Return what `salience.candidates` returns, and remember the place."""
        self._asked = cast, (span.start, span.end), named["asks"]
        return salience.candidates(cast, span, *rest, **named)

    def choose(self, candidates: list[salience.Candidate]) -> int | None:
        """Return the annotated choice or the library's own, and note it where the answer is annotated."""
        assert self._asked is not None
        cast, place, asks = self._asked
        is_meant = self.annotated.get(place)
        if is_meant is None or not candidates:
            return salience.choose(candidates)
        right = [i for i, c in enumerate(candidates) if is_meant(cast, c.entity)]
        if right:
            self.choices.append(Choice(asks, [c.signs for c in candidates], right))
        return candidates[right[0]].entity if right and self.take_annotated else salience.choose(candidates)


@contextmanager
def reading_with(reader: Reader) -> Iterator[None]:
    before = resolving.candidates, resolving.choose
    resolving.candidates, resolving.choose = reader.candidates, reader.choose  # type: ignore[assignment]
    try:
        yield
    finally:
        resolving.candidates, resolving.choose = before


def in_cluster(number: int, clusters: list[list[Place]]) -> IsMeant:
    """Return the test whether an entity's names stand mostly in an annotated cluster."""

    def is_meant(cast: Cast, entity: int) -> bool:
        names = [s for s, m in cast.entities[entity].mentions.items() if m.kind == "name"]
        found = Counter(
            k
            for span in names
            for k, places in enumerate(clusters)
            for start, end in places
            if start < span.end and span.start < end and end - start - (span.end - span.start) < NAME_SLACK
        )
        return bool(found) and found.most_common(1)[0][0] == number

    return is_meant


def named(name: str, known: set[str], score: ModuleType) -> IsMeant:
    return lambda cast, entity: bool(score.same(cast.entities[entity].name, name, known))


def annotations(gold: Mapping[str, Any], score: ModuleType) -> dict[Place, IsMeant]:
    """Return the places of pronouns and role nouns, each with the test of who is meant."""
    if gold.get("complete"):
        known = {e["name"] for e in gold["entities"]}
        return {
            (m["start"], m["end"]): named(q["speaker_entity"], known, score)
            for q in gold["quotes"]
            if (m := q["speaker_mention"]) and q["speaker_entity"] and q["speaker_kind"] in ("pronoun", "noun")
        }
    clusters = [[(m["start"], m["end"]) for m in e["mentions"]] for e in gold.get("entities", [])]
    found: dict[Place, IsMeant] = {}
    for number, entity in enumerate(gold.get("entities", [])):
        for mention in entity["mentions"]:
            for part in (mention, mention["head"]):
                found.setdefault((part["start"], part["end"]), in_cluster(number, clusters))
    return found


def choices_in(folder: Path, score: ModuleType) -> Iterator[list[Choice]]:
    """Yield the choices of each article, taken both ways."""
    nlp = load()
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = read_article(path.with_suffix(".txt"), language=gold.get("language"))
        parsed = parse(article.text, [b.span for b in article.blocks], nlp=nlp, language=article.language)
        places = annotations(gold, score)
        yield [c for take in (True, False) for c in _choices(article, parsed, Reader(places, take))]


def _choices(article: Article, parsed: Parsed, reader: Reader) -> list[Choice]:
    with reading_with(reader):
        find_quotes(article, parsed, introduce(article, parsed))
    return reader.choices


def fit(choices: list[Choice], signs: list[str]) -> np.ndarray:
    """Return the weight of each sign (array of ``len(signs)``)."""
    most = max(len(c.signs) for c in choices)
    values = np.zeros((len(choices), most, len(signs)))
    closed = np.full((len(choices), most), -1e9)
    right = np.zeros((len(choices), most))
    for i, choice in enumerate(choices):
        for j, one in enumerate(choice.signs):
            values[i, j] = [one.get(s, 0.0) for s in signs]
        closed[i, : len(choice.signs)] = 0.0
        right[i, choice.right] = 1.0
    counts = np.array([SPEAKER_WEIGHT if c.asks == "speaker" else 1.0 for c in choices])
    weights, speed, size = np.zeros(len(signs)), np.zeros(len(signs)), np.zeros(len(signs))
    for step in range(1, STEPS + 1):  # Adam (Kingma and Ba 2015)
        sums = values @ weights + closed
        share = np.exp(sums - sums.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        wanted = share * right
        wanted /= wanted.sum(axis=1, keepdims=True)
        slope = np.einsum("ij,ijk->k", (share - wanted) * counts[:, None], values) + PENALTY * weights
        slope /= counts.sum()
        speed, size = 0.9 * speed + 0.1 * slope, 0.999 * size + 0.001 * slope**2
        weights -= RATE * (speed / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.999**step)) + 1e-8)
    return weights


def accuracy(choices: list[Choice], signs: list[str], weights: np.ndarray) -> tuple[int, int]:
    by_sign = dict(zip(signs, weights, strict=True))
    best = [max(range(len(c.signs)), key=lambda i: sum(by_sign[s] * v for s, v in c.signs[i].items())) for c in choices]
    return sum(i in c.right for i, c in zip(best, choices, strict=True)), len(choices)


def main() -> int:
    score = score_module()
    articles = [a for folder in FOLDERS for a in choices_in(SHARED / "gold" / folder, score)]
    signs = sorted({s for a in articles for c in a for one in c.signs for s in one})
    right = seen = 0
    for fold in range(4):
        weights = fit([c for k, a in enumerate(articles) if k % 4 != fold for c in a], signs)
        hits, n = accuracy([c for a in articles[fold::4] for c in a], signs, weights)
        right, seen = right + hits, seen + n
    sys.stdout.write(f"cross-validated over articles: {right} of {seen} right ({right / seen:.3f})\n")
    if "--write" in sys.argv:
        weights = fit([c for a in articles for c in a], signs)
        lines = [f"{s};{w:.2f}" for s, w in zip(signs, weights, strict=True) if abs(w) >= 0.005]
        note = "# What makes a person the one a pronoun or a role means. Made by python -m tests.train_salience\n"
        target = ROOT / "corpus_lib" / "language" / "data" / "salience.csv"
        target.write_text(note + "\n".join(["sign;weight", *lines]) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
