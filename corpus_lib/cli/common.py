"""What the commands share: how results and failures are told, articles analysed, options that several have."""

from __future__ import annotations

import argparse
import glob
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from corpus_lib.errors import CannotWrite, CorpusLibError
from corpus_lib.model import Failure
from corpus_lib.reading import STORE_MARK, Columns, is_searched_for
from corpus_lib.render import counted
from corpus_lib.writing import reading_from

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis, Reader

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

FAILED, USAGE, INTERRUPTED = 1, 2, 130
MOST = 1_000_000_000
"""As much as an option that counts something takes."""

WIDTH = 100
"""Columns of a terminal that a table takes at most."""

_LONGEST = 2_000
"""Characters of a message, beyond which its middle is left out: it may tell a whole word or id that was given."""

_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def say(message: str) -> None:
    """Tell something on standard error, without characters that steer a terminal."""
    print(visible(message), file=sys.stderr)


def _cut(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"


def usage(message: str) -> int:
    """Tell on standard error what is wrong with a call, and return its exit status."""
    say(f"corpus-lib: {_cut(message)}")
    return USAGE


def as_json(record: object) -> str:
    r"""Return one line of JSON; characters that steer a terminal are written as their codes.

    >>> as_json({"doc": "a\u009b2Jæ"})
    '{"doc": "a\\u009b2Jæ"}'
    """
    return _STEERING.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(record, ensure_ascii=False))


def tell(failure: Failure) -> None:
    """Tell on standard error, as a JSON object, which input failed, where and why."""
    record = {"doc": failure.id, "stage": failure.stage, "error": _cut(failure.message)}
    print(as_json(record), file=sys.stderr)


def written(articles: int, failed: int, output: str) -> int:
    """Tell on standard error how many articles went where, and return the exit status."""
    say(f"{counted(articles, 'article')}, {failed} failed: {output}")
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
    reader: Reader | None = None,
) -> Iterator[Analysis | Failure]:
    """Yield the analysis of each article, or why there is none.

    Parameters
    ----------
    options
        Its ``encoding``, ``language`` and ``min_confidence`` are taken.
    then
        What is done to each analysis; an error in it is the article's.
    reader
        A second reader.
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
            yield then(analyse(article, min_confidence=options.min_confidence, reader=reader))
        except CorpusLibError as error:
            yield Failure(document.id, "analysis", str(error))


def at_least(least: int, most: int = MOST) -> Callable[[str], int]:
    """Return what reads a whole number of an option, from a least one to a greatest."""

    def read(text: str) -> int:
        short = text.strip()
        known = short.isascii() and short.isdecimal() and len(short) < 12
        if not known or not least <= int(short) <= most:
            raise argparse.ArgumentTypeError(f"expected a whole number from {least} to {most}, found {text[:40]!r}")
        return int(short)

    return read


def named_place(text: str) -> str:
    """Return the name of a file or folder that an option gives; an empty one is no other name for this folder."""
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError(f"expected the name of a file or folder, found {text[:40]!r}")
    return text


def share(text: str) -> float:
    """Return the number from 0 to 1 that an option gives."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 1, found {text[:40]!r}")
    return value


def make_folder(folder: Path) -> None:
    """Make a folder where there is none.

    Raises
    ------
    CannotWrite
        If the system refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(error.errno or 0, error.strerror or str(error), str(folder)) from error


def guarded(options: argparse.Namespace) -> AbstractContextManager[None]:
    """Return what refuses, within, to write onto anything that a command reads."""
    given = [value for name in options.reads for value in _listed(getattr(options, name))]
    found = [Path(path) for value in given for path in (glob.glob(value) or [value])]
    folders = [(path, _searched(path)) for path in found if path.is_dir()]
    texts = getattr(options, "texts", None) or (Path(given[-1]).parent if hasattr(options, "texts") and given else None)
    if texts:
        folders.append((Path(texts), lambda file: file.suffix == ".txt" and file.exists()))
    if corrections := getattr(options, "corrections", None):
        folders.append((Path(corrections), lambda file: file.name.endswith(".corrections.json") and file.exists()))
    return reading_from([path for path in found if not path.is_dir()], folders)


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _searched(folder: Path) -> Callable[[Path], bool]:
    """Return what says of a file in a folder whether it is read: in a store, all; else what a search finds."""
    if (folder / STORE_MARK).is_file():
        return lambda file: True
    return lambda file: file.exists() and is_searched_for(file)


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
    made.add_argument(
        "--texts",
        type=named_place,
        metavar="DIR",
        help="where the articles lie as <doc>.txt (default: beside the file)",
    )
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
