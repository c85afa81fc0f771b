"""Analyses from where they were saved: a corpus store, or JSON Lines of the wire format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.errors import InputNotFound, SchemaError
from corpus_lib.reading.objects import objects_in, text_beside


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
    for where, data in objects_in(file):
        try:
            yield Analysis.from_dict(data, None if "text" in data else text_beside(texts, data["doc"]))
        except SchemaError as error:
            raise SchemaError(f"{where}: {error}") from error
