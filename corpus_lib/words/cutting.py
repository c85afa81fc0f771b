"""The rule of words over a long text at once: the words of `tokens.WORD`, found with arrays.

Nearly every word is a run of letters and digits that nothing joins to the next; those are found by where letters begin
and end. The regular expression itself reads only the places where a stop, comma or colon stands between two runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.words.tokens import WORD, apart

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TABLE = 0x3000
"""Characters below this are classed by a table, those above one by one: letters of Norwegian news are all below."""

_LETTER, _JOINER, _STOP, _HYPHEN = 1, 2, 4, 8
_SPACE = ord(" ")


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """The words of a text, where each begins, and how many characters it has."""

    words: list[str]
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]


@cache
def _classes() -> NDArray[np.uint8]:
    """Return what each character is: letter or digit, joiner of two runs, stop that may join, hyphen."""
    table = np.zeros(_TABLE, dtype=np.uint8)
    table[[c for c in range(_TABLE) if _is_letter(c)]] = _LETTER
    for characters, kind in (("-‐'’/&", _JOINER), (".,:\u00a0", _STOP), ("-‐", _JOINER | _HYPHEN)):
        table[[ord(c) for c in characters]] = kind
    return table


def _is_letter(code: int) -> bool:
    return chr(code).isalnum() or code == ord("_")


def cut(text: str) -> Cut:
    """Return the words of a text.

    >>> cut("Nato-rådet møttes kl. 14.30.").words
    ['Nato-rådet', 'møttes', 'kl', '14.30']
    """
    codes = np.frombuffer(f"\0{text}\0".encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds(codes)
    letters = kinds == _LETTER
    edges = np.flatnonzero(letters[1:] != letters[:-1])
    starts, ends = edges[::2] + 1, edges[1::2] + 1
    if not len(starts):
        return Cut([], starts, starts)
    starts, ends = _joined(text, codes, kinds, letters, starts, ends)
    return Cut(_strings(codes, letters, starts, ends), starts - 1, ends - starts)


def cut_small(text: str, punctuation: bool = False) -> Cut:
    """Return the words of a text as `cut` does, or its words and punctuation marks; the quicker way for short texts."""
    pieces = apart(text, punctuation=punctuation)
    words = pieces[1::2]
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    gaps = np.fromiter(map(len, pieces[:-1:2]), np.int64, len(words))
    return Cut(words, np.cumsum(gaps + lengths) - lengths, lengths)


def _kinds(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    kinds = _classes().take(codes, mode="clip")
    high = np.flatnonzero(codes >= _TABLE)
    if len(high):
        different, back = np.unique(codes[high], return_inverse=True)
        kinds[high] = np.array([_is_letter(c) for c in different.tolist()], dtype=np.uint8)[back]
    return kinds


def _joined(
    text: str,
    codes: NDArray[np.uint32],
    kinds: NDArray[np.uint8],
    letters: NDArray[np.bool_],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where words begin and end: runs, those that are joined, and what the rule itself reads.

    What joins them becomes `letters` too. Places count from the character before the text.
    """
    after = kinds[ends]
    near = (starts[1:] - ends[:-1] == 1) & (after[:-1] & (_JOINER | _STOP) > 0)
    to_read = np.flatnonzero(near & (after[:-1] == _STOP))
    hanging = np.flatnonzero(after & _HYPHEN)
    hanging = hanging[[chr(c).isspace() for c in codes[ends[hanging] + 1].tolist()]]
    groups = np.concatenate(([0], np.cumsum(~near)))
    first = np.flatnonzero(np.concatenate(([True], ~near)))
    last = np.append(first[1:], len(starts)) - 1
    read = np.zeros(len(first), dtype=np.bool_)
    read[groups[to_read]] = True
    read[groups[hanging]] = True
    plain = near & ~read[groups[:-1]]
    letters[ends[:-1][plain]] = True
    begins, stops = starts[first], ends[last]
    if not read.any():
        return begins, stops
    found = [
        (match.start() + 1, match.end() + 1)
        for begin, stop in zip(begins[read].tolist(), stops[read].tolist(), strict=True)
        for match in _read(text, begin - 1, stop - 1)
    ]
    more = np.array(found, dtype=np.int64)
    for begin, stop in found:
        letters[begin:stop] = True
    begins, stops = np.concatenate((begins[~read], more[:, 0])), np.concatenate((stops[~read], more[:, 1]))
    order = np.argsort(begins, kind="stable")
    return begins[order], stops[order]


def _read(text: str, at: int, stop: int) -> Iterator[re.Match[str]]:
    """Yield what the rule reads from a place up to another."""
    while at < stop and (match := WORD.search(text, at)):
        yield match
        at = match.end()


def _strings(
    codes: NDArray[np.uint32], letters: NDArray[np.bool_], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> list[str]:
    """Return the words as strings: one space is left after each, and the whole is split there."""
    apart = ends[:-1] < starts[1:]
    kept = letters.copy()
    kept[ends[:-1][apart]] = True
    spaced = np.where(letters, codes, _SPACE)[kept]
    if not apart.all():
        # Words of which one begins where the other ends, as in «12,5%av».
        places = np.cumsum(ends - starts)[:-1] + np.concatenate(([0], np.cumsum(apart)[:-1]))
        spaced = np.insert(spaced, places[~apart], _SPACE)
    return spaced.astype(np.uint32).tobytes().decode("utf-32-le", "surrogatepass").split(" ")
