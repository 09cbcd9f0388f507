"""The server over real sockets: protocol, limits, faults and pages."""

import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from serving import DIRECT, FORM, JSON, TURTLE, Server, Start, below, starting, wait_for

from kg.build import build
from kg.graph.iris import BASE
from kg.queries import load_queries
from kg.shipped import shipped

EVENTS = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a isnad:Event }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
DOUBLINGS = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(28))
GREEDY = f"SELECT (STRLEN(?a28) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {DOUBLINGS} }}"


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    """Starts servers that end with the module."""
    with starting() as begin:
        yield begin


@pytest.fixture(scope="module")
def server(start: Start, gold_store: Path) -> Server:
    return start(gold_store, "--timeout", "2", "--workers", "3", "--memory", "300")


# The protocol


def test_a_query_comes_in_every_form(server: Server) -> None:
    expected = server.query(EVENTS).count()
    assert expected > 50
    assert server.post(EVENTS).count() == expected
    form = urlencode({"query": EVENTS}).encode()
    assert server.ask("POST", "/sparql", form, Content_Type=FORM, Accept=JSON).count() == expected
    assert server.ask("QUERY", "/sparql", EVENTS.encode(), Content_Type=DIRECT, Accept=JSON).count() == expected
    assert server.post(EVENTS, Content_Type=f"{DIRECT}; charset=UTF-8").count() == expected


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values;q=0.9, text/csv;q=0.1", "text/tab-separated-values"),
        ("application/json", JSON),
        ("text/turtle, application/sparql-results+json;q=0.2, text/csv;q=0.1", JSON),
        ("text/csv;q=0, */*;q=0.1", JSON),
        ("text/*", "text/csv"),
    ],
)
def test_a_table_comes_in_the_format_asked_for(server: Server, accept: str, kind: str) -> None:
    reply = server.get("/sparql?" + urlencode({"query": EVENTS}), Accept=accept)
    if accept == "application/json":
        assert reply.type in (JSON, "application/json")
    elif accept == "text/*":
        assert reply.type.startswith("text/")
    else:
        assert reply.type == kind


@pytest.mark.parametrize(
    ("accept", "opening"),
    [
        (TURTLE, b"@prefix"),
        ("application/n-triples", b"<http"),
        ("application/rdf+xml", b"<?xml"),
        ("application/n-quads", b"<http"),
        ("application/trig", b"@prefix"),
        ("application/ld+json", b"["),
        ("*/*", b"@prefix"),
    ],
)
def test_a_graph_comes_in_the_format_asked_for(server: Server, accept: str, opening: bytes) -> None:
    query = "CONSTRUCT { ?s a isnad:Country } WHERE { ?s a isnad:Country }"
    reply = server.get("/sparql?" + urlencode({"query": query}), Accept=accept)
    assert reply.status == 200
    assert reply.type == (TURTLE if accept == "*/*" else accept)
    assert reply.body.lstrip()[:20].startswith(opening[:1])


def test_what_no_format_can_hold_is_406(server: Server) -> None:
    assert server.get("/sparql?" + urlencode({"query": EVENTS}), Accept="image/png").status == 406
    assert server.get("/sparql?" + urlencode({"query": EVENTS}), Accept=TURTLE).status == 406


def test_ask_has_every_format(server: Server) -> None:
    for name, body in {"json": b'"boolean":true', "xml": b"<boolean>true", "csv": b"true", "tsv": b"true"}.items():
        assert body in server.query("ASK {}", format=name).body
    assert server.query("ASK {}", format="docx").status == 400


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("POST", "/sparql", b"", {"Content_Type": FORM}, 400),
        ("POST", "/sparql", b"ASK {}", {"Content_Type": "text/plain"}, 415),
        ("POST", "/sparql", b"ASK {}", {}, 415),
        ("POST", "/sparql", b"ASK {}", {"Content_Type": f"{DIRECT}; charset=UTF-16"}, 415),
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", {"Content_Type": DIRECT}, 400),
        ("POST", "/sparql", b"query=ASK%20%7B%7D%FF", {"Content_Type": FORM}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, {}, 400),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", {"Content_Type": DIRECT}, 400),
        ("GET", "/sparql?query=nonsense", None, {}, 400),
        ("GET", "/sparql?query=", None, {}, 400),
        ("PUT", "/sparql", b"ASK {}", {"Content_Type": DIRECT}, 405),
        ("DELETE", "/sparql?query=ASK%7B%7D", None, {}, 405),
        ("POST", "/sparql", b"update=DROP%20ALL", {"Content_Type": FORM}, 403),
        ("POST", "/sparql", b"DROP ALL", {"Content_Type": "application/sparql-update"}, 403),
        ("GET", "/sparql?query=DROP%20ALL", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, {}, 400),
        ("GET", "/sparql?query=ASK%7B%7D&timeout=soon", None, {}, 400),
        ("GET", "/nothing", None, {}, 404),
    ],
)
def test_a_wrong_request_has_its_status(
    server: Server, method: str, path: str, body: bytes | None, headers: dict[str, str], status: int
) -> None:
    reply = server.ask(method, path, body, **headers)
    assert reply.status == status, reply.text
    assert reply.type == "text/plain"
    assert reply.text.strip()


