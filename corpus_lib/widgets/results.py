"""Answers of the word index: tables whose every number opens its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import isinf, isnan
from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import WordsError
from corpus_lib.render import number
from corpus_lib.widgets.kwic import lines_html
from corpus_lib.widgets.parts import beside, column, cut, spaced_table
from corpus_lib.widgets.rows import Row, RowTable
from corpus_lib.words import Result

if TYPE_CHECKING:
    import pandas as pd

Answer = tuple[Result, Mapping[str, str]]


def result_html(result: Result, columns: Mapping[str, str], *, most: int = 10) -> str:
    """Return the first rows of a result with chosen columns, and the notes on how it was counted.

    Parameters
    ----------
    columns
        Columns of the frame and their headings.
    """
    rows = [[shown(v) for v in row] for row in result.frame[list(columns)].head(most).itertuples(index=False)]
    return spaced_table(list(columns.values()), rows, caption=result.title) + notes_html(result)


def notes_html(result: Result) -> str:
    """Return how a result was counted, folded."""
    notes = "".join(f"<li>{escape(n)}</li>" for n in (result.description, *result.notes))
    return f'<details style="line-height:1.4"><summary>How this was counted</summary><ul>{notes}</ul></details>'


def frame_html(frame: pd.DataFrame, *, caption: str, most: int = 50, longest: int = 200) -> str:
    """Return the first rows of a frame as a table, numbers as Norwegian writes them.

    Parameters
    ----------
    most, longest
        How many rows are shown, and how many characters of a cell.
    """
    rows = [[cut(shown(v), longest) for v in row] for row in frame.head(most).itertuples(index=False, name=None)]
    few = f", the first {most} of {number(len(frame))}" if len(frame) > most else ""
    heads = [str(c).replace("_", " ") for c in frame.columns]
    return spaced_table([h[:1].upper() + h[1:] for h in heads], rows, caption=caption + few)


def shown(value: object) -> str:
    """Return a cell as text: numbers as Norwegian writes them, an unknown as a dash.

    >>> shown(0.25), shown(float("nan")), shown("krav")
    ('0,25', '–', 'krav')
    """
    if isinstance(value, bool) or value is None:
        return str(value or "")
    if isinstance(value, float):
        if isnan(value) or isinf(value):
            return "–" if isnan(value) else "∞"
        return number(round(value, 2) + 0.0, 0 if abs(value) >= 1000 else 2)  # no minus before 0,00
    return str(value)


class ResultView:
    """Controls over a question to the index; each row of the answer opens its lines.

    Parameters
    ----------
    ask
        Puts the question as the controls stand. With the result come the columns that are shown and their
        headings; the first is what the row is about.
    """

    def __init__(self, controls: Sequence[widgets.Widget], ask: Callable[[], Answer]) -> None:
        self.ask = ask
        self.columns: Mapping[str, str] = {}
        self.result: Result | None = None
        self.rows = RowTable((), self._open, what="show its lines")
        self.notes = widgets.HTML()
        self.lines = widgets.HTML(layout=widgets.Layout(width="auto"))
        for control in controls:
            control.observe(self.update, names="value")
        self.box = beside(column(beside(*controls), self.rows.box, self.notes), column(self.lines, width="34em"))
        self.update()

    def update(self, _: object = None) -> None:
        """Put the question again and open the first row's lines."""
        try:
            self.result, self.columns = self.ask()
        except WordsError as error:
            self.result = None
            self.rows.show([], caption=f"No answer: {error}")
            self.notes.value = self.lines.value = ""
            return
        self.notes.value = notes_html(self.result)
        self._open("0" if len(self.result.frame) else "")

    def _open(self, key: str) -> None:
        if self.result is None:
            return
        first, *rest = self.columns
        frame = self.result.frame
        cells = frame[rest].itertuples(index=False, name=None)
        rows = [
            Row(str(i), str(word)[:40], tuple(map(shown, c)))
            for i, (word, c) in enumerate(zip(frame[first], cells, strict=True))
        ]
        self.rows.columns = tuple(self.columns[c] for c in rest)
        self.rows.show(rows, caption=self.result.title, current=key)
        self.lines.value = lines_html(self.result.lines(int(key))) if key else "<p>No word is that frequent.</p>"
