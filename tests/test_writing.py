"""What is written never destroys: one writer, one guard, names that lead back to an id."""

from __future__ import annotations

import csv
import errno
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from handmade import analysis
from hypothesis import given
from hypothesis import strategies as st

from corpus_lib.analysis import Analysis
from corpus_lib.cli import main
from corpus_lib.corrections import Layer, correct, read_layer, sidecar_of, write_layer, write_worksheet
from corpus_lib.errors import CannotWrite, CorpusLibError, WouldDestroy
from corpus_lib.exchange import export, import_
from corpus_lib.exchange.registry import formats
from corpus_lib.model import sha256
from corpus_lib.report import report
from corpus_lib.spreadsheet import set_off, table
from corpus_lib.structure import read_text
from corpus_lib.writing import file_name, file_names, opened, reading_from, replacing, write_bytes, write_text

WHO = {"by": "Ada", "at": "2024-05-01T10:00"}
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an article and its saved analysis."""
    made = analysis()
    (tmp_path / "ferja.txt").write_bytes(made.article.text.encode())
    (tmp_path / "ferja.jsonl").write_text(json.dumps(made.to_dict()) + "\n", encoding="utf-8")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


# One guard ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call",
    [
        ["report", "ferja.txt", "-o", "ferja.txt"],
        ["report", "ferja.jsonl", "-o", "ferja.jsonl"],
        ["report", "*.html", "-o", "side.html"],
        ["report", ".", "-o", "side.html"],
        ["export", "ferja.jsonl", "--format", "webannotation", "-o", "ferja.jsonl"],
        ["export", "ferja.jsonl", "--format", "dna", "-o", "ferja.jsonl"],
        ["export", "ferja.jsonl", "--format", "qdpx", "-o", "./ferja.jsonl"],
        ["export", "ferja.jsonl", "--format", "brat", "-o", "."],
        ["export", "ferja.jsonl", "--texts", ".", "--format", "conllu", "-o", "ferja.txt"],
        ["check", "ferja.jsonl", "-o", "ferja.jsonl"],
        ["check", "ferja.jsonl", "-o", "link.jsonl", "--force"],
        ["analyse", "ferja.txt", "-o", "ferja.jsonl", "--corrections", "."],
        ["analyse", "ferja.txt", "--format", "jsonl", "-o", "ferja.txt"],
        ["analyse", ".", "-o", "ferja.jsonl"],
        ["analyse", ".", "--format", "csv", "-o", "."],
        ["correct", "ark.csv", "ferja.jsonl", "--by", "Bo", "-o", ".", "--gold", "ferja.jsonl"],
        ["correct", "ark.csv", "ferja.jsonl", "--by", "Bo", "-o", ".", "--gold", "ark.csv"],
    ],
    ids=" ".join,
)
def test_no_command_writes_onto_what_it_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, call: list[str]
):
    monkeypatch.chdir(folder)
    (folder / "side.html").write_text("<p>Ferja kommer.</p>", encoding="utf-8")
    (folder / "blocks.csv").write_text("text\nFerja kommer.\n", encoding="utf-8")
    (folder / "link.jsonl").symlink_to("ferja.jsonl")
    write_worksheet([analysis()], folder / "ark.csv")
    if "--corrections" in call:
        (folder / "ferja.jsonl").rename(folder / "ferja.corrections.json")
        call = [*call[:3], "ferja.corrections.json", "--format", "jsonl", *call[4:]]
    before = contents(folder)
    assert main(call) == 2
    assert contents(folder) == before
    assert "is an input" in capsys.readouterr().err


def test_results_may_lie_beside_what_is_read_and_take_the_place_of_older_results(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(folder)
    for _ in range(2):
        assert main(["export", "ferja.jsonl", "--format", "csv", "-o", "."]) == 0
        assert main(["export", "ferja.jsonl", "--format", "conllu", "-o", "ferja.conllu"]) == 0
        assert main(["report", "ferja.jsonl", "-o", "ferja.html"]) == 0


def test_a_store_takes_no_file_from_a_command_that_reads_it(tmp_path: Path, capsys: Capture):
    from corpus_lib.corpus import Corpus

    store = tmp_path / "lager"
    Corpus.from_texts({"a": "Kari Lie krever svar."}).analyse(store)
    before = contents(store)
    for call in (["export", "--format", "csv"], ["export", "--format", "dna"], ["report"], ["check"]):
        name = store if "csv" in call else store / ("ny.html" if call == ["report"] else "ny")
        assert main([call[0], str(store), *call[1:], "-o", str(name)]) == 2
    assert contents(store) == before


def test_the_guard_is_gone_where_nothing_is_read(tmp_path: Path):
    file = write_text(tmp_path / "a.txt", "en")
    with reading_from([file]), pytest.raises(WouldDestroy, match=r"a\.txt: is an input"):
        write_text(file, "to")
    assert write_text(file, "tre").read_text() == "tre"


# One writer ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch):
    """A disk on which there is no room for what has been written."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return lambda: monkeypatch.setattr(os, "fsync", full)


