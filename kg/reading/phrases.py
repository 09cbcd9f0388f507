"""Noun phrases that name or stand for an actor or a place: the grammar, and the preposition that governs each."""

import re
from collections.abc import Callable
from functools import lru_cache

from kg.reading.armed import armed, belonging, loyalists, officers
from kg.reading.collectives import (
    DELEGATION,
    delegation,
    government,
    highness,
    ministry_alone,
    nation,
    own,
    own_forces,
    pair,
    pair_split,
    source,
    town,
    town_split,
)
from kg.reading.directory import called_by
from kg.reading.joint import joint, joint_split
from kg.reading.known import name_keys
from kg.reading.lexicon import Lexicon
from kg.reading.naming import surname, table_name, tagged_name
from kg.reading.organisations import correspondent, organisation
from kg.reading.persons import speaking_person
from kg.reading.scan import OPEN, THAT, Phrase, Scan, noun_gender
from kg.reading.titles import counterpart, custodian, honoured, named_after, title
from kg.reading.words import Split, fold, keyset, splits

Rule = Callable[[Scan, int], Phrase | None]
Opening = Callable[[Lexicon, str], bool]


def of_class(*names: str) -> Opening:
    """Words of one of several classes."""
    return lambda lexicon, key: not lexicon.entry(key).classes.isdisjoint(names)


def of_name(lexicon: Lexicon, key: str) -> bool:
    """Words with which a name of the tables begins."""
    return bool(lexicon.entry(key).opened)


def of_pair(lexicon: Lexicon, key: str) -> bool:
    """Words for two parties."""
    return pair_split(lexicon, key) is not None


def of_delegation(_lexicon: Lexicon, key: str) -> bool:
    """«الوفد»."""
    return key in DELEGATION


def of_town(_lexicon: Lexicon, key: str) -> bool:
    """«المدينة»."""
    return town_split(key) is not None


def any_word(_lexicon: Lexicon, _key: str) -> bool:
    """Every word: the model or the article decides."""
    return True


GRAMMAR: tuple[tuple[Rule, Opening], ...] = (
    (named_after, of_class("facility")),
    (counterpart, of_class("counterpart")),
    (pair, of_pair),
    (own, of_class("own")),
    (surname, any_word),
    (honoured, of_class("honour")),
    (custodian, of_class("custodian")),
    (title, of_class("title", "namedtitle")),
    (correspondent, of_class("correspondent")),
    (table_name, of_name),
    (nation, of_class("collective")),
    (highness, of_class("his_honour")),
    (ministry_alone, of_class("ministry_field")),
    (government, of_class("collective")),
    (own_forces, of_class("collective")),
    (delegation, of_delegation),
    (town, of_town),
    (belonging, of_class("fighter")),
    (loyalists, of_class("troops", "armed", "armed_if")),
    (officers, of_class("handful", "soldiery")),
    (armed, of_class("armed", "armed_if")),
    (organisation, of_class("orghead")),
    (tagged_name, any_word),
    (speaking_person, any_word),
    (source, of_class("source", "one_of")),
)
"""The noun phrase grammar: the first rule that accepts a word wins. Beside each rule the words it can begin with."""


@lru_cache(maxsize=65536)
def candidates(lexicon: Lexicon, key: str) -> tuple[Rule, ...]:
    """The rules that a word with this key may begin a phrase of."""
    return tuple(rule for rule, opening in GRAMMAR if opening(lexicon, key))


def phrases(scan: Scan) -> tuple[Phrase, ...]:
    """The phrases of a sentence, left to right, none inside another."""
    found: list[Phrase] = []
    i = 0
    while i < len(scan.words):
        if not scan.words[i].is_word or not may_begin(scan, i):
            i += 1
            continue
        if several := joint(scan, i):
            for holder in several:
                found.append(governed(scan, holder, found[-1] if found else None))
            i = several[-1].end
            continue
        phrase = phrase_at(scan, i)
        if phrase is None:
            i += 1
            continue
        i = phrase.end
        if phrase.kind == "person":
            phrase = phrase._replace(described="" if phrase.title else description(scan, phrase.start))
            for last in called_by(name_keys(phrase.name)):
                scan.named.setdefault(last[0], []).append(last)
        if found and apposed(scan, found[-1], phrase):
            found[-1] = found[-1]._replace(
                end=phrase.end,
                head=phrase.head,
                country=phrase.country or found[-1].country,
                title=" ".join(scan.key(k) for k in range(phrase.start, phrase.end)),
            )
        else:
            found.append(governed(scan, phrase, found[-1] if found else None))
    return tuple(found)


