"""Learn the weights of a decision: ``python -m corpus_lib.learned.train TASK GOLD… [-o FOLDER] [--fold K]``.

GOLD is a folder of annotated articles; blind ones (``*.split.json``) are left out. Deterministic; minutes.
With ``--fold K`` the articles of fold K are left out too, so that the weights can be judged on them.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from corpus_lib.language import load as load_pipeline
from corpus_lib.language import parse
from corpus_lib.learned.linear import Linear, write_weights
from corpus_lib.learned.pages import Page, Sheet, readable
from corpus_lib.structure import read_article

SHIPPED = Path(__file__).parent / "weights"

TASKS: Mapping[str, str] = {
    "structure": "corpus_lib.structure.learning",
    "who": "corpus_lib.actors.learning",
    "turns": "corpus_lib.quotes.learning_turns",
    "quotes": "corpus_lib.quotes.learning",
    "speaker": "corpus_lib.quotes.speaker_learning",
}
"""What can be learned → the module that knows how; it has `learn`. In the order in which they build on each other."""


class Learner(Protocol):
    """A module that learns one or more decisions."""

    def learn(self, pages: Iterable[Page]) -> Iterator[Linear]:
        """Yield the weights that some articles teach."""


def page_of(sheet: Sheet) -> Page:
    """Return an annotated article, read and parsed."""
    gold = sheet.gold()
    article = read_article(sheet.path.with_suffix(".txt"), language=gold.get("language"))
    parsed = parse(article.text, [b.span for b in article.blocks], nlp=load_pipeline(), language=article.language)
    return Page(sheet.doc, sheet.source, sheet.fold, gold, article, parsed)


def train(task: str, found: Sequence[Sheet], folder: Path, prepared: Callable[[Sheet], Page] = page_of) -> list[Path]:
    """Learn a task from some articles and write its weights into a folder; return the files.

    Parameters
    ----------
    prepared
        Reads and parses an article; another one may keep what it has parsed.
    """
    learner: Learner = importlib.import_module(TASKS[task])
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for model in learner.learn([prepared(sheet) for sheet in found]):
        path = folder / f"{model.task}.tsv"
        path.write_text(write_weights(model), encoding="utf-8")
        written.append(path)
    return written


def main(argv: Sequence[str] | None = None) -> int:
    """Learn one task, or all of them in their order, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m corpus_lib.learned.train", description=__doc__)
    parser.add_argument("task", choices=["all", *TASKS], help="what is learned")
    parser.add_argument("gold", type=Path, nargs="+", help="folders of annotated articles")
    parser.add_argument("-o", "--output", type=Path, default=SHIPPED, help="folder for the weights (the shipped ones)")
    parser.add_argument("--fold", type=int, help="leave out the articles of this fold")
    options = parser.parse_args(argv)
    found = [s for s in readable(options.gold) if s.fold != options.fold]
    for task in TASKS if options.task == "all" else [options.task]:
        for path in train(task, found, options.output):
            sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
