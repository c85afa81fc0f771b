"""Wrong use speaks: an error of the library's own that says what to call instead, and never a traceback."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from handmade import analysis

import corpus_lib as cl
from corpus_lib.analysis import analyse
from corpus_lib.cli import main
from corpus_lib.errors import BadOption, CannotWrite, CorpusLibError, StoreError, UnreadableIndex, WrongInput
from corpus_lib.report import report
from corpus_lib.words.keyness import keyness

TEXT = "Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."
Capture = pytest.CaptureFixture[str]


def frame() -> object:
    return pytest.importorskip("pandas").DataFrame({"text": [TEXT]})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (Path("sak.txt"), r"analyse\(read_article\(path\)\)"),
        pytest.param(frame, r"Corpus\.from_frame", id="a table"),
        pytest.param(lambda: frame()["text"], r"Corpus\.from_frame", id="a column"),  # type: ignore[index]
        (123, "found int"),
        (None, "found NoneType"),
        (b"Nato svarer.", "found bytes"),
        ([TEXT, TEXT], r"Corpus\.from_texts"),
        ("sak.txt", r"did you mean analyse\(read_article\(path\)\)"),
        ("/home/kari/Mine saker/ferja går.TXT\n", r"did you mean analyse\(read_article\(path\)\)"),
        ("arkiv.csv", "the name of a file"),
    ],
    ids=str,
)
def test_what_is_no_article_is_refused_with_a_hint(given: object, message: str):
    with pytest.raises(WrongInput, match=message):
        analyse(given() if callable(given) else given)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        analyse(given() if callable(given) else given)  # type: ignore[arg-type]


def test_the_name_of_a_file_that_is_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "notat").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WrongInput, match="'notat', which is the name of a file"):
        analyse("notat")
    assert analyse("Ferja gikk til Bodø, skriver nrk.no").quotes is not None
    assert analyse("Se saken i ferje.txt\n\nKari Lie krever svar.").article.id == "text"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"nlp": "nb_core_news_sm"}, WrongInput, r"nlp=spacy\.load\('nb_core_news_sm'\)"),
        ({"nlp": 5}, WrongInput, "nlp: found int"),
        ({"min_confidence": "high"}, WrongInput, "min_confidence: found 'high', expected a number from 0 to 1"),
        ({"min_confidence": None}, WrongInput, "min_confidence: found None"),
        ({"min_confidence": 80}, BadOption, r"did you mean 0\.8\?"),
        ({"min_confidence": float("nan")}, BadOption, "expected a number from 0 to 1"),
        ({"language": "no"}, CorpusLibError, "no"),
    ],
    ids=str,
)
def test_options_of_another_kind_are_refused(options: dict[str, object], error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        analyse(TEXT, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ["missing.txt", 5, None, [TEXT], {"a": 1}, Path("sak.txt")], ids=str)
def test_a_report_is_made_of_analyses(given: object):
    with pytest.raises(WrongInput, match=r"report takes analyses, found .*report\(analyse\(read_article"):
        report(given)  # type: ignore[arg-type]


def test_a_store_is_a_folder_and_not_a_file_of_results(tmp_path: Path, capsys: Capture):
    (tmp_path / "sak.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(StoreError, match="is a file's name"):
        cl.Corpus.read(tmp_path).analyse(tmp_path / "res.csv")
    for call in (["res.csv"], ["res.xlsx"], ["res.csv", "--format", "csv"], ["res.json"]):
        assert main(["analyse", str(tmp_path / "sak.txt"), "-o", str(tmp_path / call[0]), *call[1:]]) == 2
        assert "folder" in capsys.readouterr().err
    assert [f.name for f in tmp_path.iterdir()] == ["sak.txt"]


def test_a_report_is_a_page(tmp_path: Path, capsys: Capture):
    (tmp_path / "sak.txt").write_text(TEXT, encoding="utf-8")
    assert main(["report", str(tmp_path / "sak.txt"), "-o", str(tmp_path / "side.pdf")]) == 2
    assert "a report is an HTML page" in capsys.readouterr().err
    assert not (tmp_path / "side.pdf").exists()


LONG = "x" * 300


@pytest.mark.parametrize(
    "call",
    [
        ["words", "{}", "--collocates", "*"],
        ["words", "{}", "--concordance", "*"],
        ["words", "{}", "--ngrams", "1" + "0" * 30],
        ["words", "{}", "--keyness", ""],
        ["words", "{}", "--in", "id=" + "9" * 5000],
        ["words", "{}", "--save-index", "/nonexist/index"],
        ["analyse", "{}", "--corrections", "/nonexist"],
        ["analyse", "{}", "--workers", "1" + "0" * 22, "-o", "/nonexist/lager"],
        ["analyse", "{}", "-o", "/nonexist/lager"],
        ["analyse", "{}", "--min-confidence", "80"],
        ["analyse", "{}", "--encoding", "utf-99"],
        ["evaluate", "{}", "{}", "--resamples", "-5"],
        ["evaluate", "{}", "/nonexist"],
        ["check", "{}", "-o", "/nonexist/c.csv"],
        ["correct", "/nonexist.csv", "{}", "--by", "Bo", "-o", "/nonexist"],
        ["show", "{}", "a"],
        ["report", "/nonexist", "-o", "/nonexist/side.html"],
        ["export", "/nonexist", "--format", "csv", "-o", "/nonexist/ut"],
        ["report", "{}", "-o", LONG + ".html"],
        ["story", "{}", "-o", LONG + ".json"],
        ["analyse", "{}", "-o", LONG],
        ["analyse", "{}", "-o", LONG + ".jsonl"],
        ["words", "{}", "--save-index", LONG],
        ["report", "{}", "-o", "nul\0.html"],
        ["words", "{}", "--concordance", "sak", "--sort", "L" + "9" * 50],
        ["words", "{}", "--dispersion=--"],
        ["evaluate", "{}", "{}", "--resamples", "1000000000"],
        ["analyse", "{}", "--corrections", "nul\0"],
    ],
    ids=lambda call: " ".join(call)[:60],
)
def test_no_call_ends_in_a_traceback(tmp_path: Path, capsys: Capture, call: list[str]):
    (tmp_path / "sak.txt").write_text(TEXT, encoding="utf-8")
    try:
        status = main([part.format(tmp_path / "sak.txt") for part in call])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    assert status in (0, 1, 2)
    if status:
        err = capsys.readouterr().err
        assert err.strip()
        assert "Traceback" not in err


@pytest.mark.parametrize("option", ["-o", "--output", "--gold"])
def test_an_empty_name_is_not_this_folder(tmp_path: Path, capsys: Capture, option: str):
    with pytest.raises(SystemExit, match="2"):
        main(["correct", "ark.csv", "a.jsonl", "--by", "Ada", "-o", str(tmp_path), option, ""])
    assert "expected the name of a file or folder, found ''" in capsys.readouterr().err


def test_a_message_about_a_very_long_word_is_short(tmp_path: Path, capsys: Capture):
    (tmp_path / "sak.txt").write_text(TEXT, encoding="utf-8")
    assert main(["words", str(tmp_path / "sak.txt"), "--collocates", "å" * 100_000]) == 2
    assert 1_000 < len(capsys.readouterr().err) < 3_000
    assert main(["analyse", str(tmp_path / "sak.txt"), "--encoding", "x" * 100_000]) == 1
    assert 1_000 < len(capsys.readouterr().err) < 3_000


@pytest.mark.parametrize("space", ["\u00a0", "\u2002", "\u0085", "\u202f", "\u3000", "\x1c", "\u2028"])
def test_spaces_of_every_kind_are_read(space: str):
    text = (
        analysis().article.text + "\n\n– Vi krever svar av statsminister Per Lund, sier Kari Lie til NTB. Hun er leder."
    )
    try:
        found = analyse(text.replace(" ", space))
    except CorpusLibError:
        return
    assert "".join(found.article.slice(b.span) for b in found.article.blocks)


@pytest.mark.parametrize("sides", [("A", "B"), (["A"], ["B"]), ("A", None)], ids=str)
def test_keyness_compares_parts_of_an_index(sides: tuple[object, object]):
    index = cl.Index.build({"a": "Nato svarer.", "b": "Nav svarer."})
    for ask in (lambda: index.keyness(*sides), lambda: keyness(*sides)):  # type: ignore[arg-type]
        with pytest.raises(WrongInput, match=r"did you mean index = Index\.build"):
            ask()


def test_an_index_is_built_of_texts():
    with pytest.raises(WrongInput, match="found a DataFrame of pandas; did you mean"):
        cl.Index.build(frame())  # type: ignore[arg-type]
    with pytest.raises(WrongInput, match="found int"):
        cl.Index.build(5)  # type: ignore[arg-type]
    with pytest.raises(CorpusLibError):
        cl.Index.build({"a": "Nato svarer."}).ngrams(10**30)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("arrays", 5),
        ("packed", {"x": [0]}),
        ("tokens", "mange"),
        ("columns", None),
        ("texts", 1),
        ("arrays", {"ids": "x9"}),
        ("arrays", {"ids": {}}),
    ],
)
def test_a_damaged_description_of_an_index_is_refused_with_its_place(tmp_path: Path, key: str, value: object):
    cl.Index.build({"a": "Nato svarer."}, tmp_path / "i")
    meta = tmp_path / "i" / "meta.json"
    meta.write_text(json.dumps(json.loads(meta.read_text(encoding="utf-8")) | {key: value}), encoding="utf-8")
    with pytest.raises(UnreadableIndex, match=r"meta\.json: expected"):
        cl.Index.open(tmp_path / "i")


def test_an_index_that_the_disk_has_no_room_for_ends_in_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(CannotWrite, match="No space left"):
        cl.Index.build({"a": "Nato svarer. " * 1000}, tmp_path / "i")
