"""Analyses as a workbook for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.errors import MissingExtra
from corpus_lib.tables import TABLES
from corpus_lib.writing import replacing

_CELL = 32_767
"""Characters that a cell of a workbook holds."""

_ROWS = 1_048_576
"""Rows that a sheet holds."""


def write_workbook(analyses: Sequence[Analysis], path: Path) -> Path:
    """Write a workbook (.xlsx), a sheet a table, and return the file; no text becomes a formula or a link.

    Raises
    ------
    MissingExtra
        If XlsxWriter is not installed.
    """
    if find_spec("xlsxwriter") is None:
        raise MissingExtra("workbooks need XlsxWriter: pip install 'corpus_lib[notebook]'")
    from xlsxwriter import Workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with replacing(path) as unfinished, Workbook(str(unfinished), options) as book:
        bold = book.add_format({"bold": True})
        for name, columns in TABLES.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns, bold)
            sheet.freeze_panes(1, 0)
            for place, row in enumerate(_rows(analyses, name), 1):
                if place < _ROWS:
                    sheet.write_row(place, 0, [_cell(value) for value in row])
    return path


def _rows(analyses: Sequence[Analysis], table: str) -> Iterator[tuple[object, ...]]:
    for analysis in analyses:
        yield from analysis.rows(table)


def _cell(value: object) -> object:
    return value[:_CELL] if isinstance(value, str) else value
