"""The tokenizer of the shipped pipeline: spaCy's Norwegian rules and what newspapers add to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.util import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

TOKENIZER = "corpus_lib_norwegian"
"""Its name in a pipeline's configuration."""

_GLUED_DASH = r"[-–—](?=[A-ZÆØÅÀ-Þ«\"“])"
"""A dash glued to its word, «-Noen sier»: a token of its own; «-krav» keeps its hyphen."""

_LONGEST_SUFFIX = 64


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return what makes the tokenizer of a pipeline."""
    return norwegian_tokenizer


def norwegian_tokenizer(nlp: Language) -> Tokenizer:
    """Return spaCy's Norwegian tokenizer, which also splits a glued dash and keeps no year with its full stop.

    >>> import spacy
    >>> [t.text for t in norwegian_tokenizer(spacy.blank("nb"))("-Noen ville ha LO-krav før 1997.")]
    ['-', 'Noen', 'ville', 'ha', 'LO-krav', 'før', '1997', '.']
    """
    from spacy.lang.nb import Norwegian
    from spacy.tokenizer import Tokenizer
    from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

    base = Norwegian.Defaults
    prefixes = [*(base.prefixes or ()), _GLUED_DASH]
    suffixes = [*(base.suffixes or ()), r"(?<=[0-9]{4})\.", r"(?<=[0-9][.:][0-9]{2})\."]
    return Tokenizer(
        nlp.vocab,
        rules=_with_capitals(dict(base.tokenizer_exceptions or {})),
        prefix_search=compile_prefix_regex(prefixes).search,
        suffix_search=_Ending(compile_suffix_regex(suffixes)).search,
        infix_finditer=compile_infix_regex(base.infixes or ()).finditer,
        url_match=base.url_match,
    )


@dataclass(frozen=True, slots=True)
class _Ending:
    """Suffixes, looked for in the last characters of a word alone; spaCy reads `pattern` when it saves the tokenizer.

    No suffix is longer, and a search from the beginning takes quadratic time on a word of thousands of signs.
    """

    compiled: re.Pattern[str]

    @property
    def pattern(self) -> str:
        """The regular expression."""
        return self.compiled.pattern

    def search(self, word: str) -> re.Match[str] | None:
        """Return the suffix of a word, or None."""
        return self.compiled.search(word, max(0, len(word) - _LONGEST_SUFFIX))


def _with_capitals(rules: dict[str, list[dict[int, str]]]) -> dict[str, list[dict[int, str]]]:
    """Return the exceptions with their capitalised forms: «Kl. 14.30» as «kl. 14.30»."""
    from spacy.symbols import ORTH

    capitals = {
        key[:1].upper() + key[1:]: [{ORTH: key[:1].upper() + key[1:]}]
        for key, tokens in rules.items()
        if len(tokens) == 1 and key.endswith(".") and key[:1].islower()
    }
    return capitals | rules
