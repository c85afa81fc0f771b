"""What the finders hand over: a quotation found, its speaker's mention not yet resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from corpus_lib.actors import indefinite, is_role
from corpus_lib.actors.nouns import kind_of
from corpus_lib.language.lexicon import Verb, cues, verbs, words_of
from corpus_lib.language.nouns import PERSONS
from corpus_lib.language.parsed import name_at, name_from
from corpus_lib.language.syntax import is_verb, noun_phrase, owned_by
from corpus_lib.model import QuoteType, Reason, Span
from corpus_lib.quotes.cues import cue_words

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

CLAUSE_MARKS = frozenset({"at", "om", "hvorvidt", "kvarvidt"})
DASHES = "-–—"
ACCORDING = frozenset({"ifølge", "ifølgje", "iflg.", "iflg"})
_PARTICLE_REACH = 6
_ONE = frozenset({"en", "ein", "ei", "én", "éin"})
_WITHIN = ("i", "fra", "frå", "ved", "hos")


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation as a finder sees it: its words, cue and mention; no actor yet.

    `inherit` says where a speaker may come from when no mention stands: ``previous``, ``next``, ``same`` (who spoke
    at once before), ``colon``, ``question`` (nobody: a reporter asks) or ``none``;
    `probability` how likely the words are right; `denied` whether the speaker
    says that it is not so.
    """

    block: int
    type: QuoteType
    segments: tuple[Span, ...]
    marker: str | None
    rule: str
    cue: Span | None = None
    mention: Tokens | None = None
    medium: str | None = None
    inherit: str = "none"
    probability: float = 1.0
    denied: bool = False
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def start(self) -> int:
        """Where the words begin."""
        return self.segments[0].start

    @property
    def extent(self) -> Span:
        """From the first quoted word to the last."""
        return Span(self.segments[0].start, self.segments[-1].end)


def cue_of(token: Token) -> Verb | None:
    """Return the verb of saying that a token is, if its particle stands near; else None."""
    verb = cues("saying").get(token.lower_)
    if verb is None or not is_verb(token):
        return None
    if verb.particle:
        near = token.doc[token.i + 1 : token.i + 1 + _PARTICLE_REACH]
        if not any(t.lower_ == verb.particle for t in near):
            return _without_particle(token.lower_)
    return verb


@cache
def _without_particle(form: str) -> Verb | None:
    return next((v for v in verbs("saying") if form in v.forms and not v.particle), None)


def phrase_of(head: Token, limit: int | None = None) -> Tokens:
    """Return the noun phrase of a head: its modifiers, name and apposition, without relative clauses."""
    owner, head = name_at(head.doc, head.i), owned_by(head, len(head.doc) if limit is None else limit)
    whole = noun_phrase(head, limit)
    first = whole.start if owner is None else min(whole.start, owner.start)
    last = whole.end - 1
    owned = _owned_behind(head, last + 1)
    last = last if owned is None else owned - 1
    named = _named_behind(head, last + 1)
    if named is not None and (limit is None or named <= limit):
        last = named - 1
    return _trimmed(head.doc[first : last + 1], head)


def _owned_behind(head: Token, end: int) -> int | None:
    """Return where the name ends of a person of a body, which the parser cut off: «TV 2s Kari Lie»."""
    own = name_at(head.doc, head.i)
    if own is None or own.label_ == "PER" or not own.text.endswith(("s", "'", "’")) or end > own.end:
        return None
    named = name_from(head.doc, own.end)
    return int(named.end) if named is not None and named.label_ == "PER" else None


def _named_behind(head: Token, end: int) -> int | None:
    """Return where the person's name ends that follows a noun phrase: «sjefen Kari Lie», «sjef i Ruter, Kari Lie»."""
    doc = head.doc
    comma = _comma_behind(head, end)
    at = end if comma is None else comma + 1
    if comma is not None and _is_title(doc[at]):
        at += 1
    name = name_from(doc, at)
    if (
        name is None
        or name.label_ != "PER"
        or (head.pos_ != "NOUN" and comma is None)
        or (comma is not None and doc[name.end : name.end + 1].text not in ("", ",", ".", ":", "til"))
    ):
        return None
    return int(name.end)


def _comma_behind(head: Token, end: int) -> int | None:
    """Return the comma behind a person who is then named: «kollegaen i Riga, Dace Lie», «en av dem, Kari Lie»."""
    doc = head.doc
    if not (is_role(indefinite(head.lower_)) or kind_of(head.lower_) in PERSONS or head.lower_ in _ONE):
        return None
    placed = doc[end : end + 1].text in _WITHIN and name_from(doc, end + 1)
    comma = placed.end if placed and placed.label_ != "PER" else end
    return int(comma) if comma + 1 < len(doc) and doc[comma].text == "," else None


def _is_title(token: Token) -> bool:
    """Say whether a word before a name is the title of who bears it: «oberst Kari Lie»."""
    return token.pos_ == "NOUN" and token.i + 1 < len(token.doc) and kind_of(token.lower_) in PERSONS


