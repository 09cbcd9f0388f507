"""Several who hold the same office, or act together, in several states."""

from functools import lru_cache

from kg.reading.persons import person_after
from kg.reading.scan import Phrase, Scan, begins_conjoined, make, match_name
from kg.reading.titles import scope, titled_person
from kg.reading.words import Split, endings, fold, keyset, splits

JOINT = {
    fold(form): fold(one)
    for one, forms in (
        ("رئيس", "رئيسان رئيسين رئيسا رئيسي رؤساء"),
        ("وزير", "وزيران وزيرين وزيرا وزيري وزراء"),
        ("زعيم", "زعيمان زعيمين زعيما زعيمي زعماء"),
        ("قائد", "قائدان قائدين قائدا قائدي قادة"),
        ("مبعوث", "مبعوثان مبعوثين مبعوثا مبعوثي مبعوثو"),
        ("سفير", "سفيران سفيرين سفيرا سفيري سفراء"),
    )
    for form in forms.split()
}
"""Duals and plurals of titles, and the title that each of the holders has."""

JOINT_STATES = keyset(
    "وفدان وفدين جانبان جانبين طرفان طرفين حكومتان حكومتين جيشان جيشين رئاستان رئاستين خارجيتان خارجيتين قوات طائرات"
)
"""Nouns that stand for several states where several adjectives follow: «القوات الأميركية والبريطانية»."""


COUNTERPARTS = keyset("نظيري نظيرا نظراء نظيرتي نظيرتا")
"""Nouns, with a pronoun, for the holders of the same office in several states: «نظيريه الروسي والتركي»."""

STATES = JOINT_STATES | COUNTERPARTS


def joint(scan: Scan, i: int) -> tuple[Phrase, ...]:
    """Two or more holders of an office: «الرئيسان التركي والروسي», «وزراء خارجية روسيا وإيران»."""
    split = joint_split(scan.key(i))
    if split is None:
        return ()
    k = i + 1
    while split.stem in JOINT and scan.has(k, "titletail") and scan.nation(k) is None and not begins_conjoined(scan, k):
        k += 1
    head = scope(scan, i, split._replace(stem=JOINT.get(split.stem, split.stem)), k)
    found: list[Phrase] = []
    while (holder := joint_holder(scan, i if not found else k, k, split if not found else None, head)) is not None:
        found.append(holder)
        k = holder.end + (scan.key(holder.end) in {"،", ","} and scan.key(holder.end + 1)[:1] == "و")
    return tuple(found) if len(found) > 1 else ()


@lru_cache(maxsize=65536)
def joint_split(key: str) -> Split | None:
    """The clitics under which a key is a noun for several; «نظيريه» stands for its states."""
    several = next((s for s in splits(key) if s.stem in JOINT or s.stem in JOINT_STATES), None)
    return several or next(
        (s._replace(stem=core) for s in splits(key) for core, p in endings(s.stem) if p and core in COUNTERPARTS), None
    )


def joint_holder(scan: Scan, start: int, k: int, split: Split | None, head: str) -> Phrase | None:
    """One of several holders: the state at word k by adjective or name, and the person's own name where it follows."""
    if scan.key(k)[:1] != "و" if split is None else begins_conjoined(scan, k):
        return None
    clitics = split._replace(stem=head) if split is not None else Split("و", "", False, head)
    named = match_name(scan, k)
    if named is not None and scan.lexicon.authorities[named[2][0]].type == "Country":
        return make(scan, start, named[1], clitics, "nation", head=head, country=named[2][0], number="p")
    country, end = scan.nation(k), scan.nation_end(k)
    if country is None:
        return None
    person = person_after(scan, end) if scan.key(end) not in {"،", ","} else None
    if person is not None:
        return titled_person(scan, start, clitics, person, country)._replace(head=head)
    if head in STATES:
        return make(scan, start, end, clitics, "nation", head=head, country=country, number="p")
    return make(scan, start, end, clitics, "office", head=head, country=country, gender="m", number="p")
