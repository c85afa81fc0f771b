"""The report page, read back: its structure, its links, nothing from elsewhere, and text that stays text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from handmade import HOSTILE, TEXT, analysis, hostile
from test_render import contrast

from corpus_lib.analysis import Analysis
from corpus_lib.cli import main
from corpus_lib.demands import comparison
from corpus_lib.labels import labels
from corpus_lib.model import Failure, Link
from corpus_lib.report import report
from corpus_lib.report.demanding import has_times
from corpus_lib.report.page import _first_page, _folded_parts
from corpus_lib.report.setting import Setting, page_looks
from corpus_lib.report.text import marked_text

GOLDEN = Path(__file__).parent / "golden" / "report_sections.html"
RENEW = "CORPUS_LIB_RENEW_GOLDEN"
VOID = {"meta", "input", "br", "img", "link", "hr"}
FORBIDDEN = {"script", "link", "iframe", "object", "embed", "form", "base", "img", "audio", "video", "foreignobject"}
FAILURES = (
    Failure("tom.txt", "reading", "tom.txt: the text is empty"),
    Failure("bilde.txt", "reading", "bilde.txt: byte 0 is no UTF-8"),
)


class Page(HTMLParser):
    """Reads a page back: elements with their attributes in order, their text, and whether they close rightly."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[int] = []
        self.feed(page)
        self.close()
        assert not self.open, f"left open: {[self.elements[n][0] for n in self.open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element in."""
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, which must be the one opened last."""
        assert self.elements[self.open[-1]][0] == tag, f"</{tag}> closes <{self.elements[self.open[-1]][0]}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Give characters to every element they stand in."""
        for n in self.open:
            self.texts[n] += data

    def all(self, tag: str, **wanted: str) -> list[tuple[dict[str, str | None], str]]:
        """Return the attributes and texts of elements."""
        found = zip(self.elements, self.texts, strict=True)
        return [(a, text) for (t, a), text in found if t == tag and all(a.get(k) == v for k, v in wanted.items())]

    def by_id(self, id: str) -> str:
        """Return the text of the element with an id."""
        (found,) = [text for (_, a), text in zip(self.elements, self.texts, strict=True) if a.get("id") == id]
        return found


def setting(*made: Analysis, language: str = "en") -> Setting:
    return Setting(labels(language), "a1", page_looks(made))


def values(page: Page, attribute: str) -> list[str]:
    return [str(a[attribute]) for _, a in page.elements if attribute in a]


@pytest.fixture(scope="module")
def one() -> Page:
    return Page(report(analysis(), made_on="2022-02-01", language="en"))


@pytest.fixture(scope="module")
def many() -> Page:
    return Page(report([analysis("a"), *FAILURES, *(analysis(f"b{n}") for n in range(4))], language="en"))


PAGES = {
    "one": lambda: report(analysis()),
    "many": lambda: report([analysis("a"), analysis("b"), *FAILURES]),
    "hostile": lambda: report(hostile()),
    "hostile among others": lambda: report([hostile(), analysis(), *FAILURES]),
    "only failures": lambda: report(FAILURES),
    "nothing": lambda: report([]),
}


@pytest.fixture(scope="module", params=PAGES)
def page(request: pytest.FixtureRequest) -> Page:
    """Every kind of page in turn."""
    return Page(PAGES[request.param]())


def test_headings_come_in_order(page: Page):
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_arrives(page: Page):
    ids = values(page, "id")
    assert len(ids) == len(set(ids))
    targets = values(page, "href")
    assert targets
    assert {t.removeprefix("#") for t in targets} <= set(ids)
    assert all(t.startswith("#") for t in targets)
    named = [one for value in values(page, "aria-labelledby") for one in value.split()]
    assert set(named) <= set(ids)


