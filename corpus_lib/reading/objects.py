"""Saved records, one JSON object an article, and the texts that lie beside them."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_lib.errors import InputError, MalformedRecord, UndecodableFile

_NO_NAME = (errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EINVAL)
"""What the system says of an id that is the name of no file."""


_SURROGATE = re.compile(r"[\ud800-\udfff]")


def objects_in(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) of a ``.json`` file, or of each line of another one.

    Raises
    ------
    MalformedRecord
        If something is no JSON object with a text under ``doc``.
    UndecodableFile
        If the file is not UTF-8.
    InputError
        If it cannot be read.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="\n") as opened:
            if file.suffix == ".json":
                yield file.name, _object(opened.read(), file.name)
                return
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    where = f"{file.name}, line {number}"
                    yield where, _object(line, where)
    except UnicodeDecodeError as error:
        found = f"0x{error.object[error.start]:02x}"
        raise UndecodableFile(f"{file.name}: found {found}, which is not UTF-8 ({error.reason})") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise MalformedRecord(f"{where}: not JSON ({error.msg}, column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise MalformedRecord(f"{where}: not JSON that can be read ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("doc"), str) or _SURROGATE.search(data["doc"]):
        raise MalformedRecord(f"{where}: expected an object with a text under 'doc'")
    return data


def text_beside(folder: Path, *docs: str) -> str | None:
    """Return the text that lies in a folder as ``<doc>.txt``; None where there is none, or the id leads out of it.

    Raises
    ------
    UndecodableFile
        If it is not UTF-8.
    InputError
        If it cannot be read.
    """
    for doc in docs:
        file = folder / f"{doc}.txt"
        try:
            inside = file.resolve().is_relative_to(folder.resolve())
            if inside and file.is_file():
                return file.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            found = f"0x{error.object[error.start]:02x}"
            raise UndecodableFile(f"{file}, byte {error.start}: found {found}, which is not UTF-8") from error
        except (ValueError, OSError) as error:
            if isinstance(error, OSError) and error.errno not in _NO_NAME:
                raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error
    return None
