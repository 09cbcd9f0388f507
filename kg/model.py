"""The records that pass between the stages: Article, Sentence, Mention, Entity, Event, Reading.

Offsets count Unicode code points from 0, end exclusive, into `Article.text`, which is never altered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

ENTITY_TYPES = ("Person", "Organization", "Country", "Place")

KINDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Agreement": (
            *("treaty", "partnership", "contract", "memorandum", "protocol"),
            *("roadmap", "ceasefire", "trade_deal", "other"),
        ),
        "Statement": (
            *("assert", "announce", "support", "praise", "thank", "congratulate", "welcome", "condemn", "accuse"),
            *("concern", "warn", "threaten", "demand", "request", "propose", "promise", "deny", "reject"),
        ),
        "MilitaryAction": (
            *("deployment", "strike", "clash", "seizure", "exercise", "arms_transfer", "military_aid"),
            *("military_visit", "invasion", "withdrawal", "blockade", "shootdown", "coup", "war", "other"),
        ),
        "Meeting": ("visit", "talks", "phone_call", "summit", "other"),
        "Sanction": ("sanction", "embargo", "tariff", "asset_freeze", "relief", "other"),
        "DiplomaticAction": (
            *("recall", "expulsion", "severance", "recognition", "non_recognition", "appointment", "other"),
        ),
    }
)
"""The kinds of each event type; a Statement's kinds are its speech acts."""

ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Agreement": ("party", "mediator", "place"),
        "Statement": ("speaker", "addressee", "about", "via"),
        "MilitaryAction": ("agent", "target", "place"),
        "Meeting": ("participant", "place"),
        "Sanction": ("imposer", "target"),
        "DiplomaticAction": ("agent", "target"),
    }
)
"""The roles of each event type."""

STATUSES = ("proposed", "negotiated", "agreed", "signed", "ratified", "in_force", "suspended", "ended", "failed")
FACTUALITIES = ("actual", "planned", "threatened", "alleged", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class Article:
    """One text as it was found, with what is known of where it comes from."""

    id: str
    text: str
    published: str | None = None  # ISO date, or None where nobody knows it
    published_how: str | None = None  # how the date is known, in words
    language: str | None = None  # BCP 47
    source: str | None = None  # URL
    publisher: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of an article."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """`article.text[start:end]`, with its language and what it is in the page."""

    start: int
    end: int
    text: str
    language: str  # ar, es, en, fr, ru, or und
    part: str  # body, heading, dateline, recap or boilerplate
    paragraph: int  # counted from 0


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters that refer to an entity."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Filler:
    """Characters that fill a role of an event with an entity."""

    role: str
    entity: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of one article, with every surface form that names it there."""

    id: str
    type: str
    surface_forms: tuple[str, ...]
    name_ar: str | None = None
    name_en: str | None = None
    wikidata: str | None = None
    key: str | None = None  # its row in the authority tables
    candidates: tuple[str, ...] = ()  # keys of the rows an ambiguous name could be
    link_method: str | None = None  # how the link came about, or why there is none
    link_source: str | None = None  # where the item was verified, where no table says it


@dataclass(frozen=True, slots=True)
class Event:
    """One article's claim of one event, tied to the characters that state it."""

    id: str
    type: str
    kind: str
    factuality: str
    roles: Mapping[str, tuple[str, ...]]
    evidence: tuple[Span, ...]
    status: str | None = None
    date: str | None = None  # EDTF: 2024-11-07, 2024-11 or 2024
    date_end: str | None = None
    date_text: str | None = None  # the words of the date, kept where it stays unresolved
    quote: str | None = None
    more_quotes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    count: int | None = None
    fillers: tuple[Filler, ...] = ()
    attributed_to: tuple[str, ...] = ()  # entities that vouch for the claim; none: the article itself
    rule: str = "hand"  # the rule or model that found it; `hand` where a person wrote it
    confidence: float = 1.0  # share of claims with this figure that are right on the dev corpus


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says."""

    article: Article
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    mentions: tuple[Mention, ...] = field(default=())
