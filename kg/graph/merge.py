"""Which claims of different articles report the same event: those whose events have the same merge key.

The IRI of an event is made of its merge key where it has one, else of its article and its own content. So merging
needs no pass over all articles: reading one article again, or removing it, touches its own graph alone.

An event has a merge key only where little doubt is left (precision before recall):
- its date is known to the day; vague and undated events stay with their article;
- its core roles are filled: two parties of an agreement, two participants of a meeting (or a visitor and a place),
  the imposer and target of a sanction, agent and target of a diplomatic act, agent and target or place of a military
  act, the speaker of a statement;
- an agreement also agrees in status, and in subjects unless it is a treaty or partnership, of which no two parties
  sign two a day;
- a statement also agrees in its quote, word for word but for spelling, or where nothing is quoted in what it is about;
- no other event of the same article has the same key: the article tells them apart, so the key does not suffice.
Factuality is no part of the key: one source may deny what another reports, and both claims report one event.
"""

from collections import Counter
from collections.abc import Mapping

from kg.graph.iris import Iris
from kg.graph.transliterate import folded
from kg.model import Event, Reading

_DAY = len("2024-11-07")
_ONE_A_DAY = ("treaty", "partnership")

Key = list[object]


def event_iris(reading: Reading, entities: Mapping[str, str], iris: Iris) -> dict[str, str]:
    """Event id in the reading -> IRI; `entities` maps entity ids to IRIs."""
    keys = {event.id: merge_key(event, entities) for event in reading.events}
    uses = Counter(repr(key) for key in keys.values())
    return {
        event.id: iris.event("shared", key)
        if (key := keys[event.id]) and uses[repr(key)] == 1
        else iris.event("own", *content(reading.article.id, event, entities))
        for event in reading.events
    }


def content(article: str, event: Event, entities: Mapping[str, str]) -> Key:
    """What one article claims of one event, with the place where it does."""
    return [
        *(article, event.type, event.kind, event.factuality, event.status, event.date, event.date_end),
        {role: _fillers(event, role, entities) for role in sorted(event.roles) if event.roles[role]},
        [[span.start, span.end] for span in sorted(event.evidence, key=lambda span: (span.start, span.end))],
        *(event.quote, list(event.subjects), event.count, sorted(entities[e] for e in event.attributed_to)),
    ]


def merge_key(event: Event, entities: Mapping[str, str]) -> Key | None:
    """What events of different articles must share to be one event; None where the event stays with its article."""
    core = _core(event, entities)
    if core is None or event.date is None or len(event.date) < _DAY:
        return None
    return [event.type, event.kind, event.date, event.date_end, event.status, *core]


def _core(event: Event, entities: Mapping[str, str]) -> Key | None:
    """The part of the merge key that depends on the type of the event; None where it is not filled."""

    def fillers(role: str) -> list[str]:
        return _fillers(event, role, entities)

    match event.type:
        case "Agreement":
            subjects = [] if event.kind in _ONE_A_DAY else sorted(map(folded, event.subjects))
            return [fillers("party"), subjects] if len(fillers("party")) > 1 else None
        case "Meeting":
            place = fillers("place") if event.kind == "visit" else []
            return [fillers("participant"), place] if len(fillers("participant")) + len(place) > 1 else None
        case "MilitaryAction":
            core = [fillers("agent"), fillers("target"), fillers("place")]
            return list(core) if core[0] and (core[1] or core[2]) else None
        case "Sanction":
            return _both(fillers("imposer"), fillers("target"))
        case "DiplomaticAction":
            return _both(fillers("agent"), fillers("target"))
        case _:
            topic = folded(event.quote) if event.quote else fillers("about")
            return _both(fillers("speaker"), topic)


def _both(first: list[str], second: list[str] | str) -> Key | None:
    return [first, second] if first and second else None


def _fillers(event: Event, role: str, entities: Mapping[str, str]) -> list[str]:
    return sorted({entities[entity] for entity in event.roles.get(role, ())})
