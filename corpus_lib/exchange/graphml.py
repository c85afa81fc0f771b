"""GraphML of the demand network: actors and demands as nodes; who demands, is addressed, answers as edges.

Format: http://graphml.graphdrawing.org (Brandes et al. 2002); networkx, Gephi, igraph and yEd read it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from corpus_lib.analysis import Analysis
from corpus_lib.exchange.registry import Format
from corpus_lib.exchange.xmltext import xml_text
from corpus_lib.writing import write_bytes

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_NODE = ("type", "label", "kind", "doc", "strength", "date")
_EDGE = ("relation", "stance", "basis", "doc", "record", "text")
Attributes = Mapping[str, str | None]
Node = tuple[str, Attributes]
Edge = tuple[str, str, Attributes]


def write(analyses: Sequence[Analysis], path: Path) -> tuple[Path, ...]:
    """Write the network of all articles; an actor of the same name is one node."""
    nodes = (node for analysis in analyses for node in _nodes(analysis))
    edges = (edge for analysis in analyses for edge in _edges(analysis))
    return write_network("demands", {"node": _NODE, "edge": _EDGE}, nodes, edges, path)


def write_network(
    name: str, keys: Mapping[str, Sequence[str]], nodes: Iterable[Node], edges: Iterable[Edge], path: Path
) -> tuple[Path, ...]:
    """Write a directed graph.

    Parameters
    ----------
    keys
        The attributes of a ``node`` and of an ``edge``, in their order.
    nodes, edges
        With their attributes, of which an empty one is left out; of nodes with the same id the first counts.
    """
    root = ET.Element("graphml", xmlns=_NAMESPACE)
    for domain, names in keys.items():
        for key in names:
            ET.SubElement(root, "key", {
                "id": f"{domain}_{key}", "for": domain, "attr.name": key, "attr.type": "string",
            })  # fmt: skip
    graph = ET.SubElement(root, "graph", id=name, edgedefault="directed")
    first: dict[str, Attributes] = {}
    for id_, attributes in nodes:
        first.setdefault(xml_text(id_), attributes)
    for id_, attributes in first.items():
        _with_data(ET.SubElement(graph, "node", id=id_), "node", attributes)
    for number, (source, target, attributes) in enumerate(edges, start=1):
        edge = ET.SubElement(graph, "edge", id=f"e{number}", source=xml_text(source), target=xml_text(target))
        _with_data(edge, "edge", attributes)
    write_bytes(path, ET.tostring(root, encoding="utf-8", xml_declaration=True))
    return (path,)


def _with_data(element: ET.Element, domain: str, attributes: Attributes) -> None:
    for name, value in attributes.items():
        if value:
            ET.SubElement(element, "data", key=f"{domain}_{name}").text = xml_text(value)


def _actor_node(name: str) -> str:
    return f"actor: {name}"


def _demand_node(analysis: Analysis, demand: str) -> str:
    return f"demand: {analysis.article.id} {demand}"


def _nodes(analysis: Analysis) -> Iterator[Node]:
    """Yield the demands, and the actors that demand, are addressed or answer."""
    involved = {a for d in analysis.demands for a in (*d.actors, *d.addressees)}
    involved |= {a for r in analysis.responses for a in r.actors if r.links}
    for actor in analysis.actors:
        if actor.id in involved:
            yield _actor_node(actor.name), {"type": "actor", "label": actor.name, "kind": actor.kind}
    for d in analysis.demands:
        yield (
            _demand_node(analysis, d.id),
            {
                "type": "demand",
                "label": analysis.article.slice(d.content),
                "kind": d.kind,
                "doc": analysis.article.id,
                "strength": d.strength,
                "date": d.date,
            },
        )


def _edges(analysis: Analysis) -> Iterator[Edge]:
    names = analysis.names()
    doc = analysis.article.id
    for d in analysis.demands:
        node, about = _demand_node(analysis, d.id), {"doc": doc, "record": d.id}
        yield from ((_actor_node(names[a]), node, {"relation": "demands", **about}) for a in d.actors)
        yield from ((node, _actor_node(names[a]), {"relation": "addressed to", **about}) for a in d.addressees)
        yield from ((node, _demand_node(analysis, m), {"relation": "has member", **about}) for m in d.members)
    for r in analysis.responses:
        told = {
            "relation": "answers",
            "stance": r.stance,
            "basis": r.basis,
            "doc": doc,
            "record": r.id,
            "text": analysis.article.slice(r.evidence),
        }
        yield from ((_actor_node(names[a]), _demand_node(analysis, t), told) for a in r.actors for t in r.targets)


FORMATS = (
    Format(
        "graphml",
        "GraphML of who demands what and who answers, for Gephi and networkx",
        ".graphml",
        write,
        needs_text=False,
    ),
)
