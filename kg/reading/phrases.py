"""Noun phrases that name or stand for an actor or a place: names, titles with names, collectives, pro-forms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.reading.lexicon import Lexicon
from kg.reading.names import Name
from kg.reading.words import MARKS, Split, Word, endings, fold, splits

OPEN, CLOSE = "\"“«„'‘", "\"”»“'’"
TITLE_REACH = 9  # words of a title before its name
FEMININE = ("ه", "ات")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words `start:end` of a sentence that name or stand for something."""

    start: int
    end: int
    kind: str  # name, person, office, org, nation, pair, own, counterpart, pronoun, source
    char_start: int
    char_end: int
    surface: str
    keys: tuple[str, ...] = ()  # authority rows it may be
    name: str = ""  # of a person or organisation
    head: str = ""  # key of the title or head noun
    country: str | None = None  # of a title, organisation or collective
    gender: str = ""
    number: str = "s"
    conjunction: bool = False
    preposition: str = ""  # attached or standing before it
    title: str = ""  # the words of the title before a name
    tagged: str = ""  # PER, ORG or LOC where the model named it


Match = tuple[Split, int, tuple[str, ...]]
"""A name of the tables in a sentence: clitics of its first word, index behind it, authority rows."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A sentence under analysis: its words, the lexicon, and and the names the model found."""

    text: str  # the article's
    words: Sequence[Word]
    lexicon: Lexicon
    tagged: Mapping[int, Name]  # names the model found, by their first word
    surnames: frozenset[tuple[str, ...]] = frozenset()  # last names of the persons named so far
    matched: dict[int, Match | None] = field(default_factory=dict)  # names of the tables found so far, by word

    def has(self, i: int, name: str) -> bool:
        """Whether word i is in a class."""
        return 0 <= i < len(self.words) and self.lexicon.in_class(self.words[i], name)

    def key(self, i: int) -> str:
        """The key of word i, empty outside the sentence."""
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def nation(self, i: int) -> str | None:
        """The country whose adjective word i is, alone or with the word behind it."""
        if not 0 <= i < len(self.words):
            return None
        return self.lexicon.nation(self.words[i], self.words[i + 1] if i + 1 < len(self.words) else None)

    def nation_end(self, i: int) -> int:
        """Index behind the adjective of nationality at word i, which may be two words."""
        pair = self.nation(i) is not None and self.lexicon.nation(self.words[i]) != self.nation(i)
        pair = pair or i + 1 < len(self.words) and self.nation(i) != self.lexicon.nation(self.words[i])
        return i + 2 if pair else i + 1

    def is_particle(self, i: int) -> bool:
        """Whether word i is a function word, with or without a conjunction."""
        key, particles = self.key(i), self.lexicon.classes["particle"]
        return key in particles or (key[:1] in "وف" and key[1:] in particles)

    def is_verb(self, i: int) -> bool:
        """Whether word i can only be read as a finite verb."""
        word = self.words[i]
        if any(
            sense.form.form in {"perfect", "imperfect"} and not sense.form.pronoun or len(split.stem) > 4
            for split, sense in self.lexicon.senses_of(word)
            if sense.form.form in {"perfect", "imperfect"}
        ):
            return True
        stem = word.key.removeprefix("و").removeprefix("ف")
        return len(stem) > 4 and stem[:2] in {"سي", "ست", "سن"} or len(stem) > 3 and stem[0] == "ي" and stem[1] != "و"


def phrases(scan: Scan) -> tuple[Phrase, ...]:
    """The phrases of a sentence, left to right, none inside another."""
    found: list[Phrase] = []
    i = 0
    while i < len(scan.words):
        phrase = phrase_at(scan, i)
        if phrase is None:
            i += 1
            continue
        i = phrase.end
        if found and apposed(scan, found[-1], phrase):
            found[-1] = replace(
                found[-1], end=phrase.end, head=phrase.head, country=phrase.country or found[-1].country
            )
        else:
            found.append(governed(scan, phrase, found[-1] if found else None))
    return tuple(found)