def test_the_dataset_is_the_callers_to_choose(server: Server) -> None:
    article = f"{BASE}article/000_6da8eec400364175"
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    everything = server.query(count).count()
    of_article = server.query(count, **{"default-graph-uri": article}).count()
    assert 0 < of_article < everything
    assert server.query(f"SELECT (COUNT(*) AS ?n) FROM <{article}> {{ ?s ?p ?o }}").count() == of_article
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert server.query(named, **{"named-graph-uri": article}).count() == of_article
    assert server.query("SELECT (COUNT(*) AS ?n) FROM <http://127.0.0.1:9/x> { ?s ?p ?o }").count() == 0
    override = server.query(
        f"SELECT (COUNT(*) AS ?n) FROM <{BASE}graph/about> {{ ?s ?p ?o }}", **{"default-graph-uri": article}
    )
    assert override.count() == of_article


def test_arabic_and_percent_encoded_iris_are_byte_true(server: Server) -> None:
    for iri in ("http://example.org/روسيا", "http://example.org/%D8%B1%D9%88", "http://example.org/a%2Fb+c"):
        query = f"SELECT ?x {{ VALUES ?x {{ <{iri}> }} }}"
        form = server.ask("POST", "/sparql", urlencode({"query": query}).encode(), Content_Type=FORM, Accept="text/csv")
        for reply in (server.query(query, format="csv"), server.post(query, Accept="text/csv"), form):
            assert reply.text.splitlines() == ["x", iri]


def test_an_error_names_line_and_column(server: Server) -> None:
    reply = server.post("SELECT * {\n  ?s ?p\n oops\n}", Accept="text/csv")
    assert reply.status == 400
    assert "line 3, column" in reply.text
    asked = server.post("SELECT * {", Accept="application/json")
    assert asked.type == "application/problem+json"
    assert json.loads(asked.body)["status"] == 400