@pytest.mark.parametrize("name", sorted(formats()))
def test_an_export_that_breaks_off_leaves_what_was_there(tmp_path: Path, full_disk, name: str):
    place = tmp_path / f"ut{formats()[name].suffix}"
    export([analysis()], name, place)
    before = contents(tmp_path)
    full_disk()
    with pytest.raises(CannotWrite, match="No space left"):
        export([analysis(), analysis("andre")], name, place)
    assert contents(tmp_path) == before


def test_corrections_worksheets_and_reports_that_break_off_leave_what_was_there(folder: Path, full_disk):
    made = analysis()
    layer = Layer("ferja", made.article.sha256).with_(correct(made, "accept", "quote", made.quotes[0], **WHO))
    write_layer(layer, sidecar_of(folder, "ferja"))
    write_worksheet([made], folder / "ark.csv")
    write_text(folder / "side.html", report(made))
    before = contents(folder)
    full_disk()
    with pytest.raises(CannotWrite):
        write_layer(Layer("ferja", made.article.sha256), sidecar_of(folder, "ferja"))
    with pytest.raises(CannotWrite):
        write_worksheet([], folder / "ark.csv")
    assert main(["report", str(folder / "ferja.jsonl"), "-o", str(folder / "side.html")]) == 2
    assert main(["analyse", str(folder / "ferja.txt"), "--format", "csv", "-o", str(folder / "ny")]) == 2
    (folder / "ny").rmdir()
    assert contents(folder) == before


def test_an_error_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    file = write_text(tmp_path / "a.txt", "gammel")

    def break_off() -> None:
        with opened(file) as out:
            out.write("ny" * 100_000)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert contents(tmp_path) == {"a.txt": b"gammel"}


def test_two_that_write_one_file_at_once_do_not_meet(tmp_path: Path):
    file = write_text(tmp_path / "a.txt", "gammel")
    with replacing(file) as first:
        first.write_text("en", encoding="utf-8")
        with replacing(file) as second:
            second.write_text("to", encoding="utf-8")
        assert file.read_text(encoding="utf-8") == "to"
    assert contents(tmp_path) == {"a.txt": b"en"}


