"""The command `kg`: thin, each command calls one module and prints what it gives."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from kg import __version__
from kg.errors import IsnadError

STORE = os.path.join(".kg", "store")
ANSWER_FORMATS = ("table", "json", "csv", "tsv", "turtle", "ntriples")
CHECK_FORMATS = ("table", "json", "turtle")
LINK_APIS = ("reconciliation", "search")
FAILED, MISUSED, INTERRUPTED = 1, 2, 130

store_option = click.option(
    "--store",
    envvar="KG_STORE",
    default=STORE,
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Directory of the store.",
)
paths_argument = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


class Commands(click.Group):
    """Lists the commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names of the commands as they are defined."""
        return list(self.commands)


def example(*lines: str) -> str:
    """The epilog of a command: a worked example, its lines kept."""
    return "\b\nExample:\n" + "\n".join(f"  $ {line}" for line in lines)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Turn news articles into a knowledge graph in which every fact cites its sentence.

    Without PATHS a command takes the articles that ship with the package.
    """


@cli.command(epilog=example("kg build articles/ --store .kg/store", "kg build --add more.jsonl corrected-reading.json"))
@paths_argument
@store_option
@click.option("--add", is_flag=True, help="Keep the articles of the store that are not among PATHS.")
@click.option("--remove", multiple=True, metavar="ID", help="Take an article out; may be repeated.")
@click.option("--base", help="Base of the IRIs of the data.  [default: https://w3id.org/isnad/]")
@click.option("--inferred/--no-inferred", default=True, help="Write what RDFS and OWL RL infer.  [default: yes]")
@click.option("--workers", type=click.IntRange(0), default=0, help="Processes; 0: one a processor.  [default: 0]")
@click.option(
    "--links",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Reviewed file of kg link, whose decisions the store keeps; may be repeated.",
)
def build(
    paths: tuple[Path, ...],
    store: Path,
    add: bool,
    remove: tuple[str, ...],
    base: str | None,
    inferred: bool,
    workers: int,
    links: tuple[Path, ...],
) -> None:
    """Build the store from articles, directories, JSON lines and corrected readings."""
    from kg.build import Options, build
    from kg.graph.iris import BASE
    from kg.terminal import Progress

    options = Options(base or BASE, inferred, add, frozenset(remove), workers, links)
    progress = Progress("reading")
    try:
        report = build(_or_seeds(paths) if not (add or remove) else paths, store, options, progress)
    finally:
        progress.close()
    for problem in report.problems:
        complain(str(problem))
    state = "built" if report.changed else "is up to date"
    counts = ("articles", "sentences", "entities", "events", "claims", "triples")
    click.echo(f"{store} {state}: " + ", ".join(f"{getattr(report, name):,} {name}" for name in counts))
    if report.problems:
        raise SystemExit(FAILED)


@cli.command(epilog=example("kg read article.txt", "kg read articles/ --out readings/"))
@paths_argument
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Write DIR/NAME.json for each article.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out claims that are less sure.",
)
def read(paths: tuple[Path, ...], out: Path | None, min_confidence: float) -> None:
    """Print what articles say, as JSON (one line each where there are several)."""
    from kg.outputs import read_all

    failed = read_all(_or_seeds(paths), out, min_confidence, complain)
    if failed:
        raise SystemExit(FAILED)


@cli.command(epilog=example("kg explain article.txt"))
@click.argument("path", type=click.Path(path_type=Path))
def explain(path: Path) -> None:
    """Tell why each decision on an article was taken: rules, words, links."""
    from kg.outputs import explain_all

    if explain_all([path], complain):
        raise SystemExit(FAILED)


@cli.command(
    epilog=example(
        "kg query agreements-between --param first=روسيا --param second=Q717",
        "kg query who-said-what --param speaker=Maduro --format csv",
        "echo 'SELECT (COUNT(*) AS ?events) { ?e a isnad:Event }' | kg query -",
    )
)
@click.argument("name", required=False)
@store_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(ANSWER_FORMATS),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="Value of a parameter; may be repeated.")
@click.option("--wide", is_flag=True, help="Do not cut a table to the width of the terminal.")
@click.option("--allow-service", multiple=True, metavar="HOST", help="Host that a federated query may ask.")
@click.option("--service", metavar="URL", help="Endpoint to ask instead of the one that a federated query names.")
def query(
    name: str | None,
    store: Path,
    format_: str,
    params: tuple[str, ...],
    wide: bool,
    allow_service: tuple[str, ...],
    service: str | None,
) -> None:
    """Ask the store: a saved query by NAME, a file, or - for standard input; without NAME list the saved queries.

    A parameter for an entity takes a QID, an IRI, a prefixed name or a name in any language; an empty value leaves
    it open.
    """
    from kg import outputs

    terminal = sys.stdout.isatty() and not wide
    if name is None:
        click.echo(outputs.listed_queries(terminal))
        return
    stdin = sys.stdin.read() if name == "-" else None
    _write(outputs.queried(store, name, stdin, format_, _pairs(params), terminal, allow_service, service))


