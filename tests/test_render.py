"""HTML of hand-made records: escaping, marks, legend; one page is compared with a reviewed copy."""

from __future__ import annotations

import base64
import os
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from corpus_lib.model import Article, Block, Metadata, Quote, Span, sha256
from corpus_lib.render import (
    NOBODY,
    PALETTE,
    UNKNOWN,
    colours,
    figure,
    legend,
    marked_article,
    number,
    speakers_by_count,
    table,
)

GOLDEN = Path(__file__).parent / "golden" / "quote_marks.html"
RENEW = "CORPUS_LIB_RENEW_GOLDEN"

TEXT = (
    "Ferja <i>Bodø</i> & co\n"
    "– Vi gir oss ikke, sier Kari Lie, – og «aldri» før jul.\n"
    "Per Lund mener at det er for dyrt.\n"
    "«Nei», het det."
)
NAMES = {"a1": "Kari Lie", "a2": 'Per "Pelle" <Lund>'}


def quote(id: str, kind: str, speakers: tuple[str, ...], *parts: str) -> Quote:
    segments = tuple(Span(TEXT.index(part), TEXT.index(part) + len(part)) for part in parts)
    return Quote(id, kind, segments, None, None, None, speakers, None, "hand-made", (), 0.9)  # type: ignore[arg-type]


QUOTES = (
    quote("q1", "direct", ("a1",), "Vi gir oss ikke", "og «aldri» før jul"),
    quote("q2", "indirect", ("a2",), "det er for dyrt"),
    quote("q3", "mixed", (), "Nei"),
)


def article(text: str = TEXT) -> Article:
    lines = [(m.start(), m.end()) for m in re.finditer(r".+", text)]
    kinds = ["title"] + ["body"] * (len(lines) - 1)
    blocks = tuple(Block(kind, *line) for kind, line in zip(kinds, lines, strict=True))  # type: ignore[arg-type]
    return Article("side", text, sha256(text), "nb", Metadata(), blocks)


