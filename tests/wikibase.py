"""A small Wikidata that speaks both protocols of kg link over real HTTP, and plays every fault on demand."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Item = Mapping[str, Any]

ITEMS: dict[str, Item] = {
    "Q101": {"name": "سامي الفارس", "P31": ["Q5"], "P27": ["Q901"]},
    "Q102": {"name": "سامي الفارس", "P31": ["Q5"], "P27": ["Q902"]},
    "Q103": {"name": "خليل النجار", "P31": ["Q5"], "P27": ["Q901"]},
    "Q104": {"name": "خليل النجار", "P31": ["Q4167410"]},  # a page that lists homonyms
    "Q105": {"name": "وادي الزهور", "P31": ["Q39816"], "P17": ["Q901"], "P625": True},
    "Q106": {"name": "حركة الفجر", "P31": ["Q7278"], "P17": ["Q901"]},
    "Q107": {"name": "حركة الفجر الجديد", "P31": ["Q7278"], "P17": ["Q902"]},
    "Q108": {"name": "Khalil Najjar", "P31": ["Q5"], "P27": ["Q901"]},
}


@dataclass
class Wikibase:
    """What the server shall do, and what it was asked."""

    address: str = ""
    faults: list[str] = field(default_factory=list)  # one a request, in turn; then all is well
    always: str = ""
    items: dict[str, Item] = field(default_factory=lambda: dict(ITEMS))
    agents: list[str] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    retry_after: str = "0"

    def answer(self, form: dict[str, list[str]]) -> object:
        """What a service in order says."""
        if "queries" in form:
            queries = json.loads(form["queries"][0])
            return {key: {"result": [*self._reconciled(query)]} for key, query in queries.items()}
        if "extend" in form:
            wanted = json.loads(form["extend"][0])
            return {"meta": [], "rows": {qid: self._row(qid) for qid in wanted["ids"] if qid in self.items}}
        if form.get("action") == ["wbsearchentities"]:
            return {"search": [*self._searched(form["search"][0])], "success": 1}
        if form.get("action") == ["wbgetentities"]:
            return {"entities": {qid: self._entity(qid) for qid in form["ids"][0].split("|") if qid in self.items}}
        return {"error": {"code": "unknown_action", "info": "Unrecognized value for parameter"}}

    def _reconciled(self, query: Item) -> Iterator[Item]:
        for qid, item in self.items.items():
            if query["query"].split()[0] in item["name"]:
                score = 100.0 if query["query"] == item["name"] else 70.0
                types = [{"id": one, "name": one} for one in item["P31"]]
                yield {"id": qid, "name": item["name"], "score": score, "match": score == 100.0, "type": types}

    def _row(self, qid: str) -> Item:
        item = self.items[qid]
        values = {name: [{"id": one, "name": one} for one in item.get(name, [])] for name in ("P31", "P17", "P27")}
        return {**values, "P625": [{"str": "12.5,44.25"}] if item.get("P625") else [], "P159": []}

    def _searched(self, text: str) -> Iterator[Item]:
        for qid, item in self.items.items():
            if text.split()[0] in item["name"]:
                match = {"type": "label", "language": "ar", "text": item["name"]}
                yield {"id": qid, "label": item["name"], "description": "", "match": match}

    def _entity(self, qid: str) -> Item:
        item = self.items[qid]
        claims: dict[str, Any] = {name: [_claim(one) for one in item.get(name, [])] for name in ("P31", "P17", "P27")}
        place = {"mainsnak": {"datavalue": {"value": {"latitude": 12.5, "longitude": 44.25}}}, "rank": "normal"}
        claims["P625"] = [place] if item.get("P625") else []
        return {"type": "item", "id": qid, "claims": {name: found for name, found in claims.items() if found}}


def _claim(qid: str) -> Item:
    return {"mainsnak": {"datavalue": {"value": {"entity-type": "item", "id": qid}}}, "rank": "normal"}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        self._play(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def do_GET(self) -> None:
        self._play(urlsplit(self.path).query)

    def _play(self, query: str) -> None:
        world: Wikibase = self.server.world
        form = parse_qs(query)
        world.agents.append(self.headers["User-Agent"])
        world.asked.append(form)
        fault = world.faults.pop(0) if world.faults else world.always
        body = json.dumps(world.answer(form), ensure_ascii=False).encode()
        getattr(self, f"_{fault or 'well'}")(body)

    def _send(self, status: int, body: bytes, length: int | None = None, **head: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **head}.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def _well(self, body: bytes) -> None:
        self._send(200, body)

    def _slow(self, body: bytes) -> None:
        """Answers in time byte by byte, and never comes to an end."""
        self.send_response(200)
        self.send_header("Content-Length", str(len(body) + 1_000_000))
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.02)
        except OSError:
            self.close_connection = True  # the caller has gone, as it should

    def _broken(self, body: bytes) -> None:
        self._send(200, body[: len(body) // 2])

    def _truncated(self, body: bytes) -> None:
        self._send(200, body[: len(body) // 2], length=len(body))
        self.close_connection = True

    def _busy(self, _: bytes) -> None:
        self._send(429, b"{}", Retry_After=self.server.world.retry_after)

    def _failing(self, _: bytes) -> None:
        self._send(500, b"<html>Internal Server Error</html>")

    def _refusing(self, _: bytes) -> None:
        self._send(403, b"set a user agent")

    def _moved(self, _: bytes) -> None:
        self._send(302, b"", Location="http://127.0.0.1:9/elsewhere")

    def _html(self, _: bytes) -> None:
        self._send(200, b"<!DOCTYPE html><title>Welcome</title>", Content_Type="text/html")

    def _huge(self, _: bytes) -> None:
        self._send(200, b"[" + b"1," * 3_000_000 + b"1]")

    def _deep(self, _: bytes) -> None:
        self._send(200, b"[" * 200_000)

    def _list(self, _: bytes) -> None:
        self._send(200, b'["no", "object"]')

    def _error(self, _: bytes) -> None:
        self._send(200, json.dumps({"error": {"code": "maxlag", "info": "Waiting"}}).encode())


@contextmanager
def serving(world: Wikibase) -> Iterator[Wikibase]:
    """The server at a free port of this machine for as long as the context lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.world = world  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    world.address = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
