"""What a phrase refers to: a rule for each kind of phrase; nothing where the memory cannot tell."""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from types import MappingProxyType

from kg.reading.known import Known, agrees, bare_keys, name_keys
from kg.reading.memory import Memory
from kg.reading.name_features import given_names
from kg.reading.offices import definite, holder
from kg.reading.scan import Phrase
from kg.reading.words import fold, keyset

PLACING = keyset("في مع من إلى بين تجاه ضد على")  # prepositions before a state and before no adjective
PLACING_ONLY = keyset("في من إلى")
LISTED = 3  # characters between two names of a list: a space, a comma and «و»
Rule = Callable[[Memory, Phrase], tuple[Known, ...]]
SHADDA = "\u0651"
SPEAKERS = frozenset({"سمو", "متحدث", "متحدثه", "ناطق", "ناطقه"})
DELEGATION = fold("وفد")
TOWN = fold("مدينة")
OFFICIAL = fold("مسؤول")
SOURCES = frozenset({"مصدر", "مصادر", "دبلوماسي"})
DIPLOMATS = keyset("سفير سفيرة قنصل مبعوث مبعوثة مندوب مندوبة") | {"وزير خارجيه", "وزيره خارجيه"}
PAIRED_PERSONS = ("رييس", "وزير", "زعيم", "قايد")
PAIRED_STATES = ("بلد", "دول")


