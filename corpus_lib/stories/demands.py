"""The same demand in several articles of a story: pairs of tellings, weighed by learned weights, then grouped.

Candidates: two tellings of one story. Features: who demands and who is called on, the words, what they mean and the
kind of thing they ask for, figures, time, what else the two articles and the two sides tell. Grouping: average linkage
over the log-odds of the pairs, cut at a learned limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log

from corpus_lib.learned import Linear
from corpus_lib.stories.parties import Cast
from corpus_lib.stories.scene import Scene, Telling

SAME = "same_demand"
LEAST = "(least)"
_LATELY = (0, 3, 10, 30, 90)
_MOST = 6.0
"""Log-odds are cut at this, so that one pair cannot outweigh all others."""

_NEAR = ("same", "side")

Pair = tuple[int, int]


def pair_features(one: int, other: int, scene: Scene) -> dict[str, float]:
    """Return what speaks for and against two tellings, the earlier one first, being of one demand."""
    a, b = scene.tellings[one], scene.tellings[other]
    by, on = Cast.bond(a.by, b.by), Cast.bond(a.on, b.on)
    forth, back, wide, after = scene.covers(b, a)
    near = {"words, same": max(forth.same, back.same), "words, near": (forth.near + back.near) / 2}
    here = a.asked.doc == b.asked.doc
    if not here:
        shared = max((scene.rarity.of(w) for w in forth.words + back.words), default=0.0)
        near |= {
            "words in its sentence": wide.same,
            "meaning in its sentence": wide.near,
            "words in the later sentence": after.same,
            "meaning in the later sentence": after.near,
            "rarest word": shared / scene.rarity.of(""),
            "unheard": scene.unheard(b),
        }
    parties = _parties(by, on)
    f = {parties: 1.0, "alike": scene.alike(a, b), **near}
    f |= {f"{parties} x {name}": value for name, value in near.items()}
    f |= _figures(a, b) | _wanted(a, b, parties)
    if "same" in (Cast.bond(a.by, b.on), Cast.bond(a.on, b.by)) and by != "same":
        f["roles exchanged"] = 1.0
    if here:
        return _here(f, b, other - one)
    f[f"unheard {min(int(near['unheard'] * 4), 3)}"] = 1.0
    f |= dict.fromkeys(_told(a, b, by, on, scene), 1.0)
    f |= dict.fromkeys(_beside(one, other, scene, near_by=by in _NEAR), 1.0)
    if by in _NEAR and on in _NEAR:
        f |= dict.fromkeys(_theirs(one, other, scene), 1.0)
    return f


def _parties(by: str, on: str) -> str:
    """Return in a word how near the parties of two tellings are; on somebody: one of the two calls on nobody."""
    if by == on == "same":
        return "the same on the same"
    if by in _NEAR:
        return f"one side on {'somebody' if on == 'unknown' else 'one side' if on in _NEAR else 'another'}"
    return "another on somebody" if on == "unknown" else "another on one side" if on in _NEAR else "others on others"


def _here(f: Mapping[str, float], b: Telling, apart: int) -> dict[str, float]:
    """Return the features of two tellings in one article: as a rule they are two demands."""
    made = {f"here, {name}": value for name, value in f.items()} | {"here": 1.0}
    if b.asked.takes_up and apart == 1:
        made["here, takes up the one before"] = 1.0
    if b.asked.joins:
        made["here, joins"] = 1.0
    return made


def _figures(a: Telling, b: Telling) -> dict[str, float]:
    if not a.asked.figures or not b.asked.figures:
        return {}
    return {"a figure shared" if a.asked.figures & b.asked.figures else "other figures": 1.0}


def _wanted(a: Telling, b: Telling, parties: str) -> dict[str, float]:
    """Return whether two tellings ask for one kind of thing; nothing where one asks for none that is known."""
    if not a.asked.wants or not b.asked.wants:
        return {"kind unknown": 1.0}
    kind = "other kinds" if set(a.asked.wants).isdisjoint(b.asked.wants) else "one kind"
    first = sorted((a.asked.wants[0], b.asked.wants[0]))
    return {kind: 1.0, f"{parties} x {kind}": 1.0, f"kinds {first[0]}, {first[1]}": 1.0}


def _theirs(one: int, other: int, scene: Scene) -> Iterator[str]:
    """Yield how the earlier of two tellings stands among all earlier ones by the same side on the same side."""
    b, mine = scene.tellings[other], scene.closeness(one, other)
    rivals = [n for n in scene.near(other) if n != one and _near(scene.tellings[n], b)]
    nearer = min(sum(scene.closeness(n, other) > mine for n in rivals), 2)
    yield f"{nearer} nearer of theirs"
    if not rivals:
        yield "their only one before"
    if b.asked.retold:
        yield f"told as earlier, {nearer} nearer of theirs"


def _near(a: Telling, b: Telling) -> bool:
    return Cast.bond(a.by, b.by) in _NEAR and Cast.bond(a.on, b.on) in _NEAR


def _told(a: Telling, b: Telling, by: str, on: str, scene: Scene) -> Iterator[str]:
    if min(len(a.words), len(b.words)) < 2:
        yield f"hardly a word, by {by}"
        yield f"hardly a word, on {on}"
    if a.asked.passage.text.lower() == b.asked.passage.text.lower():
        yield "word for word"
    if a.day is not None and b.day is not None:
        size = abs(a.day - b.day)
        yield f"{next((n for n in reversed(_LATELY) if size >= n), 0)} days between"
    if b.asked.retold:
        yield f"told as earlier, by {by}"
    if b.asked.joins:
        yield f"joins, by {by}"
    if scene.repeats.get(b.asked.doc) == a.asked.doc:
        yield "in the article repeated"


def _beside(one: int, other: int, scene: Scene, *, near_by: bool) -> Iterator[str]:
    """Yield how two tellings stand beside the others of their articles and of the story."""
    whose = "by theirs" if near_by else "by others"
    mine = scene.closeness(one, other)
    ends = ((one, other), (other, one))
    nearest = sum(all(scene.closeness(x, z) <= mine for z in scene.beside(y)) for x, y in ends)
    yield f"nearest, {nearest} of 2"
    yield f"nearest, {nearest} of 2, {whose}"
    before = sum(scene.closeness(z, other) > mine for z in scene.near(other) if z != one)
    yield f"{min(before, 3)} nearer"
    if near_by:
        alone = sum(not any(_near_by(x, z, scene) for z in scene.beside(x)) for x, _ in ends)
        yield f"their one demand, {alone} of 2"


def _near_by(one: int, other: int, scene: Scene) -> bool:
    return Cast.bond(scene.tellings[one].by, scene.tellings[other].by) in _NEAR


def pairs(scene: Scene) -> list[Pair]:
    """Return the pairs of tellings that are compared: all of a small story; of a large one, those that share most."""
    return sorted(
        {(min(i, j), max(i, j)) for j in range(len(scene.tellings)) for i in (*scene.near(j), *scene.beside(j))}
    )


def least(model: Linear) -> float:
    """Return the probability from which two tellings belong together."""
    return model.weights.get(LEAST, (0.5,))[0]


def weighed(scene: Scene, model: Linear) -> dict[Pair, float]:
    """Return how likely each pair of tellings is of one demand."""
    return {pair: model.probability(pair_features(*pair, scene)) for pair in pairs(scene)}


def tied(scene: Scene) -> list[Pair]:
    """Return the pairs of which the text itself says that they are one: «en slik gjennomgang», «det samme»."""
    return [
        (place - 1, place)
        for place, telling in enumerate(scene.tellings)
        if telling.asked.takes_up and place and scene.tellings[place - 1].article == telling.article
    ]


def grouped(count: int, likely: Mapping[Pair, float], limit: float, ties: Sequence[Pair] = ()) -> list[list[int]]:
    """Return groups of tellings: average linkage (UPGMA, Sokal and Michener 1958) over the log-odds of the pairs.

    Pairs that are not weighed count as most unlikely. Each connected part is grouped by itself.

    Parameters
    ----------
    ties
        Pairs that stay together whatever is likely.

    >>> grouped(4, {(0, 1): 0.9, (0, 2): 0.8, (1, 2): 0.7, (2, 3): 0.1}, 0.5)
    [[0, 1, 2], [3]]
    >>> grouped(3, {(0, 1): 0.9}, 0.5, [(1, 2)])
    [[0], [1, 2]]
    """
    groups: list[list[int]] = []
    for part in _parts(count, (*ties, *(pair for pair, p in likely.items() if p >= limit))):
        groups += _linked(part, likely, limit, ties)
    return sorted(groups)


def _parts(count: int, joined: Iterable[Pair]) -> Iterator[list[int]]:
    """Yield the connected parts of a graph."""
    around: dict[int, set[int]] = {}
    for i, j in joined:
        around.setdefault(i, set()).add(j)
        around.setdefault(j, set()).add(i)
    done: set[int] = set()
    for start in range(count):
        if start in done:
            continue
        part, waiting = [], [start]
        done.add(start)
        while waiting:
            here = waiting.pop()
            part.append(here)
            new = around.get(here, set()) - done
            done |= new
            waiting.extend(sorted(new))
        yield sorted(part)


_LARGEST = 600
"""A connected part with more tellings is left whole: it is one text told again and again."""


def _linked(part: Sequence[int], likely: Mapping[Pair, float], limit: float, ties: Sequence[Pair]) -> list[list[int]]:
    """Join the two groups of a part that are likeliest one, again and again, as long as any two are likely."""
    if len(part) < 2 or len(part) > _LARGEST:
        return [list(part)]
    import numpy as np

    places = {telling: n for n, telling in enumerate(part)}
    sums = np.full((len(part), len(part)), -_MOST)
    for (i, j), p in likely.items():
        if i in places and j in places:
            sums[places[i], places[j]] = sums[places[j], places[i]] = _log_odds(p)
    groups = [[telling] for telling in part]
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(part))

    def join(one: int, other: int) -> None:
        groups[one] += groups[other]
        groups[other] = []
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[one, one] = -np.inf
        sums[other], sums[:, other] = -np.inf, -np.inf
        sizes[one] += sizes[other]

    for i, j in ties:
        if i in places and j in places:
            one, other = (next(n for n, g in enumerate(groups) if telling in g) for telling in (i, j))
            if one != other:
                join(one, other)
    while True:
        means = sums / np.outer(sizes, sizes)
        best = int(means.argmax())
        one, other = divmod(best, len(part))
        if means[one, other] < _log_odds(limit):
            return [sorted(g) for g in groups if g]
        join(min(one, other), max(one, other))


def _log_odds(p: float) -> float:
    return max(-_MOST, min(_MOST, log(max(p, 1e-9) / max(1 - p, 1e-9))))
