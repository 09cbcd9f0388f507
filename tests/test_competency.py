"""The competency questions of docs/ontology.md: each names a saved query, and the graph of the seeds answers it."""

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

from kg.answers import answer
from kg.queries import load_queries

PAGE = Path(__file__).parents[1] / "docs" / "ontology.md"
OUTSIDE = ("wikidata-country-facts", "wikidata-leaders", "wikidata-positions", "wikidata-treaties")
"""They ask a server outside; tested in test_federated.py, against a local endpoint."""


def questions() -> list[tuple[str, str, str]]:
    """The rows of the table: question in English, in Arabic, and the call of a saved query."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return [(row[1], row[2], row[3].strip("`")) for row in rows if len(row) == 4 and row[0].isdigit()]


CALLS = sorted({call for _, _, call in questions()})


def test_there_are_enough_questions_in_both_languages() -> None:
    assert len(questions()) >= 25
    for english, arabic, _ in questions():
        assert english.isascii(), english
        assert any("\u0600" <= letter <= "\u06ff" for letter in arabic), arabic


def test_every_question_names_a_saved_query() -> None:
    assert {call.split()[0] for call in CALLS} <= set(load_queries())


@pytest.mark.parametrize("call", [call for call in CALLS if call not in OUTSIDE])
def test_the_seeds_answer_every_question(call: str, gold_graph: Store) -> None:
    name, *values = call.split()
    found = answer(gold_graph, load_queries()[name], dict(value.split("=", 1) for value in values))
    assert isinstance(found, QuerySolutions)
    assert next(found, None) is not None
