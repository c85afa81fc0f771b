"""The HTTP interface of a language model: chat completions with a JSON schema (llama.cpp, Ollama, vLLM)."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from time import sleep
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import MissingExtra, ReaderFailed
from corpus_lib.reader.asking import Question

if TYPE_CHECKING:
    import httpx

KEY = "CORPUS_LIB_READER_KEY"
"""The environment variable that holds the key of a service, where it wants one."""

_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)
"""Answers of a server that another try may change."""

_REFUSED = (400, 422, 500)
"""Answers of a server that may not know the form in which it is asked."""

_LONGEST_WAIT = 30.0
_MOST_REPLY = 2_000_000
"""Bytes of a reply that are read at most."""


def forms_of(question: Question, model: str, most_tokens: int) -> list[dict[str, Any]]:
    """Return a request as most servers take it, with the schema where llama-cpp-python wants it, and without it."""
    plain = {"model": model, "messages": question.messages, "max_tokens": most_tokens, "temperature": 0, "seed": 0}
    named = {"name": question.task, "strict": True, "schema": question.schema}
    return [
        {**plain, "response_format": {"type": "json_schema", "json_schema": named}},
        {**plain, "response_format": {"type": "json_object", "schema": question.schema}},
        plain,
    ]


def client(seconds: float, key: str | None = None) -> httpx.Client:
    """Return an HTTP client that follows no redirection and reads no proxy from the environment."""
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("a second reader needs httpx: pip install corpus_lib[reader]") from error
    key = key or os.environ.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return httpx.Client(timeout=seconds, headers=headers, follow_redirects=False, trust_env=False)


def reply(sender: httpx.Client, url: str, forms: Sequence[Mapping[str, Any]], tries: int) -> str:
    """Return what the model says, tried again with growing pauses where the server is busy or silent.

    Raises
    ------
    ReaderFailed
        If no reply came; the message holds neither the key nor the article.
    """
    import httpx

    others, why = iter(forms), ""
    asked = next(others)
    for number in range(tries):
        wait = 2.0 ** min(number, 9)
        try:
            with sender.stream("POST", f"{url}/chat/completions", json=asked) as answer:
                if answer.status_code == httpx.codes.OK:
                    return _said(answer)
                why = f"the server answered {answer.status_code}"
                if answer.status_code in _REFUSED and (other := next(others, None)) is not None:
                    asked = other
                    continue
                if answer.status_code not in _AGAIN:
                    raise ReaderFailed(f"second reader: {why}")
                after = answer.headers.get("retry-after", "")
                wait = float(after) if after.isdecimal() else wait
        except httpx.HTTPError as error:
            why = type(error).__name__
        if number + 1 < tries:
            sleep(min(wait, _LONGEST_WAIT))
    raise ReaderFailed(f"second reader: {why}, {tries} times")


def _said(answer: httpx.Response) -> str:
    """Return the words of a reply."""
    held = bytearray()
    for piece in answer.iter_bytes():
        held += piece
        if len(held) > _MOST_REPLY:
            raise ReaderFailed(f"second reader: a reply of more than {_MOST_REPLY} bytes")
    try:
        content = json.loads(held)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise ReaderFailed("second reader: found a reply of another form, expected that of chat completions")
    return content
