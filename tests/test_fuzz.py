"""Article-like and hostile text on every layer: no exception but the library's own, sound spans, no blow-up."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import ODD, TEMPLATES, articles

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.errors import CorpusLibError
from corpus_lib.model import Failure, Span
from corpus_lib.reading import Document, read_documents
from corpus_lib.render import marked_article
from corpus_lib.structure import article_of

FORMS = (".txt", ".jsonl", ".csv", ".txt.gz", ".jsonl.xz", ".zip")

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
