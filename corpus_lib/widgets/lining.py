"""The concordance: lines that open their place in the text."""

from __future__ import annotations

import ipywidgets as widgets  # type: ignore[import-untyped]

from corpus_lib.errors import WordsError
from corpus_lib.labels import Labels, Language, error_in_words, labels
from corpus_lib.model import Article, Block, Metadata, Span, sha256
from corpus_lib.widgets.counting import layers_of
from corpus_lib.widgets.kwic import LINE, SIDES, caption_of, heads_of, row_html
from corpus_lib.widgets.parts import beside, column, dropdown, line, whole_number
from corpus_lib.widgets.passages import FOUND, Mark, text_html
from corpus_lib.widgets.rows import Draw, Row, RowTable
from corpus_lib.words import Index, Result, content

SORTS = ("texts", "L1", "L2", "R1", "R2", "node")
"""By what lines can be sorted; the first is the order of the texts."""

_THEN = {"L1": ("L1", "L2"), "R1": ("R1", "R2")}
"""What decides between equals."""


def concordance_view(index: Index, query: str, *, layer: str = "lower", language: Language = "en") -> widgets.VBox:
    """Return the lines a query stands in, the words found in one column; each line opens its place in the text.

    Parameters
    ----------
    query
        Words, ``krav*`` for all that begin so.
    layer
        In which they are looked for at first: ``lower``, ``word``, ``lemma``, ``pos``.
    language
        In which the view speaks.
    """
    return _Lines(index, query, layer, language).box


class _Lines:
    """The question, its lines, and the text around the one that is open."""

    def __init__(self, index: Index, query: str, layer: str, language: Language) -> None:
        self.index, self.t = index, labels(language)
        t = self.t
        self.found: Result | None = None
        self.asked = line(t("counting.query"), query, "krav*")
        self.layer = dropdown(t("counting.layer"), layers_of(index, t), layer)
        self.sort = dropdown(t("counting.sort"), [(t(f"sorting.{s}"), s) for s in SORTS])
        self.window = whole_number(t("counting.each_side"), 8, 1, 50)
        self.text = widgets.HTML(layout=widgets.Layout(width="auto"))
        shown = len(LINE) if index.documents > 1 else len(LINE) - 1
        widths = ("38%", "16%", "", "18%")
        heads = [
            f"padding:0 4px;text-align:{side}{f';width:{width}' if width else ''}"
            for side, width in zip(SIDES[:shown], widths, strict=False)
        ]
        draw = Draw(lambda row: row_html(row.cells, self._key), heads)
        self.rows = RowTable(heads_of(t)[:shown], self._open, draw=draw, language=language)
        controls = (self.asked, self.layer, self.sort, self.window)
        for control in controls:
            control.observe(self._update, names="value")
        self._update()
        self.box = widgets.VBox([beside(*controls), self.rows.box, column(self.text)])

    @property
    def _key(self) -> str:
        """By what the lines are sorted; nothing for the order of the texts."""
        return "" if self.sort.value == SORTS[0] else str(self.sort.value)

    def _update(self, _: object = None) -> None:
        order = _THEN.get(self._key, (self._key,)) if self._key else ()
        try:
            lemmas = self.layer.value == "lemma"
            asked = content.as_lemmas(self.index, self.asked.value) if lemmas else self.asked.value
            self.found = self.index.concordance(
                asked, layer=self.layer.value, window=self.window.value, sort=order, top=500
            )
        except WordsError as error:
            self._nothing(self.t("rows.no_answer", why=error_in_words(error, self.t)))
            return
        if len(self.found.frame):
            self._open("0")
        else:
            self._nothing(self.t("rows.nothing_found", what=self.asked.value))

    def _nothing(self, said: str) -> None:
        self.found, self.text.value = None, ""
        self.rows.show([], caption=said)

    def _open(self, key: str) -> None:
        if self.found is None:
            return
        frame = self.found.frame[list(LINE[: len(self.rows.columns)])]
        cells = enumerate(frame.itertuples(index=False, name=None), 1)
        rows = [Row(str(n - 1), self.t("counting.line", n=n), tuple(c)) for n, c in cells]
        self.rows.show(rows, caption=caption_of(self.found, self.t, self._key), current=key)
        self.text.value = _line_in_text(self.index, self.found, int(key), self.t)


def _line_in_text(index: Index, lines: Result, row: int, t: Labels) -> str:
    """Return the text of a line's article with its words marked; no blocks are known here but lines of text."""
    place = lines.frame.iloc[row]
    text = index.text(int(index.documents_at(lines.positions(row)[:1])[0]))
    blocks, at = [], 0
    for part in text.splitlines(keepends=True):
        blocks.append(Block("body", at, at + len(part)))
        at += len(part)
    article = Article(str(place["document"]), text, sha256(text), "nb", Metadata(), tuple(blocks))
    record = t("counting.line", n=row + 1)
    mark = Mark(Span(int(place["start"]), int(place["end"])), record, str(place["document"]), record, FOUND)
    return text_html(article, [mark], (record,), height="16em", language=t.language)
