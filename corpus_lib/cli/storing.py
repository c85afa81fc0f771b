"""``corpus-lib analyse IN -o STORE``: many articles, into a corpus store."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from corpus_lib.cli.common import FAILED, INTERRUPTED, at_least, dask_client, say, tell, usage
from corpus_lib.cli.second import reader_of
from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Failure
from corpus_lib.render import counted

if TYPE_CHECKING:
    from corpus_lib.corpus import Corpus, Progress

_MOST_WORKERS = 1024
_BAR = 40
_ERRORS = 10
"""How many of the articles that failed are told; all stand in the store."""
_SECONDS = 30.0
"""How often a run tells how far it is where no terminal shows its bar: a log keeps every line."""


def add_store_options(add: argparse.ArgumentParser) -> None:
    """Add the options that belong to a store."""
    store = add.add_argument_group(
        "corpus store", "-o FOLDER, for many articles: a run that was interrupted goes on when it is given again"
    )
    store.add_argument(
        "--workers", type=at_least(1, _MOST_WORKERS), default=1, metavar="N", help="processes that share the work"
    )
    store.add_argument("--scheduler", metavar="ADDRESS", help="a Dask scheduler, such as tcp://host:8786")
    store.add_argument("--again", action="store_true", help="analyse all anew, not only what is new or changed")


def analyse_into_store(options: argparse.Namespace) -> int:
    """Analyse what is new or changed into a corpus store."""
    from dataclasses import asdict

    from corpus_lib.corpus import Corpus

    show = _bar if sys.stderr.isatty() else _lines(time.monotonic)
    try:
        with dask_client(options.scheduler) if options.scheduler else nullcontext() as client:
            done = Corpus.read(*options.paths, encoding=options.encoding, **asdict(options.columns)).analyse(
                options.output,
                client=client,
                workers=options.workers,
                again=options.again,
                min_confidence=options.min_confidence,
                language=options.language,
                progress=show,
                reader=reader_of(options),
            )
    except CorpusLibError as error:
        return usage(str(error))
    except KeyboardInterrupt as stopped:
        print("\ncorpus-lib:", *getattr(stopped, "__notes__", ()), file=sys.stderr)
        return INTERRUPTED
    run = done.run
    if run is None:
        return 0
    if sys.stderr.isatty():
        print(file=sys.stderr)
    copies = counted(run.copies, "copy", "copies")
    print(f"{run.analysed} analysed, {copies}, {run.skipped} done before, {run.failed} failed")
    if run.changed:
        took = counted(run.changed, "article")
        say(f"corpus-lib: {took} took the place of an earlier text of the same id")
    if run.failed:
        _tell_some(done, run.failed)
        say(f"corpus-lib: {options.output}/errors says what failed and why")
    return FAILED if run.failed else 0


def _tell_some(corpus: Corpus, failed: int) -> None:
    """Tell the last errors of a store; a long list stays there."""
    errors = corpus.frame("errors").tail(min(failed, _ERRORS))
    for row in errors.itertuples(index=False):
        tell(Failure(str(row.doc), str(row.stage), str(row.message)))
    if failed > _ERRORS:
        print(f"corpus-lib: and {failed - _ERRORS} more", file=sys.stderr)


def _told(done: int, total: int | None, errors: int) -> str:
    failed = f", {errors} failed" if errors else ""
    return f"{counted(done, 'article')}{failed}" if total is None else f"{done} of {total}{failed}"


def _bar(done: int, total: int | None, errors: int) -> None:
    """Redraw the line of progress on the terminal."""
    bar = f"[{'█' * (_BAR * done // total):<{_BAR}}] " if total else ""
    print(f"\r{bar}{_told(done, total, errors)}", end="", file=sys.stderr, flush=True)


def _lines(now: Callable[[], float]) -> Progress:
    """Return what writes a line of progress now and then."""
    last = now()

    def line(done: int, total: int | None, errors: int) -> None:
        nonlocal last
        if now() - last >= _SECONDS:
            last = now()
            print(_told(done, total, errors), file=sys.stderr, flush=True)

    return line
