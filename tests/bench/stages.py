"""What each stage of an analysis costs beside the parse: ``python -m tests.bench.stages TEXT…``; CPU, best of three.

Set ``OMP_NUM_THREADS=1``: several threads of numpy on small matrices count each other's waiting.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpus_lib.actors import introduce
from corpus_lib.analysis import parse_article
from corpus_lib.demands import find
from corpus_lib.language import load
from corpus_lib.language.names import settling
from corpus_lib.model import Article
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import read_article

ROUNDS = 3


def measured(articles: Sequence[Article]) -> dict[str, float]:
    """Return CPU seconds by stage."""
    took = dict.fromkeys(("parse", "names", "actors", "quotations", "demands and answers"), 0.0)
    nlp, settle, clock = load(), settling.settle, time.process_time

    def timed(*given: Any, **named: Any) -> Any:
        begun = clock()
        try:
            return settle(*given, **named)
        finally:
            took["names"] += clock() - begun

    settling.settle = timed
    for article in articles:
        with nlp.memory_zone():
            times = [clock()]
            parsed = parse_article(article, nlp)
            times.append(clock())
            cast = introduce(article, parsed)
            times.append(clock())
            quotes = find_quotes(article, parsed, cast)
            times.append(clock())
            find(article, parsed, cast, quotes)
            times.append(clock())
        for name, begun, over in zip(("parse", *list(took)[2:]), times, times[1:], strict=False):
            took[name] += over - begun
    settling.settle = settle
    return took | {"parse": took["parse"] - took["names"]}


def main() -> None:
    """Print the seconds of each stage and its share of the parse."""
    articles = [read_article(Path(name)) for name in sys.argv[1:]]
    measured(articles)
    rounds = [measured(articles) for _ in range(ROUNDS)]
    best = {name: min(took[name] for took in rounds) for name in rounds[0]}
    for name, seconds in best.items():
        sys.stdout.write(f"{name:<22}{seconds:7.2f} s  {seconds / best['parse']:4.0%} of the parse\n")


if __name__ == "__main__":
    main()
