"""How far a confidence holds: what is said to be right in nine of ten cases ought to be so in nine of ten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus_lib.evaluation import Annotation
from corpus_lib.evaluation.annotation import known_names
from corpus_lib.evaluation.matching import MOST, Item, Words, pair
from corpus_lib.evaluation.names import same

Judged = tuple[float, bool]
"""A confidence, and whether words (overlap ≥ 0.8) and speaker are right."""


def judged(gold: Mapping[str, Annotation], predicted: Mapping[str, Annotation]) -> list[Judged]:
    """Return the quotations found in wholly annotated articles with their confidence, but for what gold leaves open."""
    return [one for doc, page in gold.items() for one in _judged(page, predicted[doc])]


def _judged(gold: Annotation, predicted: Annotation) -> Iterator[Judged]:
    words, names = Words(gold.text), known_names(gold, gold.quotes)
    theirs = [Item(words.touched(*q.segments), q.core) for q in gold.quotes]
    mine = [Item(words.touched(*q.segments)) for q in predicted.quotes]
    pairing = pair(theirs, mine, 0.0001)
    mates = {j: (i, level) for i, (j, level) in pairing.hits.items()}
    for j, quote in enumerate(predicted.quotes):
        if j in pairing.excused or quote.confidence is None:
            continue
        i, level = mates.get(j, (-1, 0.0))
        speaker = gold.quotes[i].speaker if level >= MOST else None
        named = same(quote.speaker, speaker, names) if speaker else quote.speaker is None
        yield quote.confidence, level >= MOST and named


def expected_error(pairs: Sequence[Judged], bins: int = 10) -> float:
    """Return the mean gap between confidence and share of right ones, over bins of equal width (Guo et al. 2017).

    >>> expected_error([(0.5, True), (0.5, False)])
    0.0
    """
    members: dict[int, list[Judged]] = {}
    for said, right in pairs:
        members.setdefault(min(bins - 1, int(said * bins)), []).append((said, right))
    gaps = (abs(sum(said for said, _ in part) - sum(right for _, right in part)) for part in members.values())
    return sum(gaps) / len(pairs)


def fifths(pairs: Sequence[Judged]) -> Iterator[tuple[float, float, int, float, float]]:
    """Yield five parts of equal size by confidence: from, to, how many, said, true."""
    ordered = sorted(pairs)
    for k in range(5):
        part = ordered[k * len(ordered) // 5 : (k + 1) * len(ordered) // 5]
        said, true = (sum(column) / len(part) for column in zip(*part, strict=True))
        yield part[0][0], part[-1][0], len(part), said, true
