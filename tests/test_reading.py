"""Every kind of bad input has an error of its own, which names the file and the place."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import re
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from invented import PAGE, articles
from shapes import varied

from corpus_lib import errors
from corpus_lib.model import Failure, Metadata
from corpus_lib.reading import (
    STORE_MARK,
    Columns,
    Document,
    count_documents,
    document_or_failure,
    read_document,
    read_documents,
    records,
    sources,
    tables,
)
from corpus_lib.structure import article_of, read_article

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
BODY = "Dette er en sak om ferja som ikke kommer."


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        (b"", errors.EmptyText, r"sak\.txt: the text is empty"),
        (b" \n\t\r\n ", errors.EmptyText, r"sak\.txt: the text is white space alone \(6 characters\)"),
        ("\ufeff \u2003\n".encode(), errors.EmptyText, r"sak\.txt: the text is white space alone"),
        (PNG, errors.BinaryFile, r"sak\.txt, byte 6: found binary data \(0x1a\), expected text"),
        (b"%PDF-1.7\n1 0 obj", errors.BinaryFile, r"sak\.txt, byte 0: found binary data"),
        (
            "Blåbær på øya".encode("utf-16"),
            errors.BinaryFile,
            r"sak\.txt, byte 3: .*as UTF-16 does, try --encoding utf-16",
        ),
        (
            "Blåbær på øya".encode("utf-32"),
            errors.BinaryFile,
            r"sak\.txt, byte 2: .*as UTF-32 does, try --encoding utf-32",
        ),
        ("Blåbær på øya".encode("cp1252"), errors.UndecodableFile, r"sak\.txt, byte 2: found 0xe5.*--encoding cp1252"),
        (b"Ferja kommer.\nIkke\x00 n\xc3\xa5.", errors.ControlCharacters, r"sak\.txt, line 2, character 18: found NUL"),
        (b"Ferja \x1b[31mkommer ikke i dag.", errors.ControlCharacters, r"sak\.txt, line 1, character 6: .*U\+001B"),
        (b"Ferja\x7f kommer.", errors.ControlCharacters, r"sak\.txt, line 1, character 5: .*U\+007F"),
    ],
    ids=[
        "empty",
        "blank",
        "byte-order mark alone",
        "picture",
        "pdf",
        "utf-16",
        "utf-32",
        "cp1252",
        "NUL",
        "escape",
        "delete",
    ],
)
def test_bad_files_have_an_error_of_their_own(tmp_path: Path, content: bytes, error: type[Exception], message: str):
    file = tmp_path / "sak.txt"
    file.write_bytes(content)
    with pytest.raises(error, match=message):
        read_document(file)
    (failure,) = read_documents([file])
    assert isinstance(failure, Failure)
    assert (failure.id, failure.stage) == ("sak", "reading")
    assert re.search(message, failure.message)


def test_every_error_of_an_input_shares_one_base_class():
    own = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert all(issubclass(e, errors.CorpusLibError) for e in own)


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("borte.txt", errors.InputNotFound, r"borte\.txt: no such file"),
        (".", errors.UnsupportedInput, "expected one article's file, found a folder"),
    ],
)
def test_a_path_that_is_no_file(tmp_path: Path, path: str, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        read_article(tmp_path / path)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("borte.txt", "no such file or folder"),
        ("tom", "the folder holds no articles"),
        ("*.jsonl", "the pattern matches no file"),
    ],
)
def test_an_input_that_leads_to_nothing_is_reported_and_the_rest_goes_on(tmp_path: Path, name: str, message: str):
    (tmp_path / "tom").mkdir()
    (tmp_path / "tom" / "bilde.png").write_bytes(PNG)
    (tmp_path / "god.txt").write_text(BODY, encoding="utf-8")
    failure, document = read_documents([tmp_path / name, tmp_path / "god.txt"])
    assert isinstance(failure, Failure)
    assert name in failure.message
    assert message in failure.message
    assert document == Document("god", BODY)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-32"])
def test_another_encoding_is_honoured_when_it_is_named(tmp_path: Path, encoding: str):
    file = tmp_path / "eldre.txt"
    file.write_bytes("Blåbær på øya".encode(encoding))
    assert read_document(file, encoding=encoding).text.lstrip("\ufeff") == "Blåbær på øya"


def test_an_encoding_that_does_not_exist_is_named(tmp_path: Path):
    (tmp_path / "sak.txt").write_text(BODY, encoding="utf-8")
    with pytest.raises(errors.UndecodableFile, match=r"sak\.txt: no encoding is called 'utf-88'"):
        read_document(tmp_path / "sak.txt", encoding="utf-88")


def test_a_huge_article_is_read_with_a_warning(tmp_path: Path):
    line = "Kommunen venter fortsatt på svar fra staten om ferja. " * 20 + "\n"
    text = line * (6_000_000 // len(line))
    file = tmp_path / "stor.txt"
    file.write_text(text, encoding="utf-8", newline="")
    article = read_article(file)
    assert article.text == text
    assert article.warnings == (f"unusually large: {len(text):,} characters".replace(",", " "),)
    assert len(article.blocks) == text.count("\n")


def test_a_long_text_takes_memory_in_proportion_to_it():
    text = varied(200)
    article_of(text[:2000], id="kort", language="nb")
    tracemalloc.start()
    try:
        assert len(article_of(text, id="lang", language="nb").blocks) == 801
        assert tracemalloc.get_traced_memory()[1] < 70 * len(text)
    finally:
        tracemalloc.stop()


def test_a_usual_article_has_no_warnings():
    assert article_of(PAGE, id="side").warnings == ()


@pytest.mark.parametrize("found", ["2022-13", "2022-02-31", "2022-00"])
def test_a_header_with_an_impossible_date_stays_text_and_is_noted(tmp_path: Path, found: str):
    text = f" date {found} Ferja kommer ikke\n\n{BODY}"
    (tmp_path / "sak.txt").write_text(text, encoding="utf-8")
    article = read_article(tmp_path / "sak.txt")
    assert article.warnings == (f"header date '{found}' is impossible, kept as text",)
    assert article.metadata.date is None
    assert article.blocks[0].span.of(text) == f"date {found} Ferja kommer ikke"


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["without byte-order mark", "with"])
@pytest.mark.parametrize("found", ["2022-01", "2022-01-26"])
def test_a_header_gives_the_date_and_is_no_part_of_the_title(mark: str, found: str):
    article = article_of(f"{mark} date {found} Ferja kommer ikke\n\n{BODY}", id="sak")
    assert (article.metadata.date, article.metadata.title) == (found, "Ferja kommer ikke")


def test_a_byte_order_mark_is_kept_and_counted(tmp_path: Path):
    (tmp_path / "sak.txt").write_bytes(b"\xef\xbb\xbf" + b"Ferja kommer ikke\n\n" + BODY.encode())
    article = read_article(tmp_path / "sak.txt")
    assert article.text[0] == "\ufeff"
    assert [b.start for b in article.blocks] == [1, 20]


def test_windows_line_ends_are_left_as_they_are(tmp_path: Path):
    data = PAGE.replace("\n", "\r\n").encode()
    (tmp_path / "sak.txt").write_bytes(data)
    article = read_article(tmp_path / "sak.txt")
    assert article.text.encode() == data
    assert [b.kind for b in article.blocks] == [b.kind for b in article_of(PAGE, id="side").blocks]
    assert not any("\r" in b.span.of(article.text) for b in article.blocks)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": "Ferja \\ud800 kommer"}', r"line 2, character 6: found U\+D800, half of a surrogate pair"),
        ('{"text": "Ferja", "id": "\\udc00"}', r'line 2, "id", character 0: found half of a surrogate pair'),
        ('{"text": "Ferja"', r"line 2, column 17: not JSON"),
        ("Ferja", r"line 2, column 1: not JSON"),
        ('["Ferja"]', r'line 2: expected an object with a string "text", found a list of 1'),
        ('{"tekst": "Ferja"}', r'line 2: "text" is missing, expected a string; columns found: tekst'),
        ('{"text": 3}', r'line 2: "text" is a number \(3\), expected a string'),
        ('{"text": null}', r'line 2: "text" is nothing \(None\), expected a string'),
        ('{"text": ["Ferja"]}', r'line 2: "text" is a list of 1, expected a string'),
        ("5", r'line 2: expected an object with a string "text", found a number \(5\)'),
        ('{"text": ""}', r"line 2: the text is empty"),
        ('{"text": "Ferja\\u0000"}', r"line 2, line 1, character 5: found NUL"),
        ('{"text": "Ferja", "date": ["2022"]}', r'line 2: expected a string as "date", found a list of 1'),
        ("[" * 200_000, r"line 2: JSON nested too deeply"),
        ('{"text": "Ferja", "n": ' + "9" * 5000 + "}", r"line 2: a number too long"),
    ],
    ids=lambda value: value[:30],
)
def test_a_bad_line_of_json_is_reported_and_the_others_go_on(tmp_path: Path, line: str, message: str):
    file = tmp_path / "saker.jsonl"
    file.write_text(f'{{"text": "{BODY}", "id": "en"}}\n{line}\n{{"text": "{BODY}"}}\n', encoding="utf-8")
    before, failure, after = read_documents([file])
    assert isinstance(failure, Failure)
    assert failure.id == "saker:2"
    assert re.search(rf"saker\.jsonl, {message}", failure.message)
    assert (before.id, after.id) == ("en", "saker:3")


def test_a_record_brings_its_metadata(tmp_path: Path):
    record = {"text": BODY, "id": 17, "date": "2022-01-26", "title": "Ferja", "source": "Bodø Tidende", "annet": {}}
    (tmp_path / "saker.jsonl").write_text("\ufeff" + json.dumps(record) + "\r\n\r\n", encoding="utf-8")
    (document,) = read_documents([tmp_path / "saker.jsonl"])
    assert isinstance(document, Document)
    assert document.id == "17"
    assert (document.metadata.date, document.metadata.title, document.metadata.source) == (
        "2022-01-26",
        "Ferja",
        "Bodø Tidende",
    )


def test_a_line_separator_inside_a_record_does_not_cut_it(tmp_path: Path):
    (tmp_path / "saker.jsonl").write_text(
        json.dumps({"text": "Ferja\u2028kommer"}, ensure_ascii=False), encoding="utf-8"
    )
    (document,) = read_documents([tmp_path / "saker.jsonl"])
    assert document.text == "Ferja\u2028kommer"


def test_a_file_of_no_records_is_reported(tmp_path: Path):
    (tmp_path / "saker.jsonl").write_text("\n\n", encoding="utf-8")
    (failure,) = read_documents([tmp_path / "saker.jsonl"])
    assert "saker.jsonl: the file holds no records" in failure.message


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with articles in two sub-folders, two of the same name, and files that are none."""
    for name in ("b/sak.txt", "a/sak.txt", "a/x.jsonl", "start.TXT", "a/bilde.png"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"text": BODY}) if name.endswith("jsonl") else BODY, encoding="utf-8")
    return tmp_path


