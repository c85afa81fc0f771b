"""How often each word stands, how evenly, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import sqrt
from typing import TYPE_CHECKING

from corpus_lib.words.tokens import words

if TYPE_CHECKING:
    import pandas as pd

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


def frequencies(texts: Mapping[str, str] | Iterable[str], *, without: Iterable[str] = ()) -> pd.DataFrame:
    """Count lower-cased words over texts.

    Parameters
    ----------
    texts
        Texts by document id, or the texts alone.
    without
        Words left out of the table, such as ``stop_words("nb")``; they still count in the total.

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
    left_out = frozenset(without)
    ordered = sorted((w for w in counts if w not in left_out), key=lambda w: (-counts[w], w))
    rows = []
    for word in ordered:
        low, high = wilson(counts[word], total)
        rows.append((word, counts[word], 1e6 * counts[word] / total, 1e6 * low, 1e6 * high, len(documents[word])))
    types = dict.fromkeys(COLUMNS, "float64") | {"word": "object", "count": "int64", "documents": "int64"}
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype(types)
    frame.attrs["total"] = total
    return frame
