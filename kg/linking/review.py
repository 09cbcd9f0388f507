"""The unlinked entities of a store as files for review: a table (CSV) and SSSOM mappings (TSV).

Both have a column `decision` for a person: the QID, `none` where Wikidata has no item, `open` to take an earlier
decision back, or nothing. `kg build --links FILE` reads either back.
"""

import csv
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from io import StringIO

from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, Store

from kg.answers import answer, find_query
from kg.errors import QueryError
from kg.graph.iris import WIKIDATA
from kg.graph.terms import RDFS_LABEL
from kg.graph.vocabulary import SKOS
from kg.linking.propose import THRESHOLD, proposed
from kg.linking.records import Candidate, Unlinked
from kg.linking.tables import country_told, from_tables
from kg.prefixes import PREFIXES, compacted

SSSOM_HEAD = (
    "mapping_set_id: https://w3id.org/isnad/mapping/review",
    "mapping_set_title: Entities of Isnad to be linked to Wikidata by a person",
    "license: https://www.apache.org/licenses/LICENSE-2.0",
)
CSV_COLUMNS = (
    *("entity", "label", "type", "status", "mentions", "sentence", "candidates"),
    *("proposal", "score", "method", "decision", "problem"),
)
SSSOM_COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"),
    *("confidence", "mapping_tool", "comment", "decision"),
)


def unlinked(store: Store, decided: Collection[str] = (), threshold: float = THRESHOLD) -> list[Unlinked]:
    """Every entity without a link that nobody has decided on, most mentioned first, with what the tables offer."""
    query = find_query("unlinked-entities")
    rows = answer(store, query, {"language": "en"})
    if not isinstance(rows, QuerySolutions):
        raise QueryError("unlinked-entities: is no SELECT query; restore the shipped file")
    found = [_entity(store, row) for row in rows]
    return [proposed(_offered(store, one), threshold) for one in found if one.local not in decided]


def review_csv(found: Iterable[Unlinked]) -> str:
    """One row an entity."""
    return _delimited([CSV_COLUMNS, *map(_row, found)], ",")


def review_sssom(found: Iterable[Unlinked]) -> str:
    """One mapping a candidate, skos:closeMatch where it is proposed; an entity without any gets sssom:NoTermFound."""
    return sssom_head() + _delimited([SSSOM_COLUMNS, *(row for one in found for row in _mappings(one))], "\t")


def sssom_head() -> str:
    """The lines before the table of an SSSOM file."""
    curies = [f"#   {prefix}: {PREFIXES[prefix]}" for prefix in ("entity", "isnad", "skos", "wd")]
    extra = ["#   semapv: https://w3id.org/semapv/vocab/", "#   sssom: https://w3id.org/sssom/"]
    extensions = ["# extension_definitions:", "#   - slot_name: decision", "#     property: isnad:linkMethod"]
    return "\n".join([*(f"# {line}" for line in SSSOM_HEAD), "# curie_map:", *curies, *extra, *extensions]) + "\n"


def _entity(store: Store, row: QuerySolution) -> Unlinked:
    """One row of the query, under the Arabic name where there is one, for articles and services are asked in Arabic."""
    iri = row["entity"].value
    labels = sorted(_literals(store, iri, RDFS_LABEL), key=lambda one: (one.language != "ar", one.value))
    forms = sorted({one.value for one in _literals(store, iri, NamedNode(str(SKOS.altLabel)))})
    return Unlinked(
        iri=iri,
        label=labels[0].value,
        type=row["type"].value.capitalize(),
        status=row["status"].value,
        mentions=int(row["mentions"].value),
        sentence=row["sentence"].value if row["sentence"] else "",
        forms=tuple(dict.fromkeys([*(one.value for one in labels), *forms])),
    )


def _literals(store: Store, subject: str, predicate: NamedNode) -> list[Literal]:
    quads = store.quads_for_pattern(NamedNode(subject), predicate, None, None)
    return [quad.object for quad in quads if isinstance(quad.object, Literal)]


def _offered(store: Store, one: Unlinked) -> Unlinked:
    """The entity with its candidates of the graph and of the tables, and the country that its name tells."""
    forms = one.forms
    homonyms = _homonyms(store, one.iri)
    known = {candidate.qid for candidate in homonyms}
    by_sound = (candidate for candidate in from_tables(forms, one.type) if candidate.qid not in known)
    return replace(one, candidates=(*homonyms, *by_sound), country=country_told(forms))


def _homonyms(store: Store, entity: str) -> tuple[Candidate, ...]:
    """The items that the graph keeps as candidates of an ambiguous entity."""
    query = f"""SELECT ?item (SAMPLE(?name) AS ?label) WHERE {{
  <{entity}> isnad:candidate ?one . ?one owl:sameAs ?item ; rdfs:label ?name FILTER(LANG(?name) = "en")
}} GROUP BY ?item ORDER BY ?item"""
    found = answer(store, query, {})
    if not isinstance(found, QuerySolutions):
        return ()
    return tuple(
        Candidate(row["item"].value.removeprefix(WIKIDATA), row["label"].value, 1.0, "one of several of this name")
        for row in found
    )


def _row(one: Unlinked) -> tuple[object, ...]:
    """The row of an entity in the table; what follows its candidates is empty where nothing is proposed."""
    offer = (one.proposal.qid, one.proposal.score, one.proposal.method) if one.proposal else ("", "", "")
    listed = " | ".join(map(_listed, one.candidates))
    return (*(one.iri, one.label, one.type, one.status, one.mentions, one.sentence, listed), *offer, "", one.problem)


def _listed(one: Candidate) -> str:
    return f"{one.qid} {one.name} ({one.score:.2f}, {one.method}{f'; {one.note}' if one.note else ''})"


def _mappings(one: Unlinked) -> list[tuple[object, ...]]:
    if not one.candidates:
        unmatched = ("skos:exactMatch", "sssom:NoTermFound", "", "semapv:LexicalMatching", "", "")
        return [(compacted(one.iri), one.label, *unmatched, one.sentence, "")]
    return [_mapping(one, candidate) for candidate in one.candidates]


def _mapping(one: Unlinked, candidate: Candidate) -> tuple[object, ...]:
    """A proposal is a close match; what merely could be is related."""
    predicate = "skos:closeMatch" if one.proposal and one.proposal.qid == candidate.qid else "skos:relatedMatch"
    matched = (predicate, f"wd:{candidate.qid}", candidate.name, "semapv:LexicalMatching")
    return (compacted(one.iri), one.label, *matched, candidate.score, candidate.method, one.sentence, "")


def _delimited(rows: Iterable[Sequence[object]], delimiter: str) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        [[_plain(" ".join(str(cell).split())) for cell in row] for row in rows]
    )
    return out.getvalue()


def _plain(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") and len(cell) > 1 else cell
