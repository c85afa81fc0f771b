"""Key word in context: lines that open their place in the text."""

from __future__ import annotations

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import WordsError
from corpus_lib.model import Article, Block, Metadata, Span, sha256
from corpus_lib.render import PALETTE
from corpus_lib.widgets.counting import layers_of
from corpus_lib.widgets.parts import Option, beside, column, dropdown, line, whole_number
from corpus_lib.widgets.passages import Mark, text_html
from corpus_lib.widgets.results import LINE
from corpus_lib.widgets.rows import Row, RowTable
from corpus_lib.words import Index, Result

SORTS: tuple[Option, ...] = (
    ("order of the texts", ""),
    ("the word before", "L1"),
    ("the word after", "R1"),
    ("the second word after", "R2"),
    ("the words found", "node"),
)


def concordance_view(index: Index, query: str) -> widgets.HBox:
    """Return the lines a query stands in; each opens its place in the text.

    Parameters
    ----------
    query
        Words, ``krav*`` for all that begin so.
    """
    asked = line("Word or words", query, "krav*")
    layer, sort = dropdown("Layer", layers_of(index)), dropdown("Sort by", SORTS)
    window = whole_number("Words on each side", 6, 1, 50)
    text = widgets.HTML(layout=widgets.Layout(width="auto"))
    found: list[Result] = []

    def opened(key: str) -> None:
        if found and key:
            _show_line(rows, found[0], key)
            text.value = _line_in_text(index, found[0], int(key))

    rows = RowTable(("Before", "Found", "After", "Article")[: 4 if index.documents > 1 else 3], opened)

    def update(_: object = None) -> None:
        found.clear()
        order = (sort.value,) if sort.value else ()
        try:
            found.append(index.concordance(asked.value, layer=layer.value, window=window.value, sort=order, top=500))
        except WordsError as error:
            rows.show([], caption=f"No answer: {error}")
            text.value = ""
            return
        if len(found[0].frame):
            opened("0")
        else:
            rows.show([], caption=f"Nothing found: {asked.value}")
            text.value = ""

    for control in (asked, layer, sort, window):
        control.observe(update, names="value")
    update()
    return beside(column(beside(asked, layer, sort, window), rows.box, width="40em"), column(text))


def _show_line(rows: RowTable, lines: Result, key: str) -> None:
    frame = lines.frame[list(LINE[: len(rows.columns)])]
    shown_rows = [
        Row(str(i), f"line {i + 1}", tuple(c)) for i, c in enumerate(frame.itertuples(index=False, name=None))
    ]
    rows.show(shown_rows, caption=f"{lines.title}: {lines.description}", current=key)


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
    mark = Mark(Span(int(place["start"]), int(place["end"])), record, str(place["document"]), record, PALETTE[0])
    return text_html(article, [mark], (record,))
