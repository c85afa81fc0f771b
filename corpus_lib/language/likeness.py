"""How near two stretches of words are: content words, parts of compounds, word vectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import stop_words
from corpus_lib.language.syntax import stem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

_WORDS = re.compile(r"\w{4,}")
_REMEMBERED = 4096
_PART, _BEGINNING, _LONGEST = 4, 6, 60
"""Letters of a part of a compound, of the beginning that two words share, of the longest word that others may end."""
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


@dataclass(frozen=True, slots=True)
class Shapes:
    """Stems as others are compared with them: themselves, how they begin and end in four letters or more."""

    whole: frozenset[str]
    begun: frozenset[str]
    ended: frozenset[str]


@lru_cache(maxsize=_REMEMBERED)
def shapes(stems_of_text: tuple[str, ...]) -> Shapes:
    """Return the shapes of the stems of a text, by which one more is compared with all of them at once."""
    long = [s for s in stems_of_text if len(s) >= _PART]
    return Shapes(
        frozenset(stems_of_text),
        frozenset(s[:n] for s in long for n in range(_PART, min(len(s), _BEGINNING) + 1)),
        frozenset(s[-n:] for s in long for n in range(_PART, min(len(s), _LONGEST) + 1)),
    )


def is_like_one(one: str, known: Shapes) -> bool:
    """Say whether a stem is `alike` to one of some others: as many look-ups as it has letters, however many they are.

    >>> known = shapes(("garanti", "etterforskni"))
    >>> is_like_one("drapsetterforskni", known), is_like_one("garant", known), is_like_one("svar", known)
    (True, True, False)
    """
    if one in known.whole:
        return True
    if len(one) < _PART:
        return False
    if one[:_BEGINNING] in known.begun or one in known.ended:
        return True
    places = range(_PART, len(one))
    return any(one[:n] in known.whole or one[-n:] in known.whole for n in places)


def shared(first: str, second: str) -> list[str]:
    """Return the content words of the first text that stand in the second too, or share a part with one there."""
    known = shapes(stems(second))
    return [s for s in stems(first) if is_like_one(s, known)]


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
