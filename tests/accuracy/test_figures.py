"""The README's tables are those that were measured, and thirty articles are not read worse than they were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_lib.learned.pages import sheets
from tests.accuracy.table import FIGURES, tables

FLOORS = Path(__file__).parent / "floors.json"
README = Path(__file__).parent.parent.parent / "README.md"
ARTICLES = 15


def test_the_readme_shows_the_figures_that_were_measured():
    assert tables() in README.read_text(encoding="utf-8"), "make them with python -m tests.accuracy --table"


def test_the_figures_are_those_of_a_commit():
    assert json.loads(FIGURES.read_text(encoding="utf-8"))["commit"]


@pytest.mark.shared
@pytest.mark.parametrize("name", ["modern", "invented"])
def test_blind_articles_are_not_read_worse_than_they_were(name: str, shared: Path):
    from tests.accuracy.board import scores_of
    from tests.accuracy.groups import GROUPS

    group = next(g for g in GROUPS if g.name == name)
    found = [s for s in sheets([shared / "gold" / name]) if s.blind][:ARTICLES]
    scores = {s.measure: s.value for s in scores_of(group, "blind", found, samples=0)}
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    below = {m: (round(scores.get(m, 0.0), 4), floor) for m, floor in floors.items() if scores.get(m, 0.0) < floor}
    assert not below
