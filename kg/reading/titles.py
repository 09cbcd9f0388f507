"""Titles: whose office, of what, and the name that follows."""

from kg.reading.organisations import org_split, org_tail
from kg.reading.persons import (
    addressed_person,
    later_person,
    person_after,
    starts_person,
    table_person,
    tagged_person,
)
from kg.reading.scan import (
    CLOSE,
    OPEN,
    Phrase,
    Scan,
    begins_conjoined,
    head_splits,
    in_whose_name,
    make,
    match_name,
    of_person,
    quoted_end,
)
from kg.reading.words import Split, endings, fold, keyset, splits

TITLE_REACH = 9  # words of a title before its name


def title(scan: Scan, i: int) -> Phrase | None:
    """A title, with what it is the title of, and the name it introduces: وزير الدفاع الإيطالي غويدو كروزيتو."""
    if (listed := table_person(scan, i)) is not None and listed.end > i + 1:
        return listed  # «الملك سلمان», «البابا فرنسيس»
    split = head_splits(scan, i, "title") or head_splits(scan, i, "namedtitle") or owned_title(scan, i)
    if (
        split is None
        or (split.stem == "معارضه" and not split.article)
        or scan.key(i - 1) == "تل"
        or scan.key(i + 1) in scan.classes["selfsame"]
    ):
        return None
    if split.stem == ASSISTANT and not scan.has(i + 1, "title"):
        return None  # «مساعدة لأوكرانيا» is aid
    end, country, known = title_tail(scan, i + 1)
    if in_whose_name(scan, end) and (whose := person_after(scan, end + 1)) is not None:
        return make(scan, i, whose.end, split, "office", head=split.stem, gender="m")
    person = person_after(scan, end) or later_person(scan, end)
    if person is not None and person.start == end and scan.key(end - 1) in PARTIES:
        end = person.end  # «رئيس حزب جيل جديد، سفيان جيلالي»
        person = person_after(scan, end)
    if person is not None and spokesman_of(scan, i, split, person):
        return make(scan, i, person.end, split, "office", head=scope(scan, i, split, end), country=country, gender="m")
    if person is not None:
        return titled_person(scan, i, split, person, country)
    if split.stem in scan.classes["namedtitle"]:
        return None
    if end == i + 1 and not split.article:
        return None
    if (
        split.stem in {"ولي", "قائم", "عضو", "نجل", "زوجه", "ممثل", "معارض", "معارضه", "امين", "رئيسي", "رئيسا"}
        and not known
    ):
        return None
    number = "p" if split.stem.endswith("ين") else "s"
    return make(
        scan,
        i,
        end,
        split,
        "office",
        head=scope(scan, i, split, end),
        country=country,
        gender="f" if split.stem.endswith("ه") else "m",
        number=number,
    )


ASSISTANT = fold("مساعدة")
PARTIES = keyset("حزب تيار ائتلاف كتلة تكتل")


def spokesman_of(scan: Scan, i: int, split: Split, person: Phrase) -> bool:
    """«متحدث باسم رئيس الوزراء فلان», «مستشار للرئيس فلان»: whether a name is that of whom somebody unnamed serves."""
    if split.article or split.stem not in SERVING:
        return False
    second = head_splits(scan, i + 1, "title")
    of_his = scan.key(i + 1) == "باسم" and any(head_splits(scan, k, "title") for k in range(i + 2, person.start))
    return of_his or (second is not None and second.preposition == "ل")


SERVING = keyset("متحدث متحدثة ناطق ناطقة مستشار مستشارة مساعد مساعدة مبعوث محام محامي")


def scope(scan: Scan, i: int, split: Split, end: int) -> str:
    """Key of an office: the title and the first word that says which one (وزير خارجيه, رييس وزراء)."""
    if split.stem in HEADS and scan.key(i + 1) == DIPLOMACY:
        return HEADS[split.stem]
    for k in range(i + 1, min(end, i + 3)):
        stem = next((s.stem for s in splits(scan.key(k)) if s.stem in scan.classes["office_scope"]), None)
        if stem:
            return f"{split.stem} {stem}"
    field = scan.key(i + 1) if split.stem in MINISTERS and i + 1 < end else ""
    return f"{split.stem} {field[2:]}" if field.startswith("ال") and not scan.nation(i + 1) else split.stem


