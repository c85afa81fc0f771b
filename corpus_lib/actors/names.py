"""What a text's names tell before it is parsed."""

from __future__ import annotations

import re

_TWO_CAPITALS = re.compile(r"\b[A-ZÆØÅ][\w-]+ [A-ZÆØÅ]")


def may_name_people(text: str) -> bool:
    """Say whether two words in a row begin with a capital: somebody may be named in full, whom a pronoun takes up.

    >>> may_name_people("I går kom Kari Lie."), may_name_people("Det regnet i Bodø.")
    (True, False)
    """
    return _TWO_CAPITALS.search(text) is not None
