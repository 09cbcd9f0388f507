"""How sure a claim is: the share of claims of its rule that were right on annotated articles."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from kg.authority import rows
from kg.model import Reading
from kg.reading.draft import Draft

PRIOR = 8  # claims of the average that are mixed into a rule's own figures
UNSEEN = 0.88  # how much of the tuned precision holds on articles that nobody tuned on


@cache
def counts() -> Mapping[str, tuple[int, int]]:
    """Rule to (right, judged) claims on the tuned part of the development corpus; `*` is all of them."""
    return {row["rule"]: (int(row["right"]), int(row["judged"])) for row in rows("confidence")}


def confidence(draft: Draft) -> float:
    """A figure from 0 to 1, two decimals."""
    right, judged = counts().get(draft.rule, (0, 0))
    all_right, all_judged = counts().get("*", (1, 1))
    share = (right + PRIOR * all_right / all_judged) / (judged + PRIOR)
    return round(share * UNSEEN, 2)


def sure(reading: Reading, least: float) -> Reading:
    """A reading without the claims that are less sure than `least`; who is named stays."""
    return replace(reading, events=tuple(event for event in reading.events if event.confidence >= least))
