r"""The words of report, figures and desk in English, Bokmål and Nynorsk: texts are data, code asks for them by key.

>>> from corpus_lib.labels import labels
>>> t = labels("nb")
>>> t("stance.reject"), t("count.demands", n=1), t("count.demands", n=1200)
('sier nei', '1 krav', '1\xa0200 krav')

A text lies in ``data/<area>.toml`` as ``key = {en = …, nb = …, nn = …}``; its key in the code is ``area.key``, or
``area.group.key``. A sign ``|`` parts what stands with one from what stands with several, as ``n`` decides.
"""

from __future__ import annotations

from corpus_lib.labels.errors import error_in_words
from corpus_lib.labels.numbers import NO_BREAK_SPACE, counted, number
from corpus_lib.labels.texts import LANGUAGES, Labels, Language, commonest, labels

__all__ = [
    "LANGUAGES", "NO_BREAK_SPACE", "Labels", "Language", "commonest", "counted", "error_in_words", "labels", "number",
]  # fmt: skip
