"""What the reader knows before it reads: names of the authority tables, predicates and word classes, by look-up key."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.authority import Authority, Office, authorities, listed, rows
from kg.errors import TableError
from kg.reading.forms import FORMS, Form, inflect
from kg.reading.words import Split, Word, endings, fold, spellings, splits, words

METONYMS = {
    "tel-aviv": "israel",
    "ramallah": "palestine",
    "brussels": "eu",
}  # cities beside the capitals that stand for a state
NO_METONYMS = {"", None, "jerusalem"}  # «القدس» in Arabic news does not stand for a government
UNIONS = {"أوروبي": "eu", "أممي": "un"}  # adjectives of unions that act as states do
BROKEN_PLURALS = {"روسي": ("روس", "الروس"), "تركي": ("اتراك",), "كردي": ("اكراد",), "عربي": ("عرب",)}


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the tables: its keys in order and the rows that bear it."""

    keys: tuple[str, ...]
    rows: tuple[str, ...]  # authority keys


Names = Mapping[str, tuple[Name, ...]]
"""Names that begin with one word, by the key of their second, which is empty for names of one; longest first."""


@dataclass(frozen=True, slots=True, eq=False)  # one object a row: compared by identity
class Predicate:
    """One row of the word lists of predicates."""

    lemma: str
    type: str  # event type
    kind: str  # kind, or speech act, or `continue`
    frame: str  # of statements.tsv; empty for actions
    needs: tuple[str, ...]
    roles: Mapping[str, str]  # argument to role


@dataclass(frozen=True, slots=True)
class Sense:
    """A predicate as one form of it shows it."""

    predicate: Predicate
    form: Form


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity, so that look-ups can be remembered
class Lexicon:
    """Everything the reader looks up."""

    authorities: Mapping[str, Authority]
    names: Mapping[str, Names]  # first key to names
    nations: Mapping[str, str]  # nisba form to country key
    nation_pairs: Mapping[tuple[str, str], str]  # the same for adjectives of two words
    senses: Mapping[str, tuple[Sense, ...]]
    classes: Mapping[str, frozenset[str]]
    everyday: frozenset[str]  # keys of names that are also everyday words
    capitals: Mapping[str, str]  # place key to country key
    terms: Mapping[tuple[str, str], tuple[tuple[str, Office], ...]]  # (role, key) to who held the office, and when
    adjectives: Mapping[str, str]  # country key to its feminine nisba, for names such as «وزارة الدفاع» + الروسية

    def senses_of(self, word: Word) -> tuple[tuple[Split, Sense], ...]:
        """Every predicate a word may be, with the clitics it then bears."""
        return _senses(self, word.key, word.text.endswith("ة"))

    def in_class(self, word: Word, name: str) -> bool:
        """Whether a word, with or without clitics and pronoun, is in a class."""
        return in_class(self, word.key, name)

    def in_any(self, word: Word, names: tuple[str, ...]) -> bool:
        """Whether a word is in one of several classes."""
        return _in_any(self, word.key, names)

    def in_plain(self, key: str, names: tuple[str, ...]) -> bool:
        """Whether a key stands in one of several classes as it is."""
        return any(key in self.classes[name] for name in names)

    def noun(self, word: Word, name: str) -> Split | None:
        """The clitics under which a word is in a class, no pronoun behind it."""
        return _noun(self, word.key, name)

    def opened(self, word: Word) -> tuple[tuple[Split, Names], ...]:
        """The names of the tables whose first word a word may be, by the clitics it then bears."""
        return _opened(self, word.key)

    def nation(self, word: Word, after: Word | None = None) -> str | None:
        """The country whose adjective a word is, or begins with the word after it (كوري جنوبي)."""
        return _nation(self, word.key, after.key if after is not None else "")


