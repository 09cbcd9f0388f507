"""What each line of a page is: body, heading, dateline or boilerplate, each verdict with its rule and reason."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg import boilerplate
from kg.boilerplate import fold

_SHORT = 160  # characters of a line in which a phrase may make the whole line boilerplate
_CLAUSE = 60  # characters up to which even a line with a full stop is no more than a notice
_TITLE = 220  # characters of the longest title
_SECTION_WORDS = 12
_SECTION = 100
_BARE_SECTION_WORDS = 5  # in a text whose paragraphs end without a full stop
_DATELINE = 70
_ENDS = re.compile(r"[.!?؟…。۔][\"”»’')\]\s\u200e\u200f]*\Z")
_OPEN_END = re.compile(r"[:،,؛;]\s*\Z")
_CAPTION = re.compile(r"[(]([^()]{2,30})[)]\Z")
_BETWEEN_BUTTONS = re.compile(r"[\s|/،,;:•·\-–—]+")
_HASHTAGS = re.compile(r"(?:#[\w_]+[\s،,|]*)+\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page with what its neighbours tell of it."""

    text: str
    key: str  # folded, for look-ups only
    first: bool  # whether nothing but boilerplate stands before it
    last: bool  # whether nothing follows it
    listed: bool  # whether the line above is a teaser or the heading of teasers
    bare: bool  # whether most lines of the page end without a stop
    early: bool  # whether it is among the first lines
    repeated: bool  # whether it repeats a heading above

    @property
    def ends(self) -> bool:
        """Whether it ends as sentences end."""
        return _ENDS.search(self.text[-20:]) is not None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Part:
    """What a line is, by which rule and why."""

    part: str
    rule: str
    reason: str


Rule = Callable[[Line], tuple[str, str] | None]


def no_words(line: Line) -> tuple[str, str] | None:
    """«* * *»: no letter and no digit."""
    return None if any(map(str.isalnum, line.text)) else ("boilerplate", "no letter or digit")


def phrase(line: Line) -> tuple[str, str] | None:
    """«اترك تعليقاً»: a pattern of kg/data/boilerplate.tsv."""
    if len(line.text) > _SHORT or not boilerplate.holds_phrase(line.key):
        return None
    found = next((one for one in boilerplate.phrases() if _marks(one, line)), None)
    return ("boilerplate", f"{found.how} {found.pattern}") if found else None


def buttons(line: Line) -> tuple[str, str] | None:
    """«فيسبوك | تويتر | واتساب»: nothing but names of buttons, two or more."""
    if len(line.text) > _SHORT:
        return None
    left = boilerplate.buttons().sub("\0", line.key)
    only_buttons = left.count("\0") >= 2 and not _BETWEEN_BUTTONS.sub("", left.replace("\0", ""))
    return ("boilerplate", "nothing but buttons") if only_buttons else None


def hashtags(line: Line) -> tuple[str, str] | None:
    """«#فنزويلا #روسيا»: nothing but tags."""
    only_tags = len(line.text) <= _SHORT and _HASHTAGS.match(line.text.strip())
    return ("boilerplate", "nothing but hashtags") if only_tags else None


def teaser(line: Line) -> tuple[str, str] | None:
    """A line without a stop under «أخبار ذات صلة»."""
    below = line.listed and not line.ends and len(line.text) <= _SHORT
    return ("boilerplate", "below a heading of teasers") if below else None


def dateline(line: Line) -> tuple[str, str] | None:
    """«موسكو/كراكاس - وكالات:»: place, date or source alone on a line."""
    if len(line.text) > _DATELINE or line.ends or _is_signature(line.text):
        return None
    if any(pattern.match(line.key) for pattern in boilerplate.credits()):
        return "dateline", "tells place, date or writer"
    return _place_and_source(line)


def caption(line: Line) -> tuple[str, str] | None:
    """«الوفد لدى وصوله أمس (رويترز)»: the words under a picture, near the top of the page."""
    source = _CAPTION.search(line.key) if line.early and line.words > 3 and not line.ends else None
    return (
        ("boilerplate", "ends with the source of a picture")
        if source and boilerplate.sources().search(source[1])
        else None
    )


def repeated(line: Line) -> tuple[str, str] | None:
    """The title once more, as pages print it above and below the picture."""
    return ("heading", "repeats a heading above") if line.repeated else None


