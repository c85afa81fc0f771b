"""A Doc as the decision on its names reads it: its columns, and the recogniser's probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.language.columns import columns_of
from corpus_lib.language.names.recogniser import LABELS, PLACES, SCORES_KEY, TAGS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

_SURE = 0.9
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Reading:
    """One Doc: its words and what the pipeline says of each.

    Attributes
    ----------
    text, words, lower, pos, lemmas
        The Doc's text and, token by token, what it says.
    deps, heads
        Its tree; empty where the parser has not run.
    starts
        Which tokens open a sentence; empty where nothing is known of it.
    shares
        The recogniser's probabilities: tokens × tags.
    """

    text: str
    words: Sequence[str]
    lower: Sequence[str]
    pos: Sequence[str]
    lemmas: Sequence[str]
    deps: Sequence[str]
    heads: Sequence[int]
    starts: Sequence[bool]
    offsets: Sequence[int]
    shares: Sequence[Sequence[float]]
    table: NDArray[np.float32]

    def of(self, start: int, end: int) -> str:
        """Return the text of a stretch of tokens."""
        if end - start == 1:
            return self.words[start]
        return self.text[self.offsets[start] : self.offsets[end - 1] + len(self.words[end - 1])]

    def likely(self, start: int, end: int) -> tuple[float, ...]:
        """Return how likely a stretch is a name of each label: the geometric mean over its tokens."""
        first = self.shares[start]
        if end - start == 1:
            return tuple(first[4 * k + 4] for k in range(len(LABELS)))
        last, inner = self.shares[end - 1], self.shares[start + 1 : end - 1]
        out = []
        for k in range(len(LABELS)):
            total = log(first[4 * k + 1] + _TINY) + log(last[4 * k + 3] + _TINY)
            for row in inner:
                total += log(row[4 * k + 2] + _TINY)
            out.append(exp(total / (end - start)))
        return tuple(out)


def reading_of(doc: Doc) -> Reading:
    """Return a Doc as lists."""
    shares, columns = _shares_of(doc), columns_of(doc)
    parsed = doc.has_annotation("DEP")
    return Reading(
        text=columns.text,
        words=columns.words,
        lower=columns.lower,
        pos=columns.pos,
        lemmas=columns.lemmas,
        deps=columns.deps if parsed else (),
        heads=columns.heads if parsed else (),
        starts=columns.starts if parsed else (),
        offsets=columns.offsets,
        shares=shares.tolist(),
        table=shares,
    )


def _shares_of(doc: Doc) -> NDArray[np.float32]:
    """Return the recogniser's probabilities of a Doc; another pipeline's names count as recognised with certainty."""
    found: NDArray[np.float32] | None = doc.user_data.get(SCORES_KEY)
    if found is not None and len(found) == len(doc):
        return found
    shares = np.full((len(doc), len(TAGS)), (1 - _SURE) / (len(TAGS) - 1), dtype="float32")
    column = np.zeros(len(doc), dtype=int)
    for ent in doc.ents:
        if ent.label_ in LABELS:
            for i in range(ent.start, ent.end):
                first, last = i == ent.start, i == ent.end - 1
                mark = "U" if first and last else "B" if first else "L" if last else "I"
                column[i] = 1 + 4 * LABELS.index(ent.label_) + PLACES.index(mark)
    shares[np.arange(len(doc)), column] = _SURE
    return shares
