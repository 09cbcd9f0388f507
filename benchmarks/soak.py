"""A bounded soak: good and bad callers at once, workers killed, for some seconds; then looks for what leaked.

    python benchmarks/soak.py [SECONDS]      60 by default; 600 for the long one

Ends with 1 where a light query failed, or where memory, descriptors, processes or waiting queries went on growing.
"""

import asyncio
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from kg.build import build
from kg.shipped import shipped

ROOT = Path(__file__).parent.parent
LIGHT = "SELECT (COUNT(DISTINCT ?e) AS ?n) { ?e a isnad:Event }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a != ?d && ?d != ?g) }"
LARGE = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"
DOUBLINGS = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(28))
GREEDY = f"SELECT (STRLEN(?a28) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {DOUBLINGS} }}"
DEEP = "ASK {" + " ".join(f"?s{i} <http://x/p> ?s{i + 1} ." for i in range(2700)) + "}"
HEADERS = (
    "Host: x\r\nConnection: close\r\nAccept: application/sparql-results+json, */*;q=0.1\r\n"
    "Content-Type: application/sparql-query\r\n"
)
BAD = (("heavy", HEAVY), ("greedy", GREEDY), ("deep", DEEP), ("large", LARGE), ("page", ""))
PAGES = ("/", "/queries", "/articles", "/entity/Q159", "/queries/meetings?format=csv", "/.well-known/void", "/health")
WARM = 0.25  # part of the time after which memory is first looked at
GROWTH = 1.15  # of the server's own memory from then on
SLACK = 20.0  # MB


@dataclass
class Tally:
    """What the callers saw."""

    statuses: Counter[str] = field(default_factory=Counter)
    light: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    killed: int = 0


@dataclass(frozen=True)
class State:
    """What the server holds."""

    memory: float  # MB of the server's own process
    cache: float  # MB of answers in it
    whole: float  # MB with its workers
    descriptors: int
    children: int


async def ask(port: int, target: str, method: str = "GET", body: bytes = b"") -> tuple[int, bytes]:
    """One request over a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    try:
        headers = f"{HEADERS}Content-Length: {len(body)}\r\n\r\n"
        writer.write(f"{method} {target} HTTP/1.1\r\n{headers}".encode() + body)
        await writer.drain()
        answer = await asyncio.wait_for(reader.read(), 60)
        return int(answer.split(b" ", 2)[1]), answer.partition(b"\r\n\r\n")[2]
    finally:
        writer.close()


async def light(port: int, tally: Tally, ends: float, number: int) -> None:
    """Asks light queries, every second one new; each must be answered."""
    expected, place = None, 0
    while time.monotonic() < ends:
        place += 1
        started = time.monotonic()
        query = quote(f"{LIGHT} #{number}.{place if place % 2 else 0}")
        try:
            status, body = await ask(port, f"/sparql?query={query}")
        except (OSError, TimeoutError, IndexError, ValueError) as error:
            status, body = 0, repr(error).encode()
        tally.light.append(time.monotonic() - started)
        expected = expected or body
        if status != 200 or body != expected:
            tally.failed.append(f"{status} {body[:120]!r}")
        await asyncio.sleep(0.02)


async def other(port: int, tally: Tally, ends: float) -> None:
    """Heavy, greedy, deep and large queries and pages, one after the other."""
    while time.monotonic() < ends:
        kind, query = random.choice(
            [("heavy", HEAVY), ("greedy", GREEDY), ("deep", DEEP), ("large", LARGE), ("page", "")]
        )
        try:
            if query:
                status, _ = await ask(port, "/sparql", "POST", f"{query} #{random.random()}".encode())
            else:
                status, _ = await ask(port, random.choice(PAGES))
        except (OSError, TimeoutError, IndexError, ValueError):
            status = 0
        tally.statuses[f"{kind} {status}"] += 1
        await asyncio.sleep(0.1)


async def aborting(port: int, tally: Tally, ends: float) -> None:
    """Goes away in the middle of a query, of an answer or of its own request."""
    while time.monotonic() < ends:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        query = random.choice([HEAVY, LARGE, LIGHT])
        text = f"GET /sparql?query={quote(query + f' #{random.random()}')} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        writer.write(text[: random.choice([len(text), len(text), len(text) // 2])])
        await asyncio.sleep(random.uniform(0, 0.4))
        writer.transport.abort()
        tally.statuses["aborted"] += 1


async def killing(process: int, tally: Tally, ends: float) -> None:
    """Kills a worker now and then, or the process that they are forked from and all of them with it."""
    while time.monotonic() < ends:
        await asyncio.sleep(random.uniform(1, 3))
        idle = [child for child in children(process) if not busy(child)]
        if idle:
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(random.choice(idle), signal.SIGKILL)
                tally.killed += 1


def busy(process: int) -> bool:
    """Whether a process computes at this moment."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "R"
    except (FileNotFoundError, ProcessLookupError):
        return True


