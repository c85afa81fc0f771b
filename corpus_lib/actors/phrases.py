"""Every noun phrase and pronoun of an article that could act or speak, in text order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy import symbols

from corpus_lib.actors.mentions import INDEFINITE, PLURAL, PRONOUNS, SPEAKER, citation, is_role_compound, named_by
from corpus_lib.actors.nouns import Sort, head_of, kind_of, lemma_of, sort_of
from corpus_lib.language.facts import states_of
from corpus_lib.language.lexicon import cues, words_of
from corpus_lib.language.names.gazetteer import kinds_of
from corpus_lib.language.nouns import noun as lexical
from corpus_lib.language.parsed import name_at
from corpus_lib.language.syntax import REFLEXIVES, has_tree, is_finite
from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import Parsed, ParsedBlock

_NOMINAL = ("nsubj", "obj", "iobj", "obl", "nmod", "conj", "appos", "root", "ROOT", "ccomp", "parataxis", "dep")
_LEFT = ("det", "amod", "nmod", "nummod", "case", "advmod", "conj", "flat", "compound", "obl", "acl")
_NOT_NOUNS = frozenset(
    [
        "det",
        "som",
        "seg",
        "dette",
        "den",
        "denne",
        "man",
        "en",
        "ein",
        "noe",
        "noko",
        "dere",
        "dykk",
        "du",
        "deg",
        "der",
        "hva",
        "kva",
        "hvem",
        "kven",
        "alt",
        "ingenting",
        "begge",
    ]
)
_COUNTING = words_of("syntax.toml", "counting")
_LONGEST_SHARED = 5
"""How many words may tell of whom an amount is a share."""
_TELLING = frozenset({"ADJ", "NUM", "PROPN"})
_AWAY = frozenset({"ifølge", "ifølgje", "om", "etter", "mot", "opp", "ned", "ut", "inn", "fram", "frem", "tilbake"})
_OWNERS = words_of("syntax.toml", "owners")
_WITHIN = frozenset({"i", "fra", "frå", "ved", "hos"})
_PARTS = frozenset({"DET", "PRON", "NUM", "ADJ"})
_OPENED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
_DASHED = re.compile(r"(?:^|(?<=[.!?:»] ))[-–—] ?(?=\w|«)")
_INQUIT = re.compile(r"[,?!»] ?(?=[a-zæøå])")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or pronoun: where it stands, its head, and what its words tell.

    Attributes
    ----------
    sort
        ``pronoun``, or what the noun names.
    noun
        The head in lower case, without a genitive ending.
    lemma, kind
        Its citation form, and its class in the lexicon of nouns.
    prefix
        The first part of a compound with a hyphen: «Molde» of «Molde-gutten».
    says
        Whether it is the subject of a verb of saying.
    """

    block: int
    tokens: Tokens
    head: Token
    span: Span
    sort: Sort
    noun: str
    lemma: str
    kind: str
    prefix: str
    plural: bool
    definite: bool
    subject: bool
    says: bool
    spoken: bool

    @property
    def place(self) -> tuple[int, int]:
        """The block and the token of the head, by which a phrase is looked up."""
        return self.block, self.head.i

    @property
    def head_lemma(self) -> str:
        """The Bokmål lemma of the last part of the head."""
        return head_of(self.noun)

    @property
    def modifiers(self) -> frozenset[str]:
        """The adjectives, numbers and names before the head."""
        told = (t.lower_ for t in self.tokens[:-1] if t.pos_ in _TELLING)
        return frozenset(told) | ({self.prefix.lower()} if self.prefix else frozenset())

    @property
    def owned(self) -> bool:
        """Whether a pronoun says whose it is: «advokaten hans», «sin egen advokat»."""
        behind = (t for t in self.head.doc[self.head.i + 1 : self.head.i + 2] if t.head.i == self.head.i)
        return any(t.lower_ in _OWNERS and not t.ent_type_ for t in (*self.tokens[:-1], *behind))

    @property
    def gender(self) -> str | None:
        """``f`` or ``m`` where the noun tells."""
        entry = lexical(self.noun)
        return None if entry is None else entry.gender

    @property
    def is_part(self) -> bool:
        """Whether it tells some of many: «en av plakatene», «flere av støttespillerne»."""
        following = self.head.doc[self.head.i + 1 : self.head.i + 2]
        return self.head.pos_ in _PARTS and any(t.lower_ == "av" and t.head.head.i == self.head.i for t in following)

    @property
    def origin(self) -> str | None:
        """Where who is called so comes from: «Sverige» for «svensken», «den svenske treneren», «Sverige-stjernen»."""
        entry = lexical(self.noun)
        if entry is not None and entry.place:
            return entry.place
        if "GPE states" in kinds_of(self.prefix):
            return self.prefix
        return min(self.nations, default=None) if self.sort == "person" else None

    @property
    def nations(self) -> frozenset[str]:
        """The states that an adjective before the head tells: «Russland» for «den russiske regjeringen»."""
        return frozenset(state for t in self.tokens if t.i != self.head.i for state in states_of(t.lower_))

    @property
    def citation(self) -> str:
        """The phrase as one would cite it, without the ending of a genitive."""
        end = _reach(self.head)
        text = citation(self.tokens.doc[self.tokens.start : end], self.head)
        return text.removesuffix("s") if end == self.head.i + 1 and self.noun != self.head.lower_ else text


