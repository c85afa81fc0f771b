"""What a second reader is asked: three questions over the numbered blocks of an article, each reply by a schema."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.model import STANCES, Block, Span

LANGUAGES = ("nb", "en")
"""Languages in which it can be asked; the articles are Norwegian in any case."""

PART = 6000
"""Characters of an article that are shown at once; a longer one is read in parts that share a block."""

Message = dict[str, str]
Schema = dict[str, Any]

_MARK = re.compile(r"<\s*/?\s*sak\b[^<>]*>?", re.IGNORECASE)
_WORDS: Schema = {"type": "string"}
_NAMES: Schema = {"type": "array", "items": {"type": "string"}}


def _list_of(name: str, **fields: Schema) -> Schema:
    properties = {"block": {"type": "integer"}, "words": _WORDS, **fields}
    item = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {name: {"type": "array", "items": item}},  # no lengths: a grammar made of them grows with them
        "required": [name],
        "additionalProperties": False,
    }


SCHEMAS: dict[str, Schema] = {
    "quotes": _list_of(
        "quotes",
        type={"enum": ["direct", "reported"]},
        speaker={"type": ["string", "null"]},
        denied={"type": "boolean"},
    ),
    "demands": _list_of("demands", by=_NAMES, of=_NAMES, strength={"enum": ["demand", "request", "proposal"]}),
    "answers": _list_of("answers", by=_NAMES, stance={"enum": list(STANCES)}, demands=_NAMES),
}
"""Question → the JSON schema of its reply."""


@dataclass(frozen=True, slots=True)
class Question:
    """One request: what is asked, of which blocks, in which messages."""

    task: str
    blocks: tuple[int, ...]
    messages: tuple[Message, ...]

    @property
    def schema(self) -> Schema:
        """The JSON schema of the reply."""
        return SCHEMAS[self.task]

    @property
    def characters(self) -> int:
        """How many characters are sent."""
        return sum(len(m["content"]) for m in self.messages)


@cache
def _prompts() -> dict[str, dict[str, str]]:
    return tomllib.loads(_source())


@cache
def _source() -> str:
    return (files(__package__) / "data" / "prompts.toml").read_text(encoding="utf-8")


@cache
def version() -> str:
    """Return the version of the questions: a checksum of their texts.

    >>> len(version())
    12
    """
    return hashlib.sha256(_source().encode()).hexdigest()[:12]


def questions(task: str, analysis: Analysis, language: str = "nb", size: int = PART) -> Iterator[Question]:
    """Yield what is asked of an article: one question, or one for each part of a long article.

    Parameters
    ----------
    task
        ``quotes``, ``demands`` or ``answers``; the answers are asked for beside the demands of the analysis.
    size
        Characters of the article in a part.
    """
    prompts, examples = _prompts()[language], _prompts()["examples"]
    text = analysis.article.text
    ask = prompts[task].strip().replace("{demands}", "\n".join(_told(task="demands", analysis=analysis)) or "–")
    example = f"{prompts['example']}\n{examples['article'].strip()}\n{examples[task].strip()}"
    for part in parts(analysis.article.blocks, size):
        shown = "\n".join(f"[{n}] {_inert(analysis.article.blocks[n - 1].span.of(text))}" for n in part)
        found = "\n".join(_told(task, analysis, part))
        candidates = f"{prompts['candidates']}\n{found}" if found else ""
        asked = "\n\n".join(filter(None, (ask, example, candidates, f"<sak>\n{shown}\n</sak>")))
        messages = ({"role": "system", "content": prompts["system"].strip()}, {"role": "user", "content": asked})
        yield Question(task, part, messages)


def parts(blocks: Sequence[Block], size: int = PART) -> list[tuple[int, ...]]:
    """Return the numbers of the blocks, from 1, that are shown together; a part begins with the last of the one before.

    >>> parts([Block("title", 0, 10), Block("body", 12, 60), Block("body", 62, 100)], size=90)
    [(1, 2), (2, 3)]
    """
    out: list[tuple[int, ...]] = []
    here: list[int] = []
    room = size
    for number, block in enumerate(blocks, 1):
        length = block.end - block.start
        if here and length > room:
            out.append(tuple(here))
            last = blocks[here[-1] - 1]
            here = here[-1:] if last.end - last.start + length <= size else []
            room = size - sum(blocks[n - 1].end - blocks[n - 1].start for n in here)
        here.append(number)
        room -= length
    return [*out, tuple(here)] if here else out


def _inert(text: str) -> str:
    """Return a block on one line that cannot end the article before its end."""
    return _MARK.sub("‹sak›", " ".join(text.split()))


def _told(task: str, analysis: Analysis, part: Sequence[int] | None = None) -> Iterator[str]:
    """Yield what the library found in some blocks, a line each."""
    names = analysis.names()

    def who(ids: Sequence[str]) -> str:
        return analysis.joined(ids, names) or "?"

    found: Iterable[tuple[str, Span, str]]
    if task == "quotes":
        found = ((q.id, q.segments[0], who(q.speakers)) for q in analysis.quotes)
    elif task == "demands":
        found = ((d.id, d.content, f"{who(d.actors)} → {who(d.addressees)}") for d in analysis.demands)
    else:
        found = ((r.id, r.evidence, f"{who(r.actors)}, {r.stance}") for r in analysis.responses)
    for id, span, about in found:
        block = analysis.block_of(span.start) + 1
        if part is None or block in part:
            yield f"{id} [{block}] {_inert(span.of(analysis.article.text))} ({_inert(about)})"
