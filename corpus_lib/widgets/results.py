"""Answers of the word index: tables whose every number opens its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import isinf, isnan
from typing import TYPE_CHECKING

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import WordsError
from corpus_lib.labels import Labels, Language, error_in_words, labels
from corpus_lib.render import number
from corpus_lib.widgets.kwic import lines_html
from corpus_lib.widgets.parts import beside, column, cut, first, spaced_table
from corpus_lib.widgets.rows import Row, RowTable
from corpus_lib.words import Result
from corpus_lib.words.content import as_written

if TYPE_CHECKING:
    import pandas as pd

Answer = tuple[Result, Sequence[str], str]


def result_html(
    result: Result,
    columns: Sequence[str] | Mapping[str, str],
    *,
    caption: str | None = None,
    most: int = 10,
    language: Language = "en",
) -> str:
    """Return the first rows of a result with chosen columns, and the notes on how it was counted.

    Lemmas of names are shown as the texts write them.

    Parameters
    ----------
    columns
        Columns of the frame, or columns and their headings.
    caption
        Over the table; the result's title where it is not given.
    language
        In which it is told; the notes on counting are English.
    """
    t = labels(language)
    heads = columns if isinstance(columns, Mapping) else headings(columns, t)
    frame = as_written(result).frame[list(heads)].head(most)
    rows = [[shown(v) for v in row] for row in frame.itertuples(index=False)]
    title = result.title if caption is None else caption
    return spaced_table(list(heads.values()), rows, caption=title) + notes_html(result, t)


def headings(columns: Sequence[str], t: Labels) -> dict[str, str]:
    """Return columns of a result with their headings; one without a text of its own is called as it is."""
    return {column: t.known(f"head.{column}", column) for column in columns}


def notes_html(result: Result, t: Labels) -> str:
    """Return how a result was counted, folded; the notes are English."""
    notes = "".join(f'<li lang="en">{escape(n)}</li>' for n in (result.description, *result.notes))
    summary = f"<summary>{escape(t('rows.counted'))}</summary>"
    return f'<details style="line-height:1.4">{summary}<ul>{notes}</ul></details>'


def frame_html(
    frame: pd.DataFrame, *, caption: str, most: int = 50, longest: int = 200, language: Language = "en"
) -> str:
    """Return the first rows of a frame as a table, numbers as Norwegian writes them.

    Parameters
    ----------
    most, longest
        How many rows are shown, and how many characters of a cell.
    language
        In which it says how many rows there are.
    """
    rows = [[cut(shown(v), longest) for v in row] for row in frame.head(most).itertuples(index=False, name=None)]
    said = first(caption, most, len(frame), labels(language))
    heads = [str(c).replace("_", " ") for c in frame.columns]
    return spaced_table([h[:1].upper() + h[1:] for h in heads], rows, caption=said)


def shown(value: object) -> str:
    """Return a cell as text: numbers as Norwegian writes them, an unknown as a dash, what belongs together with commas.

    >>> shown(0.25), shown(float("nan")), shown("krav"), shown((("reject", 2), ("offer", 1)))
    ('0,25', '–', 'krav', 'reject 2, offer 1')
    """
    if isinstance(value, tuple):
        return ", ".join(" ".join(map(shown, v)) if isinstance(v, tuple) else shown(v) for v in value)
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
        Puts the question as the controls stand. With the result come the columns that are shown, of which the first
        is what the row is about, and the caption.
    language
        In which it is told.
    """

    def __init__(
        self, controls: Sequence[widgets.Widget], ask: Callable[[], Answer], language: Language = "en"
    ) -> None:
        self.ask, self.language, self.t = ask, language, labels(language)
        self.columns: Sequence[str] = ()
        self.caption = ""
        self.result: Result | None = None
        self.rows = RowTable((), self._open, what="rows.opens_lines", language=language)
        self.notes = widgets.HTML()
        self.lines = widgets.HTML(layout=widgets.Layout(width="auto"))
        for control in controls:
            control.observe(self.update, names="value")
        self.box = beside(column(beside(*controls), self.rows.box, self.notes, width="32em"),
                          column(self.lines, width="30em"))  # fmt: skip
        self.update()

    def update(self, _: object = None) -> None:
        """Put the question again and open the first row's lines."""
        try:
            self.result, self.columns, self.caption = self.ask()
        except WordsError as error:
            self.result = None
            self.rows.show([], caption=self.t("rows.no_answer", why=error_in_words(error, self.t)))
            self.notes.value = self.lines.value = ""
            return
        self.notes.value = notes_html(self.result, self.t)
        self._open("0" if len(self.result.frame) else "")

    def _open(self, key: str) -> None:
        if self.result is None:
            return
        head, *rest = self.columns
        frame = as_written(self.result).frame
        cells = frame[rest].itertuples(index=False, name=None)
        rows = [
            Row(str(i), str(word)[:40], tuple(map(shown, c)))
            for i, (word, c) in enumerate(zip(frame[head], cells, strict=True))
        ]
        self.rows.columns = tuple(headings(rest, self.t).values())
        self.rows.show(rows, caption=self.caption, current=key)
        none = f"<p>{escape(self.t('rows.none_frequent'))}</p>"
        self.lines.value = none
        if key:
            word = str(frame[head].iloc[int(key)])
            self.lines.value = lines_html(self.result.lines(int(key)), asked=word, language=self.language)
