"""CSV and Parquet: the frames as the standard library, pandas and pyarrow read them."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from corpus_lib.analysis import TABLES, Analysis
from corpus_lib.errors import InputNotFound, SchemaError
from corpus_lib.exchange import export, import_
from corpus_lib.spreadsheet import as_written


def test_csv_holds_every_row_and_cell(analysis: Analysis, tmp_path: Path):
    files = export([analysis], "csv", tmp_path)
    assert [f.stem for f in files] == list(TABLES)
    for file in files:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        frame = analysis.frame(file.stem)
        assert len(rows) == len(frame)
        for row, (_, record) in zip(rows, frame.iterrows(), strict=True):
            assert {k: as_written(v) for k, v in row.items()} == {
                k: "" if v is None else str(v) for k, v in record.items()
            }


def test_no_cell_of_a_csv_is_a_formula(hostile: Analysis, tmp_path: Path):
    for file in export([hostile], "csv", tmp_path):
        with file.open(encoding="utf-8", newline="") as opened:
            cells = [cell for row in csv.reader(opened) for cell in row]
        assert not [c for c in cells if c.startswith(("=", "+", "@", "\t"))]


def test_parquet_holds_the_frames(analysis: Analysis, tmp_path: Path):
    pytest.importorskip("pyarrow")
    for file in export([analysis, analysis], "parquet", tmp_path):
        frame = analysis.frame(file.stem)
        read = pd.read_parquet(file)
        assert list(read.columns) == list(frame.columns)
        assert len(read) == 2 * len(frame)
        half = read.head(len(frame)).astype(object).where(lambda f: f.notna(), None)
        assert half.to_numpy().tolist() == frame.astype(object).to_numpy().tolist()


def test_parquet_of_nothing_has_the_columns(tmp_path: Path):
    pytest.importorskip("pyarrow")
    files = export([], "parquet", tmp_path)
    assert [list(pd.read_parquet(f).columns) for f in files] == [list(c) for c in TABLES.values()]


def test_a_corrected_worksheet_comes_back_as_analyses(analysis: Analysis, tmp_path: Path):
    (file,) = export([analysis], "worksheet", tmp_path / "check.csv")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    quotes = [r for r in rows if r["record"] == "quote"]
    quotes[0] |= {"action": "change", "speaker": "=Ny Kilde"}
    quotes[1] |= {"action": "delete"}
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (again,) = import_("worksheet", file, [analysis])
    assert len(again.quotes) == len(analysis.quotes) - 1
    assert again.joined(again.quotes[0].speakers) == "=Ny Kilde"
    assert again.quotes[0].segments == analysis.quotes[0].segments
    record = Analysis.from_dict(again.to_dict(text=True))
    assert record.quotes == again.quotes


def test_a_worksheet_about_another_text_is_an_error(page: Analysis, tmp_path: Path):
    (file,) = export([page], "worksheet", tmp_path / "check.csv")
    content = file.read_text(encoding="utf-8")
    file.write_text(content.replace(f"quote,,{page.quotes[0].start},", "quote,accept,1,", 1), encoding="utf-8")
    with pytest.raises(SchemaError, match="stands at 1–"):
        import_("worksheet", file, [page])


def rewritten(file: Path, rows: list[dict[str, str]], delimiter: str = ",") -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_tables_that_nobody_edited_change_nothing(analysis: Analysis, tmp_path: Path):
    export([analysis], "csv", tmp_path)
    (again,) = import_("csv", tmp_path, [analysis])
    assert set(again.quotes) == set(analysis.quotes)
    assert set(again.demands) == set(analysis.demands)
    assert set(again.responses) == set(analysis.responses)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_edited_tables_come_back_as_the_wire_format(page: Analysis, tmp_path: Path, delimiter: str):
    export([page], "csv", tmp_path)
    quotes, responses = table(tmp_path, "quotes"), table(tmp_path, "responses")
    kept = quotes[1:]
    kept[0] |= {"speaker": "Ny Kilde", "type": "mixed", "end": str(int(kept[0]["end"]) - 3)}
    kept.append(dict.fromkeys(kept[0], "") | {"doc": "page", "text": "Slik har det vært", "type": "indirect"})
    rewritten(tmp_path / "quotes.csv", kept, delimiter)
    responses[0]["stance"] = "partial"
    rewritten(tmp_path / "responses.csv", responses, delimiter)
    (again,) = import_("csv", tmp_path, [page])
    record = Analysis.from_dict(again.to_dict(text=True))
    assert len(record.quotes) == len(page.quotes)
    old = page.quotes[1]
    (changed,) = [q for q in record.quotes if q.id == old.id]
    assert (record.joined(changed.speakers), changed.type, changed.cue) == ("Ny Kilde", "mixed", old.cue)
    assert (changed.start, changed.end) == (old.start, old.end - 3)
    assert "Slik har det vært" in [record.words_of(q) for q in record.quotes]
    assert page.quotes[0].segments not in [q.segments for q in record.quotes]
    assert [r.stance for r in record.responses if r.id == responses[0]["id"]] == ["partial"]
    assert record.demands == page.demands


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "spoken"}, "type: expected one of direct, indirect, mixed, found 'spoken'"),
        ({"doc": "other"}, r"quotes\.csv, row 2: no article 'other'"),
        ({"start": "x"}, r"quotes\.csv, row 2: start and end are whole numbers, found 'x'"),
        ({"id": "q2"}, r"quotes\.csv, row 3: the id 'q2' stands twice"),
    ],
)
def test_a_cell_that_cannot_be_is_named(page: Analysis, tmp_path: Path, change: dict[str, str], message: str):
    export([page], "csv", tmp_path)
    quotes = table(tmp_path, "quotes")
    quotes[0] |= change
    rewritten(tmp_path / "quotes.csv", quotes)
    with pytest.raises(SchemaError, match=message):
        import_("csv", tmp_path, [page])


def test_a_folder_without_tables_is_an_error(page: Analysis, tmp_path: Path):
    with pytest.raises(InputNotFound, match=r"none of quotes\.csv"):
        import_("csv", tmp_path, [page])
