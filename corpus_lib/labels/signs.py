"""Learned signs and notes in words, for those who ask why something was found: texts are in ``data/signs.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from corpus_lib.labels.numbers import number
from corpus_lib.labels.texts import Labels, labels
from corpus_lib.model import Article, Reason

_VALUE, _ANY, _PHRASE, _LEAD, _PART = (f"sign.{group}." for group in ("value", "any", "phrase", "lead", "part"))
_TECHNICAL = "en"
"""The language in which a sign without words is shown by its name: the names are English."""

_SIDES = "<>~"
"""What names of signs mark a word with: the side it stands on, that any of its forms will do."""

_LONGEST = 3
"""Words of the longest piece that has a text."""
_BETWEEN = re.compile(r"(: |, |; | x )")
_AS_IT_IS = re.compile(r"\d+|«[^»]*»|")
_NEXT = re.compile(r" \w+=")
_NUMBERED = re.compile(r"(.+?) (\d+)")


def weighed(sign: str, note: str, weight: float, t: Labels) -> str:
    """Return what weighed in a decision, in words, with its weight.

    >>> from corpus_lib.labels import labels
    >>> weighed("cue=hevde", "", 1.25, labels("nb"))
    'ordet «hevde» (+1,2)'
    """
    said = f"{sign_in_words(sign, t)}: {sign_in_words(note, t)}" if note else sign_in_words(sign, t)
    return f"{said} ({'+' if weight > 0 else ''}{number(weight, 1)})"


def steps_in_words(reasons: Iterable[Reason], article: Article, t: Labels) -> list[str]:
    """Return the steps that led to a record, each once, with the words it read or what it weighed."""
    return list(dict.fromkeys(_step(reason, article, t) for reason in reasons))


def _step(reason: Reason, article: Article, t: Labels) -> str:
    if reason.weight is not None:
        return weighed(reason.rule, reason.note, reason.weight, t)
    words = f" «{article.slice(reason.span)}»" if reason.span else ""
    return f"{sign_in_words(reason.rule, t)}{words}{f': {sign_in_words(reason.note, t)}' if reason.note else ''}"


def rule_key(rule: str) -> str:
    """Return under which key a rule of quotations stands in the texts.

    >>> rule_key("dash turn, speaker inherited")
    'rule.dash_turn_speaker_inherited'
    """
    return "rule." + "_".join(rule.lower().translate(str.maketrans("", "", "«»,")).split())


def sign_in_words(sign: str, t: Labels) -> str:
    """Return a learned sign or a note in words; what has no words of its own is another sign, in English by its name.

    >>> from corpus_lib.labels import labels
    >>> [sign_in_words("kind=that subject=PER", labels(language)) for language in ("en", "nn")]
    ['an «at» clause, a person speaks', 'ei leddsetning med «at», ein person talar']
    >>> sign_in_words("pronoun: most salient person, words 3", labels("nb"))
    'pronomen: personen som er mest framme, lengde i ord, trinnvis 3'
    >>> sign_in_words("act answering reject by body", labels("nb")), sign_in_words("quite new", labels("nb"))
    ('talehandling: å svare, å si nei, av en organisasjon', 'et annet tegn')
    """
    return _in_words(sign, t.language)


@lru_cache(4096)
def _in_words(sign: str, language: str) -> str:
    t = labels(language)
    return _plain(sign, t) or ", ".join(_valued(sign, t)) or (sign if language == _TECHNICAL else t("sign.other"))


def _valued(sign: str, t: Labels) -> Iterator[str]:
    """Yield the parts of a sign that are a kind and its value, in words; those that have none are left out."""
    rest = sign
    while rest:
        key = next((k for k in _kinds(t.language) if rest.startswith(f"{k}=")), None)
        if key is None:
            name, equals, other = rest.partition("=")
            if equals and " " in name:  # the kind, behind what it is of
                rest = rest.partition(" ")[2]
                continue
            if equals:
                rest = _cut(name, other, t)[1]
                continue
            yield from filter(None, [_noted(rest, t)])
            return
        value, rest = _cut(key, rest[len(key) + 1 :], t)
        if f"{_VALUE}{key}.{value}" in t:
            yield t(f"{_VALUE}{key}.{value}")
        elif f"{_ANY}{key}" in t:
            yield t(f"{_ANY}{key}", value=_plain(value, t) or _pieces(value, t) or value)


def _noted(note: str, t: Labels) -> str:
    """Return a note of several parts in words, each as long as there is a text for; parts without one are left out."""
    parts = _BETWEEN.split(note)
    said, at = "", 0
    while at < len(parts):
        ends = range(len(parts), at, -2)
        known = ((end, _plain("".join(parts[at:end]), t)) for end in ends)
        end, words = next(((end, words) for end, words in known if words), (at + 1, None))
        words = words or (parts[at] if _AS_IT_IS.fullmatch(parts[at]) else None)
        if words:
            said += (parts[at - 1] if said else "") + words
        at = end + 1
    return "" if _AS_IT_IS.fullmatch(said) else said


def _plain(words: str, t: Labels) -> str | None:
    """Return words that have a text of their own, a number behind them kept; else None."""
    if f"{_PHRASE}{words}" in t:
        return t(f"{_PHRASE}{words}")
    if rule_key(words) in t:
        return t(rule_key(words))
    if (numbered := _NUMBERED.fullmatch(words)) and f"{_PHRASE}{numbered[1]}" in t:
        return f"{t(_PHRASE + numbered[1])} {numbered[2]}"
    lead = next((k for k in _names(_LEAD, t.language) if words.startswith(f"{k} ")), None)
    if lead is None or any(words.startswith(f"{kind}=") for kind in _kinds(t.language)):
        return None
    rest = words[len(lead) + 1 :]
    if "{word}" in t.texts[_LEAD + lead]:
        return t(_LEAD + lead, word=_pieces(rest, t, quoted=True))
    value = _plain(rest, t) or _pieces(rest, t)
    return t(_LEAD + lead, value=value) if value else None


def _pieces(words: str, t: Labels, *, quoted: bool = False) -> str:
    """Return words piece by piece, those without a text quoted or left out.

    >>> from corpus_lib.labels import labels
    >>> _pieces("so reject verb modal ville no party", labels("en"))
    'to refuse, a verb, under «ville», no other party is told'
    >>> _pieces("komme ikke", labels("nn"), quoted=True)
    '«komme ikke»'
    """
    left, said, own = [word.lstrip(_SIDES) for word in words.split()], list[str](), list[str]()
    while left:
        sizes = range(min(_LONGEST, len(left)), 0, -1)
        size = next((n for n in sizes if f"{_PART}{' '.join(left[:n])}" in t), 0)
        if not size:
            own.append(left.pop(0))
            continue
        text = t.texts[f"{_PART}{' '.join(left[:size])}"]
        del left[:size]
        for takes, taken in (("{words}", left[:]), ("{word}", left[:1])):
            if takes in text:
                text = text.replace(takes, " ".join(taken) or "–")
                del left[: len(taken)]
        said += [*_quoted(own, quoted), text]
        own.clear()
    return ", ".join([*said, *_quoted(own, quoted)])


def _quoted(words: list[str], wanted: bool) -> list[str]:
    return [f"«{' '.join(words)}»"] if words and wanted else []


@cache
def _kinds(language: str) -> tuple[str, ...]:
    """Return the kinds of signs that have values, the longest first."""
    valued = {name.partition(".")[0] for name in _names(_VALUE, language)}
    return tuple(sorted(valued.union(_names(_ANY, language)), key=len, reverse=True))


@cache
def _names(group: str, language: str) -> tuple[str, ...]:
    """Return what stands behind the name of a group of texts, the longest first."""
    found = {key.removeprefix(group) for key in labels(language).texts if key.startswith(group)}
    return tuple(sorted(found, key=len, reverse=True))


def _cut(key: str, text: str, t: Labels) -> tuple[str, str]:
    """Return the value of a kind at the start of a text, and what follows it: the next sign, or what has no kind."""
    values = _names(f"{_VALUE}{key}.", t.language)
    known = next((v for v in values if text.startswith(f"{v} ")), None)
    if known is not None:
        return known, text[len(known) + 1 :]
    places = [text.find(f" {k}=") for k in _kinds(t.language)]
    places += [found.start()] if (found := _NEXT.search(text)) else []
    end = min((place for place in places if place >= 0), default=len(text))
    return text[:end], text[end + 1 :]
