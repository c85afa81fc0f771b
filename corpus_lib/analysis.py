"""`analyse`: the one path through the layers. `Analysis` holds its records and gives them as frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from corpus_lib import wire
from corpus_lib.errors import CorpusLibError, UnknownTable
from corpus_lib.fields import Record
from corpus_lib.given import refuse_no_article, refuse_no_pipeline, refuse_no_share
from corpus_lib.model import Actor, Article, Cell, Demand, Quote, Response, Span
from corpus_lib.tables import COLUMNS, TABLES, View, block_of, rows, word_count
from corpus_lib.version import MODEL, __version__

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language

    from corpus_lib.language import Parsed

T = TypeVar("T", Quote, Demand, Response)
D = TypeVar("D", Demand, Response)


@dataclass(frozen=True, slots=True, repr=False)
class Analysis:
    """What an article says: its actors, quotations, demands, responses and their comparison."""

    article: Article
    actors: tuple[Actor, ...]
    quotes: tuple[Quote, ...]
    demands: tuple[Demand, ...]
    responses: tuple[Response, ...]
    cells: tuple[Cell, ...]
    made_by: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        """Return the article's id and how much was found."""
        counts = f"{len(self.quotes)} quotes, {len(self.demands)} demands, {len(self.responses)} responses"
        return f"<Analysis of {self.article.id!r}: {counts}>"

    def names(self) -> dict[str, str]:
        """Return the actors' names by id."""
        return {a.id: a.name for a in self.actors}

    def frame(self, table: str) -> pd.DataFrame:
        r"""Return a table as a DataFrame: the same columns and types, also when it is empty.

        Parameters
        ----------
        table
            One of ``blocks``, ``actors``, ``quotes``, ``demands``, ``responses``, ``comparison``.

        Raises
        ------
        UnknownTable
            If there is no such table.

        Examples
        --------
        >>> analysis = analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
        >>> analysis.frame("quotes")[["speaker", "text"]].to_dict("records")
        [{'speaker': 'Kari Lie', 'text': 'Vi gir oss ikke'}]
        """
        import pandas as pd

        if table not in TABLES:
            raise UnknownTable(f"no table {table!r}; there are {', '.join(TABLES)}")
        frame = pd.DataFrame(self.rows(table), columns=list(TABLES[table]), dtype="object")
        return frame.astype({c.name: "object" if c.type == "string" else c.type for c in COLUMNS[table]})

    def rows(self, table: str) -> list[tuple[object, ...]]:
        """Return the rows of a table as tuples, in the order of its columns."""
        records: dict[str, Sequence[Any]] = {
            "blocks": self.article.blocks,
            "actors": self.actors,
            "quotes": self.quotes,
            "demands": self.demands,
            "responses": self.responses,
            "comparison": self.cells,
        }
        view = View(
            text=self.article.text,
            names=self.names(),
            doc=self.article.id,
            blocks=self.article.blocks,
            demands={d.id: d for d in self.demands},
            responses={r.id: r for r in self.responses},
        )
        return list(rows(table, records[table], view))

    def text(self, span: Span | None) -> str | None:
        """Return the characters of a span, None for none."""
        return None if span is None else self.article.slice(span)

    def joined(self, ids: Sequence[str], names: Mapping[str, str] | None = None) -> str | None:
        """Return actors' names joined by ``; ``; None for nobody. Who asks often gives the `names`."""
        known = self.names() if names is None else names
        return "; ".join(known[i] for i in ids) or None

    def words_of(self, quote: Quote) -> str:
        """Return the quoted words as they are shown: an interruption as « … », a denial behind «denies: »."""
        return quote.shown(self.article.text)

    def word_count(self, quote: Quote) -> int:
        """Return how many words a quotation has, white space between them."""
        return word_count(quote, self.article.text)

    def block_of(self, position: int) -> int:
        """Return the number of the block that holds a position, −1 for none."""
        return block_of(self.article.blocks, position)

    def comparison(self) -> pd.DataFrame:
        """Return the matrix: one row a demand (id, by whom, what), one column an actor, a stance in each cell.

        Empty where an actor is neither addressed nor heard; ``not found`` where it is addressed and no answer was
        found; ``none`` only where the text says that there was none.
        """
        import pandas as pd

        names = self.names()
        columns = list(dict.fromkeys(names[c.actor] for c in self.cells))
        shown = {d.id: (d.id, self.joined(d.actors) or "", self.article.slice(d.content)) for d in self.demands}
        index = pd.MultiIndex.from_tuples(list(shown.values()), names=["demand", "by", "content"])
        rows, places = {d: n for n, d in enumerate(shown)}, {name: n for n, name in enumerate(columns)}
        stances = [[""] * len(columns) for _ in rows]
        for cell in self.cells:
            stances[rows[cell.demand]][places[names[cell.actor]]] = cell.shown
        return pd.DataFrame(stances, index=index, columns=columns, dtype="object")

    def side_by_side(self) -> pd.DataFrame:
        r"""Return the answers beside the demands: one row a demand, one column an actor, its own words in each cell.

        A cell gives the stance and, verbatim, the words that show it; several answers are joined by `` | ``.
        It is ``not found`` where an actor was called on and no answer was found, and empty where it has no part.

        Examples
        --------
        >>> analysis = analyse("Lønnsoppgjøret\n\nLO krever at NHO snur. NHO avviste kravet.")
        >>> analysis.side_by_side().reset_index().to_dict("records")
        [{'demand': 'd1', 'by': 'LO', 'content': 'NHO snur', 'NHO': 'reject: NHO avviste kravet'}]
        """
        frame, names = self.comparison(), self.names()
        responses = {r.id: r for r in self.responses}
        rows = {key[0]: n for n, key in enumerate(frame.index)}
        places = {name: n for n, name in enumerate(frame.columns)}
        for cell in self.cells:
            told = [responses[r] for r in cell.responses]
            words = dict.fromkeys(f"{r.stance}: {self.text(r.evidence)}" for r in told)
            frame.iloc[rows[cell.demand], places[names[cell.actor]]] = " | ".join(words) or cell.shown
        return frame

    def sources(self) -> pd.DataFrame:
        r"""Return who is quoted, a row a quotation and speaker: words, role class, gender, party, with their grounds.

        See `corpus_lib.sources.SOURCES` for the columns; `corpus_lib.sources.shares` sums them.

        Examples
        --------
        >>> analysis = analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier ordfører Kari Lie.")
        >>> analysis.sources()[["speaker", "role_class", "gender", "gender_ground"]].to_dict("records")
        [{'speaker': 'Kari Lie', 'role_class': 'politician', 'gender': 'woman', 'gender_ground': 'given name'}]
        """
        from corpus_lib.sources import sources

        return sources(self.article, self.actors, self.quotes)

    def hearing(self) -> pd.DataFrame:
        r"""Return who is called on, accused or criticised, and whether an own voice of theirs was found.

        A list to check, no verdict: «not found» says that the library found neither a quotation nor an answer nor that
        they were asked. See `corpus_lib.sources.HEARING` for the columns.

        Examples
        --------
        >>> analysis = analyse("Lønnsoppgjøret\n\nLO krever at NHO snur. NHO ønsker ikke å kommentere kravet.")
        >>> analysis.hearing()[["party", "reasons", "by", "heard"]].to_dict("records")
        [{'party': 'NHO', 'reasons': 'called on', 'by': 'LO', 'heard': 'said to be asked'}]
        """
        from corpus_lib.sources import hearing

        return hearing.frame(hearing.Told(self.article, self.actors, self.quotes, self.demands, self.responses))

    def explain(self, record: str) -> str:
        """Return in words why a quotation, demand or response is one.

        Parameters
        ----------
        record
            Its id, such as ``q1``, ``d2`` or ``r3``.
        """
        from corpus_lib.labels import labels
        from corpus_lib.labels.signs import steps_in_words
        from corpus_lib.quotes import explain_quote

        for quote in self.quotes:
            if quote.id == record:
                return explain_quote(quote, self.article, self.names())
        others: tuple[Demand | Response, ...] = (*self.demands, *self.responses)
        for item in others:
            if item.id == record:
                steps = steps_in_words(item.reasons, self.article, labels("en"))
                return " → ".join([item.rule, *steps, f"confidence {item.confidence:.2f}"])
        raise CorpusLibError(f"{self.article.id}: no record {record!r}")

    def to_dict(self, *, text: bool = False) -> dict[str, Any]:
        """Return the record of the wire format ``corpus_lib/1``.

        Parameters
        ----------
        text
            Whether the article's whole text goes along, under ``text``.
        """
        record = wire.write_record(self._record(), self.article.text)
        return record | ({"text": self.article.text} if text else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], text: str | None = None) -> Analysis:
        """Read a record of the wire format back.

        Parameters
        ----------
        text
            The article's text, checked against the record's SHA-256. Without it (and without a ``text``
            in the record) every span still slices to its own words, and the rest is blank.

        Raises
        ------
        SchemaError
            If the record is not ``corpus_lib/1``, or the text is another.
        """
        record, article = wire.read_record(data, text)
        return cls(
            article=article,
            actors=record.actors,
            quotes=record.quotes,
            demands=record.demands,
            responses=record.responses,
            cells=record.comparison,
            made_by=record.made_by,
        )

    def _record(self) -> Record:
        article = self.article
        return Record(
            made_by=self.made_by,
            doc=article.id,
            sha256=article.sha256,
            language=article.language,
            metadata=article.metadata,
            structure=article.blocks,
            actors=self.actors,
            quotes=self.quotes,
            demands=self.demands,
            responses=self.responses,
            comparison=self.cells,
            warnings=article.warnings,
        )

    def _repr_html_(self) -> str:
        """Return the article with its quotations marked, for a notebook."""
        from corpus_lib.render import marked_article

        return marked_article(self.article, self.quotes, self.names())


