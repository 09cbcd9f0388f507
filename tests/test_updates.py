"""What callers may write, over real sockets: with a token, in graphs of their own, keeping the store's promises."""

import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import DIRECT, FORM, TURTLE, UPDATE, Reply, Server, starting

from kg.build import build
from kg.errors import ServerError
from kg.graph.iris import BASE
from kg.guard import with_dataset
from kg.server.settings import update_token
from kg.store import current_version, open_reader, user_quads

TOKEN = "a-token-for-tests-alone"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
MINE, NT = f"{BASE}graph/user/", "application/n-triples"
ARTICLES = 5
ARTICLE = f"{BASE}article/000_6da8eec400364175"
DOCUMENT = "<http://example.org/d> a <http://xmlns.com/foaf/0.1/Document>"


@pytest.fixture(scope="module")
def store(gold_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(gold_store, tmp_path_factory.mktemp("updates") / "store")


@pytest.fixture(scope="module")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file = tmp_path_factory.mktemp("token") / "token"
    file.write_text(TOKEN + "\n", encoding="utf-8")
    with starting() as start:
        yield start(store, "--workers", "2", "--allow-update", "--update-token-file", str(file))


@pytest.fixture(scope="module")
def closed(gold_store: Path) -> Iterator[Server]:
    """A server as it comes: nobody may write."""
    with starting() as start:
        yield start(gold_store, "--workers", "1")


def update(server: Server, text: str, **parameters: str | list[str]) -> Reply:
    target = "/sparql?" + urlencode(parameters, doseq=True)
    return server.ask("POST", target, text.encode(), Content_Type=UPDATE, **BEARER)


def at(name: str) -> str:
    return "/graphs?graph=" + quote(MINE + name, safe="")


def put(server: Server, name: str, body: str, method: str = "PUT", kind: str = TURTLE) -> Reply:
    return server.ask(method, at(name), body.encode(), Content_Type=kind, **BEARER)


def holds(server: Server, pattern: str) -> bool:
    return b"true" in server.query(f"ASK {{ {pattern} }}").body


# Off by default, and with the token alone

WRITES = [
    ("POST", "/sparql", b"INSERT DATA { <x:s> <x:p> 1 }", UPDATE),
    ("POST", "/sparql", b"update=DROP%20ALL", FORM),
    ("GET", "/sparql?update=DROP%20ALL", None, DIRECT),
    ("PUT", at("x"), b"<x:s> <x:p> 1 .", TURTLE),
    ("POST", at("x"), b"<x:s> <x:p> 1 .", TURTLE),
    ("POST", "/graphs", b"<x:s> <x:p> 1 .", TURTLE),
    ("DELETE", at("x"), None, TURTLE),
]


@pytest.mark.parametrize(("method", "path", "body", "kind"), WRITES)
def test_nobody_writes_by_default(closed: Server, method: str, path: str, body: bytes | None, kind: str) -> None:
    for headers in ({}, BEARER):
        reply = closed.ask(method, path, body, Content_Type=kind, **headers)
        assert (reply.status, "--allow-update" in reply.text) == (403, True)


@pytest.mark.parametrize(("method", "path", "body", "kind"), WRITES)
def test_nobody_writes_without_the_token(
    server: Server, store: Path, method: str, path: str, body: bytes | None, kind: str
) -> None:
    before = current_version(store)
    for headers in ({}, {"Authorization": "Bearer another"}, {"Authorization": f"Basic {TOKEN}"}):
        reply = server.ask(method, path, body, Content_Type=kind, **headers)
        assert (reply.status, reply.headers["www-authenticate"]) == (401, 'Bearer realm="isnad"')
        assert TOKEN not in reply.text
    assert current_version(store) == before


def test_a_token_is_asked_for_at_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    for text in ("", "short", "with space in the middle of it", "روسيا" * 10):
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ServerError, match="needs a token"):
            update_token(file)
    monkeypatch.delenv("KG_UPDATE_TOKEN", raising=False)
    with pytest.raises(ServerError, match="KG_UPDATE_TOKEN"):
        update_token(None)
    monkeypatch.setenv("KG_UPDATE_TOKEN", TOKEN)
    assert update_token(None) == TOKEN