@cli.command(epilog=example("kg serve --port 8000", "kg serve --allow-service query.wikidata.org --timeout 20"))
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0: any free one.")
@store_option
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Seconds a query may take."
)
@click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries answered at once.")
@click.option("--memory", type=click.IntRange(64), default=900, show_default=True, help="MiB a query may take.")
@click.option("--queue", type=click.IntRange(0), default=32, show_default=True, help="Queries that may wait.")
@click.option("--allow-service", multiple=True, metavar="HOST", help="Host that federated queries may ask.")
@click.option("--allow-update", is_flag=True, help="Let callers with the token write graphs of their own.")
@click.option(
    "--update-token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File that holds the token; without it the variable KG_UPDATE_TOKEN does.",
)
@click.option(
    "--queries",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of further saved queries; a .rq file put there appears at once.",
)
@click.option(
    "--tiles", metavar="URL", help="Pictures under the map, as https://HOST/{z}/{x}/{y}.png; none by default."
)
@click.option("--tiles-credit", default="", metavar="TEXT", help="Whom to credit for them, shown on the map.")
def serve(
    host: str,
    port: int,
    store: Path,
    timeout: float,
    workers: int,
    memory: int,
    queue: int,
    allow_service: tuple[str, ...],
    allow_update: bool,
    update_token_file: Path | None,
    queries: Path | None,
    tiles: str | None,
    tiles_credit: str,
) -> None:
    """Serve the SPARQL endpoint and the pages."""
    from kg.server.main import run
    from kg.server.settings import Settings, update_token
    from kg.server.tiles import named_tiles

    token = update_token(update_token_file) if allow_update else ""
    limits = (timeout, workers, memory, allow_service, queue)
    under = named_tiles(tiles, tiles_credit)
    run(Settings(store.resolve(), host, port, *limits, update_token=token, queries=queries, tiles=under))


PROFILES = ["protege", "schema", "full", "flat", "jsonld", "rdf12", "quickstatements"]
RDF_FORMATS = ["rdfxml", "turtle", "trig", "nquads", "ntriples", "jsonld"]


