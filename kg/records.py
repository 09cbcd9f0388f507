"""The objects of a reading's JSON as records, each value checked against the text and the closed vocabularies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.checked import Item
from kg.errors import ArticleError
from kg.fillers import fillers_of
from kg.languages import NAMED
from kg.metadata import check_date
from kg.model import (
    ENTITY_TYPES,
    FACTUALITIES,
    KINDS,
    ROLES,
    STATUSES,
    Entity,
    Event,
    Filler,
    Mention,
    Sentence,
    Span,
)
from kg.sentences import split

PARTS = ("body", "heading", "dateline", "recap", "boilerplate")
LANGUAGES = (*NAMED, "und")

_DATE = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_ENTITY_FIELDS = (
    *("id", "type", "name_ar", "name_en", "surface_forms", "wikidata"),
    *("key", "candidates", "link_method", "link_source", "note"),
)
_EVENT_FIELDS = (
    *("id", "type", "kind", "status", "factuality", "roles", "date", "date_end", "date_text", "quote", "more_quotes"),
    *("subjects", "count", "evidence", "fillers", "attributed_to", "rule", "confidence", "also", "optional", "note"),
)


def entity_of(item: Item) -> Entity:
    """An entity; its surface forms are not yet looked for in the text."""
    item.spelt_like(_ENTITY_FIELDS)
    item.require("id", "type", "surface_forms", "wikidata")
    forms = item.strings("surface_forms")
    if not forms or not all(forms):
        item.fail("surface_forms", "is empty or holds an empty form; list the forms that the text uses")
    return Entity(
        id=item.string("id"),
        type=item.one_of("type", ENTITY_TYPES),
        surface_forms=forms,
        name_ar=item.optional_string("name_ar"),
        name_en=item.optional_string("name_en"),
        wikidata=item.optional_string("wikidata", "Q[1-9][0-9]*"),
        key=item.optional_string("key"),
        candidates=item.strings("candidates"),
        link_method=item.optional_string("link_method"),
        link_source=item.optional_string("link_source"),
    )


def check_forms(record: Item, entities: Sequence[Entity], text: str) -> None:
    """Fail on a surface form that the text does not hold."""
    for at, entity in enumerate(entities):
        for form in entity.surface_forms:
            if form not in text:
                problem = f"the surface form {form!r} is not in the text; write it as it stands there"
                record.fail(f"entities/{at}", problem)


def unique_ids(record: Item, name: str, ids: Sequence[str]) -> frozenset[str]:
    """The ids as a set; fail on one that is given twice."""
    seen: set[str] = set()
    for at, identifier in enumerate(ids):
        if identifier in seen:
            record.fail(f"{name}/{at}", f"its id {identifier!r} is taken; give it another")
        seen.add(identifier)
    return frozenset(seen)


def sentences_of(record: Item, text: str) -> tuple[Sentence, ...]:
    """The sentences of the record, which must be in order and apart; those of the splitter where it has none."""
    if not record.has("sentences"):
        return split(text)
    found = tuple(_sentence(item, text) for item in record.items("sentences"))
    for at in range(1, len(found)):
        if found[at].start < found[at - 1].end:
            record.fail(f"sentences/{at}", "starts before the one above it ends; put the sentences in order")
    return found


def _sentence(item: Item, text: str) -> Sentence:
    span = item.span(text)
    return Sentence(
        start=span.start,
        end=span.end,
        text=text[span.start : span.end],
        language=item.one_of("language", LANGUAGES),
        part=item.one_of("part", PARTS),
        paragraph=item.integer("paragraph") or 0,
    )


def listed_mentions(record: Item, text: str, ids: Collection[str]) -> tuple[Mention, ...]:
    """The mentions that the record lists."""
    found = ((item.span(text), item.one_of("entity", sorted(ids))) for item in record.items("mentions"))
    return tuple(Mention(span.start, span.end, entity) for span, entity in found)


def event_of(item: Item, ids: Collection[str], text: str) -> Event:
    """An event without its fillers."""
    item.spelt_like(_EVENT_FIELDS)
    item.require("id", "type", "kind", "factuality", "roles", "date", "evidence")
    kind_of_event = item.one_of("type", tuple(KINDS))
    evidence = tuple(span.span(text) for span in item.items("evidence"))
    if not evidence:
        item.fail("evidence", "is empty; give the characters that state the event")
    return Event(
        id=item.string("id"),
        type=kind_of_event,
        kind=item.one_of("kind", KINDS[kind_of_event]),
        factuality=item.one_of("factuality", FACTUALITIES),
        roles=_roles(item, ids, kind_of_event),
        evidence=evidence,
        status=_status(item, kind_of_event),
        date=_date(item, "date"),
        date_end=_date(item, "date_end"),
        date_text=item.optional_string("date_text"),
        quote=_quoted(item, "quote", item.optional_string("quote"), text),
        more_quotes=tuple(_quoted(item, "more_quotes", quote, text) or "" for quote in item.strings("more_quotes")),
        subjects=item.strings("subjects"),
        count=item.integer("count"),
        attributed_to=_members(item, "attributed_to", ids),
        rule=item.optional_string("rule") or "hand",
        confidence=_confidence(item),
    )


def _roles(item: Item, ids: Collection[str], kind_of_event: str) -> Mapping[str, tuple[str, ...]]:
    roles = item.item("roles")
    for role in roles.values:
        if role not in ROLES[kind_of_event]:
            roles.fail(role, f"a {kind_of_event} has no such role; its roles are {', '.join(ROLES[kind_of_event])}")
    given = [role for role in ROLES[kind_of_event] if role in roles.values]
    return MappingProxyType({role: _members(roles, role, ids) for role in given})


def _members(item: Item, name: str, ids: Collection[str]) -> tuple[str, ...]:
    """The entity ids of a list."""
    members = item.strings(name)
    for member in members:
        if member not in ids:
            item.fail(name, f"{member!r} is the id of no entity; add the entity or mend the id")
    return members


def _status(item: Item, kind_of_event: str) -> str | None:
    if kind_of_event == "Agreement":
        return item.one_of("status", STATUSES)
    if item.has("status"):
        item.fail("status", f"belongs to Agreements, not to a {kind_of_event}; remove it")
    return None


def _date(item: Item, name: str) -> str | None:
    value = item.optional_string(name, _DATE)
    if value is not None and len(value) == len("2024-11-07"):
        try:
            check_date(value, item.place)
        except ArticleError:
            item.fail(name, f"{value!r} is no day of the calendar")
    return value


def _quoted(item: Item, name: str, quote: str | None, text: str) -> str | None:
    if quote and quote not in text:
        item.fail(name, f"{quote[:60]!r} is not in the text; copy it as it stands there")
    return quote


def _confidence(item: Item) -> float:
    value = item.values.get("confidence", 1.0)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
        item.fail("confidence", "is no number from 0 to 1")
    return float(value)


def with_fillers(
    event: Event, item: Item, text: str, places: Mapping[str, Sequence[Span]], sentences: Sequence[Sentence]
) -> Event:
    """The event with the fillers of its record, or with those that its text shows."""
    if not item.has("fillers"):
        return replace(event, fillers=fillers_of(event, places, sentences))
    return replace(event, fillers=tuple(_filler(filler, event, text) for filler in item.items("fillers")))


def _filler(item: Item, event: Event, text: str) -> Filler:
    span = item.span(text)
    role = item.one_of("role", tuple(event.roles))
    return Filler(role, item.one_of("entity", event.roles[role]), span.start, span.end)
