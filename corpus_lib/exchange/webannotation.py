"""W3C Web Annotation (JSON-LD): quotations, demands and answers as annotations on the article's text.

An answer is a body (its words in the article) that replies to the annotation of the demand. Positions are
code points, as the recommendation asks for (https://www.w3.org/TR/annotation-model/, 4.2.5).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from corpus_lib.analysis import Analysis
from corpus_lib.exchange.marks import ANSWERS, PART_LABELS, Mark, marks_of
from corpus_lib.exchange.registry import Format
from corpus_lib.model import Span
from corpus_lib.version import __version__
from corpus_lib.writing import write_text

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:x-corpus-lib"
_AROUND = 32
Json = dict[str, Any]


def write(analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write all annotations as one annotation collection."""
    items = [a for analysis in analyses for a in annotations_of(analysis)]
    page = {
        "@context": CONTEXT,
        "id": f"{_URN}:annotations",
        "type": "AnnotationCollection",
        "label": "Quotations, demands and answers",
        "total": len(items),
        "first": {"id": f"{_URN}:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    write_text(path, json.dumps(page, ensure_ascii=False, indent=1) + "\n")
    return (path,)


def annotations_of(analysis: Analysis) -> Iterator[Json]:
    """Yield the annotations of an article, one for each quotation, demand and answer."""
    source = f"{_URN}:{analysis.article.sha256[:16]}:{quote(analysis.article.id, safe='')}"
    for mark in marks_of(analysis):
        if mark.label not in PART_LABELS:
            yield _annotation(mark, analysis, source)


def _annotation(mark: Mark, analysis: Analysis, source: str) -> Json:
    places = [_place(span, analysis, source) for span in mark.spans]
    replied = [f"{source}#{other}" for relation, other in mark.relations if relation == ANSWERS]
    tags = [
        {"type": "TextualBody", "purpose": "tagging", "value": f"{name}={value}"}
        for name, value in mark.features.items()
    ]
    kind = {"type": "TextualBody", "purpose": "classifying", "value": mark.label}
    return {
        "id": f"{source}#{mark.id}",
        "type": "Annotation",
        "motivation": "replying" if replied else "classifying",
        "creator": {"id": _URN, "type": "Software", "name": f"corpus_lib {__version__}"},
        "body": [kind, *tags, *(places if replied else [])],
        "target": replied or places,
    }


def _place(span: Span, analysis: Analysis, source: str) -> Json:
    text = analysis.article.text
    return {
        "type": "SpecificResource",
        "source": {
            "id": source,
            "type": "Text",
            "format": "text/plain",
            "language": analysis.article.language,
            "dc:title": analysis.article.id,
        },
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": span.of(text),
                "prefix": text[max(0, span.start - _AROUND) : span.start],
                "suffix": text[span.end : span.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
    }


FORMATS = (
    Format("webannotation", "W3C Web Annotation (JSON-LD), for annotation servers and linked data", ".jsonld", write),
)
