"""Files, packed files and the members of archives → sources: a name, a suffix, and a stream of bytes."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import os
import re
import stat
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from corpus_lib.errors import BinaryFile, InputError, InputNotFound, NoArticles, UndecodableFile, UnsupportedInput

TEXT, RECORDS, CSV, PARQUET, PAGES = ".txt", ".jsonl", ".csv", ".parquet", (".html", ".htm")
JSON = ".json"
"""Read where it is given by name; a search passes it over, for it mostly holds settings."""
PACKED = (".gz", ".bz2", ".xz")
ARCHIVE = ".zip"
_SAME = {".ndjson": RECORDS, ".tsv": CSV}
SUFFIXES = (TEXT, RECORDS, CSV, PARQUET, *PAGES, *_SAME)
"""What a folder or an archive is searched for, packed or not."""

STORE_MARK = "corpus_lib_store.json"
"""The file that makes a folder a corpus store: its tables are results, never input."""

LARGEST = 1_000_000_000
"""Bytes from which a text, or one line of records, is refused: no article, and perhaps a packed bomb."""

_OPEN: dict[str, Callable[[Any], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_BINARY_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_PROBE = 8192
_BINARY_SHARE = 0.05
_WIDE_MARKS = {"utf-32": (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff"), "utf-16": (b"\xff\xfe", b"\xfe\xff")}
_MARKS = tuple(mark for marks in _WIDE_MARKS.values() for mark in marks)
_ESCAPED = re.compile(r"[\udc80-\udcff]")
_WIDE = ("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")
_UNORDERED = ("utf-16", "utf16", "utf-32", "utf32")
_NO_ARCHIVE = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OverflowError, RuntimeError)
_BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Source:
    """Something that holds articles: how messages name it, the stem of its ids, its suffix and its bytes."""

    where: str
    id: str
    suffix: str
    stream: Callable[[], IO[bytes]]

    @contextmanager
    def open(self) -> Iterator[io.BufferedReader]:
        """Give the bytes, unpacked, as a buffered stream.

        Raises
        ------
        InputError
            If they cannot be read or unpacked.
        """
        try:
            with self.stream() as stream:
                yield io.BufferedReader(cast("io.RawIOBase", stream))
        except _BROKEN as error:
            why = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise InputError(f"{self.where}: cannot be read ({why})") from error


STDIN = "-"
"""The path that stands for standard input."""


def printable(name: str) -> str:
    r"""Return a path as text that can be written: a byte of it that is no UTF-8 is named.

    >>> printable("bl\udce5.txt")
    'bl\\xe5.txt'
    """
    named = _ESCAPED.sub(lambda m: f"\\x{ord(m[0]) - 0xDC00:02x}", name)
    return named.encode("utf-8", "backslashreplace").decode()


def find_files(path: str) -> Iterator[tuple[Path, Path]]:
    """Yield (root, file); ids are relative to the root. A folder that cannot be read comes as it is.

    Raises
    ------
    InputError
        If there is nothing, or it cannot be read.
    """
    try:
        yield from _found(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def _found(path: str) -> Iterator[tuple[Path, Path]]:
    if not path:
        raise InputNotFound("an empty path; expected a file, a folder or a pattern ('.' for this folder)")
    given = Path(path)
    if given.is_dir():
        files = sorted(_searched(given))
        if not files:
            expected = ", ".join((*SUFFIXES, ARCHIVE))
            raise NoArticles(f"{path}: the folder holds no articles (expected files ending in {expected})")
        yield from ((given, f) for f in files)
    elif given.exists():
        yield given.parent, given
    elif any(c in path for c in "*?["):
        matches = sorted(filter(_is_input, glob.glob(path, recursive=True)))
        if not matches:
            raise InputNotFound(f"{path}: the pattern matches no file")
        root = Path(re.split(r"[*?\[]", path)[0] or ".")
        root = root if root.is_dir() else root.parent
        yield from ((root, Path(m)) for m in matches)
    else:
        raise InputNotFound(f"{path}: no such file or folder")


def _searched(root: Path) -> Iterator[Path]:
    """Yield the files of a folder that hold articles, and the folders in it that cannot be read."""
    closed: list[str] = []
    for folder, inside, names in os.walk(root, onerror=lambda error: closed.append(error.filename)):
        if STORE_MARK in names:
            inside.clear()
            continue
        files = (Path(folder, name) for name in names)
        yield from (f for f in files if _suffix(f) and _is_input(f))
    yield from map(Path, closed)


def _is_input(file: str | Path) -> bool:
    """Say whether a path is a file, or something that cannot be looked at (a link to nothing), to be reported."""
    try:
        return stat.S_ISREG(os.stat(file).st_mode)
    except OSError:
        return True


def _bare(file: Path | PurePosixPath) -> str:
    """Return a file's suffix, in small letters, without that of its packing."""
    return (PurePosixPath(file.stem) if _packing(file) else file).suffix.lower()


