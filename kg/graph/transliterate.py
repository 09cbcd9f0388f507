"""Arabic names in Latin letters for readable IRIs, and in one folded spelling for comparison."""

import re
import unicodedata
from types import MappingProxyType

_LETTERS = "ا:a ب:b ت:t ث:th ج:j ح:h خ:kh د:d ذ:dh ر:r ز:z س:s ش:sh ص:s ض:d ط:t ظ:z ع:a غ:gh ف:f ق:q ك:k ل:l م:m ن:n"
_MORE_LETTERS = "ه:h و:w ي:y أ:a إ:i آ:a ٱ:a ى:a ة:a ؤ:u ئ:i ء: پ:p چ:ch ژ:zh ڤ:v گ:g ک:k ی:y"
_LATIN = MappingProxyType({pair[0]: pair[2:] for pair in f"{_LETTERS} {_MORE_LETTERS}".split(" ")})
_FOLDS = str.maketrans("أإآٱىةکی", "اااايهكي", "ـ")
_SHORT_VOWELS = re.compile("[\u064b-\u065f\u0670]")
_LONG = re.compile("(?<=[bcdfghjklmnpqrstvxz])([wy])(?![aiu])")


def latin(name: str) -> str:
    """The name letter by letter in Latin script; other scripts stay as they are."""
    spelled = "".join(_LATIN.get(letter, letter) for letter in _bare(name))
    return _LONG.sub(lambda match: "u" if match[1] == "w" else "i", spelled)


def folded(text: str) -> str:
    """The text for comparison: no vowel signs or punctuation, one spelling of alef, ya and ta marbuta, one space."""
    letters = _bare(text).translate(_FOLDS).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in letters).split())


def _bare(text: str) -> str:
    return _SHORT_VOWELS.sub("", unicodedata.normalize("NFC", text))
