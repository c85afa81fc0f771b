"""From finds to quotations: text order, speakers by a learned ranking, confidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_lib import learned
from corpus_lib.actors import Cast
from corpus_lib.model import Article, Quote, Reason
from corpus_lib.quotes.confidence import confidence
from corpus_lib.quotes.finding import found_in
from corpus_lib.quotes.found import Found
from corpus_lib.quotes.scene import Mention, Scene, mention_of
from corpus_lib.quotes.speaker_features import Candidate
from corpus_lib.quotes.speakers import TASK, candidates

if TYPE_CHECKING:
    from corpus_lib.language import Parsed

REPEATED = "the quotation that the headline repeats"
_NOTES = {
    "says the same below": REPEATED,
    "told below": "the block below says who",
    "spoke last": "the speaker before goes on",
    "last subject": "the person just spoken of",
    "speaks next": "who speaks next",
    "speaks first below": "who speaks first below the headline",
    "most quoted": "whom the article quotes most",
    "the body of the mention": "the body that the person speaks for",
    "owner of the mention": "whose words or document it is",
    "behind the mention": "from whom the document comes",
    "in the mention": "named in the words that name who speaks",
    "beside the mention": "named in the sentence that names who speaks",
    "named with the document": "the body behind the document",
    "spoke before": "who spoke before the last speaker",
}
"""Where a speaker comes from, in words; the first that holds is told."""

_SIGNS = 3
"""How many of the signs that weighed most are told."""

_POSSIBLE = 0.05
"""From which probability on somebody else may be meant by a pronoun."""

_COLON = 5
"""Within how many characters before the words of a headline its colon stands."""

Decide = Callable[[Scene, int, Sequence[Candidate]], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a quotation, and how sure that is; `unsure` where it is told by what never tells surely."""

    chosen: Candidate
    mention: Mention | None
    probability: float
    unsure: bool


def find_quotes(article: Article, parsed: Parsed, cast: Cast) -> tuple[Quote, ...]:
    """Find the quotations of an article and their speakers, in text order."""
    found = found_in(article, parsed)
    told = attributed(found, article, parsed, cast)
    kept = [(one, by) for one, by in zip(found, told, strict=True) if one.inherit != "colon" or by.mention is not None]
    return tuple(_quote(number, one, by, cast) for number, (one, by) in enumerate(kept, 1))


def ranked(_: Scene, __: int, found: Sequence[Candidate]) -> Sequence[float]:
    """Return the probability of each candidate by the learned weights."""
    return learned.load(TASK).rank([c.features for c in found])


def attributed(
    found: Sequence[Found], article: Article, parsed: Parsed, cast: Cast, decide: Decide = ranked
) -> list[Attribution]:
    """Return who says each quotation.

    Parameters
    ----------
    decide
        Gives the candidates their probabilities; another one than the learned ranking where it is being taught.
    """
    scene = Scene(article, parsed, cast, found)
    told: dict[int, Attribution] = {}
    for place in scene.order():
        mention = mention_of(place, scene)
        among = candidates(place, scene, mention)
        shares = decide(scene, place, among)
        best = max(range(len(among)), key=shares.__getitem__)
        scene.settle(place, among[best].who)
        unsure = _is_unsure(found[place], mention, scene)
        told[place] = Attribution(among[best], mention, shares[best], unsure)
    return [told[place] for place in range(len(found))]


def _is_unsure(one: Found, mention: Mention | None, scene: Scene) -> bool:
    """Say whether only a colon in a headline, or «he» after two men, tells who speaks."""
    colon = scene.is_head(one) and scene.article.text[one.start - _COLON : one.start].rstrip(' -–—«"').endswith(":")
    others = mention.resolved.others if mention is not None and mention.sort == "pronoun" else ()
    return colon or any(other > _POSSIBLE for _, other in others)


def kind_of_speaker(by: Attribution, cast: Cast) -> str:
    """Return what kind of actor speaks."""
    return cast.entities[by.chosen.who[0]].kind if by.chosen.who else "nobody"


def _reasons(chosen: Candidate, mention: Mention | None) -> tuple[Reason, ...]:
    """Return the signs that weighed most for a speaker, and last where the speaker comes from."""
    signs = learned.load(TASK).contributions(chosen.features)[:_SIGNS]
    told = tuple(Reason("speaker sign", None, sign.feature, sign.weight) for sign in signs)
    if mention is not None and chosen.who and "the mention" in chosen.sources:
        return (*told, Reason("speaker", mention.span, mention.resolved.rule))
    told_by = {source.partition(",")[0] for source in chosen.sources}
    note = next((text for source, text in _NOTES.items() if source in told_by), "named shortly before")
    return (*told, Reason("speaker", None, note if chosen.who else "nobody is named"))


def _quote(number: int, one: Found, by: Attribution, cast: Cast) -> Quote:
    reasons = _reasons(by.chosen, by.mention)
    meant = by.mention is not None and bool(by.chosen.who) and reasons[-1].note != REPEATED
    return Quote(
        id=f"q{number}",
        type=one.type,
        segments=one.segments,
        marker=one.marker,
        cue=one.cue,
        speaker_mention=by.mention.span if by.mention is not None and meant else None,
        speakers=cast.ids(by.chosen.who),
        medium=one.medium,
        rule=one.rule,
        reasons=(*one.reasons, *reasons),
        confidence=confidence(one, by.mention, by.probability, kind_of_speaker(by, cast), unsure=by.unsure),
        denied=one.denied,
    )