def test_threads_that_write_one_file_leave_one_of_their_texts_whole(tmp_path: Path):
    texts = [sign * 50_000 for sign in "abcd"]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda text: [write_text(tmp_path / "a.txt", text) for _ in range(20)], texts))
    assert [f.name for f in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") in texts


def test_a_file_keeps_its_rights_and_a_link_leads_to_the_new_text(tmp_path: Path):
    file = write_text(tmp_path / "a.txt", "gammel")
    file.chmod(0o640)
    (tmp_path / "link").symlink_to("a.txt")
    write_text(tmp_path / "link", "ny")
    assert (tmp_path / "link").is_symlink()
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("ny", 0o640)


def test_only_regular_files_are_replaced(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(WouldDestroy, match="is no regular file"), replacing(pipe):
        pytest.fail("was given")
    for name in ("dna", "qdpx"):
        with pytest.raises(CorpusLibError, match="is no regular file"):
            export([analysis()], name, pipe)
    with pytest.raises(CannotWrite, match="Is a directory"):
        write_bytes(tmp_path, b"")
    assert pipe.is_fifo()
    assert write_text("/dev/null", "borte") == Path("/dev/null")
    assert Path("/dev/null").is_char_device()
    with pytest.raises(CannotWrite, match="/dev/full: cannot be written"):
        write_text("/dev/full", "borte")


@pytest.mark.parametrize(
    "call",
    [
        ["check", "{}/ferja.jsonl", "-o", "{}/borte/ark.csv"],
        ["report", "{}/ferja.jsonl", "-o", "{}/borte/side.html"],
        ["analyse", "{}/ferja.txt", "-o", "{}/borte/a.jsonl"],
        ["analyse", "{}/ferja.txt", "--corrections", "{}/borte"],
        ["report", "{}/ferja.txt", "-o", "{}/ny/"],
        ["analyse", "{}/ferja.txt", "--format", "jsonl", "-o", "{}/ny/"],
        ["story", "{}/ferja.txt", "-o", "{}/ny/"],
        ["export", "{}/ferja.jsonl", "--format", "graphml", "-o", "{}/ny/"],
        ["check", "{}/ferja.jsonl", "-o", "{}/ny/"],
        ["export", "{}/ferja.jsonl", "--format", "csv", "-o", "{}/ferja.txt"],
        ["analyse", "{}/ferja.txt", "--format", "csv", "-o", "{}/ferja.txt"],
    ],
    ids=lambda call: " ".join(call).replace("{}/", ""),
)
def test_a_place_that_cannot_be_written_or_read_is_named(folder: Path, capsys: Capture, call: list[str]):
    before = contents(folder)
    assert main([part.format(folder) for part in call]) == 2
    assert capsys.readouterr().err.startswith("corpus-lib: ")
    assert contents(folder) == before


# Worksheets ---------------------------------------------------------------------------------------------------------


def fill(sheet: Path, action: str, record: str = "quote", number: int = 0, **cells: str) -> None:
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = [r for r in rows if r["record"] == record][number]
    chosen.update({"action": action, **cells})
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def test_a_worksheet_that_was_filled_in_is_not_drawn_anew(folder: Path, capsys: Capture):
    call = ["check", str(folder / "ferja.jsonl"), "-o", str(folder / "ark.csv")]
    assert main(call) == 0
    assert main(call) == 0, "nobody has filled it in"
    fill(folder / "ark.csv", "accept")
    before = contents(folder)
    capsys.readouterr()
    assert main(call) == 2
    assert "ark.csv: holds 1 decision made by hand" in capsys.readouterr().err
    assert main([*call[:-1], str(folder / "ferja.txt")]) == 2
    assert contents(folder) == before
    assert main([*call, "--force"]) == 0


def test_a_second_worksheet_adds_to_the_decisions_of_the_first(folder: Path, capsys: Capture):
    sheet, source = folder / "ark.csv", str(folder / "ferja.jsonl")
    gold = ["--gold", str(folder / "gull.jsonl")]
    correct_ = ["correct", str(sheet), source, "--by", "Bo", "-o", str(folder), *gold]
    write_worksheet([analysis()], sheet)
    fill(sheet, "accept", number=0)
    assert main(correct_) == 0
    first = read_layer(sidecar_of(folder, "ferja"))
    write_worksheet([analysis()], sheet, force=True)
    fill(sheet, "delete", "demand", number=2)
    assert main(correct_) == 0
    both = read_layer(sidecar_of(folder, "ferja"))
    assert [(c.record, c.action) for c in both.corrections] == [("quote", "accept"), ("demand", "delete")]
    assert both.corrections[0] == first.corrections[0]
    capsys.readouterr()
    fill(sheet, "delete", "quote", number=0)
    assert main(correct_) == 0
    assert "delete by Bo takes the place of accept by Bo" in capsys.readouterr().err
    assert len(read_layer(sidecar_of(folder, "ferja")).corrections) == 2


def test_gold_keeps_the_articles_of_earlier_worksheets(folder: Path):
    other = analysis("andre")
    (folder / "andre.txt").write_bytes(other.article.text.encode())
    (folder / "andre.jsonl").write_text(json.dumps(other.to_dict()) + "\n", encoding="utf-8")
    for made in (analysis(), other):
        doc = made.article.id
        write_worksheet([made], folder / f"{doc}.csv")
        fill(folder / f"{doc}.csv", "accept")
        call = ["correct", str(folder / f"{doc}.csv"), str(folder / f"{doc}.jsonl"), "--by", "Bo", "-o", str(folder)]
        assert main([*call, "--gold", str(folder / "gull.jsonl")]) == 0
    lines = (folder / "gull.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["ferja", "andre"]


def test_decisions_about_another_text_are_not_mixed_in(folder: Path, capsys: Capture):
    sheet = write_worksheet([analysis()], folder / "ark.csv")
    fill(sheet, "accept")
    write_layer(Layer("ferja", sha256("en annen tekst")), sidecar_of(folder, "ferja"))
    before = contents(folder)
    assert main(["correct", str(sheet), str(folder / "ferja.jsonl"), "--by", "Bo", "-o", str(folder)]) == 2
    assert "with another text" in capsys.readouterr().err
    assert contents(folder) == before


# Names --------------------------------------------------------------------------------------------------------------


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=12), unique=True, max_size=8))
def test_every_id_has_a_file_name_of_its_own_that_leads_back_to_it(ids: list[str]):
    names = [file_name(id) for id in ids]
    assert len(set(names)) == len(ids)
    for id, name in zip(ids, names, strict=True):
        coded = re.sub("=empty", "", name).encode()
        back = re.sub(rb"=(..)", lambda m: bytes.fromhex(m[1].decode()), coded).decode("utf-8", "surrogatepass")
        assert back == id
        assert not re.search(r"[/\\\x00-\x1f]", name)
        assert name.strip(".")
    assert len({n.casefold() for n in file_names(ids).values()}) == len(ids)


@pytest.mark.parametrize("id", ["😀" * 120, "å" * 4000, "a/" * 3000])
def test_a_long_id_has_a_short_name_of_its_own(tmp_path: Path, id: str):
    made = analysis()
    layer = Layer(id, made.article.sha256)
    file = write_layer(layer, sidecar_of(tmp_path, id))
    assert read_layer(file) == layer
    assert sidecar_of(tmp_path, id + "x") != file