@lru_cache(maxsize=65536)
def _senses(lexicon: Lexicon, key: str, marbuta: bool) -> tuple[tuple[Split, Sense], ...]:
    return tuple(
        (split, sense)
        for split in splits(key)
        for sense in lexicon.senses.get(split.stem, ())
        if fits(split, sense.form) and not (marbuta and sense.form.pronoun == "ه")
    )


@lru_cache(maxsize=262144)
def in_class(lexicon: Lexicon, key: str, name: str) -> bool:
    """Whether a key, with or without clitics and pronoun, is in a class."""
    members = lexicon.classes[name]
    return any(core in members for split in splits(key) for core, _ in endings(split.stem))


@lru_cache(maxsize=65536)
def _in_any(lexicon: Lexicon, key: str, names: tuple[str, ...]) -> bool:
    return any(in_class(lexicon, key, name) for name in names)


@lru_cache(maxsize=65536)
def _noun(lexicon: Lexicon, key: str, name: str) -> Split | None:
    members = lexicon.classes[name]
    return next((split for split in splits(key) if split.stem in members), None)


@lru_cache(maxsize=65536)
def _opened(lexicon: Lexicon, key: str) -> tuple[tuple[Split, Names], ...]:
    return tuple((split, lexicon.names[form]) for split, form in spellings(key) if form in lexicon.names)


@lru_cache(maxsize=65536)
def _nation(lexicon: Lexicon, key: str, after: str) -> str | None:
    if after:
        for split in splits(key):
            found = lexicon.nation_pairs.get((split.stem, after.removeprefix("ال")))
            if found:
                return found
    return next((lexicon.nations[s.stem] for s in splits(key) if s.stem in lexicon.nations and not s.preposition), None)


def fits(split: Split, form: Form) -> bool:
    """Whether clitics go with a form: verbs take no preposition and no article, a bare participle no article."""
    if form.form in {"perfect", "imperfect"}:
        return not split.preposition and not split.article
    if form.form == "participle":
        return not split.preposition and not split.article
    return not (split.article and form.pronoun)


def nisba_forms(base: str) -> Iterator[str]:
    """Keys of a nationality adjective: روسي روسيه روسيين روسيتان …; two words (كوري جنوبي) stay as the first."""
    key = fold(base)
    yield from (key + tail for tail in ("", "ه", "ين", "ون", "ات", "ان", "تان", "تين", "ا"))
    yield from BROKEN_PLURALS.get(key, ())


def predicates() -> Iterator[tuple[Predicate, str, str]]:
    """(predicate, form, base form) over the word lists."""
    for row in rows("statements"):
        predicate = Predicate(row["perfect"], "Statement", row["act"], row["frame"], (), {})
        yield from ((predicate, form, base) for form in FORMS for base in listed(row[form]))
    for row in rows("actions"):
        pairs = dict(cell.split("=") for cell in row["roles"].split())
        roles = {fold(k) if k not in {"subj", "obj", "gen"} else k: v for k, v in pairs.items()}
        needs = () if row["needs"] == "-" else listed(row["needs"])
        lemma = row["perfect"] or listed(row["masdar"])[0]
        predicate = Predicate(lemma, row["type"], row["kind"], "", needs, roles)
        yield from ((predicate, form, base) for form in FORMS for base in listed(row[form]))


def sense_index() -> Mapping[str, tuple[Sense, ...]]:
    """Key to the senses of every inflected form."""
    index: dict[str, dict[Sense, None]] = defaultdict(dict)
    for predicate, form, base in predicates():
        for key, inflected in inflect(form, base):
            index[key].setdefault(Sense(predicate, inflected))
    return {key: tuple(senses) for key, senses in index.items()}


