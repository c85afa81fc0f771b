"""Names that their form alone tells: a person with a nickname inside the name, a paper called after its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.language.names.readings import Reading

_CAPITALISED = r"[A-ZÆØÅ][\w-]{1,30}"
_NICKNAMED = re.compile(
    rf"\b{_CAPITALISED}(?: {_CAPITALISED}){{0,2}} "
    rf"(?:\({_CAPITALISED}\)|«{_CAPITALISED}»|\"{_CAPITALISED}\"|“{_CAPITALISED}”)(?: {_CAPITALISED}){{1,2}}"
)
_LEAST = 4


def certain(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Yield (first token, behind the last token, label) of the names that need no decision."""
    yield from ((start, end, "PER") for start, end in nicknamed(reading))
    nouns = words_of("outlets.toml", "nouns")
    for place, word in enumerate(reading.words[1:]):
        if word in nouns and any(kind.startswith("GPE") for kind in kinds_of(reading.words[place])):
            yield place, place + 2, "ORG"


def nicknamed(reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield (first token, behind the last token) of «Ole (Tobben) Berg», «Ole «Tobben» Berg»; a given name begins."""
    for match in _NICKNAMED.finditer(reading.text):
        first = next((w for w in re.finditer(_CAPITALISED, match[0]) if _is_given(w[0])), None)
        behind = match[0].rpartition(") ")[2].split()[0]
        if first is None or (")" in match[0] and _is_given(behind)):
            continue
        start = bisect_left(reading.offsets, match.start() + first.start())
        end = bisect_left(reading.offsets, match.end())
        if reading.offsets[start] != match.start() + first.start() or end - start < _LEAST:
            continue
        if reading.offsets[end - 1] + len(reading.words[end - 1]) == match.end():
            yield start, end


def _is_given(word: str) -> bool:
    return "PER_GIVEN" in kinds_of(word)
