"""Names settled once, over the whole article: proposals, a learned decision on each, the best that do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from corpus_lib.language.names.features import Article, article_of, of_article, of_place, of_text
from corpus_lib.language.names.parts import parts_of
from corpus_lib.language.names.proposals import Stretch, key, proposed
from corpus_lib.language.names.readings import Reading, reading_of
from corpus_lib.language.names.recogniser import LABELS, SCORES_KEY, names_of
from corpus_lib.language.parsed import NamePart
from corpus_lib.learned.linear import load

if TYPE_CHECKING:
    from spacy.tokens import Doc

TASK = "names"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch of tokens of one of an article's Docs that may be a name, and what speaks for and against it."""

    doc: int
    start: int
    end: int
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Survey:
    """An article read once: its Docs, the proposals with their sources, the recogniser's choices, its names."""

    readings: Sequence[Reading]
    found: Sequence[Mapping[Stretch, str]]
    chosen: Sequence[Mapping[Stretch, str]]
    article: Article


def survey(docs: Sequence[Doc]) -> Survey:
    """Read an article's Docs once, before each of its names is decided."""
    readings = [reading_of(doc) for doc in docs]
    known = _known(readings)
    pairs = [proposed(reading, known) for reading in readings]
    found, chosen = [f for f, _ in pairs], [c for _, c in pairs]
    return Survey(readings, found, chosen, article_of(readings, found, chosen))


def proposals(seen: Survey) -> Iterator[Proposal]:
    """Yield every stretch that may be a name, with its features."""
    for number, reading in enumerate(seen.readings):
        names = seen.chosen[number]
        for stretch, source in seen.found[number].items():
            start, end = stretch
            overlapping = [n for n in names if n[0] < end and start < n[1] and n != stretch]
            counted = not any(a <= start and end <= b for a, b in overlapping)
            likely = reading.likely(start, end)
            features = {
                **of_text(reading.of(start, end)),
                **of_place(reading, stretch, likely, source, names.get(stretch), bool(overlapping)),
                **of_article(seen.article, reading, stretch, likely, counted),
            }
            yield Proposal(number, start, end, features)


def _known(readings: Iterable[Reading]) -> dict[str, list[tuple[str, ...]]]:
    """Return the recognised names by the key of their first word, for finding them where they stand again."""
    names = {
        tuple(key(word) for word in reading.words[start:end])
        for reading in readings
        for start, end, _ in names_of(reading.table)
    }
    table: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted(names):
        if name[0]:
            table[name[0]].append(name)
    return table


def settle(docs: Sequence[Doc]) -> list[tuple[NamePart, ...]]:
    """Set the names of an article's Docs, which know of each other; return the names inside each Doc's compounds."""
    from spacy.tokens import Span

    weights = load(TASK)
    decided: defaultdict[int, list[tuple[int, int, str, float]]] = defaultdict(list)
    seen = survey(docs)
    for one in proposals(seen):
        shares = weights.distribution(one.features)
        label = max(LABELS, key=lambda name: shares[name])
        gain = log(shares[label] + 1e-12) - log(shares[NONE] + 1e-12)
        if gain > 0:
            decided[one.doc].append((one.start, one.end, label, gain))
    names = [best(decided[number]) for number in range(len(docs))]
    for doc, found in zip(docs, names, strict=True):
        doc.ents = [Span(doc, a, b, label=label) for a, b, label in found]
        doc.user_data.pop(SCORES_KEY, None)
    return parts_of(seen.readings, seen.article, [{i for a, b, _ in found for i in range(a, b)} for found in names])


def best(found: Sequence[tuple[int, int, str, float]]) -> list[tuple[int, int, str]]:
    """Return the stretches that do not overlap and together gain most (weighted interval scheduling).

    >>> best([(0, 2, "PER", 3.0), (0, 1, "PER", 1.0), (1, 2, "ORG", 1.5), (3, 4, "GPE", 1.0)])
    [(0, 2, 'PER'), (3, 4, 'GPE')]
    """
    ordered = sorted(found, key=lambda f: (f[1], f[0]))
    ends = [f[1] for f in ordered]
    gains, taken = [0.0], []
    for place, (start, _, _, gain) in enumerate(ordered):
        free = bisect_right(ends, start, 0, place)
        taken.append((gains[free] + gain > gains[-1], free))
        gains.append(max(gains[-1], gains[free] + gain))
    out, at = [], len(ordered)
    while at:
        took, free = taken[at - 1]
        if took:
            out.append(ordered[at - 1][:3])
        at = free if took else at - 1
    return out[::-1]
