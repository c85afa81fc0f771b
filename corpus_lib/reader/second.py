"""`SecondReader`: asks a model three questions about an article and joins what can be believed of its replies."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus_lib.analysis import Analysis
from corpus_lib.demands import comparison
from corpus_lib.errors import BadOption, ReaderFailed
from corpus_lib.model import Article
from corpus_lib.reader.asking import LANGUAGES, Question, questions, version
from corpus_lib.reader.believing import Believed, believed
from corpus_lib.reader.joining import Joiner
from corpus_lib.reader.parties import Parties
from corpus_lib.reader.serving import checked_url, client, is_here, reply, request_body
from corpus_lib.writing import write_text

if TYPE_CHECKING:
    import httpx

CHARACTERS_A_TOKEN = 3.0
"""Norwegian text in the vocabularies of common models: about so many characters a token; for estimates alone."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What reading an article would send: requests, characters, tokens (about), to which host."""

    requests: int
    characters: int
    tokens: int
    host: str
    remote: bool


@dataclass(frozen=True, slots=True)
class SecondReader:
    """A language model of one's own that reads an article too; nothing is sent before it is given to `analyse`.

    Parameters
    ----------
    url
        Address of the interface, up to and with ``/v1``. Another machine than this one needs `allow_remote`.
    model
        The model's name, as the server knows it.
    key
        Of the service, where it wants one; else ``CORPUS_LIB_READER_KEY`` of the environment. Never written anywhere.
    cache
        A folder for replies: an article is asked about once for each model and version of the questions.
    language
        In which it is asked: ``nb`` or ``en``.
    seconds
        How long one request may take.
    tries
        How often a busy or silent server is asked.
    parallel
        How many requests may be under way at once.
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
    >>> SecondReader("https://example.org/v1", "norsk-7b")
    Traceback (most recent call last):
    corpus_lib.errors.BadOption: reader: example.org is not this machine, and articles would be sent there; allow it \
with allow_remote=True (--reader-allow-remote)
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
        object.__setattr__(self, "url", checked_url(self.url, allow_remote=self.allow_remote))
        if self.language not in LANGUAGES:
            raise BadOption(f"reader: found the language {self.language!r}, expected 'nb' or 'en'")
        for name, value in (("seconds", self.seconds), ("tries", self.tries), ("parallel", self.parallel)):
            if not 0 < value <= 10_000:
                raise BadOption(f"reader: {name}: found {value!r}, expected a number above 0")

    @property
    def made_by(self) -> dict[str, str]:
        """What decides a reply, for the record of an analysis and for the store."""
        return {"model": self.model, "questions": version(), "language": self.language}

    def estimate(self, analysis: Analysis) -> Estimate:
        """Return what reading an article would send; nothing is sent."""
        asked = [q for task in ("quotes", "demands", "answers") for q in questions(task, analysis, self.language)]
        characters = sum(q.characters for q in asked)
        host = self.url.split("/")[2]
        tokens = round(characters / CHARACTERS_A_TOKEN)
        return Estimate(len(asked), characters, tokens, host, not is_here(self.url))

    def read(self, analysis: Analysis) -> Analysis:
        """Return the analysis joined with what the model found and the text bears out.

        Where the model fails, the library's own analysis comes back, with a warning.
        """
        try:
            return self._joined(analysis)
        except ReaderFailed as error:
            warned = replace(analysis.article, warnings=(*analysis.article.warnings, f"{error}; read without it"))
            return replace(analysis, article=warned)

    def _joined(self, analysis: Analysis) -> Analysis:
        parties = Parties(analysis)
        joiner = Joiner(self.model, parties.ids)
        with client(self.seconds) as sender:
            ask = partial(self._believed, sender, parties=parties)
            said, demanded = ask("quotes", analysis), ask("demands", analysis)
            demands = joiner.demands(analysis.demands, demanded.findings)
            known = replace(analysis, demands=demands, actors=tuple(parties.actors))
            answered = ask("answers", known)
        responses = joiner.responses(analysis.responses, answered.findings)
        unverified = said.unverified + demanded.unverified + answered.unverified
        options = dict(analysis.made_by.get("options", {}))
        about = {"reader": self.made_by, "reader_unverified": unverified}
        return replace(
            analysis,
            quotes=joiner.quotes(analysis.quotes, said.findings),
            demands=demands,
            responses=responses,
            actors=tuple(parties.actors),
            cells=comparison(demands, responses),
            made_by={**analysis.made_by, "options": {**options, **about}},
        )

    def _believed(self, sender: httpx.Client, task: str, analysis: Analysis, parties: Parties) -> Believed:
        """Return what is believed of the replies to one question, over all parts of the article."""
        asked = list(questions(task, analysis, self.language))
        with ThreadPoolExecutor(self.parallel) as pool:
            replies = list(pool.map(lambda q: self._reply(sender, analysis.article, q), asked))
        known = frozenset(d.id for d in analysis.demands)
        found = [
            believed(task, said, analysis.article, q.blocks, known, parties.names_party)
            for q, said in zip(asked, replies, strict=True)
        ]
        findings = tuple(dict.fromkeys(f for one in found for f in one.findings))
        return Believed(findings, sum(one.unverified for one in found))

    def _reply(self, sender: httpx.Client, article: Article, question: Question) -> str:
        body = request_body(question, self.model, self.most_tokens)
        kept = self._place(article, body)
        if kept is not None and kept.is_file():
            return kept.read_text(encoding="utf-8")
        said = reply(sender, self.url, body, key=self.key, tries=self.tries)
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_text(kept, said)
        return said

    def _place(self, article: Article, body: dict[str, Any]) -> Path | None:
        """Return the file of a reply: by the text, the model and the version of the questions, then by the request."""
        if self.cache is None:
            return None
        state = "\n".join((article.sha256, self.model, version()))
        folder = hashlib.sha256(state.encode()).hexdigest()[:32]
        request = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]
        return Path(self.cache) / folder / f"{request}.json"
