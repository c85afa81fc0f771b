"""Parses kept on disk: what the language layer makes of an annotated article is made once for each state of it."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from corpus_lib.language import Parsed, ParsedBlock, load
from corpus_lib.learned.pages import Page, Sheet
from corpus_lib.learned.train import NAMED, parsed_unseen
from corpus_lib.model import Article
from corpus_lib.structure import read_article

ROOT = Path(__file__).parent.parent.parent
CACHE = Path(os.environ.get("CORPUS_LIB_CACHE") or ROOT / ".cache")
"""Where parses, folds' weights and analyses are kept; may be deleted at any time."""
PIPELINES = Path(place) if (place := os.environ.get("CORPUS_LIB_PIPELINES")) else None
"""Pipelines whose names have not seen a fold (see ``corpus_lib.learned.train``), for what is judged out of fold."""

_LANGUAGE = (
    "corpus_lib/language",
    *(f"corpus_lib/learned/weights/{task}.tsv" for task in ("names", "names_again", "name_parts")),
)
_NOT_PARSING = (
    "acts",
    "matters",
    "syntax",
    "subjects",
    "gaps",
    "likeness",
    "salience",
    "confidence",
    "answering",
    "demand",
    "train",
    "scoring",
)
"""Parts of the language layer that say nothing of the parse."""

_DECISIONS = ("structure", "language", "actors", "quotes", "demands", "learned", "analysis.py", "model.py")
_LEARNING = (*(f"corpus_lib/{part}" for part in _DECISIONS), "tests/gold")


def digest_of(files: Iterator[Path]) -> str:
    """Return a checksum over the names and contents of files."""
    total = hashlib.sha256()
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode())
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


def files_under(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        found = path.rglob("*") if path.is_dir() else [path]
        yield from (f for f in found if f.is_file() and "__pycache__" not in f.parts)


@cache
def language_digest() -> str:
    """Return the checksum of what decides a parse."""
    kept = (f for f in files_under(*_LANGUAGE) if not any(part in str(f.relative_to(ROOT)) for part in _NOT_PARSING))
    return digest_of(kept)


@cache
def code_digest() -> str:
    """Return the checksum of everything that decides an analysis."""
    return digest_of(files_under("corpus_lib"))


@cache
def learning_digest() -> str:
    """Return the checksum of everything that decides what is learned: the decisions, but not the weights that are."""
    kept = (f for f in files_under(*_LEARNING) if f.parent.name != "weights" or f.stem.startswith("name"))
    return digest_of(kept)


def page_of(sheet: Sheet) -> Page:
    """Return an annotated article, read by the weights at hand; its parse from the cache where it is there."""
    gold = sheet.gold()
    article = read_article(sheet.path.with_suffix(".txt"), language=gold.get("language"))
    return Page(sheet.doc, sheet.source, sheet.fold, gold, article, parsed(sheet, article))


def parsed(sheet: Sheet, article: Article) -> Parsed:
    """Return the parse of an article, from the cache where it is there."""
    blocks = str([(b.kind, b.start, b.end) for b in article.blocks])
    unseen = PIPELINES is not None and sheet.source in NAMED and not sheet.blind
    state = f"{language_digest()} {article.language} {article.sha256} {blocks} {sheet.fold if unseen else ''}"
    key = hashlib.sha256(state.encode()).hexdigest()[:32]
    place = CACHE / "parses" / f"{key}.pickle"
    if place.is_file():
        return _read(place)
    made = parsed_unseen(sheet, article, PIPELINES)
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.with_suffix(f".{os.getpid()}")
    kept = (made.language, [(b.start, b.whole.to_bytes(), b.parsed, b.parts) for b in made.blocks])
    beside.write_bytes(pickle.dumps(kept))
    beside.replace(place)
    return made


def _read(place: Path) -> Parsed:
    vocab = load().vocab
    language, blocks = pickle.loads(place.read_bytes())
    return Parsed(
        language, tuple(ParsedBlock(s, Doc(vocab).from_bytes(d), full, parts) for s, d, full, parts in blocks)
    )
