"""Files of many articles → documents, lazily: JSON Lines, CSV, Parquet; and saved web pages."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import (
    EmptyText,
    InputError,
    MalformedRecord,
    MissingExtra,
    UndecodableFile,
)
from corpus_lib.model import Failure, Metadata
from corpus_lib.reading.documents import Columns, Document, check_text, document_or_failure
from corpus_lib.reading.sources import LARGEST, Source, decoded, is_wide, read_text, refuse_binary

if TYPE_CHECKING:
    import io

_ROWS = 256
"""Rows of a table in memory at a time."""

_BLANK = "\ufeff \t\r\n"


def json_lines(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of JSON Lines, one line in memory at a time; a bad line comes as a `Failure`."""
    seen = 0
    with source.open() as stream:
        if not is_wide(encoding):
            refuse_binary(stream.peek(), source.where)
        for number, line in _lines(stream, encoding, source):
            if isinstance(line, str) and not line.strip(_BLANK):
                continue
            seen += 1
            name = f"{source.id}:{number}"
            try:
                if isinstance(line, InputError):
                    raise line
                where = f"{source.where}, line {number}"
                record = _parsed(line.strip("\ufeff\n"), where)
            except InputError as error:
                yield Failure(name, "reading", str(error))
            else:
                yield document_or_failure(record, where, name, columns)
    if not seen:
        raise EmptyText(f"{source.where}: the file holds no records")


def _lines(stream: io.BufferedReader, encoding: str, source: Source) -> Iterator[tuple[int, str | InputError]]:
    """Yield (number, line); a line that is not in the encoding, or endless, comes as the error it is."""
    if is_wide(encoding):
        yield from enumerate(decoded(stream.read(LARGEST), encoding, source.where).split("\n"), 1)
        return
    offset = number = 0
    while data := stream.readline(LARGEST):
        number += 1
        try:
            if len(data) == LARGEST:
                raise InputError(f"{source.where}, line {number}: longer than {LARGEST} bytes")
            yield number, decoded(data, encoding, source.where, offset)
        except InputError as error:
            yield number, error
        offset += len(data)


def _parsed(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedRecord(f"{where}, column {error.colno}: not JSON ({error.msg})") from error
    except RecursionError as error:
        raise MalformedRecord(f"{where}: JSON nested too deeply") from error
    except ValueError as error:
        raise MalformedRecord(f"{where}: a number too long to read ({error})") from error


def csv_rows(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a CSV file with a header (comma, semicolon or tab), a few rows at a time."""
    number = 0
    with source.open() as stream:
        refuse_binary(stream.peek() if not is_wide(encoding) else b"", source.where)
        for rows, skipped in _chunks(stream, encoding, source):
            yield from (Failure(f"{source.id}:{_line(s)}", "reading", f"{source.where}: {s}") for s in skipped)
            for row in rows:
                number += 1
                yield _row(row, source, number, columns)
    if not number:
        raise EmptyText(f"{source.where}: the table holds no rows")


def _line(message: str) -> str:
    """Return the line that a message of pandas names: `Skipping line 3: expected 2 fields, saw 4`."""
    return message.removeprefix("Skipping ").partition(":")[0]


def _chunks(
    stream: io.BufferedReader, encoding: str, source: Source
) -> Iterator[tuple[list[dict[str, Any]], list[str]]]:
    """Yield some rows, and what pandas says of the rows that it passes over."""
    import pandas as pd

    try:
        separator = max(",;\t", key=stream.peek().decode(encoding, "replace").split("\n", 1)[0].count)
        reader = pd.read_csv(
            stream,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            encoding=encoding,
            index_col=False,
            chunksize=_ROWS,
            on_bad_lines="warn",
        )
        while True:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                chunk = next(reader, None)
            if chunk is None:
                return
            skipped = [w for c in caught for w in str(c.message).strip().splitlines()]
            yield chunk.to_dict("records"), skipped  # type: ignore[misc]
    except pd.errors.EmptyDataError as error:
        raise EmptyText(f"{source.where}: the file is empty") from error
    except pd.errors.ParserError as error:
        raise MalformedRecord(f"{source.where}: not CSV ({error})") from error
    except (UnicodeDecodeError, LookupError) as error:
        raise UndecodableFile(f"{source.where}: not {encoding} ({error}); older Windows text is cp1252") from error


def _row(row: dict[str, Any], source: Source, number: int, columns: Columns) -> Document | Failure:
    return document_or_failure(row, f"{source.where}, row {number}", f"{source.id}:{number}", columns)


def parquet_rows(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a Parquet file, a few rows at a time (needs the extra ``scale``)."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra(f"{source.where}: Parquet needs pyarrow: pip install corpus_lib[scale]") from error
    del encoding  # Parquet says itself how its strings are written
    number = 0
    with source.open() as stream:
        try:
            file = pq.ParquetFile(stream if stream.seekable() else pa.BufferReader(stream.read()))
            wanted = [c for c in (columns.text, *columns.named().values()) if c in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(row, source, number, columns)
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise MalformedRecord(f"{source.where}: not a sound Parquet file ({error})") from error


def page(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the article of a saved web page: its text without menus and advertising (needs the extra ``html``)."""
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra(f"{source.where}: web pages need trafilatura: pip install corpus_lib[html]") from error
    del columns
    found: Any = trafilatura.bare_extraction(read_text(source, encoding), with_metadata=True, include_comments=False)
    if found is None or not found.text:
        raise EmptyText(f"{source.where}: no article found in the page")
    text = found.text if not found.title or found.text.startswith(found.title) else f"{found.title}\n\n{found.text}"
    metadata = Metadata(title=found.title, date=found.date, source=found.sitename)
    yield Document(source.id, text, metadata, check_text(text, source.where))