class Reader(Protocol):
    """Who reads an article too, such as `corpus_lib.reader.SecondReader`."""

    def read(self, analysis: Analysis) -> Analysis:
        """Return the analysis joined with what else was found."""


def analyse(
    source: Article | str,
    *,
    nlp: Language | None = None,
    language: str | None = None,
    min_confidence: float = 0.0,
    reader: Reader | None = None,
) -> Analysis:
    r"""Analyse an article: who says what, who demands what of whom, what is answered.

    Parameters
    ----------
    source
        An article, or its text.
    nlp
        Another spaCy pipeline than the shipped one; it must set parts of speech, dependencies and sentences.
    language
        ``nb`` or ``nn`` for a text given as a string; None lets the text decide.
    min_confidence
        Quotations, demands and responses below it are left out (0–1).
    reader
        A second reader, such as a language model of one's own; without it nothing is sent anywhere.

    Raises
    ------
    UnreadableText
        If a text is empty or holds control characters.
    UnsupportedLanguage
        If it is neither Bokmål nor Nynorsk.
    UnsuitablePipeline
        If `nlp` lacks what the analysis stands on.
    WrongInput
        If something of another kind was given, such as a path: the message says what to call instead.

    Examples
    --------
    >>> analysis = analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.")
    >>> [(q.rule, analysis.joined(q.speakers)) for q in analysis.quotes]
    [('dash turn with inquit', 'Kari Lie')]
    """
    from corpus_lib.language import alone, load
    from corpus_lib.structure import article_of

    if nlp is not None:
        refuse_no_pipeline(nlp)
    refuse_no_share("min_confidence", min_confidence)
    if not isinstance(source, Article):
        refuse_no_article(source)
    article = source if isinstance(source, Article) else article_of(source, id="text", language=language)
    pipeline = nlp if nlp is not None else load()
    model = MODEL if nlp is None else f"{nlp.meta.get('lang', '')}_{nlp.meta.get('name', 'given')}"
    least = min_confidence if reader is None else 0.0
    with alone(pipeline):
        found = analysis_of(article, parse_article(article, pipeline), model=model, min_confidence=least)
    return found if reader is None else surer(reader.read(found), min_confidence)


