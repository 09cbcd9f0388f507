"""Boxes and arrows as SVG, laid out in columns: small pictures of schemas and of facts.

Columns follow the arrows: a box stands right of all that point to it. Within a column boxes stand near those that point
to them. The picture names its colours itself, for light and for dark pages.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

LINE, PAD, GAP, BETWEEN = 20, 12, 26, 150  # pixels: of a line, round text, between boxes, between columns
LETTER, MARGIN, SIDE = 7.4, 16, 14

STYLE = """
.diagram { font: 14px system-ui, "Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", Tahoma, sans-serif; }
.diagram .paper { fill: #ffffff; } .diagram text { fill: #1c1e21; unicode-bidi: plaintext; }
.diagram .box { fill: #f5f6f8; stroke: #8a929d; } .diagram .lit { fill: #e3f1e8; stroke: #14532d; }
.diagram .head { font-weight: 700; } .diagram .soft { fill: #5d646f; }
.diagram .edge { fill: none; stroke: #8a929d; stroke-width: 1.3; } .diagram .tip { fill: #8a929d; }
.diagram .label { font-size: 12px; fill: #14532d; } .diagram .halo { stroke: #ffffff; stroke-width: 5px; }
@media (prefers-color-scheme: dark) {
.diagram .paper { fill: #15181c; } .diagram text { fill: #e7e9ec; }
.diagram .box { fill: #1e2228; stroke: #6b7480; } .diagram .lit { fill: #1a3325; stroke: #7fd6a0; }
.diagram .soft { fill: #a3abb6; } .diagram .edge { stroke: #6b7480; } .diagram .tip { fill: #6b7480; }
.diagram .label { fill: #7fd6a0; } .diagram .halo { stroke: #15181c; }
}
"""


@dataclass(frozen=True, slots=True)
class Box:
    """A box with a heading and lines below it."""

    key: str
    head: str
    lines: tuple[str, ...] = ()
    lit: bool = False
    link: str | None = None

    @property
    def width(self) -> float:
        """Pixels, as the longest line asks for; a box without a heading is a way-point of an arrow."""
        return 0 if not self.head else 2 * PAD + LETTER * max(len(text) for text in (f"{self.head} ", *self.lines))

    @property
    def height(self) -> float:
        """Pixels."""
        return LINE if not self.head else 2 * PAD + LINE * (1 + len(self.lines)) - 4


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow between two boxes, with what it says."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box stands, how wide it is and its column; a way-point is as wide as its column."""

    x: float
    y: float
    width: float
    column: float
    box: Box

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.box.height / 2


def drawing(boxes: Iterable[Box], arrows: Iterable[Arrow], title: str) -> str:
    """The picture as one svg element."""
    drawn = joined(arrows)
    found, ways = routed(list(boxes), drawn)
    places = placed(found)
    routes = [[places[key] for key in way] for way in ways]
    width = max(place.x + place.width for place in places.values()) + MARGIN
    height = max(place.y + place.box.height for place in places.values()) + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="diagram" role="group" aria-label="{escape(title)}" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        '<rect class="paper" width="100%" height="100%"/>',
        *map(_line, routes),
        *(_box(place) for place in places.values() if place.box.head),
        *(_label(route, one.label) for route, one in zip(routes, drawn, strict=True)),
        "</svg>",
    ]
    return "\n".join(parts)


def joined(arrows: Iterable[Arrow]) -> list[Arrow]:
    """One arrow a pair of boxes, with all that its arrows say."""
    labels: dict[tuple[str, str], list[str]] = {}
    for one in arrows:
        labels.setdefault((one.source, one.target), []).append(one.label)
    return [Arrow(*pair, ", ".join(dict.fromkeys(texts))) for pair, texts in labels.items()]


Column = list[Box]
Way = list[str]
"""The keys of the boxes and way-points that an arrow passes."""


def routed(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> tuple[list[Column], list[Way]]:
    """The columns, with a way-point in each column that an arrow passes, and the way of each arrow."""
    levels = _levels(boxes, arrows)
    found: list[Column] = [[] for _ in range(1 + max(levels.values()))]
    for box in boxes:
        found[levels[box.key]].append(box)
    ways = []
    for one in arrows:
        passed = range(levels[one.source] + 1, levels[one.target])
        points = [Box(f"{one.source} {one.target} {column}", "") for column in passed]
        for column, point in zip(passed, points, strict=True):
            found[column].append(point)
        ways.append([one.source, *(point.key for point in points), one.target])
    return _untangled(found, ways), ways


def _levels(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> dict[str, int]:
    """The column of each box: the length of the longest way to it that passes no box twice."""
    sources: dict[str, list[str]] = {box.key: [] for box in boxes}
    for number, one in enumerate(arrows):
        if not any((back.source, back.target) == (one.target, one.source) for back in arrows[:number]):
            sources[one.target].append(one.source)

    def depth(key: str, seen: frozenset[str]) -> int:
        before = [source for source in sources[key] if source not in seen]
        return 1 + max(depth(source, seen | {source}) for source in before) if before else 0

    return {box.key: depth(box.key, frozenset({box.key})) for box in boxes}


def _untangled(found: list[Column], ways: Sequence[Way]) -> list[Column]:
    """Each column sorted by the mean row of what points to its boxes."""
    rows: dict[str, float] = {}
    sources: dict[str, list[str]] = {}
    for way in ways:
        for first, second in pairwise(way):
            sources.setdefault(second, []).append(first)

    def mean(box: Box) -> float:
        before = [rows[source] for source in sources.get(box.key, ()) if source in rows]
        return sum(before) / len(before) if before else 0.0

    for column in found:
        column.sort(key=mean)
        rows.update({box.key: row / max(1, len(column) - 1) for row, box in enumerate(column)})
    return found


def placed(found: Sequence[Column]) -> dict[str, Place]:
    """The place of each box: columns side by side, each in the middle of the height."""
    heights = [sum(box.height + GAP for box in column) - GAP for column in found]
    places, x = {}, float(MARGIN)
    for column, height in zip(found, heights, strict=True):
        y = MARGIN + (max(heights) - height) / 2
        width = max(box.width for box in column)
        for box in column:
            places[box.key] = Place(x, y, box.width or width, width, box)
            y += box.height + GAP
        x += width + BETWEEN
    return places


def _steps(route: Sequence[Place]) -> Iterator[tuple[float, float, float, float]]:
    """The bent parts of an arrow, from column to column; one that goes back runs below the one that comes."""
    for first, second in pairwise(route):
        if first.x < second.x:
            yield first.x + first.column, first.middle, second.x, second.middle
        else:
            yield first.x, first.middle + SIDE, second.x + second.width, second.middle + SIDE


def _line(route: Sequence[Place]) -> str:
    start = route[0]
    forward = start.x < route[1].x
    parts = [f"L{start.x + start.width:.0f} {start.middle:.0f} "] if forward else []
    for x1, y1, x2, y2 in _steps(route):
        bend = (x2 - x1) / 2
        parts.append(f"L{x1:.0f} {y1:.0f} C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}")
    side = 1 if x2 > x1 else -1
    tip = f'<path class="tip" d="M{x2:.0f} {y2:.0f} l{-9 * side} -5 v10 z"/>'
    return f'<path class="edge" d="M{"".join(parts).removeprefix("L")}"/>{tip}'


def _label(route: Sequence[Place], text: str) -> str:
    """The words of an arrow, broken into short lines: at its first way-point, else half-way."""
    if not text:
        return ""
    x1, y1, x2, y2 = next(_steps(route))
    if len(route) > 2:
        x, y = route[1].x + route[1].width / 2, route[1].middle
    else:
        x, y = (x1 + x2) / 2, (y1 + y2) / 2 + (SIDE if x2 < x1 else 0)
    lines = _broken(text)
    y += 4 - 7 * (len(lines) - 1)
    spans = "".join(
        f'<tspan x="{x:.0f}" dy="{14 if number else 0}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    common = f'class="label{{}}" text-anchor="middle" x="{x:.0f}" y="{y:.0f}"'
    return f"<text {common.format(' halo')}>{spans}</text><text {common.format('')}>{spans}</text>"


def _broken(text: str, width: int = 24) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines


def _box(place: Place) -> str:
    box, middle = place.box, place.x + place.box.width / 2
    lines = "".join(
        f'<text class="soft" text-anchor="middle" x="{middle:.0f}" y="{place.y + PAD + 14 + LINE * number:.0f}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(box.lines, start=1)
    )
    shape = (
        f'<rect class="{"box lit" if box.lit else "box"}" x="{place.x:.0f}" y="{place.y:.0f}" rx="6" '
        f'width="{box.width:.0f}" height="{box.height:.0f}"/>'
        f'<text class="head" text-anchor="middle" x="{middle:.0f}" y="{place.y + PAD + 13:.0f}">'
        f"{escape(box.head)}</text>{lines}"
    )
    return f'<a href="{escape(box.link)}">{shape}</a>' if box.link else shape
