"""Phrases behind a predicate that belong to something else: rules, by the preposition that they are asked of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.reading.attendance import lies
from kg.reading.carriers import OCCASIONS
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.envoys import RECOGNISING, b_noun
from kg.reading.extent import met_behind
from kg.reading.fields import handled
from kg.reading.scan import Phrase
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import fold, keyset


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that may fill a role of a predicate."""

    hit: Hit
    phrase: Phrase
    name: str  # its preposition, or `obj`
    takes: str  # the role that it would fill, empty for none
    used: set[int]  # where the phrases begin that fill roles already

    @property
    def between(self) -> range:
        """The words between predicate and phrase."""
        return range(self.hit.at + 1, self.phrase.start)


Rule = Callable[[Analysis, Candidate], bool]


def apart(a: Analysis, one: Candidate) -> bool:
    """Whether a phrase belongs to something else."""
    if of_listed_act(a, one) or any(rule(a, one) for rule in RULES.get(one.name, ())):
        return True
    return one.takes == "place" and any(rule(a, one) for rule in PLACES)


# ---- what stands nearer


def of_listed_act(a: Analysis, one: Candidate) -> bool:
    """«بطرد 12 موظفا واستدعاء سفيرها»: the next of a list of acts."""
    nearer = (h for h in a.hits if h.at in one.between and h.split.conjunction and not h.finite)
    return any(h.sense.predicate.type == one.hit.sense.predicate.type for h in nearer)


def of_nearer_act(a: Analysis, one: Candidate) -> bool:
    """«إنهاء الحرب دون شن هجوم على رفح»: another such act."""
    own = one.hit.sense.predicate
    if one.hit.finite or (own.type != "MilitaryAction" and own.kind != "visit"):
        return False
    nearer = (
        h for h in a.hits if one.hit.at + 1 < h.at < one.phrase.start and not h.finite and not h.split.conjunction
    )
    return any(h.sense.predicate.type == own.type and one.name in h.sense.predicate.roles for h in nearer)


def of_claim(a: Analysis, one: Candidate) -> bool:
    """«الاعتراف بسيادة المغرب يضر بواشنطن»: what is recognised."""
    recognised = one.hit.sense.predicate.kind in RECOGNISING
    return recognised and any(b_noun(a, i) for i in one.between[:3] if i < one.phrase.start - 1)


def of_description(a: Analysis, one: Candidate) -> bool:
    """«يلتقي ترامب ماي التي تسعى لاتفاق مع واشنطن»: a relative clause that tells of who takes part."""
    if one.hit.sense.predicate.type != "Meeting" or not one.used:
        return False
    return any(a.words[k].key in RELATIVES and k - 1 in a.covered for k in one.between)


def of_bond(a: Analysis, one: Candidate) -> bool:
    """«يبحث الاتفاق الموقع مع طهران», «ناقشت اللجنة الأزمة مع إيران»: with whom a matter is, and not a meeting."""
    if one.hit.sense.predicate.type != "Meeting" or one.phrase.start - 2 <= one.hit.at:
        return False
    return a.scan.key(one.phrase.start - 2) in BONDS


BONDS = keyset(
    "الموقع الموقعة المبرم المبرمة الأزمة أزمة الخلاف الخلافات خلافات النزاع الصراع التوتر العلاقات علاقات الحدود"
)


# ---- objects


def bears_object(_a: Analysis, one: Candidate) -> bool:
    """«يزورها», «الاحتجاز»: a verb that has its object as a pronoun; a noun of force with its article has none."""
    if one.hit.finite:
        return bool(one.hit.sense.form.pronoun)
    return one.hit.sense.predicate.type == "MilitaryAction" and one.hit.split.article


