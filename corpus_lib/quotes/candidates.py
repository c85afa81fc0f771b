"""Where reported speech may stand: every place that grammar and the lexicon of saying propose, wide on purpose.

A candidate has a cue and the words it may report: some places where they may begin, some where they may end. Whether it
is speech, and where it begins and ends, is learned (`quotes.reported`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.language.lexicon import Verb, words_of
from corpus_lib.language.parsed import ParsedBlock
from corpus_lib.language.syntax import is_finite, is_negated, is_tied, sentence_of, that_after
from corpus_lib.quotes.according import according
from corpus_lib.quotes.cues import DENIES, entries_of, governors_of_that, mistagged
from corpus_lib.quotes.found import DASHES
from corpus_lib.quotes.inquits import clause_start
from corpus_lib.quotes.options import (
    AROUND,
    AS,
    BARE,
    BEFORE,
    COLON,
    INFINITIVE,
    POINTS,
    QUESTION,
    THAT,
    Candidate,
    bare_end,
    end_options,
    is_according,
    start_options,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

QUESTION_WORDS = words_of("syntax.toml", "questions")
_MARKS = frozenset({",", "?", "!", "»", "”", '"', "–", "-", "…", "...", ";", ".»"})
_TAKERS = frozenset({"noe", "noko", "hvilket"})
_TELLING = ("say", "document", "ask", "sound")
_NEAR, _REACH, _SENTENCES, _COLON, _COPULA, _AS, _LONG = 4, 10, 3, 12, 9, 9, 200


def candidates(parsed: ParsedBlock, spoken: frozenset[int], *, heading: bool = False) -> Iterator[Candidate]:
    """Yield the candidates of a block, outside the words of direct speech.

    Parameters
    ----------
    spoken
        The tokens of direct speech.
    heading
        Whether the block is a headline or the like, where a name and a colon may open what is said.
    """
    sentences = list(_sentences(parsed))
    for place, whole in enumerate(sentences):
        that = governors_of_that(iter(whole))
        for token in whole:
            if token.i in spoken:
                continue
            sourced = is_according(token)
            entries = () if sourced else entries_of(token)
            other = () if sourced or entries else mistagged(token)
            if not (sourced or entries or other or token.i in that):
                continue
            near, here = _near(sentences, place, token)
            sentence = near[here]
            if sourced:
                yield from according(token, sentence)
            elif other and that_after(token, sentence.end) is not None:
                yield _right(THAT, token, sentence, other, [_after_that(token, sentence)])
            elif entries or token.i in that:
                yield from _of_cue(token, entries, that.get(token.i), near, here)
    if heading and sentences:
        yield from _name_colon(parsed)


def _near(sentences: list[Tokens], place: int, token: Token) -> tuple[list[Tokens], int]:
    """Return the sentences, one that is very long cut to what stands near a token: cost stays in proportion."""
    whole = sentences[place]
    if len(whole) <= _LONG:
        return sentences, place
    cut = whole.doc[max(whole.start, token.i - _LONG // 2) : min(whole.end, token.i + _LONG // 2)]
    before = sentences[max(0, place - _SENTENCES) : place]
    return [*before, cut, *sentences[place + 1 : place + 2]], len(before)


def _sentences(parsed: ParsedBlock) -> Iterator[Tokens]:
    start = 0
    while start < len(parsed.doc):
        end = sentence_of(parsed.doc[start]).end
        yield parsed.doc[start:end]
        start = end


def _of_cue(
    cue: Token, entries: tuple[Verb, ...], that: int | None, sentences: Sequence[Tokens], place: int
) -> Iterator[Candidate]:
    sentence = sentences[place]
    if is_unsaid(cue, entries):
        return
    at = that if that is not None else that_after(cue, sentence.end)
    if at is None and entries and entries[0].use == "noun":
        at = _behind_copula(cue, sentence)
    if at is not None:
        yield _right(THAT, cue, sentence, entries, [at + 1])
    if not entries:
        return
    if at is None or at - cue.i > _NEAR:
        yield from _without_that(cue, entries, sentence)
    if not any(e.use in ("noun", "adjective") for e in entries[:1]):
        yield from _left(cue, entries, sentences, place)
    yield from _after_colon(cue, entries, sentences, place)


def _is_disowned(cue: Token) -> bool:
    """Say whether somebody rejects having said it: «benekter å ha sagt at S»."""
    above = cue
    while above.dep_ in ("xcomp", "ccomp", "conj") and above.head.i < above.i:
        above = above.head
        if any(e.kind == DENIES for e in entries_of(above)[:1]) and above.pos_ in ("VERB", "AUX"):
            return cue.dep_ != "conj" and is_infinitive_clause(cue)
    return False


def is_infinitive_clause(verb: Token) -> bool:
    """Say whether a verb's clause is an infinitive: «å si», «å ha sagt»."""
    return any(c.lower_ == "å" and c.i < verb.i for c in verb.children)


