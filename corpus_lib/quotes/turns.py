"""Direct speech: dash turns of any length, with the inquit at their end or in between, and quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_lib.model import Block, Reason, Span
from corpus_lib.quotes.found import Found, cue_of, medium_in, phrase_of

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

    from corpus_lib.language import ParsedBlock

_TURN = re.compile(r"(?:^|(?<=[.!?:»”\"] ))[-–—] ?(?=[\w«\"“'’(…])")
_MARKED = re.compile(r"«([^«»]{1,1500})»|“([^“”„]{1,1500})[”“]|„([^„“”]{1,1500})[“”]|(?<!\w)\"([^\"]{1,1500})\"(?!\w)")
_SPEECH_WORDS = frozenset(
    [
        "jeg",
        "vi",
        "oss",
        "meg",
        "min",
        "mitt",
        "mine",
        "vår",
        "vårt",
        "våre",
        "du",
        "dere",
        "deg",
        "din",
        "ditt",
        "dine",
        "eg",
        "me",
        "mi",
        "mitt",
        "dykk",
        "dykkar",
        "de",
    ]
) - {"de"}
_RESUMES = frozenset(
    ["men", "for", "fordi", "hvis", "så", "når", "at", "eller", "selv", "slik", "dersom", "og", "dei", "viss"]
)
_CLAUSE_WORDS = 4


def turns(number: int, block: Block, parsed: ParsedBlock) -> Iterator[Found]:
    """Yield the dash turns of a block, and what plainly goes on speaking behind an inquit."""
    text = parsed.doc.text
    starts = [m for m in _TURN.finditer(text) if not _is_range(text, m)]
    for place, match in enumerate(starts):
        following = starts[place + 1] if place + 1 < len(starts) else None
        end = following.start() if following else len(text)
        tokens = parsed.tokens(Span(parsed.start + match.end(), parsed.start + end))
        if tokens is None or tokens[0].text == "at":  # an item of a list behind a colon
            continue
        yield from _turn(number, block, parsed, tokens, _colon_before(parsed, match.start()))


def _is_range(text: str, match: re.Match[str]) -> bool:
    return text[match.end() : match.end() + 1].isdigit() and not text[match.end() :].strip().count(" ")


def _colon_before(parsed: ParsedBlock, at: int) -> Tokens | None:
    """Return the tokens of the clause that ends in a colon before a position, in the same block."""
    before = parsed.doc.text[:at].rstrip()
    if not before.endswith(":"):
        return None
    cut = max(before[:-1].rfind(". "), before[:-1].rfind("! "), before[:-1].rfind("? ")) + 1
    return parsed.tokens(Span(parsed.start + cut, parsed.start + len(before) - 1))


def _turn(number: int, block: Block, parsed: ParsedBlock, tokens: Tokens, before: Tokens | None) -> Iterator[Found]:
    verb = inquit(tokens)
    if verb is None:
        yield from _open_turn(number, block, parsed, tokens, before)
        return
    words = _content(tokens.doc[tokens.start : _clause_start(verb)])
    if words is None:
        return
    sentence_end = _sentence_end(verb, tokens.end)
    inquit_tokens = tokens.doc[_clause_start(verb) : sentence_end]
    mention = speaker_in(verb, inquit_tokens)
    resumed = _resumed(verb, mention, sentence_end)
    segments = (parsed.of(words), *([parsed.of(resumed)] if resumed is not None else []))
    yield Found(
        block=number,
        type="direct",
        segments=segments,
        marker="dash",
        rule="dash turn with inquit",
        cue=_cue_span(parsed, verb),
        mention=mention,
        medium=medium_in(inquit_tokens, verb),
        inherit="previous",
        reasons=(Reason("inquit", parsed.of(inquit_tokens), "a verb of saying behind the words"),),
    )
    yield from _continued(number, parsed, tokens.doc[sentence_end : tokens.end])


def _open_turn(
    number: int, block: Block, parsed: ParsedBlock, tokens: Tokens, before: Tokens | None
) -> Iterator[Found]:
    """Yield a turn without an inquit of its own."""
    words = _content(tokens)
    if words is None or not _is_speech(words, block):
        return
    mention, cue, rule, inherit = None, None, "dash turn, speaker inherited", "previous"
    if before is not None:
        mention, cue_token = colon_speaker(before)
        cue = parsed.span(cue_token) if cue_token is not None else None
        rule, inherit = "colon before a dash turn", "none"
    elif block.kind == "title":
        rule = "dash turn in a headline"
        inherit = "none"
    elif words[-1].text == "?" and len(list(words.doc.sents)) <= 2:
        rule, inherit = "question of the reporter", "question"
    yield Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="dash",
        rule=rule,
        cue=cue,
        mention=mention,
        inherit=inherit,
    )


_SHORT = 7
"""How many words may name the speaker behind a verb of demanding."""
_ASKED = frozenset({"at", "å", "om", "av", "fra", "frå", "som"})


def _is_speech(words: Tokens, block: Block) -> bool:
    """Say whether a turn without an inquit says something: it has a verb, or calls or asks, or heads the page."""
    return (
        block.kind == "title"
        or words[-1].text in "?!"
        or (len(words) <= 3 and not words[0].like_num)
        or any(t.pos_ in ("VERB", "AUX") for t in words)
    )


def inquit(tokens: Tokens) -> Token | None:
    """Return the verb of the inquit in a turn: a verb of saying behind comma, question mark or closing mark."""
    for token in tokens[1:]:
        verb = cue_of(token)
        if verb is None or verb.use in ("wish", "label") or token.text[0].isupper():
            continue
        if verb.use == "demand" and not _only_names(token, tokens.end):
            continue
        start = _clause_start(token)
        if start <= tokens.start:
            continue
        before = token.doc[start - 1]
        if before.text not in (",", "?", "!", "»", "”", '"', "–", "-", "...", "…") or start >= tokens.end:
            continue
        if verb.use == "document" and not _document_inquit(token):
            continue
        if _has_subject_behind(token, tokens.end) or (token.i + 1 < tokens.end and token.nbor(1).text in (":",)):
            return token
    return None


def _only_names(verb: Token, end: int) -> bool:
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


def _clause_start(verb: Token) -> int:
    """Return where an inquit begins: at its auxiliary («har X sagt») or at the verb."""
    if verb.tag_ or verb.morph.get("VerbForm", []) != ["Fin"]:
        for token in reversed(verb.doc[max(0, verb.i - 6) : verb.i]):
            if token.lower_ in ("har", "hadde", "hev"):
                return token.i
            if token.text in ",.?!»":
                break
    return verb.i


def _has_subject_behind(verb: Token, end: int) -> bool:
    start = _clause_start(verb)
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
    child = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.i in _indices(inquit_tokens)), None)
    if child is None:
        child = next(
            (
                t
                for t in inquit_tokens
                if t.i != verb.i and (t.pos_ in ("PROPN", "PRON", "NOUN") or t.ent_type_) and t.lower_ != "det"
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
            head = next((t for t in token.doc[token.i + 1 : inquit_tokens.end] if t.pos_ in ("NOUN", "PROPN")), None)
            if head is not None:
                phrase = phrase_of(head)
                return token.doc[token.i + 1 : min(phrase.end, inquit_tokens.end)]
    return None


def _sentence_end(verb: Token, limit: int) -> int:
    """Return the index behind the full stop or colon that ends an inquit."""
    for token in verb.doc[verb.i : limit]:
        if token.text in (".", ":", "!", "?", "…") and (
            token.i + 1 >= limit or token.whitespace_ or token.nbor(1).is_space
        ):
            return token.i + 1
    return limit


def _content(tokens: Tokens) -> Tokens | None:
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


def _resumed(verb: Token, mention: Tokens | None, end: int) -> Tokens | None:
    """Return the words that go on behind an inquit in the same sentence: «– A, fortsatte han, men B»."""
    doc = verb.doc
    start = max(mention.end if mention is not None else 0, verb.i + 1)
    comma = next((t for t in doc[start:end] if t.text == ","), None)
    if comma is None or comma.i + 2 >= end:
        return None
    rest = doc[comma.i + 1 : end]
    if rest[0].lower_ not in _RESUMES or any(cue_of(t) is not None for t in rest):
        return None
    has_subject = any(t.dep_.startswith("nsubj") for t in rest[1:])
    if rest[0].lower_ == "og" and not (has_subject and any(t.lower_ in _SPEECH_WORDS for t in rest)):
        return None
    return _content(rest) if has_subject else None


def _continued(number: int, parsed: ParsedBlock, rest: Tokens) -> Iterator[Found]:
    """Yield the sentences behind an inquit that plainly go on speaking: they say I, we or you."""
    if not len(rest):
        return
    speaking = []
    for sentence in _pieces(rest):
        lowered = {t.lower_ for t in sentence if t.pos_ not in ("NOUN", "PROPN")}
        reports = any(
            (verb := cue_of(t)) is not None
            and verb.use in ("say", "opine")
            and t.lower_ not in ("tror", "mener", "trur")
            for t in sentence
        )
        if lowered & _SPEECH_WORDS and not (reports and not _i_say(sentence)):
            speaking.append(sentence)
        else:
            break
    if not speaking:
        return
    words = _content(rest.doc[speaking[0].start : speaking[-1].end])
    if words is not None:
        yield Found(
            block=number,
            type="direct",
            segments=(parsed.of(words),),
            marker="dash",
            rule="speech goes on behind the inquit",
            inherit="same",
        )


def _i_say(sentence: Tokens) -> bool:
    return any(t.dep_.startswith("nsubj") and t.lower_ in _SPEECH_WORDS for t in sentence)


def _pieces(tokens: Tokens) -> Iterator[Tokens]:
    start = tokens.start
    for token in tokens:
        if token.text in (".", "!", "?") and (token.whitespace_ or token.i + 1 == tokens.end):
            yield tokens.doc[start : token.i + 1]
            start = token.i + 1
    if start < tokens.end:
        yield tokens.doc[start : tokens.end]


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
    if not pool and ents:
        return ents[0], cue
    if not pool and cue is None and len(before) <= 3 and before[0].text[:1].isupper():
        return before, cue
    if not pool:
        return None, cue
    mention = phrase_of(pool[0], before.end)
    named = mention.ents or pool[0].ent_type_ or pool[0].pos_ in ("PRON", "PROPN")
    if cue is None and not (any_subject or named or (pool[0].i == 0 and len(mention) == 1)):
        return (ents[0] if ents and ents[0].label_ == "PER" else None), cue
    return before.doc[max(mention.start, before.start) : min(mention.end, before.end)], cue


def _cue_span(parsed: ParsedBlock, verb: Token) -> Span:
    return parsed.span(verb)


def marked(number: int, parsed: ParsedBlock, taken: list[Span]) -> Iterator[Found]:
    """Yield quotations in quotation marks that hold a clause and have a speaker beside them."""
    text = parsed.doc.text
    for match in _MARKED.finditer(text):
        inner = next(i for i in range(1, 5) if match.group(i) is not None)
        place = Span(parsed.start + match.start(inner), parsed.start + match.end(inner))
        if any(place.overlaps(t) for t in taken):
            continue
        tokens = parsed.tokens(place)
        words = _content(tokens) if tokens is not None else None
        if words is None or len(words) < 2:
            continue
        found = _marked_with_inquit(number, parsed, words, match.end()) or _marked_after_colon(
            number, parsed, words, match.start()
        )
        if found is not None:
            yield found


def _marked_with_inquit(number: int, parsed: ParsedBlock, words: Tokens, end: int) -> Found | None:
    after = parsed.tokens(Span(parsed.start + end, parsed.start + len(parsed.doc.text)))
    if after is None:
        return None
    tokens = [t for t in after[:4] if t.text not in (",", "»", '"', "”")]
    said = cue_of(tokens[0]) if tokens else None
    if said is None or not _has_subject_behind(tokens[0], len(parsed.doc)):
        return None
    verb = tokens[0]
    if said.use == "demand" and not _only_names(verb, len(parsed.doc)):
        return None
    inquit_tokens = verb.doc[verb.i : _sentence_end(verb, len(verb.doc))]
    mention = speaker_in(verb, inquit_tokens)
    return Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="quotation marks",
        rule="quotation marks with inquit",
        cue=_cue_span(parsed, verb),
        mention=mention,
        medium=medium_in(inquit_tokens, verb),
        inherit="previous",
        reasons=(Reason("inquit", parsed.of(inquit_tokens), "a verb of saying behind the words"),),
    )


def _marked_after_colon(number: int, parsed: ParsedBlock, words: Tokens, start: int) -> Found | None:
    if len(words) < _CLAUSE_WORDS:
        return None
    before = _colon_before(parsed, start)
    if before is None:
        if parsed.doc.text[:start].strip():
            return None
        return Found(
            block=number,
            type="direct",
            segments=(parsed.of(words),),
            marker="quotation marks",
            rule="quotation marks alone in a paragraph",
            inherit="colon",
        )
    mention, cue = colon_speaker(before)
    if mention is None and cue is None:
        return None
    return Found(
        block=number,
        type="direct",
        segments=(parsed.of(words),),
        marker="quotation marks",
        rule="colon before quotation marks",
        cue=parsed.span(cue) if cue is not None else None,
        mention=mention,
        inherit="none",
    )
