"""The reader on sentences of our own: phrases, events, memory, dates, and what holds on any text."""

import gc
import hashlib
import json
import re
import time
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.authority import DATA, rows
from kg.cli import cli
from kg.model import ROLES, Article, Event, Reading
from kg.reading import read
from kg.reading.confidence import confidence, counts, sure
from kg.reading.explain import explain
from kg.reading.forms import inflect
from kg.reading.lexicon import Sense, Senses, lexicon, predicates
from kg.reading.light import CARRYING, DOING
from kg.reading.memory import RECALL, Memory
from kg.reading.phrases import GRAMMAR, phrases
from kg.reading.reader import EVENT_RULES, LONGEST, pieces, traced
from kg.reading.stances import CARRIERS
from kg.reading.tagging import scanned
from kg.reading.terms import STATUSES
from kg.reading.words import SHAPES, words
from kg.readings import dumps, load
from kg.sentences import split

CASES = Path(__file__).parent / "cases"
CODE = Path(__file__).parents[1] / "kg" / "reading"
PUBLISHED = "2024-05-05"
BRACKETED = re.compile(r"\[(\w+) ([^\]]+)\]")


def lines(name: str) -> list[str]:
    found = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in found if line and not line.startswith("#")]


def reading(text: str, published: str | None = PUBLISHED) -> Reading:
    return read(Article("own", text, published))


def shown(event: Event, names: dict[str, str]) -> str:
    """An event as the cases write it."""
    parts = [f"{event.type}/{event.kind}", event.factuality]
    parts += [f"{name}={value}" for name in ("status", "date", "count") if (value := getattr(event, name))]
    parts += [f"{role}={'+'.join(names[one] for one in ids)}" for role, ids in event.roles.items()]
    return " ".join(part.replace(" ", "_") for part in parts)


def found_events(result: Reading) -> list[set[str]]:
    names = {entity.id: entity.name_ar or entity.surface_forms[0] for entity in result.entities}
    return [set(shown(event, names).split()) for event in result.events]


@pytest.mark.parametrize("line", lines("phrases.txt"))
def test_phrases(line: str) -> None:
    text = BRACKETED.sub(r"\2", line)
    found = phrases(scanned(text, words(text), lexicon(), {}))
    for phrase in reversed(found):
        text = f"{text[: phrase.char_start]}[{phrase.kind} {phrase.surface}]{text[phrase.char_end :]}"
    assert text == line


@pytest.mark.parametrize("line", lines("events.txt"))
def test_events(line: str) -> None:
    text, _, listed = line.partition("  ->  ")
    wanted = [set(event.split()) for event in listed.split("  ;  ") if event != "nothing"]
    found = found_events(reading(text))
    assert len(found) == len(wanted), found
    assert all(any(event <= given for given in found) for event in wanted), found


def test_letters_in_the_shape_of_their_place_read_as_any_others() -> None:
    shapes = {ord(letters): chr(code) for code, letters in SHAPES.items() if len(letters) == 1}
    for line in lines("events.txt"):
        text = line.partition("  ->  ")[0]
        assert found_events(reading(text.translate(shapes))) == found_events(reading(text)), text


def test_the_rules_are_visible_tuples_of_named_functions() -> None:
    assert all(rule.__doc__ and rule.__name__ != "<lambda>" for rule in (*(rule for rule, _ in GRAMMAR), *EVENT_RULES))


def test_every_class_that_the_code_names_is_in_the_tables() -> None:
    code = "\n".join(file.read_text(encoding="utf-8") for file in CODE.glob("*.py"))
    named = set(re.findall(r'classes\["(\w+)"\]', code))
    named |= set(re.findall(r'(?:\.has|key_in|head_splits|\.noun)\([^"()]+(?:\([^()]*\))?[^"()]*, "(\w+)"\)', code))
    for several in re.findall(r"(?:of_class|\.holds)\(([^()*]+)\)", code):
        named |= set(re.findall(r'"(\w+)"', several))
    named |= {*CARRIERS, *CARRYING, *DOING, *STATUSES}
    assert named
    assert named <= set(lexicon().classes)


def test_no_class_is_listed_twice() -> None:
    listed = [row["class"] for table in ("classes", "function_words") for row in rows(table)]
    assert len(listed) == len(set(listed))


def test_the_order_of_questions_changes_no_sense() -> None:
    bases = list(predicates())
    forms: dict[str, dict[Sense, None]] = defaultdict(dict)
    for predicate, form, base in bases:
        for key, inflected in inflect(form, base):
            forms[key][Sense(predicate, inflected)] = None
    senses = Senses(bases)
    asked = sorted(forms, key=lambda key: hashlib.sha256(key.encode()).digest())
    assert {key: senses.get(key) for key in asked} == {key: tuple(forms[key]) for key in asked}


