"""What the rules alone find, before the learned decisions weigh it."""

from __future__ import annotations

from corpus_lib.actors import introduce
from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.demands.rules import find_demands, find_responses
from corpus_lib.language import load, parse
from corpus_lib.quotes import find_quotes
from corpus_lib.structure import article_of


def analyse(text: str, *, language: str | None = None) -> Analysis:
    """Return an analysis whose demands and answers are those of the rules."""
    article = article_of(text, id="text", language=language)
    parsed = parse(article.text, [b.span for b in article.blocks], nlp=load(), language=article.language)
    cast = introduce(article, parsed)
    quotes = find_quotes(article, parsed, cast)
    demands = find_demands(article, parsed, cast, quotes)
    responses = find_responses(article, parsed, cast, quotes, demands)
    cells = comparison(demands, responses)
    used = {a for r in (*demands, *responses) for a in r.actors} | {a for d in demands for a in d.addressees}
    used |= {s for q in quotes for s in q.speakers}
    return Analysis(
        article=article, actors=cast.actors(used), quotes=quotes, demands=demands, responses=responses, cells=cells
    )
