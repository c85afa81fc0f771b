"""Frequency lists as references."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus_lib.errors import MissingExtra, UnsupportedLanguage, WordsError
from corpus_lib.words import FrequencyList, Index, comparison


def test_one_article_against_a_list(index: Index, tmp_path: Path):
    (tmp_path / "list.csv").write_text("word;count\nord0;900\nord1;800\nkrav;1\n", encoding="utf-8")
    reference = FrequencyList.read(tmp_path / "list.csv", total=10_000)
    result = comparison.article_against(index, "d1", reference, measure="fisher", least=1)
    assert result.frame["reference_count"].max() <= 900
    assert "reference_documents" not in result.frame
    assert any("a list of 3 words, 10000 counted in all" in note for note in result.notes)


@pytest.mark.parametrize(
    "text", ["ja 3\nnei 2\n", "ja\t3\nnei\t2\n", "3 ja\n2 nei\n", "\ufeffJa,3\nnei,2\n\n# end\n", "word,n\nja,3\nnei,2"]
)
def test_lists_in_the_usual_forms(tmp_path: Path, text: str):
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    read = FrequencyList.read(tmp_path / "list.txt")
    assert (dict(read.counts), read.total, read.label) == ({"ja": 3, "nei": 2}, 5, "list")


def test_lists_that_are_none(tmp_path: Path):
    file = tmp_path / "list.txt"
    file.write_text("ja 3\nnei mange\n", encoding="utf-8")
    with pytest.raises(WordsError, match=r"list.txt, line 2: expected a word and a count, found 'nei mange'"):
        FrequencyList.read(file)
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(WordsError, match="found none"):
        FrequencyList.read(file)
    file.write_text("ja 3\n", encoding="utf-8")
    with pytest.raises(WordsError, match="add up to 3, more than the total given"):
        FrequencyList.read(file, total=2)


def test_the_list_of_wordfreq():
    pytest.importorskip("wordfreq", reason="the extra 'words' is not installed")
    reference = FrequencyList.of_wordfreq()
    assert reference.label == "wordfreq nb (shares × 10⁹)"
    assert reference.total == 10**9 >= sum(reference.counts.values())
    assert reference.counts["og"] > reference.counts["regjeringen"] > reference.counts["statsbudsjettet"] > 0
    index = Index.build({"a": "Regjeringen møter kravet. Kravet om ferjer og ferjer står."})
    result = index.keyness(index.whole, reference, least=1)
    assert result.frame["word"].tolist()[:2] == ["ferjer", "kravet"]
    assert (result.frame["log_ratio"] > 0).all()
    assert result.positions(0).tolist() == index.positions("ferjer").tolist()


def test_wordfreq_is_not_asked_for_a_language_that_it_answers_with_another():
    pytest.importorskip("wordfreq", reason="the extra 'words' is not installed")
    with pytest.raises(UnsupportedLanguage, match=r"wordfreq has no list for 'nn'; it has .*nb"):
        FrequencyList.of_wordfreq("nn")


def test_without_wordfreq_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    with pytest.raises(MissingExtra, match=r"needs the package wordfreq, .*corpus_lib\[words\]"):
        FrequencyList.of_wordfreq()
