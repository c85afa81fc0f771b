"""A demand of a story as HTML, each telling and answer opening its passages; what other articles tell of it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from corpus_lib.labels import Labels, labels, number
from corpus_lib.labels.signs import sign_in_words, weighed
from corpus_lib.model import Stance
from corpus_lib.stories.records import StoryAnswer, Told
from corpus_lib.stories.story import Story

_MARK = "background: #fde3b8; color: #1a1a1a"
_ANSWER = "background: #cfe5f7; color: #1a1a1a"


def followed(story: Story, id: str, *, language: str = "en") -> str:
    """Return a demand as it goes through the papers, as HTML that needs no script.

    Each line tells the day, the outlet and the words; opened, it shows the sentence with its words marked, beside the
    first telling of the demand, and what spoke for the two being one.

    Parameters
    ----------
    id
        The demand's id, as `Story.frame` gives it.
    language
        In which it is told; the articles' words stay as they are.

    Raises
    ------
    KeyError
        If the story has no such demand.
    """
    demand, names, t = story.demand(id), story.names(), labels(language)
    who = "; ".join(names[a] for a in demand.actors) or t("speaker.unknown_actor")
    whom = "; ".join(names[a] for a in demand.addressees) or t("speaker.nobody")
    state = f"{t('story.at_the_end')} <b>{t(f'state.{demand.state}')}</b>"
    head = f"<p><b>{escape(who)}</b> → {escape(whom)}: {_words(f'«{demand.content}»')} — {state}</p>"
    lines = [(told.date or "", 0, n, _telling(told, demand.told[0], n, t)) for n, told in enumerate(demand.told)]
    for n, answer in enumerate(demand.answers):
        said = "; ".join(names[a] for a in answer.actors) or t("speaker.unknown_actor")
        lines += [(told.date or "", 1, n, _answer(told, answer, said, demand.told[0], t)) for told in answer.told]
    body = "".join(line for *_, line in sorted(lines, key=lambda x: x[:3]))
    return f'<div lang="{language}">{head}{body}</div>'


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


def _telling(told: Told, first: Told, number: int, t: Labels) -> str:
    verb = t("story.told_again" if number else "story.demanded")
    beside = (
        f"<p>{t('story.first', where=_where(first, t))} {_marked(first, _MARK)}</p>{_why(told, t)}" if number else ""
    )
    return _line(told, f"■ {verb}", f"<p>{_marked(told, _MARK)}</p>{beside}", t)


def _answer(told: Told, answer: StoryAnswer, said: str, first: Told, t: Labels) -> str:
    late = f" ({t('story.overtaken')})" if answer.overtaken else ""
    to = f"<p>{t('story.demanded_first', where=_where(first, t))} {_marked(first, _MARK)}</p>"
    what = f"● {escape(said)}: <b>{t(f'stance.{answer.stance}')}</b>{late}"
    return _line(told, what, f"<p>{_marked(told, _ANSWER)}</p>{to}{_why(told, t)}", t)


def _line(told: Told, what: str, inside: str, t: Labels) -> str:
    head = f"{_where(told, t)} · {what}: {_words(f'«{_short(told.text)}»')}"
    return f"<details><summary>{head}</summary>{inside}</details>"


def _where(told: Told, t: Labels) -> str:
    """Return day and outlet, as HTML."""
    return " ".join(filter(None, ((told.date or t("story.undated"))[:10], escape(told.source or told.doc))))


def _short(text: str, most: int = 110) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 2]} …"


def _words(text: str) -> str:
    """Return an article's words, which are Norwegian whatever language tells of them."""
    return f'<span lang="no">{escape(text)}</span>'


def _marked(told: Told, style: str) -> str:
    """Return the sentence with the words marked."""
    before, found, after = told.sentence.partition(told.text)
    if not found:
        return f'<mark lang="no" style="{style}">{escape(told.text)}</mark>'
    return f'<span lang="no">{escape(before)}<mark style="{style}">{escape(found)}</mark>{escape(after)}</span>'


def _why(told: Told, t: Labels) -> str:
    """Return what spoke for it, each sign once, in words."""
    signs = [sign_in_words(r.rule, t) if r.weight is None else weighed(r.rule, "", r.weight, t) for r in told.reasons]
    said = "; ".join(dict.fromkeys(signs))
    return f"<p><small>{t('story.likely', value=number(told.likely, 2))} {escape(said)}</small></p>" if said else ""
