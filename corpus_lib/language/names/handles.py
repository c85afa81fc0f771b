"""Names as they stand in social media: «@JanAageFjortoft» is a name, «#NFL» holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.language.names.proposals import key
from corpus_lib.language.names.readings import Reading
from corpus_lib.language.parsed import NamePart

Name = tuple[int, int, str]

_HANDLE = re.compile(r"[@#]\w*[^\W\d_]\w*")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_A-ZÆØÅ]+|[A-ZÆØÅ]*(?![^\W\d_A-ZÆØÅ]))")
_SHOUTED = re.compile(r"[A-ZÆØÅ]{2,}(?=[a-zæøå]*$)")
_PLAIN = str.maketrans({"ø": "o", "å": "a", "æ": "a", "ö": "o", "ä": "a", "é": "e", "-": "", " ": "", ".": ""})
_BESIDE = 3
"""How many tokens may stand between a name and its handle: a bracket, little pictures."""


def is_handle(word: str) -> bool:
    """Say whether a token is a handle or a hashtag.

    >>> is_handle("@NRKno"), is_handle("#Bodø"), is_handle("kari@bodo.no"), is_handle("#2")
    (True, True, False, False)
    """
    return word[:1] in {"@", "#"} and _HANDLE.fullmatch(word) is not None


def spelt_out(handle: str) -> str:
    """Return the words that a handle is written together of.

    >>> spelt_out("@JanAageFjortoft"), spelt_out("@Andre_Reed83"), spelt_out("#NFL"), spelt_out("#TeamOL")
    ('Jan Aage Fjortoft', 'Andre Reed', 'NFL', 'Team OL')
    """
    return " ".join(_WORD.findall(handle))


def known_in(readings: Sequence[Reading], names: Sequence[Sequence[Name]]) -> dict[str, str]:
    """Return the label of each of an article's names, by its letters written together without their marks."""
    return {
        _together(reading.of(start, end)): label
        for reading, found in zip(readings, names, strict=True)
        for start, end, label in found
        if not is_handle(reading.words[start])
    }


def _together(text: str) -> str:
    return key(text).translate(_PLAIN)


def handles(reading: Reading, names: Sequence[Name], known: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield (token, label) of the handles and hashtags that name somebody or something.

    Parameters
    ----------
    names
        The names of the same block; one that stands just before a handle in brackets tells whose it is.
    known
        The article's names, see `known_in`.
    """
    ends = {end: label for _, end, label in names}
    for place, word in enumerate(reading.words):
        if not is_handle(word):
            continue
        label = known.get(_together(word[1:])) or _listed(word)
        if label is None and word[0] == "@" and place and reading.words[place - 1] == "(":
            label = next((ends[i] for i in range(place - 1, max(0, place - _BESIDE - 1), -1) if i in ends), None)
        if label is not None:
            yield place, label


def _listed(handle: str) -> str | None:
    """Return the label of what the gazetteer knows: a name, its abbreviation, a given name before another word."""
    text = spelt_out(handle)
    shouted = _SHOUTED.match(handle[1:])
    names = (text, handle[1:], shouted[0] if shouted else "")
    labels = {kind.split()[0] for name in names for kind in kinds_of(name)} & {"ORG", "GPE", "LOC"}
    if labels:
        return next(label for label in ("ORG", "GPE", "LOC") if label in labels)
    first, _, rest = text.partition(" ")
    return "PER" if rest and "PER_GIVEN" in kinds_of(first.capitalize()) else None


def with_handles(
    readings: Sequence[Reading], names: Sequence[Sequence[Name]]
) -> tuple[list[list[Name]], list[tuple[NamePart, ...]]]:
    """Return each block's names with its handles, and the names inside its hashtags."""
    known = known_in(readings, names)
    settled: list[list[Name]] = []
    parts: list[tuple[NamePart, ...]] = []
    for reading, found in zip(readings, names, strict=True):
        others = [name for name in found if not (name[1] - name[0] == 1 and is_handle(reading.words[name[0]]))]
        told = [(place, label) for place, label in handles(reading, others, known) if not _within(place, others)]
        settled.append(sorted(others + [(i, i + 1, label) for i, label in told if reading.words[i][0] == "@"]))
        parts.append(
            tuple(
                NamePart(reading.offsets[i] + 1, reading.offsets[i] + len(reading.words[i]), i, label)
                for i, label in told
                if reading.words[i][0] == "#"
            )
        )
    return settled, parts


def _within(place: int, names: Sequence[Name]) -> bool:
    return any(start <= place < end for start, end, _ in names)
