"""Varied articles and their readings, made from a seed: every type, kind, role, status and factuality comes up.

They are no language: each sentence is a list of names. What counts is that records of every shape pass through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from kg.authority import Authority, authorities
from kg.model import (
    FACTUALITIES,
    KINDS,
    ROLES,
    STATUSES,
    Article,
    Entity,
    Event,
    Filler,
    Mention,
    Reading,
    Sentence,
    Span,
)

ACTORS = ("Person", "Organization", "Country")
PLACES = ("Place", "Country")
ANY = ("Person", "Organization", "Country", "Place")
FITTING = {"place": PLACES, "about": ANY, "target": ANY}
REQUIRED = {
    "Agreement": ("party",),
    "Statement": ("speaker",),
    "MilitaryAction": ("agent", "target"),
    "Meeting": ("participant",),
    "Sanction": ("imposer", "target"),
    "DiplomaticAction": ("agent", "target"),
}
DATES = ((None, None), ("2024", None), ("2023-02", None), ("2025-11-07", None), ("2024-02-28", "2024-03"))
ODD = ("«قول»", "a \"b\" <c> & 'd' ]]>", "سطر\nثان", "тест\tряд", "\u200fمن اليمين\u200e", "\\u0041 \\", "😀")
IDS = ("one", "مقالة", "a b", "c#d", "e%20f", "g,h=i", "j'k(l)", "0")
LANGUAGES = ("ar", "en", "es", "ru", "fr", None)


@dataclass
class Draft:
    """A text that grows, with the places of what is written into it."""

    chance: Random
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)

    def write(self, words: str) -> Span:
        """Add words to the text."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def name(self, types: tuple[str, ...]) -> Mention:
        """Name an entity of one of the types, known or not."""
        entity = self.entity(self.chance.choice(types))
        span = self.write(self.chance.choice(entity.surface_forms))
        self.write(" ")
        mention = Mention(span.start, span.end, entity.id)
        self.mentions.append(mention)
        return mention

    def entity(self, type_: str) -> Entity:
        """An entity of the tables, now and then one that they do not know or cannot tell."""
        rows = by_type()[type_]
        row = self.chance.choice(rows)
        kind = self.chance.random()
        identifier = f"{type_}-{row.key}" if kind > 0.2 else f"{type_}-stranger{self.chance.randrange(20)}"
        if identifier not in self.entities:
            self.entities[identifier] = known(identifier, row) if kind > 0.2 else self.stranger(identifier, type_, rows)
        return self.entities[identifier]

    def stranger(self, identifier: str, type_: str, rows: list[Authority]) -> Entity:
        """An entity without a link; every second one could be one of two rows."""
        name = f"مجهول {identifier.rpartition('stranger')[2]}"
        candidates = (
            tuple(sorted({row.key for row in self.chance.sample(rows, 2)})) if self.chance.random() < 0.5 else ()
        )
        return Entity(identifier, type_, (name,), name, None, None, None, candidates, "no row of this name")

    def sentence(self, start: int) -> None:
        """End the sentence that began there."""
        self.write(".")
        text, number = self.text[start:], len(self.sentences)
        part = self.chance.choice(("body", "body", "heading", "dateline", "recap", "boilerplate"))
        language = self.chance.choice(("ar", "ar", "en", "und"))
        self.sentences.append(Sentence(start, len(self.text), text, language, part, number // 2))
        self.write("\n\n")


def known(identifier: str, row: Authority) -> Entity:
    names = (row.names["ar"], *row.variants[:1])
    return Entity(identifier, row.type, names, row.names["ar"], row.names.get("en"), row.qid, row.key, (), "name")


def by_type() -> dict[str, list[Authority]]:
    """Some rows of each type of the tables."""
    rows = sorted(authorities().values(), key=lambda row: row.key)
    return {type_: [row for row in rows if row.type == type_ and row.names.get("ar")][::7] for type_ in ANY}


def readings(number: int, seed: int = 7, events: int = 3) -> Iterator[Reading]:
    """So many readings of so many events each; the same ones for the same seed."""
    shapes = [(type_, kind) for type_, kinds in KINDS.items() for kind in kinds]
    for article in range(number):
        chance = Random(f"{seed} {article}")
        draft = Draft(chance)
        chosen = [shapes[(article * events + place) % len(shapes)] for place in range(events)]
        made = [event(draft, f"ev{place}", *shape) for place, shape in enumerate(chosen, start=1)]
        yield finished(draft, made, article)


def event(draft: Draft, identifier: str, type_: str, kind: str) -> Event:
    """An event in a sentence of its own."""
    chance, start = draft.chance, len(draft.text)
    roles = [role for role in ROLES[type_] if role in REQUIRED[type_] or chance.random() < 0.5]
    fillers = tuple(
        Filler(role, mention.entity, mention.start, mention.end)
        for role in roles
        for _ in range(chance.randint(1, 2))
        for mention in [draft.name(FITTING.get(role, ACTORS))]
    )
    odd = chance.choice(ODD) if chance.random() < 0.5 else None
    if odd:
        draft.write(odd)
    draft.sentence(start)
    filled = {role: tuple(dict.fromkeys(one.entity for one in fillers if one.role == role)) for role in roles}
    date, end = chance.choice(DATES)
    made = Event(identifier, type_, kind, chance.choice(FACTUALITIES), filled, (Span(start, len(draft.text) - 2),))
    made = replace(made, fillers=fillers, date=date, date_end=end, confidence=round(chance.random(), 2), rule="made")
    if chance.random() < 0.3:
        made = replace(made, attributed_to=(draft.entity("Organization").id,), date_text="الأسبوع الماضي")
    if type_ == "Agreement":
        made = replace(
            made, status=chance.choice(STATUSES), subjects=(odd or "النفط", "الغاز"), count=chance.choice((None, 3))
        )
    return replace(made, quote=odd, more_quotes=("ثان",)) if type_ == "Statement" and odd else made


def finished(draft: Draft, events: list[Event], number: int) -> Reading:
    chance = draft.chance
    article = Article(
        f"{IDS[number % len(IDS)]}-{number}",
        draft.text,
        chance.choice((None, "2024", "2025-03-01")),
        chance.choice((None, "من الصفحة")),
        chance.choice(LANGUAGES),
        chance.choice((None, f"https://example.org/news?id={number}&lang=ar")),
        chance.choice((None, *ODD)),
        chance.choice((None, *ODD)),
    )
    return Reading(
        article, tuple(draft.sentences), tuple(draft.entities.values()), tuple(events), tuple(draft.mentions)
    )
