"""A sentence analysed: its phrases with what they refer to, its quotes, and the words that may be predicates."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.reading.dates import DateMention
from kg.reading.known import Known
from kg.reading.lexicon import Sense
from kg.reading.memory import Memory
from kg.reading.phrases import phrases
from kg.reading.reference import resolve
from kg.reading.scan import CLOSE, OPEN, Phrase, Scan, match_name, surface
from kg.reading.verbs import verbal_place
from kg.reading.words import Split, Word, keyset

COMPLEMENTS = keyset("أن إن بأن أنه أنها إنه إنها بأنه بأنها أنهم إنهم بأنهم أنهما إنهما وأن وإن وأنه وأنها وإنه وإنها")


DELEGATIONS = keyset("وفد وفدا ووفد وفودا")
PERSONAL = frozenset({"person", "office", "counterpart"})
GROUPS = frozenset({"armed_group"})
"""Kinds of organisations for which those who lead them or speak for them fight, and not for their state."""


class Hit(NamedTuple):
    """A word read as a predicate."""

    at: int
    split: Split
    sense: Sense

    @property
    def finite(self) -> bool:
        """Whether it is a finite verb."""
        return self.sense.form.form in {"perfect", "imperfect"}


@dataclass(frozen=True, slots=True)
class Argument:
    """What fills an argument: phrases, the entities they refer to, and how it was found."""

    phrases: tuple[Phrase, ...]
    fillers: tuple[Known, ...]
    how: str  # after, before, relative, dropped, vague, none

    def pairs(self) -> Iterator[tuple[Known, Phrase | None]]:
        """Its entities, each with the phrase that names it."""
        for n, known in enumerate(self.fillers):
            yield known, self.phrases[min(n, len(self.phrases) - 1)] if self.phrases else None

    def __bool__(self) -> bool:
        return bool(self.fillers)


class Refusal(NamedTuple):
    """A predicate that was nearly an event, and why it is none."""

    at: int  # word index
    rule: str
    reason: str


NOBODY = Argument((), (), "none")
VAGUE = Argument((), (), "vague")


class Analysis:
    """One sentence, its phrases resolved in order, its quotes paired."""

    def __init__(self, scan: Scan, memory: Memory, dates: Sequence[DateMention] = ()) -> None:
        self.scan = scan
        self.dates = dates
        self.timed = frozenset(i for d in dates for i, w in enumerate(scan.words) if d.start <= w.start < d.end)
        self.memory = memory
        self.words = scan.words
        self.classes = scan.lexicon.classes
        self.phrases: tuple[Phrase, ...] = phrases(scan)
        self.referents: dict[int, tuple[Known, ...]] = {}
        self.starts = {p.start: p for p in self.phrases}
        self.ends = {p.end: p for p in self.phrases}
        self.covered = {k: p for p in self.phrases for k in range(p.start, p.end)}
        self.refusals: list[Refusal] = []
        self.doers: dict[int, Argument] = {}  # who does the action nouns read so far
        self.quotes = tuple(paired_quotes(scan))
        self._resolve()
        self.hits = tuple(self._hits())
        self.finite = frozenset(hit.at for hit in self.hits if hit.finite)
        self.circumstances = frozenset(hit.at for hit in self.hits if hit.sense.form.form == "participle")

    def _resolve(self) -> None:
        before: Phrase | None = None
        self.memory.focus = self.memory.medium = self.memory.opposed = None
        for phrase in self.phrases:
            found = self._named_behind(phrase) or resolve(self.memory, phrase)
            if (
                found
                and not phrase.preposition
                and phrase.kind not in {"own", "pair"}
                and self._acts_for_state(found[0])
            ):
                self.memory.focus = found[0]
            self.referents[phrase.start] = found
            if phrase.kind == "pair":
                self.memory.join(found)  # «المحادثات بين الرئيسين تناولت العلاقات بين البلدين»
            if found and self.scan.key(phrase.start) in DELEGATIONS:
                self.memory.delegation = found[0]
            if found and phrase.preposition == "ضد":
                self.memory.opposed = found[0]
            self._touch_inside(phrase)
            sponsors = before is not None and self.scan.has(before.start - 1, "mediation")
            if before is not None and found and not sponsors and self._joins(before, phrase):
                partner = self._partner(before, phrase)
                self.memory.join((*self.referents[partner.start][:1], *found[:1]))
            before = phrase

    def _partner(self, before: Phrase, phrase: Phrase) -> Phrase:
        """With whom «مع» joins a person: the last one named free, rather than where the two meet."""
        if phrase.preposition != "مع" or phrase.kind not in PERSONAL or before.kind in PERSONAL:
            return before
        free = (p for p in reversed(self.phrases) if p.end <= before.start and p.kind in PERSONAL and not p.preposition)
        return next((p for p in free if self.referents[p.start]), before)

    def _acts_for_state(self, known: Known) -> bool:
        """Whether «بلاده» may go back to somebody: no place, and no body of which nobody knows the state."""
        if known.type in {"Place", "Organization"}:
            return self.memory.country_of(known) is not None and not known.outlet  # a capital acts for its state
        return True

    def _named_behind(self, pair: Phrase) -> tuple[Known, ...]:
        """«الدولتان (فنزويلا وروسيا)», «الرئيسان بوتين وماكرون»: the members of a pair that are named behind it."""
        if pair.kind != "pair":
            return ()
        opening = next(
            (i for i in range(pair.end, min(pair.end + 3, len(self.words))) if self.words[i].text == "("), None
        )
        first = self.starts.get(pair.end if opening is None else opening + 1)
        if first is None or (opening is None and not self._two_persons(first)):
            return ()
        return tuple(known for phrase in self.group(first) for known in resolve(self.memory, phrase)[:1])

    def _two_persons(self, first: Phrase) -> bool:
        """Whether a phrase begins a list of two persons."""
        listed = self.group(first)
        return len(listed) == 2 and all(p.kind == "person" and not p.preposition for p in listed)

    def _touch_inside(self, phrase: Phrase) -> None:
        """Note the countries and organisations that a title or organisation's name holds (المتحدث باسم الكرملين)."""
        if phrase.kind in {"pair", "own", "name"}:
            return
        k = phrase.start
        while k < phrase.end:
            named, country = match_name(self.scan, k), self.scan.nation(k)
            if (
                named is not None
                and named[1] <= phrase.end
                and named[1] - k < phrase.end - phrase.start
                and not set(named[2]) & set(phrase.keys)
            ):
                row = self.scan.lexicon.authorities[named[2][0]]
                if row.extra.get("kind") in GROUPS and phrase.kind in {"person", "office"}:
                    for known in self.referents.get(phrase.start, ())[:1]:
                        known.group = row.key
                if row.type != "Person" and len(named[2]) == 1:
                    begin, stop, form = surface(self.scan, k, named[1], named[0])
                    self.memory.touch(named[2][0], begin, stop, form)
                k = named[1]
                continue
            if country is not None:
                self.mention(country, k)
            k += 1

    def _joins(self, left: Phrase, right: Phrase) -> bool:
        return right.preposition == "مع" or self.conjoined(left, right)

    def conjoined(self, left: Phrase, right: Phrase) -> bool:
        """Whether two phrases stand in one list: X وY, X، وY, X و Y."""
        between = [self.words[k].text for k in range(left.end, right.start)]
        if between[-2:] in (["وكل", "من"], ["وكلا", "من"]):
            return len(between) == 2  # «تركيا وكل من السويد وفنلندا»
        marks = all(t in '،,"«»“”()' or t == "و" for t in between)
        return marks and (right.conjunction or "و" in between) and right.start - left.end < 5

    def _hits(self) -> Iterator[Hit]:
        for i, word in enumerate(self.words):
            if not word.is_word or i in self.covered:
                continue
            if senses := self.scan.lexicon.senses_of(word):
                found = [Hit(i, split, sense) for split, sense in senses]
                yield from (hit for hit in found if self._fits(hit, found))

    def _fits(self, hit: Hit, found: Sequence[Hit]) -> bool:
        """Whether a reading fits its place, where a word could be verb or action noun: طرد, قصف, دعم, رفض."""
        forms = {h.sense.form.form for h in found}
        if not {"perfect", "masdar"} <= forms or hit.sense.form.form not in {"perfect", "masdar"}:
            return True
        return (hit.sense.form.form == "perfect") == verbal_place(self, hit)

    def refuse(self, at: int, rule: str, reason: str) -> None:
        """Note why a predicate made no event."""
        self.refusals.append(Refusal(at, rule, reason))

    def refer(self, phrase: Phrase) -> tuple[Known, ...]:
        """The entities of a phrase."""
        return self.referents.get(phrase.start, ())

    def mention(self, country: str, i: int) -> Known:
        """The state that an adjective at word i names, its mention noted."""
        word = self.words[i]
        return self.memory.touch(country, word.start, word.end, word.text)

    def adjective(self, country: str, i: int) -> Phrase:
        """The phrase that an adjective at word i is."""
        word = self.words[i]
        return Phrase(i, i + 1, "nation", word.start, word.end, word.text, country=country)

    def keyed(self, wanted: Container[str]) -> list[tuple[int, Word]]:
        """The words whose key is among some, with their index; most sentences have none."""
        return [(i, word) for i, word in enumerate(self.words) if word.key in wanted]

    def at_character(self, start: int) -> Phrase | None:
        """The phrase whose words begin at a character."""
        return next((p for p in self.phrases if p.char_start == start), None)

    def quoted(self, i: int) -> bool:
        """Whether word i stands inside a quote of more than three words."""
        return any(a < i < b and b - a > 4 for a, b in self.quotes)

    def group(self, first: Phrase) -> tuple[Phrase, ...]:
        """A phrase and those that a conjunction lists with it."""
        members = [first]
        for phrase in self.phrases:
            if phrase.start >= members[-1].end and self.conjoined(members[-1], phrase):
                members.append(phrase)
            elif phrase.start > members[-1].end + 4:
                break
        return tuple(members)

    def argument(self, members: Sequence[Phrase], how: str) -> Argument:
        """An Argument of phrases."""
        fillers: dict[str, Known] = {}
        for phrase in members:
            for known in self.refer(phrase):
                fillers.setdefault(known.id, known)
        return Argument(tuple(members), tuple(fillers.values()), how) if fillers else VAGUE


def paired_quotes(scan: Scan) -> Iterator[tuple[int, int]]:
    """(open, close) word indices; an unclosed quote runs to the sentence's end."""
    start: int | None = None
    for i, word in enumerate(scan.words):
        if start is None and word.text in OPEN and word.text != "'":
            start = i
        elif start is not None and word.text in CLOSE and word.text != "'":
            yield start, i
            start = None
    if start is not None:
        yield start, len(scan.words)


def after_phrases(a: Analysis, start: int, end: int) -> Iterator[Phrase]:
    """The phrases within words start:end."""
    return (p for p in a.phrases if start <= p.start and p.end <= end)
