"""Key word in context: the lines a word stands in, and the way back to the passage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.errors import BadQuery, BadWindow
from corpus_lib.render import counted
from corpus_lib.words.asked import with_older_names
from corpus_lib.words.contexts import columns_of
from corpus_lib.words.query import Kind, find, first_places
from corpus_lib.words.result import Result
from corpus_lib.words.rows import at_least, frame_of, notes_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

_ALPHABET = {"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|"}
"""æ, ø, å come after z, in that order; ä and ö stand with æ and ø (Norwegian alphabet, NS 4103)."""


def alphabetical(string: str) -> tuple[str, str]:
    """Return the key that sorts strings as Norwegian does, whatever the machine's locale.

    >>> sorted(["ås", "zoo", "ære", "øl", "Abba"], key=alphabetical)
    ['Abba', 'zoo', 'ære', 'øl', 'ås']
    """
    return "".join(_ALPHABET.get(c, c) for c in string.lower()), string


@with_older_names
def concordance(
    index: Positions,
    query: str,
    *,
    layer: str = "lower",
    kind: Kind = "words",
    selection: Selection | None = None,
    window: int = 8,
    sort: Sequence[str] = (),
    top: int | None = 20,
    first: int = 0,
    sample: int | None = None,
    seconds: float = 2.0,
) -> Result:
    """Return the lines a query stands in.

    Parameters
    ----------
    query, layer, kind, seconds
        What is looked for; see `corpus_lib.words.query.find`.
    window
        How many words are shown on either side.
    sort
        What orders the lines: ``L1`` is the word before, ``R2`` the second after, ``node`` the words found;
        ``("R1", "L1")`` sorts by the word after, then by the one before. Nothing keeps the texts' order.
    selection
        A part of the index; None is all of it.
    top, first
        How many lines, and how many are skipped; None shows all. Older name of the first: ``most``.
    sample
        A seed: lines are drawn at random, without repeats, and kept in order.

    Returns
    -------
    Result
        Columns left, node, right, document, start and end (characters in the document's text), position, and
        one column for each kind of mark and column of the index; ``frame.attrs["total"]`` is how many lines there
        are in all.
    """
    if window < 1:
        raise BadWindow(f"expected a window of at least 1 word, found {window}")
    at_least("top", top, 0)
    at_least("first", first, 0)
    chosen = selection or index.whole
    simple = kind == "words" and top is not None and not sort and sample is None and selection is None
    quick = first_places(index, query, layer, first + (top or 0)) if simple else None
    if quick is not None:
        (starts, total), length = quick, 1
    else:
        starts, length = find(index, query, layer=layer, kind=kind, selection=selection, seconds=seconds)
        total = len(starts)
    if sample is not None and top is not None and top < total:
        starts = np.sort(np.random.default_rng(sample).choice(starts, top, replace=False))
    if sort:
        starts = starts[_sorted(index, starts, length, sort, None if top is None else first + top)]
    shown = starts[first:] if top is None else starts[first : first + top]
    drawn = f", drawn at random with seed {sample}" if sample is not None else ""
    frame = frame_of(columns_of(index, shown, length, window))
    frame.attrs["total"] = total
    return Result(
        title=f"Concordance: {query}",
        description=f"{len(shown)} of {counted(total, 'line')}{drawn}.",
        notes=(*notes_on(index, layer, chosen), f"{window} words on either side, of the same document."),
        frame=frame,
        find=lambda row: shown[row : row + 1],
        index=index,
        length=length,
    )


def _sorted(
    index: Positions, starts: NDArray[np.int64], length: int, sort: Sequence[str], enough: int | None
) -> NDArray[np.intp]:
    """Return the order of lines by words at places beside them; no more lines than are sure to hold the first ones."""
    documents = index.documents_at(starts)
    kept = np.arange(len(starts))
    keys: list[NDArray[np.int64]] = []
    for place in [sort] if isinstance(sort, str) else sort:
        for offset in range(length) if place == "node" else [_offset(place, length)]:
            keys.append(_ranks(index, starts[kept] + offset, documents[kept]))
            if enough is not None and len(keys) == 1 and enough < len(kept):
                chosen = keys[0] <= np.partition(keys[0], enough)[enough]
                kept, keys = kept[chosen], [keys[0][chosen]]
    order: NDArray[np.intp] = kept[np.lexsort((starts[kept], *reversed(keys)))]
    return order


def _offset(place: str, length: int) -> int:
    if place[:1] in ("L", "R") and place[1:].isdecimal() and len(place) < 6 and int(place[1:]) > 0:
        return -int(place[1:]) if place[0] == "L" else length - 1 + int(place[1:])
    raise BadQuery(f"no place to sort by {place!r}; expected L1, L2, …, R1, R2, … or node")


def _ranks(index: Positions, positions: NDArray[np.int64], documents: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the alphabetical rank of the words at positions; the document's edge comes first."""
    inside = (positions >= index.bounds[documents]) & (positions < index.bounds[documents + 1])
    layer = index.layer("lower")
    numbers = layer.read(index.ids[np.where(inside, positions, 0)])
    different, back = np.unique(numbers, return_inverse=True)
    strings = layer.strings.take(different)
    rank = np.empty(len(different), dtype=np.int64)
    rank[sorted(range(len(strings)), key=lambda i: alphabetical(strings[i]))] = np.arange(len(strings))
    return np.where(inside, rank[back] + 1, 0)
