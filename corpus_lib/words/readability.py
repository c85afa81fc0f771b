"""How heavy a text is to read: LIX and RIX."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_lib.language.sentences import sentences
from corpus_lib.words.tokens import words

LONG = 6
"""A long word has more letters than this (Björnsson 1968)."""


@dataclass(frozen=True, slots=True)
class Readability:
    """The counts behind LIX and RIX, and the two figures."""

    words: int
    long_words: int
    sentences: int

    @property
    def lix(self) -> float:
        """Words a sentence plus the percentage of long words (Björnsson 1968); nan for an empty text."""
        if not self.words or not self.sentences:
            return float("nan")
        return self.words / self.sentences + 100 * self.long_words / self.words

    @property
    def rix(self) -> float:
        """Long words a sentence (Anderson 1983); nan for an empty text."""
        return self.long_words / self.sentences if self.sentences else float("nan")


def readability(*texts: str) -> Readability:
    """Count words, long words and sentences of one text, or of several taken together.

    >>> counts = readability(
    ...     "Regjeringen la fram statsbudsjettet i dag. Opposisjonen krever flere endringer! "
    ...     "Kl. 14.30 møtte statsråd A. Hansen pressen. Hvem skal betale?"
    ... )
    >>> counts.lix, counts.rix
    (35.0, 1.5)
    """
    found = [text[w.start : w.end] for text in texts for w in words(text)]
    return Readability(
        words=len(found),
        long_words=sum(sum(c.isalpha() for c in word) > LONG for word in found),
        sentences=sum(1 for text in texts for s in sentences(text) if next(words(s.of(text)), None)),
    )
