"""Plain texts of one demand and one answer, in many wordings: most are read right."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from corpus_lib.analysis import Analysis, analyse

PLAIN = Path(__file__).parent / "plain_answers.csv"


@cache
def rows() -> list[dict[str, str]]:
    lines = (line for line in PLAIN.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return list(csv.DictReader(lines, delimiter=";"))


@cache
def read() -> list[tuple[dict[str, str], Analysis]]:
    return [(row, analyse(row["text"].replace(" ¶ ", "\n\n") + "\n", language=row["language"])) for row in rows()]


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_most_plain_answers_are_found_with_their_stance():
    answered = [(row, a) for row, a in read() if row["stance"]]
    found = [any(r.stance == row["stance"] for r in a.responses) for row, a in answered]
    assert share([bool(a.responses) for _, a in answered]) >= FOUND
    assert share(found) >= RIGHT


def test_most_plain_demands_are_found():
    assert share([bool(a.demands) for _, a in read()]) >= DEMANDS


def test_answers_found_go_to_a_demand_of_the_text():
    linked = [bool(r.targets) for _, a in read() for r in a.responses if a.demands]
    assert share(linked) >= LINKED


def test_what_only_looks_like_an_answer_is_mostly_none():
    nothing = [not a.responses for row, a in read() if not row["stance"]]
    assert share(nothing) >= SILENT


FOUND, RIGHT, DEMANDS, LINKED, SILENT = 0.98, 0.92, 0.96, 0.96, 0.27


def test_every_span_is_in_the_text_and_every_link_goes_to_a_demand():
    for _, analysis in read():
        known = {d.id for d in analysis.demands}
        for record in analysis.responses:
            assert set(record.targets) <= known
            assert analysis.article.slice(record.evidence).strip()
        assert all(analysis.article.slice(d.content).strip() for d in analysis.demands)


def test_reasons_that_weigh_sum_to_the_confidence():
    from math import exp

    seen = 0
    for _, analysis in read()[:20]:
        for record in (*analysis.demands, *analysis.responses):
            score = sum(r.weight for r in record.reasons if r.weight is not None)
            assert 1 / (1 + exp(-score)) == pytest.approx(record.confidence, abs=0.02)
            seen += 1
    assert seen
