"""A small HTTP server on this machine that plays a language model: good replies, bad ones, and hostile ones."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Playing:
    """What a server was asked, and the address at which it answers."""

    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def task(body: dict[str, Any]) -> str:
    """Return which question is asked."""
    return str(body["response_format"]["json_schema"]["name"])


def asked(body: dict[str, Any]) -> str:
    """Return the words of the question."""
    return str(body["messages"][-1]["content"])


def completion(content: object, status: int = 200) -> Answer:
    """Return a reply in the form of chat completions."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return status, {}, json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


def nothing(body: dict[str, Any]) -> Answer:
    """Reply that there is nothing."""
    return completion({task(body): []})


def finds(**items: list[dict[str, Any]]) -> Callable[[dict[str, Any]], Answer]:
    """Return what replies with some items to their question, and with nothing to the others."""
    return lambda body: completion({task(body): items.get(task(body), [])})


def recorded(replies: dict[str, str]) -> Callable[[dict[str, Any]], Answer]:
    """Return what plays recorded replies; demands told by their words get the numbers of the question."""

    def play(body: dict[str, Any]) -> Answer:
        said = replies[task(body)]
        if task(body) != "answers":
            return completion(said)
        listed = re.findall(r"^(d\d+) \[\d+\] (.*) \(", asked(body), re.MULTILINE)
        found = json.loads(said)
        for item in found["answers"]:
            wanted = [set(words.split()) for words in item["demands"]]
            item["demands"] = [
                max(listed, key=lambda one: len(set(one[1].split()) & words))[0] for words in wanted if listed
            ]
        return completion(found)

    return play


@contextmanager
def serving(play: Callable[[dict[str, Any]], Answer]) -> Iterator[Playing]:
    """Serve on this machine; `play` gives the answer to a request."""
    playing = Playing()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            playing.bodies.append(body)
            playing.headers.append(dict(self.headers.items()))
            status, headers, content = play(body)
            self.send_response(status)
            for name, value in {"content-length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    playing.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield playing
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
