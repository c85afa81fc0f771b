"""The HTTP interface of a language model: chat completions with a JSON schema (llama.cpp, Ollama, vLLM)."""

from __future__ import annotations

import ipaddress
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from corpus_lib.errors import BadOption, MissingExtra, ReaderFailed
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


def is_here(url: str) -> bool:
    """Say whether an address stays on this machine.

    >>> is_here("http://127.0.0.1:8080/v1"), is_here("http://localhost:11434"), is_here("https://example.org/v1")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def checked_url(url: str, *, allow_remote: bool) -> str:
    """Return the address without a final slash.

    Raises
    ------
    BadOption
        If it is none of http, holds a key or a password, or leaves this machine without leave.
    """
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise BadOption(f"reader: found the address {url[:80]!r}, expected one such as http://127.0.0.1:8080/v1")
    if parts.username or parts.password or parts.query:
        raise BadOption(f"reader: an address with a password or a query is refused; put the key into {KEY}")
    if not allow_remote and not is_here(url):
        raise BadOption(
            f"reader: {parts.hostname} is not this machine, and articles would be sent there; allow it with "
            "allow_remote=True (--reader-allow-remote)"
        )
    return url.rstrip("/")


def request_body(question: Question, model: str, most_tokens: int) -> dict[str, Any]:
    """Return what is sent: the messages, the schema, no chance."""
    schema = {"name": question.task, "strict": True, "schema": question.schema}
    return {
        "model": model,
        "messages": list(question.messages),
        "temperature": 0,
        "seed": 0,
        "max_tokens": most_tokens,
        "response_format": {"type": "json_schema", "json_schema": schema},
    }


def client(seconds: float) -> httpx.Client:
    """Return an HTTP client that follows no redirection and reads no proxy from the environment.

    Raises
    ------
    MissingExtra
        If httpx is not installed.
    """
    try:
        import httpx
    except ImportError as error:
        raise MissingExtra("a second reader needs httpx: pip install corpus_lib[reader]") from error
    return httpx.Client(timeout=seconds, follow_redirects=False, trust_env=False)


def reply(
    sender: httpx.Client,
    url: str,
    body: Mapping[str, Any],
    *,
    key: str | None = None,
    tries: int = 4,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Return what the model says, tried again with growing pauses where the server is busy or silent.

    Parameters
    ----------
    tries
        How often it is asked at most.

    Raises
    ------
    ReaderFailed
        If no reply came; the message holds neither the key nor the article.
    """
    import httpx

    key = key or os.environ.get(KEY)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    why, forms = "no reply", _forms(body)
    asked = next(forms)
    for number in range(tries):
        wait = min(2.0**number, _LONGEST_WAIT)
        try:
            with sender.stream("POST", f"{url}/chat/completions", json=asked, headers=headers) as answer:
                if answer.status_code == httpx.codes.OK:
                    return _said(_read(answer))
                why = f"the server answered {answer.status_code}"
                if answer.status_code in _REFUSED and (other := next(forms, None)) is not None:
                    asked = other
                    continue
                if answer.status_code not in _AGAIN:
                    raise ReaderFailed(f"second reader: {why}")
                wait = _asked_to_wait(answer.headers.get("retry-after"), wait)
        except httpx.HTTPError as error:
            why = f"{type(error).__name__}"
        if number + 1 < tries:
            sleep(wait)
    raise ReaderFailed(f"second reader: {why}, {tries} times")


def _forms(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield a request as most servers take it, then with the schema where llama-cpp-python wants it, then without."""
    yield body
    asked = body.get("response_format", {}).get("json_schema", {})
    yield {**body, "response_format": {"type": "json_object", "schema": asked.get("schema", {})}}
    yield {name: value for name, value in body.items() if name != "response_format"}


def _read(answer: httpx.Response) -> bytes:
    held = bytearray()
    for piece in answer.iter_bytes():
        held += piece
        if len(held) > _MOST_REPLY:
            raise ReaderFailed(f"second reader: a reply of more than {_MOST_REPLY} bytes")
    return bytes(held)


def _said(raw: bytes) -> str:
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise ReaderFailed("second reader: found a reply of another form, expected that of chat completions")
    return content


def _asked_to_wait(value: str | None, wait: float) -> float:
    """Return the seconds that a server asks for, within reason.

    >>> _asked_to_wait("7", 1.0), _asked_to_wait("Fri, 31 Dec 1999 23:59:59 GMT", 2.0)
    (7.0, 2.0)
    """
    return min(float(value), _LONGEST_WAIT) if value and value.isascii() and value.isdecimal() else wait
