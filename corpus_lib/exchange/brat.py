"""brat standoff: ``<doc>.txt`` with ``<doc>.ann``, and the ``annotation.conf`` that shows them.

Offsets are code points. A brat annotation may not run across a line end, so a span does so in fragments.
What brat has no place for (the speaker's full name, the rule) stands in the note as JSON.
Format: https://brat.nlplab.org/standoff.html (Stenetorp et al. 2012).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus_lib.analysis import Analysis
from corpus_lib.errors import InputNotFound, SchemaError
from corpus_lib.exchange.marks import (
    ANSWERS,
    HAS_MEMBER,
    LABELS,
    PART_LABELS,
    QUOTE_LABELS,
    RELATIONS,
    Mark,
    analysis_of,
    marks_of,
)
from corpus_lib.exchange.registry import Format
from corpus_lib.model import STANCES, Span, Strength
from corpus_lib.structure import article_of
from corpus_lib.writing import file_names, refuse_inputs, write_text

_ATTRIBUTES = {"stance": "Stance", "strength": "Strength"}
_LINE_ENDS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TYPES = "|".join(LABELS)
_T = re.compile(r"T(\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t")
_R = re.compile(r"R\d+\t(\w+) Arg1:T(\d+) Arg2:T(\d+)")
_A = re.compile(r"[AM]\d+\t(\w+) T(\d+)(?: (.*))?")
_N = re.compile(r"#\d+\tAnnotatorNotes T(\d+)\t(.*)")


def write(analyses: Sequence[Analysis], folder: Path) -> tuple[Path, ...]:
    """Write each article's text and annotations, and the configuration."""
    names = file_names([a.article.id for a in analyses])
    refuse_inputs(*(folder / f"{name}.txt" for name in names.values()))
    files = [write_text(folder / "annotation.conf", _configuration())]
    for analysis in analyses:
        text, ann = (folder / f"{names[analysis.article.id]}.{suffix}" for suffix in ("txt", "ann"))
        write_text(text, analysis.article.text)
        write_text(ann, "".join(f"{line}\n" for line in ann_lines(analysis)))
        files += [text, ann]
    return tuple(files)


def _configuration() -> str:
    from typing import get_args

    relations = [
        f"{RELATIONS['Speaker']}\tArg1:{'|'.join(QUOTE_LABELS)}, Arg2:Speaker",
        f"{RELATIONS['Cue']}\tArg1:{_TYPES}, Arg2:Cue",
        f"{ANSWERS}\tArg1:Response, Arg2:Demand",
        f"{HAS_MEMBER}\tArg1:Demand, Arg2:Demand",
    ]
    attributes = [
        f"Stance\tArg:Response, Value:{'|'.join(STANCES)}",
        f"Strength\tArg:Demand, Value:{'|'.join(get_args(Strength))}",
    ]
    sections = {"entities": LABELS, "relations": relations, "events": (), "attributes": attributes}
    return "\n".join("\n".join([f"[{name}]", *lines, ""]) for name, lines in sections.items())


def ann_lines(analysis: Analysis) -> Iterator[str]:
    """Yield the lines of the ``.ann`` file: spans, then attributes, relations and notes."""
    marks, numbers = _numbered(m for m in marks_of(analysis) if _fragments(m.spans, analysis.article.text))
    for mark in marks:
        fragments = _fragments(mark.spans, analysis.article.text)
        places = ";".join(f"{s.start} {s.end}" for s in fragments)
        yield f"T{numbers[mark.id]}\t{mark.label} {places}\t{' '.join(s.of(analysis.article.text) for s in fragments)}"
    attributes = [(m, n, m.features[k]) for m in marks for k, n in _ATTRIBUTES.items() if k in m.features]
    for i, (mark, name, value) in enumerate(attributes, start=1):
        yield f"A{i}\t{name} T{numbers[mark.id]} {value}"
    relations = [(m, name, other) for m in marks for name, other in m.relations if other in numbers]
    for i, (mark, name, other) in enumerate(relations, start=1):
        yield f"R{i}\t{name} Arg1:T{numbers[mark.id]} Arg2:T{numbers[other]}"
    for i, mark in enumerate((m for m in marks if m.features), start=1):
        note = json.dumps(dict(mark.features) | {"id": mark.id})  # ASCII: no character that ends a line
        yield f"#{i}\tAnnotatorNotes T{numbers[mark.id]}\t{note}"


