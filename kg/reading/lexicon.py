"""What the reader knows before it reads: names of the authority tables, predicates and word classes, by look-up key."""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from kg.authority import Authority, Office, authorities, listed, rows
from kg.errors import TableError
from kg.reading.forms import FORMS, Form, inflect, opening, openings
from kg.reading.words import CONJUNCTIONS, Split, Word, endings, fold, spellings, splits, word_keys

METONYMS = {
    "tel-aviv": "israel",
    "ramallah": "palestine",
    "brussels": "eu",
}  # cities beside the capitals that stand for a state
NO_METONYMS = {"", None, "jerusalem"}  # «القدس» in Arabic news does not stand for a government
UNIONS = {"أوروبي": "eu", "أممي": "un"}  # adjectives of unions that act as states do
BROKEN_PLURALS = {
    "روسي": ("روس", "الروس"),
    "تركي": ("اتراك",),
    "كردي": ("اكراد",),
    "عربي": ("عرب",),
    "اسباني": ("اسبان",),
    "الماني": ("المان",),
    "افغاني": ("افغان",),
    "اميركي": ("اميركان",),
    "امريكي": ("امريكان",),
    "هندي": ("هنود",),
    "صربي": ("صرب",),
    "بلغاري": ("بلغار",),
    "ارمني": ("ارمن",),
}


class Name(NamedTuple):
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


class Sense(NamedTuple):
    """A predicate as one form of it shows it."""

    predicate: Predicate
    form: Form


class Senses:
    """Key to its senses; a base is inflected when a key first begins as its forms do: no start waits for all."""

    def __init__(self, found: Iterable[tuple[Predicate, str, str]]) -> None:
        self._bases: dict[str, list[tuple[int, Predicate, str, str]]] = defaultdict(list)  # by how their forms begin
        self._ranks: dict[str, dict[Sense, int]] = defaultdict(dict)  # the rank of a base orders its senses
        for rank, (predicate, form, base) in enumerate(found):
            self._bases[opening(form, base)].append((rank, predicate, form, base))

    def get(self, key: str) -> tuple[Sense, ...]:
        """The senses of a key, in the order of the word lists."""
        for start in openings(key):
            for rank, predicate, form, base in self._bases.pop(start, ()):
                for inflected, how in inflect(form, base):
                    ranks, sense = self._ranks[inflected], Sense(predicate, how)
                    ranks[sense] = min(rank, ranks.get(sense, rank))
        ranks = self._ranks.get(key, {})
        return tuple(sorted(ranks, key=ranks.__getitem__))


class Entry(NamedTuple):
    """What the lexicon knows of a word by its key alone."""

    classes: frozenset[str]  # that hold it with or without clitics and pronoun
    plain: frozenset[str]  # that hold it as it stands, a conjunction aside
    opened: tuple[tuple[Split, Names], ...]  # the names of the tables whose first word it may be, by its clitics
    spelt: frozenset[str]  # the words that its clitic hypotheses leave


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity, so that look-ups can be remembered
class Lexicon:
    """Everything the reader looks up."""

    authorities: Mapping[str, Authority]
    names: Mapping[str, Names]  # first key to names
    nations: Mapping[str, str]  # nisba form to country key
    nation_pairs: Mapping[tuple[str, str], str]  # the same for adjectives of two words
    senses: Senses
    classes: Mapping[str, frozenset[str]]
    members: Mapping[str, frozenset[str]]  # key to the classes that list it
    everyday: frozenset[str]  # keys of names that are also everyday words
    capitals: Mapping[str, str]  # place key to country key
    terms: Mapping[tuple[str, str], tuple[tuple[str, Office], ...]]  # (role, key) to who held the office, and when
    adjectives: Mapping[str, str]  # country key to its feminine nisba, for names such as «وزارة الدفاع» + الروسية

    def senses_of(self, word: Word) -> tuple[tuple[Split, Sense], ...]:
        """Every predicate a word may be, with the clitics it then bears."""
        return _senses(self, word.key, word.text.endswith("ة"))

    def entry(self, key: str) -> Entry:
        """What is known of a word by its key alone."""
        return _entry(self, key)

    def noun(self, word: Word, name: str) -> Split | None:
        """The clitics under which a word is in a class, no pronoun behind it."""
        return _noun(self, word.key, name) if name in _entry(self, word.key).classes else None

    def nation(self, word: Word, after: Word | None = None) -> str | None:
        """The country whose adjective a word is, or begins with the word after it (كوري جنوبي)."""
        return _nation(self, word.key, after.key if after is not None else "")


