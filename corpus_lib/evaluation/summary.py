"""An evaluation or an agreement in words, a line a figure, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_lib.evaluation.agreement import Agreement
from corpus_lib.evaluation.scoring import Evaluation, Figure
from corpus_lib.render import counted

_LONGEST = 60


def as_text(evaluation: Evaluation, *, misses: int = 0) -> str:
    """Return an evaluation as text: figures with their intervals, confusions, and the first misses.

    Parameters
    ----------
    misses
        How many misses are listed, at most.
    """
    have = "has" if evaluation.docs_predicted == 1 else "have"
    how = f"{evaluation.docs_predicted} of {counted(evaluation.docs, 'gold article')} {have} a prediction"
    if evaluation.resamples:
        how += f"; 95 % intervals over {evaluation.resamples} samples of articles, seed {evaluation.seed}"
    parts = [how, _figures(evaluation)]
    parts += [_confusion(evaluation, layer) for layer in ("quotes", "responses", "structure")]
    if misses and evaluation.misses:
        parts.append(_misses(evaluation, misses))
    return "\n\n".join(filter(None, parts))


def _figures(evaluation: Evaluation) -> str:
    shown = [f for f in evaluation.figures if f.n or f.value is not None]
    return "\n".join(f"{_name(f):<44}{_value(f.value)}{_interval(f)}  n {f.n}" for f in shown)


def _name(figure: Figure) -> str:
    group = "" if figure.group == "all" else f" {figure.group}"
    return f"{figure.layer}{group}: {figure.measure.replace('_', ' ')}"


def _value(value: float | None) -> str:
    return "     –" if value is None else f"{value:6.3f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"  [{figure.low:.3f}, {figure.high:.3f}]"


def _confusion(evaluation: Evaluation, layer: str) -> str:
    if not any(name == layer for name, _, _ in evaluation.confusion):
        return ""
    return f"{layer}: gold in rows, predicted in columns\n{evaluation.confusion_frame(layer).to_string()}"


def _misses(evaluation: Evaluation, most: int) -> str:
    lines = [f"MISSES ({min(most, len(evaluation.misses))} of {len(evaluation.misses)})"]
    for m in evaluation.misses[:most]:
        words = " ".join(m.text.split())
        words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        told = f": {m.expected or '–'} → {m.found or '–'}" if m.expected or m.found else ""
        lines.append(f"{m.doc} {m.start}–{m.end} {m.layer} {m.problem}{told}  «{words}»")
    return "\n".join("".join(c if c.isprintable() else " " for c in line) for line in lines)


def agreement_as_text(found: Sequence[Agreement]) -> str:
    """Return agreements as text, a line each.

    >>> print(agreement_as_text([Agreement("quotes", "units", 0.91, 3)]))
    quotes: units                               alpha  0.910  n 3
    """
    return "\n".join(f"{f'{a.layer}: {a.measure}':<44}alpha {_value(a.alpha)}  n {a.n}" for a in found)