def apposed(scan: Scan, name: Phrase, office: Phrase) -> bool:
    """Whether an office stands behind the name of its holder: «فيصل بن فرحان وزير الخارجية», «يوسي آبو، الرئيس التنفيذي،»."""
    if name.kind != "person" or office.kind != "office" or office.conjunction or office.preposition or name.head:
        return False
    between = [scan.words[k].text for k in range(name.end, office.start)]
    return not between or between in (['"'], ["»"], ["”"]) or between == ["،"] and scan.key(office.end) in {"،", "."}


def phrase_at(scan: Scan, i: int) -> Phrase | None:
    """The phrase that begins at word i, by the first grammar rule that accepts it."""
    if not scan.words[i].is_word:
        return None
    return next((p for rule in GRAMMAR if (p := rule(scan, i)) is not None), None)


def governed(scan: Scan, phrase: Phrase, before: Phrase | None) -> Phrase:
    """The phrase with the preposition that governs it; «بين X وY» and «على X وY» govern both."""
    if phrase.preposition:
        return phrase
    i = phrase.start - 1
    if scan.key(i) == "من" and scan.key(i - 1) in {"كل", "وكل", "كلا"}:
        return phrase
    while i >= 0 and scan.words[i].text in OPEN:
        i -= 1
    key = scan.key(i)
    if key in {"قبل", "يد", "جانب"} and scan.key(i - 1) in {"من", "علي"}:
        return replace(phrase, preposition="من قبل")
    for form in (key, key[1:] if key[:1] in "وف" else key):
        if form in PREPOSITIONS:
            return replace(phrase, preposition=PREPOSITIONS[form])
    if phrase.conjunction and before is not None and before.preposition and joined(scan, before, phrase):
        return replace(phrase, preposition=before.preposition)
    return phrase


PREPOSITIONS = {
    fold(p): fold(p)
    for p in (
        "في من إلى على عن مع ضد بين حول تجاه إزاء لدى أمام عبر نحو قبالة فوق قرب بشأن باتجاه عند داخل شمال جنوب شرق غرب برفقة بقيادة ضمن"
    ).split()
} | {"الي": "الي", "علي": "علي", "اليي": "الي", "ااالي": "الي", "اءلي": "الي", "إالي": "الي", "االي": "الي"}


def joined(scan: Scan, left: Phrase, right: Phrase) -> bool:
    """Whether only a comma, a quote or nothing stands between two phrases."""
    return all(scan.words[k].text in '،,"«»“”()' for k in range(left.end, right.start))


def surface(scan: Scan, start: int, end: int, split: Split) -> tuple[int, int, str]:
    """Characters of words start:end without the first word's clitics; لل keeps its letters."""
    first, last = scan.words[start], scan.words[end - 1]
    skip = len(split.conjunction) + (0 if _assimilated(first.key, split) else len(split.preposition))
    begin = first.start + _skip(first.text, skip)
    return begin, last.end, scan.text[begin : last.end]


def _assimilated(key: str, split: Split) -> bool:
    return split.preposition == "ل" and split.article and "لل" in key[:3]


def _skip(text: str, letters: int) -> int:
    """Characters that the first `letters` letters take, their marks included."""
    i = 0
    while letters and i < len(text):
        i += 1
        while i < len(text) and MARKS.match(text[i]):
            i += 1
        letters -= 1
    return i


def make(scan: Scan, start: int, end: int, split: Split, kind: str, **more: object) -> Phrase:
    """A phrase over words start:end whose first word bears the clitics of `split`."""
    begin, stop, text = surface(scan, start, end, split)
    return Phrase(
        start,
        end,
        kind,
        begin,
        stop,
        text,
        conjunction=bool(split.conjunction),
        preposition=split.preposition,
        **more,  # type: ignore[arg-type]
    )


def surname(scan: Scan, i: int) -> Phrase | None:
    """The last name alone of a person whom the article has named before."""
    for split in splits(scan.key(i)):
        form = "ال" * split.article + split.stem
        for keys in scan.surnames:
            if keys[0] == form and _spells(scan, i, keys):
                phrase = make(scan, i, i + len(keys), split, "person")
                return replace(phrase, name=phrase.surface)
    return None


def match_name(scan: Scan, i: int) -> Match | None:
    """The longest name of the tables at word i: clitics, end, authority rows."""
    if i not in scan.matched:
        scan.matched[i] = _match_name(scan, i)
    return scan.matched[i]