def ids(paths: list[Path | str]) -> list[str]:
    return [d.id for d in read_documents(paths)]


def test_ids_are_relative_to_the_folder_and_sorted(tree: Path):
    assert ids([tree]) == ["a/sak", "a/x:1", "b/sak", "start"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*/sak.txt", ["a/sak", "b/sak"]),
        ("**/*.txt", ["a/sak", "b/sak"]),
        ("a/*", ["bilde", "sak", "x:1"]),
        ("[b]/sak.txt", ["b/sak"]),
        ("a/sa?.txt", ["sak"]),
    ],
)
def test_patterns_are_searched_by_the_reader_itself(tree: Path, pattern: str, expected: list[str]):
    assert ids([f"{tree}{os.sep}{pattern}"]) == expected


def test_inputs_keep_the_order_in_which_they_are_given(tree: Path):
    assert ids([tree / "b", tree / "a" / "sak.txt"]) == ["sak", "sak"]
    assert ids([tree / "start.TXT", tree]) == ["start", *ids([tree])]


def test_a_file_with_brackets_in_its_name_is_no_pattern(tmp_path: Path):
    (tmp_path / "sak [1].txt").write_text(BODY, encoding="utf-8")
    assert ids([tmp_path / "sak [1].txt"]) == ["sak [1]"]


