"""What the commands share: exit statuses, how wrong usage is told, options that several have."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

from corpus_lib.errors import CorpusLibError
from corpus_lib.reading import Columns

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED, USAGE = 1, 2


def usage(message: str) -> int:
    """Tell on standard error what is wrong with a call, and return its exit status."""
    print(f"corpus-lib: {message}", file=sys.stderr)
    return USAGE


def number(text: str) -> int:
    """Return the whole number from 1 that an option gives."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {text!r}")
    return int(text)


def columns(text: str) -> Columns:
    """Return the columns of ``text=body,id=url``.

    >>> columns("text=body,id=url").text
    'body'
    """
    known = ("text", "id", "date", "title", "source")
    pairs = [part.partition("=") for part in text.split(",")]
    if wrong := [what for what, _, column in pairs if what not in known or not column]:
        raise argparse.ArgumentTypeError(f"expected such as text=body,id=url of {', '.join(known)}, found {wrong[0]!r}")
    return Columns(**{what: column for what, _, column in pairs})


def saved_analyses() -> argparse.ArgumentParser:
    """Return the options of a command that begins with analyses that were saved."""
    made = argparse.ArgumentParser(add_help=False)
    made.add_argument("source", metavar="STORE_OR_JSONL", help="a corpus store, or a file that 'analyse' wrote")
    made.add_argument("--texts", metavar="DIR", help="where the articles lie as <doc>.txt (default: beside the file)")
    return made


def dask_client(address: str) -> Any:
    """Return a client of a Dask scheduler.

    Raises
    ------
    CorpusLibError
        If Dask is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise CorpusLibError("--scheduler needs Dask: pip install corpus_lib[scale]") from error
    connect: Any = Client
    try:
        return connect(address, timeout=10)
    except (OSError, ValueError) as error:
        raise CorpusLibError(f"--scheduler {address}: no Dask scheduler answers ({error})") from error
