"""Bokmål or Nynorsk, or another language altogether: told by function words, sentence by sentence."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from types import MappingProxyType

NORWEGIAN = ("nb", "nn")
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_FOREIGN_MARGIN = 2.0
_FOREIGN_WORDS = 3
_FOREIGN_SHARE = 0.06
NAMES = MappingProxyType(
    {
        "nb": "Bokmål",
        "nn": "Nynorsk",
        "da": "Danish",
        "sv": "Swedish",
        "en": "English",
        "de": "German",
        "fr": "French",
        "es": "Spanish",
        "nl": "Dutch",
        "fi": "Finnish",
    }
)


@cache
def _lexicon() -> dict[str, tuple[str, ...]]:
    data = tomllib.loads((files(__package__) / "data" / "function_words.toml").read_text(encoding="utf-8"))
    by_word: dict[str, list[str]] = {}
    for language, words in data.items():
        for word in set(words.split()):
            by_word.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in by_word.items()}


def weights(text: str) -> Counter[str]:
    """Count the telling words of each language; a word of n languages gives each 1/n².

    >>> weights("Eg veit ikkje kva dei seier").most_common(1)[0][0]
    'nn'
    """
    lexicon = _lexicon()
    found: Counter[str] = Counter()
    for word in _WORD.findall(text.lower()):
        languages = lexicon.get(word, ())
        for language in languages:
            found[language] += 1 / len(languages) ** 2  # type: ignore[assignment]
    return found


def identify(text: str) -> str:
    """Return the language code of a text, ``nb`` where nothing tells.

    A text is foreign when another language has at least three telling words, one word in sixteen, and twice
    the weight of Norwegian; else the majority of its sentences decides between Bokmål and Nynorsk.

    >>> identify("Ho seier at ho ikkje veit kva som skjer."), identify("The minister said that he was not there.")
    ('nn', 'en')
    """
    total = weights(text)
    norwegian = sum(total[code] for code in NORWEGIAN)
    foreign, weight = max(((c, w) for c, w in total.items() if c not in NORWEGIAN), key=lambda x: x[1], default=("", 0))
    enough = max(_FOREIGN_WORDS, _FOREIGN_SHARE * len(_WORD.findall(text)))
    if weight >= enough and weight > _FOREIGN_MARGIN * norwegian:
        return foreign
    votes: Counter[str] = Counter()
    for sentence in _SENTENCE_END.split(text):
        found = weights(sentence)
        if found["nb"] != found["nn"]:
            votes["nb" if found["nb"] > found["nn"] else "nn"] += 1
    return "nn" if votes["nn"] > votes["nb"] else "nb"
