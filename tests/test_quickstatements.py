"""QuickStatements for Wikidata: only sure things, each statement with its reference."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

from kg.cli import cli
from kg.graph.about import Run
from kg.graph.assemble import fill
from kg.graph.export import export
from kg.graph.iris import Iris
from kg.graph.piece import make_piece
from kg.model import Article, Entity, Event, Filler, Reading, Sentence, Span

TEXT = 'وقعت روسيا وفنزويلا "معاهدة" في موسكو، والتقى بوتين مجهولا.'
ADDRESS = "https://news.example/1?a=b&c=d"
LINE = re.compile(
    r"""(\#.*|CREATE|LAST\tL(en|ar)\t"[^"\t]+"
    |LAST\tP(31|1891|710|276)\tQ[1-9][0-9]*
        \tS854\t"[^"\t ]+"(\tS1476\t[a-z]{2,3}:"[^"\t]+")?\tS813\t\+2026-01-02T00:00:00Z/11
    |LAST\tP(580|582|585)\t\+[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z/(9|10|11)\tS854\t.*)""",
    re.VERBOSE,
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def entity(identifier: str, type_: str, form: str, qid: str | None) -> Entity:
    return Entity(identifier, type_, (form,), form, identifier, qid)


ENTITIES = (
    entity("Russia", "Country", "روسيا", "Q159"),
    entity("Venezuela", "Country", "فنزويلا", "Q717"),
    entity("Moscow", "Place", "موسكو", "Q649"),
    entity("Putin", "Person", "بوتين", "Q7747"),
    entity("Nobody", "Person", "مجهولا", None),
)
FORMS = {one.id: one.surface_forms[0] for one in ENTITIES}


def event(type_: str, kind: str, roles: dict[str, tuple[str, ...]], **more: object) -> Event:
    fillers = tuple(
        Filler(role, one, span(FORMS[one]).start, span(FORMS[one]).end) for role, of in roles.items() for one in of
    )
    made = Event("ev1", type_, kind, "actual", roles, (Span(0, len(TEXT)),), fillers=fillers)
    return replace(made, **more)  # type: ignore[arg-type]


SIGNED = event(
    *("Agreement", "treaty", {"party": ("Russia", "Venezuela"), "place": ("Moscow",)}),
    status="signed",
    date="2025-11-07",
)
MET = event("Meeting", "summit", {"participant": ("Russia", "Venezuela")}, date="2024", date_end="2024-03")


def reading(made: Event, **about: object) -> Reading:
    article = Article("one", TEXT, "2025-11-08", None, "ar", ADDRESS, None, 'عنوان "بين\tقوسين"')
    article = replace(article, **about)  # type: ignore[arg-type]
    return Reading(article, (Sentence(0, len(TEXT), TEXT, "ar", "body", 0),), ENTITIES, (made,))


def written(*readings: Reading) -> list[str]:
    store, out = Store(), io.BytesIO()
    totals = fill(store, [make_piece(one, Iris()) for one in readings], Run("test", {}), Iris())
    assert totals.problems == ()
    export(store, out, "quickstatements", today=date(2026, 1, 2))
    lines = out.getvalue().decode("utf-8").splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    return lines


def test_an_agreement_becomes_an_item_with_references() -> None:
    lines = written(reading(SIGNED))
    source = f'S854\t"{ADDRESS}"\tS1476\tar:"عنوان ”بين قوسين”"\tS813\t+2026-01-02T00:00:00Z/11'
    assert lines[2] == "CREATE"
    assert {line.split("\t")[1] for line in lines if "\tL" in line} == {"Len", "Lar"}
    assert [line for line in lines if "\tP" in line] == [
        f"LAST\tP31\tQ131569\t{source}",
        f"LAST\tP1891\tQ159\t{source}",
        f"LAST\tP1891\tQ717\t{source}",
        f"LAST\tP276\tQ649\t{source}",
        f"LAST\tP585\t+2025-11-07T00:00:00Z/11\t{source}",
    ]


def test_a_meeting_has_participants_and_its_dates_their_precision() -> None:
    statements = [line.split("\t")[1:3] for line in written(reading(MET)) if "\tP" in line]
    assert statements == [
        ["P31", "Q1072326"],
        ["P710", "Q159"],
        ["P710", "Q717"],
        ["P580", "+2024-00-00T00:00:00Z/9"],
        ["P582", "+2024-03-00T00:00:00Z/10"],
    ]


def test_what_two_articles_report_is_one_item_with_both_references() -> None:
    lines = written(reading(SIGNED), reading(SIGNED, id="two", source="https://other.example/2"))
    assert lines.count("CREATE") == 1
    assert len([line for line in lines if "P1891\tQ159" in line]) == 2


@pytest.mark.parametrize(
    ("made", "about", "why"),
    [
        (replace(SIGNED, factuality="alleged"), {}, "not told as a fact"),
        (replace(SIGNED, status="proposed"), {}, "not signed"),
        (replace(SIGNED, date=None), {}, "without a date"),
        (event("Meeting", "talks", {"participant": ("Putin", "Nobody")}, date="2024"), {}, "one that is not linked"),
        (event("Meeting", "talks", {"participant": ("Putin",)}, date="2024"), {}, "fewer than two participants"),
        (SIGNED, {"source": None}, "without an address"),
    ],
)
def test_what_is_not_sure_is_left_out_and_told(made: Event, about: dict[str, object], why: str) -> None:
    lines = written(reading(made, **about))
    assert "CREATE" not in lines
    assert lines[-1].startswith("# left out, ")
    assert why in lines[-1]


def test_statements_and_sanctions_are_no_items() -> None:
    made = event("Sanction", "embargo", {"imposer": ("Russia",), "target": ("Venezuela",)}, date="2024")
    assert len(written(reading(made))) == 1


def test_the_command_writes_them(gold_store: object) -> None:
    ran = CliRunner().invoke(cli, ["export", "--store", str(gold_store), "--profile", "quickstatements"])
    assert ran.exit_code == 0
    assert "without an address" in ran.output
    refused = CliRunner().invoke(
        cli, ["export", "--store", str(gold_store), "--profile", "quickstatements", "--format", "turtle"]
    )
    assert refused.exit_code != 0
