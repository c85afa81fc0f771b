"""Whether a sentence tells of a demand as of one put before, by somebody else too, or takes up the one before it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """Return the patterns of ``retelling.toml``."""
    data = tomllib.loads((files(__package__) / "data" / "retelling.toml").read_text(encoding="utf-8"))

    def any_of(*lines: str) -> str:
        return "|".join(re.escape(one) for one in lines)

    before = (
        f"(?:{any_of(*data['auxiliaries'].split())})\\s(?:\\w+\\s){{0,3}}?(?:{any_of(*data['participles'].split())})"
    )
    lines = {key: any_of(*data[key].strip().splitlines()) for key in ("again", "joining", "taking_up")}
    cues = any_of(*data["participles"].split(), *data["past"].split())
    return {
        "retold": re.compile(rf"\b(?:{before}|{lines['again']})\b", re.IGNORECASE),
        "cue": re.compile(rf"(?:{cues})\b", re.IGNORECASE),
        "joins": re.compile(rf"\b(?:{lines['joining']})\b", re.IGNORECASE),
        "takes up": re.compile(rf"(?:{lines['taking_up']})\b", re.IGNORECASE),
    }


def is_retold(cue: str, sentence: str) -> bool:
    """Say whether a sentence tells of a demand as of one put earlier.

    >>> is_retold("krevd", "HAF har krevd en garanti."), is_retold("krever", "HAF krever en garanti.")
    (True, False)
    """
    return bool(_cues()["retold"].search(sentence) or _cues()["cue"].search(cue))


def joins(sentence: str) -> bool:
    """Say whether a sentence tells of somebody who demands it too.

    >>> joins("Naturvernforbundet slutter seg til kravet."), joins("Naturvernforbundet krever riving.")
    (True, False)
    """
    return bool(_cues()["joins"].search(sentence))


def takes_up(*texts: str) -> bool:
    """Say whether a text begins by taking up what was told just before.

    >>> takes_up("En slik gjennomgang"), takes_up("hele gjennomgangen")
    (True, False)
    """
    return any(_cues()["takes up"].match(t.lstrip("–—- «")) for t in texts)
