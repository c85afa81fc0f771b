"""Annotations of an article, gold or predicted, as the scorer has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus_lib.model import Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as it is scored; `kind` is the mention's: name, noun or pronoun."""

    type: str
    segments: tuple[Span, ...]
    speaker: str | None = None
    mention: Span | None = None
    head: Span | None = None
    kind: str | None = None
    medium: str | None = None
    extent: Span | None = None
    confidence: float | None = None
    core: bool = True

    @property
    def family(self) -> str:
        """Direct or indirect; a mixed quotation is an indirect one with quoted words."""
        return "indirect" if self.type == "mixed" else self.type


@dataclass(frozen=True, slots=True)
class Claim:
    """A demand as it is scored."""

    id: str
    span: Span
    actor: str | None
    addressees: tuple[str, ...] = ()
    core: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it is scored."""

    id: str
    span: Span
    actor: str | None
    stance: str
    targets: tuple[str, ...] = ()
    core: bool = True


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything an annotator, or the library, says about one article.

    Attributes
    ----------
    complete
        Whether what is not annotated is not there: without it, there is no precision.
    lines
        (line number, label) of the lines that are labelled.
    names
        The persons and bodies of the article, to tell whether a surname is enough.
    silent
        Stretches that are known to hold no quotation, where the annotation is not complete.
    cells
        (demand, actor, stance) of the matrix.
    """

    doc: str
    text: str
    complete: bool = True
    lines: tuple[tuple[int, str | None], ...] = ()
    quotes: tuple[Quotation, ...] = ()
    demands: tuple[Claim, ...] = ()
    responses: tuple[Answer, ...] = ()
    names: frozenset[str] = frozenset()
    silent: tuple[Span, ...] = ()
    cells: tuple[tuple[str, str, str], ...] = ()


def line_labels(text: str, blocks: Iterable[tuple[str, int, int]]) -> tuple[tuple[int, str | None], ...]:
    r"""Return the label of each line that is not empty: the kind of the block that covers most of it.

    >>> line_labels("Krav\n\nNav svarer.", [("title", 0, 4), ("body", 6, 17)])
    ((0, 'title'), (2, 'body'))
    """
    known = list(blocks)
    labels: list[tuple[int, str | None]] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        first, end = start + len(line) - len(line.lstrip()), start + len(line)
        if line.strip():
            shared = [(min(b, end) - max(a, first), kind) for kind, a, b in known]
            width, label = max(shared, key=lambda one: one[0], default=(0, ""))
            labels.append((number, label if width > 0 else None))
        start = end + 1
    return tuple(labels)


def known_names(annotation: Annotation, items: Sequence[Quotation | Claim | Answer]) -> frozenset[str]:
    """Return the names of an article: those listed, and those that its items mention."""
    mentioned: set[str] = set()
    for item in items:
        who = (item.speaker if isinstance(item, Quotation) else item.actor) or ""
        mentioned |= {part.strip() for part in who.split(";")}
        if isinstance(item, Claim):
            mentioned |= set(item.addressees)
    return annotation.names | (mentioned - {""})
