"""Shares of sources with intervals by article: who is heard how much, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from corpus_lib.errors import BadOption

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

By = Literal["role_class", "gender", "party", "speaker", "kind", "type", "block", "outlet", "month"]
Measure = Literal["words", "quotations", "speakers"]

NOT_TOLD = "unknown"
"""The value of what the text does not tell."""

_COLUMNS = ("value", "words", "quotations", "speakers", "articles", "share", "low", "high")


def shares(
    audit: pd.DataFrame, by: By = "role_class", measure: Measure = "words", *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Return how large a share each kind of source has, with its 95 % interval, the largest first.

    The interval is a percentile bootstrap of whole articles (Efron 1979): how much the share would change had other
    articles of the same kind been read. With one article there is none.

    Parameters
    ----------
    audit
        The frame of ``Analysis.sources()`` or ``Corpus.sources()``; what a speaker denies counts as said.
    by
        The column that is counted: ``role_class``, ``gender``, ``party``, ``speaker``, ``outlet``, ``month`` …
    measure
        What is counted: ``words`` of quotation, ``quotations``, or ``speakers`` (each once in an article).
    resamples
        How many times articles are drawn anew.
    seed
        Of the draws.

    Returns
    -------
    pandas.DataFrame
        ``value``, ``words``, ``quotations``, ``speakers``, ``articles``, ``share``, ``low``, ``high`` (of the measure,
        0–1; ``low`` and ``high`` are missing with a single article).

    Raises
    ------
    BadOption
        If `by` or `measure` is another.
    """
    for option, given, known in (("by", by, get_args(By)), ("measure", measure, get_args(Measure))):
        if given not in known:
            raise BadOption(f"{option}: found {given!r:.40}, expected one of {', '.join(known)}")
    import numpy as np
    import pandas as pd

    if audit.empty:
        return pd.DataFrame(columns=list(_COLUMNS)).astype(dict.fromkeys(_COLUMNS[1:], "float64"))
    told = audit.assign(value=audit[by].fillna(NOT_TOLD), who=_voices(audit))
    grouped = told.groupby("value", sort=False)
    frame = pd.DataFrame(
        {
            "words": grouped["words"].sum(),
            "quotations": grouped["quote"].size(),
            "speakers": grouped["who"].nunique(),
            "articles": grouped["doc"].nunique(),
        }
    )
    table = _by_article(told, measure).reindex(columns=frame.index, fill_value=0.0)
    counts = table.to_numpy(dtype="float64")
    frame["share"] = counts.sum(axis=0) / counts.sum()
    frame["low"], frame["high"] = _interval(counts, resamples, np.random.default_rng(seed))
    ordered = frame.sort_values(["share", "quotations"], ascending=False, kind="stable")
    return ordered.rename_axis("value").reset_index()[list(_COLUMNS)]


def _voices(audit: pd.DataFrame) -> pd.Series[str]:
    """Return a name for each voice of each article; a quotation of nobody known is a voice of its own."""
    own = audit["actor"].where(audit["actor"].notna(), audit["quote"])
    return audit["doc"].astype(str) + "\t" + own.astype(str)


def _by_article(told: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """Return the measure: a row an article, a column a value."""
    rows = told.drop_duplicates(["who", "value"]) if measure == "speakers" else told
    counted = rows.assign(amount=rows["words"].astype("float64") if measure == "words" else 1.0)
    return counted.pivot_table(index="doc", columns="value", values="amount", aggfunc="sum", fill_value=0.0)


def _interval(
    counts: NDArray[np.float64], resamples: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    import numpy as np

    articles = len(counts)
    if articles < 2:
        nothing = np.full(counts.shape[1], np.nan)
        return nothing, nothing
    drawn = random.multinomial(articles, np.full(articles, 1 / articles), size=resamples) @ counts
    totals = drawn.sum(axis=1, keepdims=True)
    drawn_shares = drawn[totals[:, 0] > 0] / totals[totals[:, 0] > 0]
    low, high = np.percentile(drawn_shares, [2.5, 97.5], axis=0)
    return low, high
