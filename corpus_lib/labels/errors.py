"""What went wrong, in words: texts are in ``data/errors.toml``."""

from __future__ import annotations

from corpus_lib.labels.texts import Labels


def error_in_words(error: Exception, t: Labels) -> str:
    """Return what went wrong: in English the message itself, in Norwegian what kind of error it is.

    >>> from corpus_lib.errors import EmptyText
    >>> from corpus_lib.labels import labels
    >>> [error_in_words(EmptyText("a.txt: the text is empty"), labels(language)) for language in ("en", "nn")]
    ['a.txt: the text is empty', 'teksten er tom']
    """
    if t.language == "en":
        return str(error)
    return next(t(f"error.{kind.__name__}") for kind in type(error).mro() if f"error.{kind.__name__}" in t)
