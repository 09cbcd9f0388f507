"""Every command of the README runs, in its order and in one folder, and prints what the README says it prints.

In a block marked `sh` a line that begins with `$ ` is a command, going on over `\\` and here-documents; what follows,
if anything, is its output. A block marked `python` runs in the same folder; a block marked `text` is its output.
"""

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, quote_plus, urlsplit

import pytest

from kg.cli import cli
from kg.queries import load_queries

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BIN = Path(sys.executable).parent
START = 30.0  # seconds a server may take to answer


@dataclass(frozen=True)
class Step:
    """A command and the output that the README gives for it, empty where it gives none."""

    language: str
    command: str
    output: str


def blocks() -> Iterator[tuple[str, str]]:
    for found in re.finditer(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        yield found[1], found[2]


def steps() -> list[Step]:
    found: list[Step] = []
    for language, text in blocks():
        if language == "sh":
            found += [Step("sh", command, output) for command, output in commands(text)]
        elif language == "python":
            found.append(Step("python", text, ""))
        elif language == "text":
            found[-1] = Step(found[-1].language, found[-1].command, text)
    return found


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, with its output."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        length = command_length(lines)
        yield "\n".join(lines[:length]), "\n".join(lines[length:])


def command_length(lines: list[str]) -> int:
    here = re.search(r"<<'(\w+)'", lines[0])
    if here:
        return lines.index(here[1]) + 1
    return 1 + next(place for place, line in enumerate(lines) if not line.endswith("\\"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def environment(**more: str) -> dict[str, str]:
    """That of the tests, with the `kg` of this Python first in the path."""
    return os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"} | more


def run(step: Step, folder: Path) -> str:
    arguments = ["bash", "-euc"] if step.language == "sh" else [sys.executable, "-c"]
    done = subprocess.run(
        [*arguments, step.command], cwd=folder, env=environment(), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(command: str, port: int) -> str:
    """What curl would print: an address, headers (-H) and data of a form (--data-urlencode) are known."""
    words = shlex.split(command.replace("\\\n", " "))[1:]
    url, headers, form = "", {}, []
    for word in (rest := iter(words)):
        if word == "-H":
            name, _, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "--data-urlencode":
            name, _, value = next(rest).partition("=")
            form.append(f"{name}={quote_plus(value)}")
        else:
            url = quote(word, safe=":/?&=%")
    local = url.replace(f":{urlsplit(url).port}", f":{port}")
    request = urllib.request.Request(local, "&".join(form).encode() or None, headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return str(answer.read().decode("utf-8"))


@contextmanager
def serving(command: list[str], folder: Path, port: int, **more: str) -> Iterator[str]:
    """A server, once it answers; the value is what it printed before that, its last line the address."""
    process = subprocess.Popen(
        command, cwd=folder, env=environment(**more), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    try:
        printed = ""
        while not printed.endswith(f":{port}/\n"):
            line = process.stdout.readline()
            assert line, f"{command} ended; it printed: {printed}"
            printed += line
        wait_for(f"http://127.0.0.1:{port}/health")
        yield printed
    finally:
        process.terminate()
        process.wait(START)
        process.stdout.close()


def wait_for(address: str) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} does not answer")


def test_the_commands_do_what_the_readme_says(tmp_path: Path) -> None:
    port = free_port()
    listed = [step for step in steps() if not step.command.startswith("make ")]
    assert len(listed) > 12
    for step in listed:
        if step.command.startswith(("kg serve", "curl ")):
            continue
        printed = run(step, tmp_path)
        assert squeezed(step.output) in ("", squeezed(printed)), step.command
    server = next(step for step in listed if step.command.startswith("kg serve"))
    command = server.command.removesuffix(" &").replace("8000", str(port))
    with serving(shlex.split(command), tmp_path, port) as printed:
        assert squeezed(server.output).replace("8000", str(port)) == squeezed(printed)
        for step in listed:
            if step.command.startswith("curl "):
                answer = asked(step.command, port)
                assert squeezed(step.output) in ("", squeezed(answer)), step.command


def test_make_run_builds_and_serves_in_seconds_the_second_time(tmp_path: Path) -> None:
    """`make run` as the README has it, but what is installed already stays and the store lies elsewhere."""
    for _ in range(2):
        port = free_port()
        make = ["make", "--no-print-directory", "-C", str(ROOT), "run", "RUN=", f"BIN={BIN}", f"PORT={port}"]
        started = time.monotonic()
        with serving(make, tmp_path, port, KG_STORE=str(tmp_path / "store"), MAKEFLAGS="") as printed:
            taken = time.monotonic() - started
            assert re.search(r"5 articles, \d+ sentences, \d+ entities, \d+ events, .*triples", printed)
    assert "up to date" in printed
    assert taken < 10


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`|^\$ )make ([a-z-]+)", README, re.MULTILINE))))
def test_make_knows_the_targets_of_the_readme(target: str) -> None:
    subprocess.run(["make", "-C", str(ROOT), "--dry-run", target], check=True, capture_output=True, timeout=30)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`([\w./-]+/|[\w-]+\.py)`", README))))
def test_the_files_that_the_readme_names_are_there(path: str) -> None:
    assert (ROOT / path).exists() or (ROOT / "kg" / path).exists()


def test_the_reference_holds_every_command_option_and_query() -> None:
    """Else write it anew: make docs."""
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    options = {option for command in cli.commands.values() for one in command.params for option in one.opts}
    wanted = [f"### kg {name}\n" for name in cli.commands] + [f"### {name}\n" for name in load_queries()]
    wanted += [option for option in sorted(options) if option.startswith("--")]
    assert [one for one in wanted if one not in text] == []
