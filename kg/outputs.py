"""What the commands print and write: readings, explanations, answers, checks, exports, figures."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import IsnadError, QueryError
from kg.model import Article, Reading

if TYPE_CHECKING:
    from pyoxigraph import QuerySolutions

    from kg.graph.select import Selection

Complain = Callable[[str], None]


def articles_of(paths: Iterable[Path], complain: Complain) -> Iterator[Article | None]:
    """Each article; None, after a complaint, for each item that is none."""
    from kg.articles import read_articles
    from kg.terminal import Progress

    found = list(read_articles(paths))
    progress = Progress("reading")
    for number, item in enumerate(found, start=1):
        if isinstance(item, Article):
            yield item
        else:
            complain(str(item))
            yield None
        progress(number, len(found))
    progress.close()


def read_all(paths: Iterable[Path], out: Path | None, least: float, complain: Complain) -> int:
    """Write or print the reading of each article, claims less sure than `least` left out; how many items failed."""
    from kg.reading import read
    from kg.reading.confidence import sure
    from kg.readings import dumps

    found = [sure(read(article), least) if article else None for article in articles_of(paths, complain)]
    made = [reading for reading in found if reading]
    if out is None:
        sys.stdout.write(dumps(made[0]) if len(found) == 1 and made else "".join(map(_as_line, made)))
        return len(found) - len(made)
    out.mkdir(parents=True, exist_ok=True)
    for reading in made:
        (out / f"{reading.article.id}.json").write_text(dumps(reading), encoding="utf-8")
    return len(found) - len(made)


def explain_all(paths: Iterable[Path], complain: Complain) -> int:
    """Print why the reading of each article is what it is; how many items failed."""
    from kg.reading import dated
    from kg.reading.explain import explain

    failed = 0
    for article in articles_of(paths, complain):
        failed += article is None
        for line in explain(dated(article)) if article else ():
            print(line)
    return failed


def listed_queries(terminal: bool) -> str:
    """The saved queries with their parameters."""
    from kg.queries import load_queries
    from kg.terminal import table

    rows = [
        (name, query.title["en"], query.title["ar"], " ".join(parameter.name for parameter in query.parameters))
        for name, query in load_queries().items()
    ]
    return table(("name", "title", "العنوان", "parameters"), rows, terminal)


def queried(
    store: Path,
    name: str,
    stdin: str | None,
    format_: str,
    values: Mapping[str, str],
    terminal: bool,
    services: Sequence[str],
    mirror: str | None = None,
) -> bytes:
    """The answer of a store to a query, as bytes in the format."""
    from pyoxigraph import QuerySolutions, QueryTriples

    from kg.answers import answer, find_query, written
    from kg.parameters import pointed_at
    from kg.store import open_reader

    query = find_query(name, stdin)
    if mirror:
        query, services = pointed_at(query, mirror), (*services, mirror)
    with open_reader(store) as reader:
        found = answer(reader.store, query, values, services)
        try:
            if isinstance(found, QuerySolutions) and format_ == "table":
                text = query if isinstance(query, str) else query.text
                return _rows_table(found, text, terminal).encode("utf-8")
            plain = "turtle" if isinstance(found, QueryTriples) else "csv"
            return written(found, plain if format_ == "table" else format_)
        except OSError as error:  # what a service answers comes while the rows are read
            raise QueryError(f"SERVICE: no answer ({error}); try again later or name a mirror: --service") from error


def exported(
    store: Path, profile: str, format_: str | None, output: Path | None, selection: "Selection"
) -> Iterator[str]:
    """Write an export to a file, whole or not at all, or to standard output; yields what the user should know."""
    from kg.graph.about import base_of
    from kg.graph.export import chosen_format, export
    from kg.store import open_reader

    chosen_format(profile, format_)
    with open_reader(store) as reader:
        base = base_of(reader.store)
        if output is None:
            export(reader.store, sys.stdout.buffer, profile, format_, selection, base)
            return
        partial = output.with_name(f".{output.name}.partial")
        try:
            with partial.open("wb") as stream:
                export(reader.store, stream, profile, format_, selection, base)
            partial.replace(output)
        finally:
            partial.unlink(missing_ok=True)
    if profile == "schema":
        yield from _cataloged(output)


def _cataloged(ontology: Path) -> Iterator[str]:
    """Write the catalog of an ontology file beside it, unless one of other content is there."""
    from kg.graph.export import CATALOG_NAME, catalog

    file, content = ontology.with_name(CATALOG_NAME), catalog(ontology.name)
    if not file.exists():
        file.write_text(content, encoding="utf-8")
    elif file.read_text(encoding="utf-8") != content:
        yield f"{file}: is another catalog and stays as it is; remove it to have one for {ontology.name}"


def checked(store: Path, shacl: Path | None, format_: str) -> tuple[str, int]:
    """The report on a store, or on a file of RDF, and how many exceptions it holds."""
    from kg.graph.check import check, check_file
    from kg.graph.findings import as_json, as_table, as_turtle
    from kg.store import open_reader

    if shacl:
        report = check_file(shacl)
    else:
        with open_reader(store) as reader:
            report = check(reader.store)
    write = {"table": as_table, "json": as_json, "turtle": as_turtle}[format_]
    return write(report), report.exceptions


def evaluated(gold_dir: Path, predicted_dir: Path | None, articles: Iterable[Path], details: bool) -> str:
    """The figures of predicted readings, or of readings made now, against gold ones."""
    from kg import readings
    from kg.articles import read_articles
    from kg.evaluate import evaluate, table
    from kg.reading import read

    files = sorted(gold_dir.glob("*.json"))
    if not files:
        raise IsnadError(f"{gold_dir}: holds no readings; name a directory with NAME.json files")
    gold = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    if predicted_dir:
        predicted = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(predicted_dir.glob("*.json"))]
        found = evaluate(gold, predicted)
    else:
        texts = {item.id: item for item in read_articles(articles) if isinstance(item, Article)}
        found = evaluate(gold, [read(readings.load(file, texts).article) for file in files])
    lines = [*found.details, *found.disagreements] if details else []
    return "\n".join([*lines, table(found)])


def _as_line(reading: Reading) -> str:
    from kg.readings import dumps

    return json.dumps(json.loads(dumps(reading)), ensure_ascii=False) + "\n"


def _rows_table(found: "QuerySolutions", query: str, terminal: bool) -> str:
    from kg.sparql import column_order
    from kg.terminal import table

    names = column_order(query, [variable.value for variable in found.variables])
    rows = [[_cell(row[name]) for name in names] for row in found]
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return f"{table(names, rows, terminal)}\n{count}\n" if names else f"{count}\n"


def _cell(term: object) -> str:
    from pyoxigraph import NamedNode

    from kg.prefixes import shortened

    if term is None:
        return ""
    return shortened(term.value) if isinstance(term, NamedNode) else str(getattr(term, "value", term))
