"""Demands in documents: who stands behind a letter, a report or a passive, and to whom a document went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_lib.actors import Context
from corpus_lib.demands.rules.agents import is_agent, subject_near
from corpus_lib.demands.rules.anaphora import earlier, is_bare
from corpus_lib.demands.rules.clauses import is_finite
from corpus_lib.demands.rules.frames import word_list
from corpus_lib.demands.rules.parties import Party, entities_of, party_of, speaker_of
from corpus_lib.language.lexicon import words_of
from corpus_lib.language.parsed import name_at
from corpus_lib.language.syntax import stem as stem_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from corpus_lib.demands.rules.settings import Spot

_SPOKEN_REACH = 400
"""How many characters behind a quotation a passive may still be its speaker's."""


def author_of(subject: Token | None, verb: Token, spot: Spot) -> Party:
    """Return who stands behind a document or a passive: who wrote, sent or presented what was told before.

    «X la fram en erklæring. Erklæringen oppfordrer til …»; «X skrev et brev. Der ble det forlangt at …».
    """
    document = subject is not None and any(
        subject.lower_.endswith(d) for d in words_of("persons.toml", "documents") if len(d) > 3
    )
    if subject is not None and not document:
        return Party(entities_of(subject, spot), None, "noun phrase")
    stem = None if subject is None else stem_of(subject.lower_)
    if stem is None and verb.sent[0].lower_ not in ("der", "her", "i", "dessuten", "samtidig", "videre", "vidare"):
        return Party(())
    for token, place in earlier(spot, verb.sent.start, 2):
        if stem is not None and (token.pos_ != "NOUN" or stem_of(token.lower_) != stem):
            continue
        if stem is None and not is_finite(token):
            continue
        governor = token if stem is None else next((a for a in token.ancestors if a.pos_ == "VERB"), token)
        writer = subject_near(governor)
        if is_agent(writer) and writer is not None:
            found = party_of(writer, place)
            return Party(found.entities, found.voice, "author of the document")
    if subject is not None:
        return Party(entities_of(subject, spot), None, "the document itself")
    start = spot.block.span(verb).start
    said = spot.setting.said_before(start)
    near = said is not None and start - said.end < _SPOKEN_REACH
    return speaker_of(said, spot) if said is not None and near else Party(())


def receiver_of(verb: Token, spot: Spot) -> tuple[int, ...]:
    """Return to whom the document went in which a demand stands: «sendte brev til X. I brevet krever Y at S»."""
    documents = words_of("persons.toml", "documents") | word_list("documents")
    named = next((t for t in verb.sent if t.pos_ == "NOUN" and t.lower_ in documents and is_bare(t)), None)
    there = verb.sent[0].lower_ in ("der", "her")
    if named is None and not there:
        return ()
    stem = None if named is None else stem_of(named.lower_)
    blocks = spot.setting.parsed.blocks
    for number in range(spot.number, max(-1, spot.number - (2 if named is None else 7)), -1):
        doc = blocks[number].doc
        for token in reversed(doc[: verb.sent.start if number == spot.number else len(doc)]):
            fits = token.lower_ in documents if stem is None else stem_of(token.lower_) == stem
            whom = _after_to(token) if fits else None
            if whom is not None:
                name = name_at(doc, whom.i) or doc[whom.i : whom.i + 1]
                return spot.setting.cast.resolve(name, number, Context()).entities
    return ()


def _after_to(token: Token) -> Token | None:
    """Return the party behind «til» shortly after a noun: «et brev til Skattedirektoratet»."""
    following = token.doc[token.i + 1 : token.i + 5]
    to = next((t for t in following if t.lower_ == "til"), None)
    return None if to is None else next((t for t in token.doc[to.i + 1 : to.i + 4] if is_agent(t)), None)


def receiver_behind(noun: Token) -> Token | None:
    """Return the named party directly behind «krav til»; a thing has standards to meet, not demands."""
    following = noun.doc[noun.i + 1 : noun.i + 3]
    if len(following) < 2 or following[0].lower_ != "til" or following[1].ent_type_ not in ("ORG", "GPE", "PER"):
        return None
    return following[1]
