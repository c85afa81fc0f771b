"""Direct speech in quotation marks, with a speaker beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.model import Span
from corpus_lib.quotes.found import Found, cue_of
from corpus_lib.quotes.inquits import (
    colon_before,
    colon_speaker,
    content_of,
    has_subject_behind,
    only_names,
    sentence_end,
    speaker_in,
    with_inquit,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import ParsedBlock

_MARKED = re.compile(r"«([^«»]{1,1500})»|“([^“”„]{1,1500})[”“]|„([^„“”]{1,1500})[“”]|(?<!\w)\"([^\"]{1,1500})\"(?!\w)")

_CLAUSE_WORDS = 4


def marked(number: int, parsed: ParsedBlock, taken: list[Span]) -> Iterator[Found]:
    """Yield quotations in quotation marks that hold a clause and have a speaker beside them."""
    text, goes_on = parsed.doc.text, 0
    for match in _MARKED.finditer(text):
        inner = next(i for i in range(1, 5) if match.group(i) is not None)
        place = Span(parsed.start + match.start(inner), parsed.start + match.end(inner))
        if any(place.overlaps(t) for t in taken):
            continue
        tokens = parsed.tokens(place)
        words = content_of(tokens) if tokens is not None else None
        if words is None or len(words) < 2:
            continue
        found = _marked_with_inquit(number, parsed, words, match.end()) or _marked_after_colon(
            number, parsed, words, match.start()
        )
        goes_on = goes_on if _only_space(text, goes_on, match.start()) else 0
        if found is None and goes_on and _is_sentence(words, match):
            found = _behind_inquit(number, parsed, words)
        if found is not None:
            yield found
            goes_on = _end_of_saying(found, parsed, match.end())


def _only_space(text: str, start: int, end: int) -> bool:
    """Say whether quoted words follow at once where the speech before them ended."""
    return 0 < start <= end and not text[start:end].strip(" .\n\t")


def _is_sentence(words: Tokens, match: re.Match[str]) -> bool:
    """Say whether quoted words stand by themselves: no sentence goes on behind them («Titanic 2» har premiere)."""
    marked, behind = match.group(), match.string[match.end() : match.end() + 2]
    closed = len(words) >= _CLAUSE_WORDS or marked[-2:-1] in ".?!"
    return closed and not behind.lstrip()[:1].islower() and behind[:1] != ","


def _end_of_saying(found: Found, parsed: ParsedBlock, end: int) -> int:
    """Return where the sentence ends that holds quoted words and their inquit, in the block's text."""
    cue = None if found.cue is None or found.cue.start < parsed.start + end else parsed.tokens(found.cue)
    if cue is None:
        return end
    if (verb := cue_of(cue[0])) is not None and verb.use == "ask":
        return 0  # somebody else answers
    last = sentence_end(cue[0], len(parsed.doc))
    return int(parsed.doc[last - 1].idx) + len(parsed.doc[last - 1])


def _behind_inquit(number: int, parsed: ParsedBlock, words: Tokens) -> Found:
    """Return quoted words that go on behind an inquit: ««A», sier Lie. «B.»»."""
    return Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="quotation marks",
        rule="quotation marks go on behind an inquit",
        inherit="same",
    )


def _marked_with_inquit(number: int, parsed: ParsedBlock, words: Tokens, end: int) -> Found | None:
    after = parsed.tokens(Span(parsed.start + end, parsed.start + len(parsed.doc.text)))
    if after is None:
        return None
    tokens = [t for t in after[:4] if t.text not in (",", "»", '"', "”")]
    said = cue_of(tokens[0]) if tokens else None
    if said is None or not has_subject_behind(tokens[0], len(parsed.doc)):
        return None
    verb = tokens[0]
    if said.use == "demand" and not only_names(verb, len(parsed.doc)):
        return None
    inquit_tokens = verb.doc[verb.i : sentence_end(verb, len(verb.doc))]
    mention, rule = speaker_in(verb, inquit_tokens), "quotation marks with inquit"
    return with_inquit(number, parsed, (parsed.of(words),), "quotation marks", rule, verb, inquit_tokens, mention)


def _marked_after_colon(number: int, parsed: ParsedBlock, words: Tokens, start: int) -> Found | None:
    if len(words) < _CLAUSE_WORDS:
        return None
    alone = Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="quotation marks",
        rule="quotation marks alone in a paragraph",
        inherit="colon",
    )
    before = colon_before(parsed, start)
    if before is None:
        return None if parsed.doc.text[:start].strip() else alone
    mention, cue = colon_speaker(before)
    if mention is None and cue is None:
        return None
    told = parsed.span(cue) if cue is not None else None
    return replace(alone, rule="colon before quotation marks", cue=told, mention=mention, inherit="none")
