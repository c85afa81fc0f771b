"""Invented articles that come with the library: a conflict in twenty articles, and forty articles of all kinds.

Everything in them is invented: events, figures, outlets and persons; a likeness to somebody living is chance. They are
there to try the library on, not to measure it: what it has learned was learned from articles like these, the forty
among them. Texts and annotations are in the public domain (CC0 1.0).
"""

from __future__ import annotations

from corpus_lib.datasets.loading import LICENCE, Dataset, load_invented, load_story

__all__ = ["LICENCE", "Dataset", "load_invented", "load_story"]