def test_reading_is_lazy(tree: Path):
    documents = read_documents([tree / "b", tree / "borte.txt"])
    assert next(documents).id == "sak"


@settings(max_examples=50)
@given(articles)
def test_text_and_blocks_of_invented_articles(text: str):
    article = article_of(text, id="funnet", language="nb")
    assert article.text == text
    covered = [False] * len(text)
    end = 0
    for block in article.blocks:
        assert end <= block.start < block.end <= len(text)
        assert block.span.of(text) == block.span.of(text).rstrip()
        covered[block.start : block.end] = [True] * (block.end - block.start)
        end = block.end
    left_out = {c for c, inside in zip(text, covered, strict=True) if not inside}
    assert not [c for c in left_out if not c.isspace() and c != "\ufeff"]


# Tables, packed files, archives, pages --------------------------------------------------------------------------

ROWS = [
    {"text": 'Ferja «kommer»,\r\nsa hun; "nå".', "id": "en", "date": "2021-05-03", "title": "Ferja", "source": "BT"},
    {"text": "NA", "id": "", "date": "", "title": "NA", "source": ""},
]
MAPPED = Columns(text="body", id="url", date="when", title=None, source=None)


def csv_of(rows: list[dict[str, str]], separator: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_gives_its_rows_as_they_stand(tmp_path: Path, separator: str, encoding: str):
    (tmp_path / "saker.csv").write_bytes(csv_of(ROWS, separator).encode(encoding))
    first, second = read_documents([tmp_path], encoding=encoding.removesuffix("-sig"))
    assert first == Document("en", ROWS[0]["text"], Metadata(title="Ferja", date="2021-05-03", source="BT"))
    assert second == Document("saker:2", "NA", Metadata(title="NA"))


def test_a_csv_cell_longer_than_the_csv_module_allows_is_read(tmp_path: Path):
    long = "Ferja kommer ikke. " * 20_000
    (tmp_path / "lang.csv").write_text(csv_of([{"text": long}], ","), encoding="utf-8", newline="")
    (document,) = read_documents([tmp_path / "lang.csv"])
    assert document.text == long


@pytest.mark.parametrize(
    ("content", "id", "message"),
    [
        (b"text,id\nFerja kommer.,en\nFerja,to,tre,fire\n", "saker:2", "line 3: found 4 fields, expected 2"),
        (b"tekst,id\nFerja kommer.,en\n", "saker", r'there is no column "text"; columns found: tekst, id'),
        (b"text,id\n,en\n", "en", r"line 2: the text is empty"),
        (b"id,text\nen\n", "en", r"line 2: the text is empty"),
        (b"text,id\nFerja p\xe5,en\n", "saker:1", r"line 2: found 0xe5, which is not utf-8; .*cp1252"),
        (b"text,p\xe5\nFerja,en\n", "saker", r"line 1: found 0xe5, which is not utf-8"),
        (b"", "saker", "the file is empty"),
        (b"text,id\n", "saker", "the table holds no rows"),
        (b'text,id\n"Ferja kommer.,en\n', "saker:1", "line 2: the quoted field that begins here is never closed"),
        (b'text,id\n"Ferja" kommer,en\n', "saker:1", "line 2 to 2: not CSV .*quotation marks in a field are doubled"),
        (PNG, "saker", "found binary data"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_csv_is_reported(tmp_path: Path, content: bytes, id: str, message: str):
    (tmp_path / "saker.csv").write_bytes(content)
    failures = [d for d in read_documents([tmp_path / "saker.csv"]) if isinstance(d, Failure)]
    assert len(failures) == 1
    assert re.search(rf"saker\.csv.*{message}", failures[0].message)
    assert failures[0].id == id


def test_parquet_gives_its_rows_and_a_damaged_file_is_reported(tmp_path: Path):
    pytest.importorskip("pyarrow")
    import pandas as pd

    file = tmp_path / "saker.parquet"
    rows = {"body": [BODY, None, BODY * 2], "url": [1, 2, 3], "when": pd.to_datetime(["2021-05-03", None, None])}
    pd.DataFrame(rows).to_parquet(file)
    first, failure, third = read_documents([tmp_path], columns=MAPPED)
    assert first == Document("1", BODY, Metadata(date="2021-05-03"))
    assert isinstance(failure, Failure)
    assert (failure.id, third) == ("2", Document("3", BODY * 2))
    assert 'saker.parquet, row 2: "body" is nothing (None), expected a string' in failure.message
    file.write_bytes(file.read_bytes()[:-20])
    (failure,) = read_documents([file], columns=MAPPED)
    assert isinstance(failure, Failure)
    assert "saker.parquet: not a sound Parquet file" in failure.message


def test_a_kind_of_file_whose_package_is_missing_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for package in ("pyarrow", "pyarrow.parquet", "trafilatura"):
        monkeypatch.setitem(sys.modules, package, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "b.html").write_text("<p>Hei</p>", encoding="utf-8")
    (tmp_path / "c.txt").write_text(BODY, encoding="utf-8")
    parquet, page, text = read_documents([tmp_path])
    assert isinstance(parquet, Failure)
    assert isinstance(page, Failure)
    assert "pip install corpus_lib[scale]" in parquet.message
    assert "pip install corpus_lib[html]" in page.message
    assert text == Document("c", BODY)


def test_columns_of_json_lines_are_mapped(tmp_path: Path):
    (tmp_path / "saker.jsonl").write_text(
        json.dumps({"body": BODY, "url": "no/1", "when": "2021", "title": ["x"]}), encoding="utf-8"
    )
    (document,) = read_documents([tmp_path / "saker.jsonl"], columns=MAPPED)
    assert document == Document("no/1", BODY, Metadata(date="2021"))


def as_parquet(rows: list[dict[str, str]]) -> bytes:
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    out = io.BytesIO()
    pd.DataFrame(rows).to_parquet(out)
    return out.getvalue()


TABLES_OF: dict[str, Callable[[list[dict[str, str]]], bytes]] = {
    ".jsonl": lambda rows: "\n".join(map(json.dumps, rows)).encode(),
    ".csv": lambda rows: csv_of(rows, ",").encode(),
    ".parquet": as_parquet,
}


@pytest.mark.parametrize("packed", ["", ".gz", ".bz2", ".xz", ".zip"])
@pytest.mark.parametrize("form", TABLES_OF)
def test_columns_of_every_kind_of_table_are_mapped_packed_or_not(tmp_path: Path, form: str, packed: str):
    rows = [{"body": f"{BODY} {n}", "url": f"no/{n}", "when": "2021-05-03", "paper": "Bodø Tidende"} for n in (1, 2)]
    data = TABLES_OF[form](rows)
    if packed == ".zip":
        with zipfile.ZipFile(tmp_path / "arkiv.zip", "w") as archive:
            archive.writestr(f"inne/saker{form}", data)
    else:
        (tmp_path / f"saker{form}{packed}").write_bytes(PACKERS[packed](data) if packed else data)
    documents = list(read_documents([tmp_path], columns=Columns("body", "url", "when", None, "paper")))
    metadata = Metadata(date="2021-05-03", source="Bodø Tidende")
    assert documents == [Document(f"no/{n}", f"{BODY} {n}", metadata) for n in (1, 2)]


@pytest.mark.parametrize("form", TABLES_OF)
def test_a_table_is_read_a_few_rows_at_a_time(tmp_path: Path, form: str):
    words = [" ".join(os.urandom(60).hex()[i : i + 6] for i in range(0, 120, 6)) for _ in range(30)]
    texts = [f"{BODY} {n} {' '.join(words)}" for n in range(4000)]
    (tmp_path / f"saker{form}").write_bytes(TABLES_OF[form]([{"text": t} for t in texts]))
    whole = sum(map(len, texts))
    del texts
    reading = read_documents([tmp_path])
    next(reading)
    tracemalloc.start()
    try:
        assert sum(1 for _ in reading) == 3999
        assert tracemalloc.get_traced_memory()[1] < whole / 4
    finally:
        tracemalloc.stop()


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_files_are_read_under_their_bare_name(tmp_path: Path, suffix: str):
    (tmp_path / f"sak.txt{suffix}").write_bytes(PACKERS[suffix](BODY.encode()))
    (tmp_path / f"saker.jsonl{suffix}").write_bytes(PACKERS[suffix](json.dumps({"text": BODY}).encode()))
    (tmp_path / f"tabell.csv{suffix}").write_bytes(PACKERS[suffix](csv_of(ROWS, ";").encode()))
    (tmp_path / f"bilde.png{suffix}").write_bytes(PACKERS[suffix](PNG))
    documents = list(read_documents([tmp_path]))
    assert [d.id for d in documents] == ["sak", "saker:1", "en", "tabell:2"]
    assert documents[0] == Document("sak", BODY)


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_that_is_cut_off_is_reported_after_what_it_gave(tmp_path: Path, suffix: str):
    lines = "\n".join(json.dumps({"text": f"{BODY} {os.urandom(50).hex()}"}) for _ in range(4000))
    whole = PACKERS[suffix](lines.encode())
    (tmp_path / f"saker.jsonl{suffix}").write_bytes(whole[: len(whole) * 9 // 10])
    *documents, failure = read_documents([tmp_path])
    assert isinstance(failure, Failure)
    assert "cannot be read" in failure.message
    assert suffix == ".bz2" or len([d for d in documents if isinstance(d, Document)]) > 1000


def test_an_archive_gives_its_members(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "arkiv.zip", "w") as archive:
        archive.writestr("b/sak.txt", BODY)
        archive.writestr("a/saker.jsonl", json.dumps({"text": BODY}))
        archive.writestr("tom.txt", "")
        archive.writestr("bilde.png", PNG)
        archive.writestr("../utenfor.txt", BODY)
    documents = list(read_documents([tmp_path]))
    assert [d.id for d in documents] == ["arkiv/../utenfor", "arkiv/a/saker:1", "arkiv/b/sak", "arkiv/tom"]
    assert isinstance(documents[3], Failure)
    assert "arkiv.zip/tom.txt: the text is empty" in documents[3].message


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p.write_bytes(b"PK\x03\x04 not"), "a damaged zip archive"),
        (lambda p: zipfile.ZipFile(p, "w").close(), "the archive holds no articles"),
    ],
)
def test_a_bad_archive_is_reported(tmp_path: Path, make: Callable[[Path], object], message: str):
    make(tmp_path / "arkiv.zip")
    (failure,) = read_documents([tmp_path / "arkiv.zip"])
    assert isinstance(failure, Failure)
    assert f"arkiv.zip: {message}" in failure.message


def test_what_unpacks_beyond_all_bounds_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources, "LARGEST", 1000)
    monkeypatch.setattr(records, "LARGEST", 1000)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 1001))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"a" * 1500 + b"\n" + json.dumps({"text": BODY}).encode()))
    *failures, document = read_documents([tmp_path])
    assert [type(f) for f in failures] == [Failure] * len(failures)
    assert "more than 1000 bytes" in failures[0].message
    assert "line 1: longer than 1000 bytes" in failures[1].message
    assert isinstance(document, Document)


