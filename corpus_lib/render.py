"""Records → HTML strings: escaping, palette, legend. Pure; styles inline, so that untrusted notebooks keep them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from html import escape
from itertools import chain, pairwise, repeat
from typing import TypeVar

from corpus_lib.labels import counted as counted
from corpus_lib.labels import number as number
from corpus_lib.model import Article, Block, Quote, Span

T = TypeVar("T")

PALETTE = (
    ("#cfe5f7", "#0072b2"), ("#fde3b8", "#a35200"), ("#cdeee2", "#00664b"), ("#f3d9ea", "#8c3a70"),
    ("#f6f3b0", "#75780a"), ("#fbdedd", "#d43833"), ("#c5f2f7", "#087f8f"), ("#eae1fa", "#865bcf"),
    ("#d9f2c4", "#418112"), ("#fcdce9", "#c9266a"), ("#dfe4f8", "#576dc7"), ("#f2e2d7", "#966848"),
)  # fmt: skip
"""Background and border for each speaker: contrast ≥ 13:1 with the text and ≥ 2.5:1 with light and dark pages."""

PATTERNS = ("", "stripes", "dots")
"""What tells speakers apart beside the colour: four have none, the next four stripes, the next four dots."""

UNKNOWN = ("#e6e6e6", "#555555")
"""The look of speakers that nobody knows, and of those beyond the twelve most quoted."""
TEXT = "#1a1a1a"
BORDERS = {"direct": "solid", "indirect": "dashed", "mixed": "dotted"}
TYPES = {"direct": "direct", "indirect": "reported", "mixed": "reported, with quoted words"}
NOBODY = "unknown speaker"
ISOLATE = "unicode-bidi:isolate"
"""Keeps signs of right-to-left writing in a text from turning round what stands beside it."""

DENYING = " (denies)"
"""What stands behind the name of a speaker who rejects the words."""


def speaker_name(quote: Quote, names: Mapping[str, str]) -> str:
    """Return who speaks, joined by ``; ``, or that nobody is known; who rejects the words is told apart.

    A denial is no statement of its speaker, so it has a name, a colour and a count of its own.
    """
    who = "; ".join(names[s] for s in quote.speakers) or NOBODY
    return f"{who}{DENYING}" if quote.denied else who


def speakers_by_count(quotes: Sequence[Quote], names: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return speakers with the number of their quotations, most first; the unknown last."""
    counts = Counter(speaker_name(q, names) for q in quotes)
    return sorted(counts.items(), key=lambda item: (item[0] == NOBODY, -item[1], item[0]))


Look = tuple[str, str]
"""The background and border of a speaker's marks and bars."""


def colours(quotes: Sequence[Quote], names: Mapping[str, str]) -> dict[str, Look]:
    """Return background and border by speaker: a colour of their own for the twelve most quoted, grey for the rest."""
    return looks(speaker for speaker, _ in speakers_by_count(quotes, names))


def looks(speakers: Iterable[str]) -> dict[str, Look]:
    """Return background and border by speaker, in the order in which colours are given.

    Who comes first in a whole corpus keeps that colour in each of its articles.

    >>> looks(["Lie", NOBODY, "Vik"])["Vik"] == PALETTE[1]
    True
    """
    known = (s for s in dict.fromkeys(speakers) if s != NOBODY)
    pairs = chain(PALETTE, repeat(UNKNOWN))
    return {NOBODY: UNKNOWN} | dict(zip(known, pairs, strict=False))


