"""The workers of the current version of a store: who is idle, who is busy, and who waits.

There are two more workers than long queries may run at once, so that light ones always find one. Whether a query is
long cannot be told from its text, but from what it computed the last times; one that computes too long for a light one
gives up its worker where long queries have all of theirs, and waits among them.
"""

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.errors import StoreError
from kg.server.federation import Forwarder, Permit
from kg.server.outcome import Answer, Lost, Refused
from kg.server.settings import Settings
from kg.server.workers import Nursery, Worker
from kg.store import current_version

LOOK = 0.25  # seconds between looks for a new version of the store
BESIDE = 2  # workers that long queries never have: one for light ones, and one in case that is killed
NETWORK_WORKERS = 2
AGAIN = (0.05, 0.1, 0.2, 0.4)  # seconds until a query is tried again whose worker somebody killed
LIGHT = 0.01  # seconds that a light query may have computed one of the last two times
QUICK = 0.25  # seconds that a query not known as long may compute before it counts as one
LONG = 2  # times in a row above LIGHT, or once above QUICK
LONG_KNOWN = 1000  # queries remembered
NOT_AT_FAULT = (400, 406)  # statuses after which a worker is as good as before


class Overlong(Exception):  # noqa: N818 - it is no fault
    """A query must leave its worker to light ones and wait among the long ones."""


@dataclass(slots=True)
class Counts:
    """What /metrics tells of the workers."""

    started: int = 0
    killed: int = 0
    died: int = 0


