"""`SecondReader`: asks a model three questions about an article and joins what can be believed of its replies."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.errors import BadOption, ReaderFailed
from corpus_lib.given import refuse_no_address
from corpus_lib.model import Article, Demand, Quote, Response
from corpus_lib.reader.asking import LANGUAGES, TASKS, VERSION, Question, questions
from corpus_lib.reader.believing import items_of, record_of
from corpus_lib.reader.joining import Found, Joiner
from corpus_lib.reader.parties import Parties
from corpus_lib.reader.serving import client, forms_of, reply
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class SecondReader:
    """A language model of one's own that reads an article too; nothing is sent before it is given to `analyse`.

    Parameters
    ----------
    url, model
        Address of the interface, up to and with ``/v1``, and the model's name there. Another machine than this one
        needs `allow_remote`.
    key
        Of the service, where it wants one; else ``CORPUS_LIB_READER_KEY`` of the environment. Never written anywhere.
    cache
        A folder for replies: an article is asked about once for each model and version of the questions.
    language
        In which it is asked: ``nb`` or ``en``.
    seconds, tries, parallel
        How long one request may take, how often a busy or silent server is asked, how many requests are under way.
    most_tokens
        Length of a reply.

    Raises
    ------
    BadOption
        If an option is beyond its bounds, or the address leaves this machine without leave.

    Examples
    --------
    >>> SecondReader("http://127.0.0.1:8080/v1", "norsk-7b", key="hemmelig")
    SecondReader(url='http://127.0.0.1:8080/v1', model='norsk-7b')
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    cache: str | Path | None = field(default=None, repr=False)
    allow_remote: bool = field(default=False, repr=False)
    language: str = field(default="nb", repr=False)
    seconds: float = field(default=120.0, repr=False)
    tries: int = field(default=4, repr=False)
    parallel: int = field(default=2, repr=False)
    most_tokens: int = field(default=4000, repr=False)

    def __post_init__(self) -> None:
        """Check the options; no request is made."""
        refuse_no_address("reader", self.url, allow_remote=self.allow_remote)
        object.__setattr__(self, "url", self.url.rstrip("/"))
        if self.language not in LANGUAGES:
            raise BadOption(f"reader: found the language {self.language!r}, expected 'nb' or 'en'")
        for name, value in (("seconds", self.seconds), ("tries", self.tries), ("parallel", self.parallel)):
            if not 0 < value <= 10_000:
                raise BadOption(f"reader: {name}: found {value!r}, expected a number above 0")

    @property
    def made_by(self) -> dict[str, str]:
        """What decides a reply, for the record of an analysis and for the store."""
        return {"model": self.model, "questions": VERSION, "language": self.language}

    def questions(self, analysis: Analysis) -> list[Question]:
        """Return what would be asked of an article: each request and its messages, word for word; nothing is sent."""
        return [q for task in TASKS for q in questions(task, analysis, self.language)]

    def read(self, analysis: Analysis) -> Analysis:
        """Return the analysis joined with what the model found and the text bears out; a warning where it fails."""
        try:
            return self._joined(analysis)
        except ReaderFailed as error:
            warned = replace(analysis.article, warnings=(*analysis.article.warnings, f"{error}; read without it"))
            return replace(analysis, article=warned)

    def _joined(self, analysis: Analysis) -> Analysis:
        parties = Parties(analysis)
        join = Joiner(self.model, parties.ids).join
        with client(self.seconds, self.key) as sender:
            ask = partial(self._found, sender, parties)
            quotes, no_quotes = ask("quotes", Quote, analysis)
            demands, no_demands = ask("demands", Demand, analysis)
            known = replace(analysis, demands=join(analysis.demands, demands), actors=tuple(parties.actors))
            answers, no_answers = ask("answers", Response, known)
        responses = join(analysis.responses, answers)
        about = {"reader": self.made_by, "reader_unverified": no_quotes + no_demands + no_answers}
        return replace(
            known,
            quotes=join(analysis.quotes, quotes),
            responses=responses,
            actors=tuple(parties.actors),
            cells=comparison(known.demands, responses),
            made_by={**analysis.made_by, "options": {**analysis.made_by.get("options", {}), **about}},
        )

    def _found(
        self, sender: httpx.Client, parties: Parties, task: str, kind: type[Found], analysis: Analysis
    ) -> tuple[list[Found], int]:
        """Return what is believed of the replies to one question, over all parts of an article, and how much is not."""
        asked = list(questions(task, analysis, self.language))
        with ThreadPoolExecutor(self.parallel) as pool:
            replies = list(pool.map(partial(self._reply, sender, analysis.article), asked))
        known = {d.id for d in analysis.demands}
        read = [
            record_of(task, item, analysis.article, question.blocks, known, parties.names_party)
            for question, said in zip(asked, replies, strict=True)
            for item in items_of(said, task)
        ]
        return [r for r in dict.fromkeys(read) if isinstance(r, kind)], read.count(None)

    def _reply(self, sender: httpx.Client, article: Article, question: Question) -> str:
        """Return a reply, kept by the text and the request, which holds the model and the questions."""
        forms = forms_of(question, self.model, self.most_tokens)
        if self.cache is None:
            return reply(sender, self.url, forms, self.tries)
        request = hashlib.sha256(json.dumps(forms[0], sort_keys=True).encode()).hexdigest()
        kept = Path(self.cache) / article.sha256[:32] / f"{request[:32]}.json"
        if not kept.is_file():
            said = reply(sender, self.url, forms, self.tries)
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_text(kept, said)
        return kept.read_text(encoding="utf-8")
