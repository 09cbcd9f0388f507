"""The border between readings and RDF: IRIs, provenance, values."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.entities import Seen, entity_triples, merged
from kg.graph.inferred import consequences
from kg.graph.iris import Iris, is_stand_in
from kg.graph.labels import Reported, event_label
from kg.graph.rdf import article_triples, named, unbacked
from kg.graph.terms import RDF_TYPE, decimal, earliest, latest, node
from kg.graph.transliterate import folded, latin
from kg.graph.vocabulary import ISNAD, NIF, PROV
from kg.model import Entity, Reading

IRIS = Iris()
BASE = "https://w3id.org/isnad/"


def graph_of(reading: Reading) -> set[Triple]:
    return set(article_triples(named(reading, IRIS)))


def objects(triples: set[Triple], subject: str, predicate: str) -> set[str]:
    return {
        one.object.value for one in triples if one.subject == NamedNode(subject) and one.predicate == node(predicate)
    }


@pytest.mark.parametrize(
    ("identifier", "end"),
    [
        ("000_6da8", "000_6da8"),
        ("مقال 1", "%D9%85%D9%82%D8%A7%D9%84%201"),
        ("a?b#c%d&e", "a%3Fb%23c%25d%26e"),
    ],
)
def test_article_ids_become_ascii_iris(identifier: str, end: str) -> None:
    assert IRIS.article(identifier) == f"{BASE}article/{end}"
    assert IRIS.span(identifier, 0, 7) == f"{BASE}article/{end}#char=0,7"


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_ids_never_share_an_iri(one: str, other: str) -> None:
    try:
        iris = {IRIS.article(one), IRIS.article(other)}
    except UnicodeEncodeError:
        return  # lone surrogates, which no article id may hold
    assert (len(iris) == 1) == (one == other)
    assert all(NamedNode(iri).value.isascii() for iri in iris)


@pytest.mark.parametrize(
    ("entity", "end"),
    [
        (Entity("e", "Country", ("روسيا",), "روسيا", "Russia", "Q159", "russia"), "Q159"),
        (Entity("e", "Person", ("خوان غوايدو",), "خوان غوايدو", "Juan Guaidó"), "person-juan-guaido"),
        (Entity("e", "Organization", ("بيلتا",), key="belta"), "organization-belta"),
        (Entity("e", "Person", ("سعيد كريم",), "سعيد كريم"), "person-sayd-krim-76393dfa"),
    ],
)
def test_entity_iris_are_readable(entity: Entity, end: str) -> None:
    assert IRIS.entity(entity, "a") == f"{BASE}entity/{end}"


def test_a_stand_in_is_another_person_in_each_article() -> None:
    source = Entity("e", "Person", ("مصدر دبلوماسي",), "مصدر دبلوماسي", "unnamed diplomatic source")
    assert is_stand_in(source)
    assert IRIS.entity(source, "a") != IRIS.entity(source, "b")
    assert not is_stand_in(replace(source, name_ar="خوان غوايدو"))


@pytest.mark.parametrize(
    ("name", "spelt"), [("بيروت", "birut"), ("غوايدو", "ghwaydu"), ("چاڤيز", "chaviz"), ("Lima", "Lima")]
)
def test_names_are_transliterated(name: str, spelt: str) -> None:
    assert latin(name) == spelt


def test_folding_takes_spellings_together() -> None:
    assert folded("«الإمارات»، ") == folded("الامارات")
    assert folded("مُعاهدة") == folded("معاهده")


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2024", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z"),
        ("2024-02", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z"),
        ("1900-02", "1900-02-01T00:00:00Z", "1900-02-28T23:59:59Z"),
        ("2024-11-07", "2024-11-07T00:00:00Z", "2024-11-07T23:59:59Z"),
    ],
)
def test_dates_have_edges(date: str, first: str, last: str) -> None:
    assert (earliest(date).value, latest(date).value) == (first, last)


@given(st.floats(0, 1))
def test_confidence_is_a_plain_decimal(value: float) -> None:
    assert abs(float(decimal(value).value) - value) < 1e-4
    assert "e" not in decimal(value).value


def test_every_role_triple_is_backed_by_a_mention(gold_readings: dict[str, Reading]) -> None:
    for reading in gold_readings.values():
        names, triples = named(reading, IRIS), graph_of(reading)
        for event in reading.events:
            claim, subject = names.claims[event.id], names.events[event.id]
            mentions = objects(triples, claim, ISNAD.mention)
            for role, fillers in event.roles.items():
                for filler in fillers:
                    assert names.entities[filler] in objects(triples, subject, ISNAD[role])
                    assert any(
                        ISNAD[role].toPython() in objects(triples, mention, ISNAD.fills)
                        and names.entities[filler] in objects(triples, mention, ISNAD.refersTo)
                        for mention in mentions
                    )


def test_every_claim_leads_to_its_sentence(gold_readings: dict[str, Reading]) -> None:
    for reading in gold_readings.values():
        names, triples = named(reading, IRIS), graph_of(reading)
        sentences = {one.subject.value for one in triples if one.object == node(ISNAD.Sentence)}
        for event in reading.events:
            found = objects(triples, names.claims[event.id], PROV.wasDerivedFrom)
            assert found
            assert found <= sentences
            assert found <= objects(triples, names.events[event.id], PROV.wasDerivedFrom)


def test_the_text_is_kept_as_it_is(gold_readings: dict[str, Reading]) -> None:
    for name, reading in gold_readings.items():
        assert objects(graph_of(reading), IRIS.article(name), NIF.isString) == {reading.article.text}


def test_an_event_without_words_is_told(gold_readings: dict[str, Reading]) -> None:
    reading = next(iter(gold_readings.values()))
    event = reading.events[1]
    assert list(unbacked(event, reading)) == []
    assert "no words fill the role" in next(unbacked(replace(event, fillers=()), reading))
    assert "no sentence" in next(unbacked(event, replace(reading, sentences=())))


@settings(max_examples=20, deadline=None)
@given(st.randoms())
def test_order_in_a_reading_changes_nothing(gold_readings: dict[str, Reading], random: object) -> None:
    reading = gold_readings["001_d6a70859eb3026d3"]
    events, entities = list(reading.events), list(reading.entities)
    random.shuffle(events)  # type: ignore[attr-defined]
    random.shuffle(entities)  # type: ignore[attr-defined]
    assert graph_of(replace(reading, events=tuple(events), entities=tuple(entities))) == graph_of(reading)


def test_an_entity_across_articles_has_one_description() -> None:
    one = Entity("e1", "Country", ("موسكو", "روسيا"), "روسيا", "Russia", "Q159", "russia")
    other = Entity("e9", "Country", ("الروسية",), "روسيا", None, "Q159")
    seen = [Seen(IRIS.entity(e, a), a, e) for a, e in (("b", other), ("a", one))]
    entities = merged(seen, IRIS)
    assert entities == merged(reversed(seen), IRIS)
    described = set(entity_triples(entities[f"{BASE}entity/Q159"], IRIS))
    subject = f"{BASE}entity/Q159"
    assert objects(described, subject, ISNAD.linkStatus) == {str(ISNAD["link-linked"])}
    assert objects(described, subject, ISNAD.linkSource)
    labels = {one.object.language for one in described if one.predicate.value.endswith("#label")}
    assert labels == {"ar", "en", "es", "ru", "fr"}
    forms = {one.object.value for one in described if one.predicate.value.endswith("#altLabel")}
    assert {"موسكو", "الروسية"} <= forms


def test_an_ambiguous_entity_names_its_candidates() -> None:
    entity = Entity("e", "Country", ("الكونغو",), "الكونغو", candidates=("russia", "venezuela"))
    entities = merged([Seen(IRIS.entity(entity, "a"), "a", entity)], IRIS)
    described = set(entity_triples(entities[IRIS.entity(entity, "a")], IRIS))
    assert objects(described, IRIS.entity(entity, "a"), ISNAD.linkStatus) == {str(ISNAD["link-ambiguous"])}
    assert objects(described, IRIS.entity(entity, "a"), ISNAD.candidate) == {f"{BASE}entity/Q159", f"{BASE}entity/Q717"}
    assert f"{BASE}entity/Q717" in entities


def test_events_have_readable_labels() -> None:
    entities = merged(
        [
            Seen(f"{BASE}entity/{qid}", "a", Entity("e", "Country", (ar,), ar, en, qid))
            for ar, en, qid in (("روسيا", "Russia", "Q159"), ("فنزويلا", "Venezuela", "Q717"))
        ],
        IRIS,
    )
    parties = (f"{BASE}entity/Q159", f"{BASE}entity/Q717")
    event = Reported("e", "Agreement", "treaty", "signed", "2025-11", {"party": parties})
    assert event_label(event, entities, "ar") == "معاهدة (موقّع): روسيا – فنزويلا (2025-11)"
    assert event_label(event, entities, "en") == "treaty (signed): Russia – Venezuela (2025-11)"


def test_consequences_are_types_superproperties_and_inverses() -> None:
    event, russia = NamedNode("x:event"), NamedNode("x:russia")
    given_triples = [Triple(russia, RDF_TYPE, node(ISNAD.Country)), Triple(event, node(ISNAD.party), russia)]
    found = consequences(given_triples)
    assert Triple(russia, RDF_TYPE, node(ISNAD.Actor)) in found
    assert Triple(event, node(ISNAD.involves), russia) in found
    assert Triple(russia, node(ISNAD.involvedIn), event) in found
    assert not found & set(given_triples)
    assert not any(isinstance(one.object, Literal) for one in found)
