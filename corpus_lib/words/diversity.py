"""How varied a text's words are, in measures that bear different lengths of text differently well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from math import comb, exp, lgamma
from typing import TYPE_CHECKING

from corpus_lib.errors import BadWindow, WordsError
from corpus_lib.words.result import Result
from corpus_lib.words.rows import notes_on

if TYPE_CHECKING:
    from corpus_lib.words.positions import Positions
    from corpus_lib.words.selection import Selection

Tokens = Sequence[Hashable]

MATTR_WINDOW = 50
MTLD_THRESHOLD = 0.72
HDD_SAMPLE = 42


def ttr(tokens: Tokens) -> float:
    """Different words over words; falls with length; nan for no words.

    >>> ttr("b a b a b a b a".split())
    0.25
    """
    return len(set(tokens)) / len(tokens) if tokens else float("nan")


def mattr(tokens: Tokens, window: int = MATTR_WINDOW) -> float:
    """Mean TTR of every stretch of `window` words (Covington & McFall 2010); nan for a shorter text.

    >>> mattr("a b a b".split(), 2)
    1.0
    """
    if window < 1:
        raise BadWindow(f"expected a window of at least 1 word, found {window}")
    if len(tokens) < window:
        return float("nan")
    inside = Counter(tokens[:window])
    total = len(inside)
    for old, new in zip(tokens, tokens[window:], strict=False):
        inside[new] += 1
        inside[old] -= 1
        if not inside[old]:
            del inside[old]
        total += len(inside)
    return total / window / (len(tokens) - window + 1)


def mtld(tokens: Tokens, threshold: float = MTLD_THRESHOLD) -> float:
    """Mean length of stretches whose TTR stays above the threshold, both ways (McCarthy & Jarvis 2010)."""
    if not 0 < threshold < 1:
        raise WordsError(f"expected a threshold between 0 and 1, found {threshold}")
    if not tokens:
        return float("nan")
    return (_mtld(tokens, threshold) + _mtld(tokens[::-1], threshold)) / 2


def _mtld(tokens: Tokens, threshold: float) -> float:
    seen: set[Hashable] = set()
    length, factors = 0, 0.0
    for token in tokens:
        length += 1
        seen.add(token)
        if len(seen) / length <= threshold:
            factors, length = factors + 1, 0
            seen.clear()
    if length:
        factors += (1 - len(seen) / length) / (1 - threshold)
    return len(tokens) / factors if factors else float(len(tokens))


def hdd(tokens: Tokens, sample: int = HDD_SAMPLE) -> float:
    """Expected TTR of a random sample, without drawing one (McCarthy & Jarvis 2010); nan for a shorter text."""
    n = len(tokens)
    if sample < 1:
        raise BadWindow(f"expected a sample of at least 1 word, found {sample}")
    if n < sample:
        return float("nan")
    return sum(1 - _missed(n, count, sample) for count in Counter(tokens).values()) / sample


def _missed(n: int, count: int, sample: int) -> float:
    """Return the chance that a sample holds none of a word's tokens."""
    if n - count < sample:
        return 0.0
    if n < 1000:
        return comb(n - count, sample) / comb(n, sample)
    return exp(lgamma(n - count + 1) - lgamma(n - count - sample + 1) - lgamma(n + 1) + lgamma(n - sample + 1))


def yule_k(tokens: Tokens) -> float:
    """Yule's K, 10 000 times the chance that two words are the same, but for length (Yule 1944); high is repetitive.

    >>> yule_k("a a b".split())
    2222.222222222222
    """
    n = len(tokens)
    counts = Counter(tokens).values()
    return 1e4 * (sum(c * c for c in counts) - n) / (n * n) if n else float("nan")


def yule_i(tokens: Tokens) -> float:
    """Yule's I, the inverse of his characteristic (Yule 1944); infinite where no word is repeated.

    >>> yule_i("a a b b c".split())
    1.5
    """
    counts = Counter(tokens)
    squares = sum(c * c for c in counts.values())
    if not tokens:
        return float("nan")
    return len(counts) ** 2 / (squares - len(counts)) if squares > len(counts) else float("inf")


def diversity(
    index: Positions,
    *selections: Selection,
    layer: str = "lower",
    window: int = MATTR_WINDOW,
    threshold: float = MTLD_THRESHOLD,
    sample: int = HDD_SAMPLE,
) -> Result:
    """Return the measures of each selection, or of the whole index: TTR, MATTR, MTLD, HD-D, Yule's K.

    Parameters
    ----------
    selections
        Parts of the index, a row each.
    layer
        What is counted: ``word``, ``lower``, ``lemma`` or ``pos``.
    window, threshold, sample
        Of `mattr`, `mtld` and `hdd`.
    """
    import pandas as pd

    chosen = selections or (index.whole,)
    rows = []
    for selection in chosen:
        index.checked(selection, "selection")
        ids = index.ids_in(selection)
        if index.punctuation:
            ids = ids[index.store.get("is_word")[ids]]
        tokens = index.layer(layer).read(ids).tolist()
        rows.append(
            (
                selection.label, len(tokens), len(set(tokens)), ttr(tokens), mattr(tokens, window),
                mtld(tokens, threshold), hdd(tokens, sample), yule_k(tokens),
            )
        )  # fmt: skip
    names = ["part", "words", "types", "ttr", "mattr", "mtld", "hdd", "yule_k"]
    return Result(
        title="Lexical diversity",
        description="How varied the words are; ttr falls with length, the others much less.",
        notes=(
            *notes_on(index, layer, *chosen),
            f"mattr: windows of {window} words; mtld: threshold {threshold}; hdd: samples of {sample} words; "
            "nan where a text is shorter.",
        ),
        frame=pd.DataFrame(rows, columns=names),
        find=lambda row: chosen[row].positions(),
        index=index,
    )
