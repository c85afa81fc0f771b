"""Who demands what of whom, and what is answered."""

from corpus_lib.demands.matrix import comparison

__all__ = ["comparison"]
