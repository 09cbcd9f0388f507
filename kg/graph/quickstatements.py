"""Agreements and meetings as QuickStatements (version 1), with references, for a person to review and give to Wikidata.

Only what can be stated without doubt about who took part: told as a fact, dated, an agreement signed or further, every
party or participant linked, and an article with an address to cite. Whether Wikidata has the item already is the first
thing to review; nothing here asks it. Each property and item was looked up in public sources.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.iris import WIKIDATA
from kg.graph.select import Graph
from kg.graph.terms import OWL_SAME_AS, RDF_TYPE, RDFS_LABEL
from kg.graph.vocabulary import DCTERMS, ISNAD

INSTANCE_OF, SIGNATORY, PARTICIPANT, LOCATION = "P31", "P1891", "P710", "P276"
POINT_IN_TIME, START, END = "P585", "P580", "P582"
REFERENCE_URL, RETRIEVED, TITLE = "S854", "S813", "S1476"
CLASSES = MappingProxyType(
    {
        "Agreement-treaty": "Q131569",
        "Meeting-summit": "Q1072326",
        "Meeting-talks": "Q2761147",
        "Meeting-other": "Q2761147",
    }
)
"""The item of a kind; other kinds are left to the reviewer."""
SIGNED = frozenset({"status-signed", "status-ratified", "status-in_force"})
PRECISION = MappingProxyType({4: "-00-00T00:00:00Z/9", 7: "-00T00:00:00Z/10", 10: "T00:00:00Z/11"})
"""Length of a date -> what follows it: a year, a month, a day."""
REASONS = MappingProxyType(
    {
        "factuality": "not told as a fact",
        "status": "not signed",
        "date": "without a date",
        "participants": "with fewer than two participants, or with one that is not linked",
        "address": "in articles without an address",
    }
)

Values = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Report:
    """One article's claim of an event: what it says of the event, of itself and of its article."""

    event: str
    said: Values
    claim: Values
    article: Values


def quickstatements(graphs: Iterable[Graph], retrieved: date) -> Iterator[str]:
    """The lines, with what was left out told at their end; `retrieved` is when the reviewer looks at the articles."""
    reports: dict[str, list[Report]] = {}
    shared: dict[str, Values] = {}
    for name, triples in graphs:
        if "/article/" in name.value:
            for report in _reports(name.value, _values(triples)):
                reports.setdefault(report.event, []).append(report)
        else:
            shared.update(_values(triples))
    left: Counter[str] = Counter()
    yield "# Agreements and meetings for Wikidata. Look first whether an item is there; review every line."
    for event in sorted(reports):
        reason, told = _told(reports[event], shared)
        left[reason] += bool(reason)
        yield from _item(event, told, shared, retrieved) if told else ()
    yield from (f"# left out, {REASONS[reason]}: {number}" for reason, number in sorted(left.items()) if reason)


def _values(triples: Iterable[Triple]) -> dict[str, Values]:
    """Node -> property by its last part -> values; labels by `label@LANGUAGE`."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
            name = one.predicate.value.removeprefix(ISNAD.base)
            if one.predicate == RDFS_LABEL and isinstance(one.object, Literal):
                name = f"label@{one.object.language}"
            found.setdefault(one.subject.value, {}).setdefault(name, []).append(one.object.value)
    return dict(found)


def _reports(article: str, values: Mapping[str, Values]) -> Iterator[Report]:
    """The claims of an article's graph that report an agreement or a meeting."""
    for node in values.values():
        for event in node.get("reports", ()):
            if {ISNAD.base + "Agreement", ISNAD.base + "Meeting"} & set(values[event][RDF_TYPE.value]):
                yield Report(event, values[event], node, values[article])


def _told(reports: list[Report], shared: Mapping[str, Values]) -> tuple[str, list[Report]]:
    """Why the event is left out, else the reports to cite."""
    actual = [one for one in reports if one.claim["factuality"] == [f"{ISNAD.base}factuality-actual"]]
    if not actual:
        return "factuality", []
    said = actual[0].said
    if "party" in said and not {one.removeprefix(ISNAD.base) for one in said.get("status", ())} & SIGNED:
        return "status", []
    if not said.get("date"):
        return "date", []
    who = [_qid(one, shared) for one in _who(said)]
    if len(who) < 2 or not all(who):
        return "participants", []
    cited = [one for one in actual if one.article.get(str(DCTERMS.source))]
    return ("", cited) if cited else ("address", [])


def _who(said: Values) -> list[str]:
    return [*said.get("party", ()), *said.get("participant", ())]


def _qid(entity: str, shared: Mapping[str, Values]) -> str | None:
    """The Wikidata item that an entity is the same as."""
    items = shared.get(entity, {}).get(OWL_SAME_AS.value, [])
    return next((item.removeprefix(WIKIDATA) for item in sorted(items) if item.startswith(WIKIDATA)), None)


def _item(event: str, told: list[Report], shared: Mapping[str, Values], retrieved: date) -> Iterator[str]:
    """The lines of one new item, each statement once for each article that backs it."""
    yield f"# {event}"
    yield "CREATE"
    for language in ("en", "ar"):
        for label in shared.get(event, {}).get(f"label@{language}", ()):
            yield f"LAST\tL{language}\t{_quoted(label)}"
    for report in told:
        source = _source(report.article, retrieved)
        yield from (f"LAST\t{name}\t{value}\t{source}" for name, value in _statements(report.said, shared))


def _statements(said: Values, shared: Mapping[str, Values]) -> Iterator[tuple[str, str]]:
    for kind in said.get("kind", ()):
        if item := CLASSES.get(kind.removeprefix(ISNAD.base)):
            yield INSTANCE_OF, item
    role = SIGNATORY if "party" in said else PARTICIPANT
    yield from ((role, qid) for qid in sorted(filter(None, (_qid(one, shared) for one in _who(said)))))
    yield from ((LOCATION, qid) for one in sorted(said.get("place", ())) if (qid := _qid(one, shared)))
    (begins, *_), ends = sorted(said["date"]), said.get("dateEnd")
    yield (START if ends else POINT_IN_TIME), _time(begins)
    if ends:
        yield END, _time(ends[0])


def _source(article: Values, retrieved: date) -> str:
    """The reference: the article's address, its title in its language, and the day."""
    parts = [REFERENCE_URL, _quoted(sorted(article[str(DCTERMS.source)])[0])]
    for title in article.get(str(DCTERMS.title), ())[:1]:
        parts += [TITLE, f"{(article.get('language') or ['und'])[0]}:{_quoted(title)}"]
    return "\t".join([*parts, RETRIEVED, _time(retrieved.isoformat())])


def _time(edtf: str) -> str:
    """A day, month or year with its precision."""
    return f"+{edtf}{PRECISION[len(edtf)]}"


def _quoted(text: str) -> str:
    """One line in quotation marks; marks inside become curly, which the format has no other way to hold."""
    return '"' + " ".join(text.replace('"', "”").split()) + '"'
