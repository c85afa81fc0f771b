"""The audit of sources: a row for every quotation and who says it, with what the text tells about that source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpus_lib.actors.gender import NO_SIGN, Gender, gender_of
from corpus_lib.model import Actor, Article, Quote
from corpus_lib.sources.classes import Role, role_of
from corpus_lib.sources.parties import party_of
from corpus_lib.tables import block_of, word_count

if TYPE_CHECKING:
    import pandas as pd

SOURCES = MappingProxyType({
    "doc": ("string", "the article's id"),
    "quote": ("string", "the quotation's id"),
    "speaker": ("string", "who says it; null where nobody is known"),
    "actor": ("string", "the speaker's id in the article"),
    "kind": ("string", "person, organisation, state, group or unnamed"),
    "role_class": ("string", "politician, official, law, expert, business …; unknown where the text does not tell"),
    "role_ground": ("string", "on what the class stands: party, role, body, own name, noun"),
    "role_words": ("string", "the words that tell it"),
    "gender": ("string", "woman, man or unknown"),
    "gender_ground": ("string", "given name, pronoun, noun; signs disagree; no sign"),
    "party": ("string", "the party, where the text tells one"),
    "type": ("string", "direct, indirect or mixed"),
    "denied": ("bool", "whether the speaker says that it is not so"),
    "words": ("float64", "how many words it has, shared out where several speak"),
    "block": ("string", "what kind of block it begins in: title, lead, body …"),
    "place": ("float64", "where in the article it begins, 0 at the top and 1 at the end"),
    "outlet": ("string", "the newspaper, where it is known"),
    "month": ("string", "the month of the article, where it is known"),
    "confidence": ("float64", "of the quotation (0–1)"),
    "text": ("string", "the words themselves"),
})  # fmt: skip
"""The columns of the audit, in order: type and meaning."""

_NOBODY = (Role("unknown", "not told"), NO_SIGN, None)


def sources(article: Article, actors: Sequence[Actor], quotes: Sequence[Quote]) -> pd.DataFrame:
    """Return the audit of an article's sources, one row a quotation and speaker.

    Parameters
    ----------
    actors, quotes
        Those of the article's analysis.
    """
    return frame_of(list(rows(article, actors, quotes)))


def frame_of(found: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    """Return rows of `rows` as a DataFrame: the same columns and types, also without rows."""
    import pandas as pd

    frame = pd.DataFrame(list(found), columns=list(SOURCES), dtype="object")
    return frame.astype({name: "object" if kind == "string" else kind for name, (kind, _) in SOURCES.items()})


def rows(article: Article, actors: Sequence[Actor], quotes: Sequence[Quote]) -> Iterator[tuple[object, ...]]:
    """Yield a row for every quotation and who says it."""
    people = {a.id: a for a in actors}
    known: dict[str, tuple[Role, Gender, str | None]] = {}
    reference = article.metadata.published or article.metadata.date
    month = reference[:7] if reference and len(reference) >= len("2025-01") else None
    for quote in quotes:
        at = block_of(article.blocks, quote.start)
        block = article.blocks[at].kind if at >= 0 else None
        words = word_count(quote, article.text) / max(1, len(quote.speakers))
        for speaker in quote.speakers or (None,):
            actor = people.get(speaker or "")
            if actor and actor.id not in known:
                role = role_of(actor, article.text, people)
                known[actor.id] = (role, gender_of(actor, article.text), party_of(actor, article.text))
            role, gender, party = known[actor.id] if actor else _NOBODY
            yield (
                article.id, quote.id, actor and actor.name, actor and actor.id, actor and actor.kind,
                role.value, role.ground, role.words or None, gender.value, gender.ground, party,
                quote.type, quote.denied, words, block, quote.start / max(1, len(article.text)),
                article.metadata.source, month, quote.confidence, quote.shown(article.text),
            )  # fmt: skip
