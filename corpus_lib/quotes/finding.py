"""The quotations of a block, direct and reported, before anybody is asked who speaks."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from corpus_lib.model import Article
from corpus_lib.quotes.found import DASHES, Found
from corpus_lib.quotes.marked import marked
from corpus_lib.quotes.reported import headline, reported
from corpus_lib.quotes.turns import turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lib.language import Parsed

_LIST = 3


def found_in(article: Article, parsed: Parsed) -> list[Found]:
    """Return what is said in an article, in text order, lists led by dashes left out."""
    found = [f for number in range(len(article.blocks)) for f in _in_block(number, article, parsed)]
    listed = _list_blocks(article, found)
    return [f for f in found if f.block not in listed]


def _in_block(number: int, article: Article, parsed: Parsed) -> list[Found]:
    block = article.blocks[number]
    if block.kind in ("date", "byline", "credit"):
        return []
    one = parsed.blocks[number]
    if block.kind == "subheading":
        return list(reported(number, one, []))
    direct = list(turns(number, block, one))
    taken = [s for f in direct for s in f.segments] + [r.span for f in direct for r in f.reasons if r.span]
    direct += marked(number, one, taken)
    taken = [s for f in direct for s in f.segments] + [f.cue for f in direct if f.cue]
    if block.kind == "title" and not direct:
        direct += headline(number, one)
        taken = [s for f in direct for s in f.segments] + [f.cue for f in direct if f.cue]
    return sorted([*direct, *reported(number, one, taken)], key=lambda f: f.start)


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
