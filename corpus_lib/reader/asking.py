"""What a second reader is asked: three questions over the numbered blocks of an article, each reply by a schema."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.model import Block, Demand, Quote, Response

TASKS = ("quotes", "demands", "answers")
LANGUAGES = ("nb", "en")
"""Languages in which it can be asked; the articles are Norwegian in any case."""

PART = 6000
"""Characters of an article that are shown at once; a longer one is read in parts that share a block."""

_SOURCE = (files(__package__) / "data" / "prompts.toml").read_text(encoding="utf-8")
_TEXTS = tomllib.loads(_SOURCE)
VERSION = hashlib.sha256(_SOURCE.encode()).hexdigest()[:12]
"""The version of the questions: a checksum of their texts and of what a reply may hold."""

_TAG = re.compile(r"<\s*/?\s*sak\b[^<>]*>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """One request: what is asked (one of `TASKS`), of which blocks, in which messages."""

    task: str
    blocks: tuple[int, ...]
    messages: tuple[dict[str, str], ...]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the reply; without lengths, for a grammar made of them grows with them."""
        fields = {"block": {"type": "integer"}, "words": {"type": "string"}, **_TEXTS["items"][self.task]}
        return _object({self.task: {"type": "array", "items": _object(fields)}})


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def questions(task: str, analysis: Analysis, language: str = "nb") -> Iterator[Question]:
    """Yield what is asked of an article: one question, or one for each part of a long article.

    The answers are asked for beside the demands of the analysis.
    """
    prompts, examples, blocks = _TEXTS[language], _TEXTS["examples"], analysis.article.blocks
    ask = prompts[task].strip().replace("{demands}", "\n".join(_told("demands", analysis)) or "–")
    example = f"{prompts['example']}\n{examples['article'].strip()}\n{examples[task].strip()}"
    for part in parts(blocks):
        shown = "\n".join(f"[{n}] {_inert(analysis.article.slice(blocks[n - 1].span))}" for n in part)
        found = "\n".join(_told(task, analysis, part))
        candidates = f"{prompts['candidates']}\n{found}" if found else ""
        asked = "\n\n".join(filter(None, (ask, example, candidates, f"<sak>\n{shown}\n</sak>")))
        messages = ({"role": "system", "content": prompts["system"].strip()}, {"role": "user", "content": asked})
        yield Question(task, part, messages)


def parts(blocks: Sequence[Block], size: int = PART) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the blocks, from 1, that are shown together; two parts share a block where there is room.

    >>> list(parts([Block("title", 0, 10), Block("body", 12, 60), Block("body", 62, 100)], size=90))
    [(1, 2), (2, 3)]
    """
    first = end = 0
    while end < len(blocks):
        shared = end > 0 and blocks[end].end - blocks[end - 1].start <= size
        first = end - 1 if shared else end
        end += 1
        while end < len(blocks) and blocks[end].end - blocks[first].start <= size:
            end += 1
        yield tuple(range(first + 1, end + 1))


def _inert(text: str) -> str:
    """Return a text on one line that cannot end the article before its end."""
    return _TAG.sub("‹sak›", " ".join(text.split()))


def _told(task: str, analysis: Analysis, part: Sequence[int] | None = None) -> Iterator[str]:
    """Yield what the library found in some blocks, a line each."""
    names = analysis.names()

    def who(ids: Sequence[str]) -> str:
        return analysis.joined(ids, names) or "?"

    found: dict[str, list[tuple[Quote | Demand | Response, str]]] = {
        "quotes": [(q, who(q.speakers)) for q in analysis.quotes],
        "demands": [(d, f"{who(d.actors)} → {who(d.addressees)}") for d in analysis.demands],
        "answers": [(r, f"{who(r.actors)}, {r.stance}") for r in analysis.responses],
    }
    for record, about in found[task]:
        span = record.segments[0]
        block = analysis.block_of(span.start) + 1
        if part is None or block in part:
            yield f"{record.id} [{block}] {_inert(analysis.article.slice(span))} ({_inert(about)})"
