"""Score the library on every annotated article: ``python -m tests.accuracy [--quick] [--group NAME] [--part PART]``.

Each article is analysed by weights that did not see it: the blind ones by the shipped weights, the others by weights
learned without their fold. Blind articles are scored; nothing prints their texts or misses. Three quarters of an hour
where the weights are to be learned, five minutes where they are there; kept in ``.cache`` for each state of the code.
Writes ``tests/accuracy/figures.json``; ``--table`` makes the README's tables of it, and a test compares them.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict

from tests.accuracy.board import Score, scores_of
from tests.accuracy.groups import GROUPS
from tests.accuracy.table import FIGURES, tables

QUICK_FOLD = 0


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="of what is judged out of fold, one fold")
    parser.add_argument("--group", action="append", choices=[g.name for g in GROUPS], help="this group alone")
    parser.add_argument("--part", action="append", choices=["blind", "fold", "tuned"], help="this part alone")
    parser.add_argument("--samples", type=int, default=500, help="samples of articles behind the intervals")
    parser.add_argument("--table", action="store_true", help="print the README's tables from the figures that are kept")
    options = parser.parse_args(argv)
    if options.table:
        sys.stdout.write(tables() + "\n")
        return 0
    found: list[Score] = []
    for group in GROUPS:
        for part in group.parts:
            if (options.group and group.name not in options.group) or (options.part and part not in options.part):
                continue
            articles = group.sheets(part)
            if options.quick and part == "fold":
                articles = [s for s in articles if s.fold == QUICK_FOLD]
            scores = list(scores_of(group, part, articles, options.samples))
            show(scores)
            found += scores
    if not (options.group or options.part):
        write(found, "one of five" if options.quick else "all")
    return 0


def show(scores: Sequence[Score]) -> None:
    sys.stdout.write(f"\n{scores[0].group}, {scores[0].part} ({scores[0].articles} articles)\n")
    for s in scores:
        shown = f"{s.value:6.0f}" if s.measure.startswith("false") else f"{s.value:6.3f}"
        interval = "" if s.low is None or s.high is None else f"  [{s.low:.3f}, {s.high:.3f}]"
        sys.stdout.write(f"  {s.measure:<44}{shown}{interval}  n {s.n}\n")
    sys.stdout.flush()


def write(scores: Sequence[Score], folds: str) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    rounded = [{k: round(v, 4) if isinstance(v, float) else v for k, v in asdict(s).items()} for s in scores]
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rounded)
    head = json.dumps({"commit": commit.stdout.strip(), "folds": folds})[:-1]
    FIGURES.write_text(f'{head}, "scores": [\n{lines}\n]}}\n', encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
