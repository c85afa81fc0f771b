"""The quotations of a block, direct and reported, before anybody is asked who speaks."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from corpus_lib.model import Article, Span
from corpus_lib.quotes.found import DASHES, Found
from corpus_lib.quotes.marked import marked
from corpus_lib.quotes.reported import reported
from corpus_lib.quotes.turns import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lib.language import Parsed

_SILENT = ("date", "byline", "credit")
_LIST = 3


def found_in(article: Article, parsed: Parsed) -> list[Found]:
    """Return what is said in an article, in text order, lists led by dashes left out."""
    found = [f for number in range(len(article.blocks)) for f in in_block(number, article, parsed)]
    listed = _list_blocks(article, found)
    return [f for f in found if f.block not in listed]


def direct_in(number: int, article: Article, parsed: Parsed) -> tuple[list[Found], list[Span]]:
    """Return the direct speech of a block, and the words that it takes, its cues among them."""
    block, one = article.blocks[number], parsed.blocks[number]
    if block.kind in (*_SILENT, "subheading"):
        return [], []
    direct = list(turns(number, block, one))
    taken = [s for f in direct for s in f.segments] + [r.span for f in direct for r in f.reasons if r.span]
    direct += marked(number, one, taken)
    return direct, [s for f in direct for s in f.segments] + [f.cue for f in direct if f.cue]


def in_block(number: int, article: Article, parsed: Parsed) -> list[Found]:
    """Return what is said in a block, in text order."""
    block = article.blocks[number]
    if block.kind == "date":
        return []
    direct, taken = direct_in(number, article, parsed)
    return sorted([*direct, *reported(number, parsed.blocks[number], taken, block.kind)], key=lambda f: f.start)


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
