"""Readings to JSON and back: nothing is lost, and what a person leaves out is filled in."""

import copy
import json
from pathlib import Path

import pytest

from kg.articles import read_articles
from kg.errors import ReadingError
from kg.model import Article, Mention, Sentence, Span
from kg.readings import dumps, load
from kg.sentences import split

HERE = Path(__file__).parent
GOLD = sorted((HERE / "gold").glob("*.json"))
SEEDS = {article.id: article for article in read_articles([HERE.parent / "seeds"]) if isinstance(article, Article)}
TEXT = 'التقى الوزير سامي نظيره في روما. وقال سامي: "نرحب بالاتفاق". وغادر إلى لندن، ثم عاد إلى روما.'


def at(words, start=0):
    found = TEXT.index(words, start)
    return {"start": found, "end": found + len(words), "text": words}


READING = {
    "article": "one",
    "published": "2024-11-07",
    "entities": [
        {"id": "e1", "type": "Person", "surface_forms": ["سامي", "الوزير سامي"], "wikidata": None},
        {"id": "e2", "type": "Place", "surface_forms": ["روما"], "wikidata": "Q220"},
        {"id": "e3", "type": "Country", "surface_forms": ["روما"], "wikidata": None},
    ],
    "events": [
        {
            "id": "ev1",
            "type": "Meeting",
            "kind": "talks",
            "factuality": "actual",
            "roles": {"participant": ["e1"], "place": ["e2"]},
            "date": None,
            "evidence": [at("التقى الوزير سامي نظيره")],
            "also": {"date": ["2024"]},
            "optional": True,
            "note": "x",
        },
        {
            "id": "ev2",
            "type": "Statement",
            "kind": "welcome",
            "factuality": "actual",
            "roles": {"speaker": ["e1"], "about": ["e3"], "via": []},
            "date": "2024-11",
            "quote": "نرحب بالاتفاق",
            "evidence": [at('"نرحب بالاتفاق"')],
        },
    ],
}


def loaded(record=READING, **articles):
    return load(json.dumps(record).encode(), articles or {"one": Article("one", TEXT)})


def changed(path, value):
    record = copy.deepcopy(READING)
    *parents, last = path.split("/")
    target = record
    for name in parents:
        target = target[int(name) if name.isdigit() else name]
    if value is KeyError:
        del target[last]
    else:
        target[last] = value
    return record


def test_what_a_person_leaves_out_is_filled_in():
    reading = loaded()
    assert reading.article == Article("one", TEXT, published="2024-11-07")
    assert reading.sentences == split(TEXT)
    first, second = reading.events
    assert [(f.role, f.entity, TEXT[f.start : f.end]) for f in first.fillers] == [
        ("participant", "e1", "الوزير سامي"),
        ("place", "e2", "روما"),
    ]
    assert [f.start for f in first.fillers] == [TEXT.index("الوزير"), TEXT.index("روما")]
    speaker, about = second.fillers
    assert speaker.start == TEXT.index("سامي", 30)
    assert about.start == TEXT.index("روما")
    assert (first.rule, first.confidence, second.more_quotes, second.roles["via"]) == ("hand", 1.0, (), ())
    assert [(m.start, m.entity) for m in reading.mentions] == [
        (TEXT.index("الوزير"), "e1"),
        (TEXT.index("روما"), "e2"),
        (TEXT.index("روما"), "e3"),
        (TEXT.index("سامي", 30), "e1"),
        (TEXT.rindex("روما"), "e2"),
    ]


def test_a_name_that_stands_nowhere_as_a_word_is_found_in_words_and_else_the_evidence_stands_for_it():
    record = changed("entities/1/surface_forms", ["وغا"])
    reading = loaded(record)
    assert TEXT[reading.events[0].fillers[1].start :].startswith("وغادر")


def test_clitics_stay_outside_a_mention():
    article = Article("one", "وصل بروسيا ولروسيا وروسيان وروسيا")
    record = {**READING, "events": [], "entities": [{**READING["entities"][0], "surface_forms": ["روسيا"]}]}
    reading = loaded(record, one=article)
    assert [m.start for m in reading.mentions] == [5, 13, 28]


def test_round_trip_of_every_field():
    reading = loaded()
    text = dumps(reading)
    assert load(text.encode()) == reading
    assert dumps(load(text.encode())) == text
    assert text.endswith("}\n")
    assert "الوزير" in text
    assert load(text.encode()).sentences == reading.sentences


