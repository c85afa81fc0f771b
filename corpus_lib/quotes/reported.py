"""Reported speech and stated opinion: «X sier at S», «S, sier X», «ifølge X S», «det opplyser X»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb
from corpus_lib.model import QuoteType, Reason, Span
from corpus_lib.quotes.found import CLAUSE_MARKS, DASHES, Found, cue_of, medium_in, phrase_of, subject_of
from corpus_lib.quotes.turns import speaker_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_ACCORDING = frozenset({"ifølge", "ifølgje", "iflg.", "iflg"})
_NEGATIONS = frozenset({"ikke", "ikkje", "aldri", "verken", "hverken"})
_MODALS = frozenset(
    [
        "vil",
        "ville",
        "kan",
        "kunne",
        "skal",
        "skulle",
        "må",
        "måtte",
        "bør",
        "burde",
        "ønsker",
        "ønsket",
        "nekter",
        "nektet",
        "våger",
        "tør",
        "kunna",
        "skule",
        "bør",
    ]
)
_CONDITIONS = frozenset({"hvis", "om", "dersom", "viss", "når"})
_OPENERS = frozenset({"men", "og", "for", "eller", "derfor", "likevel", "samtidig"})
_INFINITIVE_USES = frozenset(
    {"opplyse", "oppgi", "hevde", "mene", "meine", "innrømme", "påstå", "erkjenne", "benekte", "nekte", "tro", "tru"}
)
_CUTTING = frozenset({"men", "samtidig"})


def reported(number: int, parsed: ParsedBlock, taken: list[Span]) -> Iterator[Found]:
    """Yield the reported speech of a block, outside the direct quotations already taken."""
    if not parsed.parsed:
        return
    sentences = list(parsed.sentences())
    found: list[Found] = []
    for place, sentence in enumerate(sentences):
        previous = sentences[place - 1] if place else None
        for token in sentence:
            if any(parsed.span(token).overlaps(t) for t in taken):
                continue
            if token.lower_ in _ACCORDING:
                found += _according(number, parsed, token, sentence)
            elif (verb := cue_of(token)) is not None:
                found += _by_verb(number, parsed, token, verb, sentence, previous)
    yield from _settled(found, taken)


def _settled(found: list[Found], taken: list[Span]) -> Iterator[Found]:
    """Drop what lies inside another report or a direct quotation; an inner source wins over «ifølge»."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.rule.startswith("according"), f.extent.start, -f.extent.end)):
        if any(s.overlaps(t) for s in one.segments for t in taken):
            continue
        cue = one.cue or one.extent
        inside = any(cue.overlaps(s) for k in kept for s in k.segments)
        covers = any(k.extent.overlaps(one.extent) for k in kept)
        if inside or (covers and one.rule.startswith("according")):
            continue
        if any(k.extent.overlaps(one.extent) and k.rule == one.rule for k in kept):
            continue
        kept.append(one)
    yield from sorted(kept, key=lambda f: f.start)


def _by_verb(
    number: int, parsed: ParsedBlock, token: Token, verb: Verb, sentence: Tokens, previous: Tokens | None
) -> list[Found]:
    if verb.use in ("sound", "document", "demand", "wish") or _not_said(token, verb):
        if verb.use == "document":
            return _document(number, parsed, token, sentence)
        return []
    clause = _clause_of(token, verb)
    if clause is not None:
        return _clause(number, parsed, token, clause, sentence)
    if verb.use == "label":
        return _label(number, parsed, token, sentence)
    inverted = _inverted(token, sentence)
    if inverted is not None:
        return _before_verb(number, parsed, token, inverted, sentence)
    if previous is not None and verb.use == "say" and _points_back(token, sentence):
        return _pointed_at(number, parsed, token, sentence, previous)
    return []


def _not_said(token: Token, verb: Verb) -> bool:
    """Say whether the saying is negated, wished or supposed: «ville ikke si», «hvis han sier»."""
    negated = any(c.lower_ in _NEGATIONS and c.i < token.i + 3 for c in token.children)
    modal = any(c.lower_ in _MODALS for c in token.children if c.dep_ == "aux")
    infinitive = "Inf" in token.morph.get("VerbForm", [])
    supposed = any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in token.children)
    if supposed and verb.use != "opine":
        return True
    if negated and verb.use != "opine":
        return True
    return bool(infinitive and (negated or not _reporting_infinitive(token, modal=modal)))


def _reporting_infinitive(token: Token, *, modal: bool) -> bool:
    """Say whether an infinitive still reports: «legger til», «må erkjenne at», not «ønsker å si at»."""
    return modal and token.dep_ in ("ROOT", "conj", "ccomp", "parataxis")


