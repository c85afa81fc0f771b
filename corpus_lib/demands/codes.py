"""PLOVER and CAMEO codes of a demand, from what it asks for."""

from __future__ import annotations

import re

_CODES: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), plover, cameo)
    for pattern, plover, cameo in (
        (r"\b(?:trekk\w*|tilbaketrek\w*|styrke\w*|tropp\w*|militær\w*|våpen\w*|eskaler\w*)", "REQUEST-yield", "1056"),
        (r"\b(?:løslat\w*|frigi\w*|stans\w*|opphev\w*|slutt\w*)", "REQUEST-yield", "105"),
        (r"\b(?:hjelp\w*|støtte\w*|bistand\w*|bevilg\w*|penger|midler|millionar?|millioner)", "REQUEST-assist", "103"),
        (r"\b(?:møte\w*|samtale\w*|forhandl\w*|dialog\w*)", "REQUEST-meet", "106"),
    )
)


def codes(content: str) -> tuple[str, str]:
    """Return the PLOVER and CAMEO code of what is asked for; a change of policy where nothing else fits.

    >>> codes("Nato trekker ut alle styrker")
    ('REQUEST-yield', '1056')
    """
    return next(((p, c) for pattern, p, c in _CODES if pattern.search(content)), ("REQUEST-change", "104"))
