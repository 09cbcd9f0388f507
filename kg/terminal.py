"""What a person sees in a terminal: tables with Arabic in line, a progress bar on slow work."""

import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable, Sequence

import wcwidth

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
GAP = "  "
LEAST_WIDTH = 8


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], terminal: bool) -> str:
    """Columns in line; in a terminal cut to its width, right-to-left cells kept apart by isolates."""
    cells = [list(map(_one_line, row)) for row in [list(columns), *map(list, rows)]]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    if terminal:
        widths = fitted(widths, shutil.get_terminal_size().columns - len(GAP) * (len(widths) - 1))
    head, *body = (_line(row, widths, terminal) for row in cells)
    return "\n".join([head, GAP.join("─" * one for one in widths), *body])


def width(text: str) -> int:
    """Columns that a terminal gives the text; marks above and below letters take none."""
    return max(0, wcwidth.wcswidth(text))


def fitted(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the widest taken down until all fit, none below LEAST_WIDTH."""
    out = list(widths)
    while sum(out) > room and max(out) > LEAST_WIDTH:
        widest = out.index(max(out))
        second = max([one for one in out if one < out[widest]], default=0)
        spare = sum(out) - room
        out[widest] = max(LEAST_WIDTH, second, out[widest] - spare)
        if second >= out[widest]:
            out[widest] = max(LEAST_WIDTH, out[widest] - 1)
    return out


def cut(text: str, limit: int) -> str:
    """The text, or as much of it as fits with an ellipsis."""
    if width(text) <= limit:
        return text
    kept = text
    while kept and width(kept) > limit - 1:
        kept = kept[: -max(1, (width(kept) - limit + 1) // 2)]
    return kept.rstrip() + "…"


def isolated(text: str) -> str:
    """The text set apart from its line's direction where it holds right-to-left letters."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text


class Progress:
    """A bar on standard error once the work takes over a second; nothing where that is no terminal."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.started = time.monotonic()
        self.shown = False

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done."""
        if not sys.stderr.isatty() or time.monotonic() - self.started < 1:
            return
        filled = 30 * done // max(1, total)
        sys.stderr.write(f"\r{self.label} [{'█' * filled}{'░' * (30 - filled)}] {done}/{total}")
        sys.stderr.flush()
        self.shown = True

    def close(self) -> None:
        """Take the bar away."""
        if self.shown:
            sys.stderr.write("\r\033[K")


def _line(row: Sequence[str], widths: Sequence[int], terminal: bool) -> str:
    pieces = []
    for text, room in zip(row, widths, strict=True):
        kept = cut(text, room)
        pieces.append((isolated(kept) if terminal else kept) + " " * (room - width(kept)))
    return GAP.join(pieces).rstrip()


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
