"""A table whose rows open something: a button beside each row, so that mouse, Enter and Space all do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.render import TEXT
from corpus_lib.widgets.parts import scrolled

HEIGHT = 28
"""Pixels of a row; a button of ipywidgets has 28 and a margin of 2 above and below."""

_LINE = 16
"""Pixels of a further line in a row."""

_LONGEST_NAME = 40
"""Characters that a name has at most, such as that of a speaker or a rule."""

_CELL = "padding:0 8px;text-align:left;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:15em"
_WRAPPED = "padding:0 8px;text-align:left;max-width:15em"
_CLAMPED = (
    "display:-webkit-box;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:break-word;-webkit-line-clamp:"
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it opens, what its button says, and its cells."""

    key: str
    button: str
    cells: tuple[str, ...]


def rows_html(
    columns: Sequence[str], rows: Sequence[Row], *, caption: str, current: str | None = None, lines: int = 1
) -> str:
    """Return the rows as an HTML table, as high as the buttons beside it; the current one is framed.

    Parameters
    ----------
    lines
        How many lines a cell may take; what is longer ends in an ellipsis, and is whole in its tooltip.
    """
    height = HEIGHT + 4
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(c)}</th>' for c in columns)
    rooms = [_room(cells, lines) for cells in zip(*(row.cells for row in rows), strict=True)]
    body = ""
    for row in rows:
        here = row.key == current
        style = f"background:#cfe5f7;color:{TEXT};" if here else ""
        mark = ' aria-current="true"' if here else ""
        cells = "".join(_cell(c, lines, room) for c, room in zip(row.cells, rooms, strict=True))
        body += f'<tr{mark} style="{style}height:{row_height(lines) + 4}px;line-height:1.2">{cells}</tr>'
    return scrolled(
        f'<table style="border-collapse:collapse;border-spacing:0"><caption style="text-align:left;height:{height}px;'
        f'line-height:{height}px;padding:0 8px;white-space:nowrap">{escape(caption)}</caption>'
        f'<thead><tr style="height:{height}px;line-height:1.2">{head}</tr></thead><tbody>{body}</tbody></table>',
        caption or "Rows",
    )


def row_height(lines: int) -> int:
    """Return the pixels of a button beside a row of so many lines."""
    return HEIGHT + (lines - 1) * _LINE


def _room(cells: Sequence[str], lines: int) -> float:
    """Return how wide (em) a column must be so that no name in it is cut; running text gives way, and needs none.

    A line may end a few characters early, before a word that does not fit in it.
    """
    longest = max(map(len, cells), default=0)
    return (longest / lines + 4) * 0.52 if longest <= _LONGEST_NAME else 0.0


def _cell(words: str, lines: int, room: float) -> str:
    said = escape(words)
    if lines == 1:
        return f'<td style="{_CELL}" title="{said}">{said}</td>'
    wide = f"{_CLAMPED}{lines};min-width:{room:.1f}em"
    return f'<td style="{_WRAPPED}" title="{said}"><div style="{wide}">{said}</div></td>'


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
        What a button opens, for its tooltip.
    lines
        How many lines a cell may take.
    """

    def __init__(
        self,
        columns: Sequence[str],
        opened: Callable[[str], None],
        *,
        size: int = 10,
        what: str = "show in the text",
        lines: int = 1,
    ) -> None:
        self.columns, self.opened, self.what, self.lines = tuple(columns), opened, what, lines
        self.rows: list[Row] = []
        self.caption, self.current, self.page = "", "", 0
        shared = widgets.Layout(width="auto", height=f"{row_height(lines)}px")
        self.buttons = [widgets.Button(layout=shared) for _ in range(size)]
        for place, button in enumerate(self.buttons):
            button.on_click(lambda _, place=place: self._press(place))
        self.table = widgets.HTML(layout=widgets.Layout(margin="0", overflow="hidden", flex="1 1 0", min_width="0"))
        self.earlier = widgets.Button(description="Earlier rows", disabled=True)
        self.later = widgets.Button(description="Later rows", disabled=True)
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
            button.tooltip = f"{row.button}: {self.what}"
        kept = tuple(self.buttons[: len(shown)])
        if self.column.children != kept:
            self.column.children = kept
        more = len(self.rows) > size
        said = (
            f"{self.caption}; rows {self.page * size + 1} to {self.page * size + len(shown)}" if more else self.caption
        )
        self.table.value = rows_html(self.columns, shown, caption=said, current=self.current, lines=self.lines)
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