def _numbered(marks: Iterable[Mark]) -> tuple[list[Mark], dict[str, int]]:
    """Return the marks to write and each mark's number: brat has a cue or speaker of two records once."""
    kept: list[Mark] = []
    numbers: dict[str, int] = {}
    places: dict[tuple[str, tuple[Span, ...]], int] = {}
    for mark in marks:
        place = (mark.label, mark.spans)
        if mark.label not in PART_LABELS or place not in places:
            kept.append(mark)
            places[place] = len(kept)
        numbers[mark.id] = places[place]
    return kept, numbers


def _fragments(spans: Iterable[Span], text: str) -> list[Span]:
    """Return spans cut at line ends, without their white edges."""
    found = []
    for span in spans:
        at = span.start
        for end in [*(m.span() for m in _LINE_ENDS.finditer(text, span.start, span.end)), (span.end, span.end)]:
            piece = text[at : end[0]]
            if piece.strip():
                start = at + len(piece) - len(piece.lstrip())
                found.append(Span(start, start + len(piece.strip())))
            at = end[1]
    return found


@dataclass(slots=True)
class _Ann:
    """What an ``.ann`` file says, by the number of its spans."""

    spans: dict[str, tuple[str, tuple[Span, ...]]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)


def read(source: Path, originals: Mapping[str, Analysis]) -> tuple[Analysis, ...]:
    """Read the ``.ann`` files of a folder back, with the corrections made in brat.

    A quotation that an annotator added has no note: its speaker is then the words it is related to.

    Raises
    ------
    InputNotFound
        If there is no ``.ann`` file.
    SchemaError
        If a line is not standoff, or a span lies outside the text.
    """
    files = sorted(source.glob("*.ann")) if source.is_dir() else [source]
    if not files or not files[0].exists():
        raise InputNotFound(f"{source}: no .ann file")
    by_name = {name: originals[id_] for id_, name in file_names(list(originals)).items()}
    return tuple(_read_one(file, by_name.get(file.stem)) for file in files)


def _read_one(file: Path, original: Analysis | None) -> Analysis:
    text = file.with_suffix(".txt").read_bytes().decode("utf-8")
    found = _parsed(file, len(text))
    marks = tuple(_mark(number, found, text) for number, (label, _) in found.spans.items() if label in LABELS)
    if original is not None and original.article.text == text:
        return analysis_of(original.article, marks, original)
    return analysis_of(article_of(text, id=original.article.id if original else file.stem), marks, original)


def _parsed(file: Path, length: int) -> _Ann:
    found = _Ann()
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
        if m := _T.match(line):
            spans = tuple(Span(*map(int, pair.split())) for pair in m[3].split(";"))
            if any(not 0 <= s.start < s.end <= length for s in spans):
                raise SchemaError(f"{file.name}, line {number}: {m[3]} lies outside the text of {length} characters")
            found.spans[m[1]] = (m[2], spans)
        elif m := _R.match(line):
            found.relations.append((m[2], m[1], m[3]))
        elif m := _N.match(line):
            found.notes.setdefault(m[1], {}).update(_note(m[2]))
        elif m := _A.match(line):
            found.attributes.setdefault(m[2], {})[m[1]] = m[3] or "true"
        elif line.strip() and line[0] not in "#*EN":
            raise SchemaError(f"{file.name}, line {number}: expected brat standoff, found {line[:60]!r}")
    return found


def _note(text: str) -> dict[str, str]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        return {}  # an annotator's own remark
    return {str(k): str(v) for k, v in data.items()} if isinstance(data, dict) else {}


def _mark(number: str, found: _Ann, text: str) -> Mark:
    label, spans = found.spans[number]
    features = dict(found.notes.get(number, {}))
    chosen = found.attributes.get(number, {})  # what was chosen in brat goes before the note
    features.update({name: chosen[attribute] for name, attribute in _ATTRIBUTES.items() if attribute in chosen})
    ids = {note.get("id"): f"T{n}" for n, note in found.notes.items() if note.get("id")}
    if "quote" in features:
        features["quote"] = ids.get(features["quote"], "")
    relations = tuple((name, f"T{other}") for one, name, other in found.relations if one == number)
    return Mark(f"T{number}", label, tuple(_joined(spans, text)), features, relations)


def _joined(spans: Sequence[Span], text: str) -> Iterator[Span]:
    """Yield fragments, those that only line ends and white space part as one again."""
    current = spans[0]
    for span in spans[1:]:
        between = text[current.end : span.start]
        if between.strip() == "" and _LINE_ENDS.search(between):
            current = Span(current.start, span.end)
        else:
            yield current
            current = span
    yield current


FORMATS = (Format("brat", "brat standoff: a .txt and an .ann file an article, to annotate in brat", "", write, read),)
