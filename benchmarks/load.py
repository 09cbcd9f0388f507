"""Load on a server of this machine: with wrk where there is one, else with threads of our own."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

JSON = "application/sparql-results+json"
SCRIPT = """local n = 0
function init(args) path = args[1]; fresh = args[2] == "new"; n = tonumber(args[3]) end
function request()
  n = n + 1
  local target = fresh and (path .. n) or path
  return wrk.format("GET", target, {["Accept"] = "application/sparql-results+json"})
end
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True)
class Figures:
    """Requests a second, the slowest hundredth in milliseconds, and how many answers were no 200."""

    rate: float
    p99: float
    failed: int


def load(url: str, query: str, connections: int, seconds: float, fresh: bool) -> Figures:
    """Ask one query for some seconds; `fresh`: each time with another comment, so that no cache knows it."""
    parts = urlsplit(url)
    path = f"{parts.path}?query={quote(query, safe='')}{'%20%23' if fresh else ''}"
    if shutil.which("wrk"):
        return _wrk(f"{parts.scheme}://{parts.netloc}", path, connections, seconds, fresh)
    return _threads(parts.hostname or "", parts.port or 80, path, connections, seconds, fresh)


def _wrk(origin: str, path: str, connections: int, seconds: float, fresh: bool) -> Figures:
    script = Path("/tmp") / "isnad-load.lua"
    script.write_text(SCRIPT, encoding="utf-8")
    start = str(int(time.time() * 1000) % 10**9 * 1000)
    command = [
        "wrk",
        "-t1",
        f"-c{connections}",
        f"-d{max(1, round(seconds))}s",
        "--timeout",
        "30s",
        "--latency",
        "-s",
        str(script),
    ]
    command += [origin, "--", path, "new" if fresh else "same", start]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", text)
    wrong = sum(int(one) for one in re.findall(r"Non-2xx or 3xx responses: (\d+)", text))
    wrong += sum(int(one) for one in re.findall(r"(?:connect|read|write|timeout) (\d+)", text))
    return Figures(float(rate[1]) if rate else 0.0, float(p99[1]) * UNITS[p99[2]] if p99 else 0.0, wrong)


@dataclass
class _Counted:
    times: list[float] = field(default_factory=list)
    failed: int = 0


def _threads(host: str, port: int, path: str, connections: int, seconds: float, fresh: bool) -> Figures:
    counted, ends = [_Counted() for _ in range(connections)], time.monotonic() + seconds

    def ask(mine: _Counted, place: int) -> None:
        connection, number = http.client.HTTPConnection(host, port, timeout=30), 0
        while time.monotonic() < ends:
            started, number = time.monotonic(), number + 1
            connection.request("GET", f"{path}{place}{number}" if fresh else path, headers={"Accept": JSON})
            answer = connection.getresponse()
            answer.read()
            mine.failed += answer.status != 200
            mine.times.append(time.monotonic() - started)

    threads = [threading.Thread(target=ask, args=(one, place)) for place, one in enumerate(counted)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = sorted(one for each in counted for one in each.times)
    p99 = times[min(len(times) - 1, int(len(times) * 0.99))] * 1000 if times else 0.0
    return Figures(len(times) / seconds, p99, sum(one.failed for one in counted))
