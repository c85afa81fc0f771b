"""What speaks for and against a stretch of words being a name, and of what: the named features of the decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from corpus_lib.language.lexicon import cues
from corpus_lib.language.names.gazetteer import kinds_in_genitive
from corpus_lib.language.names.proposals import Stretch, key
from corpus_lib.language.names.readings import Reading
from corpus_lib.language.names.recogniser import LABELS
from corpus_lib.language.nouns import noun

_MANY = 3
_SURE = (0.8, 0.95, 0.99)
"""From which likelihoods on the recogniser is the surer."""
_HALF = 0.5
_MOST_WORDS = 5
_SHORT = 8
_OPENERS = frozenset('–—-«»"“”:.!?')
_NOUN_LIKE = frozenset({"NOUN", "ADJ", "PROPN", ""})
_LIKELY, _LOG, _OTHERS = (tuple(f"{what} {label}" for label in LABELS) for what in ("likely", "log", "others"))


@dataclass(slots=True)
class Article:
    """What the whole article says of its names, by the `key` of a name.

    Attributes
    ----------
    votes
        The likelihoods of each label, summed over the mentions.
    mentions
        How many there are.
    last, first, body
        How likely a word is the last or the first one of a person's full name, or the first of a body's: the most at
        one mention.
    small
        How often a word stands without a capital.
    large
        How often a word stands with a capital that no sentence, line or quotation begins with.
    """

    votes: dict[str, list[float]] = field(default_factory=dict)
    mentions: Counter[str] = field(default_factory=Counter)
    last: dict[str, float] = field(default_factory=dict)
    first: dict[str, float] = field(default_factory=dict)
    body: dict[str, float] = field(default_factory=dict)
    small: Counter[str] = field(default_factory=Counter)
    large: Counter[str] = field(default_factory=Counter)


def article_of(
    readings: Sequence[Reading], found: Sequence[Iterable[Stretch]], chosen: Sequence[Iterable[Stretch]]
) -> Article:
    """Return what an article says of its names, from the stretches that may be some.

    A stretch inside a longer name that the recogniser has chosen is no mention of its own.
    """
    article = Article()
    for reading, stretches, names in zip(readings, found, chosen, strict=True):
        cover = covered(names)
        for start, end in stretches:
            over = cover.get(start, (0, 0))
            if not (end <= over[1] and end - start < over[1] - over[0]):
                _count(article, reading, start, end)
        article.small.update(w for w in reading.words if w.islower())
        article.large.update(_large(reading))
    return article


def _large(reading: Reading) -> Iterator[str]:
    """Yield the words whose capital says something."""
    if reading.text.isupper():
        return
    for i, word in enumerate(reading.words):
        told = i and word[:1].isupper() and reading.words[i - 1] not in _OPENERS
        if told and not (reading.starts and reading.starts[i]):
            yield key(word)


def covered(names: Iterable[Stretch]) -> dict[int, Stretch]:
    """Return the name that each token of some names belongs to."""
    return {i: name for name in names for i in range(*name)}


def _count(article: Article, reading: Reading, start: int, end: int) -> None:
    name = key(reading.of(start, end))
    likely = reading.likely(start, end)
    votes = article.votes.setdefault(name, [0.0] * len(LABELS))
    for k, share in enumerate(likely):
        votes[k] += share
    article.mentions[name] += 1
    if end - start > 1:
        first, last = key(reading.words[start]), key(reading.words[end - 1])
        for table, word, share in (
            (article.last, last, likely[0]),
            (article.first, first, likely[0]),
            (article.body, first, likely[1]),
        ):
            table[word] = max(table.get(word, 0.0), share)


@lru_cache(maxsize=1 << 14)
def of_text(text: str) -> Mapping[str, float]:
    """Return the features of a name's words alone; not to be changed."""
    words = text.split()
    last, first = words[-1], words[0]
    ending = key(last)
    out: dict[str, float] = {f"words={min(len(words), _MOST_WORDS)}": 1.0, f"word={key(text)}": 1.0}
    out |= {f"ends=-{ending[-n:]}": 1.0 for n in (3, 4, 5) if len(ending) > n}
    out[f"shape={_shape(last)}"] = 1.0
    kinds = kinds_in_genitive(text)
    out |= {f"listed={kind}": 1.0 for kind in kinds} or {"listed=no": 1.0}
    out[f"listed kinds={min(len(kinds), _MANY)}"] = 1.0
    if len(words) > 1:
        out[f"first shape={_shape(first)}"] = 1.0
        out[f"first={key(first)}"] = 1.0
        out[f"last={ending}"] = 1.0
        out |= {f"holds={w}": 1.0 for w in words[1:-1] if w.islower()}
        out |= {f"first listed={kind}": 1.0 for kind in kinds_in_genitive(first)}
        out |= {f"last listed={kind}": 1.0 for kind in kinds_in_genitive(last)}
        opening = noun(first.lower())
        if opening is not None:
            out[f"first noun={opening.kind}"] = 1.0
    known = noun(ending)
    if known is not None:
        out[f"{'last noun' if len(words) > 1 else 'noun'}={known.kind}"] = 1.0
    return out


