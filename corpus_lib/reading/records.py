"""Files of many articles → documents, lazily: JSON Lines, and JSON."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import EmptyText, InputError, MalformedRecord
from corpus_lib.model import Failure
from corpus_lib.reading.documents import Columns, Document, document_or_failure, listed
from corpus_lib.reading.sources import LARGEST, Source, decoded, is_wide, read_text, refuse_binary

if TYPE_CHECKING:
    import io

_BLANK = "\ufeff \t\r\n"


def json_lines(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of JSON Lines, one line in memory at a time; a bad line comes as a `Failure`."""
    seen = 0
    keys: set[str] = set()
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
                keys.update(record if isinstance(record, dict) else ())
                yield document_or_failure(record, where, name, columns)
    if not seen:
        raise EmptyText(f"{source.where}: the file holds no records")
    yield from _never_seen(keys, source, columns)


def _lines(stream: io.BufferedReader, encoding: str, source: Source) -> Iterator[tuple[int, str | InputError]]:
    """Yield (number, line); a line that is not in the encoding, or endless, comes as the error it is."""
    if is_wide(encoding):
        yield from enumerate(decoded(stream.read(LARGEST), encoding, source.where).split("\n"), 1)
        return
    decoded(b"\n", encoding, source.where)  # an encoding that there is not is said once, not of every line
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


def json_file(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a JSON file: a list of objects, or one object."""
    try:
        found = _parsed(read_text(source, encoding).strip(_BLANK), source.where)
    except MalformedRecord as error:
        raise MalformedRecord(f"{error}; a file of one object a line ends in .jsonl") from error
    if isinstance(found, dict):
        columns.refuse_unknown(found, source.where)
        yield document_or_failure(found, source.where, source.id, columns)
        return
    if not isinstance(found, list):
        raise MalformedRecord(f"{source.where}: expected a list of objects, found {type(found).__name__}")
    if not found:
        raise EmptyText(f"{source.where}: the file holds no records")
    for number, record in enumerate(found, 1):
        yield document_or_failure(record, f"{source.where}, record {number}", f"{source.id}:{number}", columns)
    yield from _never_seen({key for r in found if isinstance(r, dict) for key in r}, source, columns)


def _never_seen(keys: Collection[str], source: Source, columns: Columns) -> Iterator[Failure]:
    """Yield a `Failure` where no record of a file had a key that was asked for."""
    if keys and (missing := sorted(columns.asked_for().difference(keys))):
        message = f'{source.where}: no record has the column "{missing[0]}"; columns found: {listed(sorted(keys))}'
        yield Failure(source.id, "reading", message)