HEADS = {"رييس": "وزير خارجيه", "رييسه": "وزيره خارجيه"}
DIPLOMACY = "الدبلوماسيه"  # «رئيس الدبلوماسية الروسية» is the minister of foreign affairs


def owned_title(scan: Scan, i: int) -> Split | None:
    """A title with a pronoun (رئيسها، نائبته), if a person's name follows."""
    members = scan.classes["title"]
    for split in splits(scan.key(i)):
        for core, pronoun in endings(split.stem):
            if (
                pronoun in {"ه", "ها", "هم"}
                and core in members
                and core != split.stem
                and person_after(scan, title_tail(scan, i + 1)[0])
            ):
                return Split(split.conjunction, split.preposition, False, core)
    return None


def title_tail(scan: Scan, i: int) -> tuple[int, str | None, bool]:
    """Where the words after a title's head end, the country they name, and whether they say what the office is."""
    country, start = None, i
    while i < min(start + TITLE_REACH, len(scan.words)):
        if (nation := scan.nation(i)) and not begins_conjoined(scan, i):
            country, i = country or nation, scan.nation_end(i)
        elif scan.key(i) in TOWARDS and not sent(scan, start - 1):
            break
        elif (
            (named := match_name(scan, i))
            and not of_person(scan, named)
            and not named[0].conjunction
            and (
                i == start or scan.nation(i - 1) is None or scan.lexicon.authorities[named[2][0]].type == "Organization"
            )
        ):
            row = scan.lexicon.authorities[named[2][0]]
            country, i = country or row.country or scan.lexicon.capitals.get(row.key), named[1]
        elif i in scan.tagged and scan.tagged[i].label == "ORG" and not begins_conjoined(scan, i):
            i = scan.tagged[i].end
        elif tail_word(scan, i) or (scan.key(i) == DIPLOMACY and scan.key(i - 1).endswith(tuple(HEADS))):
            i += 1
        elif district := district_end(scan, i):
            i = district
        elif scan.key(i) in BACKED and scan.key(i + 1) == "من" and (named := match_name(scan, i + 2)):
            i = named[1]
        elif (quoted := quoted_end(scan, i)) and quotes_organisation(scan, i, start):
            i = quoted
        elif scan.key(i) == "ل" and i + 1 < len(scan.words) and scan.words[i + 1].text in OPEN:
            i += 1
        elif i > start and further_field(scan, i) and person_after(scan, skip_tail(scan, i)):
            i = skip_tail(scan, i)
        elif (behind := institution_end(scan, i) or fields_end(scan, i, start)) and person_after(scan, behind):
            i = behind
        else:
            break
    while i > start and scan.key(i - 1) in {"لدي", "الي", "باسم", "في"}:
        i -= 1
    return i, country, i > start


OWN_DISTRICT = keyset("الولاية المحافظة المقاطعة المدينة الإقليم البلدية")


def district_end(scan: Scan, i: int) -> int:
    """Index behind «منطقة عسير», «بلدية ظهران الجنوب»: the place that an office is of; 0 where none is named."""
    if scan.key(i) in OWN_DISTRICT:
        return i + 1  # «حاكم الولاية فلان»
    if scan.key(i) not in scan.classes["place_head"] | scan.classes["district"]:
        return 0
    if (named := match_name(scan, i + 1)) and not of_person(scan, named):
        return named[1]
    if i + 1 in scan.tagged and scan.tagged[i + 1].label == "LOC":
        return scan.tagged[i + 1].end
    return i + 2 if starts_person(scan, i + 2) or scan.key(i + 2) in scan.classes["honorific"] else 0


BEFORE_QUOTED = keyset("ل باسم")
TOWARDS = keyset("إلى لدى")


