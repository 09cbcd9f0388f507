"""The server beside others: the same store, the same machine, one run. Writes its part of docs/benchmarks.md.

python benchmarks/server.py [SECONDS]      seconds of each measurement, 1 by default
"""

import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pyoxigraph
from load import JSON, Figures, load
from pyoxigraph import RdfFormat

from kg.answers import candidates
from kg.build import build
from kg.parameters import bound
from kg.queries import load_queries
from kg.shipped import shipped
from kg.store import current_version, open_reader

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- server: written by make bench-server -->", "<!-- server: end -->"
BIN = Path(sys.executable).parent
LOOK_UP = "SELECT ?p ?o { <https://w3id.org/isnad/entity/Q159> ?p ?o }"
ROUNDS = 2
LASTING = "rdflib-endpoint"
"""Goes on with queries that nobody waits for any more, so that it is measured when the others have ended."""
CHEAP, HEAVY = "agreements-between", "co-occurrence"


@dataclass(frozen=True)
class Rival:
    """A server to measure: how it starts, and where it answers queries."""

    name: str
    command: tuple[str, ...]
    path: str
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Measured:
    """The figures of one server."""

    name: str
    loads: dict[tuple[str, bool], Figures] = field(default_factory=dict)
    computed: dict[str, float] = field(default_factory=dict)  # ms of processor time that a new query takes, at best
    idle: Figures | None = None
    busy: Figures | None = None
    memory: float = 0.0  # MB


