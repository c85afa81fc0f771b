"""Tables as CSV that a spreadsheet opens without taking a cell for a formula, whatever it parts cells by."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from corpus_lib.writing import opened

MARK = "\ufeff"
"""The byte-order mark, by which a spreadsheet knows UTF-8."""

_SIGNS = "=+\\-@\t\r\n＝＋－＠"
_FORMULA = re.compile(rf"(^|[;,\t\r\n|][\s\"]*)('*)(?=[{_SIGNS}])")
"""Where a cell may begin like a formula: at the beginning, and behind what another program may part cells by."""

_SET_OFF = re.compile(rf"(^|[;,\t\r\n|][\s\"]*)'('*)(?=[{_SIGNS}])")


def set_off(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: an apostrophe before what begins like one.

    A program that parts cells by another sign than the file does sees cells begin within a text, too.

    >>> set_off("-Nei"), set_off("Nei"), set_off("ja;=1+1")
    ("'-Nei", 'Nei', "ja;'=1+1")
    """
    return _FORMULA.sub(r"\1'\2", text)


def as_written(text: str) -> str:
    """Return text without the apostrophes that `set_off` puts into it.

    >>> as_written("'-Nei"), as_written("'ja'"), as_written("ja;'=1+1")
    ('-Nei', "'ja'", 'ja;=1+1')
    """
    return _SET_OFF.sub(r"\1\2", text)


class Table:
    """Rows of a table, written one by one.

    Parameters
    ----------
    file
        Where they go.
    excel
        As Norwegian spreadsheets have it: ``;`` between cells, a comma in decimal numbers.
    """

    def __init__(self, file: Written, columns: Iterable[str], *, excel: bool = False) -> None:
        self._excel = excel
        self._writer = csv.writer(file, delimiter=";" if excel else ",")
        self._writer.writerow(list(columns))

    def add(self, row: Iterable[object]) -> None:
        """Write a row; text is set off where it begins like a formula, None is an empty cell."""
        self._writer.writerow([self._cell(value) for value in row])

    def _cell(self, value: object) -> object:
        if isinstance(value, str):
            return set_off(value)
        return str(value).replace(".", ",") if self._excel and isinstance(value, float) else value


class Written(Protocol):
    """Something that text is written to."""

    def write(self, text: str, /) -> object:
        """Take some text."""


@contextmanager
def table(path: str | Path, columns: Iterable[str], *, excel: bool = False) -> Iterator[Table]:
    """Give a CSV file (UTF-8) to add rows to; it is there whole or not at all.

    Parameters
    ----------
    excel
        With a byte-order mark, ``;`` between cells and decimal commas, so that Norwegian spreadsheets open it as it is.
    """
    with opened(path, newline="", encoding="utf-8-sig" if excel else "utf-8") as file:
        yield Table(file, columns, excel=excel)
