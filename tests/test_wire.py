"""The wire format `corpus_lib/1`: what is written is read back equal, and every span is its own text."""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from invented import PAGE, SMALL, articles

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.errors import SchemaError
from corpus_lib.model import Span
from corpus_lib.structure import article_of

KEYS = {
    "": "schema made_by doc sha256 language metadata structure actors quotes demands responses comparison warnings",
    "made_by": "corpus_lib model options",
    "metadata": "title date published updated byline source",
    "structure": "kind start end",
    "actors": "id name kind aliases roles affiliation speaks_for mentions",
    "actors.mentions": "start end kind rule",
    "quotes": "id type segments cue speaker_mention speaker speaker_ids medium rule reasons confidence",
    "quotes.segments": "start end text",
    "demands": "id kind actor actor_ids voice addressees addressee_basis content cue strength members mentions quote "
    "date rule reasons confidence",
    "demands.content": "start end text",
    "responses": "id actor actor_ids voice targets links target_text stance evidence cue scope basis quote rule "
    "reasons confidence",
    "responses.links": "demand confidence reasons",
    "responses.evidence": "start end text",
    "comparison": "demand actor stance basis responses conflict attested",
}
"""The keys that readers of the format may count on; more may come."""


def at(record: Any, path: str) -> list[dict[str, Any]]:
    """Return the objects at a dotted path, through lists."""
    found = [record]
    for key in path.split(".") if path else []:
        inner = [f[key] for f in found]
        found = [x for value in inner for x in (value if isinstance(value, list) else [value])]
    return found


@pytest.fixture(scope="module")
def record(seed_analysis: Analysis) -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(seed_analysis.to_dict(), ensure_ascii=False, allow_nan=False))
    return written


@pytest.mark.parametrize("path", KEYS)
def test_the_documented_keys_are_there(record: dict[str, Any], path: str):
    objects = at(record, path)
    assert objects
    assert all(set(KEYS[path].split()) <= set(o) for o in objects)


def test_what_is_absent_is_null_and_never_an_empty_object(record: dict[str, Any]):
    assert record["metadata"]["updated"] is None
    assert record["quotes"][0]["medium"] is None
    assert all(o[k] != {} for path in ("quotes", "demands", "responses") for o in at(record, path) for k in o)


def test_the_record_says_what_it_is(record: dict[str, Any], seed_analysis: Analysis):
    assert record["schema"] == "corpus_lib/1"
    assert record["doc"] == "000_3b71882cc0bf1758"
    assert record["sha256"] == seed_analysis.article.sha256
    assert "text" not in record


def test_a_record_with_its_text_is_read_back_equal(seed_analysis: Analysis):
    written = json.loads(json.dumps(seed_analysis.to_dict(text=True)))
    assert Analysis.from_dict(written) == seed_analysis


def test_a_record_and_the_text_beside_it_are_read_back_equal(record: dict[str, Any], seed_analysis: Analysis):
    assert Analysis.from_dict(record, text=seed_analysis.article.text) == seed_analysis


def test_a_record_without_its_text_still_holds_every_quoted_word(record: dict[str, Any], seed_analysis: Analysis):
    back = Analysis.from_dict(record)
    assert back.to_dict() == record
    for table in ("quotes", "demands", "responses", "comparison"):
        assert back.frame(table).equals(seed_analysis.frame(table))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"schema": "corpus_lib/2"}, "expected a record of schema 'corpus_lib/1', found 'corpus_lib/2'"),
        ({"schema": None}, "found None"),
        ({"text": "Et annet innhold"}, "000_3b71882cc0bf1758: the text given is not the one analysed"),
    ],
)
def test_a_record_that_is_another_is_refused(record: dict[str, Any], change: dict[str, Any], message: str):
    with pytest.raises(SchemaError, match=message):
        Analysis.from_dict(record | change)


def test_another_text_is_refused(record: dict[str, Any], seed_analysis: Analysis):
    with pytest.raises(SchemaError, match="its SHA-256 differs"):
        Analysis.from_dict(record, text=seed_analysis.article.text + " ")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every object of a record that has a start and an end."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


def check_spans(record: dict[str, Any], text: str) -> None:
    for span in spans(record):
        assert 0 <= span["start"] < span["end"] <= len(text), span
        words = text[span["start"] : span["end"]]
        assert words == span.get("text", words)
        assert words.strip(), span


def check_ids(record: dict[str, Any]) -> None:
    actors, quotes, demands, responses = (
        [o["id"] for o in record[kind]] for kind in ("actors", "quotes", "demands", "responses")
    )
    own = [*actors, *quotes, *demands, *responses]
    assert len(set(own)) == len(own)
    for o in record["quotes"]:
        assert {*o["speaker_ids"]} <= {*actors}
    for o in (*record["demands"], *record["responses"]):
        assert {*o["actor_ids"], *o.get("addressee_ids", ())} <= {*actors}
        assert {o["quote"]} <= {None, *quotes}
        assert {o["voice"]} <= {None, *actors}
        assert {*o.get("members", ()), *o.get("targets", ())} <= {*demands}
    for cell in record["comparison"]:
        assert cell["demand"] in demands
        assert {*cell["responses"]} <= {*responses}


def check_quotes(analysis: Analysis) -> None:
    blocks = [b.span for b in analysis.article.blocks]
    for quote in analysis.quotes:
        assert all(a.end <= b.start for a, b in pairwise(quote.segments))
        assert all(any(s.within(b) for b in blocks) for s in quote.segments)
        assert 0 < quote.confidence <= 1
        assert quote.rule
        assert not any(quote.cue.overlaps(s) for s in quote.segments if quote.cue)


def check(analysis: Analysis) -> None:
    record = json.loads(json.dumps(analysis.to_dict(text=True), allow_nan=False))
    check_spans(record, analysis.article.text)
    check_ids(record)
    check_quotes(analysis)
    assert Analysis.from_dict(record) == analysis
    assert pickle.loads(pickle.dumps(analysis)) == analysis


def test_the_seed_holds_together(seed_analysis: Analysis):
    check(seed_analysis)


@settings(max_examples=50)
@given(articles)
@example(PAGE)
@example(SMALL)
@example("– Nei, sier Kari Lie. Hun krever at Nav svarer.\u2028– Ja, sier Nav.\ufeff")
@example("«Hva?», sier «Kari» Lie, «nei», sier hun, – og «ja»")
def test_invented_articles_hold_together(text: str):
    analysis = analyse(article_of(text, id="funnet", language="nb"))
    assert analysis.article.text == text
    check(analysis)


@pytest.mark.parametrize("least", [0.5, 0.8, 0.9, 0.95, 1.0])
def test_what_is_left_by_a_threshold_holds_together(least: float):
    check_ids(analyse(article_of(PAGE, id="side"), min_confidence=least).to_dict())


def test_a_span_counts_code_points_not_bytes():
    text = "Ap varsler kamp 😀 e\u0301\n\n– Vi gir oss ikke, sier Kari Lie."
    (quote,) = analyse(text).to_dict()["quotes"]
    (segment,) = quote["segments"]
    assert segment["text"] == "Vi gir oss ikke"
    assert Span(segment["start"], segment["end"]).of(text) == "Vi gir oss ikke"
