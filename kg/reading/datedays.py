"""Rules for days, months and weekdays, in words and in digits."""

import re
from dataclasses import replace
from datetime import date

from kg.reading.calendar import (
    UNPUBLISHED,
    Year,
    resolve_day,
    resolve_distance,
    resolve_month,
    resolve_weekday,
    safe_date,
    shifted,
)
from kg.reading.datescene import (
    ANCHORED,
    MARKS,
    STEPS,
    Anchor,
    Scene,
    Verdict,
    head_said,
    in_future,
    linked,
    listed_beside,
    step_of,
    year_said,
)
from kg.reading.datewords import time_words


def day_or_anchor(scene: Scene, match: re.Match[str], month: int, day: int, year: Year) -> Verdict:
    """A day of a month, resolved against the publication, or left to another event's year."""
    deictic, weekday = head_said(scene, match)
    shape = f"XXXX-{month:02}-{day:02}"
    if year.kind == "anchor":
        return Verdict("anchor", None, ANCHORED, anchor=Anchor("year", year.number, shape[4:]))
    if year.kind == "none" and listed_beside(scene, "not_date", match.start(), match.end()):
        return Verdict("date", None, "a date that names something («ثورة 25 يناير»): its year is not told")
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


def day_of_month(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«يوم 7 فيفري», «الخامس من أيلول (سبتمبر) 2014», «أمس الثلاثاء 18 فيفري»."""
    return day_or_anchor(scene, match, scene.value(match, "month"), scene.value(match, "day"), year_said(scene, match))


def day_of_this_month(scene: Scene, match: re.Match[str]) -> Verdict | None:
    """«في 14 من الشهر الجاري», «في 14 من الشهر نفسه»."""
    day = scene.value(match, "day" if match.group("day") else "digit")
    mark = match.group("mark") or "K"
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
