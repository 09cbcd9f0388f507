"""The person whose name stands behind a title."""

from kg.reading.name_features import given_names
from kg.reading.naming import table_name, tagged_name
from kg.reading.scan import OPEN, Phrase, Scan, make, match_name, of_person
from kg.reading.words import Split, keyset


def person_after(scan: Scan, i: int) -> Phrase | None:
    """The person whose name follows a title: at once, after a comma, an opening quote or bracket, or an honorific."""
    i = behind_brackets(scan, i)
    if scan.key(i) in {"،", ","} or (scan.words[i : i + 1] and scan.words[i].text in OPEN + "("):
        i += 1
    while i < len(scan.words) and (
        scan.words[i].text in scan.classes["honorific"] or scan.key(i) in scan.classes["honorific"]
    ):
        i += 1
    if scan.words[i : i + 1] and scan.words[i].text in OPEN:
        i += 1
    if i >= len(scan.words) or not scan.words[i].is_word:
        return None
    for rule in (table_person, titled_name, guessed_person, addressed_person):
        if (person := rule(scan, i)) is not None and not person.conjunction and not person.preposition:
            return person
    return None


def speaking_person(scan: Scan, i: int) -> Phrase | None:
    """«وقال شايي أفييور وهو شاهد», «وصرح أشرف القدرة المتحدث»: doubtful words behind a verb of saying.

    What ends its subject follows, or a title of the one who speaks.
    """
    if i not in scan.doubted or not scan.behind_saying(i):
        return None
    end = i
    while end < min(i + 3, len(scan.words)) and end in scan.doubted and plain_name_word(scan, end, end == i):
        end += 1
    if end < i + 2 or not (scan.key(end) in BEHIND_SUBJECT or scan.has(end, "title")):
        return None
    return new_person(scan, i, end)


def addressed_person(scan: Scan, i: int) -> Phrase | None:
    """«السيد باه انداو», «السيد لارشير»: one to three words behind a form of address that nothing explains."""
    if scan.key(i - 1) not in ADDRESS or (scan.key(i).startswith("ال") and i not in scan.doubted):
        return None
    end = i
    while end < min(i + 3, len(scan.words)) and (scan.strange(end) or plain_name_word(scan, end, False)):
        end += 1
    if end == i or scan.key(i) in FIRST_LADY:
        return None
    return new_person(scan, i, end)


BEHIND_SUBJECT = keyset("وهو وهي إن أن إنه إنها أنه أنها بأن")
ADDRESS = keyset("السيد السيدة الدكتور الدكتورة د. الأستاذ الأستاذة المهندس المهندسة المحامي القاضي الشيخ")
FIRST_LADY = keyset("الأولى")


def behind_brackets(scan: Scan, i: int) -> int:
    """«قائد القيادة الوسطى (سنتكوم) الجنرال كوريلا»: index behind brackets that hold no name of a person."""
    if scan.key(i) != "(" or starts_person(scan, i + 1):
        return i
    return next((k + 1 for k in range(i + 2, i + 6) if scan.key(k) == ")"), i)


def table_person(scan: Scan, i: int) -> Phrase | None:
    """A person of the tables at word i; a longer name that the model found wins."""
    phrase = table_name(scan, i)
    if phrase is None or phrase.kind != "person":
        return None
    longer = i in scan.tagged and scan.tagged[i].label == "PER" and scan.tagged[i].end > phrase.end
    return None if longer and tagged_name(scan, i, titled=True) is not None else phrase


def tagged_person(scan: Scan, i: int) -> Phrase | None:
    """A person that the model found at word i."""
    phrase = tagged_name(scan, i)
    return phrase if phrase is not None and phrase.kind == "person" else None


def titled_name(scan: Scan, i: int) -> Phrase | None:
    """A person that the model found behind a title, though «فتحي» could be «ف» and a verb."""
    phrase = tagged_name(scan, i, titled=True)
    return phrase if phrase is not None and phrase.kind == "person" else None


