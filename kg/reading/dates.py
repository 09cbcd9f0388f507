"""Dates and times in Arabic news: what the words say, resolved against the day of publication, with the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.reading.calendar import iso_year, month_away, parse_day, resolve_few_days, shifted
from kg.reading.daterules import RULES
from kg.reading.datescene import Anchor, Rule, Scene, Verdict, in_future
from kg.reading.datewords import code_string, may_date, tokens

STARTERS = re.compile('[^_0n1.,:<>/"\n~$#k%&olvfUG2!=;-]')


@dataclass(frozen=True, slots=True)
class DateMention:
    """`text[start:end]`, what date it means, and why; `value` is None where that stays open."""

    start: int
    end: int
    text: str
    value: str | None  # EDTF to its precision
    value_end: str | None
    kind: str  # date, weekday, relative, year, term, time, anchor or dateline
    reason: str
    rule: str
    anchor: Anchor | None = None
    shape: str | None = None  # a date without its year, as EDTF: XXXX-02-18
    weekday: int | None = None  # 0 is Monday
    deictic: int | None = None  # days from today, where the words say today, yesterday or tomorrow
    future: bool = False  # a future verb or a word of planning stands before it in its clause

    @property
    def offset(self) -> int | None:
        """Days from the anchor, where the anchor is a day."""
        return self.anchor.step if self.anchor and self.anchor.frame == "day" else None


def find_dates(text: str, published: str | None, future: bool = False) -> tuple[DateMention, ...]:
    """Every date and time in a text, left to right; `future` reads year-free dates and weekdays as coming ones."""
    if not may_date(text):
        return ()
    found = tokens(text)
    codes = code_string(found)
    scene = Scene(text, found, codes, parse_day(published), future)
    return as_datelines(text, beside_hijri(text, scan(scene)))


def scan(scene: Scene) -> list[DateMention]:
    """The verdicts of the rules, left to right, none overlapping."""
    mentions: list[DateMention] = []
    i = 0
    while start := STARTERS.search(scene.codes, i):
        i = start.start() + 1
        for rule, match, verdict in verdicts(scene, start.start()):
            mentions.append(mention(scene, rule, match, verdict))
            i = match.end()
            break
    return mentions


def verdicts(scene: Scene, i: int) -> Iterator[tuple[Rule, re.Match[str], Verdict]]:
    """What each rule makes of token i, those that decline left out."""
    for rule in RULES:
        match = rule.pattern.match(scene.codes, i)
        verdict = rule.read(scene, match) if match and match.end() > i else None
        if match and verdict:
            yield rule, match, verdict


def mention(scene: Scene, rule: Rule, match: re.Match[str], found: Verdict) -> DateMention:
    """The characters of a match with its verdict."""
    start, end = scene.tokens[match.start()].start, scene.tokens[match.end() - 1].end
    start += leading_conjunction(scene.text[start:end])
    return DateMention(
        *(start, end, scene.text[start:end], found.value, found.value_end, found.kind, found.reason, rule.name),
        *(found.anchor, found.shape, found.weekday, found.deictic, in_future(scene, match.start())),
    )


def leading_conjunction(words: str) -> int:
    """Length of the conjunction that a date begins with («وأمس»), which is no part of it."""
    return int(words[:1] == "و" and words[1:2].isalpha())


def beside_hijri(text: str, found: list[DateMention]) -> list[DateMention]:
    """Dates of the Islamic calendar take the value of a Gregorian date that stands right beside them."""
    for i, (left, right) in enumerate(pairwise(found)):
        beside = len(text[left.end : right.start].split()) <= 1 and right.start - left.end <= 12
        if beside and {left.rule, right.rule} == {"hijri", "day_of_month"}:
            n, other = (i, right) if left.rule == "hijri" else (i + 1, left)
            found[n] = replace(found[n], value=other.value, reason="the Gregorian date stands beside it")
    return found


WORDS = r"[^\W\d_]+(?:[ \t]+[^\W\d_]+){0,2}"
PLACE = rf"[ \t]*{WORDS}(?:[ \t]*[،,/–—-][ \t]*{WORDS}){{0,3}}"  # one or several cities
BEFORE_AGENCY = re.compile(rf"{PLACE}[ \t]*[،,:–—-]*[ \t]*(?:في[ \t]+)?[(]?")
AGENCY = re.compile(r"[ \t)]*(?:\([^()\n]{1,40}\)[ \t]*(?:[:–—-]|$)|[.،,]?[ \t]*/[^/\n]{1,40}/)", re.MULTILINE)
BEFORE_BREAK = re.compile(rf"{PLACE}[ \t]*[،,:–—-]+[ \t]*[(]?")
BREAK = re.compile(r"[ \t)]*(?:[.:]?[ \t]*$|[–—-]+[ \t])", re.MULTILINE)
BEFORE_DASH = re.compile(r"[ \t]*[^\W\d_]{3,}[ \t]+")
DASH = re.compile(r"[ \t]*[–—-]+[ \t]")
LONGEST_DATELINE = 60
DATELINE_RULES = frozenset({"day_of_month", "numeric_day_first", "numeric_year_first"})


def as_datelines(text: str, found: list[DateMention]) -> tuple[DateMention, ...]:
    """The same mentions, with those of an article's dateline («بكين 14 سبتمبر (وكالات)») marked as such."""
    return tuple(
        replace(m, kind="dateline", reason=f"the article's dateline; {m.reason}") if is_dateline(text, m) else m
        for m in found
    )


