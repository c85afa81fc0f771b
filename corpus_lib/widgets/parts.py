"""Controls that the views share: labelled, worked by keyboard, and laid out to fold on a narrow page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.labels import Labels
from corpus_lib.render import ISOLATE

CELL = f"text-align:left;vertical-align:top;padding:2px 8px;max-width:40em;overflow-wrap:break-word;{ISOLATE}"
_WIDE = {"description_width": "initial"}

Option = tuple[str, str | int]


def heading(words: str) -> widgets.HTML:
    """Return a heading over a group of controls."""
    return widgets.HTML(f"<b>{escape(words)}</b>", layout=widgets.Layout(margin="14px 2px 4px"))


def dropdown(description: str, options: Sequence[Option], value: str | int | None = None) -> widgets.Dropdown:
    """Return a labelled choice of one."""
    layout = widgets.Layout(width="max-content", max_width="100%")
    chosen = {} if value is None else {"value": value}
    return widgets.Dropdown(options=options, description=description, style=_WIDE, layout=layout, **chosen)


def whole_number(description: str, value: int, least: int, most: int) -> widgets.BoundedIntText:
    """Return a labelled number; a slider of ipywidgets has no name that a screen reader finds."""
    layout = widgets.Layout(width="max-content")
    return widgets.BoundedIntText(value, min=least, max=most, description=description, style=_WIDE, layout=layout)


def line(description: str, value: str = "", placeholder: str = "") -> widgets.Text:
    """Return a labelled line of text; a change counts when Enter is pressed or the line is left."""
    return widgets.Text(
        value,
        placeholder=placeholder,
        description=description,
        style=_WIDE,
        continuous_update=False,
        layout=widgets.Layout(width="30em", max_width="calc(100% - 4px)"),  # its own margin is not in the width
    )


def beside(*parts: widgets.Widget) -> widgets.HBox:
    """Return parts side by side, one under the other where there is no room."""
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"))


def column(*parts: widgets.Widget, width: str = "26em") -> widgets.VBox:
    """Return parts one under the other, as wide as there is room and no narrower than `width` where that fits."""
    return widgets.VBox(
        parts, layout=widgets.Layout(flex=f"1 1 {width}", min_width="min(100%, 20em)", max_width="100%")
    )


def spaced_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, caption: str) -> str:
    """Return a table with every cell escaped, columns of numbers flush right.

    Words break where they alone would widen a column past reading.

    >>> "&lt;b&gt;" in spaced_table(["a"], [["<b>"]], caption="")
    True
    """
    shown = [["" if v is None else str(v) for v in row] for row in rows]
    sides = [sided([row[i] for row in shown]) for i in range(len(columns))]
    head = "".join(
        f'<th scope="col" style="{CELL}{side}">{escape(c)}</th>' for c, side in zip(columns, sides, strict=True)
    )
    body = "".join(
        "<tr>" + "".join(f'<td style="{CELL}{s}">{escape(v)}</td>' for v, s in zip(row, sides, strict=True)) + "</tr>"
        for row in shown
    )
    title = f'<caption style="text-align:left;padding:2px 8px">{escape(caption)}</caption>' if caption else ""
    whole = f"{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return scrolled(f'<table style="border-collapse:collapse">{whole}</table>', caption or "Table")


_DATE = re.compile(r"\d{4}-\d\d(-\d\d)?(T[\d:]+)?|")
_NUMBER = re.compile(r"[-+–]?\d[\d\u00a0]*(,\d+)?( %)?|[–∞]|")


def sided(cells: Sequence[str]) -> str:
    r"""Return the style that sets a column of numbers flush right and keeps dates on a line; nothing for words.

    >>> sided(["1\xa0234,5", "–"]), sided(["krav", "2"]), sided(["2024-11-14", ""])
    (';text-align:right;font-variant-numeric:tabular-nums', '', ';white-space:nowrap')
    """
    if any(cells) and all(map(_DATE.fullmatch, cells)):
        return ";white-space:nowrap"
    numbers = any(any(c.isdigit() for c in cell) for cell in cells) and all(map(_NUMBER.fullmatch, cells))
    return ";text-align:right;font-variant-numeric:tabular-nums" if numbers else ""


def cut(words: str, most: int) -> str:
    """Return words, shortened where they are longer than so many characters.

    >>> cut("en lang artikkel", 9)
    'en lang …'
    """
    return words if len(words) <= most else f"{words[: most - 2]} …"


def first(caption: str, most: int, n: int, t: Labels) -> str:
    """Return a caption, and how many rows are shown where there are more."""
    return t("rows.first", caption=caption, most=most, n=n) if n > most else caption


def scrolled(html: str, name: str) -> str:
    """Return HTML in a box that scrolls sideways; it can be reached by keyboard, and so has a name."""
    style = "line-height:1.4;overflow-x:auto"
    return f'<div tabindex="0" role="group" aria-label="{escape(name)}" style="{style}">{html}</div>'