def test_a_line_that_is_not_in_the_encoding_does_not_hide_the_others(tmp_path: Path):
    lines = [
        json.dumps({"text": BODY}).encode(),
        '{"text": "Blåbær"}'.encode("cp1252"),
        json.dumps({"text": BODY}).encode(),
    ]
    (tmp_path / "saker.jsonl").write_bytes(b"\n".join(lines))
    before, failure, after = read_documents([tmp_path])
    assert isinstance(failure, Failure)
    at = len(lines[0]) + 1 + lines[1].index(b"\xe5")
    assert f"saker.jsonl, byte {at}: found 0xe5" in failure.message
    assert (before.id, failure.id, after.id) == ("saker:1", "saker:2", "saker:3")


def test_a_corpus_store_is_passed_over(tree: Path):
    (tree / "a" / STORE_MARK).write_text("{}", encoding="utf-8")
    assert ids([tree]) == ["b/sak", "start"]


def test_a_saved_page_gives_its_article(tmp_path: Path):
    pytest.importorskip("trafilatura")
    paragraphs = "".join(f"<p>{BODY} Ordføreren har skrevet til staten {n} ganger i år.</p>" for n in range(2, 8))
    head = "<head><title>Ferja</title></head><body><nav><a href='/'>Meny</a></nav>"
    page = f"<html>{head}<article><h1>Ferja kommer ikke</h1>{paragraphs}</article></body></html>"
    (tmp_path / "side.html").write_text(page, encoding="utf-8")
    (document,) = read_documents([tmp_path])
    assert isinstance(document, Document)
    assert document.id == "side"
    assert document.text.count(BODY) == 6
    assert "Meny" not in document.text
    assert "<" not in document.text


