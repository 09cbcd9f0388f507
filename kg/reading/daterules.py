"""The grammar of Arabic dates: patterns over time tokens, in one visible tuple, and what each of them means."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from kg.reading.calendar import (
    UNPUBLISHED,
    Year,
    iso_year,
    resolve_day,
    resolve_distance,
    resolve_few_days,
    resolve_month,
    resolve_weekday,
    safe_date,
    shifted,
)
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
    "HEAD": "T?l?(?P<deictic>[ej])?,?d?(?:(?P<weekday>[WV])[PF]?)?[,<]?C?G?",
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


# What the words round a date say


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


def day_or_anchor(scene: Scene, match: re.Match[str], month: int, day: int, year: Year) -> Verdict:
    """A day of a month, resolved against the publication, or left to another event's year."""
    deictic, weekday = head_said(scene, match)
    shape = f"XXXX-{month:02}-{day:02}"
    if year.kind == "anchor":
        return Verdict("anchor", None, ANCHORED, anchor=Anchor("year", year.number, shape[4:]))
    value, reason = resolve_day(month, day, year, scene.published, weekday, in_future(scene, match.start()))
    return Verdict(
        "date", value, reason, shape=None if year.kind == "known" else shape, weekday=weekday, deictic=deictic
    )


def month_or_anchor(scene: Scene, match: re.Match[str], month: int, year: Year) -> Verdict:
    """A month, resolved against the publication, or left to another event's year."""
    if year.kind == "anchor":
        return Verdict("anchor", None, ANCHORED, anchor=Anchor("year", year.number, f"-{month:02}"))
    value, reason = resolve_month(month, year, scene.published, in_future(scene, match.start()))
    return Verdict("date", value, reason, shape=None if year.kind == "known" else f"XXXX-{month:02}")


# The rules


