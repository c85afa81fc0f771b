"""Who says what: every quotation, its speaker, and why."""

from corpus_lib.quotes.attribution import find_quotes
from corpus_lib.quotes.explaining import RULES, explain_quote
from corpus_lib.quotes.found import may_hold_quotes

__all__ = ["RULES", "explain_quote", "find_quotes", "may_hold_quotes"]
