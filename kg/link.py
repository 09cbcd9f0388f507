"""The unlinked entities of a store as a file for review: as a table (CSV) and as SSSOM mappings (TSV)."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from pyoxigraph import QuerySolutions, Store

from kg.answers import answer, find_query
from kg.errors import QueryError
from kg.graph.iris import WIKIDATA
from kg.prefixes import PREFIXES, compacted

SSSOM_HEAD = (
    "mapping_set_id: https://w3id.org/isnad/mapping/review",
    "mapping_set_title: Entities of Isnad to be linked to Wikidata by a person",
    "license: https://www.apache.org/licenses/LICENSE-2.0",
)


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An entity without a link, with the items it could be and a sentence that names it."""

    iri: str
    label: str
    type: str
    status: str
    mentions: int
    candidates: tuple[tuple[str, str], ...]  # (QID, name)
    sentence: str


def unlinked(store: Store) -> list[Unlinked]:
    """Every entity without a link, most mentioned first."""
    query = find_query("unlinked-entities")
    rows = answer(store, query, {"language": "en"})
    if not isinstance(rows, QuerySolutions):
        raise QueryError("unlinked-entities: is no SELECT query; restore the shipped file")
    return [
        Unlinked(
            row["entity"].value,
            row["label"].value,
            row["type"].value,
            row["status"].value,
            int(row["mentions"].value),
            _candidates(store, row["entity"].value),
            row["sentence"].value if row["sentence"] else "",
        )
        for row in rows
    ]


def review_csv(found: Iterable[Unlinked]) -> str:
    """One row an entity, the column `qid` left empty for the reviewer."""
    head = ("entity", "label", "type", "status", "mentions", "candidates", "qid", "sentence")
    rows = (
        (one.iri, one.label, one.type, one.status, one.mentions, _listed(one.candidates), "", one.sentence)
        for one in found
    )
    return _delimited([head, *rows], ",")


def review_sssom(found: Iterable[Unlinked]) -> str:
    """One mapping a candidate; an entity without any gets sssom:NoTermFound."""
    curies = [f"#   {prefix}: {PREFIXES[prefix]}" for prefix in ("entity", "isnad", "skos", "wd")]
    extra = ["#   semapv: https://w3id.org/semapv/vocab/", "#   sssom: https://w3id.org/sssom/"]
    head = [*(f"# {line}" for line in SSSOM_HEAD), "# curie_map:", *curies, *extra]
    columns = ("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification")
    rows = [row for one in found for row in _mappings(one)]
    return "\n".join(head) + "\n" + _delimited([(*columns, "comment"), *rows], "\t")


def _mappings(one: Unlinked) -> list[tuple[str, ...]]:
    if not one.candidates:
        return [_mapping(one, "skos:exactMatch", "sssom:NoTermFound", "")]
    return [_mapping(one, "skos:closeMatch", f"wd:{qid}", name) for qid, name in one.candidates]


def _mapping(one: Unlinked, predicate: str, target: str, name: str) -> tuple[str, ...]:
    return (compacted(one.iri), one.label, predicate, target, name, "semapv:LexicalMatching", one.sentence)


def _candidates(store: Store, entity: str) -> tuple[tuple[str, str], ...]:
    query = f"""SELECT ?item (SAMPLE(?name) AS ?label) WHERE {{
  <{entity}> isnad:candidate ?one . ?one owl:sameAs ?item ; rdfs:label ?name FILTER(LANG(?name) = "en")
}} GROUP BY ?item ORDER BY ?item"""
    found = answer(store, query, {})
    if not isinstance(found, QuerySolutions):
        return ()
    return tuple((row["item"].value.removeprefix(WIKIDATA), row["label"].value) for row in found)


def _listed(candidates: Iterable[tuple[str, str]]) -> str:
    return " | ".join(f"{qid} {name}" for qid, name in candidates)


def _delimited(rows: Iterable[Sequence[object]], delimiter: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        [[" ".join(str(cell).split()) for cell in row] for row in rows]
    )
    return out.getvalue()
