"""A second look at each proposal, with what was decided at its other mentions: one name, one kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from corpus_lib.language.names.proposals import key
from corpus_lib.language.names.recogniser import LABELS

TASK = "names_again"
NONE = "none"
_LEAST = 0.02
_MANY = 3
_FEW_WORDS = 3
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """A proposal after the first look: its text, whether it lies inside a longer name that was chosen, its shares."""

    text: str
    words: int
    inner: bool
    shares: Mapping[str, float]

    @property
    def is_open(self) -> bool:
        """Whether it may be a name: the others need no second look."""
        return self.shares[NONE] < 1 - _LEAST


@dataclass(slots=True)
class _Known:
    sums: dict[str, float] = field(default_factory=lambda: dict.fromkeys((*LABELS, NONE), 0.0))
    count: int = 0
    best: dict[str, list[float]] = field(default_factory=lambda: {label: [] for label in (*LABELS, NONE)})


def features(looks: Sequence[Look]) -> list[dict[str, float] | None]:
    """Return the features of each of an article's proposals; None for those that need no second look."""
    known: dict[str, _Known] = {}
    last: dict[str, float] = {}
    first: dict[str, float] = {}
    for look in looks:
        if look.inner:
            continue
        of_name = known.setdefault(key(look.text), _Known())
        of_name.count += 1
        for label, share in look.shares.items():
            of_name.sums[label] += share
            of_name.best[label] = sorted([*of_name.best[label], share])[-2:]
        if look.words > 1:
            words = look.text.split()
            for table, word in ((last, key(words[-1])), (first, key(words[0]))):
                table[word] = max(table.get(word, 0.0), look.shares["PER"])
    return [_features(look, known, last, first) if look.is_open else None for look in looks]


def _features(
    look: Look, known: Mapping[str, _Known], last: Mapping[str, float], first: Mapping[str, float]
) -> dict[str, float]:
    own, name = look.shares, key(look.text)
    out = {f"log {label}": log(share + 1e-3) for label, share in own.items()}
    out |= {f"own {label}": share for label, share in own.items()}
    out[f"first look={max(own, key=lambda label: own[label])}"] = 1.0
    out[f"words={min(look.words, _FEW_WORDS)}"] = 1.0
    if look.inner:
        out["inside a longer name"] = 1.0
    counted = not look.inner
    of_name = known.get(name)
    others = 0 if of_name is None else of_name.count - counted
    out[f"others={min(others, _MANY)}"] = 1.0
    if of_name is not None and others:
        shares = {label: (total - own[label] * counted) / others for label, total in of_name.sums.items()}
        out |= {f"others {label}": share for label, share in shares.items()}
        for label, top in of_name.best.items():
            rest = top[:-1] if counted and top[-1] == own[label] else top[-1:]
            out[f"best other {label}"] = rest[0] if rest else 0.0
        out |= {f"others log {label}": log(share + 1e-2) for label, share in shares.items()}
        out |= {f"{others if others < _MANY else 'many'} others {label}": share for label, share in shares.items()}
    if look.words == 1:
        out["last of a person"] = last.get(name, 0.0)
        out["first of a person"] = first.get(name, 0.0)
        if out["last of a person"] > _HALF:
            out["surname of a person"] = 1.0
            out["surname: own none"] = own[NONE]
            out["surname: own GPE"] = own["GPE"]
            out["surname: own ORG"] = own["ORG"]
    return out
