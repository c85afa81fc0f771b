"""To whom or where something is said: «til NTB», «i en pressemelding», «på Twitter», chosen by learned weights.

Candidates are the phrases behind the prepositions of the inquit's sentence and its indirect object, each in some
lengths; NONE is one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib.actors import PRONOUNS, is_outlet
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.nouns import noun
from corpus_lib.language.parsed import name_at, names_in
from corpus_lib.language.syntax import governed_by, is_finite, noun_phrase, receiver_of, sentence_of
from corpus_lib.learned import load
from corpus_lib.model import Span
from corpus_lib.quotes.cues import entries_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

MEDIUM = "medium"
"""The decision's name."""

_PREPOSITIONS = words_of("syntax.toml", "telling")
_FAR, _MOST = 100, 9
"""How many words a medium may have."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that may name the medium: its words, the preposition before it, which part of the whole it is."""

    words: Tokens
    preposition: Token | None
    part: str

    @property
    def text(self) -> str:
        """The words without the marks at their end."""
        return str(self.words.text.rstrip(".,:;!?»”"))


def medium_of(parsed: ParsedBlock, cue: Span, taken: Sequence[Span], mention: Tokens | None) -> str | None:
    """Return to whom or where something is said, None where nothing tells.

    Parameters
    ----------
    cue
        Where the verb of saying stands.
    taken
        The quoted words of the block, in which no medium is sought.
    mention
        The words that name who speaks.
    """
    words = parsed.tokens(cue)
    if words is None or not parsed.parsed:
        return None
    found = phrases(words[0], spoken_in(parsed, taken), mention)
    if not found:
        return None
    shares = load(MEDIUM).rank([{"none": 1.0}, *(features(p, words[0]) for p in found)])
    best = max(range(len(shares)), key=lambda i: shares[i])
    return found[best - 1].text if best else None


def spoken_in(parsed: ParsedBlock, taken: Sequence[Span]) -> frozenset[int]:
    """Return the tokens of the quoted words of a block."""
    words = (parsed.tokens(s) for s in taken)
    return frozenset(i for w in words if w is not None for i in range(w.start, w.end))


def phrases(cue: Token, spoken: frozenset[int], mention: Tokens | None) -> list[Phrase]:
    """Return the phrases of the cue's sentence that may name a medium, outside the quoted words and the speaker."""
    whole = sentence_of(cue)
    sentence = cue.doc[max(whole.start, cue.i - _FAR) : min(whole.end, cue.i + _FAR)]
    own = range(mention.start, mention.end) if mention is not None and not _is_text(mention) else range(0)
    found: list[Phrase] = []
    for token in sentence:
        if token.i in spoken or token.lower_ not in _PREPOSITIONS or token.i + 1 >= sentence.end:
            continue
        head = governed_by(token, sentence.end)
        if head is not None and head.i not in spoken and head.i not in own and head.i - token.i < _MOST:
            found += _parts(token, head, sentence, spoken)
    told = receiver_of(cue)
    if told is not None and told.i not in spoken and told.i not in own:
        found.append(Phrase(noun_phrase(told, sentence.end), None, "receiver"))
    behind = name_at(cue.doc, cue.i + 1) if cue.i + 1 < sentence.end else None
    if behind is not None and behind.start not in own and behind.start not in spoken:
        found.append(Phrase(behind, None, "name behind the cue"))
    found += _tellers(cue, sentence, spoken, own)
    return _distinct(found)


def _is_text(mention: Tokens) -> bool:
    """Say whether what speaks is a text, which is the medium too: «heter det i en pressemelding»."""
    known = noun(mention.root.lower_)
    return known is not None and known.kind == "document"


def _tellers(cue: Token, sentence: Tokens, spoken: frozenset[int], own: range) -> Iterator[Phrase]:
    """Yield who else tells in the sentence: «…, melder VG», «får Klassekampen opplyst»."""
    for verb in sentence:
        if verb.i in spoken or verb.i == cue.i or not any(e.use == "say" for e in entries_of(verb)[:1]):
            continue
        for child in verb.children:
            if child.dep_ in ("nsubj", "obj", "iobj") and child.i not in spoken and child.i not in own:
                named = name_at(verb.doc, child.i)
                yield Phrase(named if named is not None else noun_phrase(child, sentence.end), None, "teller")


