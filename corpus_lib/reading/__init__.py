"""Files and folders → documents: text exactly as it stands in the file, with an id of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from corpus_lib.errors import InputError, InputNotFound, MissingExtra, UnsupportedInput, WrongInput
from corpus_lib.model import Failure
from corpus_lib.reading.documents import LARGE, Columns, Document, check_text, document_or_failure, listed
from corpus_lib.reading.pages import page
from corpus_lib.reading.parquet import parquet_rows
from corpus_lib.reading.records import json_file, json_lines
from corpus_lib.reading.sources import (
    ARCHIVE,
    CSV,
    JSON,
    PAGES,
    PARQUET,
    RECORDS,
    STDIN,
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
    standard_input,
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
    "listed",
    "paths_of",
    "read_document",
    "read_documents",
]

Reader = Callable[[Source, str, Columns], Iterator[Document | Failure]]


def read_documents(
    paths: str | Path | Iterable[str | Path], *, encoding: str = "utf-8", columns: Columns | None = None
) -> Iterator[Document | Failure]:
    """Yield the documents of files, folders and glob patterns, lazily and in sorted order.

    What cannot be read comes as a `Failure` in its place; the rest goes on.

    Parameters
    ----------
    paths
        One path, or several: files, folders (searched through; a corpus store is passed over), or glob patterns.
        ``.txt``: one article; ``.jsonl`` (``.ndjson``), ``.csv`` (``.tsv``), ``.parquet``: one article a line or row;
        ``.html``: a saved page; ``.json``, where it is given by name: a list of articles, or one; ``-``:
        standard input, one article or lines of JSON.
        Each may be packed (``.gz``, ``.bz2``, ``.xz``) or stand in a ``.zip``.
    encoding
        How the bytes are to be read; a byte-order mark is kept and counted.
    columns
        What the columns of records and tables are called, where not ``text``, ``id``, ``date``, ``title``
        and ``source``.

    Raises
    ------
    WrongInput
        If what is given are no paths.
    """
    for found in _documents_of(paths_of(paths), encoding, columns or Columns()):
        yield found if isinstance(found, Document) else _printable(found)


def paths_of(paths: object) -> tuple[str, ...]:
    """Return paths as text; a single one may stand for itself.

    >>> paths_of("a.txt"), paths_of([Path("a"), "b"])
    (('a.txt',), ('a', 'b'))

    Raises
    ------
    WrongInput
        If what is given are no paths.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    if not isinstance(given, Iterable) or isinstance(given, bytes | Mapping):
        raise WrongInput(f"expected a path or several, found {type(paths).__name__}")
    found = tuple(given)
    if wrong := [p for p in found if not isinstance(p, str | os.PathLike)]:
        raise WrongInput(f"expected paths, found {type(wrong[0]).__name__}")
    return tuple(os.fsdecode(p) for p in found)


def _printable(failure: Failure) -> Failure:
    return Failure(printable(failure.id), failure.stage, printable(failure.message))


def _documents_of(paths: Iterable[str], encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    for path in paths:
        if path == STDIN:
            yield from _standard_input(encoding, columns)
            continue
        try:
            found = list(find_files(path))
        except InputError as error:
            yield _failure(path, error)
            continue
        for root, file in found:
            try:
                for source in sources_of(root, file):
                    yield from _documents(source, encoding, columns)
            except InputError as error:
                yield _failure(name_of(root, file), error)


def _standard_input(encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    try:
        source = standard_input()
    except (InputError, OSError, ValueError) as error:
        yield _failure("stdin", error)
    else:
        yield from _documents(source, encoding, columns)


def _failure(id: str, error: Exception) -> Failure:
    return Failure(id, "reading", str(error))


def count_documents(paths: str | Path | Iterable[str | Path]) -> int | None:
    """Return how many documents there are, or None where only reading would tell."""
    number = 0
    for path in paths_of(paths):
        if path == STDIN:
            return None
        try:
            found = [file for _, file in find_files(path)]
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
    (name,) = paths_of(path)
    file = Path(name)
    if not file.exists():
        raise InputNotFound(f"{file}: no such file")
    if file.is_dir():
        raise UnsupportedInput(f"{file}: expected one article's file, found a folder")
    (source, *_) = sources_of(file.parent, file)
    return _text_document(source, encoding)
