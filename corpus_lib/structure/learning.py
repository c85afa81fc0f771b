"""Learning the kinds of lines from articles whose lines are annotated, and from the same pages in other orders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from random import Random

from corpus_lib.learned.fitting import ByFold, Example, fit_by_fold
from corpus_lib.learned.pages import Page
from corpus_lib.structure.features import History, features
from corpus_lib.structure.labelling import TASK
from corpus_lib.structure.paragraphs import Line, paragraph_lines

SOURCES = {"modern": 1.0, "invented": 1.0, "dev": 1.0, "seed": 1.0, "kindred": 0.2}
"""Gold whose lines were read or written with care, and how much these count; of the others they were made by rule."""

STRENGTH, LEAST = 0.5, 3
LEFT_OUT = 0.25
"""Which share of the lines of a page its copy in another order lacks."""
COPY_WEIGHT, BARE_WEIGHT = 0.3, 0.05
_LIST = 3
"""How many items a list has."""
_MARKS = ("– ", "- ", "• ", "1. ")
_MOVABLE = ("date", "byline", "credit", "caption")
"""Kinds of lines that other papers print elsewhere: their copies stand anywhere."""

_AROUND = re.compile(
    r"^FOTO:\s*[^.]*?(?:NTB scanpix|NTB SCANPIX|Reuters|REUTERS|AP|\(Arkiv\))\s+|^[A-ZÆØÅ][A-ZÆØÅ -]{2,40}:\s+"
    r"|\s*[(\[]?(?:FOTO|Foto|ARKIVFOTO|Arkivfoto|Illustrasjonsfoto|Illustrasjon)\s*:\s*[^.)\]]*[)\].]*\s*$"
)
"""What stands around the text of a picture: who took it, a word or two in capitals."""
_LEAST_TEXT = 12
"""Characters without which there is no text of a picture but for what stands around it."""


def learn(pages: Iterable[Page]) -> Iterator[ByFold]:
    """Yield the weights of the kinds of lines."""
    told = [(p.fold, e) for p in pages if p.source in SOURCES and "structure" in p.gold for e in examples(p)]
    yield fit_by_fold(TASK, [e for _, e in told], [fold for fold, _ in told], strength=STRENGTH, least=LEAST)


def examples(page: Page) -> Iterator[Example]:
    """Yield the lines of an article with their annotated kinds, each seen with the annotated kinds before it.

    So that the signs of a line weigh more than the habits of a house, the page comes once more in another order, once
    with a list in it, once without what stands around the texts of its pictures, and one of its paragraphs by itself.
    """
    lines, kinds = annotated(page)
    whole = SOURCES.get(page.source, 1.0)
    copy = whole * COPY_WEIGHT
    yield from _seen(page.doc, lines, kinds, whole)
    draw = Random(page.doc)
    yield from _seen(page.doc, *_in_another_order(lines, kinds, draw), copy)
    running = [line for line, kind in zip(lines, kinds, strict=True) if kind == "body"]
    if len(running) > _LIST:
        yield from _seen(page.doc, *_with_list(lines, kinds, draw), copy)
    if running:
        yield from _seen(page.doc, [draw.choice(running)], ["body"], copy)
    if "caption" in kinds:
        yield from _seen(page.doc, _bare(lines, kinds), kinds, whole * BARE_WEIGHT)


def annotated(page: Page) -> tuple[list[Line], list[str]]:
    """Return the lines of an article and their annotated kinds."""
    text = page.article.text
    lines = paragraph_lines(text, page.article.blocks[0].start)
    labelled = [(entry["start"], entry["end"], entry["label"]) for entry in page.gold["structure"]]
    kinds = [next((k for a, b, k in labelled if a < line.end and line.start < b), "body") for line in lines]
    return lines, kinds


def _seen(doc: str, lines: Sequence[Line], kinds: Sequence[str], weight: float) -> Iterator[Example]:
    before = History()
    for seen, kind in zip(features(lines), kinds, strict=True):
        yield Example(doc, {**seen.features, **before.features(seen.opening, seen.shape)}, kind, weight)
        before = before.then(kind)


def _in_another_order(lines: Sequence[Line], kinds: Sequence[str], draw: Random) -> tuple[list[Line], list[str]]:
    """Return a page with some lines left out and its stamps and picture texts elsewhere."""
    kept = [
        (line, kind) for line, kind in zip(lines, kinds, strict=True) if draw.random() > LEFT_OUT or kind == "title"
    ]
    moved = [pair for pair in kept if pair[1] in _MOVABLE]
    order = [pair for pair in kept if pair[1] not in _MOVABLE]
    for pair in moved:
        order.insert(draw.randint(0, len(order)), pair)
    return [line for line, _ in order], [kind for _, kind in order]


def _bare(lines: Sequence[Line], kinds: Sequence[str]) -> list[Line]:
    """Return a page whose picture texts stand without photographer and without a word in capitals before them."""
    texts = [
        _AROUND.sub("", one.text) if kind == "caption" else one.text for one, kind in zip(lines, kinds, strict=True)
    ]
    return [
        replace(line, text=text) if len(text) >= _LEAST_TEXT else line for line, text in zip(lines, texts, strict=True)
    ]


def _with_list(lines: Sequence[Line], kinds: Sequence[str], draw: Random) -> tuple[list[Line], list[str]]:
    """Return a page with a list behind one of its paragraphs: a line with a colon and the first words of others."""
    bodies = [i for i, kind in enumerate(kinds) if kind == "body"]
    mark, place = draw.choice(_MARKS), draw.choice(bodies[:-1])
    texts = [
        " ".join(lines[i].text.split()[: draw.randint(2, 6)]).rstrip(".,:") for i in draw.sample(bodies, _LIST + 1)
    ]
    items = [mark.replace("1", str(n)) + text.lstrip("–- ") for n, text in enumerate(texts[1:], start=1)]
    listed = [Line(lines[place].start, lines[place].end, text) for text in (f"{texts[0]}:", *items)]
    return [*lines[: place + 1], *listed, *lines[place + 1 :]], [
        *kinds[: place + 1],
        *["body"] * len(listed),
        *kinds[place + 1 :],
    ]
