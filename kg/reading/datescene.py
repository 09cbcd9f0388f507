"""What a date rule sees and says: the scene, the verdict, and what the words round a date tell."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kg.reading.calendar import Year
from kg.reading.datewords import FUTURE_VERB, Token, time_words


@dataclass(frozen=True, slots=True)
class Anchor:
    """How a date hangs on the date of another event: its day, month or year, moved by `step`, then `rest`."""

    frame: str  # day, few (some days, none of them told), month or year
    step: int = 0  # in units of the frame; the direction alone for `few`
    rest: str = ""  # what follows in EDTF: "-08" after a year, "-14" after a month
    following: bool = False  # True: these words date the event named after them («بعد يوم من إعلان»), from the clause's


@dataclass(frozen=True, slots=True)
class Scene:
    """What a rule sees: the tokens, their class letters, the day of publication, and whether the clause is future."""

    text: str
    tokens: list[Token]
    codes: str
    published: date | None
    future: bool

    def value(self, match: re.Match[str], group: str) -> int:
        """The number behind the first token of a group."""
        return int(self.tokens[match.start(group)].value)

    def code(self, i: int) -> str:
        """Class letter of token i; a line break outside the text."""
        return self.codes[i] if 0 <= i < len(self.codes) else "\n"

    def key(self, i: int) -> str:
        """Key of token i, empty outside the text."""
        return self.tokens[i].key if 0 <= i < len(self.tokens) else ""

    def tight(self, match: re.Match[str], group: str | int = 0) -> bool:
        """Whether no space stands between the tokens of a group."""
        inside = self.tokens[match.start(group) : match.end(group)]
        return all(a.end == b.start for a, b in pairwise(inside))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule makes of a match; see DateMention for the fields."""

    kind: str
    value: str | None
    reason: str
    value_end: str | None = None
    anchor: Anchor | None = None
    shape: str | None = None
    weekday: int | None = None
    deictic: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that reads it; None from the function: no such date here."""

    name: str
    pattern: re.Pattern[str]
    read: Callable[[Scene, re.Match[str]], Verdict | None]


MACROS = {
    "DAY": "[DO]",
    "MONTH": "[MN]",
    "WEEKDAY": "[WV]",
    "YEAR": "[YZ]=?",
    "QUANTITY": "(?:(?P<count>[!Dn])?(?P<unit>[pdwmyh])(?![YZWVDOMNH])|(?P<dual>u))",
    "HEAD": "T?l?(?P<deictic>[ej])?,?d?(?:(?P<weekday>[WV])[PF]?)?(?:,|(?P<open><))?C?G?",
    "TAIL": "(?P<tail>l?[yc]?[YZ]=?|l?ic|l?c[PFKSx]|l?tc|l?sc|[PFK])?",
    "TAIL2": "(?P<tail2>l?[yc]?[YZ]=?|l?ic|l?c[PFKSx]|l?tc|l?sc|[PFK])?",
}
UNITS = {"d": "day", "w": "week", "m": "month", "y": "year", "h": "hour", "a": "week", "b": "month", "c": "year"}
MARKS = {"P": "past", "F": "coming", "K": "current"}
STEPS = {"P": -1, "F": 1, "K": 0}
ANCHORED = "needs the date of another event"


def grammar(pattern: str) -> re.Pattern[str]:
    """A pattern over class letters, its capital names spelt out."""
    return re.compile("".join(MACROS.get(piece, piece) for piece in pattern.split()))


def year_said(scene: Scene, match: re.Match[str], group: str = "tail") -> Year:
    """What the words after a month say of its year."""
    if not match.group(group):
        return Year("none")
    start = match.start(group)
    found = {letter: start + i for i, letter in enumerate(match.group(group))}
    for letter in "YZ":
        if letter in found:
            return Year("known", int(scene.tokens[found[letter]].value))
    if "S" in found or "t" in found or "s" in found:
        return Year("anchor", 0)
    if "x" in found:
        return Year("anchor", int(scene.tokens[found["x"]].value))
    mark = next((letter for letter in "PFK" if letter in found), "K")
    return Year("shift", step_of(scene, found.get(mark))) if "c" in found else Year(MARKS[mark])


def step_of(scene: Scene, i: int | None) -> int:
    """How many periods a mark goes back or on: -1 for «الماضي», -2 for «قبل الماضي»; 0 without one."""
    return int(scene.tokens[i].value) if i is not None and i >= 0 else 0


def in_future(scene: Scene, i: int) -> bool:
    """Whether a future verb or a word of planning stands before token i in its clause."""
    if scene.future:
        return True
    i -= 1 + (scene.code(i - 1) == ",")
    for n in range(i, max(-1, i - 12), -1):
        if scene.codes[n] in '.,:"\n<':
            return False
        if scene.codes[n] == "%" or (scene.codes[n] == "_" and is_future_verb(scene.key(n))):
            return True
    return False


def is_future_verb(key: str) -> bool:
    """Whether a word looks like س with an imperfect and is none of the known look-alikes."""
    return bool(FUTURE_VERB.match(key)) and key not in time_words().context["not_planned", "0"]


def head_said(scene: Scene, match: re.Match[str]) -> tuple[int | None, int | None]:
    """(days from today, weekday) that stand before a date."""
    deictic = scene.value(match, "deictic") if match.group("deictic") else None
    return deictic, scene.value(match, "weekday") if match.group("weekday") else None


def listed_beside(scene: Scene, name: str, first: int, last: int) -> bool:
    """Whether a word of the context lists stands right before token `first` or right after token `last`."""
    context = time_words().context
    return scene.key(first - 1) in context.get((name, "before"), ()) or scene.key(last + 1) in context.get(
        (name, "after"), ()
    )


def linked(scene: Scene, match: re.Match[str]) -> bool:
    """Whether two dates make a range: a dash or «إلى» between them, or «و» after «بين»."""
    return match.group("link") not in {"&"} or scene.code(match.start() - 1) == "v"