# Around what is bad -----------------------------------------------------------------------------------------------


def test_a_bad_byte_costs_its_own_row_alone(tmp_path: Path):
    rows = [f"{n},Sak nummer {n} om ferja".encode() for n in range(600)]
    rows[399] = "399,Blåbær".encode("cp1252")
    (tmp_path / "saker.csv").write_bytes(b"id,text\n" + b"\n".join(rows))
    read = list(read_documents([tmp_path / "saker.csv"]))
    (failure,) = [d for d in read if isinstance(d, Failure)]
    assert [d.id for d in read if isinstance(d, Document)] == [str(n) for n in range(600) if n != 399]
    assert failure.id == "saker:400"
    assert "saker.csv, line 401: found 0xe5, which is not utf-8" in failure.message


@pytest.mark.parametrize(
    ("row", "after", "expected", "message"),
    [
        ('3,"Ferja er "borte""', "4,Sak\n", ["4"], "line 202 to 202: not CSV"),
        ('3,"Ferja er "borte"', "4,Sak\n", [], "line 202 to 203: not CSV"),
        ('3,"Ferja er\nborte', "4,Sak\n5,Sak\n", None, "line 202: the quoted field that begins here is never closed"),
        ('"3\n3","Ferja er\nborte', "4,Sak\n", None, "line 203: the quoted field that begins here is never closed"),
        ('3,"Ferja er borte', '4,"Sak"\n5,Sak\n', ["5"], "line 202 to 203: not CSV"),
        ('3,"Ja" sier hun, "nei\ntil, alt"', "4,Sak\n", ["4"], "line 202 to 203: not CSV"),
    ],
)
def test_a_quotation_mark_out_of_place_costs_what_cannot_be_told_apart(
    tmp_path: Path, row: str, after: str, expected: list[str] | None, message: str
):
    good = "".join(f"g{n},Sak nummer {n}\n" for n in range(200))
    (tmp_path / "saker.csv").write_text(f"id,text\n{good}{row}\n{after}", encoding="utf-8")
    read = list(read_documents([tmp_path / "saker.csv"]))
    assert [d.id for d in read[:200]] == [f"g{n}" for n in range(200)]
    failure = read[200]
    assert isinstance(failure, Failure)
    assert message in failure.message
    assert [d.id for d in read[201:]] == (expected or [])


