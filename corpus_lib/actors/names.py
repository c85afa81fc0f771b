"""Names as the whole article tells them: broken names joined, and one label for a name wherever it stands.

A recogniser reads one sentence at a time; the same surname may be a person in one line and a place in the next. Here
the model's labels vote, together with what stands around the name: a first name, a role, an age, a noun for a body.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.actors.mentions import KINDS, base_name
from corpus_lib.actors.nouns import gender_of, indefinite, is_role
from corpus_lib.language.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import Parsed, ParsedBlock

_AGE = re.compile(r"^\(\s?\d{1,2}\s?\)")
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
    for block in parsed.blocks:
        _drop_nouns(block)
        _add_aged(block.doc)
        _add_outlets(block.doc)
    spans = [(block.doc, _joined(block.doc)) for block in parsed.blocks if block.doc.ents]
    labels = _labels([ent for _, ents in spans for ent in ents])
    for doc, ents in spans:
        doc.ents = [_relabelled(ent, labels.get(base_name(ent), ent.label_)) for ent in ents]


def _drop_nouns(block: ParsedBlock) -> None:
    """Drop a definite noun that only its place makes a name: «Legenden» at the head of a sentence."""
    starts = {s.start for s in block.sentences()}
    kept = [e for e in block.doc.ents if not (len(e) == 1 and e.start in starts and _is_plain_noun(e[0]))]
    if len(kept) < len(block.doc.ents):
        block.doc.ents = kept


def _is_plain_noun(token: Token) -> bool:
    if token.pos_ != "NOUN" or "Def" not in token.morph.get("Definite", []) or not token.text[1:].islower():
        return False
    return is_role(indefinite(token.lower_.removesuffix("s")))


def _add_aged(doc: Doc) -> None:
    """Add as a person's name what has an age behind it and no label yet: «Perisat (24)»."""
    from spacy.tokens import Span as Tokens

    if "(" not in doc.text:
        return
    found = []
    for token in doc[:-2]:
        if token.nbor(1).text[:1] != "(" or token.ent_type_ or not (token.text[:1].isupper() and token.text.isalpha()):
            continue
        if _AGE.match(doc[token.i + 1 : token.i + 4].text):
            start = token.i
            while start and doc[start - 1].pos_ == "PROPN" and not doc[start - 1].ent_type_:
                start -= 1
            found.append(Tokens(doc, start, token.i + 1, label="PER"))
    if found:
        doc.ents = [*doc.ents, *found]


@cache
def _outlets() -> dict[str, tuple[str, ...]]:
    """Return the outlets of several words by their first word, in lower case."""
    names = (name.split("_") for name in words_of("outlets.toml", "names") if "_" in name)
    return {name[0]: tuple(name) for name in names}


@cache
def _begins_outlet() -> re.Pattern[str]:
    """Return what finds the first word of such an outlet in a text, so that few blocks are read word by word."""
    return re.compile("|".join(f"{re.escape(w[0].upper())}(?i:{re.escape(w[1:])})" for w in _outlets()))


def _add_outlets(doc: Doc) -> None:
    """Add a known outlet of several words that has no label: «Vårt Land»."""
    from spacy.tokens import Span as Tokens

    if not _begins_outlet().search(doc.text):
        return
    found = []
    for token in doc:
        name = _outlets().get(token.lower_) if token.text[:1].isupper() and not token.ent_type_ else None
        words = doc[token.i : token.i + len(name)] if name else doc[0:0]
        free = all(t.text[:1].isupper() and not t.ent_type_ for t in words)
        if len(words) and free and tuple(t.lower_ for t in words) == name:
            found.append(Tokens(doc, words.start, words.end, label="ORG"))
    if found:
        doc.ents = [*doc.ents, *found]


def _relabelled(ent: Tokens, label: str) -> Tokens:
    from spacy.tokens import Span as Tokens

    return ent if ent.label_ == label else Tokens(ent.doc, ent.start, ent.end, label=label)


def _joined(doc: Doc) -> list[Tokens]:
    """Return the names of a block, a first name and what follows it joined to one: «Diego» «Maradona»."""
    from spacy.tokens import Span as Tokens

    joined: list[Tokens] = []
    for ent in doc.ents:
        start, end = _grown(ent) if ent.label_ in KINDS else (ent.start, ent.end)
        last = joined[-1] if joined else None
        if last is not None and start <= last.start and ent.label_ in KINDS and last.label_ in KINDS:
            joined.pop()
        elif last is not None and start < last.end:
            start = last.end
        if start < end and (cut := _first_name_in_body(doc, start, end, ent.label_)):
            joined += [Tokens(doc, start, cut, label="ORG"), Tokens(doc, cut, end, label="PER")]
        elif start < end:
            label = "PER" if (start, end) != (ent.start, ent.end) else ent.label_
            joined.append(ent if label == ent.label_ and end == ent.end else Tokens(doc, start, end, label=label))
    return joined


def _first_name_in_body(doc: Doc, start: int, end: int, label: str) -> int | None:
    """Return where a person begins whom the model took into the body's name: «Kvinnegruppa Ottar» «Ane Stø»."""
    cut = end - 2
    if label != "ORG" or cut <= start or gender_of(doc[start].text) is not None or doc[cut - 1].lower_ in ("og", "&"):
        return None
    named = gender_of(doc[cut].text) is not None and doc[cut + 1].text[:1].isupper() and doc[cut + 1].text[1:].islower()
    return cut if named else None


def _grown(ent: Tokens) -> tuple[int, int]:
    """Return where a name begins when a first name stands right before its one word."""
    if len(ent) != 1 or not ent.start or not ent[0].text[:1].isupper():
        return ent.start, ent.end
    before = ent.doc[ent.start - 1]
    of_one_name = before.ent_type_ in ("", "PER") or ent[0].dep_ == "flat:name"
    first = before.text[:1].isupper() and before.text.isalpha() and gender_of(before.text) is not None
    flat = ent[0].dep_ == "flat:name" and ent[0].head.i == before.i and not before.ent_type_ and before.text.isalpha()
    if of_one_name and (first or flat) and before.whitespace_:
        return before.i, ent.end
    return ent.start, ent.end


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
    if _AGE.match(doc[ent.end : ent.end + 3].text):
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
