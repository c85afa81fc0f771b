"""The tables of the CSV export as somebody has edited them, read back as corrections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import Correction, Layer, apply, correct
from corpus_lib.corrections.layer import Action, Record, RecordType, extent, records_of, values_of
from corpus_lib.corrections.worksheet import anchor, read_rows
from corpus_lib.errors import InputNotFound, SchemaError
from corpus_lib.model import DENIES, Quote, Span

_TABLES: Mapping[str, tuple[RecordType, str, str, tuple[str, ...]]] = {
    "quotes": ("quote", "text", "segments", ("type", "speaker", "medium")),
    "demands": ("demand", "content", "content", ("actor", "addressees", "strength")),
    "responses": ("response", "evidence", "evidence", ("actor", "stance", "scope")),
}
"""Of each table: the kind of record, the column of its words, the field of its span, what may be edited."""

Rows = Mapping[str, tuple[str, dict[str, str]]]


def read_tables(folder: Path, originals: Mapping[str, Analysis]) -> tuple[Analysis, ...]:
    """Return the analyses that a CSV export was made of, with what was edited in its tables.

    In ``quotes.csv``, ``demands.csv`` and ``responses.csv`` names, types, stances and the span may be
    changed; a row that is gone is deleted, a row without an id is added. Other columns tell nothing new.

    Raises
    ------
    InputNotFound
        If none of the tables is there.
    SchemaError
        If a row cannot be read; the message names the file, the row and the cell.
    """
    files = {table: folder / f"{table}.csv" for table in _TABLES if (folder / f"{table}.csv").is_file()}
    if not files:
        raise InputNotFound(f"{folder}: none of {', '.join(f'{t}.csv' for t in _TABLES)}")
    found: dict[str, list[Correction]] = {doc: [] for doc in originals}
    for table, file in files.items():
        for doc, rows in _by_article(table, file, originals).items():
            found[doc] += _corrections(table, originals[doc], rows)
    layers = {doc: Layer(doc, a.article.sha256).with_(*found[doc]) for doc, a in originals.items()}
    return tuple(apply(a, layers[doc]).analysis for doc, a in originals.items())


def _by_article(table: str, file: Path, originals: Mapping[str, Analysis]) -> dict[str, Rows]:
    """Return the rows of each article by their id; a row without one by its number."""
    _, words, _, fields = _TABLES[table]
    rows: dict[str, dict[str, tuple[str, dict[str, str]]]] = {doc: {} for doc in originals}
    for number, row in read_rows(file, ("doc", "id", words, "start", "end", *fields)):
        where = f"{file.name}, row {number}"
        if row["doc"] not in rows:
            raise SchemaError(f"{where}: no article {row['doc']!r} among those given")
        key = row["id"].strip() or f"row {number}"
        if key in rows[row["doc"]]:
            raise SchemaError(f"{where}: the id {key!r} stands twice")
        rows[row["doc"]][key] = (where, row)
    return dict(rows)


def _corrections(table: str, analysis: Analysis, rows: Rows) -> Iterator[Correction]:
    kind = _TABLES[table][0]
    known = {r.id: r for k, r in records_of(analysis) if k == kind}
    for id_, record in known.items():
        if id_ not in rows:
            yield _made(analysis, "delete", kind, record, {})
        elif changes := _changes(table, analysis, record, *rows[id_]):
            yield _made(analysis, "change", kind, record, changes)
    for id_, (where, row) in rows.items():
        if id_ not in known:
            _, words, span_field, fields = _TABLES[table]
            span = anchor(row, row[words].removeprefix(DENIES), analysis.article.text, where)
            values = {name: row[name].strip() for name in fields if row[name].strip()}
            yield _made(analysis, "add", kind, span, values | {span_field: _span(span_field, span)})


def _made(
    analysis: Analysis, action: str, kind: RecordType, of: Record | Span, values: Mapping[str, Any]
) -> Correction:
    return correct(analysis, cast(Action, action), kind, of, by="", at="", note="edited table", **values)


def _span(field: str, span: Span) -> list[Any]:
    return [[span.start, span.end]] if field == "segments" else [span.start, span.end]


def _changes(table: str, analysis: Analysis, record: Record, where: str, row: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields that a row has otherwise than the record."""
    _, words, span_field, fields = _TABLES[table]
    values = values_of(analysis, record)
    changes: dict[str, Any] = {f: row[f].strip() or None for f in fields if (row[f].strip() or None) != values[f]}
    span = anchor(row, row[words].removeprefix(DENIES), analysis.article.text, where)
    if span != extent(record):
        if isinstance(record, Quote) and len(record.segments) > 1:
            raise SchemaError(f"{where}: the quotation has several parts; change its span in a worksheet")
        changes[span_field] = _span(span_field, span)
    return changes
