"""Learned signs and notes in words, for those who ask why something was found: texts are in ``data/signs.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from corpus_lib.labels.numbers import number
from corpus_lib.labels.texts import Labels, labels
from corpus_lib.model import Article, Reason

_VALUE, _ANY, _PHRASE, _LEAD = (f"sign.{group}." for group in ("value", "any", "phrase", "lead"))
_BETWEEN = re.compile(r"(: |, |; )")
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
    """Return a learned sign or a note in words; what has no words of its own is shown as it is named.

    >>> from corpus_lib.labels import labels
    >>> [sign_in_words("kind=that subject=PER", labels(language)) for language in ("en", "nn")]
    ['an «at» clause, a person speaks', 'ei leddsetning med «at», ein person talar']
    >>> sign_in_words("pronoun: most salient person, words 3", labels("nb"))
    'pronomen: personen som er mest framme, lengde i ord, trinnvis 3'
    """
    return _in_words(sign, t.language)


@lru_cache(4096)
def _in_words(sign: str, language: str) -> str:
    t = labels(language)
    parts = [known] if (known := _plain(sign, t)) else []
    rest = "" if parts else sign
    while rest:
        key = next((k for k in _kinds(t.language)[0] if rest.startswith(f"{k}=")), None)
        if key is None:
            pieces = _BETWEEN.split(rest)
            parts.append("".join(p if i % 2 else (_plain(p, t) or p) for i, p in enumerate(pieces)))
            break
        value, rest = _cut(rest[len(key) + 1 :], t)
        if f"{_VALUE}{key}.{value}" in t:
            parts.append(t(f"{_VALUE}{key}.{value}"))
        elif f"{_ANY}{key}" in t:
            parts.append(t(f"{_ANY}{key}", value=_plain(value, t) or value))
        else:
            parts.append(f"{key} {value}")
    return ", ".join(parts)


def _plain(words: str, t: Labels) -> str | None:
    """Return words that have a text of their own, a number behind them kept; else None."""
    if f"{_PHRASE}{words}" in t:
        return t(f"{_PHRASE}{words}")
    if rule_key(words) in t:
        return t(rule_key(words))
    if (numbered := _NUMBERED.fullmatch(words)) and f"{_PHRASE}{numbered[1]}" in t:
        return f"{t(_PHRASE + numbered[1])} {numbered[2]}"
    lead, _, value = words.partition(" ")
    return t(_LEAD + lead, value=_plain(value, t) or value) if value and _LEAD + lead in t else None


@cache
def _kinds(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the kinds of signs, and all their values, the longest first."""
    t = labels(language)
    valued = [key.removeprefix(_VALUE).partition(".") for key in t.texts if key.startswith(_VALUE)]
    free = [key.removeprefix(_ANY) for key in t.texts if key.startswith(_ANY)]
    keys = {key for key, _, _ in valued}.union(free)
    return tuple(sorted(keys, key=len, reverse=True)), tuple(sorted({v for *_, v in valued}, key=len, reverse=True))


def _cut(text: str, t: Labels) -> tuple[str, str]:
    """Return the value at the start of a text and what follows it: the next sign, or what has no key."""
    keys, values = _kinds(t.language)
    known = next((v for v in values if text.startswith(f"{v} ")), None)
    if known is not None:
        return known, text[len(known) + 1 :]
    end = min((i for key in keys if (i := text.find(f" {key}=")) >= 0), default=len(text))
    return text[:end], text[end + 1 :]