def test_ids_that_look_alike_have_sidecars_of_their_own(tmp_path: Path):
    ids = ["nrk/1", "nrk_1", "nrk=2F1", ".nrk", "nrk.", "nrk 1"]
    files = {sidecar_of(tmp_path, id) for id in ids}
    assert len(files) == len(ids)
    assert all(f.parent == tmp_path for f in files)


# Spreadsheets -------------------------------------------------------------------------------------------------------

EVIL = ("=1+1", "ja;=1+1;nei", "ja\t=1+1", 'x";=1+1;"', "ja,=1+1,nei", "ja\n=1+1", "ja; @SUM(A1)", "ja;'=1+1")


@pytest.mark.parametrize("excel", [False, True])
@pytest.mark.parametrize("text", EVIL)
def test_no_cell_begins_a_formula_whatever_parts_the_cells(tmp_path: Path, text: str, excel: bool):
    with table(tmp_path / "a.csv", ["doc", "text"], excel=excel) as out:
        out.add(("id", text))
    for line in re.split(r"[\r\n]+", (tmp_path / "a.csv").read_text(encoding="utf-8-sig")):
        for parts in (re.split(sign, line) for sign in ";,\t"):
            assert not [cell for cell in parts if cell.strip(' "').startswith(("=", "+", "-", "@"))]
    assert set_off("vanlig tekst; mer, og - slik") == "vanlig tekst; mer, og - slik"


def test_csv_for_norwegian_spreadsheets_and_the_table_of_articles(folder: Path):
    assert main(["analyse", str(folder / "ferja.txt"), "--format", "csv", "--excel", "-o", str(folder / "ut")]) == 0
    data = (folder / "ut" / "quotes.csv").read_bytes()
    assert data.startswith("\ufeffdoc;id;".encode())
    assert re.search(rb";0,\d+\r\n", data)
    with (folder / "ut" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file, delimiter=";")
    assert (row["doc"], row["sha256"], "record" in row) == ("ferja", analysis().article.sha256, False)
    sheet = write_worksheet([analysis()], folder / "ark.csv", excel=True)
    assert sheet.read_bytes().startswith("\ufeffdoc;sha256;".encode())


def test_saved_analyses_are_exported_for_norwegian_spreadsheets(folder: Path, capsys: Capture):
    saved, made = str(folder / "ferja.jsonl"), analysis()
    assert main(["export", saved, "--format", "csv", "--excel", "-o", str(folder / "ut")]) == 0
    data = (folder / "ut" / "quotes.csv").read_bytes()
    assert data.startswith("\ufeffdoc;id;".encode())
    assert re.search(rb";0,\d+\r\n", data)
    assert import_("csv", folder / "ut", [made]) == (made,)
    assert main(["export", saved, "--format", "worksheet", "--excel", "-o", str(folder / "ark.csv")]) == 0
    assert (folder / "ark.csv").read_bytes().startswith("\ufeffdoc;sha256;".encode())
    capsys.readouterr()
    assert main(["export", saved, "--format", "brat", "--excel", "-o", str(folder / "brat")]) == 2
    assert capsys.readouterr().err == "corpus-lib: brat is not for spreadsheets; csv, worksheet are\n"
    assert not (folder / "brat").exists()


def test_an_id_that_steers_a_terminal_is_shown_without_it(folder: Path, capsys: Capture):
    made = analysis("a\x1b[2J\x9b2Jb\u202e")
    record = json.dumps(made.to_dict())
    (folder / "ond.jsonl").write_text(record + "\n", encoding="utf-8")
    assert main(["export", str(folder / "ond.jsonl"), "--format", "brat", "-o", str(folder / "ut")]) == 2
    assert main(["check", str(folder / "ond.jsonl"), "-o", str(folder / "ark.csv")]) == 0
    fill(folder / "ark.csv", "accept", start="900", end="910")
    call = ["correct", str(folder / "ark.csv"), str(folder / "ond.jsonl"), "--by", "Bo", "-o", str(folder)]
    assert main(call) in (1, 2)
    shown = "".join(capsys.readouterr())
    assert "2Jb" in shown
    assert not re.search("[\x1b\x9b\u202e]", shown)


def test_json_on_the_terminal_has_no_character_that_steers_it(tmp_path: Path, capsys: Capture):
    (tmp_path / "a.txt").write_text("Kari Lie\x9b2J krever svar.", encoding="utf-8")
    assert main(["analyse", str(tmp_path / "a.txt"), "--format", "jsonl", "--text"]) == 0
    out = capsys.readouterr().out
    assert "\x9b" not in out
    assert Analysis.from_dict(json.loads(out)).article == read_text("Kari Lie\x9b2J krever svar.", id="a")