def sent(scan: Scan, i: int) -> bool:
    """Whether word i is the title of somebody sent abroad, behind which «إلى» tells where to: «المبعوث إلى سوريا»."""
    return any(s.stem in scan.classes["sent"] for s in splits(scan.key(i)))


def quotes_organisation(scan: Scan, i: int, start: int) -> bool:
    """Whether a quote at word i names what an office is of: «رئيس شركة "روسنفت"», «زعيم "طالبان"»."""
    if i > start and (scan.has(i - 1, "orghead") or scan.key(i - 1) in BEFORE_QUOTED):
        return True
    named = match_name(scan, i + 1)
    return scan.has(i + 1, "orghead") or (named is not None and not of_person(scan, named))


def institution_end(scan: Scan, i: int) -> int:
    """Index behind «في حركة حماس», «لدى موسكو», «بوزارة الدفاع»: where an office is held; 0 where none is."""
    if scan.key(i) in {"في", "لدي"}:
        i += 1
    elif scan.key(i)[:1] != "ب":
        return 0
    if i < len(scan.words) and scan.words[i].text in OPEN and quotes_organisation(scan, i, i):
        return quoted_end(scan, i) or 0
    if i >= len(scan.words) or not scan.words[i].is_word:
        return 0
    if named := match_name(scan, i):
        return named[1]
    if scan.key(i).removeprefix("ب").removeprefix("ال") in CABINETS:
        return title_tail(scan, i + 1)[0]
    return org_tail(scan, i + 1)[0] if org_split(scan, i) else 0


def fields_end(scan: Scan, i: int, start: int) -> int:
    """Index behind «للتعمير والمشاريع», «والثقافة في الحكومة اليمنية»: fields of one office, and where; 0 if none."""
    k = i + (i > start and scan.key(i)[:2] == "لل")
    while k > start and k < i + 4 and scan.key(k)[:3] == "وال":
        k += 1
    return (institution_end(scan, k) or k) if k > i else 0


CABINETS = keyset("حكومة إدارة")  # «وزير الخارجية في حكومة تصريف الأعمال اللبنانية»
BACKED = keyset("المدعوم المدعومة المقرب المقربة")


def tail_word(scan: Scan, i: int) -> bool:
    """Whether word i says of what an office is and begins nothing else."""
    if begins_conjoined(scan, i) or starts_person(scan, i):
        return False
    return scan.has(i, "titletail") or field_of_minister(scan, i)


def field_of_minister(scan: Scan, i: int) -> bool:
    """«وزير الري», «وزيرة الموارد المائية»: a definite noun right behind a minister, or its adjective."""
    key = scan.key(i)
    if not key.startswith("ال") or len(key) < 4 or any(key[2:] in scan.classes[name] for name in OTHERS):
        return False
    if any(split.stem in MINISTERS for split in splits(scan.key(i - 1))):
        return not scan.key(i - 1).startswith("ال")
    return key.endswith("يه") and any(split.stem in MINISTERS for split in splits(scan.key(i - 2)))


MINISTERS = keyset("وزير وزيرة")


def further_field(scan: Scan, i: int) -> bool:
    """«وزير الصحة والحماية الاجتماعية، فلان»: whether «وال» joins one more field to an office, and nobody else."""
    stem = scan.key(i)[1:].removeprefix("ال")
    if scan.key(i)[:1] != "و" or any(stem in scan.classes[name] for name in OTHERS):
        return False
    return scan.key(i)[:3] == "وال" or stem in scan.classes["titletail"]


OTHERS = ("title", "collective", "orghead", "armed", "source", "counterpart", "honour", "pair", "delegation")


def skip_tail(scan: Scan, i: int) -> int:
    """Index behind words that may belong to a ministry's long name: «والتعاون الأفريقي والمغاربة المقيمين بالخارج»."""
    k = i + 1
    while (
        k < min(i + 6, len(scan.words))
        and scan.words[k].is_word
        and not scan.is_particle(k)
        and scan.key(k) not in scan.classes["honorific"]
        and not starts_person(scan, k)
    ):
        k += 1
    return k