def _reach(head: Token) -> int:
    """Return how far to the right the own phrases of a head reach: «operasjonslederen i Øst politidistrikt»."""
    end = _end_before_verb(head)
    for child in head.rights:
        if not child.dep_.startswith(("nmod", "flat")) or child.left_edge.i != end or _leads_away(child, head):
            break
        end = child.right_edge.i + 1
    return max(end, _shared(head))


def _shared(head: Token) -> int:
    """Return where those end of whom an amount tells a share, whatever the parse says: «53 prosent av de spurte»."""
    behind = head.doc[head.i + 1 : head.i + 2 + _LONGEST_SHARED]
    if kind_of(head.lower_) != "amount" or not len(behind) or behind[0].lower_ != "av":
        return head.i + 1
    end = next((t.i for t in behind if t.is_punct or t.pos_ in ("VERB", "AUX")), None)
    return head.i + 1 if end is None else end


def _leads_away(child: Token, head: Token) -> bool:
    """Say whether what follows a noun is not said of it: a receiver («til NTB»), a source, a relative clause."""
    words = head.doc[child.left_edge.i : child.right_edge.i + 1]
    first = words[0].lower_
    told = first == "til" and sort_of(head.lower_) != "document"
    timed = first in words_of("demand_words.toml", "times")
    return (
        told
        or timed
        or first in _AWAY
        or any(t.lower_ in REFLEXIVES or t.lower_ == "som" or is_finite(t) for t in words)
    )


def _end_before_verb(head: Token) -> int:
    """Return where a subject ends that a place follows before the verb: «folk i gatene | har»; else behind its head."""
    following = head.doc[head.i + 1 : head.i + 4]
    placed = len(following) == 3 and following[0].lower_ in _WITHIN and following[1].pos_ == "NOUN"
    subject = head.dep_.startswith("nsubj") and head.pos_ == "NOUN"
    timed = placed and following[1].lower_ in words_of("demand_words.toml", "times")
    return head.i + 3 if placed and subject and not timed and is_finite(following[2]) else head.i + 1


def phrases(parsed: Parsed) -> Iterator[Phrase]:
    """Yield the noun phrases and pronouns of a parse, in text order; none of a block the parser has not seen."""
    for number, block in enumerate(parsed.blocks):
        if not (len(block.doc) and has_tree(block.doc[0])):
            continue
        spoken = spoken_in(block.doc.text)
        for token in block.doc:
            if token.is_space or (token.ent_type and not _is_role(token)):
                continue
            if token.pos in _NEVER and not _acts_as_noun(token):
                continue
            phrase = _phrase(token, number, block, spoken)
            if phrase is not None:
                yield phrase


def _acts_as_noun(token: Token) -> bool:
    """Say whether a word taken for a verb is a subject, and a noun for somebody: «Ordfører ristet på hodet»."""
    return token.dep_.startswith("nsubj") and token.pos_ == "VERB" and sort_of(token.lower_) in ("person", "body")


def _is_role(token: Token) -> bool:
    """Say whether a word that ends a person's name is a role made of a name: «Nato-sjefen», «Unge Venstre-lederen»."""
    ends = token.i + 1 == len(token.doc) or token.nbor(1).ent_iob_ != "I"
    return token.ent_type_ == "PER" and ends and is_role_compound(token)


def _phrase(token: Token, number: int, block: ParsedBlock, spoken: list[tuple[int, int]]) -> Phrase | None:
    lowered, pos = token.lower_, token.pos_
    if lowered in PRONOUNS:
        if lowered in SPEAKER or (lowered in PLURAL and not _is_pronoun(token)):
            return None
        tokens, sort, noun = token.doc[token.i : token.i + 1], "pronoun", lowered
    elif _is_noun(token, lowered, pos):
        tokens = token.doc[_left_edge(token) : token.i + 1]
        noun = lowered.removesuffix("s") if "Gen" in token.morph.get("Case", []) else lowered
        sort = sort_of(noun)
        if _is_title(token, tokens, sort):
            return None
    else:
        return None
    prefix = _prefix(token)
    entry = lexical(noun)
    at = bisect_right(spoken, (token.idx, 1 << 30)) - 1
    number_of_head = token.morph.get("Number", [])
    return Phrase(
        block=number,
        tokens=tokens,
        head=token,
        span=Span(block.start + tokens.start_char, block.start + token.idx + len(token)),
        sort=sort,  # type: ignore[arg-type]
        noun=noun,
        lemma=lemma_of(noun),
        kind=kind_of(noun),
        prefix=prefix,
        plural=lowered in PLURAL or "Plur" in number_of_head or (entry is not None and entry.plural),
        definite="Def" in token.morph.get("Definite", []) or tokens[0].lower_ in ("den", "det", "denne", "dette", "de"),
        subject=token.dep_.startswith("nsubj"),
        says=says(token),
        spoken=at >= 0 and token.idx < spoken[at][1],
    )


