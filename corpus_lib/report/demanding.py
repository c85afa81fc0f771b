"""Who demands what, and what is answered: the matrix with every answer, demand and answers side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.labels import number
from corpus_lib.model import STANCES, Cell, Demand, Response
from corpus_lib.plots import STANCE_MARKS
from corpus_lib.report.markup import Content, Html, element, filled, heading, joined, link, named, table, verbatim
from corpus_lib.report.setting import SURE, Setting, unsure, why

if TYPE_CHECKING:
    import pandas as pd

_VERBS = {"demand": "demands", "request": "asks", "proposal": "proposes"}

_MOST_DEMANDS, _MOST_ACTORS = 100, 30
"""As many rows and columns the matrix has: a table of all with all would grow with the square of the article."""

_MOST_ANSWERS = 20
"""As many answers are laid out beside a demand; to the others there are links."""


def has_times(events: pd.DataFrame) -> bool:
    """Say whether demands and answers are of several days, so that there is a line of time to draw."""
    return len({d for d in map(str, events["date"].dropna()) if len(d) >= len("2022-01-26")}) > 1


def matrix(analysis: Analysis, at: Setting) -> Html:
    """Return demands × actors: each cell the stances of all answers, with links to the words they rest on."""
    if not analysis.demands:
        return Html("")
    language, names = analysis.article.language, analysis.names()
    demands, actors = _in_matrix(analysis)
    cells = {(c.demand, c.actor): c for c in analysis.cells}
    responses = {r.id: r for r in analysis.responses}
    rows: list[Sequence[Content]] = []
    for d in demands:
        row = joined((
            link(f"{at.prefix}-row-{d.id}", d.id), " ", at.actors(analysis.joined(d.actors, names), language), ": ",
            element("span", verbatim(analysis.article.slice(d.content), language), class_="demanded"),
            unsure(at) if d.confidence < SURE else "",
        ))  # fmt: skip
        rows.append((row, *(_cell(cells.get((d.id, a)), responses, at) for a in actors)))
    caption = at.t("report.matrix_caption", demands=at.t("count.demands", n=len(rows)))
    head = (at.t("noun.demand"), *(named(names[a], language) for a in actors))
    return joined((table(caption, head, rows, kinds="w"), _not_in_matrix(analysis, demands, actors, at), _key(at)))


def _in_matrix(analysis: Analysis) -> tuple[Sequence[Demand], Sequence[str]]:
    """Return the first demands, and of the actors that have a part in them those that have it most often."""
    demands = analysis.demands[:_MOST_DEMANDS]
    first = {d.id for d in demands}
    counts = Counter(c.actor for c in analysis.cells if c.demand in first)
    most = {actor for actor, _ in counts.most_common(_MOST_ACTORS)}
    return demands, [actor for actor in counts if actor in most]


def _not_in_matrix(analysis: Analysis, demands: Sequence[Demand], actors: Sequence[str], at: Setting) -> Html:
    """Return how many demands and actors the table leaves out, and where they stand."""
    others = len({c.actor for c in analysis.cells}.difference(actors))
    more = len(analysis.demands) - len(demands)
    left = [at.t("count.demands", n=more)] if more else []
    left += [at.t("count.actors", n=others)] if others else []
    if not left:
        return Html("")
    start = analysis.demands[len(demands) % len(analysis.demands)]
    where = link(f"{at.prefix}-row-{start.id}", at.t("report.laid_out"))
    return element("p", filled(at.t, "report.left_out", what=at.t.joined(left), where=where), class_="small")


def _cell(cell: Cell | None, responses: dict[str, Response], at: Setting) -> Html:
    if cell is None:
        return element("span", at.t("report.empty_cell"), class_="vh")
    if not cell.responses:
        return _stance("none" if cell.attested else "not_found", at)
    told = [responses[r] for r in cell.responses]
    lines = [
        joined((
            _stance(stance, at), " ",
            joined((_to(r.id, at) for r in told if r.stance == stance), " "),
            "" if any(r.confidence >= SURE for r in told if r.stance == stance) else unsure(at),
        ))
        for stance in dict.fromkeys(r.stance for r in told)
    ]  # fmt: skip
    lines += [element("b", at.t("report.conflict"), class_="small")] if cell.conflict else []
    return joined(lines, Html("<br>"))


def _to(record: str, at: Setting) -> Html:
    return link(f"{at.prefix}-{record}", record, label=at.t("report.in_text", id=record), class_="small")


def _stance(stance: str, at: Setting) -> Html:
    """Return a stance with its sign; its colour only repeats it."""
    mark = STANCE_MARKS["none" if stance == "not_found" else stance][0]
    plain = stance in ("none", "not_found")
    return element("span", f"{mark} {at.t(f'stance.{stance}')}", class_=f"stance {'none' if plain else stance}")


def _key(at: Setting) -> Html:
    """Return what the words in the matrix mean."""
    stances = [element("li", _stance(s, at), f" {at.t(f'stance_meaning.{s}')}") for s in (*STANCES, "not_found")]
    stances += [element("li", unsure(at), f" {at.t('report.unsure_means')}")]
    return element(
        "details", element("summary", at.t("report.key")), element("ul", *stances, class_="legend"), class_="key-of"
    )


def pairs(analysis: Analysis, at: Setting, level: int) -> Html:
    """Return every demand with the answers to it, verbatim, and the answers to demands that are not stated."""
    first: set[str] = set()
    answers = _answers(analysis)
    parts = [_pair(analysis, d, answers.get(d.id, ()), at, level, first) for d in analysis.demands]
    known = {d.id for d in analysis.demands}
    loose = [r for r in analysis.responses if not known.intersection(r.targets)]
    if loose:
        parts += [heading(level, at.t("report.loose"))]
        parts += [element("ul", *(_answer(analysis, r, at, set()) for r in loose), class_="answers loose")]
    return joined(parts)


def _answers(analysis: Analysis) -> dict[str, list[Response]]:
    """Return the answers to each demand."""
    found: dict[str, list[Response]] = {}
    for response in analysis.responses:
        for target in dict.fromkeys(response.targets):
            found.setdefault(target, []).append(response)
    return found


def _pair(
    analysis: Analysis, demand: Demand, answers: Sequence[Response], at: Setting, level: int, first: set[str]
) -> Html:
    """Return a demand and the answers to it, verbatim, in two columns."""
    language = analysis.article.language
    facts = [at.t(f"strength.{demand.strength}")]
    facts += [at.t("report.made_on", date=demand.date)] if demand.date else []
    facts += [at.t("report.members", n=len(demand.members))] if demand.members else []
    left = joined((
        element("blockquote", element("p", verbatim(analysis.article.slice(demand.content))), lang=language),
        _members(demand, at),
        element("div", " · ".join(facts), " · ", why(analysis, demand, at), class_="small"),
    ))  # fmt: skip
    right = element("p", at.t("report.no_answer"), class_="none-found")
    if answers:
        laid = [_answer(analysis, r, at, first) for r in answers[:_MOST_ANSWERS]]
        others = [element("li", _answer_head(analysis, r, at), id=_row(r, at, first)) for r in answers[_MOST_ANSWERS:]]
        right = element("ul", *laid, *others, class_="answers")
    columns = joined((element("div", left), element("div", right)))
    return element(
        "div", heading(level, _to(demand.id, at), " ", _who_demands(analysis, demand, at)),
        element("div", columns, class_="pair"), id=f"{at.prefix}-row-{demand.id}", class_="demand",
    )  # fmt: skip


def _who_demands(analysis: Analysis, demand: Demand, at: Setting) -> Html:
    language, verb = analysis.article.language, _VERBS[demand.strength]
    who = at.actors(analysis.joined(demand.actors), language)
    if not demand.addressees:
        return filled(at.t, f"report.{verb}", who=who)
    return filled(at.t, f"report.{verb}_of", who=who, whom=named(analysis.joined(demand.addressees), language))


def _members(demand: Demand, at: Setting) -> Html:
    if not demand.members:
        return Html("")
    links = joined((link(f"{at.prefix}-row-{m}", m) for m in demand.members), ", ")
    return element("p", filled(at.t, "report.set", members=links), class_="small")


def _answer(analysis: Analysis, response: Response, at: Setting, first: set[str]) -> Html:
    """Return an answer verbatim; its id is given where it first stands."""
    return element(
        "li", element("p", _answer_head(analysis, response, at)),
        element(
            "blockquote", element("p", verbatim(analysis.article.slice(response.evidence))),
            lang=analysis.article.language,
        ),
        element("div", why(analysis, response, at), class_="small"),
        id=_row(response, at, first),
    )  # fmt: skip


def _answer_head(analysis: Analysis, response: Response, at: Setting) -> Html:
    """Return who answers and how, with a link to the words."""
    who = at.actors(analysis.joined(response.actors), analysis.article.language)
    return joined((_to(response.id, at), " ", element("b", who), " ", _stance(response.stance, at)))


def _row(response: Response, at: Setting, first: set[str]) -> str | None:
    """Return the id of an answer where it first stands, then None."""
    if response.id in first:
        return None
    first.add(response.id)
    return f"{at.prefix}-row-{response.id}"


def drawn(analyses: Analysis | Sequence[Analysis], at: Setting) -> Html:
    """Return the figures of who names whom, who demands of whom, and when, where there is something to draw."""
    t, pictures = at.t, []
    about, asked, when = plots.speaking_about(analyses), plots.demanding_of(analyses), plots.events(analyses)
    if not about.empty:
        pictures.append((plots.speaking_network(about, language=t.language), "about"))
    if not asked.empty:
        pictures.append((plots.demand_graph(asked, language=t.language), "graph"))
    if has_times(when):
        pictures.append((plots.timeline(when, language=t.language), "time"))
    shown = [
        plots.as_svg(figure, caption=t(f"report.{name}_figure"), name=f"{at.prefix}-{name}")
        for figure, name in pictures
    ]
    return Html(f'<div class="figures">{"".join(shown)}</div>' if shown else "")


def pairs_table(asked: pd.DataFrame, at: Setting, most: int) -> Html:
    """Return who demands of whom: how many demands, how many that party answers, and every answer to them."""
    t = at.t
    rows: list[Sequence[Content]] = []
    for actor, addressee, demands, answered, answers, stances in (
        asked[["actor", "addressee", "demands", "answered", "answers", "stances"]].head(most).itertuples(index=False)
    ):
        how = [f"{t(f'stance.{s}')} {number(n)}" for s, n in stances]
        rows.append(
            (named(actor), named(addressee), demands, answered, answers, t.joined(how) or t("stance.not_found"))
        )
    caption = t("overview.pairs", n=len(asked))
    caption = t("overview.pairs_most", n=len(rows), pairs=caption) if len(rows) < len(asked) else caption
    columns = ("who", "of", "how_many", "own_answers", "all_answers", "how")
    made = table(caption, [t(f"overview.{c}") for c in columns], rows, kinds="  nnnw")
    return joined((made, element("p", t("overview.pairs_note"), class_="small")))
