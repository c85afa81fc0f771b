"""How heavy a text is to read: LIX and RIX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.language.sentences import sentences
from corpus_lib.words.tokens import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

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

    @property
    def sentence_length(self) -> float:
        """Words a sentence; nan for an empty text."""
        return self.words / self.sentences if self.sentences else float("nan")


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


def readability_of(index: Positions, *selections: Selection) -> Result:
    """Return LIX, RIX and sentence length of selections, or of every document where none is given.

    A selection's stretches, such as a speaker's quotations, are read as texts of their own.
    """
    import pandas as pd

    from corpus_lib.words.result import Result

    labels = [s.label for s in selections] or list(index.names)
    chosen = [_stretches(index, s) for s in selections] or [[index.text(d)] for d in range(index.documents)]
    rows = []
    for label, texts in zip(labels, chosen, strict=True):
        counts = readability(*texts)
        rows.append((label, counts.words, counts.long_words, counts.sentences, counts.sentence_length, counts.lix,
                     counts.rix))  # fmt: skip
    return Result(
        title="Readability",
        description="LIX: words a sentence and the percentage of long words; RIX: long words a sentence.",
        notes=(
            f"A long word has more than {LONG} letters. LIX: Björnsson 1968; RIX: Anderson 1983.",
            "Sentences end at stops, question and exclamation marks and line breaks; abbreviations, initials, ordinals "
            "and times do not end one.",
        ),
        frame=pd.DataFrame(rows, columns=["part", "words", "long_words", "sentences", "sentence_length", "lix", "rix"]),
        find=lambda row: _places(index, selections, row),
        index=index,
    )


def _places(index: Positions, selections: Sequence[Selection], row: int) -> NDArray[np.int64]:
    import numpy as np

    return selections[row].positions() if selections else np.arange(index.bounds[row], index.bounds[row + 1])


def _stretches(index: Positions, selection: Selection) -> list[str]:
    """Return the texts of a selection: one for each stretch and document."""
    import numpy as np

    texts = []
    for start, end in zip(selection.starts.tolist(), selection.ends.tolist(), strict=True):
        first, last = index.documents_at(np.array([start, end - 1])).tolist()
        for document in range(first, last + 1):
            low, high = max(start, int(index.bounds[document])), min(end, int(index.bounds[document + 1]))
            if high > low:
                text = index.text(document)
                stop = len(text) if high == index.bounds[document + 1] else index.span(high).start
                texts.append(text[index.span(low).start : stop])
    return texts
