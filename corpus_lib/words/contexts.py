"""Places in an index with the words around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.words.building import get_strings

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus_lib.words.positions import Positions


def columns_of(index: Positions, starts: NDArray[np.int64], length: int, window: int) -> dict[str, object]:
    """Return places with the words around them as columns: left, node, right, document, where, marks and columns."""
    documents = index.documents_at(starts)
    low = np.maximum(index.bounds[documents], starts - window)
    high = np.minimum(index.bounds[documents + 1], starts + length + window)
    begins, ends = index.places(starts)[0], index.places(starts + length - 1)[1]
    if index.store.meta["texts"]:
        parts = _of_texts(index, documents, (index.places(low)[0], begins, ends, index.places(high - 1)[1]))
    else:
        parts = _of_words(index, starts, length, low, high)
    columns: dict[str, object] = dict(zip(("left", "node", "right"), parts, strict=True))
    columns |= {"document": index.names.take(documents), "start": begins, "end": ends, "position": starts}
    for kind in index.marks:
        columns[kind] = labels(index, kind, starts)
    for name in index.columns:
        columns[name] = [index.column(name, int(d)) for d in documents]
    return columns


_Parts = tuple[list[str], list[str], list[str]]


def _of_texts(index: Positions, documents: NDArray[np.int64], edges: tuple[NDArray[np.int64], ...]) -> _Parts:
    """Return what stands before places, at them and after them, as it was written; `edges` bound the three."""
    found: _Parts = [], [], []
    text, before = "", -1
    for document, *(first, begin, end, last) in zip(documents.tolist(), *(e.tolist() for e in edges), strict=True):
        if document != before:
            text, before = index.text(document), document
        for part, piece in zip(found, (text[first:begin], text[begin:end], text[end:last]), strict=True):
            part.append(" ".join(piece.split()))
    return found


def _of_words(
    index: Positions, starts: NDArray[np.int64], length: int, low: NDArray[np.int64], high: NDArray[np.int64]
) -> _Parts:
    """Return what stands before places, at them and after them, where texts were not kept: words with spaces."""
    found: _Parts = [], [], []
    for begin, first, last in zip(starts.tolist(), low.tolist(), high.tolist(), strict=True):
        stretches = ((first, begin), (begin, begin + length), (begin + length, last))
        for part, stretch in zip(found, stretches, strict=True):
            part.append(" ".join(index.text_at(p) for p in range(*stretch)))
    return found


def labels(index: Positions, kind: str, positions: NDArray[np.int64]) -> list[str]:
    """Return the label of the innermost mark of a kind at each position, empty where there is none."""
    first, last = index.store.get(f"mark.{kind}.first"), index.store.get(f"mark.{kind}.last")
    strings, of = get_strings(index.store, f"mark.{kind}"), index.store.get(f"mark.{kind}.of")
    order = np.argsort(positions, kind="stable")
    placed = positions[order]
    low, high = np.searchsorted(placed, first), np.searchsorted(placed, last)
    found: list[str] = [""] * len(positions)
    touched = np.flatnonzero(high > low)
    for mark in touched[np.argsort(first[touched] - last[touched], kind="stable")].tolist():
        label = strings[int(of[mark])]
        for place in order[low[mark] : high[mark]].tolist():
            found[place] = label
    return found
