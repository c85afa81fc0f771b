"""``corpus-lib analyse IN -o STORE``: many articles, into a corpus store."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from corpus_lib.cli.common import FAILED, usage
from corpus_lib.errors import CorpusLibError

INTERRUPTED = 130
_BAR = 40


def add_store_options(add: argparse.ArgumentParser) -> None:
    """Add the options that belong to a store."""
    store = add.add_argument_group(
        "corpus store", "-o FOLDER, for many articles: a run that was interrupted goes on when it is given again"
    )
    store.add_argument("--workers", type=_number, default=1, metavar="N", help="processes that share the work")
    store.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786")
    store.add_argument("--again", action="store_true", help="analyse all anew, not only what is new or changed")


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"expected a whole number from 1, found {text!r}")
    return int(text)


def analyse_into_store(options: argparse.Namespace) -> int:
    """Analyse what is new or changed into a corpus store."""
    from corpus_lib.corpus import Corpus

    try:
        done = Corpus.read(*options.paths, encoding=options.encoding).analyse(
            options.output,
            client=_client(options.scheduler) if options.scheduler else None,
            workers=options.workers,
            again=options.again,
            min_confidence=options.min_confidence,
            language=options.language,
            progress=_bar if sys.stderr.isatty() else None,
        )
    except CorpusLibError as error:
        return usage(str(error))
    except KeyboardInterrupt as stopped:
        print("\ncorpus-lib:", *getattr(stopped, "__notes__", ()), file=sys.stderr)
        return INTERRUPTED
    run = done.run
    if run is None:
        return 0
    print(f"{run.analysed} analysed, {run.copies} copies, {run.skipped} done before, {run.failed} failed")
    if run.failed:
        print(f"corpus-lib: {options.output}/errors says what failed and why", file=sys.stderr)
    return FAILED if run.failed else 0


def _client(address: str) -> Any:
    """Return a client of a Dask scheduler."""
    try:
        from distributed import Client
    except ImportError as error:
        raise CorpusLibError("--scheduler needs Dask: pip install corpus_lib[scale]") from error
    connect: Any = Client
    try:
        return connect(address, timeout=10)
    except (OSError, ValueError) as error:
        raise CorpusLibError(f"--scheduler {address}: no Dask scheduler answers ({error})") from error


def _bar(done: int, total: int | None) -> None:
    """Redraw the line of progress on the terminal."""
    filled = _BAR * done // total if total else 0
    shown = f"[{'█' * filled:<{_BAR}}] {done} of {total}" if total else f"{done} articles"
    print(f"\r{shown}", end="\n" if done == total else "", file=sys.stderr, flush=True)
