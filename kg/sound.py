"""Names that sound alike: one key for the spellings of a transliterated name, and a judge of near matches.

The press of each country writes foreign names its own way: غورباتشوف and جورباتشوف, كارتر and قارتر, ڤيينا and فيينا,
جونغ-أون and جونغ اون. A key keeps the consonants in classes of what is confused; the judge hears the vowels too.
"""

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Indel

from kg.graph.transliterate import folded

_CLASSES = str.maketrans(
    {
        **dict.fromkeys("غجگڭقك", "ك"),  # Gorbachev: غ ج ك ق
        **dict.fromkeys("ڤڥف", "ف"),
        **dict.fromkeys("پب", "ب"),
        **dict.fromkeys("ثسص", "س"),
        **dict.fromkeys("ذزظژ", "ز"),
        **dict.fromkeys("دض", "د"),
        **dict.fromkeys("تط", "ت"),
        **dict.fromkeys("حه", "ه"),
        "چ": "ش",
        "ئ": "ي",
        "ؤ": "و",
        "ء": "",
        "ٹ": "ت",
    }
)
_LONG_VOWELS = "اويaeiouy"
_ARTICLE = "ال"


@lru_cache(maxsize=65536)
def spelling(name: str) -> str:
    """The name in one letter of each class of letters that are confused; spaces, hyphens and articles left out."""
    plain = unicodedata.normalize("NFKD", folded(name)).translate(_CLASSES)
    letters = "".join(c for c in plain if c.isalnum() or c == " ").replace("تش", "ش")
    return "".join(_without_article(word) for word in letters.split())


@lru_cache(maxsize=65536)
def sound_key(name: str) -> str:
    """The consonants of a name, each once in a row, with a mark where it begins with a vowel."""
    letters = spelling(name)
    kept = [letter for letter in letters if letter not in _LONG_VOWELS]
    key = "".join(letter for place, letter in enumerate(kept) if place == 0 or kept[place - 1] != letter)
    return f"ا{key}" if letters[:1] in tuple(_LONG_VOWELS) else key


def likeness(one: str, other: str) -> float:
    """How alike two names sound, from 0 to 1; 1 where only confused letters and signs differ."""
    return Indel.normalized_similarity(spelling(one), spelling(other))


def _without_article(word: str) -> str:
    return word[len(_ARTICLE) :] if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1 else word