def test_a_field_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tables, "_FIELD", 1000)
    limit = csv.field_size_limit()
    (tmp_path / "saker.csv").write_text('id,text\n1,Sak\n2,"' + "Ferja\n" * 300 + '"\n', encoding="utf-8")
    first, failure, *_ = read_documents([tmp_path / "saker.csv"])
    assert first == Document("1", "Sak")
    assert "saker.csv, line 3: a field of more than 1000 characters" in failure.message
    assert csv.field_size_limit() == limit
    (tmp_path / "saker.csv").write_text("id,text\n1,Sak\n2," + "Ferja" * 300 + "\n", encoding="utf-8")
    first, failure, *_ = read_documents([tmp_path / "saker.csv"])
    assert "saker.csv, line 3: longer than 1000 characters" in failure.message


def test_a_trailing_comma_is_no_field_and_a_comma_in_the_text_is_one(tmp_path: Path):
    (tmp_path / "saker.csv").write_text("id,text\n1,Ferja,\n2,Ferja, sa hun\n3,Båten,,\n", encoding="utf-8")
    first, failure, third = read_documents([tmp_path / "saker.csv"])
    assert (first, third) == (Document("1", "Ferja"), Document("3", "Båten"))
    assert "saker.csv, line 3: found 3 fields, expected 2" in failure.message


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_carriage_return_does_not_cut_a_text(tmp_path: Path, end: str):
    lines = ["id,text", "1,Ferja", "2,Ferja\rkommer", '3,"Ferja\rkommer"', ""]
    (tmp_path / "saker.csv").write_bytes(end.join(lines).encode())
    first, failure, third = read_documents([tmp_path / "saker.csv"])
    assert (first, third) == (Document("1", "Ferja"), Document("3", "Ferja\rkommer"))
    assert isinstance(failure, Failure)
    assert "saker.csv, line 3: a carriage return in a field without quotation marks" in failure.message


