"""Raw text → Article: its blocks (title, lead, captions, subheadings, body …), dates, byline and language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from corpus_lib.errors import UnsupportedLanguage
from corpus_lib.language.dates import find_dates, month_of
from corpus_lib.language.identify import NAMES, NORWEGIAN, identify
from corpus_lib.model import Article, Block, Metadata, sha256
from corpus_lib.reading import Document, check_text, read_document
from corpus_lib.structure.labelling import label
from corpus_lib.structure.paragraphs import paragraph_lines

_HEADER = re.compile(r"[\ufeff\s]*date (\d{4}-\d{2}(?:-\d{2})?)\s+(?=\S)")
_MEANT_AS_HEADER = re.compile(r"[\ufeff\s]*date (\S+)\s")
_INNER_STOP = re.compile(r"(?<=[a-zæøå0-9»\"])[.!?]\s+(?=[A-ZÆØÅ–—«-])")
_SPACES = re.compile(r"\s+")
_UPDATED = re.compile(r"(?i)(?=\b(?:sist\s+)?oppdater[ta]\b)")
_LONGEST = 10_000
"""Characters from which a block is cut, at the end of a sentence where there is one: no paragraph is that long."""


def read_article(path: str | Path, *, encoding: str = "utf-8", language: str | None = None) -> Article:
    """Read one text file as an article.

    Parameters
    ----------
    path
        A UTF-8 text file, paragraphs parted by blank lines or one to a line.
    encoding
        How its bytes are to be read, where not UTF-8.
    language
        ``nb`` or ``nn``; None lets the text decide.

    Raises
    ------
    InputError
        If the file is missing, empty, binary, not in the encoding, or holds control characters.
    UnsupportedLanguage
        If the text is neither Bokmål nor Nynorsk.
    """
    return article_from(read_document(path, encoding=encoding), language=language)


def read_text(text: str, *, id: str = "text", date: str | None = None, language: str | None = None) -> Article:
    r"""Read text in memory as an article.

    Parameters
    ----------
    text
        The article; offsets count its code points.
    id
        Its name in tables and records.
    date
        ISO 8601 date, where the text itself gives none.
    language
        ``nb`` or ``nn``; None lets the text decide.

    Raises
    ------
    UnreadableText
        If the text is empty, only white space, or holds control characters.
    UnsupportedLanguage
        If the text is neither Bokmål nor Nynorsk.

    Examples
    --------
    >>> article = read_text("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
    >>> [block.kind for block in article.blocks]
    ['title', 'body']
    """
    return article_of(text, id=id, metadata=Metadata(date=date), language=language)


def article_from(document: Document, *, language: str | None = None) -> Article:
    """Build the article of a document that was read."""
    return article_of(
        document.text,
        id=document.id,
        metadata=document.metadata,
        language=language,
        warnings=document.warnings,
    )


def article_of(
    text: str,
    *,
    id: str,
    metadata: Metadata | None = None,
    language: str | None = None,
    warnings: Sequence[str] | None = None,
) -> Article:
    """Build an article from text: blocks, dates, language.

    Parameters
    ----------
    metadata
        What is known beside the text; it wins over what the text says.
    warnings
        Warnings of the reader; None has the text checked here.
    """
    noted = list(check_text(text, id) if warnings is None else warnings)
    code = _language(text, id, language)
    offset, header_date, header_warning = _header(text)
    noted += [header_warning] if header_warning else []
    lines = paragraph_lines(text, offset)
    labelled = (Block(kind, line.start, line.end) for line, kind in zip(lines, label(lines), strict=True))
    blocks = tuple(piece for block in labelled for piece in _pieces(text, block))
    return Article(
        id=id,
        text=text,
        sha256=sha256(text),
        language=code,
        metadata=_metadata(text, blocks, header_date, metadata or Metadata()),
        blocks=blocks,
        warnings=tuple(noted),
    )


def _pieces(text: str, block: Block) -> Iterator[Block]:
    """Yield a block, cut where it is longer than any paragraph: an archive in one line is work in proportion."""
    start = block.start
    while block.end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        ends = [m.start() + 1 for m in _INNER_STOP.finditer(window)] or [m.start() for m in _SPACES.finditer(window)]
        cut = start + next((e for e in reversed(ends) if e > 0), _LONGEST)
        yield replace(block, start=start, end=cut)
        spaces = _SPACES.match(text, cut, block.end)
        start = spaces.end() if spaces else cut
    if start < block.end:
        yield replace(block, start=start)


def _language(text: str, id: str, given: str | None) -> str:
    if given is not None and given not in NORWEGIAN:
        raise UnsupportedLanguage(f"{id}: language {given!r} is not one of 'nb', 'nn'")
    code = given or identify(text)
    if code not in NORWEGIAN:
        raise UnsupportedLanguage(
            f"{id}: the text seems to be {NAMES[code]} ({code}), expected Norwegian; language='nb' or 'nn' overrides"
        )
    return code


def _header(text: str) -> tuple[int, str | None, str | None]:
    """Return where the text begins behind a ``date YYYY-MM`` header, its date, and a warning."""
    meant = _MEANT_AS_HEADER.match(text)
    header = _HEADER.match(text)
    if header is None or meant is None:
        looks = meant is not None and meant[1][:1].isdigit()
        return 0, None, f"header date {meant[1]!r} is not YYYY-MM, kept as text" if looks and meant else None
    found = header[1]
    possible = month_of(found) if len(found) == len("2022-01") else next((d.iso for d in find_dates(found)), None)
    if possible is None:
        return 0, None, f"header date {found!r} is impossible, kept as text"
    return header.end(), possible, None


def _metadata(text: str, blocks: Sequence[Block], header_date: str | None, given: Metadata) -> Metadata:
    first = {kind: next((b.span.of(text) for b in blocks if b.kind == kind), None) for kind in ("title", "byline")}
    published, updated = _stamps([b.span.of(text) for b in blocks if b.kind == "date"])
    return replace(
        given,
        title=given.title or (" ".join(first["title"].split()) if first["title"] else None),
        date=given.date or header_date or (published[:10] if published else None),
        published=given.published or published,
        updated=given.updated or updated,
        byline=given.byline or first["byline"],
    )


def _stamps(lines: Sequence[str]) -> tuple[str | None, str | None]:
    published = updated = None
    for line in lines:
        for part in _UPDATED.split(line, maxsplit=1):
            iso = next((d.iso for d in find_dates(part)), None)
            if _UPDATED.match(part):
                updated = updated or iso
            else:
                published = published or iso
    return published, updated