def _shape(word: str) -> str:
    """Return a word's shape, each kind of sign once: «Xx», «X», «X-x», «Xd»."""
    marks = ["d" if c.isdigit() else "X" if c.isupper() else "x" if c.islower() else c for c in word[:20]]
    return "".join(m for i, m in enumerate(marks) if not i or marks[i - 1] != m)[:8]


def of_place(
    reading: Reading, stretch: Stretch, likely: Sequence[float], source: str, label: str | None, overlaps: bool
) -> dict[str, float]:
    """Return the features of a stretch where it stands: what the recogniser says, and the words around it.

    Parameters
    ----------
    source
        What proposed it.
    label
        The recogniser's label, where the stretch is its own choice.
    overlaps
        Whether it overlaps another stretch that the recogniser chose.
    """
    start, end = stretch
    out = dict(zip(_LIKELY, likely, strict=True))
    for name, share in zip(_LOG, likely, strict=True):
        out[name] = log(share + 0.01) + 4.605
    for name, share in zip(LABELS, likely, strict=True):
        out |= {f"{name} at least {bound}": 1.0 for bound in _SURE if share >= bound}
    outside = [row[0] for row in reading.shares[start:end]]
    out["outside"] = sum(outside) / len(outside)
    out["most outside"] = max(outside)
    out["goes on from before"] = _goes_on(reading.shares[start])
    if end < len(reading.words):
        out["goes on behind"] = _goes_on(reading.shares[end])
    out[f"chosen={label or 'no'}"] = 1.0
    out[f"by={source}"] = 1.0
    if overlaps:
        out["overlaps a chosen one"] = 1.0
    _add_before(out, reading, start)
    _add_behind(out, reading, end)
    out[f"pos={reading.pos[start]}"] = 1.0
    if end - start == 1 and (
        not start or reading.words[start - 1] in _OPENERS or (reading.starts and reading.starts[start])
    ):
        _add_opening_noun(out, reading.lower[start])
    if end - start > 1:
        out[f"last pos={reading.pos[end - 1]}"] = 1.0
    if len(reading.words) <= _SHORT:
        out["short block"] = 1.0
    if reading.text.isupper():
        out["block in capitals"] = 1.0
    if reading.deps:
        _add_tree(out, reading, start, end)
    return out


def _add_opening_noun(out: dict[str, float], word: str) -> None:
    """Tell of a word with the capital of a sentence that is a noun of the lexicon: «Universitetet», «Fiskarlaget»."""
    known = noun(word)
    if known is not None and known.definite:
        made = "compound" if known.modifier else "simple"
        listed = "listed" if kinds_in_genitive(word) else "unlisted"
        out[f"opens, a {made} noun"] = out[f"opens, {made} noun={known.kind}"] = 1.0
        out[f"opens, {made} noun {listed}"] = 1.0


def _goes_on(row: Sequence[float]) -> float:
    """Return how likely a token goes on with a name that began before it."""
    return sum(row[4 * k + 2] + row[4 * k + 3] for k in range(len(LABELS)))