def _prefix(token: Token) -> str:
    """Return what stands before the hyphen of a compound, the words of its name before it included."""
    prefix, _, _ = token.text.rpartition("-")
    named = name_at(token.doc, token.i) if prefix and token.ent_iob_ == "I" else None
    return prefix if named is None else f"{token.doc[named.start : token.i].text} {prefix}"


_NEVER = frozenset(symbols.IDS[p] for p in ("PUNCT", "ADP", "VERB", "AUX", "ADV", "CCONJ", "SCONJ", "PART", "SPACE"))


def _is_pronoun(token: Token) -> bool:
    """Say whether «de» stands by itself, not before a noun."""
    return token.dep_ != "det" and token.pos_ == "PRON"


def _is_noun(token: Token, lowered: str, pos: str) -> bool:
    if pos == "NOUN":
        return not token.dep_.startswith(("case", "fixed", "flat:foreign"))
    if token.ent_type_ or pos == "VERB":
        return True
    if pos in ("ADJ", "NUM", "DET", "PRON", "X", "PROPN"):
        part = lowered in INDEFINITE and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "av"
        return (lowered not in _NOT_NOUNS or part) and token.dep_.startswith(_NOMINAL) and not token.is_punct
    return False


_LONGEST_PART = 30
"""Words before a noun that may belong to it as one part: a parse of names without end has parts as long as the line."""


def _left_edge(head: Token) -> int:
    """Return where a noun phrase begins: at its article, adjectives, numbers and owners, without prepositions."""
    first = head.i
    for child in reversed(list(head.lefts)):
        if not child.dep_.startswith(_LEFT) or child.dep_ in ("case", "obl", "acl", "conj") or child.pos_ in _NO_PART:
            break
        if child.right_edge.i != first - 1:
            break
        edge = child.left_edge
        before = head.doc[edge.i : child.i]
        counted = child.pos_ == "NUM"  # «rundt 30 prosent»
        if len(before) > _LONGEST_PART or any((t.dep_ == "case" and not counted) or t.pos_ == "VERB" for t in before):
            break
        first = edge.i
    while first < head.i and (head.doc[first].is_punct or head.doc[first].pos_ in ("CCONJ", "SCONJ")):
        first += 1
    return first


_BODIES = ("body", "outlet", "place")
_NO_PART = frozenset({"VERB", "AUX", "ADP", "CCONJ", "SCONJ", "PUNCT"})


def _is_title(head: Token, tokens: Tokens, sort: str) -> bool:
    """Say whether a noun belongs to a name beside it, «statsråd Kari Lie», or says what somebody is, «Lie er lege»."""
    doc = head.doc
    behind = doc[head.i + 1] if head.i + 1 < len(doc) else head
    if behind.ent_iob_ == "B" and (behind.ent_type_ == "PER" or sort in _BODIES):
        return True
    if any(c.dep_ == "cop" for c in head.lefts):
        return True
    if head.dep_ == "appos" and head.head.ent_type_:
        return True
    if head.ent_type_ or (sort != "person" and sort not in _BODIES):
        return False
    words = doc[tokens.start : min(len(doc), head.i + 6)]
    return any(t.ent_type_ for t in words[len(tokens) :]) and named_by(head, words) is not None


def says(token: Token) -> bool:
    """Say whether a token is the subject of a verb of saying."""
    if not token.dep_.startswith("nsubj"):
        return False
    verb = cues("saying").get(token.head.lower_)
    if (
        verb is None
        or verb.use in ("noun", "adjective", "wish", "label")
        or token.head.pos_ not in ("VERB", "AUX", "ADJ")
    ):
        return False
    near = token.doc[token.head.i + 1 : token.head.i + 7]
    return not verb.particle or any(t.lower_ == verb.particle.split()[0] for t in near)


@lru_cache(maxsize=64)
def spoken_in(text: str) -> list[tuple[int, int]]:
    """Return where words stand that typography marks as spoken: in quotation marks, behind a dash up to the inquit.

    >>> text = "– Vi gir oss ikke, sier Lie. Hun er «glad»."
    >>> [text[start:end] for start, end in spoken_in(text)]
    ['– Vi gir oss ikke, ', '«glad»']
    """
    found = [m.span() for m in _OPENED.finditer(text)]
    for dash in _DASHED.finditer(text):
        end = len(text)
        for mark in _INQUIT.finditer(text, dash.end()):
            word = re.match(r"\w+", text[mark.end() :])
            if word and word[0] in cues("saying"):
                end = mark.end()
                break
        found.append((dash.start(), end))
    return sorted(found)


def is_new(phrase: Phrase) -> bool:
    """Say whether a phrase introduces somebody: «en lege», «flere medier», «rundt 53 prosent», «en av dem»."""
    if phrase.tokens[0].lower_ in INDEFINITE or phrase.is_part:
        return True
    counted = any(t.lower_ in _COUNTING or t.pos_ == "NUM" for t in phrase.tokens[:-1])
    return counted and not phrase.definite
