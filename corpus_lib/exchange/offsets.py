"""Offsets of code points in UTF-16 units or UTF-8 bytes, and back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate

from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Span


def utf16_units(character: str) -> int:
    """Return how many UTF-16 units a character takes: two beyond the Basic Multilingual Plane."""
    return 2 if ord(character) > 0xFFFF else 1


def utf8_bytes(character: str) -> int:
    """Return how many bytes a character takes in UTF-8."""
    code = ord(character)
    return 1 if code < 0x80 else 2 if code < 0x800 else 3 if code < 0x10000 else 4


class Offsets:
    """Converts offsets in a text between code points and another unit.

    >>> offsets = Offsets("a😀b", utf16_units)
    >>> offsets.to_unit(2), offsets.to_code_point(3)
    (3, 2)
    """

    def __init__(self, text: str, size: Callable[[str], int]) -> None:
        wide = [(i, size(c) - 1) for i, c in enumerate(text) if size(c) > 1]
        self._length = len(text)
        self._places = [i for i, _ in wide]
        self._extra = [0, *accumulate(extra for _, extra in wide)]
        self._starts = [i + before for i, before in zip(self._places, self._extra, strict=False)]

    def to_unit(self, offset: int) -> int:
        """Return where a code point begins, in the other unit."""
        return offset + self._extra[bisect_left(self._places, offset)]

    def to_code_point(self, offset: int) -> int:
        """Return which code point begins at an offset in the other unit.

        Raises
        ------
        CorpusLibError
            If none begins there: the offset cuts a character in two, or lies outside the text.
        """
        number = bisect_left(self._starts, offset)
        found = offset - self._extra[number]
        if not 0 <= found <= self._length or self.to_unit(found) != offset:
            raise CorpusLibError(f"offset {offset} is not the beginning of a character")
        return found

    def span(self, span: Span) -> Span:
        """Return a span in the other unit."""
        return Span(self.to_unit(span.start), self.to_unit(span.end))

    def back(self, start: int, end: int) -> Span:
        """Return a span in code points from one in the other unit."""
        return Span(self.to_code_point(start), self.to_code_point(end))