def test_a_reading_makes_no_cycles_and_leaves_the_collector_as_it_was() -> None:
    text = "".join(line.partition("  ->  ")[0] + "\n" for line in lines("events.txt")[:100])
    reading(text)
    gc.collect()
    assert gc.isenabled()
    gc.disable()
    try:
        reading(text)
        assert gc.collect() == 0
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_foreign_post_is_quoted_with_its_platform() -> None:
    text = "وكتبت وزارة الخارجية الكوبية على تويتر:\n«Cuba condena las sanciones de Estados Unidos.»\n"
    found = found_events(reading(text))
    assert any({"Statement/condemn", "speaker=وزارة_الخارجية_الكوبية"} <= event for event in found), found


def test_a_quote_in_the_next_paragraph_belongs_to_who_is_quoted() -> None:
    result = reading("وقال وزير الخارجية الروسي سيرغي لافروف:\n«لن نتراجع عن دعم سوريا أبدا».\n")
    (said,) = result.events
    assert said.quote == "لن نتراجع عن دعم سوريا أبدا"
    assert [result.article.text[s.start : s.end] for s in said.evidence][-1] == said.quote


def test_foreign_names_are_linked_by_their_table() -> None:
    result = reading("قال الوزير كلمة.\nThe foreign minister of Russia arrived in Cairo on Monday.\n")
    assert {"russia", "cairo"} <= {entity.key for entity in result.entities}


def test_a_subject_that_nothing_names_yet_stops_nobody() -> None:
    text = "وصل بوتين ولافروف إلى القاهرة، ودعا مصر إلى الحوار. ودعا مصر إلى السلام، وحذر إيران من الرد."
    assert isinstance(reading(text).events, tuple)


def test_an_office_is_its_holder_of_the_day() -> None:
    keys = {
        day: {entity.key for entity in reading("قال الرئيس الأميركي إن الوقت ينفد.", day).entities}
        for day in ("2015-05-05", "2022-05-05")
    }
    assert "obama-barack" in keys["2015-05-05"]
    assert "biden-joe" in keys["2022-05-05"]


def test_nobody_holds_an_office_on_an_unknown_day() -> None:
    result = reading("قال الرئيس الأميركي إن الوقت ينفد.", None)
    assert [entity.wikidata for entity in result.entities if entity.type == "Person"] == [None]


def test_memory_forgets_who_was_named_too_long_ago() -> None:
    memory = Memory(lexicon(), None)
    for number in range(RECALL + 50):
        memory.subject(memory.add("Place", f"مكان {number}", "model"))
    assert len(memory.subjects) == RECALL
    assert memory.get(f"e{RECALL + 50}").name == f"مكان {RECALL + 49}"


# ---- explaining and confidence

STORY = (
    "قال وزير الخارجية الروسي سيرغي لافروف في 3 مايو 2024 إن موسكو تدين قصف دمشق. "
    "ووقعت روسيا اتفاقا مع مصر. وفرضت واشنطن عقوبات على إيران. ولم يقل شيئا آخر."
)


def test_explain_prints_the_verdicts_of_the_production_rules() -> None:
    article = Article("own", STORY, PUBLISHED)
    told = "\n".join(explain(article))
    for event in read(article).events:
        assert f"found {event.type}/{event.kind} by {event.rule} ({event.confidence:.2f}): {event.factuality}" in told


def test_what_explain_shows_is_what_was_read() -> None:
    article = Article("own", STORY, PUBLISHED)
    traces = traced(article, split(article.text), Memory(lexicon(), PUBLISHED))
    drafts = [draft for trace in traces for draft in trace.drafts]
    assert [d.rule for d in drafts] == [e.rule for e in read(article).events]


def test_explain_tells_what_was_nearly_found() -> None:
    told = "\n".join(explain(Article("own", "قال محللون إن الأزمة ستطول.", PUBLISHED)))
    assert "not   قال: statement: nobody we know of speaks" in told


def test_confidence_is_a_share_of_judged_claims() -> None:
    assert (DATA / "confidence.tsv").exists()
    assert all(0 <= right <= judged for right, judged in counts().values())
    drafts = [
        d for t in traced(Article("own", STORY, PUBLISHED), split(STORY), Memory(lexicon(), None)) for d in t.drafts
    ]
    assert drafts
    assert all(0 <= confidence(draft) <= 1 for draft in drafts)


def test_unsure_claims_can_be_left_out() -> None:
    result = reading(STORY)
    least = max(event.confidence for event in result.events)
    left = sure(result, least)
    assert 0 < len(left.events) < len(result.events)
    assert all(event.confidence >= least for event in left.events)
    assert left.entities == result.entities


def test_the_command_leaves_unsure_claims_out(tmp_path: Path) -> None:
    (tmp_path / "own.txt").write_text(STORY, encoding="utf-8")
    told = {
        least: CliRunner().invoke(cli, ["read", str(tmp_path / "own.txt"), "--min-confidence", least]).stdout
        for least in ("0", "1")
    }
    assert json.loads(told["0"])["events"]
    assert json.loads(told["1"])["events"] == []


# ---- what holds on any text

