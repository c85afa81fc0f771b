"""The words of a demand and of an answer: where they begin, where they end, and whether more is asked for behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.demands.clues import word_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Setting, Unit
    from corpus_lib.learned import Features, Linear

_BEAM = 4
_LEAST = 0.02
_MOST = 5
_OPENERS = frozenset({"at", "å", "om", "til", "for", "på", "mot", "av", ":", "«"})
_SUBORDINATE = frozenset({"fordi", "siden", "etter", "før", "hvis", "dersom", "slik", "så", "mens", "når", "enn", "da", "selv", "for", "til", "med"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a sentence, from a first to a last, and how likely it is that they are meant."""

    first: Token
    last: Token
    likely: float


def places(unit: Unit) -> list[Token]:
    """Return the words at which something may begin or end."""
    return [t for t in unit.tokens if not t.is_space and not t.is_punct]


def _edges(token: Token) -> tuple[dict[int, str], dict[int, str]]:
    """Return what begins and what ends at the words around a predicate: the parts that depend on it and its clause."""
    left: dict[int, str] = {}
    right: dict[int, str] = {}
    above = token
    for steps in range(4):
        for child in above.children:
            if not child.is_punct:
                left.setdefault(child.left_edge.i, f"{steps}{child.dep_}")
                right.setdefault(child.right_edge.i, f"{steps}{child.dep_}")
        left.setdefault(above.left_edge.i, f"own{steps}")
        right.setdefault(above.right_edge.i, f"own{steps}")
        if above.head.i == above.i:
            break
        above = above.head
    return left, right


def _far(distance: int) -> str:
    size = abs(distance)
    wide = str(size) if size < 4 else "4" if size < 7 else "7" if size < 13 else "13" if size < 25 else "25"
    return ("-" if distance < 0 else "+") + wide


