"""A table whose rows open something: a button beside each row, so that mouse, Enter and Space all do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.labels import Language, labels
from corpus_lib.render import TEXT
from corpus_lib.widgets.parts import scrolled, sided

HEIGHT = 28
"""Pixels of a row; a button of ipywidgets has 28 and a margin of 2 above and below."""

_CELL = "padding:0 8px;text-align:left;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:15em"


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it opens, what its button says, and its cells."""

    key: str
    button: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draw:
    """How rows are drawn that are more than words: their cells as HTML, and a style for each heading."""

    cells: Callable[[Row], str]
    heads: Sequence[str]


def rows_html(
    columns: Sequence[str], rows: Sequence[Row], *, caption: str, current: str | None = None, draw: Draw | None = None
) -> str:
    """Return the rows as an HTML table, as high as the buttons beside it; the current one is framed.

    What has no room in a cell ends in an ellipsis, and is whole in its tooltip; columns of numbers are flush right.

    Parameters
    ----------
    draw
        How rows are drawn that are more than words.
    """
    height = HEIGHT + 4
    sides = [sided([row.cells[i] for row in rows]) for i in range(len(columns))]
    styles = draw.heads if draw else [f"{_CELL}{side}" for side in sides]
    head = "".join(f'<th scope="col" style="{s}">{escape(c)}</th>' for c, s in zip(columns, styles, strict=True))
    body = ""
    for row in rows:
        here = row.key == current
        style = f"background:#cfe5f7;color:{TEXT};" if here else ""
        mark = ' aria-current="true"' if here else ""
        plain = (_cell(words, side) for words, side in zip(row.cells, sides, strict=True))
        cells = draw.cells(row) if draw else "".join(plain)
        body += f'<tr{mark} style="{style}height:{height}px;line-height:1.2">{cells}</tr>'
    whole = ";table-layout:fixed;width:100%" if draw else ""
    title = f"text-align:left;height:{height}px;line-height:{height}px;padding:0 8px;white-space:nowrap"
    return scrolled(
        f'<table style="border-collapse:collapse;border-spacing:0{whole}">'
        f'<caption style="{title}">{escape(caption)}</caption>'
        f'<thead><tr style="height:{height}px;line-height:1.2">{head}</tr></thead><tbody>{body}</tbody></table>',
        caption or "Rows",
    )


def _cell(words: str, side: str) -> str:
    said = escape(words)
    return f'<td style="{_CELL}{side}" title="{said}">{said}</td>'


class RowTable:
    """Rows with buttons, a page at a time; the buttons are made once and relabelled.

    Parameters
    ----------
    columns
        Headings of the cells.
    opened
        Called with the key of the row whose button is pressed.
    size
        Rows on a page.
    what
        The key of the text that says what a button opens, for its tooltip.
    draw
        How rows are drawn that are more than words.
    language
        In which the buttons speak.
    """

    def __init__(
        self,
        columns: Sequence[str],
        opened: Callable[[str], None],
        *,
        size: int = 10,
        what: str = "rows.opens_text",
        draw: Draw | None = None,
        language: Language = "en",
    ) -> None:
        self.columns, self.opened, self.what, self.draw = tuple(columns), opened, what, draw
        self.t = labels(language)
        self.rows: list[Row] = []
        self.caption, self.current, self.page = "", "", 0
        shared = widgets.Layout(width="auto", height=f"{HEIGHT}px")
        self.buttons = [widgets.Button(layout=shared) for _ in range(size)]
        for place, button in enumerate(self.buttons):
            button.on_click(lambda _, place=place: self._press(place))
        self.table = widgets.HTML(layout=widgets.Layout(margin="0", overflow="hidden", flex="1 1 0", min_width="0"))
        self.earlier = widgets.Button(description=self.t("rows.earlier"), disabled=True)
        self.later = widgets.Button(description=self.t("rows.later"), disabled=True)
        self.earlier.on_click(lambda _: self._turn(-1))
        self.later.on_click(lambda _: self._turn(1))
        self.pager = widgets.HBox([self.earlier, self.later])
        wide = widgets.Layout(width="100%")
        gap = f"{2 * (HEIGHT + 4)}px 0 0 0"
        self.column = widgets.VBox(
            [], layout=widgets.Layout(margin=gap, flex="0 0 auto", min_width="3.5em", max_width="14em")
        )
        self.box = widgets.VBox([widgets.HBox([self.column, self.table], layout=wide), self.pager], layout=wide)
        self.show([], caption="")

    def show(self, rows: Sequence[Row], *, caption: str, current: str = "") -> None:
        """Show rows; the page goes to the current one where it is among them."""
        keys = [r.key for r in rows]
        changed = keys != [r.key for r in self.rows]
        self.rows, self.caption, self.current = list(rows), caption, current
        if current in keys:
            self.page = keys.index(current) // len(self.buttons)
        elif changed:
            self.page = 0
        self._draw()

    def _shown(self) -> list[Row]:
        size = len(self.buttons)
        return self.rows[self.page * size : (self.page + 1) * size]

    def _draw(self) -> None:
        shown, size = self._shown(), len(self.buttons)
        for row, button in zip(shown, self.buttons, strict=False):
            here = row.key == self.current
            button.description = f"▶ {row.button}" if here else row.button
            button.tooltip = self.t(self.what, row=row.button)
        kept = tuple(self.buttons[: len(shown)])
        if self.column.children != kept:
            self.column.children = kept
        more = len(self.rows) > size
        first = self.page * size
        bounds = {"from": first + 1, "to": first + len(shown)}
        said = self.t("rows.page", caption=self.caption, **bounds) if more else self.caption
        self.table.value = rows_html(self.columns, shown, caption=said, current=self.current, draw=self.draw)
        self.earlier.disabled = self.page == 0
        self.later.disabled = (self.page + 1) * size >= len(self.rows)
        self.pager.layout.display = "" if more else "none"

    def _press(self, place: int) -> None:
        shown = self._shown()
        if place < len(shown):
            self.opened(shown[place].key)

    def _turn(self, by: int) -> None:
        self.page += by
        self.current = ""
        self._draw()
