"""The tables of a corpus store: their columns, types and meaning, as Parquet holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus_lib import tables
from corpus_lib.errors import MissingExtra
from corpus_lib.fields import METADATA, RECORD, Description, Type
from corpus_lib.tables import Column

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = tuple[object, ...]
Rows = dict[str, list[Row]]


def _of(described: Description[Any], shown: str) -> Column:
    found = described.field(shown)
    return Column(found.header, found.form.type, found.meaning)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "articles": (
        _of(RECORD, "doc"),
        _of(RECORD, "sha256"),
        Column(
            "copy_of", "string",
            "doc of the article with the same text that was analysed in this one's place; null for one analysed",
        ),
        _of(RECORD, "language"),
        *(_of(METADATA, f.shown) for f in METADATA.fields),
        Column("characters", "int64", "length of the text in code points"),
        Column("n_quotes", "int64", "how many quotations were found"),
        Column("n_demands", "int64", "how many demands were found"),
        Column("n_responses", "int64", "how many answers were found"),
        _of(RECORD, "warnings"),
        Column("text", "string", "the text as it was read"),
        Column("record", "string", "the whole analysis, JSON of the wire format corpus_lib/1; null for copies"),
    ),
    **tables.COLUMNS,
    "errors": (
        _of(RECORD, "doc"),
        Column("stage", "string", "what was going on: reading, structure, analysis, time, size, worker, store"),
        Column("message", "string", "what went wrong: where, what was found, what was expected"),
    ),
}  # fmt: skip
"""The tables and their columns, in order."""

TABLES: Mapping[str, tuple[str, ...]] = {table: tuple(c.name for c in columns) for table, columns in COLUMNS.items()}
"""The names of the columns of each table."""

HEAVY = {"articles": ("record",)}
"""Columns that a frame leaves out unless they are asked for."""

MEANING: Mapping[str, Mapping[str, str]] = {t: {c.name: c.meaning for c in cs} for t, cs in COLUMNS.items()}
"""What each column of each table holds."""

_TYPES: Mapping[str, Type] = {c.name: c.type for columns in COLUMNS.values() for c in columns}


def type_of(column: str) -> Type:
    """Return a column's type, which is the same in every table.

    >>> type_of("start"), type_of("speaker")
    ('int64', 'string')
    """
    return _TYPES[column]


def parquet() -> Any:
    """Return the module ``pyarrow.parquet``.

    Raises
    ------
    MissingExtra
        If pyarrow is not installed.
    """
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("a corpus store needs pyarrow: pip install corpus_lib[scale]") from error
    return pyarrow.parquet


def arrow_schema(table: str) -> pa.Schema:
    """Return a table's schema; every field carries its meaning."""
    import pyarrow as pa

    types = {"string": pa.string(), "int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    return pa.schema([pa.field(c.name, types[c.type], metadata={"meaning": c.meaning}) for c in COLUMNS[table]])


def encode(table: str, rows: Sequence[Row]) -> bytes:
    """Return rows as the bytes of a Parquet file."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) or [() for _ in schema]
    arrays = [
        pa.array([_value(v, field.name) for v in c], field.type) for c, field in zip(columns, schema, strict=True)
    ]
    return encoded(pa.Table.from_arrays(arrays, schema=schema))


def encoded(table: pa.Table) -> bytes:
    """Return an Arrow table as the bytes of a Parquet file."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    parquet().write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())


def _value(value: object, column: str) -> object:
    return str(value) if value is not None and type_of(column) == "string" else value


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame with the types of `Analysis.frame`: text as objects, None for nothing."""
    import pandas as pd

    columns = {name: table.column(name) for name in table.column_names}
    arrays = {
        n: pd.Series(c.to_numpy(), dtype="object" if type_of(n) == "string" else type_of(n)) for n, c in columns.items()
    }
    return pd.DataFrame(arrays, columns=table.column_names)
