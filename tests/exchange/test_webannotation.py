"""W3C Web Annotation: the JSON-LD as an RDF library reads it, selectors against the text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
TERMS = {
    "oa": OA, "as": AS, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "id": "@id", "type": "@type",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "Text": "dctypes:Text", "Software": "as:Application",
    "replying": "oa:replying", "classifying": "oa:classifying", "tagging": "oa:tagging",
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"}, "exact": "oa:exact", "prefix": "oa:prefix",
    "suffix": "oa:suffix", "start": "oa:start", "end": "oa:end", "value": "rdf:value", "name": "foaf:name",
    "format": "dc:format", "language": "dc:language", "label": "rdfs:label", "total": "as:totalItems",
    "first": {"@type": "@id", "@id": "as:first"}, "startIndex": "as:startIndex",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
}  # fmt: skip
"""The terms that we use of the context of the recommendation (Web Annotation Vocabulary, appendix A)."""


def written(analysis: Analysis, folder: Path) -> dict[str, Any]:
    (file,) = export([analysis], "webannotation", folder / "a.jsonld")
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert data["@context"] == "http://www.w3.org/ns/anno.jsonld"
    return data


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_an_rdf_library_reads_the_same_spans(analysis: Analysis, tmp_path: Path):
    rdflib = pytest.importorskip("rdflib")
    data = written(analysis, tmp_path) | {"@context": TERMS}
    graph = rdflib.Graph().parse(data=json.dumps(data), format="json-ld")
    rows = graph.query(
        f"""PREFIX oa: <{OA}>
        SELECT ?start ?end ?exact WHERE {{
          ?a a oa:Annotation ; oa:hasTarget|oa:hasBody ?place . ?place oa:hasSelector ?p, ?q .
          ?p a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
          ?q a oa:TextQuoteSelector ; oa:exact ?exact }}"""
    )
    found = sorted((int(r.start), int(r.end), str(r.exact)) for r in rows)
    spans = [s for q in analysis.quotes for s in q.segments]
    spans += [d.content for d in analysis.demands] + [r.evidence for r in analysis.responses]
    assert found == sorted((s.start, s.end, s.of(analysis.article.text)) for s in spans)


def test_an_answer_replies_to_the_annotation_of_its_demand(hostile: Analysis, tmp_path: Path):
    items = written(hostile, tmp_path)["first"]["items"]
    replies = [i for i in items if i["motivation"] == "replying"]
    demands = {i["id"] for i in items if i["body"][0]["value"] == "Demand"}
    assert len(replies) == 1
    assert set(replies[0]["target"]) <= demands


def test_prefix_and_suffix_find_the_place_again(analysis: Analysis, tmp_path: Path):
    text = analysis.article.text
    data = written(analysis, tmp_path)
    assert data["total"] == len(data["first"]["items"]) > 0
    for item in data["first"]["items"]:
        for place in (p for p in (*item["target"], *item["body"]) if isinstance(p, dict) and "selector" in p):
            quote, position = place["selector"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.find(around) == position["start"] - len(quote["prefix"]) or text.count(around) > 1


def test_ids_are_unique(analysis: Analysis, tmp_path: Path):
    ids = [i["id"] for i in written(analysis, tmp_path)["first"]["items"]]
    assert len(ids) == len(set(ids))
