"""A store → files that other programs open: CSV, Parquet, JSON Lines; a batch in memory at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from corpus_lib.corpus.schema import HEAVY, TABLES, arrow_schema, parquet
from corpus_lib.corpus.store import Store
from corpus_lib.errors import StoreError, UnknownTable
from corpus_lib.spreadsheet import table as csv_table
from corpus_lib.writing import opened, replacing

ExportFormat = Literal["csv", "parquet", "jsonl"]


def export(store: Store, path: Path, format: str, *, excel: bool = False) -> tuple[Path, ...]:
    """Write a store's tables (or, as JSON Lines, its analyses) and return the files.

    Raises
    ------
    UnknownTable
        If there is no such format, or ``excel`` is asked of another than CSV.
    StoreError
        If the files cannot be written.
    """
    if format not in _WRITERS:
        raise UnknownTable(f"no format {format!r}; there are {', '.join(_WRITERS)}")
    if excel and format != "csv":
        raise UnknownTable(f"{format} is not for spreadsheets; csv is")
    try:
        return (partial(_csv, excel=True) if excel else _WRITERS[format])(store, path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror or error})") from error


def _columns(table: str) -> list[str]:
    return [c for c in TABLES[table] if c not in HEAVY.get(table, ())]


def _csv(store: Store, folder: Path, *, excel: bool = False) -> tuple[Path, ...]:
    """Write a CSV file (UTF-8) a table; what would be a formula to a spreadsheet is set off by an apostrophe."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table in TABLES:
        file = folder / f"{table}.csv"
        with csv_table(file, _columns(table), excel=excel) as out:
            for part in store.tables(table):
                for row in zip(*(column.to_pylist() for column in part.columns), strict=True):
                    out.add(row)
        files.append(file)
    return tuple(files)


def _parquet(store: Store, folder: Path) -> tuple[Path, ...]:
    """Write a Parquet file a table."""
    import pyarrow as pa

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for table in TABLES:
        file, schema = folder / f"{table}.parquet", pa.schema([arrow_schema(table).field(c) for c in _columns(table)])
        with replacing(file) as whole, parquet().ParquetWriter(whole, schema, compression="zstd") as writer:
            for part in store.tables(table):
                writer.write_table(part.cast(schema))
        files.append(file)
    return tuple(files)


def _json_lines(store: Store, file: Path) -> tuple[Path, ...]:
    """Write the wire format, a line an article that was analysed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with opened(file) as out:
        for part in store.tables("articles", ["record"]):
            out.writelines(f"{record}\n" for record in part.column("record").to_pylist() if record is not None)
    return (file,)


_WRITERS: dict[str, Callable[[Store, Path], tuple[Path, ...]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "jsonl": _json_lines,
}
