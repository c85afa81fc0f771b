"""Names that their form alone tells: a person with a nickname inside the name, a paper called after its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import words_of
from corpus_lib.language.names.gazetteer import kinds_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CAPITALISED = r"[A-ZÆØÅ][\w-]{1,30}"
_NICKNAMED = re.compile(
    rf"\b{_CAPITALISED}(?: {_CAPITALISED}){{0,2}} "
    rf"(?:\({_CAPITALISED}\)|«{_CAPITALISED}»|\"{_CAPITALISED}\"|“{_CAPITALISED}”)(?: {_CAPITALISED}){{1,2}}"
)
_LEAST = 4


def certain(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Yield (first token, behind the last token, label) of the names that need no decision."""
    yield from ((start, end, "PER") for start, end in nicknamed(doc))
    nouns = words_of("outlets.toml", "nouns")
    for token in doc[1:]:
        place = doc[token.i - 1].text
        if token.text in nouns and any(kind.startswith("GPE") for kind in kinds_of(place)):
            yield token.i - 1, token.i + 1, "ORG"


def nicknamed(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield (first token, behind the last token) of «Ole (Tobben) Berg», «Ole «Tobben» Berg»; a given name begins."""
    for match in _NICKNAMED.finditer(doc.text):
        first = next((w for w in re.finditer(_CAPITALISED, match[0]) if _is_given(w[0])), None)
        behind = match[0].rpartition(") ")[2].split()[0]
        if first is None or (")" in match[0] and _is_given(behind)):
            continue
        name = doc.char_span(match.start() + first.start(), match.end())
        if name is not None and len(name) >= _LEAST:
            yield name.start, name.end


def _is_given(word: str) -> bool:
    return "PER_GIVEN" in kinds_of(word)