def test_an_answer_has_a_tag_and_304(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": EVENTS})
    tag = server.get(path).headers["etag"]
    again = server.get(path, If_None_Match=tag)
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
    assert server.get(path, Accept="text/csv").headers["etag"] != tag
    assert "etag" not in server.query("SELECT (NOW() AS ?n) {}").headers


def test_head_options_cors_and_gzip(server: Server) -> None:
    head = server.ask("HEAD", "/sparql?" + urlencode({"query": EVENTS}))
    assert (head.status, head.body) == (200, b"")
    options = server.ask("OPTIONS", "/sparql", Origin="http://elsewhere", Access_Control_Request_Method="QUERY")
    assert options.status == 204
    assert "QUERY" in options.headers["access-control-allow-methods"]
    assert options.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in options.headers
    packed = server.get("/queries/who-said-what?format=json", Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert json.loads(gzip.decompress(packed.body))["results"]["bindings"]


def test_the_endpoint_describes_itself(server: Server) -> None:
    reply = server.get("/sparql", Accept=TURTLE)
    assert reply.type == TURTLE
    for word in ("UnionDefaultGraph", "SPARQL11Query", "namedGraph", "resultFormat"):
        assert word in reply.text
    assert "BasicFederatedQuery" not in reply.text
    assert "void#Dataset" in server.get("/.well-known/void", Accept="application/n-triples").text


# Limits and faults


def test_a_long_query_ends_in_time_and_light_ones_go_on(server: Server) -> None:
    with ThreadPoolExecutor(2) as threads:
        heavy = [threads.submit(server.query, ENDLESS + f" #{n}") for n in range(2)]
        time.sleep(0.3)
        started = time.monotonic()
        for n in range(20):
            server.query(EVENTS + f" #{n}").count()
        assert time.monotonic() - started < 1.5
        for one in heavy:
            reply = one.result()
            assert reply.status == 504
            assert "longer than 2 seconds" in reply.text
    assert server.query(ENDLESS, timeout="0.2").status == 504
    assert server.query(EVENTS).status == 200


def test_too_many_at_once_are_told_when_to_come_back(start: Start, gold_store: Path) -> None:
    small = start(gold_store, "--timeout", "1", "--workers", "1", "--queue", "1")
    with ThreadPoolExecutor(4) as threads:
        replies = list(threads.map(lambda n: small.query(ENDLESS + f" #{n}"), range(4)))
    assert {reply.status for reply in replies} <= {503, 504}
    busy = [reply for reply in replies if reply.status == 503]
    assert busy
    assert all(int(reply.headers["retry-after"]) > 0 for reply in busy)


def test_a_light_query_is_answered_while_every_worker_is_busy(start: Start, gold_store: Path) -> None:
    small = start(gold_store, "--timeout", "4", "--workers", "1")
    assert small.query(EVENTS).status == 200
    with ThreadPoolExecutor(2) as threads:
        heavy = [threads.submit(small.query, ENDLESS + f" #{n}") for n in range(2)]
        wait_for(lambda: "isnad_queries_waiting 1" in small.get("/metrics").text)
        time.sleep(1)  # the worker kept for light queries is started anew: the second heavy one was stopped in it
        assert small.query(EVENTS + " #light").status == 200
        assert {one.result().status for one in heavy} <= {503, 504}


def test_a_greedy_query_loses_its_worker_and_no_more(start: Start, gold_store: Path) -> None:
    small = start(gold_store, "--timeout", "25", "--workers", "1", "--memory", "200")
    reply = small.query(GREEDY)
    assert (reply.status, "more than 200 MiB of memory" in reply.text) == (500, True)
    assert small.query(EVENTS).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (" + "STR(" * 960 + "1" + ")" * 960 + " AS ?x) {}",
        "SELECT * " + "{" * 2240 + "}" * 2240,
        "ASK {?s ?p " + "(" * 300 + ")" * 300 + "}",
        "ASK {?s ?p " + "(" * 120 + ")" * 120 + "}",
        "ASK {" + " ".join(f"?s{i} <http://x/p> ?s{i + 1} ." for i in range(2700)) + "}",
        "ASK { FILTER(" + "!" * 30000 + "true) }",
        "ASK { FILTER(" + "1 + " * 30000 + "1 > 0) }",
        "ASK { ?s " + "^" * 5000 + "<http://x/p> ?o }",
        "ASK { ?s " + "/".join(["<http://x/p>"] * 3000) + " ?o }",
        "ASK { " + " UNION ".join(["{ ?s ?p ?o }"] * 5000) + " }",
    ],
)
def test_queries_that_kill_other_servers(server: Server, query: str) -> None:
    reply = server.post(query)
    assert reply.status in (200, 400, 500, 504)
    assert reply.text.strip()
    assert server.query(EVENTS).status == 200
    assert server.process.poll() is None


def test_a_long_query_that_means_no_harm_is_answered(server: Server) -> None:
    values = " ".join(f"<http://example.org/resource/{number}>" for number in range(2300))
    query = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {values} }} }}"
    assert len(query) > 79_000
    assert server.post(query).count() == 2300
    assert server.query(query[: query.index(" <http://example.org/resource/1200>")] + " } }").count() == 1200


def test_too_much_is_refused(server: Server) -> None:
    assert server.post("ASK {} #" + "x" * (1 << 20)).status == 413
    assert server.query("ASK {} #" + "x" * 61_000).status == 414
    assert server.query("ASK {} #" + "x" * 100_000).status == 414
    endless = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert endless.status in (500, 504)
    assert "bindings" not in endless.text