def later_person(scan: Scan, i: int) -> Phrase | None:
    """A name up to five plain nouns behind a title: «رئيس جامعة الأزهر أحمد الطيب», «القيادي في حزب الأمة فلان»."""
    behind = 0  # the end of an organisation's name among them
    for k in range(i, min(i + 9, len(scan.words))):
        if k < behind:
            continue
        if k - max(i, behind) > 5:
            return None
        if starts_person(scan, k):
            person = table_person(scan, k) or tagged_person(scan, k)
            if person is not None and i < k <= i + 2 and first_names(scan, i, person):
                return new_person(scan, i, person.end)
            return person if person is not None and not person.conjunction and not person.preposition else None
        if k > i and (new := introduced_person(scan, k)) is not None:
            return new
        if k in scan.tagged and scan.tagged[k].label != "PER":
            behind = scan.tagged[k].end
            continue
        word = scan.words[k]
        if (
            not word.is_word
            or scan.has(k, "counterpart")  # «تلقى وزير الخارجية اتصالا من نظيره فلان»
            or scan.key(k) in OBJECTS  # «استقبل رئيس الوزراء وفدا برئاسة فلان»
            or (scan.key(k - 1) == "من" and scan.has(k, "title"))
            or (scan.key(k - 2) == "في" and scan.has(k, "title"))
            or scan.is_verb(k)
            or (word.key not in {"في", "من"} and scan.is_particle(k))
            or (word.key[:1] == "و" and word.key[1:3] == "ال")
        ):
            return None
    return None


def first_names(scan: Scan, i: int, person: Phrase) -> bool:
    """«الناشط علاء عبد الفتاح», «زويلا مولر»: whether the words before what was found begin the name."""
    alone = person.end == person.start + 1 and not person.tagged  # a last name of the tables, which others bear too
    before = range(i, person.start)
    return all(scan.key(n) in given_names() or (alone and scan.strange(n)) for n in before)


OBJECTS = keyset("وفدا رسالة اتصالا مكالمة دعوة خطابا برقية برئاسة بقيادة بحضور برفقة")
"""What the verb before a title has for its object or company, and no title goes on with."""


def introduced_person(scan: Scan, i: int) -> Phrase | None:
    """«وزير الري الأسبق محمد نصر علام أن»: unknown words between the end of a title and what is said are a name."""
    if not scan.key(i - 1).startswith("ال") or not plain_name_word(scan, i, True):
        return None
    end = i
    while end < min(i + 4, len(scan.words)) and plain_name_word(scan, end, end == i):
        end += 1
    if end < i + 2 or scan.key(end) not in SAYING:
        return None
    return new_person(scan, i, end)


SAYING = keyset("أن إن بأن أنه إنه بأنه أنها إنها بأنها")


def guessed_person(scan: Scan, i: int) -> Phrase | None:
    """Two to four words behind a title that nothing explains, not the model either: the name of somebody new."""
    end = i
    while end < min(i + 4, len(scan.words)):
        if end > i and end in scan.tagged and scan.tagged[end].label == "PER":
            end = scan.tagged[end].end  # «أرانتشا غونزاليس لايا», of which the model is sure but for the first
        elif end in scan.doubted and plain_name_word(scan, end, end == i):
            end += 1
        else:
            break
    while end > i + 2 and scan.key(end - 1).endswith(("ا", "ه")) and not scan.words[end - 1].text.endswith(("ا", "ة")):
        end -= 1
    if end < i + 2 or scan.has(i - 1, "collective"):
        return None
    return new_person(scan, i, end)


def new_person(scan: Scan, start: int, end: int) -> Phrase:
    """A person of whom words start:end are the whole name, no clitics among them."""
    phrase = make(scan, start, end, Split("", "", False, scan.key(start)), "person")
    return phrase._replace(name=phrase.surface)


def plain_name_word(scan: Scan, i: int, first: bool) -> bool:
    """Whether a word may belong to a name that nobody knows: no function word, predicate, class word or adjective."""
    word = scan.words[i]
    function = scan.is_particle(i) and word.text != "علي"
    if not word.is_word or function or len(word.key) < 3 or word.text.endswith(("اً", "ًا")) or scan.nation(i):
        return False
    if given_names().get(word.key) == "name":
        return True
    if (first and word.key.startswith("ال")) or scan.is_verb(i) or scan.lexicon.senses_of(word):
        return False
    names = (
        "place_head",
        "titletail",
        "title",
        "orghead",
        "collective",
        "insert",
        "content",
        "vague",
        "honour",
        "agreement",
        "future",
        "hypothesis",
    )
    if word.key in scan.classes["honorific"] and word.key != "الله":
        return False
    if any(scan.has(i, name) for name in names) or match_name(scan, i) is not None:
        return False
    return word.key[:1] not in "وفبلك" or (not first and i in scan.doubted)  # «راجح بادي»


def starts_person(scan: Scan, i: int) -> bool:
    """Whether a known or tagged person's name begins at word i."""
    named = match_name(scan, i)
    return (named is not None and of_person(scan, named)) or (i in scan.tagged and scan.tagged[i].label == "PER")