def test_round_trip_of_given_extras():
    record = json.loads(dumps(loaded()))
    record["sentences"] = [{"start": 0, "end": 5, "language": "und", "part": "recap", "paragraph": 3}]
    record["mentions"] = [{"start": 6, "end": 12, "entity": "e1"}]
    record["events"][0] |= {
        "attributed_to": ["e1"],
        "rule": "meeting_verb",
        "confidence": 0.5,
        "date_end": "2024-11-08",
        "date_text": "أمس",
        "count": 0,
        "subjects": ["water"],
        "more_quotes": ["وغادر"],
        "fillers": [{"role": "place", "entity": "e2", "start": 1, "end": 2}],
    }
    record["entities"][0] |= {"key": "sami", "candidates": ["sami", "other"], "link_method": "name", "name_ar": "سامي"}
    record |= {"publisher": "صحيفة", "title": "عنوان", "source": "https://example.org/1", "language": "ar"}
    reading = load(json.dumps(record).encode())
    assert load(dumps(reading).encode()) == reading
    assert reading.sentences == (Sentence(0, 5, TEXT[:5], "und", "recap", 3),)
    assert reading.mentions == (Mention(6, 12, "e1"),)
    assert reading.events[0].confidence == 0.5
    assert reading.article.publisher == "صحيفة"


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_round_trip_of_gold_readings(file):
    reading = load(file, SEEDS)
    assert load(dumps(reading).encode()) == reading
    assert all(len(event.fillers) == sum(map(len, event.roles.values())) for event in reading.events)
    assert reading.events


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_what_is_written_follows_the_schema_of_gold(file):
    gold, written = json.loads(file.read_bytes()), json.loads(dumps(load(file, SEEDS)))
    kept = {"id", "type", "kind", "factuality", "status", "evidence", "date", "roles", "wikidata", "surface_forms"}
    for name in ("entities", "events"):
        for ours, theirs in zip(written[name], gold[name], strict=True):
            assert {key: ours[key] for key in kept & theirs.keys()} == {
                key: theirs[key] for key in kept & theirs.keys()
            }


@pytest.mark.parametrize("file", GOLD, ids=lambda file: file.stem)
def test_evidence_of_gold_crosses_no_sentence_end(file):
    reading = load(file, SEEDS)
    for span in (span for event in reading.events for span in event.evidence):
        assert any(s.start <= span.start and span.end <= s.end for s in reading.sentences)


