"""Many strings in one sorted block of bytes, looked up without reading it all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


_END = "\0"
"""Ends strings that are encoded together; those that hold it are encoded one by one."""


@dataclass(frozen=True, slots=True, eq=False)
class Strings:
    """An immutable list of strings; `place` finds one by halving where they are sorted by code points.

    >>> names = Strings.of(["nei", "ja", "ja"])
    >>> names[1], names.place("nei"), names.place("kanskje")
    ('nei', 1, None)
    """

    data: NDArray[np.uint8]
    ends: NDArray[np.int64]
    ordered: bool = True

    @classmethod
    def of(cls, strings: Iterable[str]) -> Strings:
        """Build from strings in any order; duplicates become one."""
        return cls._built(sorted(set(strings)), ordered=True)

    @classmethod
    def in_order(cls, strings: Iterable[str]) -> Strings:
        """Build from strings whose order is kept; each is found by its number alone."""
        return cls._built(list(strings), ordered=False)

    @classmethod
    def _built(cls, strings: list[str], *, ordered: bool) -> Strings:
        # UTF-8 keeps the order of code points, so bytes can be compared for strings.
        data = np.frombuffer(_END.join([*strings, ""]).encode("utf-8", "surrogatepass"), np.uint8)
        stops = np.flatnonzero(data == 0)
        if len(stops) == len(strings):
            return cls(data[data != 0], stops - np.arange(len(stops)), ordered)
        parts = [s.encode("utf-8", "surrogatepass") for s in strings]
        ends = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), dtype=np.int64)
        return cls(np.frombuffer(b"".join(parts), np.uint8), ends, ordered)

    def __len__(self) -> int:
        """Return how many strings there are."""
        return len(self.ends)

    def _bytes(self, place: int) -> bytes:
        start = int(self.ends[place - 1]) if place else 0
        return self.data[start : int(self.ends[place])].tobytes()

    def __getitem__(self, place: int) -> str:
        """Return the string at a place."""
        return self._bytes(place).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """Yield all strings in order."""
        data, start = self.data.tobytes(), 0
        for end in self.ends.tolist():
            yield data[start:end].decode("utf-8", "surrogatepass")
            start = end

    def take(self, places: Iterable[int]) -> list[str]:
        """Return the strings at places."""
        return [self[int(p)] for p in places]

    def places(self, strings: str | Iterable[str]) -> list[int]:
        """Return where those strings stand that are here; one alone may be given as it is.

        >>> Strings.of(["nei", "ja"]).places("nei"), Strings.of(["nei", "ja"]).places(["ja", "kanskje"])
        ([1], [0])
        """
        wanted = [strings] if isinstance(strings, str) else strings
        return [p for p in map(self.place, wanted) if p is not None]

    def place(self, string: str) -> int | None:
        """Return where a string stands, None if it does not."""
        if not self.ordered:
            return next((i for i, s in enumerate(self) if s == string), None)
        wanted = string.encode("utf-8", "surrogatepass")
        low = self.first_from(wanted)
        return low if low < len(self) and self._bytes(low) == wanted else None

    def holding(self, piece: str) -> Sequence[int]:
        """Return the places of the strings that hold a piece, in order."""
        wanted = piece.encode("utf-8", "surrogatepass")
        if not wanted:
            return range(len(self))
        data, found, at = self.data.tobytes(), [], 0
        ends = self.ends
        while (at := data.find(wanted, at)) >= 0:
            place = int(np.searchsorted(ends, at, side="right"))
            if at + len(wanted) <= ends[place]:
                found.append(place)
                at = int(ends[place])
            else:
                at += 1
        return found

    def first_from(self, wanted: bytes) -> int:
        """Return the place of the first string that is not before the given bytes."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low
