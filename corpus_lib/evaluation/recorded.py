"""Annotations from records of the wire format, whose items may carry a tier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import SchemaError
from corpus_lib.evaluation.annotation import Annotation, Answer, Claim, Quotation, line_labels
from corpus_lib.evaluation.gold import CORE, SILENT
from corpus_lib.fields import Misfit, Page
from corpus_lib.model import Quote, Span
from corpus_lib.wire import read_record

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis

_KINDS = {"name": "name", "role": "noun", "pronoun": "pronoun"}
"""What a mention of the library is in gold."""


def annotation_of(analysis: Analysis) -> Annotation:
    """Return an analysis as the scorer has it."""
    return from_record(analysis.to_dict(), analysis.article.text)


def from_record(data: Mapping[str, Any], text: str) -> Annotation:
    """Read a record of the wire format; items may carry a ``tier``, ``core`` or ``edge``.

    Raises
    ------
    SchemaError
        If it is no such record, a span does not slice to its own text, or the text is not the one annotated.
    """
    record, article = read_record(data, text)
    try:
        sure = {layer: [CORE.read(item) for item in data[layer]] for layer in ("quotes", "demands", "responses")}
        silent = SILENT.read(data.get("silent", ()))
    except Misfit as misfit:
        raise SchemaError(f"{record.doc}: {misfit}") from None
    page = Page(text, {a.id: a.name for a in record.actors})
    kinds = {m.span: _KINDS[m.kind] for a in record.actors for m in a.mentions}
    return Annotation(
        doc=record.doc,
        text=text,
        complete=bool(data.get("complete", True)),
        lines=line_labels(text, ((b.kind, b.start, b.end) for b in article.blocks)),
        quotes=tuple(_quotation(q, page, kinds, core) for q, core in zip(record.quotes, sure["quotes"], strict=True)),
        demands=tuple(
            Claim(d.id, d.content, page.joined(d.actors), tuple(page.names[a] for a in d.addressees), core)
            for d, core in zip(record.demands, sure["demands"], strict=True)
        ),
        responses=tuple(
            Answer(r.id, r.evidence, page.joined(r.actors), r.stance, r.targets, core)
            for r, core in zip(record.responses, sure["responses"], strict=True)
        ),
        names=frozenset(page.names.values()),
        silent=silent,
        cells=tuple((c.demand, page.names[c.actor], c.stance) for c in record.comparison),
    )


def _quotation(quote: Quote, page: Page, kinds: Mapping[Span, str], core: bool) -> Quotation:
    mention = quote.speaker_mention
    touching = (kind for span, kind in kinds.items() if mention is not None and span.overlaps(mention))
    return Quotation(
        type=quote.type,
        segments=quote.segments,
        extent=Span(quote.start, quote.end),
        speaker=page.joined(quote.speakers),
        mention=mention,
        kind=next(touching, None),
        medium=quote.medium,
        confidence=quote.confidence,
        core=core,
    )
