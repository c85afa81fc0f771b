"""Files and folders → documents: text exactly as it stands in the file, with an id of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus_lib.errors import InputError, InputNotFound, MissingExtra, UnsupportedInput
from corpus_lib.model import Failure
from corpus_lib.reading.documents import LARGE, Columns, Document, check_text, document_or_failure
from corpus_lib.reading.records import json_file, json_lines, page, parquet_rows
from corpus_lib.reading.sources import (
    ARCHIVE,
    CSV,
    JSON,
    PAGES,
    PARQUET,
    RECORDS,
    STORE_MARK,
    SUFFIXES,
    Source,
    find_files,
    is_searched_for,
    kind_of,
    name_of,
    printable,
    read_text,
    sources_of,
)
from corpus_lib.reading.tables import csv_rows

__all__ = [
    "LARGE",
    "STORE_MARK",
    "SUFFIXES",
    "Columns",
    "Document",
    "check_text",
    "count_documents",
    "document_or_failure",
    "is_searched_for",
    "read_document",
    "read_documents",
]

Reader = Callable[[Source, str, Columns], Iterator[Document | Failure]]


def read_documents(
    paths: Sequence[str | Path], *, encoding: str = "utf-8", columns: Columns | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders and glob patterns, lazily and in sorted order.

    What cannot be read comes as a `Failure` in its place; the rest goes on.

    Parameters
    ----------
    paths
        Files, folders (searched through; a corpus store is passed over), or glob patterns. ``.txt``: one
        article; ``.jsonl`` (``.ndjson``), ``.csv`` (``.tsv``), ``.parquet``: one article a line or row;
        ``.html``: a saved page; ``.json``, where it is given by name: a list of articles, or one.
        Each may be packed (``.gz``, ``.bz2``, ``.xz``) or stand in a ``.zip``.
    encoding
        How the bytes are to be read; a byte-order mark is kept and counted.
    columns
        What the columns of records and tables are called, where not ``text``, ``id``, ``date``, ``title``
        and ``source``.
    """
    for path in paths:
        try:
            found = list(find_files(str(path)))
        except InputError as error:
            yield _failure(str(path), error)
            continue
        for root, file in found:
            try:
                for source in sources_of(root, file):
                    yield from _documents(source, encoding, columns or Columns())
            except InputError as error:
                yield _failure(name_of(root, file), error)


def _failure(id: str, error: Exception) -> Failure:
    return Failure(printable(id), "reading", printable(str(error)))


def count_documents(paths: Sequence[str | Path]) -> int | None:
    """Return how many documents there are, or None where only reading would tell."""
    number = 0
    for path in paths:
        try:
            found = [file for _, file in find_files(str(path))]
        except InputError:
            found = [Path(path)]
        if any(kind_of(f) in {ARCHIVE, CSV, JSON, PARQUET, RECORDS} for f in found):
            return None
        number += len(found)
    return number


def _documents(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield what a source holds; its own error is a `Failure` with its id."""
    try:
        yield from _READERS.get(source.suffix, _article)(source, encoding, columns)
    except (InputError, MissingExtra) as error:
        yield _failure(source.id, error)


def _article(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    del columns
    yield _text_document(source, encoding)


def _text_document(source: Source, encoding: str) -> Document:
    text = read_text(source, encoding)
    return Document(source.id, text, warnings=check_text(text, source.where))


_READERS: dict[str, Reader] = {
    RECORDS: json_lines,
    JSON: json_file,
    CSV: csv_rows,
    PARQUET: parquet_rows,
    **dict.fromkeys(PAGES, page),
}


def read_document(path: str | Path, *, encoding: str = "utf-8") -> Document:
    """Return the single document of a text file.

    Raises
    ------
    InputError
        If the file is missing, empty, binary, not in the encoding, or holds control characters.
    """
    file = Path(path)
    if not file.exists():
        raise InputNotFound(f"{file}: no such file")
    if file.is_dir():
        raise UnsupportedInput(f"{file}: expected one article's file, found a folder")
    (source, *_) = sources_of(file.parent, file)
    return _text_document(source, encoding)
