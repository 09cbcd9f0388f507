"""The workers: who is idle, who waits, who must die, and which version of the store they read."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import StoreError
from kg.server.federation import Forwarder, Permit
from kg.server.frames import DATA, END, FAILED, HEAD, HEADER, QUERY, READY, frame
from kg.server.settings import Settings
from kg.store import current_version

LOOK = 0.25  # seconds between looks for a new version of the store
START = 30.0  # seconds a worker may take to start
NICE_AFTER = 1.0  # seconds from which a query gives way to others
NETWORK_WORKERS = 2
TRIES = 3  # workers that one query may lose to somebody who kills them
QUICK = 0.25  # seconds that a query may take in the worker kept for light ones
LIGHT = 0.03  # seconds up to which a query counts as light the next time
HEAVY_KNOWN = 1000  # queries remembered as too long for it


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of one version of the store."""

    media_type: str
    body: bytes
    version: str


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request without an answer: HTTP status, what to say, and when to come back or how to sign in."""

    def __init__(
        self, status: int, message: str, retry_after: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after = retry_after
        self.headers = {**(headers or {}), **({"Retry-After": str(retry_after)} if retry_after else {})}


class Lost(Refused):
    """A query whose worker was killed by somebody else."""


@dataclass(slots=True, eq=False)
class Worker:
    """One process and the connection to it."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    version: str
    slowed: bool = False  # for good: only a privileged process may take it back

    def kill(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.writer.close()

    def give_way(self) -> None:
        """Let others go first from now on."""
        self.slowed = True
        with contextlib.suppress(OSError):
            for thread in os.listdir(f"/proc/{self.process.pid}/task"):  # Linux keeps a priority for each thread
                os.setpriority(os.PRIO_PROCESS, int(thread), 10)


@dataclass(slots=True)
class Counts:
    """What /metrics tells of the workers."""

    started: int = 0
    killed: int = 0
    died: int = 0


@dataclass(slots=True)
class Pool:
    """Workers of the current version of a store, and one spare that steps in for one that dies."""

    settings: Settings
    counts: Counts = field(default_factory=Counts)
    version: str = ""
    idle: list[Worker] = field(default_factory=list)
    busy: set[Worker] = field(default_factory=set)
    spares: list[Worker] = field(default_factory=list)
    express: list[Worker] = field(default_factory=list)  # one, for light queries while others are busy
    heavy: OrderedDict[str, None] = field(default_factory=OrderedDict)  # queries that took too long for it
    waiting: deque[asyncio.Future[Worker]] = field(default_factory=deque)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    starting: int = 0
    forwarder: Forwarder = field(default_factory=Forwarder)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)
    network: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(NETWORK_WORKERS))

    async def open(self) -> None:
        """Start the workers; StoreError where they cannot open the store."""
        if self.settings.allow_service:
            await self.forwarder.open()
        for worker in await asyncio.gather(*(self._start() for _ in range(self.settings.workers))):
            self.version = worker.version
            self.idle.append(worker)
        self._background(self._add_spare())
        self._background(self._add_express())
        self._background(self._follow())

    async def close(self) -> None:
        """End everything."""
        self.forwarder.close()
        for task in list(self.tasks):
            task.cancel()
        for worker in [*self.idle, *self.busy, *self.spares, *self.express]:
            worker.kill()
        for worker in [*self.idle, *self.busy, *self.spares, *self.express]:
            await worker.process.wait()

    async def answer(self, request: dict[str, Any], timeout: float) -> Answer:
        """The answer to a query; Refused where there is none. A worker killed from outside costs no answer."""
        for _ in range(TRIES - 1):
            with contextlib.suppress(Lost):
                return await self._answer(request, timeout)
        return await self._answer(request, timeout)

    async def _answer(self, request: dict[str, Any], timeout: float) -> Answer:
        """The answer of one worker; a cancelled call ends it."""
        if request["services"]:
            async with self.network:
                with self.forwarder.permit(request["query"], self.settings.allow_service, timeout) as (query, permit):
                    return await self._alone({**request, "query": query}, permit, timeout)
        if self.busy and self.express and request["words"] not in self.heavy and timeout > QUICK:
            found = await self._quick(request)
            if found:
                return found
        worker = await self._take()
        started = time.monotonic()
        try:
            answer = await self._ask(worker, request, timeout)
        except Refused as refusal:
            self._back(worker, whole=refusal.status in (400, 406))
            raise
        except BaseException:
            self._back(worker, whole=False)
            raise
        self._learn(request["words"], time.monotonic() - started)
        self._back(worker, whole=True)
        return answer

    async def _quick(self, request: dict[str, Any]) -> Answer | None:
        """The answer of the worker kept for light queries; None for a query that is none, which is remembered."""
        worker = self.express.pop()
        whole, started = False, time.monotonic()
        try:
            answer = await self._ask(worker, request, QUICK)
            whole = True
        except Refused as refusal:
            whole = refusal.status in (400, 406)
            if refusal.status != 504:
                raise
            return None
        finally:
            self._learn(request["words"], time.monotonic() - started)
            self._back_express(worker, whole)
        return answer

    def _learn(self, words: str, seconds: float) -> None:
        """Remember whether a query is heavy, by the last time that it ran."""
        self.heavy.pop(words, None)
        if seconds > LIGHT:
            self.heavy[words] = None
            while len(self.heavy) > HEAVY_KNOWN:
                self.heavy.popitem(last=False)

    def _back_express(self, worker: Worker, whole: bool) -> None:
        if whole and worker.version == self.version:
            self.express.append(worker)
            return
        worker.kill()
        self.counts.killed += not whole
        self._background(self._add_express())

    async def _add_express(self) -> None:
        worker = await self._start_current()
        if self.express:
            worker.kill()
        else:
            self.express.append(worker)

    async def _alone(self, request: dict[str, Any], permit: Permit, timeout: float) -> Answer:
        """An answer from a worker of its own, which may ask the forwarder and ends after it."""
        worker = await self._start(self.forwarder.port)
        try:
            return await self._ask(worker, request, timeout)
        except Refused as refusal:
            raise Refused(502, permit.problem) if permit.problem and refusal.status == 502 else refusal from refusal
        finally:
            worker.kill()

    async def _ask(self, worker: Worker, request: dict[str, Any], timeout: float) -> Answer:
        later = asyncio.get_running_loop().call_later(NICE_AFTER, worker.give_way)
        try:
            async with asyncio.timeout(timeout):
                worker.writer.write(frame(QUERY, json.dumps(request).encode()))
                return await self._receive(worker)
        except TimeoutError as error:
            raise Refused(
                504, f"the query took longer than {timeout:g} seconds; ask for less, or with LIMIT"
            ) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._post_mortem(worker) from error
        finally:
            later.cancel()

    async def _receive(self, worker: Worker) -> Answer:
        media_type, body = "", bytearray()
        while True:
            kind, payload = await _message(worker.reader)
            if kind == HEAD:
                media_type = payload.decode("ascii")
            elif kind == DATA:
                body += payload
                if len(body) > self.settings.max_answer:
                    raise Refused(500, f"the answer is larger than {self.settings.max_answer:,} bytes; add a LIMIT")
            elif kind == END:
                return Answer(media_type, bytes(body), worker.version)
            elif kind == FAILED:
                failure = json.loads(payload)
                raise Refused(failure["status"], failure["message"])

    async def _post_mortem(self, worker: Worker) -> Refused:
        """Why a worker ended in the middle of a query."""
        self.counts.died += 1
        code = await worker.process.wait()
        if code == -signal.SIGKILL:
            return Lost(500, "the worker was killed from outside; ask again")
        if code == -6:
            return Refused(500, f"the query needs more than {self.settings.memory} MiB of memory; ask for less")
        return Refused(500, "the query overflowed its worker; nest it less or make it smaller")

    async def _take(self) -> Worker:
        """An idle worker, once there is one; Refused where too many wait already, or for too long."""
        if not self.idle:
            self._make_up()
            if len(self.waiting) >= self.settings.queue:
                raise Refused(503, "too many queries at once; come back later", 2)
            turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
            self.waiting.append(turn)
            try:
                async with asyncio.timeout(self.settings.timeout):
                    return await turn
            except BaseException as error:
                self._leave(turn)
                if isinstance(error, TimeoutError):
                    raise Refused(503, "no worker became free in time; come back later", 2) from error
                raise
        worker = self.idle.pop()
        self.busy.add(worker)
        return worker

    def _leave(self, turn: asyncio.Future[Worker]) -> None:
        """Give up waiting, passing on a worker that came at that very moment."""
        if turn in self.waiting:
            self.waiting.remove(turn)
        elif turn.done() and not turn.cancelled():
            self._back(turn.result(), whole=True)

    def _back(self, worker: Worker, whole: bool) -> None:
        """Take a worker back; one that is not whole, or of an old version, ends and another steps in."""
        self.busy.discard(worker)
        self.counts.killed += not whole
        if worker.version != self.version:
            worker.kill()
        elif not whole or worker.slowed:
            worker.kill()
            self._step_in()
        else:
            self._offer(worker)

    def _offer(self, worker: Worker) -> None:
        """Give a worker to who waits longest, else let it idle."""
        while self.waiting:
            turn = self.waiting.popleft()
            if not turn.done():
                self.busy.add(worker)
                turn.set_result(worker)
                return
        if self._living() < self.settings.workers:
            self.idle.append(worker)
        else:
            worker.kill()

    def _living(self) -> int:
        """How many workers of the current version there are, spares aside."""
        return sum(worker.version == self.version for worker in (*self.idle, *self.busy))

    def _make_up(self) -> None:
        """Start a worker where fewer live, or are on their way, than there should be."""
        if not self.busy and not self.spares and not self.starting:
            self._background(self._add_worker())

    def _step_in(self) -> None:
        """Put the spare in the place of a worker that ended, and start another spare."""
        if self.spares:
            self._offer(self.spares.pop())
            self._background(self._add_spare())
        else:
            self._background(self._add_worker())

    async def _add_spare(self) -> None:
        self.spares.append(await self._start_current())

    async def _add_worker(self) -> None:
        self._offer(await self._start_current())

    async def _start_current(self) -> Worker:
        """A worker of the version that is current when it is ready, for another build may have ended meanwhile."""
        while (worker := await self._start()).version != current_version(self.settings.store):
            worker.kill()
        return worker

    async def _start(self, network: int = 0) -> Worker:
        """A worker that has opened the current version of the store."""
        self.starting += 1
        try:
            return await self._launch(network)
        finally:
            self.starting -= 1

    async def _launch(self, network: int) -> Worker:
        ours, theirs = socket.socketpair()
        arguments = (str(theirs.fileno()), str(self.settings.store), str(self.settings.memory))
        command = (sys.executable, "-m", "kg.server.worker", *arguments, str(network))
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *command,
                pass_fds=[theirs.fileno()],
                stdin=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
            )
        reader, writer = await asyncio.open_connection(sock=ours, limit=1 << 20)
        self.counts.started += 1
        try:
            async with asyncio.timeout(START):
                kind, payload = await _message(reader)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError) as error:
            raise StoreError(f"{self.settings.store}: no worker could open it; build it again: kg build") from error
        assert kind == READY
        return Worker(process, reader, writer, payload.decode("ascii"))

    async def _follow(self) -> None:
        """Go over to each new version of the store."""
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(StoreError):
                await self.renew()

    async def renew(self) -> None:
        """Go over to the current version of the store, new workers first, so that no request is dropped."""
        async with self.renewing:
            if current_version(self.settings.store) not in (self.version, None):
                await self._go_over()

    async def _go_over(self) -> None:
        fresh = await asyncio.gather(*(self._start() for _ in range(self.settings.workers)))
        old = [*self.idle, *self.spares, *self.express]
        self.idle.clear()
        self.express.clear()
        self.spares.clear()
        self.version = fresh[0].version
        for worker in fresh:
            self._offer(worker)
        for worker in old:
            worker.kill()
        await self._add_express()
        await self._add_spare()

    def _background(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(_unless_broken(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def _unless_broken(work: Any) -> None:
    """Do work in the background; a store that cannot be opened is tried again when the next worker is needed."""
    with contextlib.suppress(StoreError, OSError):
        await work


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    kind, length = HEADER.unpack(await reader.readexactly(HEADER.size))
    return kind, await reader.readexactly(length)
