"""Inflected forms of predicates: from a base form in a word list to every key it shows in news."""

from collections.abc import Iterator
from typing import NamedTuple

from kg.reading.words import PRONOUNS, fold

PREFIXES = ("ي", "ت", "ن")  # of the imperfect, behind «س» where it is to come
FORMS = ("perfect", "imperfect", "participle", "masdar")


class Form(NamedTuple):
    """How a key inflects its lemma; empty where the form does not tell."""

    form: str  # perfect, imperfect, participle or masdar
    gender: str  # m, f or ""
    number: str  # s, d, p or ""
    pronoun: str  # attached object or possessive pronoun
    first: bool = False  # first person: inside a quote (نندد)


def perfect(base: str) -> Iterator[tuple[str, Form]]:
    """Third-person perfect forms: قال قالت قالا قالتا قالوا, and their object pronouns."""
    key = fold(base)
    weak = key[-1] in "اي"
    stem = key[:-1] if weak else key
    open_stem = stem + "ا" if weak else key  # نفى -> نفاه
    endings = (
        (key, open_stem, "m", "s"),
        (stem + "ت", stem + "ت", "f", "s"),
        (stem + ("يا" if weak else "ا"), "", "m", "d"),
        (stem + "تا", "", "f", "d"),
        (stem + "وا", stem + "و", "m", "p"),
    )
    for form, carrier, gender, number in endings:
        yield form, Form("perfect", gender, number, "")
        if carrier:
            yield from _pronouns(carrier, "perfect", gender, number)
    if weak:
        yield stem + "وا", Form("perfect", "m", "d", "")
        yield stem + "ا", Form("perfect", "m", "s", "")
    yield key + "نا", Form("perfect", "", "p", "", first=True)


def imperfect(base: str) -> Iterator[tuple[str, Form]]:
    """Third-person imperfect forms with and without س, and the first person of quotes."""
    stem = fold(base)
    weak = stem[-1] in "ايو"
    carriers = {stem, stem[:-1] + "ا"} if weak and stem[-1] != "و" else {stem}
    for future in ("", "س"):
        for prefix, gender in (("ي", "m"), ("ت", "f")):
            head = future + prefix
            yield head + stem, Form("imperfect", gender, "s", "")
            for carrier in sorted(carriers):
                yield from _pronouns(head + carrier, "imperfect", gender, "s")
            short = stem[:-1] if weak else stem
            for tail, number in (("ان", "d"), ("ون", "p"), ("وا", "p")):
                yield head + (stem if tail == "ان" else short) + tail, Form("imperfect", gender, number, "")
            if weak:
                yield head + short, Form("imperfect", gender, "s", "")
        yield future + "ن" + stem, Form("imperfect", "", "p", "", first=True)


def participle(base: str) -> Iterator[tuple[str, Form]]:
    """Accusative participles of circumstance: مؤكدا مؤكدة مؤكدين مؤكدتين; the bare stem is left to its context."""
    key = fold(base)
    stem = key[:-1] if key[-1] == "ي" else key
    for tail, gender, number in (
        ("ا", "m", "s"),
        ("ه", "f", "s"),
        ("ين", "m", "p"),
        ("تين", "f", "d"),
        ("ات", "f", "p"),
    ):
        accusative = (
            key + tail if tail == "ا" and stem != key else stem + ("ي" if stem != key and tail == "ه" else "") + tail
        )
        yield accusative, Form("participle", gender, number, "")
    yield key, Form("participle", "m", "s", "?")


def masdar(base: str) -> Iterator[tuple[str, Form]]:
    """Action nouns, bare, with a possessive pronoun, in the accusative, in the dual and in the plural of -a."""
    key = fold(base)
    opened = key[:-1] + "ت" if key.endswith("ه") else key
    yield key, Form("masdar", "", "s", "")
    for carrier in (opened, *(opened[:-1] + seat for seat in "يو" if opened.endswith("اء"))):  # لقاءه لقائه لقاؤه
        yield from _pronouns(carrier, "masdar", "", "s")
    if not key.endswith("ه"):
        yield key + "ا", Form("masdar", "", "s", "")
        yield key + "ات", Form("masdar", "", "p", "")
    else:
        yield key[:-1] + "ات", Form("masdar", "", "p", "")
    if len(key) > 3:  # «ضمان» is no dual of «ضم»
        yield from ((opened + tail, Form("masdar", "", "d", "")) for tail in ("ان", "ين"))


def _pronouns(carrier: str, form: str, gender: str, number: str) -> Iterator[tuple[str, Form]]:
    for pronoun in PRONOUNS:
        if pronoun not in {"ك", "ي", "كم"}:
            yield carrier + pronoun, Form(form, gender, number, pronoun)


INFLECT = {"perfect": perfect, "imperfect": imperfect, "participle": participle, "masdar": masdar}


def inflect(form: str, base: str) -> Iterator[tuple[str, Form]]:
    """Every (key, Form) of one base form."""
    return INFLECT[form](base)


def opening(form: str, base: str) -> str:
    """How every key of a base form begins: two letters of it, a mark before them where the imperfect has its prefix."""
    return ("-" if form == "imperfect" else "") + fold(base)[:2]


def openings(key: str) -> Iterator[str]:
    """The openings of the bases that a key may be a form of."""
    yield key[:2]
    bare = key.removeprefix("س")
    for form in {key, bare}:
        if form[:1] in PREFIXES:
            yield "-" + form[1:3]