def _match_name(scan: Scan, i: int) -> Match | None:
    best: tuple[Split, int, tuple[str, ...]] | None = None
    for split in splits(scan.key(i)):
        for name in scan.lexicon.names.get("ال" * split.article + split.stem, ()):
            end = i + len(name.keys)
            if (best is None or end > best[1]) and _spells(scan, i, name.keys):
                best = split, end, name.rows
                break  # the longest of this stem: they stand longest first
    return best


def _spells(scan: Scan, i: int, keys: tuple[str, ...]) -> bool:
    if len(keys) == 1:
        return True
    if i + len(keys) > len(scan.words) or scan.words[i + 1].key != keys[1]:
        return False
    return all(scan.words[i + k].key == key for k, key in enumerate(keys) if k > 1)


def table_name(scan: Scan, i: int) -> Phrase | None:
    """A name of the authority tables: موسكو, الولايات المتحدة, فلاديمير بوتين."""
    found = match_name(scan, i)
    if found is None:
        return None
    split, end, rows = found
    single = scan.lexicon.authorities[rows[0]]
    if end == i + 1 and single.type != "Country" and len(split.stem) < 3:
        return None
    gender = single.extra.get("gender", "") if single.type == "Person" else ""
    kind = "person" if single.type == "Person" else "name"
    name = scan.words[i].text if kind == "name" else ""
    phrase = make(scan, i, end, split, kind, keys=rows, gender=gender, country=single.country, name=name)
    return replace(phrase, name=phrase.surface)


def tagged_name(scan: Scan, i: int) -> Phrase | None:
    """A name that the model found and no table knows."""
    if i not in scan.tagged:
        return None
    found = scan.tagged[i]
    label, end = found.label, found.end
    if any(scan.is_particle(k) or known_verb(scan, k) for k in range(i, end)):
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
    if label == "PER" and ((named := match_name(scan, i)) and not _person(scan, named)):
        return None
    split = clitics(scan, i, found.clitics)
    kind = {"PER": "person", "ORG": "org", "LOC": "name"}[label]
    phrase = make(scan, i, end, split, kind, tagged=label)
    gender = noun_gender(fold(phrase.surface.split()[0])) if label == "ORG" else ""
    return replace(phrase, name=phrase.surface, gender=gender, head=fold(phrase.surface.split()[0]))


def known_verb(scan: Scan, i: int) -> bool:
    """Whether word i is nothing but a finite verb of the word lists, or has the future prefix."""
    forms = {sense.form.form for _, sense in scan.lexicon.senses_of(scan.words[i])}
    stem = scan.key(i)
    return (
        bool(forms)
        and forms <= {"imperfect"}
        or stem[:2] in {"سي", "ست"}
        and len(stem) > 4
        and not stem.startswith(("ستي", "ستو", "ستا"))
    )


def clitics(scan: Scan, i: int, letters: int) -> Split:
    """Word i split behind its first `letters` letters."""
    return next(
        (s for s in splits(scan.key(i)) if len(s.conjunction) + len(s.preposition) == letters and not s.article),
        splits(scan.key(i))[0],
    )


def noun_gender(key: str) -> str:
    """Grammatical gender of a noun by its ending; empty for broken plurals and what else does not show it."""
    if key.endswith(FEMININE) or key in BROKEN:
        return "f"
    return "m" if key in MASCULINE else ""


BROKEN = frozenset(
    fold(w) for w in "كتائب سرايا ألوية فصائل قوى صقور لجان وسائل مصادر دول أجهزة جيوش صواريخ سفن قيادات".split()
)
MASCULINE = frozenset(
    fold(w)
    for w in "مجلس حزب جيش اتحاد بنك مصرف صندوق مكتب حلف برلمان جهاز تنظيم حرس مركز معهد مرصد تحالف ائتلاف تيار تكتل ديوان منتدى موقع شعب نظام جانب وفد".split()
)


def head_splits(scan: Scan, i: int, name: str) -> Split | None:
    """The clitics under which word i is a noun of a class (without pronoun)."""
    members = scan.lexicon.classes[name]
    return next((s for s in splits(scan.key(i)) if s.stem in members), None)


