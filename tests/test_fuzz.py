"""Article-like and hostile text on every layer: no exception but the library's own, sound spans, no blow-up."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import ODD, PAGE, TEMPLATES, articles

from corpus_lib import analysis as analysis_module
from corpus_lib.analysis import Analysis, analyse
from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Failure, Span
from corpus_lib.reading import Document, read_documents
from corpus_lib.render import marked_article
from corpus_lib.structure import article_of, read_text

FORMS = (".txt", ".jsonl", ".csv", ".txt.gz", ".jsonl.xz", ".zip")

BLOW_UP = 13
"""Times longer that ten times the text may take."""

_signs = st.text(
    st.sampled_from("–-—«»\"'“”‘’.,:;!?… \n\t()[]/*•0123456789abcæøåABCÆØÅ\u00a0\u00ad\u200b\u2028\u0085"), max_size=200
)
_any = st.text(max_size=200)
_pieces = st.sampled_from(
    (*ODD, *TEMPLATES, "sier", "krever at", "Ifølge", "– ", " – ", "« ", "»,", "\n\n", "Foto:", "Nato", "han")
)
_shuffled = st.lists(st.one_of(_pieces, st.text(max_size=8)), max_size=60).map(" ".join)
hostile = st.one_of(_signs, _any, _shuffled, articles)
"""Texts of signs, of any characters, of article pieces in any order, and of articles."""


def spans_of(analysis: Analysis) -> Iterator[tuple[str, Span]]:
    """Yield every span of every record, with the record's id."""
    for actor in analysis.actors:
        yield from ((actor.id, m.span) for m in actor.mentions)
    for quote in analysis.quotes:
        yield from ((quote.id, s) for s in (*quote.segments, quote.cue, quote.speaker_mention) if s)
    for demand in analysis.demands:
        yield from ((demand.id, s) for s in (demand.content, demand.cue, *demand.mentions) if s)
    for response in analysis.responses:
        yield from ((response.id, s) for s in (response.evidence, response.cue) if s)
        yield from ((response.id, r.span) for k in response.links for r in k.reasons if r.span)
    for record in (*analysis.quotes, *analysis.demands, *analysis.responses):
        yield from ((record.id, r.span) for r in record.reasons if r.span)


class Seen(HTMLParser):
    """The tags of a page, its text, and whether every tag is closed in its turn."""

    # the parser's hooks: it calls them by these names

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: D102
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: D102
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:  # noqa: D102
        self.text += data


@settings(max_examples=150)
@given(hostile)
@example("–")
@example("«" * 50 + "»" * 50)
@example("– «– «– «sier Nato\n\n" * 5)
@example("Kari Lie krever at Kari Lie krever at Kari Lie krever at Nato svarer.")
def test_any_text_is_analysed_or_refused_by_name(text: str):
    try:
        analysis = analyse(article_of(text, id="funnet", language="nb"))
    except CorpusLibError:
        return
    length = len(text)
    for record, span in spans_of(analysis):
        assert 0 <= span.start < span.end <= length, (record, span)
    blocks = [b.span for b in analysis.article.blocks]
    for quote in analysis.quotes:
        assert all(any(s.within(b) for b in blocks) for s in quote.segments), quote
    ids = [r.id for r in (*analysis.quotes, *analysis.demands, *analysis.responses)]
    assert len(ids) == len(set(ids))
    names = analysis.names()
    speakers = {s for q in analysis.quotes for s in q.speakers}
    acting = {s for r in (*analysis.demands, *analysis.responses) for s in r.actors}
    assert speakers | acting <= set(names)
    assert Analysis.from_dict(analysis.to_dict(), text) == analysis


@settings(max_examples=100)
@given(hostile)
@example("<script>alert(1)</script> – <b>Nei</b>, sier <i>Nato</i>. &lt;")
def test_no_text_gets_a_tag_of_its_own_into_the_page(text: str):
    try:
        analysis = analyse(article_of(text, id="funnet", language="nb"))
    except CorpusLibError:
        return
    page = Seen()
    page.feed(marked_article(analysis.article, analysis.quotes, analysis.names()))
    page.close()
    assert page.open == []
    assert page.tags <= {"div", "p", "br", "mark", "span", "b", "small", "sup", "strong", "em"}
    shown = iter(page.text)  # labels stand between the words of the article, whose order is kept
    for block in analysis.article.blocks:
        assert all(c in shown for c in analysis.article.slice(block.span) if c.isalnum())


