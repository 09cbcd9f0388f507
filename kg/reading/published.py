"""The publication date of an article that nobody dated, where its own words fix it beyond doubt."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.reading.calendar import parse_day, safe_date, shifted
from kg.reading.dates import DateMention, find_dates


@dataclass(frozen=True, slots=True)
class Clue:
    """What one mention says of the day of publication: a day and month, a weekday, or both."""

    words: str
    days: int  # how far the mention lies from the publication
    month_day: tuple[int, int] | None
    weekday: int | None

    def fits(self, published: date) -> bool:
        """Whether an article published that day could say so."""
        meant = shifted(published, self.days)
        return (
            meant is not None
            and (self.month_day is None or (meant.month, meant.day) == self.month_day)
            and (self.weekday is None or meant.weekday() == self.weekday)
        )


def infer_published(text: str) -> tuple[str | None, str]:
    """(ISO date or None, the reason in words); never a guess."""
    found = find_dates(text, None)
    full = {day for m in found for day in (stated_day(m),) if day}
    if len(full) == 1:
        day = full.pop()
        disagreeing = [c.words for c in clues(found) if not c.fits(day)]
        return (
            (None, f"the dateline and «{disagreeing[0]}» disagree")
            if disagreeing
            else (day.isoformat(), "a dateline with its year")
        )
    if full:
        return None, "several full datelines"
    return from_weekday(tuple(clues(found)), latest_year(found))


def stated_day(found: DateMention) -> date | None:
    """The day of publication that a dateline or «اليوم 7 نوفمبر 2024» states with its year."""
    day = parse_day(found.value)
    if not day or not (found.kind == "dateline" or found.deictic is not None):
        return None
    return shifted(day, -(found.deictic or 0))


def clues(found: tuple[DateMention, ...]) -> Iterator[Clue]:
    """What datelines and today, yesterday and tomorrow say; a bare weekday says nothing."""
    for m in found:
        if m.kind != "dateline" and (m.deictic is None or (m.shape is None and m.weekday is None)):
            continue
        parts = m.shape.split("-") if m.shape and m.shape.count("-") == 2 else None
        yield Clue(m.text, m.deictic or 0, (int(parts[1]), int(parts[2])) if parts else None, m.weekday)


def latest_year(found: tuple[DateMention, ...]) -> int | None:
    """The latest year that a date names, those of plans, terms and periods left out."""
    years = [int(m.value[:4]) for m in found if m.value and m.kind in {"date", "year"} and not m.future]
    return max(years, default=None)


def from_weekday(found: tuple[Clue, ...], year: int | None) -> tuple[str | None, str]:
    """The one day in the latest year named, or the year after it, that every clue agrees with."""
    dated = next((c for c in found if c.month_day), None)
    if not dated or not dated.month_day:
        return None, "no dateline and no day named as today or yesterday"
    if all(c.weekday is None for c in found):
        return None, f"«{dated.words}» has no year and no weekday beside it"
    if year is None:
        return None, f"«{dated.words}» has no year, and the text names none"
    month, day = dated.month_day
    meant = [safe_date(y, month, day) for y in (year, year + 1)]
    possible = [p for m in meant if m for p in (shifted(m, -dated.days),) if p and all(c.fits(p) for c in found)]
    if len(possible) != 1:
        return None, f"«{dated.words}» and the weekdays fit {len(possible)} of the years {year} and {year + 1}"
    return possible[0].isoformat(), f"«{dated.words}» and the weekdays fit one of the years {year} and {year + 1} only"
