"""Key word in context: the words found in one column, what stands before flush against them, the sort key marked."""

from __future__ import annotations

import re
from html import escape

from corpus_lib.labels import Labels, Language, labels
from corpus_lib.render import ISOLATE
from corpus_lib.widgets.parts import scrolled
from corpus_lib.words import Result

LINE = ("left", "node", "right", "document")
SIDES = ("right", "center", "left", "left")
_WORD = re.compile(r"\w+(?:[-’'.:/]\w+)*")
_PLACE = re.compile(r"([LR])(\d+)")


def lines_html(lines: Result, sort: str = "", *, asked: str = "", language: Language = "en") -> str:
    """Return concordance lines: what stands before, the words themselves, what stands after.

    Parameters
    ----------
    lines
        A result of `Index.concordance` or `Result.lines`.
    sort
        The place that they are sorted by, as `Index.concordance` has it (``L1``, ``R2``, ``node``): it is underlined.
    asked
        What was looked for, as the caption names it; by its title where this is not given.
    language
        In which the headings stand.
    """
    t, shown = labels(language), columns_of(lines)
    rows = ""
    for line in lines.frame[list(LINE[:shown])].itertuples(index=False, name=None):
        cells = zip(SIDES, keyed(line, sort), strict=False)
        rows += f'<tr style="line-height:1.5">{"".join(_cell(side, words) for side, words in cells)}</tr>'
    heads = "".join(
        f'<th scope="col" style="padding:0 4px;text-align:{side}">{head}</th>'
        for side, head in zip(SIDES[:shown], heads_of(t), strict=False)
    )
    caption = caption_of(lines, t, sort, asked)
    return scrolled(
        f'<table style="border-collapse:collapse"><caption style="text-align:left">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>",
        caption,
    )


def heads_of(t: Labels) -> list[str]:
    """Return the headings of lines."""
    return [t("head.before"), t("head.found"), t("head.after"), t("noun.article")]


def caption_of(lines: Result, t: Labels, sort: str = "", asked: str = "") -> str:
    """Return whose lines they are, how many there are and how many are shown, and what they are sorted by."""
    asked = asked or lines.title.rpartition(": ")[2] or lines.title
    total = int(lines.frame.attrs.get("total", len(lines.frame)))
    caption = t("counting.lines_caption", word=asked, n=total)
    if total > len(lines.frame):
        caption = t("counting.lines_few", caption=caption, n=len(lines.frame))
    return t("counting.lines_sorted", caption=caption, sort=t(f"sorting.{sort}")) if f"sorting.{sort}" in t else caption


def columns_of(lines: Result) -> int:
    """Return how many columns lines have: the article is told where there are several."""
    return len(LINE) if len(set(lines.frame["document"])) > 1 else len(LINE) - 1


def _cell(side: str, words: str) -> str:
    weight = ";font-weight:bold" if side == "center" else ""
    style = f"text-align:{side};padding:0 4px;max-width:34em;overflow-wrap:break-word;{ISOLATE}{weight}"
    return f'<td style="{style}">{words}</td>'


def keyed(line: tuple[str, ...], sort: str) -> list[str]:
    """Return the parts of a line as HTML, the word that they are sorted by underlined.

    >>> keyed(("krever at", "Nato", ". Både USA"), "R1")
    ['krever at', 'Nato', '. <u>Både</u> USA']
    """
    cells = [escape(part) for part in line]
    if place := _PLACE.fullmatch(sort):
        at, count = (0, -int(place[2])) if place[1] == "L" else (2, int(place[2]) - 1)
        words = list(_WORD.finditer(line[at]))
        if -len(words) <= count < len(words):
            (start, end), text = words[count].span(), line[at]
            cells[at] = f"{escape(text[:start])}<u>{escape(text[start:end])}</u>{escape(text[end:])}"
    elif sort == "node":
        cells[1] = f"<u>{cells[1]}</u>"
    return cells


_CUT = "display:flex;overflow:hidden;white-space:pre;justify-content:"


def row_html(line: tuple[str, ...], sort: str) -> str:
    """Return a line as the cells of a row that is one line high: what has no room is cut far from the words found."""
    sides = {"right": "flex-end", "center": "center", "left": "flex-start"}
    return "".join(
        f'<td style="padding:0 4px;overflow:hidden;{ISOLATE}{";font-weight:bold" if side == "center" else ""}" '
        f'title="{escape(whole)}"><div style="{_CUT}{sides[side]}"><span>{words}</span></div></td>'
        for side, words, whole in zip(SIDES, keyed(line, sort), line, strict=False)
    )
