"""Who demands what of whom, and what is answered."""

from corpus_lib.demands.finding import find
from corpus_lib.demands.records import comparison
from corpus_lib.demands.setting import may_hold_demands

__all__ = ["comparison", "find", "may_hold_demands"]
