"""The versions of the library and of its model, in one place."""

__version__ = "0.1.0"
MODEL = "corpus_lib_norwegian 1"