def resolve(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """The entities of a phrase, its mention noted."""
    found = RULES[phrase.kind](memory, phrase)
    for known in found:
        memory.note(known, phrase)
    return found


def name(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """A name of the tables, or a place that the model found."""
    if not phrase.keys:
        place = memory.directory.places.get(fold(phrase.name))
        person = memory.directory.person(name_keys(phrase.name)) if phrase.preposition not in PLACING_ONLY else None
        return (place or person or memory.add("Place", phrase.name, "model"),)
    chosen = choose(memory, phrase)
    return (memory.of_row(chosen),) if backed(memory, phrase, chosen) else ()


def backed(memory: Memory, phrase: Phrase, key: str) -> bool:
    """Whether a form that is also an everyday word (صور, مشهد) is its name here: its country is spoken of."""
    form = fold(phrase.surface)
    if phrase.end - phrase.start > 1 or form not in memory.lexicon.everyday:
        return True
    row = memory.lexicon.authorities[key]
    if row.type == "Country" and phrase.preposition != "ب" and not form.endswith("ي"):
        return True  # «رحبت قطر», but «بقطر 5 أمتار» and «دعم مالي»
    if row.type == "Country" and phrase.preposition in PLACING:
        return True  # «مع مالي», «في مالي»
    if row.type == "Country" and phrase.conjunction and listed_with_state(memory, phrase):
        return True  # «بوركينا فاسو ومالي»
    if phrase.subject:
        return True  # «اتهمت مالي الجزائر»
    if row.extra.get("kind") == "platform" and phrase.preposition in {"علي", "عبر"}:
        return True  # «على إكس»
    capital = memory.lexicon.authorities[row.country].extra.get("capital") if row.country else None
    return not memory.by_row.keys().isdisjoint({key, row.country, capital})


def listed_with_state(memory: Memory, phrase: Phrase) -> bool:
    """Whether a phrase stands right behind the name of a state, or behind a comma after it."""
    near = (known for known in memory.newest("Country", "Place") if known.spans)
    return any(0 <= phrase.char_start - known.spans[-1][1] <= LISTED for known in islice(near, 2))


def choose(memory: Memory, phrase: Phrase) -> str:
    """The row that a name of several rows means: one named before, else one of its countries', else the first."""
    if len(phrase.keys) == 1:
        return phrase.keys[0]
    table = memory.lexicon.authorities
    if SHADDA in phrase.surface:  # عمّان with its shadda is the city
        return next((key for key in phrase.keys if table[key].type == "Place"), phrase.keys[0])
    named = [key for key in phrase.keys if key in memory.by_row]
    if named:
        return named[0]
    countries = {known.country for known in memory.newest()}
    return next((key for key in phrase.keys if table[key].country in countries), phrase.keys[0])


def person(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """The person of a name: one named before whose name ends so, else a table row, else somebody new."""
    if phrase.keys:
        before = [memory.by_row[key] for key in phrase.keys if key in memory.by_row]
        chosen = choose(memory, phrase)
        if before or backed(memory, phrase, chosen):
            return (before[0] if before else memory.of_row(chosen),)
        if not phrase.tagged:
            return ()
    keys = name_keys(phrase.name)
    known = memory.directory.person(keys) or by_given_name(memory, keys)
    if known is None:
        return (memory.add("Person", phrase.name, "model", like=phrase, named=True),)
    if known.row is None and len(keys) > len(name_keys(known.name)):
        memory.directory.rename(known, phrase.name)
    return (known,)


def by_given_name(memory: Memory, keys: tuple[str, ...]) -> Known | None:
    """«الزميلة شيرين», «الشيخ خليفة»: the only person of the article whose name begins with a given name."""
    if len(keys) != 1 or given_names().get(keys[0]) != "name":
        return None
    so_called = [k for k in memory.newest("Person") if k.named and name_keys(k.name)[:1] == keys]
    return so_called[0] if len(so_called) == 1 else None


def office(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """The holder of an office, or somebody who is known by the office alone."""
    held = holder(memory, phrase) if definite(phrase) else None
    return (
        held or titled(memory, phrase) or memory.add("Person", phrase.surface, "office without a name", like=phrase),
    )


def titled(memory: Memory, phrase: Phrase) -> Known | None:
    """An unnamed office holder of the same words, named before."""
    return memory.directory.titled.get(fold(phrase.surface))


def counterpart(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """«نظيره الروسي»: the holder of the same office as the one named last, in another country."""
    last = next(memory.newest("Person"), None)
    if last is not None and last.head and phrase.country:
        same = (k for k in memory.directory.near_persons() if k.country == phrase.country and k.head == last.head)
        found = next((known for known in same if known is not last), None)
        found = found or holder(memory, phrase._replace(head=last.head))
        if found is not None:
            return (found,)
    return (titled(memory, phrase) or unnamed(memory, phrase, "counterpart"),)


def source(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """«مصدر دبلوماسي»: somebody unnamed."""
    known = titled(memory, phrase)
    if known is None:
        known = unnamed(memory, phrase, "unnamed source")
        known.head = phrase.head
    return (known,)


def unnamed(memory: Memory, phrase: Phrase, method: str) -> Known:
    """A new person without a name."""
    known = memory.add("Person", phrase.surface, method)
    known.country, known.gender = phrase.country, "m"
    return known


def again(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """«المصدر», «المسؤول الروسي»: the source or person last named, of that country where one is said."""
    if phrase.head == OFFICIAL and phrase.country is None and memory.official is not None:
        return (memory.official,)
    if phrase.head == TOWN:
        return next(((known,) for known in memory.newest("Place") if of_town(known)), ())
    if phrase.head == DELEGATION:
        return (memory.delegation,) if memory.delegation is not None else ()
    speakers = phrase.head in SPEAKERS
    spoke = memory.last_subjects() if speakers else memory.newest("Person")
    if phrase.head == "دبلوماسي":
        spoke = chain((known for known in memory.last_speakers() if known.type == "Person"), spoke)
    for known in spoke:
        if speakers and known.type == "Person":
            return (known,)
        diplomat = phrase.head == "دبلوماسي" and known.head in DIPLOMATS
        fits = diplomat or known.head in SOURCES or phrase.head not in SOURCES
        if fits and (phrase.country is None or known.country == phrase.country):
            return (known,)
    if phrase.head in {"مصدر", "مصادر"}:
        return source(memory, phrase)
    return (memory.of_row(phrase.country),) if phrase.country else ()


def of_town(known: Known) -> bool:
    """Whether a place is a town: no capital, which in the news is a state more often, no land and no sea."""
    return known.row is None or known.row.extra.get("kind") in {"city", "port"}


def organisation(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """An organisation by its head noun and name, or by the head noun alone."""
    if phrase.end - phrase.start == 1 and not phrase.tagged and len(name_keys(phrase.name)) == 1:
        return (generic(memory, phrase),)
    if phrase.end - phrase.start == 1 and (before := ministry_before(memory, phrase)) is not None:
        return (before,)
    if (row := ministry(memory, phrase)) is not None:
        return (memory.of_row(row),)
    known = memory.directory.organisation(phrase.head, frozenset(name_keys(phrase.name)))
    method = "model" if phrase.tagged else "head noun"
    return (known or memory.add("Organization", phrase.name, method, like=phrase),)


def generic(memory: Memory, phrase: Phrase) -> Known:
    """«الوزارة», «الشركة»: the organisation of that kind last named."""
    for known in memory.newest("Organization"):
        if phrase.head in memory.directory.words[known.number] or (phrase.head in GROUPS and fights(known)):
            return known
    known = memory.add("Organization", phrase.name, "head noun", like=phrase)
    known.country = next((k.country for k in memory.own_side() if k.country), None)
    return known


GROUPS = keyset("جماعة حركة تنظيم ميليشيا مليشيا")
"""Nouns that stand for any armed organisation: «أعلن حزب الله … وقالت الجماعة»."""


def fights(known: Known) -> bool:
    """Whether the tables know an organisation as an armed group."""
    return known.row is not None and known.row.extra.get("kind") == "armed_group"


def ministry(memory: Memory, phrase: Phrase) -> str | None:
    """The row of a ministry named without its state: «وزارة الدفاع», «وزارة خارجيتها» in an article on that state."""
    if phrase.head != "وزاره" or phrase.country or len(name_keys(phrase.name)) > 2:
        return None  # «وزارة الدفاع الوطني» is none of those that the tables call by their state
    fields = tuple(ministry_fields(name_keys(phrase.name)[1:2]))
    for known in memory.own_side():
        country = memory.country_of(known)
        adjective = memory.lexicon.adjectives.get(country.row.key) if country is not None and country.row else None
        for field in fields if adjective else ():
            for one in memory.lexicon.names.get("وزاره", {}).get(field, ()):
                if len(one.keys) == 3 and one.keys[2] == "ال" + fold(adjective or ""):
                    return one.rows[0]
    return None


def ministry_before(memory: Memory, phrase: Phrase) -> Known | None:
    """«الخارجية» alone: the ministry of that field named last."""
    field = bare_keys(phrase.name)
    return next((k for k in memory.newest("Organization") if field <= memory.directory.words[k.number]), None)


def ministry_fields(keys: tuple[str, ...]) -> Iterator[str]:
    """What a ministry's second word may read in the tables: «خارجيتها» is الخارجية."""
    for key in keys:
        for stem in (key, key.removesuffix("ها").removesuffix("ه")):
            bare = stem.removeprefix("ال")
            yield "ال" + bare.removesuffix("ت")
            yield "ال" + bare[:-1] + "ه"


def nation(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """The country of a collective; «الحكومة المالية» is that of Mali only where Mali is spoken of."""
    if phrase.country == "mali" and memory.by_row.keys().isdisjoint({"mali", "bamako"}):
        return ()
    if not phrase.country:
        return ()
    state = memory.of_row(phrase.country)
    memory.official = state if phrase.head.startswith(OFFICIAL) else memory.official
    return (state,)


def own(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """«بلاده», «الحكومة»: the country of the one last spoken of; no envoy of others speaks of a government of his."""
    gender = "f" if phrase.surface.endswith("ها") else "m" if phrase.surface.endswith("بلاده") else ""
    for known in memory.own_side():
        country = memory.country_of(known) if agrees(known.agreeing, gender) else None
        if country is not None and (phrase.head != "حكومه" or serves(known, country)):
            return (country,)
    return ()


def serves(known: Known, country: Known) -> bool:
    """Whether somebody is a state, belongs to one, or holds no office but of it."""
    offices = known.row.offices if known.row is not None and known.type == "Person" else ()
    key = country.row.key if country.row is not None else ""
    return not offices or any(office.at == key for office in offices)


def pair(memory: Memory, phrase: Phrase) -> tuple[Known, ...]:
    """«الجانبان», «الرئيسان», «البلدان»: the two last named together that are of the kind; «الكوريتان»: always two."""
    said = fold(phrase.surface)
    if (namesakes := next((rows for stem, rows in NAMESAKES.items() if stem in said), None)) is not None:
        both = tuple(memory.of_row(row) for row in namesakes)
        for one in both:
            memory.call(one, phrase.surface)
        return both
    members = [memory.get(ident) for ident in memory.pair]
    if any(stem in said for stem in PAIRED_STATES):
        members = [state for known in members if (state := memory.country_of(known)) is not None]
    persons = not any(stem in said for stem in PAIRED_STATES) and any(stem in said for stem in PAIRED_PERSONS)
    if persons and any(known.type != "Person" for known in members):
        last = [*memory.newest("Person")][:2]
        members = last[::-1] if len(last) == 2 else members
    if len({known.id for known in members}) != 2:
        states = last_states(memory)
        members = ([*memory.newest("Person")] if persons else states)[:2][::-1]
    return tuple(members) if len({known.id for known in members}) == 2 else ()


NAMESAKES = {fold("الكوريت"): ("north-korea", "south-korea")}
"""Stems of duals of two states that share a name, and their rows."""


def last_states(memory: Memory) -> list[Known]:
    """The countries that the entities named last act for, the last first."""
    named = (k for k in memory.newest() if k.type != "Place" and not k.outlet and k is not memory.opposed)
    found = (memory.country_of(known) for known in named)
    return list({state.id: state for state in found if state is not None}.values())


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "name": name,
        "person": person,
        "office": office,
        "counterpart": counterpart,
        "source": source,
        "again": again,
        "org": organisation,
        "nation": nation,
        "own": own,
        "pair": pair,
    }
)
"""Kind of phrase to the rule that finds what it refers to."""
