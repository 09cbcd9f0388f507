"""What callers send before a request is whole, and how they read: raw bytes over real sockets."""

import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import DIRECT, JSON, Server, starting, wait_for

ASKED = "/sparql?query=ASK%7B%7D"
EVERYTHING = "/sparql?query=" + quote("SELECT * { ?a ?b ?c . ?d ?b ?e } LIMIT 60000")


@pytest.fixture(scope="module")
def server(gold_store: Path) -> Iterator[Server]:
    with starting() as start:
        yield start(gold_store, "--workers", "2")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def impatient(gold_store: Path, log: Path) -> Iterator[Server]:
    """A server that waits for nobody, and takes ten connections."""
    before = (
        "import kg.server.connection as c, kg.server.protocol as p\n"
        "c.HEAD_SECONDS = c.FIRST_SECONDS = c.READING_SECONDS = p.IDLE = 0.3\nc.MOST = 10"
    )
    with starting() as start:
        yield start(gold_store, "--workers", "1", "--timeout", "60", before=before, log=log)


def connected(server: Server, text: str | bytes) -> socket.socket:
    connection = socket.create_connection((server.host, server.port), timeout=60)
    connection.sendall(text.encode() if isinstance(text, str) else text)
    return connection


def everything(connection: socket.socket) -> bytes:
    """What comes until the server closes."""
    with connection:
        return b"".join(iter(lambda: connection.recv(1 << 16), b""))


def status(server: Server, text: str | bytes) -> int:
    return int(everything(connected(server, text)).split(b" ", 2)[1])


def request(target: str, *headers: str, method: str = "GET", body: str = "") -> str:
    lines = (f"{method} {target} HTTP/1.1", "Host: x", "Connection: close", f"Accept: {JSON}", *headers, "", body)
    return "\r\n".join(lines)


def posted(size: int, *headers: str, body: str = "") -> str:
    return request("/sparql", f"Content-Type: {DIRECT}", f"Content-Length: {size}", *headers, method="POST", body=body)


CHUNKED = request("/sparql", f"Content-Type: {DIRECT}", "Transfer-Encoding: chunked", method="POST")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (request("/" + "x" * 61_000), 414),
        (request(f"{ASKED}%23" + "x" * 100_000), 414),
        ("GET /" + "x" * 100_000, 414),
        (request(ASKED, *(f"X-{number}: {'y' * 100}" for number in range(1000))), 431),
        (request(ASKED, "X: " + "y" * 40_000), 431),
        ("GET / HTTP/1.1\r\nHost: x\r\nX: " + "y" * 100_000, 431),
        (f"GET {ASKED} HTTP/1.1\r\n\r\n", 400),
        (f"GET {ASKED} HTTP/1.0\r\n\r\n", 200),
        ("nonsense\r\n\r\n", 400),
        (posted(-5), 400),
        (posted(1 << 40), 413),
        (posted(1 << 40, "Expect: 100-continue"), 413),
        (
            request("/sparql", f"Content-Type: {DIRECT}", "Transfer-Encoding: chunked", method="POST", body="zz\r\n"),
            400,
        ),
    ],
)
def test_a_request_is_refused_with_its_status(server: Server, text: str, expected: int) -> None:
    answer = everything(connected(server, text))
    assert int(answer.split(b" ", 2)[1]) == expected
    assert answer.partition(b"\r\n\r\n")[2].strip()


def test_who_sends_too_much_can_read_why(server: Server) -> None:
    """The body is read on for a while: a connection closed at once would break the sending."""
    assert server.post("ASK {} #" + "x" * (5 << 20)).status == 413


def test_a_body_comes_in_chunks_or_after_leave_was_given(server: Server) -> None:
    assert b'"boolean":true' in everything(connected(server, CHUNKED + "4\r\nASK \r\n2\r\n{}\r\n0\r\n\r\n"))
    waiting = connected(server, posted(6, "Expect: 100-continue"))
    assert waiting.recv(100).startswith(b"HTTP/1.1 100 ")
    waiting.sendall(b"ASK {}")
    assert b'"boolean":true' in everything(waiting)


def test_letters_may_stand_in_an_address(server: Server) -> None:
    """As curl sends them."""
    answer = everything(connected(server, request("/sparql?format=csv&query=SELECT(<http://x/روسيا>AS?x){}")))
    assert "http://x/روسيا\r\n" in answer.decode()


def test_who_sends_no_more_is_answered(server: Server) -> None:
    waiting = connected(server, request(ASKED).replace("Connection: close\r\n", "") * 2)
    waiting.shutdown(socket.SHUT_WR)
    assert everything(waiting).count(b'"boolean":true') == 2


def test_requests_may_follow_each_other_unanswered(server: Server) -> None:
    texts = ("ASK {}", "oops", "SELECT * { ?s ?p ?o } LIMIT 3000", "ASK {}")
    kept = [request(f"/sparql?query={quote(text)}").replace("Connection: close\r\n", "") for text in texts]
    answers = everything(connected(server, "".join(kept) + request(ASKED)))
    assert re.findall(rb"HTTP/1.1 (\d+) ", answers) == [b"200", b"400", b"200", b"200", b"200"]


@pytest.mark.parametrize("text", ["GET /spa", f"GET {ASKED} HTTP/1.1\r\nHost: x\r\nX-a: ", posted(1000, body="ASK")])
def test_who_does_not_go_on_is_told_so(impatient: Server, text: str) -> None:
    assert status(impatient, text) == 408


def test_who_says_nothing_is_let_go(impatient: Server) -> None:
    assert everything(connected(impatient, "")) == b""


def test_who_does_not_read_is_let_go(impatient: Server, log: Path) -> None:
    with connected(impatient, request(EVERYTHING)) as reading:
        assert reading.recv(12) == b"HTTP/1.1 200"
        wait_for(lambda: "left its answer unread" in log.read_text(encoding="utf-8"))
        assert len(everything(reading)) < 20_000_000


def test_the_last_of_too_many_is_told_to_come_back(impatient: Server) -> None:
    held = [connected(impatient, "") for _ in range(10)]
    answer = everything(connected(impatient, request(ASKED)))
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: " in answer
    for one in held:
        one.close()
    wait_for(lambda: status(impatient, request(ASKED)) == 200)


def test_every_line_of_the_log_is_json(gold_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "own"
    with starting() as start:
        logging = start(gold_store, "--workers", "1", log=log)
        assert logging.query("ASK {}").status == 200
        assert status(logging, "nonsense\r\n\r\n") == 400
        assert status(logging, request("/روسيا")) == 404
        wait_for(lambda: log.read_text(encoding="utf-8").count('"log": "access"') == 3)
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{")]
    assert [(line["path"], line["status"]) for line in lines if line["log"] == "access"] == [
        ("/sparql", 200),
        (None, 400),
        ("/روسيا", 404),
    ]
