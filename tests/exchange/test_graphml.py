"""GraphML of the demand network, as networkx reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus_lib.analysis import Analysis
from corpus_lib.exchange import export


def network(analyses: list[Analysis], folder: Path) -> Any:
    networkx = pytest.importorskip("networkx")
    (file,) = export(analyses, "graphml", folder / "a.graphml")
    return networkx.read_graphml(file, force_multigraph=True)


def test_networkx_reads_every_demand_and_answer(analysis: Analysis, tmp_path: Path):
    graph = network([analysis], tmp_path)
    demands = {n: d for n, d in graph.nodes(data=True) if d["type"] == "demand"}
    assert sorted(d["label"] for d in demands.values()) == sorted(
        "\n".join(d.content.of(analysis.article.text).splitlines()) for d in analysis.demands
    )
    answers = sorted((d["record"], d["stance"]) for *_, d in graph.edges(data=True) if d["relation"] == "answers")
    assert answers == sorted((r.id, r.stance) for r in analysis.responses for _ in r.actors for _ in r.targets)
    asked = [d["record"] for *_, d in graph.edges(data=True) if d["relation"] == "addressed to"]
    assert sorted(asked) == sorted(d.id for d in analysis.demands for _ in d.addressees)
    assert graph.is_directed()


def test_an_actor_of_two_articles_is_one_node(page: Analysis, tmp_path: Path):
    from dataclasses import replace

    other = replace(page, article=replace(page.article, id="other"))
    one, both = network([page], tmp_path), network([page, other], tmp_path)

    def actors(graph: Any) -> set[str]:
        return {n for n, d in graph.nodes(data=True) if d["type"] == "actor"}

    assert actors(one) == actors(both)
    assert both.number_of_edges() == 2 * one.number_of_edges()


def test_nothing_gives_an_empty_network(tmp_path: Path):
    assert len(network([], tmp_path)) == 0
