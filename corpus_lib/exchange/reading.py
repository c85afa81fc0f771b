"""Analyses from where they were saved: a corpus store, or JSON Lines of the wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.errors import InputError, InputNotFound, MalformedRecord, SchemaError, UndecodableFile


def read_analyses(source: str | Path, texts: str | Path | None = None) -> Iterator[Analysis]:
    """Yield the analyses of a corpus store (a folder) or of a JSON Lines file.

    Parameters
    ----------
    texts
        The folder with the articles as ``<doc>.txt``, for records that come without their text; beside the
        file where it is not given. Of exact copies in a store, the original alone is given.

    Raises
    ------
    InputNotFound
        If there is nothing at the path.
    MalformedRecord
        If a line is no JSON object.
    SchemaError
        If a record is not of the wire format, or does not fit its text.
    """
    place = Path(source)
    if not place.exists():
        raise InputNotFound(f"{place}: no such file or folder")
    yield from (_stored(place) if place.is_dir() else _lines(place, Path(texts) if texts else place.parent))


def _stored(store: Path) -> Iterator[Analysis]:
    from corpus_lib.corpus import Corpus

    yield from Corpus.open(store).analyses()


def _lines(file: Path, texts: Path) -> Iterator[Analysis]:
    for where, data in records_in(file):
        try:
            yield Analysis.from_dict(data, None if "text" in data else _text(str(data["doc"]), texts))
        except SchemaError as error:
            raise SchemaError(f"{where}: {error}") from error


def records_in(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (place, object) of each line of a JSON Lines file.

    Raises
    ------
    MalformedRecord
        If a line is no JSON object with ``doc``.
    UndecodableFile
        If the file is not UTF-8.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="\n") as opened:
            for number, line in enumerate(opened, start=1):
                if line.strip():
                    yield f"{file.name}, line {number}", _object(line, file, number)
    except UnicodeDecodeError as error:
        raise UndecodableFile(f"{file.name}, byte {error.start}: not UTF-8 ({error.reason})") from error
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror or error})") from error


def _object(line: str, file: Path, number: int) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedRecord(f"{file.name}, line {number}: not JSON ({error.msg}, column {error.colno})") from error
    except (RecursionError, ValueError) as error:
        raise MalformedRecord(f"{file.name}, line {number}: not JSON that can be read ({error})") from error
    if not isinstance(data, dict) or "doc" not in data:
        raise MalformedRecord(f"{file.name}, line {number}: expected an object with 'doc'")
    return data


def _text(doc: str, folder: Path) -> str | None:
    """Return an article's text; None where there is none in the folder, or the id leads out of it."""
    file = (folder / f"{doc}.txt").resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        return None
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UndecodableFile(f"{file}, byte {error.start}: not UTF-8 ({error.reason})") from error
