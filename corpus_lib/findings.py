"""What was found, in sentences that are made from the data: another article tells another story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.labels import Labels, Language, labels, number
from corpus_lib.plots.style import shown
from corpus_lib.words import Index, content

if TYPE_CHECKING:
    import pandas as pd

_MOST = 3
"""How many are named; the others are counted."""

_UNMET = {"none", "not found"}
"""What a cell of the matrix shows where there is no answer."""

_SURE = 0.05


def three(analyses: Analysis | Sequence[Analysis], language: Language = "en", index: Index | None = None) -> list[str]:
    r"""Return what was found in three sentences: who speaks, what is demanded and answered, which words carry it.

    Parameters
    ----------
    language
        In which it is told.
    index
        The words of the analyses, where they are indexed already.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> for sentence in three(analyse("Uenige om lønn\n\nLO krever at NHO snur. NHO avviste kravet.")):
    ...     print(sentence)
    Nobody is quoted.
    1 demand found, made by LO (1); NHO refuses 1.
    The most frequent content words are NHO (2), avvise (1) and krav (1), counted by lemma.
    """
    given = [analyses] if isinstance(analyses, Analysis) else list(analyses)
    t = labels(language)
    return [speech(given, t), demands(given, t), words(index or Index.of_analyses(given), t)]


def speech(analyses: Sequence[Analysis], t: Labels) -> str:
    """Return who has the quoted words."""
    held: Counter[str | None] = Counter()
    for a in analyses:
        names = a.names()
        for q in a.quotes:
            held[a.joined(q.speakers, names)] += a.word_count(q)
    total = sum(held.values())
    if not total:
        return t("findings.nobody")
    named = [(who, n) for who, n in held.most_common() if who is not None]
    parts = [t("findings.share", who=shown(who), share=_percent(n, total)) for who, n in named[:_MOST]]
    if len(named) > _MOST:
        parts.append(t("findings.rest", n=len(named) - _MOST))
    if held[None]:
        parts.append(t("findings.unknown_share", share=_percent(held[None], total)))
    return t("findings.speech", words=t("count.quoted_words", n=total), parts=t.joined(parts))


def _percent(part: int, whole: int) -> str:
    return number(100 * part / whole)


def demands(analyses: Sequence[Analysis], t: Labels) -> str:
    """Return how many demands there are, whose they are, and how each party answers."""
    made: Counter[str] = Counter()
    told: Counter[tuple[str, str]] = Counter()
    for a in analyses:
        names = a.names()
        made.update(a.joined(d.actors, names) or t("speaker.unknown_actor") for d in a.demands)
        told.update((names[c.actor], c.shown) for c in a.cells)
    if not made:
        return t("findings.no_demands")
    makers = [f"{shown(who)} ({number(n)})" for who, n in made.most_common(_MOST)]
    if len(made) > _MOST:
        makers.append(t("count.others", n=len(made) - _MOST))
    return t(
        "findings.demands", demands=t("count.demands", n=sum(made.values())), makers=t.joined(makers),
        answers=t.joined(_answers(told, t)) or t("findings.no_answers"),
    )  # fmt: skip


def _answers(told: Mapping[tuple[str, str], int], t: Labels) -> list[str]:
    """Return how each party answers, most first, and how many answers are missing."""
    given = sorted(((n, *key) for key, n in told.items() if key[1] not in _UNMET), key=lambda one: -one[0])
    parts = [t(f"findings.answer.{stance}", who=shown(who), n=n) for n, who, stance in given[:_MOST]]
    missing = sum(n for (_, stance), n in told.items() if stance in _UNMET)
    return [*parts, *([t("findings.silent", n=missing)] if missing else [])]


def words(index: Index, t: Labels) -> str:
    """Return the most frequent content words, by lemma."""
    top = content.as_written(content.frequent(index, _MOST)).frame
    if top.empty:
        return t("findings.no_words")
    named = [f"{shown(str(word))} ({number(int(n))})" for word, n in zip(top["word"], top["count"], strict=True)]
    return t("findings.words", words=t.joined(named))


def reference(index: Index, language: Language = "en") -> str:
    """Return what the words are compared with at large; where there is no such list, why, and with what instead."""
    t = labels(language)
    if content.general(content.languages_of(index)):
        return ""
    nynorsk = "nn" in content.languages_of(index)
    return t("findings.no_reference_nn" if nynorsk else "findings.no_reference_installed")


# One article, for the notebooks --------------------------------------------------------------------------------------


def headline(analysis: Analysis, language: Language = "en") -> str:
    """Return whom title and lead quote."""
    t = labels(language)
    blocks = plots.speaker_blocks(analysis)
    who = [shown(str(w)) for w in dict.fromkeys(blocks[blocks["block"] != "body"]["speaker"])]
    if not who:
        return t("findings.headline_nobody")
    return t("findings.headline" if len(who) > 1 else "findings.headline_alone", who=t.joined(who))


def unheard(analysis: Analysis, language: Language = "en") -> str:
    """Return who is called on or criticised, and of whom no voice was found: a list to check, no verdict."""
    t, found = labels(language), analysis.hearing()
    if found.empty:
        return t("findings.no_party")
    silent = [shown(str(party)) for party in found["party"][found["heard"] == "not found"]]
    return t("findings.unheard", who=t.joined(silent)) if silent else t("findings.all_heard")


def ordered(counts: pd.DataFrame, language: Language = "en") -> str:
    """Return whether the order of the most frequent words could be chance: whether their intervals overlap.

    Parameters
    ----------
    counts
        A frame of ``Index.frequency``: word, low, high.
    """
    t, top = labels(language), counts.head(_MOST)
    if len(top) > 1 and top["high"].iloc[-1] < top["low"].iloc[0]:
        first, last = (shown(str(top["word"].iloc[place])) for place in (0, -1))
        return t("findings.beyond_chance", first=first, last=last)
    return t("findings.by_chance") if len(top) > 1 else ""


def places(index: Index, lemmas: Sequence[str], language: Language = "en") -> str:
    """Return which words, by lemma, stand mostly in the first half of the texts, and which in the second."""
    t, names = labels(language), content.names(index)
    middle = index.occurrences(lemmas, layer="lemma").frame.groupby("query")["share"].median()
    known = {lemma: names.get(lemma, lemma) for lemma in lemmas if lemma in middle.index}
    halves = {
        "first": [word for lemma, word in known.items() if middle[lemma] < 0.5],
        "second": [word for lemma, word in known.items() if middle[lemma] >= 0.5],
    }
    parts = [t(f"findings.{half}_half", words=t.joined(list(map(shown, qs)))) for half, qs in halves.items() if qs]
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}." if said else t("findings.nowhere")


def key_words(keywords: pd.DataFrame, language: Language = "en") -> str:
    """Return how many differences are more than chance after Holm's correction.

    Parameters
    ----------
    keywords
        A frame of ``Index.keyness``, with ``p_holm``.
    """
    t = labels(language)
    if keywords.empty:
        return t("findings.too_rare")
    sure = [shown(str(w)) for w in keywords["word"][keywords["p_holm"] <= _SURE]]
    if not sure:
        return t("findings.none_sure", n=len(keywords))
    return t("findings.some_sure", n=len(keywords), words=t.joined(sure[:5]))


def reading(measured: pd.DataFrame, language: Language = "en") -> str:
    """Return how heavy the text is to read, and which of its parts is the heaviest.

    Parameters
    ----------
    measured
        A frame of ``Index.readability``: part, words, lix; the first row is the whole.
    """
    t = labels(language)
    if measured.empty or not measured["words"].iloc[0]:
        return t("findings.no_reading")
    whole = float(measured["lix"].iloc[0])
    said = t("findings.lix", lix=number(whole), band=t(f"findings.band.{_band(whole)}"))
    parts = measured.iloc[1:]
    parts = parts[parts["words"] > 0].sort_values("lix")
    if len(parts) < 2:
        return said
    low, top = parts.iloc[0], parts.iloc[-1]
    extremes = t(
        "findings.extremes", top=shown(str(top["part"])), high=number(float(top["lix"])),
        low=shown(str(low["part"])), least=number(float(low["lix"])),
    )  # fmt: skip
    return f"{said} {extremes}"


_BANDS = ((30.0, "very_easy"), (40.0, "easy"), (50.0, "medium"), (60.0, "difficult"))


def _band(lix: float) -> str:
    """Return how heavy a LIX value is to read (Björnsson 1968)."""
    return next((name for limit, name in _BANDS if lix < limit), "very_difficult")
