"""`analyse` and what it gives: frames, thresholds, explanations, and calm where there is nothing to find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import spacy
from invented import PAGE, SMALL
from spacy.tokens import Doc

from corpus_lib import frequencies, read_article
from corpus_lib.analysis import TABLES, Analysis, analyse
from corpus_lib.errors import CorpusLibError, EmptyText, UnknownTable, UnsuitablePipeline, UnsupportedLanguage
from corpus_lib.language import load
from corpus_lib.model import Article, Span
from corpus_lib.structure import read_text
from corpus_lib.version import __version__

NOTHING = "Ferja gikk i går.\n\nDet regnet i Bodø."


@pytest.fixture(scope="module")
def small() -> Analysis:
    return analyse(SMALL)


def test_a_text_gives_who_says_what(small: Analysis):
    rows = small.frame("quotes")[["type", "speaker", "text", "cue", "words", "block"]].to_dict("records")
    assert rows[0] == {
        "type": "direct",
        "speaker": "Kari Lie",
        "text": "Vi gir oss ikke",
        "cue": "sier",
        "words": 4,
        "block": 1,
    }


def test_a_text_gives_who_demands_what_and_who_refuses(small: Analysis):
    (demand,) = small.frame("demands").to_dict("records")
    assert demand["content"] == "Nav svarer"
    assert (demand["actor"], demand["addressees"]) == ("Kari Lie", "Nav")
    assert small.comparison().loc[pd.IndexSlice[demand["id"], :, :], "Nav"].tolist() == ["reject"]


def test_an_article_a_text_and_a_file_are_analysed_alike(seed_path, seed_analysis: Analysis):
    text = read_article(seed_path).text
    for again in (analyse(text), analyse(read_text(text))):
        assert again.quotes == seed_analysis.quotes
        assert again.demands == seed_analysis.demands
        assert again.cells == seed_analysis.cells
    assert analyse(text).article.id == "text"


@pytest.mark.parametrize("table", TABLES)
def test_frames_have_the_documented_columns_and_the_same_types_when_empty(table: str, seed_analysis: Analysis):
    full = seed_analysis.frame(table)
    nothing = replace(seed_analysis, actors=(), quotes=(), demands=(), responses=(), cells=())
    empty = replace(nothing, article=replace(seed_analysis.article, blocks=())).frame(table)
    assert tuple(full.columns) == tuple(empty.columns) == TABLES[table]
    assert full.dtypes.to_dict() == empty.dtypes.to_dict()
    assert not full.empty
    assert empty.empty
    assert set(full["doc"]) == {"000_3b71882cc0bf1758"}


@pytest.mark.parametrize("table", ["blocks", "quotes", "demands", "responses"])
def test_text_in_a_frame_is_the_text_at_its_place(table: str, seed_analysis: Analysis):
    column = {"blocks": "text", "quotes": "text", "demands": "content", "responses": "evidence"}[table]
    for row in seed_analysis.frame(table).to_dict("records"):
        if " … " not in row[column]:
            assert seed_analysis.article.text[row["start"] : row["end"]] == row[column]


def test_an_unknown_table_names_those_there_are(small: Analysis):
    with pytest.raises(UnknownTable, match=r"^no table 'sitater'; there are blocks, actors, quotes, demands"):
        small.frame("sitater")
    with pytest.raises(KeyError):
        small.frame("sitater")


def test_a_frame_can_be_changed_without_changing_the_analysis(small: Analysis):
    frame = small.frame("quotes")
    frame["speaker"] = "noen andre"
    assert small.frame("quotes")["speaker"].tolist()[0] == "Kari Lie"


def test_nothing_to_find_gives_empty_results():
    analysis = analyse(NOTHING)
    assert (analysis.quotes, analysis.demands, analysis.responses, analysis.cells) == ((), (), (), ())


def test_nothing_to_compare_gives_an_empty_matrix():
    matrix = analyse(NOTHING).comparison()
    assert matrix.empty
    assert matrix.index.names == ["demand", "by", "content"]


def test_the_least_confidence_leaves_out_the_unsure(seed_article: Article, seed_analysis: Analysis):
    records = (*seed_analysis.quotes, *seed_analysis.demands, *seed_analysis.responses)
    least = sorted(r.confidence for r in records)[len(records) // 2]
    sure = analyse(seed_article, min_confidence=least)
    kept = {r.id for r in (*sure.quotes, *sure.demands, *sure.responses)}
    assert kept == {r.id for r in records if r.confidence >= least}
    assert kept < {r.id for r in records}
    assert {c.demand for c in sure.cells} <= {d.id for d in sure.demands}
    assert sure.made_by["options"] == {"min_confidence": least}


def test_nothing_is_surer_than_sure(seed_article: Article):
    analysis = analyse(seed_article, min_confidence=1.0)
    assert all(r.confidence == 1.0 for r in (*analysis.quotes, *analysis.demands, *analysis.responses))


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", EmptyText, "^text: the text is empty"),
        ("The minister said that she was not there and that they will be back.", UnsupportedLanguage, "English"),
    ],
)
def test_a_text_that_cannot_be_analysed_is_refused(text: str, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        analyse(text)


def test_a_foreign_text_is_analysed_where_the_language_is_given():
    text = "The minister said that she was not there and that they will be back."
    assert analyse(text, language="nn").article.language == "nn"


def test_a_pipeline_without_a_parser_is_refused():
    with pytest.raises(UnsuitablePipeline, match=r"lacks a parser .* it has \[\]"):
        analyse(SMALL, nlp=spacy.blank("nb"))


def test_another_pipeline_is_used_and_named():
    pipeline = load(exclude={"corpus_lib_names"})
    analysis = analyse(SMALL, nlp=pipeline)
    assert analysis.joined(analysis.quotes[0].speakers) == "Kari Lie"
    assert analysis.made_by["model"] == f"nb_{pipeline.meta['name']}"


def test_a_pipeline_that_keeps_no_numbers_of_words_finds_demands_by_their_signs():
    pipeline = load(exclude={"corpus_lib_names"})
    parse = pipeline.pipe

    def without_numbers(*docs: Any, **settings: Any) -> Iterator[Doc]:
        for doc in parse(*docs, **settings):
            doc.tensor = np.zeros((0,), dtype="float32")
            yield doc

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "pipe", without_numbers)
        found = analyse("LO krever at regjeringen senker skattene. Statsministeren sier nei til kravet.", nlp=pipeline)
    assert [found.joined(d.actors) for d in found.demands] == ["LO"]


def test_an_analysis_says_what_made_it(small: Analysis):
    assert small.made_by["corpus_lib"] == __version__
    assert small.made_by["model"]
    assert small.made_by["options"] == {}


def test_two_runs_give_the_same():
    assert analyse(PAGE) == analyse(PAGE)


def test_records_cannot_be_changed(small: Analysis):
    with pytest.raises(FrozenInstanceError):
        small.quotes = ()  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        small.quotes[0].confidence = 1.0  # type: ignore[misc]


def test_in_a_notebook_the_article_shows_with_its_speakers(small: Analysis):
    page = small._repr_html_()
    assert "Kari Lie: " in page
    assert ">Vi gir oss ikke<" in page
    assert "Nav avviser kravet." in page


def test_every_record_of_the_seed_is_explained_by_its_rule(seed_analysis: Analysis):
    for record in (*seed_analysis.quotes, *seed_analysis.demands, *seed_analysis.responses):
        why = seed_analysis.explain(record.id)
        assert why.startswith(record.rule)
        assert f"confidence {record.confidence:.2f}" in why


def test_an_explanation_names_the_speaker_and_the_words_it_read(small: Analysis):
    why = small.explain(small.quotes[0].id)
    assert "dash turn with inquit" in why
    assert "Kari Lie" in why


def test_a_record_that_is_not_there_cannot_be_explained(small: Analysis):
    with pytest.raises(CorpusLibError, match=r"^text: no record 'q99'"):
        small.explain("q99")


def test_positions_belong_to_blocks(small: Analysis):
    assert [small.block_of(b.start) for b in small.article.blocks] == [0, 1, 2]
    assert small.block_of(SMALL.index("\n\n")) == -1
    assert small.text(None) is None
    assert small.text(Span(0, 2)) == "Ap"


@pytest.mark.parametrize(
    "text",
    [
        "–",
        "– – –\n–\n—",
        "«»",
        "« « » “ ” „\n\n«",
        '"""\n"\n""',
        "– « …",
        "…",
        "\u200b",
        "😀 👩‍👩‍👧 😀",
        "– sier.",
        "krever\n\navviser\n\nsier",
        "Ifølge",
        ":\n–:",
        "– Ja.\r– Nei.\r",
    ],
)
def test_marks_without_words_are_no_trouble(text: str):
    analysis = analyse(text, language="nb")
    for table in TABLES:
        analysis.frame(table)
    assert analysis._repr_html_().startswith('<div lang="nb"')
    assert Analysis.from_dict(analysis.to_dict(text=True)) == analysis


@pytest.mark.parametrize(
    "sentence",
    [
        "Statsråden sier at kommunen må svare på kravet før jul, og at ingen vil betale mer. ",
        "– Statsråden sier at kommunen må svare og at ingen vil betale mer ",
        "«",
    ],
    ids=["sentences", "one long turn", "opening marks"],
)
def test_five_thousand_words_on_one_line(sentence: str):
    text = sentence * (5000 // len(sentence.split()))
    analysis = analyse(text, language="nb")
    assert analysis.article.text == text
    shown = [analysis.article.slice(b.span) for b in analysis.article.blocks]
    assert " ".join(shown).split() == text.split()


def test_the_words_of_an_analysis_can_be_counted(small: Analysis):
    first, *rest = frequencies(small.frame("blocks")["text"].tolist()).itertuples(index=False)
    assert (first.word, first.count, first.documents) == ("nav", 2, 1)
    assert {row.count for row in rest} == {1}
