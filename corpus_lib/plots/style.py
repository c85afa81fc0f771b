"""What all figures share: colours, axes, text that is safe to draw, Norwegian numbers, and the way out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from unicodedata import bidirectional

from corpus_lib.errors import MissingExtra
from corpus_lib.render import figure, number

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK = "#1a1a1a"
"""Text and lines on the page; follows the theme in an inline SVG."""

CELL_INK = "#111111"
"""Text on a light fill: dark in every theme."""

MUTED, RULE, PAPER = "#595959", "#d4d4d4", "#ffffff"
STRONG, SECOND = "#0072b2", "#a35200"
"""Blue and brown: told apart with every kind of colour blindness (Okabe & Ito 2008), and beside it by shape."""

DARK = {
    INK: "#e9e7e2",
    MUTED: "#a9adb3",
    RULE: "#41464d",
    PAPER: "#111111",
    STRONG: "#5aa9dd",
    SECOND: "#e3a35c",
}
"""The same on a dark page."""

_DPI = 144
_CSS_PIXELS = 96


def check_matplotlib() -> None:
    """Raise `MissingExtra` where matplotlib is not installed; its own import tells nobody which extra brings it."""
    if find_spec("matplotlib") is None:
        raise MissingExtra("figures need matplotlib: pip install 'corpus_lib[notebook]'")


def axes_of(ax: Axes | None, width: float, height: float) -> tuple[Figure, Axes]:
    """Return the axes to draw on and their figure: those that were given, or new ones of a size in inches.

    Raises
    ------
    MissingExtra
        If matplotlib is not installed.
    """
    check_matplotlib()
    from matplotlib.figure import Figure

    if ax is not None:
        held = ax.get_figure(root=True)
        assert isinstance(held, Figure)
        return held, ax
    drawn = Figure(figsize=(width, height), layout="constrained", facecolor=PAPER)
    return drawn, drawn.add_subplot(facecolor="none")


def day_number(text: str | None) -> int | None:
    """Return where a full ISO date stands on an axis of days; None for a month or a year alone.

    >>> day_number("0001-02-01"), day_number("2024-05"), day_number(None)
    (32, None, None)
    """
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return None


def said(axes: Axes, finding: str) -> None:
    """Keep with the axes the text that states what they show."""
    axes.set_label(finding)


def alt_text(drawn: Figure) -> str:
    """Return what a figure of this package shows, in words; empty for a figure from elsewhere.

    >>> import pandas as pd
    >>> from corpus_lib.plots import word_bars
    >>> alt_text(word_bars(pd.DataFrame({"word": ["krav"], "count": [3]})))
    'The most frequent word is krav (3).'
    """
    labels = [str(a.get_label()) for a in drawn.get_axes()]
    return " ".join(label for label in labels if label and not label.startswith("_"))


def empty(drawn: Figure, axes: Axes, finding: str) -> Figure:
    """Return a figure that says there is nothing to show."""
    axes.set_axis_off()
    axes.text(0.5, 0.5, finding, ha="center", va="center", color=MUTED, transform=axes.transAxes)
    said(axes, finding)
    return drawn


def quiet(axes: Axes, *, grid: bool = True) -> None:
    """Take away what carries no information."""
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.tick_params(axis="y", length=0, colors=INK)
    axes.tick_params(axis="x", colors=MUTED, labelcolor=INK)
    axes.set_axisbelow(True)
    if grid:
        axes.xaxis.grid(visible=True, color=RULE, linewidth=0.6)
    axes.xaxis.label.set_color(INK)


def whole_numbers(axes: Axes) -> None:
    """Write the ticks of the x axis as whole Norwegian numbers."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(value)))


def drawable(text: str, most: int = 46) -> str:
    r"""Return text as a figure may draw it: one line, cut at a word, no formula, no character without a picture.

    >>> drawable("Pris: $100$\u202e")
    'Pris: \\$100\\$'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 20 * most]).split())
    if len(line) > most:
        head, space, _ = line[: most - 1].rpartition(" ")
        line = f"{head if space else line[: most - 1]} …"
    known = _pictures()
    return "".join(c if ord(c) in known else "\ufffd" for c in line).replace("$", r"\$")


@cache
def _pictures() -> frozenset[int]:
    """Return the characters that matplotlib's own font can draw."""
    check_matplotlib()
    from matplotlib import font_manager

    return frozenset(font_manager.get_font(font_manager.findfont("DejaVu Sans")).get_charmap())


def shown(name: str, most: int = 60) -> str:
    r"""Return a name for a sentence: cut where it is longer than any name is, and kept to itself (UAX 9).

    >>> shown("Kari\u202e Lie"), len(shown("x" * 1000)), len(shown("שלום"))
    ('Kari Lie', 60, 6)
    """
    line = "".join(c for c in name[: 2 * most] if c.isprintable())
    line = line if len(line) <= most else f"{line[: most - 2]} …"
    leftward = any(bidirectional(c) in ("R", "AL") for c in line)
    return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}" if leftward else line


def as_html(drawn: Figure, *, caption: str, alt: str | None = None) -> str:
    """Return a Figure as an HTML figure with a text that states its finding, for light and for dark pages.

    Two pictures (PNG), of which JupyterLab's theme shows one; a notebook that is not trusted shows the light one.

    Parameters
    ----------
    alt
        That text; where it is not given, the figure's own.

    Raises
    ------
    ValueError
        If there is neither.
    """
    light = _png(drawn)
    with _darkened(drawn):
        dark = _png(drawn)
    width = round(drawn.get_figwidth() * _CSS_PIXELS)
    return figure(light, dark=dark, alt=alt_text(drawn) if alt is None else alt, caption=caption, width=width)


def _png(drawn: Figure) -> bytes:
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None})
    return buffer.getvalue()


@contextmanager
def _darkened(drawn: Figure) -> Iterator[None]:
    """Give a figure the colours of a dark page while it is drawn once more."""
    from matplotlib.colors import is_color_like, to_hex

    changed: list[tuple[Any, str, Any]] = []
    found = drawn.findobj()
    boxes = [box for artist in found if (box := getattr(artist, "get_bbox_patch", lambda: None)()) is not None]
    for artist in (*found, *boxes):
        for what in ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor"):
            value: Any = getattr(artist, f"get_{what}", lambda: None)()
            one = value[0] if getattr(value, "ndim", 0) > 1 and len(value) == 1 else value
            if one is not None and is_color_like(one) and (new := DARK.get(to_hex(one))):
                changed.append((artist, what, value))
                getattr(artist, f"set_{what}")(new)
    try:
        yield
    finally:
        for artist, what, value in reversed(changed):
            getattr(artist, f"set_{what}")(value)
