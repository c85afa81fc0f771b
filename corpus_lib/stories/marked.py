"""Stories written with their annotation in the text, to learn from and to test with.

``=== name`` begins a story, ``--- 2024-01-09 | paper | nb`` an article of it. ``[[key|who > whom|words]]`` is a demand,
``{{key, key|who|stance|words}}`` an answer; a key is the same through the story. An answer's demands of its own article
are its targets, as in a record made by hand; the keys say which others it answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus_lib.analysis import Analysis
from corpus_lib.stories.given import analysis_of_record, with_metadata
from corpus_lib.structure import article_of

_MARK = re.compile(r"\[\[(?P<demand>[^\]]+)\]\]|\{\{(?P<answer>[^}]+)\}\}")


@dataclass(frozen=True, slots=True)
class ToldStory:
    """Articles of a story with the key of each demand and the keys that each answer answers."""

    name: str
    analyses: tuple[Analysis, ...]
    demands: dict[tuple[str, str], str]
    answers: dict[tuple[str, str], frozenset[str]]


def stories_in(text: str) -> Iterator[ToldStory]:
    r"""Yield the stories of a text with marks.

    >>> told = "Ferja\nNes krever [[f|Nes > staten|ferje]]. {{f|staten|reject|Nei}}."
    >>> story = next(stories_in("=== ferje\n--- 2024-01-09 | Avisa | nb\n" + told))
    >>> story.analyses[0].article.text.splitlines(), story.demands
    (['Ferja', 'Nes krever ferje. Nei.'], {('ferje-01', 'd1'): 'f'})
    """
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = part.partition("\n")
        yield _story(name.strip(), re.split(r"^--- ", rest, flags=re.MULTILINE)[1:])


def _story(name: str, articles: list[str]) -> ToldStory:
    analyses: list[Analysis] = []
    demands: dict[tuple[str, str], str] = {}
    answers: dict[tuple[str, str], frozenset[str]] = {}
    for number, part in enumerate(articles, start=1):
        head, _, body = part.partition("\n")
        date, source, language = (field.strip() for field in head.split("|"))
        doc = f"{name}-{number:02}"
        text, record, keys, answered = _record(body.strip())
        article = article_of(text, id=doc, language=language)
        analyses.append(analysis_of_record(record, with_metadata(article, {"date": date, "source": source})))
        demands |= {(doc, d): key for d, key in keys.items()}
        answers |= {(doc, r): frozenset(of) for r, of in answered.items()}
    return ToldStory(name, tuple(analyses), demands, answers)


def _record(body: str) -> tuple[str, dict[str, Any], dict[str, str], dict[str, list[str]]]:
    text, at = "", 0
    demands: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    keys: dict[str, str] = {}
    answered: dict[str, list[str]] = {}
    for mark in _MARK.finditer(body):
        text += body[at : mark.start()]
        at = mark.end()
        fields = (mark["demand"] or mark["answer"]).split("|")
        span = [len(text), len(text) + len(fields[-1])]
        text += fields[-1]
        if mark["demand"]:
            who, _, whom = fields[1].partition(" > ")
            demands.append(
                {"id": f"d{len(demands) + 1}", "actor": who, "addressees": whom.split("; "), "content": span}
            )
            keys[demands[-1]["id"]] = fields[0]
        else:
            answers.append({"id": f"r{len(answers) + 1}", "actor": fields[1], "stance": fields[2], "evidence": span})
            answered[answers[-1]["id"]] = [k.strip() for k in fields[0].split(",")]
    for answer in answers:
        answer["targets"] = [d for d, key in keys.items() if key in answered[answer["id"]]]
    return text + body[at:], {"demands": demands, "responses": answers}, keys, answered
