"""The entries of the lexicon of acts, read once: patterns, forms, and where each is looked up."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from corpus_lib.language.acts_conditions import Condition, condition_of

SIDES = ("asking", "answering", "doing", "lookalike")
FUNCTION_WORDS = frozenset(
    """
    å i på til om for av med mot ved fra frå etter over under opp ned ut inn seg sin det den de dei en ein et eit ei er
    ikke ikkje som at og så det mer meir hos bort fram frem tilbake
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: some forms, a gap, or a slot for «seg» or «sin»."""

    forms: frozenset[str] = frozenset()
    gap: bool = False
    slot: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: an expression and what is done with it.

    Attributes
    ----------
    pattern
        Its words; ``~`` before one that is inflected, ``…`` for words between.
    pos
        Of its chief word: ``verb``, ``noun``, ``adj``, ``other``.
    side
        ``asking``, ``answering``, ``doing`` (an answer by deeds) or ``lookalike``.
    kind
        The class, such as ``demand`` or ``refuse``.
    polarity
        ``+`` for, ``-`` against what is asked for, ``0`` neither.
    strength
        3 for the plainest words, 1 for the weakest.
    presupposes
        Whether it answers, or takes up, something earlier.
    who, whom, what
        Where in the clause the actor, the other party and the matter stand: ``subj``, ``obj``, ``gen``, prepositions,
        ``at``, ``å``; ``speaker`` where whoever says it is meant.
    when
        The conditions.
    broad
        Whether it often means something else.
    phrase
        Whether it has more than one word.
    weight
        How close it is: two for each further word, one for each condition.
    """

    pattern: str
    pos: str
    side: str
    kind: str
    polarity: str
    strength: int
    presupposes: bool
    who: tuple[str, ...]
    whom: tuple[str, ...]
    what: tuple[str, ...]
    when: tuple[str, ...]
    broad: bool
    note: str
    elements: tuple[Element, ...]
    conditions: tuple[Condition, ...]
    head: int
    phrase: bool
    weight: int

    @property
    def id(self) -> str:
        """The pattern with its part of speech and its conditions: no two entries have the same."""
        return " ".join((self.pattern, self.pos, *self.when))

    @property
    def negative(self) -> bool:
        """Whether a negation belongs to it, so that one in the text must not turn it once more."""
        return "neg" in self.when or any("ikke" in e.forms or "ingen" in e.forms for e in self.elements)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form stands in an entry, as its chief word or not; of the forms in `other` one must be near."""

    entry: Entry
    index: int
    chief: bool
    other: frozenset[str]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with all its forms of both standards."""

    lemma: str
    pos: str
    nynorsk: str
    forms: tuple[str, ...]
    compounds: bool


def _rows(file: str) -> list[dict[str, str]]:
    text = (files(__package__) / "data" / "acts" / file).read_text(encoding="utf-8")
    return list(csv.DictReader((line for line in text.splitlines() if not line.startswith("#")), delimiter=";"))


@cache
def words() -> dict[tuple[str, str], Word]:
    """Return the words by lemma and part of speech.

    >>> word = words()["foreslå", "verb"]
    >>> word.nynorsk, "føreslo" in word.forms
    ('føreslå', True)
    """
    made = (
        Word(r["lemma"], r["pos"], r["nn"] or r["lemma"], tuple(r["forms"].split()), r["compounds"] == "yes")
        for r in _rows("words.csv")
    )
    return {(w.lemma, w.pos): w for w in made}


@cache
def entries() -> tuple[Entry, ...]:
    """Return all entries, in the order of the files.

    >>> len({e.id for e in entries()}) == len(entries())
    True
    """
    return tuple(_entry(row, side) for side in SIDES for row in _rows(f"{side}.csv"))


