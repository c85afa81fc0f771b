"""Parquet files → documents, row by row: what cannot be read of a row costs that row, and no more memory than it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import EmptyText, InputError, MalformedRecord, MissingExtra
from corpus_lib.model import Failure
from corpus_lib.reading.documents import Columns, Document, document_or_failure
from corpus_lib.reading.sources import LARGEST, Source

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 256
"""Rows of a table in memory at a time."""


def parquet_rows(source: Source, encoding: str, columns: Columns) -> Iterator[Document | Failure]:
    """Yield the documents of a Parquet file, a few rows at a time (needs the extra ``scale``)."""
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtra(f"{source.where}: Parquet needs pyarrow: pip install corpus_lib[scale]") from error
    del encoding  # Parquet says itself how its strings are written
    number = 0
    with source.open() as stream:
        try:
            for row in _rows(stream if stream.seekable() else pa.BufferReader(stream.read()), source.where, columns):
                number += 1
                name = f"{source.id}:{number}"
                if bad := next((v for v in row.values() if isinstance(v, _Unreadable)), None):
                    message = f'{source.where}, row {number}: "{bad.column}" cannot be read ({bad.why})'
                    yield Failure(name, "reading", message)
                else:
                    yield document_or_failure(row, f"{source.where}, row {number}", name, columns)
        except InputError:
            raise
        except (pa.ArrowException, UnicodeDecodeError, ValueError, TypeError, KeyError, MemoryError) as error:
            raise MalformedRecord(f"{source.where}: not a sound Parquet file ({error})") from error
    if not number:
        raise EmptyText(f"{source.where}: the table holds no rows")


class _Unreadable:
    """What stands for a value that cannot be read."""

    def __init__(self, column: str, why: str) -> None:
        self.column, self.why = column, why


def _rows(stream: Any, where: str, columns: Columns) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq

    schema = pq.ParquetFile(stream).schema_arrow
    columns.refuse_unknown(schema.names, where)
    wanted = [c for c in (columns.text, *columns.named().values()) if c in schema.names]
    strings = [c for c in wanted if _is_of_characters(schema.field(c).type)]
    stream.seek(0)
    file = pq.ParquetFile(stream, read_dictionary=strings)  # a small file may repeat a long string without end
    _refuse_large(file.metadata, wanted, where)
    flat = all(c in strings or schema.field(c).type.num_fields == 0 for c in wanted)
    for batch in file.iter_batches(batch_size=_ROWS if flat else 1, columns=wanted):
        cells = [_values(batch.column(i), name) for i, name in enumerate(batch.schema.names)]
        for row in zip(*cells, strict=True):
            yield dict(zip(batch.schema.names, row, strict=True))


def _is_of_characters(kind: pa.DataType) -> bool:
    import pyarrow as pa

    names = ("is_string", "is_large_string", "is_string_view", "is_binary", "is_large_binary")
    return any(is_(kind) for name in names if (is_ := getattr(pa.types, name, None)))


def _refuse_large(metadata: Any, wanted: list[str], where: str) -> None:
    """Raise `InputError` where a part of a column is larger, unpacked, than any articles are."""
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        for j in range(group.num_columns):
            column = group.column(j)
            if column.path_in_schema.split(".")[0] in wanted and column.total_uncompressed_size > LARGEST:
                raise InputError(
                    f'{where}: "{column.path_in_schema}" holds {column.total_uncompressed_size} bytes in one part, '
                    f"expected at most {LARGEST}"
                )


def _values(column: pa.Array, name: str) -> list[Any]:
    """Return the values of a column; one that cannot be read comes as what says so."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        places = column.indices.to_pylist()  # of a dictionary that may be as long as the table
        known = {at: None if at is None else _value(column.dictionary[at], name) for at in set(places)}
        return [known[at] for at in places]
    if pa.types.is_temporal(column.type):
        return [_moment(value) for value in column]
    try:
        found: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        return [_value(value, name) for value in column]
    return found


def _value(value: Any, name: str) -> Any:
    try:
        return value.as_py()
    except (ValueError, OverflowError) as error:
        return _Unreadable(name, str(error))


def _moment(value: Any) -> Any:
    """Return a date or time; as a number, which is no date to anybody, where Python knows no such year or zone."""
    try:
        return value.as_py()
    except Exception:  # each library of time zones has errors of its own
        return f"{value.type} {value.value}"
