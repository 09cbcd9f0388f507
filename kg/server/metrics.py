"""What the server counts, in Prometheus' text format."""

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.server.pool import Pool

BUCKETS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 60.0)


@dataclass(slots=True)
class Metrics:
    """Queries by outcome and how long they took."""

    outcomes: Counter[str] = field(default_factory=Counter)
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0

    def count(self, outcome: str, seconds: float) -> None:
        """Count one query."""
        self.outcomes[outcome] += 1
        self.buckets[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds

    def text(self, pool: Pool, cached_bytes: int) -> str:
        """Everything, one line a figure."""
        outcomes = dict(sorted(self.outcomes.items()))
        states = {"idle": len(pool.idle), "busy": len(pool.busy), "starting": pool.starting}
        events = {name: getattr(pool.counts, name) for name in ("started", "killed", "died")}
        memory = {"server": resident(os.getpid()), "workers": sum(map(resident, pool.pids()))}
        lines = [
            *_family("isnad_queries_total", "counter", "Queries by how they ended", outcomes, "outcome"),
            *_family("isnad_workers", "gauge", "Worker processes by what they do", states, "state"),
            *_family("isnad_worker_events_total", "counter", "Worker processes by what befell them", events, "event"),
            *_family("isnad_queries_waiting", "gauge", "Queries that wait for a worker", {"": pool.waiting}),
            *_family("isnad_cache_bytes", "gauge", "Answers kept", {"": cached_bytes}),
            *_family("isnad_memory_bytes", "gauge", "Memory, shared pages divided among who shares them", memory, "of"),
            *_family("isnad_store_info", "gauge", "The version of the store", {pool.version: 1}, "version"),
            *self._histogram(),
        ]
        return "\n".join(lines) + "\n"

    def _histogram(self) -> list[str]:
        total, lines = (
            0,
            _family("isnad_query_seconds", "histogram", "Seconds from query to answer, waiting included.", {}),
        )
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self.buckets, strict=True):
            total += count
            lines.append(f'isnad_query_seconds_bucket{{le="{bound}"}} {total}')
        return [*lines, f"isnad_query_seconds_sum {self.seconds:.6f}", f"isnad_query_seconds_count {total}"]


def resident(process: int) -> int:
    """Bytes of memory of a process; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
            return next((int(line.split()[1]) << 10 for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def _family(name: str, kind: str, meaning: str, figures: Mapping[str, int], label: str = "") -> list[str]:
    """The lines of one metric: what it means, of which type it is, and its figures by the value of a label."""
    labelled = {f'{{{label}="{value}"}}' if label else "": figure for value, figure in figures.items()}
    head = [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
    return [*head, *(f"{name}{labels} {figure}" for labels, figure in labelled.items())]