@settings(max_examples=150)
@given(
    st.one_of(st.binary(max_size=300), hostile.map(lambda t: t.encode("utf-8", "surrogatepass"))),
    st.sampled_from(FORMS),
)
@example(b'{"text": 1e400}', ".jsonl")
@example(b'text\n"', ".csv")
@example(b"\x1f\x8b\x08\x00", ".txt.gz")
def test_any_bytes_are_read_or_reported(tmp_path_factory: pytest.TempPathFactory, data: bytes, form: str):
    file = tmp_path_factory.mktemp("inn") / f"sak{form}"
    file.write_bytes(data)
    found = list(read_documents([file]))
    assert found
    for document in found:
        assert isinstance(document, Document | Failure)
        if isinstance(document, Failure):
            assert file.name in document.message


# Time: processor time, and the least of several runs, so that other work on the machine does not count ------------


def least(do: Callable[[], object], repeats: int = 3) -> float:
    """Return the least processor time of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        before = time.process_time()
        do()
        times.append(time.process_time() - before)
    return min(times)


def growth(do: Callable[[str], object], make: Callable[[int], str], size: int) -> float:
    """Return how many times longer ten times the text takes: the least of three measurements, if need be."""
    small, large = make(size), make(10 * size)
    assert 9 * len(small) < len(large) < 11 * len(small)
    do(small)
    ratios: list[float] = []
    while len(ratios) < 3 and min(ratios, default=BLOW_UP + 1.0) > BLOW_UP:
        ratios.append(least(lambda: do(large), 1) / least(lambda: do(small)))
    return min(ratios)


PEOPLE = ("Kari Lie", "Per Lund", "Eva Berg", "Ola Vik", "Siri Dahl", "Nils Moe", "Anne Bø")


def varied(number: int) -> str:
    """Return an article of many paragraphs with people, quotations, demands and answers."""
    paragraphs = []
    for i in range(number):
        who, other = PEOPLE[i % 7], PEOPLE[(i * 3 + 1) % 7]
        paragraphs += [
            f"– Vi har ventet i {i} år på svar, sier {who} til NRK.",
            f"{who} krever at {other} betaler {i} millioner kroner til kommunen før jul.",
            f"{other} avviser kravet. Han mener at «det ikke er aktuelt» å vente til {1900 + i % 120}.",
            "Det har vært slik lenge, og ingen vet når ferja kommer tilbake til byen.",
        ]
    return "Bodø vil ha ny ferje\n\n" + "\n\n".join(paragraphs)


STRUCTURES: dict[str, Callable[[int], str]] = {
    "an article": varied,
    "one line an article": lambda n: PAGE * n,
    "short lines": lambda n: "Kari Lie\n" * n * 20,
    "captions before subheadings": lambda n: "Ordfører Kari Lie på kaia\nKari Lie venter på svar.\nEn tittel\n" * n,
    "blank lines": lambda n: "Ferja kommer ikke.\n\n" * n * 10,
    "white space": lambda n: "a" + " " * n * 2000 + "\n" + "\t\u00a0" * n * 500 + "b",
    "one long line": lambda n: "Ferja kommer ikke i dag, sier hun. " * n * 20,
    "dashes": lambda n: "– " * n * 1000,
    "digits": lambda n: "26. jan. 2022 19:04 " * n * 100,
    "a long word": lambda n: "a" * n * 5000,
    "capitals": lambda n: "Kari Lie Berg Lund " * n * 100,
    "angles": lambda n: "«" * n * 500 + "»" * n * 500,
    "slashes": lambda n: "Foto: Kari / " * n * 100,
}


@pytest.mark.parametrize("shape", STRUCTURES)
def test_reading_and_structure_take_time_in_proportion_to_the_text(shape: str):
    assert growth(lambda t: article_of(t, id="lang", language="nb"), STRUCTURES[shape], 40) <= BLOW_UP


def person(number: int) -> str:
    """Return a name of its own for each of some hundred persons."""
    return f"{PEOPLE[number % 7].split()[0]} {PEOPLE[number // 7 % 7].split()[1]}{'ly' * (number // 49 % 5)}"


def many(paragraph: Callable[[int], str]) -> Callable[[int], str]:
    """Return an article of so many paragraphs, each made of its number."""
    return lambda n: "Bodø vil ha ny ferje\n\n" + "".join(paragraph(i) for i in range(n))


TEXTS: dict[str, tuple[int, Callable[[int], str]]] = {
    "prose": (30, many(lambda i: f"Det var {i} biler på kaia. Ferja kom ikke, og ingen visste hvorfor.\n\n")),
    "dialogue": (20, many(lambda i: f"– Vi har ventet i {i} år, sier {PEOPLE[i % 7]}.\n\n– Nei. Vi krever svar.\n\n")),
    "unattributed turns": (150, many(lambda i: f"– Nei.\n– Jo, det er {i}.\n")),
    "reports": (30, many(lambda i: f"{PEOPLE[i % 7]} seier at ho krev {i} millionar frå kommunen.\n\n")),
    "demands and answers": (
        30,
        many(lambda i: f"{PEOPLE[i % 7]} krever at Nav betaler {i} millioner kroner. Nav avviser kravet.\n\n"),
    ),
    "demands of everybody": (
        30,
        many(lambda i: f"Statsminister {person(i)} venter. Statsministeren krever at fylkesordføreren svarer.\n\n"),
    ),
    "a list of demands": (60, many(lambda i: "De krever:\n" * (i % 20 == 0) + f"• {i} nye ferjer innen fem år\n")),
    "names": (40, many(lambda i: f"{person(i)} møtte {person(i * 7 + 3)} og {person(i * 13 + 5)} i Oslo.\n")),
    "quotations": (25, many(lambda i: f"«Vi må ha {i} ferjer», sier {person(i)}. Hun kaller det «et svar».\n\n")),
    "headlines": (60, many(lambda i: f"KARI LIE KREVER SVAR FRA NAV NUMMER {i}\n")),
    "demands in one line": (15, many(lambda i: f"Kari Lie krever {i} svar av Nav, og Nav sier nei til Kari Lie. ")),
    "turns in one line": (25, many(lambda i: f"– Nei nummer {i}, sier Kari Lie. ")),
    "open quotations in one line": (25, many(lambda i: f"«Vi krever {i} svar, sier Kari Lie. ")),
}
"""Kinds of text, each with a number of paragraphs that makes some thousand characters."""


@pytest.mark.parametrize("kind", TEXTS)
def test_every_step_takes_time_in_proportion_to_the_text(kind: str):
    def all_of_it(text: str) -> None:
        analysis = analyse(article_of(text, id="lang", language="nb"))
        for table in analysis_module.TABLES:
            analysis.rows(table)
        marked_article(analysis.article, analysis.quotes, analysis.names())
        analysis.to_dict()

    number, make = TEXTS[kind]
    assert growth(all_of_it, make, number) <= BLOW_UP


ONE_LINE = {
    "sentences": "Ferja kommer ikke i dag, sier hun. Hun krever svar! ",
    "no sentence": "Kari, Per, Eva og Ola, ",
    "a cue again and again": "krever at ",
    "no space": "«",
    "openings": "– «",
}


@pytest.mark.parametrize("kind", ONE_LINE)
def test_a_line_longer_than_any_paragraph_is_cut_so_that_no_block_grows_with_the_text(kind: str):
    line = ONE_LINE[kind]
    text = "Bodø vil ha ny ferje\n\n" + line * (100_000 // len(line))
    blocks = article_of(text, id="lang", language="nb").blocks
    assert max(b.end - b.start for b in blocks) <= 10_000
    assert len(blocks) < 20
    assert all(before.end <= after.start for before, after in itertools.pairwise(blocks))
    assert "".join("".join(b.span.of(text).split()) for b in blocks) == "".join(text.split())


@pytest.mark.parametrize("shape", ["an article", "angles", "dashes", "capitals"])
def test_analysis_takes_time_in_proportion_to_the_text(shape: str):
    size = {"an article": 15, "angles": 1, "dashes": 1, "capitals": 4}[shape]
    assert growth(lambda t: analyse(article_of(t, id="lang", language="nb")), STRUCTURES[shape], size) <= BLOW_UP


def test_the_marked_page_takes_time_in_proportion_to_the_text():
    def page(analysis: Analysis) -> str:
        return marked_article(analysis.article, analysis.quotes, analysis.names())

    found = {text: analyse(read_text(text)) for text in (varied(20), varied(200))}
    few, many = (len(analysis.quotes) for analysis in found.values())
    assert many >= 9 * few > 0
    texts = dict(zip((20, 200), found, strict=True))
    assert growth(lambda text: page(found[text]), texts.__getitem__, 20) <= BLOW_UP


def test_reading_records_takes_time_in_proportion_to_their_number(tmp_path: Path):
    def read(text: str) -> int:
        (tmp_path / "saker.jsonl").write_text(text, encoding="utf-8")
        return sum(1 for _ in read_documents([tmp_path / "saker.jsonl"]))

    assert growth(read, lambda n: '{"text": "Ferja kommer ikke i dag."}\n' * n, 2000) <= BLOW_UP
