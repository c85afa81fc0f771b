"""A demand of a story as HTML, each telling and answer opening its passages; what other articles tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from corpus_lib.model import Stance
from corpus_lib.stories.records import StoryAnswer, Told
from corpus_lib.stories.story import Story

_MARK = "background: #fde3b8; color: #1a1a1a"
_ANSWER = "background: #cfe5f7; color: #1a1a1a"


def followed(story: Story, id: str) -> str:
    """Return a demand as it goes through the papers, as HTML that needs no script.

    Each line tells the day, the outlet and the words; opened, it shows the sentence with its words marked, beside the
    first telling of the demand, and what spoke for the two being one.

    Parameters
    ----------
    id
        The demand's id, as `Story.frame` gives it.

    Raises
    ------
    KeyError
        If the story has no such demand.
    """
    demand, names = story.demand(id), story.names()
    who = "; ".join(names[a] for a in demand.actors) or "unknown"
    whom = "; ".join(names[a] for a in demand.addressees) or "nobody named"
    head = (
        f"<p><b>{escape(who)}</b> → {escape(whom)}: «{escape(demand.content)}» — at the end: <b>{demand.state}</b></p>"
    )
    lines = [(t.date or "", 0, n, _telling(t, demand.told[0], n)) for n, t in enumerate(demand.told)]
    for n, answer in enumerate(demand.answers):
        said = "; ".join(names[a] for a in answer.actors) or "unknown"
        lines += [(t.date or "", 1, n, _answer(t, answer, said, demand.told[0])) for t in answer.told]
    body = "".join(line for *_, line in sorted(lines, key=lambda x: x[:3]))
    return f'<div lang="no">{head}{body}</div>'


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What another article tells of a demand: that it is made, by whom, or an answer with its stance.

    Attributes
    ----------
    stance
        That of an answer; None of a telling of the demand.
    """

    told: Told
    who: str
    stance: Stance | None


def elsewhere(story: Story, doc: str, id: str) -> list[Elsewhere]:
    r"""Return what other articles of a story tell of a demand of one article, in order of time.

    Parameters
    ----------
    doc, id
        The article and the demand in it.

    Examples
    --------
    >>> from corpus_lib.analysis import analyse
    >>> from corpus_lib.stories import stories_of
    >>> story = stories_of([analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet.")])[0]
    >>> elsewhere(story, story.articles[0].doc, "d1")
    []
    """
    names = story.names()
    found = []
    for demand in story.demands:
        if any((t.doc, t.id) == (doc, id) for t in demand.told):
            made = "; ".join(names[a] for a in demand.actors)
            found += [Elsewhere(t, made, None) for t in demand.told]
            for answer in demand.answers:
                said = "; ".join(names[a] for a in answer.actors)
                found += [Elsewhere(t, said, answer.stance) for t in answer.told]
    return sorted((e for e in found if e.told.doc != doc), key=lambda e: (e.told.date or "", e.stance is not None))


def _telling(told: Told, first: Told, number: int) -> str:
    verb = "demanded" if number == 0 else "told again"
    beside = "" if number == 0 else f"<p>First told {_where(first)}: {_marked(first, _MARK)}</p>{_why(told)}"
    return _line(told, f"■ {verb}", f"<p>{_marked(told, _MARK)}</p>{beside}")


def _answer(told: Told, answer: StoryAnswer, said: str, first: Told) -> str:
    late = " (overtaken later)" if answer.overtaken else ""
    inside = f"<p>{_marked(told, _ANSWER)}</p><p>To what was demanded {_where(first)}: {_marked(first, _MARK)}</p>"
    return _line(told, f"● {escape(said)}: <b>{answer.stance}</b>{late}", inside + _why(told))


def _line(told: Told, what: str, inside: str) -> str:
    head = f"{_where(told)} · {what}: «{escape(_short(told.text))}»"
    return f"<details><summary>{head}</summary>{inside}</details>"


def _where(told: Told) -> str:
    return " ".join(filter(None, ((told.date or "undated")[:10], escape(told.source or told.doc))))


def _short(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 2]} …"


def _marked(told: Told, style: str) -> str:
    """Return the sentence with the words marked."""
    before, found, after = told.sentence.partition(told.text)
    if not found:
        return f'<mark style="{style}">{escape(told.text)}</mark>'
    return f'{escape(before)}<mark style="{style}">{escape(found)}</mark>{escape(after)}'


def _why(told: Told) -> str:
    said = "; ".join(f"{r.rule} {r.weight:+.1f}" if r.weight is not None else r.rule for r in told.reasons)
    return f"<p><small>Likely {told.likely:.2f}: {escape(said)}</small></p>" if said else ""
