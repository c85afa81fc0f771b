"""What speaks for and against each candidate for the speaker of a quotation: named features of a learned ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p

from corpus_lib.actors import FEMALE, MALE, SPEAKER
from corpus_lib.language.matters import matter
from corpus_lib.language.nouns import noun
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.scene import Mention, Scene, Who

_FAR = 6
_SURE = (0.5, 0.7, 0.85, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may speak, nobody for an empty ``who``; where it comes from, and what speaks for it."""

    who: Who
    sources: tuple[str, ...]
    features: dict[str, float]


def marks_around(place: int, scene: Scene, mention: Mention | None) -> tuple[str, ...]:
    """Return what stands around a quotation, as it bears on every source."""
    one = scene.found[place]
    block = scene.parsed.blocks[one.block]
    text = scene.article.text
    last = scene.said[-1] if scene.said else None
    before = scene.parsed.blocks[one.block - 1].doc.text.rstrip() if one.block else ""
    marks = [one.rule, one.type, f"in a {scene.article.blocks[one.block].kind}"]
    if text[one.extent.end - 1 : one.extent.end + 1].rstrip().endswith("?"):
        marks.append("a question")
    if last is not None:
        marks.append(f"blocks since: {min(4, one.block - last.block)}")
    if before.endswith(":"):
        marks.append("below a colon")
    if one.start - block.start < _FAR:
        marks.append("begins its block")
    if mention is not None and mention.above:
        marks.append("mention above")
    if before[:1] in "-–—«" and one.block and last is not None and last.block == one.block - 1:
        marks.append("below speech")
    if mention is None or mention.sort == "pronoun":
        marks += _turn(place, scene)
    return tuple(marks)


def _turn(place: int, scene: Scene) -> list[str]:
    """Return how a quotation follows the one before it."""
    one = scene.found[place]
    before = scene.found[place - 1] if place else None
    marks = [f"speakers so far: {min(3, len(scene.often))}"]
    if before is not None and one.block - before.block <= 1:
        asks = scene.article.text[before.extent.end - 1 : before.extent.end + 1].rstrip().endswith("?")
        marks += ["behind a question"] if asks else []
        marks += [f"behind {before.rule}{', same block' if before.block == one.block else ''}"]
        marks += ["behind one without a speaker"] if not scene.spoken_for.get(place - 1) else []
    after = scene.found[place + 1] if place + 1 < len(scene.found) else None
    if after is not None and after.block - one.block <= 1:
        marks.append(f"before {'a mention' if after.mention is not None else 'no mention'}")
    return marks


def features(
    who: Who,
    sources: Mapping[str, float],
    one: Found,
    scene: Scene,
    mention: Mention | None,
    around: Sequence[str],
) -> dict[str, float]:
    """Return what speaks for a candidate: its sources, what it is, where it was named and quoted."""
    asked = "none" if mention is None else mention.sort
    signs = {**sources, **(_of(who, one, scene) if who else {})}
    found = {f"{asked}: {name}": value for name, value in signs.items() if value}
    kind = scene.cast.entities[who[0]].kind if who else "nobody"
    for source in sources:
        found |= {f"{asked}: {source}, {mark}": 1.0 for mark in around}
        found[f"{asked}: {source}, a {kind}"] = 1.0
        if unnamed := who and scene.cast.entities[who[0]].noun_class:
            found[f"{asked}: {source}, a {unnamed}"] = 1.0
    if mention is not None:
        found |= _of_mention(mention, sources, kind, scene.cast.entities[who[0]].gender if who else None)
    return found


def _gender(mention: Mention, gender: str | None) -> list[str]:
    """Return whether «he» or «she» goes with the gender of a candidate."""
    word = mention.tokens.root.lower_
    wanted = "f" if word in FEMALE else "m" if word in MALE else None
    if wanted is None or gender is None:
        return []
    return ["gender agrees" if wanted == gender else "gender differs"]


def _of_mention(mention: Mention, sources: Mapping[str, float], kind: str, gender: str | None) -> dict[str, float]:
    """Return what the words that name who speaks tell of a candidate and its sources."""
    asked, resolved = mention.sort, mention.resolved
    sure = sum(resolved.probability >= bound for bound in _SURE)
    found = {f"{asked}: how sure the mention is: {sure}, {source}": 1.0 for source in sources}
    if "the mention" in sources:
        found[f"{asked}: the mention, {resolved.rule}"] = 1.0
    if asked in ("noun", "document"):
        head = mention.tokens.root.lower_
        entry = noun(head)
        sort, lemma = (entry.kind, entry.head) if entry is not None else (matter(head) or "unlisted", head)
        for source in sources:
            found |= {f"{asked} {sort}: {source}": 1.0, f"{asked} {sort}: {source}, a {kind}": 1.0}
            found[f"«{lemma}»: {source}"] = 1.0
    elif asked == "pronoun":
        found |= {f"pronoun: {told}": 1.0 for told in _gender(mention, gender)}
    if asked in ("pronoun", "first person"):
        found |= {f"«{mention.tokens.root.lower_}»: {source}, a {kind}": 1.0 for source in sources}
    return found


def _of(who: Who, one: Found, scene: Scene) -> dict[str, float]:
    """Return what a candidate is, where it was named and how it was quoted."""
    entity = scene.cast.entities[who[0]]
    spoke = next((s for s in reversed(scene.said) if s.who == who), None)
    signs = {
        f"a {entity.kind}": 1.0,
        f"a {entity.kind}, {entity.noun_class or 'of no class'}": float(entity.kind == "unnamed"),
        "only in captions": float(scene.is_apart(who[0])),
        "several": float(len(who) > 1),
        "has not spoken": float(spoke is None),
        "in the headline": float(scene.is_headlined(who[0])),
        "share of mentions": scene.share(who[0]),
        f"most mentioned {entity.kind}": float(scene.is_most(who[0])),
        "the only one quoted": float(spoke is not None and len(scene.often) == 1),
        "alternates": float(_alternates(who, scene)),
    }
    if spoke is not None:
        signs["blocks since it spoke"] = float(min(_FAR, one.block - spoke.block))
        signs["times quoted"] = log1p(scene.often[who])
    signs |= dict.fromkeys(_places(who[0], one, scene), 1.0)
    if _says_i(one, scene):
        signs["says I or we"] = 1.0
        signs[f"says I or we, a {entity.kind}"] = 1.0
    return signs


def _alternates(who: Who, scene: Scene) -> bool:
    """Say whether two speak in turn and it is a candidate's turn."""
    last = [s.who for s in scene.said[-3:]]
    return len(last) == 3 and last[0] == last[2] != last[1] == who


def _says_i(one: Found, scene: Scene) -> bool:
    if one.type != "direct":
        return False
    words = scene.article.slice(one.segments[0]).lower().split()
    return not SPEAKER.isdisjoint(words)


def _places(number: int, one: Found, scene: Scene) -> set[str]:
    """Return where an entity stands around a quotation."""
    block = scene.parsed.blocks[one.block]
    last = scene.said[-1].end if scene.said else 0
    end = block.start + len(block.doc.text)
    found = set()
    for span, mention in scene.cast.entities[number].mentions.items():
        if mention.kind == "pronoun":
            continue
        if any(span.within(s) for s in one.segments):
            found.add("named in the words")
        elif block.start <= span.start < one.start:
            found.add("named before in its block")
        elif one.extent.end <= span.start < end:
            found.add("named behind in its block")
        if last <= span.start < one.start:
            found.add("named since somebody spoke")
    return found
