"""Whether what was found as an actor is a party that can act and answer: «to prosent» and «tre uker» are none."""

from __future__ import annotations

import re

from corpus_lib.language.nouns import BODIES, PERSONS, noun
from corpus_lib.model import Actor

_PARTIES = PERSONS | BODIES | {"group", "place"}


def can_act(actor: Actor) -> bool:
    """Say whether an actor is a person, a body, a group or a place that can be called on; a document is none.

    >>> can_act(Actor("a1", "tre uker", "unnamed")), can_act(Actor("a2", "ansatte ved skolen", "unnamed"))
    (False, True)
    >>> can_act(Actor("a3", "Nav", "organisation"))
    True
    """
    if actor.kind != "unnamed":
        return True
    words = re.findall(r"[\w-]+", actor.name)
    return any((known := noun(word)) is not None and known.kind in _PARTIES for word in words)
