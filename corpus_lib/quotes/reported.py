"""Reported speech and stated opinion: «X sier at S», «S, sier X», «ifølge X S», «det opplyser X»."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb, words_of
from corpus_lib.language.parsed import name_from
from corpus_lib.language.syntax import CONDITIONS, MODALS, NEGATIONS, is_dummy, subject_of
from corpus_lib.model import QuoteType, Reason, Span
from corpus_lib.quotes.found import (
    ACCORDING,
    CLAUSE_MARKS,
    DASHES,
    Found,
    cue_of,
    medium_in,
    phrase_of,
    report_end,
)
from corpus_lib.quotes.inquits import speaker_in

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_REFUSALS = frozenset({"ønsker", "ønsket", "nekter", "nektet", "våger"})
_OPENERS = frozenset({"men", "og", "for", "eller", "derfor", "likevel", "samtidig"})
_INFINITIVE_USES = frozenset(
    {"opplyse", "oppgi", "hevde", "mene", "meine", "innrømme", "påstå", "erkjenne", "benekte", "nekte", "tro", "tru"}
)
_CONVICTIONS = words_of("persons.toml", "convictions")
_ADVERBS = words_of("persons.toml", "adverbs")
_FREE_USES = ("say", "opine", "ask")
_LEAST = 2


def reported(number: int, parsed: ParsedBlock, taken: list[Span]) -> Iterator[Found]:
    """Yield the reported speech of a block, outside the direct quotations already taken."""
    if not parsed.parsed:
        return
    sentences = list(parsed.sentences())
    spoken = {i for span in taken if (words := parsed.tokens(span)) is not None for i in range(words.start, words.end)}
    found: list[Found] = []
    for place, sentence in enumerate(sentences):
        previous = sentences[place - 1] if place else None
        for token in sentence:
            if token.i in spoken:
                continue
            if token.lower_ in ACCORDING:
                found += _according(number, parsed, token, sentence)
            elif token.lower_ in _CONVICTIONS and token.pos_ == "ADJ":
                found += _adjective(number, parsed, token, sentence)
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
            return _document(number, parsed, token, sentence) or _stands_in(number, parsed, token, verb, sentence)
        return []
    if verb.use == "label":
        return _label(number, parsed, token, sentence)
    if verb.use == "opine" and _is_raised(token, sentence):
        return []
    inverted = _inverted(token, sentence)
    content = None if inverted is not None and _that(token, sentence) is None else _content_range(token, verb, sentence)
    if content is not None:
        return _clause(number, parsed, token, content, sentence)
    if inverted is not None:
        return _before_verb(number, parsed, token, inverted, sentence)
    if previous is not None and verb.use == "say" and _points_back(token, sentence):
        return _pointed_at(number, parsed, token, sentence, previous)
    return []


def _is_raised(token: Token, sentence: Tokens) -> bool:
    """Say whether «det» is taken out of what is thought: «Det synes styret er en god idé»."""
    before = [t for t in sentence if t.i < token.i and t.is_alpha]
    return len(before) == 1 and before[0].lower_ in ("det", "dette") and not any(t.lower_ == "at" for t in sentence)


def _not_said(token: Token, verb: Verb) -> bool:
    """Say whether the saying is negated, wished or supposed: «ville ikke si», «hvis han sier»."""
    negated = any(c.lower_ in NEGATIONS and c.i < token.i + 3 for c in token.children)
    modal = any(c.lower_ in MODALS | _REFUSALS for c in token.children if c.dep_ == "aux")
    infinitive = "Inf" in token.morph.get("VerbForm", [])
    supposed = any(c.dep_ == "mark" and c.lower_ in CONDITIONS for c in token.children)
    if supposed and verb.use != "opine":
        return True
    if negated and verb.use != "opine":
        return True
    return bool(infinitive and (negated or not _reporting_infinitive(token, modal=modal)))


def _reporting_infinitive(token: Token, *, modal: bool) -> bool:
    """Say whether an infinitive still reports: «legger til», «må erkjenne at», not «ønsker å si at»."""
    return modal and token.dep_ in ("ROOT", "conj", "ccomp", "parataxis")


def _clause_of(token: Token, verb: Verb) -> Token | None:
    """Return the root of the clause that the parser hangs on a verb, or None."""
    for child in token.children:
        if child.i > token.i and child.dep_ in ("ccomp", "xcomp"):
            marks = {
                c.lower_
                for c in child.children
                if c.dep_ in ("mark", "aux", "advmod", "obj", "nsubj") and c.i < child.i
            }
            infinitive = "Inf" in child.morph.get("VerbForm", []) and "å" in marks
            finite = not infinitive and (child.dep_ == "ccomp" or bool(marks & CLAUSE_MARKS))
            if finite and (verb.use in _FREE_USES or "at" in marks):
                return child
            if infinitive and verb.lemma in _INFINITIVE_USES:
                return child
    return None


def _content_range(token: Token, verb: Verb, sentence: Tokens) -> tuple[int, int] | None:
    """Return where the words begin and end that a verb of saying reports, or None.

    «At» opens them wherever the parser hangs the clause; without «at» they begin behind the verb, its
    subject and its adverbs.
    """
    clause = _clause_of(token, verb)
    at = _that(token, sentence)
    if at is not None and (clause is None or any(c.i == at for c in clause.subtree)):
        return at + 1, report_end(token, at + 1, sentence, embedded=True)
    if clause is not None:
        indices = [t.i for t in clause.subtree if t.i > token.i]
        start = _nominal_start(token, min(indices))
        while start < max(indices) and (token.doc[start].lower_ == "at" or token.doc[start].text in ",:"):
            start += 1
        return start, report_end(token, start, sentence, embedded=False)
    if verb.use in ("say", "opine") and not verb.particle:
        bare = _bare_clause(token, sentence)
        if bare is not None:
            return bare, report_end(token, bare, sentence, embedded=False)
    return None


def _that(token: Token, sentence: Tokens) -> int | None:
    """Return the «at» that opens what a verb reports: no other verb may stand between."""
    for t in token.doc[token.i + 1 : sentence.end]:
        if t.lower_ == "at":
            return int(t.i)
        if t.text in (":", ";", "?", "!", "–") or (t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", [])):
            return None
        if t.lower_ in ("som", "og", "men") and t.pos_ in ("SCONJ", "CCONJ", "PRON") and t.lower_ != "og":
            return None
    return None


def _nominal_start(token: Token, start: int) -> int:
    """Move a start to the left over a noun phrase that the parser has hung on the verb: the clause's subject."""
    doc = token.doc
    subject = next((c for c in token.children if c.dep_.startswith("nsubj") and c.i > token.i), None)
    floor = phrase_of(subject).end if subject is not None else token.i + 1
    while start > floor and doc[start - 1].pos_ in ("NOUN", "DET", "ADJ", "PROPN", "NUM", "PRON", "ADP"):
        start -= 1
        if doc[start].pos_ == "ADP" and doc[start].lower_ in ("til", "på", "i", "overfor") and start == floor:
            return next((t.i for t in doc[start:] if t.pos_ in ("DET", "PRON")), start)
    return start


