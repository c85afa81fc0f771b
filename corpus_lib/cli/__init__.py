"""The command ``corpus-lib``; the only package that prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from corpus_lib.cli.analysing import add_analyse, as_text
from corpus_lib.cli.common import INTERRUPTED, WIDTH, guarded, usage
from corpus_lib.cli.counting import add_words
from corpus_lib.cli.exchanging import add_check, add_correct, add_evaluate, add_export
from corpus_lib.cli.reporting import add_report
from corpus_lib.cli.showing import add_show
from corpus_lib.cli.streams import standard_streams
from corpus_lib.cli.telling import add_story
from corpus_lib.errors import CorpusLibError
from corpus_lib.version import __version__
from corpus_lib.writing import refuse_inputs

__all__ = ["WIDTH", "as_text", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0, 1 when an input failed, 2 for usage."""
    try:
        with standard_streams():
            options = parser().parse_args(argv)
            with guarded(options):
                refuse_inputs(*filter(None, (getattr(options, name) for name in options.writes)))
                return int(options.run(options))
    except CorpusLibError as error:
        return usage(str(error))
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("\ncorpus-lib: interrupted", file=sys.stderr)
        return INTERRUPTED


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    made = argparse.ArgumentParser(
        prog="corpus-lib",
        description="Who says what, who demands what of whom, and which words carry it, in Norwegian news.",
    )
    made.set_defaults(reads=(), writes=())
    made.add_argument("--version", action="version", version=f"corpus-lib {__version__}")
    commands = made.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (
        add_analyse,
        add_show,
        add_words,
        add_report,
        add_story,
        add_evaluate,
        add_export,
        add_check,
        add_correct,
    ):
        add(commands)
    return made
