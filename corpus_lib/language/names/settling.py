"""Names settled once, over the whole article: proposals, a learned decision on each, the best that do not overlap."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from corpus_lib.language.names import again
from corpus_lib.language.names.certain import certain
from corpus_lib.language.names.features import Article, article_of, covered, of_article, of_place, of_text
from corpus_lib.language.names.handles import with_handles
from corpus_lib.language.names.parts import parts_of
from corpus_lib.language.names.proposals import LONGEST, Stretch, key, proposed
from corpus_lib.language.names.readings import Reading, reading_of
from corpus_lib.language.names.recogniser import LABELS, SCORES_KEY, names_of
from corpus_lib.language.parsed import NamePart
from corpus_lib.learned.linear import Linear, load

if TYPE_CHECKING:
    from spacy.tokens import Doc

TASK = "names"
NONE = again.NONE
_CERTAIN = 100.0
"""What a name gains that a rule has found."""

_REPEATED, _LITTLE = 2, 0.01


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
    chosen = [{(a, b): label for a, b, label in names_of(reading.table)} for reading in readings]
    known = _known(readings, chosen)
    found = [proposed(*pair, known) for pair in zip(readings, chosen, strict=True)]
    return Survey(readings, found, chosen, article_of(readings, found, chosen))


def proposals(seen: Survey) -> Iterator[Proposal]:
    """Yield every stretch that may be a name, with its features."""
    for number, reading in enumerate(seen.readings):
        names = seen.chosen[number]
        cover = covered(names)
        for stretch, source in seen.found[number].items():
            start, end = stretch
            text = reading.of(start, end)
            if not any(c.isalnum() for c in text):
                continue
            overlapping = {cover[i] for i in range(start, end) if i in cover} - {stretch}
            counted = not any(a <= start and end <= b for a, b in overlapping)
            likely = reading.likely(start, end)
            features = {
                **of_text(text),
                **of_place(reading, stretch, likely, source, names.get(stretch), bool(overlapping)),
                **of_article(seen.article, reading, stretch, likely, counted),
            }
            yield Proposal(number, start, end, features)


def _known(readings: Sequence[Reading], chosen: Sequence[Iterable[Stretch]]) -> dict[str, set[tuple[str, ...]]]:
    """Return the recognised names by the key of their first word, for finding them where they stand again."""
    table: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for reading, names in zip(readings, chosen, strict=True):
        for start, end in names:
            if end - start <= LONGEST:
                name = tuple(key(word) for word in reading.words[start:end])
                table[name[0]].add(name)
    return table


def settle(docs: Sequence[Doc]) -> list[tuple[NamePart, ...]]:
    """Set the names of an article's Docs, which know of each other; return the names inside each Doc's compounds."""
    from spacy.tokens import Span

    seen = survey(docs)
    found = list(proposals(seen))
    first = load(TASK)
    shares = first.distributions([one.features for one in found])
    gains = decided(found, second_look(seen, found, shares, load(again.TASK)))
    for number, reading in enumerate(seen.readings):
        gains[number] += [(a, b, label, _CERTAIN) for a, b, label in certain(reading, seen.chosen[number])]
    repeated(seen, found, gains)
    names, of_hashtags = with_handles(seen.readings, [best(gains[number]) for number in range(len(docs))])
    for doc, chosen in zip(docs, names, strict=True):
        doc.ents = [Span(doc, a, b, label=label) for a, b, label in chosen]
        doc.user_data.pop(SCORES_KEY, None)
    taken = [{i for a, b, _ in chosen for i in range(a, b)} for chosen in names]
    of_compounds = parts_of(seen.readings, seen.article, taken)
    return [both + tags for both, tags in zip(of_compounds, of_hashtags, strict=True)]


def decided(
    found: Sequence[Proposal], shares: Sequence[Mapping[str, float] | None]
) -> defaultdict[int, list[tuple[int, int, str, float]]]:
    """Return, for each Doc, the proposals that are rather a name than none: first, behind the last, label, gain."""
    gains: defaultdict[int, list[tuple[int, int, str, float]]] = defaultdict(list)
    for one, of_labels in zip(found, shares, strict=True):
        if of_labels is not None:
            label = max(LABELS, key=lambda name: of_labels[name])
            gain = log(of_labels[label] + 1e-12) - log(of_labels[NONE] + 1e-12)
            if gain > 0:
                gains[one.doc].append((one.start, one.end, label, gain))
    return gains


def repeated(seen: Survey, found: Sequence[Proposal], gains: Mapping[int, list[tuple[int, int, str, float]]]) -> None:
    """Add the mentions of a name that was decided to be one twice or more elsewhere, and never stands uncapitalised."""
    labels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for number, reading in enumerate(seen.readings):
        for start, end, label in best(gains[number]):
            labels[key(reading.of(start, end))][label] += 1
    for one in found:
        text = seen.readings[one.doc].of(one.start, one.end)
        held = labels.get(key(text))
        if held is not None and held.total() >= _REPEATED and not seen.article.small[text.lower()]:
            gains[one.doc].append((one.start, one.end, held.most_common(1)[0][0], _LITTLE))


def looks(seen: Survey, found: Sequence[Proposal], shares: Sequence[Mapping[str, float]]) -> list[again.Look]:
    """Return the proposals with what the first look gave them."""
    gains = decided(found, shares)
    covers = {number: covered((a, b) for a, b, _ in best(of_doc)) for number, of_doc in gains.items()}
    out = []
    for one, of_labels in zip(found, shares, strict=True):
        start, end = covers.get(one.doc, {}).get(one.start, (0, 0))
        inner = one.end <= end and end - start > one.end - one.start
        text = seen.readings[one.doc].of(one.start, one.end)
        out.append(again.Look(text, one.end - one.start, inner, of_labels))
    return out


def second_look(
    seen: Survey, found: Sequence[Proposal], shares: Sequence[Mapping[str, float]], weights: Linear
) -> list[Mapping[str, float] | None]:
    """Return the shares of each proposal's labels after the second look; None for those that got none."""
    rows = again.features(looks(seen, found, shares))
    settled = iter(weights.distributions([row for row in rows if row is not None]))
    return [None if row is None else next(settled) for row in rows]


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
