"""The clause that shows an answer: the words around its verb, without the clauses beside it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING

from corpus_lib.actors import SPEAKER
from corpus_lib.demands.rules.clauses import is_finite, sentence_of
from corpus_lib.demands.rules.frames import NEGATIONS, frame_of, word_list
from corpus_lib.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_BESIDE = ("conj", "parataxis", "advcl")
_EDGES = ' ,.:;–—-»«"”“\n'


def evidence_of(spot: Spot, token: Token, target: Token | None = None, *, whole: bool = False) -> Span:
    """Return the clause of an answer: its finite verb's words, within the quotation it stands in.

    Parameters
    ----------
    target
        The noun that names what is answered: the clause goes on to it where it stands behind the verb.
    whole
        Whether the condition in the same sentence belongs to the answer.
    """
    if whole:
        return _stripped(spot, _in_quotation(spot, token, spot.block.of(sentence_of(token))))
    head = _clause_head(token)
    if token.dep_ == "amod":  # a verb taken for an adjective: its clause cannot be read from the parse
        return _stripped(spot, spot.block.of(token.sent))
    over = {token.i, *(a.i for a in token.ancestors)}
    words = sorted((t for t in _of_clause(head, over) if not t.is_space), key=lambda t: t.i)
    inside = _whole(words, token)
    last = inside[-1] if target is None or target.sent != token.sent else max(inside[-1], target, key=lambda t: t.i)
    span = Span(spot.block.span(inside[0]).start, spot.block.span(last).end)
    return _stripped(spot, _in_quotation(spot, token, span))


def _in_quotation(spot: Spot, token: Token, span: Span) -> Span:
    """Cut a stretch at the ends of the quotation a token stands in; before an indirect one its «at» may stand."""
    quote = spot.quote_at(token)
    if quote is None:
        return span
    segment = next(s for s in quote.segments if spot.block.span(token).within(s))
    start = max(span.start, segment.start) if quote.type == "direct" else span.start
    return Span(start, min(span.end, segment.end))


def _clause_head(token: Token) -> Token:
    """Return the verb whose clause holds the answer: the finite one above infinitives and objects."""
    head = token.head if token.dep_ == "cop" else token
    concession = token.dep_ == "conj" and any(c.lower_ == "men" for c in token.children)
    if concession and token.head.dep_ == "ROOT" and any(c.lower_ in SPEAKER for c in token.head.children):
        return token.head
    before = [t.lower_ for t in token.doc[max(0, token.i - 3) : token.i]]
    if "å" in before and {"for", "uten", "utan"} & set(before):
        return token
    while head.dep_ != "ROOT":
        finite = is_finite(head) or any(is_finite(c) for c in head.children if c.dep_ in ("aux", "cop", "aux:pass"))
        headless = head.dep_ in ("ccomp", "csubj", "xcomp", "advcl") and not any(
            c.dep_.startswith("nsubj") for c in head.children
        )
        if finite and not headless:
            return head
        head = head.head
    return head


def _of_clause(head: Token, over: Set[int]) -> Iterator[Token]:
    """Yield the words under a verb, without the clauses beside the answer's.

    Parameters
    ----------
    over
        The places of the answer's verb and of what stands above it in the tree.
    """
    stack = [head]
    while stack:
        token = stack.pop()
        yield token
        stack += [c for c in token.children if not _stands_beside(c, head, over)]


def _stands_beside(token: Token, head: Token, over: Set[int]) -> bool:
    """Say whether a clause beside the answer's begins at a token: coordinated, inserted, or before it."""
    if token.i in over:
        return False
    if token.dep_ in _BESIDE and (is_finite(token) or any(is_finite(c) for c in token.children)):
        aside = token.dep_ == "advcl" and token.i > head.i
        return not aside or any(c.lower_ in ("mens", "medan", "men") for c in token.children)
    if token.dep_ != "acl:relcl" or token.head.i + 1 >= len(token.doc):
        return False
    left = token.left_edge.i
    return token.doc[left].text == "," or (left > 0 and token.doc[left - 1].text == ",")


def _whole(words: list[Token], cue: Token) -> list[Token]:
    """Return the unbroken stretch of words around the cue."""
    places = {t.i for t in words}
    start = end = cue.i
    while start - 1 in places and cue.doc[start - 1].text not in ("-", "–", "—"):
        start -= 1
    while end + 1 in places and cue.doc[end + 1].text not in ("-", "–", "—"):
        end += 1
    opener = next((t.i for t in reversed(cue.doc[start : cue.i]) if t.lower_ == "at"), None)
    if opener is not None and any(t.dep_.startswith("nsubj") for t in cue.doc[opener + 1 : cue.i + 1]):
        start = opener + 1
    while start < cue.i and (cue.doc[start].dep_ in ("mark", "cc") or cue.doc[start].text in _EDGES):
        start += 1
    return [cue.doc[start], cue.doc[end]]


def _stripped(spot: Spot, span: Span) -> Span:
    text = span.of(spot.setting.article.text)
    lead = len(text) - len(text.lstrip(_EDGES))
    return Span(span.start + lead, span.start + len(text.rstrip(_EDGES)))


def is_supposed(spot: Spot, token: Token, *, stated: bool = False) -> bool:
    """Say whether an answer is not given but supposed, owed, hoped for or asked for; or refused («nektet å godta»).

    Parameters
    ----------
    stated
        Whether the sentence states the condition of the answer: «kan godta kravet hvis …» is then an answer.
    """
    above, unreal = token, word_list("owed_answering" if stated else "unreal_answering")
    while True:
        children = {c.lower_ for c in above.children if c.dep_.startswith("aux")}
        marks = {c.lower_ for c in above.children if c.dep_ == "mark"}
        negated = any(c.lower_ in NEGATIONS for c in above.children)
        if marks & {"hvis", "dersom", "viss", "når"} or (children & unreal and not (negated and "kan" in children)):
            return True
        if above.lower_ in unreal or (
            above != token and (above.lower_ in word_list("refusing") or frame_of(above) is not None)
        ):
            return True
        hoped = above != token and above.lower_ in word_list("hoping" if above.pos_ == "VERB" else "hopes")
        if hoped and not (negated and token.dep_ == "xcomp"):
            return True
        finite = is_finite(above) or any(is_finite(c) for c in above.children if c.dep_ in ("aux", "cop", "aux:pass"))
        if above.dep_ not in ("xcomp", "ccomp", "csubj", "advcl", "acl", "aux") or (finite and above.dep_ == "advcl"):
            break
        above = above.head
    first = next((t for t in token.sent if t.is_alpha), token)
    opens = is_finite(first) and spot.kind not in ("title", "subheading") and first in (token, *token.children)
    asked = token.sent.text.rstrip().endswith("?")
    return (opens and not stated) or asked or (first.lower_ in ("hvis", "dersom", "viss") and not stated)


def refuses(token: Token, what: str) -> bool:
    """Say whether a refusal is of something asked for: «nektet å gå med på», «nekta å godta»."""
    return what == "inf" and any(t.lower_ in word_list("yielding") for t in token.doc[token.i + 1 : token.i + 5])