def may_begin(scan: Scan, i: int) -> bool:
    """Whether a phrase may begin at word i at all: the quick look that spares most words the rules."""
    named = i in scan.tagged or (i in scan.doubted and scan.behind_saying(i))
    return named or listed_first(scan.lexicon, scan.words[i].key) or scan.may_be_surname(i)


@lru_cache(maxsize=65536)
def listed_first(lexicon: Lexicon, key: str) -> bool:
    """Whether the word lists alone let a phrase begin with a word of this key."""
    listed = (opening for _, opening in GRAMMAR if opening is not any_word)
    return joint_split(key) is not None or any(opening(lexicon, key) for opening in listed)


def description(scan: Scan, start: int) -> str:
    """Keys of the definite nouns right before a name that say who its bearer is: «البرلمانية السابقة», «الجامعي»."""
    first = start
    while first > max(0, start - 3) and scan.key(first - 1).startswith("ال") and not scan.is_particle(first - 1):
        first -= 1
    return " ".join(scan.key(k) for k in range(first, start))


def phrase_at(scan: Scan, i: int) -> Phrase | None:
    """The phrase that begins at word i, by the first grammar rule that accepts it."""
    for rule in candidates(scan.lexicon, scan.words[i].key):
        if (found := rule(scan, i)) is not None:
            return found
    return None


def apposed(scan: Scan, name: Phrase, office: Phrase) -> bool:
    """Whether an office stands behind the name of its holder: «فيصل بن فرحان وزير الخارجية»."""
    if name.kind != "person" or office.kind != "office" or office.conjunction or office.preposition:
        return False
    if name.head and name.head not in RANKS:
        return False
    between = [scan.words[k].text for k in range(name.end, office.start)]
    return not between or between in (['"'], ["»"], ["”"]) or (between == ["،"] and scan.key(office.end) in {"،", "."})


RANKS = keyset("أمير أميرة شيخ شيخة جنرال لواء عميد عقيد فريق سيناتور دكتور دكتورة سيد سيدة")
"""Titles beside which somebody holds an office: «الأمير خالد بن سلمان نائب وزير الدفاع»."""


def governed(scan: Scan, phrase: Phrase, before: Phrase | None) -> Phrase:
    """The phrase with the preposition that governs it; «بين X وY» and «على X وY» govern both."""
    if phrase.preposition:
        return phrase
    i = phrase.start - 1
    if scan.key(i) == "من" and (each := distributed(scan, i - 1)) is not None:
        if before is not None and before.end == i - 1 and scan.key(i - 1)[:1] == "و":
            each = before.preposition  # «بين تركيا وكل من السويد وفنلندا»
        return phrase._replace(preposition=each)
    while i >= 0 and (
        scan.words[i].text in OPEN or scan.key(i) in KIN or (phrase.kind == "nation" and counts(scan, i))
    ):
        i -= 1
    while phrase.kind in {"name", "nation", "org", "person"} and i > 0 and (head := place_head(scan, i)) is not None:
        if head.preposition:
            return phrase._replace(preposition=head.preposition)
        i -= 1
    if i < phrase.start - 1 and scan.key(i) in ABOUT:
        i -= 1  # «نحو 14 ألف جندي أمريكي»
    elif i < phrase.start - 1 and scan.key(i) in {"من", "عن"} and scan.key(i - 1) in MORE:
        i -= 2  # «أكثر من 100 جندي أمريكي»
    if scan.key(i) == "من" and i and COUNT.fullmatch(scan.key(i - 1)):
        phrase, i = phrase._replace(gender="m"), i - 2  # «إن 100 من القوات الفرنسية»
    elif scan.key(i) == "من" and (part := part_of(scan, i - 1)) is not None:
        phrase, i = phrase._replace(gender=noun_gender(scan, part.stem) or phrase.gender), i - 2
        if part.preposition:
            return phrase._replace(preposition=part.preposition)
    key = scan.key(i)
    if key.removeprefix("و") == "عبر" and expresses(scan, i):
        return phrase
    if key == "من" and scan.key(i - 1) in {"بالقرب", "مقربه", "قريبا"}:
        return phrase._replace(preposition="قرب")
    if key == "من" and (whole := parts_of(scan, i - 1)):
        return phrase._replace(preposition=whole)
    if key in {"قبل", "يد", "جانب", "طرف"} and scan.key(i - 1) in {"من", "علي"}:
        return phrase._replace(preposition="من قبل")
    for form in (key, key[1:] if key[:1] in "وف" else key):
        if form in PREPOSITIONS and not verbal(scan, form, phrase):
            return phrase._replace(preposition=PREPOSITIONS[form])
    if phrase.conjunction and before is not None and before.preposition and adjacent(scan, before, phrase):
        return phrase._replace(preposition=before.preposition)
    return phrase


