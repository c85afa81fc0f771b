"""What counts as a word: one compiled rule for Norwegian text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_lib.model import Span

WORD = re.compile(
    r"""
    \w++(?<!\d)(?![-‐'’/&.])                  # most words: nothing joins on, so nothing else need be tried
    | \d+(?:[.,:\u00a0]\d+)+%?                # 14.30  3,5  10.000  1 000 with a no-break space
    | (?<!\w)[^\W\d_]{1,3}\.(?:[^\W\d_]{1,4}\.)+ # bl.a.  f.eks.  m.m.
    | \w+(?:[-‐'’/&]\w+)*(?:[-‐](?=\s))?      # Nato-Russland-rådet  barne-  24/7  H&M  O'Brien
    """,
    re.VERBOSE,
)
"""Numbers with their separators, abbreviations with inner stops, and compounds with hyphens are one word each."""

RULE = "corpus_lib/words/1"
"""The rule's name, kept with every index; a change of `WORD` that changes counts is a new one."""

_WORDS_APART = re.compile(f"({WORD.pattern})", re.VERBOSE)
_TOKENS_APART = re.compile(f"({WORD.pattern}\n | \\.\\.+ | [^\\w\\s])", re.VERBOSE)


def words(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Yield the words of a text as spans, in order.

    >>> text = "Nato-Russland-rådet møttes bl.a. kl. 14.30 (3,5 timer)."
    >>> [w.of(text) for w in words(text)]
    ['Nato-Russland-rådet', 'møttes', 'bl.a.', 'kl', '14.30', '3,5', 'timer']
    """
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Span(match.start(), match.end())


def apart(text: str, *, punctuation: bool = False) -> list[str]:
    """Cut a text into what stands between words and words, by turns: the words are every second piece.

    Parameters
    ----------
    punctuation
        Whether each punctuation mark is a token too.

    Examples
    --------
    >>> apart("Nei, sa ho.")
    ['', 'Nei', ', ', 'sa', ' ', 'ho', '.']
    >>> apart("Nei, sa ho.", punctuation=True)[1::2]
    ['Nei', ',', 'sa', 'ho', '.']
    """
    return (_TOKENS_APART if punctuation else _WORDS_APART).split(text)


def is_word(token: str) -> bool:
    """Say whether a token is a word or a number, and no punctuation mark."""
    return any(c.isalnum() for c in token)
