"""Demands and answers side by side, one row an answer, of one article or of many; what meets nothing is there too."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from corpus_lib.labels import Labels, Language, labels
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.plots.answers import stance_label
from corpus_lib.widgets.parts import CELL, cut, first, scrolled

if TYPE_CHECKING:
    import pandas as pd

    from corpus_lib.analysis import Analysis
    from corpus_lib.corpus import Corpus

COLUMNS = ("doc", "demand", "by", "to", "content", "answer", "actor", "stance", "basis", "evidence")
_Row = dict[str, str]


def answered(of: Analysis | Corpus) -> pd.DataFrame:
    r"""Return demands beside their answers, one row an answer; what has no counterpart has empty cells.

    Whoever was called on and is not found to answer has a row of its own, with the stance ``not found``. An answer to
    several demands stands beside each of them, and one to all demands of a set beside the set, as in the matrix; one
    to what the article does not state has its target's words as ``content``.

    Parameters
    ----------
    of
        An analysis, or an analysed corpus.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> table = answered(analyse("Streik\n\nLO krever at NHO snur. NHO avviste kravet. LO krever høyere lønn."))
    >>> table[["demand", "by", "answer", "actor", "stance"]].to_numpy().tolist()
    [['d1', 'LO', 'r1', 'NHO', 'reject'], ['d2', 'LO', '', 'NHO', 'not found']]
    """
    import pandas as pd

    asked = {(d["doc"], d["id"]): d for d in _records(of, "demands")}
    rows: dict[tuple[str, str], list[_Row]] = {key: [] for key in asked}
    known: dict[tuple[str, str], _Row] = {}
    for answer in _records(of, "responses"):
        met = [key for t in answer["targets"].split() if (key := (answer["doc"], t)) in asked]
        row = {"answer": answer["id"]} | {c: answer[c] for c in ("actor", "stance", "basis", "evidence")}
        known[answer["doc"], answer["id"]] = row
        for key in met or [(answer["doc"], "")]:
            rows.setdefault(key, []).append(row | ({} if met else {"content": answer["target_text"]}))
    for cell in _records(of, "comparison"):
        held = rows[cell["doc"], cell["demand"]]
        held += [row for r in cell["responses"].split() if (row := known[cell["doc"], r]) not in held]
        if not cell["responses"]:
            shown = "not found" if cell["stance"] == "none" and cell["attested"] == "False" else cell["stance"]
            held.append({"actor": cell["actor"], "stance": shown, "basis": cell["basis"]})
    places = {doc: place for place, doc in enumerate(dict.fromkeys(doc for doc, _ in rows))}
    listed = [
        row
        for key, held in sorted(rows.items(), key=lambda kept: places[kept[0][0]])
        for row in _beside(key, held, asked)
    ]
    return pd.DataFrame(listed, columns=list(COLUMNS), dtype="object").fillna("")


def _beside(key: tuple[str, str], held: list[_Row], asked: dict[tuple[str, str], _Row]) -> Iterator[_Row]:
    """Yield the rows of a demand, or of the answers that an article has no demand for."""
    doc, demand = key
    known = asked.get(key)
    left = {"doc": doc, "demand": demand}
    if known:
        left |= {"by": known["actor"], "to": known["addressees"], "content": known["content"]}
    yield from ({**left, **row} for row in held or [{}])


def _records(of: Analysis | Corpus, table: str) -> list[_Row]:
    frame = of.frame(table).fillna("")
    return [{str(k): str(v) for k, v in record.items()} for record in frame.to_dict("records")]


def side_by_side_html(of: Analysis | Corpus, *, language: Language = "en", most: int = 100, longest: int = 600) -> str:
    """Return demands beside their answers, in the article's own words: a demand stands once beside all its answers.

    Parameters
    ----------
    language
        In which it is told.
    most, longest
        How many rows are shown, and how many characters of a cell.
    """
    frame = answered(of)
    t = labels(language)
    if frame.empty:
        return f"<p>{t('answered.nothing')}</p>"
    several = len(set(frame["doc"])) > 1
    shown = [{str(k): str(v) for k, v in row.items()} for row in frame.head(most).to_dict("records")]
    body = ""
    for _, group in groupby(shown, key=lambda row: (row["doc"], row["demand"] or row["content"])):
        rows = list(group)
        for place, row in enumerate(rows):
            left = "" if place else _demand(row, len(rows), t, several=several, longest=longest)
            body += f"<tr>{left}{_answer(row, longest, t)}</tr>"
    heads = [*([t("noun.article")] if several else []), t("noun.demand"), t("noun.answer")]
    top = "".join(f'<th scope="col" style="{CELL}">{h}</th>' for h in heads)
    caption = first(t("answered.caption"), most, len(frame), t)
    table = f'<caption style="text-align:left;padding:2px 8px">{caption}</caption><thead><tr>{top}</tr></thead>'
    return scrolled(f'<table style="border-collapse:collapse">{table}<tbody>{body}</tbody></table>', caption)


def _demand(row: _Row, span: int, t: Labels, *, several: bool, longest: int) -> str:
    to = f" → {row['to']}" if row["to"] else ""
    by = row["by"] or t("speaker.unknown_actor")
    head = f"{row['demand']} {by}{to}" if row["demand"] else t("answered.not_stated")
    doc = f'<td rowspan="{span}" style="{CELL}">{escape(cut(row["doc"], 40))}</td>' if several else ""
    return f'{doc}<td rowspan="{span}" style="{CELL}">{_said(head, row["content"], longest)}</td>'


def _answer(row: _Row, longest: int, t: Labels) -> str:
    if not row["actor"] and not row["stance"]:
        return f'<td style="{CELL}">{t("answered.nobody_called")}</td>'
    sign = STANCE_MARKS.get(row["stance"], ("–", ""))[0]
    said = stance_label(row["stance"], t)
    head = " ".join(
        part for part in (sign, row["answer"], f"{row['actor'] or t('speaker.unknown_actor')}: {said}") if part
    )
    return f'<td style="{CELL}">{_said(head, row["evidence"], longest)}</td>'


def _said(head: str, words: str, longest: int) -> str:
    return f"<b>{escape(head)}</b>" + (f"<br>«{escape(cut(words, longest))}»" if words else "")
