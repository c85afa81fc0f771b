"""What the commands share: how results and failures are told, articles analysed, options that several have."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Failure
from corpus_lib.reading import Columns
from corpus_lib.render import counted

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED, USAGE, INTERRUPTED = 1, 2, 130
WIDTH = 100
"""Columns of a terminal that a table takes at most."""


def usage(message: str) -> int:
    """Tell on standard error what is wrong with a call, and return its exit status."""
    print(f"corpus-lib: {message}", file=sys.stderr)
    return USAGE


def tell(failure: Failure) -> None:
    """Tell on standard error, as a JSON object, which input failed, where and why."""
    record = {"doc": failure.id, "stage": failure.stage, "error": failure.message}
    print(json.dumps(record, ensure_ascii=False), file=sys.stderr)


def written(articles: int, failed: int, output: str) -> int:
    """Tell on standard error how many articles went where, and return the exit status."""
    print(f"{counted(articles, 'article')}, {failed} failed: {output}", file=sys.stderr)
    return FAILED if failed else 0


def visible(text: str) -> str:
    r"""Return text without characters that steer a terminal.

    >>> visible("a\u001b[2Jb")
    'a [2Jb'
    """
    return "".join(c if c.isprintable() or c == " " else " " for c in text)


def analysed(
    paths: Sequence[str],
    options: argparse.Namespace,
    *,
    columns: Columns | None = None,
    then: Callable[[Analysis], Analysis] = lambda analysis: analysis,
) -> Iterator[Analysis | Failure]:
    """Yield the analysis of each article, or why there is none.

    Parameters
    ----------
    options
        Its ``encoding``, ``language`` and ``min_confidence`` are taken.
    then
        What is done to each analysis; an error in it is the article's.
    """
    from corpus_lib.analysis import analyse
    from corpus_lib.reading import read_documents
    from corpus_lib.structure import article_from

    for document in read_documents(paths, encoding=options.encoding, columns=columns or Columns()):
        if isinstance(document, Failure):
            yield document
            continue
        try:
            article = article_from(document, language=options.language)
            yield then(analyse(article, min_confidence=options.min_confidence))
        except CorpusLibError as error:
            yield Failure(document.id, "analysis", str(error))


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
