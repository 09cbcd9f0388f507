"""Article text to sentences: paragraphs are lines, and named rules say which stops end a sentence.

Each rule looks at one stop and answers with its verdict or with None; the first answer counts.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.authority import rows
from kg.enclosures import Enclosures
from kg.languages import language
from kg.model import Sentence, Span
from kg.parts import Part, parts

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOP = re.compile(r"""[.!?؟…。۔](?:[.!?؟…。۔"”»’'‟)\]]|[ \u00a0](?=[.!?؟…۔]))*""")
_NEAR = 40  # characters that a rule sees on either side of a stop
_LONG = 200  # characters after which a pause of dots may end a sentence
_OPENING = " \t\u00a0\u200e\u200f\u202b\u202a\"“«„‘(['-–—"
_ERA_ENDS = frozenset("مهـ")
_ERA = re.compile(r"[0-9٠-٩]\s?(?:م|هـ|ه|ق\.م)\Z")
_DOTS = re.compile(r"\.\s?\.|…")
_ONE_LETTER = re.compile(r"\w(?:\W|\Z)")
_LAST_TOKEN = re.compile(r"[^\s\"“”«»'()\[\]،,:;؛/]*\Z")
_MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640\u200e\u200f"


class Stop(NamedTuple):
    """A place that may end a sentence: the stop and closing marks, with a little of what stands round them."""

    end: int
    marks: str  # from the first stop to the last closing mark
    left: str
    right: str
    enclosed: bool  # inside a quote, brackets or an address that end later
    since: int  # characters since the last sentence end
    bare: bool  # one full stop and no closing mark
    token: str  # the word before the stop, stops within it included
    following: str  # the first character that is neither white space nor an opening mark

    @property
    def spaced(self) -> bool:
        """Whether white space or nothing follows."""
        return not self.right or self.right[0].isspace()

    @property
    def asks(self) -> bool:
        """Whether it holds a question or exclamation mark."""
        return any(mark in self.marks for mark in "!?؟")


class Verdict(NamedTuple):
    """Whether the stop that ends at an offset of the text ends a sentence, by which rule and why."""

    offset: int
    ends: bool
    rule: str
    reason: str


Answer = tuple[bool, str] | None
Rule = Callable[[Stop], Answer]


def paragraph_end(stop: Stop) -> Answer:
    """Nothing follows in the paragraph."""
    return None if stop.right.strip() or len(stop.right) >= _NEAR else (True, "the paragraph ends here")


def enclosed(stop: Stop) -> Answer:
    """«"هذا مؤسف. لن نقبل"»: a short quote stays whole."""
    return (False, "inside a quote, brackets or an address that end later") if stop.enclosed else None


def before_punctuation(stop: Stop) -> Answer:
    """«..."، وأضاف»: a comma or colon goes on with the sentence."""
    return (False, "a comma, colon or semicolon follows") if stop.right.lstrip()[:1] in tuple("،,:;؛") else None


def number(stop: Stop) -> Answer:
    """«3.5 مليون»، «رقم.5»: a stop before a digit without a space is part of a number."""
    return (False, "a digit follows without a space") if stop.bare and stop.right[:1].isdigit() else None


def enumerator(stop: Stop) -> Answer:
    """«1. وقف إطلاق النار»: the number of a list entry."""
    listed = stop.bare and stop.token.isdigit() and stop.since <= len(stop.token) + 1 <= 4
    return (False, "the number of a list entry") if listed else None


def era(stop: Stop) -> Answer:
    """«عام 2019م. وقال»: after a year the letter stands for its era and the stop is a real one."""
    after_year = stop.bare and stop.spaced and stop.left[-1:] in _ERA_ENDS and _ERA.search(stop.left)
    return (True, "an era after its year") if after_year else None


def initial(stop: Stop) -> Answer:
    """«د. أحمد»، «أ.ف.ب»، «U.S. forces»: a single letter before the stop."""
    last = stop.token.rpartition(".")[2]
    return (False, "a single letter is an initial") if stop.bare and len(last) == 1 and last.isalpha() else None


def abbreviation(stop: Stop) -> Answer:
    """«Mr. Smith»، «2018 г. в»: a word of kg/data/abbreviations.tsv."""
    known = stop.bare and stop.token.casefold() in _abbreviations()
    return (False, f"{stop.token} is an abbreviation") if known else None


def web_name(stop: Stop) -> Answer:
    """«president.gov.by»: small Latin or Cyrillic letters, or digits, touch the stop on both sides."""
    glued = stop.bare and _western(stop.left[-1:]) and _western(stop.right[:1])
    new_word = stop.right[:1].isupper() and stop.left[-1:].islower() and len(stop.token) > 1
    return (False, "part of a name such as those of sites") if glued and not new_word else None


def pause(stop: Stop) -> Answer:
    """«الأميركية.. وقواعد القانون»: two or more dots pause, but end what has become long or precede a capital."""
    if stop.bare or stop.asks or not _DOTS.match(stop.marks):
        return None
    if stop.following.isupper():
        return True, "dots before a capital letter"
    if stop.since > _LONG and stop.spaced:
        return True, f"dots after more than {_LONG} characters"
    return False, "dots are a pause"


def small_letter(stop: Stop) -> Answer:
    """«"¡No!", dijo», «Yahoo! said»: a small letter follows, in a script that has capitals."""
    return (False, "a small letter follows") if stop.following.islower() else None


def glued(stop: Stop) -> Answer:
    """«يومياً.ذكرت»، «العقبات".وتشهد»: the space after the stop was forgotten."""
    if stop.spaced:
        return None
    if stop.following.isalpha() and not _ONE_LETTER.match(stop.right):
        return True, "a word follows, its space forgotten"
    return False, "no word follows"


def full_stop(stop: Stop) -> Answer:
    """Any other stop with a space after it."""
    return True, "question or exclamation" if stop.asks else "full stop"


RULES: tuple[Rule, ...] = (
    paragraph_end,
    enclosed,
    before_punctuation,
    number,
    enumerator,
    era,
    initial,
    abbreviation,
    web_name,
    pause,
    small_letter,
    glued,
    full_stop,
)
"""In the order in which they are asked; the last one always answers."""


def split(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text in order; outside them there is only white space."""
    paragraphs = [(spans, text[spans[0].start : spans[-1].end]) for spans in _paragraphs(text)]
    roles = parts([line for _, line in paragraphs])
    return tuple(
        Sentence(span.start, span.end, words := text[span.start : span.end], language(words), role.part, number)
        for number, ((spans, _), role) in enumerate(zip(paragraphs, roles, strict=True))
        for span in spans
    )


def verdicts(text: str) -> Iterator[Verdict]:
    """What the rules say of every stop of the text, in order."""
    for line in _LINE.finditer(text):
        yield from _verdicts(line[0], line.start())


def told(text: str) -> Iterator[tuple[Span, Part]]:
    """What each paragraph is, by which rule and why, in the numbering of `Sentence.paragraph`."""
    lines = [Span(spans[0].start, spans[-1].end) for spans in _paragraphs(text)]
    yield from zip(lines, parts([text[line.start : line.end] for line in lines]), strict=True)


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """The sentences of each line that is not blank."""
    for line in _LINE.finditer(text):
        ends = [verdict.offset for verdict in _verdicts(line[0], line.start()) if verdict.ends]
        if spans := _merged(_trimmed(text, [line.start(), *ends, line.end()]), text):
            yield spans


def _trimmed(text: str, cuts: Sequence[int]) -> Iterator[Span]:
    """The stretches between neighbouring cuts without their outer white space, blank ones left out."""
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if bare := piece.strip():
            before = len(piece) - len(piece.lstrip())
            yield Span(start + before, start + before + len(bare))


def _merged(spans: Iterator[Span], text: str) -> list[Span]:
    """The spans, one without a letter or digit joined to the one before it."""
    merged: list[Span] = []
    for span in spans:
        if merged and not any(map(str.isalnum, text[span.start : span.end])):
            merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def _verdicts(line: str, offset: int) -> Iterator[Verdict]:
    """The verdicts on the stops of one line that starts at an offset of the text."""
    enclosures = Enclosures.of(line)
    last = 0
    for match in _STOP.finditer(line):
        start = match.start()
        end = start + len(line[start : enclosures.first_opening(start + 1, match.end())].rstrip())
        verdict = judge(_stop(line, start, end, last, enclosures.hold(end)), offset)
        last = end if verdict.ends else last
        yield verdict


def _stop(line: str, start: int, end: int, last: int, enclosed: bool) -> Stop:
    """The stop between two offsets of a line whose last sentence end is given, too."""
    left, right, marks = line[max(last, start - _NEAR) : start], line[end : end + _NEAR], line[start:end]
    found = _LAST_TOKEN.search(left.rstrip(_MARKS))
    token = found[0] if found else ""
    return Stop(end, marks, left, right, enclosed, start - last, marks == ".", token, right.lstrip(_OPENING)[:1])


def judge(stop: Stop, offset: int = 0) -> Verdict:
    """The answer of the first rule that has one."""
    for rule in RULES:
        if answer := rule(stop):
            return Verdict(offset + stop.end, answer[0], rule.__name__, answer[1])
    raise AssertionError("the last rule answers always")


def _western(letter: str) -> bool:
    """Whether it is a digit or a letter of a script that has capitals."""
    return letter.isdigit() or letter.lower() != letter.upper()


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("abbreviations"))
