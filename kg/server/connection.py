"""One connection of a caller: uvicorn's, with limits on what comes before a request is whole and on who will not read.

A line of a request in which letters stand unencoded, as curl sends them, is encoded before it is parsed.
"""

import asyncio
import re

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from kg.server.log import log

MAX_ADDRESS = 60_000  # bytes; the parser itself ends at 64 KiB
MAX_HEADERS = 32_768  # bytes of all header fields
HEAD_SECONDS = 10.0  # for the head of a request, from its first byte
FIRST_SECONDS = 20.0  # for the first byte
READING_SECONDS = 30.0  # that a caller may leave what it was sent unread
LEFT_SECONDS = 0.5  # in which an answer begins to come to who sends no more, and may be gone
LINGER = 2.0  # seconds in which a refused caller may go on sending before it reads
MOST = 1000  # connections at once
LETTERS = re.compile(rb"[\x80-\xff]")

Fault = tuple[int, str]


class Connection(HttpToolsProtocol):
    """Parses requests and hands them on."""

    fault: Fault | None = None
    refused = False
    in_line = True  # the request line may still be on its way
    in_head = False
    waiting = False
    head = 0  # bytes of a head that has not ended
    head_timer: asyncio.TimerHandle | None = None
    reading_timer: asyncio.TimerHandle | None = None
    left_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the connection, unless there are too many."""
        super().connection_made(transport)  # type: ignore[arg-type]
        if len(self.connections) > MOST:
            self._refuse((503, "too many connections at once; come back later"))
        else:
            self.head_timer = self.loop.call_later(FIRST_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the timers go."""
        self._stop(self.head_timer)
        self._stop(self.reading_timer)
        self._stop(self.left_timer)
        super().connection_lost(exc)

    def eof_received(self) -> bool:  # type: ignore[override]
        """The caller sends no more: it is gone, or waits for its answer; only writing would tell."""
        if self.refused or self.cycle is None or self.cycle.response_complete:
            return False
        self.left_timer = self.loop.call_later(LEFT_SECONDS, self._leave)
        return True

    def _leave(self) -> None:
        if not self.cycle.response_started:
            self.transport.abort()

    def on_response_complete(self) -> None:
        """Go on with the next request, or close where none can come."""
        super().on_response_complete()
        if self.left_timer and not self.pipeline and self.cycle.response_complete:
            self.transport.close()

    def data_received(self, data: bytes) -> None:
        """Parse, while the head is not too long."""
        if self.refused:
            return
        ours = self.in_head or self.in_line  # it does not begin with the body of another request
        if self.in_line:
            data = _encoded(data)
            self.in_line = b"\n" not in data
        super().data_received(data)
        if self.in_head and not self.refused:
            self._wait_for_head(len(data) if ours else 0)

    def _wait_for_head(self, size: int) -> None:
        if not self.waiting:
            self.waiting = True
            self._stop(self.head_timer)
            self.head_timer = self.loop.call_later(HEAD_SECONDS, self._refuse, (408, "the request came too slowly"))
        self.head += size
        if self.head > MAX_ADDRESS + MAX_HEADERS:
            self._refuse(_TOO_LONG if self.in_line else _TOO_MANY)

    def on_message_begin(self) -> None:
        """A request begins."""
        self.in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is whole: hand the request on, unless it is too long."""
        self.in_head, self.waiting, self.head = False, False, 0
        self._stop(self.head_timer)
        self.fault = self._fault()
        if self.fault:
            raise ValueError(self.fault)
        super().on_headers_complete()

    def _fault(self) -> Fault | None:
        if len(self.url) > MAX_ADDRESS:
            return _TOO_LONG
        if sum(len(name) + len(value) for name, value in self.headers) > MAX_HEADERS:
            return _TOO_MANY
        if self.parser.get_http_version() == "1.1" and all(name != b"host" for name, _ in self.headers):
            return 400, "HTTP/1.1 without a Host header"
        return None

    def on_message_complete(self) -> None:
        """The request is whole; what comes now is the next one."""
        self.in_line = True
        super().on_message_complete()

    def send_400_response(self, _: str) -> None:
        """Refuse what could not be parsed, or was not let through."""
        self._refuse(self.fault or (400, "this is no HTTP request that can be read"))

    def pause_writing(self) -> None:
        """The caller does not read what it was sent."""
        super().pause_writing()
        self.reading_timer = self.loop.call_later(READING_SECONDS, self._unread)

    def resume_writing(self) -> None:
        """The caller reads on."""
        self._stop(self.reading_timer)
        super().resume_writing()

    def _unread(self) -> None:
        log({"log": "server", "level": "warning", "message": "a caller left its answer unread and was let go"})
        self.transport.abort()

    def _refuse(self, fault: Fault) -> None:
        """Say what is wrong and close, once the caller has had time to read it."""
        status, reason = fault
        self.refused = True
        body = f"{reason}\n".encode()
        lines = [
            "Content-Type: text/plain; charset=utf-8",
            f"Content-Length: {len(body)}",
            "Connection: close",
            "Access-Control-Allow-Origin: *",
            *(["Retry-After: 2"] if status == 503 else []),
        ]
        if not self.transport.is_closing():
            self.transport.write(STATUS_LINE[status] + "\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            self.loop.call_later(LINGER, self.transport.close)
        log({"log": "access", "method": None, "path": None, "status": status, "bytes": len(body), "seconds": 0})

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer:
            timer.cancel()


_TOO_LONG: Fault = (414, f"the address is longer than {MAX_ADDRESS:,} bytes; send the query by POST")
_TOO_MANY: Fault = (431, f"the header fields are longer than {MAX_HEADERS:,} bytes")


def _encoded(data: bytes) -> bytes:
    """Bytes with the letters of their first line percent-encoded."""
    line, end, rest = data.partition(b"\n")
    return data if line.isascii() else LETTERS.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest
