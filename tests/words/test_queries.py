"""Concordance and queries: words, phrases, wildcards, regular expressions."""

from __future__ import annotations

import builtins
import sys

import pytest
from counting import growth
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.errors import BadQuery, BadWindow, MissingExtra, QueryTooSlow
from corpus_lib.words import Document, Index, Mark
from corpus_lib.words.query import find, matches

TEXTS = {
    "a": "Nato avviste kravet. Kravet står, sa Ap.",
    "b": "Kravene er mange;\nkrav  på krav. Nato-Russland-rådet sa nei.",
}


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(TEXTS)


@pytest.mark.parametrize(
    ("query", "kind", "expected"),
    [
        ("kravet", "words", ["kravet", "Kravet"]),
        ("KRAVET", "words", ["kravet", "Kravet"]),
        ("krav*", "words", ["kravet", "Kravet", "Kravene", "krav", "krav"]),
        ("*et", "words", ["kravet", "Kravet", "Nato-Russland-rådet"]),
        ("kra?", "words", ["krav", "krav"]),
        ("?p", "words", ["Ap"]),
        ("krav på krav", "words", ["krav på krav"]),
        ("krav * krav", "words", ["krav på krav"]),
        ("kravet kravet", "words", ["kravet. Kravet"]),
        ("nato-russland-rådet", "words", ["Nato-Russland-rådet"]),
        ("ap kravene", "words", []),
        ("ukjent", "words", []),
        ("krav(et|ene)?", "regex", ["kravet", "Kravet", "Kravene", "krav", "krav"]),
        ("sa (ap|nei)", "regex", ["sa Ap", "sa nei"]),
        ("rav", "regex", []),
    ],
)
def test_what_a_query_finds(index: Index, query: str, kind, expected: list[str]):
    assert index.concordance(query, kind=kind).frame["node"].tolist() == expected


def test_the_case_of_words_as_written_counts(index: Index):
    assert index.concordance("Kravet", layer="word").frame["node"].tolist() == ["Kravet"]


def test_any_word_alone_is_every_word(index: Index):
    assert len(index.concordance("*", most=None).frame) == index.tokens


def test_lines_lead_back_to_the_passage(index: Index):
    for row in index.concordance("krav*", most=None).frame.itertuples():
        assert TEXTS[row.document][row.start : row.end] == row.node


def test_a_line_keeps_to_its_document_and_its_window(index: Index):
    lines = index.concordance("kravet", window=2).frame
    assert lines["left"].tolist() == ["Nato avviste", "avviste kravet."]
    assert lines["right"].tolist() == [". Kravet står", "står, sa"]
    assert index.concordance("kravene").frame["left"].tolist() == [""]


def test_white_space_in_lines_is_one_space(index: Index):
    assert index.concordance("mange", window=3).frame["right"].tolist() == ["; krav på krav"]


def test_without_kept_texts_lines_are_words():
    index = Index.build(TEXTS, keep_texts=False)
    assert index.concordance("står").frame[["left", "node", "right"]].values.tolist() == [
        ["Nato avviste kravet Kravet", "står", "sa Ap"]
    ]


def test_lines_are_sorted_by_words_beside():
    index = Index.build(["x ås k zoo", "x ære k Øl", "x abba k", "x Abba k øl"])
    lines = index.concordance("k", sort=("L1", "R1"))
    assert [line.split()[-1] for line in lines.frame["left"]] == ["abba", "Abba", "ære", "ås"]
    assert index.concordance("k", sort=["R1"]).frame["right"].tolist() == ["", "zoo", "Øl", "øl"]
    edge = Index.build(["zoo k abba", "b k"]).concordance("k", sort=["R1"])
    assert edge.frame["right"].tolist() == ["", "abba"]
    found = index.concordance("x *", sort=["node"]).frame["node"].tolist()
    assert found == ["x abba", "x Abba", "x ære", "x ås"]


@pytest.mark.parametrize("place", ["X1", "L0", "L", "R-1", ""])
def test_a_place_to_sort_by_that_is_none(index: Index, place: str):
    with pytest.raises(BadQuery, match="no place to sort by"):
        index.concordance("kravet", sort=[place])


def test_pages_and_samples(index: Index):
    everything = index.concordance("krav*", most=None).frame["position"].tolist()
    assert index.concordance("krav*", most=2, first=1).frame["position"].tolist() == everything[1:3]
    assert index.concordance("krav", most=1, first=1).frame["position"].tolist() == everything[4:5]
    assert index.concordance("krav*", most=2, first=1).description == "2 of 5 lines."
    assert index.concordance("krav", most=1).description == "1 of 2 lines."
    drawn = [index.concordance("krav*", most=3, sample=7).frame["position"].tolist() for _ in range(2)]
    assert drawn[0] == drawn[1] == sorted(set(drawn[0]))
    assert set(drawn[0]) < set(everything)


