"""Direct speech in dash turns of any length, with the inquit at their end or in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.model import Block, Span
from corpus_lib.quotes.choosing import inquit
from corpus_lib.quotes.found import Found, cue_of
from corpus_lib.quotes.inquits import (
    clause_start,
    colon_before,
    colon_speaker,
    content_of,
    sentence_end,
    speaker_in,
    with_inquit,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_TURN = re.compile(r"(?:^|(?<=[.!?:»”\"] ))[-–—] ?(?=[\w«\"“'’(…])")
_SPEECH_WORDS = frozenset(
    [
        "jeg",
        "vi",
        "oss",
        "meg",
        "min",
        "mitt",
        "mine",
        "vår",
        "vårt",
        "våre",
        "du",
        "dere",
        "deg",
        "din",
        "ditt",
        "dine",
        "eg",
        "me",
        "mi",
        "mitt",
        "dykk",
        "dykkar",
        "de",
    ]
) - {"de"}
_RESUMES = frozenset(
    ["men", "for", "fordi", "hvis", "så", "når", "at", "eller", "selv", "slik", "dersom", "og", "dei", "viss"]
)


def turns(number: int, block: Block, parsed: ParsedBlock) -> Iterator[Found]:
    """Yield the dash turns of a block, and what plainly goes on speaking behind an inquit."""
    for tokens, start in turn_words(parsed):
        yield from _turn(number, block, parsed, tokens, colon_before(parsed, start))


def turn_words(parsed: ParsedBlock) -> Iterator[tuple[Tokens, int]]:
    """Yield the words of each dash turn of a block, and where its dash stands in the block's text."""
    text = parsed.doc.text
    starts = [m for m in _TURN.finditer(text) if not _is_range(text, m)]
    for place, match in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = following.start() if following else len(text)
        tokens = parsed.tokens(Span(parsed.start + match.end(), parsed.start + end))
        if tokens is None or tokens[0].text == "at":  # an item of a list behind a colon
            continue
        yield tokens, match.start()


def _is_range(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 1].isdigit() and not text[match.end() :].strip().count(" ")


def _turn(number: int, block: Block, parsed: ParsedBlock, tokens: Tokens, before: Tokens | None) -> Iterator[Found]:
    verb = inquit(tokens)
    if verb is None:
        yield from _open_turn(number, block, parsed, tokens, before)
        return
    words = content_of(tokens.doc[tokens.start : clause_start(verb)])
    if words is None:
        return
    behind = sentence_end(verb, tokens.end)
    inquit_tokens = tokens.doc[clause_start(verb) : behind]
    mention = speaker_in(verb, inquit_tokens)
    resumed = _resumed(verb, mention, behind)
    segments = (parsed.of(words), *([parsed.of(resumed)] if resumed is not None else []))
    yield with_inquit(number, parsed, segments, "dash", "dash turn with inquit", verb, inquit_tokens, mention)
    yield from _continued(number, parsed, tokens.doc[behind : tokens.end])


def _open_turn(
    number: int, block: Block, parsed: ParsedBlock, tokens: Tokens, before: Tokens | None
) -> Iterator[Found]:
    """Yield a turn without an inquit of its own."""
    words = content_of(tokens)
    if words is None or not _is_speech(words, block):
        return
    mention, cue, rule, inherit = None, None, "dash turn, speaker inherited", "previous"
    if before is not None:
        mention, cue_token = colon_speaker(before)
        cue = parsed.span(cue_token) if cue_token is not None else None
        rule, inherit = "colon before a dash turn", "none"
    elif block.kind == "title":
        rule = "dash turn in a headline"
        inherit = "none"
    elif words[-1].text == "?" and len(list(words.doc.sents)) <= 2:
        rule, inherit = "question of the reporter", "question"
    yield Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="dash",
        rule=rule,
        cue=cue,
        mention=mention,
        inherit=inherit,
    )


def _is_speech(words: Tokens, block: Block) -> bool:
    """Say whether a turn without an inquit says something: it has a verb, or calls or asks, or heads the page."""
    return (
        block.kind == "title"
        or words[-1].text in "?!"
        or (len(words) <= 3 and not words[0].like_num)
        or any(t.pos_ in ("VERB", "AUX") for t in words)
    )


def _resumed(verb: Token, mention: Tokens | None, end: int) -> Tokens | None:
    """Return the words that go on behind an inquit in the same sentence: «– A, fortsatte han, men B»."""
    doc = verb.doc
    start = max(mention.end if mention is not None else 0, verb.i + 1)
    comma = next((t for t in doc[start:end] if t.text == ","), None)
    if comma is None or comma.i + 2 >= end:
        return None
    rest = doc[comma.i + 1 : end]
    if rest[0].lower_ not in _RESUMES or any(cue_of(t) is not None for t in rest):
        return None
    has_subject = any(t.dep_.startswith("nsubj") for t in rest[1:])
    if rest[0].lower_ == "og" and not (has_subject and any(t.lower_ in _SPEECH_WORDS for t in rest)):
        return None
    return content_of(rest) if has_subject else None


def _continued(number: int, parsed: ParsedBlock, rest: Tokens) -> Iterator[Found]:
    """Yield the sentences behind an inquit that plainly go on speaking: they say I, we or you."""
    if not len(rest):
        return
    speaking = []
    for sentence in _pieces(rest):
        lowered = {t.lower_ for t in sentence if t.pos_ not in ("NOUN", "PROPN")}
        reports = any(
            (verb := cue_of(t)) is not None
            and verb.use in ("say", "opine")
            and t.lower_ not in ("tror", "mener", "trur")
            for t in sentence
        )
        if lowered & _SPEECH_WORDS and not (reports and not _i_say(sentence)):
            speaking.append(sentence)
        else:
            break
    if not speaking:
        return
    words = content_of(rest.doc[speaking[0].start : speaking[-1].end])
    if words is not None:
        yield Found(
            block=number,
            type="direct",
            segments=(parsed.of(words),),
            marker="dash",
            rule="speech goes on behind the inquit",
            inherit="same",
        )


def _i_say(sentence: Tokens) -> bool:
    return any(t.dep_.startswith("nsubj") and t.lower_ in _SPEECH_WORDS for t in sentence)


def _pieces(tokens: Tokens) -> Iterator[Tokens]:
    start = tokens.start
    for token in tokens:
        if token.text in (".", "!", "?") and (token.whitespace_ or token.i + 1 == tokens.end):
            yield tokens.doc[start : token.i + 1]
            start = token.i + 1
    if start < tokens.end:
        yield tokens.doc[start : tokens.end]
