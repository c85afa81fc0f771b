"""The article with marks that belong to records: those in focus stand out and are scrolled to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from corpus_lib.analysis import Analysis
from corpus_lib.model import Article, Cell, Quote, Span
from corpus_lib.render import BORDERS, ISOLATE, PALETTE, TEXT, UNKNOWN, by_block, colours, quote_title, speaker_name

DEMAND, ANSWER = PALETTE[1], PALETTE[0]
_SCROLL = "overflow:auto;border:1px solid var(--jp-border-color1,#bdbdbd);padding:0 0.8em;overflow-wrap:anywhere"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, the record it belongs to, and how it looks."""

    span: Span
    record: str
    label: str
    title: str
    colours: tuple[str, str]
    line: str = "solid"


def quote_marks(analysis: Analysis, quotes: Sequence[Quote]) -> list[Mark]:
    """Return a mark for each segment of the quotations: coloured by speaker, underlined by type."""
    names = analysis.names()
    palette = colours(analysis.quotes, names)
    return [
        Mark(
            span,
            q.id,
            speaker_name(q, names),
            f"{q.id} · {quote_title(q, speaker_name(q, names))}",
            palette.get(speaker_name(q, names), UNKNOWN),
            BORDERS[q.type],
        )
        for q in quotes
        for span in q.segments
    ]


def cell_marks(analysis: Analysis, cell: Cell | None) -> list[Mark]:
    """Return the marks of a cell of the matrix: its demand and the answers it rests on."""
    if cell is None:
        return []
    demand = next(d for d in analysis.demands if d.id == cell.demand)
    by = analysis.joined(demand.actors) or "unknown"
    marks = [Mark(demand.content, demand.id, f"{by} demands", f"{demand.id} · {demand.rule}", DEMAND)]
    for r in analysis.responses:
        if r.id in cell.responses:
            who = analysis.joined(r.actors) or "unknown"
            marks.append(
                Mark(r.evidence, r.id, f"{who}: {r.stance}", f"{r.id} · {r.rule} · {r.basis}", ANSWER, "dashed")
            )
    return marks


def text_html(article: Article, marks: Sequence[Mark], focus: Sequence[str] = (), *, height: str = "30em") -> str:
    """Return the article in a box of its own that scrolls, the marks in focus framed and the first scrolled to.

    Parameters
    ----------
    focus
        Ids of the records in focus.
    height
        The most the box takes, a CSS length.
    """
    ordered = sorted(marks, key=_place)
    first = next((m.span for f in focus for m in ordered if m.record == f), None)
    body = ""
    for b, placed in zip(article.blocks, by_block(article.blocks, ((m.span, m) for m in ordered)), strict=True):
        pieces = "".join(_pieces(article.text, b.span, [m for _, m in placed], set(focus), first))
        body += f'<p style="{_STYLES.get(b.kind, "")};margin:0.6em 0">{pieces}</p>'
    # A box that scrolls must be reached by keyboard, and so needs a name.
    return (
        f'<div tabindex="0" role="region" aria-label="The article, with marks" lang="{escape(article.language)}" '
        f'style="max-height:{escape(height)};line-height:1.6;{_SCROLL}">{body}</div>'
    )


_STYLES = {
    "title": "font-size:1.3em;font-weight:bold",
    "lead": "font-weight:bold",
    "subheading": "font-weight:bold",
    "caption": "font-style:italic",
}


def _place(mark: Mark) -> tuple[int, int]:
    return mark.span.start, -mark.span.end


def _pieces(text: str, block: Span, marks: Sequence[Mark], focus: Collection[str], first: Span | None) -> Iterator[str]:
    """Yield a block in pieces; where marks overlap, one in focus goes first, then the shortest."""
    edges = sorted({block.start, block.end, *(e for m in marks for e in _within(m.span, block))})
    for start, end in pairwise(edges):
        covering = [m for m in marks if m.span.start <= start and end <= m.span.end]
        if not covering:
            yield escape(text[start:end])
            continue
        mark = min(covering, key=lambda m: (m.record not in focus, m.span.end - m.span.start))
        yield _marked(text[start:end], mark, start, end, heavy=mark.record in focus, target=mark.span == first)


def _within(span: Span, block: Span) -> tuple[int, int]:
    return max(span.start, block.start), min(span.end, block.end)


def _marked(words: str, mark: Mark, start: int, end: int, *, heavy: bool, target: bool) -> str:
    background, border = mark.colours
    style = f"background:{background};color:{TEXT};border-bottom:2px {mark.line} {border};padding:1px 2px;{ISOLATE}"
    if heavy:
        style += f";outline:3px solid {border};font-weight:bold"
    if target and start == mark.span.start:
        style += ";scroll-initial-target:nearest"  # where a browser does not know it, the reader scrolls
    small = f'style="font-size:0.75em;font-weight:bold;color:{TEXT}"'
    sign = f"<span {small}>▶ {escape(mark.record)} </span>" if heavy and start == mark.span.start else ""
    label = f"<span {small}> [{escape(mark.label)}]</span>" if end == mark.span.end else ""
    current = ' aria-current="true"' if heavy else ""
    return f'<mark title="{escape(mark.title)}"{current} style="{style}">{sign}{escape(words)}{label}</mark>'
