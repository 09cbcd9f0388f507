"""Writes reference.md, the commands and the saved queries, from the commands and queries themselves."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from click import Command, Context

from kg.cli import cli
from kg.parameters import choices
from kg.queries import SavedQuery, load_queries

FILE = Path(__file__).with_suffix(".md")
WIDTH = 110
HEAD = "# Reference\n\nWritten by `make docs`; change the commands and queries instead."


def main() -> None:
    """Write the file."""
    FILE.write_text("\n\n".join(sections(cli.commands, load_queries())) + "\n", encoding="utf-8")


def sections(commands: Mapping[str, Command], queries: Mapping[str, SavedQuery]) -> Iterator[str]:
    """The parts of the page."""
    yield HEAD
    yield "## Commands"
    for name, command in commands.items():
        context = Context(command, info_name=f"kg {name}", terminal_width=WIDTH, max_content_width=WIDTH)
        yield f"### kg {name}\n\n```text\n{command.get_help(context)}\n```"
    yield "## Saved queries\n\n`kg query NAME --param name=value`, and over HTTP `/queries/NAME?name=value`."
    for name, query in queries.items():
        yield f"### {name}\n\n{query.title['en']} · {query.title['ar']}\n\n{query.description['en']}"
        yield "\n".join(parameters(query))


def parameters(query: SavedQuery) -> Iterator[str]:
    """A line for each parameter."""
    for one in query.parameters:
        default = f", by default `{one.default}`" if one.default else ""
        among = f", one of {', '.join(choices(one))}" if one.choices else ""
        yield f"- `{one.name}` ({one.type}{among}{default}): {one.description['en']}"


if __name__ == "__main__":
    main()
