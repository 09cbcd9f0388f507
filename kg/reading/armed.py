"""Who fights: the members of an armed organisation, and rebels, gunmen and bombers that bear no name."""

from kg.reading.naming import table_name, tagged_name
from kg.reading.organisations import organisation
from kg.reading.persons import person_after
from kg.reading.scan import OPEN, Phrase, Scan, begins_conjoined, head_splits, make, noun_gender, whole_name
from kg.reading.titles import title
from kg.reading.words import Split, fold, keyset, splits


def belonging(scan: Scan, i: int) -> Phrase | None:
    """«مسلحين من حركة الشباب», «المتمردين الحوثيين»: who fights for an organisation stands for it."""
    split = next((s for s in splits(scan.key(i)) if s.stem in scan.classes["fighter"]), None)
    if split is None:
        return None
    start, tie = tied(scan, i + 1)
    found = named_force(scan, start, split.article and not tie)
    if found is None or found.conjunction or found.preposition not in {"", tie}:
        return None
    if split.stem in LEADERS and not found.keys:
        return None  # «قادة الفصائل» are themselves
    if found.kind == "name" and split.stem in scan.classes["envoys"] and (country := state_named(scan, found)):
        found = found._replace(kind="nation", country=country)
    elif found.kind == "name" and not of_organisation(scan, found):
        return None
    gender = found.gender if found.kind == "nation" else ""
    return found._replace(start=i, conjunction=bool(split.conjunction), preposition=split.preposition, gender=gender)


LEADERS = keyset("قادة زعماء")


def tied(scan: Scan, i: int) -> tuple[int, str]:
    """Where the organisation behind a noun of fighters begins, and what ties it: «من», «عن», «تابعين ل», nothing."""
    while scan.has(i, "armed_tail"):
        i += 1
    if scan.has(i, "loyal"):
        return i + 1, "ل"
    if scan.key(i) in {"من", "عن"}:
        return i + 1, ""
    return i, "ل" if scan.key(i)[:1] == "ل" else ""


def named_force(scan: Scan, i: int, definite: bool) -> Phrase | None:
    """The organisation at word i; behind a definite noun only one whose name is its adjective (الحوثيين)."""
    if i >= len(scan.words) or not scan.words[i].is_word:
        if i + 1 >= len(scan.words) or scan.words[i].text not in OPEN:
            return None
        i += 1
    found = table_name(scan, i) or (None if definite else organisation(scan, i) or tagged_name(scan, i))
    if found is None or found.kind == "person" or (definite and not fold(found.surface).startswith("ال")):
        return None
    return found


def of_organisation(scan: Scan, found: Phrase) -> bool:
    """Whether a name of the tables is an organisation's."""
    return bool(found.keys) and scan.lexicon.authorities[found.keys[0]].type == "Organization"


def state_named(scan: Scan, found: Phrase) -> str | None:
    """The state that a name means, or whose capital it is."""
    key = found.keys[0] if found.keys else ""
    return key if key and scan.lexicon.authorities[key].type == "Country" else scan.lexicon.capitals.get(key)


def armed(scan: Scan, i: int) -> Phrase | None:
    """«متمردون تشاديون», «الجماعات الإسلامية المسلحة», «مسلحون مجهولون», «انتحاريان»: armed people without a name."""
    split = head_splits(scan, i, "armed")
    group = head_splits(scan, i, "armed_if") if split is None else None
    head = split or group
    if head is None or describes(scan, i) or scan.key(i) == fold("الانتحارية"):
        return None  # «بمسيرة "شهاب" الانتحارية»
    end, fights = armed_end(scan, i + 1)
    if group is not None and not fights:
        return None
    return named(scan, i, end, head)


def loyalists(scan: Scan, i: int) -> Phrase | None:
    """«القوات الموالية للرئيس هادي», «الميليشيات الموالية لإيران»: a force known by the side that it takes."""
    head = next((s for name in ("troops", "armed", "armed_if") if (s := head_splits(scan, i, name)) is not None), None)
    if head is None or scan.key(i + 1).removeprefix("ال") not in SIDING or scan.key(i + 2)[:1] != "ل":
        return None
    side = next((p for rule in (title, table_name, tagged_name) if (p := rule(scan, i + 2)) is not None), None)
    end = side.end if side is not None and side.preposition == "ل" else i + 3
    person = person_after(scan, end) if end == i + 3 and not scan.words[i + 2].key.startswith("لل") else None
    return named(scan, i, person.end if person is not None else end, head)


SIDING = keyset("موالية موالين موالون موال مؤيدة مؤيدين مؤيدون متحالفة مناهضة مناوئة")


def describes(scan: Scan, i: int) -> bool:
    """«الهجمات الانتحارية», «إسلاميين متشددين»: an adjective of the attack or the people before it, and nobody."""
    if i == 0 or scan.key(i)[:1] in "وفبل" or not scan.words[i - 1].is_word:
        return False
    before, here = scan.key(i - 1), scan.key(i)
    if before[-2:] == here[-2:] and here[-2:] in {"ين", "ون"} and before.startswith("ال") == here.startswith("ال"):
        return True
    return scan.has(i, "bomb") and any(
        sense.form.form == "masdar" for _, sense in scan.lexicon.senses_of(scan.words[i - 1])
    )


def armed_end(scan: Scan, i: int) -> tuple[int, bool]:
    """Index behind the adjectives of a noun of fighters, and whether one of them says that they are armed."""
    fights = False
    while i < len(scan.words) and scan.words[i].is_word and not scan.is_particle(i) and not begins_conjoined(scan, i):
        fights = fights or scan.has(i, "armed_adjective")
        if not (scan.has(i, "armed_adjective") or scan.has(i, "armed_tail") or scan.nation(i)):
            break
        i += 1
    return i, fights


def named(scan: Scan, start: int, end: int, split: Split) -> Phrase:
    """A phrase of an organisation that its own words name."""
    feminine = split.stem.endswith(("تان", "تين")) or split.stem in scan.classes["feminine_plural"]
    gender = "f" if feminine else noun_gender(scan, split.stem) or "m"
    phrase = make(scan, start, end, split, "org", head=split.stem, gender=gender)
    return phrase._replace(name=whole_name(phrase.surface))


def officers(scan: Scan, i: int) -> Phrase | None:
    """«مجموعة من الضباط», «ضباط وضباط صف ماليون»: those who take power by a coup, where they do not speak."""
    handful = head_splits(scan, i, "handful")
    k = i + 1 + (scan.key(i + 1) == "من") if handful is not None else i
    head = head_splits(scan, k, "soldiery") if k < len(scan.words) else None
    if head is None or (handful is not None and (head.preposition or head.conjunction)) or speaks(scan, i - 1):
        return None
    end, _ = armed_end(scan, k + 1)
    if scan.key(end)[1:].removeprefix("ال") == "ضباط" and scan.key(end + 1).removeprefix("ال") == "صف":
        end, _ = armed_end(scan, end + 2)
    return named(scan, i, end, handful or head)


def speaks(scan: Scan, i: int) -> bool:
    """Whether word i is a verb of saying."""
    return i >= 0 and any(sense.predicate.type == "Statement" for _, sense in scan.lexicon.senses_of(scan.words[i]))