def _clause_of(token: Token, verb: Verb) -> Token | None:
    """Return the root of the clause that a verb reports, or None."""
    for child in token.children:
        if child.i > token.i and child.dep_ in ("ccomp", "xcomp"):
            marks = {
                c.lower_
                for c in child.children
                if c.dep_ in ("mark", "aux", "advmod", "obj", "nsubj") and c.i < child.i
            }
            infinitive = "Inf" in child.morph.get("VerbForm", []) and "å" in marks
            finite = not infinitive and (child.dep_ == "ccomp" or bool(marks & CLAUSE_MARKS))
            if finite and (
                verb.use in ("say", "opine", "ask") or "at" in marks or (verb.use == "act" and "at" in marks)
            ):
                return child
            if infinitive and verb.lemma in _INFINITIVE_USES:
                return child
    if verb.particle or verb.use in ("act", "say"):
        return _clause_behind_particle(token)
    return None


def _clause_behind_particle(token: Token) -> Token | None:
    """Return a clause that hangs on the verb's particle or noun: «begrunner det med at S», «gir uttrykk for at S»."""
    for child in token.children:
        if child.i > token.i and child.dep_ in ("obl", "advcl", "obj", "compound:prt", "acl", "advmod"):
            for clause in (child, *child.children):
                if clause.dep_ in ("ccomp", "acl", "advcl", "obl", "xcomp") and any(
                    c.dep_ in ("mark", "case") and c.lower_ == "at" for c in clause.children
                ):
                    return clause
    return None


def _clause(number: int, parsed: ParsedBlock, token: Token, clause: Token, sentence: Tokens) -> list[Found]:
    words = _clause_words(clause, token, sentence)
    if words is None:
        return []
    subject = subject_of(token)
    mention = (
        phrase_of(subject, words.start if subject is not None and subject.i < words.start else None)
        if subject
        else None
    )
    if mention is not None and (_is_dummy(subject) or mention.start <= words.start < mention.end):
        mention = None
    between = token.doc[sentence.start : words.start]
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words),),
            marker=None,
            rule="clause of a verb of saying",
            confidence=0.9 if mention is not None else 0.6,
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(between),
            reasons=(Reason("verb of saying", parsed.span(token), "its clause is what is said"),),
        )
    ]


def _clause_words(clause: Token, verb: Token, sentence: Tokens) -> Tokens | None:
    doc = clause.doc
    indices = [t.i for t in clause.subtree if t.i > verb.i and t.i in range(sentence.start, sentence.end)]
    if not indices:
        return None
    start, end = min(indices), max(indices) + 1
    while start < end and (
        doc[start].lower_ == "at"
        or (doc[start].text in (",", ":", "«", '"') and doc[start].i < clause.i and start == min(indices))
    ):
        start += 1
        if doc[start - 1].lower_ == "at":
            break
    end = _cut(doc, start, end, clause)
    while end > start and doc[end - 1].text in (",", ".", ":", ";", "–", "-"):
        end -= 1
    return doc[start:end] if end > start else None


def _cut(doc: object, start: int, end: int, clause: Token) -> int:
    """Return where a reported clause ends when a new main clause with its own speaker follows a comma."""
    tokens = doc[start:end]  # type: ignore[index]
    for token in tokens:
        if token.text == "," and token.i + 2 < end:
            following = token.nbor(1)
            later = token.doc[token.i + 2 : min(token.i + 6, end)]
            speaks = any(cue_of(t) is not None and cue_of(t).use in ("say", "opine") for t in later)  # type: ignore[union-attr]
            if following.lower_ in _CUTTING and speaks:
                return int(token.i)
    return end


def _type(words: Tokens) -> QuoteType:
    marks = [t for t in words if t.text in ("«", "»", "“", "”", '"')]
    if len(marks) >= 2 and words[0].text in '«“"' and words[-1].text in '»”"':
        return "direct"
    return "mixed" if marks else "indirect"


def _is_dummy(subject: Token | None) -> bool:
    return subject is not None and subject.lower_ in ("det", "dette", "den", "man", "ein")


def _label(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens) -> list[Found]:
    """Yield «X kaller forslaget «galskap»»: the words behind the verb, the marked ones among them."""
    rest = token.doc[token.i + 1 : sentence.end]
    close = next((t.i for t in reversed(list(rest)) if t.text in '»”"'), None)
    subject = subject_of(token)
    if close is None or subject is None or not any(t.text in '«“"' for t in rest):
        return []
    start = token.i + 1
    mention = phrase_of(subject)
    if mention.start == token.i + 1:
        start = mention.end
    if start >= close:
        return []
    words = token.doc[start : close + 1]
    return [
        Found(
            block=number,
            type="mixed",
            segments=(parsed.of(words),),
            marker="quotation marks",
            rule="marked word of a verb of naming",
            confidence=0.75,
            cue=parsed.span(token),
            mention=None if _is_dummy(subject) else mention,
            medium=None,
        )
    ]


