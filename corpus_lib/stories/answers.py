"""Answers across articles: which demand of the story an answer is to, where its own article does not tell.

Candidates: no demand, and each demand first told by then. Features: whether who answers was called on, the words, what
they mean and the kind of thing they speak of, what takes the demand up, time. A ranking by learned weights chooses; an
answer that its article links to a demand goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus_lib.learned import Features, Linear
from corpus_lib.stories.parties import Actor, Bond, Cast
from corpus_lib.stories.scene import Scene, Telling, without_names
from corpus_lib.stories.sketch import Told
from corpus_lib.stories.words import Cover, covered

ANSWERED = "answered_demand"
_LOOKED_AT = 8
_CANDIDATES = 30
_LATELY = (0, 3, 10, 30, 90)
_NEARNESS = ("its words", "meaning", "taken up")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as an article tells it, with its parties as the story has them."""

    told: Told
    article: int
    day: int | None
    by: tuple[Actor, ...]
    words: tuple[str, ...]
    around: tuple[str, ...]


def replies(scene: Scene) -> list[Reply]:
    """Return the answers of a story's articles, in order of time."""
    found = []
    for number, one in enumerate(scene.sketches):
        day = one.day.toordinal() if one.day else None
        for told in one.answers:
            by = scene.cast.who(told.doc, told.actors)
            words, around = (without_names(w, by) for w in (told.words, told.around))
            found.append(Reply(told, number, day, by, words, around))
    if scene.vectors is not None:
        scene.vectors.look_up(w for r in found for w in (*r.words, *r.around, *r.told.taken_up))
    return found


Matter = Sequence[Telling]
"""The tellings of one demand."""


def candidates(reply: Reply, matters: Sequence[Matter], scene: Scene) -> list[int]:
    """Return the numbers of the demands that an answer may be to: those told by then, by what they share with it."""
    told = [n for n, m in enumerate(matters) if m[0].article <= reply.article]
    if len(told) <= _CANDIDATES:
        return told
    own = set(reply.words) | set(reply.around) | set(reply.told.taken_up)
    rare = scene.rarity.of
    worth = {n: sum(rare(w) for w in own & {w for t in _some(matters[n]) for w in t.words}) for n in told}
    worth = {n: w + 2.0 * (Cast.bond(reply.by, _all(matters[n], "on")) in ("same", "side")) for n, w in worth.items()}
    return sorted(sorted(told, key=lambda n: (-worth[n], -n))[:_CANDIDATES])


def _some(matter: Matter) -> Matter:
    return matter if len(matter) <= _LOOKED_AT else [*matter[:2], *matter[2 - _LOOKED_AT :]]


def _all(matter: Matter, side: str) -> tuple[Actor, ...]:
    return tuple(dict.fromkeys(a for t in _some(matter) for a in getattr(t, side)))


def features(reply: Reply, matter: Matter, scene: Scene) -> dict[str, float]:
    """Return what speaks for and against an answer being to a demand."""
    before = [t for t in matter if t.article <= reply.article] or list(matter)
    asking, called = _all(before, "by"), _all(before, "on")
    on, by = Cast.bond(reply.by, called), Cast.bond(reply.by, asking)
    words = tuple(dict.fromkeys(w for t in _some(before) for w in t.words))
    wide = tuple(dict.fromkeys((*words, *(w for t in _some(before) for w in t.around))))
    forth, back, far = (
        covered(x, y, scene.rarity, scene.vectors)
        for x, y in ((reply.words, words), (words, (*reply.words, *reply.around)), (reply.around, wide))
    )
    taken = (
        covered(reply.told.taken_up, wide, scene.rarity, scene.vectors) if reply.told.taken_up else Cover(0.0, 0.0, ())
    )
    f = {
        f"called on: {on}": 1.0,
        f"who demanded: {by}": 1.0,
        f"{reply.told.stance}, called on: {on}": 1.0,
        "its words": max(forth.same, back.same),
        "meaning": (forth.near + back.near) / 2,
        "sentences": far.same,
        "taken up": taken.same,
        "taken up in meaning": taken.near,
        "rarest word": max((scene.rarity.of(w) for w in forth.words + back.words), default=0.0) / scene.rarity.of(""),
    }
    f |= dict.fromkeys(_wanted(reply, before, on), 1.0)
    return f | dict.fromkeys(_circumstances(reply, before, asking), 1.0)


def _wanted(reply: Reply, before: Matter, on: Bond) -> Iterator[str]:
    """Yield whether an answer speaks of the kind of thing that is demanded; nothing where either is of none."""
    asked = frozenset[str]().union(*(t.asked.wants for t in _some(before)))
    if reply.told.wants and asked:
        kind = "other kinds" if asked.isdisjoint(reply.told.wants) else "one kind"
        yield kind
        yield f"{kind}, called on: {on}"


def _circumstances(reply: Reply, before: Matter, asking: Sequence[Actor]) -> Iterator[str]:
    said = reply.told.passage.sentence
    if any(n.split()[-1] in said for a in asking for n in a.names if n and n.split()[-1][:1].isupper()):
        yield "who demanded is named"
    if reply.told.figures and any(reply.told.figures & t.asked.figures for t in before):
        yield "a figure shared"
    if before[-1].article == reply.article:
        yield "told here"
    if reply.day is not None and before[-1].day is not None:
        size = abs(reply.day - before[-1].day)
        yield f"told {next((n for n in reversed(_LATELY) if size >= n), 0)} days ago"
    if len(before) > 2:
        yield "told often"


def options(reply: Reply, matters: Sequence[Matter], scene: Scene) -> list[dict[str, float]]:
    """Return the features of each choice: no demand first, then each of some demands."""
    found = [features(reply, m, scene) for m in matters]
    called = sum("called on: same" in f for f in found)
    best = {name: max((f[name] for f in found), default=0.0) for name in _NEARNESS}
    nothing = {"none": 1.0, f"none, {min(called, 3)} on it": 1.0, **{f"none, {n}": v for n, v in best.items()}}
    if not reply.told.taken_up:
        nothing["none, takes nothing up"] = 1.0
    for f in found:
        f |= {f"nearest: {name}": 1.0 for name in _NEARNESS if f[name] and f[name] >= best[name]}
        if "called on: same" in f:
            f[f"one of {min(called, 3)} on it"] = 1.0
    return [nothing, *found]


@dataclass(frozen=True, slots=True)
class Answered:
    """Which demand an answer is to, how likely that is, and by which features; none of those that its article links."""

    matter: int
    probability: float
    features: Features | None


def answered(
    found: Sequence[Reply], matters: Sequence[Matter], scene: Scene, model: Linear
) -> Iterator[tuple[Reply, list[Answered]]]:
    """Yield the answers with the demands that they answer."""
    of: Mapping[tuple[str, str], int] = {t.asked.key: n for n, m in enumerate(matters) for t in m}
    for reply in found:
        linked = {of[reply.told.doc, d]: p for d, p in reply.told.links if (reply.told.doc, d) in of}
        if linked:
            yield reply, [Answered(n, p, None) for n, p in sorted(linked.items())]
            continue
        near = candidates(reply, matters, scene)
        choices = options(reply, [matters[n] for n in near], scene)
        shares = model.rank(choices)
        best = max(range(len(choices)), key=lambda n: (shares[n], -n))
        yield reply, [Answered(near[best - 1], shares[best], choices[best])] if best else []
