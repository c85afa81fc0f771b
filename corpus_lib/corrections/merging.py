"""Decisions that are added to those made before: none is lost, and where two disagree it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_lib.corrections.layer import Correction, Layer, read_layer, sidecar_of
from corpus_lib.errors import SchemaError


@dataclass(frozen=True, slots=True)
class Merged:
    """A layer with more decisions, and where the new ones disagree with older ones: (older, newer)."""

    layer: Layer
    conflicts: tuple[tuple[Correction, Correction], ...]


def merged(layer: Layer, more: Layer) -> Merged:
    """Return a layer with the corrections of another; of two about one record that disagree, the new one counts.

    Raises
    ------
    SchemaError
        If they are about different texts.
    """
    if (layer.doc, layer.sha256) != (more.doc, more.sha256):
        raise SchemaError(
            f"{more.doc}: there are decisions about {layer.doc} with another text (SHA-256 {layer.sha256[:12]}…); "
            "choose another folder, or move them away"
        )
    known = {(c.record, c.span): c for c in layer.corrections}
    pairs = [(known.get((c.record, c.span)), c) for c in more.corrections]
    conflicts = tuple((old, new) for old, new in pairs if old is not None and not _agree(old, new))
    new = [c for old, c in pairs if old is None or not _agree(old, c)]
    return Merged(layer.with_(*new), conflicts)


def _agree(one: Correction, other: Correction) -> bool:
    return (one.action, dict(one.values)) == (other.action, dict(other.values))


def merged_with_saved(folder: Path, layers: Sequence[Layer]) -> tuple[Merged, ...]:
    """Return layers together with what a folder holds about the same articles already; nothing is written.

    Raises
    ------
    SchemaError
        If a file there is no layer of corrections, or about another text, or two of the layers are about one article.
    """
    docs = [layer.doc for layer in layers]
    if twice := next((doc for doc in docs if docs.count(doc) > 1), None):
        raise SchemaError(f"{twice}: the decisions are about two different texts of it")
    found = []
    for layer in layers:
        file = sidecar_of(folder, layer.doc)
        found.append(merged(read_layer(file), layer) if file.exists() else Merged(layer, ()))
    return tuple(found)
