"""The words of a demand and of an answer: where they begin, where they end, and whether more is asked for behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from corpus_lib.demands.clues import Sight, sight_of
from corpus_lib.demands.matter import Matter, matter_of
from corpus_lib.language import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Ruled, Setting, Unit
    from corpus_lib.learned import Features, Linear

_BEAM = 4
_MARKS = 2
_LEAST = 0.02
_REACH = 80
"""How many words before and behind a predicate are looked at."""
_LEVELS = 4
"""How far up the parse parts are looked at."""
_OPENERS = frozenset({"at", "å", "om", "til", "for", "på", "mot", "av", ":", "«"})
_JOINERS = frozenset(
    "fordi siden sidan etter før hvis slik så mens når enn da selv for til med og".split()  # noqa: SIM905
)
_FAR = ((4, "4"), (7, "7"), (13, "13"), (25, "25"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words of a sentence, from a first to a last, and how likely it is that they are meant."""

    first: Token
    last: Token
    likely: float


@dataclass(frozen=True, slots=True)
class Around:
    """A predicate in its sentence, with what is looked up for every word of it.

    Attributes
    ----------
    frames
        Of the lexicon's entries for the predicate: where each ends, what opens its matter, where an object begins.
    ruled
        What the rules find in the sentence, and whether by the predicate (``own``) or by another.
    """

    token: Token
    unit: Unit
    sight: Sight
    frames: Sequence[tuple[int, frozenset[str], int]]
    ruled: Sequence[tuple[str, Ruled]]
    matter: Matter


def _around(token: Token, unit: Unit, setting: Setting) -> Around:
    sight = sight_of(unit, setting)
    thing = syntax.object_of(token)
    begins = -1 if thing is None else thing.left_edge.i
    acts = [a for a in unit.named if token.i == a.head or token.i in a.words]
    frames = [(a.end, w, begins if "obj" in w else -1) for a in acts for w in (frozenset(a.entry.what),)]
    place = sight.span(token)
    ruled = [("own" if place.overlaps(one.cue) else "other", one) for one in unit.ruled]
    return Around(token, unit, sight, frames, ruled, matter_of(token, unit))


def places(unit: Unit, token: Token) -> list[Token]:
    """Return the words at which what a predicate tells of may begin or end: those of its sentence, not too far off."""
    first, last = max(unit.tokens.start, token.i - _REACH), min(unit.tokens.end, token.i + _REACH)
    return [t for t in token.doc[first:last] if not t.is_space and not t.is_punct]


def _edges(token: Token) -> tuple[dict[int, str], dict[int, str]]:
    """Return what begins and what ends at the words around a predicate: the parts that depend on it and its clause."""
    left: dict[int, str] = {}
    right: dict[int, str] = {}
    above = token
    for level in range(_LEVELS):
        for child in above.children:
            if not child.is_punct:
                left.setdefault(child.left_edge.i, f"{level}{child.dep_}")
                right.setdefault(child.right_edge.i, f"{level}{child.dep_}")
        left.setdefault(above.left_edge.i, f"own{level}")
        right.setdefault(above.right_edge.i, f"own{level}")
        if above.head.i == above.i:
            break
        above = above.head
    return left, right


@lru_cache(maxsize=512)
def _far(distance: int) -> str:
    size = abs(distance)
    wide = next((name for limit, name in reversed(_FAR) if size >= limit), str(size))
    return ("-" if distance < 0 else "+") + wide


def starts(token: Token, unit: Unit, setting: Setting, *, behind: int = -1) -> list[tuple[Token | None, Features]]:
    """Return the words at which what a predicate tells of may begin, each with its features.

    Parameters
    ----------
    behind
        The last word of what has been found so far: only what follows is given, and None for no more.
    """
    around = _around(token, unit, setting)
    left, _ = _edges(token)
    words = places(unit, token)
    opened = 0
    out: list[tuple[Token | None, Features]] = []
    for t in words:
        if t.i <= behind:
            continue
        opened += t.i > token.i and around.sight.before(t.i) in _OPENERS
        names = list(_start(around, t, left.get(t.i, "-"), min(opened, 3)))
        names += ["first"] if t is words[0] else []
        if behind >= 0:
            apart = " ".join(x.lower_ for x in token.doc[behind + 1 : min(t.i, behind + 4)])
            names = ["more " + name for name in names]
            names += [f"more apart {apart}", f"more distance {min(t.i - behind, 5)}"]
        out.append((t, dict.fromkeys(names, 1.0)))
    if behind >= 0:
        out.append((None, dict.fromkeys(_no_more(around, behind), 1.0)))
    return out


