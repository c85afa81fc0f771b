"""Ten times the text is not much more than ten times the work, whatever the text is like."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from counting import growth, lines_run
from shapes import STRUCTURES, TEXTS, varied

from corpus_lib.analysis import Analysis, analyse
from corpus_lib.reading import read_documents
from corpus_lib.render import marked_article
from corpus_lib.structure import article_of
from corpus_lib.structure.paragraphs import paragraph_lines
from corpus_lib.tables import TABLES

BLOW_UP = 13
"""Times more work that ten times the text may be."""


def test_work_is_counted_and_a_square_is_seen():
    def square(text: str) -> None:
        for start in range(0, len(text), 20):
            paragraph_lines(text[start:])

    assert growth(square, lambda n: "Ja, det er slik.\n\n" * n, 5) > 50
    assert lines_run(lambda: None) == 0


@pytest.mark.parametrize("shape", STRUCTURES)
def test_reading_and_structure_are_work_in_proportion_to_the_text(shape: str):
    assert growth(lambda t: article_of(t, id="lang", language="nb"), STRUCTURES[shape], 10) <= BLOW_UP


WINDOWS = {
    "actors.asking._LOOKED_AT": 4,
    "actors.asking._MOST": 3,
    "actors.describing._MOST_NAMED": 2,
    "actors.describing._MOST_UNNAMED": 2,
    "demands.acts._FIRST": 2,
    "demands.acts._NEAR": 2,
    "demands.parties._ARTICLE": 3,
    "demands.parties._NEAR": 15,
    "demands.parties._RECENT": 2,
    "demands.rules.anaphora._BLOCKS": 2,
    "demands.rules.linking._COMPARED": 4,
    "demands.rules.repeats._COMPARED": 4,
    "structure.article._LONGEST": 500,
}
"""How much is looked at around a place, made little."""


@pytest.fixture
def small_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is looked at around a place be little, so that a short text has all of it.

    Of a long text not everything is compared with everything: the forty demands around an answer, the eighty actors
    whose names may fit a noun. Until a text has as many, work grows faster than it; from there on in proportion. With
    little windows that is so from some paragraphs on, and what has no window is seen to grow as it is.
    """
    for window, size in WINDOWS.items():
        monkeypatch.setattr(f"corpus_lib.{window}", size)


@pytest.mark.usefixtures("small_windows")
@pytest.mark.parametrize("kind", TEXTS)
def test_every_step_is_work_in_proportion_to_the_text(kind: str):
    def all_of_it(text: str) -> None:
        analysis = analyse(article_of(text, id="lang", language="nb"))
        for table in TABLES:
            analysis.rows(table)
        marked_article(analysis.article, analysis.quotes, analysis.names())
        analysis.to_dict()

    number, make = TEXTS[kind]
    assert growth(all_of_it, make, number // 3) <= BLOW_UP


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


@pytest.mark.usefixtures("small_windows")
@pytest.mark.parametrize("shape", ["an article", "angles", "dashes", "capitals"])
def test_analysis_is_work_in_proportion_to_the_text(shape: str):
    size = {"an article": 5, "angles": 1, "dashes": 1, "capitals": 4}[shape]
    assert growth(lambda t: analyse(article_of(t, id="lang", language="nb")), STRUCTURES[shape], size) <= BLOW_UP


def test_the_marked_page_is_work_in_proportion_to_the_text():
    def page(analysis: Analysis) -> str:
        return marked_article(analysis.article, analysis.quotes, analysis.names())

    found = {text: analyse(article_of(text, id="lang")) for text in (varied(5), varied(50))}
    few, many = (len(analysis.quotes) for analysis in found.values())
    assert many >= 9 * few > 0
    texts = dict(zip((5, 50), found, strict=True))
    assert growth(lambda text: page(found[text]), texts.__getitem__, 5) <= BLOW_UP


def test_reading_records_is_work_in_proportion_to_their_number(tmp_path: Path):
    def read(text: str) -> int:
        (tmp_path / "saker.jsonl").write_text(text, encoding="utf-8")
        return sum(1 for _ in read_documents([tmp_path / "saker.jsonl"]))

    assert growth(read, lambda n: '{"text": "Ferja kommer ikke i dag."}\n' * n, 200) <= BLOW_UP