def is_unsaid(cue: Token, entries: tuple[Verb, ...]) -> bool:
    """Say whether a saying is negated: «sier ikke at S», «avviser ikke at S»; an opinion may be."""
    if _is_disowned(cue):
        return True
    if not entries or not is_negated(cue):
        return False
    first = entries[0]
    return first.use in _TELLING or first.kind == DENIES or (first.use == "act" and not first.particle)


def _after_that(token: Token, sentence: Tokens) -> int:
    at = that_after(token, sentence.end)
    return sentence.end - 1 if at is None else at + 1


def _behind_copula(noun: Token, sentence: Tokens) -> int | None:
    """Return the «at» of «begrunnelsen er at S»."""
    near = noun.doc[noun.i + 1 : min(noun.i + _COPULA, sentence.end)]
    verb = next((t for t in near if is_finite(t)), None)
    at = None if verb is None else next((t for t in near if t.lower_ == "at"), None)
    if verb is None or at is None or at.i < verb.i:
        return None
    return int(at.i) if any(t.lemma_ in ("være", "vere") for t in noun.doc[verb.i : at.i]) else None


def _right(
    kind: str, cue: Token, sentence: Tokens, entries: tuple[Verb, ...], starts: Sequence[int], end: int | None = None
) -> Candidate:
    """Return a candidate whose words stand behind something."""
    return Candidate(kind, cue, sentence, entries, tuple(starts), end_options(cue.doc, starts[0], end or sentence.end))


def _without_that(cue: Token, entries: tuple[Verb, ...], sentence: Tokens) -> Iterator[Candidate]:
    """Yield questions, infinitives and clauses without «at» behind a cue."""
    near = list(cue.doc[cue.i + 1 : min(cue.i + 1 + _REACH, sentence.end)])
    stop = next((n for n, t in enumerate(near) if t.text in ",:;?!"), len(near))
    asked = next((t for t in near[:stop] if t.lower_ in QUESTION_WORDS and t.i + 2 < sentence.end), None)
    if asked is not None:
        yield _right(QUESTION, cue, sentence, entries, [asked.i, asked.i + 1])
    opener = next((t for t in near[:5] if t.lower_ == "å"), None)
    if opener is not None:
        yield _right(INFINITIVE, cue, sentence, entries, [opener.i])
    first = min((t.i for t in (asked, opener) if t is not None), default=sentence.end)
    raised = entries[0].use == "opine" and is_raised(cue, sentence)
    raised = raised or _tells_how(cue, near[:stop])
    starts = [] if raised else [t.i for t in near[:stop] if _may_begin(t) and t.i + 1 < sentence.end and t.i < first]
    if starts and entries[0].use not in ("noun", "adjective"):
        yield _right(BARE, cue, sentence, entries, starts)


def _tells_how(cue: Token, near: Sequence[Token]) -> bool:
    """Say whether what follows a verb of saying only tells how: «skriver så sakte at det tar pusten fra meg»."""
    that = next((t for t in near if t.lower_ == "at"), None)
    return that is not None and is_tied(that) and not any(is_finite(t) for t in cue.doc[cue.i + 1 : that.i])


def is_raised(cue: Token, sentence: Tokens) -> bool:
    """Say whether «det» is taken out of what is thought: «Det synes styret er en god idé»."""
    before = [t for t in cue.doc[sentence.start : cue.i] if t.is_alpha]
    return len(before) == 1 and before[0].lower_ in ("det", "dette")


def _may_begin(token: Token) -> bool:
    return not token.is_space and (not token.is_punct or token.text in '«“"')