PIECES = (
    *(
        "قال",
        "وأضاف",
        "الرئيس الروسي",
        "فلاديمير بوتين",
        "إن",
        "أن",
        "بلاده",
        "«",
        "»",
        '"',
        "،",
        ".",
        ":",
        "\n",
        "\n\n",
    ),
    *("وقعت", "اتفاقا", "مع", "مصر", "وقطر", "قصفت", "دمشق", "عقوبات", "على", "فرض", "الجانبان", "نظيره", "الوزارة"),
    *(
        "في 3 مايو 2020",
        "أمس",
        "شركة",
        "(",
        ")",
        "—",
        "\u202e",
        "\u200f",
        "\u064b",
        "\u0651",
        "\u0640",
        "لل",
        "و",
        "The US",
    ),
)
ARABIC = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)
ANYTHING = st.text(alphabet=st.characters(codec="utf-8"), max_size=300)
MIXED = st.lists(st.one_of(st.sampled_from(PIECES), ANYTHING), max_size=12).map(" ".join)


VOCABULARY = sorted(
    {word for line in lines("events.txt") for word in line.partition("->")[0].split()}
    | set(sorted({key for _, form, base in predicates() for key, _ in inflect(form, base)})[::9])
)
TELLING = st.lists(st.sampled_from([*VOCABULARY, *PIECES]), min_size=20, max_size=120).map(" ".join)
"""Words of which every rule makes something, in no order: what no grammar foresees."""


def holds(result: Reading) -> None:
    """The invariants of offsets and records."""
    text, known = result.article.text, {entity.id for entity in result.entities}
    assert all(text[s.start : s.end] == s.text for s in result.sentences)
    spans = [*result.mentions, *(span for event in result.events for span in event.evidence)]
    spans += [filler for event in result.events for filler in event.fillers]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    said = {(m.entity, text[m.start : m.end]) for m in result.mentions}
    assert all(form in text for entity in result.entities for form in entity.surface_forms)
    assert {entity for entity, _ in said} <= known
    for event in result.events:
        assert event.evidence
        assert set(event.roles) <= set(ROLES[event.type])
        assert {f.entity for f in event.fillers} == {one for ids in event.roles.values() for one in ids} <= known
        assert 0 <= event.confidence <= 1
        assert event.quote is None or event.quote in text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(st.one_of(ARABIC, ANYTHING, MIXED, TELLING))
def test_offsets_hold_on_any_text(text: str) -> None:
    result = reading(text)
    holds(result)
    written = dumps(result)
    assert dumps(reading(text)) == written


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(ARABIC.filter(str.strip))  # a text of nothing, or with what no XML can hold, is no article
def test_a_reading_loads_as_it_was_written(text: str) -> None:
    result = reading(text)
    again = load(dumps(result).encode(), {})
    assert again == result


def test_a_sentence_may_end_at_any_word() -> None:
    keys = {next(iter(inflect(form, base)))[0] for _, form, base in predicates()}
    every = sorted(keys | {word for listed in lexicon().classes.values() for word in listed})
    for start in range(0, len(every), 100):
        holds(reading("\n".join(f"قال بوتين {word}." for word in every[start : start + 100])))


def test_pieces_of_a_giant_sentence_lose_nothing() -> None:
    (sentence,) = split("قال بوتين إن روسيا ترحب بالقرار، " * 400)
    cut = list(pieces(sentence))
    assert "".join(piece.text for piece in cut) == sentence.text
    assert [piece.start for piece in cut[1:]] == [piece.end for piece in cut[:-1]]
    assert all(len(piece.text) <= LONGEST and piece.text.endswith(("،", "، ")) for piece in cut[:-1])


GIANTS = {
    "without a space": "ا",
    "one sentence": "وقال وزير الخارجية الروسي سيرغي لافروف إن بلاده تدين الهجوم على دمشق. ",
    "one sentence without an end": "وقال سيرغي لافروف إن بلاده تدين الهجوم على دمشق، ",
    "verbs": "قال أعلن وقع التقى قصف ",
    "events": "قصفت روسيا كييف. ووقعت مصر اتفاقا مع قطر. وفرضت واشنطن عقوبات على إيران. ",
}


def seconds(text: str) -> float:
    before = time.process_time()
    holds(reading(text))
    return time.process_time() - before


@pytest.mark.parametrize("unit", GIANTS.values(), ids=GIANTS)
def test_time_is_linear_in_length(unit: str) -> None:
    small, large = 12_000, 48_000
    seconds(unit * 20)  # what is remembered between readings is there already
    ratio = seconds(unit * (large // len(unit))) / max(seconds(unit * (small // len(unit))), 0.01)
    assert ratio < 9, f"four times the text took {ratio:.1f} times as long"


@pytest.mark.parametrize("unit", ["ا", "وقالتروسيا", "\u0651", '"', "\u202e"], ids=ascii)
def test_a_megabyte_without_a_space_is_read(unit: str) -> None:
    holds(reading(unit * (1_000_000 // len(unit))))


def test_a_sentence_without_end_is_read() -> None:
    """Every case in one breath: what stands in one clause may lean on what the words of another found."""
    text = " ".join(line.partition("->")[0].strip() for line in lines("events.txt")).replace(".", "،")
    assert reading(text * 3).events
