"""Figures by the data they draw, the text that states their finding, and what they do with hostile words."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from handmade import HOSTILE, analysis, hostile
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from corpus_lib import plots
from corpus_lib.analysis import Analysis
from corpus_lib.datasets import load_story
from corpus_lib.errors import MissingExtra
from corpus_lib.labels import LANGUAGES, labels
from corpus_lib.plots.style import DARK, INK, MUTED, PAPER, STRONG, _darkened, drawable
from corpus_lib.render import NOBODY
from corpus_lib.report import report
from corpus_lib.stories import STATES, annotated, stories_of
from corpus_lib.words import Index, analysed, frequencies

KEYS = pd.DataFrame(
    {
        "word": ["ferje", "staten", "og"],
        "count": [1200, 5, 7],
        "reference_count": [1, 0, 6],
        "log_ratio": [4.5, 3.0, 0.2],
        "low": [2.0, -0.5, -1.0],
        "high": [7.0, 6.5, 1.4],
    }
)


def events_on(*dates: str | None) -> pd.DataFrame:
    rows = [(d, "demand", f"Part {n}", None, "noe", "a", f"d{n}", "stated") for n, d in enumerate(dates)]
    return pd.DataFrame(rows, columns=["date", "kind", "actor", "stance", "label", "doc", "record", "basis"])


def figures_of(made: Analysis) -> dict[str, Figure]:
    index = Index.build(analysed([made]))
    words = frequencies([made.article.text])
    return {
        "share": plots.speaker_share(made.frame("quotes")),
        "words": plots.word_bars(words),
        "matrix": plots.demand_matrix(made.comparison()),
        "timeline": plots.timeline(plots.events(made)),
        "network": plots.speaking_network(plots.speaking_about(made)),
        "graph": plots.demand_graph(plots.demanding_of(made)),
        "keyness": plots.keyness_plot(KEYS.assign(word=[made.names()["a1"], "b", "c"])),
        "dispersion": plots.dispersion_plot(index, words["word"].tolist()[:4]),
    }


NAMES = ("share", "words", "matrix", "timeline", "network", "graph", "keyness", "dispersion")


@pytest.fixture(scope="module")
def drawn() -> dict[str, Figure]:
    return figures_of(analysis())


@pytest.fixture(scope="module")
def poisoned() -> dict[str, Figure]:
    return figures_of(hostile())


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [t.get_text() for t in figure.findobj(Text) if t.get_text() and t.get_visible()]


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element in."""
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_has_its_finding_and_takes_axes(name: str, drawn: dict[str, Figure]):
    assert len(plots.alt_text(drawn[name])) > 20
    assert drawn[name].get_axes()


def test_the_finding_of_each_panel_is_in_the_text_of_the_whole():
    whole = Figure()
    left, right = whole.subplots(1, 2)
    quotes = analysis().frame("quotes")
    assert plots.speaker_share(quotes, left) is whole
    plots.keyness_plot(KEYS, right)
    assert plots.share_finding(quotes) in plots.alt_text(whole)
    assert plots.keyness_finding(KEYS) in plots.alt_text(whole)


def test_a_figure_from_elsewhere_has_no_finding():
    other = Figure()
    other.subplots()
    assert plots.alt_text(other) == ""
    with pytest.raises(ValueError, match="alternative text"):
        plots.as_html(other, caption="x")
    with pytest.raises(ValueError, match="alternative text"):
        plots.as_svg(other, caption="x", name="x")


def test_speaker_share_draws_the_words_of_each_speaker():
    quotes = pd.DataFrame(
        {"speaker": ["Kari Lie", "Kari Lie", None], "type": ["direct", "indirect", "mixed"], "words": [7, 2, 3]}
    )
    bars = [p for p in plots.speaker_share(quotes).get_axes()[0].patches if isinstance(p, Rectangle)]
    assert sorted(p.get_width() for p in bars if p.get_width()) == sorted(quotes["words"].tolist())
    dashed = [p.get_width() for p in bars if p.get_linestyle() != "-" and p.get_linestyle() != "solid"]
    assert sorted(w for w in dashed if w) == [2, 3], "reported speech is told by its line, not by colour alone"
    assert plots.share_finding(quotes) == f"Of 12 quoted words: Kari Lie 9 (75\u00a0%) and {NOBODY} 3 (25\u00a0%)."


