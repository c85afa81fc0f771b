"""What a line of a page looks like by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """What a line looks like by itself; its neighbours see it too.

    Attributes
    ----------
    signs
        Features that are there or not.
    words, stems
        Its words in lower case, the small ones left out, and what these begin with.
    names, first_name
        The last parts of its full names; its first word, where that has a capital.
    opening
        What tells whether it opens a story.
    shape
        Its extent, its verb's tense and its marks in a word.
    """

    signs: tuple[str, ...]
    words: frozenset[str]
    all_words: tuple[str, ...]
    stems: frozenset[str]
    names: frozenset[str]
    first_name: str
    opening: tuple[str, ...]
    shape: str
    length: int
    short: bool
    dash: bool
    one_sentence: bool