def title(scan: Scan, i: int) -> Phrase | None:
    """A title, with what it is the title of, and the name it introduces: وزير الخارجية الروسي سيرغي لافروف."""
    split = head_splits(scan, i, "title") or head_splits(scan, i, "namedtitle") or owned_title(scan, i)
    if split is None or (split.stem == "معارضه" and not split.article):
        return None
    end, country, known = title_tail(scan, i + 1)
    person = person_after(scan, end) or later_person(scan, end)
    if person is not None:
        return titled_person(scan, i, split, person, country)
    if split.stem in scan.lexicon.classes["namedtitle"]:
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


SCOPES = frozenset(
    fold(w)
    for w in "خارجية دفاع داخلية مالية خزانة نفط بترول طاقة اقتصاد تجارة عدل إعلام صحة وزراء حكومة برلمان مجلس نواب شيوخ أركان عام باسم أمن جيش انتقالي".split()
)


def scope(scan: Scan, i: int, split: Split, end: int) -> str:
    """Key of an office: the title and the first word that says which one (وزير خارجيه, رييس وزراء)."""
    for k in range(i + 1, min(end, i + 3)):
        stem = next((s.stem for s in splits(scan.key(k)) if s.stem in SCOPES), None)
        if stem:
            return f"{split.stem} {stem}"
    return split.stem


def owned_title(scan: Scan, i: int) -> Split | None:
    """A title with a pronoun (رئيسها، نائبته), if a person's name follows."""
    members = scan.lexicon.classes["title"]
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
        if (nation := scan.nation(i)) and not _conjoined(scan, i):
            country, i = nation, i + 1
        elif (
            (named := match_name(scan, i))
            and not _person(scan, named)
            and not named[0].conjunction
            and (
                i == start or scan.nation(i - 1) is None or scan.lexicon.authorities[named[2][0]].type == "Organization"
            )
        ):
            row = scan.lexicon.authorities[named[2][0]]
            country, i = country or row.country or scan.lexicon.capitals.get(row.key), named[1]
        elif scan.has(i, "titletail") and not _conjoined(scan, i) and not starts_person(scan, i):
            i += 1
        elif i in scan.tagged and scan.tagged[i].label == "ORG" and not _conjoined(scan, i):
            i = scan.tagged[i].end
        elif scan.key(i) in BACKED and scan.key(i + 1) == "من" and (named := match_name(scan, i + 2)):
            i = named[1]
        elif i > start and (quoted := quoted_end(scan, i)) and (scan.has(i - 1, "orghead") or scan.key(i - 1) == "ل"):
            i = quoted
        elif scan.key(i) == "ل" and i + 1 < len(scan.words) and scan.words[i + 1].text in OPEN:
            i += 1
        elif (
            i > start
            and scan.key(i)[:1] == "و"
            and scan.key(i)[1:].removeprefix("ال") in scan.lexicon.classes["titletail"] - scan.lexicon.classes["title"]
            and person_after(scan, skip_tail(scan, i))
        ):
            i += 1
        elif (behind := institution_end(scan, i)) and person_after(scan, behind):
            i = behind
        else:
            break
    while i > start and scan.key(i - 1) in {"لدي", "الي", "باسم", "في"}:
        i -= 1
    return i, country, i > start


def institution_end(scan: Scan, i: int) -> int:
    """Index behind «في حركة حماس», «لدى موسكو», «بوزارة الدفاع»: where an office is held; 0 where nothing of the kind stands."""
    if scan.key(i) in {"في", "لدي"}:
        i += 1
    elif scan.key(i)[:1] != "ب":
        return 0
    if i >= len(scan.words) or not scan.words[i].is_word:
        return 0
    if named := match_name(scan, i):
        return named[1]
    return org_tail(scan, i + 1)[0] if org_split(scan, i) else 0


BACKED = frozenset(fold(w) for w in "المدعوم المدعومة المقرب المقربة".split())


def skip_tail(scan: Scan, i: int) -> int:
    """Index behind the words that may belong to a ministry's long name: «والتعاون الأفريقي والمغاربة المقيمين بالخارج»."""
    k = i + 1
    while (
        k < min(i + 6, len(scan.words))
        and scan.words[k].is_word
        and not scan.is_particle(k)
        and scan.key(k) not in scan.lexicon.classes["honorific"]
        and not starts_person(scan, k)
    ):
        k += 1
    return k