def test_the_text_comes_from_the_reading_then_the_inputs_then_beside_the_file(tmp_path):
    (tmp_path / "readings").mkdir()
    (tmp_path / "articles").mkdir()
    file = tmp_path / "readings" / "one.json"
    file.write_text(json.dumps(READING), "utf-8")
    with pytest.raises(ReadingError, match=r"one\.json: text: no text of one is known"):
        load(file)
    (tmp_path / "articles" / "one.txt").write_text(TEXT, "utf-8")
    assert load(file).article.text == TEXT
    (tmp_path / "readings" / "one.txt").write_text(TEXT + " تمت.", "utf-8")
    assert load(file).article.text == TEXT + " تمت."
    assert load(file, {"one": Article("one", TEXT + " نص.")}).article.text == TEXT + " نص."
    file.write_text(json.dumps({**READING, "text": TEXT}), "utf-8")
    assert load(file, {"one": Article("one", "x", publisher="صحيفة")}).article == Article(
        "one", TEXT, published="2024-11-07", publisher="صحيفة"
    )


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("article", KeyError, "article: is missing"),
        ("article", "../a", "cannot name a file"),
        ("published", KeyError, "published: is missing"),
        ("published", "2024-13-01", "is no date"),
        ("text", 7, "text: is 7; write a string"),
        ("text", "x\x00", "U+0000"),
        ("entities", {}, "entities: is {}; write a list"),
        ("entities", [[]], "entities/0: is []; write an object"),
        ("entities/0/id", "e2", "entities/1: its id 'e2' is taken"),
        ("entities/0/type", "Robot", "entities/0/type: 'Robot' is none of Person, Organization, Country, Place"),
        ("entities/0/surface_forms", [], "entities/0/surface_forms: is empty"),
        ("entities/0/surface_forms", ["غائب"], "entities/0: the surface form 'غائب' is not in the text"),
        ("entities/0/surface_forms", [3], "entities/0/surface_forms/0: is 3; write a string"),
        ("entities/0/wikidata", "Q0", "entities/0/wikidata: 'Q0' is not of the form"),
        ("entities/0/wikidata", KeyError, "entities/0/wikidata: is missing"),
        ("entities/0/name_ar", "\ud800", "entities/0/name_ar: is "),
        ("events/0/id", "ev2", "events/1: its id 'ev2' is taken"),
        ("events/0/type", "Party", "events/0/type: 'Party' is none of"),
        ("events/0/kind", "chat", "events/0/kind: 'chat' is none of visit, talks"),
        ("events/0/factuality", "sure", "events/0/factuality: 'sure' is none of"),
        ("events/0/roles", None, "events/0/roles: is missing; write an object"),
        ("events/0/roles/speaker", [], "events/0/roles/speaker: a Meeting has no such role"),
        ("events/0/roles/place", ["e9"], "events/0/roles/place: 'e9' is the id of no entity"),
        ("events/0/status", "signed", "events/0/status: belongs to Agreements"),
        ("events/0/date", "yesterday", "events/0/date: 'yesterday' is not of the form"),
        ("events/0/date", "2023-02-29", "events/0/date: '2023-02-29' is no day"),
        ("events/0/date_end", "2024-00", "events/0/date_end: '2024-00' is not"),
        ("events/0/evidence", [], "events/0/evidence: is empty"),
        ("events/0/evidence/0/end", 9999, "events/0/evidence/0: 0-9999 is outside the text of"),
        ("events/0/evidence/0/start", -1, "is outside the text"),
        ("events/0/evidence/0/start", True, "events/0/evidence/0/start: is True"),
        ("events/0/evidence/0/start", KeyError, "events/0/evidence/0: lacks start or end"),
        ("events/0/evidence/0/text", "روما", "not its text; that stands at 27-31"),
        ("events/0/evidence/0/text", "غائب", "not its text; mend the offsets"),
        ("events/1/quote", "لم يقل", "events/1/quote: 'لم يقل' is not in the text"),
        ("events/1/more_quotes", ["لم يقل"], "events/1/more_quotes: 'لم يقل' is not in the text"),
        ("events/0/count", "two", "events/0/count: is 'two'; write a whole number"),
        ("events/0/confidence", 2, "events/0/confidence: is no number from 0 to 1"),
        ("events/0/confidence", float("nan"), "events/0/confidence: is no number from 0 to 1"),
        ("events/0/attributed_to", ["e9"], "events/0/attributed_to: 'e9' is the id of no entity"),
        ("events/0/fillers", [{"role": "agent", "entity": "e1", "start": 0, "end": 1}], "fillers/0/role: 'agent' is"),
        ("events/0/fillers", [{"role": "place", "entity": "e1", "start": 0, "end": 1}], "fillers/0/entity: 'e1' is"),
        ("events/0/qoute", "x", "events/0/qoute: is no field of a reading; is it quote?"),
        ("sentenses", [], "sentenses: is no field of a reading; is it sentences?"),
        ("mentions", [{"start": 0, "end": 1, "entity": "e9"}], "mentions/0/entity: 'e9' is none of e1, e2, e3"),
        (
            "sentences",
            [{"start": s, "end": 6, "language": "ar", "part": "body", "paragraph": 0} for s in (0, 5)],
            "sentences/1: starts before the one above it ends",
        ),
    ],
)
def test_every_fault_is_named_with_its_place(path, value, reason):
    with pytest.raises(ReadingError) as caught:
        loaded(changed(path, value))
    assert str(caught.value).startswith("reading: ")
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1, column 1: is no JSON"),
        (b'{"article": }', "line 1, column 13: is no JSON"),
        (b"[]", "is no JSON object"),
        (b"\xff", "is not UTF-8 (byte 0)"),
        (b"[" * 100_000, "is no JSON that can be read"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is no JSON that can be read"),
    ],
)
def test_files_that_are_no_json(tmp_path, data, reason):
    file = tmp_path / "a.json"
    file.write_bytes(data)
    with pytest.raises(ReadingError) as caught:
        load(file)
    assert str(caught.value).startswith(str(file))
    assert reason in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(ReadingError, match=r"a\.json: cannot be read"):
        load(tmp_path / "a.json")


def test_agreements_need_a_status():
    event = {**READING["events"][0], "type": "Agreement", "kind": "treaty", "roles": {}}
    with pytest.raises(ReadingError, match="events/0/status: is missing"):
        loaded({**READING, "events": [event]})
    assert loaded({**READING, "events": [{**event, "status": "signed"}]}).events[0].status == "signed"


def test_unknown_fields_of_other_programs_are_passed_over():
    assert loaded({**READING, "annotator": "x"}).events[0].evidence == (Span(0, 23),)
