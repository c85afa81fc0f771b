"""Tables of words on a terminal, as CSV and as JSON Lines."""

from __future__ import annotations

import json
import math
import sys
import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus_lib.cli.common import WIDTH, visible
from corpus_lib.render import counted
from corpus_lib.spreadsheet import MARK, Table

if TYPE_CHECKING:
    from corpus_lib.words import Result

_FIRST = {
    "reference_count": (
        "word", "count", "reference_count", "documents", "log_ratio", "low_documents", "high_documents", "p_documents",
        "low", "high", "p_holm",
    ),
    "together": ("word", "together", "expected", "count", "documents", "log_dice", "mi", "g2", "delta_p", "p_holm"),
    "ngram": ("ngram", "count", "per_million", "documents", "log_dice", "mi", "g2"),
}  # fmt: skip
"""The columns that a table on a terminal shows, by a column that it has; csv and jsonl have all."""

_LEAST_CONTEXT = 20
"""How many characters of a line are shown on either side at least, however long the document's id is."""


def print_result(result: Result, format: str, measure: str | None = None, *, excel: bool = False) -> None:
    """Print a result as ``table``, ``csv`` or ``jsonl``; in a table, the column of a measure is shown in any case."""
    if format == "table":
        _print_table(result, measure)
    elif format == "csv":
        _print_csv(result, excel=excel)
    else:
        _print_jsonl(result)


def _print_table(result: Result, measure: str | None) -> None:
    """Print a result to read: title, description, the most telling columns, notes."""
    print(textwrap.shorten(visible(result.title), WIDTH, placeholder=" …"))
    print("\n".join(textwrap.wrap(visible(result.description), WIDTH)) + "\n")
    if "node" in result.frame.columns:
        print(_lines(result.frame.to_dict("records")))
        left = 0
    else:
        shown, left = _fitting(result, measure)
        print(shown)
    print()
    for note in result.notes:
        print("\n".join(textwrap.wrap(visible(note), WIDTH, initial_indent="· ", subsequent_indent="  ")))
    if left:
        print(f"· {counted(left, 'more column')} with --format csv or jsonl")


def _fitting(result: Result, measure: str | None) -> tuple[str, int]:
    """Return as many columns as a terminal has room for, the one that orders the rows among them; and how many not."""
    every = list(result.frame.columns)
    first = next((names for mark, names in _FIRST.items() if mark in every), tuple(every))
    names = [n for n in first if n in every and not (n in ("low", "high") and "low_documents" in every)]
    if measure in every and measure not in names:
        names.insert(min(4, len(names)), measure)
    while True:
        rows = [[str(n), *map(_cell, row)] for n, row in enumerate(result.frame[names].itertuples(index=False), 1)]
        table = _aligned(["", *names], rows)
        if len(names) < 3 or max(map(len, table.splitlines())) <= WIDTH:
            return table, len(every) - len(names)
        names.pop(-1 if names[-1] != measure else -2)


def _lines(rows: Sequence[Mapping[Any, Any]]) -> str:
    """Return the lines of a concordance: what is before, what was found, what follows, who says it, where."""
    nodes = [visible(str(row["node"])) for row in rows]
    places = [
        (f"{visible(str(row['speaker']))}, " if row.get("speaker") else "")
        + f"{visible(str(row['document']))} {row['start']}–{row['end']}"
        for row in rows
    ]
    widest = max(map(len, nodes), default=0)
    room = max(_LEAST_CONTEXT, (WIDTH - widest - max(map(len, places), default=0) - 9) // 2)
    lines = []
    for number, (row, node, place) in enumerate(zip(rows, nodes, places, strict=True), 1):
        before, after = visible(str(row["left"]))[-room:], visible(str(row["right"]))[:room]
        lines.append(f"{number:>3} {before:>{room}} [{node}] {after:<{room}}{'':<{widest - len(node)}} {place}")
    return "\n".join(lines)


def _aligned(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns, words to the left and numbers to the right; long names take two lines."""
    heads = [name.partition("_") for name in names]
    above = [first if line else "" for first, line, _ in heads]
    below = [rest or first for first, _, rest in heads]
    head = [above, below] if any(above) else [below]
    widths = [max(len(row[i]) for row in (*head, *rows)) for i in range(len(names))]
    lines = []
    for row in (*head, *rows):
        cells = (f"{c:<{w}}" if i == 1 else f"{c:>{w}}" for i, (c, w) in enumerate(zip(row, widths, strict=True)))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        if math.isnan(value):
            return "–"
        small = value != 0 and abs(value) < 0.001
        return f"{value:.0e}" if small else f"{value:.0f}" if abs(value) >= 1000 else f"{value:.2f}"
    return textwrap.shorten(visible(str(value)), 40, placeholder="…")


def _print_csv(result: Result, *, excel: bool) -> None:
    """Print all columns as CSV; text that a spreadsheet would take for a formula is set off by an apostrophe."""
    sys.stdout.write(MARK if excel else "")
    table = Table(sys.stdout, result.frame.columns, excel=excel)
    for row in result.frame.itertuples(index=False, name=None):
        table.add("" if _unknown(v) else v for v in row)


def _print_jsonl(result: Result) -> None:
    """Print one JSON object for each row; what is unknown or infinite is null."""
    for row in result.frame.itertuples(index=False, name=None):
        values = (v.item() if hasattr(v, "item") else v for v in row)
        record = {n: None if _unknown(v) else v for n, v in zip(result.frame.columns, values, strict=True)}
        print(json.dumps(record, ensure_ascii=False))


def _unknown(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value))
