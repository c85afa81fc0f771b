"""The options of a second reader: which, where, and what is said before anything is sent to another machine."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus_lib.cli.common import say
from corpus_lib.errors import BadOption
from corpus_lib.model import Failure
from corpus_lib.render import counted

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis, Reader
    from corpus_lib.reader import SecondReader

_CHARACTERS_A_TOKEN = 3.0
"""Norwegian text in the vocabularies of common models: about so many characters a token; for estimates alone."""


def add_reader_options(add: argparse.ArgumentParser) -> None:
    """Add the options that belong to a second reader."""
    group = add.add_argument_group(
        "second reader",
        "a language model of your own that reads too, over the HTTP interface of llama.cpp, Ollama, vLLM and others; "
        "what it says counts only where it stands in the text. A key is taken from CORPUS_LIB_READER_KEY",
    )
    group.add_argument("--reader", metavar="URL", help="its address, such as http://127.0.0.1:8080/v1")
    group.add_argument("--reader-model", metavar="NAME", help="the model's name there")
    group.add_argument("--reader-cache", metavar="DIR", help="keep its replies: nothing is asked twice")
    group.add_argument(
        "--reader-allow-remote", action="store_true", help="let articles be sent to another machine than this one"
    )
    group.add_argument(
        "--reader-dry-run", action="store_true", help="send nothing; say how many requests and tokens it would be"
    )


def reader_of(options: argparse.Namespace) -> SecondReader | None:
    """Return the second reader that was asked for, None for none; says what goes where before anything is sent.

    Raises
    ------
    BadOption
        If it lacks its model, or its address leaves this machine without leave.
    """
    if options.reader is None:
        given = [n for n in ("model", "cache", "allow_remote", "dry_run") if getattr(options, f"reader_{n}")]
        if given:
            raise BadOption(f"--reader-{given[0].replace('_', '-')} needs --reader URL")
        return None
    if not options.reader_model:
        raise BadOption("--reader needs --reader-model NAME")
    from corpus_lib.reader import SecondReader

    found = SecondReader(
        options.reader,
        options.reader_model,
        cache=options.reader_cache,
        allow_remote=options.reader_allow_remote,
    )
    if options.reader_allow_remote and not options.reader_dry_run:
        _tell_what_goes_where(options, found)
    return found


def _tell_what_goes_where(options: argparse.Namespace, reader: Reader) -> None:
    from corpus_lib.reading import read_documents

    documents = read_documents(options.paths, encoding=options.encoding, columns=options.columns)
    lengths = [len(d.text) for d in documents if not isinstance(d, Failure)]
    host = urlsplit(options.reader).hostname
    say(
        f"corpus-lib: {counted(len(lengths), 'article')} of {sum(lengths)} characters go to {host} three times each, "
        f"once for each question, with what was found ({reader!r})"
    )


def dry_run(reader: SecondReader) -> tuple[Callable[[Analysis], Analysis], Callable[[], None]]:
    """Return what counts an analysis's requests and sends none, and what tells the sum."""
    found: list[list[int]] = []

    def count(analysis: Analysis) -> Analysis:
        found.append([sum(len(m["content"]) for m in q.messages) for q in reader.questions(analysis)])
        return analysis

    def tell() -> None:
        requests, tokens = sum(map(len, found)), round(sum(map(sum, found)) / _CHARACTERS_A_TOKEN)
        host = urlsplit(reader.url).hostname
        say(
            f"corpus-lib: {counted(len(found), 'article')}: {counted(requests, 'request')}, about {tokens} tokens, "
            f"to {host}; nothing was sent"
        )

    return count, tell