def _trimmed(span: Tokens, head: Token) -> Tokens:
    """Cut a noun phrase at the channel behind it («til NTB») and at stray punctuation."""
    end = span.end
    for token in span:
        if token.i <= head.i or token.i + 1 >= span.end or token.ent_iob_ == "I":
            continue
        told = token.lower_ == "til" and (_receiver(token.nbor(1), span.end) or not _is_document(head))
        if token.lower_ in ("ifølge", "ifølgje", "om") or told:
            end = token.i
            break
        if token.lower_ in ("på", "i") and _channel(span.doc[token.i : min(token.i + 5, span.end)]) is not None:
            end = token.i
            break
    while end > head.i + 1 and span.doc[end - 1].text in (",", ".", ":", "–", "-", "?", "!", "«"):
        end -= 1
    if span.doc[end : end + 1].text == ")" and "(" in (t.text for t in span.doc[head.i : end]):
        end += 1
    start = span.start
    while start < head.i and (span.doc[start].text in ",.:–-«»" or span.doc[start].pos_ == "CCONJ"):
        start += 1
    return span.doc[start:end]


def _is_document(head: Token) -> bool:
    """Say whether a noun names a text, which may be «til» somebody without being told to anybody."""
    return any(head.lower_.endswith(d) for d in words_of("persons.toml", "documents"))


def _channel(tokens: Tokens) -> str | None:
    channels = words_of("persons.toml", "channels")
    for token in tokens:
        if token.lower_ in ("på", "i", "via", "gjennom") and token.i + 1 < tokens.end:
            for following in token.doc[token.i + 1 : min(token.i + 5, tokens.end)]:
                if following.text in ",.:;":
                    break
                if following.lower_ in channels or following.lower_.rpartition("-")[2] in channels:
                    return str(token.doc[token.i + 1 : following.i + 1].text)
    return None


def _receiver(first: Token, end: int) -> str | None:
    doc = first.doc
    ent = name_from(doc, first.i)
    last = first.i
    while last + 1 < end and doc[last + 1].text[:1].isupper() and doc[last].text[:1].isupper():
        last += 1
    if first.text[:1].isupper():
        return str(doc[first.i : max(last + 1, ent.end if ent is not None else 0)].text)
    outlets = words_of("persons.toml", "outlets")
    for token in doc[first.i : min(first.i + 3, end)]:
        if any(token.lower_.endswith(o) for o in outlets):
            named = name_from(doc, token.i + 1)
            if named is None and token.i + 1 < end and doc[token.i + 1].text[:1].isupper():
                return str(doc[token.i + 1].text)
            return str(named.text) if named is not None else str(doc[first.i : token.i + 1].text)
    return str(first.text) if first.lower_ in words_of("persons.toml", "institutions") else None


def report_end(token: Token, start: int, sentence: Tokens, *, embedded: bool) -> int:
    """Return where reported words end: at the sentence's end, or where its narrator takes over again."""
    doc = token.doc
    end = sentence.end
    for t in doc[start : sentence.end]:
        if t.lower_ in ACCORDING and t.i > start:
            end = t.i
            break
        if _takes_over(t, start, end, embedded=embedded) or _goes_on(t, token):
            end = t.i
            break
    while end > start and (doc[end - 1].text in (",", ".", ":", ";", "–", "-") or doc[end - 1].is_space):
        end -= 1
    return int(end)


def _goes_on(t: Token, cue: Token) -> bool:
    """Say whether a conjunction joins another act of the speaker to the verb of saying: «mente at S, og krevde»."""
    if t.dep_ != "cc" or t.head.dep_ != "conj" or t.head.head != cue or t.head.i < t.i:
        return False
    return "Fin" in t.head.morph.get("VerbForm", []) and not any(t.i < c.i < t.head.i for c in t.head.lefts)


def _takes_over(t: Token, start: int, end: int, *, embedded: bool) -> bool:
    """Say whether a new main clause begins at a comma, «og» or «men»: the narrator's, not the speaker's."""
    conjunction = t if t.lower_ in ("og", "men", "samt") else t.nbor(1) if t.text == "," and t.i + 1 < end else None
    if conjunction is None or t.i <= start + 1 or conjunction.i + 2 >= end:
        return False
    following = conjunction.doc[conjunction.i + 1 : min(conjunction.i + 7, end)]
    if following[0].lower_ == "at":
        return False
    speaks = next((x for x in following[:4] if (v := cue_of(x)) is not None and v.use in ("say", "opine")), None)
    if conjunction.lower_ in ("og", "men", "samt") and speaks is not None and speaks.i == following[0].i:
        return True
    if conjunction.lower_ != "men" or t.text != ",":
        return False
    finite = next((x for x in following if "Fin" in x.morph.get("VerbForm", [])), None)
    return finite is not None and (embedded or speaks is not None)


_WORDS = re.compile(r"\w+")
_MARKS = re.compile(r"[«»“”„\"]|(?:^|[.!?:] )[-–—]")


def may_hold_quotes(text: str) -> bool:
    """Say whether a block can hold a quotation: it has a dash, a quotation mark or a cue.

    >>> may_hold_quotes("Veien er stengt."), may_hold_quotes("Veien er stengt, opplyser politiet.")
    (False, True)
    """
    return bool(_MARKS.search(text)) or not _cues().isdisjoint(w.lower() for w in _WORDS.findall(text))


@cache
def _cues() -> frozenset[str]:
    return cue_words() | ACCORDING