def _start(around: Around, t: Token, edge: str, opened: int) -> Iterator[str]:
    token, sight = around.token, around.sight
    last, word = sight.before(t.i), sight.word(token)
    side = "<" if t.i < token.i else "=" if t.i == token.i else ">"
    yield from (f"behind {last}", f"behind {side} {last}", f"at {side} {edge}", f"pos {t.pos_} {side}")
    yield from (f"far {_far(t.i - token.i)}", f"{word} {last}", f"dep {t.dep_} {side}")
    yield from (f"{token.pos_} {side} {edge} {last}", f"second {sight.before(t.i - 1)} {last}")
    if t.lower_ in _OPENERS or t.lower_ in ("som", "og", "men"):
        yield f"is {t.lower_} {side}"
    if t.i > token.i and last in _OPENERS:
        yield from (f"opened {opened}", f"opened {opened} {last}", f"{token.pos_} opened {opened} {last}")
    elif t.i > token.i:
        yield f"unopened {opened}"
    yield from _framed(around, t, last)
    yield from around.matter.at_start(t, last)
    low, high = min(t.i, token.i) - sight.start, max(t.i, token.i) - sight.start
    if sight.commas[high] > sight.commas[low]:
        yield f"comma between {side}"
    if sight.colons[high] > sight.colons[low]:
        yield f"colon between {side}"
    if low < high and sight.verbs[high] > sight.verbs[low + 1]:
        yield f"verb between {side}"
    quote = sight.quote(t)
    if quote is not sight.quote(token):
        yield "other quote"
    if quote is not None and any(s.start == sight.span(t).start for s in quote.segments):
        yield f"quote begins {quote.type} {side}"


def _framed(around: Around, t: Token, last: str) -> Iterator[str]:
    """Yield whether a word stands where the lexicon's entry for the predicate has its matter."""
    for end, what, begins in around.frames:
        if t.i == end:
            yield "right behind the act"
        if last in what and t.i > end:
            first = around.sight.start
            earlier = sum(x in what for x in around.sight.lowered[end - first : t.i - 1 - first])
            yield from (f"frame {min(earlier, 2)}", f"frame {min(earlier, 2)} {last}")
        if begins == t.i:
            yield "the object begins"
    if t.lower_ in ("at", "å"):
        yield "before its mark"
    place = around.sight.span(t)
    for own, one in around.ruled:
        if place.start == one.words.start:
            yield f"{own} rule {one.side} begins"
        elif place.within(one.words):
            yield f"{own} rule {one.side} goes on"


def _no_more(around: Around, behind: int) -> Iterator[str]:
    rest = around.token.doc[behind + 1 : around.unit.tokens.end]
    yield from (
        "no more",
        f"no more {around.token.pos_}",
        f"no more {rest[:1].text.lower()}",
        f"no more {rest[:3].text.lower()}",
    )
    if not any(x.lower_ == "og" for x in rest):
        yield "no more, none joined"


def stops(token: Token, start: Token, unit: Unit, setting: Setting) -> list[tuple[Token, Features]]:
    """Return the words at which it may end, from a start on, each with its features."""
    around = _around(token, unit, setting)
    right, own = _edges(token)[1], _edges(start)[1]
    words = [t for t in places(unit, token) if t.i >= start.i]
    head = _head_of(start, unit)
    end = head.right_edge.i
    opener = around.sight.before(start.i)
    opener = opener if opener in _OPENERS or opener == "^" else "-"
    finite = commas = 0
    out: list[tuple[Token, Features]] = []
    for t in words:
        names = [f"ends {right.get(t.i, '-')}", f"own {own.get(t.i, '-')}", f"commas {min(commas, 2)}"]
        names += _stop(around, start, t, end, opener, head.pos_)
        names += _following(around, start, t, opener, min(finite, 2))
        finite += around.sight.finite[t.i - around.sight.start]
        names.append(f"verbs {min(finite, 2)} {opener}")
        if t.i == words[-1].i:
            names += ["last", f"last {opener}"]
        commas += t.i + 1 < unit.tokens.end and token.doc[t.i + 1].text in ",;:–"
        out.append((t, dict.fromkeys(names, 1.0)))
    return out


