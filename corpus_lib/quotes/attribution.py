"""From finds to quotations: text order, speakers, inherited speakers, confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast, Context
from corpus_lib.model import Article, Quote, Reason
from corpus_lib.quotes.confidence import confidence
from corpus_lib.quotes.found import DASHES, Found
from corpus_lib.quotes.inquits import colon_speaker
from corpus_lib.quotes.marked import marked
from corpus_lib.quotes.reported import headline, reported
from corpus_lib.quotes.turns import turns

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

REPEATED = "the quotation that the headline repeats"
_WORD = re.compile(r"\w+")
_LIST = 3
_INHERITS_FOR = 3
"""How many blocks a speaker may be silent and still own an unattributed turn."""


def find_quotes(article: Article, parsed: Parsed, cast: Cast) -> tuple[Quote, ...]:
    """Find the quotations of an article and their speakers, in text order."""
    found = [f for number in range(len(article.blocks)) for f in _in_block(number, article, parsed)]
    listed = _list_blocks(article, found)
    found = [f for f in found if f.block not in listed]
    return _as_in_the_body(article, _attributed(found, parsed, cast))


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


def _attributed(found: Sequence[Found], parsed: Parsed, cast: Cast) -> list[Quote]:
    quotes: list[Quote] = []
    context = Context(
        spoken=tuple(sorted(s for f in found if f.type == "direct" for s in f.segments)),
        reported=tuple(sorted(s for f in found if f.type != "direct" for s in f.segments)),
    )
    for place, one in enumerate(found):
        mention, mention_block = one.mention, one.block
        if mention is None and one.inherit in ("previous", "colon", "question"):
            mention, mention_block = _before_colon(one, parsed)
        if one.inherit == "colon" and mention is None:
            continue
        speakers, rule = _speakers(one, mention, mention_block, cast, context, found, place)
        span = parsed.blocks[mention_block].of(mention) if mention is not None else None
        quotes.append(
            Quote(
                id=f"q{len(quotes) + 1}",
                type=one.type,
                segments=one.segments,
                marker=one.marker,
                cue=one.cue,
                speaker_mention=span,
                speakers=tuple(cast.id(n) for n in speakers),
                medium=one.medium,
                rule=one.rule,
                reasons=(*one.reasons, Reason("speaker", span, rule)),
                confidence=confidence(one.rule, rule),
            )
        )
        if speakers:
            context = replace(context, last_speakers=speakers, last_block=one.block, last_end=one.extent.end)
    return quotes


def _as_in_the_body(article: Article, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Give a quotation in a headline the speaker of the one in the body that it repeats."""
    heads = [b.span for b in article.blocks if b.kind in ("title", "subheading")]
    headed = {q.id for q in quotes if q.type == "direct" and any(q.segments[0].within(h) for h in heads)}
    if not headed:
        return tuple(quotes)
    body = [(q, _word_list(article, q)) for q in quotes if q.type == "direct" and q.id not in headed and q.speakers]
    settled = []
    for quote in quotes:
        words = _word_list(article, quote) if quote.id in headed else ""
        same = next((q for q, said in body if words in said), None) if words.count(" ") > 2 else None
        if same is not None and same.speakers != quote.speakers:
            why = Reason("speaker", same.segments[0], REPEATED)
            quote = replace(
                quote,
                speakers=same.speakers,
                speaker_mention=None,
                reasons=(*quote.reasons[:-1], why),
                confidence=confidence(quote.rule, REPEATED),
            )
        settled.append(quote)
    return tuple(settled)


def _word_list(article: Article, quote: Quote) -> str:
    """Return the words of a quotation in lower case, a space around each."""
    return " " + " ".join(_WORD.findall(" ".join(article.slice(s) for s in quote.segments).casefold())) + " "


def _before_colon(one: Found, parsed: Parsed) -> tuple[Tokens | None, int]:
    """Return the mention in the block before, where that block ends in a colon."""
    if one.block == 0:
        return None, one.block
    before = parsed.blocks[one.block - 1]
    if not before.doc.text.rstrip().endswith(":"):
        return None, one.block
    last = list(before.sentences())[-1]
    return colon_speaker(last, any_subject=True)[0], one.block - 1


def _speakers(
    one: Found,
    mention: Tokens | None,
    block: int,
    cast: Cast,
    context: Context,
    found: Sequence[Found],
    place: int,
) -> tuple[tuple[int, ...], str]:
    """Return the speakers' entities and the rule that found them."""
    if mention is not None:
        resolution = cast.resolve(mention, block, context)
        return resolution.entities, resolution.rule
    near = context.last_block >= one.block - _INHERITS_FOR
    if one.inherit == "same":
        return context.last_speakers, "the speaker of the inquit before"
    if one.inherit == "question":
        if _answered(found, place):
            return (), "a question that the next turn answers"
        return (context.last_speakers if near else ()), "the speaker before goes on"
    if one.inherit == "previous" and near and context.last_speakers:
        return context.last_speakers, "the speaker before goes on"
    if one.inherit == "previous" and (subject := cast.recent_subject(one.start, one.block)) is not None:
        return (subject,), "the person just spoken of"
    return (), "nobody is named"


def _answered(found: Sequence[Found], place: int) -> bool:
    """Say whether the next turn answers: it stands in the next block and is direct speech."""
    following = found[place + 1] if place + 1 < len(found) else None
    return following is not None and following.type == "direct" and following.block - found[place].block == 1
