"""What an article has named so far: entities, offices, pairs, subjects; and what a later phrase refers back to."""

from dataclasses import dataclass, field

from kg.authority import Authority
from kg.model import Entity, Mention
from kg.reading.lexicon import Lexicon
from kg.reading.scan import Phrase
from kg.reading.words import fold, words

GENERIC_ORGS = {
    "وزاره",
    "شركه",
    "منظمه",
    "حركه",
    "حزب",
    "مجلس",
    "وكاله",
    "صحيفه",
    "اتحاد",
    "مجموعه",
    "جماعه",
    "صندوق",
    "جيش",
    "محكمه",
    "حلف",
    "هييه",
    "لجنه",
    "تنظيم",
    "قناه",
    "مفوضيه",
    "بنك",
    "موسسه",
    "ميليشيا",
}
OFFICE_ROLES = {
    "رييس": "president",
    "رييسه": "president",
    "عاهل": "king",
    "ملك": "king",
    "امير": "emir",
    "مرشد": "supreme_leader",
    "رييس وزراء": "prime_minister",
    "رييسه وزراء": "prime_minister",
    "رييس حكومه": "prime_minister",
    "مستشار": "chancellor",
    "مستشاره": "chancellor",
    "وزير خارجيه": "foreign_minister",
    "وزير دفاع": "defence_minister",
    "ولي": "crown_prince",
}


@dataclass(slots=True)
class Known:
    """One entity as the memory holds it while an article is read."""

    id: str
    type: str
    name: str
    forms: dict[str, None]
    row: Authority | None = None
    country: str | None = None
    gender: str = ""
    head: str = ""  # key of the office or organisation noun
    title: str = ""  # keys of the title that introduced a person
    candidates: tuple[str, ...] = ()
    method: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)


