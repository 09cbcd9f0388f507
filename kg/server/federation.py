"""Asks other endpoints on behalf of a query: the one way out of a worker, and it leads to allowed hosts alone.

The engine opens whatever connection a SERVICE names, and follows redirects anywhere. So each SERVICE of a query is
replaced by an address of this forwarder on the loopback, good for that query alone. The forwarder resolves the host,
looks at the addresses it got, connects to one of those very addresses, and bounds time, size and number.
"""

import asyncio
import http.client
import ipaddress
import secrets
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from kg.guard import allowed, with_services

LARGEST = 16 << 20  # bytes that the hosts of one query may answer
QUESTIONS = 100  # requests that one query may make
REDIRECTS = 3
HEAD, BODY = 1 << 16, 1 << 20  # bytes of a request of the engine
CHUNK = 1 << 16
MOVED = frozenset({301, 302, 307, 308})
GONE = (TimeoutError, ValueError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)
"""What ends a request of which there is nobody to tell: the worker went away, or wrote no HTTP."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unreachable(Exception):  # noqa: N818 - it is an answer, not a fault
    """A host that may not or cannot be asked."""


@dataclass(slots=True)
class Permit:
    """What one query may still ask, and what went wrong last."""

    targets: list[str]
    hosts: Sequence[str]
    deadline: float  # of time.monotonic()
    bytes_left: int = LARGEST
    questions_left: int = QUESTIONS
    problem: str = ""

    def seconds_left(self) -> float:
        """The time that is left; Unreachable where there is none."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Unreachable("no time is left")
        return left


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine asks: its request without the host."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a host answered."""

    status: int
    media_type: str
    body: bytes
    location: str = ""


@dataclass(slots=True)
class Forwarder:
    """A listener on the loopback; only addresses with the secret of a running query lead on."""

    port: int = 0
    permits: dict[str, Permit] = field(default_factory=dict)
    server: asyncio.Server | None = None
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(8, "federation"))

    async def open(self) -> None:
        """Start listening."""
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD)
        self.port = self.server.sockets[0].getsockname()[1]

    def close(self) -> None:
        """Stop listening."""
        if self.server:
            self.server.close()
        self.threads.shutdown(wait=False, cancel_futures=True)

    @contextmanager
    def permit(self, query: str, hosts: Sequence[str], seconds: float) -> Iterator[tuple[str, Permit]]:
        """The query with each SERVICE leading here, for as long as the block lasts."""
        secret, permit = secrets.token_urlsafe(24), Permit([], hosts, time.monotonic() + seconds)

        def here(target: str) -> str:
            permit.targets.append(target)
            return f"http://127.0.0.1:{self.port}/{secret}/{len(permit.targets) - 1}"

        text = with_services(query, here)
        self.permits[secret] = permit
        try:
            yield text, permit
        finally:
            del self.permits[secret]
            permit.deadline = 0

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request of a worker."""
        try:
            with suppress(*GONE):
                async with asyncio.timeout(60):
                    reply = await self._answer(*await _request(reader))
                    writer.write(_written(reply))
                    await writer.drain()
        finally:
            writer.close()

    async def _answer(self, path: str, question: Question) -> Reply:
        _, secret, number = f"{path}//".split("/")[:3]
        permit = self.permits.get(secret)
        if permit is None or not number.isdigit() or int(number) >= len(permit.targets):
            return Reply(404, "text/plain", b"no such query")
        target = permit.targets[int(number)]
        try:
            loop = asyncio.get_running_loop()
            async with asyncio.timeout(permit.seconds_left()):
                return await loop.run_in_executor(self.threads, asked, target, question, permit)
        except (Unreachable, OSError, http.client.HTTPException, TimeoutError) as error:
            reason = str(error) or "it did not answer in time"
            permit.problem = f"SERVICE <{target}>: {reason}"
            return Reply(502, "text/plain", permit.problem.encode())


def asked(target: str, question: Question, permit: Permit) -> Reply:
    """The answer of a host, its redirects followed on the same host alone."""
    for _ in range(REDIRECTS + 1):
        reply = _exchange(target, question, permit)
        if reply.status not in MOVED:
            break
        target = _moved(target, reply.location, permit.hosts)
    if reply.status != 200:
        raise Unreachable(f"it answered with status {reply.status}")
    return reply


def addresses(host: str, port: int) -> list[str]:
    """The addresses of a host; Unreachable where one is private, unless the host is an address itself.

    That it is allowed was decided before, so an address is one that the operator named.
    """
    found = sorted({str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
    if host not in found:
        for one in found:
            if not is_public(one):
                raise Unreachable(f"{host} is {one}, an address that is not public; allow the address itself")
    return found


def is_public(address: str) -> bool:
    """Whether an address lies in the public net, also where one kind of address holds another."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if inner or ip in NAT64:
            return is_public(str(inner or ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def _moved(target: str, location: str, hosts: Sequence[str]) -> str:
    """Where a redirect leads, on the same host."""
    to = urljoin(target, location)
    same = urlsplit(to).hostname == urlsplit(target).hostname
    if not same or not allowed(to, hosts):
        raise Unreachable(f"it sends on to {to[:200]}, which is not followed")
    return to


def _exchange(target: str, question: Question, permit: Permit) -> Reply:
    """One request over a connection to an address that was looked at."""
    if permit.questions_left <= 0:
        raise Unreachable(f"the query asks more than {QUESTIONS} times")
    permit.questions_left -= 1
    parts = urlsplit(target)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(host, port, timeout=permit.seconds_left())
    connection.sock = _connected(host, port, secure, permit)
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, question.body, question.headers)
        return _received(connection.getresponse(), connection.sock, permit)
    finally:
        connection.close()


def _connected(host: str, port: int, secure: bool, permit: Permit) -> socket.socket:
    """A connection to the first address that answers."""
    last: OSError = OSError("it has no address")
    for address in addresses(host, port):
        try:
            plain = socket.create_connection((address, port), permit.seconds_left())
        except OSError as error:
            last = error
            continue
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    raise last


def _received(response: http.client.HTTPResponse, connection: socket.socket | None, permit: Permit) -> Reply:
    """The body, while bytes and time are left."""
    body = bytearray()
    while True:
        if connection is not None:
            connection.settimeout(permit.seconds_left())
        chunk = response.read1(CHUNK)
        if not chunk:
            break
        body += chunk
        permit.bytes_left -= len(chunk)
        if permit.bytes_left < 0:
            raise Unreachable(f"it answered more than {LARGEST >> 20} MiB")
    media_type = response.headers.get("content-type", "application/sparql-results+xml")
    return Reply(response.status, media_type, bytes(body), response.headers.get("location", ""))


async def _request(reader: asyncio.StreamReader) -> tuple[str, Question]:
    """The path and the question of a request; ValueError where it is none that the engine writes."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    length = int(headers.get("content-length", "0"))
    if method != "POST" or not 0 <= length <= BODY:
        raise ValueError("the engine posts queries of known length")
    kept: dict[str, str] = {name: headers[name] for name in ("content-type", "accept") if name in headers}
    return path, Question(await reader.readexactly(length), {**kept, "user-agent": "isnad", "connection": "close"})


def _written(reply: Reply) -> bytes:
    lines = f"HTTP/1.1 {reply.status} -\r\nContent-Type: {reply.media_type}\r\nContent-Length: {len(reply.body)}\r\n"
    return f"{lines}Connection: close\r\n\r\n".encode("latin-1", "replace") + reply.body
