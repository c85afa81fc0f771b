"""What of a reply is believed: words that stand in the block they are said to stand in, parties that the text names."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from corpus_lib.model import STANCES, Article, Demand, Link, Quote, QuoteType, Response, Span, Stance, Strength

RULE = "second reader"
UNKNOWN = 0.5
"""The confidence of what no evaluation has looked at."""

_MARKS = "«»“”„‟‹›‘’‚‛'\""
_FENCE = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_STRENGTHS: tuple[Strength, ...] = ("demand", "request", "proposal")
_MOST = 200
"""Items of one reply that are read."""


def located(text: str, within: Span, words: str) -> Span | None:
    """Return where some words stand in a stretch of a text, whole words alone; None where they do not.

    White space and quotation marks are folded, nothing else.

    >>> located("– Vi  sier «nei», sa hun.", Span(0, 25), 'Vi sier "nei"')
    Span(start=2, end=16)
    """
    wanted = " ".join(words.split())
    if len(wanted) > within.end - within.start or not any(map(str.isalnum, wanted)):
        return None
    signs = (r"\s+" if s == " " else f"[{_MARKS}]" if s in _MARKS else re.escape(s) for s in wanted)
    before = r"(?<![^\W_])" if wanted[0].isalnum() else ""
    behind = r"(?![^\W_])" if wanted[-1].isalnum() else ""
    found = re.compile(f"{before}{''.join(signs)}{behind}").search(text, within.start, within.end)
    return None if found is None else Span(*found.span())


def items_of(reply: str, name: str) -> list[Any]:
    r"""Return the items of a reply, also where a server did not hold the model to the schema; none where it is no JSON.

    >>> items_of('Her er svaret: ```json\n{"quotes": [{"block": 1}]}\n```', "quotes")
    [{'block': 1}]
    >>> items_of("beklager", "quotes")
    []
    """
    fenced = _FENCE.search(reply)
    for text in (reply, fenced[1] if fenced else "", reply[reply.find("{") : reply.rfind("}") + 1]):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        items = found.get(name) if isinstance(found, dict) else found
        if isinstance(items, list):
            return items[:_MOST]
    return []


def record_of(
    task: str,
    item: Any,
    article: Article,
    shown: Collection[int],
    demands: Collection[str],
    names_party: Callable[[str], bool],
) -> Quote | Demand | Response | None:
    """Return an item of a reply as a record, with names for the actors' ids, where all that it says stands in the text.

    Parameters
    ----------
    shown
        The numbers of the blocks that were shown, from 1.
    demands
        Ids of the demands that an answer may be bound to.
    names_party
        Says whether a name is that of an actor, or a noun phrase of the text.
    """
    if not isinstance(item, dict) or not isinstance(words := item.get("words"), str):
        return None
    block = item.get("block")
    if type(block) is not int or block not in shown:
        return None
    span = located(article.text, article.blocks[block - 1].span, words)
    by, of = _strings(item.get("speaker" if task == "quotes" else "by")), _strings(item.get("of"))
    targets = _strings(item.get("demands"))
    if span is None or not all(map(names_party, (*by, *of))) or not set(targets) <= set(demands):
        return None
    if task == "quotes":
        kind: QuoteType = "direct" if item.get("type") == "direct" else "indirect"
        denied = item.get("denied") is True
        return replace(Quote.bare("q", span, RULE, UNKNOWN), type=kind, speakers=by, denied=denied)
    if task == "demands":
        strength: Strength = next((s for s in _STRENGTHS if s == item.get("strength")), "demand")
        bare, basis = Demand.bare("d", span, RULE, UNKNOWN), "explicit" if of else None
        return replace(bare, strength=strength, actors=by, addressees=of, addressee_basis=basis)
    stance: Stance = next((s for s in STANCES if s == item.get("stance")), "noted")
    links = tuple(Link(d, UNKNOWN, ()) for d in dict.fromkeys(targets))
    return replace(Response.bare("r", span, RULE, UNKNOWN), stance=stance, actors=by, links=links)


def _strings(value: Any) -> tuple[str, ...]:
    held = value if isinstance(value, list) else [value]
    return tuple(" ".join(one.split()) for one in held if isinstance(one, str) and one.strip())