def _entry(row: dict[str, str], side: str) -> Entry:
    pos = row["pos"]
    parts = row["pattern"].split()
    elements = tuple(_element(part, pos) for part in parts)
    size = sum(not e.gap for e in elements)
    inflected = [i for i, part in enumerate(parts) if part.startswith("~")]
    head = inflected[0] if inflected else _anchor(elements)
    return Entry(
        row["pattern"],
        pos,
        side,
        row["kind"],
        row["polarity"],
        int(row["strength"]),
        row["presupposes"] == "yes",
        tuple(row["who"].split()),
        tuple(row["whom"].split()),
        tuple(row["what"].split()),
        tuple(row["when"].split()),
        row["broad"] == "yes",
        row["note"],
        elements,
        tuple(condition_of(text) for text in row["when"].split()),
        head,
        size > 1,
        2 * (size - 1) + len(row["when"].split()),
    )


@cache
def _element(part: str, pos: str) -> Element:
    if part == "…":
        return Element(gap=True)
    if part in {"SEG", "SIN"}:
        return Element(slot=part.lower())
    optional = part.startswith("?")
    part = part.removeprefix("?")
    if part.startswith("~"):
        lemmas, _, other = part[1:].partition(":")
        forms = (form for lemma in lemmas.split("/") for form in words()[lemma, other or pos].forms)
        return Element(frozenset(forms), optional=optional)
    return Element(frozenset(part.split("/")), optional=optional)


def _anchor(elements: tuple[Element, ...]) -> int:
    """Return the place of the word by which an entry is looked up: with the fewest forms, and no small word."""

    def cost(i: int) -> tuple[bool, int]:
        forms = elements[i].forms
        return not forms or elements[i].optional, len(forms) + 40 * bool(forms & FUNCTION_WORDS)

    return min(range(len(elements)), key=cost)


@cache
def anchors() -> dict[str, tuple[Place, ...]]:
    """Return the entries by the forms of the word by which each is looked up."""
    table: dict[str, list[Place]] = {}
    for entry in entries():
        at = _anchor(entry.elements)
        others = [e.forms for i, e in enumerate(entry.elements) if i != at and e.forms and not e.optional]
        other = min(others, key=lambda forms: (bool(forms & FUNCTION_WORDS), len(forms)), default=frozenset())
        for form in entry.elements[at].forms:
            table.setdefault(form, []).append(Place(entry, at, at == entry.head, other))
    return {form: tuple(sorted(places, key=_closest_first)) for form, places in table.items()}


def _closest_first(place: Place) -> tuple[int, bool]:
    """Return what places are sorted by: where two fit as closely, what only looks like an act comes first."""
    return -place.entry.weight, place.entry.side != "lookalike"


@cache
def heads() -> dict[str, bool]:
    """Return the forms of nouns that end compounds; False for words that only look so, such as «ansvar» for «svar»."""
    return {form: word.compounds for word in words().values() if word.pos == "noun" for form in word.forms}


@cache
def _kinds() -> dict[str, frozenset[str]]:
    """Return for each form of a noun that plainly names an act its kind and side."""
    table: dict[str, set[str]] = {}
    for entry in entries():
        if entry.pos == "noun" and not entry.phrase and not entry.when and not entry.broad:
            for form in entry.elements[0].forms:
                table.setdefault(form, set()).update((entry.kind, entry.side))
    return {form: frozenset(kinds) for form, kinds in table.items()}


@lru_cache(maxsize=1 << 14)
def keys_of(form: str) -> frozenset[str]:
    """Return by what a noun may be named in a condition: itself, the words it ends in, @kinds and @sides of act.

    >>> sorted(keys_of("lønnskravet") & {"kravet", "@demand", "@asking"})
    ['@asking', '@demand', 'kravet']
    >>> "svar" in keys_of("ansvar")
    False
    """
    known, kinds = heads(), _kinds()
    keys = {form}
    for cut in range(len(form) - 3):
        tail = form[cut:]
        keys.add(tail)
        if tail in known:
            keys.update(f"@{kind}" for kind in kinds.get(tail, ()) if cut == 0 or known[tail])
            if not known[tail]:
                break
    return frozenset(keys)
