"""Analyses and articles as documents to be indexed: their columns, and what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus_lib.words.building import Document, Mark

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis
    from corpus_lib.model import Article

UNKNOWN = "unknown speaker"


def analysed(analyses: Iterable[Analysis]) -> Iterator[Document]:
    """Yield analyses as documents to be indexed, with their marks.

    Columns: language, source, date, month. Marks: block (its kind), quote (its type), speaker (each speaker's
    name), denier (who rejects the words), demand and response (each actor's name, the words of demand or answer).
    """
    for analysis in analyses:
        article = analysis.article
        yield Document(article.id, article.text, columns_of(article), (*_blocks(article), *_marks(analysis)))


def unanalysed(articles: Iterable[Article]) -> Iterator[Document]:
    """Yield articles as documents to be indexed, where counting is enough: columns as `analysed`, marks block alone."""
    for article in articles:
        yield Document(article.id, article.text, columns_of(article), tuple(_blocks(article)))


def columns_of(article: Article) -> dict[str, str]:
    """Return what is known about an article as columns: language, source, date, month; empty where unknown."""
    about = article.metadata
    date = about.published or about.date or ""
    return {"language": article.language, "source": about.source or "", "date": date[:10], "month": date[:7]}


def _blocks(article: Article) -> Iterator[Mark]:
    for block in article.blocks:
        yield Mark("block", block.kind, block.start, block.end)


def _marks(analysis: Analysis) -> Iterator[Mark]:
    names = analysis.names()
    for quote in analysis.quotes:
        for span in quote.segments:
            yield Mark("quote", quote.type, span.start, span.end)
            for speaker in [names[s] for s in quote.speakers] or [UNKNOWN]:
                yield Mark("denier" if quote.denied else "speaker", speaker, span.start, span.end)
    for demand in analysis.demands:
        for actor in [names[i] for i in demand.actors] or [UNKNOWN]:
            yield Mark("demand", actor, demand.content.start, demand.content.end)
    for response in analysis.responses:
        for actor in [names[i] for i in response.actors] or [UNKNOWN]:
            yield Mark("response", actor, response.evidence.start, response.evidence.end)
