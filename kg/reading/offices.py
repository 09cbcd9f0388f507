"""Who holds an office that a title names without its holder."""

from kg.reading.known import Known, bare_keys, name_keys
from kg.reading.memory import Memory
from kg.reading.scan import Phrase
from kg.reading.words import keyset

ROLES = {
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
"""Key of an office (Phrase.head) to its role in people.tsv."""


def holder(memory: Memory, phrase: Phrase) -> Known | None:
    """Who holds an office: the person last named with that title and country, or that title alone."""
    elected = not ELECT.isdisjoint(name_keys(phrase.surface))  # he holds no office yet
    for known in memory.newest("Person"):
        whole = known.country is None and whole_title(known, phrase)
        if not same_office(known.head, phrase.head) or not (whole or same_tail(memory, known, phrase)):
            continue
        if (of_state(phrase) and not presides(known)) or (elected and ELECT.isdisjoint(known.title.split())):
            continue
        if whole or phrase.country in {None, known.country}:
            return known
    if phrase.country and phrase.head in ROLES and not elected:
        return by_term(memory, ROLES[phrase.head], phrase.country)
    return None


def whole_title(known: Known, phrase: Phrase) -> bool:
    """«نائب وزير الدفاع» and later «نائب وزير الدفاع السعودي»: whether only a state is new in a title."""
    words, keys = known.title.split(), list(name_keys(phrase.surface))
    return len(words) > 1 and keys[:-1] == words


ELECT = keyset("المنتخب المنتخبة")
OF_STATE = keyset("الجمهورية البلاد الدولة الراحل السابق الأسبق الحالي الجديد المخلوع المعزول المنتهية")


def of_state(phrase: Phrase) -> bool:
    """Whether «الرئيس», «رئيس الجمهورية», «الرئيس الروسي» is meant, and no president of a party or a council."""
    keys = name_keys(phrase.surface)
    return phrase.head == "رييس" and (len(keys) == 1 or keys[1] in OF_STATE or bool(phrase.country))


def presides(known: Known) -> bool:
    """Whether a person is or was by the tables the president of a state; one whom they do not know may be."""
    if known.row is None:
        return known.head == "رييس"
    return any(office.role in HEADS_OF_STATE for office in known.row.offices) or not known.row.offices


HEADS_OF_STATE = frozenset({"president", "emir", "king", "supreme_leader"})


def by_term(memory: Memory, role: str, country: str) -> Known | None:
    """A person named before who, by the tables, holds or held the office; else the holder at the article's date."""
    terms = memory.lexicon.terms.get((role, country), ())
    holders = {key for key, _ in terms}
    for known in memory.newest("Person"):
        if known.row and known.row.key in holders:
            return known
    day = memory.published
    in_office = (key for key, term in terms if day is not None and in_term(term.since, term.until, day))
    key = next(in_office, None)
    return memory.of_row(key) if key is not None else None


def in_term(since: str, until: str, day: str) -> bool:
    """Whether a day lies in a term of office given to whatever precision."""
    return bool(since) and since <= day and (not until or day[: len(until)] <= until)


def same_office(held: str, asked: str) -> bool:
    """Whether an office held answers to a title: the same, or its bare title («الوزير» for a minister of something)."""
    return bool(held) and (held == asked or held.split()[0] == asked)


def same_tail(memory: Memory, known: Known, phrase: Phrase) -> bool:
    """Whether an office of which there are many is the very one: bare, or all its words in its holder's title."""
    keys = bare_keys(phrase.surface)
    if len(name_keys(phrase.surface)) <= 1 or phrase.head.split()[0] not in memory.lexicon.classes["many_held"]:
        return True
    return keys <= {k.removeprefix("ال") for k in known.title.split()}


def definite(phrase: Phrase) -> bool:
    """Whether an office is a certain one: with its article, or of something definite; «متحدث أوروبي» is anybody."""
    first, *rest = name_keys(phrase.surface)
    if first.startswith(("ال", "لل")):
        return True
    named = phrase.country is not None and bool(rest) and not rest[0].endswith(("ي", "يه"))
    return bool(rest) and (rest[0].startswith(("ال", "لل")) or named)
