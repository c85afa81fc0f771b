"""What every table of words has: its positions, its HTML, its notes."""

from __future__ import annotations

import pytest

from corpus_lib.errors import BadWindow
from corpus_lib.words import Index, Result


@pytest.mark.parametrize(
    "ask",
    [
        lambda i: i.frequency(most=5),
        lambda i: i.keyness(i.where(outlet="nrk"), most=5),
        lambda i: i.collocates("krav", least=1, most=5),
        lambda i: i.ngrams(2, most=5),
        lambda i: i.dispersion(most=5),
        lambda i: i.concordance("krav", most=5),
    ],
)
def test_behind_every_row_are_its_positions(index: Index, ask):
    result: Result = ask(index)
    assert len(result.frame) == 5
    for row in range(5):
        positions = result.positions(row)
        frame = result.frame.iloc[row]
        if "ngram" in frame:
            first, second = frame["ngram"].split()
            assert all(index.text_at(p) == first and index.text_at(p + 1) == second for p in positions)
            assert len(positions) == frame["count"]
        elif "node" in frame:
            assert positions.tolist() == [frame["position"]]
        else:
            assert {index.text_at(p) for p in positions} == {frame["word"]}
            assert len(positions) == frame["together" if "together" in frame else "count"]
    with pytest.raises(IndexError, match="row 5 of"):
        result.positions(5)


def test_a_result_shows_itself_escaped():
    index = Index.build(["a&b a&b"])
    result = index.frequency()
    html = result.to_html()
    assert "a&amp;b" in html
    assert "a&b" not in html
    assert result.title in html
    assert all(note in html for note in result.notes if "&" not in note and "'" not in note)
    copy = result.to_frame()
    copy.loc[0, "word"] = "changed"
    assert result.frame.loc[0, "word"] == "a&b"


def test_numbers_are_shown_as_norwegian_writes_them(index: Index):
    assert "\u00a0" in index.frequency(most=1).to_html()
    assert "–" in Index.build(["a"]).frequency().to_html()


def test_rows_that_stand_for_no_positions_say_so(index: Index):
    bare = Result("Bare", "", (), index.zipf().frame)
    with pytest.raises(LookupError, match="stand for no positions"):
        bare.positions(0)
    with pytest.raises(LookupError, match="stand for no positions"):
        bare.lines(0)


@pytest.mark.parametrize(
    "ask",
    [
        lambda i: i.frequency(most=3),
        lambda i: i.keyness(i.where(outlet="nrk"), most=3),
        lambda i: i.collocates("krav", least=1, most=3),
        lambda i: i.ngrams(3, most=3),
        lambda i: i.ngrams(2, most=3),
        lambda i: i.dispersion(most=3),
        lambda i: i.concordance("krav ord1*", most=3),
        lambda i: i.occurrences(["krav", "ord1"]),
        lambda i: i.zipf(points=3),
    ],
)
def test_behind_every_row_are_its_lines(index: Index, ask):
    result: Result = ask(index)
    assert result.title
    assert result.description
    assert result.notes
    lines = result.lines(0, most=None, window=2)
    assert len(lines.frame) == len(result.positions(0)) > 0
    row = result.frame.iloc[0]
    shown = row["node"] if "node" in row else row.get("ngram", row.get("word", row.get("query")))
    if shown is not None:
        assert {n.replace(".", "") for n in lines.frame["node"].str.lower()} == {shown}
    assert lines.frame["position"].tolist() == result.positions(0).tolist()
    assert len(result.lines(0, most=1).frame) == 1
    with pytest.raises(BadWindow, match="found 0"):
        result.lines(0, window=0)


def test_behind_parts_are_all_their_words(index: Index):
    part = index.where(outlet="nrk")
    for result in (index.readability(part), index.diversity(part)):
        assert result.positions(0).tolist() == part.positions().tolist()
    assert index.readability().positions(1).tolist() == index.where(id="d1").positions().tolist()


def test_behind_rank_and_growth_are_words():
    index = Index.build(["b a a c", "a b d"])
    assert index.zipf().positions(0).tolist() == [1, 2, 4]
    heaps = index.heaps(points=7)
    assert [heaps.positions(row).tolist() for row in (0, 3, 6)] == [[0], [0, 1, 3], [0, 1, 3, 6]]