def titled_person(scan: Scan, i: int, split: Split, person: Phrase, country: str | None) -> Phrase:
    """A person with the title before the name."""
    end = person.end
    while end < len(scan.words) and scan.words[end].text in CLOSE and scan.words[person.start - 1].text in OPEN:
        end += 1
    return person._replace(
        start=i,
        end=end,
        title=" ".join(scan.key(k) for k in range(i, person.start)),
        head=scope(scan, i, split, person.start),
        country=country or person.country,
        gender="f" if split.stem.endswith("ه") else (person.gender or "m"),
        conjunction=bool(split.conjunction),
        preposition=split.preposition,
    )


def honoured(scan: Scan, i: int) -> Phrase | None:
    """An honorific before a title or a name: صاحب السمو الأمير, معالي وزير, فخامة الرئيس."""
    split = head_splits(scan, i, "honour")
    if split is None:
        return None
    k = i + 1
    while k < i + 4 and scan.key(k) in scan.classes["honour"] | scan.classes["honorific"]:
        k += 1
    inner = next(
        (
            p
            for rule in (title, table_person, tagged_person, addressed_person)
            if k < len(scan.words) and scan.words[k].is_word and (p := rule(scan, k))
        ),
        None,
    )
    if inner is None or inner.conjunction or inner.preposition:
        return None
    return inner._replace(start=i, conjunction=bool(split.conjunction), preposition=split.preposition)


def named_after(scan: Scan, i: int) -> Phrase | None:
    """«مطار الملك عبد العزيز الدولي»: a place that bears the name of a person, who is not meant."""
    split = head_splits(scan, i, "facility")
    if split is None or split.article or i + 1 >= len(scan.words):
        return None
    titled = any(scan.has(i + 1, name) for name in ("title", "honorific"))
    person = person_after(scan, i + 2) if titled else tagged_person(scan, i + 1) or table_person(scan, i + 1)
    if person is None or person.start > i + 2 or person.conjunction or person.preposition:
        return None
    end = person.end
    while scan.key(end) in FACILITY_TAIL:
        end += 1
    return make(scan, i, end, split, "name", tagged="LOC")._replace(name=" ".join(w.text for w in scan.words[i:end]))


FACILITY_TAIL = keyset("الدولي الدولية الجوي الجوية البحرية العسكرية الاقتصادية الطبية الجامعي الرياضي الصناعي")


def counterpart(scan: Scan, i: int) -> Phrase | None:
    """نظيره الروسي سيرغي لافروف, نظيرته, نظرائه: the same office of another country."""
    split = next(
        (s for s in splits(scan.key(i)) for core, p in endings(s.stem) if core in scan.classes["counterpart"] and p),
        None,
    )
    if split is None:
        return None
    if head_splits(scan, i + 1, "title") and (inner := title(scan, i + 1)) is not None:  # «نظيرته وزيرة خارجية إسبانيا»
        return inner._replace(start=i, conjunction=bool(split.conjunction), preposition=split.preposition)
    end, country, _ = title_tail(scan, i + 1)
    person = person_after(scan, end)
    if person is not None:
        return titled_person(scan, i, Split(split.conjunction, split.preposition, False, "نظير"), person, country)
    return make(scan, i, end, split, "counterpart", country=country, head="نظير", gender="m")


def custodian(scan: Scan, i: int) -> Phrase | None:
    """«خادم الحرمين الشريفين الملك سلمان»: the king of Saudi Arabia, his name with it where it follows."""
    split = head_splits(scan, i, "custodian")
    if split is None or scan.key(i + 1) != "الحرمين":
        return None
    end = i + 3 if scan.key(i + 2) == "الشريفين" else i + 2
    person = person_after(scan, end)
    if person is not None:
        return titled_person(scan, i, split, person, SAUDI)._replace(head="ملك")
    return make(scan, i, end, split, "office", head="ملك", country=SAUDI, gender="m")


SAUDI = "saudi-arabia"
