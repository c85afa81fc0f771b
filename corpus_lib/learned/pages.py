"""Annotated articles to learn from: read with their fold, the blind ones never."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import InputNotFound
from corpus_lib.learned.linear import weights_in

if TYPE_CHECKING:
    from corpus_lib.language import Parsed
    from corpus_lib.model import Article

FOLDS = 5
WRITTEN = "written"
"""The source of articles that were written to learn from and are like no paper's: for some tasks they count less."""
COUNTS: Mapping[str, float] = {WRITTEN: 0.5, "modern": 3.0, "dev": 3.0, "newsroom": 2.0, "long": 1.5}
"""How much an article of a source counts where it is learned who is meant, and how sure a speaker is: most the printed
ones and those like them; the others once. In who speaks none counts more than once: out of fold that helped nothing."""
LAYERS = ("structure", "quotes", "demands", "responses")
"""What may be annotated in an article."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article with what was annotated in it, parsed.

    Attributes
    ----------
    source
        The name of its folder of gold, such as ``modern``.
    gold
        The annotation as it was read.
    others
        A folder of weights that were learned without its fold.
    """

    doc: str
    source: str
    fold: int
    gold: Mapping[str, Any]
    article: Article
    parsed: Parsed
    others: Path | None = None

    @property
    def counts(self) -> float:
        """How much the article counts where it is learned who is meant; see `COUNTS`."""
        return COUNTS.get(self.source, 1.0)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """Let earlier decisions about the article be made by weights that have not seen it, where there are such.

        So is a later decision learned from what the earlier ones are like on articles that nobody has annotated.
        """
        with weights_in(self.others):
            yield


@dataclass(frozen=True, slots=True)
class Sheet:
    """An annotated article as it lies on disk: where, in which fold, and whether it is blind.

    Attributes
    ----------
    further
        A file with layers that were annotated later, beside the others.
    """

    doc: str
    source: str
    path: Path
    fold: int
    blind: bool
    further: Path | None = None

    def gold(self) -> dict[str, Any]:
        """Return the annotation, without the layers that it does not have (``scored`` names those it has)."""
        data: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        left_out = set(LAYERS) - set(data.get("scored", LAYERS))
        held = {key: value for key, value in data.items() if key not in left_out}
        more = {} if self.further is None else json.loads(self.further.read_text(encoding="utf-8"))
        return {**more, **held}


def sheets(folders: Sequence[Path], further: Path | None = None) -> Iterator[Sheet]:
    """Yield the annotated articles of some folders of gold, each folder sorted by name.

    Parameters
    ----------
    further
        A folder with a file for each article that has more layers than its folder of gold tells, ``SOURCE/NAME.json``.

    ``*.split.json`` in a folder above name the blind articles and the folds of the others, by the name of the article
    in whatever folder it stands; an article that none names is not blind and has a fold from its name's checksum.

    Raises
    ------
    InputNotFound
        If a folder is not there.
    """
    for folder in folders:
        if not folder.is_dir():
            raise InputNotFound(f"{folder}: no such folder of gold")
        blind, folds = _splits(folder)
        for path in sorted(folder.rglob("*.json")):
            fold = folds.get(path.stem, int(hashlib.sha256(path.stem.encode()).hexdigest(), 16) % FOLDS)
            more = None if further is None else further / folder.name / path.name
            beside = more if more is not None and more.is_file() else None
            yield Sheet(path.stem, folder.name, path, fold, path.stem in blind, beside)


def _splits(folder: Path) -> tuple[set[str], dict[str, int]]:
    """Return the blind articles and the folds that the split files above a folder name."""
    for above in folder.absolute().parents:
        if files := sorted(above.glob("*.split.json")):
            splits = [json.loads(file.read_text(encoding="utf-8")) for file in files]
            return {doc for s in splits for doc in s["blind"]}, {d: k for s in splits for d, k in s["folds"].items()}
    return set(), {}


def readable(folders: Sequence[Path], further: Path | None = None) -> list[Sheet]:
    """Return the articles of some folders of gold that may be read, tuned on and learned from: all but the blind."""
    return [sheet for sheet in sheets(folders, further) if not sheet.blind]