def _bare_clause(token: Token, sentence: Tokens) -> int | None:
    """Return where a clause without «at» begins: behind «X mener», when it has a finite verb of its own."""
    doc = token.doc
    subject = subject_of(token)
    if subject is None or is_dummy(subject) or "Fin" not in token.morph.get("VerbForm", ["Fin"]):
        return None
    start = token.i + 1
    if subject.i > token.i:
        start = phrase_of(subject).end
    while start < sentence.end and (doc[start].lower_ in _ADVERBS or doc[start].lower_ in NEGATIONS):
        start += 1
    if start >= sentence.end or doc[start].pos_ not in ("PRON", "DET", "NOUN", "PROPN", "ADJ", "NUM"):
        return None
    near = doc[start + 1 : min(start + 9, sentence.end)]
    for t in near:
        if t.text in (",", ":", "–"):
            return None
        if t.pos_ in ("VERB", "AUX") and "Fin" in t.morph.get("VerbForm", []):
            return None if _contact_relative(doc[start : t.i]) else start
        if t.lower_ in ("som", "der", "at"):
            return None
    return None


def _contact_relative(before: Tokens) -> bool:
    """Say whether a noun and its relative clause without «som» stand before a verb: «en linje man kan ringe»."""
    return (
        len(before) > 1
        and before[-1].pos_ == "PRON"
        and any(t.pos_ in ("NOUN", "PROPN") for t in before[:-1])
        and before[-1].lower_ not in ("det", "den", "dette")
    )