def test_many_speakers_are_cut_and_counted():
    quotes = pd.DataFrame({"speaker": [f"N{i:02}" for i in range(30)], "type": "direct", "words": range(30, 0, -1)})
    figure = plots.speaker_share(quotes, most=10)
    assert len(figure.get_axes()[0].get_yticks()) == 10
    assert figure.get_axes()[0].get_xlabel() == f"words in quotations (20 other speakers: {sum(range(1, 21))})"
    assert "24 other speakers" in plots.share_finding(quotes)


def test_numbers_on_the_axes_are_norwegian():
    quotes = pd.DataFrame({"speaker": ["A"], "type": ["direct"], "words": [12500]})
    shown = texts(plots.speaker_share(quotes))
    assert "12\u00a0500" in shown
    assert not any(re.search(r"\d{4}|\d[.,]\d{3}", t) for t in shown)
    keys = KEYS.assign(low=[-2.5, -3.0, -1.0])
    shown = texts(plots.keyness_plot(keys))
    assert any(t.startswith("−") for t in shown)
    assert not any(t.startswith("-") for t in shown)
    assert "1\u00a0200 : 1" in shown


def test_the_matrix_writes_each_stance():
    made = analysis()
    shown = texts(plots.demand_matrix(made.comparison()))
    assert shown.count("✗ refuses") == 2
    assert shown.count("not found") == 1
    assert plots.matrix_finding(made.comparison()) == "3 demands; answers by actor: staten: refuses 2 and not found 1."


def test_the_matrix_writes_every_answer_of_a_cell():
    made = analysis()
    again = replace(made.responses[0], id="r9", stance="offer")
    cells = tuple(replace(c, responses=(*c.responses, "r9")) if c.responses else c for c in made.cells)
    both = plots.answers_of(replace(made, responses=(*made.responses, again), cells=cells))
    shown = [t.replace("\n", " ") for t in texts(plots.demand_matrix(both))]
    assert shown.count("✗ refuses") == shown.count("+ offers something else") == 2
    assert set(made.comparison().to_numpy().ravel()) == {"reject", "not found"}, "the one stance that stands out"


def test_a_wide_matrix_stands_in_panels_and_nothing_is_cut():
    rows = pd.MultiIndex.from_tuples([("d1", "LO", "et langt krav " * 20)])
    wide = pd.DataFrame([["reject"] * 17], index=rows, columns=[f"Aktør {n}" for n in range(17)])
    figure = plots.demand_matrix(wide)
    shown = texts(figure)
    assert {f"Aktør {n}" for n in range(17)} <= set(shown)
    assert any(t.replace("\n", " ").endswith("et langt krav") and "…" not in t for t in shown)
    assert figure.get_figwidth() * 96 < 1400


def test_speakers_are_told_apart_by_colour_and_pattern():
    rows = [(f"Navn {n:02}", "direct", 10, False) for n in range(14)]
    quotes = pd.DataFrame(rows, columns=["speaker", "type", "words", "denied"])
    bars = [p for p in plots.speaker_share(quotes).get_axes()[0].patches if p.get_width() > 0]
    looks = [(to_hex(b.get_facecolor()), b.get_hatch()) for b in bars]
    assert len(set(looks)) == 13, "twelve of their own, the last two grey"
    assert len({hatch for _, hatch in looks}) == 3


def test_no_speaker_looks_like_reported_speech():
    """What marks reported words marks no speaker, and a speaker's own pattern marks no reported words."""
    rows = [(f"Navn {n:02}", kind, 10, False) for n in range(12) for kind in ("direct", "indirect")]
    quotes = pd.DataFrame(rows, columns=["speaker", "type", "words", "denied"])
    axes = plots.speaker_share(quotes).get_axes()[0]
    (direct, reported) = ([b for b in axes.patches if bool(b.get_x() > 0) == later] for later in (False, True))
    assert {b.get_linestyle() for b in direct}.isdisjoint({b.get_linestyle() for b in reported})
    assert {b.get_hatch() for b in reported} == {None}


