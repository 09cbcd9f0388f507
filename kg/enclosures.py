"""Quotes, brackets and web addresses of one line: where a stop ends no sentence."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 300  # characters; inside a longer quote sentences end as elsewhere
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\u0600-\u06ff]+", re.IGNORECASE)
_TAIL = ".,!?؟…:;\"'”»)]"
_FAMILIES = {
    '"': '"',
    "“": "“",
    "”": "“",
    "„": "“",
    "‟": "“",
    "«": "«",
    "»": "«",
    "(": "(",
    ")": "(",
    "[": "[",
    "]": "[",
}
_OPENING = frozenset("“„«([")
_CLOSING = frozenset("”»)]")
_BRACKETS = frozenset("()[]")
_MARK = re.compile("[" + re.escape("".join(_FAMILIES)) + "]")


@dataclass(frozen=True, slots=True)
class Enclosures:
    """The stretches of a line that short quotes, brackets and addresses hold, merged and in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    openings: tuple[int, ...]  # offsets of the marks that open something that is closed

    @classmethod
    def of(cls, line: str) -> "Enclosures":
        """The enclosures of a line, found in time linear in its length."""
        pairs = list(_pairs(line))
        short = [(start, end) for start, end in pairs if end - start <= _LONGEST]
        starts, ends = _union(sorted([*short, *_addresses(line)]))
        return cls(starts, ends, tuple(sorted(start for start, _ in pairs)))

    def hold(self, offset: int) -> bool:
        """Whether a cut before this offset would fall inside one of them."""
        at = bisect_right(self.starts, offset - 1) - 1
        return at >= 0 and offset < self.ends[at]

    def first_opening(self, start: int, end: int) -> int:
        """The first opening mark between two offsets, or `end` where there is none."""
        at = bisect_right(self.openings, start - 1)
        return min(end, self.openings[at]) if at < len(self.openings) else end


def _pairs(line: str) -> Iterator[tuple[int, int]]:
    """Start and end of every quote and pair of brackets; a mark without its partner is passed over."""
    opened: dict[str, list[int]] = {}
    for match in _MARK.finditer(line):
        mark, at = match[0], match.start()
        waiting = opened.setdefault(_FAMILIES[mark], [])
        if _opens(line, at, bool(waiting)):
            if mark not in _BRACKETS:
                waiting.clear()  # a quote inside a quote of its own kind: the first one was never closed
            waiting.append(at)
        elif waiting:
            yield waiting.pop(), at + 1


def _opens(line: str, at: int, waiting: bool) -> bool:
    """Whether the mark opens: brackets by their shape, quotes by the space on one side only, else by shape and turn."""
    mark = line[at]
    if mark in _BRACKETS:
        return mark in _OPENING
    before, after = line[at - 1 : at], line[at + 1 : at + 2]
    free_before = not before or before.isspace() or before in "([:،"
    free_after = not after or after.isspace() or after in ")].,،:؛;!?؟…"
    if free_before != free_after:
        return free_before
    if mark in _OPENING or mark in _CLOSING:
        return mark in _OPENING
    return not waiting


def _addresses(line: str) -> Iterator[tuple[int, int]]:
    for match in _ADDRESS.finditer(line):
        yield match.start(), match.start() + len(match[0].rstrip(_TAIL))


def _union(spans: list[tuple[int, int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sorted spans merged where they overlap, as starts and ends."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if ends and start < ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return tuple(starts), tuple(ends)
