"""Which political party a source belongs to: «(Ap)» behind a name, «Høyres Kari Lie», «Sp-politiker»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from corpus_lib.model import Actor
from corpus_lib.sources.lexicon import rows

_BEHIND = re.compile(r"\s?\((?P<party>[^()\n]{1,40})\)")
_BEFORE = re.compile(r"(?P<party>[\w-]{1,30})(?:-|s )(?:\w+ ){0,2}$")
_NEAR = 60
"""As many characters before a name may bear its party."""


def party_of(actor: Actor, text: str) -> str | None:
    """Return the party of a source under its usual short name; None where the text tells none.

    A party itself belongs to itself.

    Parameters
    ----------
    text
        The article's text.
    """
    if known := party(actor.affiliation or "") or party(actor.name):
        return known
    for mention in actor.mentions:
        if mention.kind == "pronoun":
            continue
        behind = _BEHIND.match(text, mention.end)
        if behind and (known := party(behind["party"])):
            return known
        before = _BEFORE.search(text[max(0, mention.start - _NEAR) : mention.start])
        if before and actor.kind == "person" and (known := party(before["party"].removesuffix("-"))):
            return known
    for role in actor.roles:
        if known := party(role.partition("-")[0]):
            return known
    return None


def party(name: str) -> str | None:
    """Return the usual short name of a political party, or of the party of a local branch; None for another name.

    >>> party("Arbeidarpartiet"), party("Tysvær SV"), party("Nato"), party("H")
    ('Ap', 'SV', None, 'Høyre')
    """
    words = name.split()
    endings = (" ".join(words[start:]) for start in range(len(words)))
    return next((_names()[e] for e in endings if e in _names() and (len(e) > 1 or len(words) == 1)), None)


@cache
def _names() -> Mapping[str, str]:
    """Return each spelling of a Norwegian party with its short name."""
    return {
        spelling: row["party"]
        for row in rows("parties.csv")
        for spelling in (row["party"], *filter(None, row["other_names"].split("|")))
    }
