"""Learn the weights of a decision: ``python -m corpus_lib.learned.train TASK GOLD… [-o FOLDER] [--fold K]``.

GOLD is a folder of annotated articles; blind ones (``*.split.json``) are left out. Deterministic; minutes.
With ``--fold K`` the articles of fold K are left out too, so that the weights can be judged on them. With
``--pipelines`` an article is parsed by a pipeline whose names were learned without its fold, so that what is learned is
used to names that are as good as on unseen articles.

The same is so of earlier decisions: a task that others build on is learned without each fold in turn too, and a later
one is learned from articles that were read by weights that have not seen them. ``all`` does so by itself; to learn one
task by itself, keep those weights in a folder with ``--unseen``: it is read and written there.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Protocol

from corpus_lib.analysis import parse_article
from corpus_lib.language import load as load_pipeline
from corpus_lib.language.packing import unpack
from corpus_lib.learned.fitting import ByFold, ReadByFold
from corpus_lib.learned.linear import Linear, forget, keep_weights, weights_in
from corpus_lib.learned.network import Reader, forget_readers, keep_reader
from corpus_lib.learned.pages import WRITTEN, Page, Sheet, readable
from corpus_lib.structure import read_article

if TYPE_CHECKING:
    from spacy.language import Language

    from corpus_lib.language import Parsed
    from corpus_lib.model import Article

SHIPPED = Path(__file__).parent / "weights"

TASKS: Mapping[str, str] = {
    "structure": "corpus_lib.structure.learning",
    "who": "corpus_lib.actors.learning",
    "turns": "corpus_lib.quotes.learning_turns",
    "quotes": "corpus_lib.quotes.learning",
    "speaker": "corpus_lib.quotes.speaker_learning",
    "demands": "corpus_lib.demands.learning",
}
"""What can be learned → the module that knows how; it has `learn`. In the order in which they build on each other."""

_FIRST = "structure"
"""The task that decides the kinds of blocks, and with them how an article is parsed."""


class Learner(Protocol):
    """A module that learns one or more decisions."""

    def learn(self, pages: Iterable[Page]) -> Iterator[Linear | ByFold | ReadByFold]:
        """Yield the weights that some articles teach; by fold where later tasks build on them."""


TEACHES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((WRITTEN, "plain", "deeds", "long", "reports"), tuple(t for t in TASKS if t != "structure")),
    "newsroom": tuple(t for t in TASKS if t not in ("structure", "quotes")),
}
"""Gold that is learned from in some tasks alone: the others it did not help out of fold, or it has nothing for them."""

NAMED = ("modern", "dev", "invented", WRITTEN, "kindred", "plain", "deeds", "long", "newsroom")
"""Gold that the names are learned from."""


@cache
def _pipeline(folder: Path) -> Language:
    return unpack(folder / "norwegian.zip")


def page_of(sheet: Sheet, pipelines: Path | None = None) -> Page:
    """Return an annotated article, read and parsed.

    Parameters
    ----------
    pipelines
        A folder with a folder for each fold: ``norwegian.zip`` and the weights of its names, learned without that fold.
    """
    gold = sheet.gold()
    article = read_article(sheet.path.with_suffix(".txt"), language=gold.get("language"))
    parsed = parsed_unseen(sheet, article, pipelines)
    return Page(sheet.doc, sheet.source, sheet.fold, gold, article, parsed)


def parsed_unseen(sheet: Sheet, article: Article, pipelines: Path | None) -> Parsed:
    """Return the parse of an article, by names that have not seen it where there are such."""
    if pipelines is None or sheet.blind or sheet.source not in NAMED:
        return parse_article(article, load_pipeline())
    folder = pipelines / str(sheet.fold)
    with weights_in(folder):
        return parse_article(article, _pipeline(folder))


def train(
    task: str,
    found: Sequence[Sheet],
    folder: Path,
    prepared: Callable[[Sheet], Page] = page_of,
    unseen: Path | None = None,
) -> list[Path]:
    """Learn a task from some articles and write its weights into a folder; return the files.

    Parameters
    ----------
    prepared
        Reads and parses an article; another one may keep what it has parsed.
    unseen
        A folder with a folder for each fold: the weights learned without it, of earlier tasks and then of this one too.
    """
    learner: Learner = importlib.import_module(TASKS[task])
    written = []
    pages = []
    for sheet in found:
        if task in TEACHES.get(sheet.source, TASKS):
            others = None if unseen is None else unseen / str(sheet.fold)
            with weights_in(others):  # which lines are titles is decided too
                pages.append(replace(prepared(sheet), others=others))
    for learned in learner.learn(pages):
        by_fold = learned if isinstance(learned, Mapping) else {None: learned}
        for fold, model in by_fold.items():
            if fold is None:
                written.append(_keep(model, folder))
            elif unseen is not None:
                _keep(model, unseen / str(fold))
        forget()
        forget_readers()
    return written


def _keep(model: Linear | Reader, folder: Path) -> Path:
    return keep_reader(model, folder) if isinstance(model, Reader) else keep_weights(model, folder)


def train_all(
    found: Sequence[Sheet], folder: Path, unseen: Path, read: Callable[[Sheet], Page] = page_of
) -> Iterator[Path]:
    """Learn all tasks in their order; yield the files. See `train`.

    Each article is read twice: for the first task, and once more for all others, when its lines are known.
    """
    again = cache(read)
    for task in TASKS:
        yield from train(task, found, folder, read if task == _FIRST else again, unseen)


def main(argv: Sequence[str] | None = None) -> int:
    """Learn one task, or all of them in their order, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m corpus_lib.learned.train", description=__doc__)
    parser.add_argument("task", choices=["all", *TASKS], help="what is learned")
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated articles")
    parser.add_argument("--further", type=Path, help="folder of layers annotated beside them, SOURCE/NAME.json")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED, help="folder for the weights (the shipped ones)")
    parser.add_argument("--fold", type=int, help="leave out the articles of this fold")
    parser.add_argument("--unseen", type=Path, help="folder for the weights learned without each fold; kept")
    parser.add_argument("--pipelines", type=Path, help="folder of pipelines whose names have not seen a fold")
    options = parser.parse_args(argv)
    found = [s for s in readable(options.gold, options.further) if s.fold != options.fold]
    read = partial(page_of, pipelines=options.pipelines)
    kept = TemporaryDirectory() if options.unseen is None else nullcontext(options.unseen)
    with weights_in(options.output), kept as unseen:
        others = Path(unseen)
        if options.task == "all":
            written: Iterable[Path] = train_all(found, options.output, others, read)
        else:
            written = train(options.task, found, options.output, read, others)
        for path in written:
            sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