class Trap(threading.Thread):
    """A listener that notes whoever connects."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.caught = 0

    def run(self) -> None:
        while True:
            connection, _ = self.socket.accept()
            self.caught += 1
            connection.close()


def test_no_query_reaches_a_host(server: Server) -> None:
    trap = Trap()
    trap.start()
    host = f"http://127.0.0.1:{trap.port}/"
    for query in (
        f"SELECT * {{ SERVICE <{host}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\u0053ERVICE <{host}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES ?v {{ <{host}> }} SERVICE ?v {{ ?s ?p ?o }} }}",
        f"SELECT * {{ VALUES (?a ?b ?v) {{ (1 2 <{host}>) }} FILTER(?a<?b)SERVICE#>\n ?v{{ ?s ?p ?o }} }}",
    ):
        assert server.post(query).status in (400, 403)
    for query in (
        f"SELECT * FROM <{host}> {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{host}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ):
        assert json.loads(server.post(query).body)["results"]["bindings"] == []
    assert server.post(f"LOAD <{host}>").status == 400
    assert trap.caught == 0


def test_a_worker_has_no_network_whatever_the_guard_says() -> None:
    trap = Trap()
    trap.start()
    code = (
        "import socket, sys\nfrom kg.server.sandbox import cut_off_network\n"
        "sys.exit(3) if not cut_off_network() else None\n"
        f"try: socket.create_connection(('127.0.0.1', {trap.port}))\nexcept PermissionError: sys.exit(0)\nsys.exit(1)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    if ended.returncode == 3:
        pytest.skip("this system cannot cut a process off the network")
    assert ended.returncode == 0
    assert trap.caught == 0


def test_a_federated_query_asks_an_allowed_host(start: Start, tmp_path: Path, gold_store: Path) -> None:
    """The shipped query with its host replaced by a second server of ours, whose store says who heads Russia."""
    from pyoxigraph import Literal, NamedNode, Quad

    from kg.store import locked, publish

    head = NamedNode("http://www.wikidata.org/entity/Q7747")
    wikidata = tmp_path / "wikidata"
    with locked(wikidata):
        publish(
            wikidata,
            "made",
            lambda store: (
                store.add(
                    Quad(
                        NamedNode("http://www.wikidata.org/entity/Q159"),
                        NamedNode("http://www.wikidata.org/prop/direct/P35"),
                        head,
                        NamedNode("http://example.org/g"),
                    )
                ),
                store.add(
                    Quad(
                        head,
                        NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
                        Literal("فلاديمير بوتين", language="ar"),
                    )
                ),
                {},
            )[2],
        )
    remote = start(wikidata, "--workers", "1")
    address = f"http://127.0.0.1:{remote.port}/sparql"
    query = load_queries()["wikidata-leaders"]
    text = query.text.replace(query.service or "", address).replace("?_country", "<https://w3id.org/isnad/entity/Q159>")
    asking = start(gold_store, "--workers", "1", "--allow-service", f"127.0.0.1:{remote.port}")
    reply = asking.post(text, Accept="text/csv")
    assert "Q7747,فلاديمير بوتين" in reply.text, reply
    assert "BasicFederatedQuery" in asking.get("/sparql", Accept=TURTLE).text
    assert asking.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").status == 403


def test_the_answer_is_given_up_when_the_caller_goes_away(server: Server) -> None:
    connection = socket.create_connection((server.host, server.port))
    connection.sendall(f"GET /sparql?query={quote(ENDLESS + ' #gone')} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    wait_for(lambda: 'state="busy"} 1' in server.get("/metrics").text)
    connection.close()
    wait_for(lambda: 'state="busy"} 0' in server.get("/metrics").text)
    assert 'outcome="cancelled"' in server.get("/metrics").text


def test_whatever_is_killed_is_replaced_and_no_query_fails(start: Start, gold_store: Path) -> None:
    """The process that workers are forked from first, then one worker, then all at once."""
    hurt = start(gold_store, "--workers", "2", "--timeout", "20")
    assert hurt.query(EVENTS).status == 200
    wait_for(lambda: len(below(hurt.process.pid)) in (0, 5))
    if not below(hurt.process.pid):
        pytest.skip("this system does not list the children of a process")
    for victims in (slice(0, 1), slice(1, 2), slice(0, None)):
        for process in below(hurt.process.pid)[victims]:
            os.kill(process, signal.SIGKILL)
        for number in range(20):
            assert hurt.query(EVENTS + f" #{victims}{number}").status == 200
        wait_for(lambda: len(below(hurt.process.pid)) == 5)


def test_nothing_outlives_a_killed_server(start: Start, gold_store: Path) -> None:
    killed = start(gold_store, "--workers", "1", "--timeout", "60")
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(killed.query, ENDLESS)
        wait_for(lambda: 'state="busy"} 1' in killed.get("/metrics").text)
        workers = below(killed.process.pid)
        killed.process.kill()
        assert running.exception() is not None
    if not workers:
        pytest.skip("this system does not list the children of a process")
    wait_for(lambda: not any(Path(f"/proc/{one}/stat").exists() for one in workers))


def test_a_new_version_is_picked_up_without_dropping_a_request(start: Start, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    files = sorted(shipped("seeds").glob("*.txt"))
    shutil.copy(files[0], articles)
    build([articles], tmp_path / "store")
    changing = start(tmp_path / "store", "--workers", "2")
    count = "SELECT (COUNT(?a) AS ?n) { ?a a isnad:Article }"
    assert changing.query(count).count() == 1
    shutil.copy(files[1], articles)
    build([articles], tmp_path / "store")
    wait_for(lambda: changing.query(count).count() == 2)


def test_sigterm_lets_a_running_query_end(start: Start, gold_store: Path) -> None:
    ending = start(gold_store, "--workers", "1", "--timeout", "1")
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ending.query, ENDLESS)
        wait_for(lambda: 'state="busy"} 1' in ending.get("/metrics").text)
        ending.process.send_signal(signal.SIGTERM)
        assert running.result().status == 504
    assert ending.process.wait(timeout=5) in (0, -signal.SIGTERM)


def test_a_slow_client_holds_nothing_up(server: Server) -> None:
    slow = [socket.create_connection((server.host, server.port)) for _ in range(20)]
    for connection in slow:
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n")
    started = time.monotonic()
    assert server.query(EVENTS).status == 200
    assert time.monotonic() - started < 1
    for connection in slow:
        connection.close()


def test_a_port_in_use_is_named(server: Server, gold_store: Path) -> None:
    command = [sys.executable, "-m", "kg.cli", "serve", "--port", str(server.port), "--store", str(gold_store)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == f"kg: 127.0.0.1:{server.port}: Address already in use; give another --host or --port\n"


def test_answers_come_without_delay(server: Server) -> None:
    connection = http.client.HTTPConnection(server.host, server.port)
    started = time.monotonic()
    for _ in range(20):
        connection.request("GET", "/sparql?" + urlencode({"query": EVENTS}))
        connection.getresponse().read()
    assert time.monotonic() - started < 20 * 0.04
    connection.close()


def test_health_and_metrics(server: Server) -> None:
    health = json.loads(server.get("/health").body)
    assert health["status"] == "ok"
    metrics = server.get("/metrics").text
    assert f'isnad_store_info{{version="{health["version"]}"}} 1' in metrics
    assert re.search(r'isnad_query_seconds_bucket\{le="\+Inf"\} \d+', metrics)
    figure = re.compile(r'(isnad_[a-z_]+?)(_bucket|_sum|_count)?(\{[a-z]+="[^"{}]+"\})? \d+(\.\d+)?')
    named: set[str] = set()
    for line in metrics.splitlines():
        if line.startswith("# TYPE "):
            named.add(line.split()[2])
        elif not line.startswith("# HELP "):
            found = figure.fullmatch(line)
            assert found, line
            assert found[1] in named, line


# Pages

PAGES = (
    *("/", "/queries", "/queries/agreements-between", "/articles", "/article/000_6da8eec400364175"),
    *("/entity/Q159", "/ontology", "/nothing", "/timeline", "/network", "/map", "/search?q=Putin"),
    "/sparql?" + urlencode({"query": "SELECT * { ?s a isnad:Country }"}),
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_pages_in_both_languages(server: Server, path: str, language: str, direction: str) -> None:
    reply = server.get(path, Accept="text/html", Accept_Language=language)
    assert reply.type == "text/html"
    assert f'<html lang="{language}" dir="{direction}">' in reply.text
    joined = "&" if "?" in path else "?"
    other = server.get(f"{path}{joined}lang=ar", Accept="text/html", Accept_Language="en").text
    assert '<html lang="ar" dir="rtl">' in other


@pytest.mark.parametrize("path", PAGES)
def test_no_page_calls_another_host_or_needs_a_script(server: Server, path: str) -> None:
    text = server.get(path, Accept="text/html").text
    for opening in re.findall(r"<script[^>]*>", text):
        assert re.fullmatch(r'<script type="module" src="/static/built/main\.js\?[0-9a-f]{8}">', opening)
    for address in re.findall(r'(?:src|<link[^>]*href)="([^"]*)"', text):
        assert address.startswith(("/", "data:")), address
    assert "//" not in server.get("/static/style.css").text


def test_the_article_page_holds_the_text_whole(server: Server) -> None:
    text = (shipped("seeds") / "000_6da8eec400364175.txt").read_bytes().decode("utf-8")
    page = server.get("/article/000_6da8eec400364175", Accept="text/html").text
    body = re.search(r"<article[^>]*>(.*?)</article>", page, re.DOTALL)
    assert body
    from html import unescape

    assert unescape(re.sub(r"<[^>]*>", "", body[1])) == text


def test_things_come_as_pages_or_as_data(server: Server) -> None:
    event = server.query("SELECT ?e { ?e a isnad:Agreement } LIMIT 1", format="csv").text.split()[1].removeprefix(BASE)
    for path in ("entity/Q159", event, "article/000_6da8eec400364175"):
        assert server.get(f"/{path}", Accept="text/html,*/*;q=0.8").type == "text/html"
        assert server.get(f"/{path}", Accept=TURTLE).type == TURTLE
        assert f"<{BASE}{path}>" in server.get(f"/{path}", Accept="application/n-triples").text
        assert server.get(f"/{path}?format=jsonld", Accept="text/html").type == "application/ld+json"
    assert server.get("/entity/Q1", Accept=TURTLE).status == 404
    assert server.get("/entity/Q1", Accept="text/html").status == 404


def test_the_ontology_is_a_page_turtle_or_rdfxml(server: Server) -> None:
    page = server.get("/ontology", Accept="text/html").text
    assert 'id="party"' in page
    assert page.count('<p class="example">') > 100
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="diagram"' in page
    for media_type in (TURTLE, "application/rdf+xml"):
        reply = server.get("/ontology", Accept=media_type)
        assert reply.type == media_type
        assert reply.headers["vary"].startswith("Accept,")
        quads = pyoxigraph.parse(reply.body, RdfFormat.from_media_type(media_type))
        assert len({quad.subject for quad in quads}) > 200


def test_saved_queries_are_addresses(server: Server) -> None:
    listed = json.loads(server.get("/queries", Accept="application/json").body)
    assert {one["name"] for one in listed} == set(load_queries())
    path = "/queries/agreements-between?" + urlencode(
        {"first": "روسيا", "second": "Q717", "format": "csv", "language": "en"}
    )
    assert server.get(path).text.startswith("date,kind,status")
    wrong = server.get("/queries/agreements-between?first=nobody")
    assert (wrong.status, "nothing of that name" in wrong.text) == (400, True)
    assert server.get("/queries/agreements-between?unknown=1").status == 400
    assert server.get("/queries/nothing").status == 404


def test_a_long_table_comes_in_pages(server: Server) -> None:
    path = "/sparql?" + urlencode({"query": "SELECT ?s ?p { ?s ?p ?o } LIMIT 450"})
    first, last = (server.get(path + page, Accept="text/html").text for page in ("", "&page=3"))
    assert (first.count("<tr>"), last.count("<tr>")) == (201, 51)
    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert server.get(path + "&page=99999999999999999999", Accept="text/html").status == 200


def test_what_a_caller_writes_is_escaped(server: Server) -> None:
    evil = "<script>alert(1)</script>"
    for path in (f"/queries/who-said-what?speaker={quote(evil)}", f"/sparql?query={quote(evil)}", f"/{quote(evil)}"):
        assert evil not in server.get(path, Accept="text/html").text
    query = f"SELECT ('{evil}' AS ?x) {{}}"
    assert evil not in server.get("/sparql?" + urlencode({"query": query}), Accept="text/html").text
