"""Demands over a corpus: how many each actor put in each month, and how they were answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.model import STANCES

if TYPE_CHECKING:
    import pandas as pd

_KEYS = ["actor", "month"]


def demands_by_month(demands: pd.DataFrame, comparison: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    r"""Return one row an actor and month: how many demands it put, and how many of them got each kind of answer.

    The month is that in which the text says the demand was put, else that in which its article was published.
    A demand of two actors counts for each; a set counts as its members, and as one where it has none. A demand
    that got several kinds of answer stands under each of them, so the row's answers can add up to more than
    its demands; ``none`` counts the demands that nobody answered. Unknown actors and months are kept as missing.

    Parameters
    ----------
    demands, comparison, articles
        The tables of those names of a corpus or an analysis; of the articles, ``doc``, ``date`` and ``published``.

    Examples
    --------
    >>> from corpus_lib.analysis import analyse
    >>> found = analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet.")
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"doc": ["text"], "date": ["2024-05-17"], "published": [None]})
    >>> table = demands_by_month(found.frame("demands"), found.frame("comparison"), articles)
    >>> table[["actor", "month", "demands", "reject", "none"]].to_dict("records")
    [{'actor': 'LO', 'month': '2024-05', 'demands': 1, 'reject': 1, 'none': 0}]
    """
    single = demands[(demands["kind"] != "set") | (demands["members"].fillna("") == "")]
    put = single.merge(articles[["doc", "date", "published"]], on="doc", how="left", suffixes=("", "_article"))
    month = put["date"].map(_month).fillna(put["published"].map(_month)).fillna(put["date_article"].map(_month))
    counted = put[["doc", "id"]].assign(month=month.astype("object"), actor=put["actor"].map(_actors), demands=1)
    answers = counted[["doc", "id"]].merge(_answered(comparison), on=["doc", "id"], how="left")
    counted[list(STANCES)] = answers[list(STANCES)].fillna(0).astype("int64").to_numpy()
    counted["none"] = (counted[list(STANCES)].drop(columns="none").sum(axis=1) == 0).astype("int64")
    table = counted.explode("actor").groupby(_KEYS, dropna=False, sort=True)[["demands", *STANCES]].sum()
    return table.reset_index().astype({"actor": "object", "month": "object"})


def _answered(comparison: pd.DataFrame) -> pd.DataFrame:
    """Return one row a demand with 1 under each kind of answer that it got."""
    import pandas as pd

    kinds = pd.DataFrame(
        {s: (comparison["stance"] == s).astype("int64") for s in STANCES}, columns=list(STANCES), dtype="int64"
    )
    kinds[["doc", "id"]] = comparison[["doc", "demand"]].to_numpy()
    return kinds.groupby(["doc", "id"], as_index=False).max()


def _month(date: object) -> str | None:
    """Return the month of a date that is as exact as that.

    >>> _month("2024-05-17"), _month("2024"), _month(None)
    ('2024-05', None, None)
    """
    return date[:7] if isinstance(date, str) and len(date) >= 7 else None  # a year alone names no month


def _actors(joined: object) -> list[str | None]:
    return list(joined.split("; ")) if isinstance(joined, str) and joined else [None]
