"""What each line of an article is: on invented pages, on the seed, and on the annotated articles."""

from __future__ import annotations

import importlib.util
import json
from itertools import groupby
from pathlib import Path
from types import ModuleType

import pytest
from invented import PAGE, PAGE_KINDS

from corpus_lib.analysis import analyse
from corpus_lib.errors import ControlCharacters, EmptyText, UnpairedSurrogate, UnsupportedLanguage
from corpus_lib.limits import time_limit
from corpus_lib.model import BLOCK_KINDS, Article
from corpus_lib.structure import article_of, read_article, read_text

TITLE = "Bodø vil ha ny ferje"
BODY = "Kommunen har ventet på ferja siden i fjor, og staten har ikke svart på brevene som ble sendt."


def kinds(*lines: str, gap: str = "\n") -> list[str]:
    return [b.kind for b in article_of(gap.join(lines), id="side", language="nb").blocks]


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n", "\n \n"], ids=["line", "blank line", "Windows", "spaces"])
def test_all_kinds_of_block_are_told_apart(gap: str):
    assert kinds(*PAGE.splitlines(), gap=gap) == PAGE_KINDS
    assert set(PAGE_KINDS) == set(BLOCK_KINDS)


def test_the_page_gives_its_metadata():
    metadata = article_of(PAGE, id="side").metadata
    assert metadata.title == "Bodø vil ha ny ferje før jul"
    assert metadata.byline == "Av Kari Nordmann"
    assert (metadata.date, metadata.published, metadata.updated) == ("2021-05-03", "2021-05-03T08:15", None)


def test_what_is_known_beside_the_text_wins():
    article = read_text(f"26. jan. 2022 19:04\n{TITLE}\n{BODY}", date="2020-02-02")
    assert (article.metadata.date, article.metadata.published) == ("2020-02-02", "2022-01-26T19:04")


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("– Dette er ikke godt nok", "subheading"),
        ("- Ikke råd til ny ferje", "subheading"),
        ("Svarte onsdag", "subheading"),
        ("Hva nå?", "subheading"),
        ("– Dette er ikke godt nok, sier hun.", "body"),
        ("– Dette er ikkje godt nok, seier ho", "body"),
        ("– Nei!", "body"),
        ("– Hva skjer nå?", "body"),
        ("Hun sier det slik:", "body"),
        ("1. Ferja må gå", "body"),
        ("Foto: Ola Vik / NTB", "caption"),
        ("Ferja ved kai. Arkivfoto: Kari Lie", "caption"),
        ("Av Kari Nordmann", "byline"),
        ("Tekst: Kari Nordmann", "byline"),
        ("Av de fire ferjene er to i drift.", "body"),
        ("(©NTB)", "credit"),
        ("©NTB", "credit"),
        ("(NPK)", "credit"),
        ("Les også: Slik blir ferja", "credit"),
        ("LES OGSÅ: Slik blir ferja", "credit"),
        ("NTB har spurt kommunen om hvorfor ferja ikke kommer.", "body"),
        ("Publisert 3. mai 2021 kl. 08.15", "date"),
        ("26. jan. 2022 19:04", "date"),
        ("Sist oppdatert i går 12:30", "date"),
        ("3. mai 2021", "date"),
        ("3. mai 2021 kom ferja til kai for første gang.", "body"),
    ],
)
def test_a_line_among_paragraphs(line: str, kind: str):
    assert kinds(TITLE, BODY, BODY, line, BODY, BODY)[3] == kind


@pytest.mark.parametrize("line", ["(Foto: Ola Vik)", "Ola Vik, NTB scanpix", "Ola Vik / NTB"])
def test_a_photographer_alone_is_no_running_text_and_no_heading(line: str):
    assert kinds(TITLE, BODY, BODY, line, BODY, BODY)[3] in ("caption", "byline", "credit")


@pytest.mark.parametrize(
    "line",
    [
        "Statsråd Kari Lie og ordfører Ola Vik på kaia i Bodø.",
        "Ordfører Ola Vik (venstre) på kaia.",
        "Illustrasjonsbilde.",
    ],
)
def test_the_text_of_a_picture_is_one_without_its_photographer(line: str):
    follows = "Statsråden svarte ikke på brevene før påske, og nå krever ordføreren et møte om saken."
    assert kinds(TITLE, line, BODY, follows, follows)[1] == "caption"


@pytest.mark.parametrize("line", ["For 2 timer siden", "for 5 minutter siden"])
def test_how_long_ago_is_a_date_line(line: str):
    assert kinds(TITLE, BODY, BODY, line, BODY, BODY)[3] == "date"


def test_how_long_ago_gives_no_date():
    assert article_of(f"{TITLE}\nfor 2 timar sidan\n{BODY}", id="side").metadata.published is None


def test_a_stamp_tells_publication_from_update():
    text = f"{TITLE}\nPublisert 3. mai 2021 08.15 Sist oppdatert 4. mai 2021 kl. 9.30\n{BODY}\n{BODY}"
    metadata = article_of(text, id="side").metadata
    assert (metadata.published, metadata.updated) == ("2021-05-03T08:15", "2021-05-04T09:30")