def _is_finite(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and "Fin" in token.morph.get("VerbForm")


def starts(token: Token, unit: Unit, setting: Setting, *, behind: int = -1) -> list[tuple[Token | None, Features]]:
    """Return the words at which what a predicate tells of may begin, each with its features.

    Parameters
    ----------
    behind
        The last word of what has been found so far: only what follows is given, and None for no more.
    """
    left, _ = _edges(token)
    words = places(unit)
    more = behind >= 0
    out: list[tuple[Token | None, Features]] = []
    spoken = setting.quote_at(unit.block.span(token))
    word, doc, first = word_of(token), token.doc, unit.tokens.start
    opened = 0
    for t in words:
        before = doc[t.i - 1] if t.i > first else None
        last = "^" if before is None or before.is_space else before.lower_
        if more and t.i <= behind:
            continue
        side = "<" if t.i < token.i else "=" if t.i == token.i else ">"
        edge = left.get(t.i, "-")
        f = {
            f"behind {last}": 1.0,
            f"behind {side} {last}": 1.0,
            f"at {side} {edge}": 1.0,
            f"pos {t.pos_} {side}": 1.0,
            f"far {_far(t.i - token.i)}": 1.0,
            f"{word} {last}": 1.0,
            f"{token.pos_} {side} {edge} {last}": 1.0,
            f"dep {t.dep_} {side}": 1.0,
            f"second {doc[t.i - 2].lower_ if t.i - 2 >= first else '^'} {last}": 1.0,
        }
        if t.i == words[0].i:
            f["first"] = 1.0
        if t.lower_ in _OPENERS or t.lower_ in ("som", "og", "men"):
            f[f"is {t.lower_} {side}"] = 1.0
        if last in _OPENERS and t.i > token.i:
            opened += 1
            f[f"opened {min(opened, 3)}"] = 1.0
            f[f"opened {min(opened, 3)} {last}"] = 1.0
            f[f"{token.pos_} opened {min(opened, 3)} {last}"] = 1.0
        elif t.i > token.i:
            f[f"unopened {min(opened, 3)}"] = 1.0
        low, high = min(t.i, token.i), max(t.i, token.i)
        between = doc[low:high]
        if any(x.text in ",;" for x in between):
            f[f"comma between {side}"] = 1.0
        if any(x.text in ":" for x in between):
            f[f"colon between {side}"] = 1.0
        if any(_is_finite(x) for x in doc[low + 1 : high]):
            f[f"verb between {side}"] = 1.0
        around = setting.quote_at(unit.block.span(t))
        if around is not spoken:
            f["other quote"] = 1.0
        if around is not None and any(s.start == unit.block.span(t).start for s in around.segments):
            f[f"quote begins {around.type} {side}"] = 1.0
        if more:
            apart = " ".join(x.lower_ for x in doc[behind + 1 : min(t.i, behind + 4)])
            f = {f"more {k}": v for k, v in f.items()}
            f[f"more apart {apart}"] = 1.0
            f[f"more distance {min(t.i - behind, 5)}"] = 1.0
        out.append((t, f))
    if more:
        after = doc[behind + 1].lower_ if behind + 1 < unit.tokens.end else "$"
        coming = doc[behind + 1 : min(behind + 4, unit.tokens.end)].text.lower()
        out.append((None, {"no more": 1.0, f"no more {after}": 1.0, f"no more {coming}": 1.0, f"no more {token.pos_}": 1.0,
                           "no more, none joined": float(not any(x.lower_ == "og" for x in doc[behind + 1 : unit.tokens.end]))}))
    return out


def stops(token: Token, start: Token, unit: Unit, setting: Setting) -> list[tuple[Token, Features]]:
    """Return the words at which it may end, from a start on, each with its features."""
    _, right = _edges(token)
    _, own = _edges(start)
    words = [t for t in places(unit) if t.i >= start.i]
    doc, end = token.doc, unit.tokens.end
    spoken = setting.quote_at(unit.block.span(start))
    head = start
    while head.head.i != head.i and head.head.left_edge.i == start.i and head.head.i >= start.i:
        head = head.head
    opener = doc[start.i - 1].lower_ if start.i > unit.tokens.start else "^"
    opener = opener if opener in _OPENERS or opener == "^" else "-"
    inside = token.i >= start.i
    finite = commas = 0
    out: list[tuple[Token, Features]] = []
    for t in words:
        after = doc[t.i + 1] if t.i + 1 < end else None
        following = "$" if after is None or after.is_space else word_of(after)
        second = "$" if after is None or after.i + 1 >= end else word_of(doc[after.i + 1])
        f = {
            f"before {following}": 1.0,
            f"before {following} {opener}": 1.0,
            f"ends {right.get(t.i, '-')}": 1.0,
            f"own {own.get(t.i, '-')}": 1.0,
            f"long {_far(t.i - start.i)} {opener}": 1.0,
            f"pos {t.pos_}": 1.0,
        }
        if after is not None:
            if after.is_punct or following in _SUBORDINATE or following == "og":
                f[f"before {following} {second}"] = 1.0
            f[f"next {after.pos_} {after.dep_}"] = 1.0
            top = after if not after.is_punct else doc[min(after.i + 1, end - 1)]
            edge = top.i
            while top.head.i != top.i and top.head.left_edge.i == edge:
                top = top.head
            hangs = top.head.i
            where = "root" if top.head.i == top.i else "in" if start.i <= hangs <= t.i else "predicate" if hangs == token.i else "before" if hangs < start.i else "behind"
            f[f"hangs {where}"] = 1.0
            f[f"hangs {where} {top.dep_}"] = 1.0
            f[f"hangs {where} {top.dep_} {opener}"] = 1.0
            if _is_finite(after):
                f[f"before a verb, {min(finite, 2)} held, {opener}"] = 1.0
        if t.i == words[-1].i:
            f["last"] = 1.0
            f[f"last {opener}"] = 1.0
        over = "ends" if t.i == head.right_edge.i else "goes on" if t.i < head.right_edge.i else "over"
        f[f"phrase {over}"] = 1.0
        f[f"phrase {over} {head.pos_} {opener}"] = 1.0
        if inside and t.i < token.i:
            f["without the predicate"] = 1.0
        if _is_finite(t):
            finite += 1
        f[f"verbs {min(finite, 2)} {opener}"] = 1.0
        f[f"commas {min(commas, 2)}"] = 1.0
        if after is not None and after.text in ",;:–":
            commas += 1
        around = setting.quote_at(unit.block.span(t))
        if around is not spoken:
            f["other quote"] = 1.0
        if around is not None and any(s.end == unit.block.span(t).end for s in around.segments):
            f[f"quote ends {around.type}"] = 1.0
        out.append((t, f))
    return out


def stretches(token: Token, unit: Unit, setting: Setting, first: Linear, last: Linear) -> Iterator[Stretch]:
    """Yield the words that a predicate tells of: the likeliest, and what is joined to them behind."""
    found = _best(starts(token, unit, setting), token, unit, setting, first, last)
    while found is not None:
        yield found
        if found.last.i + 1 >= unit.tokens.end:
            return
        found = _best(starts(token, unit, setting, behind=found.last.i), token, unit, setting, first, last)


def _best(
    begin: Sequence[tuple[Token | None, Features]], token: Token, unit: Unit, setting: Setting, first: Linear, last: Linear
) -> Stretch | None:
    shares = first.rank([f for _, f in begin])
    likely = sorted(zip(shares, (t for t, _ in begin), strict=True), key=lambda pair: -pair[0])[:_BEAM]
    found: list[Stretch] = []
    for share, start in likely:
        if start is None:
            if not found:
                return None
            continue
        if found and share < _LEAST:
            continue
        end = stops(token, start, unit, setting)
        chance = last.rank([f for _, f in end])
        at = max(range(len(end)), key=chance.__getitem__)
        found.append(Stretch(start, end[at][0], share * chance[at]))
    return max(found, key=lambda s: s.likely, default=None)
