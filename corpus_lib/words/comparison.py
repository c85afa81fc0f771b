"""What a newsroom compares: speakers, quotations and narration, demands and answers, outlets, months."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from corpus_lib.errors import EmptySelection, UnknownLayer
from corpus_lib.words.asked import with_options_of
from corpus_lib.words.keyness import keyness

if TYPE_CHECKING:
    from corpus_lib.words.positions import Positions
    from corpus_lib.words.reference import FrequencyList
    from corpus_lib.words.result import Result
    from corpus_lib.words.selection import Selection

_NARRATED = ("title", "lead", "subheading", "body")
"""The kinds of block that narrate; captions, bylines and credits do not."""


def narration(index: Positions) -> Selection:
    """Return the words of titles, leads, subheadings and body that stand in no quotation."""
    told = index.where(block=_NARRATED)
    return told.without(index.where(quote="*"), "narration") if "quote" in index.marks else told


def quotation(index: Positions, speaker: str | None = None) -> Selection:
    """Return the words of all quotations, or of one speaker's.

    Raises
    ------
    EmptySelection
        If the index has no quotation of that speaker; names those it has whose names are near.
    """
    if speaker is None:
        return index.where(quote="*", label="quotations")
    if "speaker" in index.marks and speaker not in (known := index.values("speaker")):
        near = get_close_matches(speaker, known, n=5, cutoff=0.4) or known[:5]
        raise EmptySelection(f"no quotation of {speaker!r} in this index; there are {', '.join(near)}")
    return index.where(speaker=speaker, label=f"quotations of {speaker}")


@with_options_of(keyness)
def speakers(index: Positions, speaker: str, other: str | None = None, **options: Any) -> Result:
    """Return the key words of a speaker's quotations against another's, or against all other quotations.

    Its options are those of `corpus_lib.words.keyness.keyness`.
    """
    reference = quotation(index, other) if other else quotation(index).without(quotation(index, speaker), "all others")
    return keyness(index, quotation(index, speaker), reference, **options)


@with_options_of(keyness)
def quotation_against_narration(index: Positions, **options: Any) -> Result:
    """Return the key words of what is quoted against what is told.

    Its options are those of `corpus_lib.words.keyness.keyness`.
    """
    return keyness(index, quotation(index), narration(index), **options)


@with_options_of(keyness)
def demands_against_answers(index: Positions, **options: Any) -> Result:
    """Return the key words of demands against answers.

    Its options are those of `corpus_lib.words.keyness.keyness`.
    """
    demands, answers = index.where(demand="*", label="demands"), index.where(response="*", label="answers")
    return keyness(index, demands, answers, **options)


@with_options_of(keyness)
def groups(index: Positions, column: str, **options: Any) -> dict[str, Result]:
    """Return, for each value of a column (outlet, month), its key words against all other documents.

    Its options are those of `corpus_lib.words.keyness.keyness`.
    """
    if column not in index.columns:
        raise UnknownLayer(f"no column {column!r}; there are {', '.join(index.columns) or 'none'}")
    values = [v for v in index.values(column) if v]
    selections = {value: index.where(**{column: value}) for value in values}
    return {value: keyness(index, s, **options) for value, s in selections.items() if s.total}


@with_options_of(keyness)
def article_against(
    index: Positions, document: str, reference: FrequencyList | Selection | None = None, **options: Any
) -> Result:
    """Return the key words of one document against a frequency list, a part of the index, or all other documents.

    Its options are those of `corpus_lib.words.keyness.keyness`.
    """
    return keyness(index, index.where(id=document, label=document), reference, **options)
