"""The article with its quotations, demands and answers marked, each a place that links lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import pairwise

from corpus_lib.analysis import Analysis
from corpus_lib.model import Demand, Quote, Response, Span
from corpus_lib.render import PALETTE, TYPES, Look, by_block, number, segments_of, speaker_name, speakers_by_count
from corpus_lib.report.markup import Html, element, joined, link
from corpus_lib.report.setting import Setting

Marked = tuple[Span, Quote]
Noted = tuple[Span, Demand | Response]

_BLOCKS = {
    "title": "title", "lead": "lead", "subheading": "subheading", "caption": "caption", "byline": "small",
    "date": "small", "credit": "small",
}  # fmt: skip
"""The style class of each kind of block; body text has none."""


def legend(analysis: Analysis, at: Setting) -> Html:
    """Return who is marked how, with the number of quotations, and what the lines mean."""
    names, t, language = analysis.names(), at.t, analysis.article.language
    entries = []
    for speaker, n in speakers_by_count(analysis.quotes, names):
        key = f"key {look_class(speaker, at.looks)}"
        entries.append(element("li", element("span", at.speaker(speaker, language), f": {number(n)}", class_=key)))
    kinds = [element("li", element("span", t(f"type.{kind}"), class_=f"key {kind}")) for kind in TYPES]
    signs = [
        element("li", element("span", sign, class_="tag"), " ", t(key))
        for sign, key in (("d1", "report.demand_mark"), ("r1", "report.answer_mark"))
    ]
    shown = joined(entries) or element("li", t("report.none_marked"))
    return joined((
        element("p", t("report.legend_speakers"), class_="legend-head"), element("ul", shown, class_="legend"),
        element("p", t("report.legend_lines"), class_="legend-head"), element("ul", *kinds, *signs, class_="legend"),
    ))  # fmt: skip


def look_class(speaker: str, looks: Mapping[str, Look]) -> str:
    """Return the style class of a speaker: the number of its colour; grey for those without one."""
    look = looks.get(speaker)
    return f"s{PALETTE.index(look)}" if look in PALETTE else "su"


def marked_text(analysis: Analysis, at: Setting) -> Html:
    """Return the whole article, a paragraph a block, with its marks."""
    article = analysis.article
    marks: list[Marked] = segments_of(analysis.quotes)
    notes: list[Noted] = [(d.content, d) for d in analysis.demands] + [(r.evidence, r) for r in analysis.responses]
    writer = _Writer(analysis, at)
    body = joined(
        element("p", *writer.pieces(b.span, quoted, noted), class_=_BLOCKS.get(b.kind))
        for b, quoted, noted in zip(
            article.blocks, by_block(article.blocks, marks), by_block(article.blocks, notes), strict=True
        )
    )
    return element("div", body, class_="article", lang=article.language)


class _Writer:
    """Writes blocks in pieces; each id is given once, where its record begins."""

    def __init__(self, analysis: Analysis, at: Setting) -> None:
        self.text = analysis.article.text
        self.language = analysis.article.language
        self.names: Mapping[str, str] = analysis.names()
        self.at = at
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
        return f"{self.at.prefix}-{record}"

    def _tag(self, record: Demand | Response) -> Html:
        """Return the sign before a demand or an answer; it leads to where that is laid out."""
        key = "report.demand_id" if isinstance(record, Demand) else "report.answer_id"
        return link(
            f"{self.at.prefix}-row-{record.id}", record.id, label=self.at.t(key, id=record.id), class_="tag",
            id=self._new(record.id), lang=self.at.t.language,
        )  # fmt: skip

    def _mark(self, words: Html, quote: Quote, *, last: bool) -> Html:
        """Return quoted words with the speaker behind them."""
        speaker = speaker_name(quote, self.names)
        shown = self.at.speaker(speaker, self.language)
        label = Html("")
        if last:
            label = link(f"{self.at.prefix}-row-{quote.id}", "[", shown, f" {quote.id}]", class_="speaker")
        kind = self.at.t(f"type.{quote.type}")
        sure = self.at.t("report.sure", value=number(quote.confidence, 2))
        return element(
            "mark", element("bdi", words), label, id=self._new(quote.id), title=f"{kind} · {sure}",
            class_=f"{look_class(speaker, self.at.looks)} {quote.type}",
        )  # fmt: skip