class Reader(HTMLParser):
    """Reads a page back: its elements, the text of each mark without its label, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.marks: list[str] = []
        self.titles: list[str] = []
        self.text = ""
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element in."""
        self.tags.append(tag)
        self.inside = tag
        if tag == "mark":
            self.marks.append("")
            self.titles.append(dict(attrs)["title"] or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Take its characters in."""
        self.text += data
        if self.inside == "mark":
            self.marks[-1] += data


def test_the_page_is_the_one_that_was_reviewed():
    page = marked_article(article(), QUOTES, NAMES, chosen={"q2"}) + "\n"
    if os.environ.get(RENEW) == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(page, encoding="utf-8")
    assert GOLDEN.read_text(encoding="utf-8") == page, (
        f"the page differs from {GOLDEN.name}; look at it in a browser, and if it is right, renew the copy: "
        f"{RENEW}=1 python -m pytest tests/test_render.py"
    )


def test_every_part_of_every_quotation_is_marked():
    page = Reader(marked_article(article(), QUOTES, NAMES))
    assert page.marks == ["Vi gir oss ikke", "og «aldri» før jul", "det er for dyrt", "Nei"]


def test_a_mark_says_who_how_and_why():
    titles = Reader(marked_article(article(), QUOTES, NAMES)).titles
    assert titles[0] == "Kari Lie · direct · hand-made · confidence 0,90"
    assert titles[2:] == [
        'Per "Pelle" <Lund> · reported · hand-made · confidence 0,90',
        f"{NOBODY} · reported, with quoted words · hand-made · confidence 0,90",
    ]


def test_the_whole_text_is_on_the_page_in_order():
    page = Reader(marked_article(article(), QUOTES, NAMES)).text
    for label in (*NAMES.values(), NOBODY):
        page = page.replace(f" [{label}]", "")
    assert page.endswith(TEXT.replace("\n", ""))


def test_hostile_text_and_names_stay_text():
    hostile = '<script>alert("x")</script> & <img src=x onerror=alert(1)>'
    words = Span(0, len(hostile))
    said = Quote("q1", "direct", (words,), None, None, None, ("a1",), None, hostile, (), 0.5)
    page = marked_article(article(hostile), [said], {"a1": f'"{hostile}'})
    reader = Reader(page)
    assert set(reader.tags) <= {"div", "p", "span", "mark", "br"}
    assert reader.marks == [hostile]
    assert not re.search(r"<(script|img)", page)
    assert set(Reader(table([hostile], [[hostile]], caption=hostile)).tags) <= {
        "table", "caption", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    assert Reader(figure(b"", alt=f'"{hostile}', caption=hostile)).tags == ["figure", "img", "figcaption"]


def test_overlapping_quotations_lose_no_character():
    inner = quote("q2", "direct", ("a2",), "gir oss")
    page = Reader(marked_article(article(), [QUOTES[0], inner], NAMES)).text
    for label in NAMES.values():
        page = page.replace(f" [{label}]", "")
    assert page.endswith(TEXT.replace("\n", ""))


def test_a_quotation_inside_another_is_marked_too():
    inner = quote("q2", "direct", ("a2",), "gir oss")
    assert "gir oss" in Reader(marked_article(article(), [QUOTES[0], inner], NAMES)).marks


def test_the_legend_counts_and_puts_the_unknown_last():
    many = [*QUOTES, quote("q4", "direct", (), "for dyrt"), quote("q5", "direct", ("a1", "a2"), "før jul")]
    assert speakers_by_count(many, NAMES) == [
        ("Kari Lie", 1),
        ('Kari Lie; Per "Pelle" <Lund>', 1),
        ('Per "Pelle" <Lund>', 1),
        (NOBODY, 2),
    ]
    text = Reader(legend(many, NAMES)).text
    assert text.startswith('Kari Lie: 1 Kari Lie; Per "Pelle" <Lund>: 1 Per "Pelle" <Lund>: 1 unknown speaker: 2')
    assert "no quotations found" in legend([], NAMES)


def test_every_speaker_has_a_colour_and_the_unknown_its_own():
    cast = {f"a{i:02}": f"Navn {i:02}" for i in range(13)}
    found = colours([quote(f"q{i}", "direct", (a,), "Nei") for i, a in enumerate(cast)], cast)
    assert set(found) == {*cast.values(), NOBODY}
    assert found[NOBODY] == UNKNOWN
    assert {found[f"Navn {i:02}"] for i in range(12)} == set(PALETTE)
    assert found["Navn 12"] == UNKNOWN, "grey for the rest"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("background", [b for b, _ in (*PALETTE, UNKNOWN)])
def test_marked_words_are_easy_to_read(background: str):
    assert contrast("#1a1a1a", background) >= 13


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (1234.5, 1, "1\u00a0234,5"),
        (0.906, 2, "0,91"),
        (1_000_000, 0, "1\u00a0000\u00a0000"),
        (-2.5, 1, "-2,5"),
        (7, 0, "7"),
    ],
)
def test_numbers_are_written_as_in_norwegian(value: float, decimals: int, expected: str):
    assert number(value, decimals) == expected


def test_a_table_shows_nothing_for_none_and_zero_for_zero():
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table(["a", "b"], [[None, 0]]))
    assert cells == ["", "0"]


def test_a_figure_carries_its_picture_and_its_text():
    page = figure(b"\x89PNG", alt="Lie sier mest", caption="Hvem sier hva")
    data = base64.b64encode(b"\x89PNG").decode()
    assert f'alt="Lie sier mest" style="max-width:100%" src="data:image/png;base64,{data}"' in page
    assert "<figcaption>Hvem sier hva</figcaption>" in page


def test_a_figure_may_say_how_wide_it_is_shown():
    assert 'style="max-width:100%;width:640px"' in figure(b"", alt="Lie sier mest", caption="x", width=640)


def test_signs_of_right_to_left_writing_stay_with_their_words():
    turned = "\u202eLie"
    said = Quote("q1", "direct", (Span(0, 7),), None, None, None, ("a1",), None, "hand-made", (), 0.5)
    page = marked_article(article("\u202e Hei – sa hun"), [said], {"a1": turned})
    marks = re.findall(r"<(mark|span)[^>]* style=\"([^\"]*)\"", page)
    assert marks
    assert all("unicode-bidi:isolate" in style for _, style in marks if "color" in style)


def test_words_of_any_length_are_broken():
    assert "overflow-wrap:anywhere" in marked_article(article("x" * 10_000), [], {})
    assert table(["a"], [["x" * 10_000]]).count("overflow-wrap:break-word") == 2


@pytest.mark.parametrize("alt", ["", "  "])
def test_a_figure_without_alternative_text_is_refused(alt: str):
    with pytest.raises(ValueError, match="needs an alternative text"):
        figure(b"", alt=alt, caption="x")
