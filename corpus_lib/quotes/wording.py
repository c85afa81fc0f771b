"""Learned features in words, for those who ask why a quotation is one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from corpus_lib.model import Reason

_VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kind": {
            "that": "an «at» clause",
            "question": "an indirect question",
            "infinitive": "an infinitive",
            "bare": "words without «at»",
            "colon": "words behind a colon",
            "before": "words before the verb",
            "around": "words around the verb",
            "points": "«det» points back",
            "as": "behind «som X sier»",
            "according right": "words behind «ifølge»",
            "according left": "words before «ifølge»",
            "according around": "words around «ifølge»",
        },
        "subject": {
            "PER": "a person speaks",
            "ORG": "a body speaks",
            "GPE": "a state speaks",
            "none": "nobody is its subject",
            "person": "a noun for a person speaks",
            "body": "a noun for a body speaks",
            "pronoun": "a pronoun speaks",
            "I or you": "«jeg», «vi» or «du» is its subject",
            "det": "«det» is its subject",
        },
        "use": {
            "say": "a verb of saying",
            "opine": "a verb of opinion",
            "act": "a verb that may carry speech",
            "ask": "a verb of asking",
            "label": "a verb of naming",
            "document": "a verb of documents",
            "noun": "a noun of saying",
            "adjective": "an adjective of opinion",
            "sound": "a verb of sounding",
        },
        "clause": {"ROOT": "in the main clause", "conj": "coordinated", "ccomp": "in a clause of its own"},
        "form": {
            "Fin/Pres": "in the present",
            "Fin/Past": "in the past",
            "Inf": "an infinitive",
            "Part": "a participle",
        },
        "block": {"body": "in the body", "title": "in the headline", "lead": "in the lead", "caption": "in a caption"},
    }
)
"""Of each kind of feature: its values in words."""

_TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "cue": "the word «{}»",
        "class": "a word of the class «{}»",
        "particle": "with «{}»",
        "modal": "under «{}»",
        "auxiliary": "with «{}»",
        "mark": "behind «{}»",
        "before cue": "«{}» before it",
        "after cue": "«{}» behind it",
        "between": "«{}» between",
        "words": "up to {} words",
        "gap": "{} words apart",
        "finite verbs": "finite verbs in the words: {}",
        "rule": "{}",
        "before": "before the words: {}",
        "after": "behind the words: {}",
        "mention": "who speaks: {}",
        "first word tag": "the words begin with {}",
        "sentence opens": "the sentence opens with «{}»",
        "infinitive": "the infinitive of «{}»",
        "source": "the source: {}",
    }
)
_KEYS = sorted((*_VALUES, *_TEMPLATES), key=len, reverse=True)


def sign_in_words(reason: Reason) -> str:
    """Return what weighed in a decision, in words, with its weight.

    >>> sign_in_words(Reason("cue=hevde", None, "", 1.25))
    'the word «hevde» (+1.2)'
    """
    shown = f"{reason.rule}: {reason.note}" if reason.note else in_words(reason.rule)
    return f"{shown} ({reason.weight or 0.0:+.1f})"


def in_words(feature: str) -> str:
    """Return a feature in words; what has no words of its own is shown as it is named.

    >>> in_words("kind=that subject=PER"), in_words("cue=hevde"), in_words("negated")
    ('an «at» clause, a person speaks', 'the word «hevde»', 'negated')
    """
    parts: list[str] = []
    rest = feature
    while rest:
        key = next((k for k in _KEYS if rest.startswith(f"{k}=")), None)
        if key is None:
            parts.append(rest)
            break
        value, rest = _cut(rest[len(key) + 1 :])
        known = _VALUES.get(key, {}).get(value)
        parts.append(known or _TEMPLATES.get(key, f"{key} {{}}").format(value))
    return ", ".join(parts)


def _cut(text: str) -> tuple[str, str]:
    """Return the value at the start of a text and what follows it: the next feature, or what has no key."""
    known = [v for values in _VALUES.values() for v in values if text.startswith(f"{v} ")]
    if known:
        value = max(known, key=len)
        return value, text[len(value) + 1 :]
    places = [i for key in _KEYS if (i := text.find(f" {key}=")) >= 0]
    end = min(places, default=len(text))
    return text[:end], text[end + 1 :]
