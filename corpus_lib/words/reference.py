"""A frequency list as the reference: counts of words elsewhere, without the texts."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus_lib.errors import UnsupportedLanguage, WordsError
from corpus_lib.words.extras import optional

_WORDFREQ_SIZE = 1_000_000_000


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyList:
    """Words with their counts, and how many words were counted in all.

    >>> FrequencyList("two words", {"nato": 3, "krav": 2}, 100).counts["krav"]
    2
    """

    label: str
    counts: Mapping[str, int]
    total: int

    @classmethod
    def read(cls, path: Path | str, *, total: int | None = None, label: str | None = None) -> FrequencyList:
        """Read a list of two columns, word and count, with commas, semicolons, tabs or spaces between.

        Parameters
        ----------
        total
            How many words were counted, where the list holds the most frequent alone; the counts' sum for None.

        Raises
        ------
        WordsError
            If a line holds no word and count; names the file and the line.
        """
        file = Path(path)
        counts: dict[str, int] = {}
        for number, line in enumerate(file.read_text(encoding="utf-8-sig").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            separator = next((c for c in "\t;," if c in line), " ")
            cells = [c.strip() for c in next(csv.reader([line.strip()], delimiter=separator)) if c.strip()]
            if len(cells) < 2 or not any(c.isdecimal() for c in cells[:2]):
                if number == 1:
                    continue
                raise WordsError(f"{file}, line {number}: expected a word and a count, found {line!r}")
            word, count = (cells[0], cells[1]) if cells[1].isdecimal() else (cells[1], cells[0])
            counts[word.lower()] = counts.get(word.lower(), 0) + int(count)
        if not counts:
            raise WordsError(f"{file}: expected lines of a word and a count, found none")
        return cls(label or file.stem, counts, _total(total, counts, file.name))

    @classmethod
    def of_wordfreq(cls, language: str = "nb") -> FrequencyList:
        """Return the list of the package ``wordfreq``, its shares taken for counts among 10⁹ words.

        Raises
        ------
        MissingExtra
            If the package is not installed.
        UnsupportedLanguage
            If it has no list of the language, such as ``nn``; it would answer with the nearest one instead.
        """
        wordfreq = optional("wordfreq", "this reference")
        if language not in (known := wordfreq.available_languages()):
            raise UnsupportedLanguage(f"wordfreq has no list for {language!r}; it has {', '.join(sorted(known))}")
        shares = wordfreq.get_frequency_dict(language)
        counts = {word: max(1, round(share * _WORDFREQ_SIZE)) for word, share in shares.items()}
        return cls(f"wordfreq {language} (shares × 10⁹)", counts, max(_WORDFREQ_SIZE, sum(counts.values())))


def _total(given: int | None, counts: Mapping[str, int], name: str) -> int:
    found = sum(counts.values())
    if given is not None and given < found:
        raise WordsError(f"{name}: the counts add up to {found}, more than the total given ({given})")
    return given or found
