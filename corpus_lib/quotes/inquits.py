"""The inquit: the verb of saying beside quoted words, who it says speaks, and where it begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb
from corpus_lib.language.subjects import subject_of
from corpus_lib.language.syntax import is_dummy, owned_by
from corpus_lib.model import Reason, Span
from corpus_lib.quotes.cues import mistagged
from corpus_lib.quotes.found import Found, cue_of, phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_AUXILIARY = 8
_MODALS = frozenset({"skal", "skulle", "kan", "kunne", "måtte", "må"})
"""Auxiliaries of hearsay and of what somebody could tell; «vil» and «bør» say what is not yet said."""
_SHORT = 7
"""How many words may name the speaker behind a verb of demanding."""
_BEFORE = (",", "?", "!", "»", "”", '"', "–", "-", "...", "…")
_ASIDE = frozenset({"f.v", "f.v.", "f.h", "f.h.", "t.v", "t.v.", "t.h", "t.h."})
"""Where somebody stands in a picture."""
_ASKED = frozenset({"at", "å", "om", "av", "fra", "frå", "som"})


def is_inquit(token: Token, turn: Tokens) -> bool:
    """Say whether a token may be the verb of a turn's inquit: it says, behind a comma or mark, and somebody follows."""
    verb = cue_of(token) or _mistagged(token)
    if verb is None or verb.use in ("wish", "label", "noun", "adjective") or token.text[0].isupper():
        return False
    if verb.use == "demand" and not only_names(token, turn.end):
        return False
    start = clause_start(token)
    if not turn.start < start < turn.end or token.doc[start - 1].text not in _BEFORE:
        return False
    if verb.use == "document" and not _document_inquit(token):
        return False
    return has_subject_behind(token, turn.end) or (token.i + 1 < turn.end and token.nbor(1).text == ":")


def _mistagged(token: Token) -> Verb | None:
    """Return the verb of saying that was not tagged as a verb between a comma and a name: «…, sukka Torunn Lid»."""
    if token.i == 0 or token.i + 1 >= len(token.doc) or token.nbor(-1).text not in _BEFORE:
        return None
    named = token.nbor(1).ent_type_ == "PER" and token.nbor(1).ent_iob_ == "B"
    return next(iter(mistagged(token)), None) if named else None


def only_names(verb: Token, end: int) -> bool:
    """Say whether only who speaks stands behind a verb of demanding: «– Stans nå, krever Kari Lie i Rødt»."""
    rest = []
    for token in verb.doc[verb.i + 1 : end]:
        if token.is_punct:
            break
        rest.append(token)
    named = bool(rest) and (rest[0].pos_ != "PRON" or len(rest) == 1) and verb.nbor(-1).text in ",?!"
    return named and len(rest) <= _SHORT and not any(t.lower_ in _ASKED for t in rest)


def _document_inquit(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "det"


def clause_start(verb: Token) -> int:
    """Return where an inquit begins: at its auxiliary («har X sagt», «skal Kari Lie ha sagt») or the verb."""
    if verb.tag_ or verb.morph.get("VerbForm", []) != ["Fin"]:
        for token in reversed(verb.doc[max(0, verb.i - _AUXILIARY) : verb.i]):
            if token.lower_ in ("har", "hadde", "hev"):
                return token.i
            if token.lower_ in _MODALS:
                return token.i if any(t.ent_type_ for t in verb.doc[token.i + 1 : verb.i]) else verb.i
            if token.text == "." or token.text in _BEFORE:
                break
    return verb.i


def has_subject_behind(verb: Token, end: int) -> bool:
    """Say whether who speaks stands behind a verb of saying, shortly, or between it and its auxiliary."""
    start = clause_start(verb)
    if start != verb.i:
        return any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in verb.doc[start + 1 : verb.i])
    if verb.i + 1 < end and verb.nbor(1).lower_ in ("jeg", "eg", "vi", "me", "du", "man"):
        return False
    for token in verb.doc[verb.i + 1 : min(end, verb.i + 5)]:
        if token.text in ".:!?," or token.pos_ in ("SCONJ", "CCONJ"):
            return False
        if token.dep_.startswith("nsubj") or token.pos_ in ("PROPN", "PRON") or token.ent_type_:
            return True
        if token.pos_ in ("NOUN", "DET", "ADJ"):
            return True
    return False


def speaker_in(verb: Token, inquit_tokens: Tokens) -> Tokens | None:
    """Return the noun phrase of an inquit that names the speaker, with its title and apposition."""
    if cue_use(verb) == "document":
        return _document_speaker(verb, inquit_tokens)
    inside = [c for c in verb.children if c.i in _indices(inquit_tokens) and c.lower_ not in _ASIDE]
    child = next((c for c in inside if c.dep_.startswith("nsubj")), None)
    if child is None:
        child = next(
            (
                t
                for t in inquit_tokens
                if t.i != verb.i
                and (t.pos_ in ("PROPN", "PRON", "NOUN") or t.ent_type_)
                and t.lower_ not in ("det", *_ASIDE)
            ),
            None,
        )
        if child is not None and child.head.i in _indices(inquit_tokens) and child.head.pos_ in ("PROPN", "NOUN"):
            child = child.head
    if child is None:
        return None
    phrase = phrase_of(child)
    start = max(phrase.start, inquit_tokens.start)
    end = min(phrase.end, inquit_tokens.end)
    return verb.doc[start:end] if start <= child.i < end else verb.doc[child.i : child.i + 1]