def is_dateline(text: str, found: DateMention) -> bool:
    """Whether a date of day and month follows a place at the start of a line, and an agency or a break follows it."""
    if found.rule not in DATELINE_RULES or not found.text[0].isdigit():
        return False
    line = text.rfind("\n", max(0, found.start - LONGEST_DATELINE), found.start) + 1
    if found.start - line > LONGEST_DATELINE or (line == 0 and found.start > LONGEST_DATELINE):
        return False
    forms = ((BEFORE_AGENCY, AGENCY), (BEFORE_BREAK, BREAK), (BEFORE_DASH, DASH))
    return any(left.fullmatch(text, line, found.start) and right.match(text, found.end) for left, right in forms)


def resolve_anchor(found: DateMention, anchor: str) -> str | None:
    """The date of an anchored mention, given the EDTF date it hangs on; None where that is not precise enough."""
    if not found.anchor:
        return None
    frame, step, rest = found.anchor.frame, found.anchor.step, found.anchor.rest
    day = parse_day(anchor)
    if frame == "few":
        return resolve_few_days(step, day)[0]
    if frame == "day":
        moved = shifted(day, step) if day else None
        return moved.isoformat() if moved else None
    base = anchored_month(anchor, step) if frame == "month" else anchored_year(anchor, step)
    return valid(base + rest) if base else None


def anchored_month(anchor: str, step: int) -> str | None:
    """The month `step` months after an anchor's."""
    month = parse_day(f"{anchor[:7]}-01") if len(anchor) >= 7 else None
    return month_away(month, step) if month else None


def anchored_year(anchor: str, step: int) -> str | None:
    """The year `step` years after an anchor's."""
    return iso_year(int(anchor[:4]) + step) if anchor[:4].isdecimal() else None


def valid(value: str) -> str | None:
    """An EDTF value, or None where the calendar has no such day."""
    return value if len(value) < 10 or parse_day(value) else None


def as_future(found: DateMention, published: str | None) -> DateMention:
    """The same mention read as a coming date, where its clause turns out to speak of the future."""
    again = next((m for m in find_dates(found.text, published, future=True) if m.kind == found.kind), None)
    return replace(found, value=again.value, value_end=again.value_end, reason=again.reason) if again else found
