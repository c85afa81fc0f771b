"""Mentions as they stand: the name in a noun phrase, its parts, its citation form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.actors.nouns import indefinite, is_role, kind_of
from corpus_lib.language.nouns import PERSONS
from corpus_lib.language.parsed import name_at, names_in
from corpus_lib.language.syntax import has_preposition, has_tree, preposition_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

KINDS = {"PER": "person", "ORG": "organisation", "GPE": "state", "LOC": "state"}
"""The kind of actor that each label of a name stands for."""

FEMALE = frozenset({"hun", "ho", "henne", "hennes", "hennar", "hu"})
MALE = frozenset({"han", "ham", "hans", "honom"})
PLURAL = frozenset({"de", "dei", "dem"})
SPEAKER = frozenset({"jeg", "eg", "vi", "me", "meg", "oss"})
PRONOUNS = FEMALE | MALE | PLURAL | SPEAKER

INDEFINITE = frozenset({"en", "ei", "et", "eit", "ein"})

_INSIDE = frozenset({"av", "for", "i", "ved", "på", "hos"})
"""What goes on saying where somebody belongs: «en kilde ved sykehuset i Bodø»."""

_DEFINITE = frozenset({"de", "dei", "desse", "disse"})
_RELATIVE = 9
"""How many words a relative clause may have to be cited with its noun."""


def is_role_compound(token: Token) -> bool:
    """Say whether a word is a role made of a name, which stands for somebody and names nobody: «Nato-sjefen»."""
    first, _, last = token.text.rpartition("-")
    small = last.lower() if token.text.isupper() else last  # «E-SJEFEN»
    return bool(first) and small.islower() and (kind_of(small) in PERSONS or is_role(indefinite(small)))


def base_name(ent: Tokens) -> str:
    """Return a name in its citation form: without a genitive ending or the sentence's full stop, white space folded."""
    text = " ".join(ent.text.split())
    last = ent[-1]
    if last.text.endswith(".") and last.text[:-1].isdigit() and ent.label_ != "PER" and last.i + 1 == last.sent.end:
        return text[:-1]  # «sier hun til TV 2.»
    if text.endswith(("'", "’")):
        return text[:-1]
    if text.endswith(("'s", "’s")):
        return text[:-2]
    if text.endswith("s") and len(text) > 2 and "Gen" in last.morph.get("Case", []):
        return text[:-1]
    return text


def is_subject(token: Token) -> bool:
    """Say whether a name is a subject, by itself or as the apposition of one («ambassadør Kari Lie»)."""
    while token.dep_.startswith(("appos", "flat", "nmod")) and preposition_of(token) is None:
        token = token.head
    return bool(token.dep_.startswith("nsubj"))


def parts_of(mention: Tokens) -> list[Token]:
    """Return the heads of the people a mention joins with «og»; two roles of one person are one."""
    head = mention.root
    if not has_tree(head):
        return [head]
    joined = [t for t in head.conjuncts if mention.start <= t.i < mention.end and t.i > head.i]
    if not any(t.lower_ in ("og", "samt", "&") for t in mention):
        return [head]
    parts = [head, *joined]
    named = [t for t in parts if t.ent_type_ or any(c.ent_type_ and c.dep_ == "appos" for c in t.children)]
    pronoun = any(t.lower_ in PRONOUNS for t in parts)
    if named and len(named) < len(parts) and head not in named and head.text.islower() and not pronoun:
        return named
    return parts


def named_by(head: Token, mention: Tokens) -> Tokens | None:
    """Return the name that a mention's head is, or that stands beside it as its apposition."""
    ents = [e for e in names_in(mention) if e.label_ in KINDS]
    own = name if (name := name_at(head.doc, head.i)) is not None and name.label_ in KINDS else None
    if own is not None and own.label_ == "PER":
        return own
    later = next((e for e in ents if e.label_ == "PER" and e.start > head.i and not has_preposition(e)), None)
    if own is not None:
        between = [] if later is None else list(head.doc[own.end : later.start])
        return later if later is not None and any(is_role(indefinite(t.lower_)) for t in between) else own
    close = [e for e in ents if e.root.head.i == head.i and e.root.dep_.startswith(("appos", "flat", "nmod"))]
    owner = next((e for e in close if e.end <= head.i and e.text.endswith("s")), None)
    persons = [e for e in close if e.label_ == "PER" and e is not owner and not has_preposition(e)]
    if persons:
        return persons[0]
    if close and close[0].start == head.i + 1 and not has_preposition(close[0]):
        return close[0]
    if head.pos_ == "PROPN":  # «Klubben på Sandvær Verft», read as names, is not the yard
        return next((e for e in ents if e.start <= head.i or not has_preposition(e)), None)
    return None


def _is_far(token: Token, head: Token) -> bool:
    """Say whether a preposition opens a phrase inside another one: «motstandere av linja | fra Sogn til Ørskog»."""
    if token.dep_ != "case" or token.lower_ in _INSIDE or head.pos_ == "NUM" or not has_tree(token):
        return False
    governed = token.head
    above = governed.head
    return governed.dep_.startswith("nmod") and above.i > head.i and preposition_of(above) is not None


def _relative_end(head: Token, end: int) -> int:
    """Return where the relative clause ends that follows a noun phrase without a comma, where it is short."""
    if not has_tree(head):
        return end
    clause = next((c for c in head.children if c.dep_.startswith("acl") and c.left_edge.i == end), None)
    if clause is None or head.doc[end].lower_ != "som":
        return end
    last = int(clause.right_edge.i) + 1
    comma = next((t.i for t in head.doc[end:last] if t.text in (",", "(", "–")), last)
    return comma if comma - end <= _RELATIVE else end


def _is_many(mention: Tokens, head: Token) -> bool:
    """Say whether a phrase tells of many without saying which: «kilder», «flere naboer», «tre ansatte»."""
    plural = "Plur" in head.morph.get("Number", []) and "Ind" in head.morph.get("Definite", [])
    return plural and not any(t.lower_ in _DEFINITE for t in mention)


def citation(mention: Tokens, head: Token) -> str:
    """Return a noun phrase as one would cite it: from its first word to its head and the head's own phrases.

    A relative clause that follows without a comma belongs to it, where it is short.
    """
    end = head.i + 1
    for token in mention.doc[end : mention.end]:
        cut = token.text in (",", "–", "-", "(", ":") and not (token.text == "," and token.nbor(-1).text.endswith("-"))
        if cut or token.lower_ in ("som", "der") or _is_far(token, head):
            break
        end = token.i + 1
    if end == mention.end and (mention[0].lower_ in INDEFINITE or _is_many(mention, head)):
        end = _relative_end(head, end)
    text = " ".join(mention.doc[mention.start : end].text.split())
    return text[:1].lower() + text[1:] if not text[:2].isupper() and mention[0].pos_ != "PROPN" else text
