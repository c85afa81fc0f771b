"""What is scored: groups of annotated articles, and which of their layers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from corpus_lib.learned.pages import Sheet, sheets
from tests.accuracy.parses import ROOT

GOLD = Path(os.environ.get("CORPUS_LIB_SHARED") or ROOT.parent / "shared") / "gold"
_NAMES = ("written", "kindred", "plain", "deeds", "long", "newsroom", "reports")
_OWN = tuple(str(ROOT / "tests" / "gold" / name) for name in _NAMES)
TRAINING = ("modern", "demands", "everyday", "invented", "dev", "demands_dev", "seed",
            "treebank/train/nb", "treebank/train/nn", *_OWN)  # fmt: skip
"""Folders of gold that weights are learned from; the last seven are our own and lie beside the tests."""
FRESH = str(ROOT / "tests" / "gold" / "fresh")
"""Our own articles that teach nothing: they judge, and nobody who works on the library reads them."""
FURTHER = ROOT / "tests" / "gold" / "further"
"""What was annotated later in articles of the shared gold that may be read: who is meant."""

EVERYTHING = ("structure", "quotes", "demands", "responses")
CLAIMS = ("demands", "responses")


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that are scored together.

    Attributes
    ----------
    name
        Of the group in tables.
    folders
        Folders of gold.
    layers
        What is annotated in them.
    parts
        How its articles are judged: ``blind``; ``fold``, by weights learned without their fold, on articles whose
        misses may be read; ``tuned``, by the shipped weights, on articles that rules and weights were made from.
    names
        Whether its names are annotated.
    """

    name: str
    folders: tuple[str, ...]
    layers: tuple[str, ...]
    parts: tuple[str, ...] = ("blind", "fold")
    names: bool = False

    def sheets(self, part: str) -> list[Sheet]:
        """Return the articles of a part."""
        return [s for s in sheets([GOLD / f for f in self.folders]) if s.blind == (part == "blind")]


GROUPS = (
    Group("modern", ("modern",), EVERYTHING, names=True),
    Group("invented", ("invented",), EVERYTHING),
    Group("fresh", (FRESH,), EVERYTHING, ("blind",), names=True),
    Group("real", ("modern", "demands"), CLAIMS),
    Group("everyday", ("everyday",), CLAIMS),
    Group("dev", ("dev",), EVERYTHING, ("tuned",), names=True),
    Group("dev and demands_dev", ("dev", "demands_dev"), CLAIMS, ("tuned",)),
    Group("seed", ("seed",), EVERYTHING, ("tuned",)),
    Group("treebank dev, Bokmål", ("treebank/dev/nb",), ("quotes",), ("tuned",)),
    Group("treebank dev, Nynorsk", ("treebank/dev/nn",), ("quotes",), ("tuned",)),
    Group("treebank train, Bokmål", ("treebank/train/nb",), ("quotes",), ("tuned",)),
    Group("treebank train, Nynorsk", ("treebank/train/nn",), ("quotes",), ("tuned",)),
)
