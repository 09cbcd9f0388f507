"""Time tokens: a sentence as a string of one-letter classes, over which the date grammar writes its patterns."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from kg.authority import listed, rows
from kg.reading.words import fold

TOKEN = re.compile(
    "\n"
    r"|\d+"
    # letters; a word ends after ة, so that «الجمعةجلسة» is two
    "|[A-Za-z\u00aa-\u02af\u0370-\u052f\u0610-\u061a\u0620-\u0628\u062a-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff"
    "\ufb50-\ufdfb\ufe70-\ufefc]+ة?[\u064b-\u0652]*"
    "|ة"
    r"|[^\w\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)
LETTERS = """
D day_number, n number, Y year_number, Z old_year, O ordinal, ! word_number, M month, N and_month, H hijri,
L foreign, W weekday, V and_weekday, T part, e deictic, j today, J tonight, d day, w week, m month_unit, y year,
h hour, a the_week, b the_month, c the_year, u dual, p plural, q the_plural, r pair, g the_pair, P past,
F coming, K current, R recent, S same, s same_as, i this, t that, x next, B before, A after, I since,
( before_it, ) after_it, E eve, z since_then, f in, l from, 2 upon, U until, o to, v between, & and,
C corresponding, G dated, Q season, X stage, k holder, # numbered, ~ about, $ counted, % planned, @ o_clock,
; hijri_sign, = gregorian_sign, / slash, - dash, < open, > close, : colon, " quote, . dot, _ word,
0 foreign_word, 1 symbol, * few
"""
CODES = {
    **{name: letter for letter, name in (pair.split() for pair in re.split(r",\s", LETTERS.strip()))},
    "comma": ",",
    "break": "\n",
}
"""Class name to its letter."""

PUNCTUATION = {
    **dict.fromkeys("/\\", "slash"),
    **dict.fromkeys("-–—‐‑−", "dash"),
    **dict.fromkeys("([", "open"),
    **dict.fromkeys(")]", "close"),
    **dict.fromkeys("،,", "comma"),
    **dict.fromkeys(".؟!?؛;…", "dot"),
    **dict.fromkeys("«»\"“”„'‘’", "quote"),
    ":": "colon",
    "\n": "break",
}
PROCLITICS = ("", "و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "ك")
JOINED = {CODES["month"]: CODES["and_month"], CODES["weekday"]: CODES["and_weekday"]}
RENAMED = {"month": "month_unit", "number": "word_number"}
CONTEXT = frozenset({"not_today", "not_weekday", "not_year", "not_since", "not_date", "not_planned"})
FUTURE_VERB = re.compile("^[وف]?س[يتن][^\\W\\d]{2,}$")
LONGEST_NUMBER = 4
LONGEST_WORD = 40
DATING = re.compile("[MNYZHLWVejJzEabcQqg@]|D:|hD|sd|[DO]l?K|[AB()I].{0,3}[pdwmyhu]")
"""What no date of the grammar is without: a word that dates by itself, or a unit of time soon behind «بعد», «قبل»."""

TWO_NAMES = re.compile("[MN][</-]?(?P<second>M)>?")


class Token(NamedTuple):
    """One token, or one time expression of several words such as «تشرين الأول»."""

    start: int
    end: int
    key: str
    code: str
    value: str


Entry = tuple[str, str]  # code, value
Phrase = tuple[tuple[str, ...], Entry]  # the keys after the first, what they make


@dataclass(frozen=True, slots=True)
class TimeWords:
    """The word lists, by key."""

    single: Mapping[str, Entry]
    phrases: Mapping[str, tuple[Phrase, ...]]  # first key to the phrases it opens, longest first
    opening: frozenset[tuple[str, str]]  # the first two keys of each phrase
    context: Mapping[tuple[str, str], frozenset[str]]
    ambiguous: frozenset[str]
    marked: frozenset[str]  # keys of «بآب» and the like, which are other words where no madda is written: «باب»


def proclitic_forms(form: str) -> Iterator[tuple[str, str]]:
    """(proclitics, key) of a word with every proclitic; ل swallows the alef of the article (للعام)."""
    key = fold(form)
    for proclitic in PROCLITICS:
        if proclitic.endswith("ل") and key.startswith("ال"):
            yield proclitic, proclitic + "ل" + key[2:]
        else:
            yield proclitic, proclitic + key


def _entries() -> Iterator[tuple[str, str, str]]:
    for row in rows("months"):
        name = "month" if row["calendar"] == "gregorian" else row["calendar"]
        yield from ((CODES[name], row["month"], form) for form in listed(row["forms"]))
    for row in rows("time_words"):
        if row["class"] not in CONTEXT:
            name = RENAMED.get(row["class"], row["class"])
            yield from ((CODES[name], row["value"], form) for form in listed(row["forms"]))


def _variants(code: str, form: str) -> Iterator[tuple[str, str]]:
    """(code, key) of a form: a month or weekday after و has a class of its own."""
    if code in {CODES["foreign"], CODES["hijri_sign"], CODES["gregorian_sign"]}:
        yield code, fold(form)
        return
    for proclitic, key in proclitic_forms(form):
        yield JOINED.get(code, code) if proclitic == "و" else code, key


@cache
def time_words() -> TimeWords:
    """The shipped lists; an earlier row wins over a later one, a bare word over one with a proclitic."""
    single: dict[str, Entry] = {}
    phrases: dict[str, dict[tuple[str, ...], Entry]] = {}
    entries = sorted(_entries(), key=lambda e: e[0] in "~$k#")
    bare = [(code, value, [(code, fold(form))]) for code, value, form in entries]
    for _, value, forms in bare + [(c, v, list(_variants(c, f))) for c, v, f in entries]:
        for variant, key in forms:
            first, *rest = key.split()
            if rest:
                phrases.setdefault(first, {}).setdefault(tuple(rest), (variant, value))
            else:
                single.setdefault(first, (variant, value))
    ordered = {k: tuple(sorted(v.items(), key=lambda p: -len(p[0]))) for k, v in phrases.items()}
    opening = frozenset((first, rest[0]) for first, found in ordered.items() for rest, _ in found)
    return TimeWords(single, ordered, opening, _context(), _ambiguous(), _marked())


def _context() -> Mapping[tuple[str, str], frozenset[str]]:
    """(class, side) to the words that make a time word mean something else."""
    return {
        (row["class"], row["value"]): frozenset(
            key for form in listed(row["forms"]) for _, key in proclitic_forms(form)
        )
        for row in rows("time_words")
        if row["class"] in CONTEXT
    }


def _ambiguous() -> frozenset[str]:
    return frozenset(
        key for row in rows("months") for form in listed(row["ambiguous"]) for _, key in proclitic_forms(form)
    )


def _marked() -> frozenset[str]:
    forms = (form for row in rows("months") for form in listed(row["ambiguous"]) if form.startswith(MADDA))
    return frozenset(key for form in forms for proclitic, key in proclitic_forms(form) if proclitic)


MADDA = ("آ", "\u0653")


def number_entry(digits: str) -> Entry:
    """The class of a run of digits: a day, a year, or some other number."""
    if len(digits) > LONGEST_NUMBER:
        return CODES["number"], ""
    value = int(digits)
    if len(digits) <= 2 and 1 <= value <= 31:
        return CODES["day_number"], str(value)
    if len(digits) == LONGEST_NUMBER and 1800 <= value <= 2099:
        return CODES["year_number"], str(value)
    old = len(digits) == LONGEST_NUMBER and 1000 <= value < 1800
    return CODES["old_year" if old else "number"], str(value)


def entry(raw: str) -> tuple[str, str, str]:
    """(key, class, value) of one token."""
    return short_entry(raw) if len(raw) < LONGEST_WORD else entry_of(raw, raw)


@lru_cache(maxsize=65536)
def short_entry(raw: str) -> tuple[str, str, str]:
    """The same of a token short enough to be folded and remembered."""
    return entry_of(raw, fold(raw))


def entry_of(raw: str, key: str) -> tuple[str, str, str]:
    """The same of a token with its key."""
    if raw.isdecimal():
        return raw, *number_entry(raw)
    if raw in PUNCTUATION:
        return raw, CODES[PUNCTUATION[raw]], ""
    found = time_words().single.get(key)
    if found and not (key in time_words().marked and not any(sign in raw for sign in MADDA)):
        return key, *found
    if not key[:1].isalpha():
        return key, CODES["symbol"], ""
    return key, CODES["foreign_word" if key[0] < "\u0600" else "word"], ""


def may_date(text: str) -> bool:
    """Whether a text may hold a date at all: the quick look that spares most sentences the slow one."""
    found = [short_stretch(raw) if len(raw) < LONGEST_WORD else stretch(raw) for raw in text.split()]
    if DATING.search("".join([codes for codes, _ in found])):
        return True
    return not time_words().opening.isdisjoint(pairwise(chain.from_iterable([keys for _, keys in found])))


def stretch(raw: str) -> tuple[str, tuple[str, ...]]:
    """The class letters and the keys of the tokens between two spaces."""
    found = [entry(token) for token in TOKEN.findall(raw)]
    return "".join([code for _, code, _ in found]), tuple([key for key, _, _ in found])


short_stretch = lru_cache(maxsize=65536)(stretch)
"""The same, remembered, of what is short enough: news repeats its words."""


def tokens(text: str) -> list[Token]:
    """The tokens of a text, phrases and two-name months («أيلول/سبتمبر») as one."""
    lists = time_words()
    plain = [Token(m.start(), m.end(), *entry(m[0])) for m in TOKEN.finditer(text)]
    return join_month_names(join_phrases(plain, lists.phrases))


def join_phrases(found: list[Token], phrases: Mapping[str, tuple[Phrase, ...]]) -> list[Token]:
    """Words that mean one thing together, such as «أول من أمس», as one token."""
    joined: list[Token] = []
    i = 0
    while i < len(found):
        token, step = found[i], 1
        for rest, (code, value) in phrases.get(token.key, ()):
            if all(i + n < len(found) and found[i + n].key == key for n, key in enumerate(rest, 1)):
                step = len(rest) + 1
                token = Token(token.start, found[i + step - 1].end, " ".join((token.key, *rest)), code, value)
                break
        joined.append(token)
        i += step
    return joined


def code_string(found: list[Token]) -> str:
    """The classes of the tokens, one letter each."""
    return "".join([token.code for token in found])


def join_month_names(found: list[Token]) -> list[Token]:
    """«أيلول/سبتمبر», «أيلول (سبتمبر)» and «مايو أيار» as one month."""
    codes = code_string(found)
    if not TWO_NAMES.search(codes):
        return found
    joined: list[Token] = []
    i = 0
    while i < len(found):
        token, step = found[i], 1
        match = TWO_NAMES.match(codes, i) if token.code in "MN" else None
        if match and found[match.start("second")].value == token.value:
            step = match.end() - i
            token = Token(token.start, found[match.end() - 1].end, token.key + "/", token.code, token.value)
        joined.append(token)
        i += step
    return joined
