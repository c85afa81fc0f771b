"""Who is this mention? A cast is built once; what is asked of it is looked up and changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from corpus_lib.actors.heads import speakers_of_phrase
from corpus_lib.actors.known import REACH, Context, Known, Resolution
from corpus_lib.actors.mentions import PRONOUNS, SPEAKER, base_name
from corpus_lib.actors.spelling import nickname
from corpus_lib.language.nouns import noun

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_NOBODY = Resolution((), "noun phrase: nothing named", 0.0)


class Cast(Known):
    """The actors of one article, and whom each name, noun phrase and pronoun of it means."""

    def __init__(
        self,
        known: Known,
        named: Mapping[tuple[int, int], int],
        settled: Mapping[tuple[int, int], Resolution],
    ) -> None:
        super().__init__(known.article, known.parsed)
        self._take(known)
        self._named = named
        self._settled = settled

    def resolve(self, mention: Tokens, block: int, context: Context) -> Resolution:
        """Return whom a mention names: the entity of its name, of its pronoun, or of its role.

        A mention of two, «Hansen og Olsen», gives both. «Jeg» and «vi» are who spoke last by the context.
        """
        if not any(c.isalnum() for c in mention.text):
            return _NOBODY
        found = [self._resolve_one(part, mention, block, context) for part in speakers_of_phrase(mention)]
        if len(found) == 1:
            return found[0]
        entities = tuple(dict.fromkeys(e for r in found for e in r.entities))
        return Resolution(entities, found[0].rule, min(r.probability for r in found))

    def by_itself(self, head: Token, block: int) -> tuple[int, ...]:
        """Return the actor that a noun by itself names, where it takes up nobody who has a name; else nobody."""
        settled = self._settled.get((block, head.i), _NOBODY)
        return tuple(n for n in settled.entities if self.entities[n].kind == "unnamed")

    def _resolve_one(self, part: Tokens, mention: Tokens, block: int, context: Context) -> Resolution:
        head = part.root
        if head.lower_ in SPEAKER and not head.ent_type_:
            recent = context.last_block >= block - REACH
            return Resolution(context.last_speakers if recent else (), "pronoun: the speaker")
        if part.label_:
            return self._of_name(part, block)
        if head.lower_ not in PRONOUNS and (known := self._known_word(head)) is not None:
            return Resolution((known,), "name")
        settled = self._settled.get((block, head.i))
        if settled is None:
            places = ((block, t.i) for t in mention if t.i != head.i)
            settled = next((self._settled[p] for p in places if p in self._settled), _NOBODY)
        return settled

    def _of_name(self, named: Tokens, block: int) -> Resolution:
        number = self._named.get((block, named.start))
        if number is None:
            number = self.number(base_name(named))
        return _NOBODY if number is None else Resolution((number,), "name")

    def _known_word(self, head: Token) -> int | None:
        """Return the entity of a capitalised word that is a name elsewhere in the article."""
        if not head.text[:1].isupper():
            return None
        known = self.number(head.text)
        if known is not None and self.entities[known].kind == "unnamed":  # «Kikken», read as a noun
            bearers = self._named_with(head.text)
            return next((i for i in bearers if nickname(self.entities[i].name) == head.text), None)
        if known is not None:
            return known
        person = self.person_by_one_word(head.text)
        return self._body_beginning(head) if person is None else person

    def _body_beginning(self, head: Token) -> int | None:
        """Return the one body whose name begins with a word that is no noun: «Svarlinjen» for Svarlinjen AS."""
        if noun(head.lower_) is not None:
            return None
        begun = [
            i
            for i in self._named_with(head.text)
            if self.entities[i].kind == "organisation" and self.entities[i].name.startswith(f"{head.text} ")
        ]
        return begun[0] if len(begun) == 1 else None
