"""The article with its quotations, demands and answers marked, each a place that links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from corpus_lib.analysis import Analysis
from corpus_lib.model import Demand, Quote, Response, Span
from corpus_lib.render import (
    NOBODY,
    PALETTE,
    TYPES,
    by_block,
    colours,
    number,
    quote_title,
    segments_of,
    speaker_name,
    speakers_by_count,
)
from corpus_lib.report.markup import Html, element, joined, link, named

Marked = tuple[Span, Quote]
Noted = tuple[Span, Demand | Response]

_BLOCKS = {
    "title": "title", "lead": "lead", "subheading": "subheading", "caption": "caption", "byline": "small",
    "date": "small", "credit": "small",
}  # fmt: skip
"""The style class of each kind of block; body text has none."""


def legend(analysis: Analysis) -> Html:
    """Return who is marked how, with the number of quotations, and what the lines mean."""
    names = analysis.names()
    classes = speaker_classes(analysis)
    entries = [
        element("li", element("span", named(s, analysis.article.language if s != NOBODY else None),
                f": {number(n)}", class_=f"key {classes[s]}"))
        for s, n in speakers_by_count(analysis.quotes, names)
    ]  # fmt: skip
    kinds = [element("li", element("span", name, class_=f"key {kind}")) for kind, name in TYPES.items()]
    signs = Html('<li><span class="tag">d1</span> a demand</li><li><span class="tag">r1</span> an answer</li>')
    shown = joined(entries) or Html("<li>no quotations were found</li>")
    return Html(
        f'<p class="legend-head">Speakers, with their quotations</p><ul class="legend">{shown}</ul>'
        f'<p class="legend-head">Lines and signs</p><ul class="legend">{joined(kinds)}{signs}</ul>'
    )


def speaker_classes(analysis: Analysis) -> dict[str, str]:
    """Return the style class of each speaker: the colours of `render`, by their number."""
    table = colours(analysis.quotes, analysis.names())
    return {name: f"s{PALETTE.index(pair)}" if pair in PALETTE else "su" for name, pair in table.items()}


def marked_text(analysis: Analysis, prefix: str) -> Html:
    """Return the whole article, a paragraph a block, with its marks.

    Parameters
    ----------
    prefix
        Goes before every id, so that several articles share a page.
    """
    article = analysis.article
    marks: list[Marked] = segments_of(analysis.quotes)
    notes: list[Noted] = [(d.content, d) for d in analysis.demands] + [(r.evidence, r) for r in analysis.responses]
    writer = _Writer(analysis, prefix)
    body = joined(
        element("p", *writer.pieces(b.span, quoted, noted), class_=_BLOCKS.get(b.kind))
        for b, quoted, noted in zip(
            article.blocks, by_block(article.blocks, marks), by_block(article.blocks, notes), strict=True
        )
    )
    return element("div", body, class_="article", lang=article.language)


class _Writer:
    """Writes blocks in pieces; each id is given once, where its record begins."""

    def __init__(self, analysis: Analysis, prefix: str) -> None:
        self.text = analysis.article.text
        self.names: Mapping[str, str] = analysis.names()
        self.classes = speaker_classes(analysis)
        self.prefix = prefix
        self.given: set[str] = set()

    def pieces(self, block: Span, quoted: Sequence[Marked], noted: Sequence[Noted]) -> Iterator[Html]:
        """Yield a block in pieces, with what overlaps it; of a quotation in another the inner one is marked."""
        inside = [p for s, _ in (*quoted, *noted) for p in (s.start, s.end) if block.start < p < block.end]
        edges = sorted({block.start, block.end, *inside})
        for start, end in pairwise(edges):
            piece = Span(start, end)
            evidence = [(s, r) for s, r in noted if piece.within(s)]
            covering = [(s, q) for s, q in quoted if piece.within(s)]
            words = Html(escape(self.text[start:end]))
            if evidence:
                tags = joined(self._tag(r) for s, r in evidence if start in (s.start, block.start))
                words = joined((tags, element("span", words, class_="evidence")))
            if covering:
                span, quote = min(covering, key=lambda m: m[0].end - m[0].start)
                words = self._mark(words, quote, last=end in (span.end, block.end))
            yield words

    def _new(self, record: str) -> str | None:
        """Return the id of a record the first time, then None."""
        if record in self.given:
            return None
        self.given.add(record)
        return f"{self.prefix}-{record}"

    def _tag(self, record: Demand | Response) -> Html:
        """Return the sign before a demand or an answer; it leads to where that is laid out."""
        what = f"demand {record.id}" if isinstance(record, Demand) else f"answer {record.id}"
        return link(
            f"{self.prefix}-row-{record.id}", record.id, label=what, class_="tag", id=self._new(record.id), lang="en"
        )

    def _mark(self, words: Html, quote: Quote, *, last: bool) -> Html:
        """Return quoted words with the speaker behind them."""
        speaker = speaker_name(quote, self.names)
        title = quote_title(quote, speaker)
        label = Html("")
        if last:
            label = link(f"{self.prefix}-row-{quote.id}", "[", named(speaker), f" {quote.id}]", class_="speaker")
        return element(
            "mark", element("bdi", words), label, id=self._new(quote.id), title=title,
            class_=f"{self.classes[speaker]} {quote.type}",
        )  # fmt: skip
