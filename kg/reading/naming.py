"""Phrases that are names: of the tables, of the model, of persons named before."""

from kg.reading.name_features import given_names
from kg.reading.names import Name
from kg.reading.scan import OPEN, Phrase, Scan, make, match_name, noun_gender, of_person, spells
from kg.reading.words import Split, fold, keyset, spellings, splits


def table_name(scan: Scan, i: int) -> Phrase | None:
    """A name of the authority tables: موسكو, الولايات المتحدة, فلاديمير بوتين."""
    found = match_name(scan, i)
    if found is None:
        return None
    split, end, rows = found
    if (split.stem, scan.key(end)) in NO_NAMES:
        return None
    single = scan.lexicon.authorities[rows[0]]
    if end == i + 1 and single.type != "Country" and len(split.stem) < 3:
        return None
    gender = single.extra.get("gender", "") if single.type == "Person" else ""
    kind = "person" if single.type == "Person" else "name"
    name = scan.words[i].text if kind == "name" else ""
    phrase = make(scan, i, end, split, kind, keys=rows, gender=gender, country=single.country, name=name)
    subject = single.type == "Country" and end == i + 1 and behind_her_verb(scan, i)
    return phrase._replace(name=phrase.surface, subject=subject)


NO_NAMES = frozenset((fold("مسقط"), fold(word)) for word in ("رأس", "رأسه", "رأسها", "رأسهم"))
"""A word that is no name before another: «مسقط رأس الرئيس»."""


def behind_her_verb(scan: Scan, i: int) -> bool:
    """«اتهمت مالي الجزائر»: whether a word is the subject of a feminine verb, as a state is and no adjective."""
    verb = i > 0 and (scan.is_verb(i - 1) or scan.has(i - 1, "signed"))
    return verb and scan.key(i - 1).endswith("ت")


def tagged_name(scan: Scan, i: int, *, titled: bool = False) -> Phrase | None:
    """A name that the model found and no table knows; behind a title also one that could be a verb with «ف» or «و»."""
    if i not in scan.tagged:
        return None
    found = scan.tagged[i]
    label, end = found.label, found.end
    if any(foreign_to_name(scan, found, k, titled) for k in range(i, end)):
        return None
    if (
        end == i + 1
        and label == "PER"
        and any(
            s.form.form in {"masdar", "perfect"}
            for sp, s in scan.lexicon.senses_of(scan.words[i])
            if not sp.conjunction
        )
    ):
        return None
    if label == "LOC" and end == i + 1 and (scan.nation(i) is not None or describes_act(scan, i)):
        return None  # «قتل فلسطينيا»
    if label != "LOC" and titles_work(scan, i):
        return None
    if (label == "ORG" and (names_weapon(scan, i) or scan.has(i, "sanction"))) or (
        label == "PER" and "document" in scan.entries[i].classes
    ):
        return None  # «بيان صادر عن»
    if label == "PER" and ((named := match_name(scan, i)) and not of_person(scan, named)):
        return None
    split = clitics(scan, i, found.clitics)
    kind = {"PER": "person", "ORG": "org", "LOC": "name"}[label]
    phrase = make(scan, i, end, split, kind, tagged=label)
    gender = noun_gender(scan, fold(phrase.surface.split()[0])) if label == "ORG" else ""
    head = fold(phrase.surface.split()[0]) if label != "PER" else ""
    return phrase._replace(name=phrase.surface, gender=gender, head=head)


def describes_act(scan: Scan, i: int) -> bool:
    """«هجوم كيماوي», «غارات ليلية»: whether an indefinite adjective stands right behind an action noun."""
    if i == 0 or not scan.key(i).endswith(("ي", "يه")) or scan.key(i).startswith("ال"):
        return False
    forms = {sense.form.form for _, sense in scan.lexicon.senses_of(scan.words[i - 1])}
    return "masdar" in forms and not scan.key(i - 1).startswith("ال")


def names_weapon(scan: Scan, i: int) -> bool:
    """«دبابات «ليوبارد»»: whether a name in quotes stands behind the weapon or ship that it is the name of."""
    quoted = i > 1 and scan.words[i - 1].text in OPEN
    return quoted and not WEAPONS.isdisjoint(scan.entries[i - 2].classes)


def titles_work(scan: Scan, i: int) -> bool:
    """«في برنامج "بوليتكا"», «فيلم "X"»: whether a name in quotes is that of a work or an operation."""
    quoted = i > 1 and scan.words[i - 1].text in OPEN
    return quoted and any(split.stem in WORKS for split in splits(scan.key(i - 2)))


WORKS = keyset("برنامج فيلم كتاب رواية عملية حملة مبادرة مسلسل أغنية مسرحية مشروع مقال")
WEAPONS = frozenset({"weapon", "missile", "vessel", "warship", "warplane", "aircraft"})
CERTAIN = 0.9  # least probability at which the model is believed against the look of a word
LINKING = frozenset({"لو", "فان"})  # particles that are also words of names


def foreign_to_name(scan: Scan, found: Name, k: int, titled: bool) -> bool:
    """Whether word k of what the model takes for a name is a function word or a verb: «فإن هوية», «سيتم تنصيبه»."""
    word, sure = scan.words[k], found.label == "PER" and found.end - found.first > 1 and found.confidence >= CERTAIN
    if scan.is_particle(k):
        return not (sure and (word.text == "علي" or (k > found.first and word.key in LINKING)))
    if (titled and k == found.first) or (found.label == "PER" and given_names().get(word.key) == "name"):
        return False  # «فيصل», «يحيى»
    if to_come(word.key):
        return not sure or word.key.endswith(("ان", "ون"))  # «ستولتنبرغ», but «جيل سيتوجهان»
    return known_verb(scan, k)


def known_verb(scan: Scan, i: int) -> bool:
    """Whether word i is nothing but a finite verb of the word lists."""
    senses = scan.lexicon.senses_of(scan.words[i])
    forms = {sense.form.form for _, sense in senses if not sense.form.first}  # «نصر» is a name
    return bool(forms) and forms <= {"imperfect"}


def to_come(key: str) -> bool:
    """Whether a word looks like a verb with the prefix of the future."""
    return key[:2] in {"سي", "ست"} and len(key) > 4 and not key.startswith(("ستي", "ستو", "ستا"))


def clitics(scan: Scan, i: int, letters: int) -> Split:
    """Word i split behind its first `letters` letters."""
    return next(
        (s for s in splits(scan.key(i)) if len(s.conjunction) + len(s.preposition) == letters and not s.article),
        splits(scan.key(i))[0],
    )


NO_SURNAME = keyset("لصالح بسلام لسلام بنصر")


def surname(scan: Scan, i: int) -> Phrase | None:
    """The last name alone of a person whom the article, or the sentence so far, has named."""
    spelt = scan.entries[i].spelt
    for names in (scan.surnames, scan.named):
        for split, form in () if not names or names.keys().isdisjoint(spelt) else spellings(scan.key(i)):
            for keys in names.get(form, ()):
                titles = scan.has(i, "title") and scan.key(i + 1).startswith("ال")  # «قائد الجيش», but «رئيسي»
                if len(keys) == 1 and (scan.key(i) in NO_SURNAME or titles):
                    continue
                if spells(scan, i, keys):
                    phrase = make(scan, i, i + len(keys), split, "person")
                    return phrase._replace(name=phrase.surface)
    return None