def _clause(number: int, parsed: ParsedBlock, token: Token, found: tuple[int, int], sentence: Tokens) -> list[Found]:
    start, end = found
    words = token.doc[start:end]
    embedded = start > 0 and token.doc[start - 1].lower_ == "at"
    if len(words) < _LEAST or not (embedded or any(t.pos_ in ("VERB", "AUX") for t in words)):
        return []
    subject = subject_of(token)
    if subject is not None and subject.i >= start:
        before = token.nbor(-1) if token.i > sentence.start else None
        subject = before if before is not None and before.pos_ in ("PRON", "PROPN", "NOUN") else None
    if subject is not None and subject.lower_ in ("man", "ein"):
        return []
    mention = phrase_of(subject, start if subject.i < start else None) if subject is not None else None
    if mention is not None and (is_dummy(subject) or mention.start <= start < mention.end):
        mention = None
    if subject is None and embedded and start - token.i > _LEAST:
        mention = speaker_in(token, token.doc[token.i : start - 1])
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words),),
            marker=None,
            rule="clause of a verb of saying",
            inherit="previous" if mention is None and token.i and token.nbor(-1).lower_ in ("og", "men") else "none",
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(token.doc[sentence.start : start], token),
            reasons=(Reason("verb of saying", parsed.span(token), "its clause is what is said"),),
        )
    ]


def _adjective(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens) -> list[Found]:
    """Yield «X er sikker på at S»: a stated conviction."""
    at = _that(token, sentence)
    subject = subject_of(token)
    if at is None or subject is None or at - token.i > 3 or is_dummy(subject):
        return []
    if any(c.lower_ in NEGATIONS for c in token.children) or not any(c.dep_ == "cop" for c in token.children):
        return []
    return _clause(number, parsed, token, (at + 1, report_end(token, at + 1, sentence, embedded=True)), sentence)


def _type(words: Tokens) -> QuoteType:
    marks = [t for t in words if t.text in ("«", "»", "“", "”", '"')]
    if len(marks) >= 2 and words[0].text in '«“"' and words[-1].text in '»”"':
        return "direct"
    return "mixed" if marks else "indirect"


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
            cue=parsed.span(token),
            mention=None if is_dummy(subject) else mention,
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
    tail = doc[comma + 1 : sentence.end]
    mention = speaker_in(token, tail)
    rest = _behind(token, mention, sentence)
    if rest is not None and not any("Fin" in t.morph.get("VerbForm", []) for t in words):
        words, rest = rest, None
    if len(words) < 2 or not any(t.pos_ in ("VERB", "AUX") for t in words):
        return []
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words), *([parsed.of(rest)] if rest is not None else [])),
            marker=None,
            rule="sentence before a verb of saying",
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(tail, token),
            inherit="previous" if mention is None else "none",
            reasons=(Reason("inquit", parsed.of(tail), "the sentence before it is what is said"),),
        )
    ]


def _behind(token: Token, mention: Tokens | None, sentence: Tokens) -> Tokens | None:
    """Return what goes on behind a parenthetic «, sier X,», or None."""
    doc = token.doc
    start = max(token.i + 1, mention.end if mention is not None else 0)
    if start >= sentence.end or doc[start].text != "," or start + 2 >= sentence.end:
        return None
    following = doc[start + 1]
    if following.lower_ in ("og", "men", "som", "der", "mens") and not any(
        t.lower_ == "at" for t in doc[start + 1 : start + 3]
    ):
        return None
    if following.pos_ not in ("VERB", "AUX", "SCONJ") and following.lower_ not in ("og", "men"):
        return None
    end = sentence.end
    while end > start and (doc[end - 1].text in ".," or doc[end - 1].is_space):
        end -= 1
    rest = doc[start + 1 : end]
    return rest if any(t.pos_ in ("VERB", "AUX") for t in rest) else None


def _points_back(token: Token, sentence: Tokens) -> bool:
    """Say whether a sentence is «Det opplyser X»: its first word stands for the sentence before."""
    first = next((t for t in sentence if not t.is_punct and not t.is_space), None)
    answers = any(t.lower_ in ("ja", "nei") for t in sentence)  # «Det sier X ja til»
    opens = first is not None and first.lower_ in ("det", "dette") and token.i == first.i + 1
    return opens and len(sentence) < 25 and not answers


def _pointed_at(number: int, parsed: ParsedBlock, token: Token, sentence: Tokens, previous: Tokens) -> list[Found]:
    words = _bare(previous)
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
            cue=parsed.span(token),
            mention=mention,
            medium=medium_in(tail, token),
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


