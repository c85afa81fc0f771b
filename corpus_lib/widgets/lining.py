"""The concordance: lines that open their place in the text."""

from __future__ import annotations

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import WordsError
from corpus_lib.model import Article, Block, Metadata, Span, sha256
from corpus_lib.widgets.counting import layers_of
from corpus_lib.widgets.kwic import HEADS, LINE, SIDES, row_html
from corpus_lib.widgets.parts import Option, beside, column, dropdown, line, whole_number
from corpus_lib.widgets.passages import FOUND, Mark, text_html
from corpus_lib.widgets.rows import Draw, Row, RowTable
from corpus_lib.words import Index, Result

SORTS: tuple[Option, ...] = (
    ("order of the texts", ""),
    ("the word before", "L1"),
    ("the second word before", "L2"),
    ("the word after", "R1"),
    ("the second word after", "R2"),
    ("the words found", "node"),
)
_THEN = {"L1": ("L1", "L2"), "R1": ("R1", "R2")}
"""What decides between equals."""


def concordance_view(index: Index, query: str) -> widgets.VBox:
    """Return the lines a query stands in, the words found in one column; each line opens its place in the text.

    Parameters
    ----------
    query
        Words, ``krav*`` for all that begin so.
    """
    return _Lines(index, query).box


class _Lines:
    """The question, its lines, and the text around the one that is open."""

    def __init__(self, index: Index, query: str) -> None:
        self.index = index
        self.found: Result | None = None
        self.asked = line("Word or words", query, "krav*")
        self.layer, self.sort = dropdown("Layer", layers_of(index)), dropdown("Sort by", SORTS)
        self.window = whole_number("Words on each side", 8, 1, 50)
        self.text = widgets.HTML(layout=widgets.Layout(width="auto"))
        shown = len(LINE) if index.documents > 1 else len(LINE) - 1
        widths = ("38%", "16%", "", "18%")
        heads = [
            f"padding:0 4px;text-align:{side}{f';width:{width}' if width else ''}"
            for side, width in zip(SIDES[:shown], widths, strict=False)
        ]
        draw = Draw(lambda row: row_html(row.cells, self.sort.value), heads)
        self.rows = RowTable(HEADS[:shown], self._open, draw=draw)
        controls = (self.asked, self.layer, self.sort, self.window)
        for control in controls:
            control.observe(self._update, names="value")
        self._update()
        self.box = widgets.VBox([beside(*controls), self.rows.box, column(self.text)])

    def _update(self, _: object = None) -> None:
        order = _THEN.get(self.sort.value, (self.sort.value,)) if self.sort.value else ()
        try:
            self.found = self.index.concordance(
                self.asked.value, layer=self.layer.value, window=self.window.value, sort=order, top=500
            )
        except WordsError as error:
            self._nothing(f"No answer: {error}")
            return
        if len(self.found.frame):
            self._open("0")
        else:
            self._nothing(f"Nothing found: {self.asked.value}")

    def _nothing(self, said: str) -> None:
        self.found, self.text.value = None, ""
        self.rows.show([], caption=said)

    def _open(self, key: str) -> None:
        if self.found is None:
            return
        frame = self.found.frame[list(LINE[: len(self.rows.columns)])]
        rows = [Row(str(i), f"line {i + 1}", tuple(c)) for i, c in enumerate(frame.itertuples(index=False, name=None))]
        by = f" Sorted by {self.sort.label}, underlined." if self.sort.value else ""
        self.rows.show(rows, caption=f"{self.found.title}: {self.found.description}{by}".rstrip("."), current=key)
        self.text.value = _line_in_text(self.index, self.found, int(key))


def _line_in_text(index: Index, lines: Result, row: int) -> str:
    """Return the text of a line's article with its words marked; no blocks are known here but lines of text."""
    place = lines.frame.iloc[row]
    text = index.text(int(index.documents_at(lines.positions(row)[:1])[0]))
    blocks, at = [], 0
    for part in text.splitlines(keepends=True):
        blocks.append(Block("body", at, at + len(part)))
        at += len(part)
    article = Article(str(place["document"]), text, sha256(text), "nb", Metadata(), tuple(blocks))
    record = f"line {row + 1}"
    mark = Mark(Span(int(place["start"]), int(place["end"])), record, str(place["document"]), record, FOUND)
    return text_html(article, [mark], (record,), height="16em")