def _add_before(out: dict[str, float], reading: Reading, start: int) -> None:
    if not start:
        out["opens the block"] = 1.0
        return
    word, pos = reading.words[start - 1], reading.pos[start - 1]
    lowered = reading.lower[start - 1]
    out[f"before={lowered}"] = 1.0
    out[f"pos before={pos}"] = 1.0
    if word[0].isupper():
        out["capital before"] = 1.0
    if word in _OPENERS:
        out["opener before"] = 1.0
    known = noun(lowered) if pos in _NOUN_LIKE and word.isalpha() else None
    if known is not None:
        out[f"noun before={known.kind}"] = 1.0
    if start > 1:
        out[f"two before={reading.lower[start - 2]}"] = 1.0


def _add_behind(out: dict[str, float], reading: Reading, end: int) -> None:
    if end >= len(reading.words):
        out["closes the block"] = 1.0
        return
    word, lowered, pos = reading.words[end], reading.lower[end], reading.pos[end]
    out[f"behind={lowered}"] = 1.0
    out[f"pos behind={pos}"] = 1.0
    if word[0].isupper():
        out["capital behind"] = 1.0
    if lowered in cues("saying"):
        out["saying behind"] = 1.0
    if word == "(" and end + 1 < len(reading.words):
        out["age behind" if reading.words[end + 1].isdigit() else "bracket behind"] = 1.0
    known = noun(lowered) if pos == "NOUN" else None
    if known is not None:
        out[f"noun behind={known.kind}"] = 1.0


def _add_tree(out: dict[str, float], reading: Reading, start: int, end: int) -> None:
    heads, deps = reading.heads, reading.deps
    roots = [i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i]
    root = roots[0] if roots else start
    dep, head = deps[root], heads[root]
    out[f"dep={dep}"] = 1.0
    if len(roots) > 1:
        out["in several parts"] = 1.0
    if dep == "nsubj" and head != root:
        out["subject"] = 1.0
        if reading.lower[head] in cues("saying"):
            out["subject of saying"] = 1.0
        out[f"subject of={reading.lemmas[head]}"] = 1.0
    elif dep.startswith(("nmod", "appos", "obl")):
        out[f"hangs on={reading.lemmas[head]}"] = 1.0
        known = noun(reading.lower[head])
        if known is not None:
            out[f"{dep} of noun={known.kind}"] = 1.0
    elif dep.startswith("flat") and not start <= head < end:
        out["part of a longer name by the tree"] = 1.0
    if end < len(deps) and deps[end].startswith("flat") and start <= heads[end] < end:
        out["the tree goes on behind"] = 1.0
    for i in range(max(0, start - 3), start):
        if heads[i] == root and deps[i] == "case":
            out[f"case={reading.lower[i]}"] = 1.0
    if reading.starts[start]:
        out["opens a sentence"] = 1.0


def of_article(
    article: Article, reading: Reading, stretch: Stretch, likely: Sequence[float], counted: bool
) -> dict[str, float]:
    """Return what the other mentions say of a stretch.

    Parameters
    ----------
    counted
        Whether the stretch itself is among the article's mentions.
    """
    start, end = stretch
    name = key(reading.of(start, end))
    others = article.mentions[name] - counted
    out: dict[str, float] = {f"others={min(others, _MANY)}": 1.0}
    if others > 0:
        votes = article.votes[name]
        shares = [(votes[k] - likely[k] * counted) / others for k in range(len(LABELS))]
        out |= zip(_OTHERS, shares, strict=True)
        out["others none"] = max(0.0, 1 - sum(shares))
    if end - start == 1:
        out["last of a person"] = article.last.get(name, 0.0)
        out["first of a person"] = article.first.get(name, 0.0)
        out["first of a body"] = article.body.get(name, 0.0)
        small, large = article.small[reading.lower[start]], article.large[name]
        out["small elsewhere"] = min(small, 2) / 2
        out[f"large={min(large, _MANY)}"] = 1.0
        if large and not small:
            out["large, never small"] = 1.0
        if out["last of a person"] > _HALF:
            out["surname of a person, never small" if not small else "surname of a person"] = 1.0
    else:
        last = key(reading.words[end - 1])
        if mentions := article.mentions[last]:
            out["last elsewhere PER"] = article.votes[last][0] / mentions
            out["last elsewhere ORG"] = article.votes[last][1] / mentions
    return out
