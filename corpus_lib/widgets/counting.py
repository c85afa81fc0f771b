"""Words: which are frequent, which belong to whom, which stand together."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import CorpusLibError
from corpus_lib.widgets.parts import Option, dropdown, line, whole_number
from corpus_lib.widgets.results import Answer, ResultView
from corpus_lib.words import Index, Selection
from corpus_lib.words.collocation import MEASURES as COLLOCATION
from corpus_lib.words.keyness import MEASURES as KEYNESS

LAYERS: tuple[Option, ...] = (
    ("words, lower-cased", "lower"),
    ("words as written", "word"),
    ("lemmas", "lemma"),
    ("parts of speech", "pos"),
)
ALL, QUOTED, NARRATED = "all", "quotations", "narration"

FREQUENCY = {"word": "Word", "count": "Count", "per_million": "Per million", "low": "95 % from", "high": "95 % to"}
KEY_WORDS = {
    "word": "Word",
    "count": "Count",
    "reference_count": "In reference",
    "log_ratio": "Log ratio",
    "low": "95 % from",
    "high": "95 % to",
    "p_holm": "p (Holm)",
}
COLLOCATES = {"word": "Word", "together": "Together", "expected": "Expected", "log_dice": "logDice", "g2": "G²"}
"""Columns of results that are shown, and their headings."""


def parts_of(index: Index) -> list[Option]:
    """Return what of an index can be counted: all, the narration, the quotations, each speaker's."""
    if "speaker" not in index.marks:
        return [("everything", ALL)]
    return [
        ("everything", ALL),
        ("narration", NARRATED),
        ("all quotations", QUOTED),
        *((f"quotations: {name}", f"{QUOTED}:{name}") for name in index.values("speaker")),
    ]


def layers_of(index: Index) -> tuple[Option, ...]:
    """Return the layers; lemmas are looked up here, so that the first question for them is answered at once."""
    with suppress(CorpusLibError):  # told where a lemma is asked for
        index.layer("lemma")
    return LAYERS


def part_of(index: Index, key: str) -> Selection | None:
    """Return the part of an index with a key of `parts_of`; None is everything."""
    if key == ALL:
        return None
    if key == NARRATED:
        return index.narration()
    return index.quotation(key.partition(":")[2] or None)


def frequency_view(index: Index, *, stop: Collection[str] = ()) -> widgets.HBox:
    """Return the most frequent words: of which part, in which layer, with or without stop words.

    Parameters
    ----------
    stop
        Words that are left out at first; they count in the total.
    """
    part, layer = dropdown("Part", parts_of(index)), dropdown("Layer", layers_of(index))
    left_out = widgets.Checkbox(bool(stop), description="Leave out stop words", indent=False)
    most = whole_number("Number of words", 10, 1, 1000)

    def ask() -> Answer:
        chosen, without = part_of(index, part.value), stop if left_out.value else ()
        return index.frequency(selection=chosen, layer=layer.value, stop_words=without, top=most.value), FREQUENCY

    return ResultView([part, layer, left_out, most], ask).box


def keyness_view(
    index: Index, target: str = QUOTED, reference: str = ALL, *, stop: Collection[str] = ()
) -> widgets.HBox:
    """Return the key words of one part against another: which parts, by which measure, in which layer.

    Parameters
    ----------
    target, reference
        Keys of `parts_of`, or speakers' names; the reference is everything else at first.
    stop
        Words that are left out.
    """
    options = parts_of(index)[1:]
    part = dropdown("Key words of", options, _key(options, target))
    against = dropdown("Against", [("everything else", ALL), *options], _key(options, reference) or ALL)
    measure = dropdown("Measure", [(m, m) for m in KEYNESS], "g2_two_cell")
    layer, least = dropdown("Layer", layers_of(index)), whole_number("Least count", 2, 1, 1000)

    def ask() -> Answer:
        chosen, other = part_of(index, part.value) or index.whole, part_of(index, against.value)
        result = index.keyness(
            chosen, other, measure=measure.value, layer=layer.value, min_count=least.value, stop_words=stop
        )
        return result, KEY_WORDS | {measure.value: KEY_WORDS.get(measure.value, measure.value)}

    return ResultView([part, against, measure, layer, least], ask).box


def _key(options: list[Option], name: str) -> str | None:
    """Return the key of a part from itself or from a speaker's name; None where there is no such part."""
    keys = [key for _, key in options]
    return next((str(key) for key in (name, f"{QUOTED}:{name}") if key in keys), None)


def collocation_view(index: Index, node: str, *, stop: Collection[str] = ()) -> widgets.HBox:
    """Return the words near a word: which word, how wide a window, by which measure, in which layer."""
    word = line("Word", node)
    left, right = whole_number("Words before", 5, 0, 50), whole_number("Words after", 5, 0, 50)
    measure = dropdown("Measure", [(m, m) for m in COLLOCATION], "log_dice")
    layer, least = dropdown("Layer", layers_of(index)), whole_number("Least count", 2, 1, 1000)

    def ask() -> Answer:
        result = index.collocates(
            word.value, left=left.value, right=right.value, measure=measure.value, layer=layer.value,
            min_count=least.value, stop_words=stop,
        )  # fmt: skip
        return result, COLLOCATES | {measure.value: COLLOCATES.get(measure.value, measure.value)}

    return ResultView([word, left, right, measure, layer, least], ask).box
