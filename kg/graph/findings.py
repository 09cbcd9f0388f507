"""A check report as a table for people, as JSON, and as a SHACL validation report in Turtle."""

import json
from dataclasses import asdict

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef

from kg.graph.report import CheckReport, Finding

SH = Namespace("http://www.w3.org/ns/shacl#")


def as_table(report: CheckReport) -> str:
    """Counts a check, then the exceptions, one a line."""
    rows = [(one.name, f"{one.checked:,}", f"{one.exceptions:,}") for one in report.results]
    head = ("check", "checked", "exceptions")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(3)]
    lines = [f"{a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}" for a, b, c in (head, *rows)]
    return "\n".join([*lines, _conformance(report), *map(_line, report.findings)]) + "\n"


def as_json(report: CheckReport) -> str:
    """Everything the report holds."""
    conformance = {**asdict(report.conformance), "rate": report.conformance.rate}
    record = {"exceptions": report.exceptions, "conformance": conformance, **asdict(report)}
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def as_turtle(report: CheckReport) -> str:
    """A sh:ValidationReport with one result an exception."""
    graph = Graph()
    graph.bind("sh", SH)
    root = BNode("report")
    graph.add((root, RDF.type, SH.ValidationReport))
    graph.add((root, SH.conforms, Literal(report.exceptions == 0)))
    for number, finding in enumerate(report.findings):
        _add(graph, root, BNode(f"result{number}"), finding)
    return graph.serialize(format="turtle")


def _conformance(report: CheckReport) -> str:
    """The rate cut, not rounded, so that 100 % is all."""
    found = report.conformance
    share = int(found.rate * 1000) / 10
    return f"domain and range conformance: {share:g} % ({found.conforming:,} of {found.statements:,} statements)"


def _line(finding: Finding) -> str:
    at = " ".join(filter(None, (finding.node, finding.path, finding.value)))
    return f"{finding.check}: {at}: {finding.message}"


def _add(graph: Graph, root: BNode, result: BNode, finding: Finding) -> None:
    graph.add((root, SH.result, result))
    graph.add((result, RDF.type, SH.ValidationResult))
    graph.add((result, SH.resultSeverity, SH.Violation))
    graph.add((result, SH.focusNode, URIRef(finding.node)))
    graph.add((result, SH.resultMessage, Literal(finding.message, lang="en")))
    if finding.message_ar:
        graph.add((result, SH.resultMessage, Literal(finding.message_ar, lang="ar")))
    if finding.path:
        graph.add((result, SH.resultPath, URIRef(finding.path)))
    if finding.value:
        graph.add((result, SH.value, _value(finding.value)))


def _value(value: str) -> URIRef | Literal:
    return URIRef(value) if value.startswith(("http://", "https://")) else Literal(value)
