"""The words that may do something in a sentence: verbs, nouns, adjectives, yes and no; and what stands around each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.demands.clues import ends, told_of, word_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.setting import Unit

_POS = frozenset({"VERB", "AUX", "NOUN", "ADJ", "INTJ"})
_WORDS = frozenset({"ja", "nei", "jo", "vel", "aldri", "imot"})


def predicates(unit: Unit) -> list[Token]:
    """Return the words of a sentence that may tell of a demand or an answer."""
    return [t for t in unit.tokens if t.pos_ in _POS or t.lower_ in _WORDS]


def around(token: Token, unit: Unit, quoted: str) -> dict[str, float]:
    """Return the features of a word as what does something: its lemma, its form, and what depends on it."""
    word = word_of(token)
    kind = token.pos_
    out = {f"lemma {word}": 1.0, f"pos {kind}": 1.0, f"is {token.dep_}": 1.0, f"is {kind} {token.dep_}": 1.0}
    for part in ends(word):
        out["ends " + part] = 1.0
    form = token.morph.get("VerbForm") + token.morph.get("Tense")
    out[f"form {'/'.join(form)}"] = 1.0
    if token.head.i != token.i:
        out[f"under {word_of(token.head)} {token.dep_}"] = 1.0
    for child in token.children:
        if child.is_punct:
            continue
        side = "<" if child.i < token.i else ">"
        out[f"has {side}{child.dep_}"] = 1.0
        if child.pos_ in ("AUX", "PART", "SCONJ", "ADV", "ADP", "PRON", "DET") or child.ent_type_:
            out[f"has {child.dep_} {word_of(child)}"] = 1.0
        if any(c.dep_ == "case" for c in child.lefts):
            out[f"{word} {next(c for c in child.lefts if c.dep_ == 'case').lower_}"] = 1.0
    for step in (-2, -1, 1, 2):
        place = token.i + step
        if unit.tokens.start <= place < unit.tokens.end:
            near = word_of(token.doc[place])
            out[f"{step:+d} {near}"] = 1.0
            if abs(step) == 1:
                out[f"{step:+d} {word} {near}"] = 1.0
    for act in unit.named:
        if act.head == token.i:
            out |= {"act " + n: 1.0 for n in told_of(act, unit, quoted)}
        elif token.i in act.words:
            out[f"within {act.entry.side}"] = 1.0
    sides = {a.entry.side for a in unit.named if a.head != token.i}
    for side in sides:
        out[f"beside {side}"] = 1.0
    return out
