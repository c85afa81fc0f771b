"""The parse here beside that of another checkout, in turns: words a CPU second, and what loading takes.

``python -m tests.bench.beside CHECKOUT TEXT…``, such as a worktree of commit d57f444. Whole articles, parsed line by
line, their names settled; each turn is a process of its own, and the best of its rounds counts.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROUNDS, TURNS = 5, 3
ROOT = Path(__file__).parent.parent.parent


def measured(files: Sequence[str]) -> dict[str, float]:
    """Return seconds of loading and of the first parse, and words a second, all of CPU time."""
    import spacy  # noqa: F401 (its import is not ours to answer for)

    started = time.process_time()
    from corpus_lib.language import load, parse
    from corpus_lib.model import Span

    load()
    loaded = time.process_time()
    texts = [Path(name).read_text(encoding="utf-8") for name in files]
    lines = [[Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)] for text in texts]
    rates = []
    parse(texts[0], lines[0])
    first = time.process_time()
    for _ in range(ROUNDS):
        begun = time.process_time()
        parsed = [parse(text, spans) for text, spans in zip(texts, lines, strict=True)]
        words = sum(len(block.doc) for article in parsed for block in article.blocks)
        rates.append(words / (time.process_time() - begun))
    return {"load": loaded - started, "first parse": first - loaded, "words": max(rates)}


def turn(checkout: Path, files: Sequence[str]) -> dict[str, float]:
    """Return what a process of its own measures with the package of a checkout."""
    settings = {**os.environ, "PYTHONPATH": str(checkout), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, __file__, "--measure", *files]
    done = subprocess.run(command, env=settings, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(argv: Sequence[str]) -> int:
    if argv[0] == "--measure":
        print(json.dumps(measured(argv[1:])))
        return 0
    turns = [(turn(ROOT, argv[1:]), turn(Path(argv[0]), argv[1:])) for _ in range(TURNS)]
    for name, best in (("words", max), ("load", min), ("first parse", min)):
        here, there = (best(pair[side][name] for pair in turns) for side in (0, 1))
        print(f"{name:12} here {here:9.2f}   there {there:9.2f}   {here / there:5.2f} ×")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
