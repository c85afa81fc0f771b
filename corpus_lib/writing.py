"""Files are written whole or not at all, onto nothing that is read, under names that lead back to an article's id."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO, cast

from corpus_lib.errors import CannotWrite, WouldDestroy

_BYTES = 160
"""How long a name may be, in UTF-8: systems take 255 bytes, and a suffix and the marks of an unfinished file follow."""

_MOST_BYTES = 230
"""From here on, the name of an unfinished file is a checksum."""

_UNSAFE = re.compile(r'[\x00-\x20\x7f-\x9f\u2028\u2029\ud800-\udfff/\\:*?"<>|=~]|^\.|[.]$')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def file_name(id: str) -> str:
    """Return a file name, without suffix, for an article's id: another one for every id, and no folders.

    What a file name may not hold is written as ``=`` and the two digits of each byte; a name that is too long is cut
    and ends in ``~`` and a checksum of the id.

    >>> file_name("nrk/1"), file_name("nrk_1"), file_name("../x")
    ('nrk=2F1', 'nrk_1', '=2E.=2Fx')
    """
    name = _UNSAFE.sub(lambda m: _escaped(m[0]), id) or "=empty"
    if _RESERVED.match(name):
        name = _escaped(name[0]) + name[1:]
    encoded = name.encode("utf-8")
    if len(encoded) <= _BYTES:
        return name
    checksum = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{encoded[: _BYTES - 20].decode('utf-8', 'ignore')}~{checksum}"


def _escaped(character: str) -> str:
    return "".join(f"={byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """Return a file name for each id, no two the same where a system takes large and small letters for one.

    >>> file_names(["nrk/1", "NRK/1"])
    {'nrk/1': 'nrk=2F1', 'NRK/1': 'NRK=2F1~2'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id in ids:
        base = name = file_name(id)
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}~{number}"
        taken.add(name.casefold())
        names[id] = name
    return names


# What is read is not overwritten ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that is read, and which of its files are."""

    path: Path
    reads: Callable[[Path], bool]


_READ: ContextVar[tuple[Path | _Folder, ...]] = ContextVar("what is read", default=())


@contextmanager
def reading_from(files: Iterable[Path], folders: Iterable[tuple[Path, Callable[[Path], bool]]] = ()) -> Iterator[None]:
    """Refuse, within, to write onto files that are read.

    Parameters
    ----------
    files
        Each by itself.
    folders
        Folders, each with what says of a file in it whether it is read.
    """
    by_name = [Path(os.path.realpath(f)) for f in files]
    searched = [_Folder(Path(os.path.realpath(f)), reads) for f, reads in folders]
    before = _READ.set((*_READ.get(), *by_name, *searched))
    try:
        yield
    finally:
        _READ.reset(before)


def refuse_inputs(*targets: str | Path) -> None:
    """Raise `WouldDestroy` where a file that would be written is read.

    To be asked as soon as the targets are known; every writing of a file asks again.
    """
    for target in targets:
        if "\0" in str(target):
            raise CannotWrite(errno.EINVAL, "NUL in its name", str(target))
        place = Path(os.path.realpath(target))
        if any(_is_read(place, read) for read in _READ.get()):
            raise WouldDestroy(f"{target}: is an input; choose another place for the results")


def _is_read(place: Path, read: Path | _Folder) -> bool:
    if isinstance(read, _Folder):
        return read.path in place.parents and read.reads(place)
    return place == read or (os.path.exists(place) and os.path.exists(read) and place.samefile(read))


def refuse_folder_name(path: str | Path) -> None:
    """Raise `CannotWrite` where the name of a file ends as a folder's does."""
    if str(path).endswith(("/", os.sep)):
        raise CannotWrite(errno.EISDIR, "a folder's name; give the name of a file in it", str(path))


# One writer ---------------------------------------------------------------------------------------------------------


@contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """Give a path to write a file at, which takes the place of another when all is written.

    Until then what stood there stays; where something goes wrong, for good. Only a regular file is replaced. Who writes
    the same file at the same time has an unfinished one of its own: the last to end stays.

    Raises
    ------
    WouldDestroy
        If the file is read by what writes it, or is a device, a pipe or a folder.
    CannotWrite
        If the name is a folder's, or the system refuses.
    """
    refuse_folder_name(path)
    refuse_inputs(path)
    place = Path(os.path.realpath(path))  # a link stays, and leads to the new file
    with told(path):
        mode = _mode(place, path)
        unfinished = place.with_name(f".{_short(place.name)}.{secrets.token_hex(6)}.part")
        try:
            yield unfinished
            with unfinished.open("rb+") as file:
                os.fsync(file.fileno())
            if mode is not None:
                unfinished.chmod(mode)
            os.replace(unfinished, place)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise


@contextmanager
def opened(path: str | Path, *, newline: str = "\n", encoding: str = "utf-8") -> Iterator[TextIO]:
    """Give a text file to write to, whole or not at all; a device or a pipe is written to as it is."""
    with _stream(path, lambda p: cast("IO[str]", p.open("w", encoding=encoding, newline=newline))) as file:
        yield cast("TextIO", file)


def write_bytes(path: str | Path, data: bytes) -> Path:
    """Write a file whole or not at all, and return it."""
    with _stream(path, lambda p: cast("IO[bytes]", p.open("wb"))) as file:
        cast("IO[bytes]", file).write(data)
    return Path(path)


def write_text(path: str | Path, text: str) -> Path:
    """Write a text in UTF-8, with its line ends as they are; whole or not at all."""
    return write_bytes(path, text.encode("utf-8"))


@contextmanager
def _stream(path: str | Path, open_: Callable[[Path], IO[str] | IO[bytes]]) -> Iterator[IO[str] | IO[bytes]]:
    if _is_stream(Path(path)):
        with told(path), open_(Path(path)) as file:
            yield file
        return
    with replacing(path) as unfinished, open_(unfinished) as file:
        yield file
        file.flush()


def _is_stream(path: Path) -> bool:
    with suppress(OSError):
        mode = path.stat().st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False


def _mode(place: Path, path: str | Path) -> int | None:
    """Return the rights of the file that is to be replaced; None where there is none."""
    try:
        mode = place.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise WouldDestroy(f"{path}: is no regular file, and cannot be replaced by one")
    if not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    return stat.S_IMODE(mode)


def _short(name: str) -> str:
    encoded = os.fsencode(name)
    return name if len(encoded) <= _MOST_BYTES else hashlib.sha256(encoded).hexdigest()


@contextmanager
def told(path: str | Path) -> Iterator[None]:
    """Say, by `CannotWrite`, which file the system would not open, write or move, and why."""
    try:
        yield
    except (BrokenPipeError, CannotWrite):
        raise
    except OSError as error:
        named = str(error.filename or path)
        raise CannotWrite(
            error.errno or errno.EIO, error.strerror or str(error), str(path) if named.endswith(".part") else named
        ) from error
