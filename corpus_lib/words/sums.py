"""Whether the files of an index are as they were written: a size and a checksum of each."""

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus_lib.errors import UnreadableIndex

_PIECE = 1 << 20
_SETTLED = 2_000_000_000
"""Nanoseconds after which another writing shows in a file's time, however coarse the clock of its disk."""

_MOST_FILES = 1024
"""As many files that were found sound are not read through again."""


def sum_of(file: Path | str) -> tuple[int, int]:
    """Return a file's size and the CRC-32 of its bytes, reading a piece at a time."""
    crc = size = 0
    with open(file, "rb", buffering=0) as stream:
        while piece := stream.read(_PIECE):
            crc, size = zlib.crc32(piece, crc), size + len(piece)
    return size, crc


def sum_of_description(meta: Mapping[str, Any]) -> int:
    """Return the CRC-32 of a description, whatever the order of its keys."""
    return zlib.crc32(json.dumps(meta, sort_keys=True).encode())


def check(file: str, wanted: object) -> None:
    """Make sure that a file is as it was written; once for as long as it is not written to.

    Parameters
    ----------
    wanted
        Its size and checksum.

    Raises
    ------
    UnreadableIndex
        If it is not there, or is another.
    """
    try:
        found = os.stat(file)
        state = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        settled = time.time_ns() - found.st_mtime_ns > _SETTLED
        size, crc = _sum_of_that(file, *state) if settled else sum_of(file)
    except OSError as error:
        raise UnreadableIndex(f"{file}: {error}") from error
    expected = tuple(wanted) if isinstance(wanted, list) else ()
    if (size, crc) != expected:
        what = f"{size} bytes" if (size,) != expected[:1] else "other bytes"
        raise UnreadableIndex(f"{file}: damaged: found {what}, not what was written; build the index anew")


@lru_cache(maxsize=_MOST_FILES)
def _sum_of_that(file: str, *state: int) -> tuple[int, int]:
    del state  # tells the file from what stood at its place before
    return sum_of(file)
