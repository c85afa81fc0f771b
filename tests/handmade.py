"""An analysis made by hand, and one full of hostile text: what pages and figures are tested with."""

from __future__ import annotations

import re
from dataclasses import replace

from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.model import (
    Actor,
    Article,
    Block,
    Demand,
    Link,
    Mention,
    Metadata,
    Quote,
    Reason,
    Response,
    Span,
    sha256,
)

TEXT = (
    "Kommunen krever ferje\n"
    "– Vi gir oss ikke, sier ordfører Kari Lie, – og «aldri» før jul.\n"
    "Lie krever at staten betaler for alt. Hun vil også at ferja går om natta.\n"
    "Statsråd Per Lund mener at Lie tar feil.\n"
    "Staten avviser kravet fra kommunen."
)
MADE_BY = {"corpus_lib": "0.1.0", "model": "corpus_lib_norwegian 1", "options": {}}

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</mark></title></style>",
    "javascript:alert(1)",
    "\u202eomvendt\u2066 \u200fog\u2069",
    "$\\frac{1}{0}$ {0} %s",
    "=cmd|' /C calc'!A0",
    "x" * 10_000,
)


def span(part: str, text: str = TEXT) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


def quote(id: str, kind: str, speakers: tuple[str, ...], *parts: str, rule: str = "dash turn with inquit") -> Quote:
    segments = tuple(span(part) for part in parts)
    reasons = (Reason("inquit", segments[-1], "name"),)
    return Quote(id, kind, segments, None, None, None, speakers, None, rule, reasons, 0.9)  # type: ignore[arg-type]


def demand(id: str, actor: str, addressee: str, content: str, *, members: tuple[str, ...] = ()) -> Demand:
    return Demand(
        id, "set" if members else "single", (actor,), None, (addressee,) if addressee else (), None, span(content),
        span("krever"), "demand", members, (), None, "2022-01-20", "verb of demanding",
        (Reason("cue", span("krever")),), 0.85,
    )  # fmt: skip


def response(id: str, actor: str, stance: str, evidence: str, *targets: str) -> Response:
    links = tuple(Link(t, 0.9, ()) for t in targets)
    return Response(
        id, (actor,), None, links, None, stance, span(evidence), span("avviser"), "unspecified", "explicit", None,  # type: ignore[arg-type]
        "verb of rejecting", (Reason("cue", span("avviser")),), 0.8,
    )  # fmt: skip


def article(text: str = TEXT, id: str = "ferja") -> Article:
    lines = [(m.start(), m.end()) for m in re.finditer(r".+", text)]
    blocks = tuple(Block("body" if n else "title", *line) for n, line in enumerate(lines))
    return Article(id, text, sha256(text), "nb", Metadata(date="2022-01-26", source="Bodø Tidende"), blocks)


def analysis(id: str = "ferja") -> Analysis:
    """Return an article of five lines with three quotations, three demands and one answer."""
    actors = (
        Actor("a1", "Kari Lie", "person", roles=("ordfører",)),
        Actor("a2", "Per Lund", "person", roles=("statsråd",), affiliation="staten"),
        Actor("a3", "staten", "state"),
    )
    about = span("Lie tar feil")
    mention = Mention(about.start, about.start + 3, "name", "surname")
    actors = (replace(actors[0], mentions=(mention,)), *actors[1:])
    quotes = (
        quote("q1", "direct", ("a1",), "Vi gir oss ikke", "og «aldri» før jul"),
        quote("q2", "indirect", ("a2",), "Lie tar feil", rule="clause of a verb of saying"),
        quote("q3", "mixed", (), "krever ferje", rule="colon behind who says it"),
    )
    demands = (
        demand("d1", "a1", "a3", "staten betaler for alt", members=("d2", "d3")),
        demand("d2", "a1", "a3", "betaler for alt"),
        demand("d3", "a1", "a3", "ferja går om natta"),
    )
    responses = (response("r1", "a3", "reject", "Staten avviser kravet fra kommunen", "d1", "d2"),)
    return Analysis(article(id=id), actors, quotes, demands, responses, comparison(demands, responses), MADE_BY)


def hostile() -> Analysis:
    """Return the same analysis with hostile words in the text, the names, the rules' notes and the file's name."""
    made, poison = analysis(), " ".join(HOSTILE)
    text = f"{TEXT}\n{poison}"
    said = Span(len(TEXT) + 1, len(text))
    actors = tuple(replace(a, name=f"{a.name} {poison}", roles=(poison,), affiliation=poison) for a in made.actors)
    bad = replace(made.quotes[0], id="q4", segments=(said,), medium=poison, reasons=(Reason("inquit", said, poison),))
    wanted = replace(made.demands[2], id="d4", content=said, addressees=("a2",))
    refused = replace(made.responses[0], id="r2", evidence=said, links=(Link("d4", 0.9, ()),))
    demands, responses = (*made.demands, wanted), (*made.responses, refused)
    metadata = Metadata(title=poison, date=poison, byline=poison, source=poison)
    page = replace(article(text, id=poison), metadata=metadata, warnings=(poison,))
    return Analysis(
        page, actors, (*made.quotes, bad), demands, responses, comparison(demands, responses),
        {"corpus_lib": poison, "model": poison, "options": {}},
    )  # fmt: skip
