"""Asking Wikidata: over real HTTP, of a server that is good, slow, broken, busy, failing, moved or lying."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions
from wikibase import Wikibase, serving

from kg import __version__
from kg.answers import run
from kg.build import Options, build
from kg.errors import LinkError
from kg.linking.command import Online, Settings, link
from kg.linking.propose import asked
from kg.linking.records import Unlinked
from kg.linking.services import service
from kg.linking.web import Manners, Web
from kg.shipped import shipped
from kg.store import open_reader

GOLD = Path(__file__).parent / "gold"
APIS = ("reconciliation", "search")
FAULTS = {
    "slow": "no whole answer",
    "broken": "no JSON but",
    "truncated": "no whole answer",
    "busy": "status 429",
    "failing": "status 500",
    "html": "no JSON but",
    "deep": "no JSON but",
}
FINAL = {
    "moved": "moved to http://127.0.0.1:9/elsewhere; if you trust it, give it as --endpoint",
    "refusing": "status 403; the service does not take this request",
    "huge": "an answer of more than",
    "list": "no answer of its protocol",
    "error": "no answer of its protocol",
}


@pytest.fixture
def world() -> Iterator[Wikibase]:
    with serving(Wikibase()) as started:
        yield started


def entity(label: str, type_: str = "Person", country: str | None = None) -> Unlinked:
    local = f"{type_.lower()}-{abs(hash(label))}"
    return Unlinked(f"https://w3id.org/isnad/entity/{local}", label, type_, "unlinked", 1, "", (label,), country)


def ask(
    world: Wikibase, api: str, *entities: Unlinked, cache: Path | None = None, waits: list[float] | None = None
) -> list[Unlinked]:
    slept = [] if waits is None else waits
    manners = Manners(pause=0.5, timeout=0.3, tries=3, back_off=1.0, longest_wait=60.0, sleep=slept.append)
    web = Web(world.address, cache, manners=manners)
    return list(asked(entities, service(api, web), api))


def proposals(found: list[Unlinked]) -> list[str | None]:
    return [one.proposal.qid if one.proposal else None for one in found]


@pytest.mark.parametrize("api", APIS)
def test_what_fits_is_proposed_and_what_does_not_is_explained(api: str, world: Wikibase) -> None:
    found = ask(
        world,
        api,
        entity("خليل النجار"),
        entity("سامي الفارس"),
        entity("سامي الفارس", country="Q902"),
        entity("وادي الزهور", "Place"),
        entity("حركة الفجر", "Organization", "Q901"),
        entity("وادي الزهور", "Organization"),
        entity("لا أحد"),
    )
    assert proposals(found) == ["Q103", None, "Q102", "Q105", "Q106", None, None]
    assert not any(one.problem for one in found)
    notes = {candidate.qid: candidate.note for candidate in found[2].candidates}
    assert notes == {"Q101": "is of Q901, not of Q902", "Q102": ""}
    assert {candidate.note for candidate in found[5].candidates} == {"is no Organization"}
    assert {candidate.qid: candidate.note for candidate in found[0].candidates} == {"Q103": "", "Q104": "is no Person"}


def test_requests_say_who_asks_and_constrain_type_and_country(world: Wikibase) -> None:
    ask(world, "reconciliation", entity("حركة الفجر", "Organization", "Q901"), entity("سامي الفارس", country="Q902"))
    assert all(agent.startswith(f"Isnad/{__version__} (https://w3id.org/isnad/") for agent in world.agents)
    assert '"type": "Q43229"' in world.asked[0]["queries"][0]
    assert '{"pid": "P17", "v": {"id": "Q901"}}' in world.asked[0]["queries"][0]
    assert '{"pid": "P27", "v": {"id": "Q902"}}' in world.asked[0]["queries"][0]


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_is_got_over(fault: str, api: str, world: Wikibase) -> None:
    world.faults = [fault]
    assert proposals(ask(world, api, entity("خليل النجار"))) == ["Q103"]


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_told_and_links_nothing(fault: str, api: str, world: Wikibase) -> None:
    world.always = fault
    [found] = ask(world, api, entity("خليل النجار"))
    assert found.proposal is None
    assert found.candidates == ()
    assert world.address in found.problem
    assert FAULTS[fault] in found.problem
    assert "given up after 3 tries" in found.problem


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("fault", FINAL)
def test_a_refusal_is_told_at_once(fault: str, api: str, world: Wikibase) -> None:
    world.always = fault
    [found] = ask(world, api, entity("خليل النجار"))
    assert FINAL[fault] in found.problem
    assert found.proposal is None
    assert len(world.asked) == 1


def test_waiting_doubles_with_a_jitter_that_is_the_same_each_time(world: Wikibase) -> None:
    runs: list[list[float]] = []
    for _ in range(2):
        world.faults = ["failing", "failing"]
        runs.append([])
        ask(world, "reconciliation", entity("خليل النجار"), waits=runs[-1])
    assert runs[0] == runs[1]
    first, pause, second, *_ = runs[0]
    assert 0.75 <= first <= 1.25
    assert 1.5 <= second <= 2.5
    assert pause == 0.5


def test_a_server_that_says_when_to_come_back_is_heard(world: Wikibase) -> None:
    waits: list[float] = []
    world.faults, world.retry_after = ["busy"], "7"
    assert proposals(ask(world, "search", entity("خليل النجار"), waits=waits)) == ["Q103"]
    assert waits[0] == 7.0
    world.faults, world.retry_after = ["busy"], "Wed, 21 Oct 2015 07:28:00 GMT"
    assert ask(world, "search", entity("خليل النجار"))[0].proposal
    world.faults, world.retry_after = ["busy"], "86400"
    [found] = ask(world, "search", entity("خليل النجار"))
    assert "asks to wait 86400 seconds" in found.problem


def test_one_bad_name_spoils_no_other(world: Wikibase) -> None:
    """The batch fails, then its first half; the other half is answered."""
    world.faults = ["list", "list"]
    found = ask(world, "reconciliation", entity("سامي الفارس"), entity("خليل النجار"))
    assert [bool(one.problem) for one in found] == [True, False]
    assert proposals(found) == [None, "Q103"]


def test_a_service_that_is_down_is_left_alone_after_a_while(world: Wikibase) -> None:
    world.always = "failing"
    found = ask(world, "search", *(entity("خليل النجار") for _ in range(8)))
    assert [one.problem.startswith("not asked") for one in found] == [False] * 3 + [True] * 5
    assert len(world.asked) == 9


@pytest.mark.parametrize("api", APIS)
def test_no_server_is_told(api: str) -> None:
    [found] = ask(Wikibase("http://127.0.0.1:9/api"), api, entity("خليل النجار"))
    assert "no whole answer" in found.problem
    assert "refused" in found.problem


LIES = {
    "a type that it is not": {"Q103": {"name": "خليل النجار", "P31": ["Q515"]}},
    "no type": {"Q103": {"name": "خليل النجار", "P31": []}},
    "another country": {"Q103": {"name": "خليل النجار", "P31": ["Q5"], "P27": ["Q902"]}},
    "no country": {"Q103": {"name": "خليل النجار", "P31": ["Q5"]}},
    "another name": {"Q103": {"name": "خليل العظيم جدا", "P31": ["Q5"], "P27": ["Q901"]}},
    "two that fit": {qid: {"name": "خليل النجار", "P31": ["Q5"], "P27": ["Q901"]} for qid in ("Q103", "Q110")},
    "a huge list": {f"Q{n}": {"name": "خليل النجار", "P31": ["Q5"], "P27": ["Q901"]} for n in range(1000, 3000)},
    "no QIDs": {
        name: {"name": "خليل النجار", "P31": ["Q5"], "P27": ["Q901"]}
        for name in ("P103", "Q0", "103", "Q103 OR 1=1", "http://evil.example/Q103", "../Q103", "Q" + "9" * 40)
    },
    "types that are no items": {"Q103": {"name": "خليل النجار", "P31": ["human", "<script>"], "P27": ["Q901"]}},
}


@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("lie", LIES)
def test_a_lie_makes_no_proposal(lie: str, api: str, world: Wikibase) -> None:
    world.items = dict(LIES[lie])
    [found] = ask(world, api, entity("خليل النجار", country="Q901"))
    assert found.proposal is None
    assert len(found.candidates) <= 7
    assert all(candidate.qid[1:].isdigit() and len(candidate.qid) < 14 for candidate in found.candidates)


@pytest.mark.parametrize(
    "result",
    [
        {"result": "Q103"},
        {"result": [None, 1, "Q103", [], {"id": "Q103"}, {"id": "Q103", "name": 3, "score": 100}]},
        {"result": [{"id": "Q103", "name": "خليل النجار", "score": "100"}]},
        {"result": [{"id": "Q103", "name": "خليل النجار", "score": 1e9}]},
        {"result": [{"id": ["Q103"], "name": "خليل النجار", "score": 100}]},
        {},
        "Q103",
    ],
)
def test_fields_of_another_form_are_left_out(result: object, world: Wikibase) -> None:
    world.answer = lambda _: {"q0": result}  # type: ignore[method-assign]
    [found] = ask(world, "reconciliation", entity("خليل النجار"))
    assert found.candidates == ()
    assert found.proposal is None


@pytest.mark.parametrize("api", APIS)
def test_answers_are_kept_and_grow_old(api: str, world: Wikibase, tmp_path: Path) -> None:
    ask(world, api, entity("خليل النجار"), cache=tmp_path)
    sent = len(world.asked)
    assert proposals(ask(world, api, entity("خليل النجار"), cache=tmp_path)) == ["Q103"]
    assert len(world.asked) == sent
    assert all(file.stem.isalnum() and len(file.stem) == 64 for file in tmp_path.iterdir())
    for file in tmp_path.iterdir():
        file.write_text("{ damaged", encoding="utf-8")
    assert proposals(ask(world, api, entity("خليل النجار"), cache=tmp_path)) == ["Q103"]
    assert len(world.asked) == 2 * sent
    old = Web(world.address, tmp_path, keep=0.0, manners=Manners(sleep=lambda _: None))
    list(asked([entity("خليل النجار")], service(api, old), api))
    assert len(world.asked) == 3 * sent


def test_what_is_no_answer_is_not_kept(world: Wikibase, tmp_path: Path) -> None:
    world.faults = ["error"]
    assert ask(world, "search", entity("خليل النجار"), cache=tmp_path)[0].problem
    assert proposals(ask(world, "search", entity("خليل النجار"), cache=tmp_path)) == ["Q103"]


def test_the_command_puts_proposals_into_the_review_and_the_graph(world: Wikibase, tmp_path: Path) -> None:
    """The whole way: a store, a service over HTTP, the files for review, a build with them, and nothing is sure."""
    opposition = {"name": "المعارضة الفنزويلية", "P31": ["Q7278"], "P17": ["Q717"]}
    world.items = {"Q201": opposition, "Q202": {**opposition, "P17": ["Q414"]}, "Q203": {**opposition, "P31": ["Q5"]}}
    store, out = tmp_path / "store", tmp_path / "review"
    build([GOLD, shipped("seeds")], store)
    manners = Manners(pause=0.0, sleep=lambda _: None)
    complaints: list[str] = []
    settings = Settings(online=Online("search", world.address, tmp_path / "answers", manners=manners))
    link(store, out, settings, complaints.append, lambda *_: None)
    assert complaints == []
    text = (tmp_path / "review.csv").read_text(encoding="utf-8")
    rows = {row["entity"]: row for row in csv.DictReader(text.splitlines())}
    row = rows["https://w3id.org/isnad/entity/organization-venezuelan-opposition"]
    assert (row["proposal"], row["score"], row["decision"]) == ("Q201", "1.0", "")
    assert row["method"] == f"search at {world.address}"
    assert "Q202 المعارضة الفنزويلية (1.00, search at" in row["candidates"]
    assert "; is of Q414, not of Q717)" in row["candidates"]
    assert "; is no Organization)" in row["candidates"]
    build([GOLD, shipped("seeds")], store, Options(links=(tmp_path / "review.csv",)))
    with open_reader(store) as reader:
        found = run(reader.store, "SELECT ?o { entity:organization-venezuelan-opposition skos:closeMatch ?o }")
        assert isinstance(found, QuerySolutions)
        assert [one["o"].value for one in found] == ["http://www.wikidata.org/entity/Q201"]
        same = run(reader.store, "ASK { ?s owl:sameAs wd:Q201 }")
        assert not same


@pytest.mark.parametrize("address", ["ftp://host/x", "file:///etc/passwd", "wikidata", "http://user:pass@host/", ""])
def test_an_address_of_no_service_is_named(address: str) -> None:
    with pytest.raises(LinkError, match="no address of a web service"):
        Web(address)