def numeric(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """A date in digits; the day stands before the month unless only the other order is a date."""
    if not scene.tight(match, "digits"):
        return None
    year, a, b = (scene.value(match, group) for group in ("year", "a", "b"))
    orders = ((a, b), (b, a)) if match.start("year") < match.start("a") else ((b, a), (a, b))
    found = next((d for month, day in orders if (d := safe_date(year, month, day))), None)
    days, weekday = head_said(scene, match)
    return Verdict("date", found.isoformat(), "full date in digits", weekday=weekday, deictic=days) if found else None


def hijri(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """A date of the Islamic calendar: recognised, not converted."""
    dated = match.group("day") or match.group("year") or match.group("sign")
    ambiguous = scene.key(match.start("month")) in time_words().ambiguous
    if not dated and (ambiguous or scene.code(match.start() - 1) not in "fIUmX"):
        return None
    if not dated and scene.code(match.start() - 1) not in "m":
        return None
    return Verdict("date", None, "a date of the Islamic calendar, which differs by a day from country to country")


def foreign(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """February 18, 2020; 18 de febrero de 2020; 18 février 2020; 18 февраля 2020."""
    found = safe_date(scene.value(match, "year"), scene.value(match, "month"), scene.value(match, "day"))
    return Verdict("date", found.isoformat(), "full date") if found else None


def day_range(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«في 16 و17 مايو»."""
    first, last = scene.value(match, "first"), scene.value(match, "last")
    if first >= last:
        return None
    year, month = year_said(scene, match), scene.value(match, "month")
    end = day_or_anchor(scene, match, month, last, year)
    if end.kind == "anchor":
        return replace(end, anchor=Anchor("year", year.number, f"-{month:02}-{first:02}"))
    known = Year("known", int(end.value[:4])) if end.value else year
    value, _ = resolve_day(month, first, known, scene.published, None, False)
    return replace(end, value=value, value_end=end.value, weekday=None, shape=None)


def long_range(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«بين 28 أبريل و3 مايو 2020»."""
    if not linked(scene, match):
        return None
    year, first_year = year_said(scene, match, "tail2"), year_said(scene, match)
    month, day = scene.value(match, "month2"), scene.value(match, "day2")
    last, reason = resolve_day(month, day, year, scene.published, None, in_future(scene, match.start()))
    if not last:
        return Verdict("date", None, reason)
    start_month, start_day = scene.value(match, "month"), scene.value(match, "day")
    before = int(last[:4]) - ((start_month, start_day) > (month, day))
    known = first_year if first_year.kind == "known" else Year("known", before)
    value, _ = resolve_day(start_month, start_day, known, scene.published, None, False)
    return Verdict("date", value, f"a range; its end: {reason}", value_end=last)


def linked(scene: Scene, match: re.Match[str]) -> bool:
    """Whether two dates make a range: a dash or «إلى» between them, or «و» after «بين»."""
    return match.group("link") not in {"&"} or scene.code(match.start() - 1) == "v"


def day_of_month(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«يوم 7 فيفري», «الخامس من أيلول (سبتمبر) 2014», «أمس الثلاثاء 18 فيفري»."""
    return day_or_anchor(scene, match, scene.value(match, "month"), scene.value(match, "day"), year_said(scene, match))


def day_of_this_month(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«في 14 من الشهر الجاري», «في 14 من الشهر نفسه»."""
    day, mark = scene.value(match, "day"), match.group("mark")
    if "S" in mark or "t" in mark or "s" in mark or "x" in mark:
        step = int(scene.tokens[match.end() - 1].value) if "x" in mark else 0
        return Verdict("anchor", None, ANCHORED, anchor=Anchor("month", step, f"-{day:02}"))
    if not scene.published:
        return Verdict("date", None, UNPUBLISHED)
    step = next((STEPS[letter] for letter in mark if letter in STEPS), 0)
    month, reason = resolve_distance("month", step, scene.published)
    found = safe_date(int(month[:4]), int(month[5:]), day) if month else None
    return Verdict("date", found.isoformat() if found else None, reason)


def month_range(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«بين مارس ومايو 2020», «مارس - مايو 2020»."""
    year = year_said(scene, match, "tail2")
    first, last = scene.value(match, "month"), scene.value(match, "month2")
    end, reason = resolve_month(last, year, scene.published, in_future(scene, match.start()))
    if year.kind == "anchor" or first == last:
        return None
    if not end:
        return Verdict("date", None, reason)
    said = year_said(scene, match)
    start_year = said.number if said.kind == "known" else int(end[:4]) - (first > last)
    return Verdict("date", f"{start_year:04}-{first:02}", f"a range; its end: {reason}", value_end=end)


def month_of_year(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«أيلول/سبتمبر 2008», «نوفمبر الماضي», «مطلع تشرين الأول», «في أكتوبر»."""
    month, marked = match.start("month"), bool(match.group("tail") or match.group("stage") or match.group("unit"))
    before = scene.code(month - 1)
    if scene.code(match.end()) == "n" and not marked:
        return None
    if not marked and scene.key(month) in time_words().ambiguous and before not in "fI":
        return None
    proclitic = scene.text[scene.tokens[month].start] in "بلو"
    if not marked and before not in "fIUlomv&BA-Q" and not proclitic:
        return None
    return month_or_anchor(scene, match, scene.value(match, "month"), year_said(scene, match))


def weekday_range(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«يومي الأربعاء والخميس», «ليل السبت - الأحد»."""
    last, reason = resolve_weekday(
        scene.value(match, "last"), mark_of(match), scene.published, in_future(scene, match.start())
    )
    if (scene.value(match, "last") - scene.value(match, "first")) % 7 > 4:
        return None
    days = (scene.value(match, "last") - scene.value(match, "first")) % 7
    end = date.fromisoformat(last) if last else None
    begin = shifted(end, -days) if end else None
    return Verdict("weekday", begin.isoformat() if begin else None, reason, value_end=last)


def mark_of(match: re.Match[str]) -> str:
    """The mark after a weekday: past, coming or none."""
    return MARKS.get(match.group("mark") or "", "none")


def weekday(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«مساء يوم الخميس», «الجمعة الماضية», «الخميس المقبل»."""
    i = match.start("weekday")
    if listed_beside(scene, "not_weekday", i, i) or listed_beside(scene, "not_weekday", match.start(), i):
        return None
    if scene.code(i - 1) == "v" and scene.code(i + 1) not in "VW&":
        return None
    day = scene.value(match, "weekday")
    value, reason = resolve_weekday(day, mark_of(match), scene.published, in_future(scene, match.start()))
    if value and step_of(scene, match.start("mark")) < -1:
        value, reason = week_before(value), "the weekday of the week before last"
    return Verdict("weekday", value, reason, weekday=day)


def week_before(day: str) -> str | None:
    """The day seven days earlier."""
    found = shifted(date.fromisoformat(day), -7)
    return found.isoformat() if found else None


def today_weekday(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«اليوم الخميس», «أمس الأربعاء»: the weekday must agree with the day meant."""
    deictic, day = head_said(scene, match)
    if listed_beside(scene, "not_today", match.start("deictic"), match.start("deictic")):
        return None
    if not scene.published or deictic is None:
        return Verdict("relative", None, UNPUBLISHED, weekday=day, deictic=deictic)
    found = shifted(scene.published, deictic)
    if found and found.weekday() == day:
        return Verdict(
            "relative",
            found.isoformat(),
            "counted from the publication; the weekday agrees",
            None,
            None,
            None,
            day,
            deictic,
        )
    value, _ = resolve_weekday(day or 0, "none", scene.published, deictic > 0)
    return Verdict(
        "relative", value, "the weekday; the words beside it count from another day", None, None, None, day, deictic
    )


def deictic(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«أمس», «غدا», «أول من أمس», «اليوم», «الليلة الماضية»."""
    i = match.start("word")
    today = scene.codes[i] == "j"
    if listed_beside(scene, "not_today", i, i) or (today and (scene.code(i + 1) in "ROx" or scene.code(i - 1) in "UI")):
        return None
    past = match.group().endswith("P")
    days = int(scene.tokens[match.end() - 1 if past else i].value)
    value, reason = resolve_distance("day", days, scene.published)
    return Verdict("relative", value, reason, deictic=days)


def same_day(_scene: Scene, _match: re.Match[str]) -> Verdict | None:
    """«في اليوم نفسه», «ذلك اليوم», «حينها»."""
    return Verdict("anchor", None, ANCHORED, anchor=Anchor("day", 0))


def same_period(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«في العام نفسه», «الشهر التالي», «الأسبوع نفسه»."""
    unit = UNITS[match.group("unit") or match.group("unit2")]
    step = scene.value(match, "next") if match.group("next") else 0
    if match.group("next") and listed_beside(scene, "not_year", match.start(), match.start()):
        return None
    if unit == "week":
        return Verdict("anchor", None, ANCHORED + "; a week has no date of its own")
    return Verdict("anchor", None, ANCHORED, anchor=Anchor(unit, step))


def next_day(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«اليوم التالي», «عشية ذلك», «غداة لقائه»."""
    return Verdict("anchor", None, ANCHORED, anchor=Anchor("day", scene.value(match, "next")))


def distance(scene: Scene, match: re.Match[str]) -> tuple[str, int | None]:
    """(unit, how many) of «ثلاثة أيام», «يومين», «15 يوما»; None for «أيام», «بضعة أيام»."""
    if match.group("dual"):
        unit = scene.tokens[match.start("dual")].value
        return unit, None if roughly(scene, match, unit) else 2
    token, count = scene.tokens[match.start("unit")], match.group("count")
    unit = UNITS.get(token.code) or token.value
    number = scene.value(match, "count") if count and scene.tokens[match.start("count")].value else None
    exact = number or (None if count or token.code == "p" else 1)
    if roughly(scene, match, unit):  # «أقل من أسبوع» is some days
        return "day" if unit == "week" and exact == 1 else unit, None
    return unit, exact


def roughly(scene: Scene, match: re.Match[str], unit: str) -> bool:
    """Whether «أقل من» or «نحو» stands before a distance and makes its unit uncertain."""
    about = match.group().find("~")
    if about < 0:
        return False
    return unit in {"day", "week"} or scene.key(match.start() + about).lstrip("وبل") in {"اكثر", "اقل"}


def anchored(unit: str, step: int | None, direction: int, following: bool) -> Verdict:
    """A distance from another event."""
    if step is None and unit == "day":
        return Verdict(
            "anchor", None, f"{ANCHORED}; some days from it", anchor=Anchor("few", direction, following=following)
        )
    if step is None or unit == "hour":
        return Verdict("anchor", None, f"{ANCHORED}; the distance is not told to the day")
    frame, factor = ("day", 7) if unit == "week" else (unit, 1)
    return Verdict("anchor", None, ANCHORED, anchor=Anchor(frame, step * factor, following=following))


def distance_from_it(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«قبلها بيومين», «بعد ذلك بثلاثة أيام»."""
    unit, count = distance(scene, match)
    side = scene.value(match, "side")
    return anchored(unit, count * side if count else None, side, False)


def distance_after(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«بعد ثلاثة أيام» counts from the event before it; «بعد يوم من إعلان» dates what follows."""
    unit, count = distance(scene, match)
    following = bool(match.group("of"))
    side = -1 if following else 1
    return anchored(unit, count * side if count else None, side, following)


def distance_before(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«قبل ثلاثة أيام» counts from the publication; «قبل يومين من القمة» dates what follows."""
    unit, count = distance(scene, match)
    if match.group("of"):
        return anchored(unit, count, 1, True)
    if unit == "day" and count is None:
        return Verdict("relative", *resolve_few_days(-1, scene.published))
    if count is None:
        return Verdict("relative", None, "the distance is not told")
    return Verdict("relative", *resolve_distance(unit, -count, scene.published))


def distance_since(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«منذ عامين»: resolved for small numbers, «منذ 17 عاما» is too vague."""
    unit, count = distance(scene, match)
    if count is None or count > 5:
        return Verdict("relative", None, "too vague for a date")
    return Verdict("relative", *resolve_distance(unit, -count, scene.published))


def period(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«الأسبوع الماضي», «الشهر المقبل», «هذا العام», «نهاية العام الحالي»."""
    if not match.group("this") and listed_beside(scene, "not_year", match.start("unit"), match.start("unit")):
        return None
    step = step_of(scene, match.start("mark"))
    unit = UNITS[match.group("unit") or match.group("thing")]
    return Verdict("relative", *resolve_distance(unit, step, scene.published))


def season(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«صيف 2020», «هذا الصيف», «ربيع العام الماضي»: the year only."""
    if match.group("year"):
        return Verdict("year", iso_year(scene.value(match, "year")), "a season gives the year only")
    if not match.group("mark"):
        return Verdict("relative", *resolve_distance("year", 0, scene.published))
    return (
        Verdict("relative", None, "a season without its year")
        if "c" not in match.group()
        else Verdict("relative", *resolve_distance("year", STEPS[match.group("mark")], scene.published))
    )


def vague_period(_scene: Scene, _match: re.Match[str]) -> Verdict | None:
    """«الأيام الماضية», «السنوات الأخيرة»."""
    return Verdict("relative", None, "a stretch of time with no fixed start")


def year_range(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«بين عامي 2007 و2013», «للأعوام 2023-2026», «(1999-2013)»."""
    first, last = scene.value(match, "first"), scene.value(match, "last")
    if first > last or not (linked(scene, match) or match.group("pair") or match.group("plural")):
        return None
    kind = "term" if scene.code(match.start() - 1) == "<" or match.group("plural") else "year"
    reason = "a term or period in years" if kind == "term" else "a range of years"
    return Verdict(kind, iso_year(first), reason, value_end=iso_year(last))


def year(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«عام 1996», «مطلع 2020», «حتى عام 2026»."""
    value = iso_year(scene.value(match, "year"))
    return period_edge(scene, match.start(), value) or Verdict("year", value, "year")


def period_edge(scene: Scene, i: int, value: str | None) -> Verdict | None:
    """A year that ends a period («حتى 2026») or tells when something last was («للمرة الأولى منذ 2003»)."""
    if scene.code(i - 1) in "UBA":
        return Verdict(
            "term", value, "the end of a period" if scene.code(i - 1) == "U" else "before or after that year"
        )
    if scene.code(i - 1) == "I" and any(scene.key(i - n) in superlatives() for n in range(2, 7)):
        return Verdict("term", value, "when something last was, not when it happens")
    return None


def superlatives() -> frozenset[str]:
    """Words by which «منذ» compares with an earlier time."""
    return time_words().context["not_since", "before"]


def bare_year(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«في 2022», «انتخابات 2020»; no counted thing («2020 طنا») and no number of a resolution («القرار 1929»)."""
    i = match.start()
    before, after = scene.code(i - 1), scene.code(i + 1)
    value = iso_year(scene.value(match, "year"))
    numbered = any(scene.codes[n] == "#" for n in range(max(0, i - 4), i))
    if numbered or after in "$pdwmyh" or before in "~-/:." or after in "/:":
        return None
    if edge := period_edge(scene, i, value):
        return edge
    if before in "fIvm" or (before in "lo&<" and after in "&o-U>.,\n_"):
        return Verdict("year", value, "year")
    if before == "k":
        return Verdict("year", value, "a year that tells one thing of its kind from another")
    return Verdict("year", value, "a year beside a name") if before == "_" and after in '\n.,">' else None


def clock(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«الساعة 10:30», «عند الرابعة»."""
    if match.group() == "@" and scene.key(match.start() - 1) not in {"عند", "حوالي", "الساعه", "نحو"}:
        return None
    if ":" in match.group() and not scene.tight(match) and not match.group("word"):
        return None
    if match.group("word") and scene.key(match.start()) == "ساعه":
        return None
    return Verdict("time", None, "a time of day")


RULES = (
    Rule(
        "numeric_year_first",
        grammar("HEAD (?P<digits> (?P<year> Y ) [-/.] (?P<a> D ) [-/.] (?P<b> D ) ) (?![-/]D)"),
        numeric,
    ),
    Rule(
        "numeric_day_first", grammar("HEAD (?P<digits> (?P<a> D ) [-/.] (?P<b> D ) [-/.] (?P<year> [YZ] ) )"), numeric
    ),
    Rule("foreign", grammar("(?P<month> L ) (?P<day> D ) ,? (?P<year> Y )"), foreign),
    Rule("foreign_day_first", grammar("(?P<day> D ) 0? (?P<month> L ) ,? 0? (?P<year> Y )"), foreign),
    Rule(
        "hijri", grammar("(?:T?d?W?,?)? (?:(?P<day> DAY )l?)? (?P<month> H ) (?P<year> [ZYn] )? (?P<sign> ; )?"), hijri
    ),
    Rule(
        "long_range",
        grammar(
            "(?P<day> DAY ) l?m? (?P<month> M ) TAIL (?P<link> [-oU&] ) (?P<day2> DAY ) l?m? (?P<month2> M ) TAIL2"
        ),
        long_range,
    ),
    Rule(
        "day_range", grammar("HEAD (?P<first> DAY ) [-oU&,/] (?P<last> DAY ) l?m? (?P<month> MONTH ) TAIL"), day_range
    ),
    Rule("day_of_month", grammar("HEAD (?P<day> DAY ) l?m? (?P<month> MONTH ) TAIL"), day_of_month),
    Rule(
        "day_of_this_month",
        grammar("HEAD (?P<day> DAY ) l (?P<mark> ib|tb|sb|b[PFKSx] )"),
        day_of_this_month,
    ),
    Rule(
        "month_range", grammar("r? (?P<month> M ) TAIL (?:[-oU](?= M )|(?= N )) (?P<month2> MONTH ) TAIL2"), month_range
    ),
    Rule("month", grammar("(?P<stage> X )? (?P<unit> m )? (?P<month> MONTH ) TAIL"), month_of_year),
    Rule(
        "weekday_range",
        grammar("[Tr]? (?P<first> WEEKDAY ) (?:[-/oU]|(?= V|T?W )) (?P<last> WEEKDAY ) (?P<mark> [PF] )?"),
        weekday_range,
    ),
    Rule("today_weekday", grammar("T? d? (?P<deictic> [ej] ) ,? T? d? (?P<weekday> [WV] )"), today_weekday),
    Rule("weekday", grammar("T? l? d? (?P<weekday> WEEKDAY ) (?P<mark> [PF] )?"), weekday),
    Rule("same_day", grammar("T? (?:[jJ]S|s[jJd]|t[jJ]|z)"), same_day),
    Rule("next_day", grammar("T? [jJ] (?P<next> x )"), next_day),
    Rule("eve", grammar("(?P<next> E )"), next_day),
    Rule("tonight", grammar("(?P<word> J ) P?"), deictic),
    Rule("deictic", grammar("i? (?:T(?P<between> l )?)? (?P<word> [ej] ) T?"), deictic),
    Rule(
        "same_period", grammar("X? l? (?:(?P<unit> [abc] )(?:S|t|(?P<next> x ))|[st](?P<unit2> [abc] ))"), same_period
    ),
    Rule("distance_from_it", grammar("(?P<side> [()] ) (?:l?~)? QUANTITY"), distance_from_it),
    Rule("distance_after", grammar("A (?:~l?)? QUANTITY (?P<of> [l2] )?"), distance_after),
    Rule("distance_before", grammar("B (?:~l?)? QUANTITY (?P<of> [l2] )?"), distance_before),
    Rule("distance_since", grammar("I (?:~l?)? QUANTITY"), distance_since),
    Rule("season", grammar("i? Q (?: (?:[yc]? (?P<year> YEAR )) | l?c?(?P<mark> [PFK] ) )"), season),
    Rule("this_season", grammar("i Q (?P<year> (?!) )? (?P<mark> (?!) )?"), season),
    Rule("period", grammar("X? l? (?:(?P<this> i )(?P<thing> [abc] )|(?P<unit> [abc] )(?P<mark> [PFK] ))"), period),
    Rule("vague_period", grammar("[!Dn]? [qg] [*]? [PFRK]"), vague_period),
    Rule(
        "year_range",
        grammar(
            "(?P<plural> [pq] )? (?P<pair> r )? [cy]? (?P<first> [YZ] ) (?P<link> [-oU&/] ) (?P<last> [YZ] )(?!\\s)"
        ),
        year_range,
    ),
    Rule("year", grammar("X? l? [yc] (?P<year> YEAR )"), year),
    Rule("stage_of_year", grammar("X (?P<year> YEAR )"), year),
    Rule("bare_year", grammar("(?P<year> Y ) =?"), bare_year),
    Rule("clock", grammar("(?P<word> h )? (?:@|D:[Dn]|(?<=h)D)"), clock),
)
"""Tried in this order where a time token stands; the first verdict wins."""