def test_lines_show_speaker_and_columns():
    text = "Ap krever svar. – Nei, nei, sier Lie."
    marks = [Mark("speaker", "Kari Lie", 18, 26), Mark("quote", "direct", 18, 26), Mark("quote", "mixed", 23, 26)]
    index = Index.build([Document("a", text, {"outlet": "nrk"}, marks), Document("b", "Nei.", {"outlet": "vg"})])
    lines = index.concordance("nei").frame
    assert lines["speaker"].tolist() == ["Kari Lie", "Kari Lie", ""]
    assert lines["quote"].tolist() == ["direct", "mixed", ""]
    assert lines["outlet"].tolist() == ["nrk", "nrk", "vg"]
    part = index.where(speaker="Kari Lie")
    assert len(index.concordance("nei", selection=part).frame) == 2
    assert len(index.concordance("nei nei", selection=part).frame) == 1


def test_an_empty_answer_has_the_same_columns_and_types(index: Index):
    none, some = index.concordance("ukjent").frame, index.concordance("kravet").frame
    assert none.columns.tolist() == some.columns.tolist()
    assert none.dtypes.tolist() == some.dtypes.tolist()


@pytest.mark.parametrize("query", ["", "  ", "–", "«»"])
def test_an_empty_query(index: Index, query: str):
    with pytest.raises(BadQuery, match="an empty query"):
        index.concordance(query)


def test_an_unknown_kind_of_query(index: Index):
    with pytest.raises(BadQuery, match="no kind of query 'fuzzy'"):
        index.concordance("kravet", kind="fuzzy")


def test_a_window_of_nothing(index: Index):
    with pytest.raises(BadWindow, match="at least 1 word, found 0"):
        index.concordance("kravet", window=0)


@pytest.mark.parametrize("broken", ["(", "[a", "*a", "a{2,1}", "(?P<x"])
def test_a_broken_regular_expression(index: Index, broken: str):
    with pytest.raises(BadQuery, match="is no regular expression"):
        index.concordance(broken, kind="regex")


@pytest.mark.parametrize("bomb", ["(?:(?:(?:a{99}){99}){99}){99}", "a{1,1000000000}b", "(" * 5000 + ")" * 5000])
def test_a_regular_expression_that_is_too_large_to_read(index: Index, bomb: str):
    with pytest.raises(BadQuery, match="counted repeats of 10000"):
        index.concordance(bomb, kind="regex")


def test_a_regular_expression_that_backtracks_for_ever_is_stopped():
    index = Index.build(["a" * 40 + "b" + " " + "x" * 30])
    with pytest.raises(QueryTooSlow, match=r"did not finish in 0.3 s"):
        index.concordance("(x+x+)+y|(a|aa)+$", kind="regex", seconds=0.3)


def test_regular_expressions_say_what_they_need(index: Index, monkeypatch: pytest.MonkeyPatch):
    def without(name, *args, **kwargs):
        if name == "regex":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    real = builtins.__import__
    monkeypatch.setitem(sys.modules, "regex", None)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra, match=r"corpus_lib\[words\]"):
        index.concordance("krav.*", kind="regex")
    assert len(index.concordance("krav*").frame) == 5


@given(st.text(alphabet="ab*?", max_size=8), st.text(alphabet="ab", max_size=8))
def test_wildcards_are_those_of_the_shell(pattern: str, word: str):
    from fnmatch import fnmatchcase

    assert matches(pattern, word) == fnmatchcase(word, pattern)


def test_wildcards_fail_in_proportion_to_the_word():
    def fails(word: str) -> None:
        assert not matches("*a" * 20 + "b", word)

    assert growth(fails, lambda n: "a" * n, 200) <= 13


@given(st.lists(st.sampled_from(["a", "b", "c", "a.", "b,"]), max_size=30), st.integers(1, 3), st.data())
def test_phrases_are_found_wherever_they_stand(tokens: list[str], length: int, data):
    half = len(tokens) // 2
    index = Index.build([" ".join(tokens[:half]), " ".join(tokens[half:])])
    words = [t.strip(".,") for t in tokens]
    query = data.draw(st.lists(st.sampled_from(["a", "b", "c", "*"]), min_size=length, max_size=length))
    expected = [
        i
        for i in range(len(words) - length + 1)
        if not i < half < i + length and all(q in ("*", words[i + k]) for k, q in enumerate(query))
    ]
    found, size = find(index, " ".join(query))
    assert (found.tolist(), size) == (expected, length)
