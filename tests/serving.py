"""Real servers for tests: started as a process, asked over sockets."""

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
JSON, TURTLE = "application/sparql-results+json", "text/turtle"


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    def count(self) -> int:
        assert self.status == 200, self.text
        return int(json.loads(self.body)["results"]["bindings"][0]["n"]["value"])


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    host: str
    port: int

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        names = [(name.replace("_", "-"), value) for name, value in headers.items()]
        return self.send(method, path, body, names)

    def send(self, method: str, path: str, body: bytes | None, headers: list[tuple[str, str]]) -> Reply:
        """A request with exactly these headers, one of them perhaps twice."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        reply = Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        connection.close()
        return reply

    def get(self, path: str, **headers: str) -> Reply:
        return self.ask("GET", path, None, **headers)

    def query(self, text: str, **parameters: str) -> Reply:
        return self.get("/sparql?" + urlencode({"query": text, **parameters}), Accept=JSON)

    def post(self, text: str, **headers: str) -> Reply:
        return self.ask("POST", "/sparql", text.encode(), **{"Content_Type": DIRECT, "Accept": JSON, **headers})


Start = Callable[..., Server]


def wait_for(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def below(process: int) -> list[int]:
    """The processes that one started, and those that they started; empty where the system does not tell."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [one for child in map(int, children) for one in (child, *below(child))]


@contextmanager
def starting() -> Iterator[Start]:
    """Starts servers, which end with the block."""
    started: list[subprocess.Popen[str]] = []

    def begin(
        store: Path, *options: str, env: Mapping[str, str] | None = None, before: str = "", log: Path | None = None
    ) -> Server:
        """A server, after some code where its limits are to be others, its log in a file where one is named."""
        code = f"{before}\nfrom kg.cli import main\nmain()"
        command = [sys.executable, "-c", code, "serve", "--port", "0", "--store", str(store), *options]
        with open(log or os.devnull, "w", encoding="utf-8") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, **(env or {})}
            )
        started.append(process)
        assert process.stdout
        address = re.search(r"http://([\d.]+):(\d+)/", process.stdout.readline())
        assert address
        return Server(process, address[1], int(address[2]))

    try:
        yield begin
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.communicate(timeout=20)
