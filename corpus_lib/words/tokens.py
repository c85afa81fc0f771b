"""What counts as a word: one compiled rule for Norwegian text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_lib.model import Span

WORD = re.compile(
    r"""
    \d+(?:[.,:\u00a0]\d+)+%?                  # 14.30  3,5  10.000  1 000 with a no-break space
    | (?<!\w)[^\W\d_]{1,3}\.(?:[^\W\d_]{1,4}\.)+ # bl.a.  f.eks.  m.m.
    | \w+(?:[-‐'’/&]\w+)*(?:[-‐](?=\s))?      # Nato-Russland-rådet  barne-  24/7  H&M  O'Brien
    """,
    re.VERBOSE,
)
"""Numbers with their separators, abbreviations with inner stops, and compounds with hyphens are one word each."""


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words of a text as spans, in order.

    >>> text = "Nato-Russland-rådet møttes bl.a. kl. 14.30 (3,5 timer)."
    >>> [w.of(text) for w in words(text)]
    ['Nato-Russland-rådet', 'møttes', 'bl.a.', 'kl', '14.30', '3,5', 'timer']
    """
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())
