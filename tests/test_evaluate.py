"""The figures of an evaluation, which agree with the reference scorer to the digit."""

import copy
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.evaluate import calibration, calibration_table, evaluate, table

SHARED = Path(__file__).parent.parent.parent / "shared" / "annotation"
SCORER = SHARED / "score.py"
needs_scorer = pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not beside this checkout")


def entity(identifier, kind, *forms, qid=None):
    return {"id": identifier, "type": kind, "surface_forms": list(forms), "wikidata": qid}


def event(identifier, kind, roles, span, **more):
    kind, _, name = kind.partition("/")
    start, end = span
    return {
        "id": identifier,
        "type": kind,
        "kind": name,
        "factuality": "actual",
        "date": None,
        "roles": roles,
        "evidence": [{"start": start, "end": end, "text": "ب" * (end - start)}],
        **more,
    }


GOLD = {
    "article": "one",
    "published": "2024-01-02",
    "entities": [
        entity("e1", "Country", "روسيا", "موسكو", qid="Q159"),
        entity("e2", "Country", "فنزويلا", qid="Q717"),
        entity("e3", "Person", "نيكولاس مادورو", "مادورو"),
    ],
    "events": [
        event("v1", "Agreement/treaty", {"party": ["e1", "e2"]}, (0, 20), status="signed", date="2024-01-01"),
        event("v2", "Statement/support", {"speaker": ["e1"], "about": ["e3"]}, (30, 50)),
        event("v3", "Statement/thank", {"speaker": ["e3"]}, (60, 80), optional=True),
        event("v4", "MilitaryAction/strike", {"agent": ["e1"]}, (90, 100), also={"kind": ["clash"]}),
    ],
}
PREDICTED = {
    "article": "one",
    "published": "2024-01-02",
    "entities": [
        entity("a", "Country", "روسيا", qid="Q159"),
        entity("b", "Country", "فنزويلا", qid="Q30"),
        entity("c", "Person", "مادورو"),
    ],
    "events": [
        event("p1", "Agreement/treaty", {"party": ["a"]}, (0, 10), status="agreed", date="2024-01-01", confidence=0.9),
        event("p2", "Statement/assert", {"speaker": ["a"], "about": ["c", "b"]}, (30, 50), confidence=0.7),
        event("p3", "Statement/thank", {"speaker": ["c"]}, (60, 80), confidence=0.7),
        event("p4", "MilitaryAction/clash", {"agent": ["b"]}, (90, 100), confidence=0.7),
    ],
}


def test_figures():
    found = evaluate([GOLD], [PREDICTED])
    assert found.rates("all") == pytest.approx((200 / 3, 200 / 3, 200 / 3))
    assert found.rates("Agreement", "r_") == pytest.approx((100, 50, 200 / 3))
    assert found.rates("all", "r_") == pytest.approx((200 / 3, 50, 400 / 7))
    assert found.rates("all", "a_") == pytest.approx((50, 100, 200 / 3))
    assert [found.share("all", field) for field in ("kind", "status", "factuality", "date")] == [50, 0, 100, 100]
    assert found.share("Meeting", "kind") is None
    assert (found.linked, found.count("link", "wrong")) == (50, 1)


def test_details_name_each_missed_and_spurious_event_and_each_wrong_field():
    found = evaluate([GOLD], [PREDICTED])
    assert [line.split(":")[0] for line in found.details] == [
        "missed   one v4 MilitaryAction/strike",
        "spurious one p4 MilitaryAction/clash",
    ]
    assert [line.split()[0] for line in found.disagreements] == ["status", "kind"]
    assert found.disagreements[0].endswith("agreed, gold signed")


def test_table_of_a_perfect_reading():
    last = table(evaluate([GOLD], [GOLD])).splitlines()[-1]
    assert last == "event F1 100.0  event precision 100.0  role F1 100.0  about F1 100.0  link 100.0  wrong links 0"


def test_a_reading_that_is_not_there():
    found = evaluate([GOLD], [])
    assert found.details[0] == "no reading for one"
    assert found.rates("all") == (0, 0, 0)


def test_a_record_without_its_fields_is_named():
    with pytest.raises(ReadingError, match="one: cannot be evaluated"):
        evaluate([GOLD], [{"article": "one", "entities": [], "events": [{"id": "x"}]}])


def test_calibration():
    bands = {band.low: (band.claims, band.right) for band in calibration([GOLD], [PREDICTED])}
    assert bands[0.9] == (1, 1)
    assert bands[0.7] == (2, 1)  # the one that matches an optional event counts neither way
    assert sum(claims for claims, _ in bands.values()) == 3
    assert "0.70-0.80       2       1    50.0" in calibration_table(calibration([GOLD], [PREDICTED])).splitlines()


def perturbed(record, chance):
    """A worse copy of a reading: events dropped, doubled, moved, renamed, their fillers and links changed."""
    copied = copy.deepcopy(record)
    ids = [e["id"] for e in copied["entities"]]
    for one in copied["entities"]:
        one["wikidata"] = chance.choice([one["wikidata"], one["wikidata"], None, "Q1"])
        one["surface_forms"] = chance.sample(one["surface_forms"], chance.randint(1, len(one["surface_forms"])))
        one["type"] = chance.choice([one["type"]] * 6 + ["Country", "Person"])
    kept = [e for e in copied["events"] if chance.random() < 0.8]
    kept += [{**copy.deepcopy(e), "id": e["id"] + "x"} for e in kept if chance.random() < 0.2]
    for one in kept:
        worsen(one, ids, chance)
    chance.shuffle(kept)
    return {**copied, "events": kept}


def worsen(one, ids, chance):
    for extra in ("optional", "also", "note"):
        one.pop(extra, None)
    shift = chance.choice([0, 0, 0, 5, -7, 200])
    for span in one["evidence"]:
        span["start"], span["end"] = max(0, span["start"] + shift), max(1, span["end"] + shift)
    for role in one["roles"]:
        one["roles"][role] = [chance.choice([f, f, f, chance.choice(ids), "unknown"]) for f in one["roles"][role]]
    one["date"] = chance.choice([one["date"], None, "2024"])
    one["factuality"] = chance.choice([one["factuality"], one["factuality"], "planned"])
    one["kind"] = chance.choice([one["kind"], one["kind"], "other"])


@needs_scorer
@pytest.mark.parametrize("seed", range(6))
def test_the_reference_scorer_agrees_to_the_digit(tmp_path, seed):
    chance = random.Random(seed)
    folders = [tmp_path / "gold", tmp_path / "predicted"]
    readings = []
    for folder in folders:
        folder.mkdir()
    for path in sorted((SHARED / "seeds" / "readings").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        worse = perturbed(gold, chance)
        readings.append((gold, worse))
        for folder, record in zip(folders, (gold, worse), strict=True):
            (folder / path.name).write_text(json.dumps(record), "utf-8")
    command = [sys.executable, str(SCORER), *map(str, folders), "--details"]
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    found = evaluate([gold for gold, _ in readings], [worse for _, worse in readings])
    assert "\n".join([*found.details, table(found)]) + "\n" == printed
