"""Annotations of an article, gold or predicted, as the scorer reads them: from the wire format or from gold files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import InputNotFound, MalformedRecord, SchemaError
from corpus_lib.model import Span, sha256
from corpus_lib.wire import SCHEMA

if TYPE_CHECKING:
    from corpus_lib.analysis import Analysis

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as it is scored; `kind` is the mention's: name, noun or pronoun."""

    type: str
    segments: tuple[Span, ...]
    speaker: str | None = None
    mention: Span | None = None
    head: Span | None = None
    kind: str | None = None
    medium: str | None = None
    extent: Span | None = None
    confidence: float | None = None
    core: bool = True

    @property
    def family(self) -> str:
        """Direct or indirect; a mixed quotation is an indirect one with quoted words."""
        return "indirect" if self.type == "mixed" else self.type


@dataclass(frozen=True, slots=True)
class Claim:
    """A demand as it is scored."""

    id: str
    span: Span
    actor: str | None
    addressees: tuple[str, ...] = ()
    core: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it is scored."""

    id: str
    span: Span
    actor: str | None
    stance: str
    targets: tuple[str, ...] = ()
    core: bool = True


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything an annotator, or the library, says about one article.

    Attributes
    ----------
    complete
        Whether what is not annotated is not there: without it, there is no precision.
    lines
        (line number, label) of the lines that are labelled.
    names
        The persons and bodies of the article, to tell whether a surname is enough.
    silent
        Stretches that are known to hold no quotation, where the annotation is not complete.
    cells
        (demand, actor, stance) of the matrix.
    """

    doc: str
    text: str
    complete: bool = True
    lines: tuple[tuple[int, str | None], ...] = ()
    quotes: tuple[Quotation, ...] = ()
    demands: tuple[Claim, ...] = ()
    responses: tuple[Answer, ...] = ()
    names: frozenset[str] = frozenset()
    silent: tuple[Span, ...] = ()
    cells: tuple[tuple[str, str, str], ...] = ()


def annotation_of(analysis: Analysis) -> Annotation:
    """Return an analysis as the scorer reads it."""
    return from_record(analysis.to_dict(), analysis.article.text)


def line_labels(text: str, blocks: Iterable[tuple[str, int, int]]) -> tuple[tuple[int, str | None], ...]:
    r"""Return the label of each line that is not empty: the kind of the block that covers most of it.

    >>> line_labels("Krav\n\nNav svarer.", [("title", 0, 4), ("body", 6, 17)])
    ((0, 'title'), (2, 'body'))
    """
    known = list(blocks)
    labels: list[tuple[int, str | None]] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        first, end = start + len(line) - len(line.lstrip()), start + len(line)
        if line.strip():
            shared = [(min(b, end) - max(a, first), kind) for kind, a, b in known]
            width, label = max(shared, key=lambda one: one[0], default=(0, ""))
            labels.append((number, label if width > 0 else None))
        start = end + 1
    return tuple(labels)


def _span(value: Any) -> Span | None:
    if value is None:
        return None
    return Span(value["start"], value["end"]) if isinstance(value, Mapping) else Span(*value)


def _sure(value: Any, text: str, where: str) -> Span:
    span = _span(value)
    if span is None:
        raise SchemaError(f"{where}: a span is missing")
    if isinstance(value, Mapping) and value.get("text", span.of(text)) != span.of(text):
        raise SchemaError(
            f"{where}: the span {span.start}–{span.end} is {span.of(text)[:40]!r} in the text, "
            f"{str(value['text'])[:40]!r} in the record"
        )
    return span


def _core(data: Json) -> bool:
    return bool(data.get("strict", data.get("tier", "core") == "core"))


def _kinds(data: Json) -> dict[Span, str]:
    """Return the kind of each mention in a wire record; a role noun is a noun."""
    named = {"name": "name", "role": "noun", "pronoun": "pronoun"}
    return {Span(m["start"], m["end"]): named[m["kind"]] for a in data.get("actors", ()) for m in a["mentions"]}


def from_record(data: Json, text: str) -> Annotation:
    """Read a record of the wire format; items may carry a ``tier``, ``core`` or ``edge``.

    Raises
    ------
    SchemaError
        If a span does not slice to its own text, or the text is not the one that was annotated.
    """
    if data.get("schema") != SCHEMA:
        raise SchemaError(f"{data.get('doc')}: expected schema {SCHEMA!r}, found {data.get('schema')!r}")
    if sha256(text) != data["sha256"]:
        raise SchemaError(f"{data['doc']}: the text is not the one annotated (its SHA-256 differs)")
    kinds = _kinds(data)
    return Annotation(
        doc=data["doc"],
        text=text,
        complete=data.get("complete", True),
        lines=line_labels(text, ((b["kind"], b["start"], b["end"]) for b in data["structure"])),
        quotes=tuple(_quotation(q, text, data["doc"], kinds) for q in data["quotes"]),
        demands=tuple(_claim(d, text, data["doc"]) for d in data["demands"]),
        responses=tuple(_answer(r, text, data["doc"]) for r in data["responses"]),
        names=frozenset(a["name"] for a in data["actors"]),
        silent=tuple(Span(*s) for s in data.get("silent", ())),
        cells=tuple((c["demand"], c["actor"], c["stance"]) for c in data.get("comparison", ()) if c.get("actor")),
    )