class Memory:
    """The entities of one article; local to one reading and read front to back."""

    def __init__(self, lexicon: Lexicon, published: str | None) -> None:
        self.lexicon = lexicon
        self.published = published
        self.known: list[Known] = []
        self.by_row: dict[str, Known] = {}
        self.persons: list[Known] = []
        self.recent: list[Known] = []  # actors in the order of their last mention
        self.pair: tuple[str, ...] = ()  # ids of the two parties last named together
        self.silenced = False  # whether somebody unnamed spoke last, so that a participle has no subject we know
        self.focus: Known | None = None  # the actor of the sentence that «بلاده» goes back to
        self.company: dict[str, tuple[str, ...]] = {}  # a subject's id to those it acted with
        self.medium: Known | None = None  # the agency that passes on what stands next
        self.subjects: list[Known] = []  # subjects of clauses, the latest last

    # ---- making entities

    def add(self, kind: str, name: str, **more: object) -> Known:
        """A new entity."""
        known = Known(f"e{len(self.known) + 1}", kind, name, {}, **more)  # type: ignore[arg-type]
        self.known.append(known)
        return known

    def of_row(self, key: str) -> Known:
        """The entity of an authority row."""
        if key not in self.by_row:
            row = self.lexicon.authorities[key]
            known = self.add(
                row.type,
                row.names["ar"],
                row=row,
                country=row.country,
                method="table name",
                gender=row.extra.get("gender", ""),
            )
            self.by_row[key] = known
            if row.type == "Person":
                self.persons.append(known)
        return self.by_row[key]

    def get(self, ident: str) -> Known:
        """The entity of an id."""
        return self.known[int(ident[1:]) - 1]

    # ---- reference

    def resolve(self, phrase: Phrase) -> tuple[Known, ...]:
        """What a phrase refers to; nothing where the memory cannot tell."""
        found = getattr(self, "_" + phrase.kind)(phrase)
        for known in found:
            self.note(known, phrase)
        return found

    def note(self, known: Known, phrase: Phrase) -> None:
        """Remember a mention."""
        if phrase.kind not in {"pair", "own", "again"}:
            known.forms.setdefault(phrase.surface)
        known.spans.append((phrase.char_start, phrase.char_end))
        if phrase.country and known.type == "Person" and not known.country:
            known.country = phrase.country
        if phrase.head and known.type == "Person" and phrase.head != "نظير":
            known.head = phrase.head
        if phrase.title and known.type == "Person":
            known.title = phrase.title
        if phrase.gender and not known.gender:
            known.gender = phrase.gender
        if known in self.recent:
            self.recent.remove(known)
        self.recent.append(known)

    def stand_in(self, ident: str, start: int, end: int, text: str) -> None:
        """Give an entity that no words name the words that stand for it («بلاده», a president who signs for his state)."""
        known = self.get(ident)
        if not known.forms:
            known.forms.setdefault(text[start:end])
            known.spans.append((start, end))

    def touch(self, key: str, start: int, end: int, form: str) -> None:
        """Remember a table name or adjective that stands inside a larger phrase."""
        known = self.of_row(key)
        known.forms.setdefault(form)
        known.spans.append((start, end))

    def _name(self, phrase: Phrase) -> tuple[Known, ...]:
        if phrase.keys:
            chosen = self.choose(phrase)
            return (self.of_row(chosen),) if self.backed(phrase, chosen) else ()
        return (self.place(phrase.name),)

    def backed(self, phrase: Phrase, key: str) -> bool:
        """Whether a form that is also an everyday word (صور, مشهد) is its name here: its country is spoken of."""
        if phrase.end - phrase.start > 1 or fold(phrase.surface) not in self.lexicon.everyday:
            return True
        return key in self.by_row or self.lexicon.authorities[key].country in self.by_row

    def choose(self, phrase: Phrase) -> str:
        """The row that a name of several rows means here: one the article has named, else one of its countries', else the first."""
        if "\u0651" in phrase.surface:  # عمّان with its shadda is the city
            return next((k for k in phrase.keys if self.lexicon.authorities[k].type == "Place"), phrase.keys[0])
        named = [key for key in phrase.keys if key in self.by_row]
        if named:
            return named[0]
        countries = {known.country for known in self.recent}
        near = [key for key in phrase.keys if self.lexicon.authorities[key].country in countries]
        return (near or list(phrase.keys))[0]

    def place(self, name: str) -> Known:
        """A place that no table knows."""
        wanted = fold(name)
        for known in self.known:
            if known.type == "Place" and known.row is None and fold(known.name) == wanted:
                return known
        return self.add("Place", name, method="model")

    def _person(self, phrase: Phrase) -> tuple[Known, ...]:
        known = self.person_named(phrase)
        return (known,)

    def person_named(self, phrase: Phrase) -> Known:
        """The person of a name: one named before whose name ends so, else a table row, else somebody new."""
        if phrase.keys:
            before = [self.by_row[k] for k in phrase.keys if k in self.by_row]
            return before[0] if before else self.of_row(self.choose(phrase))
        mine = name_keys(phrase.name)
        for known in reversed(self.persons):
            if same_person(mine, [name_keys(form) for form in (known.name, *known.forms)]):
                if len(mine) > len(name_keys(known.name)) and known.row is None:
                    known.name = phrase.name
                return known
        known = self.add(
            "Person", phrase.name, country=phrase.country, gender=phrase.gender, head=phrase.head, method="model"
        )
        self.persons.append(known)
        return known

    def _office(self, phrase: Phrase) -> tuple[Known, ...]:
        held = self.holder(phrase) if definite(phrase) else None
        if held is not None:
            return (held,)
        known = self.titled(phrase) or self.add(
            "Person",
            phrase.surface,
            country=phrase.country,
            gender=phrase.gender,
            head=phrase.head,
            method="office without a name",
        )
        return (known,)

    def titled(self, phrase: Phrase) -> Known | None:
        """An unnamed office holder of the same words, named before."""
        return next(
            (k for k in self.known if k.type == "Person" and k.row is None and fold(k.name) == fold(phrase.surface)),
            None,
        )

    def holder(self, phrase: Phrase) -> Known | None:
        """Who holds an office: the person last named with that title and country, or that title alone."""
        for known in reversed(self.recent):
            if known.type != "Person" or not same_office(known.head, phrase.head) or not same_tail(known, phrase):
                continue
            if phrase.country is None or known.country == phrase.country:
                return known
        if phrase.country and phrase.head in OFFICE_ROLES:
            return self.office_of(OFFICE_ROLES[phrase.head], phrase.country)
        return None

    def office_of(self, role: str, country: str) -> Known | None:
        """A person named before who, by the tables, holds or held the office; else the holder at the article's date."""
        for known in reversed(self.recent):
            if known.row and any(o.role == role and o.at == country for o in known.row.offices):
                return known
        if self.published is None:
            return None
        for row in self.lexicon.authorities.values():
            for office in row.offices if row.type == "Person" else ():
                if office.role == role and office.at == country and in_term(office.since, office.until, self.published):
                    return self.of_row(row.key)
        return None

    def _org(self, phrase: Phrase) -> tuple[Known, ...]:
        if phrase.end - phrase.start == 1 and not phrase.tagged:
            return self.generic_org(phrase)
        if (row := self.ministry(phrase)) is not None:
            return (self.of_row(row),)
        wanted = set(name_keys(phrase.name))
        for known in self.known:
            if known.type == "Organization" and (
                set(name_keys(known.name)) == wanted or any(set(name_keys(f)) == wanted for f in known.forms)
            ):
                return (known,)
        for known in self.known:
            mine = set(name_keys(known.name))
            if known.type == "Organization" and known.head == phrase.head and (mine < wanted or wanted < mine):
                return (known,)
        return (
            self.add(
                "Organization",
                phrase.name,
                country=phrase.country,
                gender=phrase.gender,
                head=phrase.head,
                method="head noun" if not phrase.tagged else "model",
            ),
        )

    def ministry(self, phrase: Phrase) -> str | None:
        """The row of a ministry named without its state: «وزارة الدفاع», «وزارة خارجيتها» in an article on that state."""
        if phrase.head != "وزاره" or phrase.country:
            return None
        words_after = [
            stem for key in name_keys(phrase.name)[1:2] for stem in (key, key.removesuffix("ها").removesuffix("ه"))
        ]
        fields = {"ال" + w.removeprefix("ال").removesuffix("ت") for w in words_after} | {
            "ال" + w.removeprefix("ال")[:-1] + "ه" for w in words_after
        }
        for known in (*([self.focus] if self.focus else []), *reversed(self.subjects)):
            country = self.country_of(known)
            adjective = self.lexicon.adjectives.get(country.row.key) if country is not None and country.row else None
            for name in self.lexicon.names.get("وزاره", ()) if adjective else ():
                if len(name.keys) == 3 and name.keys[1] in fields and name.keys[2] == "ال" + fold(adjective or ""):
                    return name.rows[0]
        return None

    def generic_org(self, phrase: Phrase) -> tuple[Known, ...]:
        """«الوزارة», «الشركة»: the organisation of that kind last named."""
        for known in reversed(self.recent):
            keys = {k.removeprefix("ال") for k in name_keys(known.name + " " + " ".join(known.forms))}
            if known.type == "Organization" and phrase.head in keys:
                return (known,)
        country = next(
            (k.country for k in (*([self.focus] if self.focus else []), *reversed(self.subjects)) if k.country), None
        )
        return (
            self.add(
                "Organization",
                phrase.surface,
                country=country,
                head=phrase.head,
                gender=phrase.gender,
                method="head noun",
            ),
        )

    def _nation(self, phrase: Phrase) -> tuple[Known, ...]:
        return (self.of_row(phrase.country),) if phrase.country else ()

    def _pair(self, phrase: Phrase) -> tuple[Known, ...]:
        wants = {
            "بلد": "Country",
            "دول": "Country",
            "رييس": "Person",
            "وزير": "Person",
            "زعيم": "Person",
            "قايد": "Person",
        }
        kind = next((t for stem, t in wants.items() if stem in fold(phrase.surface)), None)
        members = [self.get(i) for i in self.pair]
        if kind == "Country":
            members = [c for m in members if (c := self.country_of(m)) is not None]
        if kind == "Person" and any(m.type != "Person" for m in members):
            persons = [k for k in reversed(self.recent) if k.type == "Person"][:2]
            members = persons[::-1] if len(persons) == 2 else members
        if len(members) != 2:
            states = {
                c.id: c for k in reversed(self.recent) if k.type != "Place" and (c := self.country_of(k)) is not None
            }
            recent = [k for k in reversed(self.recent) if k.type == kind] if kind == "Person" else list(states.values())
            members = recent[:2][::-1]
        return tuple(members) if len({m.id for m in members}) == 2 else ()

    def _own(self, phrase: Phrase) -> tuple[Known, ...]:
        for known in (*([self.focus] if self.focus else []), *reversed(self.subjects)):
            country = self.country_of(known)
            if country is not None:
                return (country,)
        return ()

    def _counterpart(self, phrase: Phrase) -> tuple[Known, ...]:
        subject = next((k for k in reversed(self.recent) if k.type == "Person"), None)
        if subject is not None and phrase.country:
            for known in self.persons:
                if (
                    known is not subject
                    and known.country == phrase.country
                    and known.head
                    and known.head == subject.head
                ):
                    return (known,)
        known = self.titled(phrase) or self.add(
            "Person", phrase.surface, country=phrase.country, gender="m", method="counterpart"
        )
        return (known,)

    def _source(self, phrase: Phrase) -> tuple[Known, ...]:
        known = self.titled(phrase) or self.add(
            "Person", phrase.surface, country=phrase.country, gender="m", head=phrase.head, method="unnamed source"
        )
        return (known,)

    def surnames(self) -> frozenset[tuple[str, ...]]:
        """Last names by which the persons named so far may be called."""
        return frozenset(
            last for known in self.persons for form in (known.name, *known.forms) if (last := last_name(form))
        )

    def _again(self, phrase: Phrase) -> tuple[Known, ...]:
        """«المصدر», «المسؤول الروسي»: the source or person last named, of that country where one is said."""
        for known in reversed(self.recent):
            fits = known.head in {"مصدر", "مصادر", "دبلوماسي"} if phrase.head in {"مصدر", "مصادر", "دبلوماسي"} else True
            if known.type == "Person" and fits and (phrase.country is None or known.country == phrase.country):
                return (known,)
        return ()

    # ---- relations

    def country_of(self, known: Known) -> Known | None:
        """The country an entity acts for."""
        if known.type == "Country":
            return known
        if known.row is not None and known.row.key in self.lexicon.capitals:
            return self.of_row(self.lexicon.capitals[known.row.key])
        if known.country and known.country in self.lexicon.authorities and known.type != "Place":
            return self.of_row(known.country)
        return None

    def acting(self, known: Known) -> Known:
        """Who acts where a name fills an actor's role: a capital stands for its country."""
        if known.type == "Place" and known.row is not None and known.row.key in self.lexicon.capitals:
            country = self.of_row(self.lexicon.capitals[known.row.key])
            for form in known.forms:
                country.forms.setdefault(form)
            return country
        return known

    def together(self, known: Known) -> tuple[Known, ...]:
        """A subject with those that acted with it."""
        return tuple(self.get(i) for i in self.company.get(known.id, (known.id,)))

    def subject(self, known: Known, company: tuple[Known, ...] = ()) -> None:
        """Remember a clause's subject, alone or in company, for dropped subjects and «بلاده»."""
        self.company.pop(known.id, None)
        if len(company) > 1:
            self.company[known.id] = tuple(member.id for member in company)
        self.silenced = False
        if known in self.subjects:
            self.subjects.remove(known)
        self.subjects.append(known)

    def dropped(self, gender: str) -> Known | None:
        """The subject that a verb without one goes on with: the last clause's, if the gender agrees."""
        for known in reversed(self.subjects[-3:] if not self.silenced else ()):
            if agrees(self.gender_of(known), gender):
                return known
        return None

    def gender_of(self, known: Known) -> str:
        """Grammatical gender of an entity; a country is feminine but for a few."""
        if known.type == "Country" and known.row is not None:
            return "m" if known.row.key in MASCULINE_COUNTRIES else "f"
        return known.gender

    def join(self, members: tuple[Known, ...]) -> None:
        """Remember two parties named together."""
        if len(members) == 2 and members[0] is not members[1]:
            self.pair = tuple(m.id for m in members)

    # ---- the result

    def entities(self) -> tuple[Entity, ...]:
        """The entities of the article that were mentioned."""
        return tuple(entity(known) for known in self.known if known.forms)

    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in the order of the text."""
        spans = {(start, end, known.id) for known in self.known if known.forms for start, end in known.spans}
        return tuple(Mention(*span) for span in sorted(spans))


MASCULINE_COUNTRIES = frozenset(
    {"iraq", "lebanon", "jordan", "morocco", "sudan", "yemen", "somalia", "vatican", "south-sudan", "chad", "niger"}
)


MANY_HELD = frozenset(
    fold(w)
    for w in "متحدث متحدثة ناطق ناطقة مبعوث مبعوثة حاكم محافظ قائد مدير مديرة مستشار مستشارة أمين سفير سفيرة نائب ممثل مندوب مفوض عضو مساعد وكيل منسق".split()
)


def same_tail(known: Known, phrase: Phrase) -> bool:
    """Whether an office of which there are many is the very one: bare, or all its words in the title that introduced its holder."""
    keys = [k.removeprefix("ال") for k in name_keys(phrase.surface)]
    if len(keys) == 1 or not keys or phrase.head.split()[0] not in MANY_HELD:
        return True
    return set(keys) <= {k.removeprefix("ال") for k in known.title.split()}


def definite(phrase: Phrase) -> bool:
    """Whether an office is a certain one: with its article, or of something definite; «متحدث أوروبي» is anybody."""
    keys = name_keys(phrase.surface)
    return (
        keys[0].startswith(("ال", "لل"))
        or len(keys) > 1
        and (keys[1].startswith(("ال", "لل")) or phrase.country is not None and not keys[1].endswith(("ي", "يه")))
    )


def same_office(held: str, asked: str) -> bool:
    """Whether an office held answers to a title: the same, or the bare title of it («الوزير» for a minister of something)."""
    return bool(held) and (held == asked or held.split()[0] == asked)


def agrees(one: str, other: str) -> bool:
    """Whether two genders agree; an unknown one agrees with all."""
    return not one or not other or one == other


def in_term(since: str, until: str, day: str) -> bool:
    """Whether a day lies in a term of office given to whatever precision."""
    return bool(since) and since <= day and (not until or day[: len(until)] <= until)


def name_keys(name: str) -> tuple[str, ...]:
    """Keys of a name's words."""
    return tuple(w.key for w in words(name) if w.is_word)


