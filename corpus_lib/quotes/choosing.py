"""Which verb of a dash turn is its inquit: a learned ranking over those that may be, and none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS
from corpus_lib.language.syntax import is_finite
from corpus_lib.learned import load
from corpus_lib.quotes.cues import entries_of
from corpus_lib.quotes.inquits import clause_start, is_inquit, sentence_end, speaker_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

INQUIT = "inquit"
"""The decision's name."""

NONE = {"none": 1.0}
_MOST = 8
_CONDITIONS = frozenset({"når", "da", "hvis", "dersom", "viss", "om", "selv", "sjølv", "fordi", "siden", "sidan"})


def inquit(tokens: Tokens) -> Token | None:
    """Return the verb of the inquit in a turn, None where it has none."""
    found = possible(tokens)
    if not found:
        return None
    shares = load(INQUIT).rank([NONE, *(features(t, tokens, found) for t in found)])
    best = max(range(len(shares)), key=lambda i: (shares[i], -i))
    return found[best - 1] if best else None


def possible(tokens: Tokens) -> list[Token]:
    """Return the verbs that may be a turn's inquit; of very many the first and the last."""
    found = [t for t in tokens[1:] if is_inquit(t, tokens)]
    return found if len(found) <= 2 * _MOST else [*found[:_MOST], *found[-_MOST:]]


def features(verb: Token, tokens: Tokens, among: list[Token]) -> dict[str, float]:
    """Return what tells whether a verb is the inquit of a turn."""
    doc = verb.doc
    entry = next(iter(entries_of(verb)), None)
    start, end = clause_start(verb), sentence_end(verb, tokens.end)
    opens = next((i for i in range(start - 1, tokens.start - 1, -1) if doc[i].text in (".", "!", "?", "…")), None)
    first = doc[tokens.start if opens is None else min(opens + 1, start)]
    before = doc[start - 1].text
    kind = entry.kind if entry is not None else "none"
    use = entry.use if entry is not None else "none"
    who = speaker_in(verb, doc[verb.i : end])
    names = [
        f"class={kind}",
        f"use={use}",
        f"cue={verb.lower_}",
        f"before={before}",
        f"before={before} use={use}",
        f"form={'/'.join(verb.morph.get('VerbForm', []) + verb.morph.get('Tense', []))}",
        f"place={min(among.index(verb), 3)}",
        f"place from the end={min(len(among) - 1 - among.index(verb), 3)}",
        f"ends the turn={end >= tokens.end}",
        f"use={use} ends the turn={end >= tokens.end}",
        f"words behind={min(end - verb.i, 12) // 2}",
        f"who={_who(who)}",
        f"use={use} who={_who(who)}",
        f"a verb before={any(is_finite(t) for t in doc[first.i : start])}",
    ]
    if first.lower_ in _CONDITIONS and not any(t.text == "," for t in doc[first.i : start - 1]):
        names.append("only a condition before")
    if any(t.text == "," for t in doc[verb.i : end]):
        names.append("a comma behind")
    return dict.fromkeys(names, 1.0)


def _who(mention: Tokens | None) -> str:
    if mention is None:
        return "none"
    root = mention.root
    if root.lower_ in PRONOUNS:
        return f"pronoun {root.lower_}"
    return root.ent_type_ or (root.pos_ if root.pos_ in ("NOUN", "PROPN") else root.lower_)
