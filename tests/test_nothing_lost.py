"""Nothing is lost in reading: what is bad in an input costs its own row, and its failure names it."""

from __future__ import annotations

import datetime
import io
import json
import struct
import subprocess
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from corpus_lib.corpus import Corpus
from corpus_lib.errors import CorpusLibError, WrongInput
from corpus_lib.model import Failure
from corpus_lib.reading import Document, read_document, read_documents

TEXT = "Ferja kommer ikke i dag."


def texts(found: list[Document | Failure]) -> dict[str, str]:
    return {d.id: d.text for d in found if isinstance(d, Document)}


def failures(found: list[Document | Failure]) -> list[Failure]:
    return [f for f in found if isinstance(f, Failure)]


# Paths --------------------------------------------------------------------------------------------------------------


def test_one_path_stands_for_itself(tmp_path: Path):
    file = tmp_path / "sak.txt"
    file.write_text(TEXT, encoding="utf-8")
    for given in (str(file), file, [file], (str(file),), iter([file])):
        assert texts(list(read_documents(given))) == {"sak": TEXT}


def test_an_empty_path_is_not_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "sak.txt").write_text("Ferja kommer ikke.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (failure,) = read_documents([""])
    assert isinstance(failure, Failure)
    assert failure.message.startswith("an empty path; expected a file, a folder or a pattern")
    assert [d.id for d in read_documents(["."])] == ["sak"]


@pytest.mark.parametrize("given", [5, None, b"sak.txt", {"sak.txt": 1}, [5], [None]])
def test_what_is_no_path_is_refused(given: object):
    with pytest.raises(WrongInput, match="expected"):
        list(read_documents(given))  # type: ignore[arg-type]


def test_standard_input_is_read(tmp_path: Path, project: Path):
    def run(*call: str, given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "corpus_lib.cli", *call], input=given, cwd=project, capture_output=True, text=True,
            encoding="utf-8", check=False,
        )  # fmt: skip

    done = run("analyse", "-", "--format", "jsonl", "--text", given="Ap varsler kamp\n\n– Nei, sier Kari Lie.")
    assert json.loads(done.stdout)["text"] == "Ap varsler kamp\n\n– Nei, sier Kari Lie."
    lines = "".join(json.dumps({"id": f"n{i}", "text": f"Kari Lie krever {i} svar."}) + "\n" for i in range(3))
    done = run("analyse", "-", "-o", str(tmp_path / "lager"), given=lines)
    assert (done.returncode, done.stdout) == (0, "3 analysed, 0 copies, 0 done before, 0 failed\n")
    assert run("words", "-", given="").returncode == 1


# Zip ----------------------------------------------------------------------------------------------------------------


