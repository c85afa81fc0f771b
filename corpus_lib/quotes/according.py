"""«Ifølge X S», «S, ifølge X», «S er ifølge X S», «etter det X erfarer S»: where the source ends, what is its word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus_lib.language.parsed import name_at, name_from
from corpus_lib.language.syntax import REFLEXIVES, is_finite, owned_by
from corpus_lib.quotes.found import ACCORDING, phrase_of
from corpus_lib.quotes.options import (
    ACCORDING_AROUND,
    ACCORDING_LEFT,
    ACCORDING_RIGHT,
    Candidate,
    bare_end,
    end_options,
    learned_by,
    start_options,
)

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_NOUNS = ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "DET")


def according(token: Token, sentence: Tokens) -> Iterator[Candidate]:
    """Yield «ifølge X S», «S, ifølge X» and «S er ifølge X S»."""
    doc = token.doc
    learned = learned_by(token)
    source = _according_to(token, sentence) if learned is None else learned[0]
    if source is None:
        return
    first = token.i if token.lower_ in ACCORDING else token.i - 1
    before = first - 1 if first > sentence.start and doc[first - 1].text in (",", "(", "–") else first
    behind = source.end if learned is None else learned[1]
    while behind < sentence.end and doc[behind].text in (",", ":", ")"):
        behind += 1
    lefts = tuple(s for s in start_options([sentence], 0, before) if s < before)
    base = Candidate(ACCORDING_RIGHT, token, sentence, (), (), (), None, source)
    if behind + 1 < sentence.end:
        rights = _verb_starts(doc, max(token.i + 2, behind if learned else 0), sentence.end, behind)
        yield replace(base, starts=rights, ends=end_options(doc, rights[0], sentence.end))
    if lefts:
        end = bare_end(doc, lefts[0], before)
        yield replace(base, kind=ACCORDING_LEFT, starts=tuple(s for s in lefts if s < end), ends=(end,))
        if behind + 1 < sentence.end:
            ends = end_options(doc, behind, sentence.end)
            yield replace(base, kind=ACCORDING_AROUND, starts=lefts, ends=ends, hole=(before, behind))
        elif learned is None and (short := _shortened(source)) is not None:
            ends = end_options(doc, short.end, sentence.end)
            yield replace(base, kind=ACCORDING_AROUND, starts=lefts, ends=ends, hole=(before, short.end), source=short)


def _verb_starts(doc, start: int, end: int, behind: int) -> tuple[int, ...]:  # type: ignore[no-untyped-def]
    """Return where words behind «ifølge X» may begin: behind the source, at a finite verb, behind a comma."""
    found = {behind}
    for t in doc[start : min(start + 30, end)]:
        if is_finite(t):
            found.add(t.i)
        elif t.text in (",", ":") and t.i + 1 < end:
            found.add(t.i + 1)
    return tuple(sorted(i for i in found if i + 1 < end))


def _according_to(token: Token, sentence: Tokens) -> Tokens | None:
    """Return the source that «ifølge» names."""
    doc = token.doc
    head = token.head
    if not token.i < head.i < sentence.end or head.pos_ not in _NOUNS:
        behind = doc[token.i + 1 : sentence.end]
        head = next((t for t in behind if t.pos_ in ("NOUN", "PROPN", "PRON")), None)  # type: ignore[assignment]
    if head is None:
        return None
    head = owned_by(head, sentence.end)
    end = max(phrase_of(head).end, head.i + 1)
    verb = next((t.i for t in doc[head.i + 1 : end] if is_finite(t)), end)
    named = name_at(doc, head.i)
    whole = doc[token.i + 1 : max(verb, head.i + 1, named.end if named is not None else 0)]
    first = name_from(doc, whole.start)
    if first is None or first.end >= whole.end or doc[first.end].text in (",", "("):
        return whole
    owner = first.text.endswith(("s", "'", "’")) or doc[first.end].pos_ in ("NOUN", "PROPN", "CCONJ")
    return whole if owner or doc[first.end].lower_ in REFLEXIVES else doc[whole.start : first.end]


def _shortened(source: Tokens) -> Tokens | None:
    """Return a source that took the rest of its sentence, cut behind its first noun: «ifølge politiet | i slutten»."""
    noun = next((t for t in source if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    if noun is None or noun.i + 2 >= source.end:
        return None
    named = name_at(source.doc, noun.i)
    return source.doc[source.start : max(noun.i + 1, named.end if named is not None else 0)]
