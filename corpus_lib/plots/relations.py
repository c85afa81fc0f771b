"""Analyses → the frames that the figures are drawn from; actors of several articles meet by their names."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus_lib.analysis import Analysis
from corpus_lib.language.dates import find_dates
from corpus_lib.model import Demand, Quote, Span
from corpus_lib.render import NOBODY, speaker_name
from corpus_lib.sources.acting import can_act

if TYPE_CHECKING:
    import pandas as pd

Analyses = Analysis | Iterable[Analysis]

_EVENTS = ("date", "kind", "actor", "stance", "label", "doc", "record", "basis")


def _each(analyses: Analyses) -> Iterator[Analysis]:
    if isinstance(analyses, Analysis):
        yield analyses
    else:
        yield from analyses


def speaking_about(analyses: Analyses) -> pd.DataFrame:
    r"""Return who names whom inside quotations: speaker, about, quotes, mentions; most mentions first.

    Names and roles count, pronouns do not; who speaks of himself is left out.

    Parameters
    ----------
    analyses
        One analysis, or several.

    Examples
    --------
    >>> from corpus_lib import analyse
    >>> found = speaking_about(analyse("Ap varsler kamp\n\n– Nav gir oss ikke svar, sier Kari Lie."))
    >>> found[["speaker", "about", "mentions"]].to_dict("records")
    [{'speaker': 'Kari Lie', 'about': 'Nav', 'mentions': 1}]
    """
    import pandas as pd

    quotes: Counter[tuple[str, str]] = Counter()
    mentions: Counter[tuple[str, str]] = Counter()
    for analysis in _each(analyses):
        names, naming = analysis.names(), _naming(analysis)
        for quote in analysis.quotes:
            if quote.denied:
                continue
            named = _named_in(quote, naming)
            for speaker in [names[s] for s in quote.speakers] or [NOBODY]:
                for about, count in named.items():
                    if about != speaker:
                        mentions[speaker, about] += count
                        quotes[speaker, about] += 1
    ordered = sorted(mentions, key=lambda pair: (-mentions[pair], pair))
    rows = [(*pair, quotes[pair], mentions[pair]) for pair in ordered]
    return pd.DataFrame(rows, columns=["speaker", "about", "quotes", "mentions"])


def _naming(analysis: Analysis) -> list[tuple[Span, str]]:
    """Return where actors are named, by name or role, in text order."""
    mentions = ((m, a.name) for a in analysis.actors for m in a.mentions)
    return sorted((m.span, name) for m, name in mentions if m.kind != "pronoun")


def _named_in(quote: Quote, naming: Sequence[tuple[Span, str]]) -> Counter[str]:
    """Return how often each actor is named within the words of a quotation."""
    return Counter(
        name
        for segment in quote.segments
        for span, name in naming[_from(naming, segment.start) : _from(naming, segment.end)]
        if span.within(segment)
    )


def _from(naming: Sequence[tuple[Span, str]], position: int) -> int:
    """Return the number of the first mention that begins at a place or behind it."""
    return bisect_left(naming, position, key=lambda named: named[0].start)


def demanding_of(analyses: Analyses) -> pd.DataFrame:
    """Return who demands of whom: actor, addressee, demands, answered, rejected, answers, stances; most demands first.

    The demands of a set count one by one, each with the set's addressees where it has none of its own. ``answered``
    counts the demands that the addressee answers itself, ``rejected`` those it rejects; ``answers`` counts every answer
    to them, whoever gives it, and ``stances`` holds their stances as pairs with their number. An addressee that is no
    party («to prosent»), or that demands of itself, is left out.

    Parameters
    ----------
    analyses
        One analysis, or several.
    """
    import pandas as pd

    found: dict[tuple[str, str], _Pair] = {}
    for analysis in _each(analyses):
        names = analysis.names()
        parties = {a.id for a in analysis.actors if can_act(a)}
        cells = {(c.demand, c.actor): c.stance for c in analysis.cells}
        answers: dict[str, list[str]] = {}
        for response in analysis.responses:
            for target in dict.fromkeys(response.targets):
                answers.setdefault(target, []).append(response.stance)
        for demand, addressees in _addressed(analysis):
            for addressee in (a for a in addressees if a in parties):
                stance = cells.get((demand.id, addressee), "none")
                for actor in [names[a] for a in demand.actors if a != addressee] or ["unknown"] * (not demand.actors):
                    pair = found.setdefault((actor, names[addressee]), _Pair())
                    pair.count(stance, answers.get(demand.id, ()))
    ordered = sorted(found, key=lambda pair: (-found[pair].demands, pair))
    return pd.DataFrame([(*pair, *found[pair].row()) for pair in ordered], columns=list(_DEMANDING))


_DEMANDING = ("actor", "addressee", "demands", "answered", "rejected", "answers", "stances")


@dataclass(slots=True)
class _Pair:
    """What is counted for who demands and of whom."""

    demands: int = 0
    answered: int = 0
    rejected: int = 0
    stances: Counter[str] = field(default_factory=Counter)

    def count(self, own: str, all_of_them: Iterable[str]) -> None:
        """Count a demand: the addressee's own stance, and those of all answers to it."""
        self.demands += 1
        self.answered += own != "none"
        self.rejected += own == "reject"
        self.stances.update(all_of_them)

    def row(self) -> tuple[object, ...]:
        """Return the numbers in the order of the columns."""
        return self.demands, self.answered, self.rejected, self.stances.total(), tuple(self.stances.most_common())


