"""Names inside compounds: «Bodø» in «Bodø-klubben», «Aker Solutions» in «Aker Solutions-sjefen»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus_lib.language.names.features import Article, of_text
from corpus_lib.language.names.proposals import key
from corpus_lib.language.names.readings import Reading
from corpus_lib.language.names.recogniser import LABELS
from corpus_lib.language.nouns import noun
from corpus_lib.language.parsed import NamePart
from corpus_lib.learned.linear import load

TASK = "name_parts"
NONE = "none"
_WORDS_BEFORE = 3


@dataclass(frozen=True, slots=True)
class PartProposal:
    """Some characters of a Doc, the first part of a compound, that may be a name."""

    doc: int
    token: int
    start: int
    end: int
    features: Mapping[str, float]


def part_proposals(readings: Sequence[Reading], article: Article, taken: Sequence[set[int]]) -> Iterator[PartProposal]:
    """Yield the first parts of an article's compounds that may be names.

    Parameters
    ----------
    taken
        For each reading, the tokens that names have.
    """
    for number, reading in enumerate(readings):
        for place, word in enumerate(reading.words):
            first, _, tail = word.rpartition("-")
            if not first or not tail or place in taken[number] or not first[-1].isalnum():
                continue
            if not any(c.isupper() for c in first):
                continue
            yield from _from_here_back(number, reading, place, first, tail, article, taken[number])


def _from_here_back(
    number: int, reading: Reading, place: int, first: str, tail: str, article: Article, taken: set[int]
) -> Iterator[PartProposal]:
    """Yield the first part of a compound, by itself and with the words with a capital before it."""
    row, end = reading.shares[place], reading.offsets[place] + len(first)
    for start in range(place, max(-1, place - _WORDS_BEFORE - 1), -1):
        more = start > 0 and reading.words[start - 1][:1].isupper() and start - 1 not in taken
        features = _features(reading.text[reading.offsets[start] : end], tail, place - start, article)
        features |= {f"likely {label}": sum(row[1 + 4 * k : 5 + 4 * k]) for k, label in enumerate(LABELS)}
        if more:
            features["capital before"] = 1.0
        yield PartProposal(number, place, reading.offsets[start], end, features)
        if not more:
            return


def _features(text: str, tail: str, before: int, article: Article) -> dict[str, float]:
    out = {f"part {name}": value for name, value in of_text(text).items()}
    out[f"words before={before}"] = 1.0
    out["tail has a capital" if tail[:1].isupper() else "tail is small"] = 1.0
    out |= {f"tail ends=-{tail.lower()[-n:]}": 1.0 for n in (3, 4, 5) if len(tail) >= n}
    known = noun(tail.lower().removesuffix("s")) or noun(tail.lower())
    out[f"tail noun={known.kind if known else 'no'}"] = 1.0
    name = key(text)
    mentions = article.mentions[name]
    out[f"elsewhere={min(mentions, 2)}"] = 1.0
    if mentions:
        out |= {f"elsewhere {label}": float(v) / mentions for label, v in zip(LABELS, article.votes[name], strict=True)}
    out["last of a person"] = article.last.get(name, 0.0)
    return out


def parts_of(readings: Sequence[Reading], article: Article, taken: Sequence[set[int]]) -> list[tuple[NamePart, ...]]:
    """Return the names inside the compounds of each Doc, their characters counted in the Doc."""
    weights = load(TASK)
    found: list[dict[int, tuple[float, NamePart]]] = [{} for _ in readings]
    for one in part_proposals(readings, article, taken):
        shares = weights.distribution(one.features)
        label = max(shares, key=lambda name: (shares[name], name))
        if label != NONE and shares[label] > found[one.doc].get(one.token, (0.0,))[0]:
            found[one.doc][one.token] = (shares[label], NamePart(one.start, one.end, one.token, label))
    return [tuple(part for _, part in held.values()) for held in found]