def children(process: int) -> list[int]:
    """The workers, and the process that they are forked from."""
    try:
        found = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except FileNotFoundError:
        return []
    return [one for child in map(int, found) for one in (child, *children(child))]


async def state(port: int, process: int) -> State:
    """What the server holds now."""
    _, metrics = await ask(port, "/metrics")
    cache = re.search(rb"^isnad_cache_bytes (\d+)$", metrics, re.MULTILINE)
    own, workers = resident(process), children(process)
    whole = own + sum(map(resident, workers))
    return State(
        own, int(cache[1]) / 1e6 if cache else 0.0, whole, len(os.listdir(f"/proc/{process}/fd")), len(workers)
    )


def resident(process: int) -> float:
    """MB of a process, shared pages divided."""
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return int(found[1]) / 1000 if found else 0.0


async def soak(port: int, process: int, seconds: float) -> tuple[Tally, list[State]]:
    """Everything at once; the state is taken when warm, at the end of the load, and after a rest."""
    tally, ends, states = Tally(), time.monotonic() + seconds, []
    work = [light(port, tally, ends, number) for number in range(3)]
    work += [other(port, tally, ends) for _ in range(2)]
    work += [aborting(port, tally, ends), killing(process, tally, ends)]
    running = asyncio.gather(*work)
    await asyncio.sleep(seconds * WARM)
    states.append(await state(port, process))
    await running
    states.append(await state(port, process))
    await asyncio.sleep(4)
    states.append(await state(port, process))
    return tally, states


async def leaks(port: int, states: list[State], before: State) -> list[str]:
    """What did not come back to where it was."""
    warm, _, rested = states
    _, metrics = await ask(port, "/metrics")
    found = []
    if rested.memory - rested.cache > (warm.memory - warm.cache) * GROWTH + SLACK:
        found.append(f"memory grew from {warm.memory:.0f} to {rested.memory:.0f} MB, more than the answers kept")
    if rested.descriptors > before.descriptors + 5:
        found.append(f"descriptors grew from {before.descriptors} to {rested.descriptors}")
    if rested.children > before.children:
        found.append(f"workers grew from {before.children} to {rested.children}")
    for gauge in (b'isnad_workers{state="busy"} 0', b"isnad_queries_waiting 0"):
        if gauge not in metrics:
            found.append(f"no {gauge.decode()} in /metrics after the rest")
    return found


def main(seconds: float) -> int:
    """Run the soak and report; 0 where nothing failed and nothing leaked."""
    with tempfile.TemporaryDirectory() as folder:
        build([ROOT / "tests" / "gold", shipped("seeds")], folder)
        command = [sys.executable, "-m", "kg.cli", "serve", "--store", folder, "--port", "0"]
        command += ["--timeout", "2", "--workers", "4", "--memory", "300"]
        with (Path(folder) / "log").open("w") as log:
            server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert server.stdout
        port = int(server.stdout.readline().rstrip("/\n").rpartition(":")[2])
        try:
            return asyncio.run(reported(port, server.pid, seconds))
        finally:
            server.terminate()
            server.wait(timeout=20)


async def reported(port: int, process: int, seconds: float) -> int:
    """Soak, print the figures, and say whether all is well."""
    while (await asyncio.to_thread(answers, port)) is False or len(children(process)) < 7:
        await asyncio.sleep(0.1)
    before = await state(port, process)
    tally, states = await soak(port, process, seconds)
    leaked = await leaks(port, states, before)
    times = sorted(tally.light)
    figures = {
        "seconds": seconds,
        "light": len(times),
        "light failed": len(tally.failed),
        "light p50 ms": round(times[len(times) // 2] * 1000, 1),
        "light p99 ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "light worst ms": round(times[-1] * 1000, 1),
        "workers killed": tally.killed,
        "others": dict(sorted(tally.statuses.items())),
    }
    for name, one in zip(("before", "warm", "end", "rested"), (before, *states), strict=True):
        memory = f"{one.memory:.0f} MB ({one.cache:.0f} of it answers kept), {one.whole:.0f} with workers"
        figures[name] = f"{memory}, {one.descriptors} open, {one.children} workers"
    print(json.dumps(figures, indent=2))
    for line in [*tally.failed[:10], *leaked]:
        print(line)
    return 1 if tally.failed or leaked else 0


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if len(sys.argv) > 1 else 60.0))
