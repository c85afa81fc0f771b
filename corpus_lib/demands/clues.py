"""What a sentence shows: its words, who does what to whom in it, its typography and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus_lib.demands.setting import Setting, Unit
from corpus_lib.language import syntax
from corpus_lib.language.acts import Act as NamedAct
from corpus_lib.language.acts_lexicon import words as inflected
from corpus_lib.language.lexicon import rows
from corpus_lib.language.nouns import noun
from corpus_lib.language.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from corpus_lib.model import Quote, Span

_POS = frozenset({"VERB", "AUX", "NOUN", "ADJ", "INTJ"})
_WORDS = frozenset({"ja", "nei", "jo", "vel", "aldri", "imot"})
_SMALL = frozenset({"AUX", "PART", "SCONJ", "ADV", "ADP", "PRON", "DET"})
_KEPT = frozenset('?!:«»–-"”')
_LONGEST = 6
_TURNED = {"+": "-", "-": "+", "0": "0"}
_BEHIND = 8
"""How many words behind an act its matter may be opened."""


@lru_cache(maxsize=1)
def _standards() -> dict[str, str]:
    """Return for a pronoun whom it stands for, and for a common word of Nynorsk the one of Bokmål."""
    own = {word: row["as"] for row in rows("same_words.csv") for word in row["words"].split()}
    return {w.nynorsk: own.get(w.lemma, w.lemma) for w in inflected().values() if w.nynorsk != w.lemma} | own


def word_of(token: Token) -> str:
    """Return what stands for a word in features: the kind of a name, the person of a pronoun, else the lemma."""
    if token.ent_type_:
        return str(token.ent_type_)
    known = _standards().get(token.lower_)
    if known is not None and known.isupper():
        return known
    if token.like_num:
        return "NUM"
    lemma = token.lemma_
    if lemma.startswith("$"):
        return str(token.lower_)
    lemma = lemma.lower()
    return _standards().get(lemma, lemma)


def words_of_unit(unit: Unit, setting: Setting) -> tuple[str, ...]:
    """Return what stands for each word of a sentence in features."""
    return setting.once(("words", unit.number), lambda: tuple(map(word_of, unit.tokens)))


def told_of(number: int, unit: Unit, setting: Setting, quoted: str) -> tuple[str, ...]:
    """Return what an act of a sentence, an entry of the lexicon in its place, says of it.

    That is its kind, negation, mood, subject and matter.
    """
    act = unit.named[number]
    return setting.once(("told", unit.number, number, quoted), lambda: tuple(_told(act, unit, quoted)))


def _told(act: NamedAct, unit: Unit, quoted: str) -> Iterator[str]:
    entry, doc = act.entry, unit.tokens.doc
    head = doc[act.head]
    verb = head if syntax.is_verb(head) else head.head
    side, base = entry.side, f"{entry.side} {entry.kind}"
    subject = subject_of(verb)
    form = "/".join(head.morph.get("VerbForm", []) + head.morph.get("Tense", []) + head.morph.get("Definite", []))
    negated = syntax.is_negated(head) or syntax.is_negated(verb)
    yield from (base, f"{base} {entry.strength}", f"{base} {quoted}", f"{base} {form}", f"{base} {entry.pos}", side)
    yield from (f"pattern {entry.pattern}", f"{side} {entry.pos} {entry.strength}")
    yield f"{base} by {'-' if subject is None else subject_kind(subject)}"
    yield f"{side} {_TURNED[entry.polarity] if negated else entry.polarity}"
    if negated:
        yield from (f"{base} negated", f"{side} negated")
    if (modal := syntax.modal_of(head)) is not None:
        yield from (f"{base} modal {modal.lemma_}", f"{side} modal {modal.lemma_}")
    if (mark := syntax.mark_of(verb)) is not None:
        yield from (f"{base} mark {word_of(mark)}", f"{side} mark {word_of(mark)}")
    if syntax.is_passive(verb):
        yield f"{base} passive"
    if entry.presupposes:
        yield f"{side} presupposes"
    if entry.broad:
        yield from (f"{base} broad", f"{side} broad")
    following = {t.lower_ for t in doc[act.end : min(act.end + _BEHIND, unit.tokens.end)]}
    met = [w for w in entry.what if w in following or (w == "obj" and syntax.object_of(verb) is not None)]
    yield from (f"{base} what {what}" for what in met)
    yield f"{side} with its matter" if met else f"{side} without its matter"
    receiver = syntax.receiver_of(verb) is not None or not following.isdisjoint(entry.whom)
    if receiver:
        yield f"{side} with its party"
    yield from _signatures(act, verb, subject, met[0] if met else "no matter", receiver=receiver, negated=negated)


def _signatures(
    act: NamedAct, verb: Token, subject: Token | None, matter: str, *, receiver: bool, negated: bool
) -> Iterator[str]:
    """Yield what holds of an act together: how plain it is, its mood, who does it, whether its matter is told."""
    entry, head = act.entry, verb.doc[act.head]
    plain = "weak" if entry.broad or entry.strength == 1 else "fair" if entry.strength == 2 else "plain"
    kind = "-" if subject is None else subject_kind(subject)
    who = {"-": "nobody", "it": "it", "thing": "thing", "WE": "we", "YOU": "you"}.get(kind, "party")
    modal = syntax.modal_of(head)
    mood = "supposed" if syntax.is_supposed(verb) else "negated" if negated else "told"
    mood = f"modal {modal.lemma_}" if mood == "told" and modal is not None else mood
    if mood == "told":
        mood = "finite" if syntax.is_finite(verb) else "passive" if syntax.is_passive(verb) else "not finite"
    called = "party" if receiver else "no party"
    what = "matter" if matter != "no matter" else matter
    name = f"{entry.side} {entry.pos} {plain}"
    yield from (f"so {name} {who} {what}", f"so {name} {who} {mood}", f"so {name} {what} {called}")
    yield from (f"so {name} {who} {matter} {called} {mood}", f"so {entry.kind} {who} {what} {mood}")
    yield from (f"so {entry.kind} {entry.pos} {matter} {called}", f"so {entry.kind} {plain} {mood} {called}")
    yield f"so {name} {who} {what} {called}"


def subject_kind(token: Token) -> str:
    """Return what a subject is: the kind of a name, the person of a pronoun, a noun for a person or a body."""
    word = word_of(token)
    if token.ent_type_ or word.isupper():
        return word
    if token.lower_ in ("det", "dette"):
        return "it"
    known = noun(token.lower_)
    return "thing" if known is None else known.kinds[0]


def clues(unit: Unit, setting: Setting) -> dict[str, float]:
    """Return the features of a sentence."""
    pairs = [(t, w) for t, w in zip(unit.tokens, words_of_unit(unit, setting), strict=True) if not t.is_space]
    tokens, words = [t for t, _ in pairs], [w for _, w in pairs]
    out = dict.fromkeys(_wording(tokens, words), 1.0)
    out["block " + unit.kind] = 1.0
    out[f"length {min(len(tokens) // 5, _LONGEST)}"] = 1.0
    quotes = setting.quotes_in(unit.span)
    quoted = quotes[0].type if quotes else "told"
    out |= dict.fromkeys(_speech(unit, quotes, tokens, words), 1.0)
    for number in range(len(unit.named)):
        out |= {"a " + name: 1.0 for name in told_of(number, unit, setting, quoted)}
    for one in unit.ruled:
        out |= dict.fromkeys((f"a rule {one.side}", *(f"a rule {one.side} {t}" for t in one.told)), 1.0)
    sides = [a.entry.side for a in unit.named]
    for side in ("asking", "answering", "doing"):
        out[f"a number of {side} {min(sides.count(side), 3)}"] = 1.0
    if "asking" in sides and "answering" in sides:
        out["a asking and answering"] = 1.0
    return out


def _wording(tokens: Sequence[Token], words: Sequence[str]) -> Iterator[str]:
    by_place = {t.i: w for t, w in zip(tokens, words, strict=True)}
    before = "^"
    for t, word in zip(tokens, words, strict=True):
        if t.is_punct and t.text not in _KEPT:
            continue
        if not t.is_punct:
            yield "w " + word
        yield f"n {before} {word}"
        before = word
        if t.head.i != t.i and t.dep_ != "punct" and t.head.i in by_place:
            yield f"d {by_place[t.head.i]} {t.dep_} {word}"
    if words:
        yield from ("first " + words[0], "last " + words[-1], "opens " + " ".join(words[:2]))


def _speech(unit: Unit, quotes: Sequence[Quote], tokens: Sequence[Token], words: Sequence[str]) -> Iterator[str]:
    if not quotes:
        yield "told"
        return
    quote, span = quotes[0], unit.span
    yield "quote " + quote.type
    yield "quoted, with a speaker" if quote.speakers else "quoted, without a speaker"
    if quote.start - 2 <= span.start and span.end <= quote.end + 2:
        yield "all quoted"
    if quote.type == "direct":
        spoken = [w for t, w in zip(tokens, words, strict=True) if not t.is_punct]
        yield "speech opens " + (spoken[0] if spoken else "")
        yield from ("q " + w for w in spoken)


@lru_cache(maxsize=8192)
def ends(word: str) -> tuple[str, ...]:
    """Return what may be the last part of a compound.

    >>> ends("lønnskrav")
    ('krav', 'skrav', 'nskrav')
    """
    if len(word) < 8 or not word.isalpha():
        return ()
    return tuple(word[-n:] for n in range(4, 9) if len(word) - n > 2)


def predicates(unit: Unit) -> list[Token]:
    """Return the words of a sentence that may tell of a demand or an answer."""
    return [t for t in unit.tokens if t.pos_ in _POS or t.lower_ in _WORDS]


def around(token: Token, unit: Unit, setting: Setting, quoted: str) -> dict[str, float]:
    """Return the features of a word as what does something: its lemma, its form, and what depends on it."""
    names = [*_form(token), *_dependents(token), *_neighbours(token, unit, words_of_unit(unit, setting))]
    for number, act in enumerate(unit.named):
        if act.head == token.i:
            names += ["act " + name for name in told_of(number, unit, setting, quoted)]
        elif token.i in act.words:
            names.append(f"within {act.entry.side}")
    place = unit.block.span(token)
    for one in unit.ruled:
        where = "cue" if place.overlaps(one.cue) else "inside" if place.within(one.words) else "beside"
        names += [f"rule {where} {one.side}", *(f"rule {where} {one.side} {t}" for t in one.told)]
    names += [f"beside {a.entry.side}" for a in unit.named if a.head != token.i]
    return dict.fromkeys(names, 1.0)


def _form(token: Token) -> Iterator[str]:
    word, kind = word_of(token), token.pos_
    yield from (f"lemma {word}", f"pos {kind}", f"is {token.dep_}", f"is {kind} {token.dep_}")
    yield from ("ends " + part for part in ends(word))
    yield f"form {'/'.join(token.morph.get('VerbForm', []) + token.morph.get('Tense', []))}"
    if token.head.i != token.i:
        yield f"under {word_of(token.head)} {token.dep_}"


def _dependents(token: Token) -> Iterator[str]:
    word = word_of(token)
    for child in token.children:
        if child.is_punct:
            continue
        yield f"has {'<' if child.i < token.i else '>'}{child.dep_}"
        if child.pos_ in _SMALL or child.ent_type_:
            yield f"has {child.dep_} {word_of(child)}"
        if (case := syntax.preposition_of(child)) is not None:
            yield f"{word} {case.lower_}"


def _neighbours(token: Token, unit: Unit, words: Sequence[str]) -> Iterator[str]:
    first = unit.tokens.start
    word = words[token.i - first]
    for step in (-2, -1, 1, 2):
        place = token.i + step
        if unit.tokens.start <= place < unit.tokens.end:
            near = words[place - first]
            yield f"{step:+d} {near}"
            if abs(step) == 1:
                yield f"{step:+d} {word} {near}"


@dataclass(frozen=True, slots=True)
class Sight:
    """The words of a sentence, each list by their place in it.

    Attributes
    ----------
    start
        The number of the first word in its Doc; places are counted from there.
    words
        What stands for each word in features.
    commas, colons, verbs
        How many commas (or semicolons), colons and finite verbs stand before each place, and at the end.
    """

    start: int
    tokens: tuple[Token, ...]
    lowered: tuple[str, ...]
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    quotes: tuple[Quote | None, ...]
    finite: tuple[bool, ...]
    commas: tuple[int, ...]
    colons: tuple[int, ...]
    verbs: tuple[int, ...]

    def before(self, place: int) -> str:
        """Return the word before a token's number, in lower case; ``^`` where the sentence begins."""
        at = place - self.start - 1
        return "^" if at < 0 or self.tokens[at].is_space else self.lowered[at]

    def span(self, token: Token) -> Span:
        """Return the place of a word in the article."""
        return self.spans[token.i - self.start]

    def quote(self, token: Token) -> Quote | None:
        """Return the innermost quotation that holds a word."""
        return self.quotes[token.i - self.start]

    def word(self, token: Token) -> str:
        """Return what stands for a word in features."""
        return self.words[token.i - self.start]


def sight_of(unit: Unit, setting: Setting) -> Sight:
    """Return a sentence word by word."""
    return setting.once(("sight", unit.number), partial(_seen, unit, setting))


def _seen(unit: Unit, setting: Setting) -> Sight:
    tokens = tuple(unit.tokens)
    spans = tuple(unit.block.span(t) for t in tokens)
    finite = tuple(syntax.is_finite(t) for t in tokens)

    def counted(is_one: Callable[[Token], bool]) -> tuple[int, ...]:
        return tuple(accumulate((is_one(t) for t in tokens), initial=0))

    return Sight(
        start=unit.tokens.start,
        tokens=tokens,
        lowered=tuple(t.lower_ for t in tokens),
        words=words_of_unit(unit, setting),
        spans=spans,
        quotes=tuple(map(setting.quote_at, spans)),
        finite=finite,
        commas=counted(lambda t: t.text in ",;"),
        colons=counted(lambda t: t.text == ":"),
        verbs=tuple(accumulate(finite, initial=0)),
    )