@cli.command(
    epilog=example(
        "kg export --profile protege --output isnad.owl",
        "kg export --profile full --format trig",
        "kg export --profile flat --entity Q159 --since 2024 --factuality actual",
    )
)
@store_option
@click.option("--profile", type=click.Choice(PROFILES), default="full", show_default=True, help="What to write.")
@click.option("--format", "format_", type=click.Choice(RDF_FORMATS), help="By default what fits the profile best.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File; standard output by default.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="Of this article only; may be repeated.")
@click.option("--entity", "entities", multiple=True, metavar="QID", help="Events that involve it; may be repeated.")
@click.option("--since", metavar="DATE", help="Events from this day, month or year on.")
@click.option("--until", metavar="DATE", help="Events up to this day, month or year.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Claims at least so sure, 0 to 1.")
@click.option("--factuality", "factualities", multiple=True, metavar="NAME", help="Claims so told; may be repeated.")
def export(store: Path, profile: str, format_: str | None, output: Path | None, **conditions: Any) -> None:
    """Write the graph for other tools: all of it, or the claims that meet every condition given.

    A claim comes with its event, its words, its sentences and the entities in them. With --profile schema and --output
    a catalog by which Protégé finds the ontology is written beside the file.
    """
    from kg.graph.select import Selection
    from kg.outputs import exported

    for line in exported(store, profile, format_, output, Selection(**conditions)):
        complain(line)


@cli.command(epilog=example("kg check", "kg check --shacl my-graph.ttl"))
@store_option
@click.option(
    "--shacl", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Check this RDF file instead."
)
@click.option(
    "--format", "format_", type=click.Choice(CHECK_FORMATS), default="table", show_default=True, help="How to print it."
)
def check(store: Path, shacl: Path | None, format_: str) -> None:
    """Check that every fact leads to its characters and that shapes and ontology hold: counts and exceptions."""
    from kg.outputs import checked

    text, exceptions = checked(store, shacl, format_)
    _write(text.encode("utf-8"))
    if exceptions:
        raise SystemExit(FAILED)


@cli.command(
    epilog=example(
        "kg link --out review",
        "kg link --online --out review",
        "kg link --online --api search --endpoint http://localhost:8181/w/api.php",
        "kg build --links review.csv",
    )
)
@store_option
@click.option("--out", default="review", show_default=True, type=click.Path(path_type=Path), help="Name of the files.")
@click.option("--online", is_flag=True, help="Ask a web service for candidates; without it no host is asked.")
@click.option("--api", type=click.Choice(LINK_APIS), default="reconciliation", show_default=True, help="Its protocol.")
@click.option("--endpoint", metavar="URL", help="Its address.  [default: the public one of Wikidata]")
@click.option(
    "--threshold", type=click.FloatRange(0, 1), default=0.9, show_default=True, help="Least score to propose."
)
@click.option("--pause", type=click.FloatRange(0), default=1.0, show_default=True, help="Seconds between two requests.")
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=30.0, show_default=True, help="Seconds an answer may take."
)
@click.option(
    "--cache", type=click.Path(file_okay=False, path_type=Path), help="Kept answers.  [default: STORE/answers]"
)
@click.option("--keep", type=click.FloatRange(0), default=30.0, show_default=True, help="Days an answer stays good.")
def link(
    store: Path,
    out: Path,
    online: bool,
    api: str,
    endpoint: str | None,
    threshold: float,
    pause: float,
    timeout: float,
    cache: Path | None,
    keep: float,
) -> None:
    """Write the entities without a Wikidata link to OUT.csv and OUT.sssom.tsv for review.

    Each comes with a sentence that names it and its candidates: rows of the tables that sound like it and, with
    --online, items that Wikidata offers. Write a QID, `none` or nothing into the column `decision` and give the file
    to kg build --links.
    """
    from kg.linking.command import Online, Settings
    from kg.linking.command import link as write_review
    from kg.linking.web import Manners
    from kg.terminal import Progress

    if endpoint and not online:
        raise click.UsageError("--endpoint without --online asks nobody; add --online.")
    asking = Online(api, endpoint, cache or store / "answers", keep, Manners(pause, timeout)) if online else None
    progress = Progress("linking")
    try:
        lines = write_review(store, out, Settings(threshold, asking), complain, progress)
    finally:
        progress.close()
    for line in lines:
        click.echo(line)


@cli.command(epilog=example("kg evaluate gold/", "kg evaluate gold/ --predicted readings/ --details"))
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--predicted", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Readings to judge.")
@click.option("--articles", multiple=True, type=click.Path(path_type=Path), help="Where the texts are.")
@click.option("--details", is_flag=True, help="List what is missed, spurious or wrong.")
def evaluate(gold_dir: Path, predicted: Path | None, articles: tuple[Path, ...], details: bool) -> None:
    """Compare readings with gold readings; without --predicted the articles are read now.

    The text of an article is looked for in its gold reading, then in --articles (by default those that ship with the
    package), then as NAME.txt in GOLD_DIR or ../articles/.
    """
    from kg.outputs import evaluated

    click.echo(evaluated(gold_dir, predicted, _or_seeds(articles), details))


def complain(message: str) -> None:
    """One line on standard error."""
    click.echo(f"kg: {' '.join(message.split())}", err=True)


def main() -> None:
    """Run the command; what the user can mend is one line and an exit status."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as ended:
        raise SystemExit(ended.exit_code) from ended
    except click.Abort as error:
        raise SystemExit(INTERRUPTED) from error
    except click.ClickException as error:
        _misused(error)
    except IsnadError as error:
        complain(str(error))
        raise SystemExit(FAILED) from error
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from error
    except OSError as error:
        complain(f"{error.filename or 'system'}: {error.strerror or error}")
        raise SystemExit(FAILED) from error
    except KeyboardInterrupt as error:
        raise SystemExit(INTERRUPTED) from error


def _misused(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    name = context.command_path if context else "kg"
    complain(f"{error.format_message()} See: {name} --help")
    raise SystemExit(MISUSED) from error


def _or_seeds(paths: Iterable[Path]) -> list[Path]:
    from kg.shipped import shipped

    return list(paths) or [shipped("seeds")]


def _pairs(params: Iterable[str]) -> Mapping[str, str]:
    pairs = {}
    for one in params:
        name, equals, value = one.partition("=")
        if not equals:
            raise click.UsageError(f"--param {one}: write it as NAME=VALUE.")
        pairs[name] = value
    return pairs


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
