"""Names as the whole article tells them: broken names joined, and one label for a name wherever it stands.

A recogniser reads one sentence at a time; the same surname may be a person in one line and a place in the next. Here
the model's labels vote, together with what stands around the name: a first name, a role, an age, a noun for a body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus_lib.actors.joining import AGE, joined
from corpus_lib.actors.mentions import KINDS, base_name
from corpus_lib.actors.nouns import gender_of, is_role
from corpus_lib.language.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed

_TWO_CAPITALS = re.compile(r"\b[A-ZÆØÅ][\w-]+ [A-ZÆØÅ]")
_BODY_LABELS = ("ORG", "GPE", "LOC")


def may_name_people(text: str) -> bool:
    """Say whether two words in a row begin with a capital: somebody may be named in full, whom a pronoun takes up.

    >>> may_name_people("I går kom Kari Lie."), may_name_people("Det regnet i Bodø.")
    (True, False)
    """
    return _TWO_CAPITALS.search(text) is not None


def agree(parsed: Parsed) -> None:
    """Join broken names in the parsed blocks, and give each name the label that fits it best in the whole article."""
    spans = [(block.doc, joined(block)) for block in parsed.blocks]
    labels = _labels([ent for _, ents in spans for ent in ents])
    for doc, ents in spans:
        doc.ents = [_relabelled(ent, labels.get(base_name(ent), ent.label_)) for ent in ents]


def _relabelled(ent: Tokens, label: str) -> Tokens:
    from spacy.tokens import Span as Tokens

    return ent if ent.label_ == label else Tokens(ent.doc, ent.start, ent.end, label=label)


def _labels(ents: Iterable[Tokens]) -> dict[str, str]:
    """Return the label of each name, by its citation form."""
    votes: dict[str, Counter[str]] = {}
    for ent in ents:
        if ent.label_ in KINDS:
            tally = votes.setdefault(base_name(ent), Counter())
            tally[ent.label_] += 1
            tally["PER"] += _speaks_for_person(ent)
            tally["body"] += _speaks_for_body(ent)
    surnames = {name.split()[-1] for name, tally in votes.items() if " " in name and _winner(tally) == "PER"}
    for name, tally in votes.items():
        if name in surnames and tally["PER"]:
            tally["PER"] += 3
    return {name: _winner(tally) for name, tally in votes.items()}


def _winner(tally: Counter[str]) -> str:
    """Return the label with most votes; signs of a body count for what the model saw in it, else for ORG."""
    body = max(_BODY_LABELS, key=lambda label: tally[label])
    against = sum(tally[label] for label in _BODY_LABELS) + tally["body"]
    return "PER" if tally["PER"] >= against else body


def _speaks_for_person(ent: Tokens) -> int:
    """Count the signs around a name that it is a person's."""
    doc = ent.doc
    before = doc[ent.start - 1] if ent.start else None
    points = 3 if len(ent) > 1 and gender_of(ent[0].text) is not None and ent.text[-1].isalpha() else 0
    points *= all(t.text[0].isupper() or t.lower_ in ("de", "von", "van", "der") for t in ent)
    if before is not None and before.pos_ == "NOUN" and is_role(before.lower_):
        points += 2
    if (
        before is not None
        and before.lower_ in ("gamle", "gammel", "gamal")
        and before.i
        and before.nbor(-1).text == "år"
    ):
        points += 3
    if AGE.match(doc[ent.end : ent.end + 3].text):
        points += 3
    return points


def _speaks_for_body(ent: Tokens) -> int:
    """Count the signs around a name that it is a body's or a place's."""
    before = ent.doc[ent.start - 1] if ent.start else None
    bodies = words_of("persons.toml", "institutions")
    points = 3 if ent[0].lower_ in bodies and len(ent) > 1 else 0
    if ent[-1].text in words_of("persons.toml", "body_marks"):
        points += 3
    if before is not None and before.lower_ in bodies | words_of("persons.toml", "anaphoric_bodies"):
        points += 3
    if before is not None and before.pos_ == "ADJ" and before.i:
        before = before.nbor(-1)
    if before is not None and before.lower_ == "i" and before.pos_ == "ADP":
        points += 2
    return points
