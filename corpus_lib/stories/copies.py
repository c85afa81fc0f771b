"""Reprints and near copies: MinHash signatures over three-word shingles, compared where a band of them agrees.

A signature holds the least hash of an article's shingles under each of many hash functions; the share of places where
two signatures agree estimates the Jaccard index of the shingles (Broder 1997). Articles are compared where two places
in a row agree (bands, Leskovec et al. 2014, ch. 3), so there is no loop over all pairs.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WORD = re.compile(r"\w+")
_WORDS_A_SHINGLE = 3
_HASHES, _ROWS = 256, 2
_PRIME = (1 << 61) - 1
SHARED = 0.25
"""The share of the shorter article's shingles that stand in the other too, from which it is a reprint or near copy."""

_LEAST_SHINGLES = 20
_HEADS = 8
"""With how many of the articles of one band another is compared: copies all resemble the first."""


@dataclass(frozen=True, slots=True)
class Signature:
    """How many different shingles an article has, and the least hashes of them (256 numbers of 32 bits)."""

    shingles: int
    least: bytes

    def values(self) -> NDArray[Any]:
        """Return the least hashes as numbers."""
        import numpy as np

        return np.frombuffer(self.least, dtype="<u4")


@cache
def _functions() -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the hash functions h(x) = (a·x + b) mod p, as columns of a and b; always the same ones."""
    import numpy as np

    chance = np.random.default_rng(20)
    first = chance.integers(1, 1 << 31, _HASHES, dtype=np.uint64)
    second = chance.integers(0, 1 << 31, _HASHES, dtype=np.uint64)
    return first[:, None], second[:, None]


def signature(text: str) -> Signature:
    """Return the signature of a text.

    >>> one, other = signature("en to tre fire fem seks"), signature("En to tre fire fem seks!")
    >>> one == other, one.shingles
    (True, 4)
    """
    import numpy as np

    words = [w.lower() for w in _WORD.findall(text)]
    last = len(words) - _WORDS_A_SHINGLE + 1
    found = {zlib.crc32(" ".join(words[i : i + _WORDS_A_SHINGLE]).encode()) for i in range(last)}
    if not found:
        return Signature(0, b"")
    numbers = np.fromiter(sorted(found), dtype=np.uint64, count=len(found))
    first, second = _functions()
    hashed = (first * numbers + second) % np.uint64(_PRIME)
    least = (hashed & np.uint64(0xFFFFFFFF)).min(axis=1)
    return Signature(len(found), least.astype("<u4").tobytes())


def shared(one: Signature, other: Signature) -> float:
    """Return the estimated share of the shorter article's shingles that stand in the other (0–1)."""
    if min(one.shingles, other.shingles) < _LEAST_SHINGLES:
        return 0.0
    alike = float((one.values() == other.values()).mean())
    common = alike * (one.shingles + other.shingles) / (1 + alike)
    return min(1.0, common / min(one.shingles, other.shingles))


def candidates(signatures: Sequence[Signature]) -> list[list[int]]:
    """Return for each article the earlier ones that it may repeat: those with a band in common, the first of each band.

    A band is looked at by itself, all articles sorted by it, so that no table of all bands is held.
    """
    import numpy as np

    found: list[set[int]] = [set() for _ in signatures]
    places = np.array([n for n, s in enumerate(signatures) if s.shingles >= _LEAST_SHINGLES], dtype=np.int64)
    if len(places) < 2:
        return [[] for _ in signatures]
    table = np.stack([signatures[n].values() for n in places])
    for row in range(0, _HASHES, _ROWS):
        band = np.ascontiguousarray(table[:, row : row + _ROWS]).view("<u8").ravel()
        order = np.argsort(band, kind="stable")
        same = np.flatnonzero(np.append(band[order][1:] == band[order][:-1], False))
        start = -1
        for at in same.tolist():
            if at == 0 or band[order[at]] != band[order[at - 1]]:
                start = at
            later = int(places[order[at + 1]])
            found[later].update(places[order[start : min(at + 1, start + _HEADS)]].tolist())
    return [sorted(few) for few in found]


def copies(signatures: Sequence[Signature]) -> list[tuple[int, float] | None]:
    """Return of each article, in order of time, the first that it repeats and how much of it; None of an original.

    >>> told = "Kommunen krever at staten betaler for ferja som går over fjorden hver dag hele året i vær og vind "
    >>> texts = (told + "en to tre fire", "Noe helt annet skjedde i går kveld " * 9, told + "fem seks sju")
    >>> [copy and copy[0] for copy in copies([signature(t) for t in texts])]
    [None, None, 0]
    """
    found: list[tuple[int, float] | None] = []
    for one, near in zip(signatures, candidates(signatures), strict=True):
        best = max(((shared(one, signatures[n]), -n) for n in near), default=(0.0, 0))
        if best[0] < SHARED:
            found.append(None)
            continue
        first = found[-best[1]]
        found.append((-best[1] if first is None else first[0], round(best[0], 3)))
    return found
