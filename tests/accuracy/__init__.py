"""How good the library is on articles that did not shape it: ``python -m tests.accuracy``."""
