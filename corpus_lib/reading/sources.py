"""Files, packed files and the members of archives → sources: a name, a suffix, and a stream of bytes."""

from __future__ import annotations

import bz2
import glob
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

from corpus_lib.errors import BinaryFile, InputError, InputNotFound, NoArticles, UndecodableFile

TEXT, RECORDS, CSV, PARQUET, PAGES = ".txt", ".jsonl", ".csv", ".parquet", (".html", ".htm")
PACKED = (".gz", ".bz2", ".xz")
ARCHIVE = ".zip"
SUFFIXES = (TEXT, RECORDS, CSV, PARQUET, *PAGES)
"""What a folder or an archive is searched for, packed or not."""

STORE_MARK = "corpus_lib_store.json"
"""The file that makes a folder a corpus store: its tables are results, never input."""

LARGEST = 1_000_000_000
"""Bytes from which a text, or one line of records, is refused: no article, and perhaps a packed bomb."""

_OPEN: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
_BINARY_SIGNATURES = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_PROBE = 8192
_BINARY_SHARE = 0.05
_WIDE = ("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")
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


def find_files(path: str) -> Iterator[tuple[Path, Path]]:
    """Yield (root, file); ids are relative to the root."""
    given = Path(path)
    if given.is_dir():
        files = sorted(f for f in given.rglob("*") if _suffix(f) and f.is_file() and not _in_store(f, given))
        if not files:
            expected = ", ".join((*SUFFIXES, ARCHIVE))
            raise NoArticles(f"{path}: the folder holds no articles (expected files ending in {expected})")
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


def _in_store(file: Path, root: Path) -> bool:
    inside = file.relative_to(root).parents
    return any((root / folder / STORE_MARK).is_file() for folder in inside)


def _suffix(file: Path | PurePosixPath) -> str:
    """Return the suffix that says how a file is read, or nothing for one that a search passes over."""
    packed = file.suffix.lower() in PACKED
    suffix = PurePosixPath(file.stem).suffix.lower() if packed else file.suffix.lower()
    return suffix if suffix in SUFFIXES or (suffix == ARCHIVE and not packed) else ""


def name_of(root: Path, file: Path) -> str:
    """Return a file's id: its path relative to the root, without its suffixes.

    >>> name_of(Path("arkiv"), Path("arkiv/2021/sak.txt.gz"))
    '2021/sak'
    """
    bare = file.relative_to(root)
    bare = bare.with_suffix("") if bare.suffix.lower() in PACKED and _suffix(bare) else bare
    return bare.with_suffix("").as_posix()


def sources_of(root: Path, file: Path) -> Iterator[Source]:
    """Yield what a file holds: itself, or the members of an archive.

    Raises
    ------
    InputError
        If an archive is damaged.
    """
    if file.suffix.lower() == ARCHIVE:
        yield from _members(root, file)
        return
    opener = _OPEN.get(file.suffix.lower()) if _suffix(file) else None
    yield Source(
        str(file), name_of(root, file), _suffix(file) or TEXT, lambda: opener(file) if opener else file.open("rb")
    )


def _members(root: Path, file: Path) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(file) as archive:
            names = sorted(i.filename for i in archive.infolist() if not i.is_dir())
            wanted = [n for n in names if PurePosixPath(n).suffix.lower() in SUFFIXES]
            if not wanted:
                raise NoArticles(
                    f"{file}: the archive holds no articles (expected files ending in {', '.join(SUFFIXES)})"
                )
            for name in wanted:
                member = PurePosixPath(name)
                stem = f"{name_of(root, file)}/{member.with_suffix('').as_posix().lstrip('/')}"
                yield Source(f"{file}/{name}", stem, member.suffix.lower(), lambda n=name: archive.open(n))  # type: ignore[misc]
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError(f"{file}: a damaged zip archive ({error})") from error


def is_wide(encoding: str) -> bool:
    """Say whether an encoding writes a line end in more than one byte."""
    return encoding.lower().startswith(_WIDE)


def refuse_binary(probe: bytes, where: str) -> None:
    """Raise `BinaryFile` where the first bytes are no text."""
    probe = probe[:_PROBE]
    controls = sum(b < 9 or 13 < b < 28 for b in probe)
    if probe.startswith(_BINARY_SIGNATURES) or controls > _BINARY_SHARE * len(probe):
        first = next((i for i, b in enumerate(probe) if b < 9 or 13 < b < 28), 0)
        raise BinaryFile(f"{where}, byte {first}: found binary data (0x{probe[first]:02x}), expected text")


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
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise UndecodableFile(f"{where}: no encoding is called {encoding!r} (try utf-8 or cp1252)") from error
    except UnicodeDecodeError as error:
        found = f"0x{data[error.start]:02x}"
        hint = "; if the file is older Windows text, try --encoding cp1252" if error.encoding.startswith("utf") else ""
        raise UndecodableFile(
            f"{where}, byte {offset + error.start}: found {found}, which is not {error.encoding} ({error.reason}){hint}"
        ) from error
