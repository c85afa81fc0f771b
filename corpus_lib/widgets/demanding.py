"""Demands and answers: the matrix as buttons, each opening its evidence in the text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import shorten

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.model import STANCES, Cell
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.render import TEXT, number
from corpus_lib.widgets.choice import ALL, Choice, main_cell
from corpus_lib.widgets.explaining import explained
from corpus_lib.widgets.parts import Option, beside, column, dropdown, following, spaced_table
from corpus_lib.widgets.passages import cell_marks, text_html

_NO_DEMANDS = "<p>No demands were found.</p>"
_UNMET = "<p>The demands that were found call on nobody by name, and no answer to them was found.</p>"


def cell_html(analysis: Analysis, cell: Cell | None) -> str:
    """Return a demand and an actor's answers to it, verbatim, with stance, basis, rule and confidence.

    Parameters
    ----------
    cell
        A cell of the analysis; None gives the words that there is no demand, or none that has a cell.
    """
    if cell is None:
        return _UNMET if analysis.demands else _NO_DEMANDS
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    to = f" to {analysis.joined(demand.addressees)}" if demand.addressees else ""
    head = f"{demand.id}: {demand.strength} by {analysis.joined(demand.actors) or 'unknown'}{to}"
    rows = [
        (r.id, analysis.text(r.evidence), r.stance, r.basis, r.rule, number(r.confidence, 2), explained(analysis, r.id))
        for r in analysis.responses
        if r.id in cell.responses
    ]
    basis = cell.basis + (", answers in conflict" if cell.conflict else "")
    verdict = f"{analysis.names()[cell.actor]}: {cell.shown} ({basis})"
    answers = spaced_table(("Id", "Answer", "Stance", "Basis", "Rule", "Confidence", "Why"), rows, caption=verdict)
    return (
        f'<div style="line-height:1.4;overflow-wrap:anywhere"><p><b>{escape(head)}</b></p>'
        f'<blockquote lang="{escape(analysis.article.language)}">{escape(analysis.article.slice(demand.content))}'
        f"</blockquote><p>{escape(explained(analysis, demand.id))}</p></div>"
        + (answers if rows else f"<p><b>{escape(verdict)}</b>. No answer was found.</p>")
    )


def demand_controls(choice: Choice) -> widgets.HBox:
    """Return what narrows the matrix: by actor (who demands or answers), stance and basis."""
    boxes = {
        "actor": dropdown("Actor", [("every actor", ALL)]),
        "stance": dropdown("Stance", [("every stance", ALL)]),
        "basis": dropdown("Basis", [("every basis", ALL)]),
    }

    def build(_: object = None) -> None:
        for trait, options in _options(choice.analysis).items():
            kept = getattr(choice, trait)
            boxes[trait].options = options
            boxes[trait].value = kept if kept in [value for _, value in options] else ALL

    for trait, box in boxes.items():
        box.observe(lambda change, trait=trait: setattr(choice, trait, change["new"] or ALL), names="value")
    choice.observe(build, names="analysis")
    build()
    return beside(*boxes.values())


def _options(analysis: Analysis) -> dict[str, list[Option]]:
    names = analysis.names()
    demands = {d.id: d for d in analysis.demands}
    actors = dict.fromkeys(a for c in analysis.cells for a in (*demands[c.demand].actors, c.actor))
    stances, bases = {c.stance for c in analysis.cells}, {c.basis for c in analysis.cells}
    return {
        "actor": [("every actor", ALL), *sorted((names[a], a) for a in actors)],
        "stance": [("every stance", ALL), *((s, s) for s in STANCES if s in stances)],
        "basis": [("every basis", ALL), *((b, b) for b in sorted(bases))],
    }


def matrix_buttons(choice: Choice) -> widgets.VBox:
    """Return the matrix: a button for each cell opens its evidence; cells that are not asked for are dimmed."""
    grid = widgets.VBox([], layout=widgets.Layout(overflow="auto", max_height="32em", width="auto"))
    buttons: dict[int, widgets.Button] = {}

    def build(_: object = None) -> None:
        buttons.clear()
        grid.children = _grid(choice, buttons)
        update()

    def update(_: object = None) -> None:
        shown = set(choice.cells())
        for place, button in buttons.items():
            cell = choice.analysis.cells[place]
            here = "▶ " if place == choice.cell else ""
            button.description = f"{here}{STANCE_MARKS[cell.stance][0]} {cell.shown}"
            button.disabled = place not in shown

    choice.observe(build, names="analysis")
    choice.observe(update, names=["actor", "stance", "basis", "cell"])
    build()
    return grid


def _grid(choice: Choice, buttons: dict[int, widgets.Button]) -> tuple[widgets.Widget, ...]:
    """Return the rows of the matrix, and put its buttons by the places of their cells."""
    analysis = choice.analysis
    if not analysis.demands:
        return (widgets.HTML(_NO_DEMANDS),)
    names = analysis.names()
    actors = list(dict.fromkeys(c.actor for c in analysis.cells))
    style = {s: widgets.ButtonStyle(button_color=_shade(s), text_color=TEXT) for s in STANCE_MARKS}
    label, cell = widgets.Layout(width="15em", flex="0 0 auto"), widgets.Layout(width="7.5em", flex="0 0 auto")
    places = {(c.demand, c.actor): place for place, c in enumerate(analysis.cells)}
    heads = [widgets.HTML(f"<b>{escape(shorten(names[a], 24, placeholder='…'))}</b>", layout=cell) for a in actors]
    whole = {"overflow": "visible"}  # the grid scrolls, not each row
    rows = [widgets.HBox([widgets.HTML("<b>Demand</b>", layout=label), *heads], layout=widgets.Layout(**whole))]
    for demand in (d.id for d in analysis.demands):  # one that calls on nobody and is not answered has no button
        parts: list[widgets.Widget] = [widgets.HTML(_demand_label(analysis, demand), layout=label)]
        for actor in actors:
            place = places.get((demand, actor))
            if place is None:
                parts.append(widgets.HTML("", layout=cell))
                continue
            tip = f"{demand} × {names[actor]}: show the evidence in the text"
            made = widgets.Button(style=style[analysis.cells[place].stance], layout=cell, tooltip=tip)
            made.on_click(lambda _, place=place: _open(choice, place))
            buttons[place] = made
            parts.append(made)
        rows.append(widgets.HBox(parts, layout=widgets.Layout(align_items="center", **whole)))
    return tuple(rows)


def _shade(stance: str) -> str:
    """Return the colour of a stance's button; no answer is grey, so that the button is seen on a white page."""
    return "#e6e6e6" if stance == "none" else STANCE_MARKS[stance][1]