def packed(*members: tuple[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members:
            archive.writestr(zipfile.ZipInfo(name), text)
    return data.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_both_read(tmp_path: Path):
    (tmp_path / "a.zip").write_bytes(packed(("sak.txt", "den første"), ("b.txt", "en annen"), ("sak.txt", "den andre")))
    found = list(read_documents(tmp_path / "a.zip"))
    assert texts(found) == {"a/b": "en annen", "a/sak": "den første", "a/sak#2": "den andre"}


@pytest.mark.parametrize("what", ["flag", "version", "method", "cut"])
def test_a_bad_archive_is_one_failure_and_the_rest_goes_on(tmp_path: Path, what: str):
    data = bytearray(packed(("sak.txt", TEXT), ("æ.txt", TEXT)))
    central = data.index(b"PK\x01\x02")
    if what == "flag":  # a name that is said to be UTF-8 and is not
        at = data.index("æ.txt".encode(), central)
        data[at : at + 2] = b"\xff\xfe"
    elif what == "version":
        struct.pack_into("<H", data, central + 6, 255)
    elif what == "method":
        struct.pack_into("<H", data, central + 10, 77)
    else:
        data = data[:-30]
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    found = list(read_documents(tmp_path))
    (failure,) = failures(found)
    assert "a.zip" in failure.message
    assert texts(found)["b"] == TEXT
    if what == "method":
        assert len(texts(found)) == 2


# Parquet ------------------------------------------------------------------------------------------------------------


def parquet(file: Path, **columns: object) -> Path:
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra scale")
    import pyarrow.parquet as pq

    pq.write_table(pa.table(columns), file)
    return file


def test_a_row_that_is_no_utf_8_costs_itself_alone_and_is_named(tmp_path: Path):
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra scale")
    data = [f"Ferje {i} kommer.".encode() for i in range(1000)]
    data[700] = b"bl\xe5b\xe6r"
    column = pa.array(data, pa.binary()).view(pa.string())
    file = parquet(tmp_path / "a.parquet", text=column, id=[f"n{i}" for i in range(1000)])
    found = list(read_documents(file))
    (failure,) = failures(found)
    assert 'row 701: "text" cannot be read' in failure.message
    assert len(texts(found)) == 999
    assert texts(found)["n999"] == "Ferje 999 kommer."


def test_a_date_beyond_every_calendar_costs_the_date_alone(tmp_path: Path):
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra scale")
    for name, dates in {
        "year": pa.array([0, 2**40, None], pa.timestamp("s")),
        "day": pa.array([0, 2**30, None], pa.date32()),
        "zone": pa.array([0, 1, None], pa.timestamp("s", tz="Mars/Olympus")),
    }.items():
        found = list(read_documents(parquet(tmp_path / f"{name}.parquet", text=[TEXT] * 3, date=dates)))
        assert len(texts(found)) == 3
        assert all("left out" in " ".join(d.warnings) for d in found if isinstance(d, Document) and d.id.endswith(":2"))
        dated = [d.metadata.date for d in found if isinstance(d, Document)]
        assert dated == ([None] * 3 if name == "zone" else ["1970-01-01", None, None])


@pytest.mark.parametrize("kind", ["string", "large_string", "int64", "dictionary"])
def test_columns_of_every_type_are_read(tmp_path: Path, kind: str):
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra scale")
    ids = pa.array(["1", "2", None])
    if kind == "int64":
        ids = ids.cast(pa.int64())
    ids = ids.dictionary_encode() if kind == "dictionary" else ids if kind == "int64" else ids.cast(kind)
    file = parquet(tmp_path / "a.parquet", text=pa.array([TEXT] * 3), id=ids, day=[datetime.date(2022, 1, 1)] * 3)
    assert list(texts(list(read_documents(file)))) == ["1", "2", "a:3"]


@pytest.mark.parametrize("kind", ["string", "large_string", "binary", "list_"])
def test_a_small_file_that_repeats_a_long_text_takes_the_memory_of_one(tmp_path: Path, kind: str):
    pa = pytest.importorskip("pyarrow", reason="Parquet needs the extra scale")
    text = "Ferja kommer. " * 70_000
    texts = pa.array([[text]] * 100) if kind == "list_" else pa.array([text] * 100).cast(getattr(pa, kind)())
    file = parquet(tmp_path / "a.parquet", text=texts)
    del texts
    assert file.stat().st_size < 100_000
    before = pa.total_allocated_bytes()
    highest = 0
    tracemalloc.start()
    try:
        kinds = []
        for document in read_documents(file):
            kinds.append(type(document))
            highest = max(highest, pa.total_allocated_bytes() - before)
        assert kinds == [Document if kind in ("string", "large_string") else Failure] * 100
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
        assert highest < 30_000_000
    finally:
        tracemalloc.stop()


# Records and tables -------------------------------------------------------------------------------------------------


def test_half_a_surrogate_in_a_key_is_one_failure_that_can_be_written(tmp_path: Path):
    lines = ['{"\\ud800": 1}', json.dumps({"text": TEXT}), '{"\\udfff\\ud800": "x", "text": 5}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = list(read_documents(tmp_path / "a.jsonl"))
    assert len(failures(found)) == 2
    assert texts(found) == {"a:2": TEXT}
    for failure in failures(found):
        failure.message.encode("utf-8")
    done = Corpus.read(tmp_path / "a.jsonl").analyse(tmp_path / "lager")
    assert done.run is not None
    assert (done.run.analysed, done.run.failed) == (1, 2)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json"])
def test_a_message_about_a_million_columns_is_short(tmp_path: Path, suffix: str):
    many = [f"kolonne{i}" for i in range(10**5)] + ["x" * 10_000]
    data = json.dumps(dict.fromkeys(many, 1)) if "json" in suffix else ",".join(many) + "\n" + ",".join(many)
    (tmp_path / f"a{suffix}").write_text(data, encoding="utf-8")
    (failure,) = failures(list(read_documents(tmp_path / f"a{suffix}")))
    assert "more" in failure.message
    assert len(failure.message) < 2000


def test_a_number_of_five_thousand_digits_is_one_failure(tmp_path: Path):
    pd = pytest.importorskip("pandas")
    (tmp_path / "a.jsonl").write_text(f'{{"text": "{TEXT}", "id": {"1" * 5000}}}', encoding="utf-8")
    assert len(failures(list(read_documents(tmp_path / "a.jsonl")))) == 1
    long = int("9" * 4000) ** 2
    frame = pd.DataFrame({"text": [TEXT, long, TEXT], "id": [long, "b", "c"]}, dtype=object)
    found = list(Corpus.from_frame(frame, id="id").documents())
    assert texts(found) == {"c": TEXT}
    assert len(failures(found)) == 2


def test_columns_in_several_levels_are_refused(tmp_path: Path):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame([[TEXT, "a"]], columns=pd.MultiIndex.from_tuples([("text", "x"), ("id", "y")]))
    with pytest.raises(CorpusLibError, match="several levels"):
        Corpus.from_frame(frame)


def test_a_tag_of_very_many_attributes_is_refused_before_it_takes_time(tmp_path: Path):
    pytest.importorskip("trafilatura")
    body = f"<p>{TEXT} Det er ingen som vet hvorfor, sier hun til avisa, og det har vært slik lenge.</p>" * 3
    for name, attributes in {
        "plain": " ".join(f'a{i}="x"' for i in range(200_000)),
        "signs": " ".join(f'a{i}="<>"' for i in range(200_000)),
        "lone": "\n".join(f"a{i}" for i in range(200_000)),
    }.items():
        page = f"<html><body><p {attributes}>{TEXT}</p>{body}</body></html>"
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    found = list(read_documents(tmp_path))
    assert [f.message.rpartition(": ")[2] for f in failures(found)] == ["a tag with more than 2000 attributes"] * 3
    page = (
        f'<html><body><img src="data:{"a b " * 9000}"><script>if (a <b) {{ "{"x y " * 9000}" }}</script>{body}</body>'
    )
    (tmp_path / "good.html").write_text(page, encoding="utf-8")
    assert TEXT in texts(list(read_documents(tmp_path / "good.html")))["good"]


def test_a_page_has_a_limit_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    trafilatura = pytest.importorskip("trafilatura")
    monkeypatch.setattr("corpus_lib.reading.pages._SECONDS", 0.05)

    def endless(*_: object, **__: object) -> None:
        while True:
            pass

    monkeypatch.setattr(trafilatura, "bare_extraction", endless)
    (tmp_path / "a.html").write_text("<p>x</p>", encoding="utf-8")
    (failure,) = failures(list(read_documents(tmp_path)))
    assert "not read after 0.05 seconds" in failure.message


def test_a_document_is_read_from_a_path():
    with pytest.raises(WrongInput, match="expected a path or several, found int"):
        read_document(5)  # type: ignore[arg-type]
