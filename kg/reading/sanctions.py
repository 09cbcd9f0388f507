"""Sanctions: measures by their nouns and verbs, who imposes them, whom they hit."""

from collections.abc import Iterator, Sequence

from kg.model import Span
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.extent import before, clause_end, span, trimmed
from kg.reading.factuality import factuality
from kg.reading.forms import Form
from kg.reading.imposers import imposers, sanction_targets
from kg.reading.lexicon import Predicate, Sense
from kg.reading.measures import measures
from kg.reading.words import Split

SANCTION_NOUN = Predicate("عقوبات", "Sanction", "sanction", "", (), {})


def sanctions(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The sanctions of a sentence, one a measure."""
    for i, kind, split in measures(a):
        draft = sanction(a, i, kind, split, number, said)
        if draft is not None:
            yield draft


def sanction(a: Analysis, i: int, kind: str, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The sanction that a measure's word states."""
    hit = Hit(i, split, Sense(SANCTION_NOUN, Form("perfect" if kind in VERBS else "masdar", "", "", "")))
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    verb = governor(a, hit)
    if frame is not None and frame.kind in {"demand", "request"} and verb is not None and a.scan.has(verb, "relieve"):
        verb, relief = None, False
    else:
        relief = verb is not None and a.scan.has(verb, "relieve") and not a.scan.has(verb, "impose")
    act = frame.kind if frame is not None and frame.kind in {"threaten"} else ""
    trigger = Hit(verb, hit.split, hit.sense) if verb is not None else hit
    value, why = factuality(a, trigger, act)
    if verb is None and act != "threaten":
        value, why = "actual", "background"
    start = verb if verb is not None else i
    end = trimmed(a, i, clause_end(a, hit))
    draft = Draft(
        "Sanction",
        "relief" if relief else MEASURE.get(kind, kind),
        f"sanction_{why}",
        number,
        i,
        [span(a, min(start, i), max(end, i + 1))],
        factuality=value,
    )
    imposers(a, hit, verb, frame, draft)
    sanction_targets(a, hit, end, draft)
    draft.evidence = [Span(a.words[min(start, i)].start, draft.evidence[0].end)]
    return draft if draft.ids("imposer") or (draft.ids("target") and verb is not None) else None


VERBS = frozenset({"listing", "punish", "ban"})
MEASURE = {"listing": "sanction", "punish": "sanction", "ban": "embargo"}


def governor(a: Analysis, hit: Hit) -> int | None:
    """The verb or action noun of imposing or lifting that governs a measure, or follows it in a relative clause."""
    for i in before(a, hit, 14):
        if a.words[i].text == "،" and hit.at - i > 8:
            break
        if a.words[i].key in COMPLEMENTS:
            break
        if i not in a.covered and (a.scan.has(i, "impose") or a.scan.has(i, "relieve")):
            return i
    for i in range(hit.at + 1, min(hit.at + 6, len(a.words))):
        if i not in a.covered and a.scan.has(i, "impose"):
            return i
    return None