def _indices(tokens: Tokens) -> range:
    return range(tokens.start, tokens.end)


def cue_use(verb: Token) -> str:
    """Return the use of a verb of saying, empty for none."""
    found = cue_of(verb)
    return found.use if found else ""


def _document_speaker(verb: Token, inquit_tokens: Tokens) -> Tokens | None:
    for token in inquit_tokens:
        if token.i > verb.i and token.lower_ in ("i", "på", "fra", "frå") and token.i + 1 < inquit_tokens.end:
            end = inquit_tokens.end
            head = next((t for t in token.doc[token.i + 1 : end] if t.pos_ in ("NOUN", "PROPN")), None)
            if head is not None:
                head = owned_by(head, end)
                phrase = phrase_of(head)
                return token.doc[token.i + 1 : min(phrase.end, inquit_tokens.end)]
    return None


def sentence_end(verb: Token, limit: int) -> int:
    """Return the index behind the full stop or colon that ends an inquit."""
    for token in verb.doc[verb.i : limit]:
        if _ends(token) and (token.i + 1 >= limit or token.whitespace_ or token.nbor(1).is_space):
            return token.i + 1
    return limit


def _ends(token: Token) -> bool:
    """Say whether a token ends a sentence: «til TV 2.» does, the full stop of «f.v.» does not."""
    if token.text == ".":
        return token.i == 0 or token.nbor(-1).lower_ not in _ASIDE
    return token.text in (":", "!", "?", "…") or (
        token.text.endswith(".") and token.text[:-1].isdigit() and token.i + 1 == token.sent.end
    )


def content_of(tokens: Tokens) -> Tokens | None:
    """Return the words alone: without marks around them, commas and full stops at the end; ? and ! stay."""
    start, end = tokens.start, tokens.end
    doc = tokens.doc
    while (start < end and doc[start].text in ("-", "–", "—", ",", ".")) or (start < end and doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text in (",", ".", "–", "-", "—", ":") or doc[end - 1].is_space):
        end -= 1
    if end - start > 1 and doc[start].text in '«“"' and doc[end - 1].text in '»”"':
        start, end = start + 1, end - 1
        while end > start and doc[end - 1].text in (",", "."):
            end -= 1
    words = doc[start:end]
    return words if any(t.is_alpha or t.like_num for t in words) else None


def colon_before(parsed: ParsedBlock, at: int) -> Tokens | None:
    """Return the tokens of the clause that ends in a colon before a position, in the same block."""
    last = parsed.index(parsed.start + at) - 1
    while last >= 0 and parsed.doc[last].is_space:
        last -= 1
    if last < 0 or not parsed.doc[last].text.endswith(":"):
        return None
    before = parsed.doc.text[:at].rstrip()
    cut = max(before[:-1].rfind(". "), before[:-1].rfind("! "), before[:-1].rfind("? ")) + 1
    return parsed.tokens(Span(parsed.start + cut, parsed.start + len(before) - 1))


def colon_speaker(before: Tokens, *, any_subject: bool = False) -> tuple[Tokens | None, Token | None]:
    """Return who speaks behind «X: – …» or «X sier: – …», and the verb of saying, if any."""
    cue = next((t for t in before if cue_of(t) is not None), None)
    pool = [t for t in before if t.dep_.startswith("nsubj")]
    that = next((t.i for t in before if t.lower_ == "at"), None)
    if that is not None and not any(t.i < that for t in pool):
        return None, cue
    if cue is not None:
        own = [t for t in pool if t.head.i in (cue.i, cue.head.i)]
        pool = own or pool
    ents = [e for e in before.ents if e.label_ in ("PER", "ORG")]
    person = next((e for e in ents if e.label_ == "PER"), None)
    if pool and is_dummy(pool[0]):  # «Det avviser Lie: – …», «Dette provoserer Lie: – …»
        meant = subject_of(pool[0].head)
        if meant is not None and not is_dummy(meant):
            pool = [meant]
        elif person is not None:
            return person, cue
    if not pool and ents:
        return ents[0], cue
    if not pool and cue is None and len(before) <= 3 and before[0].text[:1].isupper():
        return before, cue
    if not pool:
        return None, cue
    mention = phrase_of(pool[0], before.end)
    named = mention.ents or pool[0].ent_type_ or pool[0].pos_ in ("PRON", "PROPN")
    if cue is None and not (any_subject or named or (pool[0].i == 0 and len(mention) == 1)):
        return (person if ents and ents[0] is person else None), cue
    return before.doc[max(mention.start, before.start) : min(mention.end, before.end)], cue


def cue_span(parsed: ParsedBlock, verb: Token) -> Span:
    """Return where a verb of saying stands."""
    return parsed.span(verb)


def with_inquit(
    number: int, parsed: ParsedBlock, segments: tuple[Span, ...], marker: str, rule: str, verb: Token, inquit: Tokens,
    mention: Tokens | None,
) -> Found:  # fmt: skip
    """Return direct speech behind whose words stand a verb of saying and who says it."""
    return Found(
        block=number,
        type="direct",
        segments=segments,
        marker=marker,
        rule=rule,
        cue=cue_span(parsed, verb),
        mention=mention,
        inherit="previous",
        reasons=(Reason("inquit", parsed.of(inquit), "a verb of saying behind the words"),),
    )
