"""How work grows with the text: ``python tests/bench/growth.py``; ten shapes of text at 1, 10 and 100 times.

Prints, for each shape, how many times more lines of the library are run, and how many times more processor time is
taken, from three paragraphs to thirty and from these to three hundred. What is looked at around a place is limited; a
short text has less than that, so the second step tells how work grows. «Demands of everybody» fills those limits only
from some seventy paragraphs on (its work grows 21 times from three to thirty, 3.6 times from thirty to 75), so it goes
from 75 to 750, in one step.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from counting import lines_run
from shapes import TEXTS, many

from corpus_lib.analysis import analyse
from corpus_lib.structure import article_of

SHAPES: dict[str, Callable[[int], str]] = {
    "prose": TEXTS["prose"][1],
    "dialogue": TEXTS["dialogue"][1],
    "demands and answers": TEXTS["demands and answers"][1],
    "demands of everybody": TEXTS["demands of everybody"][1],
    "names": TEXTS["names"][1],
    "headlines": TEXTS["headlines"][1],
    "one paragraph of demands": lambda n: "Bodø vil ha svar\n\n" + "Nav krever svar fra kommunen. " * n,
    "clauses within clauses": many(lambda i: f"Han mener {'at han mener ' * 8}det er {i} biler.\n\n"),
    "marks within marks": many(lambda i: f"«“ Nei, «det er “ {i} » ” sier Kari Lie.\n\n"),
    "many answers to one demand": lambda n: (
        "Kari Lie krever at Nav svarer.\n\n" + "Nav avviser kravet fra Lie.\n\n" * n
    ),
}

BASE, FILLED = 3, {"demands of everybody": 75}
"""With how many paragraphs a shape begins; with how many one that a few do not fill."""


def measured(text: str) -> tuple[int, float]:
    """Return lines run and processor seconds of an analysis."""
    begun = time.process_time()
    analyse(article_of(text, id="lang", language="nb"))
    took = time.process_time() - begun
    return lines_run(lambda: analyse(article_of(text, id="lang", language="nb"))), took


def main() -> None:
    """Print a line a shape."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    options.add_argument("--most", type=int, choices=(10, 100), default=100)
    chosen = options.parse_args()
    measured(SHAPES["prose"](3))
    for name in chosen.shapes:
        base = FILLED.get(name, BASE)
        before = measured(SHAPES[name](base))
        shown = [f"{name:<28}"]
        for times in (10,) if name in FILLED else (t for t in (10, 100) if t <= chosen.most):
            now = measured(SHAPES[name](base * times))
            lines, seconds = (b / a for a, b in zip(before, now, strict=True))
            shown.append(f"to {times:>3} × {base} paragraphs: {lines:5.1f} × the lines, {seconds:5.1f} × the time")
            before = now
        sys.stdout.write("  ".join(shown) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
