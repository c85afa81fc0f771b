"""Makers of malformed files: a sound one, and something in it that is not as it was."""

from __future__ import annotations

import copy
import csv
import io
import json
from typing import Any

from hypothesis import strategies as st

ODD = (
    None, True, False, 0, -1, 1, 2, 10**9, 10**30, -0.5, 0.5, 1e308, float("inf"), float("nan"), "", " ", "a1", "q1",
    "d1", "x" * 500, "\ud800", "\x00", "\u202e", "../../victim.txt", "../secret", "/etc/passwd", "=1+1", [], [None],
    [[]], [0, 1], [5, 2], [-3, 3], [0, 10**9], {}, {"start": 0, "end": 0}, {"start": 5, "end": 2, "text": ""},
    {"start": -4, "end": -1, "text": "abc"}, {"start": 0, "end": 10**9, "text": "x"},
    {"start": 0, "end": 3, "text": "xyz"}, {"id": "q1"}, {"": {"": []}}, {"$ref": "#"},
)  # fmt: skip
"""Values that stand where others should."""

CELLS = (
    "", "x", "-1", "0", "999999", "1e9", "0:3", "3:0", "-1:4", "0:99999999", "0:1:2", "accept", "change", "add",
    "delete", "quote", "speaker", "nobody", "Kari Lie; Per Lund", "\ufeff", "\x00", "a\nb", "'=1", "9" * 5000,
    "x" * 200_000,
)  # fmt: skip
"""Cells of a table that stand where others should."""

BAD_BYTES = (
    b"",
    b"\x00",
    b"\xff",
    b"\xe5",
    b"\xed\xa0\x80",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\n",
    b"\r",
    b",",
    b";",
    b"9" * 5000,
)


@st.composite
def spoilt(draw: st.DrawFn, sound: Any) -> Any:
    """Return a copy of plain values with one to three of them replaced, removed, doubled or moved."""
    made = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        holder, key = _spot(draw, made)
        if holder is None:
            return copy.deepcopy(draw(st.sampled_from(ODD)))
        _spoil(draw, holder, key)
    return made


def _spot(draw: st.DrawFn, made: Any) -> tuple[Any, Any]:
    """Return a dictionary or list within plain values and a key in it, drawn on the way down."""
    holder, key, here = None, None, made
    while isinstance(here, dict | list) and here:
        if holder is not None and not draw(st.integers(0, 3)):
            break
        key = draw(st.sampled_from(sorted(here, key=str) if isinstance(here, dict) else range(len(here))))
        holder, here = here, here[key]
    return holder, key


def _spoil(draw: st.DrawFn, holder: Any, key: Any) -> None:
    how = draw(st.sampled_from(("odd", "odd", "odd", "gone", "twice", "more", "bigger", "other")))
    value = holder[key]
    if how == "gone":
        del holder[key]
    elif how == "twice" and isinstance(holder, list):
        holder.append(copy.deepcopy(value))
    elif how == "more":
        holder[key] = [value] if draw(st.booleans()) else {"text": value}
    elif how == "bigger" and isinstance(value, int):
        holder[key] = value + draw(st.sampled_from((1, -1, 100, 10**6, 2**31, 2**63)))
    elif how == "other" and isinstance(holder, dict):
        holder[draw(st.sampled_from(("text", "id", "start", "ukjent", "")))] = holder.pop(key)
    else:
        holder[key] = copy.deepcopy(draw(st.sampled_from(ODD)))


@st.composite
def torn(draw: st.DrawFn, sound: bytes) -> bytes:
    """Return bytes with a bit flipped, a piece lost, or something put in."""
    at = draw(st.integers(0, max(0, len(sound) - 1)))
    how = draw(st.sampled_from(("flip", "cut", "lose", "put", "twice")))
    if how == "flip" and sound:
        return sound[:at] + bytes([sound[at] ^ (1 << draw(st.integers(0, 7)))]) + sound[at + 1 :]
    if how == "cut":
        return sound[:at]
    if how == "lose":
        return sound[:at] + sound[at + draw(st.integers(1, 40)) :]
    if how == "put":
        return sound[:at] + draw(st.sampled_from(BAD_BYTES)) + sound[at:]
    return sound[:at] + sound


def json_files(sound: Any) -> st.SearchStrategy[bytes]:
    """Return files of one JSON object in which something is wrong."""
    whole = json.dumps(sound, ensure_ascii=False).encode()
    return st.one_of(spoilt(sound).map(lambda data: json.dumps(data).encode()), torn(whole))


@st.composite
def _other_cells(draw: st.DrawFn, rows: list[list[str]]) -> bytes:
    made = copy.deepcopy(rows)
    for _ in range(draw(st.integers(1, 4))):
        row = draw(st.sampled_from(made))
        cells = st.sampled_from(CELLS)
        if row and draw(st.integers(0, 5)):
            row[draw(st.integers(0, len(row) - 1))] = draw(cells)
        else:
            row[len(row) // 2 :] = draw(st.sampled_from(([], ["x"] * 30)))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=draw(st.sampled_from(",;\t"))).writerows(made)
    return file.getvalue().encode(draw(st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16"))), "replace")


def csv_files(sound: bytes) -> st.SearchStrategy[bytes]:
    """Return CSV files in which something is wrong."""
    rows = list(csv.reader(io.StringIO(sound.decode("utf-8"), newline="")))
    return st.one_of(_other_cells(rows), torn(sound))