def title(line: Line) -> tuple[str, str] | None:
    """The first line, where it has no stop at its end or is a short question."""
    question = line.text.rstrip(' "”»')[-1:] in ("؟", "?", "!") and line.words <= 15
    is_title = line.first and not line.last and len(line.text) <= _TITLE and (question or not line.ends)
    return ("heading", "the first line has no full stop") if is_title and not _OPEN_END.search(line.text) else None


def section(line: Line) -> tuple[str, str] | None:
    """«تصعيد أميركي»: a short line without a stop between paragraphs that have one."""
    most = _BARE_SECTION_WORDS if line.bare else _SECTION_WORDS
    short = line.words <= most and len(line.text) <= _SECTION
    stands_alone = not (line.ends or line.last or _OPEN_END.search(line.text) or _is_signature(line.text))
    return ("heading", "a short line without a full stop") if short and stands_alone else None


def body(_: Line) -> tuple[str, str] | None:
    """Any other line."""
    return "body", "a paragraph"


RULES: tuple[Rule, ...] = (
    no_words,
    phrase,
    buttons,
    hashtags,
    teaser,
    repeated,
    caption,
    dateline,
    title,
    section,
    body,
)
"""In the order in which they are asked; the last one always answers."""


def parts(lines: Sequence[str]) -> list[Part]:
    """What each line is, in the light of the lines around it."""
    keys = [fold(line) for line in lines]
    kept = [at for at, (line, key) in enumerate(zip(lines, keys, strict=True)) if not _is_junk(line, key)]
    first, last = (kept[0], kept[-1]) if kept else (-1, -1)
    bare = _mostly_bare([lines[at] for at in kept])
    found: list[Part] = []
    headings: set[str] = set()
    below = started = False
    for at, (line, key) in enumerate(zip(lines, keys, strict=True)):
        part = judge(Line(line, key, at == first, at >= last, below, bare, at <= first + 4, key in headings))
        headings |= {key} if part.part == "heading" else set()
        started = started or part.part == "body"
        below = part.rule == "teaser" or (started and part.part == "boilerplate" and _heads_teasers(key))
        found.append(part)
    return found


def judge(line: Line) -> Part:
    """The answer of the first rule that has one."""
    for rule in RULES:
        if answer := rule(line):
            return Part(answer[0], rule.__name__, answer[1])
    raise AssertionError("the last rule answers always")


def _is_junk(text: str, key: str) -> bool:
    alone = Line(text, key, first=False, last=False, listed=False, bare=False, early=False, repeated=False)
    return any(rule(alone) for rule in (no_words, phrase, buttons, hashtags))


def _mostly_bare(lines: Sequence[str]) -> bool:
    """Whether more than half of the longer lines end without a stop."""
    longer = [line for line in lines if len(line) > _SECTION]
    return sum(_ENDS.search(line[-20:]) is None for line in longer) * 2 > len(longer)


def _marks(phrase: boilerplate.Phrase, line: Line) -> bool:
    """Whether a phrase marks the line: what `holds` is looked for anywhere, but not in a whole sentence."""
    clause = phrase.how != "holds" or len(line.text) <= _CLAUSE or not line.ends
    return clause and phrase.stands_in(line.key)


def _heads_teasers(key: str) -> bool:
    return any(one.how == "list" and one.stands_in(key) for one in boilerplate.phrases())


_SIGNATURE = re.compile(r"\s*[—–-]+ .{1,80}\(@\w{1,30}\)")


def _is_signature(text: str) -> bool:
    """«— Name (@handle) June 4, 2019»: who wrote the tweet above."""
    return _SIGNATURE.match(text) is not None or "pic.twitter.com/" in text


_PLACE_SOURCE = re.compile(r"(?P<place>[^-–—:()]{2,40}?)(?: ?[-–—] ?| (?=\())(?P<source>[^:]{1,40}?) ?:?\Z")


def _place_and_source(line: Line) -> tuple[str, str] | None:
    """A place, a dash and who reports: known agencies, a day, or in the first lines below the title a short name."""
    found = _PLACE_SOURCE.match(line.key)
    if not found or len(found["place"].split()) > 5:
        return None
    source = found["source"].strip("() ")
    if boilerplate.sources().search(source):
        return "dateline", "a place and a known source"
    if re.match(r"[0-9٠-٩]{1,2} \w+", source):
        return "dateline", "a place and a day"
    near_top = line.early and not line.first and line.words <= 6
    return ("dateline", "a place and a name below the title") if near_top else None
