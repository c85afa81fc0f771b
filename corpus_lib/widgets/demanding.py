"""Demands and answers as tables: what is demanded, and what each answer rests on. Pure."""

from __future__ import annotations

from html import escape

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Language, labels
from corpus_lib.model import Cell
from corpus_lib.plots.answers import stance_label
from corpus_lib.reasons import explained, reason_of
from corpus_lib.render import number
from corpus_lib.widgets.parts import spaced_table


def main_cell(analysis: Analysis) -> Cell | None:
    """Return the cell of the matrix that rests on most responses, the first of equals; None without demands."""
    return max(analysis.cells, key=lambda c: len(c.responses), default=None)


def cell_html(analysis: Analysis, cell: Cell | None, *, language: Language = "en") -> str:
    """Return a demand and an actor's answers to it, verbatim, with stance, basis, rule and confidence.

    Parameters
    ----------
    cell
        A cell of the analysis; None gives the words that there is no demand, or none that has a cell.
    language
        In which it is told.
    """
    t = labels(language)
    if cell is None:
        return f"<p>{t('answered.unmet' if analysis.demands else 'answered.no_demands')}</p>"
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    by, to = analysis.joined(demand.actors) or t("speaker.unknown_actor"), analysis.joined(demand.addressees) or ""
    key = "answered.to" if to else "answered.by"
    head = f"{demand.id}: {t(key, strength=t(f'strength.{demand.strength}'), who=by, whom=to)}"
    rows = [
        (
            r.id,
            analysis.text(r.evidence),
            stance_label(r.stance, t),
            t(f"basis.{r.basis}"),
            reason_of(analysis, r, t),
            number(r.confidence, 2),
            explained(analysis, r.id, t),
        )
        for r in analysis.responses
        if r.id in cell.responses
    ]
    basis = t(f"basis.{cell.basis}")
    basis = t("answered.conflict", basis=basis) if cell.conflict else basis
    verdict = f"{analysis.names()[cell.actor]}: {stance_label(cell.shown, t)} ({basis})"
    columns = ("head.id", "noun.answer", "head.stance", "head.basis", "head.rule", "noun.confidence", "head.why")
    answers = spaced_table([t(c) for c in columns], rows, caption=verdict)
    return (
        f'<div style="line-height:1.4;overflow-wrap:anywhere"><p><b>{escape(head)}</b></p>'
        f'<blockquote lang="{escape(analysis.article.language)}">{escape(analysis.article.slice(demand.content))}'
        f"</blockquote><p>{escape(explained(analysis, demand.id, t))}</p></div>"
        + (answers if rows else f"<p><b>{escape(verdict)}</b>. {t('answered.no_answer')}</p>")
    )


def demands_html(analysis: Analysis, *, language: Language = "en") -> str:
    """Return the demands as a table: by whom, to whom, what, and what shows that they are demands.

    Parameters
    ----------
    language
        In which it is told.
    """
    t = labels(language)
    rows = [
        (
            d.id, analysis.joined(d.actors) or t("speaker.unknown_actor"), analysis.joined(d.addressees) or "",
            analysis.article.slice(d.content), t(f"strength.{d.strength}"), reason_of(analysis, d, t),
            number(d.confidence, 2),
        )
        for d in analysis.demands
    ]  # fmt: skip
    columns = ("id", "by", "to", "content", "strength", "why")
    heads = [*(t(f"head.{c}") for c in columns), t("noun.confidence")]
    return spaced_table(heads, rows, caption=t("answered.demands", n=len(rows)))
