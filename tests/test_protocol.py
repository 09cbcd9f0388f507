"""SPARQL 1.1 Protocol, result formats, service description, case by case against one server over real sockets."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from serving import DIRECT, FORM, JSON, TURTLE, UPDATE, Reply, Server, starting

from kg.store import locked, publish

EX = "http://example.org/"
DATA = [f"{EX}data/{number}" for number in (1, 2, 3)]
ARABIC = f"{EX}روسيا"
ENCODED = f"{EX}%D8%B1%D9%88%D8%B3%D9%8A%D8%A7"
XML, CSV, TSV = "application/sparql-results+xml", "text/csv", "text/tab-separated-values"
NT, RDF_XML, NQ, TRIG, JSON_LD = (
    *("application/n-triples", "application/rdf+xml", "application/n-quads"),
    *("application/trig", "application/ld+json"),
)
GRAPHS = {TURTLE: "ttl", NT: "nt", RDF_XML: "rdf", NQ: "nq", TRIG: "trig", JSON_LD: "jsonld", "text/n3": "n3"}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
SD = "http://www.w3.org/ns/sparql-service-description#"
ONE = "SELECT (1 AS ?value) {}"
CONSTRUCTED = "CONSTRUCT { <http://x/s> <http://x/p> 'é روسيا'@ar , 1 } WHERE {}"


def documents(*numbers: int) -> str:
    """A pattern that holds where the default graph has what these graphs state."""
    return " . ".join(f"<{DATA[number - 1]}> a ?t{number}" for number in numbers)


def ask(*numbers: int, without: tuple[int, ...] = ()) -> str:
    missing = " ".join(f"FILTER NOT EXISTS {{ {documents(number)} }}" for number in without)
    return f"ASK {{ {documents(*numbers)} {missing} }}"


def named(*numbers: int, without: tuple[int, ...] = ()) -> str:
    present = " ".join(f"GRAPH ?g{number} {{ {documents(number)} }}" for number in numbers)
    missing = " ".join(f"FILTER NOT EXISTS {{ GRAPH ?g{number} {{ {documents(number)} }} }}" for number in without)
    return f"ASK {{ {present} {missing} }}"


Check = Callable[[Reply], bool]
Pairs = list[tuple[str, str]]


def yes(reply: Reply) -> bool:
    return json.loads(reply.body)["boolean"] is True


def no(reply: Reply) -> bool:
    return json.loads(reply.body)["boolean"] is False


def says(*words: str) -> Check:
    return lambda reply: all(word in reply.text for word in words)


def header(name: str, value: str) -> Check:
    return lambda reply: value in reply.headers.get(name, "")


def rows(*expected: list[str]) -> Check:
    return lambda reply: list(csv.reader(io.StringIO(reply.text))) == [*expected]


def both(*checks: Check) -> Check:
    return lambda reply: all(check(reply) for check in checks)


def empty(reply: Reply) -> bool:
    return reply.body == b""


@dataclass(frozen=True)
class Case:
    """One request and what must come back; `params` stand in the address, `form` makes a form of the body."""

    name: str
    method: str = "GET"
    params: Pairs = field(default_factory=list)
    body: str | bytes | None = None
    form: Pairs | None = None
    headers: Pairs = field(default_factory=list)
    status: int = 200
    type: str | None = None
    check: Check = lambda _: True
    path: str = "/sparql"

    def target(self) -> str:
        joined = "&" if "?" in self.path else "?"
        return self.path + (joined + urlencode(self.params) if self.params else "")

    def content(self) -> bytes | None:
        text = urlencode(self.form) if self.form is not None else self.body
        return text.encode() if isinstance(text, str) else text


def get(name: str, query: str, accept: str | None = None, *, more: Pairs | None = None, **expected: object) -> Case:
    headers = [] if accept is None else [("Accept", accept)]
    return Case(name, "GET", [("query", query), *(more or [])], headers=headers, **expected)  # type: ignore[arg-type]


def form(name: str, pairs: Pairs, *, more: Pairs | None = None, **expected: object) -> Case:
    headers = [("Content-Type", FORM), ("Accept", JSON)]
    return Case(name, "POST", more or [], form=pairs, headers=headers, **expected)  # type: ignore[arg-type]


def direct(name: str, body: str | bytes, kind: str = DIRECT, *, more: Pairs | None = None, **expected: object) -> Case:
    headers = [("Content-Type", kind), ("Accept", JSON)] if kind else [("Accept", JSON)]
    return Case(name, "POST", more or [], body, headers=headers, **expected)  # type: ignore[arg-type]


def default(*numbers: int) -> Pairs:
    return [("default-graph-uri", DATA[number - 1]) for number in numbers]


def names(*numbers: int) -> Pairs:
    return [("named-graph-uri", DATA[number - 1]) for number in numbers]


FORMS = (
    get("GET", ask(1), check=yes),
    form("POST as form", [("query", ask(1))], check=yes),
    direct("POST as the query itself", ask(1), check=yes),
    Case("QUERY", "QUERY", [], ask(1), headers=[("Content-Type", DIRECT)], check=yes),
    Case("QUERY as form", "QUERY", [], form=[("query", ask(1))], headers=[("Content-Type", FORM)], check=yes),
    Case("HEAD", "HEAD", [("query", ask(1))], check=both(empty, header("content-type", JSON))),
    Case("HEAD of an error", "HEAD", [("query", "oops")], status=400, check=empty),
    direct("type in capitals", ask(1), "Application/SPARQL-Query", check=yes),
    direct("charset of the body", ask(1), f"{DIRECT}; charset=UTF-8", check=yes),
    direct("charset in quotes", ask(1), f'{DIRECT};charset="utf-8"', check=yes),
    form("form with a charset", [("query", ask(1))], check=yes),
    direct("byte order mark in the body", "\ufeff" + ask(1), check=yes),
    get("byte order mark in the address", "\ufeff" + ask(1), check=yes),
    form("byte order mark in a form", [("query", "\ufeff" + ask(1))], check=yes),
    Case("slash at the end", path="/sparql/", params=[("query", "ASK {}")], check=yes),
    Case("slash at the end, POST", "POST", path="/sparql/", body=ask(1), headers=[("Content-Type", DIRECT)], check=yes),
    get("unknown parameters are left alone", ask(1), more=[("callback", "x"), ("output", "y")], check=yes),
    direct("relative IRIs have no base", "ASK { <s> <p> <o> }", status=400),
    direct("BASE of the query", "BASE <http://example.org/data/> ASK { <1> a ?t }", check=yes),
)

PLUS = f"SELECT ?x {{ VALUES ?x {{ <{EX}a+b> <{EX}a%2Bb> <{ARABIC}> <{ENCODED}> 'a+b %20 روسيا' }} }}"
PLUS_ROWS = rows(["x"], [f"{EX}a+b"], [f"{EX}a%2Bb"], [ARABIC], [ENCODED], ["a+b %20 روسيا"])
ENCODING = (
    get("percent-encoding in the address", PLUS, CSV, check=PLUS_ROWS),
    form("plus for a space in a form", [("query", PLUS), ("format", "csv")], check=PLUS_ROWS),
    direct("letters in the body", PLUS, more=[("format", "csv")], check=PLUS_ROWS),
    Case(
        "%20 for a space in a form",
        "POST",
        body="format=csv&query=" + quote(PLUS, safe=""),
        headers=[("Content-Type", FORM)],
        check=PLUS_ROWS,
    ),
    get("an Arabic IRI is found", f"ASK {{ GRAPH ?g {{ <{ARABIC}> ?p ?o }} }}", check=yes),
    get("its percent-encoded sister is another", f"ASK {{ GRAPH ?g {{ <{ENCODED}> <{EX}p> 'rus' }} }}", check=no),
    get("a percent-encoded IRI is found", f"ASK {{ <{ENCODED}> ?p 'encoded' }}", check=yes),
    get("an Arabic graph as data set", f"ASK {{ <{ARABIC}> ?p ?o }}", more=[("default-graph-uri", ARABIC)], check=yes),
    get("its encoded sister as data set", "ASK { ?s ?p ?o }", more=[("default-graph-uri", ENCODED)], check=no),
    direct("no UTF-8 in the body", b"ASK { ?s ?p '\xe9' }", status=400, check=says("UTF-8")),
    Case(
        "no UTF-8 in a form", "POST", body=b"query=ASK%20%7B%7D%20%23%E9", headers=[("Content-Type", FORM)], status=400
    ),
    Case("no UTF-8 in the address", path="/sparql?query=ASK%20%7B%7D%20%23%E9", status=400, check=says("UTF-8")),
    direct("UTF-16", ask(1).encode("utf-16"), f"{DIRECT}; charset=utf-16", status=415),
    direct("ISO 8859-1", ask(1), f"{DIRECT}; charset=iso-8859-1", status=415, check=says("charset")),
)

DATASETS = (
    get("the union without a data set", ask(1, 2, 3), check=yes),
    get("default graphs, GET", ask(1, 2, without=(3,)), more=default(1, 2), check=yes),
    direct("default graphs, POST", ask(1, 2, without=(3,)), more=default(1, 2), check=yes),
    form("default graphs in the form", [("query", ask(1, 2, without=(3,))), *default(1, 2)], check=yes),
    form("default graph in the address of a form", [("query", ask(1, without=(2,)))], more=default(1), check=yes),
    get("named graphs, GET", named(1, 2, without=(3,)), more=names(1, 2), check=yes),
    direct("named graphs, POST", named(1, 2, without=(3,)), more=names(1, 2), check=yes),
    form("named graphs in the form", [("query", named(1, 2, without=(3,))), *names(1, 2)], check=yes),
    get("named graphs leave the default graph empty", "ASK { ?s ?p ?o }", more=names(1, 2), check=no),
    get("default graphs leave no named ones", "ASK { GRAPH ?g { ?s ?p ?o } }", more=default(1), check=no),
    direct(
        "both",
        f"ASK {{ {documents(3)} GRAPH ?g {{ {documents(1)} }} FILTER NOT EXISTS {{ {documents(1)} }} }}",
        more=[*default(3), *names(1, 2)],
        check=yes,
    ),
    get("the request over FROM, GET", f"ASK FROM <{DATA[0]}> {{ {documents(2)} }}", more=default(2), check=yes),
    direct("the request over FROM, POST", f"ASK FROM <{DATA[0]}> {{ {documents(1)} }}", more=default(2), check=no),
    form("the request over FROM, form", [("query", f"ASK FROM <{DATA[0]}> {{ ?s ?p ?o }}"), *names(2)], check=no),
    direct(
        "the request over FROM NAMED",
        f"ASK FROM NAMED <{DATA[0]}> {{ GRAPH ?g {{ {documents(1)} }} }}",
        more=names(2),
        check=no,
    ),
    get("FROM", f"ASK FROM <{DATA[0]}> {{ {documents(1)} FILTER NOT EXISTS {{ {documents(2)} }} }}", check=yes),
    get("FROM NAMED", f"ASK FROM NAMED <{DATA[0]}> {{ GRAPH <{DATA[0]}> {{ {documents(1)} }} }}", check=yes),
    get("a graph that is not there", "ASK { ?s ?p ?o }", more=[("default-graph-uri", f"{EX}none")], check=no),
    form(
        "many graphs",
        [("query", ask(1)), *(("default-graph-uri", f"{EX}{n}") for n in range(300)), *default(1)],
        check=yes,
    ),
    get("no IRI for a graph", "ASK {}", more=[("default-graph-uri", "no iri")], status=400, check=says("no iri")),
    get("a relative IRI for a graph", "ASK {}", more=[("named-graph-uri", "data/1")], status=400),
)

WRONG = (
    get("two queries, GET", ask(1), more=[("query", "SELECT * {}")], status=400, check=says("query stands 2 times")),
    form("two queries in a form", [("query", "ASK {}"), ("query", "ASK {}")], status=400),
    form("one in the address, one in the form", [("query", "ASK {}")], more=[("query", "ASK {}")], status=400),
    direct("one in the address, one in the body", "ASK {}", more=[("query", "ASK {}")], status=400),
    direct("type text/plain", "ASK {}", "text/plain", status=415, check=says(DIRECT)),
    direct("type application/json", '{"query": "ASK {}"}', "application/json", status=415),
    direct("type of a result", "ASK {}", JSON, status=415),
    direct("multipart", "ASK {}", "multipart/form-data; boundary=x", status=415),
    direct("no type, query as the body", "ASK {}", "", status=415, check=says("Content-Type")),
    direct("no type, form as the body", "query=ASK%20%7B%7D", "", status=415),
    direct("type of a form, query as the body", "ASK {}", FORM, status=400, check=says("no query")),
    direct("type of a query, form as the body", "query=ASK%20%7B%7D", status=400),
    direct("empty body", "", status=400),
    form("empty form", [], status=400, check=says("no query")),
    form("form without a query", [("format", "json")], status=400),
    get("empty query", "", status=400),
    get("two formats", "ASK {}", more=[("format", "json"), ("format", "xml")], status=400),
    get("no such format", "ASK {}", more=[("format", "docx")], status=400, check=says("docx")),
    Case("PUT", "PUT", [("query", "ASK {}")], status=405, check=header("allow", "GET")),
    Case("DELETE", "DELETE", [("query", "ASK {}")], status=405, check=header("allow", "POST")),
    Case("PATCH", "PATCH", [("query", "ASK {}")], status=405, check=header("allow", "QUERY")),
    Case("POST where only GET is", "POST", path="/.well-known/void", status=405, check=header("allow", "HEAD")),
    get("update by GET", "ASK {}", more=[("update", "DROP ALL")], status=403),
    Case("update alone by GET", params=[("update", "DROP ALL")], status=403),
    form("update in a form", [("update", "DROP ALL")], status=403, check=says("updates are off")),
    direct("update as the body", "DROP ALL", UPDATE, status=403),
    direct("update as a query", "INSERT DATA { <x:s> <x:p> 1 }", status=400, check=says("update")),
    form("data set of an update", [("query", "ASK {}"), ("using-graph-uri", DATA[0])], status=403),
    get("syntax", "ASK { ?s ?p", status=400, type="text/plain", check=says("line 1, column ")),
    direct("line and column", "SELECT *\n{\n  ?s ?p ?o\n  FILTER(\n}", status=400, check=says("line 5, column ")),
    direct("column in Arabic text", "ASK { ?s ?p 'روسيا' ؛ }", status=400, check=says("line 1, column ")),
    get(
        "line and column in JSON",
        "ASK {\n oops }",
        "application/json",
        status=400,
        type="application/problem+json",
        check=lambda reply: (lambda one: (one["status"], one["line"]) == (400, 2) and one["column"] > 0)(
            json.loads(reply.body)
        ),
    ),
    get("an error for a browser", "ASK {", BROWSER, status=400, type="text/html"),
    get("nesting in JSON", "ASK " + "{" * 200 + "}" * 200, "application/json", status=400, check=says('"column":')),
    get("an unknown prefix", "ASK { nope:a ?p ?o }", status=400, check=says("line 1, column 7", "PREFIX nope:")),
)

TABLES = (
    *(get(f"a table as {one}", ONE, one, type=one) for one in (JSON, XML, CSV, TSV)),
    *(get(f"a boolean as {one}", "ASK {}", one, type=one, check=says("true")) for one in (JSON, XML, CSV, TSV)),
    get("a table without Accept", ONE, type=JSON),
    get("a table for all types", ONE, "*/*", type=JSON),
    get("an empty Accept", ONE, "", type=JSON),
    get("application/json", ONE, "application/json", type="application/json"),
    get("application/xml", ONE, "application/xml", type="application/xml"),
    get("text/*", ONE, "text/*", type=CSV),
    get("text/* of a graph", CONSTRUCTED, "text/*;q=0.3", type=TURTLE),
    get("application/*", ONE, "application/*", type=JSON),
    get("weights", ONE, f"{CSV};q=0.1, {TSV};q=0.9", type=TSV),
    get("weight 1 is understood", ONE, f"{CSV};q=0.5, {XML}", type=XML),
    get("a refused type before all types", ONE, f"{JSON};q=0, */*;q=0.1", check=lambda reply: reply.type != JSON),
    get("a precise type before a range", ONE, f"application/*;q=1, {JSON};q=0.1, {XML};q=0.5", type="application/json"),
    get("a type in capitals", ONE, "TEXT/CSV", type=CSV),
    get("a type with parameters", ONE, f"{CSV}; charset=utf-8; header=present", type=CSV),
    get("spaces around the weight", ONE, f"{CSV} ; q = 0.2 , {XML};q=0.3", type=XML),
    Case(
        "two Accept headers",
        params=[("query", ONE)],
        headers=[("Accept", f"{TURTLE};q=1"), ("Accept", f"{XML};q=0.5")],
        type=XML,
    ),
    get("all types refused", ONE, "*/*;q=0", status=406),
    get("every type of tables refused", ONE, f"{JSON};q=0", status=406),
    get("a picture", ONE, "image/png", status=406),
    get("a graph for a table", ONE, TURTLE, status=406, check=says("table")),
    get("a table for a graph", CONSTRUCTED, CSV, status=406, check=says("graph")),
    get("a graph for a boolean", "ASK {}", NT, status=406),
    get("a browser", ONE, BROWSER, type="text/html"),
    get("format= before Accept", ONE, BROWSER, more=[("format", "tsv")], type=TSV),
    get("format= in capitals", ONE, more=[("format", "CSV")], type=CSV),
    get("a media type as format=", ONE, more=[("format", XML)], type=XML),
    Case(
        "its plus unencoded", params=[("query", ONE)], path="/sparql?format=application/sparql-results+json", type=JSON
    ),
    get("charset of CSV", ONE, CSV, check=header("content-type", "charset=utf-8")),
    get("no charset on JSON", ONE, JSON, check=lambda reply: "charset" not in reply.headers["content-type"]),
    get("answers vary", ONE, check=header("vary", "Accept, Accept-Encoding")),
    get("errors vary", "oops", status=400, check=header("vary", "Accept, Accept-Encoding")),
)


def values(reply: Reply) -> dict[str, dict[str, str]]:
    bindings = json.loads(reply.body)["results"]["bindings"]
    return {one["p"]["value"].rpartition("/")[2]: one["o"] for one in bindings}


VALUES = f"SELECT ?p ?o {{ <{EX}values> ?p ?o }} ORDER BY ?p"
RESULTS = (
    get(
        "CSV: terms as plain text, quotes doubled, CRLF",
        VALUES,
        CSV,
        check=both(
            lambda reply: reply.body.count(b"\r\n") >= 8,
            lambda reply: (
                dict(csv.reader(io.StringIO(reply.text, newline="")))
                == {
                    "p": "o",
                    f"{EX}comma": "a,b",
                    f"{EX}quote": 'say "yes"',
                    f"{EX}lines": "one\r\ntwo",
                    f"{EX}tab": "a\tb",
                    f"{EX}integer": "4",
                    f"{EX}decimal": "5.5",
                    f"{EX}double": "1000000",
                    f"{EX}arabic": "روسيا",
                    f"{EX}iri": f"{EX}o",
                    f"{EX}own": "5,5",
                }
            ),
        ),
    ),
    get(
        "TSV: terms as in Turtle",
        VALUES,
        TSV,
        check=says(
            "?p\t?o\n",
            *(f"<{EX}iri>\t<{EX}o>\n", '"روسيا"@ar\n', '"a\\tb"\n', '"say \\"yes\\""\n', "\t4\n", "\t5.5\n"),
            f'"5,5"^^<{EX}mine>\n',
        ),
    ),
    get(
        "JSON: kinds of terms",
        VALUES,
        JSON,
        check=lambda reply: (
            values(reply)["iri"] == {"type": "uri", "value": f"{EX}o"}
            and values(reply)["arabic"] == {"type": "literal", "value": "روسيا", "xml:lang": "ar"}
            and values(reply)["comma"] == {"type": "literal", "value": "a,b"}
            and values(reply)["own"]["datatype"] == f"{EX}mine"
        ),
    ),
    get("XML: kinds of terms", VALUES, XML, check=says('<literal xml:lang="ar">روسيا</literal>', f"<uri>{EX}o</uri>")),
    get("CSV: an unbound cell", "SELECT ?a ?b { BIND(1 AS ?a) }", CSV, check=rows(["a", "b"], ["1", ""])),
    get("TSV: an unbound cell", "SELECT ?a ?b { BIND(1 AS ?a) }", TSV, check=says("?a\t?b\n1\t\n")),
    get("JSON: an unbound cell is left out", "SELECT ?a ?b { BIND(1 AS ?a) }", JSON, check=says('[{"a":{')),
    get("no rows, CSV", "SELECT ?a { <x:no> ?a ?b }", CSV, check=rows(["a"])),
    get("no rows, JSON", "SELECT ?a { <x:no> ?a ?b }", JSON, check=says('"vars":["a"]', '"bindings":[]')),
    get("false", "ASK { <x:no> ?a ?b }", JSON, check=no),
    get("a blank node", "SELECT ?b { BIND(BNODE() AS ?b) }", JSON, check=says('"type":"bnode"')),
)


def parses(expected: int, extension: str) -> Check:
    format_ = RdfFormat.from_extension(extension)
    return lambda reply: len({quad.triple for quad in parse(reply.body, format_)}) == expected


def graph(name: str, query: str, expected: int) -> list[Case]:
    return [
        get(f"{name} as {one}", query, one, type=one, check=parses(expected, extension))
        for one, extension in GRAPHS.items()
    ]


GRAPH_FORMATS = (
    *graph("CONSTRUCT", CONSTRUCTED, 2),
    *graph("DESCRIBE", f"DESCRIBE <{ARABIC}>", 1),
    *graph("an empty graph", "CONSTRUCT WHERE { <x:no> ?a ?b }", 0),
    get("a graph without Accept", CONSTRUCTED, type=TURTLE),
    get("a graph for all types", CONSTRUCTED, "*/*", type=TURTLE),
    get("a graph as application/xml", CONSTRUCTED, "application/xml", check=parses(2, "rdf")),
    get("a graph by weight", CONSTRUCTED, f"{TURTLE};q=0.1, {RDF_XML};q=0.4, {CSV}", type=RDF_XML),
    get("a graph without Turtle", CONSTRUCTED, f"{TURTLE};q=0, */*;q=0.1", check=lambda reply: reply.type != TURTLE),
    get("a graph for a browser", CONSTRUCTED, BROWSER, type="text/html"),
    *(
        get(f"a graph as format={name}", CONSTRUCTED, more=[("format", name)], check=parses(2, extension))
        for name, extension in {
            "turtle": "ttl",
            "ttl": "ttl",
            "ntriples": "nt",
            "rdfxml": "rdf",
            "xml": "rdf",
            "nquads": "nq",
            "trig": "trig",
            "jsonld": "jsonld",
            "json": "jsonld",
        }.items()
    ),
)

PREFLIGHT = [("Origin", "http://elsewhere"), ("Access-Control-Request-Method", "POST")]
HTTP = (
    Case(
        "preflight",
        "OPTIONS",
        headers=PREFLIGHT,
        status=204,
        check=both(
            header("access-control-allow-origin", "*"),
            header("access-control-allow-methods", "QUERY"),
            header("access-control-allow-headers", "Content-Type"),
            header("allow", "POST"),
            header("accept-query", DIRECT),
            lambda reply: "access-control-allow-credentials" not in reply.headers,
        ),
    ),
    Case("preflight of other addresses", "OPTIONS", path="/queries", headers=PREFLIGHT, status=204),
    Case(
        "no write from a page elsewhere",
        "OPTIONS",
        headers=PREFLIGHT,
        status=204,
        check=lambda reply: "authorization" not in reply.headers["access-control-allow-headers"].lower(),
    ),
    get("answers are for every page", "ASK {}", check=header("access-control-allow-origin", "*")),
    get("errors too", "oops", status=400, check=header("access-control-allow-origin", "*")),
    get("pages may read the tag", "ASK {}", check=header("access-control-expose-headers", "ETag")),
    Case("gzip", params=[("query", VALUES)], headers=[("Accept-Encoding", "gzip")], check=lambda r: bool(unpacked(r))),
    *(
        Case(
            f"Accept-Encoding: {coding}",
            params=[("query", VALUES)],
            headers=[("Accept-Encoding", coding)],
            check=lambda reply, packed=packed: ("content-encoding" in reply.headers) is packed,  # type: ignore[misc]
        )
        for coding, packed in {
            "gzip;q=0": False,
            "gzip;q=0, *;q=1": False,
            "identity": False,
            "br": False,
            "": False,
            "gzip;q=0.001": True,
            "*": True,
            "br, gzip": True,
            "GZIP": True,
        }.items()
    ),
    get("a cached answer must be asked for again", ONE, check=header("cache-control", "must-revalidate")),
    get(
        "what changes has no tag",
        "SELECT (NOW() AS ?n) {}",
        check=both(header("cache-control", "no-store"), lambda reply: "etag" not in reply.headers),
    ),
)


def unpacked(reply: Reply) -> object:
    return json.loads(gzip.decompress(reply.body))["results"]


CASES = (*FORMS, *ENCODING, *DATASETS, *WRONG, *TABLES, *RESULTS, *GRAPH_FORMATS, *HTTP)


def fill(store: Store) -> None:
    """The gold graph is there already; these are the graphs that the cases speak of."""
    document, kind = NamedNode("http://xmlns.com/foaf/0.1/Document"), NamedNode(str(RDF_TYPE))
    for iri in DATA:
        store.add(Quad(NamedNode(iri), kind, document, NamedNode(iri)))
    store.add(Quad(NamedNode(ARABIC), NamedNode(f"{EX}p"), Literal("rus"), NamedNode(ARABIC)))
    store.add(Quad(NamedNode(ENCODED), NamedNode(f"{EX}p"), Literal("encoded"), NamedNode(f"{EX}g")))
    for name, value in {
        "comma": Literal("a,b"),
        "quote": Literal('say "yes"'),
        "lines": Literal("one\r\ntwo"),
        "tab": Literal("a\tb"),
        "integer": Literal(4),
        "iri": NamedNode(f"{EX}o"),
        "decimal": Literal("5.5", datatype=NamedNode(f"{XSD}decimal")),
        "double": Literal("1.0E6", datatype=NamedNode(f"{XSD}double")),
        "arabic": Literal("روسيا", language="ar"),
        "own": Literal("5,5", datatype=NamedNode(f"{EX}mine")),
    }.items():
        store.add(Quad(NamedNode(f"{EX}values"), NamedNode(EX + name), value, NamedNode(f"{EX}g")))


RDF_TYPE, XSD = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def server(gold_graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    directory: Path = tmp_path_factory.mktemp("protocol")

    def filled(store: Store) -> dict[str, object]:
        store.bulk_extend(gold_graph)
        fill(store)
        return {}

    with locked(directory):
        publish(directory, "made", filled)
    with starting() as start:
        yield start(directory, "--workers", "2")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(server: Server, case: Case) -> None:
    reply = server.send(case.method, case.target(), case.content(), case.headers)
    assert reply.status == case.status, reply
    assert case.type is None or reply.type == case.type
    assert case.check(reply), reply
    assert case.status < 400 or case.method == "HEAD" or reply.text.strip()


def test_there_are_more_than_a_hundred_cases() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 180


@pytest.mark.parametrize("method", ["GET", "HEAD", "QUERY"])
def test_a_tag_is_compared_as_the_standard_says(server: Server, method: str) -> None:
    body = ONE.encode() if method == "QUERY" else None
    path = "/sparql" if body else "/sparql?" + urlencode({"query": ONE})

    def status(*tags: str) -> int:
        known = [("If-None-Match", tag) for tag in tags]
        return server.send(method, path, body, [("Content-Type", DIRECT), *known]).status

    tag = server.send(method, path, body, [("Content-Type", DIRECT)]).headers["etag"]
    strong = tag.removeprefix("W/")
    not_modified = server.send(method, path, body, [("Content-Type", DIRECT), ("If-None-Match", tag)])
    assert (not_modified.headers["etag"], not_modified.headers["vary"]) == (tag, "Accept, Accept-Encoding")
    for known in ([tag], [strong], ["*"], [f'"other", {tag}'], [f'"a",{strong} , "b"'], ['"a"', tag]):
        assert status(*known) == 304, known
    for unknown in (['"other"'], [strong.strip('"')], [""], [f'"x{strong[1:]}']):
        assert status(*unknown) == 200, unknown


def test_a_tag_of_a_post_is_not_looked_at(server: Server) -> None:
    tag = server.post(ONE).headers["etag"]
    assert server.post(ONE, If_None_Match=tag).status == 200


def test_tags_tell_formats_and_data_sets_apart(server: Server) -> None:
    replies = [
        server.query("SELECT * { ?s ?p ?o } LIMIT 1", **more)
        for more in ({}, {"format": "csv"}, {"default-graph-uri": DATA[0]}, {"named-graph-uri": DATA[0]})
    ]
    assert len({reply.headers["etag"] for reply in replies}) == 4


# Service description and VoID


def describe(server: Server, path: str = "/sparql") -> Store:
    store = Store()
    store.load(server.get(path, Accept=NT).body, RdfFormat.N_TRIPLES)
    return store


@pytest.mark.parametrize("accept", [*GRAPHS, "*/*", "", "image/png"])
def test_the_description_comes_as_rdf(server: Server, accept: str) -> None:
    reply = server.get("/sparql", Accept=accept)
    assert reply.status == 200
    assert reply.type == (accept if accept in GRAPHS else TURTLE)


def test_the_service_describes_itself(server: Server) -> None:
    store = describe(server)

    def holds(pattern: str) -> bool:
        return bool(store.query(f"PREFIX sd: <{SD}> PREFIX void: <http://rdfs.org/ns/void#> ASK {{ {pattern} }}"))

    endpoint = f"<{server.address}/sparql>"
    assert holds(f"{endpoint} a sd:Service ; sd:endpoint {endpoint}")
    assert holds("?s sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph")
    assert holds("?s sd:defaultDataset ?d . ?d a sd:Dataset ; sd:defaultGraph ?g . ?g a sd:Graph ; void:triples ?n")
    assert holds(f"?d sd:namedGraph ?g . ?g a sd:NamedGraph ; sd:name <{DATA[0]}> ; sd:graph ?i . ?i void:triples 1")
    assert holds("?s sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_TSV>")
    for word in ("SPARQL11Update", "BasicFederatedQuery"):
        assert not holds(f"?s ?p sd:{word}")


@pytest.mark.parametrize("accept", [TURTLE, JSON_LD, RDF_XML])
def test_void_comes_in_the_format_asked_for(server: Server, accept: str) -> None:
    assert server.get("/.well-known/void", Accept=accept).type == accept


def test_void_counts_what_there_is(server: Server) -> None:
    store = describe(server, "/.well-known/void")
    counted = store.query(
        "PREFIX void: <http://rdfs.org/ns/void#> SELECT ?n { ?d a void:Dataset ; void:triples ?n ; void:uriSpace ?u }"
    )
    assert [int(row["n"].value) > 1000 for row in counted] == [True]  # type: ignore[union-attr]
    assert store.query("ASK { ?d <http://purl.org/dc/terms/license> ?l ; <http://rdfs.org/ns/void#classPartition> ?c }")