def test_wrapped_paragraphs_are_joined_and_lines_of_their_own_are_not():
    wrapped = (
        f"{TITLE}\n\nKommunen har ventet på ferja siden i fjor, og staten har ikke\n"
        "svart på brevene som ble sendt før påske. Nå krever ordføreren at\nstatsråden svarer.\n\n"
        "Statsråden er på reise og har ikke hatt tid til å svare, sier en\nrådgiver i departementet.\n"
    )
    blocks = article_of(wrapped, id="side").blocks
    assert [wrapped[b.start : b.end].count("\n") for b in blocks] == [0, 2, 1]
    assert kinds(TITLE, BODY, BODY, BODY)[2:] == ["body", "body"]


def test_a_single_paragraph_is_body_not_title():
    assert kinds(BODY) == ["body"]


def test_a_list_of_short_lines_is_no_row_of_headings():
    assert "subheading" not in kinds(TITLE, BODY, "Dette er kravene:", "– Ny ferje", "– Ny kai", "– Ny vei", BODY)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", EmptyText, "^text: the text is empty"),
        (" \n", EmptyText, "^text: the text is white space alone"),
        ("Ferja\x00", ControlCharacters, "^text, line 1, character 5: found NUL"),
        ("Ferja \ud800", UnpairedSurrogate, r"^text, character 6: found U\+D800"),
    ],
)
def test_text_in_memory_is_checked_as_files_are(text: str, error: type[Exception], message: str):
    with pytest.raises(error, match=message):
        read_text(text)


def test_a_foreign_text_is_refused_unless_overridden():
    english = "The minister said that she was not there, and that they will be back when this is over."
    with pytest.raises(UnsupportedLanguage, match=r"^side: the text seems to be English \(en\), expected Norwegian"):
        article_of(english, id="side")
    assert article_of(english, id="side", language="nb").language == "nb"


def test_a_language_that_is_not_norwegian_is_no_override():
    with pytest.raises(UnsupportedLanguage, match=r"^side: language 'sv' is not one of 'nb', 'nn'"):
        article_of(BODY, id="side", language="sv")


def test_the_seed_line_by_line(seed_article: Article):
    runs = [(kind, len(list(run))) for kind, run in groupby(b.kind for b in seed_article.blocks)]
    assert runs == [
        ("title", 1),
        ("lead", 1),
        ("caption", 1),
        ("date", 1),
        ("body", 4),
        ("subheading", 1),
        ("body", 8),
        ("subheading", 1),
        ("body", 6),
        ("caption", 1),
        ("subheading", 1),
        ("body", 5),
    ]
    headings = [b.span.of(seed_article.text) for b in seed_article.blocks if b.kind == "subheading"]
    assert headings == ["Svarte skriftlig onsdag", "USA har også svart", "Mange russiske krav"]
    assert seed_article.metadata.title == "Stoltenberg har svart Putin: – Vi står overfor et kritisk øyeblikk"
    assert (seed_article.metadata.date, seed_article.metadata.published) == ("2022-01", "2022-01-26T19:04")
    assert seed_article.language == "nb"


@pytest.fixture(scope="module")
def wire(shared: Path) -> ModuleType:
    """The converter that lies with the annotated data: it labels lines by the block that covers most of them."""
    spec = importlib.util.spec_from_file_location("shared_wire", shared / "gold" / "wire.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def lines_right(wire: ModuleType, folder: Path) -> tuple[int, int]:
    right = total = 0
    for file in sorted(folder.glob("*.json")):
        article = read_article(file.with_suffix(".txt"))
        blocks = [{"kind": b.kind, "start": b.start, "end": b.end} for b in article.blocks]
        found = {line["line"]: line["label"] for line in wire.structure(article.text, blocks)}
        gold = json.loads(file.read_text(encoding="utf-8"))["structure"]
        right += sum(found.get(line["line"]) == line["label"] for line in gold)
        total += len(gold)
    return right, total


@pytest.mark.shared
def test_the_seed_has_no_line_wrong(wire: ModuleType, shared: Path):
    assert lines_right(wire, shared / "gold" / "seed") == (31, 31)


@pytest.mark.shared
def test_nineteen_lines_of_twenty_are_right_in_the_annotated_articles(wire: ModuleType, shared: Path):
    right, total = lines_right(wire, shared / "gold" / "dev")
    assert total > 500
    assert right >= 0.95 * total


@pytest.mark.parametrize("text", ["A" * 400 + "!", "." * 9990 + "x"])
def test_letters_and_stops_without_end_are_read_in_no_time(text: str):
    with time_limit(600):  # which nothing comes near; patterns that try all ways of reading it take for ever
        article = article_of(f"Uenige\n\n{text}\n\nFerja kommer ikke i dag.", id="x", language="nb")
        analyse(article)
    assert len(article.blocks) == 3


@pytest.mark.parametrize("line", [".", "...", "…", "(", ")", "-"])
def test_a_line_of_signs_alone_is_a_line(line: str):
    article = article_of(f"Uenige\n\n{line}\n\nFerja kommer ikke i dag.", id="x", language="nb")
    assert [article.text[b.start : b.end] for b in article.blocks] == ["Uenige", line, "Ferja kommer ikke i dag."]
