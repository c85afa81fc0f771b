"""Reported speech and stated opinion: «X sier at S», «S, sier X», «ifølge X S», «det opplyser X».

Grammar and lexicon propose candidates; learned weights say which are speech and where their words begin and end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.actors.nouns import sort_of
from corpus_lib.language.syntax import trimmed
from corpus_lib.learned import Linear, load
from corpus_lib.model import BlockKind, QuoteType, Reason, Span
from corpus_lib.quotes.borders import end_features, start_features
from corpus_lib.quotes.candidates import candidates
from corpus_lib.quotes.denials import is_denied, is_plainly_denied
from corpus_lib.quotes.features import speech_features
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.options import (
    ACCORDING_AROUND,
    ACCORDING_LEFT,
    ACCORDING_RIGHT,
    AROUND,
    AS,
    BARE,
    BEFORE,
    COLON,
    INFINITIVE,
    POINTS,
    QUESTION,
    THAT,
    Candidate,
)
from corpus_lib.quotes.sources import source_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import ParsedBlock

CUE, START, END = "reported", "reported_start", "reported_end"
"""The three decisions: is a candidate speech, where do its words begin, where do they end."""

HEADINGS = ("title", "subheading", "caption")
RULE_OF = {
    THAT: "clause of a verb of saying",
    QUESTION: "question that a verb reports",
    INFINITIVE: "infinitive of a verb of saying",
    BARE: "clause without «at»",
    COLON: "colon behind who says it",
    BEFORE: "sentence before a verb of saying",
    AROUND: "words around a verb of saying",
    AS: "words behind «som X sier»",
    POINTS: "«det opplyser X» after the sentence",
    ACCORDING_RIGHT: "according to",
    ACCORDING_LEFT: "according to",
    ACCORDING_AROUND: "according to",
}
LEAST = 0.42
PLAIN = 0.6
"""How likely is, at least, what grammar tells plainly and is too rare to learn from: denials, «det framgår av X at»."""
_SHOWN = 4
"""How many features stand among the reasons."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, where its words begin, and how likely it is speech."""

    one: Candidate
    start: int
    probability: float


def proposed(parsed: ParsedBlock, taken: Iterable[Span], kind: BlockKind) -> list[Candidate]:
    """Return the candidates of a block outside the direct quotations already taken."""
    if not parsed.parsed:
        return []
    spoken = frozenset(
        i for s in taken if (words := parsed.tokens(s)) is not None for i in range(words.start, words.end)
    )
    found = candidates(parsed, spoken, heading=kind in HEADINGS)
    return [c for c in found if c.starts and c.ends and not _touches(c, spoken)]


def _touches(one: Candidate, spoken: frozenset[int]) -> bool:
    """Say whether all the words of a candidate are direct speech."""
    return bool(spoken) and all(i in spoken for i in range(max(one.starts), max(one.ends)))


def start_of(one: Candidate, model: Linear | None = None) -> int:
    """Return where a candidate's words most likely begin, by the shipped weights or those given."""
    if len(one.starts) == 1:
        return one.starts[0]
    shares = (model or load(START)).rank([start_features(one, s) for s in one.starts])
    return one.starts[max(range(len(shares)), key=lambda i: (shares[i], -i))]


def end_of(one: Candidate, start: int) -> int:
    """Return where a candidate's words most likely end."""
    ends = [e for e in one.ends if e > start] or [one.ends[-1]]
    if len(ends) == 1:
        return ends[0]
    shares = load(END).rank([end_features(one, start, e) for e in ends])
    return ends[max(range(len(shares)), key=lambda i: (shares[i], i))]


def segments_of(one: Candidate, start: int, end: int, parsed: ParsedBlock) -> tuple[Span, ...]:
    """Return the stretches of a candidate's words."""
    doc = one.cue.doc
    parts = [doc[start:end]] if one.hole is None else [doc[start : one.hole[0]], doc[one.hole[1] : end]]
    return tuple(parsed.of(t) for p in parts if len(t := trimmed(p)))


def scored(one: Candidate, kind: BlockKind) -> Scored:
    """Return a candidate with its likeliest beginning and its probability."""
    start = start_of(one)
    probability = load(CUE).probability(speech_features(one, start, kind))
    plain = is_plainly_denied(one, start) and source_of(one, start) is not None
    if probability < PLAIN and (plain or _is_written(one, start)):
        probability = PLAIN
    return Scored(one, start, probability)


def _is_written(one: Candidate, start: int) -> bool:
    """Say whether a document is named in which the words stand: «det framgår av rapporten at S»."""
    if one.kind != THAT or not one.entries or one.entries[0].use != "document":
        return False
    source = source_of(one, start)
    return source is not None and sort_of(source.root.lower_) == "document"


def reported(number: int, parsed: ParsedBlock, taken: Sequence[Span], kind: BlockKind) -> list[Found]:
    """Return the reported speech of a block, outside the direct quotations already taken, in text order."""
    likely = _likeliest([scored(one, kind) for one in proposed(parsed, taken, kind)])
    kept: list[tuple[Scored, int, tuple[Span, ...]]] = []
    for one in sorted(likely, key=lambda s: -s.probability):
        end = end_of(one.one, one.start)
        segments = segments_of(one.one, one.start, end, parsed)
        if segments and not any(s.overlaps(t) for s in segments for t in (*taken, *(x for *_, k in kept for x in k))):
            kept.append((one, end, segments))
    return sorted((_found(number, parsed, *one, kind) for one in kept), key=lambda f: f.start)


def _likeliest(found: Sequence[Scored]) -> list[Scored]:
    """Return the best reading of each cue that is likely enough to report speech in one way or another."""
    by_cue: dict[int, list[Scored]] = {}
    for one in found:
        by_cue.setdefault(one.one.cue.i, []).append(one)
    likely = (ways for ways in by_cue.values() if sum(s.probability for s in ways) >= LEAST)
    return [max(ways, key=lambda s: s.probability) for ways in likely]


def _found(
    number: int, parsed: ParsedBlock, chosen: Scored, end: int, segments: tuple[Span, ...], kind: BlockKind
) -> Found:
    one, start = chosen.one, chosen.start
    mention = source_of(one, start)
    words = one.cue.doc[start:end]
    joined = one.cue.i > 0 and one.cue.nbor(-1).lower_ in ("og", "men")
    return Found(
        block=number,
        type=type_of(words),
        segments=segments,
        marker=None,
        rule=RULE_OF[one.kind],
        cue=None if one.kind == COLON and one.source is not None else parsed.span(one.cue),
        mention=mention,
        inherit="previous" if mention is None and (joined or one.kind == BEFORE) else "none",
        reasons=tuple(_reasons(chosen, parsed, kind)),
        probability=chosen.probability,
        denied=is_denied(one, start),
    )


def _reasons(chosen: Scored, parsed: ParsedBlock, kind: BlockKind) -> Iterable[Reason]:
    """Yield the features that weighed most in a decision."""
    cue = parsed.span(chosen.one.cue)
    features = speech_features(chosen.one, chosen.start, kind)
    for added in load(CUE).contributions(features)[:_SHOWN]:
        yield Reason(added.feature, cue, "", round(added.weight, 2))


def type_of(words: Tokens) -> QuoteType:
    """Return the type of reported words: mixed where they hold marked ones, direct where they are all marked."""
    marks = [t for t in words if t.text in ("«", "»", "“", "”", '"')]
    if len(marks) >= 2 and words[0].text in '«“"' and words[-1].text in '»”"':
        return "direct"
    return "mixed" if marks else "indirect"
