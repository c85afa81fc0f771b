"""What reported speech looks like, learned from annotated articles: yes or no, start and end of each candidate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.learned.fitting import ByFold, Choice, Example, fit_by_fold, ranking_by_fold
from corpus_lib.learned.pages import WRITTEN, Page
from corpus_lib.model import BlockKind, Span
from corpus_lib.quotes.borders import end_features, start_features
from corpus_lib.quotes.features import speech_features
from corpus_lib.quotes.finding import candidates_in
from corpus_lib.quotes.medium import MEDIUM, phrases, spoken_in
from corpus_lib.quotes.medium import features as medium_features
from corpus_lib.quotes.options import ACCORDINGS, Candidate
from corpus_lib.quotes.reported import CUE, END, START, proposed, segments_of, start_of
from corpus_lib.quotes.spoken import DIRECT, spoken_features
from corpus_lib.quotes.told import Told, overlap, told_in

if TYPE_CHECKING:
    from corpus_lib.language import ParsedBlock

_SAME, _TOUCHING, _TIE, _RIGHT = 0.5, 0.3, 0.02, 0.8
"""From which overlap (intersection over union) a candidate is a quotation of the gold, or too near to be none."""
_PENALTY, _STRENGTH = 0.7, 0.5
_TREEBANK = 0.2
"""The weight of an example from the treebank, whose articles are older and annotated in part."""
_RECEIVERS = {"modern": 3.0, "dev": 3.0, WRITTEN: 0.5}
"""How much the receivers and channels of an article of some sources count, of the others once."""


@dataclass(frozen=True, slots=True)
class Case:
    """A candidate of an annotated article and what the gold says of it."""

    one: Candidate
    doc: str
    fold: int
    kind: BlockKind
    weight: float
    right: bool
    start: int
    end: int


def learn(pages: Iterable[Page]) -> Iterator[ByFold]:
    """Yield the weights of the decisions about reported speech and of the medium."""
    kept = [page for page in pages if "quotes" in page.gold]
    cases = [case for page in kept for case in _cases(page)]
    starts = _ranking(START, _starts(cases))
    yield starts
    yield _ranking(END, _ends(cases))
    folds = [case.fold for case in cases]
    yield fit_by_fold(CUE, [_speech(case, starts) for case in cases], folds, strength=_STRENGTH)
    direct = [(page.fold, example) for page in kept for example in _spoken(page)]
    yield fit_by_fold(DIRECT, [e for _, e in direct], [fold for fold, _ in direct], strength=_STRENGTH)
    yield _ranking(MEDIUM, ((page.fold, c) for page in kept if page.gold.get("complete") for c in _media(page)))


def _ranking(task: str, told: Iterable[tuple[int, Choice]]) -> ByFold:
    """Return the weights of a ranking from its choices and their folds."""
    known = list(told)
    return ranking_by_fold(task, [choice for _, choice in known], [fold for fold, _ in known], penalty=_PENALTY)


def _cases(page: Page) -> Iterator[Case]:
    """Yield the candidates of an article that are plainly a quotation or plainly none.

    Of several that overlap one quotation only the best are right; the others are wrong readings of it.
    """
    quotes, complete = told_in(page.gold), bool(page.gold.get("complete"))
    weight = 1.0 if complete else _TREEBANK
    matched = [
        (one, number, *_match(one, page.parsed.blocks[number], quotes))
        for number in range(len(page.article.blocks))
        for one in _proposed(number, page)
    ]
    top: dict[Told, float] = {}
    for _, _, best, _ in matched:
        if best.told is not None:
            top[best.told] = max(best.share, top.get(best.told, 0.0))
    for one, number, best, near in matched:
        kind = page.article.blocks[number].kind
        if best.told is not None and best.share >= _SAME:
            right = best.share >= top[best.told] - _TIE
            if best.told.core:
                yield Case(one, page.doc, page.fold, kind, weight, right, best.start, best.end)
        elif best.share < _TOUCHING and not near and (complete or _in_none_span(one, page, page.parsed.blocks[number])):
            yield Case(one, page.doc, page.fold, kind, weight, False, best.start, best.end)


def _starts(cases: Iterable[Case]) -> Iterator[tuple[int, Choice]]:
    for case in cases:
        one = case.one
        if case.right and len(one.starts) > 1:
            rows = tuple(start_features(one, s) for s in one.starts)
            yield case.fold, Choice(case.doc, rows, (one.starts.index(case.start),), case.weight)


def _ends(cases: Iterable[Case]) -> Iterator[tuple[int, Choice]]:
    for case in cases:
        ends = [e for e in case.one.ends if e > case.start]
        if case.right and len(ends) > 1:
            rows = tuple(end_features(case.one, case.start, e) for e in ends)
            yield case.fold, Choice(case.doc, rows, (ends.index(case.end),), case.weight)


def _speech(case: Case, starts: ByFold) -> Example:
    start = start_of(case.one, starts[case.fold])
    return Example(case.doc, speech_features(case.one, start, case.kind), "yes" if case.right else "no", case.weight)


def _spoken(page: Page) -> Iterator[Example]:
    """Yield the finds of direct speech of a wholly annotated article, and whether their words are right."""
    if not page.gold.get("complete"):
        return
    quotes = told_in(page.gold)
    for number, block in enumerate(page.article.blocks):
        with page.unseen():
            found = candidates_in(number, page.article, page.parsed)
        for one in found:
            best = max(quotes, key=lambda t, one=one: overlap(one.segments, t.segments), default=None)  # type: ignore[misc]
            share = 0.0 if best is None else overlap(one.segments, best.segments)
            if best is not None and share >= _TOUCHING and not best.core:
                continue
            features = spoken_features(one, page.parsed.blocks[number], block.kind)
            yield Example(page.doc, features, "yes" if share >= _RIGHT else "no")


def _media(page: Page) -> Iterator[Choice]:
    """Yield for each quotation with a cue the phrases around it, and which of them, or none, is its medium."""
    told = told_in(page.gold)
    words = [s for t in told for s in t.segments]
    for one, quote in zip(told, page.gold["quotes"], strict=True):
        parsed = None if one.cue is None else page.parsed.block_at(one.cue.start)
        cue = None if parsed is None or one.cue is None else parsed.tokens(one.cue)
        if parsed is None or cue is None or not one.core or not parsed.parsed:
            continue
        said = quote.get("speaker_mention")
        mention = parsed.tokens(Span(said["start"], said["end"])) if said else None
        found = phrases(cue[0], spoken_in(parsed, words), mention)
        wanted = (quote.get("medium") or "").casefold()
        right = [n for n, p in enumerate(found, 1) if p.text.casefold() == wanted] if wanted else [0]
        if found and right:
            rows = ({"none": 1.0}, *(medium_features(p, cue[0]) for p in found))
            yield Choice(page.doc, rows, tuple(right), _RECEIVERS.get(page.source, 1.0))


def _proposed(number: int, page: Page) -> list[Candidate]:
    block = page.article.blocks[number]
    if block.kind == "date":
        return []
    with page.unseen():
        direct = candidates_in(number, page.article, page.parsed)
    taken = [s for f in direct for s in f.segments] + [f.cue for f in direct if f.cue]
    return proposed(page.parsed.blocks[number], taken, block.kind)


@dataclass(frozen=True, slots=True)
class Match:
    """The quotation of the gold that a candidate overlaps most, and where its words begin and end to do so."""

    share: float
    told: Told | None
    start: int
    end: int


def _match(one: Candidate, parsed: ParsedBlock, quotes: Sequence[Told]) -> tuple[Match, bool]:
    """Return the best match of a candidate among quotations of its cue, and whether it is too near to another's."""
    best, near = Match(0.0, None, one.starts[0], one.ends[-1]), False
    cue = parsed.span(one.cue)
    for told in quotes:
        share, start, end = _nearest(one, parsed, told)
        if told.cue is not None and not told.cue.overlaps(cue):
            near = near or (share >= _SAME and one.kind not in ACCORDINGS)
        elif share > best.share:
            best = Match(share, told, start, end)
    return best, near


def _nearest(one: Candidate, parsed: ParsedBlock, told: Told) -> tuple[float, int, int]:
    """Return the best overlap of a candidate's words with a quotation, and where they then begin and end."""
    best = (0.0, one.starts[0], one.ends[-1])
    first, last = parsed.span(one.cue.doc[min(one.starts)]), parsed.span(one.cue.doc[max(one.ends) - 1])
    if told.segments[-1].end <= first.start or told.segments[0].start >= last.end:
        return best
    for start in one.starts:
        for end in (e for e in one.ends if e > start):
            share = overlap(segments_of(one, start, end, parsed), told.segments)
            if share > best[0] + 1e-9:
                best = (share, start, end)
    return best


def _in_none_span(one: Candidate, page: Page, parsed: ParsedBlock) -> bool:
    """Say whether a cue stands where the treebank can hold no attributed quotation."""
    cue = parsed.span(one.cue)
    return any(Span(*n).overlaps(cue) for n in page.gold.get("none_spans", []))
