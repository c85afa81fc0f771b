"""Controls that the views share: labelled, worked by keyboard, and laid out to fold on a narrow page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

import ipywidgets as widgets  # type: ignore[import-untyped]
from traitlets import HasTraits

from corpus_lib.render import ISOLATE

_CELL = f"text-align:left;vertical-align:top;padding:2px 8px;max-width:40em;overflow-wrap:break-word;{ISOLATE}"
_WIDE = {"description_width": "initial"}

Option = tuple[str, str | int]


def heading(words: str) -> widgets.HTML:
    """Return a heading over a group of controls."""
    return widgets.HTML(f"<b>{escape(words)}</b>")


def dropdown(description: str, options: Sequence[Option], value: str | int | None = None) -> widgets.Dropdown:
    """Return a labelled choice of one."""
    layout = widgets.Layout(width="max-content", max_width="100%")
    chosen = {} if value is None else {"value": value}
    return widgets.Dropdown(options=options, description=description, style=_WIDE, layout=layout, **chosen)


def whole_number(description: str, value: int, least: int, most: int) -> widgets.BoundedIntText:
    """Return a labelled number; a slider of ipywidgets has no name that a screen reader finds."""
    layout = widgets.Layout(width="max-content")
    return widgets.BoundedIntText(value, min=least, max=most, description=description, style=_WIDE, layout=layout)


def share(description: str, value: float = 0.0) -> widgets.BoundedFloatText:
    """Return a labelled number from 0 to 1."""
    layout = widgets.Layout(width="max-content")
    return widgets.BoundedFloatText(
        value, min=0.0, max=1.0, step=0.05, description=description, style=_WIDE, layout=layout
    )


def line(description: str, value: str = "", placeholder: str = "") -> widgets.Text:
    """Return a labelled line of text; a change counts when Enter is pressed or the line is left."""
    return widgets.Text(
        value,
        placeholder=placeholder,
        description=description,
        style=_WIDE,
        continuous_update=False,
        layout=widgets.Layout(width="30em", max_width="100%"),
    )


def checkboxes(options: Iterable[tuple[str, str]], ticked: Iterable[str]) -> dict[str, widgets.Checkbox]:
    """Return a labelled box for each option (label, key), ticked where the key is among those."""
    chosen = set(ticked)
    layout = widgets.Layout(width="auto")
    return {
        key: widgets.Checkbox(key in chosen, description=name, indent=False, layout=layout) for name, key in options
    }


def beside(*parts: widgets.Widget) -> widgets.HBox:
    """Return parts side by side, one under the other where there is no room."""
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap", align_items="flex-start"))


def column(*parts: widgets.Widget, width: str = "26em") -> widgets.VBox:
    """Return parts one under the other, as wide as there is room and no narrower than `width` where that fits."""
    return widgets.VBox(
        parts, layout=widgets.Layout(flex=f"1 1 {width}", min_width="min(100%, 20em)", max_width="100%")
    )


def following(source: HasTraits, traits: Iterable[str], html: Callable[[], str]) -> widgets.HTML:
    """Return a view that is written anew whenever one of some traits changes."""
    shown = widgets.HTML(layout=widgets.Layout(width="auto"))

    def update(_: object = None) -> None:
        shown.value = html()

    source.observe(update, names=list(traits))
    update()
    return shown


def spaced_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, caption: str) -> str:
    """Return a table with every cell escaped; words break where they alone would widen a column past reading.

    >>> "&lt;b&gt;" in spaced_table(["a"], [["<b>"]], caption="")
    True
    """
    head = "".join(f'<th scope="col" style="{_CELL}">{escape(c)}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_CELL}">{escape("" if v is None else str(v))}</td>' for v in row) + "</tr>"
        for row in rows
    )
    title = f'<caption style="text-align:left;padding:2px 8px">{escape(caption)}</caption>' if caption else ""
    whole = f"{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    return scrolled(f'<table style="border-collapse:collapse">{whole}</table>', caption or "Table")


def scrolled(html: str, name: str) -> str:
    """Return HTML in a box that scrolls sideways; it can be reached by keyboard, and so has a name."""
    style = "line-height:1.4;overflow-x:auto"
    return f'<div tabindex="0" role="group" aria-label="{escape(name)}" style="{style}">{html}</div>'