def test_lines_that_end_in_a_carriage_return_are_rows(tmp_path: Path):
    (tmp_path / "saker.csv").write_bytes(b"id,text\r1,Ferja\r2,Sak\r")
    assert list(read_documents([tmp_path / "saker.csv"])) == [Document("1", "Ferja"), Document("2", "Sak")]


def test_a_header_with_its_separator_in_quotation_marks(tmp_path: Path):
    (tmp_path / "saker.csv").write_text('\ufeff"text, kort, ny";id\nFerja, sa hun;1\n', encoding="utf-8")
    assert list(read_documents([tmp_path], columns=Columns("text, kort, ny"))) == [Document("1", "Ferja, sa hun")]


def test_packed_members_of_an_archive_are_read_and_archives_in_it_reported(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "arkiv.zip", "w") as archive:
        for suffix, pack in PACKERS.items():
            archive.writestr(f"b{suffix}.jsonl{suffix}", pack(json.dumps({"text": BODY}).encode()))
        archive.writestr("inne.zip", b"PK")
    *documents, failure = read_documents([tmp_path])
    assert documents == [Document(f"arkiv/b{suffix}:1", BODY) for suffix in sorted(PACKERS)]
    assert isinstance(failure, Failure)
    assert failure.id == "arkiv/inne"
    assert "arkiv.zip/inne.zip: an archive inside an archive is not read" in failure.message


def test_a_folder_that_cannot_be_read_is_reported(tree: Path, monkeypatch: pytest.MonkeyPatch):
    whole = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return whole(path)

    monkeypatch.setattr(os, "scandir", closed)
    read = list(read_documents([tree]))
    assert [d.id for d in read] == ["a/sak", "a/x:1", "b", "start"]
    assert f"{tree / 'b'}: the folder cannot be read" in read[2].message
    (failure,) = read_documents([tree / "b"])
    assert isinstance(failure, Failure)
    assert "the folder cannot be read" in failure.message


def test_a_file_in_a_folder_that_cannot_be_entered_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def closed(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", closed)
    (failure,) = read_documents([tmp_path / "sak.txt"])
    assert isinstance(failure, Failure)
    assert "sak.txt: cannot be read (Permission denied)" in failure.message


@pytest.mark.parametrize("pattern", ["", "*.txt"])
def test_a_link_that_leads_to_nothing_is_reported(tmp_path: Path, pattern: str):
    (tmp_path / "lenke.txt").symlink_to("borte")
    (tmp_path / "sak.txt").write_text(BODY, encoding="utf-8")
    failure, document = read_documents([f"{tmp_path}{os.sep}{pattern}"])
    assert isinstance(failure, Failure)
    assert "lenke.txt: cannot be read (No such file or directory)" in failure.message
    assert document == Document("sak", BODY)


def test_a_parquet_file_without_rows_is_reported(tmp_path: Path):
    pd = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    pd.DataFrame({"text": pd.Series([], dtype=str)}).to_parquet(tmp_path / "saker.parquet")
    (failure,) = read_documents([tmp_path])
    assert isinstance(failure, Failure)
    assert "saker.parquet: the table holds no rows" in failure.message


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet", "json"])
def test_a_column_that_was_asked_for_and_is_nowhere_is_reported_once(tmp_path: Path, form: str):
    rows = [{"text": f"{BODY} {n}", "url": f"no/{n}"} for n in range(3)]
    make = TABLES_OF.get(f".{form}", lambda rows: json.dumps(rows).encode())
    file = tmp_path / f"saker.{form}"
    file.write_bytes(make(rows))
    failures = [d for d in read_documents([file], columns=Columns(id="ulr")) if isinstance(d, Failure)]
    assert len(failures) == 1
    assert re.search(rf'saker\.{form}: .*column "ulr"; columns found: text, url', failures[0].message)
    assert [d.id for d in read_documents([file], columns=Columns(id="url"))] == ["no/0", "no/1", "no/2"]


def test_other_names_of_the_same_kinds_of_file(tmp_path: Path):
    (tmp_path / "a.ndjson").write_text(json.dumps({"text": BODY}), encoding="utf-8")
    (tmp_path / "b.tsv").write_text(f"id\ttext\nen\t{BODY}\n", encoding="utf-8")
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    assert list(read_documents([tmp_path])) == [Document("a:1", BODY), Document("en", BODY)]
    assert count_documents([tmp_path / "a.ndjson"]) is count_documents([tmp_path / "c.json"]) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([{"text": BODY, "id": "en"}, {"text": BODY}], [Document("en", BODY), Document("saker:2", BODY)]),
        ({"text": BODY}, [Document("saker", BODY)]),
    ],
)
def test_json_given_by_name_is_read(tmp_path: Path, content: object, expected: list[Document]):
    (tmp_path / "saker.json").write_text(json.dumps(content), encoding="utf-8")
    assert list(read_documents([tmp_path / "saker.json"])) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[]", "the file holds no records"),
        ("3", "expected a list of objects, found int"),
        ('{"a": 1}', 'there is no column "text"; columns found: a'),
        ("[3]", "record 1: expected an object"),
        ('{"text": "Ja"}\n{"text": "Nei"}', "a file of one object a line ends in .jsonl"),
    ],
)
def test_json_that_holds_no_articles_is_reported(tmp_path: Path, content: str, message: str):
    (tmp_path / "saker.json").write_text(content, encoding="utf-8")
    (failure,) = read_documents([tmp_path / "saker.json"])
    assert isinstance(failure, Failure)
    assert message in failure.message


