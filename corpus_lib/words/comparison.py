"""What a newsroom compares: speakers, quotations and narration, demands and answers, outlets, months."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import EmptySelection, UnknownLayer
from corpus_lib.words.building import Document, Mark
from corpus_lib.words.keyness import keyness

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis
    from corpus_lib.model import Article
    from corpus_lib.words.index import Index
    from corpus_lib.words.reference import FrequencyList
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

_NARRATED = ("title", "lead", "subheading", "body")
"""The kinds of block that narrate; captions, bylines and credits do not."""

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


def narration(index: Index) -> Selection:
    """Return the words of titles, leads, subheadings and body that stand in no quotation."""
    told = index.where(block=_NARRATED)
    return told.without(index.where(quote="*"), "narration") if "quote" in index.marks else told


def quotation(index: Index, speaker: str | None = None) -> Selection:
    """Return the words of all quotations, or of one speaker's.

    Raises
    ------
    EmptySelection
        If the index has no quotation of that speaker; names those it has whose names are near.
    """
    if speaker is None:
        return index.where(quote="*", label="quotations")
    if "speaker" in index.marks and speaker not in (known := index.values("speaker")):
        near = get_close_matches(speaker, known, n=5, cutoff=0.4) or known[:5]
        raise EmptySelection(f"no quotation of {speaker!r} in this index; there are {', '.join(near)}")
    return index.where(speaker=speaker, label=f"quotations of {speaker}")


def speakers(index: Index, speaker: str, other: str | None = None, **options: Any) -> Result:
    """Return the key words of a speaker's quotations against another's, or against all other quotations."""
    reference = quotation(index, other) if other else quotation(index).without(quotation(index, speaker), "all others")
    return keyness(index, quotation(index, speaker), reference, **options)


def quotation_against_narration(index: Index, **options: Any) -> Result:
    """Return the key words of what is quoted against what is told."""
    return keyness(index, quotation(index), narration(index), **options)


def demands_against_answers(index: Index, **options: Any) -> Result:
    """Return the key words of demands against answers."""
    demands, answers = index.where(demand="*", label="demands"), index.where(response="*", label="answers")
    return keyness(index, demands, answers, **options)


def groups(index: Index, column: str, **options: Any) -> dict[str, Result]:
    """Return, for each value of a column (outlet, month), its key words against all other documents."""
    if column not in index.columns:
        raise UnknownLayer(f"no column {column!r}; there are {', '.join(index.columns) or 'none'}")
    values = [v for v in index.values(column) if v]
    selections = {value: index.where(**{column: value}) for value in values}
    return {value: keyness(index, s, **options) for value, s in selections.items() if s.total}


def article_against(
    index: Index, document: str, reference: FrequencyList | Selection | None = None, **options: Any
) -> Result:
    """Return the key words of one document against a frequency list, a part of the index, or all other documents."""
    return keyness(index, index.where(id=document, label=document), reference, **options)
