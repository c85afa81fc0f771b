"""Corrections in a spreadsheet: a CSV with a row a record, to fill in and read back.

Write ``accept``, ``change``, ``delete`` or ``add`` under ``action`` and mend the other cells; a row without
an action decides nothing. A new row needs the record, the action ``add`` and the words under ``text``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from corpus_lib.corrections.described import FIELDS, MAY_BE_EMPTY, SEVERAL, SPANS
from corpus_lib.corrections.layer import (
    Action,
    Analysed,
    Correction,
    Layer,
    Record,
    RecordType,
    checked,
    extent,
    records_of,
    values_of,
)
from corpus_lib.corrections.sampling import Sample
from corpus_lib.errors import InputError, SchemaError, WouldDestroy
from corpus_lib.model import Span, sha256
from corpus_lib.reading.tables import LONG_FIELDS
from corpus_lib.render import counted
from corpus_lib.spreadsheet import as_written, table
from corpus_lib.writing import refuse_folder_name

_CUT = 32_000
"""Spreadsheets keep some 32,767 characters of a cell."""

_VALUES = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))
COLUMNS = (
    "doc", "sha256", "record", "action", "start", "end", "text", *_VALUES, "confidence", "sample", "by", "at", "note",
)  # fmt: skip


def write_worksheet(
    analyses: Sequence[Analysed],
    path: str | Path,
    *,
    chosen: Sample | None = None,
    layers: Iterable[Layer] = (),
    excel: bool = False,
    force: bool = False,
) -> Path:
    """Write a worksheet of all records, or of those a sample chose, and return the file.

    Parameters
    ----------
    layers
        Corrections already made; they are written as they were decided.
    excel
        As Norwegian spreadsheets have it: ``;`` between cells, and a byte-order mark.
    force
        Whether a file with decisions in it, or one that is no worksheet, may be replaced.

    Raises
    ------
    WouldDestroy
        If such a file stands there.
    CannotWrite
        If the system refuses.
    """
    made = {(a.doc, c.record, c.span): c for a in layers for c in a.corrections}
    drawn = None if chosen is None else {(doc, kind, extent(r)) for doc, kind, r in chosen.items}
    how = chosen.how if chosen else ""
    refuse_folder_name(path)
    place = Path(path)
    if not force and (why := _worth_keeping(place)):
        raise WouldDestroy(f"{place}: {why}; give another file")
    with table(place, COLUMNS, excel=excel) as file:
        for analysis in analyses:
            for kind, record in records_of(analysis):
                key = (analysis.article.id, kind, extent(record))
                if drawn is None or key in drawn:
                    row = _row(analysis, kind, record, made.get(key)) | {"sample": how}
                    file.add(row.get(name, "") for name in COLUMNS)
    return place


def _worth_keeping(file: Path) -> str:
    """Say what would be lost if a file were replaced by a worksheet: nothing where it is one that nobody filled in."""
    if not file.is_file() or not file.stat().st_size:
        return ""
    try:
        decided = sum(bool(row["action"].strip()) for _, row in read_rows(file, ("doc", "record", "action")))
    except SchemaError:
        return "is no worksheet"
    return f"holds {counted(decided, 'decision')} made by hand" if decided else ""


def _row(analysis: Analysed, kind: RecordType, record: Record, made: Correction | None) -> dict[str, str]:
    span = extent(record)
    values = values_of(analysis, record) | (dict(made.values) if made else {})
    about = {"action": made.action, "by": made.by, "at": made.at, "note": made.note} if made else {}
    return {
        "doc": analysis.article.id,
        "sha256": analysis.article.sha256,
        "record": kind,
        "start": str(span.start),
        "end": str(span.end),
        "text": span.of(analysis.article.text),
        "confidence": f"{record.confidence:.2f}",
        **{name: _cell(name, value) for name, value in values.items()},
        **about,
    }


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in SPANS:
        pairs = value if name in SEVERAL else [value]
        return " ".join(f"{start}:{end}" for start, end in pairs)
    return str(value)


def read_worksheet(path: str | Path, analyses: Sequence[Analysed], *, by: str = "", at: str = "") -> tuple[Layer, ...]:
    """Read the decisions of a worksheet, a layer for each article that has any.

    Parameters
    ----------
    analyses
        The analyses it was written from; words that are added are looked up in their texts.
    by, at
        Who decided and when, for rows that do not say.

    Raises
    ------
    SchemaError
        If a row decides something that cannot be; the message names the row and the cell.
    """
    place = Path(path)
    texts = {a.article.id: a.article.text for a in analyses}
    hashes = {a.article.id: a.article.sha256 for a in analyses}
    whole = {doc for doc, text in texts.items() if sha256(text) == hashes[doc]}  # else blank between what is quoted
    found: dict[tuple[str, str], list[Correction]] = {}
    for number, row in read_rows(place, ("doc", "record", "action", "text")):
        if not row["action"].strip():
            continue
        where = f"{place.name}, row {number}"
        doc = row["doc"]
        if doc not in texts:
            raise SchemaError(f"{where}: no article {doc!r} among those given")
        correction = _correction(row, texts[doc], where, by=by, at=at)
        if (row.get("sha256") or hashes[doc]) == hashes[doc] and doc in whole:
            _refuse_other_words(correction, row["text"], texts[doc], where)
        found.setdefault((doc, row.get("sha256") or hashes[doc]), []).append(correction)
    return tuple(Layer(doc, sha).with_(*corrections) for (doc, sha), corrections in found.items())


def read_rows(file: Path, needed: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows of a CSV, with their line numbers, as a spreadsheet left it: «,» or «;», with or without a BOM.

    Raises
    ------
    SchemaError
        If it is no CSV in UTF-8, or one of the columns needed is missing.
    InputError
        If the file cannot be read.
    """
    number = 1
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            first = opened.readline()
            opened.seek(0)
            reader = csv.reader(opened, delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
            header = _header(_next(reader) or [], needed, file.name)
            while (row := _next(reader)) is not None:
                if row:
                    number += 1
                    yield number, _cells(header, row, f"{file.name}, row {number}")
    except UnicodeDecodeError as error:
        raise SchemaError(
            f"{file.name}: not UTF-8 (0x{error.object[error.start]:02x}); save it as «CSV UTF-8» in the spreadsheet"
        ) from error
    except csv.Error as error:
        raise SchemaError(f"{file.name}, after row {number}: not CSV ({error})") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    with LONG_FIELDS.allowed():
        return next(reader, None)


def _header(names: Sequence[str], needed: Iterable[str], where: str) -> list[str]:
    found = [name.strip("\ufeff") for name in names]
    if missing := sorted(set(needed) - set(found)):
        raise SchemaError(f"{where}: the columns {', '.join(missing)} are missing")
    if twice := next((name for name in found if name and found.count(name) > 1), None):
        raise SchemaError(f"{where}: the column {twice!r} stands twice")
    return found


def _cells(header: Sequence[str], row: Sequence[str], where: str) -> dict[str, str]:
    if any(row[len(header) :]):
        raise SchemaError(f"{where}: found {len(row)} cells, expected {len(header)}")
    filled = [*row, *[""] * (len(header) - len(row))]
    return {name: as_written(value) for name, value in zip(header, filled, strict=False) if name}


def _correction(row: Mapping[str, str], text: str, where: str, *, by: str, at: str) -> Correction:
    record = row["record"].strip()
    span = anchor(row, row["text"], text, where)
    names = FIELDS.get(record, ())
    values = {name: _value(name, row[name], where) for name in names if name in row}
    action = row["action"].strip().lower()
    if action == "delete":
        values = {}
    correction = Correction(
        action=cast(Action, action),
        record=cast(RecordType, record),
        start=span.start,
        end=span.end,
        text=span.of(text),
        values={k: v for k, v in values.items() if v not in (None, []) or k in MAY_BE_EMPTY},
        by=row.get("by") or by,
        at=row.get("at") or at,
        note=row.get("note", ""),
    )
    return checked(correction, where)


def _refuse_other_words(correction: Correction, words: str, text: str, where: str) -> None:
    """Raise `SchemaError` where a row's span lies outside the text, or other words than the row's stand there."""
    if correction.end > len(text):
        raise SchemaError(f"{where}: the span {correction.start}–{correction.end} lies outside {len(text)} characters")
    said, there = "".join(words.split()), "".join(correction.text.split())
    if said and said != there and not (len(words) >= _CUT and there.startswith(said)):
        raise SchemaError(
            f"{where}: {correction.text[:40]!r} stands at {correction.start}–{correction.end}, found {words[:40]!r}; "
            "to mend the words change the span"
        )


def anchor(row: Mapping[str, str], words: str, text: str, where: str) -> Span:
    """Return the span of a row: as given, or where its words stand, if they stand in one place only."""
    if row.get("start", "").strip() and row.get("end", "").strip():
        try:
            return Span(int(row["start"]), int(row["end"]))
        except ValueError as error:
            cells = f"{row['start']!r}, {row['end']!r}"
            raise SchemaError(f"{where}: start and end are whole numbers, found {cells}") from error
    if not words or text.count(words) != 1:
        times = text.count(words) if words else 0
        raise SchemaError(f"{where}: {words[:40]!r} stands {times} times in the article; give start and end")
    start = text.index(words)
    return Span(start, start + len(words))


def _value(name: str, cell: str, where: str) -> Any:
    if name not in SPANS:
        return cell.strip() or None
    try:
        pairs = [[int(part) for part in pair.split(":")] for pair in cell.split()]
    except ValueError as error:
        raise SchemaError(f"{where}: {name} takes spans such as 45:80, found {cell!r}") from error
    if any(len(pair) != 2 or pair[0] >= pair[1] for pair in pairs):
        raise SchemaError(f"{where}: {name} takes spans such as 45:80, found {cell!r}")
    return pairs if name in SEVERAL else (pairs[0] if pairs else None)
