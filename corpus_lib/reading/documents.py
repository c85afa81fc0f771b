"""Records → documents: text exactly as it was given, with an id of its own and what came with it."""

from __future__ import annotations

import datetime
import math
import numbers
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from corpus_lib.errors import ControlCharacters, EmptyText, InputError, MalformedRecord, UnpairedSurrogate
from corpus_lib.language.dates import find_dates, month_of
from corpus_lib.model import Failure, Metadata

LARGE = 5_000_000
"""Characters from which an article is named as unusually large."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]|$)")
_MIDNIGHT = "T00:00:00"
_NOTHING = {"NaT", "<NA>", "nan"}
_SHOWN = 40
_MOST_NAMES = 20
"""How many columns a message names."""


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

    def asked_for(self) -> set[str]:
        """Return the columns beside the text that were asked for by another name than their usual one.

        >>> Columns(text="body", id="url").asked_for()
        {'url'}
        """
        return {column for held, column in self.named().items() if column != held}

    def refuse_unknown(self, found: Iterable[object], where: str) -> None:
        """Raise `MalformedRecord` where a table lacks the text, or a column that was asked for."""
        names = list(found)
        if missing := [c for c in (self.text, *sorted(self.asked_for())) if c not in names]:
            raise MalformedRecord(f'{where}: there is no column "{missing[0]}"; columns found: {listed(names)}')


def listed(names: Collection[object]) -> str:
    """Return names for a message: the first ones, each no longer than it can be read.

    >>> listed(range(100))
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 80 more'
    """
    shown = ", ".join(_short(name) for name in islice(names, _MOST_NAMES)) or "none"
    return shown if len(names) <= _MOST_NAMES else f"{shown} and {len(names) - _MOST_NAMES} more"


def _short(value: object) -> str:
    try:
        text = str(value)
    except ValueError:  # Python writes no whole number of so many digits
        return "a number of very many digits"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


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
    if not isinstance(record, Mapping):
        raise MalformedRecord(f'{where}: expected an object with a string "{columns.text}", found {_kind(record)}')
    text = record.get(columns.text)
    if not isinstance(text, str):
        what = f"is {_kind(text)}, expected a string"
        if columns.text not in record:
            what = f"is missing, expected a string; columns found: {listed(record)}"
        raise MalformedRecord(f'{where}: "{columns.text}" {what}')
    values = {held: _string(record.get(column), column, where) for held, column in columns.named().items()}
    name = values.pop("id", None)
    date, noted = iso_date(values.pop("date", None))
    return Document(name or default_id, text, Metadata(date=date, **values), (*check_text(text, where), *noted))


def _kind(value: object) -> str:
    """Say what stands where a string should.

    >>> _kind(5), _kind(["a", "b"]), _kind(float("nan"))
    ('a number (5)', 'a list of 2', 'nothing (nan)')
    """
    if isinstance(value, bool):
        return f"a truth value ({value})"
    if value is None or (not isinstance(value, str) and _is_nothing(value)):
        return f"nothing ({value})"
    if isinstance(value, numbers.Real):
        return f"a number ({_short(value)})"
    if isinstance(value, list | tuple) or _is_array(value):
        return f"a list of {len(value)}"  # type: ignore[arg-type]
    return f"an object ({type(value).__name__})"


def _is_array(value: object) -> bool:
    return bool(getattr(value, "ndim", False))


def _is_nothing(value: object) -> bool:
    """Say whether a value that is no string is what tables write where nothing is known."""
    return not isinstance(value, list | dict) and not _is_array(value) and _short(value) in _NOTHING


def iso_date(found: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return a date in ISO 8601, as exact as it was given, and a warning where it is none.

    >>> iso_date("26.01.2022"), iso_date("2022-01"), iso_date("20220126")
    (('2022-01-26', ()), ('2022-01', ()), ('2022-01-26', ()))
    >>> iso_date("1643155200")
    (None, ("the date '1643155200' is not a date in ISO 8601 or Norwegian form, left out",))
    """
    date = None if found is None else _iso(found.strip())
    if found is None or date is not None:
        return date, ()
    return None, (f"the date {found[:_SHOWN]!r} is not a date in ISO 8601 or Norwegian form, left out",)


def _iso(found: str) -> str | None:
    if found.isdecimal() and len(found) != len("20220126"):
        return found if found.isascii() and len(found) == len("2022") and int(found) else None
    if month_of(found):
        return found
    try:
        moment = datetime.datetime.fromisoformat(found)
    except ValueError:
        dates = find_dates(found)
        return dates[0].iso if len(dates) == 1 and (dates[0].start, dates[0].end) == (0, len(found)) else None
    return found.replace(" ", "T", 1) if _DAY.match(found) else moment.isoformat().removesuffix(_MIDNIGHT)


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
    if value is None or (not value if isinstance(value, str) else _is_nothing(value)):
        return None
    if isinstance(value, datetime.date):
        return value.isoformat().removesuffix(_MIDNIGHT)
    if isinstance(value, float) and value.is_integer() and math.isfinite(value):
        return str(int(value))
    if _is_array(value) or not (isinstance(value, str | int | float) or type(value).__module__ == "numpy"):
        raise MalformedRecord(f'{where}: expected a string as "{column}", found {_kind(value)}')
    if isinstance(value, str) and (bad := _SURROGATE.search(value)):
        raise UnpairedSurrogate(f'{where}, "{column}", character {bad.start()}: found half of a surrogate pair')
    try:
        return str(value)
    except ValueError as error:
        raise MalformedRecord(f'{where}: expected a string as "{column}", found {_short(value)}') from error
