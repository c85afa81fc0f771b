"""CSV and Parquet: the frames of the analyses, a file a table; and the worksheet that is corrected and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.corrections import Corrected, apply, read_worksheet, write_worksheet
from corpus_lib.errors import MissingExtra, SchemaError
from corpus_lib.exchange.edited import read_tables
from corpus_lib.exchange.registry import Format
from corpus_lib.spreadsheet import table as csv_table
from corpus_lib.tables import TABLES
from corpus_lib.writing import replacing


def write_csv(analyses: Sequence[Analysis], folder: Path, *, excel: bool = False) -> tuple[Path, ...]:
    """Write a CSV file (UTF-8) for each table; ``excel``: as `corpus_lib.spreadsheet.table` has it."""
    files = []
    for table, columns in TABLES.items():
        file = folder / f"{table}.csv"
        with csv_table(file, columns, excel=excel) as out:
            for analysis in analyses:
                for row in analysis.rows(table):
                    out.add(row)
        files.append(file)
    return tuple(files)


def write_parquet(analyses: Sequence[Analysis], folder: Path) -> tuple[Path, ...]:
    """Write a Parquet file for each table."""
    if find_spec("pyarrow") is None:
        raise MissingExtra("parquet needs the package pyarrow: pip install 'corpus_lib[scale]'")
    import pandas as pd

    files = []
    for table in TABLES:
        file = folder / f"{table}.parquet"
        frames = [a.frame(table) for a in analyses]
        full = [f for f in frames if len(f)] or frames[:1]
        frame = pd.concat(full, ignore_index=True) if full else pd.DataFrame(columns=list(TABLES[table]))
        text = [c for c in frame.columns if frame[c].dtype == object and frame[c].dropna().map(_is_text).all()]
        with replacing(file) as unfinished:
            frame.astype(dict.fromkeys(text, "string")).to_parquet(unfinished, index=False)
        files.append(file)
    return tuple(files)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def write_corrections(analyses: Sequence[Analysis], file: Path, *, excel: bool = False) -> tuple[Path, ...]:
    """Write a worksheet: a row a record, to correct in a spreadsheet."""
    return (write_worksheet(analyses, file, excel=excel),)


def read_corrections(file: Path, originals: Mapping[str, Analysis]) -> tuple[Analysis, ...]:
    """Return the analyses that a worksheet was written from, with its corrections.

    Raises
    ------
    SchemaError
        If a row cannot be read, or decides about a record that is not there.
    """
    layers = {layer.doc: layer for layer in read_worksheet(file, list(originals.values()))}
    done = {d: apply(a, layers[d]) if d in layers else Corrected(a, ()) for d, a in originals.items()}
    for doc, corrected in done.items():
        for lost in corrected.unanchored:
            place = f"{lost.start}–{lost.end} ({lost.text[:40]!r})"
            raise SchemaError(f"{file.name}: {doc} has no {lost.record} at {place} in this text")
    return tuple(corrected.analysis for corrected in done.values())


FORMATS = (
    Format(
        "csv",
        "a CSV file a table, to read and correct in a spreadsheet",
        "",
        write_csv,
        read_tables,
        needs_text=False,
        excel=partial(write_csv, excel=True),
    ),
    Format(
        "worksheet",
        "one CSV to correct in a spreadsheet and read back",
        ".csv",
        write_corrections,
        read_corrections,
        needs_text=False,
        excel=partial(write_corrections, excel=True),
    ),
    Format("parquet", "a Parquet file a table, for pandas, R or DuckDB", "", write_parquet, needs_text=False),
)
