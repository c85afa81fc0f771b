"""Demands by actor and month over several articles, with their answers."""

from __future__ import annotations

import pandas as pd
import pytest

from corpus_lib.analysis import analyse
from corpus_lib.corpus.demands import STANCES, demands_by_month
from corpus_lib.structure import read_text

TEXTS = {
    "may": ("2023-05-03", "LO krever at NHO snur. NHO avviste kravet. LO ber også regjeringen om hjelp."),
    "june": ("2023-06-09", "LO krever at NHO betaler. NHO godtok kravet. YS foreslo at LO venter."),
    "none": ("", "LO krever at NHO møter."),
}


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    found = [
        analyse(read_text(f"Nytt om lønn\n\n{text}", id=name, date=date or None))
        for name, (date, text) in TEXTS.items()
    ]
    frames = {t: pd.concat([a.frame(t) for a in found]) for t in ("demands", "comparison")}
    articles = pd.DataFrame([(n, d or None, None) for n, (d, _) in TEXTS.items()], columns=["doc", "date", "published"])
    return demands_by_month(frames["demands"], frames["comparison"], articles)


def row(table: pd.DataFrame, actor: str, month: str | None) -> dict[str, int]:
    at = table[(table["actor"] == actor) & (table["month"].isna() if month is None else table["month"] == month)]
    (found,) = at.to_dict("records")
    return {str(k): v for k, v in found.items() if v and k not in ("actor", "month")}


def test_each_actor_and_month_has_its_demands_and_their_answers(table: pd.DataFrame):
    assert row(table, "LO", "2023-05") == {"demands": 2, "reject": 1, "none": 1}
    assert row(table, "LO", "2023-06") == {"demands": 1, "accept": 1}
    assert row(table, "YS", "2023-06") == {"demands": 1, "none": 1}


def test_a_demand_without_a_date_is_kept(table: pd.DataFrame):
    assert row(table, "LO", None) == {"demands": 1, "none": 1}
    assert int(table["demands"].sum()) == 5


def test_a_set_counts_as_its_members():
    demands = pd.DataFrame(
        [
            ("a", "d1", "set", "LO", "2023-05-01", "d2 d3"),
            ("a", "d2", "single", "LO", "2023-05-01", ""),
            ("a", "d3", "single", "LO; YS", "2023-05-01", ""),
        ],
        columns=["doc", "id", "kind", "actor", "date", "members"],
    )
    cells = pd.DataFrame(
        [("a", "d1", "reject"), ("a", "d2", "offer"), ("a", "d2", "reject")], columns=["doc", "demand", "stance"]
    )
    articles = pd.DataFrame([("a", None, None)], columns=["doc", "date", "published"])
    table = demands_by_month(demands, cells, articles)
    assert row(table, "LO", "2023-05") == {"demands": 2, "reject": 1, "offer": 1, "none": 1}
    assert row(table, "YS", "2023-05") == {"demands": 1, "none": 1}


def test_no_demands_make_an_empty_table_with_the_same_columns():
    nothing = analyse("Uenige om lønn\n\nDet regner i byen.")
    articles = pd.DataFrame([("text", None, None)], columns=["doc", "date", "published"])
    table = demands_by_month(nothing.frame("demands"), nothing.frame("comparison"), articles)
    assert list(table.columns) == ["actor", "month", "demands", *STANCES]
    assert table.empty
