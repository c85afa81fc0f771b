"""The word lists under ``data/``: loaded once, immutable."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import zip_longest


def _text(name: str) -> str:
    return (files(__package__) / "data" / name).read_text(encoding="utf-8")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of ``nb`` or ``nn``, in lower case.

    >>> "ikkje" in stop_words("nn"), "ikkje" in stop_words("nb")
    (True, False)
    """
    return frozenset(tomllib.loads(_text("stop_words.toml"))[language].split())


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of one of the lexicons: its lemma, its forms, what it does there, and what kind of act it names."""

    lemma: str
    forms: tuple[str, ...]
    use: str
    particle: str
    kind: str = ""


@cache
def verbs(name: str) -> tuple[Verb, ...]:
    """Return the verbs of a lexicon (``saying``), both languages together.

    >>> next(v for v in verbs("saying") if v.lemma == "seie").forms[:2]
    ('seie', 'seier')
    """
    return tuple(
        Verb(
            r["lemma"].strip(),
            tuple(r["forms"].split()),
            r["use"].strip(),
            (r["particle"] or "").strip(),
            (r.get("class") or "").strip(),
        )
        for r in rows(f"{name}.csv")
    )


@cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a CSV file under ``data/``; lines that begin with # are comments."""
    head, *lines = csv.reader((one for one in _text(file).splitlines() if not one.startswith("#")), delimiter=";")
    return tuple(dict(zip_longest(head, line)) for line in lines if line)


@cache
def table(file: str) -> Mapping[str, Mapping[str, str]]:
    """Return the sections of a TOML file under ``data/``, each with its keys.

    >>> "bank" in table("body_types.toml")["company"]["nouns"]
    True
    """
    return tomllib.loads(_text(file))


@cache
def words_of(file: str, key: str) -> frozenset[str]:
    """Return a word list of a TOML file, as a set.

    >>> "minister" in words_of("persons.toml", "roles")
    True
    """
    return frozenset(tomllib.loads(_text(file))[key].split())


@cache
def cues(name: str) -> dict[str, Verb]:
    """Return the verbs of a lexicon by each of their forms; a form of several verbs goes to the first."""
    table: dict[str, Verb] = {}
    for verb in verbs(name):
        for form in verb.forms:
            table.setdefault(form, verb)
    return table


@cache
def words_in_lines(file: str, key: str) -> tuple[str, ...]:
    """Return the lines of a text in a TOML file, without the empty ones."""
    return tuple(line for line in tomllib.loads(_text(file))[key].splitlines() if line.strip())
