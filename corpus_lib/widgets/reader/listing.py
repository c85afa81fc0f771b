"""The corrections of an article as a table."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from corpus_lib.corrections import Correction, Layer
from corpus_lib.labels import Labels, Language, labels
from corpus_lib.widgets.parts import spaced_table

_COLUMNS = (
    "head.decision", "head.record", "noun.words", "head.values", "head.who", "head.when", "head.note", "head.warning",
)  # fmt: skip
_RECORDS = {"quote": "noun.quotation", "demand": "noun.demand", "response": "noun.answer"}


def corrections_html(layer: Layer, lost: Sequence[Correction] = (), *, language: Language = "en") -> str:
    """Return the corrections of a layer as a table: what was decided, by whom and when; where none is, that is said.

    Parameters
    ----------
    lost
        Those that found no place in the analysis.
    language
        In which it is told.
    """
    t = labels(language)
    if not layer.corrections:
        return f"<p>{t('evidence.uncorrected')}</p>"
    rows = [
        (
            t(f"decision.{c.action}"), t(_RECORDS[c.record]), shorten(c.text, 50, placeholder=" …"), _said(c, t), c.by,
            c.at, c.note, t("evidence.lost") if c in lost else "",
        )
        for c in layer.corrections
    ]  # fmt: skip
    return spaced_table([t(c) for c in _COLUMNS], rows, caption=t("evidence.corrections", n=len(rows)))


def _said(correction: Correction, t: Labels) -> str:
    plain = {k: v for k, v in correction.values.items() if v is None or isinstance(v, str)}
    return "; ".join(f"{_name(k, t)}: {_value(k, v, t)}" for k, v in plain.items())


def _name(field: str, t: Labels) -> str:
    return t.known(f"reader.{field}", field)


def _value(field: str, value: str | None, t: Labels) -> str:
    if value is None:
        return t("speaker.unknown_actor")
    return t.known(f"{field}.{value}", value)
