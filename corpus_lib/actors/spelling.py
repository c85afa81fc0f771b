"""How names are spelled: accents, nicknames, a letter more or less, initials."""

from __future__ import annotations

from corpus_lib.actors.nouns import gender_of
from corpus_lib.language.lexicon import words_of

_ACCENTS = str.maketrans("áàâãéèêëíìîïóòôõúùûñçýÁÀÂÉÈÊËÍÎÓÔÚÑÇ", "aaaaeeeeiiiioooouuuncyAAAEEEEIIOOUNC")

_PARTICLE = 2
"""A surname that is half of a double one has more letters: «Al-» is none."""

_LAG = 3
"""A noun that ends a body's name has more letters: «lag» alone names none."""


def plain(name: str) -> str:
    """Return a name without the accents that one line of an article has and the next leaves out.

    >>> plain("Jorge Martínez"), plain("Åse Bjørgen")
    ('Jorge Martinez', 'Åse Bjørgen')
    """
    return name if name.isascii() else name.translate(_ACCENTS)


def key_of(name: str) -> str:
    """Return a name as it is looked up: in lower case, without accents."""
    return plain(name.casefold())


def words_of_name(name: str) -> list[str]:
    """Return the words of a name, without accents and the marks around a nickname.

    >>> words_of_name("Ole (Tobben) Berg")
    ['Ole', 'Tobben', 'Berg']
    """
    return [word.strip('()«»“”"') or word for word in plain(name).split()]


def surnames(word: str) -> tuple[str, ...]:
    """Return a last name, and its parts where it is a double one, by either of which its bearer may be called.

    >>> surnames("Oyarzún-Prieto"), surnames("Al-Sisi")
    (('Oyarzún-Prieto', 'Oyarzún', 'Prieto'), ('Al-Sisi',))
    """
    parts = tuple(part for part in word.split("-") if part[:1].isupper() and len(part) > _PARTICLE)
    return (word, *parts) if len(parts) > 1 else (word,)


def nickname(name: str) -> str | None:
    """Return the nickname inside a name: «Tobben» of «Ole (Tobben) Berg»."""
    return next((word.strip('()«»“”"') for word in plain(name).split() if word[0] in '(«“"'), None)


def parts_of_name(name: str) -> list[str]:
    """Return the parts of a name, at white space and hyphens."""
    return name.replace("-", " ").split()


def one_letter_apart(one: str, other: str) -> bool:
    """Say whether two full names are one, misspelled: one word differs, by one letter; two first names stay two.

    >>> one_letter_apart("Ola Thommesen", "Ola Thommessen"), one_letter_apart("Anne-Britt Gran", "Anne Brit Gran")
    (True, True)
    >>> one_letter_apart("Kari Lie", "Karin Lie")
    False
    """
    words, own = parts_of_name(one), parts_of_name(other)
    differing = [i for i, (a, b) in enumerate(zip(words, own, strict=False)) if a != b]
    if len(words) != len(own) or len(words) < 2 or len(differing) > 1:
        return False
    if not differing:
        return True
    one_word, other_word = words[differing[0]], own[differing[0]]
    two_people = differing[0] == 0 and gender_of(one_word) and gender_of(other_word)
    return not two_people and _near(one_word, other_word)


def misspells(one: str, surname: str) -> bool:
    """Say whether a word is a surname misspelt by a letter; Johansen and Johanson, Pedersen and Petersen stay two.

    >>> misspells("Jocobsen", "Jacobsen"), misspells("Johanson", "Johansen"), misspells("Petersen", "Pedersen")
    (True, False, False)
    """
    other = [{a, b} for a, b in zip(one, surname, strict=False) if a != b]
    two_names = len(one) == len(surname) and other and other[0] in ({"d", "t"}, {"c", "k"}, {"w", "v"})
    return one[0] == surname[0] and one[-3:] == surname[-3:] and not two_names and _near(one, surname)


def _near(one: str, other: str) -> bool:
    """Say whether two words of four letters or more differ by one letter, put in or put for another."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    place = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[place + (len(short) == len(long)) :] == long[place + 1 :]


def is_acronym(short: str, name: str) -> bool:
    """Say whether an abbreviation is made of the initials of a name, small words left out or not.

    >>> is_acronym("AP", "Associated Press"), is_acronym("MiL", "Mennesker i Limbo"), is_acronym("USA", "Ukraina")
    (True, True, False)
    >>> is_acronym("JD", "Justisdepartementet")
    True
    """
    words = name.split()
    if len(words) < 2:
        parts = (i for i in words_of("persons.toml", "institutions") if name.endswith(i) and len(i) < len(name))
        return len(short) == 2 and any(short.lower() == name[0].lower() + part[0] for part in parts)
    return short.lower() in (
        "".join(w[0] for w in words).lower(),
        "".join(w[0] for w in words if w[0].isupper()).lower(),
    )


def definite_stems(word: str) -> list[str]:
    """Return what is left of a word without the endings that may make it the definite form of a noun, if long enough.

    >>> definite_stems("fiskarlaget"), definite_stems("foreininga"), definite_stems("laget")
    (['fiskarlag', 'fiskarlage'], ['foreining'], ['lage'])
    """
    return [word.removesuffix(e) for e in ("et", "en", "a", "t", "n") if word.endswith(e) and len(word) - len(e) > _LAG]
