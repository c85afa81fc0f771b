"""Demands and answers in one table, of one article or of many: those that meet nothing are there too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from corpus_lib.analysis import Analysis
    from corpus_lib.corpus import Corpus

COLUMNS = ("doc", "demand", "by", "content", "actor", "stance", "basis", "evidence")


def answered(of: Analysis | Corpus) -> pd.DataFrame:
    r"""Return the comparison, every demand and every answer in it: what has no counterpart has empty cells.

    A demand that calls on nobody and is not answered has no cell in the comparison; nor has an answer of an unknown
    actor, of the one who demands, or to what the article does not state. The answer's ``content`` is then what it
    says of its target.

    Parameters
    ----------
    of
        An analysis, or an analysed corpus. Articles with demands stand first, then those with answers alone.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> table = answered(analyse("Streik\n\nLO krever at NHO snur. NHO avviste kravet. LO krever mer lærertid."))
    >>> table[["demand", "by", "actor", "stance"]].to_numpy().tolist()
    [['d1', 'LO', 'NHO', 'reject'], ['d2', 'LO', 'NHO', 'not found']]
    """
    import pandas as pd

    known: dict[tuple[str, str], list[dict[str, str]]] = {}
    heard: set[tuple[str, str]] = set()
    for cell in _records(of, "comparison"):
        known.setdefault((cell["doc"], cell["demand"]), []).append(cell)
        heard.update((cell["doc"], response) for response in cell["responses"].split())
    rows: list[dict[str, str]] = []
    for demand in _records(of, "demands"):
        alone = {"doc": demand["doc"], "demand": demand["id"], "by": demand["actor"], "content": demand["content"]}
        rows += known.get((demand["doc"], demand["id"]), [alone])
    rows += _loose(of, heard)
    places = {doc: place for place, doc in enumerate(dict.fromkeys(row["doc"] for row in rows))}
    rows.sort(key=lambda row: places[row["doc"]])  # the answers without a demand stand below their article's demands
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="object").fillna("")


def _records(of: Analysis | Corpus, table: str) -> list[dict[str, str]]:
    frame = of.frame(table)
    words = [c for c in frame.columns if frame[c].dtype == "object"]
    if table == "comparison":
        frame["stance"] = frame["stance"].mask((frame["stance"] == "none") & ~frame["attested"], "not found")
    return [{str(k): v for k, v in record.items()} for record in frame[words].fillna("").to_dict("records")]


def _loose(of: Analysis | Corpus, heard: set[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Yield the answers that no cell of the comparison rests on."""
    for answer in _records(of, "responses"):
        if (answer["doc"], answer["id"]) not in heard:
            same = {column: answer[column] for column in ("doc", "actor", "stance", "basis", "evidence")}
            yield same | {"demand": answer["targets"], "content": answer["target_text"]}