def test_a_speaker_keeps_the_colour_it_is_given():
    quotes = analysis().frame("quotes")
    given = {"Kari Lie": ("#ffffff", "#123456"), NOBODY: ("#eeeeee", "#555555")}
    bars = plots.speaker_share(quotes, colours=given).get_axes()[0].patches
    assert "#123456" in {to_hex(b.get_facecolor()) for b in bars}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_story_speak_the_language_and_keep_within_their_width(language: str):
    data = load_story()
    (story,) = stories_of(annotated(data.documents, data.gold))
    t = labels(language)
    for figure, word in (
        (plots.story_lanes(story, language=language), t("stance.reject")),
        (plots.state_chart(story, language=language), t("state.refused")),
    ):
        figure.canvas.draw()
        drawn = "\n".join(texts(figure))
        assert word in drawn
        assert t("month.3") in drawn
        key = figure.get_axes()[0].get_legend().get_window_extent()
        assert key.x1 <= figure.bbox.x1
        assert figure.get_axes()[0].get_window_extent().width > figure.bbox.width / 2
        others = {labels(one)(f"state.{state}") for one in LANGUAGES for state in STATES} - {
            t(f"state.{state}") for state in STATES
        }
        assert not others & set(re.split(r"[ .;\n]", drawn + plots.alt_text(figure)))
    told = plots.states_finding(story, language)
    assert told.count("«") == told.count("»") == 3


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_figures_speak_norwegian(language: str):
    made = analysis()
    figure = plots.demand_matrix(plots.answers_of(made), language=language)
    assert {"✗ sier nei", "✗ seier nei"} & set(texts(figure))
    assert "answers by actor" not in plots.alt_text(figure)
    share = plots.speaker_share(made.frame("quotes"), language=language)
    assert {"gjengitt", "attgjeve"} & set(texts(share))
    assert "quoted words" not in plots.alt_text(share)


def test_a_picture_for_the_dark_theme_stands_beside_the_light_one(drawn: dict[str, Figure]):
    before = [to_hex(t.get_color()) for t in drawn["share"].findobj(Text)]
    images = [a for tag, a in Elements(plots.as_html(drawn["share"], caption="x")).found if tag == "img"]
    assert [a["class"] for a in images] == ["cl-light", "cl-dark"]
    assert "display:none" in str(images[1]["style"])
    assert images[0]["src"] != images[1]["src"]
    assert [to_hex(t.get_color()) for t in drawn["share"].findobj(Text)] == before, "the figure is as it was"
    with _darkened(drawn["share"]):
        inks = {to_hex(t.get_color()) for t in drawn["share"].findobj(Text) if t.get_text()}
    assert inks == {DARK[INK]}


def test_words_on_a_box_can_be_read_in_the_dark(drawn: dict[str, Figure]):
    """A box behind words has the paper's colour, in the dark too, and is white again afterwards."""

    def grounds() -> set[str]:
        boxes = [t.get_bbox_patch() for figure in drawn.values() for t in figure.findobj(Text)]
        return {to_hex(box.get_facecolor()) for box in boxes if box is not None}

    assert grounds() == {PAPER}
    with ExitStack() as dark:
        for figure in drawn.values():
            dark.enter_context(_darkened(figure))
        assert grounds() == {DARK[PAPER]}
    assert grounds() == {PAPER}


def test_sources_have_bars_with_intervals_by_article():
    audit = pd.concat([analysis("a").sources(), analysis("b").sources()])
    figure = plots.source_share(audit, "gender", "speakers", language="nb")
    assert {"kvinne", "mann"} & set(texts(figure))
    assert plots.alt_text(figure).startswith("Av 6 kilder: ")
    assert any(line.get_marker() == "|" for line in figure.get_axes()[0].lines)
    assert not any(line.get_marker() == "|" for line in plots.source_share(audit[:1]).get_axes()[0].lines)


def test_key_words_are_filled_where_the_interval_leaves_out_zero():
    axes = plots.keyness_plot(KEYS).get_axes()[0]
    points = [line for line in axes.lines if line.get_marker() == "o"]
    filled = {float(line.get_xdata()[0]): line.get_markerfacecolor() for line in points}
    assert filled == {4.5: STRONG, 3.0: PAPER, 0.2: PAPER}
    spans = {tuple(line.get_xdata()) for line in axes.lines if line.get_marker() == "None"}
    assert {(2.0, 7.0), (-0.5, 6.5), (-1.0, 1.4)} <= spans
    assert "1 has a 95\u00a0% interval that leaves out 0" in plots.keyness_finding(KEYS)
    assert "all may be chance" in plots.keyness_finding(KEYS.iloc[1:])


def test_dispersion_draws_every_place():
    index = Index.build({"a": "ferja kom og ferja gikk", "b": "ferja sank"})
    axes = plots.dispersion_plot(index, ["ferja", "båten"]).get_axes()[0]
    strokes = [
        sorted(p.vertices[0][0] for p in c.get_paths()) for c in axes.collections if isinstance(c, LineCollection)
    ]
    assert strokes == [[0, 3, 5], []]
    assert plots.alt_text(axes.figure) == (
        "Where words stand in 7 words: ferja 3 times in 2 of 2 texts; båten 0 times in 0 of 2 texts."
    )