# SPARQL Update


def test_an_update_is_seen_at_once(server: Server, store: Path) -> None:
    before = current_version(store)
    reply = update(server, f"INSERT DATA {{ GRAPH <{MINE}notes> {{ <x:روسيا> rdfs:label 'ملاحظة'@ar }} }}")
    assert reply.status == 204, reply
    assert holds(server, f"GRAPH <{MINE}notes> {{ <x:روسيا> rdfs:label 'ملاحظة'@ar }}")
    assert reply.headers["x-store-version"] == current_version(store) != before
    form = urlencode({"update": f"DROP GRAPH <{MINE}notes>"}).encode()
    assert server.ask("POST", "/sparql", form, Content_Type=FORM, **BEARER).status == 204
    assert not holds(server, f"GRAPH <{MINE}notes> {{ ?s ?p ?o }}")
    assert current_version(store) == before


def test_an_update_has_a_data_set(server: Server) -> None:
    one, other, to = (f"{MINE}{name}" for name in ("one", "other", "to"))
    made = f"INSERT DATA {{ GRAPH <{one}> {{ <x:1> a <x:D> }} GRAPH <{other}> {{ <x:2> a <x:D> }} }}"
    assert update(server, made).status == 204
    default = f"INSERT {{ GRAPH <{to}> {{ ?s a <x:E> }} }} WHERE {{ ?s a <x:D> }}"
    assert update(server, default, **{"using-graph-uri": one}).status == 204
    assert holds(server, f"GRAPH <{to}> {{ <x:1> a <x:E> FILTER NOT EXISTS {{ <x:2> a <x:E> }} }}")
    named = f"INSERT {{ GRAPH <{to}> {{ ?s a <x:F> }} }} WHERE {{ GRAPH ?g {{ ?s a <x:D> }} }}"
    assert update(server, named, **{"using-named-graph-uri": [one, other]}).status == 204
    assert holds(server, f"GRAPH <{to}> {{ <x:1> a <x:F> . <x:2> a <x:F> }}")
    using = f"INSERT {{ GRAPH <{to}> {{ ?s a <x:G> }} }} USING <{one}> WHERE {{ ?s a <x:D> }}"
    assert update(server, using, **{"using-graph-uri": other}).status == 400
    assert update(server, using).status == 204


def test_using_stands_before_each_pattern() -> None:
    text = "DELETE { ?a ?b ?c } WHERE { { SELECT * WHERE { ?a ?b ?c } } } ; DELETE WHERE { ?a ?b 'WHERE' }"
    assert with_dataset(text, ["x:g"], []) == text.replace("WHERE", "USING <x:g> WHERE", 1)


@pytest.mark.parametrize(
    ("text", "status", "word"),
    [
        (f"INSERT DATA {{ GRAPH <{ARTICLE}> {{ <x:s> <x:p> 1 }} }}", 403, "article/"),
        (f"INSERT DATA {{ GRAPH <{BASE}graph/entities> {{ <x:s> <x:p> 1 }} }}", 403, "graph/entities"),
        ("INSERT DATA { GRAPH <http://example.org/g> { <x:s> <x:p> 1 } }", 403, "example.org/g"),
        (f"INSERT DATA {{ GRAPH <http://evil.example{'/graph/user/x'}> {{ <x:s> <x:p> 1 }} }}", 403, "evil.example"),
        ("INSERT DATA { <x:s> <x:p> 1 }", 403, "default graph"),
        ("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }", 403, "would change"),
        (
            f"DELETE {{ GRAPH ?g {{ ?s ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{ARTICLE}>) }}",
            403,
            "a",
        ),
        ("CLEAR ALL", 403, "user/NAME"),
        ("DROP NAMED", 403, ""),
        (f"DROP GRAPH <{ARTICLE}>", 403, "article/"),
        (f"MOVE GRAPH <{ARTICLE}> TO GRAPH <{MINE}x>", 403, "article/"),
        ("CREATE GRAPH <http://example.org/g>", 403, "example.org/g"),
        (f"COPY GRAPH <{MINE}one> TO DEFAULT", 403, "default graph"),
        (f"LOAD <http://127.0.0.1:9/> INTO GRAPH <{MINE}x>", 403, "LOAD"),
        (f"INSERT {{ GRAPH <{MINE}x> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://a/> {{ ?s ?p ?o }} }}", 403, "SERVICE"),
        ("INSERT DATA { GRAPH <x", 400, "line 1"),
        ("", 204, ""),
        ("INSERT " + "{" * 300, 400, "nest less"),
        (f"INSERT DATA {{ GRAPH <{MINE}bad> {{ <{BASE}event/x> a isnad:Agreement }} }}", 422, "shapes reject"),
        (
            f"INSERT DATA {{ GRAPH <{MINE}bad> {{ <{BASE}event/x> a isnad:Meeting }} }} ; DROP GRAPH <{ARTICLE}>",
            403,
            "",
        ),
    ],
)
def test_what_breaks_a_promise_does_not_enter(server: Server, store: Path, text: str, status: int, word: str) -> None:
    before = current_version(store)
    reply = update(server, text)
    assert (reply.status, word in reply.text) == (status, True), reply
    assert current_version(store) == before
    assert server.query("SELECT (COUNT(*) AS ?n) { ?s a isnad:Article }").count() == ARTICLES


