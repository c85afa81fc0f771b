"""Work counted and not timed: the lines of the library that are run, the same on every machine however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import corpus_lib

PACKAGE = str(Path(corpus_lib.__file__).parent)


def lines_run(do: Callable[[], object]) -> int:
    """Return how many lines of the library something runs in this thread; each turn of a loop counts."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, event: str, _: Any) -> Any:
        return line if frame.f_code.co_filename.startswith(PACKAGE) else None

    before = sys.gettrace()
    sys.settrace(call)
    try:
        do()
    finally:
        sys.settrace(before)
    return count


def growth(do: Callable[[str], object], make: Callable[[int], str], size: int, times: int = 10) -> float:
    """Return how many times more lines are run for a text so many times longer."""
    small, large = make(size), make(times * size)
    assert 0.9 * times * len(small) < len(large) < 1.1 * times * len(small)
    do(small)  # what is loaded once is loaded
    return lines_run(lambda: do(large)) / lines_run(lambda: do(small))