def of_what_acts(a: Analysis, one: Candidate) -> bool:
    """«نشرت جنودا لدعم المعارضة»: what is sent is who acts; no thing acts, and none for whom it is sent."""
    if one.hit.sense.predicate.roles.get("obj") != "agent":
        return False
    aimed = any(h.at in one.between and h.split.preposition == "ل" and not h.finite for h in a.hits)
    return aimed or handled(a, one.hit, one.phrase)


def no_object(a: Analysis, one: Candidate) -> bool:
    """Whether a free phrase stands too far to be the object: behind a verb, a comma or another time."""
    hit, phrase, between = one.hit, one.phrase, one.between
    commas = [k for k in between if a.words[k].text in {"،", ","} and k not in a.covered and not closes_title(a, k)]
    aside = len(commas) == 2 and (commas[0] + 1 in a.timed or a.words[commas[0] + 1].key[:1] == "ب")
    inserted = hit.sense.predicate.type == "Meeting" or aside
    first = phrase.start - a.scan.has(phrase.start - 1, "place_head")
    if inserted and len(commas) >= 2 and commas[-1] == first - 1:
        return any(a.words[k].key in COMPLEMENTS for k in between)  # an insert in commas before the object
    if phrase.kind == "counterpart" or phrase.head == "نظير":
        return False
    if any(a.scan.key(k) in MARGINS for k in between):
        return True  # «التقى بايدن على هامش قمة مجموعة العشرين»
    if not hit.finite and any(a.scan.key(k) in TIMES for k in between):
        return True  # «زيارة الوزير بعد اعتراف الرئيس ترامب بالقدس»
    if len(commas) == 1 and met_behind(a, hit, commas[0]) == phrase:
        return False
    if hit.sense.predicate.type == "DiplomaticAction" and any(a.words[k].key in LATER for k in between):
        return True
    if any(k in commas or (a.words[k].key in COMPLEMENTS and k not in a.covered) for k in between):
        return not any(p.start in one.used and p.end <= phrase.start and a.conjoined(p, phrase) for p in a.phrases)
    return False


MARGINS = keyset("هامش خلفية")
TIMES = keyset("بعد قبل عقب منذ إثر قبيل")
LATER = OCCASIONS | keyset("قبل")
"""Prepositions of the occasion of an act: who stands behind them is no object of it."""


def closes_title(a: Analysis, comma: int) -> bool:
    """«استقبل وزير الدفاع، شويغو، نظيره»: whether a comma closes a name that a comma parts from its title."""
    person = a.ends.get(comma)
    return person is not None and any(a.words[k].text in {"،", ","} for k in range(person.start, person.end))


# ---- those who meet or fight


def remote(a: Analysis, one: Candidate) -> bool:
    """«حرب أكتوبر وتعزيز العلاقات بين البلدين»: «بين» and «مع» too far behind a fight to name its sides."""
    if one.hit.sense.predicate.type != "MilitaryAction":
        return False
    return sum(i not in a.covered and i not in a.timed and a.words[i].is_word for i in one.between) > SIDES


SIDES = 7  # words, phrases and dates not counted, behind which no side of a fight is named


def tied(a: Analysis, one: Candidate) -> bool:
    """«وضع الاجتماع أسسا للتعاون بين البلدين»: between whom something else is than the meeting."""
    meets = one.hit.sense.predicate.type == "Meeting" or one.hit.sense.predicate.kind == "exercise"
    if not meets or one.hit.finite:
        return False
    opening = next((i for i in reversed(one.between) if a.scan.key(i) == "بين"), one.phrase.start - 1)
    noun = opening - 1 - a.scan.key(opening - 1).startswith("ال")  # «العلاقات الثنائية بين»
    near = (a.scan.key(i).removeprefix("و").removeprefix("لل").removeprefix("ال") for i in {noun, opening - 1})
    return noun > one.hit.at and any(key in TIES for key in near)


TIES = keyset("علاقات تعاون تنسيق روابط تبادل صداقة شراكة خلاف خلافات توتر توترات نزاع تقارب")


