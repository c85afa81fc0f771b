"""What became of a demand: which answers a later one overtook, and how it stands at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus_lib.stories.records import State, StoryAnswer

DECISIVE = ("accept", "partial", "condition", "reject")
_STATES: Mapping[str, State] = {"accept": "met", "partial": "partly", "condition": "partly", "reject": "refused"}


def overtaken(answers: Sequence[StoryAnswer]) -> list[StoryAnswer]:
    """Return answers in order of time, each with the later decisive one of the same party that took its place."""
    out = []
    for number, answer in enumerate(answers):
        mine = set(answer.actors)
        later = (a for a in answers[number + 1 :] if mine & set(a.actors) and a.stance in DECISIVE)
        after = next(later, None) if mine else None
        out.append(replace(answer, overtaken=after.id if after else None))
    return out


def state_of(answers: Sequence[StoryAnswer], demanding: Sequence[str]) -> State:
    """Return how a demand stands at the end: as the last decisive answer of those called on has it.

    A demand that its own demander gives up is withdrawn; one that nobody called on has decided is open.
    """
    last: State = "open"
    for answer in answers:
        if set(answer.actors) & set(demanding) and not answer.called_on:
            if answer.stance == "reject":
                last = "withdrawn"
        elif answer.called_on and answer.stance in DECISIVE:
            last = _STATES[answer.stance]
    return last
