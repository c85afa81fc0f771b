"""Demands and answers as tables: what is demanded, and what each answer rests on. Pure."""

from __future__ import annotations

from html import escape

from corpus_lib.analysis import Analysis
from corpus_lib.labels import labels
from corpus_lib.model import Cell
from corpus_lib.plots.answers import stance_label
from corpus_lib.render import number
from corpus_lib.widgets.explaining import explained
from corpus_lib.widgets.parts import spaced_table

_NO_DEMANDS = "<p>No demands were found.</p>"
_UNMET = "<p>The demands that were found call on nobody by name, and no answer to them was found.</p>"


def main_cell(analysis: Analysis) -> Cell | None:
    """Return the cell of the matrix that rests on most responses, the first of equals; None without demands."""
    return max(analysis.cells, key=lambda c: len(c.responses), default=None)


def cell_html(analysis: Analysis, cell: Cell | None) -> str:
    """Return a demand and an actor's answers to it, verbatim, with stance, basis, rule and confidence.

    Parameters
    ----------
    cell
        A cell of the analysis; None gives the words that there is no demand, or none that has a cell.
    """
    if cell is None:
        return _UNMET if analysis.demands else _NO_DEMANDS
    t = labels("en")
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    to = f" to {analysis.joined(demand.addressees)}" if demand.addressees else ""
    head = f"{demand.id}: {demand.strength} by {analysis.joined(demand.actors) or 'unknown'}{to}"
    rows = [
        (
            r.id,
            analysis.text(r.evidence),
            stance_label(r.stance, t),
            r.basis,
            r.rule,
            number(r.confidence, 2),
            explained(analysis, r.id),
        )
        for r in analysis.responses
        if r.id in cell.responses
    ]
    basis = cell.basis + (", answers in conflict" if cell.conflict else "")
    verdict = f"{analysis.names()[cell.actor]}: {stance_label(cell.shown, t)} ({basis})"
    answers = spaced_table(("Id", "Answer", "Stance", "Basis", "Rule", "Confidence", "Why"), rows, caption=verdict)
    return (
        f'<div style="line-height:1.4;overflow-wrap:anywhere"><p><b>{escape(head)}</b></p>'
        f'<blockquote lang="{escape(analysis.article.language)}">{escape(analysis.article.slice(demand.content))}'
        f"</blockquote><p>{escape(explained(analysis, demand.id))}</p></div>"
        + (answers if rows else f"<p><b>{escape(verdict)}</b>. No answer was found.</p>")
    )


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
