"""Which verb of a dash turn is its inquit, learned from annotated articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_lib.learned.fitting import ByFold, Choice, ranking_by_fold
from corpus_lib.learned.pages import Page
from corpus_lib.quotes.choosing import INQUIT, NONE, features, possible
from corpus_lib.quotes.told import told_in
from corpus_lib.quotes.turns import turn_words

_PENALTY = 0.7
_TREEBANK = 0.2
"""The weight of a turn of the treebank, whose articles are older and annotated in part."""


def learn(pages: Iterable[Page]) -> Iterator[ByFold]:
    """Yield the weights by which a turn's inquit is chosen."""
    told = [(page.fold, choice) for page in pages if "quotes" in page.gold for choice in _inquits(page)]
    yield ranking_by_fold(INQUIT, [choice for _, choice in told], [fold for fold, _ in told], penalty=_PENALTY)


def _inquits(page: Page) -> Iterator[Choice]:
    """Yield for each dash turn with a quotation the verbs that may be its inquit, and which of them, or none, is."""
    direct = [t for t in told_in(page.gold) if t.direct]
    weight = 1.0 if page.gold.get("complete") else _TREEBANK
    for parsed in (b for b in page.parsed.blocks if b.parsed):
        for tokens, _ in turn_words(parsed):
            place = parsed.of(tokens)
            here = [t for t in direct if any(s.overlaps(place) for s in t.segments)]
            found = possible(tokens)
            if not here or not found:
                continue
            cues = [t.cue for t in here if t.cue is not None and t.cue.within(place)]
            right = [n for n, v in enumerate(found, 1) if any(parsed.span(v).overlaps(c) for c in cues)]
            if right or not cues:
                rows = (NONE, *(features(v, tokens, found) for v in found))
                yield Choice(page.doc, rows, tuple(right or [0]), weight)