def test_nothing_comes_from_elsewhere_and_nothing_runs(page: Page):
    assert not {tag for tag, _ in page.elements} & FORBIDDEN
    names = {name for _, a in page.elements for name in a}
    assert not {n for n in names if n.startswith("on") or n in ("src", "srcset", "action", "background")}
    styles = [text for _, text in page.all("style")] + values(page, "style")
    assert not any(re.search(r"url\((?!#)|@import|expression", s) for s in styles)
    policy = [a["content"] for a, _ in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    assert str(policy[0]).startswith("default-src 'none'")


def test_tables_are_named_and_their_headings_say_what_they_head(page: Page):
    tables = page.all("table")
    assert len(page.all("caption")) == len(tables)
    assert all(text.strip() for _, text in page.all("caption"))
    assert {a.get("scope") for a, _ in page.all("th")} <= {"col", "row"}


def test_figures_state_their_finding(page: Page):
    pictures = page.all("svg")
    assert all(a["role"] == "img" for a, _ in pictures)
    for a, _ in pictures:
        name, finding = (page.by_id(i) for i in str(a["aria-labelledby"]).split())
        assert name.strip()
        assert len(finding) > 20
    assert len(page.all("figcaption")) == len(pictures)


def test_the_page_is_english_and_the_article_norwegian(one: Page):
    assert one.all("html")[0][0]["lang"] == "en"
    (article,) = one.all("div", **{"class": "article"})
    assert article[0]["lang"] == "nb"
    assert all(a.get("lang") == "nb" for a, _ in one.all("blockquote") if a.get("class") != "cite")
    assert one.all("bdi", lang="nb")


def test_the_whole_text_is_on_the_page_in_order():
    made = analysis()
    page = Page(str(marked_text(made, setting(made))))
    text = page.texts[0]
    for label in sorted({t for a, t in page.all("a") if a["class"] in ("speaker", "tag")}, key=len, reverse=True):
        text = text.replace(label, "")
    assert text == TEXT.replace("\n", "")


def test_every_quotation_stands_in_the_text_and_in_the_table_with_its_rule(one: Page):
    made = analysis()
    names = made.names()
    for q in made.quotes:
        assert one.by_id(f"a1-{q.id}").startswith(made.article.slice(q.segments[0]).split()[0])
        row = one.by_id(f"a1-row-{q.id}")
        assert q.rule in row
        assert "0,90" in row
        assert made.words_of(q) in row
        assert all(names[s] in row for s in q.speakers)
    assert "a dash opens it, and a verb of saying names the speaker" in one.by_id("a1-row-q1")
    assert "a dash opens the turn, a verb of saying closes it" in one.by_id("a1-row-q1"), "folded: the chain"
    assert "0.90" not in one.texts[0]


def test_a_rule_of_ones_own_is_shown_as_it_is_named():
    made = analysis()
    by_hand = replace(made.quotes[0], rule="corrected by hand", confidence=1.0)
    row = Page(report(replace(made, quotes=(by_hand, *made.quotes[1:])), language="en")).by_id("a1-row-q1")
    assert "set by a person" in row
    assert "confidence 1,00" in row


def test_the_matrix_leads_to_the_words_it_rests_on(one: Page):
    (matrix,) = [text for _, text in one.all("table") if text.startswith("3 demands (rows)")]
    assert "✗ refuses" in matrix
    assert "– not found" in matrix
    assert any(a["href"] == "#a1-r1" for a, _ in one.all("a"))
    assert one.by_id("a1-r1") == "r1"


def test_demand_and_answer_stand_side_by_side_verbatim(one: Page):
    pair = one.by_id("a1-row-d1")
    assert "Kari Lie demands of staten" in pair
    assert "a set of 2" in pair
    assert "staten betaler for alt" in pair
    assert "Staten avviser kravet fra kommunen" in pair
    assert "No answer to it was found." in one.by_id("a1-row-d3")


def test_words_say_how_often_and_how_heavy(one: Page):
    captions = [text for _, text in one.all("caption")]
    assert any("most frequent content words, of " in c for c in captions)
    assert any("LIX" in c for c in captions)


def test_it_says_how_it_was_made_and_how_to_cite_it(one: Page):
    facts = dict(zip((t for _, t in one.all("dt")), (t for _, t in one.all("dd")), strict=True))
    assert facts["Library"] == "0.1.0"
    assert facts["Language model"] == "corpus_lib_norwegian 1"
    assert facts["Made on"] == "2022-02-01"
    assert facts["Articles"] == "1 analysed, 0 failed"
    assert facts["Mean confidence"] == "3 quotations: 0,90, 3 demands: 0,85, 1 answer: 0,80"
    (cited,) = one.all("blockquote", **{"class": "cite"})
    assert "3 quotations, 3 demands and 1 answer in 1 article." in cited[1]
    assert analysis().article.sha256 in one.texts[0]


def test_a_threshold_is_stated():
    made = analysis()
    options = {**made.made_by, "options": {"min_confidence": 0.8}}
    sure = Analysis(made.article, made.actors, made.quotes, made.demands, made.responses, made.cells, options)
    page = Page(report(sure, language="en"))
    assert any(text == "0,80" for _, text in page.all("dd"))
    assert "a least confidence of 0,80" in page.texts[0]


def test_date_and_source_stand_as_they_are(one: Page):
    facts = one.all("p", **{"class": "facts"})[0]
    assert facts[1] == "2022-01-26 · Bodø Tidende · ferja"


def test_a_time_stands_behind_its_day():
    made = analysis()
    metadata = replace(made.article.metadata, published="2022-01-26T19:04")
    timed = replace(made, article=replace(made.article, metadata=metadata))
    assert "2022-01-26 19:04 ·" in Page(report(timed)).texts[0]


@pytest.mark.parametrize(
    ("dates", "drawn"),
    [
        (["2022-01-26", "2022-01-27"], True),
        (["2022-01-26", "2022-01-26"], False),
        (["2022-01", "2022-02"], False),
        ([None, None], False),
    ],
)
def test_a_line_of_time_needs_two_days(dates: list[str | None], drawn: bool):
    assert has_times(pd.DataFrame({"date": dates})) is drawn


def test_several_articles_come_with_an_overview_first_and_folded(many: Page):
    titles = [text for _, text in many.all("h2")]
    assert titles[0] == "Overview"
    assert "The articles" in titles
    folded = many.all("details", **{"class": "one"})
    assert len(folded) == 5
    assert not any("open" in a for a, _ in folded)
    assert sum(a["href"] == "#a3" for a, _ in many.all("a")) == 1


def test_speakers_of_several_articles_meet_by_name(many: Page):
    speakers = next(t for _, t in many.all("table") if t.startswith("2 speakers") and "Articles" in t)
    assert re.search(r"Kari Lie55\d+", speakers), "5 quotations in 5 articles"


def test_what_failed_is_listed_with_its_reason(many: Page):
    (failed,) = [text for _, text in many.all("table") if text.startswith("Inputs that gave no analysis: 2")]
    assert all(f.id in failed and f.message in failed for f in FAILURES)
    assert any(a["href"] == "#failed" for a, _ in many.all("a"))
    facts = dict(zip((t for _, t in many.all("dt")), (t for _, t in many.all("dd")), strict=True))
    assert facts["Articles"] == "5 analysed, 2 failed"


def test_hostile_text_stays_text():
    page = Page(report([hostile(), Failure(HOSTILE[0], HOSTILE[1], HOSTILE[2])]))
    assert not {tag for tag, _ in page.elements} & FORBIDDEN
    for words in HOSTILE[:3]:
        assert words in page.texts[0]
    hrefs = values(page, "href")
    assert all(re.fullmatch(r"#[a-z0-9-]+", h) for h in hrefs)
    assert all(re.fullmatch(r"[a-z0-9_.-]+", i, re.IGNORECASE) for i in values(page, "id"))


TEXTS = ("p", "td", "th", "li", "h1", "h2", "h3", "h4", "caption", "dd", "title", "desc", "text", "figcaption")


def test_marks_that_turn_the_writing_round_stay_with_their_words():
    page = Page(report(hostile()))
    turning = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")
    stray = []
    for n, (tag, a) in enumerate(page.elements):
        if tag in TEXTS:
            inside = page.texts[n]
            for (other, _), text in zip(page.elements[n + 1 :], page.texts[n + 1 :], strict=True):
                if other == "bdi" and text in inside:
                    inside = inside.replace(text, "")
            if turning.search(inside) and not _in_the_article(page, n):
                stray.append((tag, a, inside[:80]))
    assert not stray


def _in_the_article(page: Page, n: int) -> bool:
    """Say whether an element is a paragraph of the article, which stands for itself."""
    (article,) = page.all("div", **{"class": "article"})
    return page.elements[n][0] == "p" and page.texts[n] in article[1]


def test_long_words_and_names_do_not_fill_the_page():
    page = report(hostile())
    assert len(page.encode()) < 1_000_000
    assert page.count("x" * 10_000) < 30


def test_the_same_analyses_give_the_same_page():
    assert report(analysis()) == report(analysis())


def test_two_hundred_articles_are_a_page_of_a_sane_size():
    page = report([analysis(f"n{i}") for i in range(200)])
    assert len(page.encode()) < 5_000_000
    assert page.count('<details class="one"') == 200
    assert page.count("<svg") < 10


def crowded(number: int) -> Analysis:
    """Return an analysis of so many demands, each by another actor and answered by another."""
    made = analysis()
    everybody = [f"a{n}" for n in range(2 * number)]
    actors = tuple(replace(made.actors[0], id=a, name=f"Kari {a}", mentions=()) for a in everybody)
    demands = tuple(
        replace(made.demands[1], id=f"d{n}", actors=(f"a{n}",), addressees=(f"a{number + n}",)) for n in range(number)
    )
    responses = tuple(
        replace(made.responses[0], id=f"r{n}", actors=(f"a{number + n}",), links=(Link(f"d{n}", 0.9, ()),))
        for n in range(number)
    )
    return Analysis(
        made.article, actors, (), demands, responses, comparison(demands, responses), made.made_by
    )  # fmt: skip


def test_a_page_grows_with_the_article_and_not_with_its_square():
    sizes = [len(report(crowded(number))) for number in (100, 1000)]
    assert sizes[1] < 11 * sizes[0]
    page = Page(report(crowded(300), language="en"))
    matrix = next(text for _, text in page.all("table") if text.startswith("100 demands (rows)"))
    assert matrix.count("betaler for alt") == 100
    assert page.all("p", **{"class": "small"})[0][1] == (
        "Not in the table: 200 demands and 270 actors. Every demand is laid out below."
    )
    targets = [t.removeprefix("#") for t in values(page, "href")]
    assert set(targets) <= set(values(page, "id"))
    assert {"a1-row-d299", "a1-row-r299", "a1-row-d100"} <= set(values(page, "id"))


def test_of_many_answers_to_one_demand_the_first_are_laid_out_and_the_others_linked():
    made = analysis()
    demands = made.demands[2:]
    answers = tuple(replace(made.responses[0], id=f"r{n}", links=(Link("d3", 0.9, ()),)) for n in range(60))
    page = Page(report(replace(made, demands=demands, responses=answers, cells=comparison(demands, answers))))
    beside = next(text for _, text in page.all("ul", **{"class": "answers"}))
    assert beside.count("Staten avviser kravet fra kommunen") == 20
    assert beside.count("✗ sier nei") == 60
    assert {f"a1-row-r{n}" for n in range(60)} <= set(values(page, "id"))


def test_the_first_page_comes_before_what_is_folded(one: Page):
    order = [a.get("class") or a["id"] for _, a in one.elements if "class" in a or "id" in a]
    first = order.index("first")
    assert order[first : first + 4] == ["first", "finding", "finding", "finding"]
    ids = [order.index(f"a1-{name}") for name in ("demands", "says", "unheard")]
    assert ids == sorted(ids)
    assert ids[-1] < order.index("part")
    parts = one.all("details", **{"class": "part"})
    assert len(parts) == 8
    assert not any("open" in a for a, _ in parts)


def test_head_and_table_count_the_same_speakers(one: Page):
    (counts,) = one.all("ul", **{"class": "counts"})
    assert "2 speakers" in counts[1]
    assert any(text.startswith("2 speakers, and quotations of which nobody knows") for _, text in one.all("caption"))


@pytest.mark.parametrize(("language", "word"), [("nb", "sier nei"), ("nn", "seier nei")])
def test_a_norwegian_page_has_no_english_label(language: str, word: str):
    page = Page(report([analysis("a"), analysis("b"), *FAILURES], language=language))
    assert page.all("html")[0][0]["lang"] == language
    assert word in page.texts[0]
    english, norwegian = labels("en").texts, set(labels(language).texts.values())
    telling = [text for key, text in english.items() if "{" not in text and " " in text and text not in norwegian]
    shown = page.all("body")[0][1]
    for _, chain in page.all("bdi", lang="en"):
        shown = shown.replace(chain, "")
    assert not [text for text in telling if text in shown]


def test_the_page_takes_the_language_of_most_articles():
    nynorsk = replace(analysis(), article=replace(analysis().article, language="nn"))
    assert [Page(report(a)).all("html")[0][0]["lang"] for a in (analysis(), nynorsk)] == ["nb", "nn"]


def test_where_something_is_said_and_to_whom():
    made = analysis()
    told = tuple(replace(q, medium=m) for q, m in zip(made.quotes, ("en pressemelding", "NTB", None), strict=True))
    page = Page(report(replace(made, quotes=told), language="nb"))
    assert "direktei en pressemelding" in page.by_id("a1-row-q1")
    assert "til NTB" in page.by_id("a1-row-q2")


def test_bars_of_sources_open_their_quotations(one: Page):
    bars = one.all("details", **{"class": "source"})
    woman = next(text for _, text in bars if text.startswith("woman"))
    assert "Vi gir oss ikke" in woman


def test_who_is_not_found_heard_stands_on_the_first_page():
    made = analysis()
    alone = replace(made, quotes=(), responses=(), cells=comparison(made.demands, ()))
    page = Page(report(alone, language="nb"))
    (listed,) = page.all("ul", **{"class": "unheard"})
    assert "staten: ikke funnet · utfordret (Kari Lie)" in listed[1]
    assert "En liste å sjekke, ingen dom" in page.texts[0]


def test_what_is_likelier_wrong_than_right_is_marked_so():
    made = analysis()
    guess = tuple(replace(r, confidence=0.3) for r in made.responses)
    page = Page(report(replace(made, responses=guess), language="nb"))
    marks = page.all("span", **{"class": "unsure"})
    assert len(marks) == 1 + sum(bool(c.responses) for c in made.cells), "one in the key, one a cell"
    assert len(Page(report(made, language="nb")).all("span", **{"class": "unsure"})) == 1


def test_pairs_count_every_answer(many: Page):
    (pairs,) = [text for _, text in many.all("table") if text.startswith("Who demands of whom")]
    assert "Kari Liestaten1055refuses 5" in pairs, "10 demands, 5 of them answered by the state, 5 answers in all"


def test_a_speaker_keeps_its_colour_through_a_page():
    page = report([analysis("a"), replace(analysis("b"), quotes=analysis().quotes[1:])])
    classes = re.findall(r'class="key (s\w+)"><bdi lang="nb">Per Lund', page)
    assert len(classes) >= 4
    assert len(set(classes)) == 1


def test_the_sections_are_those_that_were_reviewed():
    shown, at = analysis(), setting(analysis())
    made = _first_page(shown, at, 2) + _folded_parts(shown, at, 2, figures=False)
    sections = re.sub(r"(?<=>)(?=<(?:tr|p|li|h\d|section|div|table|details))", "\n", made)
    if os.environ.get(RENEW) == "1":
        GOLDEN.write_text(sections + "\n", encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == sections + "\n", (
        f"the sections differ from {GOLDEN.name}; look at a report in a browser, and if it is right, renew the copy: "
        f"{RENEW}=1 python -m pytest tests/test_report.py"
    )


COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--(\w+): light-dark\((#\w{6}), (#\w{6})\)",
        (files("corpus_lib.report") / "data" / "report.css").read_text(encoding="utf-8"),
    )
}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize(("name", "least"), [("ink", 7), ("muted", 4.5), ("link", 4.5), ("accent", 3), ("second", 3)])
def test_colours_are_easy_to_read(theme: int, ground: str, name: str, least: float):
    assert contrast(COLOURS[name][theme], COLOURS[ground][theme]) >= least


@pytest.mark.parametrize(
    "code",
    [
        "import corpus_lib as cl; print(cl.report([])[:15])",
        "import corpus_lib as cl, corpus_lib.report; print(cl.report([])[:15])",
        "from corpus_lib.report import report; import corpus_lib as cl; print(cl.report([])[:15])",
    ],
)
def test_the_library_has_it_by_name_however_it_was_imported(code: str, project: Path):
    run = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "<!DOCTYPE html>", run.stderr


def test_the_command_writes_a_page_and_lists_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "a.txt").write_text("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.", encoding="utf-8")
    (tmp_path / "tom.txt").write_text(" ", encoding="utf-8")
    out = tmp_path / "report.html"
    assert main(["report", str(tmp_path / "a.txt"), str(tmp_path / "tom.txt"), "-o", str(out), "--title", "Prøve"]) == 1
    page = Page(out.read_text(encoding="utf-8"))
    assert page.all("h1")[0][1] == "Prøve"
    assert "tom" in page.by_id("failed") or any("tom" in text for _, text in page.all("table"))
    assert "1 article, 1 failed" in capsys.readouterr().err


def test_the_command_takes_saved_analyses(tmp_path: Path):
    saved = tmp_path / "saved.jsonl"
    saved.write_text(json.dumps(analysis().to_dict(text=True), ensure_ascii=False) + "\n", encoding="utf-8")
    out = tmp_path / "report.html"
    assert main(["report", str(saved), "-o", str(out)]) == 0
    assert Page(out.read_text(encoding="utf-8")).by_id("a1-row-q1")


def test_the_command_takes_a_store(tmp_path: Path):
    pytest.importorskip("pyarrow")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.", encoding="utf-8")
    (tmp_path / "in" / "tom.txt").write_text(" ", encoding="utf-8")
    main(["analyse", str(tmp_path / "in"), "-o", str(tmp_path / "store")])
    out = tmp_path / "report.html"
    assert main(["report", str(tmp_path / "store"), "-o", str(out)]) == 1
    page = Page(out.read_text(encoding="utf-8"))
    assert "Kari Lie" in page.by_id("a1-row-q1")
    assert any("tom" in text for _, text in page.all("table") if text.startswith("Filer uten analyse: 1"))


@pytest.mark.parametrize(("name", "hint"), [("r.pdf", "print it to a file"), ("r.docx", "ends in .html")])
def test_another_ending_is_refused_with_a_hint(
    name: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "a.txt").write_text("Ap varsler kamp", encoding="utf-8")
    assert main(["report", str(tmp_path / "a.txt"), "-o", str(tmp_path / name)]) == 2
    assert hint in capsys.readouterr().err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("wrong", [["nowhere.txt", "-o", "r.html"], ["a.txt", "-o", "no/such/folder/r.html"]])
def test_wrong_usage_is_told(wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Ap varsler kamp\n\n– Vi gir oss ikke, sier Kari Lie.", encoding="utf-8")
    assert main(["report", *wrong]) in (1, 2)
    assert not Path("r.html").exists() or "What failed" in Path("r.html").read_text(encoding="utf-8")