def pattern(look: Look) -> str:
    """Return what tells a look apart beside its colour: nothing, ``stripes`` or ``dots``.

    >>> pattern(PALETTE[0]), pattern(PALETTE[5]), pattern(PALETTE[11]), pattern(UNKNOWN)
    ('', 'stripes', 'dots', '')
    """
    return PATTERNS[PALETTE.index(look) // 4] if look in PALETTE else ""


def filling(look: Look) -> str:
    """Return the style of a look's ground: its background, with the pattern over it."""
    background, border = look
    drawn = {
        "stripes": f";background-image:repeating-linear-gradient(45deg,transparent 0 5px,{border}33 5px 7px)",
        "dots": f";background-image:radial-gradient({border}55 1px,transparent 1.4px);background-size:6px 6px",
    }
    return f"background-color:{background}{drawn.get(pattern(look), '')}"


def marked_article(
    article: Article,
    quotes: Sequence[Quote],
    names: Mapping[str, str],
    *,
    chosen: Collection[str] = (),
    among: Sequence[Quote] | None = None,
) -> str:
    """Return the article as HTML, every quotation marked by speaker (label, colour) and type (border).

    Parameters
    ----------
    names
        Actor names by id.
    chosen
        Ids of quotations to single out with a heavier border.
    among
        All quotations, where only some are shown: a speaker keeps its colour whoever is left out.
    """
    palette = colours(among or quotes, names)
    body = ""
    for b, here in zip(article.blocks, by_block(article.blocks, segments_of(quotes)), strict=True):
        body += f'<p style="{_block_style(b.kind)}">{_marked(article.text, b.span, here, names, palette, chosen)}</p>'
    return (
        f'<div lang="{escape(article.language)}" style="max-width:46em;line-height:1.6;overflow-wrap:anywhere">'
        f"{legend(quotes, names, palette)}{body}</div>"
    )


def segments_of(quotes: Iterable[Quote]) -> list[tuple[Span, Quote]]:
    """Return the quoted stretches with their quotations, in text order, one that holds another before it."""
    return sorted(((s, q) for q in quotes for s in q.segments), key=lambda m: (m[0].start, -m[0].end))


def by_block(blocks: Sequence[Block], marked: Iterable[tuple[Span, T]]) -> list[list[tuple[Span, T]]]:
    """Return for each block what overlaps it, in the order given.

    Parameters
    ----------
    blocks
        In text order.
    """
    starts = [b.start for b in blocks]
    found: list[list[tuple[Span, T]]] = [[] for _ in blocks]
    for span, what in marked:
        place = max(0, bisect_right(starts, span.start) - 1)
        while place < len(blocks) and starts[place] < span.end:
            if span.overlaps(blocks[place].span):
                found[place].append((span, what))
            place += 1
    return found


def quote_title(quote: Quote, speaker: str) -> str:
    """Return what a mark tells of its quotation when it is pointed at."""
    return f"{speaker} · {TYPES[quote.type]} · {quote.rule} · confidence {number(quote.confidence, 2)}"


def _block_style(kind: str) -> str:
    own = {
        "title": "font-size:1.4em;font-weight:bold",
        "lead": "font-weight:bold",
        "subheading": "font-weight:bold;margin-top:1.2em",
        "caption": "font-size:0.9em;font-style:italic",
    }.get(kind, "font-size:0.9em" if kind in ("date", "byline", "credit") else "")
    return f"margin:0.6em 0;{own}"


def _marked(
    text: str,
    block: Span,
    marks: Sequence[tuple[Span, Quote]],
    names: Mapping[str, str],
    palette: Mapping[str, tuple[str, str]],
    chosen: Collection[str],
) -> str:
    """Return a block with its marks; where one quotation holds another, the inner one is marked inside it."""
    here = [(Span(max(s.start, block.start), min(s.end, block.end)), q) for s, q in marks]
    edges = sorted({block.start, block.end, *(e for s, _ in here for e in (s.start, s.end))})
    parts = []
    for start, end in pairwise(edges):
        piece = Span(start, end)
        covering = [(s, q) for s, q in here if piece.within(s)]
        if not covering:
            parts.append(escape(text[start:end]))
            continue
        span, quote = min(covering, key=lambda m: m[0].end - m[0].start)
        parts.append(_mark(text[start:end], quote, names, palette, heavy=quote.id in chosen, last=end == span.end))
    return "".join(parts)


def _mark(
    words: str,
    quote: Quote,
    names: Mapping[str, str],
    palette: Mapping[str, tuple[str, str]],
    *,
    heavy: bool,
    last: bool,
) -> str:
    speaker = speaker_name(quote, names)
    _, border = palette[speaker]
    width = 4 if heavy else 2
    title = quote_title(quote, speaker)
    style = (
        f"{filling(palette[speaker])};color:{TEXT};border-bottom:{width}px {BORDERS[quote.type]} {border};"
        f"padding:1px 2px;{ISOLATE}"
    )
    small = f'style="font-size:0.7em;font-weight:bold;color:{TEXT};{ISOLATE}"'
    label = f"<span {small}> [{escape(speaker)}]</span>" if last else ""
    return f'<mark title="{escape(title)}" style="{style}">{escape(words)}{label}</mark>'


def legend(
    quotes: Sequence[Quote], names: Mapping[str, str], palette: Mapping[str, tuple[str, str]] | None = None
) -> str:
    """Return who is marked how, with the number of quotations."""
    palette = palette or colours(quotes, names)
    entries = [
        f'<span style="{filling(palette[s])};color:{TEXT};border-bottom:2px solid {palette[s][1]};'
        f'padding:1px 4px;margin-right:0.8em;{ISOLATE}">{escape(s)}: {n}</span>'
        for s, n in speakers_by_count(quotes, names)
    ]
    types = "line under the words: solid = direct, dashed = reported, dotted = reported with quoted words"
    shown = " ".join(entries) or "no quotations found"
    return f'<p style="font-size:0.9em;line-height:2">{shown}<br>{types}</p>'


_CELL = "text-align:left;vertical-align:top;padding:2px 8px;min-width:2.5em;max-width:40em;overflow-wrap:break-word"


_NUMBER = _CELL.replace("left", "right", 1) + ";font-variant-numeric:tabular-nums"
_WRITTEN = re.compile(r"[-−]?[0-9]{1,3}(?:\u00a0[0-9]{3})*(?:,[0-9]+)?(?: ?%)?|–")


def _is_number(value: object) -> bool:
    """Say whether a value is a number, or one as Norwegian writes it."""
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return value is None or plain or (isinstance(value, str) and _WRITTEN.fullmatch(value) is not None)


def _shown(value: object) -> str:
    """Return a value as it is shown: numbers as Norwegian writes them, nothing for None."""
    if value is None or isinstance(value, str | bool):
        return "" if value is None else str(value)
    return number(value, 0 if isinstance(value, int) else 2) if isinstance(value, int | float) else str(value)


def table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, caption: str = "") -> str:
    """Return an HTML table with every cell escaped; columns of numbers stand flush right.

    >>> "&lt;b&gt;" in table(["a"], [["<b>"]])
    True
    """
    right = [bool(rows) and all(_is_number(v) for v in column) for column in zip(*rows, strict=True)] or []
    styles = [f'style="{_NUMBER if r else _CELL}"' for r in (right or [False] * len(columns))]
    head = "".join(f'<th scope="col" {s}>{escape(c)}</th>' for c, s in zip(columns, styles, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td {s}>{escape(_shown(v))}</td>" for v, s in zip(row, styles, strict=True)) + "</tr>"
        for row in rows
    )
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


_THEMED = (
    "<style>body[data-jp-theme-light=false] .cl-light{display:none!important}"
    "body[data-jp-theme-light=false] .cl-dark{display:inline!important}</style>"
)
"""Shows the picture of the dark theme in JupyterLab; where styles are taken away, the light one is shown."""


def figure(png: bytes, *, alt: str, caption: str, width: int | None = None, dark: bytes | None = None) -> str:
    """Return a PNG as an HTML figure with a text that states its finding.

    Parameters
    ----------
    width
        How wide it is shown, in CSS pixels, where there is room; the picture's own width where it is not given.
    dark
        The same picture for a dark page.

    Raises
    ------
    ValueError
        If the alternative text is empty.
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text that states its finding")
    style = "max-width:100%" + (f";width:{width}px" if width else "")
    pictures = _picture(png, alt, style, "cl-light" if dark else "")
    if dark:
        pictures = f"{_THEMED}{pictures}{_picture(dark, alt, f'{style};display:none', 'cl-dark')}"
    return f'<figure style="margin:0">{pictures}<figcaption>{escape(caption)}</figcaption></figure>'


def _picture(png: bytes, alt: str, style: str, name: str) -> str:
    import base64

    data = base64.b64encode(png).decode("ascii")
    named = f' class="{name}"' if name else ""
    return f'<img{named} alt="{escape(alt)}" style="{style}" src="data:image/png;base64,{data}">'
