"""The language of a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.languages import NAMED, language

CASES = [
    ("ar", "وصل الوزير إلى العاصمة"),
    ("ar", "افتتحت شركة گوگل مكتبا جديدا في المدينة"),
    ("ar", "اشترت شركة Apple مبنى في المدينة"),
    ("es", "El ministro llegó a la capital"),
    ("es", "¡Un abrazo para el pueblo!"),
    ("en", "The minister arrived in the capital"),
    ("en", "— Some Name (@some_name) September 25, 2019"),
    ("fr", "Le ministre est arrivé dans la capitale"),
    ("ru", "Министр прибыл в столицу"),
    ("und", "وزیر امور خارجه به پایتخت رسید"),
    ("und", "وزیر خارجہ دارالحکومت پہنچ گئے"),
    ("und", "Міністр приїхав до столиці, повідомляє її канцелярія"),
    ("und", "השר הגיע לבירה"),
    ("und", "部长抵达首都"),
    ("und", "Der Minister ist in der Hauptstadt angekommen und spricht mit dem König"),
    ("und", "O ministro não chegou com os outros à capital"),
    ("und", "12.5 %"),
    ("und", "https://example.org/the-of-and @the"),
    ("und", ""),
]


@pytest.mark.parametrize(("expected", "text"), CASES)
def test_language(expected, text):
    assert language(text) == expected


@settings(deadline=None, derandomize=True)
@given(st.text())
def test_any_text_has_a_verdict(text):
    assert language(text) in (*NAMED, "und")
    assert language(text) == language(text)
