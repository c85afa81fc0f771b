"""Who is heard: the sources of an article with role, gender and party, and who is called on or criticised unheard.

Everything is read off the text: a gender that no pronoun, noun or given name shows, a role or a party that is not told,
stays unknown, and each value comes with the ground on which it stands.
"""

from __future__ import annotations

from corpus_lib.actors.gender import Gender, gender_of
from corpus_lib.sources.accusing import Charge, charges
from corpus_lib.sources.auditing import SOURCES, sources
from corpus_lib.sources.classes import CLASSES, Role, role_of
from corpus_lib.sources.hearing import HEARING, Party
from corpus_lib.sources.parties import party_of
from corpus_lib.sources.summing import shares

__all__ = [
    "CLASSES",
    "HEARING",
    "SOURCES",
    "Charge",
    "Gender",
    "Party",
    "Role",
    "charges",
    "gender_of",
    "party_of",
    "role_of",
    "shares",
    "sources",
]
