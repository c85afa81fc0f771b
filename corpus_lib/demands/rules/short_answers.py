"""Answers at the beginning of speech: «– Nei, det er for dyrt», «– Selvsagt», «– Det kan vi ikke»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus_lib.demands.rules.counters import Told, of_others, plain_answer, side_of
from corpus_lib.demands.rules.frames import NEGATIONS, phrases, word_list
from corpus_lib.demands.rules.settings import Setting
from corpus_lib.model import Demand, Quote, Reason, Response, Span, Stance

_REACH = 400
"""How many characters behind a demand who was called on says yes or no to it."""
_RIGHT_BEHIND = 60
"""How many characters behind a demand a yes or no is to it, whoever was called on."""
_CLAUSE = re.compile(r"[^.,;:!?–—…]+")
_WORDS = re.compile(r"\w+")


def short_answers(setting: Setting, demands: Sequence[Demand]) -> Iterator[Response]:
    """Yield speech that begins with a yes or no, behind a demand on who says it or right behind one."""
    text, told = setting.article.text, Told(demands)
    for quote in setting.quotes if demands else ():
        if quote.type != "direct" or not quote.speakers or (opening := opening_of(quote, text)) is None:
            continue
        if text[: quote.start].rstrip(" –—-«\n").endswith("?"):
            continue
        place, stance, rule = opening
        if chosen := _asked(setting, told, quote):
            reason = Reason("yes or no", place, "speech begins with it")
            speaker = quote.speakers[0]
            yield plain_answer([chosen], quote.speakers, speaker, stance, place, place, quote.id, rule, reason)


def _asked(setting: Setting, told: Told, quote: Quote) -> Demand | None:
    """Return the last demand before a quotation that its speaker was called on by, or that stands right before it."""
    side = side_of(setting, quote.speakers)
    before = of_others(told.before(quote.start, _REACH), side)
    called = [d for d in before if side & set(d.addressees)]
    near = called or [d for d in before if quote.start - d.content.end < _RIGHT_BEHIND]
    return near[-1] if near else None


def opening_of(quote: Quote, text: str) -> tuple[Span, Stance, str] | None:
    """Return the words by which speech says yes or no, the stance, and the rule; None where it does not begin so."""
    segment = quote.segments[0]
    clauses = list(_CLAUSE.finditer(text, segment.start, segment.end))
    if not clauses:
        return None
    first = clauses[0]
    words = tuple(w.lower() for w in _WORDS.findall(first[0]))
    place = Span(first.start() + len(first[0]) - len(first[0].lstrip()), first.start() + len(first[0].rstrip()))
    answer: Stance | None = "reject" if words in phrases("no") else "accept" if words in phrases("yes") else None
    if answer is not None:
        return place, answer, "a bare yes or no" if len(clauses) == 1 else "yes or no, and more"
    told = _pro_stance(words)
    return None if told is None else (place, told, "yes or no to «det»")


def _pro_stance(words: tuple[str, ...]) -> Stance | None:
    """Return what «det» and a verb without a content of its own say: «det kan vi ikke», «det skal vi få til».

    >>> _pro_stance(("det", "kan", "vi", "ikke")), _pro_stance(("det", "skal", "vi", "få", "til"))
    ('reject', 'accept')
    >>> _pro_stance(("det", "kan", "jeg", "ikke", "love")), _pro_stance(("det", "kan", "vi", "lese", "i", "avisen"))
    ('noted', None)
    """
    if len(words) < 3 or words[0] not in ("det", "dette") or words[1] not in word_list("pro_verbs"):
        return None
    rest = words[2:]
    if not set(rest) <= word_list("pro_words") | NEGATIONS:
        return None
    negated = not NEGATIONS.isdisjoint(rest)
    if negated and not word_list("pledging").isdisjoint((words[1], *rest)):
        return "noted"
    return "reject" if negated else "accept"
