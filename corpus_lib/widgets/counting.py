"""Words: which are frequent, which belong to whom, which stand together."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import CorpusLibError
from corpus_lib.labels import Labels, Language, labels
from corpus_lib.language.lexicon import stop_words
from corpus_lib.widgets.parts import Option, dropdown, line, whole_number
from corpus_lib.widgets.results import Answer, ResultView
from corpus_lib.words import FrequencyList, Index, Selection, content
from corpus_lib.words.collocation import MEASURES as COLLOCATION
from corpus_lib.words.keyness import MEASURES as KEYNESS

ALL, QUOTED, NARRATED, GENERAL = "all", "quotations", "narration", "general"
_LAYERS = (("lemmas", "lemma"), ("lower", "lower"), ("as_written", "word"), ("pos", "pos"))

FREQUENCY = ("word", "count", "per_million", "low", "high")
KEY_WORDS = ("word", "count", "reference_count", "log_ratio", "low", "high", "p_holm")
COLLOCATES = ("word", "together", "expected", "log_dice", "g2")
"""Columns of results that are shown."""

_ENGLISH = labels("en")


def parts_of(index: Index, t: Labels = _ENGLISH) -> list[Option]:
    """Return what of an index can be counted: all, the narration, the quotations, each speaker's."""
    if "speaker" not in index.marks:
        return [(t("counting.everything"), ALL)]
    return [
        (t("counting.everything"), ALL),
        (t("counting.narration"), NARRATED),
        (t("counting.quotations"), QUOTED),
        *((t("counting.quotations_of", who=name), f"{QUOTED}:{name}") for name in index.values("speaker")),
    ]


def layers_of(index: Index, t: Labels = _ENGLISH) -> list[Option]:
    """Return the layers; lemmas are looked up here, so that the first question for them is answered at once."""
    with suppress(CorpusLibError):  # told where a lemma is asked for
        index.layer("lemma")
    return [(t(f"counting.{name}"), layer) for name, layer in _LAYERS]


def part_of(index: Index, key: str) -> Selection | None:
    """Return the part of an index with a key of `parts_of`; None is everything."""
    if key == ALL:
        return None
    if key == NARRATED:
        return index.narration()
    return index.quotation(key.partition(":")[2] or None)


class _Content:
    """The choice to leave out what carries no content, in any layer."""

    def __init__(self, index: Index, t: Labels) -> None:
        self.index = index
        self.box = widgets.Checkbox(True, description=t("counting.content_only"), indent=False)

    def left_out(self, layer: str) -> Collection[str]:
        """Return the words of a layer that are left out."""
        if not self.box.value or layer == "pos":
            return ()
        if layer == "lemma":
            return content.without_content(self.index)
        plain = frozenset[str]().union(*map(stop_words, content.languages_of(self.index)))
        return plain | {word.capitalize() for word in plain} if layer == "word" else plain


def frequency_view(index: Index, *, language: Language = "en") -> widgets.HBox:
    """Return the most frequent words: of which part, in which layer, all or those that carry content.

    Parameters
    ----------
    language
        In which the view speaks.
    """
    t = labels(language)
    part, layer = dropdown(t("counting.part"), parts_of(index, t)), dropdown(t("counting.layer"), layers_of(index, t))
    words = _Content(index, t)
    most = whole_number(t("counting.most"), 10, 1, 1000)

    def ask() -> Answer:
        without = words.left_out(layer.value)
        result = index.frequency(
            selection=part_of(index, part.value), layer=layer.value, stop_words=without, top=most.value
        )
        return result, FREQUENCY, t("counting.frequent_caption", part=part.label)

    return ResultView([part, layer, words.box, most], ask, language).box


def keyness_view(
    index: Index, target: str = ALL, reference: str | None = None, *, language: Language = "en"
) -> widgets.HBox:
    """Return the key words of one part against another: which parts, by which measure, in which layer.

    Parameters
    ----------
    target, reference
        Keys of `parts_of`, or speakers' names; ``general`` is Norwegian at large, by the lemmas of wordfreq, and the
        reference at first where there is such a list. Where there is none (for Nynorsk, or without the package), all
        quotations are compared with everything else at first.
    language
        In which the view speaks.
    """
    t, parts = labels(language), parts_of(index, labels(language))
    general = content.general(content.languages_of(index))
    known = [(t("counting.general"), GENERAL)] if general else []
    against = [*known, (t("counting.everything_else"), ALL), *parts[1:]]
    target = target if target != ALL or general else QUOTED
    first = dropdown(t("counting.key_words_of"), parts, _key(parts, target))
    second = dropdown(t("counting.against"), against, _key(against, reference or GENERAL))
    measure = dropdown(t("counting.measure"), [(m, m) for m in KEYNESS], "g2_two_cell")
    layer, least = dropdown(t("counting.layer"), layers_of(index, t)), whole_number(t("counting.least"), 2, 1, 1000)
    words = _Content(index, t)

    def ask() -> Answer:
        result = index.keyness(
            part_of(index, first.value) or index.whole, _reference(index, second.value, general),
            measure=measure.value, layer=layer.value, min_count=least.value, stop_words=words.left_out(layer.value),
        )  # fmt: skip
        columns = dict.fromkeys((*KEY_WORDS, measure.value))
        return result, tuple(columns), t("counting.keys_caption", part=first.label, other=second.label)

    return ResultView([first, second, measure, layer, words.box, least], ask, language).box


def _reference(index: Index, key: str, general: FrequencyList | None) -> Selection | FrequencyList | None:
    return general if key == GENERAL else part_of(index, key)


def _key(options: list[Option], name: str) -> str | None:
    """Return the key of a part from itself or from a speaker's name; None, the first, where there is no such part."""
    keys = [key for _, key in options]
    return next((str(key) for key in (name, f"{QUOTED}:{name}") if key in keys), None)


def collocation_view(index: Index, node: str, *, language: Language = "en") -> widgets.HBox:
    """Return the words near a word: which word, how wide a window, by which measure, in which layer.

    Parameters
    ----------
    node
        A lemma at first.
    language
        In which the view speaks.
    """
    t = labels(language)
    word = line(t("counting.word"), node)
    left, right = whole_number(t("counting.before"), 5, 0, 50), whole_number(t("counting.after"), 5, 0, 50)
    measure = dropdown(t("counting.measure"), [(m, m) for m in COLLOCATION], "log_dice")
    layer, least = dropdown(t("counting.layer"), layers_of(index, t)), whole_number(t("counting.least"), 2, 1, 1000)
    words = _Content(index, t)

    def ask() -> Answer:
        node = content.as_lemmas(index, word.value) if layer.value == "lemma" else word.value
        result = index.collocates(
            node, left=left.value, right=right.value, measure=measure.value, layer=layer.value,
            min_count=least.value, stop_words=words.left_out(layer.value),
        )  # fmt: skip
        columns = dict.fromkeys((*COLLOCATES, measure.value))
        return result, tuple(columns), t("counting.beside_caption", word=word.value)

    return ResultView([word, left, right, measure, layer, words.box, least], ask, language).box
