"""Nobody is shown answering what they asked for themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lib import analyse, read_article
from corpus_lib.analysis import Analysis
from corpus_lib.datasets import load_invented

WALK = sorted((Path(__file__).parent.parent / "walk").glob("*.txt"))


def own_answers(analysis: Analysis) -> list[tuple[str, str]]:
    """Return the answers that are tied to a demand of their own actor."""
    by = {d.id: set(d.actors) for d in analysis.demands}
    return [(r.id, t) for r in analysis.responses for t in r.targets if by[t] & set(r.actors)]


@pytest.mark.parametrize("path", WALK, ids=lambda path: path.stem)
def test_in_an_article(path: Path):
    assert own_answers(analyse(read_article(path))) == []


def test_in_the_invented_articles():
    found = [analyse(one.text) for one in load_invented().documents]
    assert sum(len(one.responses) for one in found) > len(found)
    assert [own_answers(one) for one in found if own_answers(one)] == []
