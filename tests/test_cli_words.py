"""``corpus-lib words``: what it prints and its exit status."""

from __future__ import annotations

import csv
import io
import json
import math
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_lib.analysis import analyse
from corpus_lib.cli import main, parser
from corpus_lib.structure import article_of

TEXTS = {
    "ferje": "Ap krever svar\n\n– Vi krever svar fra Nato, sier Kari Lie.\n\nNato kom til Oslo i går. Hun ventet.",
    "krav": "Nato avviser kravet\n\n– Nato avviser kravet, sier Ola Dahl til NTB.\n\nHan reiste hjem til byen.",
}
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in TEXTS.items():
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*options: str, path: Path | str | None = None) -> tuple[int, str, str]:
        status = main(["words", str(path or folder), *options])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


def rows(printed: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in printed.splitlines()]


def test_csv_as_norwegian_spreadsheets_have_it(run: Run):
    status, out, _ = run("-n", "1", "--format", "csv", "--excel")
    assert status == 0
    assert out.startswith("\ufeffword;count;per_million;")
    (row,) = csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";")
    assert (row["word"], row["count"]) == ("nato", "4")
    assert "," in row["per_million"]
    assert "." not in row["per_million"]
    assert run("--excel")[::2] == (2, "corpus-lib: --excel needs --format csv\n")


def test_without_a_question_words_are_counted(run: Run):
    status, out, err = run("-n", "2")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "Frequency: all documents"
    assert lines[5].split()[:3] == ["1", "nato", "4"]
    assert sum(line[:1].isdigit() for line in lines) == 2
    assert any(line.startswith("· Counted: lower-cased words") for line in lines)
    assert max(map(len, lines)) <= 100


def test_stop_words_lemmas_and_rows_without_end(run: Run):
    found = [row["word"] for row in rows(run("--no-stop-words", "-n", "0", "--format", "jsonl")[1])]
    assert "nato" in found
    assert "til" not in found
    lemmas = {row["word"]: row["count"] for row in rows(run("--layer", "lemma", "-n", "0", "--format", "jsonl")[1])}
    assert lemmas["krav"] == 2
    assert lemmas["kreve"] == 2


def test_a_table_fits_a_hundred_columns_whatever_is_asked(run: Run):
    for asked in (
        ("--keyness", "quotation", "--least", "1", "--resamples", "20", "--permutations", "20", "--measure", "bic"),
        ("--collocates", "nato", "--least", "1", "--measure", "minimum_sensitivity"),
        ("--ngrams", "2", "--least", "1"),
        ("--dispersion", "nato", "--dispersion", "krav*"),
        ("--readability",),
        ("--concordance", "nato", "--analyse"),
    ):
        status, out, err = run(*asked)
        assert (status, err) == (0, "")
        assert max(map(len, out.splitlines())) <= 100, asked
        if "--measure" in asked:
            assert all(part in out for part in asked[-1].split("_", 1))


def test_speakers_are_compared_after_an_analysis(run: Run):
    status, out, _ = run("--keyness", "speaker=Kari Lie vs speaker=Ola Dahl", "--least", "1", "--format", "jsonl")
    assert status == 0
    found = rows(out)
    assert "vi" in [row["word"] for row in found]
    assert {"count", "reference_count", "log_ratio", "low", "high", "p_holm"} <= set(found[0])


def test_a_comparison_keeps_to_a_part(run: Run):
    asked = ("--keyness", "quotation", "--in", "id=krav", "--least", "1", "--format", "jsonl")
    found = {row["word"]: (row["count"], row["reference_count"]) for row in rows(run(*asked, "-n", "0")[1])}
    assert found["nato"] == (1, 1)
    _, out, _ = run("--keyness", "quotation vs all", "--in", "id=krav", "--least", "1")
    assert out.startswith("Key words: quotations, id=krav against all documents, id=krav")


def test_the_lines_behind_a_row(run: Run):
    _, counted, _ = run("-n", "1", "--format", "jsonl")
    (row,) = rows(counted)
    _, lines, _ = run("-n", "1", "--lines", "1", "--format", "jsonl")
    assert rows(lines)[0]["node"].lower() == row["word"]
    _, all_lines, _ = run("-n", "0", "--lines", "1", "--window", "2", "--format", "jsonl")
    assert len(rows(all_lines)) == row["count"]
    status, _, err = run("-n", "1", "--lines", "2")
    assert (status, err) == (2, "corpus-lib: --lines 2: expected a row from 1 to 1\n")


def test_lines_of_a_query_name_the_speaker(run: Run):
    _, out, _ = run("--concordance", "krav*", "--sort", "L1", "--analyse", "--format", "jsonl")
    found = rows(out)
    assert {row["node"] for row in found} == {"kravet"}
    assert "Ola Dahl" in {row["speaker"] for row in found}
    assert all(TEXTS[row["document"]][row["start"] : row["end"]] == row["node"] for row in found)
    _, out, _ = run("--concordance", "kra(vet)?", "--regex")
    assert out.count("[kravet]") == 2


