"""SERVICE against servers of our own that redirect, dawdle, never end or answer nonsense."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from serving import JSON, Server, starting

from kg.errors import QueryError
from kg.guard import check, with_services
from kg.server.federation import Unreachable, addresses, is_public

FOUND = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"found"}}]}}'
LIMIT = 16 << 20


class Other(BaseHTTPRequestHandler):
    """Another endpoint; the path says how it behaves."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        name = self.path.strip("/").partition("?")[0]
        self.server.asked.append(name)  # type: ignore[attr-defined]
        try:
            getattr(self, f"be_{name}")()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def be_good(self, status: int = 200, body: bytes = FOUND, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": JSON, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def be_moved(self) -> None:
        self.be_good(307, b"", Location="/good")

    def be_circling(self) -> None:
        self.be_good(302, b"", Location="/circling")

    def be_leading(self) -> None:
        self.be_good(307, b"", Location=f"http://127.0.0.1:{self.server.elsewhere}/good")  # type: ignore[attr-defined]

    def be_luring(self) -> None:
        self.be_good(302, b"", Location="http://169.254.169.254/latest/meta-data/")

    def be_failing(self) -> None:
        self.be_good(500, b"no")

    def be_slow(self) -> None:
        time.sleep(3)

    def be_dripping(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        for _ in range(60):
            self.wfile.write(b" ")
            time.sleep(0.05)

    def be_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.end_headers()
        for _ in range(2 * LIMIT >> 20):
            self.wfile.write(b" " * (1 << 20))
        self.close_connection = True

    def be_nonsense(self) -> None:
        self.wfile.write(b"nonsense\r\n\r\n")
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def others() -> Iterator[tuple[ThreadingHTTPServer, ThreadingHTTPServer]]:
    """Two endpoints; only the first will be allowed."""
    pair = ThreadingHTTPServer(("127.0.0.1", 0), Other), ThreadingHTTPServer(("127.0.0.1", 0), Other)
    for one in pair:
        one.daemon_threads, one.asked, one.elsewhere = True, [], pair[1].server_port  # type: ignore[attr-defined]
        threading.Thread(target=one.serve_forever, daemon=True).start()
    yield pair
    for one in pair:
        one.shutdown()
        one.server_close()


@pytest.fixture(scope="module")
def server(others: tuple[ThreadingHTTPServer, ThreadingHTTPServer], gold_store: Path) -> Iterator[Server]:
    port = others[0].server_port
    hosts = [f"127.0.0.1:{port}", f"localhost:{port}"]
    with starting() as start:
        yield start(
            gold_store,
            "--workers",
            "1",
            "--timeout",
            "1.5",
            *(word for one in hosts for word in ("--allow-service", one)),
        )


def service(port: int, path: str, host: str = "127.0.0.1", silent: str = "") -> str:
    return f"SELECT ?x {{ SERVICE {silent} <http://{host}:{port}/{path}> {{ ?s ?p ?x }} }}"


@pytest.mark.parametrize("path", ["good", "moved", "good?a=b%20c"])
def test_an_allowed_host_is_asked(server: Server, others: tuple[ThreadingHTTPServer, ...], path: str) -> None:
    reply = server.query(service(others[0].server_port, path), format="csv")
    assert (reply.status, reply.text) == (200, "x\r\nfound\r\n")
    assert "etag" not in reply.headers


@pytest.mark.parametrize(
    ("path", "statuses", "reason"),
    [
        ("leading", {502}, "which is not followed"),
        ("luring", {502}, "which is not followed"),
        ("circling", {502}, "status 302"),
        ("failing", {502}, "status 500"),
        ("nonsense", {502}, "SERVICE"),
        ("endless", {502}, "more than 16 MiB"),
        ("slow", {502, 504}, "time"),
        ("dripping", {502, 504}, "time"),
    ],
)
def test_a_host_that_misbehaves_ends_its_query_alone(
    server: Server, others: tuple[ThreadingHTTPServer, ...], path: str, statuses: set[int], reason: str
) -> None:
    started = time.monotonic()
    reply = server.query(service(others[0].server_port, path))
    assert reply.status in statuses, reply
    assert reason in reply.text or reply.status == 504
    assert time.monotonic() - started < 3
    assert server.query("ASK {}").status == 200
    assert others[1].asked == []  # type: ignore[attr-defined]


def test_a_name_that_leads_home_is_not_asked(server: Server, others: tuple[ThreadingHTTPServer, ...]) -> None:
    port, before = others[0].server_port, len(others[0].asked)  # type: ignore[attr-defined]
    reply = server.query(service(port, "good", "localhost"))
    assert (reply.status, "not public" in reply.text) == (502, True)
    assert server.query(service(others[1].server_port, "good")).status == 403
    assert server.query(service(port, "good", "127.1")).status == 403
    assert server.query(service(port, "good", "localhost", "SILENT"), format="csv").text == "x\r\n\r\n"
    assert len(others[0].asked) == before  # type: ignore[attr-defined]


def test_the_forwarder_answers_no_stranger(server: Server) -> None:
    listing = subprocess.run(["ss", "-ltnp"], capture_output=True, text=True, check=False).stdout
    ports = [
        int(line.split()[3].rpartition(":")[2]) for line in listing.splitlines() if f"pid={server.process.pid}," in line
    ]
    if len(ports) != 2:
        pytest.skip("this system does not list the ports of a process")
    forwarder = Server(server.process, "127.0.0.1", next(port for port in ports if port != server.port))
    for path in ("/", "/secret/0", "//", "/../0"):
        assert forwarder.ask("POST", path, b"").status == 404


@pytest.mark.parametrize(
    ("address", "public"),
    [
        *((one, True) for one in ("8.8.8.8", "91.198.174.192", "2a02:ec80:300:ed1a::1", "64:ff9b::808:808")),
        *((one, False) for one in ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0")),
        *(
            (one, False)
            for one in ("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1%eth0", "fc00::1", "::")
        ),
        *((one, False) for one in ("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "::")),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_an_address_is_asked_and_a_name_looked_at() -> None:
    assert addresses("127.0.0.1", 80) == ["127.0.0.1"]
    with pytest.raises(Unreachable, match="allow the address itself"):
        addresses("localhost", 80)


def test_a_worker_that_federates_reaches_the_forwarder_alone(
    others: tuple[ThreadingHTTPServer, ThreadingHTTPServer],
) -> None:
    good, other = (one.server_port for one in others)
    code = (
        "import socket, sys\nfrom kg.server.sandbox import cut_off_network\n"
        f"sys.exit(3) if not cut_off_network({good}) else None\n"
        f"socket.create_connection(('127.0.0.1', {good}))\n"
        f"try: socket.create_connection(('127.0.0.1', {other}))\nexcept PermissionError: sys.exit(0)\nsys.exit(1)"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False)
    if ended.returncode == 3:
        pytest.skip("this system cannot confine a process to one port (Landlock 4)")
    assert ended.returncode == 0


def test_each_service_of_a_query_is_replaced() -> None:
    query = (
        "PREFIX e: <http://a/> SELECT * { SERVICE e:x { ?s ?p 'SERVICE <y>' } service silent<http://b/>{ ?s ?p ?o } }"
    )
    seen: list[str] = []
    replaced = with_services(query, lambda one: f"new:{seen.append(one) or len(seen)}")  # type: ignore[func-returns-value]
    assert seen == ["http://a/x", "http://b/"]
    assert "SERVICE <new:1> {" in replaced
    assert "service silent<new:2>{" in replaced
    assert "'SERVICE <y>'" in replaced


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://good/> { ?s ?p '\\u0041' } }",
        "SELECT * { SERVICE <http://good/> { ?a ?b ?c } FILTER(?a<?b)SERVICE#>\n ?v{ ?s ?p ?o } }",
    ],
)
def test_no_second_service_hides_behind_the_first(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        check(query, ["good"])
