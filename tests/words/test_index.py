"""The positional index: what it holds, how it is selected from, how it is stored."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.errors import EmptySelection, UnknownLayer, UnreadableIndex, WordsError
from corpus_lib.words import Document, Index, Lemmas, Mark, Selection, building
from corpus_lib.words.strings import Strings

TEXTS = {
    "a": "Nato svarte. NATO avviste kravet om «ro».",
    "b": "",
    "c": "Kravet står, sa 3,5 av 10 – kravet om svar!",
}
TEXT = st.text(alphabet=st.sampled_from("aAbBæØ1 .,-'«»😀\n\u00a0\ud800\0"), max_size=60)


@pytest.fixture
def index() -> Index:
    return Index.build(TEXTS)


def test_every_position_gives_back_its_characters(index: Index):
    for position in range(index.tokens):
        document = int(index.documents_at(np.array([position]))[0])
        assert index.span(position).of(index.text(document)) == index.text_at(position)


@given(st.lists(TEXT, max_size=5))
def test_texts_cut_together_are_cut_as_they_are_alone(texts: list[str]):
    together = Index.build(texts)
    building_one = [Index.build([t]) for t in texts]
    assert [together.text_at(i) for i in range(together.tokens)] == [
        one.text_at(i) for one in building_one for i in range(one.tokens)
    ]
    assert np.diff(together.bounds).tolist() == [one.tokens for one in building_one]


@given(st.lists(TEXT, max_size=5))
def test_any_texts_come_back_as_they_were(texts: list[str]):
    from corpus_lib.words import words

    index = Index.build(texts)
    expected = [w.of(t) for t in texts for w in words(t)]
    assert [index.text_at(i) for i in range(index.tokens)] == expected
    assert [index.text(i) for i in range(index.documents)] == texts
    for word in set(expected):
        assert index.positions(word, "word").tolist() == [i for i, w in enumerate(expected) if w == word]
        lowered = [w.lower() for w in expected]
        assert index.positions(word.lower()).tolist() == [i for i, w in enumerate(lowered) if w == word.lower()]


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch, index: Index):
    monkeypatch.setattr(building, "CHUNK", 4)
    small = Index.build(TEXTS)
    assert np.array_equal(small.store.get("positions"), index.store.get("positions"))
    assert np.array_equal(small.ids, index.ids)


def test_counts_of_layers(index: Index):
    strings = list(index.layer("lower").strings)
    counts = dict(zip(strings, index.counts("lower").tolist(), strict=True))
    assert counts["nato"] == 2
    assert counts["kravet"] == 3
    assert counts["3,5"] == 1
    assert sum(counts.values()) == index.tokens == 16
    assert strings == sorted(strings)


def test_the_counts_cannot_be_changed_by_the_one_who_asks(index: Index):
    with pytest.raises(ValueError, match="read-only"):
        index.counts()[0] = 99


@pytest.mark.parametrize("keep_texts", [True, False])
def test_a_stored_index_is_the_same(tmp_path: Path, index: Index, keep_texts: bool):
    built = Index.build(TEXTS, tmp_path / "index", keep_texts=keep_texts)
    opened = Index.open(tmp_path / "index")
    for stored in (built, opened):
        assert stored.positions("kravet").tolist() == index.positions("kravet").tolist()
        assert stored.counts("lower").tolist() == index.counts("lower").tolist()
        assert list(stored.names) == ["a", "b", "c"]
        expected = TEXTS["c"] if keep_texts else "Kravet står sa 3,5 av 10 kravet om svar"
        assert stored.text(2) == expected


def test_a_stored_index_cannot_be_written_to(tmp_path: Path):
    Index.build(TEXTS, tmp_path / "index")
    with pytest.raises(ValueError, match="read-only"):
        Index.open(tmp_path / "index").ids[0] = 1


def test_no_folder_is_overwritten_unasked(tmp_path: Path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    for overwrite in (False, True):
        with pytest.raises(WordsError, match="not empty"):
            Index.build(TEXTS, tmp_path, overwrite=overwrite)
    Index.build(TEXTS, tmp_path / "index")
    with pytest.raises(WordsError, match="not empty"):
        Index.build(TEXTS, tmp_path / "index")
    assert Index.build(["ja"], tmp_path / "index", overwrite=True).tokens == 1
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_what_is_no_index_is_said_to_be_none(tmp_path: Path):
    with pytest.raises(UnreadableIndex, match="no word index here"):
        Index.open(tmp_path)
    (tmp_path / "meta.json").write_text('{"format": "other/1"}', encoding="utf-8")
    with pytest.raises(UnreadableIndex, match="expected format 'corpus_lib_words/3', found 'other/1'"):
        Index.open(tmp_path)
    (tmp_path / "meta.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(UnreadableIndex, match="found \\[1\\]"):
        Index.open(tmp_path)


def test_a_broken_file_is_named(tmp_path: Path):
    Index.build(TEXTS, tmp_path / "index")
    (tmp_path / "index" / "ids.bin").write_bytes(b"12345")
    with pytest.raises(UnreadableIndex, match=r"ids\.bin: damaged: found 5 bytes"):
        Index.open(tmp_path / "index").text_at(0)
    (tmp_path / "index" / "arrays.bin").write_bytes(b"123")
    with pytest.raises(UnreadableIndex, match=r"arrays\.bin"):
        Index.open(tmp_path / "index").positions("kravet")
    Index.build(TEXTS, tmp_path / "index", overwrite=True)
    (tmp_path / "index" / "positions.bin").unlink()
    with pytest.raises(UnreadableIndex, match=r"positions\.bin"):
        Index.open(tmp_path / "index").positions("kravet")


def test_a_bit_that_is_flipped_anywhere_in_an_index_is_noticed(tmp_path: Path):
    Index.build(TEXTS, tmp_path / "index")
    for file in (tmp_path / "index").iterdir():
        sound = file.read_bytes()
        for at in range(0, len(sound), max(1, len(sound) // 10)):
            file.write_bytes(sound[:at] + bytes([sound[at] ^ 16]) + sound[at + 1 :])
            with pytest.raises(UnreadableIndex):
                asked(Index.open(tmp_path / "index"))
        file.write_bytes(sound)
    assert asked(Index.open(tmp_path / "index")) == asked(Index.build(TEXTS))


def asked(index: Index) -> list[object]:
    """Return what an index says, to compare it with what another says."""
    frames = (index.frequency().frame, index.concordance("krav*").frame, index.collocates("kravet").frame)
    texts = [index.text(document) for document in range(index.documents)]
    return [*(f.to_dict("list") for f in frames), texts, list(index.names)]


def test_a_file_is_looked_at_again_when_it_is_another(tmp_path: Path):
    Index.build(TEXTS, tmp_path / "index")
    file = tmp_path / "index" / "text.bin"
    os.utime(file, (1, 1))
    assert Index.open(tmp_path / "index").text(0) == TEXTS["a"]
    file.write_bytes(file.read_bytes().replace(b"Nato", b"nato"))
    with pytest.raises(UnreadableIndex, match=r"text\.bin: damaged: found other bytes"):
        Index.open(tmp_path / "index").text(0)


def test_a_build_that_breaks_off_leaves_no_index(tmp_path: Path):
    def texts():
        yield "a", "ja"
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        Index.build(texts(), tmp_path / "index")
    with pytest.raises(UnreadableIndex):
        Index.open(tmp_path / "index")
    assert Index.build(["ja"], tmp_path / "index").tokens == 1


def test_what_is_stored_about_an_index_is_readable(tmp_path: Path):
    Index.build(TEXTS, tmp_path / "index")
    meta = json.loads((tmp_path / "index" / "meta.json").read_text(encoding="utf-8"))
    assert meta["rule"] == "corpus_lib/words/1"
    assert (meta["tokens"], meta["documents"]) == (16, 3)


@pytest.mark.parametrize("texts", [[], [""], {"a": "– «»"}])
def test_an_index_of_nothing(texts, tmp_path: Path):
    for index in (Index.build(texts), Index.build(texts, tmp_path / "index", overwrite=True)):
        assert index.tokens == 0
        assert index.positions("nato").tolist() == []
        assert index.concordance("nato").frame.empty
        with pytest.raises(EmptySelection, match="holds no word"):
            index.frequency()


def test_one_text_is_not_taken_for_many():
    with pytest.raises(WordsError, match="found one string"):
        Index.build("Nato svarte")


def test_punctuation_marks_are_tokens_where_asked():
    index = Index.build({"a": "Nei, sa ho ... nei!"}, punctuation=True)
    assert [index.text_at(i) for i in range(index.tokens)] == ["Nei", ",", "sa", "ho", "...", "nei", "!"]
    assert index.total() == 4
    assert index.frequency().frame["word"].tolist() == ["nei", "ho", "sa"]
    assert index.frequency().frame["per_million"].sum() == pytest.approx(1e6)


def marked() -> Index:
    text = "Ap krever svar. – Nei, sier Lie. Ho ler."
    marks = [Mark("speaker", "Kari Lie", 18, 21), Mark("block", "body", 0, len(text)), Mark("block", "inner", 16, 32)]
    return Index.build(
        [
            Document("a", text, {"outlet": "nrk", "month": "2022-01"}, marks),
            Document("b", "Ap svarer ikke.", {"outlet": "vg"}),
        ]
    )


def test_marks_and_columns_select():
    index = marked()
    assert index.columns == ("month", "outlet")
    assert index.marks == ("block", "speaker")
    assert [index.text_at(i) for i in index.where(speaker="Kari Lie").positions()] == ["Nei"]
    assert index.where(outlet="vg").total == 3
    assert index.where(outlet=["vg", "nrk"]).total == index.tokens
    assert index.where(outlet="*").total == index.tokens
    assert index.where(id="a", block="inner").total == 3
    assert index.where(outlet="vg", speaker="Kari Lie").total == 0
    assert index.where(month="2022-01", label="January").label == "January"
    assert index.values("outlet") == ["nrk", "vg"]
    assert index.column("month", 1) == ""
    assert index.labels_at("block", 4) == ["body", "inner"]
    assert [d.columns["outlet"] for d in index.stored_documents()] == ["nrk", "vg"]


@pytest.mark.parametrize("ask", [lambda i: i.where(colour="red"), lambda i: i.values("colour")])
def test_an_unknown_column_is_named(ask):
    with pytest.raises(UnknownLayer, match=r"no column or mark 'colour'; there are .*month, outlet"):
        ask(marked())


def test_an_unknown_layer_is_named(index: Index):
    with pytest.raises(UnknownLayer, match="no layer 'stem'; there are word, lower, lemma, pos"):
        index.frequency(layer="stem")


def test_selections_add_and_take_away():
    a, b = Selection.of("a", [0, 10, 12], [5, 12, 20]), Selection.of("b", [3, 15], [11, 16])
    assert a.total == 15
    assert a.without(b).positions().tolist() == [0, 1, 2, 11, 12, 13, 14, 16, 17, 18, 19]
    assert a.and_(b).positions().tolist() == [3, 4, 10, 15]
    assert a.sizes_by(np.array([0, 4, 11, 11, 30])).tolist() == [4, 2, 0, 9]
    assert Selection.of("touching", [5, 0], [9, 5]).starts.tolist() == [0]
    assert Selection.of("none", [3], [3]).sizes_by(np.array([0, 4])).tolist() == [0]


def test_lemmas_are_layers():
    lemmas = Lemmas("nb", {"NOUN": {"krav": "krav", "kravet": "krav", "kravene": "krav"}}, general=False)
    index = Index.build(["Kravene og kravet. Skattekravet!"])
    index.look_up_lemmas(lemmas)
    assert index.positions("krav", "lemma").tolist() == [0, 2]
    assert index.positions("skattekrav", "lemma").tolist() == [3]
    assert index.frequency(layer="pos").frame.set_index("word")["count"].to_dict() == {"NOUN": 3, "X": 1}


def test_lemmas_are_looked_up_in_the_language_of_the_documents():
    texts = [
        Document("a", "Hun kjører bilene.", {"language": "nb"}),
        Document("b", "Ho køyrer bilane.", {"language": "nn"}),
    ]
    index = Index.build(texts)
    assert index.positions("kjøre", "lemma").tolist() == [1]
    assert len(index.positions("bil", "lemma")) == 2
    assert index.positions("køyre", "lemma").tolist() == [4]


@given(st.lists(st.text(), max_size=20), st.text())
def test_strings_are_found_by_halving(strings: list[str], other: str):
    kept = Strings.of(strings)
    assert list(kept) == sorted(set(strings))
    assert kept.take(range(len(kept))) == list(kept)
    for string in {*strings, other}:
        place = kept.place(string)
        assert (place is not None) == (string in strings)
        assert place is None or kept[place] == string
    assert list(kept.holding(other)) == [i for i, s in enumerate(kept) if other in s]


def test_strings_that_are_not_sorted_are_found_too():
    names = Strings.in_order(["b", "a", "b"])
    assert (names.place("a"), names.place("b"), names.place("c")) == (1, 0, None)


@pytest.mark.parametrize("text", [1, None, ("a", None), ("a", "b", "c")])
def test_what_is_no_text_is_named_by_its_place(text):
    with pytest.raises(WordsError, match="text 1: expected a Document"):
        Index.build(["ja", text])


def test_a_file_is_no_folder(tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WordsError, match="found a file"):
        Index.build(["ja"], tmp_path / "file")


def test_a_mark_may_be_called_anything(tmp_path: Path):
    marks = [Mark("../x/y", "<b>", 0, 2)]
    Index.build([Document("a", "ja nei", {"../c": "v"}, marks)], tmp_path / "index")
    index = Index.open(tmp_path / "index")
    assert index.where(**{"../x/y": "<b>", "../c": "v"}).total == 1
    assert sorted(p.name for p in tmp_path.rglob("*")) == sorted(
        ["index", "meta.json", "arrays.bin", "ids.bin", "positions.bin", "starts.bin", "text.bin"]
    )


@pytest.mark.parametrize(
    "ask",
    [
        lambda i: i.frequency(most=-1),
        lambda i: i.ngrams(2, most=-1),
        lambda i: i.collocates("kravet", most=-1),
        lambda i: i.concordance("kravet", most=-1),
        lambda i: i.concordance("kravet", first=-1),
        lambda i: i.zipf(points=0),
        lambda i: i.heaps(points=0),
        lambda i: i.diversity(threshold=1.0),
        lambda i: i.keyness(i.where(id="a"), permutations=-1),
    ],
)
def test_numbers_that_cannot_be(index: Index, ask):
    with pytest.raises(WordsError, match="expected"):
        ask(index)
