"""Speakers, quotation and narration, groups; readability of an index's parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_lib.analysis import analyse
from corpus_lib.errors import EmptySelection, UnknownLayer
from corpus_lib.structure import read_text
from corpus_lib.words import FrequencyList, Index, analysed, comparison, marking, readability


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


def test_the_comparisons_are_methods_of_the_index(articles: Index, index: Index):
    assert articles.quotation("Kari Lie").same_as(comparison.quotation(articles, "Kari Lie"))
    assert articles.narration().same_as(comparison.narration(articles))
    options = {"least": 1, "most": 5}
    for ours, theirs in (
        (articles.speakers("Kari Lie", **options), comparison.speakers(articles, "Kari Lie", **options)),
        (
            articles.quotation_against_narration(**options),
            comparison.quotation_against_narration(articles, **options),
        ),
        (articles.demands_against_answers(**options), comparison.demands_against_answers(articles, **options)),
        (index.groups("outlet")["vg"], comparison.groups(index, "outlet")["vg"]),
        (index.article_against("d1"), comparison.article_against(index, "d1")),
    ):
        assert ours.frame.equals(theirs.frame)
        assert ours.title == theirs.title
        assert len(ours.lines(0).frame)


def test_demands_against_answers_count_the_words_of_each(articles: Index):
    demands, answers = articles.where(demand="*"), articles.where(response="*")
    assert demands.total > 0
    assert answers.total > 0
    both = articles.demands_against_answers(least=1, most=None, direction="both")
    assert "demands against answers" in both.title
    assert both.frame["count"].sum() == demands.total


def test_one_article_against_a_frequency_list(articles: Index):
    reference = FrequencyList("a list", {"kravet": 1, "til": 400}, 10_000)
    frame = articles.article_against(articles.names[1], reference, least=1).frame
    assert frame["word"].tolist()[0] in ("nato", "avviser")
    assert frame.set_index("word").loc["til", "reference_count"] == 400


def test_a_speaker_who_is_not_there_is_met_with_those_who_are(articles: Index):
    with pytest.raises(EmptySelection, match="no quotation of 'Kari Li' in this index; there are Kari Lie"):
        articles.speakers("Kari Li")


def test_one_analysis_or_many_become_an_index(tmp_path: Path):
    analyses = [analyse(text) for text in ARTICLES]
    one, many = Index.of_analyses(analyses[0]), Index.of_analyses(iter(analyses), tmp_path / "index")
    assert (one.documents, many.documents) == (1, 2)
    assert one.values("speaker") == ["Kari Lie"]
    assert Index.open(tmp_path / "index").tokens == many.tokens > one.tokens


def test_articles_that_were_not_analysed_have_columns_and_blocks():
    article = read_text("Ap krever svar\n\nNato kom til Oslo i går.", id="a", date="2022-01-26")
    index = Index.build(marking.unanalysed([article]))
    assert (index.marks, index.column("month", 0), index.column("language", 0)) == (("block",), "2022-01", "nb")
    assert index.where(block="title").total == 3


def test_occurrences_are_the_places_of_a_dispersion_plot():
    index = Index.build({"a": "krav ja krav nei", "b": "nei kravet"})
    frame = index.occurrences(["krav*", "nei", "ukjent"]).frame
    assert frame["query"].tolist() == ["krav*", "krav*", "krav*", "nei", "nei"]
    assert frame["document"].tolist() == ["a", "a", "b", "a", "b"]
    assert frame["offset"].tolist() == [0, 2, 1, 3, 0]
    assert frame["share"].tolist() == [0, 0.5, 0.5, 0.75, 0]
    assert index.occurrences("nei", selection=index.where(id="b")).frame["position"].tolist() == [4]
    assert index.occurrences(["ukjent"]).frame.dtypes.tolist() == frame.dtypes.tolist()