def name_index(found: Iterable[Authority]) -> Mapping[str, Names]:
    """First key to the names that begin with it; one name may belong to several rows."""
    bearers: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for row in found:
        for form in (row.names.get("ar", ""), *row.variants):
            keys = tuple(w.key for w in words(form) if w.is_word or w.is_number)
            for spelt in (keys, *glued(keys)) if keys else ():
                bearers[spelt].setdefault(row.key)
    index: dict[str, dict[str, list[Name]]] = defaultdict(lambda: defaultdict(list))
    for keys, keyset in sorted(bearers.items(), key=lambda bearer: (-len(bearer[0]), bearer[0])):
        index[keys[0]]["".join(keys[1:2])].append(Name(keys, tuple(keyset)))
    return {first: {second: tuple(names) for second, names in found.items()} for first, found in index.items()}


def glued(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name of several words as pages write it that lose the space before an article: «الولاياتالمتحدة»."""
    if len(keys) == 2 and keys[1].startswith("ال") and len(keys[0]) > 3:
        yield ("".join(keys),)
    elif len(keys) == 3 and keys[1].startswith("ال") and len(keys[0]) > 3:
        yield (keys[0] + keys[1], keys[2])
        if keys[2].startswith("ال"):
            yield ("".join(keys),)


def everyday_forms() -> frozenset[str]:
    """Keys of the names that homonyms.tsv lists as everyday words: one row, no preference."""
    return frozenset(fold(row["form"]) for row in rows("homonyms") if "|" not in row["keys"] and not row["preference"])


def word_classes() -> Mapping[str, frozenset[str]]:
    """Class name to the keys of its words."""
    both = (row for table in ("classes", "function_words") for row in rows(table))
    return {row["class"]: frozenset(map(fold, listed(row["words"]))) for row in both}


def nation_index(countries: Iterable[Authority]) -> Mapping[str, str]:
    """Every nisba form to its country."""
    index: dict[str, str] = {}
    for country in countries:
        for adjective in country.adjectives:
            if " " not in adjective:
                for form in nisba_forms(adjective):
                    index.setdefault(form, country.key)
    for adjective, key in UNIONS.items():
        index.update(dict.fromkeys(nisba_forms(adjective), key))
    return index


def nation_pairs(countries: Iterable[Authority]) -> Mapping[tuple[str, str], str]:
    """Adjectives of two words to their country, each word in every form: كوريه جنوبيه."""
    index: dict[tuple[str, str], str] = {}
    for country in countries:
        for adjective in country.adjectives:
            parts = adjective.split()
            if len(parts) == 2:
                pairs = ((a, b) for a in nisba_forms(parts[0]) for b in nisba_forms(parts[1]))
                index.update(dict.fromkeys(pairs, country.key))
    return index


def term_index(found: Iterable[Authority]) -> Mapping[tuple[str, str], tuple[tuple[str, Office], ...]]:
    """(role, where) to (person, term) of everybody who held the office, in the order of the tables."""
    index: dict[tuple[str, str], list[tuple[str, Office]]] = defaultdict(list)
    for row in found:
        for office in row.offices if row.type == "Person" else ():
            index[office.role, office.at].append((row.key, office))
    return {place: tuple(terms) for place, terms in index.items()}


@cache
def lexicon() -> Lexicon:
    """The lexicon of the shipped tables; built once, on first use."""
    table = authorities()
    countries = [row for row in table.values() if row.type == "Country"]
    missing = [row.key for row in countries if row.extra.get("capital") and row.extra["capital"] not in table]
    if missing:
        raise TableError(f"countries.tsv: {missing[0]}: its capital is no row of places.tsv; add the row")
    return Lexicon(
        authorities=table,
        names=name_index(table.values()),
        nations=nation_index(countries),
        nation_pairs=nation_pairs(countries),
        senses=sense_index(),
        classes=word_classes(),
        everyday=everyday_forms(),
        capitals={row.extra["capital"]: row.key for row in countries if row.extra.get("capital") not in NO_METONYMS}
        | METONYMS,
        terms=term_index(table.values()),
        adjectives={row.key: row.adjectives[0] + "ة" for row in countries if row.adjectives},
    )
