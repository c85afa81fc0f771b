"""CSV files → documents, row by row: a bad row is reported in its place, and the rows around it are given."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from corpus_lib.errors import EmptyText, InputError, MalformedRecord, UndecodableFile
from corpus_lib.model import Failure
from corpus_lib.reading.documents import Columns, Document, document_or_failure
from corpus_lib.reading.sources import Source, encoding_error, is_wide, refuse_binary, refuse_unmarked

_FIELD = 50_000_000
"""Characters from which a field, or a line, is refused: ten times what is named as unusually large."""

_UNDECODED = re.compile(r"[\udc80-\udcff]")
_LINE_END = re.compile(r"\r\n?|\n")
_QUOTED = re.compile(r'"[^"]*"')


class _LongFields:
    """The longest field that `csv` reads: one number for the whole process, raised while any thread reads a row."""

    def __init__(self) -> None:
        self._lock, self._reading, self._usual = threading.Lock(), 0, 0

    @contextmanager
    def allowed(self) -> Iterator[None]:
        """Raise the limit; the last thread to leave puts back what the first one found."""
        with self._lock:
            if not self._reading:
                self._usual = csv.field_size_limit(_FIELD)
            self._reading += 1
        try:
            yield
        finally:
            with self._lock:
                self._reading -= 1
                if not self._reading:
                    csv.field_size_limit(self._usual)


LONG_FIELDS = _LongFields()


def csv_rows(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a CSV file with a header (comma, semicolon or tab), one row in memory at a time."""
    number = 0
    with source.open() as stream:
        wide = is_wide(encoding)
        refuse_binary(b"" if wide else stream.peek(), source.where)
        refuse_unmarked(stream.peek(), encoding, source.where)
        try:
            # Bytes that are no text come as surrogates, so that only their own row is lost.
            ends = _line_ends(stream.peek().decode(encoding, "replace"))
            text = io.TextIOWrapper(stream, encoding, "strict" if wide else "surrogateescape", newline=ends)
        except (LookupError, ValueError) as error:
            raise encoding_error(error, encoding, source.where) from error
        try:
            for number, row in enumerate(_records(text, source.where, encoding, columns), 1):
                name = f"{source.id}:{number}"
                if isinstance(row, InputError):
                    yield Failure(name, "reading", str(row))
                else:
                    yield document_or_failure(row[1], f"{source.where}, line {row[0]}", name, columns)
        finally:
            text.detach()
    if not number:
        raise EmptyText(f"{source.where}: the table holds no rows")


@dataclass(slots=True)
class _Lines:
    """The lines of a table, with the place of the row that is being read and of its last opening quotation mark."""

    stream: TextIO
    where: str
    encoding: str
    number: int = 0
    began: int = 0
    quoted: int = 0
    inside: bool = False
    odd: bool = False
    undecoded: str = ""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self.stream.readline(_FIELD)
        except UnicodeError as error:
            raise UndecodableFile(f"{self.where}, line {self.number + 1}: not {self.encoding} ({error})") from error
        if not line:
            raise StopIteration
        self.number += 1
        self.began = self.began or self.number
        if len(line) == _FIELD:
            raise MalformedRecord(f"{self.where}, line {self.number}: longer than {_FIELD} characters")
        if marks := line.replace('""', "").count('"'):
            self.inside ^= bool(marks % 2)
            self.quoted = self.number if self.inside else self.quoted
        self.odd = bool(marks % 2)
        if not self.undecoded and (bad := _UNDECODED.search(line)):
            self.undecoded = f"line {self.number}: found 0x{ord(bad.group()) - 0xDC00:02x}"
        return line

    def begin_row(self) -> None:
        self.began, self.quoted, self.inside, self.undecoded = 0, 0, False, ""

    def leave_field(self) -> None:
        """Pass over the rest of a quoted field that was opened on the line of an error, lest it be taken for rows."""
        if self.odd:
            while self.inside and next(self, None) is not None:
                pass

    def refuse_undecoded(self) -> None:
        if self.undecoded:
            hint = "; older Windows text is cp1252" if self.encoding.lower().startswith("utf") else ""
            raise UndecodableFile(f"{self.where}, {self.undecoded}, which is not {self.encoding}{hint}")


def _records(
    text: TextIO, where: str, encoding: str, columns: Columns
) -> Iterator[tuple[int, dict[str, str]] | InputError]:
    """Yield (line, row) under the names of the header; a row that is none comes as the error it is."""
    lines = _Lines(text, where, encoding)
    first = next((line for line in lines if line.strip("\ufeff \r\n")), None)
    if first is None:
        raise EmptyText(f"{where}: the file is empty")
    reader = csv.reader(_with(first.removeprefix("\ufeff"), lines), delimiter=_separator(first), strict=True)
    header = _next_row(reader, lines)
    if header is None:
        return
    columns.refuse_unknown(header, where)
    while True:
        lines.begin_row()
        try:
            row = _next_row(reader, lines)
            if row is None:
                return
            if row:
                yield lines.began, _named(row, header, f"{where}, line {lines.began}")
        except InputError as error:
            yield error


def _with(first: str, lines: _Lines) -> Iterator[str]:
    yield first
    yield from lines


def _line_ends(beginning: str) -> str:
    r"""Return what `io.TextIOWrapper` is to split lines at: a lone carriage return only where the header ends in one.

    >>> _line_ends("id,text\r\n1,Ferja\rkommer\r\n"), _line_ends("id,text\r1,Ferja\r")
    ('\n', '')
    """
    end = _LINE_END.search(beginning)
    return "" if end and end.group() == "\r" else "\n"


def _separator(line: str) -> str:
    """Return what separates the fields of a header.

    >>> _separator('"tekst, brødtekst";id')
    ';'
    """
    bare = _QUOTED.sub("", line)
    return max(",;\t", key=bare.count)


def _next_row(reader: Iterator[list[str]], lines: _Lines) -> list[str] | None:
    """Return the next row, or None at the end.

    Raises
    ------
    InputError
        If the row is not CSV, or not in the encoding.
    """
    try:
        with LONG_FIELDS.allowed():
            row = next(reader, None)
    except csv.Error as error:
        raise _malformed(str(error), lines) from error
    lines.refuse_undecoded()
    return row


def _malformed(why: str, lines: _Lines) -> MalformedRecord:
    place = f"{lines.where}, line {lines.began}"
    if why == "unexpected end of data":
        return MalformedRecord(f"{lines.where}, line {lines.quoted}: the quoted field that begins here is never closed")
    if "field limit" in why:
        return MalformedRecord(f"{place}: a field of more than {_FIELD} characters; is a quotation mark missing?")
    if "new-line character" in why:
        return MalformedRecord(f"{place}: a carriage return in a field without quotation marks")
    lines.leave_field()
    return MalformedRecord(f"{place} to {lines.number}: not CSV ({why}); quotation marks in a field are doubled")


def _named(row: list[str], header: list[str], where: str) -> dict[str, str]:
    """Return a row under the names of its columns; of two of the same name the first holds.

    >>> _named(["Ferja", "en", ""], ["text", "id"], "saker.csv, line 2")
    {'id': 'en', 'text': 'Ferja'}
    """
    if any(row[len(header) :]):
        raise MalformedRecord(
            f"{where}: found {len(row)} fields, expected {len(header)}; a field with the separator in it is quoted"
        )
    filled = row + [""] * (len(header) - len(row))
    return dict(reversed(list(zip(header, filled, strict=False))))
