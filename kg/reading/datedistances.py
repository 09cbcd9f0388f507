"""Rules for dates that hang on today or on another event: distances, periods, anchors."""

import re

from kg.reading.calendar import (
    resolve_distance,
    resolve_few_days,
)
from kg.reading.datescene import ANCHORED, UNITS, Anchor, Scene, Verdict, listed_beside, step_of


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


def vague_period(_scene: Scene, _match: re.Match[str]) -> Verdict | None:
    """«الأيام الماضية», «السنوات الأخيرة»."""
    return Verdict("relative", None, "a stretch of time with no fixed start")
