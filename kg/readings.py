"""Readings as JSON: written the same way each time, read with every value checked, what a person left out filled in."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from types import MappingProxyType

from kg.articles import checked_text
from kg.checked import Item, parsed
from kg.errors import ArticleError, ReadingError
from kg.fillers import mentions_of, spans_of
from kg.metadata import check_date, check_id
from kg.model import ROLES, Article, Entity, Event, Reading, Sentence, Span
from kg.records import check_forms, entity_of, event_of, listed_mentions, sentences_of, unique_ids, with_fillers

SUFFIX = ".json"

_ABOUT = ("published", "published_how", "language", "source", "publisher", "title")
_FIELDS = ("article", *_ABOUT, "text", "sentences", "entities", "mentions", "events", "note")
_NOTHING: Mapping[str, Article] = MappingProxyType({})


def load(source: Path | bytes, articles: Mapping[str, Article] = _NOTHING) -> Reading:
    """The reading in a file or in bytes; ReadingError names the file, the place in it and what would mend it.

    Its text is its own, else that of the article of the same id, else that of NAME.txt beside the file or in
    ../articles/.
    """
    record = _parsed(source)
    article = _article(record, articles, source if isinstance(source, Path) else None)
    entities = tuple(map(entity_of, record.items("entities")))
    ids = unique_ids(record, "entities", [entity.id for entity in entities])
    check_forms(record, entities, article.text)
    sentences = sentences_of(record, article.text)
    places = {entity.id: spans_of(article.text, entity.surface_forms) for entity in entities}
    events = tuple(
        with_fillers(event_of(item, ids, article.text), item, article.text, places, sentences)
        for item in record.items("events")
    )
    unique_ids(record, "events", [event.id for event in events])
    listed = listed_mentions(record, article.text, ids)
    mentions = listed if record.has("mentions") else mentions_of(places, events)
    return Reading(article, sentences, entities, events, mentions)


def dumps(reading: Reading) -> str:
    """The reading as JSON text: always the same for the same reading, with one newline at its end."""
    return json.dumps(_record(reading), ensure_ascii=False, indent=2) + "\n"


def _parsed(source: Path | bytes) -> Item:
    if isinstance(source, bytes):
        return parsed(source, "reading")
    try:
        return parsed(source.read_bytes(), str(source))
    except OSError as error:
        raise ReadingError(f"{source}: cannot be read ({error.strerror}); check its name and permissions") from error


def _article(record: Item, articles: Mapping[str, Article], file: Path | None) -> Article:
    """The article that the reading is of; what the reading says of it comes before what the inputs say."""
    record.require("article", "published", "entities", "events")
    record.spelt_like(_FIELDS)
    identifier = record.string("article")
    _checked(check_id, identifier, record)
    known = articles.get(identifier) or Article(identifier, "")
    text = record.optional_string("text") or known.text or _text_beside(file)
    if not text:
        record.fail("text", f"no text of {identifier} is known; add text, or put its .txt file beside the reading")
    about = {name: value for name in _ABOUT if (value := record.optional_string(name)) is not None}
    _checked(checked_text, text, record)
    if "published" in about:
        _checked(check_date, about["published"], record)
    return replace(known, text=text, **about)


def _checked(check: Callable[[str, str], object], value: str, record: Item) -> None:
    """Raise as a ReadingError what a check of articles finds wrong with the value."""
    try:
        check(value, record.place.rstrip(": "))
    except ArticleError as error:
        raise ReadingError(str(error)) from error


def _text_beside(file: Path | None) -> str | None:
    """The text of NAME.txt beside the file or in ../articles/."""
    if file is None:
        return None
    for folder in (file.parent, file.parent.parent / "articles"):
        candidate = folder / f"{file.stem}.txt"
        if candidate.is_file():
            try:
                return candidate.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ReadingError(f"{candidate}: cannot be read as UTF-8 ({error}); convert it") from error
    return None


def _record(reading: Reading) -> dict[str, object]:
    article = reading.article
    return {
        "article": article.id,
        **{name: getattr(article, name) for name in _ABOUT},
        "text": article.text,
        "sentences": [_sentence_record(sentence) for sentence in reading.sentences],
        "entities": [_entity_record(entity) for entity in reading.entities],
        "mentions": [asdict(mention) for mention in reading.mentions],
        "events": [_event_record(event, article.text) for event in reading.events],
    }


def _sentence_record(sentence: Sentence) -> dict[str, object]:
    return {name: value for name, value in asdict(sentence).items() if name != "text"}


def _entity_record(entity: Entity) -> dict[str, object]:
    """The entity, fields that the schema does not ask for left out where they are empty."""
    wanted = ("id", "type", "name_ar", "name_en", "surface_forms", "wikidata")
    return {name: value for name, value in asdict(entity).items() if name in wanted or value not in (None, ())}


def _event_record(event: Event, text: str) -> dict[str, object]:
    """The event, fields that the schema does not ask for left out where they are empty."""
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    record = {name: value for name, value in values.items() if name == "date" or value not in (None, ())}
    record["roles"] = {role: event.roles[role] for role in ROLES[event.type] if role in event.roles}
    record["evidence"] = [_span_record(span, text) for span in event.evidence]
    record["fillers"] = [asdict(filler) for filler in event.fillers]
    return record


def _span_record(span: Span, text: str) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
