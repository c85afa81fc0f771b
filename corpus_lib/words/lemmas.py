"""Lemmas and parts of speech looked up by form: the shipped tables, compounds by their last part, simplemma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpus_lib.errors import MissingExtra, UnsupportedLanguage
from corpus_lib.words.extras import optional
from corpus_lib.words.tokens import is_word

if TYPE_CHECKING:
    from corpus_lib.words.store import Store
    from corpus_lib.words.strings import Strings

LANGUAGES = ("nb", "nn")

_ORDER = (
    "ADV", "ADJ", "VERB", "NOUN", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "PART", "NUM", "INTJ",
)  # fmt: skip
"""Which part of speech a form of several is taken for: adverbs and adjectives share forms, and lemmas are right more
often that way round on the treebank's training part."""

_COMPOUNDING = ("NOUN", "ADJ", "VERB")
_LAST_PART = 5
_FIRST_PART = 2

Tables = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Lemmas:
    """Part of speech → form → lemma of one language, and what follows where a form is not there.

    >>> lemmas = Lemmas("nb", {"NOUN": {"budsjettet": "budsjett"}}, general=False)
    >>> lemmas.look_up("Statsbudsjettet"), lemmas.look_up("ukjent")
    (('statsbudsjett', 'NOUN'), ('ukjent', 'X'))
    """

    language: str
    tables: Tables
    choices: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Lemma and part of speech of forms of several, where no parse has told."""
    general: bool = True
    """Whether forms that the tables lack are asked of the package simplemma, where it is installed."""

    @classmethod
    def load(cls, language: str = "nb") -> Lemmas:
        """Return the shipped pipeline's tables.

        Raises
        ------
        UnsupportedLanguage
            If the language is neither ``nb`` nor ``nn``.
        """
        if language not in LANGUAGES:
            raise UnsupportedLanguage(f"no lemmas for {language!r}; there are nb (Bokmål) and nn (Nynorsk)")
        return cls(language, _shipped()[language], _choices(language))

    def look_up(self, form: str, pos: str | None = None) -> tuple[str, str]:
        """Return lemma and part of speech (Universal Dependencies) of a form, both as well as its letters tell.

        Parameters
        ----------
        form
            A word, in any case; the lemma is in lower case.
        pos
            Its part of speech, where a parse has told it: the lemma is then right more often.
        """
        word = form.lower()
        if pos is None and word in self.choices:
            return self.choices[word]
        for upos in (pos,) if pos else _ORDER:
            lemma = self.tables.get(upos, {}).get(word)
            if lemma is not None:
                return lemma.lower(), upos
        if not is_word(word):
            return word, pos or "PUNCT"
        if word[0].isdigit():
            return word, pos or "NUM"
        return self._compound(word, pos) or (self._general(word), pos or "X")

    def _compound(self, word: str, pos: str | None) -> tuple[str, str] | None:
        """Return the lemma of a compound: its first part, and the lemma of the longest last part that is known."""
        for start in range(_FIRST_PART, len(word) - _LAST_PART + 1):
            for upos in (pos,) if pos else _COMPOUNDING:
                lemma = self.tables.get(upos, {}).get(word[start:])
                if lemma is not None:
                    return word[:start] + lemma.lower(), upos
        return None

    def _general(self, word: str) -> str:
        if not self.general:
            return word
        try:
            simplemma = optional("simplemma", "a lemma")
        except MissingExtra:
            return word
        return str(simplemma.lemmatize(word, lang=self.language)).lower()


@cache
def _choices(language: str) -> Mapping[str, tuple[str, str]]:
    from corpus_lib.language.lexicon import words_in_lines

    rows = (line.split() for line in words_in_lines("lemma_choices.toml", language))
    return MappingProxyType({form: (lemma, upos) for form, lemma, upos in rows})


@cache
def _shipped() -> Mapping[str, Tables]:
    from corpus_lib.language import load
    from corpus_lib.language.components import LEMMAS

    return MappingProxyType(load().get_pipe(LEMMAS).tables)  # type: ignore[attr-defined]


def lemma_layers(
    store: Store,
    words: Strings,
    lemmas: Lemmas,
    others: Lemmas | None = None,
    is_other: Iterable[bool] = repeat(False),
) -> None:
    """Look up every different word and store the layers ``lemma`` and ``pos``; some words in another language's."""
    from corpus_lib.words.building import put_word_layer

    found: dict[tuple[str, bool], tuple[str, str]] = {}
    readings = []
    for word, other in zip(words, is_other, strict=False):
        key = word.lower(), bool(other)
        if key not in found:
            found[key] = (others if other and others is not None else lemmas).look_up(key[0])
        readings.append(found[key])
    put_word_layer(store, "lemma", [lemma for lemma, _ in readings])
    put_word_layer(store, "pos", [pos for _, pos in readings])
