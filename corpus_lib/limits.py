"""How long an article may take, on whatever thread it is worked: interrupted where that can be, else the process ends.

Three means, the first that reaches: on the main thread a signal, which stops loops of Python and searches of regular
expressions; on any other thread an exception that Python raises there, which stops loops of Python; and in a worker
process, after twice the time, the end of the process, which stops everything. The engine then works the batch anew
without the article.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

PATIENCE = 2
"""A worker process ends when an article takes so many times its limit."""

_AGAIN = 1.0
"""Seconds until what swallowed the interruption is interrupted again."""


class TimeUp(BaseException):
    """Raised inside an article that takes too long; no handler of errors in between may swallow it."""


@contextmanager
def time_limit(seconds: float | None, owner: int | None = None) -> Iterator[None]:
    """Interrupt what runs inside after so many seconds, with `TimeUp`.

    Parameters
    ----------
    owner
        Process id of the caller of it all, which is never ended; None stands for this process.
    """
    if seconds is None:
        yield
        return
    interrupted = _by_signal if _has_signals() else _by_exception
    with _or_the_process_ends(PATIENCE * seconds, owner), interrupted(seconds):
        yield


def _has_signals() -> bool:
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()


@contextmanager
def _or_the_process_ends(seconds: float, owner: int | None) -> Iterator[None]:
    """End a worker process after so many seconds, whatever it does; where it hung stands on its stderr."""
    if owner is None or owner == os.getpid():
        yield
        return
    with _log() as log:
        faulthandler.dump_traceback_later(seconds, exit=True, file=log)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _log() -> Iterator[TextIO]:
    """Give a file that is one for the system too: stderr, where it is such a file."""
    try:
        sys.stderr.fileno()
    except (OSError, ValueError, AttributeError):
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            yield nowhere
    else:
        yield sys.stderr


@contextmanager
def _by_signal(seconds: float) -> Iterator[None]:
    def stop(signum: int, frame: object) -> None:
        raise TimeUp

    left, every = signal.getitimer(signal.ITIMER_REAL)
    before, begun = signal.signal(signal.SIGALRM, stop), time.monotonic()

    def end() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:  # the caller's own alarm goes on
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begun), 0.001), every)

    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
        yield
    finally:
        _surely(end)


@contextmanager
def _by_exception(seconds: float) -> Iterator[None]:
    thread, lock, over = threading.get_ident(), threading.Lock(), threading.Event()
    struck = threading.Event()

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    struck.set()
                    _raise_in(thread, TimeUp)
            wait = _AGAIN

    def end() -> None:
        over.set()
        with lock:
            pass  # the watcher is done with raising
        if struck.is_set():
            _receive(thread)

    watcher = threading.Thread(target=watch, name="time limit", daemon=True)
    try:
        watcher.start()
        yield
    finally:
        _surely(end)


def _raise_in(thread: int, error: type[BaseException]) -> None:
    """Let an exception be raised in a thread at its next step, in place of one that is not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _receive(thread: int) -> None:
    """Take an interruption that may still be on its way to this thread: one that is sent is waited for.

    Taking it back (``PyThreadState_SetAsyncExc`` without an exception) would leave Python 3.11 for ever on the look-out
    for it: slower, and whoever traces lines in that process, a debugger or a coverage tool, would stand still.
    """
    with suppress(TimeUp):
        _raise_in(thread, TimeUp)
        while True:
            time.sleep(0)


def _surely(end: Callable[[], None]) -> None:
    """Call a function to its end, also when the interruption strikes in it, for then nothing would stop the next."""
    done = False
    while not done:
        with suppress(TimeUp):
            end()
            done = True
