"""What every table of words has: its positions, its HTML, its notes."""

from __future__ import annotations

import pytest

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
    with pytest.raises(LookupError, match="stand for no positions"):
        index.zipf().positions(0)
