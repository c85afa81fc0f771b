"""Quotations: who says what, in the text, and why we think so."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import shorten

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.analysis import Analysis
from corpus_lib.corrections.layer import records_of
from corpus_lib.model import Quote
from corpus_lib.render import NOBODY, TYPES, counted, marked_article, number, speaker_name
from corpus_lib.widgets.choice import Choice, speakers_of
from corpus_lib.widgets.explaining import explained
from corpus_lib.widgets.parts import beside, checkboxes, column, following, heading, share, spaced_table
from corpus_lib.widgets.passages import quote_marks, text_html
from corpus_lib.widgets.rows import Row, RowTable

_SHOWN = ("analysis", "speakers", "types", "least")
"""What says which quotations are shown."""

_COLUMNS = ("Speaker", "Type", "Begins", "Rule", "Confidence")


def quotes_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return the article with the given quotations marked, and a table that says why each is one.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    """
    names = analysis.names()
    marked = marked_article(analysis.article, quotes, names, among=analysis.quotes)
    return marked + evidence_html(analysis, quotes)


def evidence_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return a table of quotations with rule, confidence and the steps that led to the speaker."""
    rows = [(q.id, *_cells(analysis, q), explained(analysis, q.id)) for q in quotes]
    caption = f"Quotations shown: {len(quotes)} of {len(analysis.quotes)}"
    return spaced_table(("Id", *_COLUMNS, "Why"), rows, caption=caption)


def _cells(analysis: Analysis, quote: Quote) -> tuple[str, ...]:
    begins = shorten(analysis.words_of(quote), 60, placeholder=" …")
    speaker = speaker_name(quote, analysis.names())
    return speaker, TYPES[quote.type], begins, quote.rule, number(quote.confidence, 2)


def share_html(analysis: Analysis, quotes: Sequence[Quote]) -> str:
    """Return how many quotations and words each speaker has among the given ones.

    Parameters
    ----------
    quotes
        Quotations of the analysis, all or some.
    """
    names = analysis.names()
    words = {q.id: analysis.word_count(q) for q in quotes}
    total = sum(words.values())
    held: dict[str, list[Quote]] = {}
    for quote in quotes:
        held.setdefault(speaker_name(quote, names), []).append(quote)
    given = [(sum(words[q.id] for q in own), len(own), who) for who, own in held.items()]
    ordered = sorted(given, key=lambda c: (c[2] == NOBODY, -c[0], c[2]))
    rows = [(who, number(n), number(w), f"{number(100 * w / total)} %" if total else "–") for w, n, who in ordered]
    caption = f"{counted(len(quotes), 'quotation')} with {counted(total, 'word')}"
    return spaced_table(("Speaker", "Quotations", "Words", "Share of words"), rows, caption=caption)


def why_html(analysis: Analysis, records: Sequence[str]) -> str:
    """Return why the first of the records is one, with its words; a hint how to choose one where there is none.

    Parameters
    ----------
    records
        Ids of quotations, demands or responses.
    """
    if not any(r.id in records[:1] for _, r in records_of(analysis)):
        return "<p>Press a button in the table to see its quotation in the text and why it is one.</p>"
    quote = next((q for q in analysis.quotes if q.id == records[0]), None)
    words = f'<blockquote lang="{escape(analysis.article.language)}" style="margin:0.4em 1em;overflow-wrap:anywhere">'
    shown = f"{words}{escape(analysis.words_of(quote))}</blockquote>" if quote else ""
    reason = escape(explained(analysis, records[0]))
    return f'<div style="line-height:1.4"><p><b>Why {escape(records[0])}?</b> {reason}</p>{shown}</div>'


def quote_controls(choice: Choice) -> widgets.VBox:
    """Return the controls over the quotations: speakers, types and least confidence."""
    types = checkboxes([(name, kind) for kind, name in TYPES.items()], choice.types)
    least = share("Least confidence (0 to 1)", choice.least)
    everyone, nobody = widgets.Button(description="All speakers"), widgets.Button(description="No speaker")
    boxes: dict[str, widgets.Checkbox] = {}
    listed = widgets.VBox([], layout=widgets.Layout(max_height="12em", overflow="auto"))

    ticking: list[bool] = []

    def chosen(_: object = None) -> None:
        if ticking:
            return
        choice.types = tuple(kind for kind, box in types.items() if box.value)
        choice.speakers = tuple(id for id, box in boxes.items() if box.value)

    def build(_: object = None) -> None:
        boxes.clear()
        boxes.update(checkboxes(speakers_of(choice.analysis), choice.speakers))
        for box in boxes.values():
            box.observe(chosen, names="value")
        listed.children = tuple(boxes.values())

    def tick(value: bool) -> None:
        ticking.append(value)
        for box in boxes.values():
            box.value = value
        ticking.clear()
        chosen()

    for box in types.values():
        box.observe(chosen, names="value")
    least.observe(lambda change: setattr(choice, "least", change["new"]), names="value")
    everyone.on_click(lambda _: tick(True))
    nobody.on_click(lambda _: tick(False))
    choice.observe(build, names="analysis")
    build()
    who = widgets.VBox([heading("Speakers"), listed, widgets.HBox([everyone, nobody])])
    return beside(who, widgets.VBox([heading("Types"), *types.values(), least]))


def quote_table(choice: Choice) -> widgets.VBox:
    """Return the quotations that are shown, each with a button that puts it in focus."""

    def opened(key: str) -> None:
        choice.focus = (key,)

    rows = RowTable(_COLUMNS, opened, lines=2)

    def update(_: object = None) -> None:
        quotes = choice.quotes()
        current = choice.focus[0] if choice.focus else ""
        caption = f"Quotations shown: {len(quotes)} of {len(choice.analysis.quotes)}"
        shown = [Row(q.id, q.id, _cells(choice.analysis, q)) for q in quotes]
        rows.show(shown, caption=caption, current=current)

    choice.observe(update, names=[*_SHOWN, "focus"])
    update()
    return rows.box


def quote_text(choice: Choice) -> widgets.HTML:
    """Return the article with the quotations that are shown; it scrolls to the one in focus."""

    def html() -> str:
        marks = quote_marks(choice.analysis, choice.quotes())
        return text_html(choice.analysis.article, marks, choice.focus)

    return following(choice, (*_SHOWN, "focus"), html)


def why_view(choice: Choice) -> widgets.HTML:
    """Return why the record in focus is one."""
    return following(choice, ("analysis", "focus"), lambda: why_html(choice.analysis, choice.focus))


def share_view(choice: Choice) -> widgets.HTML:
    """Return how many words each speaker has among the quotations that are shown."""
    return following(choice, _SHOWN, lambda: share_html(choice.analysis, choice.quotes()))


def quote_view(of: Choice | Analysis) -> widgets.HBox:
    r"""Return the quotations with their controls, the text they stand in and the reason for the one in focus.

    Parameters
    ----------
    of
        An analysis, or the choice that other views look at too.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> choice = Choice(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."))
    >>> view = quote_view(choice)
    >>> choice.focus = ("q1",)
    """
    choice = of if isinstance(of, Choice) else Choice(of)
    lists = column(quote_controls(choice), quote_table(choice), share_view(choice), width="42em")
    return beside(lists, column(quote_text(choice), why_view(choice), width="28em"))
