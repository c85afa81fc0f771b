"""What the finders of demands hand over: a demand found, not yet numbered or compared with the others."""

from __future__ import annotations

from dataclasses import dataclass

from corpus_lib.demands.rules.parties import Party
from corpus_lib.model import Span, Strength


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand as a finder sees it: who asks whom for what, and the words that say so."""

    block: int
    cue: Span
    content: Span
    party: Party
    addressees: tuple[int, ...]
    basis: str | None
    strength: Strength
    rule: str
    confidence: float
    kind: str = "single"
    listed: bool = False
    announced: bool = False
    goes_on: bool = False

    @property
    def actors(self) -> tuple[int, ...]:
        """The entities that demand."""
        return self.party.entities
