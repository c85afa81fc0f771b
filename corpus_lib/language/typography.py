"""One sentence in the typography of another house: dashes, quotation marks, ellipses, headings.

The treebank writes quotations with ASCII ``-`` and ``"``; today's newspapers write ``–`` and «».
A model trained on one and used on the other loses more than it need.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus_lib.language.treebank import Sentence, Word

QUOTES = (("«", "»"), ('"', '"'), ("“", "”"), ("”", "”"), ("„", "“"), ("‘", "’"))
DASHES = ("-", "–", "—")
_OPENING = {"«", "“", "„", "‘"}
_MARKS = {mark for pair in QUOTES for mark in pair}
_HEADING_WORDS = 9


def modern(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Rewrite sentences to today's marks: – for the dash of a turn, «» for quotation marks, … for dots."""
    return [replace(s, words=rewrite(s.words, dash="–", quotes=("«", "»"), ellipsis="…")) for s in sentences]


def varied(sentences: Sequence[Sentence], random: Random) -> list[Sentence]:
    """Rewrite sentences to a typography drawn at random: one house style for the whole passage.

    Half of the passages keep the marks they have.
    """
    if random.random() < 0.5:
        return list(sentences)
    dash = random.choices(DASHES, (1, 6, 1))[0]
    quotes = random.choices(QUOTES, (6, 2, 3, 1, 1, 1))[0]
    ellipsis = random.choice(("…", "..."))
    glued = random.random() < 0.1
    return [
        replace(
            s,
            words=heading(
                rewrite(s.words, dash=dash, quotes=quotes, ellipsis=ellipsis, glued=glued),
                random.random() < 0.3,
            ),
        )
        for s in sentences
    ]


def rewrite(
    words: Sequence[Word], *, dash: str, quotes: tuple[str, str], ellipsis: str, glued: bool | None = None
) -> tuple[Word, ...]:
    """Return the words with other marks; the number of tokens and their annotation stay.

    Parameters
    ----------
    glued
        Whether the dash of a turn stands without a space before its word; None leaves it as it is.
    """
    out: list[Word] = []
    opened = False
    for place, word in enumerate(words):
        if word.form in DASHES:
            leads = place == 0
            space = word.space if not leads or glued is None else not glued
            out.append(replace(word, form=dash, space=space) if leads or word.space else word)
        elif word.form in _MARKS:
            opening = word.form in _OPENING or (word.form in ('"', "”") and not opened)
            opened = opening
            space = word.space and not opening
            out.append(replace(word, form=quotes[0] if opening else quotes[1], space=space))
            if not opening and len(out) > 1:
                out[-2] = replace(out[-2], space=False)
        elif word.form in ("...", "…"):
            out.append(replace(word, form=ellipsis))
        else:
            out.append(word)
    return tuple(out)


def heading(words: tuple[Word, ...], bare: bool) -> tuple[Word, ...]:
    """Drop the full stop of a short sentence, as headings do; only where nothing hangs on it."""
    last = len(words)
    droppable = (
        bare
        and 2 < last <= _HEADING_WORDS
        and words[-1].form == "."
        and words[-1].head != 0
        and all(w.head != last for w in words)
    )
    return words[:-1] if droppable else words
