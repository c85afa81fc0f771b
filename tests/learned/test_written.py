"""The articles written to learn from are sound: offsets hold their words, ids are unique, targets are there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from corpus_lib.learned.pages import FOLDS, Sheet, readable, sheets
from tests.accuracy.groups import FURTHER, GOLD

OWN = Path(__file__).parents[1] / "gold"
WRITTEN = readable([OWN / own for own in ("written", "kindred", "plain", "deeds", "long", "newsroom", "reports")])
FRESH = list(sheets([OWN / "fresh"]))


def text_of(sheet: Sheet) -> str:
    return sheet.path.with_suffix(".txt").read_text(encoding="utf-8")


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every span in an annotation, in spans too."""
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def test_all_folds_have_some():
    assert {sheet.fold for sheet in WRITTEN} == set(range(FOLDS))


def test_fresh_articles_teach_nothing():
    assert FRESH
    assert all(sheet.blind for sheet in FRESH)


@pytest.mark.parametrize("sheet", [*WRITTEN, *FRESH], ids=lambda sheet: sheet.doc)
def test_written_article_is_sound(sheet: Sheet):
    text, gold = text_of(sheet), sheet.gold()
    assert gold["doc"] == sheet.doc
    assert gold["complete"]
    wrong = [span for span in spans(gold) if text[span["start"] : span["end"]] != span["text"] or not span["text"]]
    assert not wrong
    items = gold.get("quotes", []) + gold["demands"] + gold["responses"]
    assert len({item["id"] for item in items}) == len(items)
    assert {target for r in gold["responses"] for target in r["targets"]} <= {d["id"] for d in gold["demands"]}


@pytest.mark.parametrize("sheet", [*WRITTEN, *FRESH], ids=lambda sheet: sheet.doc)
def test_every_line_has_one_label_and_holds_what_is_in_it(sheet: Sheet):
    lines, gold = text_of(sheet).split("\n"), sheet.gold()
    if "structure" in gold:
        assert [s["line"] for s in gold["structure"]] == [i for i, line in enumerate(lines) if line.strip()]
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    block = [range(start, start + len(line) + 1) for start, line in zip(starts, lines, strict=False)]
    told_beside = ("speaker_mention",)  # who speaks may be named in the line before or behind, where no cue stands
    quotes = [q if q["cue"] else {k: v for k, v in q.items() if k not in told_beside} for q in gold.get("quotes", [])]
    items = quotes + gold["demands"] + gold["responses"]
    assert not [i["id"] for i in items for s in spans(i) if {s["start"], s["end"]} - set(block[i["line"]])]


@pytest.mark.shared
def test_what_was_annotated_later_stands_in_articles_that_may_be_read():
    found = [s for s in sheets([GOLD / part.name for part in FURTHER.iterdir() if part.is_dir()], FURTHER) if s.further]
    assert {s.further for s in found} == set(FURTHER.rglob("*.json"))
    assert not [s.doc for s in found if s.blind]
    for sheet in found:
        text = text_of(sheet)
        for mention in (m for actor in sheet.gold()["actors"] for m in actor["mentions"]):
            start, end = mention["start"], mention["end"]
            assert text[start:end].strip()
            assert text[start:end] == mention.get("text", text[start:end])
            assert not text[start - 1 : start].isalnum(), (sheet.doc, mention)
            assert not text[end : end + 1].isalnum(), (sheet.doc, mention)