def test_who_speaks_about_whom():
    found = plots.speaking_about(analysis())
    assert found.to_dict("records") == [{"speaker": "Per Lund", "about": "Kari Lie", "quotes": 1, "mentions": 1}]
    both = plots.speaking_about([analysis("a"), analysis("b")])
    assert both["mentions"].tolist() == [2]


def test_who_demands_of_whom_counts_the_members_of_a_set():
    found = plots.demanding_of(analysis()).to_dict("records")
    assert found == [
        {"actor": "Kari Lie", "addressee": "staten", "demands": 2, "answered": 1, "rejected": 1, "answers": 1,
         "stances": (("reject", 1),)}
    ]  # fmt: skip


def test_who_demands_of_whom_leaves_out_what_is_no_party_and_oneself():
    made = analysis()
    actors = tuple(replace(a, name="to prosent", kind="unnamed") if a.name == "staten" else a for a in made.actors)
    assert plots.demanding_of(replace(made, actors=actors)).empty
    own = tuple(replace(d, addressees=d.actors) for d in made.demands)
    assert plots.demanding_of(replace(made, demands=own)).empty


def test_events_take_the_date_stated_or_the_articles():
    found = plots.events(analysis())
    kinds = found[["date", "kind", "basis"]].drop_duplicates()
    assert list(kinds.itertuples(index=False, name=None)) == [
        ("2022-01-20", "demand", "stated"),
        ("2022-01-26", "answer", "article"),
    ]
    assert list(plots.events([]).columns) == list(found.columns)


def test_where_speakers_are_quoted():
    found = plots.speaker_blocks(analysis())
    blocks = found.set_index("speaker")["block"].to_dict()
    assert blocks == {"Kari Lie": "body", "Per Lund": "body", NOBODY: "title"}
    assert found["words"].sum() == analysis().frame("quotes")["words"].sum()


def test_the_timeline_writes_the_days_between():
    shown = texts(plots.timeline(events_on("2022-01-01", "2022-01-11")))
    assert "← 10 days →" in shown
    assert "2022-01-11" in shown


def test_a_timeline_of_many_dates_is_to_scale():
    axes = plots.timeline(events_on(*(f"2022-01-{d:02}" for d in range(1, 20)))).get_axes()[0]
    places = sorted({float(line.get_xdata()[0]) for line in axes.lines if line.get_marker() == "s"})
    assert places[-1] - places[0] == max(1, len(places)) - 1 or places[-1] - places[0] <= 18


@pytest.mark.parametrize("date", [None, "2022-01", "2022", "ingen"])
def test_what_has_no_day_is_counted(date: str | None):
    assert plots.timeline_finding(events_on(date)) == "1 demand or answer without a day."
    assert plots.alt_text(plots.timeline(events_on(date))) == "1 demand or answer without a day."


