"""How near two stretches of words are: content words, parts of compounds, word vectors."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import stop_words
from corpus_lib.language.syntax import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

_WORDS = re.compile(r"\w{4,}")
_REMEMBERED = 4096
_PART = 4
_STOPS = stop_words("nb") | stop_words("nn")


@lru_cache(maxsize=_REMEMBERED)
def stems(text: str) -> tuple[str, ...]:
    """Return the content words of a text, cut to what inflection leaves alone.

    >>> stems("Drapsetterforskning av kronprinsen")
    ('drapsetterforsk', 'kronprins')
    """
    words = (w.lower() for w in _WORDS.findall(text))
    return tuple(dict.fromkeys(_cut(w) for w in words if w not in _STOPS))


def _cut(word: str) -> str:
    for ending in ("ningen", "ninga", "ning", "ingen", "inga", "ende", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= _PART:
            return word.removesuffix(ending)
    return stem(word)


def alike(first: str, second: str) -> bool:
    """Say whether two stems are of one word or share a part of a compound.

    >>> alike("drapsetterforskni", "etterforskni"), alike("svar", "garanti")
    (True, False)
    """
    short, long = sorted((first, second), key=len)
    if len(short) < _PART:
        return first == second
    return long.startswith(short) or long.endswith(short) or first[:6] == second[:6]


def shared(first: str, second: str) -> list[str]:
    """Return the content words of the first text that stand in the second too, or share a part with one there."""
    other = stems(second)
    return [s for s in stems(first) if any(alike(s, t) for t in other)]


def overlap(first: str, second: str) -> float:
    """Return which share of the shorter text's content words stands in the other too (0–1)."""
    short, long = sorted((first, second), key=lambda t: len(stems(t)))
    return len(shared(short, long)) / len(stems(short)) if stems(short) else 0.0


def nearness(first: Iterable[Token], second: Iterable[Token]) -> float:
    """Return the mean, over the content words of one stretch, of how near the nearest of the other is (cosine, 0–1)."""
    import numpy as np

    rows = []
    for tokens in (first, second):
        kept = [t.vector for t in tokens if t.pos_ in ("NOUN", "VERB", "ADJ", "PROPN") and t.lower_ not in _STOPS]
        if not kept:
            return 0.0
        matrix = np.asarray(kept)
        rows.append(matrix / (np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-9))
    best = rows[0] @ rows[1].T
    return float(max(0.0, best.max(axis=1).mean()))
