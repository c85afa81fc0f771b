"""An article whose words try to be markup, and what tags there are in HTML."""

from __future__ import annotations

from html.parser import HTMLParser

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img onerror=x>'
END = "</mark>"
TEXT = f"""Fagforbundet krever høyere lønn

Fagforbundet krever at kommunen {SCRIPT} øker lønningene med fem prosent. Kommunen avviser kravet.

– Vi har ikke penger {IMAGE} til dette, sier ordfører Kari Lie.

Leder Ola Berg i Fagforbundet sier at streiken kommer {IMAGE}.

– Vi gir oss ikke {SCRIPT} {END}, sier Ola Berg.
"""


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [tag, *(name for name, _ in attrs if name.startswith("on"))]

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"/{tag}")


def tags(html: str) -> list[str]:
    """Return the tags of HTML, and the attributes that run code."""
    parser = _Tags()
    parser.feed(html)
    return parser.seen