def acting_itself(a: Analysis, one: Candidate) -> bool:
    """«يستعرض اللقاء عمل اللجنة»: a meeting with its article before the object of its own verb."""
    hit = one.hit
    if hit.sense.predicate.type != "Meeting" or hit.finite or not hit.split.article or hit.at + 1 >= len(a.words):
        return False
    word, i = a.words[hit.at + 1], hit.at + 1
    if i in a.finite and not a.scan.has(i, "light"):
        return True  # «خلال اللقاء بحث الوزير ملف الصحراء»
    free = word.is_word and i not in a.covered and i not in a.timed and i not in a.finite
    return free and not (word.key.startswith("ال") or a.scan.is_particle(i) or a.scan.is_verb(i) or entered(a, i))


def entered(a: Analysis, i: int) -> bool:
    """Whether a word may stand between a noun and what belongs to it: an adverb, a preposition."""
    return a.scan.has(i, "insert") or a.scan.has(i, "light") or a.words[i].key[:1] in "بلو"


def spoken_of(a: Analysis, one: Candidate) -> bool:
    """«تتحدث عن علاقتها مع ترامب»: what somebody talks of, and not with whom."""
    return one.hit.sense.predicate.lemma == "تحدث" and any(a.words[k].key == "عن" for k in one.between)


# ---- those behind «ل»


def of_place_before(a: Analysis, one: Candidate) -> bool:
    """«قصف في المدينة في حصيلة للصليب الأحمر»: whom something behind the place belongs to."""
    return one.takes == "target" and any(a.words[k].key == "في" and k not in a.covered for k in one.between)


def of_noun_before(a: Analysis, one: Candidate) -> bool:
    """«هجوم استهدف تجمعا لحزب»: whose the thing is that is hit."""
    far = len(one.between) > BEHIND or any(k in a.finite for k in one.between)
    return one.takes == "agent" and far


BEHIND = 2  # words between an act and «ل» that tells whose it is


# ---- places and matters


def matter(a: Analysis, one: Candidate) -> bool:
    """«بحثا الوضع في سوريا وأوكرانيا», «ملف الصحراء الغربية»: what is talked of."""
    if one.hit.sense.predicate.type != "Meeting":
        return False
    if one.phrase.kind == "name" and any(a.scan.key(i) in OCCASIONS for i in one.between):
        return True  # «بدأت الحوار في أعقاب هجمات قرب الخليج»
    i = one.phrase.start - 1
    i -= a.scan.key(i) == WITHIN
    if i > one.hit.at and a.scan.has(i, "matter"):
        return True
    before = a.ends.get(one.phrase.start) if one.phrase.conjunction else None
    return before is not None and before.start > one.hit.at and matter(a, replace(one, phrase=before))


WITHIN = fold("في")


def no_land(_a: Analysis, one: Candidate) -> bool:
    """«زيارة للقوات», «سيطر على الحكومة»: what one can neither visit nor take."""
    return one.hit.sense.predicate.kind in {"visit", "seizure"} and not lies(one.phrase)


def beside(_a: Analysis, one: Candidate) -> bool:
    """«استعاد الجيش منطقة القلمون قرب دمشق»: what lies beside the land that is taken."""
    return one.hit.sense.predicate.kind == "seizure" and one.name == "قرب"


RULES: Mapping[str, tuple[Rule, ...]] = {
    "obj": (bears_object, of_what_acts, no_object, acting_itself, matter, of_description),
    "بين": (remote, tied, acting_itself, of_description),
    "مع": (remote, acting_itself, spoken_of, of_description, of_bond),
    "ب": (of_claim, of_description),
    "ل": (of_place_before, of_noun_before),
    **dict.fromkeys(("علي", "ضد", "الي"), (of_nearer_act,)),
}
"""Preposition, `obj` for none, to the rules that take a phrase for something else's."""

PLACES: tuple[Rule, ...] = (matter, no_land, beside)
"""The same for a phrase that would say where."""
