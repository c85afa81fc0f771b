"""Reprints and near copies: MinHash signatures over three-word shingles propose pairs, their shingles decide.

A signature holds an article's shingles and the least hash of them under each of many hash functions; the share of
places where two agree estimates the Jaccard index of the shingles (Broder 1997). Articles are compared where two places
in a row agree (bands, Leskovec et al. 2014, ch. 3), so there is no loop over all pairs; what two of them share is then
counted exactly.
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

_ANYHOW = 20
"""So many shingles two articles may share anyhow (a notice at the foot, a quotation): they count for neither side."""

_HEADS = 8
"""With how many of the articles of one band another is compared: copies all resemble the first."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The hashes of an article's different shingles, in order, and the least of them (256); numbers of 32 bits."""

    hashes: bytes
    least: bytes

    @property
    def shingles(self) -> int:
        """How many different shingles the article has."""
        return len(self.hashes) // 4


def _numbers(held: bytes) -> NDArray[Any]:
    import numpy as np

    return np.frombuffer(held, dtype="<u4")


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
        return Signature(b"", b"")
    numbers = np.fromiter(sorted(found), dtype=np.uint64, count=len(found))
    first, second = _functions()
    hashed = (first * numbers + second) % np.uint64(_PRIME)
    least = (hashed & np.uint64(0xFFFFFFFF)).min(axis=1)
    return Signature(numbers.astype("<u4").tobytes(), least.astype("<u4").tobytes())


def shared(one: Signature, other: Signature) -> float:
    """Return the share of the shorter article's shingles that stand in the other (0–1); 0 where it is no copy.

    >>> told = " ".join(f"ord{n}" for n in range(60))
    >>> shared(signature(told), signature("I dag: " + told)), shared(signature(told), signature(told[:60]))
    (1.0, 0.0)
    """
    import numpy as np

    short, long = sorted((one, other), key=lambda s: s.shingles)
    if short.shingles < _ANYHOW:
        return 0.0
    few, many = _numbers(short.hashes), _numbers(long.hashes)
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    common = int((many[places] == few).sum())
    enough = _ANYHOW + SHARED * (short.shingles - _ANYHOW)
    return common / short.shingles if common >= enough else 0.0


def candidates(signatures: Sequence[Signature]) -> list[list[int]]:
    """Return for each article the earlier ones that it may repeat: those with a band in common, the first of each band.

    A band is looked at by itself, all articles sorted by it, so that no table of all bands is held.
    """
    import numpy as np

    found: list[set[int]] = [set() for _ in signatures]
    places = np.array([n for n, s in enumerate(signatures) if s.shingles >= _ANYHOW], dtype=np.int64)
    if len(places) < 2:
        return [[] for _ in signatures]
    table = np.stack([_numbers(signatures[n].least) for n in places])
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

    >>> told = "Kommunen krever at staten betaler for ferja som går over fjorden hver dag, og vil ha svar før jul. "
    >>> told += "Ministeren har ikke sagt noe."
    >>> texts = (told + " En to tre.", "Noe annet skjedde i går kveld " * 9, told + " Fire fem seks.")
    >>> [copy and copy[0] for copy in copies([signature(t) for t in texts])]
    [None, None, 0]
    """
    found: list[tuple[int, float] | None] = []
    for one, near in zip(signatures, candidates(signatures), strict=True):
        best = max(((shared(one, signatures[n]), -n) for n in near), default=(0.0, 0))
        if not best[0]:
            found.append(None)
            continue
        first = found[-best[1]]
        found.append((-best[1] if first is None else first[0], round(best[0], 3)))
    return found
