"""Draw the figure of the README: ``python -m tests.readme_figure``."""

from __future__ import annotations

from pathlib import Path

from corpus_lib import analyse, read_article
from corpus_lib.plots import demand_matrix

ROOT = Path(__file__).parent.parent

if __name__ == "__main__":
    article = read_article(ROOT / "seeds" / "000_3b71882cc0bf1758.txt")
    figure = demand_matrix(analyse(article, min_confidence=0.5).comparison())
    figure.savefig(ROOT / "notebooks" / "demands_and_answers.png", dpi=110, metadata={"Software": None})