LINKS = frozenset(fold(w) for w in "بن ابن أبو آل عبد فون دي دير لا فان دو دوس بو ولد".split())


def last_name(name: str) -> tuple[str, ...]:
    """The last word of a name of two or more, with the particles that belong to it (بن سلمان, آل ثاني, فون دير لاين)."""
    keys = name_keys(name)
    if len(keys) < 2:
        return ()
    start = len(keys) - 1
    while start > 1 and keys[start - 1] in LINKS:
        start -= 1
    return keys[start:] if len(keys[-1]) > 2 or start < len(keys) - 1 else ()


def same_person(mine: tuple[str, ...], theirs: list[tuple[str, ...]]) -> bool:
    """Whether a name is one of a person's: the same words, or the last ones of it."""
    return any(
        mine and other and (mine == other or mine == other[-len(mine) :] or other == mine[-len(other) :])
        for other in theirs
    )


def entity(known: Known) -> Entity:
    """The record of an entity."""
    row = known.row
    return Entity(
        id=known.id,
        type=known.type,
        surface_forms=tuple(known.forms),
        name_ar=row.names["ar"] if row else known.name,
        name_en=row.names.get("en") if row else None,
        wikidata=row.qid if row else None,
        key=row.key if row else None,
        candidates=known.candidates,
        link_method=known.method or None,
    )
