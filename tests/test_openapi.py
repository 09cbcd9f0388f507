"""The OpenAPI description: valid, complete, and true to what the addresses answer."""

import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from serving import Server, starting

from kg.queries import load_queries
from kg.server.openapi import openapi


@pytest.fixture(scope="module")
def server(gold_store: Path) -> Iterator[Server]:
    with starting() as start:
        yield start(gold_store, "--workers", "2")


def test_each_saved_query_is_described_with_its_parameters() -> None:
    saved = load_queries()
    paths = openapi(saved)["paths"]
    for name, query in saved.items():
        described = {one["name"] for one in paths[f"/queries/{name}"]["get"]["parameters"]}
        assert described == {*(one.name for one in query.parameters), "format", "timeout"}
    for path in (
        "/queries",
        "/article/{id}",
        "/entity/{id}",
        "/event/{id}",
        "/health",
        "/metrics",
        "/.well-known/void",
    ):
        assert "200" in paths[path]["get"]["responses"]


def test_operations_have_names_of_their_own_and_references_lead_somewhere() -> None:
    description = openapi(load_queries())
    names = [operation["operationId"] for path in description["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    for name, schema in description["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema)
        assert f'"#/components/schemas/{name}"' in json.dumps(description)


@pytest.mark.parametrize(
    "path", ["/openapi.json", "/queries", "/health", "/search?q=x", "/queries/meetings?format=json"]
)
def test_what_is_described_is_answered(server: Server, path: str) -> None:
    reply = server.get(path, Accept="application/json")
    assert reply.status == 200
    description = openapi(load_queries())
    operation = description["paths"][path.partition("?")[0]]["get"]
    schema = operation["responses"]["200"]["content"][reply.type]["schema"]
    jsonschema.validate(json.loads(reply.body), {**schema, "components": description["components"]})


@pytest.mark.parametrize(
    "path",
    ["/queries/meetings?nope=1", "/queries/meetings?format=", "/queries/meetings?timeout=0", "/entity/Q1?format=ttl"],
)
def test_a_refusal_is_as_described(server: Server, path: str) -> None:
    reply = server.get(path, Accept="application/json")
    assert (reply.status, reply.type) in ((400, "application/problem+json"), (404, "application/problem+json"))
    jsonschema.validate(json.loads(reply.body), openapi({})["components"]["schemas"]["Problem"])
