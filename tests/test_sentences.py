"""Sentence cuts and parts of a page, as the cases mark them, and that nothing of any text is lost."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.authority import rows
from kg.parts import parts
from kg.sentences import RULES, split, told, verdicts

ROOT = Path(__file__).parent
SEEDS = sorted((ROOT.parent / "seeds").glob("*.txt"))
CASES = [line for line in (ROOT / "cases/sentences.txt").read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
PAGES = [
    [tuple(line.split("\t")) for line in page.splitlines() if not line.startswith("#")]
    for page in (ROOT / "cases/parts.txt").read_text("utf-8").split("\n\n")
]
MARKS = '\u202b\u202c\u2067\u200f\ufeff\u064b\u0651\u0301\u0085\u2028\r\n\t .!؟?…،"“”«»()[]@#-—:/'
TEXTS = st.text(st.one_of(st.sampled_from(MARKS), st.sampled_from("ابوقدم19aA٣г"), st.characters()), max_size=120)


def check_invariants(text):
    sentences = split(text)
    covered = set()
    for sentence in sentences:
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        assert sentence.text
        covered.update(range(sentence.start, sentence.end))
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(sentences))
    assert all(at in covered for at, letter in enumerate(text) if not letter.isspace())
    return sentences


@pytest.mark.parametrize("case", CASES)
def test_cuts(case):
    expected = [piece.strip() for piece in case.split("|")]
    found = split(case.replace("|", ""))
    assert [sentence.text for sentence in found] == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[0][1])
def test_parts(page):
    assert [(part.part, text) for part, (_, text) in zip(parts([t for _, t in page]), page, strict=True)] == page


@pytest.mark.parametrize("row", list(rows("boilerplate")), ids=lambda row: row["pattern"][:30])
def test_every_boilerplate_row_knows_its_example(row):
    lines = ["عنوان طويل", "هذه فقرة كاملة من المقال.", row["example"]]
    assert parts(lines)[-1].part == "boilerplate"


@pytest.mark.parametrize("row", list(rows("datelines")), ids=lambda row: row["example"])
def test_every_dateline_row_knows_its_example(row):
    assert parts(["عنوان المقال", row["example"], "هذه فقرة كاملة من المقال."])[1].part == "dateline"


@pytest.mark.parametrize("row", list(rows("abbreviations")), ids=lambda row: row["form"])
def test_no_sentence_ends_in_an_abbreviation(row):
    assert len(split(f"x y {row['example']}")) == 1


@settings(max_examples=400, deadline=None, derandomize=True)
@given(TEXTS)
def test_nothing_is_lost_of_any_text(text):
    check_invariants(text)


@pytest.mark.parametrize("file", SEEDS, ids=lambda file: file.stem)
def test_seeds_are_covered(file):
    sentences = check_invariants(file.read_bytes().decode("utf-8"))
    assert sum(sentence.part == "body" for sentence in sentences) >= 9


def test_line_ends_of_other_systems_keep_the_text_as_it_is():
    text = "\ufeffعنوان\r\nجملة أولى. جملة ثانية.\r\n"
    sentences = check_invariants(text)
    assert [sentence.paragraph for sentence in sentences] == [0, 1, 1]


def test_an_unclosed_quote_ends_with_its_paragraph():
    text = 'قال "هذا كلام لم يغلق. وانتهى.\nثم قال "كلمة" وغادر. وعاد.'
    assert [len([s for s in split(text) if s.paragraph == at]) for at in (0, 1)] == [2, 2]


def test_a_long_quote_is_cut_inside():
    long = "كلمة " * 80
    assert len(split(f'قال: "{long}. {long}".')) == 2


def test_a_tweet_is_body_in_its_language():
    page = (
        "عنوان\nنص المقال هنا.\nGracias por todo el apoyo. pic.twitter.com/abc\n— Nombre (@nombre) May 5, 2022\nنص آخر."
    )
    tweet = [(s.part, s.language) for s in split(page) if "2022" in s.text or "Gracias" in s.text]
    assert tweet == [("body", "es"), ("body", "en")]


def test_explaining_runs_the_same_rules():
    text = "قال د. أحمد إنه باق. وغادر."
    told = list(verdicts(text))
    names = {rule.__name__ for rule in RULES}
    assert [(v.rule, v.ends) for v in told] == [("initial", False), ("full_stop", True), ("paragraph_end", True)]
    assert all(verdict.rule in names and verdict.reason for verdict in told)


def test_paragraphs_tell_their_part_and_why():
    text = "عنوان قصير\n\nوصل الوزير أمس. وغادر.\n©\n"
    assert [(text[span.start : span.end], part.part, part.rule) for span, part in told(text)] == [
        ("عنوان قصير", "heading", "title"),
        ("وصل الوزير أمس. وغادر.", "body", "body"),
        ("©", "boilerplate", "no_words"),
    ]
    assert {part.part for _, part in told(text)} == {sentence.part for sentence in split(text)}


@pytest.mark.parametrize("unit", ["ب", ".", '"', "(", "«", "\u064b", "()", "كلمة ", "http://a"])
def test_a_megabyte_takes_about_a_second(unit):
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    assert split(text)
    assert time.process_time() - start < 5


def test_many_stops_take_linear_time():
    def seconds(count):
        start = time.process_time()
        split("بب.«" * count)
        return time.process_time() - start

    seconds(1000)
    assert seconds(40_000) < 40 * max(seconds(4_000), 0.01)
