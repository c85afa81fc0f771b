"""What of a reply is believed: words that stand in the block they are said to stand in, parties that the text names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from corpus_lib.model import STANCES, Article, Span, Stance, Strength

_QUOTES = str.maketrans(dict.fromkeys("«»“”„‟‹›‘’‚‛'", '"'))
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_STRENGTHS: tuple[Strength, ...] = ("demand", "request", "proposal")
_MOST = 200
"""Items of one reply that are read."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the second reader found, after checking: its words stand in the text."""

    span: Span
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    direct: bool = False
    denied: bool = False
    strength: Strength = "demand"
    stance: Stance = "noted"
    demands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Believed:
    """What of a reply stands in the text, and how many items of it do not."""

    findings: tuple[Finding, ...]
    unverified: int = 0


def folded(text: str) -> tuple[str, list[int]]:
    """Return a text with its white space and quotation marks folded, and where each of its characters stood.

    >>> folded("«Ja»,  sa")
    ('"Ja", sa', [0, 1, 2, 3, 4, 5, 7, 8])
    """
    out: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text.translate(_QUOTES)):
        if not sign.isspace():
            out.append(sign)
        elif out and out[-1] != " ":
            out.append(" ")
        else:
            continue
        places.append(place)
    return "".join(out), places


def located(text: str, within: Span, words: str) -> Span | None:
    """Return where some words stand in a stretch of a text, whole words alone; None where they do not.

    >>> located("– Vi  sier «nei», sa hun.", Span(0, 25), '"nei"')
    Span(start=11, end=16)
    """
    here, places = folded(within.of(text))
    wanted = folded(words)[0].strip()
    at = here.find(wanted) if any(c.isalnum() for c in wanted) else -1
    while at >= 0:
        end = at + len(wanted)
        if not (_cuts(here, at) or _cuts(here, end)):
            return Span(within.start + places[at], within.start + places[end - 1] + 1)
        at = here.find(wanted, at + 1)
    return None


def _cuts(text: str, at: int) -> bool:
    """Say whether a place is inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def items_of(reply: str, name: str) -> list[Any]:
    r"""Return the items of a reply, also where a server did not hold the model to the schema; none where it is no JSON.

    >>> items_of('Her er svaret: ```json\n{"quotes": [{"block": 1}]}\n```', "quotes")
    [{'block': 1}]
    >>> items_of("beklager", "quotes")
    []
    """
    fenced = _FENCE.search(reply)
    start, end = reply.find("{"), reply.rfind("}")
    tries = [reply, fenced[1] if fenced else "", reply[start : end + 1] if 0 <= start < end else ""]
    for text in tries:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        items = found.get(name) if isinstance(found, dict) else found
        if isinstance(items, list):
            return items[:_MOST]
    return []


def believed(
    task: str,
    reply: str,
    article: Article,
    blocks: tuple[int, ...],
    demands: frozenset[str],
    names_party: Callable[[str], bool],
) -> Believed:
    """Return what of a reply is believed.

    Parameters
    ----------
    blocks
        The numbers of the blocks that were shown, from 1.
    demands
        Ids of the demands that an answer may be bound to.
    names_party
        Says whether a name is that of an actor, or a noun phrase of the text.
    """
    items = items_of(reply, task)
    found = [_finding(item, article, blocks, demands, names_party) for item in items]
    kept = tuple(dict.fromkeys(f for f in found if f is not None))
    return Believed(kept, sum(f is None for f in found))


def _finding(
    item: Any, article: Article, blocks: tuple[int, ...], demands: frozenset[str], names_party: Callable[[str], bool]
) -> Finding | None:
    """Return an item where all that it says stands in the text; a party or a demand that is none makes it worthless."""
    if not isinstance(item, dict) or not isinstance(words := item.get("words"), str):
        return None
    block = item.get("block")
    if isinstance(block, bool) or not isinstance(block, int) or block not in blocks:
        return None
    span = located(article.text, article.blocks[block - 1].span, words)
    by = tuple(_strings(item.get("speaker"))) or tuple(_strings(item.get("by")))
    of, targets = tuple(_strings(item.get("of"))), tuple(_strings(item.get("demands")))
    if span is None or not all(map(names_party, (*by, *of))) or not demands.issuperset(targets):
        return None
    stance, strength = item.get("stance"), item.get("strength")
    return Finding(
        span=span,
        by=by,
        of=of,
        direct=item.get("type") == "direct",
        denied=item.get("denied") is True,
        strength=next((s for s in _STRENGTHS if s == strength), "demand"),
        stance=next((s for s in STANCES if s == stance), "noted"),
        demands=targets,
    )


def _strings(value: Any) -> Iterator[str]:
    for one in [value] if isinstance(value, str) else value if isinstance(value, list) else []:
        if isinstance(one, str) and one.strip():
            yield " ".join(one.split())
