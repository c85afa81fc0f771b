"""Records → documents: text exactly as it was given, with an id of its own and what came with it."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus_lib.errors import ControlCharacters, EmptyText, InputError, MalformedRecord, UnpairedSurrogate
from corpus_lib.model import Failure, Metadata

LARGE = 5_000_000
"""Characters from which an article is named as unusually large."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MIDNIGHT = "T00:00:00"
_NOTHING = {"NaT", "<NA>", "nan"}


@dataclass(frozen=True, slots=True)
class Document:
    """A raw document: its id, its text and what came with it."""

    id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column, or key, of a table or record holds what; None for what it does not hold."""

    text: str = "text"
    id: str | None = "id"
    date: str | None = "date"
    title: str | None = "title"
    source: str | None = "source"

    def named(self) -> dict[str, str]:
        """Return the columns beside the text, by what they hold.

        >>> Columns(id="url", date=None).named()
        {'id': 'url', 'title': 'title', 'source': 'source'}
        """
        pairs = {"id": self.id, "date": self.date, "title": self.title, "source": self.source}
        return {held: column for held, column in pairs.items() if column is not None}


def check_text(text: str, where: str) -> tuple[str, ...]:
    """Return warnings about a text; raise where it is none.

    >>> check_text("Nato har svart.", "article")
    ()

    Raises
    ------
    UnreadableText
        If the text is empty, blank, or holds NUL, other control characters or half a surrogate pair.
    """
    if not text:
        raise EmptyText(f"{where}: the text is empty")
    if not text.replace("\ufeff", "").strip():
        raise EmptyText(f"{where}: the text is white space alone ({len(text)} characters)")
    if bad := _SURROGATE.search(text):
        code = f"U+{ord(bad.group()):04X}"
        raise UnpairedSurrogate(f"{where}, character {bad.start()}: found {code}, half of a surrogate pair")
    if bad := _CONTROL.search(text):
        code = f"U+{ord(bad.group()):04X}"
        name = "NUL" if bad.group() == "\x00" else "a control character"
        raise ControlCharacters(f"{where}, {_place(text, bad.start())}: found {name} ({code}), expected printable text")
    if len(text) > LARGE:
        return (f"unusually large: {len(text):,} characters".replace(",", " "),)
    return ()


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, character {at}"


def document_of(record: object, where: str, default_id: str, columns: Columns) -> Document:
    """Return the document of a record.

    Parameters
    ----------
    record
        What should be a mapping with the text under the name that `columns` gives.
    where
        The record's place, for messages.
    default_id
        The id of a record without one.

    Raises
    ------
    InputError
        If the text is missing or unreadable, or another value is neither string, number nor date.
    """
    text = record.get(columns.text) if isinstance(record, Mapping) else None
    if not isinstance(record, Mapping) or not isinstance(text, str):
        found = sorted(record) if isinstance(record, Mapping) else type(record).__name__
        raise MalformedRecord(f'{where}: expected an object with a string "{columns.text}", found {found!r}')
    values = {held: _string(record.get(column), column, where) for held, column in columns.named().items()}
    name = values.pop("id", None)
    return Document(name or default_id, text, Metadata(**values), check_text(text, where))


def document_or_failure(record: object, where: str, default_id: str, columns: Columns) -> Document | Failure:
    """Return the document of a record, or why it is none, under the record's own id where it has one."""
    try:
        return document_of(record, where, default_id, columns)
    except InputError as error:
        return Failure(_name(record, columns) or default_id, "reading", str(error))


def _name(record: object, columns: Columns) -> str | None:
    try:
        return _string(record.get(columns.id), "id", "") if isinstance(record, Mapping) and columns.id else None
    except InputError:
        return None


def _string(value: object, column: str, where: str) -> str | None:
    """Return a value as a string; None for what tables write where nothing is known."""
    if value is None or value == "" or (not isinstance(value, str) and str(value) in _NOTHING):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat().removesuffix(_MIDNIGHT)
    if isinstance(value, float) and value.is_integer() and math.isfinite(value):
        return str(int(value))
    if not isinstance(value, str | int | float) and type(value).__module__ != "numpy":
        raise MalformedRecord(f'{where}: expected a string as "{column}", found {type(value).__name__}')
    if isinstance(value, str) and (bad := _SURROGATE.search(value)):
        raise UnpairedSurrogate(f'{where}, "{column}", character {bad.start()}: found half of a surrogate pair')
    return str(value)
