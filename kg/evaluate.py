"""Figures of predicted readings against gold: events, roles, kinds, factuality, dates and links, article by article."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.judged import CORE, JudgedEntity, JudgedEvent, JudgedReading, judged
from kg.matching import aligned, filler_count, matched, role_counts
from kg.model import Reading
from kg.readings import dumps

FIELDS = ("kind", "status", "factuality", "date")
BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
EXCERPT = 90

Record = Mapping[str, Any]
Counts = Counter[tuple[str, str]]  # (event type or "link", what is counted)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Counts per event type, and a line for each missed or spurious event and for each wrong field of a matched one."""

    counts: Mapping[tuple[str, str], int]
    details: tuple[str, ...]
    disagreements: tuple[str, ...]

    def count(self, kind: str, name: str) -> int:
        """One count of one event type, of `link`, or of `all` event types together."""
        kinds = CORE if kind == "all" else (kind,)
        return sum(self.counts.get((one, name), 0) for one in kinds)

    def rates(self, kind: str, prefix: str = "") -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent of events (no prefix), roles (`r_`) or `about` (`a_`)."""
        given, wanted = ("given", "gold") if not prefix else (f"{prefix}given", f"{prefix}wanted")
        return prf(self.count(kind, f"{prefix}hit"), self.count(kind, given), self.count(kind, wanted))

    def share(self, kind: str, field: str) -> float | None:
        """Share in per cent of matched events whose field is right; None where there are none."""
        among = self.count(kind, f"{field}_n")
        return 100 * self.count(kind, field) / among if among else None

    @property
    def linked(self) -> float:
        """Share in per cent of the gold entities with a QID that were found with it."""
        gold = self.count("link", "gold")
        return 100 * self.count("link", "hit") / gold if gold else 0.0


@dataclass(frozen=True, slots=True)
class Band:
    """Claims whose confidence is at least `low` and below the next band, and how many of them are right."""

    low: float
    high: float
    claims: int
    right: int

    @property
    def share(self) -> float | None:
        """Share of them that is right, 0 to 1; None of no claims."""
        return self.right / self.claims if self.claims else None


@dataclass(frozen=True, slots=True)
class Pairing:
    """One article's gold events, predicted events with their fillers as gold entities, and which of them match."""

    gold: JudgedReading
    predicted: JudgedReading
    entities: Mapping[str, str]  # predicted id to gold id
    events: tuple[JudgedEvent, ...]  # the predicted ones
    pairs: tuple[tuple[int, int], ...]

    def both(self) -> Iterator[tuple[JudgedEvent, JudgedEvent]]:
        """Matched pairs, gold first, the optional left out."""
        for i, j in self.pairs:
            if not self.gold.events[i].optional:
                yield self.gold.events[i], self.events[j]

    def missed(self) -> list[JudgedEvent]:
        """Gold events that nothing matches, the optional left out."""
        found = {i for i, _ in self.pairs}
        return [g for i, g in enumerate(self.gold.events) if i not in found and not g.optional]

    def spurious(self) -> list[JudgedEvent]:
        """Predicted events that match nothing."""
        used = {j for _, j in self.pairs}
        return [p for j, p in enumerate(self.events) if j not in used]


def evaluate(gold: Iterable[Record], predicted: Iterable[Reading | Record]) -> Evaluation:
    """Compare readings of the same articles; gold as JSON records, which alone hold `also` and `optional`."""
    counts: Counts = Counter()
    details: list[str] = []
    disagreements: list[str] = []
    for pairing in pairings(gold, predicted):
        if pairing.predicted.missing:
            details.append(f"no reading for {pairing.gold.article}")
        counts.update(event_counts(pairing))
        counts.update(link_counts(pairing))
        details += [f"missed   {line(pairing.gold, e)}" for e in pairing.missed()]
        details += [f"spurious {line(pairing.gold, e)}" for e in pairing.spurious()]
        disagreements += field_errors(pairing)
    return Evaluation(counts, tuple(details), tuple(disagreements))


def pairings(gold: Iterable[Record], predicted: Iterable[Reading | Record]) -> Iterator[Pairing]:
    """Each gold reading beside the predicted one of its article, or beside an empty one."""
    given = {reading.article: reading for reading in (judged(record_of(p)) for p in predicted)}
    for record in gold:
        right = judged(record)
        other = given.get(right.article, JudgedReading(right.article, "", (), (), missing=True))
        entities = aligned(right.entities, other.entities)
        events = tuple(event.renamed(entities) for event in other.events)
        yield Pairing(right, other, entities, events, matched(right.events, events))


def record_of(reading: Reading | Record) -> Record:
    """A reading as its JSON record."""
    if isinstance(reading, Reading):
        record: Record = json.loads(dumps(reading))
        return record
    return reading


def event_counts(pairing: Pairing) -> Counts:
    """Counts of one article's events, roles and fields."""
    counts: Counts = Counter()
    for gold, predicted in pairing.both():
        counts.update(pair_counts(gold, predicted))
    for event in pairing.gold.events:
        counts[event.type, "gold"] += not event.optional
    optional = {j for i, j in pairing.pairs if pairing.gold.events[i].optional}
    for j, event in enumerate(pairing.events):
        counts[event.type, "given"] += j not in optional
    for events, name in ((pairing.missed(), "wanted"), (pairing.spurious(), "given")):
        for event in events:
            counts[event.type, f"r_{name}"] += filler_count(event, about=False)
            counts[event.type, f"a_{name}"] += filler_count(event, about=True)
    return counts


