"""Labels: the texts of one language, filled in by name."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal

from corpus_lib.errors import BadOption
from corpus_lib.labels.numbers import number

Language = Literal["en", "nb", "nn"]
LANGUAGES: tuple[Language, ...] = ("en", "nb", "nn")

_SEVERAL = "|"
_PER_CENT = re.compile(r"(?<=[\d}]) %")
"""A number and its sign of per cent stand on one line."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The texts of one language, by key.

    Attributes
    ----------
    language
        ``en``, ``nb`` or ``nn``: what stands in ``lang`` attributes.
    texts
        The texts as the data files have them.
    """

    language: Language
    texts: Mapping[str, str]

    def __call__(self, key: str, /, *, n: int | None = None, **values: str | int) -> str:
        r"""Return a text with its values filled in; whole numbers as Norwegian writes them.

        >>> labels("en")("count.articles", n=1000)
        '1\xa0000 articles'
        """
        shown = {k: v if isinstance(v, str) else number(v) for k, v in values.items()}
        if n is not None:
            shown["n"] = number(n)
        return self.template(key, n).format(**shown)

    def __contains__(self, key: str) -> bool:
        """Say whether there is such a text."""
        return key in self.texts

    def known(self, key: str, other: str) -> str:
        """Return a text; what is given instead where there is none.

        >>> labels("nb").known("state.met", "met"), labels("nb").known("state.gone", "gone")
        ('innfridd', 'gone')
        """
        return self(key) if key in self else other

    def template(self, key: str, n: int | None = None) -> str:
        """Return a text as it is, with the names of its values in braces.

        Parameters
        ----------
        n
            Which of its forms: the one for one, or the one for several.
        """
        one, _, several = self.texts[key].partition(_SEVERAL)
        return several if several and n != 1 else one

    def pieces(self, key: str, n: int | None = None) -> Iterator[tuple[str, str | None]]:
        """Yield a text in pieces: words, and the name of the value that follows them (None behind the last).

        For markup, where a value is an element and not a string.

        >>> list(labels("en").pieces("list.and"))
        [('', 'before'), (' and ', 'last')]
        """
        for words, name, _, _ in Formatter().parse(self.template(key, n)):
            yield words, name

    def joined(self, parts: Sequence[str]) -> str:
        """Return parts as a list in words.

        >>> labels("nn").joined(["LO", "NHO", "staten"])
        'LO, NHO og staten'
        """
        if len(parts) < 2:
            return parts[0] if parts else ""
        return self("list.and", before=", ".join(parts[:-1]), last=parts[-1])


@cache
def labels(language: str) -> Labels:
    """Return the texts of a language.

    Parameters
    ----------
    language
        ``en``, ``nb`` or ``nn``.

    Raises
    ------
    BadOption
        If it is another.
    """
    found = next((known for known in LANGUAGES if known == language), None)
    if found is None:
        raise BadOption(f"language: found {language!r:.40}, expected one of {', '.join(LANGUAGES)}")
    return Labels(found, MappingProxyType({k: _PER_CENT.sub("\u00a0%", texts[found]) for k, texts in entries()}))


def entries() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every key with its text in each language, as the data files have them."""
    folder = files(__package__) / "data"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            yield from _flat(tomllib.loads(file.read_text(encoding="utf-8")), ())


def _flat(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for name, value in table.items():
        if set(value) & set(LANGUAGES):
            yield ".".join((*path, name)), value
        else:
            yield from _flat(value, (*path, name))


def commonest(languages: Iterable[str]) -> Language:
    """Return the language that most articles have; English where there is none.

    >>> commonest(["nn", "nb", "nn"]), commonest([])
    ('nn', 'en')
    """
    counts = Counter(languages).most_common(1)
    return next((known for known in LANGUAGES if counts and counts[0][0] == known), "en")
