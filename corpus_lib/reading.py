"""Files and folders → documents: text exactly as it stands in the file, with an id of its own."""

from __future__ import annotations

import glob
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus_lib.errors import (
    BinaryFile,
    ControlCharacters,
    EmptyText,
    InputError,
    InputNotFound,
    MalformedRecord,
    NoArticles,
    UndecodableFile,
    UnpairedSurrogate,
    UnsupportedInput,
)
from corpus_lib.model import Failure, Metadata

SUFFIXES = (".txt", ".jsonl")
LARGE = 5_000_000
"""Characters from which an article is named as unusually large."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BINARY_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_PROBE = 8192
_BINARY_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Document:
    """A raw document: its id, its text and what came with it."""

    id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    warnings: tuple[str, ...] = ()


def read_documents(paths: Sequence[str | Path], *, encoding: str = "utf-8") -> Iterator[Document | Failure]:
    """Yield the documents of files, folders and glob patterns, lazily and in sorted order.

    What cannot be read comes as a `Failure` in its place; the rest goes on.

    Parameters
    ----------
    paths
        Files (``.txt``: one article; ``.jsonl``: one article a line, with ``text`` and optionally
        ``id``, ``date``, ``title``, ``source``), folders (searched through), or glob patterns.
    encoding
        How the bytes are to be read; a byte-order mark is kept and counted.
    """
    for path in paths:
        try:
            found = list(_files(str(path)))
        except InputError as error:
            yield Failure(str(path), "reading", str(error))
            continue
        for root, file in found:
            try:
                yield from _documents(root, file, encoding)
            except InputError as error:
                yield Failure(_id(root, file), "reading", str(error))


def read_document(path: str | Path, *, encoding: str = "utf-8") -> Document:
    """Return the single document of a text file.

    Raises
    ------
    InputError
        If the file is missing, empty, binary, not in the encoding, or holds control characters.
    """
    file = Path(path)
    if not file.exists():
        raise InputNotFound(f"{file}: no such file")
    if file.is_dir():
        raise UnsupportedInput(f"{file}: expected one article's file, found a folder")
    return _text_document(file.parent, file, encoding)


def check_text(text: str, where: str) -> tuple[str, ...]:
    """Return warnings about a text; raise where it is none.

    >>> check_text("Nato har svart.", "article")
    ()

    Raises
    ------
    UnreadableText
        If the text is empty, blank, or holds NUL, other control characters or half a surrogate pair.
    """
    if not text:
        raise EmptyText(f"{where}: the text is empty")
    if not text.replace("\ufeff", "").strip():
        raise EmptyText(f"{where}: the text is white space alone ({len(text)} characters)")
    if bad := _SURROGATE.search(text):
        code = f"U+{ord(bad.group()):04X}"
        raise UnpairedSurrogate(f"{where}, character {bad.start()}: found {code}, half of a surrogate pair")
    if bad := _CONTROL.search(text):
        code = f"U+{ord(bad.group()):04X}"
        name = "NUL" if bad.group() == "\x00" else "a control character"
        raise ControlCharacters(f"{where}, {_place(text, bad.start())}: found {name} ({code}), expected printable text")
    if len(text) > LARGE:
        return (f"unusually large: {len(text):,} characters".replace(",", " "),)
    return ()


def _place(text: str, at: int) -> str:
    line = text.count("\n", 0, at) + 1
    return f"line {line}, character {at}"


def _files(path: str) -> Iterator[tuple[Path, Path]]:
    """Yield (root, file); ids are relative to the root."""
    given = Path(path)
    if given.is_dir():
        files = sorted(f for f in given.rglob("*") if f.suffix.lower() in SUFFIXES and f.is_file())
        if not files:
            raise NoArticles(f"{path}: the folder holds no articles (expected files ending in .txt or .jsonl)")
        yield from ((given, f) for f in files)
    elif given.exists():
        yield given.parent, given
    elif any(c in path for c in "*?["):
        matches = sorted(m for m in glob.glob(path, recursive=True) if Path(m).is_file())
        if not matches:
            raise InputNotFound(f"{path}: the pattern matches no file")
        root = Path(re.split(r"[*?\[]", path)[0] or ".")
        root = root if root.is_dir() else root.parent
        yield from ((root, Path(m)) for m in matches)
    else:
        raise InputNotFound(f"{path}: no such file or folder")


def _id(root: Path, file: Path) -> str:
    return file.relative_to(root).with_suffix("").as_posix()


def _documents(root: Path, file: Path, encoding: str) -> Iterator[Document | Failure]:
    if file.suffix.lower() == ".jsonl":
        yield from _records(root, file, encoding)
    else:
        yield _text_document(root, file, encoding)


def _text_document(root: Path, file: Path, encoding: str) -> Document:
    text = _decoded(file, encoding)
    return Document(_id(root, file), text, warnings=check_text(text, str(file)))


def _decoded(file: Path, encoding: str) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from error
    if not encoding.lower().startswith(("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")):
        _refuse_binary(data, file)
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UndecodableFile(f"{file}: no encoding is called {encoding!r} (try utf-8 or cp1252)") from error
    except UnicodeDecodeError as error:
        found = f"0x{data[error.start]:02x}"
        hint = "; if the file is older Windows text, try --encoding cp1252" if error.encoding.startswith("utf") else ""
        raise UndecodableFile(
            f"{file}, byte {error.start}: found {found}, which is not {error.encoding} ({error.reason}){hint}"
        ) from error


def _refuse_binary(data: bytes, file: Path) -> None:
    probe = data[:_PROBE]
    controls = sum(b < 9 or 13 < b < 28 for b in probe)
    if probe.startswith(_BINARY_SIGNATURES) or controls > _BINARY_SHARE * len(probe):
        first = next((i for i, b in enumerate(probe) if b < 9 or 13 < b < 28), 0)
        raise BinaryFile(f"{file}, byte {first}: found binary data (0x{data[first]:02x}), expected text")


def _records(root: Path, file: Path, encoding: str) -> Iterator[Document | Failure]:
    seen = 0
    for number, line in enumerate(_decoded(file, encoding).split("\n"), 1):
        if line.strip("\ufeff \t\r"):
            seen += 1
            try:
                yield _record(line.strip("\ufeff"), f"{file}, line {number}", f"{_id(root, file)}:{number}")
            except InputError as error:
                yield Failure(f"{_id(root, file)}:{number}", "reading", str(error))
    if not seen:
        raise EmptyText(f"{file}: the file holds no records")


def _record(line: str, where: str, default_id: str) -> Document:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedRecord(f"{where}, column {error.colno}: not JSON ({error.msg})") from error
    except RecursionError as error:
        raise MalformedRecord(f"{where}: JSON nested too deeply") from error
    except ValueError as error:
        raise MalformedRecord(f"{where}: a number too long to read ({error})") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        found = sorted(record) if isinstance(record, dict) else type(record).__name__
        raise MalformedRecord(f'{where}: expected an object with a string "text", found {found!r}')
    for key in ("id", "title", "date", "source"):
        value = record.get(key)
        if value is not None and not isinstance(value, str | int):
            raise MalformedRecord(f'{where}: expected a string as "{key}", found {type(value).__name__}')
        if isinstance(value, str) and (bad := _SURROGATE.search(value)):
            raise UnpairedSurrogate(f'{where}, "{key}", character {bad.start()}: found half of a surrogate pair')
    warnings = check_text(record["text"], where)
    metadata = Metadata(**{k: _string(record.get(k)) for k in ("title", "date", "source")})
    return Document(_string(record.get("id")) or default_id, record["text"], metadata, warnings)


def _string(value: object) -> str | None:
    return None if value is None else str(value)