def test_updates_are_requests_of_one_update(server: Server) -> None:
    assert server.ask("GET", "/sparql?update=CLEAR%20DEFAULT", None, **BEARER).status == 405
    both = urlencode({"update": "CLEAR DEFAULT", "query": "ASK {}"}).encode()
    assert server.ask("POST", "/sparql", both, Content_Type=FORM, **BEARER).status == 400
    twice = urlencode([("update", "CLEAR DEFAULT")] * 2).encode()
    assert server.ask("POST", "/sparql", twice, Content_Type=FORM, **BEARER).status == 400
    assert server.ask("POST", "/sparql", b"\xff", Content_Type=UPDATE, **BEARER).status == 400
    assert server.ask("POST", "/sparql", b"CLEAR DEFAULT", Content_Type="text/plain", **BEARER).status == 415
    assert server.ask("POST", "/sparql", b"x" * (1 << 20) + b"x", Content_Type=UPDATE, **BEARER).status == 413
    assert "SPARQL11Update" in server.get("/sparql", Accept=TURTLE).text


# The Graph Store Protocol


def test_a_graph_lives_by_http(server: Server) -> None:
    assert server.get(at("w3c")).status == 404
    assert server.ask("HEAD", at("w3c")).status == 404
    assert server.ask("DELETE", at("w3c"), None, **BEARER).status == 404
    created = put(server, "w3c", f"{DOCUMENT} .")
    assert (created.status, created.headers["location"].endswith("/graph/user/w3c")) == (201, True)
    assert server.ask("HEAD", at("w3c")).status == 200
    assert put(server, "w3c", "<http://example.org/d> <http://example.org/p> 'روسيا' .").status == 204
    nt = server.get(at("w3c"), Accept="application/n-triples").text
    assert nt == '<http://example.org/d> <http://example.org/p> "روسيا" .\n'
    assert put(server, "w3c", f"{DOCUMENT} .", "POST").status == 204
    assert len(server.get(at("w3c"), Accept="application/n-triples").text.splitlines()) == 2
    json_ld = '{"@id": "http://example.org/d", "http://example.org/q": "x"}'
    assert put(server, "w3c", json_ld, kind="application/ld+json").status == 204
    assert holds(server, f"GRAPH <{MINE}w3c> {{ <http://example.org/d> <http://example.org/q> 'x' }}")
    assert server.ask("DELETE", at("w3c"), None, **BEARER).status == 204
    assert server.get(at("w3c")).status == 404


def test_a_graph_without_a_name_is_given_one(server: Server) -> None:
    made = server.ask("POST", "/graphs", f"{DOCUMENT} .".encode(), Content_Type=TURTLE, **BEARER)
    assert made.status == 201
    address = made.headers["location"].removeprefix(server.address)
    assert server.get(address, Accept=TURTLE).status == 200
    assert server.get("/graphs?graph=" + quote(made.headers["location"], safe=""), Accept=TURTLE).status == 200
    assert server.ask("DELETE", address, None, **BEARER).status == 204


