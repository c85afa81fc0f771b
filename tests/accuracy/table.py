"""The scoreboard as the README shows it: unseen articles first, what was tuned on beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).parent / "figures.json"

Place = tuple[str, str]
"""A group and a part of it."""

QUOTATIONS: Mapping[str, Place] = {
    "modern, blind": ("modern", "blind"),
    "modern, out of fold": ("modern", "fold"),
    "invented, blind": ("invented", "blind"),
    "invented, out of fold": ("invented", "fold"),
    "fresh, blind": ("fresh", "blind"),
    "*tuned on*": ("dev", "tuned"),
}
QUOTATION_ROWS = (
    "direct quotations, exact words, F1", "reported quotations, overlap ≥ 0.8, F1",
    "reported quotations, exact words, F1", "speaker right", "speaker right: by name", "speaker right: by pronoun",
    "speaker right: by noun", "words and speaker right, recall", "receiver right", "lines of structure right",
    "names, F1", "names of persons, F1", "names of organisations, F1", "names of states, F1",
    "noun phrases joined to their name", "who is who, B³ F1",
)  # fmt: skip
CLAIMS: Mapping[str, Place] = {
    "real, blind": ("real", "blind"),
    "real, out of fold": ("real", "fold"),
    "invented, blind": ("invented", "blind"),
    "invented, out of fold": ("invented", "fold"),
    "fresh, blind": ("fresh", "blind"),
    "*tuned on*": ("dev and demands_dev", "tuned"),
}
CLAIM_ROWS = (
    "demands, F1", "demands, precision", "demands, recall", "demands: actor right", "demands: addressee right",
    "answers, F1", "answers, precision", "answers, recall", "answers: stance right", "links, F1",
)  # fmt: skip


def tables() -> str:
    """Return both tables of the README in Markdown."""
    scores = {(s["measure"], s["group"], s["part"]): s for s in json.loads(FIGURES.read_text("utf-8"))["scores"]}
    return "\n".join([*_table(scores, QUOTATIONS, QUOTATION_ROWS), "", *_table(scores, CLAIMS, CLAIM_ROWS)])


def _table(scores: Mapping[Any, Any], columns: Mapping[str, Place], rows: Sequence[str]) -> Iterator[str]:
    sizes = [
        next((s["articles"] for (_, *p), s in scores.items() if tuple(p) == place), 0) for place in columns.values()
    ]
    heads = [f"{name} ({size})" for name, size in zip(columns, sizes, strict=True)]
    yield f"| articles | {' | '.join(heads)} |"
    yield "| --- " * (len(columns) + 1) + "|"
    for row in rows:
        cells = [_cell(scores.get((row, *place)), interval=place[1] == "blind") for place in columns.values()]
        yield f"| {row} | {' | '.join(cells)} |"


def _cell(score: Mapping[str, Any] | None, *, interval: bool) -> str:
    if score is None:
        return "–"
    if not interval or score["low"] is None:
        return f"{score['value']:.3f}"
    return f"**{score['value']:.3f}** ({score['low']:.2f}–{score['high']:.2f})"
