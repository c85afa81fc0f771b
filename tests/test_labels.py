"""The texts of the interface: none is missing in a language, none is asked for that there is not."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import corpus_lib
from corpus_lib.analysis import analyse
from corpus_lib.datasets import load_invented
from corpus_lib.errors import BadOption, CorpusLibError
from corpus_lib.fields.forms import Misfit
from corpus_lib.labels import LANGUAGES, error_in_words, labels
from corpus_lib.labels.signs import rule_key, sign_in_words, weighed
from corpus_lib.labels.texts import entries
from corpus_lib.model import STANCES
from corpus_lib.quotes import RULES
from corpus_lib.stories import STATES
from corpus_lib.structure import article_from

ALL = dict(entries())
PACKAGE = Path(corpus_lib.__file__).parent


def values(text: str) -> list[set[str]]:
    """Return the names of the values of each form of a text."""
    return [{name for _, name, _, _ in Formatter().parse(form) if name} for form in text.split("|")]


def test_no_key_stands_twice():
    assert not [key for key, n in Counter(key for key, _ in entries()).items() if n > 1]


@pytest.mark.parametrize("key", ALL)
def test_a_text_is_there_in_every_language_with_the_same_values(key: str):
    texts = ALL[key]
    assert tuple(texts) == LANGUAGES
    assert all(text.strip() for text in texts.values())
    english, *others = (values(text) for text in texts.values())
    assert all(names == english for names in others), "the same forms with the same values"


def asked() -> set[str]:
    """Return the keys that the code asks for by a literal."""
    found = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("t", "template", "pieces", "filled") and isinstance(node.args[0].value, str):
                    found.add(node.args[0].value)
    return found


def test_no_text_is_asked_for_that_there_is_not():
    assert not asked() - set(ALL)


def test_every_stance_has_a_word_and_a_meaning():
    shown = (*STANCES, "not_found")
    assert {f"{area}.{stance}" for area in ("stance", "stance_meaning") for stance in shown} <= set(ALL)


def test_each_state_and_month_of_a_story_has_a_word():
    assert {f"state.{state}" for state in STATES} | {f"month.{n}" for n in range(1, 13)} <= set(ALL)


def test_a_share_stays_on_one_line_with_its_sign():
    assert labels("nb")("findings.share", who="LO", share="29") == "LO 29\u00a0%"


def test_a_number_decides_the_form():
    t = labels("nb")
    assert [t("count.speakers", n=n) for n in (0, 1, 2)] == ["0 kilder", "1 kilde", "2 kilder"]


def test_a_value_is_no_template():
    assert labels("en")("speaker.denies", name="{n} | {0}") == "{n} | {0} (denies)"


def test_another_language_is_refused_with_those_there_are():
    with pytest.raises(BadOption, match="found 'sv', expected one of en, nb, nn"):
        labels("sv")


def test_a_sign_has_words_in_every_language():
    """What decided is told in the reader's language; what no text knows is another sign."""
    sign = "pronoun: most salient person, words 3"
    assert sign_in_words(sign, labels("nb")) == "pronomen: personen som er mest framme, lengde i ord, trinnvis 3"
    assert sign_in_words("kind=that subject=PER", labels("nn")) == "ei leddsetning med «at», ein person talar"
    assert sign_in_words("quite new", labels("nb")) == "et annet tegn"
    assert sign_in_words("quite new", labels("en")) == "quite new"
    assert weighed("cue=hevde", "", -1.25, labels("nb")) == "ordet «hevde» (-1,2)"


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("act answering without its matter", "talehandling: å svare, saka er ikkje nemnd"),
        ("act pattern ~legge … ned", "talehandling: orda «legge … ned»"),
        ("has >ccomp", "med leddsetning som objekt"),
        ("+1 komme ONE", "neste ord: «komme», ho eller han"),
        ("is NOUN nsubj", "plassen i setninga: substantiv, subjekt"),
        ("cue class=stand", "eit ord for å ta stilling"),
        ("kind=before clause=parataxis", "ord framfor verbet, laust knytt"),
        ("rule=dash turn, speaker inherited ends=word", "{turn}"),
        ("none: most quoted, dash turn, speaker inherited", "{none}: mest sitert, {turn}"),
        ("none: quite new, 0", "{none}, 0"),
        ("0, quite new", "eit anna teikn"),
    ],
)
def test_a_sign_of_pieces_is_told_piece_by_piece(sign, said):
    """A piece without a text is left out, and no name of the library is read as a word."""
    known = {"none": ALL["sign.phrase.none"]["nn"], "turn": ALL["rule.dash_turn_speaker_inherited"]["nn"]}
    assert sign_in_words(sign, labels("nn")) == said.format(**known)


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_no_step_of_an_article_is_told_by_its_english_name(language):
    """Over ten invented articles: nothing looks like a name of the library, and few signs have no words."""
    t = labels(language)
    made = [analyse(article_from(document, language=None)) for document in load_invented().documents[:10]]
    records = [r for a in made for r in (*a.quotes, *a.demands, *a.responses)]
    signs = {words for r in records for reason in r.reasons for words in (reason.rule, reason.note) if words}
    said = {sign: sign_in_words(sign, t) for sign in signs}
    assert len(signs) > 200
    raw = re.compile(r"[=<>~_]|\b(the|of|with|who|body|party)\b")
    assert not {sign: words for sign, words in said.items() if raw.search(words)}
    assert sum(words == t("sign.other") for words in said.values()) < 0.05 * len(signs)


def kinds_of_errors(kind: type[Exception] = CorpusLibError) -> Iterator[type[Exception]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__.startswith("corpus_lib"):
            yield from kinds_of_errors(below)


ERRORS = sorted({*kinds_of_errors(), OSError, KeyError}, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_is_told_in_norwegian_without_its_english_message(kind):
    error = kind("not there", "there") if kind is Misfit else kind("not there")
    for language in ("nb", "nn"):
        assert error_in_words(error, labels(language)) in {t[language] for t in ALL.values()}
    assert "not there" in error_in_words(ValueError("not there"), labels("en"))


def test_every_rule_of_quotations_has_a_text():
    assert {rule_key(rule) for rule in RULES} <= set(ALL)