def _open(choice: Choice, place: int) -> None:
    """Open a cell: its answers come into focus, or its demand where there is none."""
    cell = choice.analysis.cells[place]
    said = [r.id for r in choice.analysis.responses if r.id in cell.responses and r.stance == cell.stance]
    with choice.hold_trait_notifications():
        choice.cell = place
        choice.focus = (*said[:1], cell.demand)


def _demand_label(analysis: Analysis, id: str) -> str:
    demand = next(d for d in analysis.demands if d.id == id)
    wanted = shorten(analysis.article.slice(demand.content), 52, placeholder=" …")
    by = analysis.joined(demand.actors) or "unknown"
    return (
        f'<div style="line-height:1.25;overflow-wrap:anywhere"><b>{escape(id)} {escape(by)}:</b> {escape(wanted)}</div>'
    )


def demand_text(choice: Choice) -> widgets.HTML:
    """Return the article with the demand and the answers of the open cell; it scrolls to the one in focus."""

    def html() -> str:
        marks = cell_marks(choice.analysis, choice.open_cell())
        return text_html(choice.analysis.article, marks, choice.focus)

    return following(choice, ("analysis", "cell", "focus"), html)


def cell_view(choice: Choice) -> widgets.HTML:
    """Return the demand and the answers of the open cell, verbatim."""
    return following(choice, ("analysis", "cell"), lambda: cell_html(choice.analysis, choice.open_cell()))


def demand_view(of: Choice | Analysis) -> widgets.VBox:
    """Return the matrix with its filters, the text and the evidence of the open cell.

    It opens on the cell that rests on most responses.

    Parameters
    ----------
    of
        An analysis, or the choice that other views look at too.
    """
    choice = of if isinstance(of, Choice) else Choice(of)
    first = main_cell(choice.analysis)
    if first is not None and choice.cell < 0:
        _open(choice, choice.analysis.cells.index(first))
    matrix = column(demand_controls(choice), matrix_buttons(choice), width="38em")
    return widgets.VBox([beside(matrix, column(demand_text(choice), width="28em")), cell_view(choice)])


def demands_html(analysis: Analysis) -> str:
    """Return the demands as a table: by whom, to whom, what, and the rule that found them."""
    rows = [
        (
            d.id, analysis.joined(d.actors) or "unknown", analysis.joined(d.addressees) or "",
            analysis.article.slice(d.content), d.strength, d.rule, number(d.confidence, 2),
        )
        for d in analysis.demands
    ]  # fmt: skip
    columns = ("Id", "By", "To", "Content", "Strength", "Rule", "Confidence")
    return spaced_table(columns, rows, caption=f"Demands: {len(rows)}")


def stances_html(analysis: Analysis, cells: Sequence[int]) -> str:
    """Return the cells of the matrix at these places as a table with their evidence.

    Parameters
    ----------
    cells
        Places among the analysis' cells, as `Choice.cells` gives them.
    """
    frame = analysis.frame("comparison").fillna("")
    frame["stance"] = [cell.shown for cell in analysis.cells]
    chosen = frame.iloc[list(cells)]
    columns = ["demand", "by", "content", "actor", "stance", "basis", "evidence"]
    rows = chosen[columns].to_numpy().tolist()
    return spaced_table([c.capitalize() for c in columns], rows, caption=f"Cells shown: {len(rows)} of {len(frame)}")
