"""Answers of a store: a query run over the union of its graphs, its result written in the format asked for."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Store, serialize

from kg.errors import QueryError
from kg.guard import check, shape
from kg.parameters import Candidate, bound, given
from kg.prefixes import PREFIXES, WRITTEN
from kg.queries import SavedQuery, has_header, load_queries, parse_query

Answer = QueryBoolean | QuerySolutions | QueryTriples

TABLES = {"json": QueryResultsFormat.JSON, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
GRAPHS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES}


def find_query(name: str, stdin: str | None = None) -> SavedQuery | str:
    """The saved query of a name, else that of a file; or the text of a query that has no head."""
    if stdin is not None:
        return parse_query("stdin", stdin, "-") if has_header(stdin) else stdin
    saved = load_queries()
    if name in saved:
        return saved[name]
    file = Path(name)
    if not file.is_file():
        raise QueryError(f"{name}: no saved query and no file; the saved ones are listed by: kg query")
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read ({error}); save it as UTF-8") from error
    return parse_query(file.stem, text, str(file)) if has_header(text) else text


def answer(
    store: Store, query: SavedQuery | str, values: Mapping[str, str], allowed_services: Sequence[str] = ()
) -> Answer:
    """Run a query with the values of its parameters; QueryError where it cannot be run."""
    if isinstance(query, str) and values:
        raise QueryError(f"{next(iter(values))}: this query declares no parameters; add a head with `#+ parameters:`")
    text = query if isinstance(query, str) else bound(query, values, lambda asked: candidates(store, asked))
    check(text, allowed_services)
    return run(store, text)


def run(store: Store, text: str) -> Answer:
    """Run query text; without FROM its default graph is the union of all graphs."""
    try:
        found = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=not shape(text).datasets)
    except (SyntaxError, OSError, RuntimeError) as error:
        raise QueryError(f"query: {error}") from error
    return found


def candidates(store: Store, asked: str) -> list[Candidate]:
    """What a look-up of a name finds."""
    found = run(store, asked)
    assert isinstance(found, QuerySolutions)
    return [Candidate(row["iri"].value, row["label"].value, int(row["rank"].value)) for row in found]


def written(found: Answer, format_: str) -> bytes:
    """The answer in a format; QueryError where it has none of that kind."""
    out = BytesIO()
    try:
        if isinstance(found, QueryTriples):
            serialize(found, out, GRAPHS[format_], prefixes=dict(WRITTEN))
        elif isinstance(found, QueryBoolean) and format_ in ("csv", "tsv"):
            return b"true\n" if found else b"false\n"
        else:
            found.serialize(out, TABLES[format_])
    except KeyError as error:
        kinds = GRAPHS if isinstance(found, QueryTriples) else TABLES
        raise QueryError(f"--format {format_}: this query gives {', '.join(kinds)}; choose of these") from error
    except (OSError, RuntimeError) as error:
        raise QueryError(f"query: {error}") from error
    return out.getvalue()


def parameter_lines(query: SavedQuery, values: Mapping[str, str]) -> list[str]:
    """The parameters in use, as NAME=VALUE."""
    return [f"{name}={value}" for name, value in given(query, values).items()]
