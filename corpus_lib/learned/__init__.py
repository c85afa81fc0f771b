"""Learned decisions: linear models over named features. Rules propose, weights decide, features are the reasons.

One pattern serves every decision: candidates, features, weights, record. Weights are data files under ``weights/``,
written by ``python -m corpus_lib.learned.train TASK GOLD…``; reading and scoring them takes the standard library, and
numpy for many at once. One sign is not told by rules or words: how a sentence reads in its article, which a small
network says (`learned.network`, by thinc, which comes with spaCy); linear weights say how far it is believed.
"""

from corpus_lib.learned.linear import Contribution, Features, Linear, load, weights_in

__all__ = ["Contribution", "Features", "Linear", "load", "weights_in"]
