"""Candidates from the embedded tables: rows whose names sound like an entity's, with rapidfuzz as the judge."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from rapidfuzz import process
from rapidfuzz.distance import Indel

from kg.authority import Authority, authorities
from kg.graph.transliterate import folded
from kg.linking.records import Candidate
from kg.sound import likeness, sound_key

NEAR_KEY = 0.8  # keys less alike than this are not looked at
NEAR = 0.75  # names less alike than this are no candidates
MOST = 5
_SHORTEST = 3  # consonants that a key needs to be near another


def from_tables(forms: Iterable[str], type_: str) -> tuple[Candidate, ...]:
    """Linked rows of a type that sound like one of the forms, the most alike first."""
    best: dict[str, Candidate] = {}
    for form in forms:
        for name, row in _sounding_like(form, type_):
            score = likeness(form, name)
            if row.qid and score >= NEAR and (row.qid not in best or best[row.qid].score < score):
                best[row.qid] = Candidate(row.qid, row.names.get("en", name), round(score, 4), "tables, by sound")
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.qid))[:MOST])


def country_told(forms: Iterable[str]) -> str | None:
    """The QID of the country that names tell («وزارة الدفاع الفنزويلية»); None where they tell none or several."""
    told = {qid for form in forms for word in folded(form).split() if (qid := _countries().get(_bare(word)))}
    return told.pop() if len(told) == 1 else None


def _sounding_like(form: str, type_: str) -> Iterable[tuple[str, Authority]]:
    """Names of rows of a type whose keys are those of the form or near them."""
    key = sound_key(form)
    by_key = _names()[type_]
    near = {key} if key in by_key else set()
    if len(key) > _SHORTEST:
        found = process.extract(
            key, by_key.keys(), scorer=Indel.normalized_similarity, score_cutoff=NEAR_KEY, limit=4 * MOST
        )
        near.update(match for match, _, _ in found)
    return (pair for one in near for pair in by_key[one])


@cache
def _names() -> Mapping[str, Mapping[str, list[tuple[str, Authority]]]]:
    """Type -> key -> the names that have it."""
    found: dict[str, dict[str, list[tuple[str, Authority]]]] = {}
    for row in authorities().values():
        for name in (*row.names.values(), *row.variants):
            if key := sound_key(name):
                found.setdefault(row.type, {}).setdefault(key, []).append((name, row))
    return MappingProxyType(found)


@cache
def _countries() -> Mapping[str, str]:
    """The bare names and adjectives of countries that are one word and no other country's."""
    found: dict[str, set[str]] = {}
    for row in authorities().values():
        if row.type == "Country" and row.qid:
            for name in (row.names["ar"], *row.variants, *row.adjectives):
                found.setdefault(_bare(folded(name)), set()).add(row.qid)
    return MappingProxyType({word: min(qids) for word, qids in found.items() if len(qids) == 1 and " " not in word})


def _bare(word: str) -> str:
    """A folded word without its article and its feminine ending."""
    stem = word.removeprefix("لل").removeprefix("ال") if len(word) > 4 else word
    return stem.removesuffix("ه") if stem.endswith("يه") else stem
