"""REFI-QDA project (``.qdpx``) for NVivo, MAXQDA, ATLAS.ti: the articles, our types and speakers as codes.

A zip archive of ``project.qde`` (XML, ``urn:QDA-XML:project:1.0``) and the texts under ``sources/``, so that
no XML reader touches their line ends. Positions are code points.
Standard: https://www.qdasoftware.org (version 1.0, 2019).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from corpus_lib.analysis import Analysis
from corpus_lib.exchange.marks import PART_LABELS, QUOTE_LABELS, Mark, marks_of
from corpus_lib.exchange.registry import Format
from corpus_lib.exchange.xmltext import guid, xml_text
from corpus_lib.model import Span
from corpus_lib.version import __version__
from corpus_lib.writing import replacing

NAMESPACE = "urn:QDA-XML:project:1.0"
_BOM = "\ufeff"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # an archive that repeats byte for byte has no time of its own
Code = tuple[str, ...]


def write(analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write the project."""
    with replacing(path) as unfinished, zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "project.qde", _project(analyses))
        for analysis in analyses:
            text = analysis.article.text.removeprefix(_BOM)
            _put(archive, f"sources/{_source_id(analysis)}.txt", text.encode("utf-8"))
    return (path,)


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, content)


def _source_id(analysis: Analysis) -> str:
    return guid("source", analysis.article.id, analysis.article.sha256)


def _project(analyses: Sequence[Analysis]) -> bytes:
    user = guid("user")
    root = ET.Element(
        "Project", xmlns=NAMESPACE, name="corpus_lib", origin=f"corpus_lib {__version__}", creatingUserGUID=user
    )
    ET.SubElement(ET.SubElement(root, "Users"), "User", guid=user, name="corpus_lib")
    marks = [[m for m in marks_of(a) if m.label not in PART_LABELS] for a in analyses]
    codes = {code for found in marks for mark in found for code in _codes(mark)}
    if codes:
        _add_codes(ET.SubElement(ET.SubElement(root, "CodeBook"), "Codes"), codes)
    if analyses:
        sources = ET.SubElement(root, "Sources")
        for analysis, found in zip(analyses, marks, strict=True):
            _add_source(sources, analysis, found, user)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _codes(mark: Mark) -> Iterator[Code]:
    """Yield the codes of a mark: what it is, and who is behind it."""
    if mark.label in QUOTE_LABELS:
        denied = " (denies)" if "denied" in mark.features else ""
        yield ("Quotation", f"{mark.label.lower()}{denied}")
    elif "stance" in mark.features:
        yield (mark.label, mark.features["stance"])
    else:
        yield (mark.label, mark.features.get("strength", "demand"))
    who = mark.features.get("speaker") or mark.features.get("actor") or "unknown"
    group = "Denies" if "denied" in mark.features else "Speaker"
    yield from ((group, xml_text(name.strip())) for name in who.split(";") if name.strip())


def _add_codes(parent: ET.Element, codes: set[Code]) -> None:
    groups: dict[str, ET.Element] = {}
    for group, name in sorted(codes):
        if group not in groups:
            groups[group] = ET.SubElement(parent, "Code", guid=guid("code", group), name=group, isCodable="true")
        ET.SubElement(groups[group], "Code", guid=guid("code", group, name), name=name, isCodable="true")


def _add_source(sources: ET.Element, analysis: Analysis, marks: Sequence[Mark], user: str) -> None:
    id_ = _source_id(analysis)
    source = ET.SubElement(
        sources,
        "TextSource",
        guid=id_,
        name=xml_text(analysis.article.id),
        plainTextPath=f"internal://{id_}.txt",
        creatingUser=user,
    )
    shift = len(analysis.article.text) - len(analysis.article.text.removeprefix(_BOM))
    for mark in marks:
        for number, part in enumerate(mark.spans):
            _add_selection(source, mark, Span(part.start - shift, part.end - shift), f"{id_} {mark.id} {number}", user)


def _add_selection(source: ET.Element, mark: Mark, span: Span, key: str, user: str) -> None:
    selection = ET.SubElement(
        source,
        "PlainTextSelection",
        guid=guid("selection", key),
        name=mark.id,
        startPosition=str(span.start),
        endPosition=str(span.end),
        creatingUser=user,
    )
    told = "; ".join(f"{name}: {value}" for name, value in mark.features.items())
    ET.SubElement(selection, "Description").text = xml_text(told)
    for code in _codes(mark):
        coding = ET.SubElement(selection, "Coding", guid=guid("coding", key, *code), creatingUser=user)
        ET.SubElement(coding, "CodeRef", targetGUID=guid("code", *code))


FORMATS = (Format("qdpx", "REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti, QualCoder", ".qdpx", write),)
