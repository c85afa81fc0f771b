"""UIMA CAS (XMI) for INCEpTION: ``<doc>.xmi`` an article, and the type system with our layers.

One span layer, ``webanno.custom.Evidence``, whose ``label`` says what it is, and one relation layer on it,
as INCEpTION has them; a quotation in several parts is one annotation a part, with one ``record``. UIMA
counts UTF-16 units; dkpro-cassis converts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.errors import MissingExtra
from corpus_lib.exchange.marks import Mark, feature_names, marks_of
from corpus_lib.exchange.registry import Format
from corpus_lib.exchange.xmltext import xml_text
from corpus_lib.writing import file_names, replacing

EVIDENCE = "webanno.custom.Evidence"
RELATION = "webanno.custom.EvidenceRelation"
_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api"
TOKEN = f"{_DKPRO}.segmentation.type.Token"
SENTENCE = f"{_DKPRO}.segmentation.type.Sentence"
METADATA = f"{_DKPRO}.metadata.type.DocumentMetaData"
FEATURES = ("label", "record", *feature_names())
_TOKEN = re.compile(r"\w+|[^\w\s]")


def write(analyses: Sequence[Analysis], folder: Path) -> tuple[Path, ...]:
    """Write a CAS for each article, and the type system."""
    if find_spec("cassis") is None:
        raise MissingExtra("uima needs the package dkpro-cassis: pip install 'corpus_lib[exchange]'")
    names = file_names([a.article.id for a in analyses])
    files = [folder / "TypeSystem.xml"]
    types = _type_system()
    with replacing(files[0]) as unfinished:
        types.to_xml(unfinished)
    for analysis in analyses:
        file = folder / f"{names[analysis.article.id]}.xmi"
        with replacing(file) as unfinished:
            _cas(analysis, types).to_xmi(unfinished)
        files.append(file)
    return tuple(files)


def _type_system() -> Any:
    from cassis import TypeSystem

    types = TypeSystem()
    types.create_type(TOKEN)
    types.create_type(SENTENCE)
    evidence, relation = types.create_type(EVIDENCE), types.create_type(RELATION)
    for name in FEATURES:
        types.create_feature(evidence, name, "uima.cas.String")
    types.create_feature(relation, "label", "uima.cas.String")
    for end in ("Governor", "Dependent"):
        types.create_feature(relation, end, evidence)
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId"):
        types.create_feature(metadata, name, "uima.cas.String")
    return types


def _cas(analysis: Analysis, types: Any) -> Any:
    from cassis import Cas

    article = analysis.article
    cas = Cas(types)
    cas.sofa_string = xml_text(article.text)
    cas.sofa_mime = "text/plain"
    cas.add(types.get_type(METADATA)(
        begin=0, end=len(article.text), language="x-unspecified",
        documentId=xml_text(article.id), documentTitle=xml_text(article.metadata.title or article.id),
    ))  # fmt: skip
    for block in article.blocks:
        cas.add(types.get_type(SENTENCE)(begin=block.start, end=block.end))
        for match in _TOKEN.finditer(article.text, block.start, block.end):
            cas.add(types.get_type(TOKEN)(begin=match.start(), end=match.end()))
    _add_marks(cas, types, marks_of(analysis))
    return cas


def _add_marks(cas: Any, types: Any, marks: Sequence[Mark]) -> None:
    evidence, relation = types.get_type(EVIDENCE), types.get_type(RELATION)
    made: dict[str, Any] = {}
    for mark in marks:
        for part in mark.spans:
            annotation = evidence(begin=part.start, end=part.end, **_features(mark))
            cas.add(annotation)
            made.setdefault(mark.id, annotation)  # relations hold between first parts
    for mark in marks:
        for name, other in mark.relations:
            if other in made:
                target = made[other]  # INCEpTION places a relation at its dependent
                cas.add(relation(
                    begin=target.begin, end=target.end, label=name, Governor=made[mark.id], Dependent=target
                ))  # fmt: skip


def _features(mark: Mark) -> Mapping[str, str]:
    kept = {name: xml_text(value) for name, value in mark.features.items() if name in FEATURES}
    return kept | {"label": mark.label, "record": mark.id}


FORMATS = (Format("uima", "UIMA CAS XMI with its type system, for INCEpTION (extra: exchange)", "", write),)
