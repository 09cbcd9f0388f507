"""The worker processes as the server sees them: how one is born, asked, watched and ended."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from kg.errors import StoreError
from kg.server.frames import CPU, DATA, END, FAILED, HEAD, HEADER, QUERY, READY, frame
from kg.server.outcome import Answer, Lost, Refused
from kg.server.sandbox import adopt_orphans
from kg.server.settings import Settings

START = 30.0  # seconds a worker may take to start
NICE_AFTER = 1.0  # seconds from which a query gives way to others
REPORT = 2.0  # seconds to wait for how a worker ended
REMEMBERED = 100  # workers whose end is remembered
TICKS = os.sysconf("SC_CLK_TCK")


class Worker(asyncio.Protocol):
    """One process and the connection to it, which carries one query at a time."""

    def __init__(self, largest: int) -> None:
        self.largest = largest  # bytes of an answer
        self.pid = 0
        self.version = ""
        self.cpu = 0.0  # seconds it had computed after its last answer
        self.fresh = True  # it has answered nothing yet
        self.slowed = False  # for good: only a privileged process may take it back
        self.alive = True
        self.ended: Callable[[Worker], None] = lambda _: None
        self.reports: Reports | None = None
        self.transport: asyncio.Transport
        self.received = bytearray()
        self.media_type, self.body = "", bytearray()
        self.awaited: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the process."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's are of no class of asyncio

    def connection_lost(self, exc: Exception | None) -> None:
        """The process has ended."""
        self.alive = False
        self.stop(exc or ConnectionResetError())
        self.ended(self)
        asyncio.get_running_loop().call_later(REPORT, self._bury)

    def _bury(self) -> None:
        """Take note of the end, where the nursery had ended before and this is the parent."""
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, os.WNOHANG)

    def data_received(self, data: bytes) -> None:
        """Take the frames that are whole."""
        self.received += data
        place, size = 0, HEADER.size
        while len(self.received) - place >= size:
            kind, length = HEADER.unpack_from(self.received, place)
            if len(self.received) - place < size + length:
                break
            self._take(kind, self.received[place + size : place + size + length])
            place += size + length
        del self.received[:place]

    def _take(self, kind: bytes, payload: bytearray) -> None:
        if kind == HEAD:
            self.media_type, self.body = payload.decode("ascii"), bytearray()
        elif kind == DATA:
            self.body += payload
            if len(self.body) > self.largest:
                self.stop(Refused(500, f"the answer is larger than {self.largest:,} bytes; add a LIMIT"))
                self.kill()
        elif kind == END:
            self._give(Answer(self.media_type, bytes(self.body), self.version))
            (self.cpu,) = CPU.unpack(payload)
            self.body = bytearray()
        elif kind == FAILED:
            failure = json.loads(payload)
            self.stop(Refused(failure["status"], failure["message"]))
        elif kind == READY:
            self.pid, self.version, self.cpu = json.loads(payload)
            self._give(None)

    def _give(self, result: Answer | None) -> None:
        if not self.awaited.done():
            self.awaited.set_result(result)

    def stop(self, reason: Exception) -> None:
        """End the waiting for an answer."""
        if not self.awaited.done():
            self.awaited.set_exception(reason)
            self.awaited.exception()  # nobody may be waiting

    async def ask(self, request: Mapping[str, Any], timeout: float) -> Answer:
        """The answer to a query; Refused where it takes too long, ConnectionError where the process ends."""
        if not self.alive:
            raise ConnectionResetError
        loop = asyncio.get_running_loop()
        self.awaited = loop.create_future()
        late = Refused(504, f"the query took longer than {timeout:g} seconds; ask for less, or with LIMIT")
        timers = loop.call_later(timeout, self.stop, late), loop.call_later(NICE_AFTER, self.give_way)
        self.transport.write(frame(QUERY, json.dumps(request).encode()))
        try:
            answer: Answer = await self.awaited
            return answer
        finally:
            for timer in timers:
                timer.cancel()

    def computed(self) -> float:
        """Seconds that the process has computed since its last answer; 0 where the system does not tell."""
        try:
            with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
                user, system = file.read().rpartition(")")[2].split()[11:13]
        except (OSError, ValueError):
            return 0.0
        return (int(user) + int(system)) / TICKS - self.cpu

    def kill(self) -> None:
        """End the process at once."""
        if self.alive and self.pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.alive = False
        self.transport.abort()

    def give_way(self) -> None:
        """Let others go first from now on."""
        self.slowed = True
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{self.pid}/task"):  # Linux keeps a priority for each thread
                os.setpriority(os.PRIO_PROCESS, int(thread), 10)


class Reports(asyncio.Protocol):
    """What the nursery tells: the exit status of each worker that ended."""

    def __init__(self) -> None:
        self.received = b""
        self.codes: OrderedDict[int, asyncio.Future[int]] = OrderedDict()
        self.open = True

    def code(self, pid: int) -> asyncio.Future[int]:
        """The exit status of a worker, once it has ended."""
        found = self.codes.setdefault(pid, asyncio.get_running_loop().create_future())
        while len(self.codes) > REMEMBERED:
            self.codes.popitem(last=False)
        return found

    def data_received(self, data: bytes) -> None:
        """Take the lines that are whole."""
        *lines, self.received = (self.received + data).split(b"\n")
        for line in lines:
            pid, code = json.loads(line)
            found = self.code(pid)
            if not found.done():
                found.set_result(code)

    def connection_lost(self, _: Exception | None) -> None:
        """The nursery ended; nobody will tell how its workers do."""
        self.open = False
        for code in self.codes.values():
            if not code.done():
                code.set_result(-signal.SIGKILL)


@dataclass(slots=True)
class Nursery:
    """The process that workers are forked from; another takes its place where it was killed."""

    settings: Settings
    process: asyncio.subprocess.Process | None = None
    sending: socket.socket | None = None
    reports: Reports | None = None
    opening: asyncio.Lock = field(default_factory=asyncio.Lock)

    def pids(self) -> list[int]:
        """Its own process, while there is one."""
        return [self.process.pid] if self.process else []

    async def open(self) -> None:
        """Start it, or another where it was killed."""
        async with self.opening:
            if not self.sending or not self.reports or not self.reports.open:
                self.sending = await self._open()

    async def birth(self, port: int = 0) -> Worker:
        """A worker that has opened the current version of the store; StoreError where none can."""
        ours, theirs = socket.socketpair()
        with theirs:
            await self._send({"store": str(self.settings.store), "memory": self.settings.memory, "port": port}, theirs)
        loop = asyncio.get_running_loop()
        _, worker = await loop.create_connection(lambda: Worker(self.settings.max_answer), sock=ours)
        try:
            async with asyncio.timeout(START):
                await worker.awaited
        except (TimeoutError, ConnectionError) as error:
            worker.kill()
            raise StoreError(f"{self.settings.store}: no worker could open it; build it again: kg build") from error
        except BaseException:
            worker.kill()
            raise
        worker.reports = self.reports
        return worker

    async def why(self, worker: Worker) -> Refused:
        """Why a worker ended in the middle of a query."""
        code, reports = None, worker.reports
        if reports and (reports.open or worker.pid in reports.codes):
            with contextlib.suppress(TimeoutError):
                code = await asyncio.wait_for(asyncio.shield(reports.code(worker.pid)), REPORT)
        if code in (None, -signal.SIGKILL):
            return Lost(500, "the worker was killed from outside; ask again")
        if code == -signal.SIGABRT:
            return Refused(500, f"the query needs more than {self.settings.memory} MiB of memory; ask for less")
        return Refused(500, "the query overflowed its worker; nest it less or make it smaller")

    async def close(self) -> None:
        """End the nursery and every worker."""
        if self.sending:
            self.sending.close()
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()

    async def _send(self, start: Mapping[str, Any], end: socket.socket) -> None:
        """Hand one end of a socket to a new worker."""
        await self.open()
        assert self.sending
        try:
            socket.send_fds(self.sending, [json.dumps(start).encode()], [end.fileno()])
        except OSError as error:
            raise StoreError("the process that workers are forked from was killed just now") from error

    async def _open(self) -> socket.socket:
        await self.close()
        adopt_orphans()
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "kg.server.nursery", str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        sending = ours.dup()
        _, self.reports = await asyncio.get_running_loop().create_connection(Reports, sock=ours)
        return sending
