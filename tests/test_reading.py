"""Every kind of bad input has an error of its own, which names the file and the place."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from invented import PAGE, articles

from corpus_lib import errors
from corpus_lib.model import Failure
from corpus_lib.reading import Document, read_document, read_documents
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
        ("Blåbær på øya".encode("cp1252"), errors.UndecodableFile, r"sak\.txt, byte 2: found 0xe5.*--encoding cp1252"),
        (b"Ferja kommer.\nIkke\x00 n\xc3\xa5.", errors.ControlCharacters, r"sak\.txt, line 2, character 18: found NUL"),
        (b"Ferja \x1b[31mkommer ikke i dag.", errors.ControlCharacters, r"sak\.txt, line 1, character 6: .*U\+001B"),
        (b"Ferja\x7f kommer.", errors.ControlCharacters, r"sak\.txt, line 1, character 5: .*U\+007F"),
    ],
    ids=["empty", "blank", "byte-order mark alone", "picture", "pdf", "cp1252", "NUL", "escape", "delete"],
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
    line = "Kommunen venter fortsatt på svar fra staten om ferja. \n"
    text = line * (20_000_000 // len(line))
    file = tmp_path / "stor.txt"
    file.write_text(text, encoding="utf-8", newline="")
    article = read_article(file)
    assert article.text == text
    assert article.warnings == (f"unusually large: {len(text):,} characters".replace(",", " "),)
    assert len(article.blocks) == text.count("\n")


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
        ('["Ferja"]', r'line 2: expected an object with a string "text", found \'list\''),
        ('{"tekst": "Ferja"}', r"line 2: expected an object with a string \"text\", found \['tekst'\]"),
        ('{"text": 3}', r'line 2: expected an object with a string "text"'),
        ('{"text": ""}', r"line 2: the text is empty"),
        ('{"text": "Ferja\\u0000"}', r"line 2, line 1, character 5: found NUL"),
        ('{"text": "Ferja", "date": ["2022"]}', r'line 2: expected a string as "date", found list'),
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