@pytest.mark.parametrize("name", ["plain/1.ttl", "روسيا", "%31", "a%20b", "é"])
def test_a_new_graph_is_read_where_its_location_says(server: Server, name: str) -> None:
    made = put(server, name, f"{DOCUMENT} .")
    assert made.status == 201, made
    address = made.headers["location"].removeprefix(server.address)
    assert server.get(address, Accept=NT).text == server.get(at(name), Accept=NT).text != ""
    assert server.ask("DELETE", address, None, **BEARER).status == 204
    assert server.get(at(name)).status == 404


def test_the_address_of_a_graph_names_it(server: Server) -> None:
    """As RFC 3986 would have it: direct identification, beside ?graph=."""
    body = f"{DOCUMENT} .".encode()
    for method, status in (("PUT", 201), ("PUT", 204), ("POST", 204), ("HEAD", 200), ("GET", 200)):
        sent = body if method in ("PUT", "POST") else None
        assert server.ask(method, "/graph/user/direct/1", sent, Content_Type=TURTLE, **BEARER).status == status
    assert holds(server, f"GRAPH <{MINE}direct/1> {{ ?s ?p ?o }}")
    assert server.get("/graph/about", Accept=TURTLE).status == 200
    assert server.ask("PUT", "/graph/about", body, Content_Type=TURTLE, **BEARER).status == 403
    assert server.ask("DELETE", "/graph/user/direct/1", None, **BEARER).status == 204
    assert server.get("/graph/user/direct/1").status == 404


def test_wrong_graphs_and_documents_are_refused(server: Server) -> None:
    article = "/graphs?graph=" + quote(ARTICLE, safe="")
    assert server.get(article, Accept=TURTLE).status == 200
    for path, status in ((article, 403), ("/graphs?default", 403), ("/graphs", 400), ("/graphs?graph=x", 400)):
        assert server.ask("PUT", path, b"", Content_Type=TURTLE, **BEARER).status == status
    assert server.ask("DELETE", article, None, **BEARER).status == 403
    assert put(server, "bad", "<x:s> <x:p>").status == 400
    assert put(server, "bad", "{}", kind="application/json").status == 415
    assert put(server, "bad", "", kind="multipart/form-data; boundary=x").status == 415
    assert put(server, "bad", "<x:s> <x:p> <x:o> <x:g> .", kind="application/n-quads").status == 403
    wrong = update(server, "INSERT DATA {\n GRAPH <x:g>\n { <x:s> }\n}")
    assert (wrong.status, "line 3, column 10" in wrong.text) == (400, True)
    rejected = put(server, "bad", f"<{BASE}claim/x> a <{BASE}ontology#Claim> .")
    assert (rejected.status, "shapes reject" in rejected.text) == (422, True)
    assert server.get(at("bad")).status == 404
    assert server.ask("PATCH", at("bad"), b"", **BEARER).status == 405


# Versions


def test_readers_go_on_while_others_write(server: Server) -> None:
    ended = threading.Event()
    failed: list[Reply] = []

    def read() -> int:
        number = 0
        while not ended.is_set():
            reply = server.query(f"SELECT (COUNT(*) AS ?n) {{ ?s a isnad:Article }} #{number}")
            if reply.status != 200 or reply.count() != ARTICLES:
                failed.append(reply)
            number += 1
        return number

    with ThreadPoolExecutor(2) as threads:
        readers = [threads.submit(read) for _ in range(2)]
        try:
            for number in range(3):
                text = f"INSERT DATA {{ GRAPH <{MINE}count> {{ <x:s> <x:p> {number} }} }}"
                assert update(server, text).status == 204
                assert holds(server, f"GRAPH <{MINE}count> {{ <x:s> <x:p> {number} }}")
        finally:
            ended.set()
        assert all(reader.result() > 10 for reader in readers)
    assert not failed


def test_a_build_leaves_what_users_wrote(server: Server, store: Path) -> None:
    assert put(server, "kept", f"{DOCUMENT} .").status in (201, 204)
    build(
        [],
        store,
    )
    with open_reader(store) as reader:
        assert len(user_quads(reader.store)) > 0