def _parts(preposition: Token, head: Token, sentence: Tokens, spoken: frozenset[int]) -> Iterator[Phrase]:
    """Yield a governed phrase in some lengths: its noun, the names in it, all of it."""
    doc, start = head.doc, preposition.i + 1
    named = name_at(doc, head.i)
    yield Phrase(doc[start : max(head.i + 1, named.end if named is not None else 0)], preposition, "short")
    whole = noun_phrase(head, sentence.end)
    end = next((t.i for t in doc[start : whole.end] if t.i in spoken or is_finite(t) or t.text in ",:"), whole.end)
    if end > head.i:
        yield Phrase(doc[start:end], preposition, "whole")
    for name in names_in(doc[start : min(max(whole.end, head.i + 1), start + _MOST)]):
        yield Phrase(name, preposition, "name")
    limit = min(sentence.end, start + _MOST)
    last = start
    while (
        last < limit and last not in spoken and (doc[last].text[:1].isupper() or (doc[last].like_num and last > start))
    ):
        last += 1
    if last > start:
        yield Phrase(doc[start:last], preposition, "capitals")
    rest = next((t.i for t in doc[start:limit] if t.i in spoken or is_finite(t) or t.text in ",:.«–;("), limit)
    flat = next((t.i for t in doc[start:rest] if t.pos_ in ("ADP", "SCONJ")), rest)
    yield Phrase(doc[start:flat], preposition, "flat")
    yield Phrase(doc[start:rest], preposition, "rest")


def _distinct(found: Sequence[Phrase]) -> list[Phrase]:
    """Return phrases without those of the same words, the first kept."""
    kept: dict[tuple[int, int], Phrase] = {}
    for phrase in found:
        if 0 < len(phrase.words) <= _MOST:
            kept.setdefault((phrase.words.start, phrase.words.end), phrase)
    return list(kept.values())


def features(phrase: Phrase, cue: Token) -> dict[str, float]:
    """Return what tells whether a phrase names the medium."""
    words = phrase.words
    head = words.root
    preposition = phrase.preposition.lower_ if phrase.preposition is not None else "(none)"
    kind, entry = _kind(words, head), next(iter(entries_of(cue)), None)
    said = entry.lemma if entry is not None else cue.lower_
    place = "before" if words.start < cue.i else "behind"
    gap = words.start - cue.i if place == "behind" else cue.i - words.end
    names = [
        f"kind={kind}",
        f"preposition={preposition}",
        f"preposition={preposition} kind={kind}",
        f"part={phrase.part}",
        f"part={phrase.part} kind={kind}",
        f"part={phrase.part} preposition={preposition}",
        f"head={head.lower_.rpartition('-')[2] if not head.ent_type_ else '(name)'}",
        f"preposition={preposition} {place} the cue",
        f"preposition={preposition} cue={said}",
        f"gap={min(gap, 6)} {place}",
        f"words={min(len(words), 5)} part={phrase.part}",
        f"first={words[0].lower_ if words[0].pos_ in ('DET', 'PRON') else words[0].pos_}",
        f"last={words[-1].pos_}",
    ]
    if phrase.preposition is not None:
        above = phrase.preposition.head.head
        names.append("hangs on the cue" if above.i == cue.i else "hangs elsewhere")
        held = above.lower_ if above.pos_ == "NOUN" else above.pos_
        names += [f"hangs on={held}", f"hangs on={held} preposition={preposition}"]
        between = words.doc[phrase.preposition.i + 1 : words.start]
        inner = next((t.lower_ for t in reversed(list(between)) if t.pos_ == "ADP"), None)
        names += [f"inside another phrase, behind={inner}"] if len(between) else []
    behind = words.doc[words.end] if words.end < len(words.doc) else None
    if behind is not None and behind.pos_ in ("NOUN", "PROPN", "NUM") and words.text.endswith(("s", "'", "’")):
        names.append("owns what follows")
    if behind is not None and behind.i and behind.ent_iob_ == "I":
        names.append("cuts a name")
    names.append(f"behind={behind.lower_ if behind is not None and behind.pos_ != 'PROPN' else 'name'}")
    return dict.fromkeys(names, 1.0)


def _kind(words: Tokens, head: Token) -> str:
    """Return what kind of thing a phrase names."""
    lowered = head.lower_
    if is_outlet(words.text):
        return "outlet"
    if head.ent_type_:
        return f"name {head.ent_type_}"
    channels = words_of("persons.toml", "channels")
    if lowered in channels or lowered.rpartition("-")[2] in channels:
        return "channel"
    if lowered in PRONOUNS or head.pos_ == "PRON":
        return "pronoun"
    if head.pos_ == "PROPN":
        return "capital"
    known = noun(lowered)
    return known.kind if known is not None else "noun"
