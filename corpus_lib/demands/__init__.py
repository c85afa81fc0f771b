"""Who demands what of whom, and what is answered."""

from corpus_lib.demands.answering import find_responses
from corpus_lib.demands.demanding import find_demands
from corpus_lib.demands.frames import may_hold_demands
from corpus_lib.demands.matrix import comparison

__all__ = ["comparison", "find_demands", "find_responses", "may_hold_demands"]
