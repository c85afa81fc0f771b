"""Later decisions are learned from articles that were read by weights which have not seen them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus_lib.learned import Linear, load, train
from corpus_lib.learned.pages import Page, Sheet
from corpus_lib.model import Article
from corpus_lib.structure import read_text

SEEN: list[float] = []


def one(weight: float) -> Linear:
    return Linear("first", ("yes",), {"(bias)": (weight,)})


class First:
    """A decision that others build on: its weight is the fold it was learned without, plus one."""

    @staticmethod
    def learn(pages: Iterable[Page]) -> Iterator[Mapping[int | None, Linear]]:
        """Yield weights for each fold, and for all articles."""
        yield {None: one(9.0), **{page.fold: one(page.fold + 1.0) for page in pages}}


class Second:
    """A decision that builds on the first one: it notes by which weights of it each article is read."""

    @staticmethod
    def learn(pages: Iterable[Page]) -> Iterator[Linear]:
        """Yield weights for all articles."""
        for page in pages:
            with page.unseen():
                SEEN.append(load("first").scores({})[0])
        yield Linear("second", ("yes",), {"(bias)": (0.5,)})


@pytest.fixture
def sheets(tmp_path: Path) -> list[Sheet]:
    return [Sheet(f"doc{k}", "invented", tmp_path / f"doc{k}.json", k, blind=False) for k in range(3)]


def page_of(sheet: Sheet) -> Page:
    article: Article = read_text("Veien er stengt\n\nDen åpner i morgen.", id=sheet.doc)
    return Page(sheet.doc, sheet.source, sheet.fold, {}, article, SimpleNamespace(blocks=()))  # type: ignore[arg-type]


def test_a_later_task_reads_each_article_by_weights_that_have_not_seen_it(
    sheets: list[Sheet], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(train, "TASKS", {"first": "learns_first", "second": "learns_second"})
    monkeypatch.setitem(sys.modules, "learns_first", First)  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "learns_second", Second)  # type: ignore[arg-type]
    SEEN.clear()
    for task in ("first", "second"):
        written = train.train(task, sheets, tmp_path / "all", page_of, tmp_path / "unseen")
        assert [path.name for path in written] == [f"{task}.tsv"]
    assert SEEN == [1.0, 2.0, 3.0]
    assert sorted(p.name for p in (tmp_path / "unseen").iterdir()) == ["0", "1", "2"]
