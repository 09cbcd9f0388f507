"""Calendar arithmetic: what a day, month, weekday or distance means, seen from the day an article was published."""

from dataclasses import dataclass
from datetime import date, timedelta

NEAR_FUTURE = 31  # days: an unmarked date this soon is the coming one, rather than last year's
LONG_AGO = 320


@dataclass(frozen=True, slots=True)
class Year:
    """What the words beside a month say of its year."""

    kind: str  # known, shift, past, coming, current, anchor or none
    number: int = 0  # the year, or the distance from the year of publication or of the anchor


Resolved = tuple[str | None, str]  # EDTF value or None, and the reason in words

UNPUBLISHED = "the article's publication date is not known"
IMPOSSIBLE = "no such day in the calendar"


def parse_day(iso: str | None) -> date | None:
    """An ISO date, or None where it is none to the day or too near the ends of the calendar to count from."""
    try:
        found = date.fromisoformat(iso) if iso and len(iso) == 10 else None
    except ValueError:
        return None
    return found if found and 10 < found.year < 9990 else None


def safe_date(year: int, month: int, day: int) -> date | None:
    """A date, or None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shifted(day: date, days: int) -> date | None:
    """A date some days away, or None beyond the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def iso_day(day: date | None) -> str | None:
    """EDTF of a day."""
    return day.isoformat() if day else None


def iso_month(year: int, month: int) -> str | None:
    """EDTF of a month."""
    return f"{year:04}-{month:02}" if 1 <= year <= 9999 else None


def iso_year(year: int) -> str | None:
    """EDTF of a year."""
    return f"{year:04}" if 1 <= year <= 9999 else None


def month_away(day: date, months: int) -> str | None:
    """The month some months away from a day's."""
    count = day.year * 12 + day.month - 1 + months
    return iso_month(count // 12, count % 12 + 1)


def month_of(day: date | None) -> str | None:
    """The month of a day."""
    return iso_month(day.year, day.month) if day else None


def occurrences(month: int, day: int, published: date) -> list[date]:
    """The dates of a day and month in the years round the publication, in order."""
    years = range(published.year - 4, published.year + 5)
    return [found for year in years if 1 <= year <= 9999 for found in (safe_date(year, month, day),) if found]


def resolve_day(
    month: int, day: int, year: Year, published: date | None, weekday: int | None, future: bool
) -> Resolved:
    """A day and month with what is said of the year."""
    if year.kind == "known":
        return explicit_day(safe_date(year.number, month, day), weekday)
    if not published:
        return None, UNPUBLISHED
    if year.kind == "shift":
        return iso_day(safe_date(published.year + year.number, month, day)), "year counted from the publication"
    found = occurrences(month, day, published)
    if not found:
        return None, IMPOSSIBLE
    return choose_day(found, year, published, weekday, future)


def explicit_day(day: date | None, weekday: int | None) -> Resolved:
    """A full date; a weekday that disagrees is reported."""
    if not day:
        return None, IMPOSSIBLE
    agrees = weekday is None or day.weekday() == weekday
    return iso_day(day), "full date" if agrees else "full date; the weekday beside it disagrees"


def choose_day(found: list[date], year: Year, published: date, weekday: int | None, future: bool) -> Resolved:
    """The occurrence of a year-free date that its marks, weekday and clause point to."""
    before = [d for d in found if d <= published]
    after = [d for d in found if d > published]
    if year.kind == "past":
        return iso_day(max(d for d in before if d < published)), "latest such date before the publication"
    if year.kind == "coming" or (future and year.kind == "none"):
        return iso_day(min([*[d for d in before if future and d == published], *after])), "next such date"
    if year.kind == "current":
        return iso_day(min(found, key=lambda d: abs(d - published))), "such a date nearest to the publication"
    return unmarked_day(before[-1], after[0], weekday, published)


def unmarked_day(last: date, coming: date, weekday: int | None, published: date) -> Resolved:
    """A year-free date without a mark: the latest, unless the weekday or its nearness says the next."""
    if weekday is not None and last.weekday() != weekday:
        if coming.weekday() == weekday:
            return iso_day(coming), "the weekday fits the next such date only"
        return iso_day(last), "latest such date on or before the publication; the weekday beside it disagrees"
    near = (coming - published).days <= NEAR_FUTURE and (published - last).days >= LONG_AGO
    if near and weekday is None:
        return iso_day(coming), f"within {NEAR_FUTURE} days after the publication: the next such date"
    return iso_day(last), "latest such date on or before the publication"


def resolve_month(month: int, year: Year, published: date | None, future: bool) -> Resolved:
    """A month with what is said of the year."""
    if year.kind == "known":
        return iso_month(year.number, month), "month and year"
    if not published:
        return None, UNPUBLISHED
    if year.kind == "shift":
        return iso_month(published.year + year.number, month), "year counted from the publication"
    if year.kind == "current":
        return iso_month(published.year, month), "month of the year of publication"
    if year.kind == "coming" or (future and year.kind == "none"):
        later = month > published.month or (year.kind == "none" and month == published.month)
        return iso_month(published.year + (not later), month), "next such month"
    earlier = month < published.month or (year.kind == "none" and month == published.month)
    return iso_month(published.year - (not earlier), month), "latest such month up to the publication"


def resolve_weekday(weekday: int, mark: str, published: date | None, future: bool) -> Resolved:
    """A weekday: `mark` is past, coming or none."""
    if not published:
        return None, UNPUBLISHED
    back = (published.weekday() - weekday) % 7
    if mark == "past":
        return iso_day(shifted(published, -(back or 7))), "latest such weekday before the publication"
    if mark == "coming" or future:
        return iso_day(shifted(published, 7 - back)), "next such weekday"
    return iso_day(shifted(published, -back)), "latest such weekday on or before the publication"


def resolve_distance(unit: str, count: int, published: date | None) -> Resolved:
    """`count` days, weeks, months or years from the publication, as precisely as such words are meant."""
    if not published:
        return None, UNPUBLISHED
    if unit == "day":
        return iso_day(shifted(published, count)), "counted from the publication"
    if unit == "week":
        return month_of(shifted(published, 7 * count)), "weeks give the month only"
    if unit == "month":
        return month_away(published, count), "counted from the publication"
    if unit == "year":
        return iso_year(published.year + count), "counted from the publication"
    return None, "hours have no date of their own"


def resolve_few_days(direction: int, published: date | None) -> Resolved:
    """«قبل أيام»: the month, where two days and ten days away agree on it."""
    if not published:
        return None, UNPUBLISHED
    near, far = month_of(shifted(published, 2 * direction)), month_of(shifted(published, 10 * direction))
    return (
        (near, "some days away, all in one month") if near == far else (None, "some days away: two months are possible")
    )