ABOUT = keyset("نحو حوالي قرابة زهاء")
MORE = keyset("أكثر أقل أزيد يقرب يزيد يقل أكثرية")


def part_of(scan: Scan, i: int) -> Split | None:
    """«وحدات من الجيش دخلت», «على عناصر من الحركة»: the clitics of a noun for some of those whom «من» brings in."""
    return next((split for split in splits(scan.key(i)) if split.stem in SOME and not split.article), None)


SOME = keyset("وحدات وحدة عناصر قوات قوة مجموعة مجموعات مسلحون مسلحين مقاتلون مقاتلين جنود أفراد عددا فصائل طائرات")
COUNT = re.compile(r"[0-9]{1,3}|[0-9]{1,3}[.,][0-9]{3}|[0-9]{5,6}")  # and no year


def parts_of(scan: Scan, i: int) -> str:
    """«على مناطق شاسعة من العراق»: the preposition before parts of a land, whose last word is word i; else empty."""
    k = next((k for k in (i, i - 1) if scan.key(k) in PARTS), 0)
    return PREPOSITIONS.get(scan.key(k - 1), "") if k else ""


PARTS = keyset("مناطق أجزاء مساحات أراض أراضي مدن قرى بلدات معظم أنحاء أحياء مواقع")


def expresses(scan: Scan, i: int) -> bool:
    """Whether «عبر» is the verb and no preposition: first in its clause, with «عن» to come."""
    first = i <= 0 or scan.words[i - 1].text in {"،", ",", ".", "؛"} or scan.key(i)[:1] == "و"
    return first and any(scan.key(k) == "عن" for k in range(i + 1, min(i + 14, len(scan.words))))


def distributed(scan: Scan, i: int) -> str | None:
    """The preposition of «كل من»: «بكل من», «مع كل من», empty in «قال كل من»; None where it is none."""
    split = next((s for s in splits(scan.key(i)) if s.stem in {"كل", "كلا"}), None)
    return None if split is None else split.preposition or PREPOSITIONS.get(scan.key(i - 1), "")


KIN = keyset("أخيه شقيقه أخيها شقيقها صديقه")
"""What heads of state call each other: «مع أخيه الشيخ محمد بن زايد»."""


def verbal(scan: Scan, form: str, subject: Phrase) -> bool:
    """«وبين الوزير أن»: «بين» is the verb of the phrase behind it."""
    return form == "بين" and scan.key(subject.end) in THAT


def place_head(scan: Scan, i: int) -> Split | None:
    """The clitics of a noun that stands between a preposition and a name: «على مدينة غوما», «بمحافظة إدلب»."""
    return next((s for s in splits(scan.key(i)) if s.stem in scan.classes["place_head"] and not s.article), None)


def counts(scan: Scan, i: int) -> bool:
    """Whether word i counts the nouns behind it: «على عشرة مسؤولين فنزويليين»."""
    return scan.words[i].is_number or scan.key(i) in scan.classes["counting"]


PREPOSITIONS = (
    {
        fold(p): fold(p)
        for p in [
            "في",
            "من",
            "إلى",
            "على",
            "عن",
            "مع",
            "ضد",
            "بين",
            "حول",
            "تجاه",
            "إزاء",
            "لدى",
            "أمام",
            "عبر",
            "نحو",
            "قبالة",
            "فوق",
            "قرب",
            "بشأن",
            "باتجاه",
            "عند",
            "داخل",
            "شمال",
            "جنوب",
            "شرق",
            "غرب",
            "برفقة",
            "بقيادة",
            "بحق",
            "حيال",
            "ضمن",
        ]
    }
    | {
        fold(form): fold(one)
        for one, form in (("شمال", "شمالي"), ("جنوب", "جنوبي"), ("شرق", "شرقي"), ("غرب", "غربي"), ("داخل", "وسط"))
    }
    | {"الي": "الي", "علي": "علي", "اليي": "الي", "ااالي": "الي", "اءلي": "الي", "إالي": "الي", "االي": "الي"}
)


def adjacent(scan: Scan, left: Phrase, right: Phrase) -> bool:
    """Whether only a comma, a quote or nothing stands between two phrases."""
    return all(scan.words[k].text in '،,"«»“”()' for k in range(left.end, right.start))
