"""The standard streams as they may be: closed, full, gone, or of an encoding that lacks letters."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout, suppress
from io import TextIOWrapper

from corpus_lib.errors import CannotWrite, CorpusLibError


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let a command print whatever the streams are: into nothing where one is closed, letters it lacks as their codes.

    What is printed is written before the command ends, so that an error of writing is the command's.

    Raises
    ------
    BrokenPipeError
        If the program that reads the results went away.
    CannotWrite
        If the system refuses to write them.
    """
    with ExitStack() as held:
        if sys.stdout is None or sys.stderr is None:
            nowhere = held.enter_context(open(os.devnull, "w", encoding="utf-8"))
            for stream, redirected in ((sys.stdout, redirect_stdout), (sys.stderr, redirect_stderr)):
                if stream is None:
                    held.enter_context(redirected(nowhere))
        if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            try:
                yield
            finally:
                sys.stdout.flush()
        except OSError as error:
            if error.filename is not None or isinstance(error, CorpusLibError):
                raise
            _forget()
            if isinstance(error, BrokenPipeError):
                raise
            raise CannotWrite(error.errno or 0, error.strerror or str(error), "standard output") from error


def _forget() -> None:
    """Let go of what waits to be printed: it would be tried again when the program ends."""
    with suppress(OSError), open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
