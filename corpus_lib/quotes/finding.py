"""The quotations of a block, direct and reported, before anybody is asked who speaks."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus_lib.model import Article, Span
from corpus_lib.quotes.found import DASHES, Found
from corpus_lib.quotes.inquits import colon_speaker
from corpus_lib.quotes.marked import marked
from corpus_lib.quotes.medium import medium_of
from corpus_lib.quotes.reported import reported
from corpus_lib.quotes.spoken import LEAST, judged
from corpus_lib.quotes.turns import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lib.language import Parsed

_SILENT = ("date", "byline", "credit")
_LIST = 3
_FROM_ABOVE = ("previous", "colon", "question")
"""Where a speaker comes from who may be told above."""


def found_in(article: Article, parsed: Parsed) -> list[Found]:
    """Return what is said in an article, in text order, lists led by dashes left out."""
    found = [f for number in range(len(article.blocks)) for f in in_block(number, article, parsed)]
    listed = _list_blocks(article, found)
    return [f for f in found if f.block not in listed]


def direct_in(number: int, article: Article, parsed: Parsed) -> tuple[list[Found], list[Span]]:
    """Return the direct speech of a block, and the words that it takes, its cues among them."""
    block, one = article.blocks[number], parsed.blocks[number]
    direct, taken = _direct(number, article, parsed)
    kept = [f for d in direct if (f := judged(d, one, block.kind)).probability >= LEAST]
    return kept, _taken(kept) if len(kept) < len(direct) else taken


def _taken(found: Sequence[Found]) -> list[Span]:
    return [s for f in found for s in f.segments] + [f.cue for f in found if f.cue]


def candidates_in(number: int, article: Article, parsed: Parsed) -> list[Found]:
    """Return what may be the direct speech of a block."""
    return _direct(number, article, parsed)[0]


def _direct(number: int, article: Article, parsed: Parsed) -> tuple[list[Found], list[Span]]:
    block, one = article.blocks[number], parsed.blocks[number]
    if block.kind in (*_SILENT, "subheading"):
        return [], []
    direct = list(turns(number, block, one))
    taken = [s for f in direct for s in f.segments] + [r.span for f in direct for r in f.reasons if r.span]
    direct += marked(number, one, taken)
    return direct, _taken(direct)


def in_block(number: int, article: Article, parsed: Parsed) -> list[Found]:
    """Return what is said in a block, in text order."""
    block = article.blocks[number]
    if block.kind == "date":
        return []
    direct, taken = direct_in(number, article, parsed)
    one = parsed.blocks[number]
    found = sorted([*direct, *reported(number, one, taken, block.kind)], key=lambda f: f.start)
    words = [s for f in found for s in f.segments]
    return [replace(f, medium=_medium(f, words, parsed)) for f in found]


def _medium(found: Found, words: Sequence[Span], parsed: Parsed) -> str | None:
    """Return to whom or where something is said, by its inquit or by the sentence with a colon above it."""
    if found.cue is not None:
        return medium_of(parsed.blocks[found.block], found.cue, words, found.mention)
    above = parsed.blocks[found.block - 1] if found.block else None
    if above is None or found.inherit not in _FROM_ABOVE or not above.doc.text.rstrip().endswith(":"):
        return None
    mention, cue = colon_speaker(list(above.sentences())[-1], any_subject=True)
    return None if cue is None else medium_of(above, above.span(cue), (), mention)


def _list_blocks(article: Article, found: Sequence[Found]) -> set[int]:
    """Return the blocks of dash-led lists: three or more below a heading, no inquit or question among them."""
    dashed = [article.slice(b.span)[:1] in DASHES for b in article.blocks]
    asking = [article.slice(b.span).endswith("?") for b in article.blocks]
    spoken = {f.block for f in found if f.rule != "dash turn, speaker inherited"}
    listed: set[int] = set()
    for start in range(1, len(dashed)):
        if not dashed[start] or dashed[start - 1] or article.blocks[start - 1].kind != "subheading":
            continue
        run = list(takewhile(lambda i: dashed[i], range(start, len(dashed))))
        if len(run) >= _LIST and not any(asking[i] or i in spoken for i in run):
            listed.update(run)
    return listed