def _inverted(token: Token, sentence: Tokens) -> int | None:
    """Return the place of the comma before «, sier X», or None."""
    start = token.i
    for t in reversed(token.doc[max(sentence.start, token.i - 5) : token.i]):
        if t.lower_ in ("har", "hadde"):
            start = t.i
        if t.text in ",.":
            break
    if start - 1 <= sentence.start:
        return None
    before = token.doc[start - 1]
    if before.text not in (",", "»", "?", "!", '"', "”"):
        return None
    following = token.doc[token.i + 1 : min(token.i + 4, sentence.end)]
    named = any(t.dep_.startswith("nsubj") or t.pos_ in ("PROPN", "PRON", "NOUN") or t.ent_type_ for t in following[:3])
    if not named or following[0].text in (",", ".") or following[0].pos_ in ("SCONJ", "CCONJ", "ADP"):
        return None
    own = next((c for c in token.children if c.dep_.startswith("nsubj")), None)
    if own is not None and own.i < start - 1:
        return None
    return start - 1


def _before_verb(number: int, parsed: ParsedBlock, token: Token, comma: int, sentence: Tokens) -> list[Found]:
    doc = token.doc
    start = sentence.start
    while start < comma and (doc[start].text in DASHES or doc[start].is_space or doc[start].text in ",.»"):
        start += 1
    if doc[start].lower_ in _OPENERS and comma - start > 2:
        start += 1
    end = comma + 1 if doc[comma].text in "?!" else comma
    words = doc[start:end]
    if len(words) < 2 or not any(t.pos_ in ("VERB", "AUX") for t in words):
        return []
    tail = doc[comma + 1 : sentence.end]
    mention = speaker_in(token, tail)
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words),),
            marker=None,
            rule="sentence before a verb of saying",
            confidence=0.9,
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(tail),
            reasons=(Reason("inquit", parsed.of(tail), "the sentence before it is what is said"),),
        )
    ]


def _points_back(token: Token, sentence: Tokens) -> bool:
    """Say whether a sentence is «Det opplyser X»: its first word stands for the sentence before."""
    first = next((t for t in sentence if not t.is_punct and not t.is_space), None)
    return first is not None and first.lower_ in ("det", "dette") and token.i == first.i + 1 and len(sentence) < 25


def _pointed_at(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens, previous: Tokens) -> list[Found]:
    words = previous
    while (len(words) and words[-1].text in (".", "!", ",")) or (len(words) and words[-1].is_space):
        words = words[:-1]
    if not len(words):
        return []
    tail = token.doc[token.i : sentence.end]
    mention = speaker_in(token, tail)
    if mention is None:
        return []
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words),),
            marker=None,
            rule="«det opplyser X» after the sentence",
            confidence=0.8,
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(tail),
            reasons=(Reason("points back", parsed.of(sentence), "«det» stands for the sentence before"),),
        )
    ]


def _document(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens) -> list[Found]:
    """Yield «S, heter det i rapporten»."""
    if token.i + 1 >= sentence.end or token.nbor(1).lower_ != "det" or token.i - 1 <= sentence.start:
        return []
    if token.nbor(-1).text not in (",", "»", '"', "?", "!"):
        return []
    return _before_verb(number, parsed, token, token.i - 1, sentence)


def _according(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens) -> list[Found]:
    """Yield «ifølge X S» and «S, ifølge X»."""
    doc = token.doc
    head = token.head
    if head.i < token.i or head.pos_ not in ("NOUN", "PROPN", "PRON", "ADJ", "NUM"):
        head = next((t for t in doc[token.i + 1 : sentence.end] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)  # type: ignore[assignment]
        if head is None:
            return []
    mention = phrase_of(head)
    mention = doc[token.i + 1 : max(mention.end, head.i + 1)]
    if not len(mention):
        return []
    fronted = not any(t.is_alpha and t.lower_ not in _OPENERS for t in doc[sentence.start : token.i])
    if fronted:
        start = mention.end
        while start < sentence.end and doc[start].text in (",", ":"):
            start += 1
        words = doc[start : sentence.end]
    else:
        start = sentence.start
        if doc[start].lower_ in _OPENERS:
            start += 1
        at_end = doc[token.i - 1].text == "," or mention.end + 2 >= sentence.end
        words = doc[start : token.i] if at_end else doc[start : sentence.end]
    while len(words) and (words[-1].text in (".", ",", "–") or words[-1].is_space):
        words = words[:-1]
    if len(words) < 2:
        return []
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words),),
            marker=None,
            rule="according to",
            confidence=0.85,
            cue=parsed.span(token),
            mention=mention,
            reasons=(Reason("according to", parsed.span(token), "the source stands behind it"),),
        )
    ]
