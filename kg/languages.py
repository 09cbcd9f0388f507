"""The language of a sentence, by script, letters and short lists of function words; `und` where they do not tell."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from kg.authority import listed, rows

NAMED = ("ar", "en", "es", "fr", "ru")
"""The languages that are told apart; every other one is `und`."""

_SAMPLE = 4000  # characters: more of a sentence changes no verdict
_STRETCH = "\u0640"  # what makes an Arabic word longer to look at, a letter to Unicode
_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+|[@#]\w+")
_WORD = re.compile(r"[^\W\d_]+")
_ARABIC_ALPHABET = frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱ")
_BORROWED = frozenset("پچڤڨگڭڥ")  # written in Arabic for the p, ch, v and g of foreign names
_ARABIC_LETTERS = _ARABIC_ALPHABET | _BORROWED
_PLAIN = re.compile(rf"[\W\d_{''.join(sorted(_ARABIC_LETTERS))}]*")
_LETTER = re.compile(r"[^\W\d_]")
_RUSSIAN_ALPHABET = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_LETTER_HINTS: Mapping[str, str] = MappingProxyType(
    {"es": "ñ¿¡", "fr": "çœèêùàâîôë", "de": "ßäö", "pt": "ãõ", "tr": "ğışİ"}
)
_FOREIGN_SHARE = 0.04


def language(text: str) -> str:
    """One of ar, en, es, fr, ru, or und."""
    sample = text[:_SAMPLE].replace(_STRETCH, "")
    if _is_plainly_arabic(sample):
        return "ar"
    sample = _ADDRESS.sub(" ", sample)
    script, letters = _main_script(sample)
    if script == "ARABIC":
        return _unless_foreign("ar", letters, _ARABIC_LETTERS)
    if script == "CYRILLIC":
        return _unless_foreign("ru", letters, _RUSSIAN_ALPHABET)
    return _latin_language(sample) if script == "LATIN" else "und"


def _is_plainly_arabic(text: str) -> bool:
    """Whether there are letters, all Arabic and none in a tag: the quick look that spares most sentences the count."""
    return "#" not in text and "@" not in text and bool(_PLAIN.fullmatch(text) and _LETTER.search(text))


def _main_script(text: str) -> tuple[str, Mapping[str, int]]:
    """The script of most letters, and how often each of them stands in lower case; an empty name without letters."""
    by_script: dict[str, dict[str, int]] = {}
    for letter, times in Counter(text.lower()).items():
        if letter.isalpha():
            by_script.setdefault(_script(letter), {})[letter] = times
    script = max(by_script, key=lambda name: (sum(by_script[name].values()), name), default="")
    return script, by_script.get(script, {})


@cache
def _script(letter: str) -> str:
    """The first word of a letter's Unicode name, which is its script."""
    return unicodedata.name(letter, "").partition(" ")[0]


def _unless_foreign(name: str, letters: Mapping[str, int], alphabet: frozenset[str]) -> str:
    """The language, or und where more letters than a foreign name brings lie outside its alphabet."""
    foreign = sum(times * _outside(letter, alphabet) for letter, times in letters.items())
    return name if foreign <= sum(letters.values()) * _FOREIGN_SHARE else "und"


def _outside(letter: str, alphabet: frozenset[str]) -> int:
    """How many letters of a letter's compatible form lie outside an alphabet."""
    if letter in alphabet:
        return 0
    return sum(part.isalpha() and part not in alphabet for part in unicodedata.normalize("NFKC", letter))


def _latin_language(text: str) -> str:
    """The language with the most function words and letters of its own; und at a tie or with none at all."""
    words = _WORD.findall(unicodedata.normalize("NFC", text.lower()))
    scores = Counter({name: sum(word in stop for word in words) for name, stop in _stop_words().items()})
    for name, own in _LETTER_HINTS.items():
        scores[name] += any(letter in text.lower() for letter in own)
    (best, score), (_, second) = scores.most_common(2)
    return best if score > second and best in NAMED else "und"


@cache
def _stop_words() -> Mapping[str, frozenset[str]]:
    return MappingProxyType({row["language"]: frozenset(listed(row["words"])) for row in rows("stopwords")})
