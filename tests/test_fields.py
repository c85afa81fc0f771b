"""The description of the records fits the records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import pytest

from corpus_lib.fields import METADATA, QUOTE, RECORD, Description, Misfit
from corpus_lib.fields.composed import Each
from corpus_lib.fields.describing import Nested
from corpus_lib.model import Span


def descriptions(described: Description) -> Iterator[Description]:
    """Yield a description and those of the records within its records."""
    yield described
    for field in described.fields:
        form = field.form.form if isinstance(field.form, Each) else field.form
        if isinstance(form, Nested):
            yield from descriptions(form.of)


ALL = {d.make: d for d in descriptions(RECORD)}


def test_all_records_are_described():
    names = {d.__name__ for d in ALL}
    assert names == {
        "Record", "Metadata", "Block", "Actor", "Mention", "Quote", "Reason", "Demand", "Response", "Link", "Cell",
    }  # fmt: skip


@pytest.mark.parametrize("record", ALL, ids=lambda r: r.__name__)
def test_every_field_of_a_record_is_described_once(record: type):
    described = [f.name for f in ALL[record].fields]
    assert sorted(described) == sorted(f.name for f in fields(record))
    assert all(f.meaning for f in ALL[record].fields)


@pytest.mark.parametrize("record", ALL, ids=lambda r: r.__name__)
def test_no_two_fields_have_a_key_or_a_column_in_common(record: type):
    keys = [key for f in ALL[record].fields for key in (f.on_the_wire, f.told) if key]
    assert len(set(keys)) == len(keys)
    headers = [f.header for f in ALL[record].fields]
    assert len(set(headers)) == len(headers)


def test_a_field_is_found_by_what_people_call_it():
    assert METADATA.field("title").meaning == "the headline"
    (quotes,) = (d for d in ALL.values() if d.make.__name__ == "Quote")
    assert quotes.field("speaker").name == "speakers"


def test_a_number_may_be_either_of_its_bounds_and_no_more():
    share = QUOTE.field("confidence").form
    assert [share.fits(v) for v in (0, 1, 0.5, -0.01, 1.01, True, float("nan"), "1", None)] == [True] * 3 + [False] * 6


def test_a_span_may_be_empty_and_not_turned():
    assert QUOTE.field("cue").form.read({"start": 3, "end": 3}) == Span(3, 3)
    with pytest.raises(Misfit, match=r"^end: expected an end from 3 on, found 2$"):
        QUOTE.field("cue").form.read({"start": 3, "end": 2})


def test_what_does_not_fit_is_shown_cut():
    with pytest.raises(Misfit) as refused:
        QUOTE.field("type").form.read("x" * 10_000)
    assert len(refused.value.found) == 61
