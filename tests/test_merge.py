"""When two articles report one event."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from kg.graph.iris import Iris
from kg.graph.merge import event_iris, merge_key
from kg.model import Article, Event, Reading, Span

ENTITIES = {name: f"https://w3id.org/isnad/entity/{name}" for name in ("a", "b", "c")}


def event(type_: str, kind: str, date: str | None = "2024-11-07", **values: object) -> Event:
    roles = {
        name: (fillers,) if isinstance(fillers, str) else fillers for name, fillers in values.pop("roles", {}).items()
    }  # type: ignore[attr-defined]
    return Event("e", type_, kind, "actual", MappingProxyType(roles), (Span(0, 4),), date=date, **values)  # type: ignore[arg-type]


def iris(article: str, *events: Event) -> list[str]:
    numbered = tuple(replace(one, id=f"ev{number}") for number, one in enumerate(events))
    reading = Reading(Article(article, "text"), (), (), numbered)
    return list(event_iris(reading, ENTITIES, Iris()).values())


def merge(one: Event, other: Event) -> bool:
    return iris("first", one) == iris("second", other)


TREATY = event("Agreement", "treaty", status="signed", roles={"party": ("a", "b")})
CONTRACT = event("Agreement", "contract", status="signed", subjects=("نفط",), roles={"party": ("a", "b")})
TALKS = event("Meeting", "talks", roles={"participant": ("a", "b")})
STRIKE = event("MilitaryAction", "strike", roles={"agent": "a", "target": "b"})
SANCTION = event("Sanction", "embargo", roles={"imposer": "a", "target": "b"})
EXPULSION = event("DiplomaticAction", "expulsion", roles={"agent": "a", "target": "b"})
QUOTED = event("Statement", "condemn", quote="هذا عدوان", roles={"speaker": "a", "about": "b"})
STANCE = event("Statement", "support", roles={"speaker": "a", "about": "b"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TREATY, replace(TREATY, roles={"party": ("b", "a")})),
        (TREATY, replace(TREATY, subjects=("تعاون",), factuality="denied", evidence=(Span(3, 9),))),
        (TREATY, replace(TREATY, roles={"party": ("a", "b"), "mediator": ("c",)})),
        (CONTRACT, replace(CONTRACT, count=3)),
        (TALKS, replace(TALKS, roles={"participant": ("a", "b"), "place": ("c",)})),
        (STRIKE, replace(STRIKE, factuality="alleged")),
        (SANCTION, SANCTION),
        (EXPULSION, EXPULSION),
        (QUOTED, replace(QUOTED, quote="هَذا  عدوان!", roles={"speaker": ("a",)})),
        (STANCE, STANCE),
    ],
)
def test_one_event(one: Event, other: Event) -> None:
    assert merge(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TREATY, replace(TREATY, date="2024-11-08")),
        (TREATY, replace(TREATY, status="ratified")),
        (TREATY, replace(TREATY, roles={"party": ("a", "c")})),
        (CONTRACT, replace(CONTRACT, subjects=("غاز",))),
        (TALKS, replace(TALKS, kind="phone_call")),
        (TALKS, replace(TALKS, roles={"participant": ("a", "b", "c")})),
        (STRIKE, replace(STRIKE, roles={"agent": ("a",), "target": ("b",), "place": ("c",)})),
        (QUOTED, replace(QUOTED, quote="هذا سلام")),
        (QUOTED, replace(QUOTED, quote=None)),
        (STANCE, replace(STANCE, roles={"speaker": ("a",), "about": ("c",)})),
    ],
)
def test_two_events(one: Event, other: Event) -> None:
    assert not merge(one, other)


@pytest.mark.parametrize(
    "vague",
    [
        replace(TREATY, date=None),
        replace(TREATY, date="2024-11"),
        replace(TREATY, roles={"party": ("a",)}),
        replace(TALKS, roles={"participant": ("a",)}),
        replace(STRIKE, roles={"agent": ("a",)}),
        replace(STRIKE, roles={"target": ("a",)}),
        replace(STANCE, roles={"speaker": ("a",)}),
        replace(SANCTION, roles={"target": ("a",)}),
    ],
)
def test_what_is_vague_stays_with_its_article(vague: Event) -> None:
    assert merge_key(vague, ENTITIES) is None
    assert not merge(vague, vague)
    assert iris("first", vague) == iris("first", vague)


def test_what_an_article_tells_apart_is_not_taken_together() -> None:
    twice = [STRIKE, replace(STRIKE, evidence=(Span(9, 12),))]
    own = iris("first", *twice)
    assert len(set(own)) == 2
    assert iris("second", STRIKE)[0] not in own


def test_other_events_of_the_article_change_nothing() -> None:
    assert iris("first", STRIKE)[0] == iris("first", TREATY, STRIKE)[1]
