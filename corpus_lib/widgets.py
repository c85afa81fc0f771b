"""Views for a notebook: ipywidgets over the functions of `render`. The only module that imports ipywidgets.

Each view has a pure function beside it that returns the same HTML for one choice: the static reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from textwrap import shorten

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.language.lexicon import stop_words
from corpus_lib.model import Cell, Quote
from corpus_lib.render import NOBODY, TYPES, marked_article, number, speaker_name, table
from corpus_lib.words import frequencies

ALL = "all"
UNKNOWN = "unknown"
"""Choices beside the actors' ids: every speaker (or the whole article), and quotations of nobody known."""

_WIDE = {"description_width": "initial"}


def said_by(quotes: Iterable[Quote], who: str) -> list[Quote]:
    """Return the quotations of an actor; a joint quotation belongs to each of its speakers.

    Parameters
    ----------
    who
        An actor's id, ``ALL`` or ``UNKNOWN``.
    """
    if who == ALL:
        return list(quotes)
    return [q for q in quotes if (who in q.speakers if q.speakers else who == UNKNOWN)]


def quotes_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return the article with the given quotations marked, and a table that says why each is one.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    """
    names = analysis.names()
    rows = [
        (
            q.id, speaker_name(q, names), TYPES[q.type], shorten(analysis.words_of(q), 60, placeholder=" …"), q.rule,
            f"{q.confidence:.2f}", analysis.explain(q.id),
        )
        for q in quotes
    ]  # fmt: skip
    columns = ("Id", "Speaker", "Type", "Begins", "Rule", "Confidence", "Why")
    caption = f"Quotations shown: {len(quotes)} of {len(analysis.quotes)}"
    return marked_article(analysis.article, quotes, names, among=analysis.quotes) + _table(
        columns, rows, caption=caption
    )


def main_cell(analysis: Analysis) -> Cell | None:
    """Return the cell of the matrix that rests on most responses, the first of equals; None without demands."""
    return max(analysis.cells, key=lambda c: len(c.responses), default=None)


def cell_html(analysis: Analysis, cell: Cell | None) -> str:
    """Return a demand and an actor's answers to it, verbatim, with stance, basis, rule and confidence.

    Parameters
    ----------
    cell
        A cell of the analysis; None gives the words that there is no demand.
    """
    if cell is None:
        return "<p>No demands were found.</p>"
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    to = f" to {analysis.joined(demand.addressees)}" if demand.addressees else ""
    head = f"{demand.id}: {demand.strength} by {analysis.joined(demand.actors) or 'unknown'}{to}"
    rows = [
        (r.id, analysis.text(r.evidence), r.stance, r.basis, r.rule, f"{r.confidence:.2f}", analysis.explain(r.id))
        for r in analysis.responses
        if r.id in cell.responses
    ]
    basis = cell.basis + (", answers in conflict" if cell.conflict else "")
    verdict = f"{analysis.names()[cell.actor]}: {cell.stance} ({basis})"
    answers = _table(("Id", "Answer", "Stance", "Basis", "Rule", "Confidence", "Why"), rows, caption=verdict)
    return (
        f"<p><b>{escape(head)}</b></p>"
        f'<blockquote lang="{escape(analysis.article.language)}">{escape(analysis.article.slice(demand.content))}'
        f"</blockquote><p>{escape(analysis.explain(demand.id))}</p>"
        + (answers if rows else f"<p><b>{escape(verdict)}</b>. No answer was found.</p>")
    )


def words_html(analysis: Analysis, who: str = ALL, *, stop: bool = True, most: int = 15) -> str:
    """Return a table of the most frequent words: count, and occurrences per million with a 95 % interval.

    Parameters
    ----------
    who
        ``ALL`` for the whole article; an actor's id or ``UNKNOWN`` for the words of its quotations.
    stop
        Whether stop words are left out; they still count in the total.
    most
        How many words are shown.
    """
    article = analysis.article
    if who == ALL:
        texts = [article.slice(b.span) for b in article.blocks]
    else:
        texts = [article.slice(s) for q in said_by(analysis.quotes, who) for s in q.segments]
    counted = frequencies(texts, without=stop_words(article.language) if stop else ())
    rows = [
        (word, number(count), number(share), f"{number(low)} to {number(high)}")
        for word, count, share, low, high, _ in counted.head(most).itertuples(index=False)
    ]
    total = number(counted.attrs["total"])
    caption = f"{len(rows)} most frequent of {number(len(counted))} different words; {total} in all"
    return _table(("Word", "Count", "Per million", "95 % interval"), rows, caption=caption)


def quote_view(analysis: Analysis) -> widgets.VBox:
    r"""Return controls over the quotations: by speaker, by type and by confidence.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> view = quote_view(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."))
    >>> "Quotations shown: 1 of 1" in view.children[-1].value
    True
    """
    speaker = _dropdown("Speaker", [("all speakers", ALL), *_speakers(analysis)])
    types = {kind: widgets.Checkbox(True, description=name, indent=False) for kind, name in TYPES.items()}
    least = widgets.FloatSlider(0.0, min=0.0, max=1.0, step=0.05, description="Least confidence", style=_WIDE)

    def shown() -> str:
        wanted = said_by(analysis.quotes, speaker.value)
        sure = [q for q in wanted if round(q.confidence, 2) >= round(least.value, 2)]
        return quotes_html(analysis, [q for q in sure if types[q.type].value])

    return _view([speaker, *types.values(), least], shown)


def demand_view(analysis: Analysis) -> widgets.VBox:
    """Return a choice among the cells of the matrix, each with its demand and answers verbatim.

    It opens on the cell that rests on most responses.
    """
    options = [(_cell_label(analysis, cell), place) for place, cell in enumerate(analysis.cells)]
    choice = _dropdown("Demand × actor", options)
    first = main_cell(analysis)
    if first is not None:
        choice.value = analysis.cells.index(first)
    return _view([choice], lambda: cell_html(analysis, analysis.cells[choice.value] if options else None))


def word_view(analysis: Analysis) -> widgets.VBox:
    """Return controls over the word counts: which text, with or without stop words, how many words."""
    text = _dropdown("Text", [("whole article", ALL), *((f"quotations: {s}", i) for s, i in _speakers(analysis))])
    stop = widgets.Checkbox(True, description="Leave out stop words", indent=False)
    most = widgets.IntSlider(15, min=5, max=50, step=5, description="Number of words", style=_WIDE)
    return _view([text, stop, most], lambda: words_html(analysis, text.value, stop=stop.value, most=most.value))


def _table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, caption: str) -> str:
    """Return the table of `render`, closer set than ipywidgets sets text."""
    return f'<div style="line-height:1.4">{table(columns, rows, caption=caption)}</div>'


def _speakers(analysis: Analysis) -> list[tuple[str, str]]:
    """Return labels and ids of those quoted, most quoted first; the unknown last."""
    names = {**analysis.names(), UNKNOWN: NOBODY}
    ids = dict.fromkeys(s for q in analysis.quotes for s in q.speakers or (UNKNOWN,))
    counted = [(len(said_by(analysis.quotes, i)), i) for i in ids]
    ordered = sorted(counted, key=lambda c: (c[1] == UNKNOWN, -c[0], names[c[1]]))
    return [(f"{names[i]} ({n})", i) for n, i in ordered]


def _cell_label(analysis: Analysis, cell: Cell) -> str:
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    wanted = shorten(analysis.article.slice(demand.content), 60, placeholder=" …")
    return f"{demand.id} {analysis.joined(demand.actors) or 'unknown'}: {wanted} × {analysis.names()[cell.actor]}"


def _dropdown(description: str, options: Sequence[tuple[str, str | int]]) -> widgets.Dropdown:
    layout = {"width": "max-content", "max_width": "100%"}
    return widgets.Dropdown(options=options, description=description, style=_WIDE, layout=layout)


def _view(controls: Sequence[widgets.Widget], shown: Callable[[], str]) -> widgets.VBox:
    """Return the controls with the HTML under them that follows their values."""
    result = widgets.HTML(shown())

    def update(_: object) -> None:
        result.value = shown()

    for control in controls:
        control.observe(update, names="value")
    return widgets.VBox([*controls, result])
