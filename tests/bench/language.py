"""Words per CPU second of the shipped pipeline beside the bare starting configuration.

``OPENBLAS_NUM_THREADS=1 python -m tests.bench.language TREEBANK_DIR TEXT…``. The starting configuration is
spaCy's own (width 96, depth 4, hashed features without vectors, nothing of ours, matrices through BLIS),
trained for some seconds, so that it predicts trees and not noise.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from thinc.api import NumpyOps, set_current_ops

from corpus_lib.language import load, parse, train
from corpus_lib.language.treebank import read_conllu
from corpus_lib.model import Span

CHANGES = {
    "width = 128": "width = 96",
    "depth = 5": "depth = 4",
    "include_static_vectors = true": "include_static_vectors = false",
    "hidden_width = 96": "hidden_width = 64",
}
STEPS = 60


def starting_point(treebank: Path) -> Language:
    """Return a pipeline of the starting configuration, trained for a moment."""
    text = (train.HERE / "core.cfg").read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        text = text.replace(old, new)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "starting.cfg"
        config.write_text(text, encoding="utf-8")
        documents = [d for code in train.LANGUAGES for d in read_conllu(treebank / f"train.{code}.conllu")]
        schedule = train.Schedule(steps=STEPS, warmup=10)
        out = train.train_core(documents, schedule, None, Path(folder), config=config, report=lambda _: None)
        set_current_ops(NumpyOps(use_blis=True))
        return spacy.load(out)


def speed(nlp: Language, texts: Sequence[str]) -> float:
    """Return words per CPU second, the best of three rounds."""
    rates = []
    for _ in range(3):
        started = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        rates.append(words / (time.process_time() - started))
    return max(rates)


def parsing(files: Sequence[str]) -> float:
    """Return words per CPU second of whole articles, parsed line by line and their names settled; the best of three."""
    articles = [Path(name).read_text(encoding="utf-8") for name in files]
    lines = [[Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)] for text in articles]
    rates = []
    for _ in range(3):
        started = time.process_time()
        parsed = [parse(text, spans) for text, spans in zip(articles, lines, strict=True)]
        words = sum(len(block.doc) for article in parsed for block in article.blocks)
        rates.append(words / (time.process_time() - started))
    return max(rates)


def main(argv: Sequence[str]) -> int:
    texts = [p for name in argv[1:] for p in Path(name).read_text(encoding="utf-8").split("\n") if p.strip()]
    rows = {
        "shipped, all components": speed(load(), texts),
        "shipped, names settled over the article": parsing(argv[1:]),
        "shipped, without names": speed(load(exclude={"ner"}), texts),
        "starting configuration (tags, trees, lemmas)": speed(starting_point(Path(argv[0])), texts),
    }
    base = rows["starting configuration (tags, trees, lemmas)"]
    for name, rate in rows.items():
        print(f"{name:50} {rate:9.0f} words/CPU s   {rate / base:5.2f} ×")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
