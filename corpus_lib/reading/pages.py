"""Saved web pages → documents: the article without menus and advertising."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus_lib.errors import EmptyText, InputError, MalformedRecord, MissingExtra
from corpus_lib.limits import TimeUp, time_limit
from corpus_lib.model import Failure, Metadata
from corpus_lib.reading.documents import Columns, Document, check_text, iso_date
from corpus_lib.reading.sources import Source, read_text

_SECONDS = 60.0
"""How long a page may take to be read."""

_ATTRIBUTES = 2000
"""How many words a tag may hold outside of quotation marks: the time it takes grows with their square."""

_LONGEST = 20_000_000
"""How many characters a page may have."""

_MARK = re.compile(r"<[a-zA-Z]|[\"'>]|\s+[^\s\"'>]")


def page(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the article of a saved web page: its text without menus and advertising (needs the extra ``html``)."""
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra(f"{source.where}: web pages need trafilatura: pip install corpus_lib[html]") from error
    del columns
    html = read_text(source, encoding)
    _refuse_endless(html, source.where)
    try:
        with time_limit(_SECONDS):
            found: Any = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    except TimeUp as error:
        raise InputError(f"{source.where}: not read after {_SECONDS:g} seconds") from error
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        raise MalformedRecord(f"{source.where}: not a page that can be read ({type(error).__name__})") from error
    if found is None or not found.text:
        raise EmptyText(f"{source.where}: no article found in the page")
    text = found.text if not found.title or found.text.startswith(found.title) else f"{found.title}\n\n{found.text}"
    date, noted = iso_date(found.date)
    metadata = Metadata(title=found.title, date=date, source=found.sitename)
    yield Document(source.id, text, metadata, (*check_text(text, source.where), *noted))


def _refuse_endless(html: str, where: str) -> None:
    """Raise `InputError` where a page is longer than any is, or a tag has more attributes."""
    if len(html) > _LONGEST:
        raise InputError(f"{where}: found {len(html)} characters, expected at most {_LONGEST} in a page")
    tag = count = 0
    quote = ""
    for match in _MARK.finditer(html):
        sign = match[0][0]
        if quote:
            quote = "" if sign == quote else quote
        elif sign == "<":
            tag, count = match.start() + 1, 0
        elif sign == ">":
            tag = 0
        elif tag and sign in "\"'":
            quote = sign
        elif tag:
            count += 1
            if count > _ATTRIBUTES:
                raise InputError(f"{where}, character {tag - 1}: a tag with more than {_ATTRIBUTES} attributes")