@lru_cache(maxsize=65536)
def _senses(lexicon: Lexicon, key: str, marbuta: bool) -> tuple[tuple[Split, Sense], ...]:
    return tuple(
        (split, sense)
        for split in splits(key)
        for sense in lexicon.senses.get(split.stem)
        if fits(split, sense.form) and not (marbuta and sense.form.pronoun == "ه")
    )


@lru_cache(maxsize=65536)
def _entry(lexicon: Lexicon, key: str) -> Entry:
    spelt = spellings(key)
    cores = {core for split, _ in spelt for core, _ in endings(split.stem)}
    bare = (key, key[1:]) if key[:1] in CONJUNCTIONS else (key,)
    return Entry(
        classes=listing(lexicon, cores),
        plain=listing(lexicon, bare),
        opened=tuple((split, lexicon.names[form]) for split, form in spelt if form in lexicon.names),
        spelt=frozenset(form for _, form in spelt),
    )


def listing(lexicon: Lexicon, keys: Iterable[str]) -> frozenset[str]:
    """The classes that list any of some keys."""
    return NONE.union(*(lexicon.members[key] for key in keys if key in lexicon.members))


NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=65536)
def _noun(lexicon: Lexicon, key: str, name: str) -> Split | None:
    members = lexicon.classes[name]
    return next((split for split in splits(key) if split.stem in members), None)


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
    yield from (plural + tail for plural in BROKEN_PLURALS.get(key, ()) for tail in ("", "ا"))


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


def name_index(found: Iterable[Authority]) -> Mapping[str, Names]:
    """First key to the names that begin with it, the longest first; one name may belong to several rows."""
    bearers: dict[tuple[str, ...], dict[str, None]] = {}
    for row in found:
        for form in (row.names.get("ar", ""), *row.variants):
            if keys := word_keys(form):
                bearers.setdefault(keys, {})[row.key] = None
                for spelt in (*glued(keys), *of_two(keys)):
                    bearers.setdefault(spelt, {})[row.key] = None
    index: dict[str, dict[str, list[Name]]] = {}
    for keys in sorted(bearers, key=len, reverse=True):
        second = keys[1] if len(keys) > 1 else ""
        index.setdefault(keys[0], {}).setdefault(second, []).append(Name(keys, tuple(bearers[keys])))
    return {first: {second: tuple(names) for second, names in seconds.items()} for first, seconds in index.items()}


def glued(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name of several words as pages write it that lose the space before an article: «الولاياتالمتحدة»."""
    if len(keys) == 2 and keys[1].startswith("ال") and len(keys[0]) > 3:
        yield ("".join(keys),)
    elif len(keys) == 3 and keys[1].startswith("ال") and len(keys[0]) > 3:
        yield (keys[0] + keys[1], keys[2])
        if keys[2].startswith("ال"):
            yield ("".join(keys),)


def of_two(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A name behind its head noun in the dual, where another of its kind follows: «حركتا فتح وحماس»."""
    for dual in DUALS.get(keys[0], ()) if len(keys) > 1 else ():
        yield (dual, *keys[1:])


HEADS = (("حركة", "حركتا حركتي"), ("حزب", "حزبا حزبي"), ("شركة", "شركتا شركتي"))
DUALS = {fold(one): tuple(map(fold, two.split())) for one, two in HEADS}
"""Head nouns of organisations to their duals."""


def everyday_forms() -> frozenset[str]:
    """Keys of the names that homonyms.tsv lists as everyday words: one row, no preference."""
    return frozenset(fold(row["form"]) for row in rows("homonyms") if "|" not in row["keys"] and not row["preference"])


def word_classes() -> Mapping[str, frozenset[str]]:
    """Class name to the keys of its words."""
    both = (row for table in ("classes", "function_words") for row in rows(table))
    return {row["class"]: frozenset(map(fold, listed(row["words"]))) for row in both}


def listed_in(classes: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """Key to the names of the classes that list it."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, keys in classes.items():
        for key in keys:
            found[key].append(name)
    return {key: frozenset(names) for key, names in found.items()}


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
    classes = word_classes()
    built = Lexicon(
        authorities=table,
        names=name_index(table.values()),
        nations=nation_index(countries),
        nation_pairs=nation_pairs(countries),
        senses=Senses(predicates()),
        classes=classes,
        members=listed_in(classes),
        everyday=everyday_forms(),
        capitals={row.extra["capital"]: row.key for row in countries if row.extra.get("capital") not in NO_METONYMS}
        | METONYMS,
        terms=term_index(table.values()),
        adjectives={row.key: row.adjectives[0] + "ة" for row in countries if row.adjectives},
    )
    gc.freeze()  # it lives as long as the process: the cycle collector need never walk its many small records
    return built