def parse_article(article: Article, nlp: Language) -> Parsed:
    """Return the parse of an article: names everywhere, trees where speech, demands or people may stand.

    Its Docs live as long as the pipeline's memory zone, where one is open.
    """
    from corpus_lib.actors import may_name_people
    from corpus_lib.demands import may_hold_demands
    from corpus_lib.language import parse
    from corpus_lib.quotes import may_hold_quotes

    return parse(
        article.text,
        [b.span for b in article.blocks],
        nlp=nlp,
        language=article.language,
        wanted=lambda text: may_hold_quotes(text) or may_hold_demands(text) or may_name_people(text),
    )


def analysis_of(article: Article, parsed: Parsed, *, model: str = MODEL, min_confidence: float = 0.0) -> Analysis:
    """Return the analysis of an article that is parsed already; `analyse` does both.

    Parameters
    ----------
    model
        The name of the pipeline that parsed it.
    min_confidence
        Quotations, demands and responses below it are left out (0–1).
    """
    from corpus_lib.actors import introduce
    from corpus_lib.demands import comparison, find
    from corpus_lib.quotes import find_quotes

    cast = introduce(article, parsed)
    quotes = find_quotes(article, parsed, cast)
    demands, responses = find(article, parsed, cast, quotes)
    whole = Analysis(
        article=article,
        actors=cast.actors(_referred(quotes, demands, responses)),
        quotes=quotes,
        demands=demands,
        responses=responses,
        cells=comparison(demands, responses),
        made_by={"corpus_lib": __version__, "model": model, "options": {}},
    )
    return surer(whole, min_confidence)


