"""HTML by hand: what is text is escaped and kept to itself, what is markup says so by its type."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus_lib.labels import Labels, number


class Html(str):
    """A string that is markup already."""

    __slots__ = ()


_LANDMARKS = 2
"""Sections below this level of heading would be too many landmarks to jump between."""

_LONG = 30
"""A longer word may be broken anywhere, or it would widen the page."""

_NAME = 90
"""A longer name is cut in labels and tables; the article has it whole."""

Content = str | int | float | None
"""What a cell may hold: markup (`Html`), text that is escaped, a number, or nothing."""


def html(content: Content) -> Html:
    r"""Return content as markup: text escaped, numbers as Norwegian writes them.

    >>> html("<b>"), html(Html("<b>")), html(1234), html(0.5), html(None)
    ('&lt;b&gt;', '<b>', '1\xa0234', '0,50', '')
    """
    if isinstance(content, Html):
        return content
    if isinstance(content, float):
        return Html(number(content, 2))
    return Html(number(content) if isinstance(content, int) else escape(content or ""))


def verbatim(text: str | None, language: str | None = None) -> Html:
    """Return words of an article or of a file's name, kept to themselves whichever way they are written.

    >>> verbatim("<i>", "nb")
    '<bdi lang="nb">&lt;i&gt;</bdi>'
    """
    long = any(len(word) > _LONG for word in (text or "").split())
    return element("bdi", text or "", lang=language or None, class_="long" if long else None)


def named(name: str | None, language: str | None = None) -> Html:
    """Return a name as a label bears it: cut where it is longer than any name is.

    >>> named("Kari " * 40)[-11:]
    'Kar …</bdi>'
    """
    whole = name or ""
    return verbatim(whole if len(whole) <= _NAME else f"{whole[: _NAME - 2].rstrip()} …", language)


def element(name: str, *children: Content, **attributes: str | None) -> Html:
    """Return an element; attributes that are None are left out, an underscore behind a name is dropped.

    >>> element("a", "d1", href="#d1", class_="tag")
    '<a href="#d1" class="tag">d1</a>'
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{shown}>{joined(children)}</{name}>")


def joined(parts: Iterable[Content], between: str = "") -> Html:
    """Return parts as one piece of markup."""
    return Html(between.join(html(part) for part in parts))


def filled(t: Labels, key: str, n: int | None = None, **values: Content) -> Html:
    """Return a text of the interface with values that may be markup; the text itself is escaped.

    >>> from corpus_lib.labels import labels
    >>> filled(labels("nb"), "report.to", medium=element("b", "<NTB>"))
    'til <b>&lt;NTB&gt;</b>'
    """
    found = values | ({} if n is None else {"n": n})
    pieces = t.pieces(key, n)
    return joined(part for words, name in pieces for part in (words, found[name] if name else ""))


def link(target: str, *children: Content, label: str | None = None, **attributes: str | None) -> Html:
    """Return a link to a place on the page."""
    return element("a", *children, href=f"#{target}", aria_label=label, **attributes)


def heading(level: int, *children: Content, **attributes: str | None) -> Html:
    """Return a heading; below the sixth level it stays there."""
    return element(f"h{min(level, 6)}", *children, **attributes)


def section(name: str, level: int, *parts: Content) -> Html:
    """Return a section; on the upper levels it is a landmark that its heading names."""
    return element("section", *parts, aria_labelledby=name if level <= _LANDMARKS else None)


def table(
    caption: Content,
    columns: Sequence[Content],
    rows: Sequence[Sequence[Content]],
    *,
    kinds: str = "",
    ids: Sequence[str | None] = (),
    head: int = 0,
    name: str = "Table",
) -> Html:
    """Return a table in a box of its own that scrolls where there is no room.

    Parameters
    ----------
    kinds
        A letter for each column: ``n`` a number, ``w`` words with room, ``s`` small print, anything else plain.
    ids
        Ids of the rows.
    head
        The column that names the row.
    name
        What the box is called where the caption is markup.
    """
    classes = [{"n": "num", "w": "words", "s": "small"}.get(k) for k in kinds.ljust(len(columns))[: len(columns)]]
    top = joined(element("th", c, scope="col", class_=k) for c, k in zip(columns, classes, strict=True))
    body = []
    for place, row in enumerate(rows):
        cells = joined(
            element("th", cell, scope="row", class_=k) if n == head else element("td", cell, class_=k)
            for n, (cell, k) in enumerate(zip(row, classes, strict=True))
        )
        body.append(element("tr", cells, id=ids[place] if ids else None))
    made = element("table", element("caption", element("span", caption)), element("thead", element("tr", top)),
                   element("tbody", joined(body)))  # fmt: skip
    return scrolling(made, label=name if isinstance(caption, Html) else str(caption))


def scrolling(content: Html, *, label: str) -> Html:
    """Return content in a box that scrolls sideways, by keyboard too."""
    return element("div", content, class_="scroll", tabindex="0", role="region", aria_label=label)


def visible(text: str) -> str:
    r"""Return text without signs that steer: no controls, no marks that turn the writing round.

    >>> visible("a\u202eb\nc")
    'ab c'
    """
    return "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
