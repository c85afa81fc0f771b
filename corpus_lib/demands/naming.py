"""Whether actors that were found are those that an annotation names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus_lib.actors import Cast

_UNKNOWN = "UNKNOWN"


def _key(name: str) -> str:
    parts = name.replace("’", "'").strip(' .,:;«»"').split()
    while len(parts) > 1 and parts[0].islower() and any(p[:1].isupper() for p in parts[1:]):
        parts = parts[1:]
    return " ".join(parts).casefold().removesuffix("'s").removesuffix("s")


def same_people(cast: Cast, entities: Sequence[int], wanted: Sequence[str]) -> bool:
    """Say whether entities are those that the annotation names, in any order."""
    if len(entities) != len(wanted):
        return False
    left = [_key(n) for n in wanted]
    for entity in entities:
        held = cast.entities[entity]
        forms = {_key(n) for n in (held.name, *held.aliases)}
        hit = next(
            (t for t in left if t in forms or any(f.endswith(" " + t) or t.endswith(" " + f) for f in forms)), None
        )
        if hit is None:
            return False
        left.remove(hit)
    return True


def wanted_of(item: Mapping[str, Any], role: str) -> list[str]:
    """Return whom the annotation names as who acts or is called on; nobody where it says that this is unknown."""
    named = item.get("addressees") or [] if role == "addressee" else (item.get("actor") or "").split(";")
    return [name for one in named if (name := one.strip()) not in ("", _UNKNOWN)]
