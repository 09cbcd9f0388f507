"""Proposals: which candidate may be offered for an entity, and why the others are not."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.errors import LinkError
from kg.graph.terms import script_language
from kg.linking.records import Candidate, Unlinked
from kg.linking.services import (
    CITIZENSHIP,
    COORDINATES,
    COUNTRY,
    HUMAN,
    INSTANCE_OF,
    SEAT,
    Facts,
    Found,
    Service,
)
from kg.sound import likeness

THRESHOLD = 0.9
LEAD = 0.05  # a candidate that fits must lead the next one by this
PATIENCE = 3  # requests in a row that fail before the rest is left alone
_STATES = frozenset({"Q6256", "Q3624078"})  # country, sovereign state


def asked(
    entities: Sequence[Unlinked], service: Service, method: str, threshold: float = THRESHOLD
) -> Iterator[Unlinked]:
    """The entities with what a service knows of them; a fault is told at its entity, and the next one is asked."""
    failures = 0
    for start in range(0, len(entities), service.batch):
        batch = entities[start : start + service.batch]
        if failures >= PATIENCE:
            yield from (replace(one, problem="not asked: the service failed before") for one in batch)
            continue
        answered = list(_batch(batch, service, method, threshold))
        failures = failures + 1 if all(one.problem for one in answered) else 0
        yield from answered


def proposed(entity: Unlinked, threshold: float = THRESHOLD) -> Unlinked:
    """The entity with the one candidate that fits, is sure enough, and leads the others."""
    fitting = sorted((one for one in entity.candidates if not one.note), key=lambda one: (-one.score, one.qid))
    if not fitting or fitting[0].score < threshold:
        return entity
    if len(fitting) > 1 and fitting[0].score - fitting[1].score < LEAD:
        return entity
    return replace(entity, proposal=fitting[0])


def unfit(entity: Unlinked, found: Found, facts: Facts | None) -> str:
    """Why an item cannot be proposed for an entity; empty where it can."""
    return next(filter(None, (rule(entity, found, facts or {}) for rule in RULES)), "")


def _batch(batch: Sequence[Unlinked], service: Service, method: str, threshold: float) -> Iterator[Unlinked]:
    """One request; where it fails, its halves, so that one name spoils no other."""
    try:
        found = service.find(batch)
        qids = sorted({one.qid for each in found for one in each})
        facts = service.facts(qids) if qids else {}
    except LinkError as error:
        if len(batch) == 1 or "given up" in str(error) or "asks to wait" in str(error):
            yield from (replace(one, problem=str(error)) for one in batch)
            return
        for half in (batch[: len(batch) // 2], batch[len(batch) // 2 :]):
            yield from _batch(half, service, method, threshold)
        return
    for entity, each in zip(batch, found, strict=True):
        candidates = tuple(_candidate(entity, one, facts, method) for one in each)
        known = tuple(one for one in entity.candidates if one.qid not in {other.qid for other in candidates})
        yield proposed(replace(entity, candidates=(*candidates, *known), proposal=None), threshold)


def _candidate(entity: Unlinked, found: Found, facts: Mapping[str, Facts], method: str) -> Candidate:
    alike = _alike(entity, found)
    score = round(min(alike, found.score if found.score is not None else alike), 4)
    return Candidate(found.qid, found.names[0], score, method, unfit(entity, found, facts.get(found.qid)))


def _alike(entity: Unlinked, found: Found) -> float:
    return max(likeness(form, name) for form in (entity.label, *entity.forms) for name in found.names)


def _known(entity: Unlinked, found: Found, facts: Facts) -> str:  # noqa: ARG001
    return "" if facts.get(INSTANCE_OF) else "its type cannot be checked"


def _type(entity: Unlinked, found: Found, facts: Facts) -> str:  # noqa: ARG001
    classes = facts.get(INSTANCE_OF, frozenset())
    is_place = COORDINATES in facts and SEAT not in facts
    fits = {
        "Person": HUMAN in classes,
        "Country": bool(classes & _STATES),
        "Place": is_place and HUMAN not in classes,
        "Organization": not is_place and HUMAN not in classes and not classes & _STATES,
    }
    return "" if fits[entity.type] else f"is no {entity.type}"


def _country(entity: Unlinked, found: Found, facts: Facts) -> str:  # noqa: ARG001
    countries = facts.get(COUNTRY, frozenset()) | facts.get(CITIZENSHIP, frozenset())
    if not entity.country or entity.country in countries:
        return ""
    return f"is of {', '.join(sorted(countries))}, not of {entity.country}" if countries else "tells no country"


def _script(entity: Unlinked, found: Found, facts: Facts) -> str:  # noqa: ARG001
    scripts = {script_language(form) for form in (entity.label, *entity.forms)}
    return "" if any(script_language(name) in scripts for name in found.names) else "has no name in this script"


RULES: tuple[Callable[[Unlinked, Found, Facts], str], ...] = (_known, _type, _country, _script)
"""Every reason against a proposal, in the order in which they are told."""