def answers_of(analysis: Analysis) -> pd.DataFrame:
    """Return the matrix with every answer: demands × actors, each cell the stances of all answers, parted by ``; ``.

    ``Analysis.comparison()`` gives a cell the one stance that stands out; here an offer or a counter-demand beside a
    refusal is told too. ``not found`` and ``none`` as there.
    """
    frame, names = analysis.comparison(), analysis.names()
    stances = {r.id: r.stance for r in analysis.responses}
    rows, columns = {key[0]: n for n, key in enumerate(frame.index)}, {name: n for n, name in enumerate(frame.columns)}
    cells: dict[tuple[int, int], dict[str, None]] = {}
    for cell in analysis.cells:
        told: list[str] = [*(stances[r] for r in cell.responses)] or [cell.shown]
        cells.setdefault((rows[cell.demand], columns[names[cell.actor]]), {}).update(dict.fromkeys(told))
    for (row, column), told_here in cells.items():
        frame.iloc[row, column] = "; ".join(told_here)
    return frame


def _addressed(analysis: Analysis) -> Iterator[tuple[Demand, tuple[str, ...]]]:
    """Yield the demands that are no set, each with its addressees or those of its set."""
    of_set = {m: d.addressees for d in analysis.demands for m in d.members}
    known = {d.id for d in analysis.demands}
    for demand in analysis.demands:
        if not known.intersection(demand.members):
            yield demand, demand.addressees or of_set.get(demand.id, ())


def events(analyses: Analyses) -> pd.DataFrame:
    """Return demands and answers by date: date, kind, actor, stance, label, doc, record, basis; oldest first.

    The date is the one stated beside the words (basis ``stated``), else the article's (``article``), else None.

    Parameters
    ----------
    analyses
        One analysis, or several.
    """
    import pandas as pd

    rows = [row for analysis in _each(analyses) for row in _events(analysis)]
    rows.sort(key=lambda row: str(row[0] or "9999"))
    return pd.DataFrame(rows, columns=list(_EVENTS), dtype="object")


def _events(analysis: Analysis) -> Iterator[tuple[str | None, ...]]:
    article = analysis.article
    reference = article.metadata.published or article.metadata.date
    own = reference[:10] if reference else None
    for demand in analysis.demands:
        date, basis = _dated(analysis, demand.content, own)
        if demand.date and demand.date != date:
            date, basis = demand.date, "stated"
        yield (
            date, "demand", analysis.joined(demand.actors) or "unknown", None, article.slice(demand.content),
            article.id, demand.id, basis,
        )  # fmt: skip
    for response in analysis.responses:
        date, basis = _dated(analysis, response.evidence, own)
        yield (
            date, "answer", analysis.joined(response.actors) or "unknown", response.stance,
            article.slice(response.evidence), article.id, response.id, basis,
        )  # fmt: skip


def _dated(analysis: Analysis, span: Span, own: str | None) -> tuple[str | None, str | None]:
    """Return the date that stands in a span's paragraph and on what it rests; else the article's own."""
    article = analysis.article
    block = article.blocks[analysis.block_of(span.start)]
    found = find_dates(block.span.of(article.text), reference=own)
    if found:
        return found[0].iso[:10], "stated"
    return own, "article" if own else None


def speaker_blocks(analyses: Analyses) -> pd.DataFrame:
    """Return where speakers are quoted: speaker, block (title, lead, body …), quotes, words.

    Parameters
    ----------
    analyses
        One analysis, or several.
    """
    import pandas as pd

    quotes: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str]] = Counter()
    for analysis in _each(analyses):
        names = analysis.names()
        for quote in analysis.quotes:
            kind = analysis.article.blocks[analysis.block_of(quote.start)].kind
            pair = (speaker_name(quote, names), kind)
            quotes[pair] += 1
            words[pair] += analysis.word_count(quote)
    ordered = sorted(quotes, key=lambda pair: (-words[pair], pair))
    rows = [(*pair, quotes[pair], words[pair]) for pair in ordered]
    return pd.DataFrame(rows, columns=["speaker", "block", "quotes", "words"])
