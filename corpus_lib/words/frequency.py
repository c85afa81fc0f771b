"""How often each word stands, how evenly, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import TYPE_CHECKING

from corpus_lib.words.asked import with_older_names
from corpus_lib.words.tokens import words

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from corpus_lib.words.inference import Unit
    from corpus_lib.words.positions import Positions
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

COLUMNS = ("word", "count", "per_million", "low", "high", "documents")
_Z95 = 1.959963984540054


def wilson(count: int, total: int, z: float = _Z95) -> tuple[float, float]:
    """Return the Wilson score interval of a share (Wilson 1927), 95 % unless told.

    >>> [round(x, 4) for x in wilson(10, 100)]
    [0.0552, 0.1744]
    """
    if not total:
        return float("nan"), float("nan")
    share = count / total
    centre = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return (centre - reach) / scale, (centre + reach) / scale


@with_older_names
def frequencies(texts: Mapping[str, str] | Iterable[str], *, stop_words: Iterable[str] = ()) -> pd.DataFrame:
    """Count lower-cased words over texts.

    Parameters
    ----------
    texts
        Texts by document id, or the texts alone.
    stop_words
        Words left out of the table, such as ``stop_words("nb")``; they still count in the total. Older name:
        ``without``.

    Returns
    -------
    DataFrame
        Columns word, count, per_million with its 95 % Wilson interval (low, high), documents;
        most frequent first, then by word. ``attrs["total"]`` is the number of all words.

    Examples
    --------
    >>> frequencies(["Nato svarte. Nato avviste kravet."]).head(1)[["word", "count"]].to_dict("records")
    [{'word': 'nato', 'count': 2}]
    """
    import pandas as pd

    counts: defaultdict[str, int] = defaultdict(int)
    documents: defaultdict[str, set[str]] = defaultdict(set)
    named = texts.items() if isinstance(texts, Mapping) else ((str(i), t) for i, t in enumerate(texts))
    for name, text in named:
        for span in words(text):
            word = span.of(text).lower()
            counts[word] += 1
            documents[word].add(name)
    total = sum(counts.values())
    left_out = frozenset([stop_words] if isinstance(stop_words, str) else stop_words)
    ordered = sorted((w for w in counts if w not in left_out), key=lambda w: (-counts[w], w))
    rows = []
    for word in ordered:
        low, high = wilson(counts[word], total)
        rows.append((word, counts[word], 1e6 * counts[word] / total, 1e6 * low, 1e6 * high, len(documents[word])))
    types = dict.fromkeys(COLUMNS, "float64") | {"word": "object", "count": "int64", "documents": "int64"}
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)
    frame.attrs["total"] = total
    return frame


def wilson_per_million(counts: NDArray[np.int64], total: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds of 95 % Wilson intervals of many counts, per million."""
    import numpy as np

    bounds = [wilson(int(count), total) for count in counts]
    low, high = np.array(bounds, dtype=np.float64).reshape(-1, 2).T * 1e6
    return low, high


@with_older_names
def frequency(
    index: Positions,
    *,
    layer: str = "lower",
    selection: Selection | None = None,
    min_count: int = 1,
    top: int | None = 100,
    stop_words: Iterable[str] = (),
    resamples: int = 0,
    unit: Unit = "document",
    seed: int = 0,
) -> Result:
    """Return the most frequent words of an index with interval, documents and dispersion.

    Parameters
    ----------
    layer
        ``word``, ``lower``, ``lemma`` or ``pos``.
    selection
        A part of the index; None is all of it.
    min_count, top
        The smallest count that is shown, and how many rows; None shows all. Older names: ``least``, ``most``.
    stop_words
        Words left out of the table; they still count in the total. Older name: ``without``.
    resamples, unit, seed
        How many times whole documents (or the ``stretch``es of the selection) are drawn with replacement for the
        columns low_documents and high_documents, the bootstrap interval of per_million; 0 leaves them out.
    """
    import numpy as np

    from corpus_lib.words.dispersion import documents_with, dp_norm, spread_of
    from corpus_lib.words.result import Result
    from corpus_lib.words.rows import at_least, frame_of, head_of, notes_on

    at_least("min_count", min_count, 0)
    at_least("top", top, 0)
    at_least("resamples", resamples, 0)
    chosen, strings = index.checked(selection or index.whole, "selection"), index.layer(layer).strings
    counts = index.counts(layer, selection)
    total = index.total(selection)
    places = strings.places(stop_words)
    shown = counts.copy()
    shown[places] = 0
    kept = np.flatnonzero(shown >= max(1, min_count))
    numbers = kept[head_of(-shown[kept].astype(np.float64), shown[kept], top)]
    s = spread_of(index, numbers.tolist(), layer, selection)
    low, high = wilson_per_million(counts[numbers], total)
    frame = frame_of(
        {
            "word": strings.take(numbers),
            "count": counts[numbers],
            "per_million": 1e6 * counts[numbers] / total,
            "low": low,
            "high": high,
            "documents": documents_with(s).astype(np.int64),
            "dp_norm": dp_norm(s),
        }
    )
    notes = []
    if resamples:
        frame["low_documents"], frame["high_documents"] = _by_documents(
            index, numbers, layer, chosen, unit, resamples, seed
        )
        notes.append(
            f"low_documents, high_documents: 95 % bootstrap interval of per_million, {resamples} draws of whole "
            f"{'documents' if unit == 'document' else 'stretches'}, seed {seed} (Efron & Tibshirani 1993)."
        )
    return Result(
        title=f"Frequency: {chosen.label}",
        description=f"The {len(frame)} most frequent of {int(np.count_nonzero(counts))} different words.",
        notes=(
            *notes_on(index, layer, chosen),
            "Per million with its 95 % Wilson interval, which takes words for independent draws; "
            "dp_norm (Gries 2008; Lijffijt & Gries 2012) says how far they are not: 0 is even, 1 all in one document.",
            *notes,
        ),
        frame=frame,
        find=lambda row: index.positions_of([int(numbers[row])], layer, selection),
        index=index,
    )


def _by_documents(
    index: Positions, numbers: NDArray[np.int64], layer: str, chosen: Selection, unit: Unit, resamples: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the bounds per million that whole documents tell of."""
    import numpy as np

    from corpus_lib.words.inference import bootstrap_rate, in_parts, units_of

    parts = [units_of(index, n, layer, chosen, unit=unit) for n in in_parts(index, numbers)]
    bounds = [bootstrap_rate(u, resamples=resamples, seed=seed) for u in parts]
    low, high = (1e6 * np.concatenate(b) for b in zip(*bounds, strict=True))
    return low, high