def surer(analysis: Analysis, least: float) -> Analysis:
    r"""Return an analysis without the quotations, demands and responses below a confidence (0–1).

    What pointed to them points nowhere; actors without a name who have no part any more go too.

    >>> surer(analyse("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie."), 1.0)
    <Analysis of 'text': 0 quotes, 0 demands, 0 responses>
    """
    from corpus_lib.demands import comparison

    if not least:
        return analysis
    quotes = _kept(analysis.quotes, least)
    said, known = {q.id for q in quotes}, {d.id for d in analysis.demands if d.confidence >= least}
    demands = tuple(_only_members(_only_quoted(d, said), known) for d in _kept(analysis.demands, least))
    responses = tuple(_only_links(_only_quoted(r, said), known) for r in _kept(analysis.responses, least))
    part = _referred(quotes, demands, responses)
    actors = tuple(a for a in analysis.actors if a.kind != "unnamed" or a.id in part)
    left = {a.id for a in actors}
    return replace(
        analysis,
        actors=tuple(a if a.speaks_for in left else replace(a, speaks_for=None) for a in actors),
        quotes=quotes,
        demands=demands,
        responses=responses,
        cells=comparison(demands, responses),
        made_by={**analysis.made_by, "options": {"min_confidence": least, **analysis.made_by["options"]}},
    )


def _referred(quotes: Sequence[Quote], demands: Sequence[Demand], responses: Sequence[Response]) -> set[str]:
    """Return the ids of the actors that speak, demand, are called on or answer."""
    said = {a for q in quotes for a in q.speakers}
    demanded = {a for d in demands for a in (*d.actors, *d.addressees, d.voice) if a is not None}
    return said | demanded | {a for r in responses for a in (*r.actors, r.voice) if a is not None}


def _kept(records: Sequence[T], least: float) -> tuple[T, ...]:
    return tuple(r for r in records if r.confidence >= least)


def _only_quoted(record: D, said: set[str]) -> D:
    return replace(record, quote=record.quote if record.quote in said else None)


def _only_members(demand: Demand, known: set[str]) -> Demand:
    return replace(demand, members=tuple(m for m in demand.members if m in known))


def _only_links(response: Response, known: set[str]) -> Response:
    return replace(response, links=tuple(k for k in response.links if k.demand in known))