@dataclass(slots=True)
class Run:
    """A query in a worker."""

    long: bool  # whether it counts as one
    watch: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class Pool:
    """Workers of the current version of a store, and the queries that wait for one."""

    settings: Settings
    nursery: Nursery
    counts: Counts = field(default_factory=Counts)
    version: str = ""
    idle: list[Worker] = field(default_factory=list)
    busy: dict[Worker, Run] = field(default_factory=dict)
    known: OrderedDict[str, int] = field(default_factory=OrderedDict)  # how often a query was above LIGHT
    light: deque[asyncio.Future[Worker]] = field(default_factory=deque)  # who waits
    long: deque[asyncio.Future[Worker]] = field(default_factory=deque)
    starting: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    forwarder: Forwarder = field(default_factory=Forwarder)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)
    network: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(NETWORK_WORKERS))

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return len(self.light) + len(self.long)

    def pids(self) -> list[int]:
        """The processes below this one."""
        return [*self.nursery.pids(), *(worker.pid for worker in (*self.idle, *self.busy))]

    async def open(self) -> None:
        """Start the workers; StoreError where they cannot open the store."""
        if self.settings.allow_service:
            await self.forwarder.open()
        await self._go_over()
        self._background(self._follow())

    async def close(self) -> None:
        """End everything."""
        self.forwarder.close()
        for task in list(self.tasks):
            task.cancel()
        for worker in [*self.idle, *self.busy]:
            worker.kill()
        await self.nursery.close()

    async def answer(self, request: Mapping[str, Any], timeout: float) -> Answer:
        """The answer to a query; Refused where there is none. A worker killed from outside costs no answer."""
        for seconds in AGAIN:
            with contextlib.suppress(Lost):
                return await self._answer(request, timeout)
            await asyncio.sleep(seconds)  # others may be dying, too
        return await self._answer(request, timeout)

    async def _answer(self, request: Mapping[str, Any], timeout: float) -> Answer:
        if request["services"]:
            async with self.network:
                with self.forwarder.permit(request["query"], self.settings.allow_service, timeout) as (query, permit):
                    return await self._alone({**request, "query": query}, permit, timeout)
        with contextlib.suppress(Overlong):
            return await self._run(request, timeout, self.known.get(request["words"], 0) >= LONG)
        return await self._run(request, timeout, long=True)

    async def _alone(self, request: Mapping[str, Any], permit: Permit, timeout: float) -> Answer:
        """An answer from a worker of its own, which may ask the forwarder and ends after it."""
        worker = await self._birth(self.forwarder.port)
        try:
            return await self._ask(worker, request, timeout)
        except Refused as refusal:
            raise Refused(502, permit.problem) if permit.problem and refusal.status == 502 else refusal from refusal
        finally:
            worker.kill()

    async def _run(self, request: Mapping[str, Any], timeout: float, long: bool) -> Answer:
        """The answer of one worker; a cancelled call ends it."""
        worker = await self._take(long, timeout)
        before, whole = worker.cpu, False
        try:
            answer = await self._ask(worker, request, timeout)
            whole = True
            return answer
        except Refused as refusal:
            whole = refusal.status in NOT_AT_FAULT
            raise
        finally:
            self._learn(request["words"], worker, worker.cpu - before if whole else worker.computed(), whole)
            self._back(worker, whole)

    async def _ask(self, worker: Worker, request: Mapping[str, Any], timeout: float) -> Answer:
        try:
            return await worker.ask(request, timeout)
        except ConnectionError as error:
            self.counts.died += 1
            raise await self.nursery.why(worker) from error

    def _set_to(self, worker: Worker, long: bool) -> None:
        """Count a worker as busy; one whose query is not known as long is watched."""
        run = self.busy[worker] = Run(long)
        if not long:
            run.watch = asyncio.get_running_loop().call_later(QUICK, self._look_at, worker, run)

    def _look_at(self, worker: Worker, run: Run) -> None:
        """See to it that a query which computes too long counts as a long one, or gives up its worker."""
        left = QUICK - worker.computed()
        if left > 0:
            run.watch = asyncio.get_running_loop().call_later(max(left, QUICK / 5), self._look_at, worker, run)
        elif self._room_for_long():
            run.long = True
        else:
            worker.stop(Overlong())

    def _room_for_long(self) -> bool:
        return sum(run.long for run in self.busy.values()) < self.settings.workers

    def _learn(self, words: str, worker: Worker, computed: float, whole: bool) -> None:
        """Remember how long a query ran; the first one of a worker pays for its start, too, and counts only if long."""
        if computed > QUICK or (computed > LIGHT and not worker.fresh):
            self.known[words] = LONG if computed > QUICK else self.known.get(words, 0) + 1
            self.known.move_to_end(words)
            while len(self.known) > LONG_KNOWN:
                self.known.popitem(last=False)
        elif whole and computed <= LIGHT:
            self.known.pop(words, None)
        worker.fresh = False

    async def _take(self, long: bool, timeout: float) -> Worker:
        """A worker, once there is one; Refused where too many wait already, or for too long."""
        if self.idle and (not long or self._room_for_long()):
            worker = self.idle.pop()
            self._set_to(worker, long)
            return worker
        queue = self.long if long else self.light
        if len(queue) >= self.settings.queue:
            raise Refused(503, "too many queries at once; come back later", 2)
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            async with asyncio.timeout(timeout):
                return await turn
        except BaseException as error:
            if turn in queue:
                queue.remove(turn)
            elif turn.done() and not turn.cancelled():
                self._back(turn.result(), whole=True)  # it came at that very moment
            if isinstance(error, TimeoutError):
                raise Refused(503, "no worker became free in time; come back later", 2) from error
            raise

    def _back(self, worker: Worker, whole: bool) -> None:
        """Take a worker back; one that is not whole, or of an old version, ends and another steps in."""
        run = self.busy.pop(worker)
        if run.watch:
            run.watch.cancel()
        if worker.alive and whole and not worker.slowed and worker.version == self.version:
            self.idle.append(worker)
        else:
            self.counts.killed += not whole
            worker.kill()
        self._tend()

    def _tend(self) -> None:
        """Let who waits have the idle workers, light queries first, and start workers where some are missing."""
        for queue, long in ((self.light, False), (self.long, True)):
            while self.idle and queue and (not long or self._room_for_long()):
                turn = queue.popleft()
                if not turn.done():
                    worker = self.idle.pop()
                    self._set_to(worker, long)
                    turn.set_result(worker)
        for _ in range(self._missing()):
            self.starting += 1
            self._background(self._add())

    def _missing(self) -> int:
        """How many workers of the current version there should be beside those that live or start."""
        living = sum(worker.version == self.version for worker in (*self.idle, *self.busy))
        return self.settings.workers + BESIDE - living - self.starting

    async def _add(self) -> None:
        try:
            worker = await self._birth()
        finally:
            self.starting -= 1
        if worker.version == self.version and self._missing() > 0:
            self.idle.append(worker)
        else:
            worker.kill()
        self._tend()

    async def _birth(self, port: int = 0) -> Worker:
        worker = await self.nursery.birth(port)
        worker.ended = self._ended
        self.counts.started += 1
        return worker

    def _ended(self, worker: Worker) -> None:
        """Replace an idle worker that was killed from outside."""
        if worker in self.idle:
            self.idle.remove(worker)
            self.counts.died += 1
            self._tend()

    async def _follow(self) -> None:
        """Go over to each new version of the store, and make up for workers that could not be started."""
        while True:
            await asyncio.sleep(LOOK)
            with contextlib.suppress(StoreError, OSError):
                await self.nursery.open()
                await self.renew()
            self._tend()

    async def renew(self) -> None:
        """Go over to the current version of the store, new workers first, so that no request is dropped."""
        async with self.renewing:
            if current_version(self.settings.store) not in (self.version, None):
                await self._go_over()

    async def _go_over(self) -> None:
        births = (self._birth() for _ in range(self.settings.workers + BESIDE))
        born = await asyncio.gather(*births, return_exceptions=True)
        fresh = [one for one in born if isinstance(one, Worker)]
        failed = [one for one in born if isinstance(one, BaseException)]
        if failed:
            for worker in fresh:
                worker.kill()
            raise failed[0]
        old, self.idle, self.version = self.idle, [], fresh[-1].version
        for worker in fresh:
            if worker.version == self.version:
                self.idle.append(worker)
            else:
                old.append(worker)
        for worker in old:
            worker.kill()
        self._tend()

    def _background(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(_unless_broken(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


async def _unless_broken(work: Any) -> None:
    """Do work in the background; a store that cannot be opened is tried again in a while."""
    with contextlib.suppress(StoreError, OSError):
        await work