def _head_of(start: Token, unit: Unit) -> Token:
    """Return the head of the phrase or clause that begins at a word, or at «at» or «å» right before it."""
    first = start.i
    while first > unit.tokens.start and start.i - first < _MARKS and start.doc[first - 1].lower_ in _OPENERS:
        first -= 1
    head = start
    while head.head.i != head.i and head.head.i >= start.i and head.head.left_edge.i >= first:
        head = head.head
    return head


def _stop(around: Around, start: Token, t: Token, end: int, opener: str, kind: str) -> Iterator[str]:
    sight, begun_at = around.sight, around.sight.span(start).start
    yield from (f"long {_far(t.i - start.i)} {opener}", f"pos {t.pos_}")
    over = "ends" if t.i == end else "goes on" if t.i < end else "over"
    yield from (f"phrase {over}", f"phrase {over} {kind} {opener}")
    if start.i <= around.token.i and t.i < around.token.i:
        yield "without the predicate"
    yield from around.matter.at_end(start, t)
    here = sight.span(t).end
    for own, one in around.ruled:
        begun = "begun" if begun_at == one.words.start else "not begun"
        if here == one.words.end:
            yield f"{own} rule {one.side} ends, {begun}"
    quote = sight.quote(t)
    if quote is not sight.quote(start):
        yield "other quote"
    if quote is not None and any(s.end == here for s in quote.segments):
        yield f"quote ends {quote.type}"


def _following(around: Around, start: Token, t: Token, opener: str, finite: int) -> Iterator[str]:
    """Yield what stands behind a word and on what that hangs."""
    doc, end, sight = around.token.doc, around.unit.tokens.end, around.sight
    after = doc[t.i + 1] if t.i + 1 < end else None
    if after is None or after.is_space:
        yield from ("before $", f"before $ {opener}")
        return
    word = sight.word(after)
    yield from (f"before {word}", f"before {word} {opener}", f"next {after.pos_} {after.dep_}")
    if after.is_punct or word in _JOINERS:
        yield f"before {word} {'$' if after.i + 1 >= end else sight.word(doc[after.i + 1])}"
    if sight.finite[after.i - sight.start]:
        yield f"before a verb, {finite} held, {opener}"
    top = doc[min(after.i + 1, end - 1)] if after.is_punct else after
    edge = top.i
    while top.head.i != top.i and top.head.left_edge.i == edge:
        top = top.head
    hangs = top.head.i
    where = "behind"
    if hangs == top.i:
        where = "root"
    elif start.i <= hangs <= t.i:
        where = "in"
    elif hangs == around.token.i:
        where = "predicate"
    elif hangs < start.i:
        where = "before"
    yield from (f"hangs {where}", f"hangs {where} {top.dep_}", f"hangs {where} {top.dep_} {opener}")


def stretches(token: Token, unit: Unit, setting: Setting, first: Linear, last: Linear) -> Iterator[Stretch]:
    """Yield the words that a predicate tells of: the likeliest, and what is joined to them behind."""
    found = _best(starts(token, unit, setting), token, unit, setting, (first, last))
    while found is not None:
        yield found
        if found.last.i + 1 >= unit.tokens.end:
            return
        more = starts(token, unit, setting, behind=found.last.i)
        found = _best(more, token, unit, setting, (first, last))


def _best(
    begin: Sequence[tuple[Token | None, Features]],
    token: Token,
    unit: Unit,
    setting: Setting,
    models: tuple[Linear, Linear],
) -> Stretch | None:
    shares = models[0].rank([f for _, f in begin])
    likely = sorted(zip(shares, (t for t, _ in begin), strict=True), key=lambda pair: -pair[0])[:_BEAM]
    if likely and likely[0][1] is None:
        return None
    found: list[Stretch] = []
    for share, start in likely:
        if start is None or (found and share < _LEAST):
            continue
        end = stops(token, start, unit, setting)
        chance = models[1].rank([f for _, f in end])
        at = max(range(len(end)), key=chance.__getitem__)
        found.append(Stretch(start, end[at][0], share * chance[at]))
    return max(found, key=lambda s: s.likely, default=None)