def main(seconds: float) -> None:
    """Measure and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        build([ROOT / "tests" / "gold", shipped("seeds")], store)
        questions = chosen(store)
        listed = rivals(store, Path(folder))
        apart = [one for one in listed if one.name == LASTING]
        measured = measure([one for one in listed if one not in apart], questions, seconds)
        measured += measure(apart, questions, seconds)
        text = page(measured, questions, store, seconds)
    write(text)
    print(text)


def chosen(store: Path) -> dict[str, str]:
    """The queries by name, their parameters written out."""
    saved = load_queries()
    with open_reader(store) as reader:
        texts = {name: bound(saved[name], {}, lambda asked: candidates(reader.store, asked)) for name in (CHEAP, HEAVY)}
    plain = {name: " ".join(re.sub(r"(?m)^#.*$", "", text).split()) for name, text in texts.items()}
    return {"look-up": LOOK_UP, CHEAP: plain[CHEAP], HEAVY: plain[HEAVY]}


def rivals(store: Path, folder: Path) -> list[Rival]:
    """The servers that are installed here."""
    quads = store / "versions" / str(current_version(store)) / "quads"
    triples = folder / "all.nt"
    with open_reader(store) as reader:
        unique = {quad.triple for quad in reader.store}
        pyoxigraph.serialize(unique, str(triples), RdfFormat.N_TRIPLES)
    here = ("--host", "127.0.0.1", "--port")
    kg = ("-m", "kg.cli", "serve", "--workers", "2", "--store", str(store), "--port")
    granian = ("--interface", "asgi", "--factory", "--loop", "uvloop", "--no-ws", "--log-level", "error", "--port")
    listed = [
        Rival("Isnad (uvicorn)", (sys.executable, *kg), "/sparql"),
        Rival(
            "Isnad (granian)",
            (str(BIN / "granian"), "asgi:app", *granian),
            "/sparql",
            {"STORE": str(store), "PYTHONPATH": str(Path(__file__).parent)},
        ),
        Rival(
            "oxigraph serve",
            (str(BIN / "oxigraph"), "serve-read-only", "--location", str(quads), "--union-default-graph", "--bind"),
            "/query",
        ),
        Rival(
            "rdflib-endpoint",
            (str(BIN / "rdflib-endpoint"), "serve", "--store", "Oxigraph", str(triples), *here),
            "/",
        ),
    ]
    for one in listed:
        if not Path(one.command[0]).exists():
            print(f"{one.name} is not installed: left out")
    return [one for one in listed if Path(one.command[0]).exists()]


@contextmanager
def running(rival: Rival) -> Iterator[tuple[str, int]]:
    """The address of its endpoint and its process while it runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = f"127.0.0.1:{port}" if rival.command[-1] == "--bind" else str(port)
    process = subprocess.Popen(
        [*rival.command, place],
        env={**os.environ, **rival.env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}{rival.path}"
    try:
        wait(url, process)
        yield url, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    """Until a query is answered."""
    request = urllib.request.Request(f"{url}?query={quote('ASK {}')}", headers={"Accept": JSON})
    for _ in range(300):
        try:
            with urllib.request.urlopen(request, timeout=5):
                return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise SystemExit(f"{url}: does not answer")


def measure(listed: list[Rival], questions: Mapping[str, str], seconds: float) -> list[Measured]:
    """All figures, the servers taking turns, so that what else the machine does hits them alike; the best of rounds."""
    found = [Measured(rival.name) for rival in listed]
    with ExitStack() as stack:
        places = [stack.enter_context(running(rival)) for rival in listed]
        for name in [*questions] * ROUNDS:
            for fresh in (False, True):
                for one, (url, process) in zip(found, places, strict=True):
                    before = computed(process)
                    now = load(url, questions[name], 4 if name == HEAVY else 16, seconds, fresh)
                    one.loads[name, fresh] = better(one.loads.get((name, fresh)), now)
                    if fresh and now.rate:
                        took = (computed(process) - before) * 1000 / (now.rate * seconds)
                        one.computed[name] = min(took, one.computed.get(name, took))
                    print(f"{one.name}: {name} {'new' if fresh else 'repeated'}: {now}", flush=True)
        for _ in range(ROUNDS):
            for one, (url, _) in zip(found, places, strict=True):
                one.idle = calmer(one.idle, load(url, questions["look-up"], 1, seconds, True))
                one.busy = calmer(one.busy, beside_heavy(url, questions, seconds))
                print(f"{one.name}: idle {one.idle}, beside heavy {one.busy}", flush=True)
        time.sleep(1)
        for one, (_, process) in zip(found, places, strict=True):
            one.memory = memory(process)
    return found


def better(old: Figures | None, new: Figures) -> Figures:
    """The one with more requests a second."""
    return new if old is None or new.rate > old.rate else old


def calmer(old: Figures | None, new: Figures) -> Figures:
    """The one with the smaller p99, if it answered at all."""
    return new if old is None or 0 < new.p99 < old.p99 or not old.p99 else old


def beside_heavy(url: str, questions: Mapping[str, str], seconds: float) -> Figures:
    """The light query while four heavy ones run all the time."""
    heavy = threading.Thread(target=load, args=(url, questions[HEAVY], 4, seconds + 1.5, True))
    heavy.start()
    time.sleep(0.7)
    light = load(url, questions["look-up"], 1, seconds, True)
    heavy.join()
    return light


def computed(process: int) -> float:
    """Seconds of processor time that a process and those below it have taken, also those that have ended."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        times = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15]
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it ended meanwhile
    return sum(map(int, times)) / os.sysconf("SC_CLK_TCK") + sum(computed(int(child)) for child in children)


def memory(process: int) -> float:
    """MB that a process and its descendants have for themselves, shared pages divided among who shares them."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it ended meanwhile
    own = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    return (int(own[1]) / 1000 if own else 0.0) + sum(memory(int(child)) for child in children)


def page(measured: list[Measured], questions: Mapping[str, str], store: Path, seconds: float) -> str:
    """The figures as a table, with their ratios to oxigraph serve."""
    with open_reader(store) as reader:
        quads = len(reader.store)
    reference = next((one for one in measured if one.name == "oxigraph serve"), measured[0])
    head = " | ".join(one.name for one in measured)
    by = "wrk" if shutil.which("wrk") else "threads of our own, as wrk is not installed"
    lines = [
        f"The graph of the gold readings ({quads:,} quads), {os.cpu_count()} cores shared with the load,",
        f"{platform.machine()}, {seconds:g} s each, the best of {ROUNDS} rounds in turn, {by}.",
        "Requests a second; in brackets the ratio to `oxigraph serve`. Repeated: the same query again. New: each time",
        "a query that no cache knows. 16 connections, 4 for the heavy query. Processor time is that of all processes",
        "of a server for one request; what else the machine does adds less to it than to the rest.",
        "",
        f"| query | {head} |",
        f"|---|{'---:|' * len(measured)}",
    ]
    for name in questions:
        for fresh in (False, True):
            cells = [_cell(one.loads[name, fresh], reference.loads[name, fresh]) for one in measured]
            lines.append(f"| {name}, {'new' if fresh else 'repeated'} | {' | '.join(cells)} |")
    for name in questions:
        cells = [_took(one.computed.get(name), reference.computed.get(name)) for one in measured]
        lines.append(f"| processor time of {name}, new, ms | {' | '.join(cells)} |")
    for title, pick in (("p99 of the look-up, idle, ms", "idle"), ("the same beside 4 heavy queries, ms", "busy")):
        lines.append(f"| {title} | {' | '.join(_late(getattr(one, pick)) for one in measured)} |")
    lines.append(f"| ratio of the two | {' | '.join(map(_ratio, measured))} |")
    lines.append(f"| memory after it, MB (PSS) | {' | '.join(f'{one.memory:.0f}' for one in measured)} |")
    return "\n".join(lines) + "\n"


def _took(one: float | None, reference: float | None) -> str:
    return f"{one:.2f} ({one / reference:.1f})" if one and reference else "none answered"


def _late(one: Figures) -> str:
    return f"{one.p99:.1f}" if one.p99 else "none answered"


def _ratio(one: Measured) -> str:
    idle, busy = one.idle, one.busy
    return f"{busy.p99 / idle.p99:.1f}" if idle and busy and idle.p99 and busy.p99 else "none answered"


def _cell(one: Figures, reference: Figures) -> str:
    failed = f", {one.failed} failed" if one.failed else ""
    return f"{one.rate:,.0f} ({one.rate / reference.rate if reference.rate else 0:.2f}{failed})"


def write(text: str) -> None:
    """Put the figures into the page, in place of the last ones."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else f"# Figures\n\n## The server\n\n{BEGIN}\n{END}\n"
    if BEGIN not in old:
        old += f"\n## The server\n\n{BEGIN}\n{END}\n"
    before, _, rest = old.partition(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)
