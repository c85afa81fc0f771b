"""The matrix of demands as buttons: each cell opens its evidence in the reader beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import shorten

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Labels, labels
from corpus_lib.model import Cell
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.plots.answers import stance_label
from corpus_lib.render import TEXT
from corpus_lib.widgets.reader import Reader

_LABEL = "clamp(9em, 30vw, 15em)"
_LEAST = 9
"""How wide the label of a row is, and how many em a cell is at least."""


def matrix_view(reader: Reader) -> widgets.VBox:
    r"""Return demands × actors: a button for each cell lights its demand and its answers in the reader.

    Parameters
    ----------
    reader
        The reader of the article; what is corrected there changes the matrix.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> from corpus_lib.widgets import reader
    >>> view = reader(analyse("Lønnsoppgjøret\n\nLO krever at NHO snur. NHO avviste kravet."))
    >>> matrix_view(view).children[1].children[1].click()
    >>> view.focus
    ['r1', 'd1']
    """
    grid = widgets.VBox([], layout=widgets.Layout(overflow="auto", max_height="32em", width="auto"))
    buttons: list[tuple[Cell, widgets.Button]] = []
    built: list[object] = []

    def build(_: object = None) -> None:
        a = reader.analysis
        shows = [a.demands, a.cells, a.names()]
        if shows != built:  # a corrected quotation leaves the matrix as it is
            built[:] = shows
            buttons.clear()
            grid.children = _grid(reader, buttons)
        update()

    def update(_: object = None) -> None:
        for cell, button in buttons:
            here = "▶ " if reader.focus == _focus(cell, reader.analysis) else ""
            said = stance_label(cell.shown, texts(reader))
            button.description = f"{here}{STANCE_MARKS[cell.stance][0]} {said}"

    reader.observe(build, names="analysis")
    reader.observe(update, names="focus")
    build()
    return grid


def _grid(reader: Reader, buttons: list[tuple[Cell, widgets.Button]]) -> tuple[widgets.Widget, ...]:
    """Return the rows of the matrix, and put its buttons with their cells."""
    analysis, t = reader.analysis, texts(reader)
    if not analysis.demands:
        return (widgets.HTML(f"<p>{t('answered.no_demands')}</p>"),)
    names = analysis.names()
    actors = list(dict.fromkeys(c.actor for c in analysis.cells))
    cells = {(c.demand, c.actor): c for c in analysis.cells}
    label, narrow = (widgets.Layout(width=width, flex="0 0 auto") for width in (_LABEL, _width(analysis.cells, t)))
    row = widgets.Layout(align_items="center", overflow="visible")  # the grid scrolls, not each row
    blank = widgets.HTML(layout=narrow)
    heads = [widgets.HTML(f"<b>{escape(shorten(names[a], 24, placeholder='…'))}</b>", layout=narrow) for a in actors]
    rows = [widgets.HBox([widgets.HTML(f"<b>{t('noun.demand')}</b>", layout=label), *heads], layout=row)]
    styles: dict[str, widgets.ButtonStyle] = {}
    for demand in (d.id for d in analysis.demands):  # one that calls on nobody and is not answered has no button
        parts: list[widgets.Widget] = [widgets.HTML(_label(analysis, demand, t), layout=label)]
        for actor in actors:
            cell = cells.get((demand, actor))
            if cell is None:
                parts.append(blank)
                continue
            shade = _shade(cell.stance)
            style = styles.setdefault(shade, widgets.ButtonStyle(button_color=shade, text_color=TEXT))
            made = _button(reader, cell, style, narrow)
            buttons.append((cell, made))
            parts.append(made)
        rows.append(widgets.HBox(parts, layout=row))
    return tuple(rows)


def _width(cells: Sequence[Cell], t: Labels) -> str:
    """Return how wide a column is: its longest stance is whole, the mark of the one that is open before it."""
    longest = max((len(stance_label(c.shown, t)) for c in cells), default=0)
    return f"{max(_LEAST, 0.55 * (longest + 4) + 1.5):.1f}em"


def _button(reader: Reader, cell: Cell, style: widgets.ButtonStyle, layout: widgets.Layout) -> widgets.Button:
    tip = texts(reader)("answered.cell", id=cell.demand, who=reader.analysis.names()[cell.actor])
    made = widgets.Button(style=style, layout=layout, tooltip=tip)
    made.on_click(lambda _: setattr(reader, "focus", _focus(cell, reader.analysis)))
    return made


def _focus(cell: Cell, analysis: Analysis) -> list[str]:
    """Return what a cell lights: the answer that it is named by, then the demand."""
    said = [r.id for r in analysis.responses if r.id in cell.responses and r.stance == cell.stance]
    return [*said[:1], cell.demand]


def _shade(stance: str) -> str:
    """Return the colour of a stance's button; no answer is grey, so that the button is seen on a white page."""
    return "#e6e6e6" if stance == "none" else STANCE_MARKS[stance][1]


def texts(reader: Reader) -> Labels:
    """Return the texts of the language that a reader speaks."""
    return labels(reader.labels["lang"])


def _label(analysis: Analysis, id: str, t: Labels) -> str:
    demand = next(d for d in analysis.demands if d.id == id)
    wanted = shorten(analysis.article.slice(demand.content), 52, placeholder=" …")
    by = analysis.joined(demand.actors) or t("speaker.unknown_actor")
    return (
        f'<div style="line-height:1.25;overflow-wrap:anywhere"><b>{escape(id)} {escape(by)}:</b> {escape(wanted)}</div>'
    )
