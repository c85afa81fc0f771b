"""Annotations from files: records of the wire format, and gold files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus_lib.errors import InputNotFound, NoArticles, SchemaError
from corpus_lib.evaluation.annotation import Annotation
from corpus_lib.evaluation.gold import from_gold
from corpus_lib.evaluation.recorded import from_record
from corpus_lib.reading.objects import objects_in, text_beside

Json = Mapping[str, Any]


def _text_of(data: Json, file: Path) -> str | None:
    """Return the text of a record: its own, or the one beside its file."""
    own = data.get("text")
    return own if isinstance(own, str) else text_beside(file.parent, data["doc"], file.stem)


def records_of(path: str | Path) -> Iterator[tuple[Json, Path]]:
    """Yield the JSON objects of a .json or .jsonl file, or of all such files in a folder, each with its file.

    Raises
    ------
    InputNotFound
        If there is nothing at the path.
    MalformedRecord
        If a line is not a JSON object.
    """
    place = Path(path)
    if not place.exists():
        raise InputNotFound(f"{place}: no such file or folder")
    found = sorted([*place.rglob("*.json"), *place.rglob("*.jsonl")]) if place.is_dir() else [place]
    files = [f for f in found if not f.name.endswith(".corrections.json")]  # sidecars of the articles
    for file in files:
        yield from ((data, file) for _, data in objects_in(file))


def read_annotations(*paths: str | Path) -> dict[str, Annotation]:
    """Read annotations by article, in the wire format or as gold files.

    Parameters
    ----------
    paths
        Files or folders. An article's text stands in its record or beside it as ``<doc>.txt``.

    Raises
    ------
    NoArticles
        If there is no annotation.
    SchemaError
        If a text is missing, a record does not fit its text, or an article comes twice.
    """
    found: dict[str, Annotation] = {}
    for data, file in (one for path in paths for one in records_of(path)):
        doc = data["doc"]
        text = _text_of(data, file)
        if text is None:
            raise SchemaError(f"{file.name}: {doc} comes without its text; put {doc}.txt beside it")
        if doc in found:
            raise SchemaError(f"{file.name}: the article {doc} comes twice")
        found[doc] = from_record(data, text) if "schema" in data else from_gold(data, text)
    if not found:
        raise NoArticles(f"{', '.join(map(str, paths))}: no annotated article; expected records as .json or .jsonl")
    return found


def read_predictions(path: str | Path, gold: Mapping[str, Annotation]) -> tuple[dict[str, Annotation], tuple[str, ...]]:
    """Read predictions in the wire format for the articles of gold, which has their texts.

    Returns
    -------
    tuple
        The predictions by article, and the articles left out because gold has none of them.

    Raises
    ------
    NoArticles
        If no prediction is of an article of gold.
    SchemaError
        If a record is of another text than gold.
    """
    found: dict[str, Annotation] = {}
    left: list[str] = []
    for data, _ in records_of(path):
        doc = data["doc"]
        if doc in gold:
            found[doc] = from_record(data, gold[doc].text)
        else:
            left.append(doc)
    if not found:
        have = f"its {len(left)} have no gold ({', '.join(left[:3])})" if left else "expected what 'analyse' wrote"
        raise NoArticles(f"{path}: no predicted article that gold has; {have}")
    return found, tuple(left)
