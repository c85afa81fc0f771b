"""The command: what it prints, what it writes, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from invented import PAGE, SMALL

from corpus_lib.analysis import TABLES, Analysis, analyse
from corpus_lib.cli import WIDTH, as_text, main
from corpus_lib.structure import article_of, read_article
from corpus_lib.version import __version__

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "ferje.txt"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_the_command_runs_as_a_program(seed_path: Path, project: Path, seed_analysis: Analysis):
    run = subprocess.run(
        [sys.executable, "-m", "corpus_lib.cli", "analyse", str(seed_path)],
        cwd=project, capture_output=True, text=True, encoding="utf-8", check=False, env=None,
    )  # fmt: skip
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == as_text(seed_analysis) + "\n"


def test_the_table_of_the_seed_fits_a_hundred_columns(seed_path: Path, capsys: Capture):
    assert main(["analyse", str(seed_path)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert max(len(line) for line in out.splitlines()) <= WIDTH == 100
    assert out.startswith(
        "Stoltenberg har svart Putin: – Vi står overfor et kritisk øyeblikk\n000_3b71882cc0bf1758 · nb"
    )
    for heading in ("WHO SAYS WHAT", "WHO DEMANDS WHAT, AND WHAT IS ANSWERED", "WHICH WORDS CARRY IT"):
        assert f"\n\n{heading} (" in out


def test_the_table_names_every_quotation_under_its_speaker(seed_analysis: Analysis):
    lines = as_text(seed_analysis).splitlines()
    assert all(any(f"[{q.id} {q.confidence:.2f}]" in line for line in lines) for q in seed_analysis.quotes)
    (stoltenberg,) = (line for line in lines if line.startswith("Jens Stoltenberg ("))
    (blinken,) = (line for line in lines if line.startswith("Anthony Blinken ("))
    told = next(line for line in lines if "Vi vil ikke offentliggjøre dokumentet" in line)
    assert lines.index(stoltenberg) < lines.index(blinken) < lines.index(told)


def test_the_table_gives_demands_with_answers_and_words(small: Path, capsys: Capture):
    assert main(["analyse", str(small)]) == 0
    out = capsys.readouterr().out
    (row,) = (line for line in out.splitlines() if line.startswith("d1 "))
    assert "Nav svarer" in row
    assert "reject" in row
    assert out.startswith("Ap varsler kamp\nferje · nb · no date · 1 title, 2 body\n")
    assert "Nav 2" in out.rsplit("WHICH WORDS", 1)[1]


def test_a_table_of_odd_text_keeps_its_width_and_steers_no_terminal():
    text = f"{'Ferje' * 40} \u202e\u009b31m\n\n– {'Nei' * 90} \u009b2J, sier Kari Lie."
    lines = as_text(analyse(article_of(text, id="ferje", language="nb"))).splitlines()
    assert max(map(len, lines)) <= WIDTH
    said = "\n".join(lines[2:])
    assert said.replace("\n", "").isprintable()


def test_a_title_steers_no_terminal(tmp_path: Path, capsys: Capture):
    record = {"text": SMALL, "id": "a\u001b[2J", "title": "\u001b[31mAp varsler kamp"}
    (tmp_path / "saker.jsonl").write_text(json.dumps(record), encoding="utf-8")
    main(["analyse", str(tmp_path / "saker.jsonl")])
    assert "\u001b" not in capsys.readouterr().out


def test_the_structure_of_the_seed_is_told_in_full(seed_analysis: Analysis):
    assert "3 subheading" in " ".join(as_text(seed_analysis).split("\n\n")[0].split())


def test_jsonl_is_the_wire_format_one_article_a_line(seed_path: Path, small: Path, capsys: Capture):
    assert main(["analyse", str(seed_path), str(small), "--format", "jsonl"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    expected = [analyse(read_article(p)).to_dict() for p in (seed_path, small)]
    assert records == json.loads(json.dumps(expected))


def test_jsonl_goes_to_a_file(small: Path, capsys: Capture):
    out = small.with_name("ut.jsonl")
    assert main(["analyse", str(small), "-o", str(out)]) == 0
    assert capsys.readouterr() == ("", f"1 article, 0 failed: {out}\n")
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert Analysis.from_dict(json.loads(line), text=SMALL) == analyse(read_article(small))


@pytest.mark.parametrize("given", ["articles.jsonl", "*.jsonl", "."])
def test_results_never_take_the_place_of_what_is_read(
    tmp_path: Path, given: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    articles = Path("articles.jsonl")
    articles.write_text(json.dumps({"id": "a", "text": SMALL}) + "\n", encoding="utf-8")
    before = articles.read_bytes()
    assert main(["analyse", given, "-o", "articles.jsonl"]) == 2
    assert "is an input" in capsys.readouterr().err
    assert articles.read_bytes() == before


def test_an_interrupted_file_of_results_leaves_what_stood_there(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
):
    out = small.parent / "results" / "out.jsonl"
    out.parent.mkdir()
    assert main(["analyse", str(small), "-o", str(out)]) == 0
    before = out.read_bytes()

    def stopped(*_: object, **__: object) -> Analysis:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus_lib.analysis.analyse", stopped)
    assert main(["analyse", str(small), "-o", str(out)]) == 130
    assert "interrupted" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert [f.name for f in out.parent.iterdir()] == ["out.jsonl"]


def test_what_was_written_where_is_told_after_what_failed(small: Path, capsys: Capture):
    small.with_name("to.txt").write_text(PAGE, encoding="utf-8")
    small.with_name("tom.txt").write_text("")
    out = small.with_name("ut.jsonl")
    assert main(["analyse", *map(str, sorted(small.parent.glob("*.txt"))), "-o", str(out)]) == 1
    shown, err = capsys.readouterr()
    failure, summary = err.splitlines()
    assert shown == ""
    assert json.loads(failure)["doc"] == "tom"
    assert summary == f"2 articles, 1 failed: {out}"
    assert len(out.read_text(encoding="utf-8").splitlines()) == 2


def test_one_of_a_kind_is_told_in_the_singular(small: Path, capsys: Capture):
    assert main(["analyse", str(small)]) == 0
    out = capsys.readouterr().out
    assert "WHO SAYS WHAT (1 quotation)" in out
    assert "(1 demand, 1 answer)" in out


def test_gold_that_is_not_complete_is_said_in_a_line(small: Path, capsys: Capture):
    saved, gold = small.with_name("ut.jsonl"), small.with_name("gull.jsonl")
    main(["analyse", str(small), "-o", str(saved)])
    record = json.loads(saved.read_text(encoding="utf-8"))
    gold.write_text(json.dumps(record | {"complete": False}), encoding="utf-8")
    capsys.readouterr()
    assert main(["evaluate", str(gold), str(saved), "--resamples", "0"]) == 0
    out, err = capsys.readouterr()
    assert "demands" not in out
    (line,) = err.splitlines()
    assert line.startswith("corpus-lib: 1 of 1 gold article is not marked complete ('correct --complete')")
    assert "demands and answers are not scored" in line
    gold.write_text(json.dumps(record), encoding="utf-8")
    assert main(["evaluate", str(gold), str(saved), "--resamples", "0"]) == 0
    out, err = capsys.readouterr()
    assert "demands" in out
    assert err == ""


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_csv_writes_one_file_per_table(seed_path: Path, tmp_path: Path, seed_analysis: Analysis):
    folder = tmp_path / "dypt" / "nede"
    assert main(["analyse", str(seed_path), "--format", "csv", "-o", str(folder)]) == 0
    assert {f.name for f in folder.iterdir()} == {f"{t}.csv" for t in ("articles", *TABLES, "errors")}
    for table, columns in TABLES.items():
        rows = read_csv(folder / f"{table}.csv")
        assert tuple(rows[0]) == columns
        assert len(rows) == len(seed_analysis.frame(table))
    quotes = seed_analysis.frame("quotes")
    assert [r["text"] for r in read_csv(folder / "quotes.csv")] == quotes["text"].tolist()
    assert read_csv(folder / "errors.csv") == []


def test_tables_without_a_row_still_have_their_header(tmp_path: Path):
    (tmp_path / "sak.txt").write_text("Det regnet i Bodø.", encoding="utf-8")
    main(["analyse", str(tmp_path / "sak.txt"), "--format", "csv", "-o", str(tmp_path / "ut")])
    header = (tmp_path / "ut" / "demands.csv").read_text(encoding="utf-8")
    assert header.strip().split(",") == list(TABLES["demands"])


FORMULAS = ("=HYPERLINK(1)", "+47 22 22 22 22", "-2+3", "@SUM(1)")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_csv_file_is_a_formula(tmp_path: Path, formula: str):
    file = tmp_path / "sak.txt"
    file.write_text(
        f"Ap varsler kamp\n\n{formula} er svaret, ikke nei.\n\n«{formula}», sier Kari Lie.", encoding="utf-8"
    )
    assert main(["analyse", str(file), "--format", "csv", "-o", str(tmp_path / "ut")]) == 0
    cells = [c for f in (tmp_path / "ut").iterdir() for row in read_csv(f) for c in row.values()]
    assert f"'{formula} er svaret, ikke nei." in cells
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@")) and c != "-1"]


def test_no_cell_of_the_errors_is_a_formula(tmp_path: Path):
    record = {"id": "=HYPERLINK(1)", "text": "The minister said that she was not there and that they will be back."}
    (tmp_path / "saker.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert main(["analyse", str(tmp_path / "saker.jsonl"), "--format", "csv", "-o", str(tmp_path / "ut")]) == 1
    (row,) = read_csv(tmp_path / "ut" / "errors.csv")
    assert row["doc"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_what_fails_is_recorded_and_the_rest_goes_on(small: Path, form: str, capsys: Capture):
    empty = small.with_name("tom.txt")
    empty.write_text("")
    arguments = ["analyse", str(empty), str(small), "--format", form]
    folder = small.with_name("ut")
    assert main([*arguments, "-o", str(folder)] if form == "csv" else arguments) == 1
    out, err = capsys.readouterr()
    told, *summary = err.splitlines()
    assert json.loads(told) == {"doc": "tom", "stage": "reading", "error": f"{empty}: the text is empty"}
    assert summary == ([f"1 article, 1 failed: {folder}"] if form == "csv" else [])
    shown = (folder / "quotes.csv").read_text(encoding="utf-8") if form == "csv" else out
    assert "Vi gir oss ikke" in shown
    if form == "csv":
        assert [r["message"] for r in read_csv(folder / "errors.csv")] == [f"{empty}: the text is empty"]


def test_a_foreign_article_fails_unless_overridden(tmp_path: Path, capsys: Capture):
    file = tmp_path / "sak.txt"
    file.write_text("The minister said that she was not there and that they will be back.", encoding="utf-8")
    assert main(["analyse", str(file)]) == 1
    failure = json.loads(capsys.readouterr().err)
    assert (failure["doc"], failure["stage"]) == ("sak", "analysis")
    assert "English" in failure["error"]
    assert main(["analyse", str(file), "--language", "nb"]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--again"], "--workers, --scheduler and --again need -o FOLDER"),
        (["--workers", "2", "-o", "ut.jsonl"], "--workers, --scheduler and --again need -o FOLDER"),
        (["--format", "csv"], "--format csv needs -o DIR"),
        (["--format", "table", "-o", "ut"], "--format table prints"),
        (["-o", "borte/ut.jsonl"], "borte/ut.jsonl: cannot be written"),
    ],
)
def test_a_wrong_combination_is_explained(
    small: Path, arguments: list[str], message: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(small.parent)
    assert main(["analyse", str(small), *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"corpus-lib: {message}")
    assert [f.name for f in small.parent.iterdir()] == [small.name]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required"),
        (["analyse"], "PATH"),
        (["tolk", "sak.txt"], "invalid choice: 'tolk'"),
        (["analyse", "sak.txt", "--format", "xml"], "invalid choice: 'xml'"),
        (["analyse", "sak.txt", "--min-confidence", "2"], "expected a number from 0 to 1, found '2'"),
        (["analyse", "sak.txt", "--min-confidence", "nan"], "expected a number from 0 to 1, found 'nan'"),
        (["analyse", "sak.txt", "--language", "sv"], "invalid choice: 'sv'"),
    ],
)
def test_wrong_usage_ends_with_status_two(arguments: list[str], message: str, capsys: Capture):
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert message in capsys.readouterr().err


def test_the_version_is_told(capsys: Capture):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out == f"corpus-lib {__version__}\n"


def test_the_least_confidence_reaches_the_analysis(seed_path: Path, capsys: Capture):
    main(["analyse", str(seed_path), "--format", "jsonl", "--min-confidence", "0.9"])
    record = json.loads(capsys.readouterr().out)
    assert record["made_by"]["options"] == {"min_confidence": 0.9}
    assert record["quotes"]
    assert all(o["confidence"] >= 0.9 for kind in ("quotes", "demands", "responses") for o in record[kind])


def test_another_encoding_is_suggested_and_honoured(tmp_path: Path, capsys: Capture):
    file = tmp_path / "eldre.txt"
    file.write_bytes(PAGE.encode("cp1252"))
    assert main(["analyse", str(file), "--format", "jsonl"]) == 1
    assert "--encoding cp1252" in json.loads(capsys.readouterr().err)["error"]
    assert main(["analyse", str(file), "--format", "jsonl", "--encoding", "cp1252"]) == 0
    assert json.loads(capsys.readouterr().out)["metadata"]["title"] == "Bodø vil ha ny ferje før jul"


def test_folders_and_patterns_are_searched(small: Path, capsys: Capture):
    (small.parent / "b").mkdir()
    (small.parent / "b" / "to.txt").write_text(PAGE, encoding="utf-8")
    for path, docs in ((small.parent, ["b/to", "ferje"]), (small.parent / "*.txt", ["ferje"])):
        assert main(["analyse", str(path), "--format", "jsonl"]) == 0
        assert [json.loads(line)["doc"] for line in capsys.readouterr().out.splitlines()] == docs


def test_a_reader_that_goes_away_is_no_error(small: Path, monkeypatch: pytest.MonkeyPatch):
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Gone())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main(["analyse", str(small)]) == 0


LIST = "-n 0 --format csv"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without /dev/full")
@pytest.mark.parametrize(
    ("command", "status", "out", "err"),
    [
        (f"words {{}} {LIST} | true", 0, "", ""),
        (f"words {{}} {LIST} >/dev/full", 2, "", "standard output: cannot be written (No space left on device)"),
        (f"words {{}} {LIST} >&-", 0, "", ""),
        ("words nowhere 2>&-", 1, "", ""),
        ("analyse - <&-", 1, "", "standard input"),
    ],
)
def test_standard_streams_may_be_closed_full_or_gone(
    small: Path, project: Path, command: str, status: int, out: str, err: str
):
    call = f"set -o pipefail; '{sys.executable}' -m corpus_lib.cli {command.format(small)}"
    done = subprocess.run(["bash", "-c", call], cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (status, out)
    assert err in done.stderr
    assert "Traceback" not in done.stderr
    assert "ignored" not in done.stderr


def test_letters_that_a_terminal_lacks_are_printed_as_their_codes(small: Path, monkeypatch: pytest.MonkeyPatch):
    printed = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(printed, encoding="ascii", write_through=True))
    assert main(["analyse", str(small)]) == 0
    assert rb"ferje \xb7 nb" in printed.getvalue()


def test_a_folder_becomes_a_store_that_is_gone_on_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed_path: Path, seed_analysis: Analysis
):
    pytest.importorskip("pyarrow")
    (tmp_path / "tom.txt").write_text(" ", encoding="utf-8")
    command = ["analyse", str(seed_path), str(tmp_path / "tom.txt"), "-o", str(tmp_path / "lager")]
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out == "1 analysed, 0 copies, 0 done before, 1 failed\n"
    assert "lager/errors says what failed and why" in err
    assert main(command) == 0
    assert capsys.readouterr().out == "0 analysed, 0 copies, 2 done before, 0 failed\n"
    assert main(["show", str(tmp_path / "lager"), seed_analysis.article.id, "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out) == seed_analysis.to_dict()
    assert main(["show", str(tmp_path / "lager"), "borte"]) == 2
    assert "no article 'borte'" in capsys.readouterr().err