def _conjoined(scan: Scan, i: int) -> bool:
    """Whether a word begins with a conjunction that is none of its letters."""
    key = scan.key(i)
    return (
        key[:1] == "و"
        and key[1:3] == "ال"
        or (
            key[:1] == "و"
            and key not in {"وزاره", "وزير", "وزراء", "وطني", "وطنيه", "وكاله", "وزيره"}
            and key[1:] in scan.lexicon.classes["title"]
        )
    )


def _person(scan: Scan, named: tuple[Split, int, tuple[str, ...]]) -> bool:
    return scan.lexicon.authorities[named[2][0]].type == "Person"


def starts_person(scan: Scan, i: int) -> bool:
    """Whether a known or tagged person's name begins at word i."""
    named = match_name(scan, i)
    return (named is not None and _person(scan, named)) or (i in scan.tagged and scan.tagged[i].label == "PER")


def person_after(scan: Scan, i: int) -> Phrase | None:
    """The person whose name follows a title: at once, after a comma, an opening quote or bracket, or an honorific."""
    if scan.key(i) in {"،", ","} or scan.words[i : i + 1] and scan.words[i].text in OPEN + "(":
        i += 1
    while i < len(scan.words) and (
        scan.words[i].text in scan.lexicon.classes["honorific"] or scan.key(i) in scan.lexicon.classes["honorific"]
    ):
        i += 1
    if scan.words[i : i + 1] and scan.words[i].text in OPEN:
        i += 1
    if i >= len(scan.words) or not scan.words[i].is_word:
        return None
    for rule in (table_person, tagged_person, guessed_person):
        if (person := rule(scan, i)) is not None and not person.conjunction and not person.preposition:
            return person
    return None


def table_person(scan: Scan, i: int) -> Phrase | None:
    """A person of the tables at word i; a longer name that the model found wins."""
    phrase = table_name(scan, i)
    if phrase is None or phrase.kind != "person":
        return None
    if i in scan.tagged and scan.tagged[i].label == "PER" and scan.tagged[i].end > phrase.end:
        return None
    return phrase


def tagged_person(scan: Scan, i: int) -> Phrase | None:
    """A person that the model found at word i."""
    phrase = tagged_name(scan, i)
    return phrase if phrase is not None and phrase.kind == "person" else None


def later_person(scan: Scan, i: int) -> Phrase | None:
    """A name up to five plain nouns behind a title: «رئيس جامعة الأزهر أحمد الطيب», «الباحث في شؤون الخليج فلان»."""
    for k in range(i, min(i + 6, len(scan.words))):
        if starts_person(scan, k):
            person = table_person(scan, k) or tagged_person(scan, k)
            return person if person is not None and not person.conjunction and not person.preposition else None
        word = scan.words[k]
        if (
            not word.is_word
            or scan.is_verb(k)
            or word.key not in {"في", "من"}
            and scan.is_particle(k)
            or word.key[:1] == "و"
            and word.key[1:3] == "ال"
        ):
            return None
    return None


def guessed_person(scan: Scan, i: int) -> Phrase | None:
    """Two to four words behind a title that nothing explains: the name of somebody new."""
    end = i
    while end < min(i + 4, len(scan.words)) and plain_name_word(scan, end, end == i):
        end += 1
    while end > i + 2 and scan.key(end - 1).endswith(("ا", "ه")) and not scan.words[end - 1].text.endswith(("ا", "ة")):
        end -= 1
    if end < i + 2 or scan.has(i - 1, "collective"):
        return None
    phrase = make(scan, i, end, Split("", "", False, scan.key(i)), "person")
    return replace(phrase, name=phrase.surface)


