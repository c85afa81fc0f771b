"""Names that the recogniser broke or missed, joined from what stands around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.actors.mentions import KINDS
from corpus_lib.actors.nouns import gender_of, indefinite, is_role
from corpus_lib.language.lexicon import words_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

    from corpus_lib.language import ParsedBlock

_PLACES = ("GPE", "LOC", "ORG")
AGE = re.compile(r"^\(\s?\d{1,2}\s?\)")
_CAPITALISED = r"[A-ZÆØÅ][\w-]{1,30}"
_NICKNAMED = re.compile(
    rf"\b{_CAPITALISED}(?: {_CAPITALISED}){{0,2}} "
    rf"(?:\({_CAPITALISED}\)|«{_CAPITALISED}»|\"{_CAPITALISED}\"|“{_CAPITALISED}”)(?: {_CAPITALISED}){{1,2}}"
)
_TITLED = re.compile(rf"\b{_CAPITALISED} «[A-ZÆØÅ][^«»\n]{{2,120}}»")


def joined(block: ParsedBlock) -> list[Tokens]:
    """Return the names of a block, the broken ones joined and some that were missed added.

    The block's own names are left as they are, but for nouns that only their place made names.
    """
    _drop_nouns(block)
    _add_aged(block.doc)
    _add_outlets(block.doc)
    _add_nicknamed(block.doc)
    _add_titled(block.doc)
    return _joined(block.doc) if block.doc.ents else []


def _put(doc: Doc, found: Sequence[Tokens]) -> None:
    """Give a block some more names; what they overlap of the others gives way."""
    if found:
        taken = {i for name in found for i in range(name.start, name.end)}
        doc.ents = [*(e for e in doc.ents if taken.isdisjoint(range(e.start, e.end))), *found]


def _add_nicknamed(doc: Doc) -> None:
    """Add a person with a nickname inside the name: «Ole (Tobben) Berg», «Ole «Tobben» Berg»."""
    found = []
    for match in _NICKNAMED.finditer(doc.text):
        first = next((w for w in re.finditer(_CAPITALISED, match[0]) if gender_of(w[0]) is not None), None)
        behind = match[0].rpartition(") ")[2].split()[0]
        if first is None or (")" in match[0] and gender_of(behind) is not None):
            continue
        name = doc.char_span(match.start() + first.start(), match.end(), label="PER")
        if name is not None and len(name) > 3:
            found.append(name)
    _put(doc, found)


def _add_titled(doc: Doc) -> None:
    """Add a body whose name is a noun with a title: «Facebook-gruppen «Redd parken»»."""
    found = []
    bodies = words_of("persons.toml", "titled_bodies")
    for match in _TITLED.finditer(doc.text):
        name = doc.char_span(match.start(), match.end(), label="ORG")
        if name is not None and "-" in name[0].text and name[0].lower_.rpartition("-")[2] in bodies:
            found.append(name)
    _put(doc, found)


def _drop_nouns(block: ParsedBlock) -> None:
    """Drop a definite noun that only its place makes a name: «Legenden» at the head of a sentence."""
    starts = {s.start for s in block.sentences()}
    single = (e for e in block.doc.ents if len(e) == 1 and e.start in starts)
    dropped = {e.start for e in single if _is_plain_noun(e[0]) or _is_matter(e)}
    kept = [e for e in block.doc.ents if e.start not in dropped]
    if len(kept) < len(block.doc.ents):
        block.doc.ents = kept


def _is_matter(ent: Tokens) -> bool:
    """Say whether a word taken for a person is what a headline is about: «Strid om veien»."""
    behind = ent.doc[ent.end : ent.end + 1].text
    return ent.label_ == "PER" and behind == "om" and gender_of(ent.text) is None


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
        if AGE.match(doc[token.i + 1 : token.i + 4].text):
            start = token.i
            while start and doc[start - 1].pos_ == "PROPN" and not doc[start - 1].ent_type_:
                start -= 1
            found.append(Tokens(doc, start, token.i + 1, label="PER"))
    _put(doc, found)


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
    _put(doc, found)


def _joined(doc: Doc) -> list[Tokens]:
    """Return the names of a block, a first name and what follows it joined to one: «Diego» «Maradona»."""
    from spacy.tokens import Span as Tokens

    joined: list[Tokens] = []
    for ent in map(_without_tail, doc.ents):
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
            end = max(end, _end_of_person(ent))
            if (behind := _end_of_body(ent)) > end:
                label, end = "ORG", behind
            same = (start, end, label) == (ent.start, ent.end, ent.label_)
            joined.append(ent if same else Tokens(doc, start, end, label=label))
    return joined


def _without_tail(ent: Tokens) -> Tokens:
    """Return a person's name without the next noun phrase, in lower case: «May» of «May de folkevalgte»."""
    from spacy.tokens import Span as Tokens

    last = max((t.i for t in ent if not t.text.islower()), default=ent.start)
    if ent.label_ != "PER" or last + 1 >= ent.end or ent.doc[last + 1].lower_ not in ("de", "dei", "den", "det"):
        return ent
    return Tokens(ent.doc, ent.start, last + 1, label=ent.label_)


def _end_of_person(ent: Tokens) -> int:
    """Return where a person's name ends whose surname has no label: «Diego | Maradona»."""
    end, doc = ent.end, ent.doc
    if ent.label_ != "PER" or len(ent) > 1 or end >= len(doc) or gender_of(ent.text) is None:
        return end
    surname = doc[end]
    flat = surname.dep_ == "flat:name" and surname.head.i == ent.start and not surname.ent_type_
    return end + 1 if flat and surname.text[:1].isupper() and surname.text.isalpha() else end


def _end_of_body(ent: Tokens) -> int:
    """Return where a body's name ends that begins with a place: «Haugesund avis», «klubben Istanbul Basaksehir»."""
    doc, end = ent.doc, ent.end
    if ent.label_ not in _PLACES or end >= len(doc):
        return end
    if doc[end].lower_ in words_of("outlets.toml", "nouns") and not doc[end].ent_type_:
        return end + 1
    if ent.label_ == "GPE" and doc[end].text in words_of("persons.toml", "parties"):
        return end + 1
    if ent.start and doc[ent.start - 1].lower_ in words_of("persons.toml", "naming_bodies"):
        while end < len(doc) and doc[end].text[:1].isupper() and not doc[end].ent_type_:
            end += 1
    return end


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