def test_readability_of_speakers(run: Run):
    _, out, _ = run("--readability", "--by", "speaker", "--format", "jsonl")
    assert {row["part"] for row in rows(out)} >= {"Kari Lie", "Ola Dahl"}
    _, out, _ = run("--readability", "--format", "jsonl")
    assert [row["part"] for row in rows(out)] == ["ferje", "krav"]
    _, out, _ = run("--readability", "--in", "quotation", "--format", "jsonl")
    assert [row["part"] for row in rows(out)] == ["quotations"]


def test_one_article_against_a_list(run: Run, folder: Path, tmp_path: Path):
    (tmp_path / "list.csv").write_text("til;900\nnato;1\n", encoding="utf-8")
    _, out, _ = run(
        "--keyness", f"all vs {tmp_path / 'list.csv'}", "--least", "1", "--format", "jsonl", path=folder / "krav.txt"
    )
    found = {row["word"]: row["reference_count"] for row in rows(out)}
    assert found["nato"] == 1
    assert found["avviser"] == 0


def test_csv_holds_all_columns_and_no_formula(folder: Path, run: Run):
    (folder / "odd.txt").write_text("Avviste\n\n=SUM(A1) og –=1+1 er ord. @NATO svarte -5 ganger.", encoding="utf-8")
    _, out, _ = run("--concordance", "ord|og|svarte", "--regex", "--format", "csv", "--window", "3")
    table = list(csv.reader(io.StringIO(out)))
    assert table[0][:7] == ["left", "node", "right", "document", "start", "end", "position"]
    cells = [cell for row in table[1:] for cell in row]
    assert any("SUM" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_what_is_unknown_is_null_or_empty(run: Run, folder: Path):
    _, out, _ = run("-n", "1", "--format", "jsonl", path=folder / "krav.txt")
    assert rows(out)[0]["dp_norm"] is None
    _, out, _ = run("-n", "1", "--format", "csv", path=folder / "krav.txt")
    assert not any(cell in ("nan", "inf") for cell in out.lower().replace("\r\n", ",").split(","))
    _, out, _ = run("-n", "1", path=folder / "krav.txt")
    assert " –" in out
    assert math.isfinite(rows(run("-n", "1", "--format", "jsonl")[1])[0]["dp_norm"])


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--keyness", "quotation", "--measure", "chi3"], "no measure of keyness 'chi3'; there are g2_two_cell"),
        (["--collocates", "nato", "--measure", "chi3"], "no measure of collocation 'chi3'"),
        (["--dispersion", "nato", "--measure", "chi3"], "no dispersion measure 'chi3'"),
        (["--keyness", "all"], "is the whole index; expected something to compare with"),
        (["--keyness", "all vs all"], "target and reference are the same"),
        (["--keyness", "source=nrk"], "no source 'nrk' in this index"),
        (["--keyness", "speaker=Kari Li"], "no speaker 'Kari Li' in this index; there are Kari Lie"),
        (["--keyness", "speaker"], "no part of the index 'speaker'; expected one of all"),
        (["--in", "colour=red"], "no column or mark 'colour'"),
        (["--collocates", "nato", "--window", "0"], "expected a window of at least 1 word, found 0"),
        (["--concordance", "nato", "--window", "0"], "expected a window of at least 1 word, found 0"),
        (["--collocates", "ukjent"], "'ukjent' stands nowhere"),
        (["--dispersion", "ukjent"], "'ukjent' stands nowhere"),
        (["--concordance", "(", "--regex"], "is no regular expression"),
        (["--concordance", "–"], "an empty query"),
        (["--concordance", "nato", "--sort", "X"], "no place to sort by 'X'"),
        (["--ngrams", "1"], "at least 2 words, found 1"),
        (["--sort", "R1"], "--sort needs --concordance"),
        (["--regex"], "--regex needs --concordance or --collocates"),
        (["--by", "speaker"], "--by needs --readability"),
        (["--measure", "g2"], "--measure needs --keyness"),
        (["--window", "3"], "--window needs --concordance"),
        (["--permutations", "3"], "--permutations needs --keyness"),
    ],
)
def test_wrong_calls_say_what_is_wrong(run: Run, options: list[str], message: str):
    status, out, err = run(*options)
    assert (status, out) == (2, "")
    assert err.startswith("corpus-lib: ")
    assert message in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("option", ["-n", "--resamples", "--window", "--ngrams", "--lines", "--least"])
