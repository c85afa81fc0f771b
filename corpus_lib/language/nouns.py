"""Nouns for persons, bodies and documents: what a form means, its citation form, its number and definiteness."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus_lib.language.lexicon import rows

# The first file that knows a form gives its first class: «leder» is an office before it is an article.
_FILES = (
    *("offices", "justice", "occupations", "sports", "persons", "inhabitants"),
    *("epithets", "bodies", "groups", "places", "documents", "things"),
)
_CELLS = 8  # forms of a line: indefinite and definite, singular and plural, in either standard
_LEAST_GENITIVE = 4  # letters before the ending
_LEAST_HEAD, _MOST_HEAD, _LEAST_MODIFIER = 4, 40, 3  # letters of a compound's last part, and of what stands before it

PERSONS = frozenset(
    {
        *("person", "relation", "citizen", "occupation", "expert", "office", "politician", "athlete", "coach"),
        *("accused", "victim", "legal", "epithet", "inhabitant"),
    }
)
BODIES = frozenset({"body", "state", "media"})


@dataclass(frozen=True, slots=True)
class Noun:
    """What the lexicon knows of one form of a noun.

    Parameters
    ----------
    form
        The form that was looked up, in lower case.
    lemma
        Its indefinite singular in its own standard; the indefinite plural where there is no singular.
    head
        The Bokmål lemma of the entry that was found: of the noun itself, or of the last part of a compound.
    genitive
        The form has the ending of the genitive: «politiets».
    modifier
        What stands before that last part: «molde» of «Molde-gutten»; empty where the whole noun is known.
    kind
        Its class, the most usual first where it has several (`kinds`).
    gender
        ``f`` or ``m`` where the word itself tells.
    definite, plural
        Of the form. A form that may be both is read as indefinite («barn» singular, «siktede» definite singular).
    collective
        Many who act as one: a body or a group.
    speaks
        An office that speaks for its body.
    place
        Where one comes from who is called so: «Sverige» for «svensken».
    """

    form: str
    lemma: str
    head: str
    kind: str
    kinds: tuple[str, ...]
    definite: bool
    plural: bool
    gender: str | None = None
    collective: bool = False
    speaks: bool = False
    place: str | None = None
    genitive: bool = False
    modifier: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a noun for one or more persons by what they are or do."""
        return self.kind in PERSONS

    @property
    def is_body(self) -> bool:
        """Whether it is a noun for a body, a state or a medium."""
        return self.kind in BODIES


def noun(form: str) -> Noun | None:
    """Return what the lexicon knows of a form, or of the last part of a compound; None where it knows nothing.

    Parameters
    ----------
    form
        One word of either standard, in any case. Behind a hyphen any noun for
        a person or a body is the last part of a compound, elsewhere those that are marked so.

    Examples
    --------
    >>> noun("leiarane").lemma, noun("leiarane").head, noun("leiarane").plural
    ('leiar', 'leder', True)
    >>> guru = noun("treningsguruen")
    >>> guru.kind, guru.lemma, guru.definite
    ('epithet', 'treningsguru', True)
    >>> noun("Molde-gutten").modifier, noun("Molde-gutten").gender, noun("svensken").place
    ('molde', 'm', 'Sverige')
    >>> noun("svaret").kind, noun("bordet") is None
    ('document', True)
    >>> noun("selskapets").genitive, noun("selskapets").lemma
    (True, 'selskap')
    """
    return _known(form.lower().lstrip("-"))


@lru_cache(maxsize=1 << 16)
def _known(form: str) -> Noun | None:
    found = _listed(form) or _compound(form)
    if found is None and form.endswith("s") and len(form) > _LEAST_GENITIVE:
        stem = form.removesuffix("s").removesuffix("’").removesuffix("'")
        bare = _listed(stem) or _compound(stem)
        return bare and replace(bare, form=form, genitive=True)
    return found


def _compound(form: str) -> Noun | None:
    index, entries = _index()[0], _entries()
    for start in range(max(2, len(form) - _MOST_HEAD), len(form) - _LEAST_HEAD + 1):
        place = index.get(form[start:])
        hyphen = form[start - 1] == "-"
        if place is None or not (hyphen or start >= _LEAST_MODIFIER):
            continue
        entry = entries[place // _CELLS]
        if entry["suffix"] == "yes" or (hyphen and entry["class"] in PERSONS | BODIES):
            head, before = _listed(form[start:]), form[:start]
            return head and replace(head, form=form, lemma=before + head.lemma, modifier=before.rstrip("-"))
    return None


def _listed(form: str) -> Noun | None:
    """Return a noun that stands in the files with this form, read as the first line that has it."""
    first, others = _index()
    place = first.get(form)
    if place is None:
        return None
    entries = _entries()
    number, cell = divmod(place, _CELLS)
    standard, cell = ("nb" if cell < _CELLS // 2 else "nn"), cell % (_CELLS // 2)
    entry = entries[number]
    forms = entry[standard].split()
    variants = forms[cell].split("/")
    return Noun(
        form,
        _citation(forms, variants.index(form)),
        _citation(entry["nb"].split()),
        entry["class"],
        tuple(dict.fromkeys(entries[n // _CELLS]["class"] for n in (place, *others.get(form, ())))),
        definite=cell in {1, 3},
        plural=cell in {2, 3},
        gender=entry["gender"] or None,
        collective=entry["number"] == "collective",
        speaks=entry["speaks"] == "yes",
        place=entry.get("place") or None,
    )


@cache
def _index() -> tuple[dict[str, int], dict[str, list[int]]]:
    """Return where each form stands first, and where else: the line times eight, plus its cell."""
    first: dict[str, int] = {}
    others: dict[str, list[int]] = {}
    for number, entry in enumerate(_entries()):
        for cell, forms in enumerate((*entry["nb"].split(), *entry["nn"].split()), start=number * _CELLS):
            for form in forms.split("/"):
                if form in first:
                    others.setdefault(form, []).append(cell)
                elif form != "-":
                    first[form] = cell
    return first, others


def _citation(cells: list[str], variant: int = 0) -> str:
    """Return the indefinite singular, of a noun without one the plural; of its variants the one that a form has."""
    forms = (cells[0] if cells[0] != "-" else cells[2]).split("/")
    return forms[variant] if variant < len(forms) else forms[0]


@cache
def _entries() -> tuple[dict[str, str], ...]:
    return tuple(entry for name in _FILES for entry in rows(f"nouns/{name}.csv"))
