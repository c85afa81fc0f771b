"""The gender of a source, where the text shows it: a pronoun, a noun, a given name; never from anything else."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from corpus_lib.language.nouns import noun
from corpus_lib.model import Actor, Span

Value = Literal["woman", "man", "unknown"]
VALUES: tuple[Value, ...] = get_args(Value)
Ground = Literal["given name", "pronoun", "noun", "signs disagree", "no sign"]

_PRONOUNS: Mapping[str, Value] = {
    **dict.fromkeys(("hun", "henne", "hennes", "ho", "hennar"), "woman"),
    **dict.fromkeys(("han", "ham", "hans", "honom"), "man"),
}
_TELLING = frozenset({"person", "relation", "athlete", "occupation", "citizen", "epithet", "accused"})
"""Nouns of these kinds in -mann may name a man alone; «formann» and «talsmann» are offices of women too."""


@dataclass(frozen=True, slots=True)
class Gender:
    """A gender with its ground: which sign told it, and where that stands (None for a name, which may stand often)."""

    value: Value
    ground: Ground
    span: Span | None = None


NO_SIGN = Gender("unknown", "no sign")


def gender_of(actor: Actor, text: str) -> Gender:
    r"""Return the gender of a person as the text shows it.

    A given name that only women or only men bear, a noun such as «talskvinne» or «mor», or the pronouns that take the
    person up. Where these disagree it is unknown, as for everybody who is no single person.

    Parameters
    ----------
    text
        The article's text.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> analysis = analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
    >>> gender_of(analysis.actors[0], analysis.article.text)
    Gender(value='woman', ground='given name', span=None)
    """
    if actor.kind not in ("person", "unnamed"):
        return NO_SIGN
    found = [sign for sign in (_by_name(actor), _by_noun(actor, text), _by_pronoun(actor, text)) if sign]
    if not found:
        return NO_SIGN
    if len({sign.value for sign in found}) > 1:
        return Gender("unknown", "signs disagree", next((s.span for s in found if s.span), None))
    return found[0]


def _by_name(actor: Actor) -> Gender | None:
    """Return what the given name tells: the first word of a name of two or more, never a family name alone."""
    words = actor.name.split()
    if actor.kind != "person" or len(words) < 2:
        return None
    value = _given_names().get(words[0]) or _given_names().get(words[0].partition("-")[0])
    return Gender(value, "given name") if value else None


def _by_noun(actor: Actor, text: str) -> Gender | None:
    for mention in actor.mentions:
        if mention.kind != "role":
            continue
        for word in mention.span.of(text).split():
            known = noun(word.strip("–-«».,:;"))
            told = known is not None and not known.plural and (known.gender == "f" or known.kind in _TELLING)
            if known is not None and known.gender and told:
                return Gender("woman" if known.gender == "f" else "man", "noun", mention.span)
    return None


def _by_pronoun(actor: Actor, text: str) -> Gender | None:
    """Return what the pronouns tell, where they agree."""
    found = [
        (_PRONOUNS[word], m.span)
        for m in actor.mentions
        if m.kind == "pronoun" and (word := m.span.of(text).lower()) in _PRONOUNS
    ]
    return Gender(found[0][0], "pronoun", found[0][1]) if len({value for value, _ in found}) == 1 else None


@cache
def _given_names() -> Mapping[str, Value]:
    """Return the given names that only women or only men bear."""
    file = files("corpus_lib.language") / "data" / "gazetteer" / "given_names.csv"
    lines = (line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    borne: dict[str, set[Value]] = {}
    for row in csv.DictReader(lines, delimiter=";"):
        for name in (row["name"], *(row["other_names"] or "").split("|")):
            borne.setdefault(name.strip(), set()).add("woman" if row["kind"].endswith("_F") else "man")
    both = tomllib.loads((files("corpus_lib.actors") / "data" / "given_names.toml").read_text(encoding="utf-8"))["both"]
    return {name: next(iter(v)) for name, v in borne.items() if len(v) == 1 and name not in both.split()}
