"""Who demands what of whom, and what is answered."""

from corpus_lib.demands.rules.answering import find_responses
from corpus_lib.demands.rules.demanding import find_demands
from corpus_lib.demands.rules.frames import may_hold_demands

__all__ = ["find_demands", "find_responses", "may_hold_demands"]
