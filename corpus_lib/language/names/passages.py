"""Passages to learn names from: treebank sentences and annotated articles, as they are and varied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from corpus_lib.language.names.recogniser import LABELS

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from corpus_lib.language.treebank import Sentence

Name = tuple[int, int, str]
"""First token, behind the last one, label."""

_MARKS = frozenset('«»"“”-–()')
_LONGEST = 4
_PARTICLES = (("von",), ("von", "der"), ("van",), ("van", "der"), ("de",), ("de", "la"), ("bin",), ("al",), ("di",))
_GENITIVE_LEAST = 3
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Passage:
    """Tokens, whether a space follows each, and the names."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    names: tuple[Name, ...]


def of_sentences(sentences: Sequence[Sentence]) -> Passage:
    """Return treebank sentences as one passage; a space separates them."""
    words: list[str] = []
    spaces: list[bool] = []
    names: list[Name] = []
    for sentence in sentences:
        for place, word in enumerate(sentence.words):
            at = len(words)
            if word.name.startswith("B"):
                names.append((at, at + 1, word.name[2:]))
            elif word.name.startswith("I") and names and names[-1][1] == at:
                names[-1] = (names[-1][0], at + 1, names[-1][2])
            words.append(word.form)
            spaces.append(word.space or place == len(sentence.words) - 1)
    return Passage(tuple(words), tuple(spaces), tuple(names))


def of_doc(doc: Doc, names: Iterable[Name]) -> Passage:
    """Return a tokenised block and its names as a passage."""
    return Passage(tuple(t.text for t in doc), tuple(bool(t.whitespace_) for t in doc), tuple(names))


def stock_of(passages: Iterable[Passage]) -> dict[str, list[tuple[str, ...]]]:
    """Return the names of some passages by label, each once, sorted: what others may be exchanged for."""
    found: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for passage in passages:
        for start, end, label in passage.names:
            name = passage.words[start:end]
            if len(name) <= _LONGEST and _MARKS.isdisjoint(name):
                found[label].add(name)
    return {label: sorted(found[label]) for label in LABELS}


def varied(passage: Passage, stock: Mapping[str, Sequence[tuple[str, ...]]], random: Random, share: float) -> Passage:
    """Return a passage as another paper might have it: other names, capitals, no full stop.

    Parameters
    ----------
    share
        In how many passages names are exchanged for others of their kind (0–1).
    """
    if passage.names and random.random() < share:
        passage = _exchanged(passage, stock, random)
    kind = random.random()
    words = list(passage.words)
    if kind < 0.03 and len(words) < _SHORT:
        words = [word.upper() for word in words]
    elif kind < 0.07:
        for start, end, _ in passage.names:
            if random.random() < 0.7:
                words[start:end] = [word.upper() for word in words[start:end]]
    elif kind < 0.1 and len(words) > 1 and words[-1] == ".":
        kept = tuple(name for name in passage.names if name[1] < len(words))
        return Passage(passage.words[:-1], passage.spaces[:-1], kept)
    return Passage(tuple(words), passage.spaces, passage.names)


def credit(stock: Mapping[str, Sequence[tuple[str, ...]]], random: Random) -> Passage:
    """Return a photographer's line, made up: «Foto: Kari Lie / NTB», «(FOTO: KARI LIE/NTB)»."""
    person, body = list(_other("PER", stock, random)), list(random.choice(stock["ORG"]))
    opening = random.choice((["Foto", ":"], ["FOTO", ":"], ["Foto"], ["(", "Foto", ":"], ["Illustrasjonsfoto", ":"]))
    sign = random.choice(("/", "/", ",", "/"))
    if random.random() < 0.3:
        person, body = [w.upper() for w in person], [w.upper() for w in body]
    start = len(opening)
    names: list[Name] = [(start, start + len(person), "PER")]
    words = [*opening, *person]
    if random.random() < 0.7:
        words += [sign, *body]
        names.append((len(words) - len(body), len(words), "ORG"))
    words += [")"] if opening[0] == "(" else []
    spaces = [
        word != "(" and following not in (":", ",", ")")
        for word, following in zip(words, [*words[1:], ""], strict=True)
    ]
    glued = random.random() < 0.3
    return Passage(
        tuple(words),
        tuple(
            s and not (glued and "/" in (w, *words[i + 1 : i + 2]))
            for i, (w, s) in enumerate(zip(words, spaces, strict=True))
        ),
        tuple(names),
    )


def _exchanged(passage: Passage, stock: Mapping[str, Sequence[tuple[str, ...]]], random: Random) -> Passage:
    """Exchange some of the names; one that stands twice is exchanged for the same one."""
    share = random.choice((0.3, 0.6, 1.0))
    new: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}
    words: list[str] = []
    spaces: list[bool] = []
    names: list[Name] = []
    at = 0
    for start, end, label in passage.names:
        words += passage.words[at:start]
        spaces += passage.spaces[at:start]
        old = passage.words[start:end]
        if (old, label) not in new:
            new[old, label] = _other(label, stock, random) if random.random() < share else old
        name = list(new[old, label])
        if label == "PER" and len(old) == 1:
            name = name[-1:]
        if _in_genitive(old[-1]) and not name[-1].endswith(("s", "x", "z", "'")) and random.random() < 0.5:
            name[-1] += "s"
        names.append((len(words), len(words) + len(name), label))
        words += name
        spaces += [*[True] * (len(name) - 1), passage.spaces[end - 1]]
        at = end
    words += passage.words[at:]
    spaces += passage.spaces[at:]
    return Passage(tuple(words), tuple(spaces), tuple(names))


def _in_genitive(word: str) -> bool:
    return word.endswith("s") and len(word) > _GENITIVE_LEAST


def _other(label: str, stock: Mapping[str, Sequence[tuple[str, ...]]], random: Random) -> tuple[str, ...]:
    """Draw another name of the kind; a person's may have the first name of one and the last of another."""
    if label == "PER" and random.random() < 0.5:
        first, last = random.choice(stock[label]), random.choice(stock[label])
        if len(first) > 1 and len(last) > 1:
            return (first[0], *(random.choice(_PARTICLES) if random.random() < 0.08 else ()), *last[1:])
    return random.choice(stock[label])
