"""Dates of the cases in dates.tsv, anchors, publication dates, and that no text breaks the reader of dates."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.daterules import RULES
from kg.reading.dates import as_future, find_dates, resolve_anchor
from kg.reading.datewords import CODES, DATING, time_words
from kg.reading.published import infer_published

CASES = [line.split("\t") for line in (Path(__file__).parent / "dates.tsv").read_text("utf-8").splitlines()[1:] if line]
BRACKETS = re.compile(r"\[(.*?)\]")
LOOKAROUND = re.compile(r"\(\?<?[=!][^)]*\)")
EDTF = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
WORDS = (
    "في من إلى بين عام العام 2019 ٢٠٢٠ 7 16 و مايو ومايو أيار آذار/مارس الخميس أمس اليوم الماضي المقبل بعد قبل "
    "ثلاثة أيام يومين منذ عشية نفسه الشهر ( ) / - – ، . : « » \n \u200f ً الأول كانون الثاني مساء ليل الجمعةجلسة"
)
PIECES = st.sampled_from(re.split(" ", WORDS))


def values(mention):
    return (mention.value or "-") + (f"/{mention.value_end}" if mention.value_end else "")


@pytest.mark.parametrize(("published", "marked", "kind", "value", "reason"), CASES, ids=lambda cell: cell[:40])
def test_case(published, marked, kind, value, reason):
    found = find_dates(BRACKETS.sub(r"\1", marked), None if published == "-" else published)
    assert [m.text for m in found] == BRACKETS.findall(marked)
    assert ("+".join(m.kind for m in found) or "none") == kind
    assert ("+".join(values(m) for m in found) or "-") == value
    assert (" + ".join(m.reason for m in found) or "-") == reason


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(data=st.data())
def test_the_quick_look_misses_no_date_of_a_rule(rule, data):
    context = "h" if rule.name == "clock" else ""  # its lookbehind
    codes = data.draw(st.from_regex(LOOKAROUND.sub("", rule.pattern.pattern), fullmatch=True))
    if rule.pattern.match(context + codes, len(context)):
        assert DATING.search(context + codes)


def test_the_cases_are_many():
    assert len(CASES) >= 120


@pytest.mark.parametrize(
    ("text", "anchor", "value"),
    [
        ("وكان تعهد عشية ذلك بأن يرد", "2020-02-05", "2020-02-04"),
        ("وقبلها بيومين استقبله", "2020-02-07", "2020-02-05"),
        ("كما اجتمع قبل ذلك باسبوع بنظيره", "2019-05-14", "2019-05-07"),
        ("وردت بالمثل بعد ثلاثة أيام", "2018-03-14", "2018-03-17"),
        ("وردت بالمثل بعد ثلاثة أيام", "2018-03", None),
        ("ثم جمدت في أوت من العام نفسه أصولها", "2019-01", "2019-08"),
        ("وطردت في ١٤ من الشهر نفسه الدبلوماسيين", "2018-03-04", "2018-03-14"),
        ("وطردت في ٣١ من الشهر نفسه الدبلوماسيين", "2018-04-04", None),
        ("وطردت في ١٤ من الشهر نفسه الدبلوماسيين", "2018", None),
        ("وفي اليوم نفسه التقى نظيره", "2018-03-04", "2018-03-04"),
        ("وفي اليوم التالي التقى نظيره", "2018-12-31", "2019-01-01"),
        ("وفي العام التالي التقى نظيره", "2018-12-31", "2019"),
        ("وفي الشهر التالي التقى نظيره", "2018-12", "2019-01"),
        ("وجاءت العقوبات بعد يوم من إعلان الجيش", "2023-06-01", "2023-05-31"),
        ("وجاء كلامه بعد أيام على وصول الطائرتين", "2019-03-27", "2019-03"),
        ("وجاء كلامه بعد أيام على وصول الطائرتين", "2019-03-07", None),
        ("وتأتي المهمة بعد أقل من أسبوع على زيارته", "2018-12-30", "2018-12"),
        ("وقعتا في عام 1996 معاهدة", "2018-12-30", None),
    ],
)
def test_anchor(text, anchor, value):
    assert resolve_anchor(find_dates(text, None)[-1], anchor) == value


def test_words_after_a_distance_are_what_it_dates():
    following = find_dates("بعد يوم من إعلان الجيش", None)[0]
    assert following.anchor
    assert following.anchor.following
    assert following.offset == -1


def test_as_future():
    text = "قال إن القمة تلتئم في 28 مارس بالدوحة"
    found = find_dates(text, "2024-11-20")[0]
    assert (found.value, as_future(found, "2024-11-20").value) == ("2024-03-28", "2025-03-28")
    assert as_future(found, "2024-11-20").start == found.start


@pytest.mark.parametrize(
    ("text", "value", "reason"),
    [
        ("باريس 12 مايو 2021 (وكالات) - استقبل الرئيس ضيفه أمس.", "2021-05-12", "dateline with its year"),
        ("أعلن الوزير أمس الثلاثاء 18 فيفري فرض الحظر الذي بدأ عام 2019.", "2020-02-19", "fit one of the years"),
        ("أعلن الوزير أمس الثلاثاء 18 فيفري فرض الحظر.", None, "names none"),
        ("أعلن الوزير أمس الثلاثاء 18 فيفري فرض الحظر الذي بدأ عام 2010.", None, "fit 0 of the years"),
        ("باريس 12 مايو (وكالات) - استقبل الرئيس ضيفه عام 2020.", None, "no weekday"),
        ("وقع الانفجار الأحد 16 جويلية عام 2023.", None, "no day named as today"),
        ("استقبله اليوم الخميس 7 نوفمبر 2024.", "2024-11-07", "with its year"),
        ("بكين 14 سبتمبر (وكالات) - اجتمعا أمس الجمعة، كما فعلا عام 2022.", None, "fit 0"),
        ("باريس 12 مايو 2021 (وكالات) - استقبله اليوم الجمعة.", None, "disagree"),
        ("", None, "no dateline"),
    ],
)
def test_infer_published(text, value, reason):
    inferred, why = infer_published(text)
    assert inferred == value
    assert reason in why


def test_every_class_of_the_word_list_has_a_letter():
    letters = list(CODES.values())
    assert len(letters) == len(set(letters))
    assert {code for code, _ in time_words().single.values()} <= set(letters)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
    ),
    st.sampled_from([None, "2024-02-29", "2019-12-31", "0001-01-01", "9999-12-31", "2020", "no date"]),
    st.booleans(),
)
def test_any_text(text, published, future):
    found = find_dates(text, published, future)
    assert found == find_dates(text, published, future)
    last = 0
    for mention in found:
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert all(EDTF.fullmatch(value) for value in (mention.value, mention.value_end) if value)
        assert mention.reason
        assert mention.rule
        resolve_anchor(mention, published or "")
        last = mention.end
    infer_published(text)


@pytest.mark.parametrize("piece", ["16 و", "1/", "14 سبتمبر ", "بيروت ", "(2000-", "1", "«", "ة", "تشرين "])
def test_long_input_stays_linear(piece):
    find_dates(piece * 20000, "2024-01-01")