def _packing(file: Path | PurePosixPath) -> str:
    suffix = file.suffix.lower()
    return suffix if suffix in PACKED else ""


def _suffix(file: Path | PurePosixPath) -> str:
    """Return the suffix that says how a file is read, or nothing for one that a search passes over."""
    suffix = _bare(file)
    found = suffix in SUFFIXES or (suffix == ARCHIVE and not _packing(file))
    return _SAME.get(suffix, suffix) if found else ""


def is_searched_for(file: Path) -> bool:
    """Say whether the search of a folder reads a file of this name.

    >>> is_searched_for(Path("sak.txt.gz")), is_searched_for(Path("sak.corrections.json"))
    (True, False)
    """
    return bool(_suffix(file))


def _named_suffix(file: Path | PurePosixPath) -> str:
    """Return the suffix that says how a file is read that was given by name, or nothing for an unknown one."""
    return _suffix(file) or (JSON if _bare(file) == JSON else "")


def kind_of(file: Path) -> str:
    """Return the suffix that a file is read by, given by name.

    >>> kind_of(Path("arkiv/saker.ndjson.gz")), kind_of(Path("notat"))
    ('.jsonl', '.txt')
    """
    return _named_suffix(file) or TEXT


def name_of(root: Path, file: Path) -> str:
    """Return a file's id: its path relative to the root, without its suffixes.

    >>> name_of(Path("arkiv"), Path("arkiv/2021/sak.txt.gz"))
    '2021/sak'
    """
    inside = file.relative_to(root)
    return printable(_stem(inside) if inside.name else str(file))


def _stem(file: Path | PurePosixPath) -> str:
    bare = file.with_suffix("") if _packing(file) and _named_suffix(file) else file
    return bare.with_suffix("").as_posix()


def sources_of(root: Path, file: Path) -> Iterator[Source]:
    """Yield what a file holds: itself, or the members of an archive.

    Raises
    ------
    InputError
        If an archive is damaged, or a folder cannot be read.
    """
    if os.path.isdir(file):  # Path.is_dir raises where a folder above cannot be entered
        raise InputError(f"{file}: the folder cannot be read")
    if file.suffix.lower() == ARCHIVE:
        yield from _members(root, file)
        return
    opener = _OPEN.get(_packing(file)) if _named_suffix(file) else None
    yield Source(
        printable(str(file)),
        name_of(root, file),
        kind_of(file),
        lambda: opener(file) if opener else file.open("rb"),
    )


def _members(root: Path, file: Path) -> Iterator[Source]:
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error
    except _NO_ARCHIVE as error:
        raise InputError(f"{file}: a damaged zip archive ({error})") from error
    with archive:
        found = [i for i in archive.infolist() if not i.is_dir() and _suffix(PurePosixPath(i.filename))]
        if not found:
            raise NoArticles(f"{file}: the archive holds no articles (expected files ending in {', '.join(SUFFIXES)})")
        times: dict[str, int] = {}
        for member in sorted(found, key=lambda i: i.filename):
            times[member.filename] = times.get(member.filename, 0) + 1
            yield _member(archive, member, times[member.filename], printable(str(file)), name_of(root, file))


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, time: int, where: str, id: str) -> Source:
    """Return a member of an archive; the second of one name has a number."""
    member = PurePosixPath(info.filename)
    number = f"#{time}" if time > 1 else ""
    place = f"{where}/{printable(info.filename)}{number}"

    def stream() -> IO[bytes]:
        if _suffix(member) == ARCHIVE:
            raise UnsupportedInput(f"{place}: an archive inside an archive is not read; unpack it first")
        opener = _OPEN.get(_packing(member))
        try:
            opened = archive.open(info)
        except _NO_ARCHIVE as error:
            raise InputError(f"{place}: a damaged member of a zip archive ({error})") from error
        return cast("IO[bytes]", opener(opened)) if opener else opened

    return Source(place, f"{id}/{printable(_stem(member)).lstrip('/')}{number}", _suffix(member), stream)


