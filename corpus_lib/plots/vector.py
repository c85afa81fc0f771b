"""A Figure as inline SVG: text stays text, colours follow the page's theme, nothing leaves the picture."""

from __future__ import annotations

import io
import re
import threading
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from corpus_lib.plots.style import INK, MUTED, PAPER, RULE, SECOND, STRONG, alt_text

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_THEME = {
    INK: "var(--ink,var(--jp-ui-font-color1,#1a1a1a))",
    MUTED: "var(--muted,var(--jp-ui-font-color2,#595959))",
    RULE: "var(--rule,var(--jp-border-color1,#d4d4d4))",
    PAPER: "var(--paper,var(--jp-layout-color0,#ffffff))",
    STRONG: "var(--accent,#0072b2)",
    SECOND: "var(--second,#a35200)",
}
"""Colours of the figures that are the page's or JupyterLab's own; a page without these keeps the figure's."""

_DRAWING = threading.Lock()
"""Held while a figure is drawn with settings of its own: those of matplotlib belong to all threads."""

_LEFT_OUT = ("metadata", "style", "title")
_LINK = re.compile(r"url\(#([^)]+)\)")
_FONT = re.compile(r"'[^']*'(?:, *'[^']*')*(?:, *[\w-]+)*")


def as_svg(drawn: Figure, *, caption: str, name: str, alt: str | None = None) -> str:
    """Return a Figure as an HTML figure with an inline SVG that is named and described.

    For pages that keep SVG; a notebook that is not trusted does not: there, use `as_html`.

    Parameters
    ----------
    name
        Goes before every id in the picture: another one for each figure of a page.
    alt
        The text that states the finding; where it is not given, the figure's own.

    Raises
    ------
    ValueError
        If there is neither.
    """
    finding = alt_text(drawn) if alt is None else alt
    if not finding.strip():
        raise ValueError("a figure needs an alternative text that states its finding")
    root = ET.fromstring(_raw(drawn))
    body = "".join(_written(child, name) for child in root)
    labels = f'<title id="{name}-t">{escape(caption)}</title><desc id="{name}-d">{escape(finding)}</desc>'
    return (
        f'<figure><div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t {name}-d" '
        f'viewBox="{escape(root.attrib["viewBox"])}" style="width:{drawn.get_figwidth() * 96:.0f}px;max-width:100%" '
        f'stroke-linejoin="round" font-family="inherit">{labels}{body}</svg></div>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _raw(drawn: Figure) -> str:
    import matplotlib as mpl

    buffer = io.StringIO()
    with _DRAWING, mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "corpus_lib"}):
        drawn.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return buffer.getvalue()


def _written(element: ET.Element, name: str) -> str:
    """Return an element and what is in it as HTML, without namespaces, scripts or links out of the picture."""
    tag = element.tag.rpartition("}")[2]
    if tag in _LEFT_OUT:
        return ""
    attributes = "".join(_attribute(key, value, name) for key, value in element.attrib.items())
    inside = escape(element.text or "", quote=False) if (element.text or "").strip() else ""
    inside += "".join(_written(child, name) for child in element)
    return f"<{tag}{attributes}>{inside}</{tag}>" if inside or tag != "defs" else ""


def _attribute(key: str, value: str, name: str) -> str:
    key = key.rpartition("}")[2]
    if key == "id":
        value = f"{name}-{value}"
    elif key == "href":
        value = f"#{name}-{value.removeprefix('#')}"
    elif key in ("style", "clip-path", "fill", "stroke"):
        value = _LINK.sub(lambda m: f"url(#{name}-{m[1]})", value)
        for colour, ours in _THEME.items():
            value = value.replace(colour, ours)
        value = _FONT.sub("inherit", value) if "font" in value else value
    return f' {key}="{escape(value)}"'
