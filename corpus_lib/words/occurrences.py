"""Where in the texts words stand, to be drawn: a stroke for each occurrence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from corpus_lib.words.query import Kind, find
from corpus_lib.words.result import Result
from corpus_lib.words.rows import frame_of, notes_on

if TYPE_CHECKING:
    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection


def occurrences(
    index: Positions,
    queries: Iterable[str],
    *,
    layer: str = "lower",
    kind: Kind = "words",
    selection: Selection | None = None,
) -> Result:
    """Return every place of some queries, in the order of queries and texts: what a dispersion plot draws.

    Parameters
    ----------
    queries
        What is looked for, each as in `corpus_lib.words.query.find`; one string is one query.
    layer, kind, selection
        As there.

    Returns
    -------
    Result
        Columns query, document, position (in the index), offset (the word's number in its document, from 0) and
        share (offset over the document's words: 0 is its beginning). A query that stands nowhere has no row.
    """
    wanted = [queries] if isinstance(queries, str) else list(queries)
    found = [find(index, query, layer=layer, kind=kind, selection=selection)[0] for query in wanted]
    positions = np.concatenate(found) if found else np.zeros(0, dtype=np.int64)
    documents = index.documents_at(positions)
    offsets = positions - index.bounds[documents]
    sizes = np.diff(index.bounds)[documents]
    chosen = selection or index.whole
    named = [q for q, places in zip(wanted, found, strict=True) for _ in range(len(places))]
    counts = ", ".join(f"{q} {len(places)}" for q, places in zip(wanted, found, strict=True))
    return Result(
        title=f"Occurrences: {chosen.label}",
        description=f"Where {', '.join(wanted)} stand{'s' if len(wanted) == 1 else ''} ({counts}).",
        notes=(*notes_on(index, layer, chosen), "share: the word's number over the words of its document."),
        frame=frame_of(
            {
                "query": named,
                "document": index.names.take(documents),
                "position": positions,
                "offset": offsets,
                "share": offsets / np.maximum(sizes, 1),
            }
        ),
        find=lambda row: positions[row : row + 1],
        index=index,
    )
