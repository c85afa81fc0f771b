"""The invented articles that come with the library: whole, annotated, and none that decides about its accuracy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus_lib.datasets import Dataset, load_invented, load_story
from corpus_lib.evaluation import evaluate
from corpus_lib.learned.pages import readable, sheets


@pytest.fixture(params=[load_story, load_invented])
def dataset(request: pytest.FixtureRequest) -> Dataset:
    return request.param()


def test_every_annotation_fits_its_text(dataset: Dataset):
    annotations = dataset.annotations()
    assert list(annotations) == [d.id for d in dataset.documents]
    assert all(a.text == dataset.text(doc) and a.quotes for doc, a in annotations.items())


def test_an_annotation_agrees_with_itself(dataset: Dataset):
    annotations = dataset.annotations()
    found = evaluate(annotations, annotations, resamples=0)
    assert not found.misses
    measures = {"quotes": "f1_exact", "demands": "f1", "responses": "f1", "links": "f1"}
    assert [found.value(layer, measure) for layer, measure in measures.items()] == [1, 1, 1, 1]


def test_a_corpus_of_the_story_knows_outlets_and_days():
    story = load_story()
    corpus = story.corpus()
    assert (corpus.total, len(story)) == (20, 20)
    frame = story.frame()
    assert sorted(frame["source"].unique()) == ["Breivågs Tidende", "Hollvik Tidend", "NNT", "Riksposten"]
    assert frame["date"].str[:7].nunique() == 6
    first = next(iter(corpus.documents()))
    assert (first.metadata.date, first.metadata.source) == ("2025-01-14", "NNT")


def test_the_story_tells_where_a_demand_is_told():
    story = load_story()
    ids = {(doc, d["id"]) for doc, gold in story.gold.items() for d in gold["demands"]}
    told = {(doc, one) for demand in story.demands for doc, one in demand["told"]}
    assert told <= ids
    keys = {d["key"] for d in story.demands}
    answered = [(a["key"], doc, n) for a in story.answers for doc, n in a["told"]]
    assert all(key in keys and 0 < n <= len(story.gold[doc]["responses"]) for key, doc, n in answered)
    assert all(copy in story.gold and first in story.gold for copy, first in story.reprint_of.items())


@pytest.mark.shared
def test_no_article_that_judges_the_library_comes_with_it(shared: Path):
    folder = shared / "gold" / "invented"
    open_ones = {sheet.doc for sheet in readable([folder])}
    assert {d.id for d in load_invented().documents} <= open_ones < {sheet.doc for sheet in sheets([folder])}


@pytest.mark.shared
def test_the_articles_are_those_that_were_annotated(shared: Path):
    for name, dataset in (("invented", load_invented()), ("storya", load_story())):
        for document in dataset.documents:
            path = shared / "gold" / name / f"{document.id}.txt"
            assert path.read_text(encoding="utf-8") == document.text
            gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            assert gold["quotes"] == dataset.gold[document.id]["quotes"]
