"""Questions are asked by the names of the field; the older names are understood still."""

from __future__ import annotations

import inspect

import pytest

from corpus_lib.errors import BadOption, WordsError, WrongInput
from corpus_lib.words import Index, frequencies

QUESTIONS = (
    "frequency", "dispersion", "keyness", "collocates", "concordance", "ngrams", "diversity", "zipf", "heaps", "lines",
    "occurrences", "readability", "speakers", "quotation_against_narration", "demands_against_answers", "groups",
    "article_against",
)  # fmt: skip
COUNTED = ("frequency", "dispersion", "keyness", "collocates", "ngrams", "speakers", "groups", "article_against")


@pytest.fixture
def index() -> Index:
    return Index.build({"a": "Nato svarte. Nato avviste kravet om svar.", "b": "Kravet står. Nato vil ikke svare."})


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_shows_its_options_and_what_they_mean(name: str):
    question = getattr(Index, name)
    parameters = inspect.signature(question).parameters
    assert not [p for p in parameters.values() if p.kind is inspect.Parameter.VAR_KEYWORD]
    assert not {"least", "most", "without", "options"} & set(parameters)
    assert len(inspect.getdoc(question) or "") > 60
    if name in COUNTED:
        assert {"min_count", "top"} <= set(parameters)
    for option in ("min_count", "top", "stop_words", "selection", "layer", "window", "measure"):
        # one that hands its options on says where they are described
        described = option in (inspect.getdoc(question) or "") or "keyness.keyness" in (inspect.getdoc(question) or "")
        assert option not in parameters or described, option


@pytest.mark.parametrize(
    ("name", "given", "options"),
    [
        ("frequency", (), {"min_count": 1, "top": 3, "stop_words": ["nato"]}),
        ("dispersion", (), {"min_count": 1, "top": 2, "stop_words": ["nato"]}),
        ("collocates", ("nato",), {"min_count": 1, "top": 2, "stop_words": ["svar"]}),
        ("ngrams", (2,), {"min_count": 1, "top": 2}),
        ("concordance", ("nato",), {"top": 1}),
        ("article_against", ("a",), {"min_count": 1, "top": 2, "stop_words": ["om"]}),
    ],
)
def test_older_names_ask_the_same(index: Index, name: str, given: tuple[object, ...], options: dict[str, object]):
    ask = getattr(index, name)
    older = {{"min_count": "least", "top": "most", "stop_words": "without"}[o]: v for o, v in options.items()}
    found, again, all_rows = ask(*given, **options), ask(*given, **older), ask(*given, **options | {"top": None})
    assert found.frame.equals(again.frame)
    assert 0 < len(found.frame) < len(all_rows.frame)
    with pytest.raises(BadOption, match="its older name; found both"):
        ask(*given, **options, **older)


def test_lines_and_plain_counts_take_both_names(index: Index):
    found = index.frequency(top=1)
    assert found.lines(0, top=1).frame.equals(found.lines(0, most=1).frame)
    assert "nato" not in set(frequencies(["Nato svarte."], without=["nato"])["word"])
    assert "nato" not in set(frequencies(["Nato svarte."], stop_words=["nato"])["word"])


def test_an_option_that_there_is_not_is_named(index: Index):
    with pytest.raises(TypeError, match="minimum"):
        index.frequency(minimum=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("options", [{"min_count": "3"}, {"top": "3"}, {"min_count": None, "top": -1}, {"top": [1]}])
def test_numbers_that_are_none_are_refused(index: Index, options: dict[str, object]):
    for ask in (index.frequency, index.ngrams, lambda **o: index.collocates("nato", **o)):
        with pytest.raises((WrongInput, WordsError), match=r"expected (top|min_count) to be"):
            ask(**options)  # type: ignore[arg-type]