@lru_cache(maxsize=1)
def _all_of(stream: IO[bytes]) -> bytes:
    """Return what a stream holds; it can be read once, and be asked for again."""
    return stream.read(LARGEST + 1)


def standard_input() -> Source:
    """Return standard input: lines of JSON where it begins like an object, else one article.

    Raises
    ------
    InputError
        If there is none.
    """
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("standard input: there is none")
    data = _all_of(stream)
    records = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    return Source("standard input", "stdin", RECORDS if records else TEXT, lambda: io.BytesIO(data))


def is_wide(encoding: str) -> bool:
    """Say whether an encoding writes a line end in more than one byte."""
    return encoding.lower().startswith(_WIDE)


def refuse_binary(probe: bytes, where: str) -> None:
    """Raise `BinaryFile` where the first bytes are no text."""
    probe = probe[:_PROBE]
    controls = sum(b < 9 or 13 < b < 28 for b in probe)
    if probe.startswith(_BINARY_SIGNATURES) or controls > _BINARY_SHARE * len(probe):
        first = next((i for i, b in enumerate(probe) if b < 9 or 13 < b < 28), 0)
        wide = next((name for name, marks in _WIDE_MARKS.items() if probe.startswith(marks)), None)
        hint = f"; it begins as {wide.upper()} does, try --encoding {wide}" if wide else ""
        raise BinaryFile(f"{where}, byte {first}: found binary data (0x{probe[first]:02x}), expected text{hint}")


def refuse_unmarked(probe: bytes, encoding: str, where: str) -> None:
    """Raise `UndecodableFile` where bytes are to be UTF-16 or UTF-32 and do not say in which order they stand."""
    if probe and encoding.lower().replace("_", "-") in _UNORDERED and not probe.startswith(_MARKS):
        raise UndecodableFile(
            f"{where}, byte 0: found 0x{probe[0]:02x}, expected the byte-order mark of {encoding} (try utf-8)"
        )


def read_text(source: Source, encoding: str) -> str:
    """Return a source's bytes as text.

    Raises
    ------
    InputError
        If they are too many, binary, or not in the encoding.
    """
    with source.open() as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{source.where}: more than {LARGEST} bytes, expected an article")
    if not is_wide(encoding):
        refuse_binary(data, source.where)
    return decoded(data, encoding, source.where)


def decoded(data: bytes, encoding: str, where: str, offset: int = 0) -> str:
    """Return bytes as text.

    Parameters
    ----------
    offset
        Where the bytes begin in their file.

    Raises
    ------
    UndecodableFile
        If they are not in the encoding, or it does not exist.
    """
    if not offset:
        refuse_unmarked(data, encoding, where)
    try:
        return data.decode(encoding)
    except (LookupError, ValueError) as error:
        raise encoding_error(error, encoding, where, offset) from error


def encoding_error(error: Exception, encoding: str, where: str, offset: int = 0) -> UndecodableFile:
    """Return what is to be said of bytes that could not be read as text."""
    if isinstance(error, UnicodeDecodeError):
        found = f"0x{error.object[error.start]:02x}"
        hint = "; if the file is older Windows text, try --encoding cp1252" if error.encoding.startswith("utf") else ""
        place = f"{where}, byte {offset + error.start}"
        return UndecodableFile(f"{place}: found {found}, which is not {error.encoding} ({error.reason}){hint}")
    if isinstance(error, UnicodeError):
        return UndecodableFile(f"{where}: not {encoding} ({error})")
    return UndecodableFile(f"{where}: no encoding is called {encoding!r} (try utf-8 or cp1252)")
