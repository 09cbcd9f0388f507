"""Measures the reader alone: articles a second on one core, start, memory, and time against length.

    python benchmarks/reader.py

The articles, of about 300 words each, are put together twice: from the sentences of tests/cases/events.txt, each of
which tells of an event, and from the paragraphs of seeds/, as dense as news is. Speeds are of processor time in one
process, so that other work on the machine counts little; beside them stands what the naive baseline takes in the same
run.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kg.model import Article, Reading
from kg.reading import read
from kg.reading.baseline import read_baseline

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "events.txt"
WORDS = 300  # of an article
ARTICLES = 60
ROUNDS = 5
SHORT, LONG = 100_000, 400_000  # characters of the texts whose times are compared

Figure = tuple[str, float, str]


def main() -> None:
    """Print one figure a line."""
    for name, value, unit in figures():
        print(f"{name:<48} {value:>10,.2f} {unit}", flush=True)


def figures() -> Iterator[Figure]:
    """Name, value and unit of each."""
    for name, arguments in STARTS.items():
        times = [1000 * started(*arguments) for _ in range(ROUNDS)]
        yield from best_and_median(name, times, min, "ms")
    made, news = articles(sentences()), articles(paragraphs())
    read(made[0])  # tables and model are loaded here
    yield "words an article", sum(len(one.text.split()) for one in made) / len(made), "words"
    dense, usual, naive = (
        [speed(*one) for _ in range(ROUNDS)] for one in ((read, made), (read, news), (read_baseline, made))
    )
    yield from best_and_median("reader, dense in events", dense, max, "articles/s")
    yield from best_and_median("reader, as dense as news", usual, max, "articles/s")
    yield from best_and_median("baseline (trigger word plus nearest names)", naive, max, "articles/s")
    yield "time of the reader over that of the baseline", max(naive) / max(dense), "times"
    yield from linearity()
    yield "memory at the most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MiB"


FIRST = "from kg.model import Article; from kg.reading import read; read(Article('one', 'قال بوتين إن روسيا ترد.'))"
STARTS = {"kg --help": ("-m", "kg.cli", "--help"), "process with a first reading": ("-c", FIRST)}


def best_and_median(
    name: str, values: list[float], best: Callable[[list[float]], float], unit: str
) -> Iterator[Figure]:
    """The best of several rounds, and the one in the middle."""
    yield name, best(values), unit
    yield f"{name}, median", statistics.median(values), unit


def linearity() -> Iterator[Figure]:
    """How much longer four times the text takes; 4 is linear."""
    prose = " ".join(sentences())
    texts = {"prose": prose, "a sentence without end": prose.replace(".", "،"), "no space": prose.replace(" ", "")}
    for name, unit in texts.items():
        short, long = (min(processor(partial(read, Article("one", text))) for _ in range(2)) for text in grown(unit))
        yield f"{LONG // 1000} KB over {SHORT // 1000} KB, {name}", long / short, "times"


def grown(unit: str) -> Iterator[str]:
    """A text repeated to each of the two lengths."""
    for size in (SHORT, LONG):
        yield (unit * (size // len(unit) + 1))[:size]


def sentences() -> list[str]:
    """The sentences of the cases."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [line.partition("  ->  ")[0] for line in lines if line and not line.startswith("#")]


def paragraphs() -> list[str]:
    """The paragraphs of the seeds."""
    lines = (line for file in sorted((ROOT / "seeds").glob("*.txt")) for line in file.read_text("utf-8").splitlines())
    return [line.strip() for line in lines if len(line.split()) > 9]


def articles(pool: list[str]) -> list[Article]:
    """Articles of sentences or paragraphs in turning order, no two alike, in lines of three."""
    turns = [n * len(pool) // ARTICLES for n in range(ARTICLES)]
    return [Article(f"article-{n}", article_text(pool[n:] + pool[:n]), "2024-05-05") for n in turns]


def article_text(pool: list[str]) -> str:
    """The first sentences that make up the words of an article."""
    chosen: list[str] = []
    for sentence in pool:
        if sum(len(one.split()) for one in chosen) >= WORDS:
            break
        chosen.append(sentence)
    return "\n\n".join(" ".join(chosen[k : k + 3]) for k in range(0, len(chosen), 3)) + "\n"


def speed(work: Callable[[Article], Reading], made: list[Article]) -> float:
    """Articles a second of processor time."""
    return len(made) / processor(lambda: [work(one) for one in made])


def processor(work: Callable[[], object]) -> float:
    """Seconds of processor time."""
    before = time.process_time()
    work()
    return time.process_time() - before


def started(*arguments: str) -> float:
    """Seconds until a process of its own has ended; from the second on it finds the bytecode, as in an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
