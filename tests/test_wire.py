"""The wire format `corpus_lib/1`: what is written is read back equal, and every span is its own text."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import PAGE, SMALL, articles

from corpus_lib.analysis import TABLES, Analysis, analyse
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


@pytest.fixture(scope="module")
def small_record() -> dict[str, Any]:
    written: dict[str, Any] = json.loads(json.dumps(analyse(article_of(SMALL, id="liten")).to_dict()))
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


LINKED = "the first that is linked"
"""Stands in a path for the number of that response."""


def changed(record: dict[str, Any], path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """Return a copy of a record with another value at a path; `...` takes the key away."""
    copied: dict[str, Any] = json.loads(json.dumps(record))
    inner: Any = copied
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return copied


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("doc",), 7, "7: doc: expected a text, found 7"),
        (("sha256",), ..., "sha256: expected a text, found nothing"),
        (("metadata",), None, "metadata: expected an object, found None"),
        (("metadata", "date"), 2022, "metadata.date: expected a text or null, found 2022"),
        (("structure", 0, "kind"), "headline", "structure[0].kind: expected one of title, lead, byline, "),
        (("structure", 1, "end"), 10**6, "structure[1].end: expected a place in the text of "),
        (
            ("actors", 0, "mentions", 0, "start"),
            -1,
            "actors[0].mentions[0].start: expected a place in the text, a whole",
        ),
        (("actors", 0, "aliases"), "Nato", "actors[0].aliases: expected a list of texts, found 'Nato'"),
        (("actors", 1, "id"), "a1", "actors[1].id: expected an id of its own, found 'a1'"),
        (("quotes",), {}, "quotes: expected a list of quotations, found {}"),
        (("quotes", 2), None, "quotes[2]: expected an object, found None"),
        (("quotes", 0, "rule"), ..., "quotes[0].rule: expected a text, found nothing"),
        (("quotes", 0, "segments"), [], "quotes[0].segments: expected a list of one span or more, found []"),
        (("quotes", 0, "segments", 0, "start"), True, "quotes[0].segments[0].start: expected a place in the text"),
        (("quotes", 0, "segments", 0, "text"), "Nei", "quotes[0].segments[0].text: expected the "),
        (("quotes", 0, "cue"), "sier", "quotes[0].cue: expected a span: start, end and text or null, found 'sier'"),
        (
            ("quotes", 0, "speaker_ids"),
            ["a99"],
            "quotes[0].speaker_ids: expected an id that stands in actors, found 'a99'",
        ),
        (("quotes", 0, "confidence"), 1.5, "quotes[0].confidence: expected a number from 0 to 1, found 1.5"),
        (("quotes", 0, "reasons", 0, "weight"), "0.3", "quotes[0].reasons[0].weight: expected a number or null"),
        (("demands", 0, "strength"), "x" * 1000, f"found '{'x' * 59}…"),
        (("responses", LINKED, "links", 0, "demand"), "d99", "].links: expected an id that stands in demands"),
        (("comparison", 0, "conflict"), 0, "comparison[0].conflict: expected true or false, found 0"),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(
    record: dict[str, Any], seed_analysis: Analysis, path: tuple[str | int, ...], value: Any, message: str
):
    linked = next(n for n, r in enumerate(record["responses"]) if r["links"])
    place = tuple(linked if step == LINKED else step for step in path)
    with pytest.raises(SchemaError, match=re.escape(message)):
        Analysis.from_dict(changed(record, place, value), text=seed_analysis.article.text)


def test_a_span_far_beyond_every_text_is_refused_before_a_text_is_made(record: dict[str, Any]):
    with pytest.raises(SchemaError, match=r"structure\[0\].end: expected a place before 10000000, found 10000000000"):
        Analysis.from_dict(changed(record, ("structure", 0, "end"), 10**10))


def test_characters_that_contradict_each_other_are_refused(record: dict[str, Any]):
    segment = record["quotes"][0]["segments"][0]
    other = changed(record, ("quotes", 0, "cue"), segment | {"text": segment["text"].swapcase()})
    with pytest.raises(SchemaError, match="which stands at"):
        Analysis.from_dict(other)


@pytest.mark.parametrize("value", [None, [], "corpus_lib/1", 1])
def test_no_object_is_no_record(value: Any):
    with pytest.raises(SchemaError, match="expected an object of schema 'corpus_lib/1'"):
        Analysis.from_dict(value)


def test_a_record_of_an_earlier_version_is_read(record: dict[str, Any], seed_analysis: Analysis):
    early = json.loads(json.dumps(record))
    for quote in early["quotes"]:
        del quote["denied"], quote["marker"]
        quote["parent"] = None
    for demand in early["demands"]:
        demand["codes"] = {"plover": "REQUEST-yield", "cameo": "1056"}
    read = Analysis.from_dict(early, text=seed_analysis.article.text)
    assert read == replace(seed_analysis, quotes=tuple(replace(q, marker=None) for q in seed_analysis.quotes))


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.just([]),
    st.just({}),
    st.just([None]),
    st.just(...),
)


def paths(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in inner:
        yield (*way, step)
        yield from paths(one, (*way, step))


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_record_is_read_or_refused_and_never_breaks(small_record: dict[str, Any], data: st.DataObject):
    path = data.draw(st.sampled_from(sorted(paths(small_record), key=repr)))
    damaged = changed(small_record, path, data.draw(ANYTHING))
    try:
        analysis = Analysis.from_dict(damaged, text=data.draw(st.sampled_from([None, SMALL])))
    except SchemaError:
        return
    for table in TABLES:
        analysis.frame(table)
    assert Analysis.from_dict(analysis.to_dict(text=False)).to_dict() == analysis.to_dict()


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
