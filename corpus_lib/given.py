"""What a function was given, where it is of another kind than it takes: the error says what to call instead."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from corpus_lib.errors import BadOption, WrongInput

_FILE = re.compile(r"\S[^\n]*\.(?i:txt|jsonl?|ndjson|csv|tsv|parquet|html?|zip|gz|bz2|xz|pdf|docx?|rtf|odt|xlsx?)\s*\Z")
"""A line that ends like the name of a file."""

_LONGEST_NAME = 4096


def kind(value: object) -> str:
    """Return what something is, for a message.

    >>> kind(5), kind(b"Nato"), kind(int)
    ('int', 'bytes', 'the class int')
    """
    return f"the class {value.__name__}" if isinstance(value, type) else type(value).__name__


def refuse_no_article(source: object) -> None:
    """Raise `WrongInput`, saying what to call instead, for what is neither an article nor its text."""
    if isinstance(source, os.PathLike):
        raise WrongInput(
            "analyse takes an article or its text, found a path; did you mean analyse(read_article(path))?"
        )
    if type(source).__module__.partition(".")[0] == "pandas":
        raise WrongInput(
            f"analyse takes one article, found a {kind(source)} of pandas; did you mean "
            "Corpus.from_frame(frame, text=…).analyse(folder)?"
        )
    if not isinstance(source, str):
        several = isinstance(source, Iterable) and not isinstance(source, bytes)
        hint = "; did you mean [analyse(text) for text in texts], or Corpus.from_texts(*texts)?" if several else ""
        raise WrongInput(f"analyse takes an article or its text, found {kind(source)}{hint}")
    if is_file_name(source):
        raise WrongInput(
            f"found {source.strip()[:80]!r}, which is the name of a file and no article's text; did you mean "
            "analyse(read_article(path))?"
        )


def is_file_name(text: str) -> bool:
    """Say whether a text is the name of a file: a line that ends like one, or names one that is there.

    >>> is_file_name("saker/ferje.txt"), is_file_name("Ferja kommer ikke i dag.")
    (True, False)
    """
    if "\n" in text.strip() or not 0 < len(text) <= _LONGEST_NAME:
        return False
    return bool(_FILE.match(text)) or _is_there(text.strip())


def _is_there(name: str) -> bool:
    try:
        return bool(name) and Path(name).is_file()
    except (OSError, ValueError):
        return False


def refuse_no_pipeline(nlp: object) -> None:
    """Raise `WrongInput` for what is no spaCy pipeline."""
    if isinstance(nlp, str):
        raise WrongInput(
            f"nlp: found the name {nlp[:80]!r}, expected a pipeline; did you mean nlp=spacy.load({nlp[:80]!r})?"
        )
    if not all(hasattr(nlp, name) for name in ("pipe", "make_doc", "vocab", "pipe_names")):
        raise WrongInput(f"nlp: found {kind(nlp)}, expected a spaCy pipeline, such as spacy.load(name) gives")


def refuse_no_share(option: str, value: object) -> None:
    """Raise `WrongInput` for what is no number, `BadOption` for one that does not lie from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongInput(f"{option}: found {value!r:.80}, expected a number from 0 to 1")
    if not 0 <= value <= 1:
        hint = f"; did you mean {value / 100:g}?" if 1 < value <= 100 else ""
        raise BadOption(f"{option}: found {value!r}, expected a number from 0 to 1{hint}")


def refuse_no_address(option: str, url: str, *, allow_remote: bool) -> None:
    """Raise `BadOption` for what is no address of a server, holds a password, or leaves this machine without leave."""
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BadOption(f"{option}: found the address {url[:80]!r}, expected one such as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query:
        raise BadOption(f"{option}: an address with a password or a query is refused; give the key by itself")
    if not allow_remote and not is_this_machine(parts.hostname or ""):
        raise BadOption(
            f"{option}: {parts.hostname} is not this machine, and articles would be sent there; allow it with "
            f"allow_remote=True (--{option}-allow-remote)"
        )


def is_this_machine(host: str) -> bool:
    """Say whether what is sent to a host stays on this machine.

    >>> is_this_machine("127.0.0.1"), is_this_machine("localhost"), is_this_machine("example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