def _stands_in(number: int, parsed: ParsedBlock, token: Token, verb: Verb, sentence: Tokens) -> list[Found]:
    """Yield «I dommen står det at S», «Det framgår av rapporten at S»: the document is the source."""
    at = _that(token, sentence)
    if at is None or _not_said(token, verb):
        return []
    found = _clause(number, parsed, token, (at + 1, report_end(token, at + 1, sentence, embedded=True)), sentence)
    cases = ((p, p.head) for p in token.doc[sentence.start : at] if p.dep_ == "case" and p.lower_ in ("i", "av", "på"))
    source = next((h for _, h in cases if h.head.i == token.i and h.pos_ in ("NOUN", "PROPN")), None)
    if source is None or not found:
        return []
    whole = phrase_of(source, min(token.i if source.i < token.i else at, at))
    first = next(t.i for t in whole if t.dep_ != "case")
    return [replace(found[0], mention=token.doc[first : whole.end], medium=None, rule="it stands in a document")]


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
    named = name_from(doc, token.i + 1)
    owner = named is not None and named.text.endswith(("s", "'")) and doc[named.end].pos_ in ("NOUN", "ADJ")
    if named is not None and named.end < mention.end and doc[named.end].text != "," and not owner:
        mention = doc[token.i + 1 : named.end]
    if not len(mention):
        return []
    rest = None
    fronted = not any(t.is_alpha and t.lower_ not in _OPENERS for t in doc[sentence.start : token.i])
    if fronted:
        start = mention.end
        if start + 2 < sentence.end and doc[start].text == "(":
            start = next((t.i + 1 for t in doc[start : sentence.end] if t.text == ")"), start)
        while start < sentence.end and doc[start].text in (",", ":"):
            start += 1
        words = doc[start : sentence.end]
    else:
        start = sentence.start
        if doc[start].lower_ in _OPENERS:
            start += 1
        at_end = doc[token.i - 1].text == "," or mention.end + 2 >= sentence.end
        words = doc[start : token.i]
        if not at_end:
            rest = doc[mention.end : sentence.end]
    words, rest = _bare(words), None if rest is None else _bare(rest)
    if len(words) < _LEAST:
        return []
    return [
        Found(
            block=number,
            type=_type(words),
            segments=(parsed.of(words), *([parsed.of(rest)] if rest is not None and len(rest) else [])),
            marker=None,
            rule="according to",
            cue=parsed.span(token),
            mention=mention,
            reasons=(Reason("according to", parsed.span(token), "the source stands behind it"),),
        )
    ]


def _bare(words: Tokens) -> Tokens:
    """Return words without the marks at their end."""
    while len(words) and (words[-1].text in (".", ",", "–") or words[-1].is_space):
        words = words[:-1]
    return words


def headline(number: int, parsed: ParsedBlock) -> Iterator[Found]:
    """Yield a headline's report: «EU advarer: S», «CNN: S», «Hevder S»."""
    doc = parsed.doc
    colon = next((t.i for t in doc if t.text == ":"), None)
    if colon is not None and 0 < colon <= 7 and colon + 1 < len(doc) and doc[colon + 1].text not in "–—-«":
        before = doc[:colon]
        cue = next((t for t in before if cue_of(t) is not None), None)
        names = list(before.ents)
        alone = (
            cue is None and all(t.pos_ in ("PROPN", "NOUN", "X", "ADJ") for t in before) and doc[0].text[:1].isupper()
        )
        words = _bare(doc[colon + 1 :])
        if (cue is not None or (alone and names)) and len(words) >= _LEAST:
            yield Found(
                block=number,
                type=_type(words),
                segments=(parsed.of(words),),
                marker=None,
                rule="colon in a headline",
                cue=parsed.span(cue) if cue is not None else None,
                mention=names[0] if names else doc[: cue.i] if cue is not None and cue.i else None,
            )
        return
    first = doc[0] if len(doc) else None
    if first is not None and len(doc) > 3 and (verb := cue_of(first)) is not None and verb.use in ("say", "opine"):
        start = 2 if doc[1].lower_ == "at" else 1
        words = _bare(doc[start:])
        if any(t.pos_ in ("VERB", "AUX") for t in words):
            yield Found(
                block=number,
                type=_type(words),
                segments=(parsed.of(words),),
                marker=None,
                rule="headline that begins with a verb of saying",
                cue=parsed.span(first),
            )
