"""The article with marks that belong to records: those in focus stand out and are scrolled to. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from corpus_lib.analysis import Analysis
from corpus_lib.labels import Labels, Language, labels, number
from corpus_lib.model import Article, Quote, Span
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.plots.answers import stance_label
from corpus_lib.plots.bars import speaker_label
from corpus_lib.reasons import reason_of
from corpus_lib.render import BORDERS, ISOLATE, TEXT, by_block, speaker_name
from corpus_lib.widgets.looks import Look, looks

DEMAND, ANSWER = Look("#ffffff", "#a35200"), Look("#ffffff", "#0072b2")
"""How demands and answers look: on white, which no speaker has."""

FOUND = Look("#fff3b0", "#7a5c00")
"""How words look that were looked for."""

_SCROLL = "overflow:auto;border:1px solid var(--jp-border-color1,#bdbdbd);padding:0 0.8em;overflow-wrap:anywhere"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text, the record it belongs to, and how it looks."""

    span: Span
    record: str
    label: str
    title: str
    look: Look
    line: str = "solid"


def marks_of(analysis: Analysis, language: Language = "en") -> list[Mark]:
    """Return a mark for each segment of each quotation, each demand and each answer.

    Quotations are coloured by speaker and underlined by type, demands and answers by what they are.

    Parameters
    ----------
    language
        In which the labels speak.
    """
    t = labels(language)
    known, names = looks(analysis), analysis.names()
    marks = [
        Mark(span, q.id, speaker_label(speaker_name(q, names), t), f"{q.id} · {_title(analysis, q, t)}",
             known[speaker_name(q, names)], BORDERS[q.type])
        for q in analysis.quotes
        for span in q.segments
    ]  # fmt: skip
    for d in analysis.demands:
        by = t("reader.demands", who=analysis.joined(d.actors, names) or t("speaker.unknown_actor"))
        marks.append(Mark(d.content, d.id, f"{d.id}: {by}", f"{d.id} · {reason_of(analysis, d, t)}", DEMAND))
    for r in analysis.responses:
        who = analysis.joined(r.actors, names) or t("speaker.unknown_actor")
        label = f"{r.id}: {who} {STANCE_MARKS[r.stance][0]} {stance_label(r.stance, t)}"
        label = t("answered.answers_to", answer=label, demands=", ".join(r.targets)) if r.targets else label
        title = f"{r.id} · {reason_of(analysis, r, t)} · {t(f'basis.{r.basis}')}"
        marks.append(Mark(r.evidence, r.id, label, title, ANSWER, "dashed"))
    return marks


def _title(analysis: Analysis, q: Quote, t: Labels) -> str:
    """Return what a quotation's mark tells when it is pointed at."""
    who = speaker_label(speaker_name(q, analysis.names()), t)
    return f"{who} · {t(f'type.{q.type}')} · {reason_of(analysis, q, t)} · {number(q.confidence, 2)}"


def text_html(
    article: Article,
    marks: Sequence[Mark],
    focus: Sequence[str] = (),
    *,
    height: str = "30em",
    language: Language = "en",
) -> str:
    """Return the article in a box of its own that scrolls, the marks in focus framed and the first scrolled to.

    Parameters
    ----------
    focus
        Ids of the records in focus.
    height
        The most the box takes, a CSS length.
    language
        In which the box is named.
    """
    ordered = sorted(marks, key=_place)
    first = next((m.span for f in focus for m in ordered if m.record == f), None)
    body = ""
    for b, placed in zip(article.blocks, by_block(article.blocks, ((m.span, m) for m in ordered)), strict=True):
        pieces = "".join(_pieces(article.text, b.span, [m for _, m in placed], set(focus), first))
        body += f'<p style="{_STYLES.get(b.kind, "")};margin:0.6em 0">{pieces}</p>'
    name = escape(labels(language)("answered.marked"))
    # A box that scrolls must be reached by keyboard, and so needs a name.
    return (
        f'<div tabindex="0" role="region" aria-label="{name}" lang="{escape(article.language)}" '
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
    """Yield a block in pieces; where marks overlap, one in focus goes first, then the shortest; each is named."""
    edges = sorted({block.start, block.end, *(e for m in marks for e in _within(m.span, block))})
    for start, end in pairwise(edges):
        covering = [m for m in marks if m.span.start <= start and end <= m.span.end]
        if not covering:
            yield escape(text[start:end])
            continue
        mark = min(covering, key=lambda m: (m.record not in focus, m.span.end - m.span.start))
        named = "; ".join(m.label for m in covering if m.span.end == end)
        yield _marked(text[start:end], mark, start, named, heavy=mark.record in focus, target=mark.span == first)


def _within(span: Span, block: Span) -> tuple[int, int]:
    return max(span.start, block.start), min(span.end, block.end)


def _marked(words: str, mark: Mark, start: int, named: str, *, heavy: bool, target: bool) -> str:
    background, border = mark.look.background, mark.look.line
    style = f"background:{background};color:{TEXT};border-bottom:2px {mark.line} {border};padding:1px 2px;{ISOLATE}"
    if heavy:
        style += f";outline:3px solid {border};font-weight:bold"
    if target and start == mark.span.start:
        style += ";scroll-initial-target:nearest"  # where a browser does not know it, the reader scrolls
    small = f'style="font-size:0.75em;font-weight:bold;color:{TEXT}"'
    sign = f"<span {small}>▶ {escape(mark.record)} </span>" if heavy and start == mark.span.start else ""
    label = f"<span {small}> [{escape(named)}]</span>" if named else ""
    current = ' aria-current="true"' if heavy else ""
    return f'<mark title="{escape(mark.title)}"{current} style="{style}">{sign}{escape(words)}{label}</mark>'