def _left(cue: Token, entries: tuple[Verb, ...], sentences: Sequence[Tokens], place: int) -> Iterator[Candidate]:
    """Yield «S, sier X», «S, som X sier», «S, sier X, S», «S. Det sier X»."""
    doc, sentence = cue.doc, sentences[place]
    first = clause_start(cue)
    near = range(first - 1, max(sentence.start, first - 1 - _NEAR), -1)
    border = next((i for i in near if doc[i].text in _MARKS or doc[i].lower_ in ("som", "slik")), None)
    if border is not None and doc[border].lower_ in ("som", "slik") and doc[border - 1].text in _MARKS:
        border -= 1
    if border is None:
        border = _before_taker(cue, sentence)
    if border is not None and border > sentence.start:
        end = border + 1 if doc[border].text in ("?", "!", "»", "”", '"', "…", "...") else border
        starts = start_options(sentences, place, border)
        if starts:
            yield Candidate(BEFORE, cue, sentence, entries, starts, (bare_end(doc, starts[-1], end),))
            behind = next((t.i for t in doc[cue.i + 1 : min(cue.i + 16, sentence.end)] if t.text == ","), None)
            if behind is not None and behind + 2 < sentence.end:
                ends = end_options(doc, behind + 1, sentence.end)
                inside = tuple(s for s in starts if s >= sentence.start)
                if ends and inside:
                    yield Candidate(AROUND, cue, sentence, entries, inside, ends, (border, behind + 1))
    words = [t for t in doc[sentence.start : cue.i + 1] if t.is_alpha][:_AS]
    if words and words[0].lower_ in ("som", "slik") and cue in words:
        behind = next((t.i for t in doc[cue.i + 1 : sentence.end] if t.text == ","), None)
        if behind is not None and behind + 2 < sentence.end:
            yield _right(AS, cue, sentence, entries, [behind + 1])
    words = words[:4]
    pointing = bool(words) and words[0].lower_ in ("det", "dette", "slik") and cue in words[1:]
    answers = any(t.lower_ in ("ja", "nei") for t in sentence)  # «Det sier X ja til»
    answers = answers or (entries[0].use == "opine" and any(is_finite(t) for t in doc[cue.i + 1 : sentence.end]))
    if place and pointing and not answers and not any(t.is_punct for t in doc[sentence.start + 1 : cue.i]):
        last = sentences[place - 1]
        starts = tuple(s.start for s in sentences[max(0, place - _SENTENCES) : place])
        yield Candidate(POINTS, cue, sentence, entries, starts, (bare_end(doc, last.start, last.end),))


def _before_taker(cue: Token, sentence: Tokens) -> int | None:
    """Return the comma of «S, noe X avviser»."""
    near = cue.doc[max(sentence.start, cue.i - _AS) : cue.i]
    taker = next((t for t in near if t.lower_ in _TAKERS and t.i > sentence.start and t.nbor(-1).text == ","), None)
    return None if taker is None or any(t.text == "," for t in cue.doc[taker.i : cue.i]) else int(taker.i - 1)


def _after_colon(cue: Token, entries: tuple[Verb, ...], sentences: Sequence[Tokens], place: int) -> Iterator[Candidate]:
    """Yield «X sier det slik: S», the words behind the colon in the same or the next sentence."""
    doc, sentence = cue.doc, sentences[place]
    colon = next((t.i for t in doc[cue.i + 1 : min(cue.i + _COLON, sentence.end)] if t.text == ":"), None)
    if colon is None:
        return
    end = sentence.end
    if colon + 1 >= end and place + 1 < len(sentences):
        end = sentences[place + 1].end
    if colon + 2 < end and doc[colon + 1].text not in (*DASHES, "«", "“", '"'):
        yield _right(COLON, cue, sentence, entries, [colon + 1], end)


def _name_colon(parsed: ParsedBlock) -> Iterator[Candidate]:
    """Yield «CNN: S» in a heading."""
    doc = parsed.doc
    colon = next((t.i for t in doc if t.text == ":"), None)
    if colon is None or not 0 < colon <= 7 or colon + 2 >= len(doc) or doc[colon + 1].text in (*DASHES, "«", "“"):
        return
    if any(entries_of(t) for t in doc[:colon]):
        return
    yield replace(_right(COLON, doc[colon], doc[:], (), [colon + 1]), source=doc[:colon])
