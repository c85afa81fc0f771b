"""Which records to check: a random sample with its seed, or those of the lowest confidence."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from corpus_lib.corrections.layer import Analysed, Record, RecordType, records_of
from corpus_lib.errors import CorpusLibError

How = Literal["random", "confidence"]


@dataclass(frozen=True, slots=True)
class Sample:
    """Records to check, and how they were drawn.

    Attributes
    ----------
    how
        In words: ``random, seed 7, 50 of 812`` or ``lowest confidence, 50 of 812``.
    items
        (article id, kind of record, record), in the order of the articles.
    """

    how: str
    items: tuple[tuple[str, RecordType, Record], ...]


def sample(
    analyses: Iterable[Analysed],
    size: int,
    *,
    by: How = "random",
    seed: int = 0,
    records: Iterable[RecordType] = ("quote", "demand", "response"),
) -> Sample:
    """Draw records to check by hand.

    Only a random sample tells how good the whole is; the least confident records are those where checking
    mends most.

    Parameters
    ----------
    size
        How many; all, where there are fewer.
    by
        ``random`` (without replacement) or ``confidence``.
    records
        Which kinds are drawn from.

    Raises
    ------
    CorpusLibError
        If the size is negative or the way of drawing unknown.
    """
    if size < 0 or by not in ("random", "confidence"):
        raise CorpusLibError(f"expected a size of 0 or more by 'random' or 'confidence', found {size} by {by!r}")
    wanted = set(records)
    pool = [(a.article.id, kind, r) for a in analyses for kind, r in records_of(a) if kind in wanted]
    size = min(size, len(pool))
    if by == "random":
        chosen = random.Random(seed).sample(range(len(pool)), size)
        how = f"random, seed {seed}, {size} of {len(pool)}"
    else:
        chosen = sorted(range(len(pool)), key=lambda i: (pool[i][2].confidence, i))[:size]
        how = f"lowest confidence, {size} of {len(pool)}"
    return Sample(how, tuple(pool[i] for i in sorted(chosen)))
