"""What a text tells of people before it is parsed."""

from __future__ import annotations

import re

from corpus_lib.actors.nouns import sort_of

_TWO_CAPITALS = re.compile(r"\b[A-ZÆØÅ][\w-]+ [A-ZÆØÅ]")
_WORD = re.compile(r"[\w-]{4,40}")
_ACTING = ("person", "body")


def may_name_people(text: str) -> bool:
    """Say whether somebody may be named in full, by two words in a row with a capital, or told of by a noun.

    >>> may_name_people("I går kom Kari Lie."), may_name_people("Spør rektoren"), may_name_people("Det regnet i Bodø.")
    (True, True, False)
    """
    if _TWO_CAPITALS.search(text) is not None:
        return True
    return any(sort_of(word.lower()) in _ACTING for word in _WORD.findall(text))
