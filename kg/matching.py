"""Which predicted entity stands for which gold one, and which predicted event is which gold event."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.judged import CORE, JudgedEntity, JudgedEvent

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
FOLD = str.maketrans("أإآٱىةؤئڤ", "اااايهويف")
SAME_QID = 2.0
ALIKE = 0.3  # least token overlap of two names of one entity


@lru_cache(maxsize=16384)
def name_tokens(form: str) -> frozenset[str]:
    """The folded tokens of a surface form."""
    return frozenset(re.findall(r"\w+", MARKS.sub("", form).translate(FOLD).casefold()))


def likeness(gold: JudgedEntity, predicted: JudgedEntity) -> float:
    """How alike two entities are: 2 for one QID, else the best token overlap of their forms, 0 below 0.3."""
    if gold.wikidata and gold.wikidata == predicted.wikidata:
        return SAME_QID
    if gold.type != predicted.type:
        return 0.0
    best = max((overlap(name_tokens(a), name_tokens(b)) for a in gold.forms for b in predicted.forms), default=0.0)
    return best if best >= ALIKE else 0.0


def overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Shared members over all members; 0 where either is empty."""
    return len(left & right) / len(left | right) if left and right else 0.0


def aligned(gold: Sequence[JudgedEntity], predicted: Sequence[JudgedEntity]) -> Mapping[str, str]:
    """Each predicted entity id to the gold id it is most like, or to itself marked by `?`."""
    return {entity.id: gold_name(gold, entity) for entity in predicted}


def gold_name(gold: Sequence[JudgedEntity], entity: JudgedEntity) -> str:
    """The id of the gold entity that one is most like, the first of equals."""
    scores = [likeness(g, entity) for g in gold]
    best = max(scores, default=0.0)
    return gold[scores.index(best)].id if best > 0 else "?" + entity.id


def shared_evidence(gold: JudgedEvent, predicted: JudgedEvent) -> float:
    """Characters that the evidence of two events shares, over the gold's characters."""
    shared = sum(max(0, min(g[1], p[1]) - max(g[0], p[0])) for g in gold.evidence for p in predicted.evidence)
    return shared / sum(end - start for start, end in gold.evidence) if shared else 0.0


def similarity(gold: JudgedEvent, predicted: JudgedEvent) -> float:
    """0 where two events cannot be the same; else more, up to 3, the more they have in common."""
    shared = shared_evidence(gold, predicted)
    roles = CORE[gold.type]
    core = frozenset[str]().union(*(gold.accepted(role) for role in roles))
    given = frozenset[str]().union(*(predicted.roles.get(role, frozenset()) for role in roles))
    if shared == 0 or (any(gold.roles.get(role) for role in roles) and not core & given):
        return 0.0
    same_kind = predicted.fields.get("kind") in gold.right("kind")
    return min(shared, 1.0) + len(core & given) / max(1, len(core | given)) + same_kind


def matched(gold: Sequence[JudgedEvent], predicted: Sequence[JudgedEvent]) -> tuple[tuple[int, int], ...]:
    """Pairs of indices (gold, predicted), the most similar first, each event at most once."""
    scored = [(similarity(g, p), i, j) for i, g in enumerate(gold) for j, p in enumerate(predicted) if g.type == p.type]
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and i not in pairs and j not in used:
            pairs[i] = j
            used.add(j)
    return tuple(pairs.items())


def role_counts(gold: JudgedEvent, predicted: JudgedEvent, about: bool) -> tuple[int, int, int]:
    """(right, given, wanted) fillers of a matched pair: of `about`, or of the other roles."""
    hits = given = wanted = 0
    for role in {*gold.roles, *predicted.roles}:
        if (role == "about") == about:
            fillers = predicted.roles.get(role, frozenset())
            hit = len(fillers & gold.accepted(role))
            hits, given = hits + hit, given + len(fillers)
            wanted += max(len(gold.roles.get(role, frozenset())), hit)
    return hits, given, wanted


def filler_count(event: JudgedEvent, about: bool) -> int:
    """Number of fillers of `about`, or of the other roles."""
    return sum(len(fillers) for role, fillers in event.roles.items() if (role == "about") == about)
