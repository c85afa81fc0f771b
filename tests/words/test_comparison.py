"""Speakers, quotation and narration, groups; readability of an index's parts."""

from __future__ import annotations

import pytest

from corpus_lib.analysis import analyse
from corpus_lib.errors import (
    UnknownLayer,
)
from corpus_lib.words import Index, analysed, comparison, readability


def test_readability_of_documents_and_speakers():
    index = Index.build({"a": "Ho gjekk heim. Statsbudsjettet kom.", "b": "Nei."})
    frame = index.readability().frame
    assert frame["part"].tolist() == ["a", "b"]
    assert frame["lix"].tolist() == pytest.approx([5 / 2 + 100 / 5, 1])
    assert frame["sentence_length"].tolist() == [2.5, 1]
    part = index.readability(index.where(id="a")).frame.iloc[0]
    whole = readability("Ho gjekk heim. Statsbudsjettet kom.")
    assert (part["lix"], part["rix"]) == (whole.lix, whole.rix)


ARTICLES = (
    "Ap krever svar\n\n– Vi krever svar fra Nato, sier Kari Lie.\n\nNato kom til Oslo i går. Hun ventet lenge.",
    "Nato avviser kravet\n\n– Nato avviser kravet, sier Ola Dahl til NTB.\n\nHan reiste hjem til byen.",
)


@pytest.fixture(scope="module")
def articles() -> Index:
    return Index.build(analysed(analyse(text) for text in ARTICLES))


def test_analyses_become_an_index_with_speakers_and_blocks(articles: Index):
    assert {"block", "quote", "speaker"} <= set(articles.marks)
    assert {"Kari Lie", "Ola Dahl"} <= set(articles.values("speaker"))
    lines = articles.concordance("svar", selection=comparison.quotation(articles)).frame
    assert "Kari Lie" in lines["speaker"].tolist()


def test_quotation_and_narration_share_no_word(articles: Index):
    quoted, told = comparison.quotation(articles), comparison.narration(articles)
    assert quoted.and_(told).total == 0
    words = [articles.text_at(p) for p in told.positions()]
    assert "ventet" in words
    assert "Vi" not in words


def test_the_comparisons_of_a_newsroom(articles: Index):
    speakers = comparison.speakers(articles, "Kari Lie", "Ola Dahl", least=1)
    assert "vi" in speakers.frame["word"].tolist()
    assert "quotations of Kari Lie against quotations of Ola Dahl" in speakers.title
    others = comparison.speakers(articles, "Kari Lie", least=1)
    assert others.frame["word"].tolist() == speakers.frame["word"].tolist()
    told = comparison.quotation_against_narration(articles, direction="under", least=1)
    assert "til" in told.frame["word"].tolist()


def test_groups_by_a_column(index: Index):
    results = comparison.groups(index, "outlet")
    assert list(results) == ["nrk", "vg"]
    assert results["nrk"].frame["word"].iloc[0] == "krav"
    assert "krav" not in results["vg"].frame["word"].tolist()
    with pytest.raises(UnknownLayer, match="no column 'colour'; there are outlet"):
        comparison.groups(index, "colour")
