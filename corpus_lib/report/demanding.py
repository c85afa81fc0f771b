"""Who demands what, and what is answered: the matrix with its evidence, demand and answers side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.model import Cell, Demand, Response
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.render import counted, number
from corpus_lib.report.markup import Content, Html, element, heading, joined, link, named, section, table, verbatim
from corpus_lib.report.saying import why

if TYPE_CHECKING:
    import pandas as pd

STANCES = {
    "accept": "agrees", "partial": "agrees in part", "condition": "agrees on a condition", "reject": "refuses",
    "counter": "demands something back", "offer": "offers something else", "noted": "answers without taking a stand",
    "none": "the text says that no answer was given; «not found»: none was found",
}  # fmt: skip
"""The stances in words."""

BASES = {
    "explicit": "the answer names the demand",
    "collective": "the answer is to several demands together",
    "entailed": "the answer follows from a principle that is upheld",
    "discourse": "the answer follows from the flow of the text",
    "computed": "no words: addressed, and no answer was found",
}
"""How an answer reaches its demand, in words."""


_VERBS = {"demand": ("demands", " of "), "request": ("asks", " "), "proposal": ("proposes", " to ")}


_MOST_DEMANDS, _MOST_ACTORS = 100, 30
"""As many rows and columns the matrix has: a table of all with all would grow with the square of the article."""

_MOST_ANSWERS = 20
"""As many answers are laid out beside a demand; to the others there are links."""

WHEN = "When: demands and answers by the date stated beside them, else by the article's own."
"""The caption of the timeline."""


def has_times(events: pd.DataFrame) -> bool:
    """Say whether demands and answers are of several days, so that there is a line of time to draw."""
    return len({d for d in map(str, events["date"].dropna()) if len(d) >= len("2022-01-26")}) > 1


def demanding(analysis: Analysis, prefix: str, level: int, *, figures: bool) -> Html:
    """Return the section on demands and answers.

    Parameters
    ----------
    prefix
        Goes before every id.
    level
        Of the section's heading.
    figures
        Whether figures are drawn; without, the tables alone.
    """
    parts = [
        heading(level, "Who demands what, and what is answered", id=f"{prefix}-demands"),
        element("p", plots.matrix_finding(analysis.comparison()), class_="finding"),
    ]
    if analysis.demands:
        parts += [_matrix(analysis, prefix), _key()]
        parts += [_drawn(analysis, prefix)] if figures else []
        parts += [heading(level + 1, "Demands and answers side by side, verbatim")]
        first: set[str] = set()
        answers = _answers(analysis)
        parts += [_pair(analysis, d, answers.get(d.id, ()), prefix, level + 2, first) for d in analysis.demands]
    known = {d.id for d in analysis.demands}
    loose = [r for r in analysis.responses if not known.intersection(r.targets)]
    if loose:
        parts += [heading(level + 1, "Answers to demands that the article does not state")]
        parts += [element("ul", *(_answer(analysis, r, prefix, set()) for r in loose), class_="answers loose")]
    return section(f"{prefix}-demands", level, *parts)


def _drawn(analysis: Analysis, prefix: str) -> Html:
    pictures = []
    edges, events = plots.demanding_of(analysis), plots.events(analysis)
    if not edges.empty:
        caption = "Who demands of whom: arrows carry the number of demands."
        pictures.append(plots.as_svg(plots.demand_graph(edges), caption=caption, name=f"{prefix}-graph"))
    if has_times(events):
        pictures.append(plots.as_svg(plots.timeline(events), caption=WHEN, name=f"{prefix}-time"))
    return Html(f'<div class="figures">{"".join(pictures)}</div>' if pictures else "")


def _answers(analysis: Analysis) -> dict[str, list[Response]]:
    """Return the answers to each demand."""
    found: dict[str, list[Response]] = {}
    for response in analysis.responses:
        for target in dict.fromkeys(response.targets):
            found.setdefault(target, []).append(response)
    return found


def _matrix(analysis: Analysis, prefix: str) -> Html:
    """Return demands × actors: each cell its stance, the basis, and links to the words it rests on."""
    language, names = analysis.article.language, analysis.names()
    demands, actors = _in_matrix(analysis)
    cells = {(c.demand, c.actor): c for c in analysis.cells}
    rows: list[Sequence[Content]] = []
    for d in demands:
        by = analysis.joined(d.actors, names) or "unknown"
        row = joined((
            link(f"{prefix}-row-{d.id}", d.id), " ", named(by, language), ": ",
            element("span", verbatim(analysis.article.slice(d.content), language), class_="demanded"),
        ))  # fmt: skip
        rows.append((row, *(_cell(cells.get((d.id, a)), prefix) for a in actors)))
    caption = f"Demands (rows) and how each actor answers them (columns): {number(len(rows))} demands"
    made = table(caption, ("Demand", *(named(names[a], language) for a in actors)), rows, kinds="w")
    return joined((made, _not_in_matrix(analysis, demands, actors, prefix)))


def _in_matrix(analysis: Analysis) -> tuple[Sequence[Demand], Sequence[str]]:
    """Return the first demands, and of the actors that have a part in them those that have it most often."""
    demands = analysis.demands[:_MOST_DEMANDS]
    first = {d.id for d in demands}
    counts = Counter(c.actor for c in analysis.cells if c.demand in first)
    most = {actor for actor, _ in counts.most_common(_MOST_ACTORS)}
    return demands, [actor for actor in counts if actor in most]


def _not_in_matrix(analysis: Analysis, demands: Sequence[Demand], actors: Sequence[str], prefix: str) -> Html:
    """Return how many demands and actors the table leaves out, and where they stand."""
    others = len({c.actor for c in analysis.cells}.difference(actors))
    left = [counted(len(analysis.demands) - len(demands), "demand")] if len(analysis.demands) > len(demands) else []
    left += [counted(others, "actor")] if others else []
    if not left:
        return Html("")
    start = analysis.demands[len(demands) % len(analysis.demands)]
    where = link(f"{prefix}-row-{start.id}", "laid out below")
    return element("p", f"Not in the table: {' and '.join(left)}. Every demand is ", where, ".", class_="small")


def _cell(cell: Cell | None, prefix: str) -> Html:
    if cell is None:
        return Html('<span class="vh">not addressed, not heard</span>')
    stance = _stance(cell.stance, cell.shown)
    if cell.conflict:
        stance = joined((stance, " ", element("b", "conflict")))
    if not cell.responses:
        return stance
    links = joined((link(f"{prefix}-{r}", r, label=f"{r} in the text") for r in cell.responses), " ")
    return joined((stance, Html("<br>"), element("span", cell.basis, ": ", links, class_="small")))


def _stance(stance: str, shown: str = "") -> Html:
    """Return a stance with its sign; its colour only repeats it."""
    word = shown or stance
    word = "no answer" if word == "none" else word
    return element("span", f"{STANCE_MARKS[stance][0]} {word}", class_=f"stance {stance}")


def _key() -> Html:
    """Return what the words in the matrix mean."""
    stances = [element("li", _stance(s), f" {text}") for s, text in STANCES.items()]
    bases = [element("li", element("b", basis), f": {text}") for basis, text in BASES.items() if basis != "computed"]
    inside = joined((element("ul", *stances, class_="legend"), element("ul", *bases, class_="legend")))
    return element("details", element("summary", "What the stances and their bases mean"), inside, class_="key-of")


def _pair(
    analysis: Analysis, demand: Demand, answers: Sequence[Response], prefix: str, level: int, first: set[str]
) -> Html:
    """Return a demand and the answers to it, verbatim, in two columns."""
    language = analysis.article.language
    verb, preposition = _VERBS[demand.strength]
    verb += f" (a set of {number(len(demand.members))})" if demand.members else ""
    to = joined((preposition, named(analysis.joined(demand.addressees), language))) if demand.addressees else Html("")
    by = analysis.joined(demand.actors)
    head = joined((
        link(f"{prefix}-{demand.id}", demand.id, label=f"{demand.id} in the text"), " ",
        named(by or "unknown", language if by else None), f" {verb}", to,
    ))  # fmt: skip
    facts = [f"{demand.strength}", f"confidence {number(demand.confidence, 2)}"]
    facts += [f"made {demand.date}"] if demand.date else []
    left = joined((
        element("blockquote", element("p", verbatim(analysis.article.slice(demand.content))), lang=language),
        element("p", " · ".join(facts), class_="small"),
        _members(demand, prefix),
        element("p", why(analysis, demand), class_="small"),
    ))  # fmt: skip
    right = _answers_beside(analysis, answers, prefix, first)
    if not answers:
        right = element("p", "No answer to it was found.", class_="none-found")
    columns = joined((element("div", left), element("div", right)))
    return element(
        "div", heading(level, head), element("div", columns, class_="pair"), id=f"{prefix}-row-{demand.id}",
        class_="demand",
    )  # fmt: skip


def _members(demand: Demand, prefix: str) -> Html:
    if not demand.members:
        return Html("")
    links = joined((link(f"{prefix}-row-{m}", m) for m in demand.members), ", ")
    return element("p", "A set that holds ", links, ".", class_="small")


def _answers_beside(analysis: Analysis, answers: Sequence[Response], prefix: str, first: set[str]) -> Html:
    """Return the answers to a demand, the first of them verbatim, the others as links to their words."""
    laid = [_answer(analysis, r, prefix, first) for r in answers[:_MOST_ANSWERS]]
    others = [element("li", _answer_head(analysis, r, prefix), id=_row(r, prefix, first))
              for r in answers[_MOST_ANSWERS:]]  # fmt: skip
    return element("ul", *laid, *others, class_="answers")


def _answer(analysis: Analysis, response: Response, prefix: str, first: set[str]) -> Html:
    """Return an answer verbatim; its id is given where it first stands."""
    language = analysis.article.language
    row, head = _row(response, prefix, first), _answer_head(analysis, response, prefix)
    facts = f"{response.basis}, scope {response.scope}, confidence {number(response.confidence, 2)}"
    return element(
        "li", element("p", head),
        element("blockquote", element("p", verbatim(analysis.article.slice(response.evidence))), lang=language),
        element("p", facts, " · ", why(analysis, response), class_="small"),
        id=row,
    )  # fmt: skip


def _answer_head(analysis: Analysis, response: Response, prefix: str) -> Html:
    """Return who answers and how, with a link to the words."""
    language, who = analysis.article.language, analysis.joined(response.actors)
    return joined((
        link(f"{prefix}-{response.id}", response.id, label=f"{response.id} in the text"), " ",
        element("b", named(who or "unknown", language if who else None)), " ",
        _stance(response.stance),
    ))  # fmt: skip


def _row(response: Response, prefix: str, first: set[str]) -> str | None:
    """Return the id of an answer where it first stands, then None."""
    if response.id in first:
        return None
    first.add(response.id)
    return f"{prefix}-row-{response.id}"
