"""What the server counts, in Prometheus' text format."""

import resource
from bisect import bisect_left
from collections import Counter
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
        lines = ["# TYPE isnad_queries_total counter"]
        lines += [f'isnad_queries_total{{outcome="{name}"}} {count}' for name, count in sorted(self.outcomes.items())]
        lines += ["# TYPE isnad_query_seconds histogram", *self._histogram()]
        gauges = {
            'isnad_workers{state="idle"}': len(pool.idle),
            'isnad_workers{state="busy"}': len(pool.busy),
            'isnad_workers{state="starting"}': pool.starting,
            "isnad_queries_waiting": pool.waiting,
            "isnad_cache_bytes": cached_bytes,
            "isnad_memory_max_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            f'isnad_store_info{{version="{pool.version}"}}': 1,
        }
        counters = {
            'isnad_workers_total{event="started"}': pool.counts.started,
            'isnad_workers_total{event="killed"}': pool.counts.killed,
            'isnad_workers_total{event="died"}': pool.counts.died,
        }
        lines += [f"{name} {value}" for name, value in {**gauges, **counters}.items()]
        return "\n".join(lines) + "\n"

    def _histogram(self) -> list[str]:
        total, lines = 0, []
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self.buckets, strict=True):
            total += count
            lines.append(f'isnad_query_seconds_bucket{{le="{bound}"}} {total}')
        return [*lines, f"isnad_query_seconds_sum {self.seconds:.6f}", f"isnad_query_seconds_count {total}"]