def test_a_name_that_is_not_utf_8_can_be_written(tmp_path: Path):
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/bl\xe5.txt")).write_text(BODY, encoding="utf-8")
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/gr\xf8nn.txt")).write_text("", encoding="utf-8")
    except OSError:
        pytest.skip("the file system takes UTF-8 alone")
    document, failure = read_documents([tmp_path])
    assert (document.id, failure.id) == (r"bl\xe5", r"gr\xf8nn")
    assert isinstance(failure, Failure)
    assert r"gr\xf8nn.txt: the text is empty" in failure.message
    (failure,) = read_documents(["borte\udce5.txt"])
    assert isinstance(failure, Failure)
    assert failure.message == r"borte\xe5.txt: no such file or folder"


@pytest.mark.parametrize("name", ["sak.txt", "saker.jsonl", "saker.csv"])
@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("utf-16", r"byte 0: found 0x.., expected the byte-order mark of utf-16"),
        ("utf-88", r"no encoding is called 'utf-88'"),
        ("hex", r"no encoding is called 'hex'"),
        ("undefined", r"not undefined"),
    ],
)
def test_an_encoding_that_is_none_or_another_is_reported(tmp_path: Path, name: str, encoding: str, message: str):
    (tmp_path / name).write_text("id,text\nen,Ferja\n", encoding="utf-8")
    (failure,) = read_documents([tmp_path], encoding=encoding)
    assert isinstance(failure, Failure)
    assert re.search(rf"{re.escape(name)}.*{message}", failure.message)


def test_half_a_character_of_utf_16_is_reported_after_the_rows_before_it(tmp_path: Path):
    (tmp_path / "saker.csv").write_bytes("id,text\nen,Ferja\nto,Båten".encode("utf-16")[:-1])
    first, failure = read_documents([tmp_path], encoding="utf-16")
    assert first == Document("en", "Ferja")
    assert "saker.csv, line 3: not utf-16" in failure.message


@pytest.mark.parametrize("missing", ["NA", "NaT", "nan", None])
def test_what_a_table_writes_for_nothing_is_missing(missing: str | None):
    pd = pytest.importorskip("pandas")
    value = {"NA": pd.NA, "NaT": pd.NaT, "nan": float("nan"), None: None}[missing]
    record = {"text": BODY, "title": value, "id": value, "date": value}
    assert document_or_failure(record, "row 1", "en", Columns()) == Document("en", BODY)
    failure = document_or_failure({"text": value}, "row 1", "en", Columns())
    assert failure == Failure("en", "reading", f'row 1: "text" is nothing ({value}), expected a string')


@pytest.mark.parametrize("key", ["text", "title"])
def test_an_array_is_no_string(key: str):
    numpy = pytest.importorskip("numpy")
    failure = document_or_failure({"text": BODY, 5: "", key: numpy.array(["a", "b"])}, "row 1", "en", Columns())
    assert isinstance(failure, Failure)
    assert "a list of 2" in failure.message
    failure = document_or_failure({5: "", "body": ""}, "row 1", "en", Columns())
    assert isinstance(failure, Failure)
    assert failure.message == 'row 1: "text" is missing, expected a string; columns found: 5, body'


@pytest.mark.parametrize(
    ("found", "iso"),
    [
        ("26.01.2022", "2022-01-26"),
        ("26. januar 2022 kl. 19.04", "2022-01-26T19:04"),
        ("2022-01-27T10:00:00+01:00", "2022-01-27T10:00:00+01:00"),
        ("2022-01-27 10:00", "2022-01-27T10:00"),
        ("2022-01", "2022-01"),
        ("2022", "2022"),
        (20220126, "2022-01-26"),
        ("2022-W04-3", "2022-01-26"),
        (1643155200, None),
        ("2022-13-45", None),
        ("31.02.2022", None),
        ("i går", None),
        ("26.01.2022 og 27.01.2022", None),
    ],
)
def test_a_date_is_kept_in_iso_8601_or_left_out_with_a_warning(found: object, iso: str | None):
    document = document_or_failure({"text": BODY, "date": found}, "row 1", "en", Columns())
    assert isinstance(document, Document)
    assert document.metadata.date == iso
    assert document.warnings == (
        () if iso else (f"the date '{found}' is not a date in ISO 8601 or Norwegian form, left out",)
    )
