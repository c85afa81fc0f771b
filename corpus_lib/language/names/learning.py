"""Learning how names are settled: what the annotated articles say of each proposal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus_lib.language.names import again
from corpus_lib.language.names.parts import TASK as PARTS
from corpus_lib.language.names.parts import part_proposals
from corpus_lib.language.names.settling import NONE, TASK, Proposal, Survey, looks, proposals, survey
from corpus_lib.learned.fitting import Example, fit
from corpus_lib.learned.linear import Linear

if TYPE_CHECKING:
    from spacy.tokens import Doc

LABEL_OF = {"person": "PER", "organisation": "ORG", "state": "GPE", "location": "LOC"}
"""The kinds of the annotation → the labels; the others are no names here."""

FOLDS = 5
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


@dataclass(frozen=True, slots=True)
class Read:
    """An annotated article with its proposals and what is right of each."""

    name: str
    seen: Survey
    found: Sequence[Proposal]
    right: Sequence[str]
    parts: Sequence[Example]


def read(name: str, docs: Sequence[Doc], starts: Sequence[int], gold: Sequence[Mention]) -> Read:
    """Return what there is to learn from an article whose Docs hold the recogniser's probabilities."""
    inside = [in_tokens(doc, start, gold) for doc, start in zip(docs, starts, strict=True)]
    of_stretch = [{(a, b): label for a, b, label in names} for names in inside]
    seen = survey(docs)
    found = list(proposals(seen))
    right = [of_stretch[one.doc].get((one.start, one.end), NONE) for one in found]
    taken = [{i for a, b, _ in names for i in range(a, b)} for names in inside]
    of_characters = {(a, b): label for a, b, label in gold}
    parts = [
        Example(
            name,
            one.features,
            of_characters.get((starts[one.doc] + one.start, starts[one.doc] + one.end), NONE),
        )
        for one in part_proposals(seen.readings, seen.article, taken)
    ]
    return Read(name, seen, found, right, parts)


def learned(articles: Sequence[Read], strength: float = 0.3) -> Iterator[Linear]:
    """Yield the weights of the first look, of the second, and of the names inside compounds.

    The second look learns from first looks by weights that have not seen the article.
    """
    by_fold = [articles[k::FOLDS] for k in range(FOLDS)]
    again_examples: list[Example] = []
    for k, some in enumerate(by_fold):
        others = [one for j, rest in enumerate(by_fold) if j != k for one in rest]
        weights = first_look(others, strength)
        for article in some:
            again_examples += second_examples(article, weights)
    parts = [one for article in articles for one in article.parts]
    origin = f"learned from {len(articles)} annotated articles, recognised by weights that had not seen them"
    for model, what in (
        (first_look(articles, strength), "What a stretch of words names, at first sight"),
        (fit(again.TASK, again_examples, strength=strength, least=3), "What it names, with what was decided elsewhere"),
        (fit(PARTS, parts, strength=strength, least=2), "What the first part of a compound names"),
    ):
        yield replace(model, notes=(f"{what}; {origin}",))


def first_look(articles: Sequence[Read], strength: float) -> Linear:
    """Return the weights of the first look."""
    examples = [
        Example(article.name, one.features, label)
        for article in articles
        for one, label in zip(article.found, article.right, strict=True)
    ]
    return fit(TASK, examples, strength=strength, least=3)


def second_examples(article: Read, weights: Linear) -> Iterator[Example]:
    """Yield what is right of the proposals that need a second look."""
    shares = weights.distributions([one.features for one in article.found])
    rows = again.features(looks(article.seen, article.found, shares))
    for row, label in zip(rows, article.right, strict=True):
        if row is not None:
            yield Example(article.name, row, label)