def edges(*pairs: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame([(a, b, 1, n) for a, b, n in pairs], columns=["speaker", "about", "quotes", "mentions"])


def test_an_arrow_for_each_pair_as_wide_as_it_weighs():
    figure = plots.speaking_network(edges(("A", "B", 6), ("B", "A", 1), ("A", "C", 3)))
    arrows = [p for p in figure.get_axes()[0].patches if isinstance(p, FancyArrowPatch)]
    assert sorted(a.get_linewidth() for a in arrows) == [1.5, 2.5, 4.0]
    assert {"6", "1", "3", "A", "B", "C"} <= set(texts(figure))


def test_a_crowded_network_keeps_the_heaviest_and_says_how_many_are_left():
    many = edges(*((f"S{i}", f"T{i}", 20 - i) for i in range(15)))
    figure = plots.speaking_network(many, most=8)
    shown = texts(figure)
    assert {f"S{i}" for i in range(4)} <= set(shown)
    assert not {f"S{i}" for i in range(4, 15)} & set(shown)
    assert any(t.startswith("22 actors more") for t in shown)


def test_the_same_seed_draws_the_same_network():
    many = edges(*((f"S{i % 4}", f"T{(3 * i) % 7}", i + 1) for i in range(12)))

    def places(seed: int) -> list[tuple[float, float]]:
        return [tuple(line.get_xydata()[0]) for line in plots.speaking_network(many, seed=seed).get_axes()[0].lines]

    assert places(3) == places(3)


EMPTY = {
    "share": lambda: plots.speaker_share(analysis().frame("quotes").head(0)),
    "words": lambda: plots.word_bars(frequencies([])),
    "matrix": lambda: plots.demand_matrix(analysis().comparison().head(0)),
    "timeline": lambda: plots.timeline(plots.events([])),
    "network": lambda: plots.speaking_network(plots.speaking_about([])),
    "graph": lambda: plots.demand_graph(plots.demanding_of([])),
    "keyness": lambda: plots.keyness_plot(KEYS.head(0)),
    "dispersion": lambda: plots.dispersion_plot(Index.build({"a": "ferja"}), []),
}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_said_in_words(name: str):
    figure = EMPTY[name]()
    finding = plots.alt_text(figure)
    assert finding.startswith(("No ", "Where"))
    assert texts(figure) == [finding]


@pytest.mark.parametrize("name", NAMES)
def test_hostile_words_are_drawn_as_words(name: str, poisoned: dict[str, Figure]):
    buffer = BytesIO()
    poisoned[name].savefig(buffer, format="png", dpi=40)  # no formula is read, no letter without a picture warned of
    assert buffer.getvalue().startswith(b"\x89PNG")
    assert all(len(t) < (120 if name != "matrix" else 700) for t in texts(poisoned[name]))
    assert len(plots.alt_text(poisoned[name])) < 4_000


@pytest.mark.parametrize("name", NAMES)
def test_an_inline_picture_is_complete_and_harmless(name: str, poisoned: dict[str, Figure]):
    page = plots.as_svg(poisoned[name], caption=" ".join(HOSTILE[:4]), name="f1")
    found = Elements(page).found
    assert {"figure", "svg", "title", "desc", "figcaption"} <= {tag for tag, _ in found}
    assert not {tag for tag, _ in found} & {"script", "img", "style", "metadata", "foreignobject", "a", "image"}
    ids = [str(a["id"]) for _, a in found if "id" in a]
    assert len(ids) == len(set(ids))
    assert all(i.startswith("f1-") for i in ids)
    links = re.findall(r"url\(#([^)]*)\)", page) + [str(a["href"])[1:] for _, a in found if "href" in a]
    assert set(links) <= set(ids)
    assert not any(n.startswith("on") for _, a in found for n in a)
    ET.fromstring(page)


def test_an_inline_picture_follows_the_page(drawn: dict[str, Figure]):
    page = plots.as_svg(drawn["share"], caption="Hvem sier hva", name="f1")
    assert "var(--ink,var(--jp-ui-font-color1,#1a1a1a))" in page
    assert f"fill: {MUTED}" not in page
    assert "<text" in page
    assert "DejaVu" not in page


def test_the_same_figure_is_the_same_picture():
    def picture() -> str:
        return plots.as_svg(plots.speaker_share(analysis().frame("quotes")), caption="x", name="f")

    assert picture() == picture()


def test_a_png_is_sharp_and_as_wide_as_the_figure(drawn: dict[str, Figure]):
    image = next(a for tag, a in Elements(plots.as_html(drawn["share"], caption="x")).found if tag == "img")
    assert image["alt"] == plots.alt_text(drawn["share"])
    assert image["style"] == "max-width:100%;width:672px"
    other = plots.as_html(drawn["share"], caption="x", alt="Kari Lie sier mest")
    assert 'alt="Kari Lie sier mest"' in other


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kari Lie", "Kari Lie"),
        ("a\nb\tc", "a b c"),
        ("$x$", r"\$x\$"),
        ("a\u202eb", "a b"),
        ("\u6c49 ja", "\ufffd ja"),
        ("x" * 100, "x" * 45 + " …"),
        ("et langt navn som må deles ved et mellomrom før slutten", "et langt navn som må deles ved et mellomrom …"),
    ],
)
def test_a_figure_draws_a_line_of_known_letters(text: str, expected: str):
    assert drawable(text) == expected


def test_a_demand_of_nobody_that_nobody_answers_is_not_passed_over():
    alone = pd.DataFrame(index=pd.MultiIndex.from_tuples([("d1", "LO", "høyere lønn")]))
    finding = "1 demand; nobody is called on and no answer was found."
    assert plots.matrix_finding(alone) == finding
    assert finding in " ".join(" ".join(texts(plots.demand_matrix(alone))).split())


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, seed_analysis: Analysis):
    monkeypatch.setattr("corpus_lib.plots.style.find_spec", lambda name: None)
    for draw in (
        lambda: plots.word_bars(pd.DataFrame({"word": ["krav"], "count": [3]})),
        lambda: plots.demand_matrix(seed_analysis.comparison()),
        lambda: report([seed_analysis]),
    ):
        with pytest.raises(MissingExtra, match=r"figures need matplotlib: pip install 'corpus_lib\[notebook\]'"):
            draw()
