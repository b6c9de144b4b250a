"""Sentences of reasons and summaries stay true where a request changes a threshold: they name none."""

import ast
import inspect
import re

import pytest

from detectors import KINDS
from detectors.events import wording

IN_THE_MEASURE = {
    "anchorage_vessels": "within 2 nautical miles",
}
"""Numbers that no request can change: the measures' own names hold them (`slow_vessels_within_2nm`)."""

PLACEHOLDER = re.compile(r"\{[^}]*\}")
NUMBER = re.compile(r"\d|\b(half|days?|weeks?|months?|hundreds?|dozens?)\b")
"""What a threshold would be written with; "one" and "two" count ships, "the hours before" is no length."""


def sentences_of_reasons():
    for kind in KINDS:
        for rule in kind.rules:
            for text in rule.texts:
                yield kind.name, rule.measure.name, PLACEHOLDER.sub("", text)


def sentences_of_summaries():
    """Every text of the modules but docstrings and the formats of values."""
    for module in (wording, *(inspect.getmodule(kind.sentence) for kind in KINDS)):
        yield from _texts(ast.parse(inspect.getsource(module)))


def _texts(tree):
    formats = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FormattedValue) for n in _format(f)}
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
        if is_text and id(node) not in formats | documented:
            yield PLACEHOLDER.sub("", node.value)


def _format(value):
    return ast.walk(value.format_spec) if value.format_spec else ()


def test_no_sentence_of_a_reason_names_a_number_that_was_not_measured():
    for kind, measure, text in sentences_of_reasons():
        own = IN_THE_MEASURE.get(measure, "")
        assert own in text
        assert not NUMBER.search(text.replace(own, "")), f"{kind}.{measure}: {text}"


def test_no_summary_names_a_number_that_was_not_measured():
    told = [text for text in sentences_of_summaries() if "%Y" not in text]
    assert any("consistent with a ship-to-ship transfer" in text for text in told)
    assert [text for text in told if NUMBER.search(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "{value:.1f} h at more than 6 kn within 100 m of one another",
        "not seen apart the day before or after",
        "expected in {reports_expected_bins:.1f} half-hours",
    ],
)
def test_the_sentences_that_once_named_defaults_would_be_noticed(text):
    assert NUMBER.search(PLACEHOLDER.sub("", text))