def plain_name_word(scan: Scan, i: int, first: bool) -> bool:
    """Whether a word may belong to a name that nobody knows: no function word, predicate, class word or adjective."""
    word = scan.words[i]
    if not word.is_word or scan.is_particle(i) or len(word.key) < 3 or word.text.endswith(("اً", "ًا")) or scan.nation(i):
        return False
    if first and word.key.startswith("ال") or scan.is_verb(i) or scan.lexicon.senses_of(word):
        return False
    names = (
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
    return not any(scan.has(i, name) for name in names) and match_name(scan, i) is None and word.key[:1] not in "وفبلك"


def titled_person(scan: Scan, i: int, split: Split, person: Phrase, country: str | None) -> Phrase:
    """A person with the title before the name."""
    end = person.end
    while end < len(scan.words) and scan.words[end].text in CLOSE and scan.words[person.start - 1].text in OPEN:
        end += 1
    return replace(
        person,
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
    while k < i + 4 and scan.key(k) in scan.lexicon.classes["honour"] | scan.lexicon.classes["honorific"]:
        k += 1
    inner = next(
        (
            p
            for rule in (title, table_person, tagged_person)
            if k < len(scan.words) and scan.words[k].is_word and (p := rule(scan, k))
        ),
        None,
    )
    if inner is None or inner.conjunction or inner.preposition:
        return None
    return replace(inner, start=i, conjunction=bool(split.conjunction), preposition=split.preposition)


def counterpart(scan: Scan, i: int) -> Phrase | None:
    """نظيره الروسي سيرغي لافروف, نظيرته, نظرائه: the same office of another country."""
    split = next(
        (s for s in splits(scan.key(i)) for core, p in endings(s.stem) if core in {"نظير", "نظيره", "نظراء"} and p),
        None,
    )
    if split is None:
        return None
    end, country, _ = title_tail(scan, i + 1)
    person = person_after(scan, end)
    if person is not None:
        return titled_person(scan, i, Split(split.conjunction, split.preposition, False, "نظير"), person, country)
    return make(scan, i, end, split, "counterpart", country=country, head="نظير", gender="m")


def pair(scan: Scan, i: int) -> Phrase | None:
    """الجانبان, الطرفين, البلدان: the two parties last named together."""
    split = next((s for s in splits(scan.key(i)) if not s.article and s.stem in scan.lexicon.classes["pair"]), None)
    if split is None:
        split = next(
            (s for s in splits(scan.key(i)) if s.article and "ال" + s.stem in scan.lexicon.classes["pair"]), None
        )
    if split is None:
        return None
    nominative = scan.key(i).endswith(("ان", "فا"))
    return make(scan, i, i + 1, split, "pair", number="d", gender="m", head="nom" if nominative else "obl")


def own(scan: Scan, i: int) -> Phrase | None:
    """بلاده, حكومته: the country of the one last spoken of."""
    split = next((s for s in splits(scan.key(i)) if s.stem in scan.lexicon.classes["own"]), None)
    return make(scan, i, i + 1, split, "own", gender="f") if split else None


ARMED = frozenset(fold(w) for w in "الجوية المسلحة البرية البحرية الأمنية الخاصة".split())


def own_forces(scan: Scan, i: int) -> Phrase | None:
    """«الدفاعات الجوية», «القوات المسلحة» without a nationality: the forces of the one who speaks or acts."""
    split = head_splits(scan, i, "collective")
    if (
        split is None
        or not split.article
        or split.stem not in {"قوات", "دفاعات", "طايرات"}
        or scan.key(i + 1) not in ARMED
    ):
        return None
    if scan.nation(i + 2) or match_name(scan, i + 2):
        return None
    return make(scan, i, i + 2, split, "own", gender="f")


def nation(scan: Scan, i: int) -> Phrase | None:
    """A collective that stands for its country: القوات الروسية, الحكومة الفنزويلية, نظام مادورو, إدارة ترامب."""
    split = head_splits(scan, i, "collective")
    if split is None:
        return None
    if scan.key(i + 1) in scan.lexicon.classes["pair"]:
        return make(scan, i, i + 2, split, "pair", number="d", gender="", head="obl")
    for k in range(i + 1, min(i + 5, len(scan.words))):
        if scan.is_particle(k) or not scan.words[k].is_word:
            break
        country = scan.nation(k)
        if country is not None and k + 1 < len(scan.words) and scan.lexicon.nation(scan.words[k]) != country:
            k += 1
        if country is not None and split.stem == "عاصمه":
            return capital(scan, i, k + 1, split, country)
        if country is not None:
            gender = "f" if scan.key(k).endswith(("ه", "ات", "تان", "تين")) else noun_gender(split.stem)
            return make(scan, i, k + 1, split, "nation", country=country, gender=gender, head=split.stem)
        named = match_name(scan, k)
        if named is not None and k == i + 1:
            return named_nation(scan, i, split, named)
    return None


def capital(scan: Scan, i: int, end: int, split: Split, country: str) -> Phrase | None:
    """«العاصمة الروسية» (موسكو): the capital itself, its name with it where it follows."""
    key = scan.lexicon.authorities[country].extra.get("capital")
    if not key:
        return None
    named = match_name(scan, end)
    if named is not None and key in named[2]:
        end = named[1]
    phrase = make(scan, i, end, split, "name", keys=(key,), country=country)
    return replace(phrase, name=phrase.surface)


def named_nation(scan: Scan, i: int, split: Split, named: tuple[Split, int, tuple[str, ...]]) -> Phrase | None:
    """A collective with its country or leader's name after it: حكومة فنزويلا, نظام مادورو."""
    row = scan.lexicon.authorities[named[2][0]]
    if named[0].conjunction or named[0].preposition or row.type == "Organization":
        return None
    if row.type == "Person" and split.stem not in {"نظام", "حكومه", "اداره"}:
        return None
    if row.type == "Place" and row.key not in scan.lexicon.capitals:
        return None
    country = row.country if row.type != "Place" else scan.lexicon.capitals[row.key]
    return make(scan, i, named[1], split, "nation", country=country, gender=noun_gender(split.stem), head=split.stem)


def organisation(scan: Scan, i: int) -> Phrase | None:
    """A head noun with its name: شركة «روستيخ», وزارة الخارجية الروسية, حركة النهضة; or the bare noun (الوزارة)."""
    split = org_split(scan, i)
    if split is None:
        return None
    pronoun = next((p for core, p in endings(split.stem) if core in scan.lexicon.classes["orghead"] and p), "")
    end, country = org_tail(scan, i + 1)
    if end == i + 1 and not split.article and not pronoun:
        return None
    if (
        end == i + 1
        and split.article
        and scan.key(i - 1).startswith("ال")
        and not split.conjunction
        and not scan.is_particle(i - 1)
    ):
        return None
    if not split.article and not pronoun and indefinite(scan, i + 1, end) and split.stem not in ARMED_GROUPS:
        return None
    phrase = make(
        scan,
        i,
        end,
        split,
        "org",
        country=country,
        head=split.stem,
        gender=noun_gender(split.stem),
        keys=inner_rows(scan, i + 1, end),
    )
    if phrase.keys:
        return replace(phrase, kind="name", name=phrase.surface)
    return replace(phrase, name="ال" + phrase.surface[2:] if phrase.surface.startswith("لل") else phrase.surface)


ARMED_GROUPS = frozenset(fold(w) for w in "فصائل ميليشيات مليشيات متمردون متمردين انفصاليون انفصاليين".split())


def indefinite(scan: Scan, i: int, end: int) -> bool:
    """Whether an organisation's tail names nothing: only indefinite adjectives (صحيفة إسرائيلية)."""
    return all(
        scan.words[k].is_word
        and not scan.key(k).startswith("ال")
        and k not in scan.tagged
        and match_name(scan, k) is None
        for k in range(i, end)
    )


def inner_rows(scan: Scan, i: int, end: int) -> tuple[str, ...]:
    """The rows of an organisation that the tables know by the name behind its head noun: شركة "روسنفت", حركة حماس."""
    k = i + 1 if i < end and scan.words[i].text in OPEN else i
    named = match_name(scan, k) if k < end else None
    if named is None or named[0].conjunction or named[0].preposition or named[1] < end - 1:
        return ()
    return tuple(r for r in named[2] if scan.lexicon.authorities[r].type == "Organization")


def org_split(scan: Scan, i: int) -> Split | None:
    """The clitics under which word i is an organisation's head noun, a pronoun allowed (وزارته)."""
    members = scan.lexicon.classes["orghead"]
    return next(
        (
            s
            for s in splits(scan.key(i))
            for core, p in endings(s.stem)
            if core in members and p not in {"ي", "ك", "نا", "كم"}
        ),
        None,
    )


def org_tail(scan: Scan, i: int) -> tuple[int, str | None]:
    """Where an organisation's name ends, and the country in it."""
    start, country = i, None
    if quoted := quoted_end(scan, i):
        while quoted < len(scan.words) and (nation := scan.nation(quoted)):
            country, quoted = nation, quoted + 1
        return quoted, country
    while i < min(start + 8, len(scan.words)):
        word = scan.words[i]
        if nation := scan.nation(i):
            country, i = nation, i + 1
        elif i in scan.tagged and scan.tagged[i].label != "PER" and not _conjoined(scan, i):
            i = scan.tagged[i].end
        elif (
            (named := match_name(scan, i))
            and not named[0].conjunction
            and not named[0].preposition
            and not _person(scan, named)
        ):
            country, i = scan.lexicon.authorities[named[2][0]].country or country, named[1]
        elif name_word(scan, i, start):
            i += 1
        else:
            break
        if i == start + 1 and (quoted := quoted_end(scan, i)):
            i = quoted
    return i, country


def name_word(scan: Scan, i: int, start: int) -> bool:
    """Whether a plain word goes on with an organisation's name: a definite noun, or one in the title words."""
    word = scan.words[i]
    if not word.is_word or scan.is_particle(i) or _conjoined(scan, i):
        return False
    if word.key.startswith(("ال", "لل")) and len(word.key) > 3:
        return not scan.lexicon.classes["pair"] & {word.key}
    return scan.has(i, "titletail") and i < start + 3 and not scan.is_verb(i)


def quoted_end(scan: Scan, i: int) -> int:
    """Index after a short quoted name that begins at word i, or 0."""
    if i >= len(scan.words) or scan.words[i].text not in OPEN:
        return 0
    for k in range(i + 2, min(i + 8, len(scan.words))):
        if scan.words[k].text in CLOSE:
            return k + 1
    return 0


SOURCE_WORDS = frozenset(fold(w) for w in "كبير بارز رفيع سابق كبار مطلع مقرب بارزون سابقون سابقين المستوى".split())


def correspondent(scan: Scan, i: int) -> Phrase | None:
    """«مراسل الجزيرة», «موفد رويترز»: the outlet."""
    split = next(
        (
            s
            for s in splits(scan.key(i))
            if not s.article and s.stem in {"مراسل", "مراسله", "موفد", "مراسلو", "مراسلنا"}
        ),
        None,
    )
    outlet = (
        table_name(scan, i + 1) if split is not None and i + 1 < len(scan.words) and scan.words[i + 1].is_word else None
    )
    if split is None or outlet is None or scan.lexicon.authorities[outlet.keys[0]].type != "Organization":
        return None
    return replace(outlet, start=i, conjunction=bool(split.conjunction), preposition=split.preposition, gender="m")


def source(scan: Scan, i: int) -> Phrase | None:
    """An unnamed source: مصدر دبلوماسي, مسؤول أمريكي; with the article (المصدر، المسؤول الروسي) somebody named before."""
    split = head_splits(scan, i, "source")
    if split is None:
        return None
    if split.article:
        if split.stem not in {"مصدر", "مصادر", "مسوول", "دبلوماسي", "نايب"}:
            return None
        country = scan.nation(i + 1)
        return make(scan, i, i + 1 + bool(country), split, "again", country=country, gender="m", head=split.stem)
    end, country = i + 1, None
    while end < min(i + 6, len(scan.words)) and scan.words[end].is_word and not scan.is_particle(end):
        if nation := scan.nation(end):
            country = nation
        elif scan.key(end) in SOURCE_WORDS:
            pass
        elif not scan.key(end).endswith(("ي", "يون", "يين", "يه", "ين", "ون")) and not (
            scan.key(end).startswith("ال") and end > i + 1
        ):
            break
        end += 1
    if scan.key(end) in {"مقرب", "مقربه", "مطلع", "رفيع", "قريب"}:
        end += 1
    if scan.key(end) in {"في", "من"} and org_split(scan, end + 1) and scan.has(end + 1, "orghead"):
        end, country = org_tail(scan, end + 2)
    if end == i + 1:
        return None
    phrase = make(
        scan, i, end, split, "source", country=country, gender="f" if split.stem == "مصادر" else "m", head=split.stem
    )
    return replace(phrase, name=phrase.surface)


GRAMMAR: tuple[Callable[[Scan, int], Phrase | None], ...] = (
    counterpart,
    pair,
    own,
    surname,
    honoured,
    title,
    correspondent,
    table_name,
    nation,
    own_forces,
    organisation,
    tagged_name,
    source,
)
"""The noun phrase grammar: the first rule that accepts a word wins."""