def _quotation(data: Json, text: str, doc: str, kinds: Mapping[Span, str]) -> Quotation:
    where = f"{doc}, {data.get('id', 'a quotation')}"
    mention = _span(data.get("speaker_mention"))
    touching = (kind for span, kind in kinds.items() if mention is not None and span.overlaps(mention))
    segments = tuple(_sure(s, text, where) for s in data["segments"])
    return Quotation(
        type=data["type"],
        segments=segments,
        extent=Span(segments[0].start, segments[-1].end),
        speaker=data.get("speaker"),
        mention=mention,
        kind=next(touching, None),
        medium=data.get("medium"),
        confidence=data.get("confidence"),
        core=_core(data),
    )


def _claim(data: Json, text: str, doc: str) -> Claim:
    where = f"{doc}, {data['id']}"
    return Claim(
        id=data["id"],
        span=_sure(data["content"], text, where),
        actor=data.get("actor"),
        addressees=tuple(data.get("addressees") or ()),
        core=_core(data),
    )


def _answer(data: Json, text: str, doc: str) -> Answer:
    where = f"{doc}, {data['id']}"
    return Answer(
        id=data["id"],
        span=_sure(data["evidence"], text, where),
        actor=data.get("actor"),
        stance=data["stance"],
        targets=tuple(data.get("targets") or ()),
        core=_core(data),
    )


def from_gold(data: Json, text: str) -> Annotation:
    """Read a gold file: lines with labels, quotations with ``speaker_entity``, a ``matrix`` of stances."""
    doc = data["doc"]
    return Annotation(
        doc=doc,
        text=text,
        complete=bool(data.get("complete")),
        lines=tuple((line["line"], line["label"]) for line in data.get("structure", ())),
        quotes=tuple(_gold_quotation(q, text, doc) for q in data.get("quotes", ())),
        demands=tuple(_claim(d, text, doc) for d in data.get("demands", ())),
        responses=tuple(_answer(r, text, doc) for r in data.get("responses", ())),
        names=frozenset(e["name"] for e in data.get("entities", ())),
        silent=tuple(Span(*s) for s in data.get("none_spans", ())),
        cells=tuple((d, who, stance) for d, row in data.get("matrix", {}).items() for who, stance in row.items()),
    )


def _gold_quotation(data: Json, text: str, doc: str) -> Quotation:
    mention = data.get("speaker_mention")
    return Quotation(
        type=data["type"],
        segments=tuple(_sure(s, text, f"{doc}, {data.get('id')}") for s in data["segments"]),
        speaker=data.get("speaker_entity"),
        mention=_span(mention),
        head=_span(mention.get("head")) if mention else None,
        kind=data.get("speaker_kind"),
        medium=data.get("medium"),
        extent=_span(data.get("extent")),
        core=_core(data),
    )


def _text_beside(file: Path, doc: str, data: Json) -> str | None:
    if isinstance(data.get("text"), str):
        return str(data["text"])
    for name in (f"{doc}.txt", f"{file.stem}.txt"):
        beside = file.parent / name
        if beside.is_file():
            return beside.read_bytes().decode("utf-8")
    return None


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
        content = file.read_text(encoding="utf-8-sig")
        lines = content.split("\n") if file.suffix == ".jsonl" else [content]
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _object(line, file, number), file


def _object(line: str, file: Path, number: int) -> Json:
    try:
        data = json.loads(line)
    except json.JSONDecodeError as error:
        raise MalformedRecord(f"{file.name}, line {number}: not JSON ({error.msg}, column {error.colno})") from error
    if not isinstance(data, dict) or "doc" not in data:
        raise MalformedRecord(f"{file.name}, line {number}: expected an object with 'doc'")
    return data


def read_annotations(*paths: str | Path) -> dict[str, Annotation]:
    """Read annotations by article, in the wire format or as gold files.

    Parameters
    ----------
    paths
        Files or folders. An article's text stands in its record or beside it as ``<doc>.txt``.

    Raises
    ------
    SchemaError
        If a text is missing, a record does not fit its text, or an article comes twice.
    """
    found: dict[str, Annotation] = {}
    for data, file in (one for path in paths for one in records_of(path)):
        doc = data["doc"]
        text = _text_beside(file, doc, data)
        if text is None:
            raise SchemaError(f"{file.name}: {doc} comes without its text; put {doc}.txt beside it")
        if doc in found:
            raise SchemaError(f"{file.name}: the article {doc} comes twice")
        found[doc] = from_record(data, text) if "schema" in data else from_gold(data, text)
    return found


def read_predictions(path: str | Path, gold: Mapping[str, Annotation]) -> tuple[dict[str, Annotation], tuple[str, ...]]:
    """Read predictions in the wire format for the articles of gold, which has their texts.

    Returns
    -------
    tuple
        The predictions by article, and the articles left out because gold has none of them.

    Raises
    ------
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
    return found, tuple(left)


def known_names(annotation: Annotation, items: Sequence[Quotation | Claim | Answer]) -> frozenset[str]:
    """Return the names of an article: those listed, and those that its items mention."""
    mentioned: set[str] = set()
    for item in items:
        who = (item.speaker if isinstance(item, Quotation) else item.actor) or ""
        mentioned |= {part.strip() for part in who.split(";")}
        if isinstance(item, Claim):
            mentioned |= set(item.addressees)
    return annotation.names | (mentioned - {""})
