"""Rules for years, terms, seasons and times of day."""

import re

from kg.reading.calendar import (
    iso_year,
    resolve_distance,
)
from kg.reading.datescene import STEPS, Scene, Verdict, linked
from kg.reading.datewords import time_words


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
