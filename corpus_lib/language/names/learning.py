"""Learning how names are settled: what the annotated articles say of each proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus_lib.language.names.parts import NONE, part_proposals
from corpus_lib.language.names.parts import TASK as PARTS
from corpus_lib.language.names.settling import TASK, proposals, survey
from corpus_lib.learned.fitting import Example, fit
from corpus_lib.learned.linear import Linear

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL_OF = {"person": "PER", "organisation": "ORG", "state": "GPE", "location": "LOC"}
"""The kinds of the annotation → the labels; the others are no names here."""

Mention = tuple[int, int, str]


def mentions(gold: Mapping[str, Any]) -> list[Mention]:
    """Return (start, end, label) of the proper names of an annotated article, in its characters."""
    return [
        (m["start"], m["end"], LABEL_OF[actor["kind"]])
        for actor in gold.get("actors", ())
        if actor["kind"] in LABEL_OF
        for m in actor["mentions"]
        if m["proper"]
    ]


def in_tokens(doc: Doc, start: int, found: Iterable[Mention]) -> list[tuple[int, int, str]]:
    """Return the names of a block in tokens, the longest where two overlap; a name inside a token is left out.

    Parameters
    ----------
    start
        Where the block begins.
    found
        Names in characters of the article.
    """
    out: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for first, last, label in sorted(found, key=lambda m: m[0] - m[1]):
        if not start <= first < last <= start + len(doc.text):
            continue
        exact = doc.char_span(first - start, last - start)
        span = exact if exact is not None else doc.char_span(first - start, last - start, alignment_mode="expand")
        if span is None or not taken.isdisjoint(range(span.start, span.end)):
            continue
        beside = doc.text[span.start_char : first - start] + doc.text[last - start : span.end_char]
        if exact is None and any(c.isalpha() for c in beside.removesuffix("s")):
            continue
        taken.update(range(span.start, span.end))
        out.append((span.start, span.end, label))
    return sorted(out)


def examples(name: str, docs: Sequence[Doc], starts: Sequence[int], found: Sequence[Mention]) -> Iterator[Example]:
    """Yield what is right of every proposal in an article whose Docs hold the recogniser's probabilities."""
    right = [{(a, b): label for a, b, label in in_tokens(d, s, found)} for d, s in zip(docs, starts, strict=True)]
    for one in proposals(survey(docs)):
        yield Example(name, one.features, right[one.doc].get((one.start, one.end), NONE))


def part_examples(name: str, docs: Sequence[Doc], starts: Sequence[int], found: Sequence[Mention]) -> Iterator[Example]:
    """Yield what is right of every first part of a compound."""
    right = {(a, b): label for a, b, label in found}
    taken = [{i for a, b, _ in in_tokens(d, s, found) for i in range(a, b)} for d, s in zip(docs, starts, strict=True)]
    surveyed = survey(docs)
    for one in part_proposals(surveyed.readings, surveyed.article, taken):
        start = starts[one.doc]
        yield Example(name, one.features, right.get((start + one.start, start + one.end), NONE))


def learned(names: Sequence[Example], parts: Sequence[Example], strength: float = 0.3) -> Iterator[Linear]:
    """Yield the weights of both decisions."""
    yield fit(TASK, names, strength=strength, least=3)
    yield fit(PARTS, parts, strength=strength, least=2)