def pair_counts(gold: JudgedEvent, predicted: JudgedEvent) -> Counts:
    """Counts of one matched pair."""
    counts: Counts = Counter({(gold.type, "hit"): 1})
    for prefix, about in (("r", False), ("a", True)):
        values = role_counts(gold, predicted, about)
        counts.update(
            {(gold.type, f"{prefix}_{n}"): v for n, v in zip(("hit", "given", "wanted"), values, strict=True)}
        )
    for field in gold.fields:
        counts[gold.type, f"{field}_n"] += 1
        counts[gold.type, field] += predicted.fields.get(field) in gold.right(field)
    return counts


def link_counts(pairing: Pairing) -> Counts:
    """How many gold entities with a QID were found with that QID, and how many with another."""
    counts: Counts = Counter()
    for entity in pairing.gold.entities:
        if entity.wikidata:
            found = qids(pairing, entity)
            counts["link", "gold"] += 1
            counts["link", "hit"] += entity.wikidata in found
            counts["link", "wrong"] += bool(found - {entity.wikidata, None})
    return counts


def qids(pairing: Pairing, gold: JudgedEntity) -> set[str | None]:
    """The QIDs of the predicted entities that stand for a gold one."""
    return {e.wikidata for e in pairing.predicted.entities if pairing.entities[e.id] == gold.id}


def line(gold: JudgedReading, event: JudgedEvent) -> str:
    """Article, id, type and words of an event."""
    return f"{gold.article} {event.id} {event.type}/{event.fields.get('kind')}: {event.words(gold.text)[:EXCERPT]}"


def field_errors(pairing: Pairing) -> list[str]:
    """A line for each field of a matched event that is not right."""
    return [
        f"{field:10} {line(pairing.gold, gold)}: {predicted.fields.get(field)}, gold {gold.fields[field]}"
        for gold, predicted in pairing.both()
        for field in gold.fields
        if predicted.fields.get(field) not in gold.right(field)
    ]


def prf(hit: int, given: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in per cent."""
    p, r = hit / given if given else 0.0, hit / gold if gold else 0.0
    return 100 * p, 100 * r, 200 * p * r / (p + r) if p + r else 0.0


def table(evaluation: Evaluation) -> str:
    """The figures as a table; its last line holds the headline."""
    return "\n".join([HEADER, *(table_row(evaluation, kind) for kind in (*CORE, "all")), headline(evaluation)])


PRF_NAMES = f"{'P':>7}{'R':>7}{'F1':>7}"
HEADER = f"{'':18}{'gold':>6}{'given':>6}{PRF_NAMES}   roles{PRF_NAMES}   kind status  fact.  date"


def table_row(evaluation: Evaluation, kind: str) -> str:
    """One event type, or all of them."""
    events = "".join(f"{x:7.1f}" for x in evaluation.rates(kind))
    roles = "".join(f"{x:7.1f}" for x in evaluation.rates(kind, "r_"))
    shares = (evaluation.share(kind, field) for field in FIELDS)
    fields = " ".join("     -" if share is None else f"{share:6.1f}" for share in shares)
    counts = f"{evaluation.count(kind, 'gold'):6}{evaluation.count(kind, 'given'):6}"
    return f"{kind:18}{counts}{events}        {roles} {fields}"


def headline(evaluation: Evaluation) -> str:
    """Events, roles, `about` and links in one line."""
    event, role, about = (evaluation.rates("all", prefix) for prefix in ("", "r_", "a_"))
    return (
        f"event F1 {event[2]:.1f}  event precision {event[0]:.1f}  role F1 {role[2]:.1f}  about F1 {about[2]:.1f}"
        f"  link {evaluation.linked:.1f}  wrong links {evaluation.count('link', 'wrong')}"
    )


def calibration(
    gold: Iterable[Record], predicted: Iterable[Reading | Record], lows: Sequence[float] = BANDS
) -> tuple[Band, ...]:
    """How many claims of each confidence band are right; claims that match an optional event count neither way."""
    judgements = [judgement for pairing in pairings(gold, predicted) for judgement in verdicts(pairing)]
    bands = zip(lows, [*lows[1:], float("inf")], strict=True)
    return tuple(band(judgements, low, high) for low, high in bands)


def verdicts(pairing: Pairing) -> Iterator[tuple[float, bool]]:
    """(confidence, right) of each claim."""
    yield from ((event.confidence, True) for _, event in pairing.both())
    yield from ((event.confidence, False) for event in pairing.spurious())


def band(judgements: Iterable[tuple[float, bool]], low: float, high: float) -> Band:
    """The claims from `low` up to, not including, `high`."""
    inside = [right for confidence, right in judgements if low <= confidence < high]
    return Band(low, min(high, 1.0), len(inside), sum(inside))


def calibration_table(bands: Iterable[Band]) -> str:
    """The bands as a table."""
    rows = (f"{b.low:.2f}-{b.high:.2f}{b.claims:8}{b.right:8}{share_of(b):>8}" for b in bands)
    return "\n".join([f"{'confidence':9}{'claims':>7}{'right':>8}{'share':>8}", *rows])


def share_of(b: Band) -> str:
    """A band's share in per cent."""
    return "-" if b.share is None else f"{100 * b.share:.1f}"
