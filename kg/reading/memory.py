"""What an article has named so far: its entities, who spoke or acted last, which two were named together."""

from collections.abc import Iterator
from itertools import islice

from kg.authority import Authority
from kg.model import Entity, Mention
from kg.reading.directory import Directory
from kg.reading.known import Known, agrees
from kg.reading.lexicon import Lexicon
from kg.reading.scan import Phrase
from kg.reading.words import SHAPES, fold

RECALL = 500  # entities back to which a phrase may refer, so that time stays linear in the length of the text
WORDLESS = frozenset({"pair", "own", "again"})  # kinds of phrases that are no names of what they refer to


class Memory:
    """The entities of one article; local to one reading and read front to back."""

    def __init__(self, lexicon: Lexicon, published: str | None) -> None:
        self.lexicon = lexicon
        self.published = published
        self.known: list[Known] = []
        self.by_row: dict[str, Known] = {}
        self.directory = Directory()
        self.recent: dict[str, Known] = {}  # by id, in the order of their last mention
        self.subjects: dict[str, Known] = {}  # of clauses, by id, the latest last
        self.speakers: dict[str, Known] = {}  # of statements, by id, the latest last
        self.company: dict[str, tuple[str, ...]] = {}  # a subject's id to the ids of those it acted with
        self.pair: tuple[str, ...] = ()  # ids of the two parties last named together
        self.silenced = False  # whether somebody unnamed spoke last, so that a participle has no subject we know
        self.focus: Known | None = None  # the actor of the sentence that «بلاده» goes back to
        self.medium: Known | None = None  # the agency that passes on what stands next
        self.official: Known | None = None  # the state of which an unnamed official spoke last
        self.delegation: Known | None = None  # who sent the delegation named last
        self.opposed: Known | None = None  # whom the sentence names behind «ضد»: no partner of the others

    # ---- entities and their mentions

    def add(
        self,
        kind: str,
        name: str,
        method: str,
        *,
        like: Phrase | None = None,
        row: Authority | None = None,
        named: bool = False,
    ) -> Known:
        """A new entity; `like` tells its country, gender and head noun."""
        known = Known(len(self.known) + 1, kind, name.translate(SHAPES), method, row, named=named)
        if like is not None:
            known.country, known.gender, known.head = like.country, like.gender, like.head
        if row is not None:
            known.country, known.gender = row.country, row.extra.get("gender", "")
        self.known.append(known)
        self.directory.add(known)
        return known

    def of_row(self, key: str) -> Known:
        """The entity of an authority row."""
        if key not in self.by_row:
            row = self.lexicon.authorities[key]
            self.by_row[key] = self.add(row.type, row.names["ar"], "table name", row=row, named=row.type == "Person")
        return self.by_row[key]

    def get(self, ident: str) -> Known:
        """The entity of an id."""
        return self.known[int(ident[1:]) - 1]

    def call(self, known: Known, form: str, *, named: bool = True) -> None:
        """Note a form by which an entity is called; an office is no name of who holds it."""
        if form not in known.forms:
            known.forms[form] = None
            if named or known.type != "Person":
                self.directory.call(known, form)

    def mention(self, known: Known, start: int, end: int, form: str) -> Known:
        """Note a mention of an entity: the characters and what they say."""
        self.call(known, form)
        known.spans.append((start, end))
        return known

    def touch(self, key: str, start: int, end: int, form: str) -> Known:
        """Note a table name or adjective that stands inside a larger phrase, or alone behind a noun."""
        return self.mention(self.of_row(key), start, end, form)

    def stand_in(self, ident: str, start: int, end: int, text: str) -> None:
        """Give an entity that no words name the words that stand for it («بلاده», who signs for a state)."""
        known = self.get(ident)
        if not known.forms:
            self.mention(known, start, end, text[start:end])

    def note(self, known: Known, phrase: Phrase) -> None:
        """Remember that a phrase refers to an entity, and what it tells of it."""
        if phrase.kind not in WORDLESS:
            self.call(known, phrase.surface, named=phrase.kind == "person")
        known.spans.append((phrase.char_start, phrase.char_end))
        if known.type == "Person":
            known.country = known.country or phrase.country
            named = phrase.head not in {"", "نظير"} and phrase.kind != "again"
            known.head = phrase.head if named else known.head
            known.title = phrase.title or known.title
            known.described = phrase.described or known.described
        known.gender = known.gender or phrase.gender
        latest(self.recent, known)

    def newest(self, *kinds: str) -> Iterator[Known]:
        """The entities of some types, or of any, the one mentioned last first."""
        return (known for known in reversed(self.recent.values()) if not kinds or known.type in kinds)

    def seat(self, known: Known) -> Known:
        """The building of a presidency that is named as a place: «في البيت الأبيض»; else the entity itself."""
        if known.row is None or known.row.extra.get("kind") != "presidency":
            return known
        if (building := f"{known.row.key}-building") in self.lexicon.authorities:
            return self.of_row(building)
        name = known.row.names["ar"]
        return self.directory.places.get(fold(name)) or self.add("Place", name, "seat")

    # ---- who acts

    def country_of(self, known: Known) -> Known | None:
        """The country an entity acts for."""
        if known.type == "Country":
            return known
        if known.row is not None and known.row.key in self.lexicon.capitals:
            return self.of_row(self.lexicon.capitals[known.row.key])
        if known.country and known.country in self.lexicon.authorities and known.type != "Place":
            return self.of_row(known.country)
        return None

    def side(self, known: Known) -> Known | None:
        """For whom an entity fights: a person for the armed group that he serves, else his state."""
        return self.of_row(known.group) if known.group else self.country_of(known)

    def acting(self, known: Known) -> Known:
        """Who acts where a name fills an actor's role: a capital stands for its country."""
        if known.type == "Place" and known.row is not None and known.row.key in self.lexicon.capitals:
            country = self.of_row(self.lexicon.capitals[known.row.key])
            for form in known.forms:
                self.call(country, form)
            return country
        return known

    def represented(self, known: Known) -> Known | None:
        """For whom somebody signs: a person for a group or country, a capital for its state; a place is no party."""
        acting = self.acting(known)
        if acting.type == "Person":
            return self.side(acting) or acting
        return None if acting.type == "Place" else acting

    # ---- subjects

    def subject(self, known: Known, company: tuple[Known, ...] = ()) -> None:
        """Remember a clause's subject, alone or in company, for dropped subjects and «بلاده»."""
        self.company.pop(known.id, None)
        if len(company) > 1:
            self.company[known.id] = tuple(member.id for member in company)
        self.silenced = False
        latest(self.subjects, known)

    def spoke(self, known: Known) -> None:
        """Remember who made a statement, for «البيان»."""
        latest(self.speakers, known)

    def last_speakers(self) -> Iterator[Known]:
        """The speakers of statements, the latest first, and then the subjects of clauses."""
        yield from reversed(self.speakers.values())
        yield from self.last_subjects()

    def together(self, known: Known) -> tuple[Known, ...]:
        """A subject with those that acted with it."""
        return tuple(self.get(i) for i in self.company.get(known.id, (known.id,)))

    def last_subjects(self) -> Iterator[Known]:
        """The subjects of clauses, the latest first."""
        return reversed(self.subjects.values())

    def own_side(self) -> Iterator[Known]:
        """Whom «بلاده» may go back to: the actor of the sentence so far, then the subjects before."""
        if self.focus is not None:
            yield self.focus
        yield from self.last_subjects()

    def dropped(self, gender: str, at: int | None = None, number: str = "") -> Known | None:
        """The subject that a verb without one goes on with: the last clause's that is named before `at` and agrees."""
        if self.silenced:
            return None
        near = (k for k in self.last_subjects() if at is None or (k.spans and k.spans[0][0] < at))
        return next((k for k in islice(near, 3) if agrees(k.agreeing, gender) and self.counted(k, number)), None)

    def counted(self, known: Known, number: str) -> bool:
        """Whether a subject can be that of a verb of this number: «وأكدوا» is no single person, «وأكد» no company."""
        together = known.id in self.company
        return known.type != "Person" or {"s": not together, "p": together}.get(number, True)

    def lands(self) -> dict[str, str]:
        """Id of each place that the tables know to the id of its state, where the article names that too."""
        states = {key: known.id for key, known in self.by_row.items() if known.type == "Country"}
        places = (known for known in self.by_row.values() if known.type == "Place" and known.row is not None)
        return {p.id: states[p.row.country] for p in places if p.row is not None and p.row.country in states}

    def join(self, members: tuple[Known, ...]) -> None:
        """Remember two parties named together; two towns are none."""
        towns = all(known.type == "Place" and self.represented(known) is None for known in members)
        if len(members) == 2 and members[0] is not members[1] and not towns:
            self.pair = tuple(m.id for m in members)

    # ---- the result

    def entities(self) -> tuple[Entity, ...]:
        """The entities of the article that were mentioned."""
        return tuple(known.entity() for known in self.known if known.forms)

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in the order of the text."""
        spans = {(start, end, known.id) for known in self.known if known.forms for start, end in known.spans}
        return tuple(Mention(*span) for span in sorted(spans))


def latest(order: dict[str, Known], known: Known) -> None:
    """Put an entity at the end of an order, and let what lies too far back go."""
    order.pop(known.id, None)
    order[known.id] = known
    if len(order) > RECALL:
        del order[next(iter(order))]