@pytest.mark.parametrize("number", ["-1", "1.5", "1" + 30 * "0", "x", ""])
def test_a_number_beyond_its_bounds_is_refused(run: Run, capsys: pytest.CaptureFixture[str], option: str, number: str):
    with pytest.raises(SystemExit, match="2"):
        run(option, number)
    assert f"argument {option}: expected a whole number from" in capsys.readouterr().err


def test_a_wrong_measure_shows_before_anything_is_read(run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("corpus_lib.reading.read_documents", lambda *_, **__: pytest.fail("was read"))
    assert run("--keyness", "quotation", "--measure", "chi3")[0] == 2
    assert run("--concordance", "[", "--regex")[0] == 2
    assert run("--keyness", "speaker")[0] == 2


@pytest.mark.parametrize("options", [["--layer", "stem"], ["--unit", "word"], ["--keyness", "all", "--readability"]])
def test_wrong_choices_end_with_usage(run: Run, options: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit, match="2"):
        run(*options)
    assert "corpus-lib words: error: " in capsys.readouterr().err


def test_a_regular_expression_that_backtracks_for_ever(run: Run, folder: Path):
    (folder / "long.txt").write_text("Avviste\n\n" + "a" * 40 + "b er et ord.", encoding="utf-8")
    status, _, err = run("--concordance", "(a|aa)+$", "--regex")
    assert status == 2
    assert "did not finish in 2.0 s" in err


def test_what_cannot_be_read_is_told_and_the_rest_is_counted(run: Run, folder: Path):
    (folder / "empty.txt").write_text("", encoding="utf-8")
    status, out, err = run("-n", "1")
    assert status == 1
    assert "nato" in out
    assert json.loads(err)["doc"] == "empty"
    status, out, err = run(path=folder / "missing.txt")
    assert (status, out) == (1, "")
    assert "no such file or folder" in json.loads(err)["error"]


def test_an_index_is_kept_and_asked_again(run: Run, tmp_path: Path, folder: Path):
    kept = tmp_path / "index"
    status, first, _ = run("--save-index", str(kept), "--analyse")
    assert status == 0
    shutil.rmtree(folder)
    assert run(path=kept) == (0, first, "")
    assert "Ola Dahl" in run("--readability", "--by", "speaker", path=kept)[1]
    status, _, err = run("--save-index", str(kept), path=kept)
    assert (status, err) == (2, "corpus-lib: --save-index: what was given is a stored index already\n")


def test_a_corpus_store_is_counted_without_being_analysed_again(run: Run, folder: Path, tmp_path: Path, monkeypatch):
    pytest.importorskip("pyarrow", reason="the extra 'scale' is not installed")
    from corpus_lib.corpus import Corpus

    (folder / "copy.txt").write_text(TEXTS["krav"], encoding="utf-8")
    Corpus.read(folder).analyse(tmp_path / "store")
    monkeypatch.setattr("corpus_lib.analysis.analyse", lambda *_: pytest.fail("was analysed"))
    status, out, err = run("-n", "1", "--format", "jsonl", path=tmp_path / "store")
    assert (status, err) == (0, "corpus-lib: 1 exact copy of another article is not counted\n")
    assert (rows(out)[0]["word"], rows(out)[0]["count"]) == ("nato", 4)
    _, out, _ = run("--keyness", "speaker=Ola Dahl", "--least", "1", "--format", "jsonl", path=tmp_path / "store")
    assert "avviser" in [row["word"] for row in rows(out)]
    _, out, _ = run("--concordance", "avviser", "--format", "jsonl", path=tmp_path / "store")
    assert {row["speaker"] for row in rows(out)} == {"", "Ola Dahl"}
    _, out, _ = run("--in", "language=nb", "--format", "jsonl", "-n", "1", path=tmp_path / "store")
    assert rows(out)[0]["count"] == 4


def test_control_characters_of_a_text_do_not_steer_the_terminal(folder: Path, run: Run):
    (folder / "odd.txt").write_text("Nei\n\nHan sa \u202eord\u2028ord og gikk.", encoding="utf-8")
    _, out, _ = run("--concordance", "ord")
    assert "[ord]" in out
    assert not any(ord(c) in (0x202E, 0x2028, 0x1B) for c in out)


def test_every_option_has_help(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        parser().parse_args(["words", "--help"])
    shown = capsys.readouterr().out
    assert "examples:" in shown
    assert "speaker=Kari Lie vs speaker=Ola Dahl" in shown
    from corpus_lib.words import collocation, dispersion, keyness

    for name in (*keyness.MEASURES, *collocation.MEASURES, *dispersion.MEASURES):
        assert name in shown


def test_the_analyses_are_those_of_the_articles():
    """The texts of these tests have what the tests ask of them."""
    analyses = [analyse(article_of(text, id=name)) for name, text in TEXTS.items()]
    assert [a.names()[s] for a in analyses for q in a.quotes for s in q.speakers] == ["Kari Lie", "Ola Dahl"]
