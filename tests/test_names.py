"""The corpus of names, the training on it, and the tagger that comes out."""

from pathlib import Path

import pytest

from kg.errors import TableError
from kg.reading.name_corpus import CORPUS, corpus, parse, read
from kg.reading.name_features import features, quote_lengths
from kg.reading.names import TYPES, characters, spans, tagger
from kg.reading.train import STAMP, attach, pretended_flags, stamp, train
from kg.reading.words import skip, words


def named(text: str, flags: list[tuple[str, ...]] | None = None) -> list[str]:
    """`TYPE name` of each name that the shipped model finds."""
    model = tagger()
    assert model is not None
    found = words(text)
    spans_of = [(name.label, *characters(found, name)) for name in model.found(found, flags or ()).names]
    return [f"{label} {text[start:end]}" for label, start, end in spans_of]


def test_corpus_is_well_formed_and_large() -> None:
    sentences = corpus()
    kinds = [kind for sentence in sentences for _, _, kind, _ in spans(sentence.labels)]
    assert set(kinds) == set(TYPES)
    assert sum(len(sentence.words) for sentence in sentences) > 20_000
    assert len(kinds) > 2_500


def test_corpus_repeats_no_sentence() -> None:
    lines = [line for path in CORPUS.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines()]
    long = [line for line in lines if len(line.split()) > 6]
    assert len(long) == len(set(long))


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("قال [PER إيفان بتروف]", ["O", "B-PER", "I-PER"]),
        ("و[LOC موسكو]", ["B1-LOC"]),
        ("وب[LOC موسكو]", ["B2-LOC"]),
        ("ل[ORG لأمم المتحدة] دور", ["B1-ORG", "I-ORG", "O"]),
        ("وكالة «[ORG تاس]»", ["O", "O", "B-ORG", "O"]),
        ("[LOC باريس]/[LOC لندن]", ["B-LOC", "O", "B-LOC"]),
    ],
)
def test_brackets_become_labels(line: str, labels: list[str]) -> None:
    assert list(parse(line).labels) == labels


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("قال [PER إيفان", "bracket"),
        ("قال إيفان]", "bracket"),
        ("قال [MAN إيفان]", "unknown label MAN"),
        ("في [LOC موسكو]نا", "ends inside"),
        ("وال[PER بوتين]", "no clitic"),
    ],
)
def test_a_mistake_in_the_corpus_names_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(f"# a comment\n{line}\n", encoding="utf-8")
    with pytest.raises(TableError, match=rf"wrong\.txt:2: .*{message}"):
        list(read(path))


def test_training_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    some = corpus()[:40]
    for name in ("a", "b"):
        train(some, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a.features").read_bytes() == (tmp_path / "b.features").read_bytes()


def test_the_shipped_model_is_made_from_this_corpus() -> None:
    assert STAMP.read_text(encoding="utf-8") == stamp(corpus()), "run `python -m kg.reading.train`"


def test_the_model_is_shown_every_feature_that_it_has_a_weight_for_by_its_number() -> None:
    shipped = tagger()
    assert shipped is not None
    assert sorted(shipped.numbers.of.values()) == sorted(one.encode() for one in shipped.model.info().attributes)
    for sentence in corpus()[:40]:
        flags = pretended_flags(sentence.keys, sentence.labels)
        named, numbered = features(sentence.keys, flags), features(sentence.keys, flags, shipped.numbers)
        assert sum(map(len, numbered)) < sum(map(len, named))
        for names, numbers in zip(named, numbered, strict=True):
            assert [shipped.numbers.of[one] for one in names if one in shipped.numbers.of] == numbers


def test_finds_names_that_no_table_and_no_corpus_holds() -> None:
    assert named("وقال وزير الدفاع الروماني يونوتس ستراتولات إن بلاده ستشارك في المناورات.") == ["PER يونوتس ستراتولات"]


def test_leaves_clitics_and_titles_outside() -> None:
    assert "LOC موسكو" in named("وصل الوفد إلى المطار قرب موسكو ثم عاد.")
    found = named("واتصل الرئيس بنيكولاس مادورو هاتفيا، حسبما ذكرت وكالة رويترز.")
    assert found == ["PER نيكولاس مادورو", "ORG رويترز"]


def test_flags_tell_the_clitics() -> None:
    text = "وقدم الرئيس الشكر لبوتين على دعمه"
    known: list[tuple[str, ...]] = [(), (), (), ("B-PER", "c1"), (), ()]
    assert named(text, known) == ["PER بوتين"]


def test_ordinary_prose_has_no_names() -> None:
    assert named("واستعرض الجانبان خلال اللقاء سبل تعزيز التعاون في مجالات الزراعة والتعليم.") == []


def test_flags_of_a_lexicon_are_heeded() -> None:
    text = "وفي برغستان عقد الاجتماع."
    assert "LOC برغستان" in named(text, [(), ("B-LOC",), (), (), ()])


def test_no_words_no_names() -> None:
    assert named("") == []


def test_a_missing_model_is_no_error(tmp_path: Path) -> None:
    assert tagger(tmp_path / "none.crfsuite") is None


def test_letters_are_counted_past_their_marks() -> None:
    assert skip("وَبوتين", 1) == 2
    assert skip("بوتين", 0) == 0


def test_a_clitic_before_the_article_assimilates() -> None:
    assert attach("ل", "الرياض") == "للرياض"
    assert attach("و", "الرياض") == "والرياض"


def test_only_short_quotations_may_be_names() -> None:
    assert quote_lengths(['"', "a", '"', "b"]) == [0, 1, 0, 0]
    assert not any(quote_lengths(['"', *["a"] * 9, '"']))


def test_features_see_title_and_clitics() -> None:
    seen = features([word.key for word in words("الرئيس الروسي وبوتين")])
    assert b"title=far" in seen[2]
    assert "any=بوتين".encode() in seen[2]
