"""From finds to quotations: text order, speakers, inherited speakers, confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.actors import Cast, Context
from corpus_lib.model import Article, Quote, Reason
from corpus_lib.quotes.confidence import confidence
from corpus_lib.quotes.finding import found_in
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.inquits import colon_speaker

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

REPEATED = "the quotation that the headline repeats"
_WORD = re.compile(r"\w+")
_INHERITS_FOR = 3
"""How many blocks a speaker may be silent and still own an unattributed turn."""


def find_quotes(article: Article, parsed: Parsed, cast: Cast) -> tuple[Quote, ...]:
    """Find the quotations of an article and their speakers, in text order."""
    return _as_in_the_body(article, _attributed(found_in(article, parsed), parsed, cast))


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
                confidence=confidence(one.rule, rule, words=one.probability),
                denied=one.denied,
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
