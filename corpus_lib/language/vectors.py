"""Make the floret vectors: ``python -m corpus_lib.language.vectors RAW.jsonl.xz TREEBANK_DIR OUT.floret``.

Needs the package ``floret``. Five minutes on two processors; two threads, so that no two runs give
the same vectors to the last digit.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

_TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
_NYNORSK_WEIGHT = 3
"""How often the treebank's Nynorsk is read: the raw text holds little of it."""

PARAMETERS = {
    "model": "skipgram",
    "mode": "floret",
    "hashCount": 2,
    "bucket": 50_000,
    "minn": 3,
    "maxn": 5,
    "dim": 96,
    "epoch": 2,
    "minCount": 5,
    "lr": 0.05,
    "thread": 2,
}


def lines(raw: Path, treebank: Path) -> Iterator[str]:
    """Yield tokenised lines of the raw articles and of the treebank's training text."""
    with lzma.open(raw, "rt", encoding="utf-8") as file:
        for record in file:
            for line in json.loads(record)["text"].split("\n"):
                if line.strip():
                    yield " ".join(_TOKEN.findall(line))
    for part in ("train.nb", "train.nn", "extra.nb", "extra.nn"):
        for line in (treebank / f"{part}.conllu").read_text(encoding="utf-8").split("\n"):
            if line.startswith("# text ="):
                tokens = " ".join(_TOKEN.findall(line[8:]))
                yield from [tokens] * (_NYNORSK_WEIGHT if part.endswith("nn") else 1)


def main(argv: Sequence[str] | None = None) -> int:
    """Train the vectors and write them in floret's text format."""
    import floret

    parser = argparse.ArgumentParser(prog="python -m corpus_lib.language.vectors", description=__doc__)
    for name, meaning in (("raw", "raw articles, JSON Lines, xz"), ("treebank", "treebank folder"), ("out", "output")):
        parser.add_argument(name, type=Path, help=meaning)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "text"
        with text.open("w", encoding="utf-8") as file:
            file.writelines(line + "\n" for line in lines(options.raw, options.treebank))
        floret.train_unsupervised(str(text), **PARAMETERS).save_floret_vectors(str(options.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
