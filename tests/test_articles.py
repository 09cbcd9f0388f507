"""Files to articles: text stays as stored, metadata is found, and a bad file is named while the rest goes on."""

import json
import os

import pytest

from kg.articles import MAX_BYTES, find, read_articles
from kg.errors import ArticleError
from kg.model import Article

GOOD = "وصل الوزير إلى العاصمة.\r\nوغادر.\n"


def read(*paths):
    return list(read_articles(paths))


def only_error(*paths):
    (error,) = read(*paths)
    assert isinstance(error, ArticleError)
    return str(error)


def write(folder, name, content):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def test_text_stays_as_stored(tmp_path):
    (article,) = read(write(tmp_path, "a.txt", "\ufeff" + GOOD))
    assert article == Article("a", "\ufeff" + GOOD)


def test_seeds_have_their_metadata(request):
    folder = request.config.rootpath / "seeds"
    articles = {article.id[:3]: article for article in read(folder)}
    assert {key: article.published for key, article in articles.items()} == {
        "000": "2019-09-26",
        "001": "2025-12-11",
        "002": "2024-11-08",
        "003": "2019-03-25",
        "004": None,
    }
    assert all(article.published_how and article.language == "ar" for article in articles.values())
    assert all((folder / f"{a.id}.txt").read_bytes() == a.text.encode() for a in articles.values())


def test_bad_files_are_named_and_the_good_ones_read(tmp_path):
    write(tmp_path, "good.txt", GOOD)
    write(tmp_path, "sub/good2.txt", GOOD)
    write(tmp_path, "empty.txt", "")
    write(tmp_path, "latin.txt", "café au lait".encode("latin-1"))
    write(tmp_path, "large.txt", "ب" * 2_500_000)
    write(tmp_path, "binary.bin", b"\x7fELF\0\0")
    write(tmp_path, ".hidden", b"\0")
    write(tmp_path, "README.md", "notes")
    results = read(tmp_path)
    assert [result.id for result in results if isinstance(result, Article)] == ["good", "good2"]
    errors = {str(error).removeprefix(f"{tmp_path}/") for error in results if isinstance(error, ArticleError)}
    assert errors == {
        "empty.txt: is empty; give it a text or remove it",
        "latin.txt: is not UTF-8 (byte 3 is 0xE9); convert it: iconv -f LATIN1 -t UTF-8 (Arabic: WINDOWS-1256)",
        "large.txt: more than 2,000,000 bytes in one article; split it into its articles",
        "binary.bin: neither .txt, .jsonl nor .json; rename it if it is an article, else move it away",
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        ("\ufeff \r\n\u00a0", "is empty"),
        (b"ab\0cd", "is binary (a NUL at byte 2)"),
        ("نص".encode("utf-16"), "is UTF-16"),
        ("نص".encode("windows-1256"), "is not UTF-8 (byte 0 is"),
        ("نص\x08", "character 2 is U+0008, which no XML can hold"),
        ("نص\uffff", "character 2 is U+FFFF"),
        ("x" * (MAX_BYTES + 1), "more than 2,000,000 bytes"),
    ],
)
def test_every_bad_text_says_why(tmp_path, content, reason):
    assert f"a.txt: {reason}" in only_error(write(tmp_path, "a.txt", content))


def test_a_text_of_the_limit_is_read(tmp_path):
    (article,) = read(write(tmp_path, "a.txt", "x" * MAX_BYTES))
    assert len(article.text) == MAX_BYTES


def test_paths_that_are_no_files(tmp_path):
    assert "no such file" in only_error(tmp_path / "absent")
    os.mkfifo(tmp_path / "pipe.txt")
    assert "is no regular file" in only_error(tmp_path / "pipe.txt")
    assert "is no regular file" in only_error(tmp_path)
    assert read() == []


def test_an_unreadable_file_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("the superuser may read every file")
    write(tmp_path, "a.txt", GOOD).chmod(0)
    assert "cannot be read" in only_error(tmp_path)


def test_order_does_not_depend_on_the_order_of_the_paths(tmp_path):
    one, two = write(tmp_path, "b/1.txt", GOOD), write(tmp_path, "a/2.txt", GOOD)
    assert find([one, two]) == find([two, one, tmp_path, tmp_path]) == [one, two]
    assert [article.id for article in read(two, one)] == ["1", "2"]


def test_the_same_id_twice_is_an_error(tmp_path):
    write(tmp_path, "a/1.txt", GOOD)
    write(tmp_path, "b/1.txt", GOOD)
    first, error = read(tmp_path)
    assert first.id == "1"
    assert str(error) == f"{tmp_path}/b/1.txt: its id '1' is also that of {tmp_path}/a/1.txt; give one another id"


def test_readings_are_left_to_others(tmp_path):
    write(tmp_path, "a.json", "{}")
    assert read(tmp_path) == []


def test_ids_that_could_not_be_file_names(tmp_path):
    assert "holds a control character" in only_error(write(tmp_path, "a\nb.txt", GOOD))
    os.rename(tmp_path / "a\nb.txt", os.fsencode(tmp_path) + b"/\xe9.txt")
    assert "holds a control character" in only_error(tmp_path)


def test_json_lines(tmp_path):
    full = {"id": "1", "text": "نص", "published": "2024-11-07", "language": "ar", "title": "عنوان", "other": [1]}
    lines = [json.dumps(full), "", json.dumps({"id": "2", "text": "\ufeffنص\r\n", "published": None})]
    articles = read(write(tmp_path, "a.jsonl", "\ufeff" + "\r\n".join(lines)))
    assert articles == [
        Article("1", "نص", published="2024-11-07", language="ar", title="عنوان"),
        Article("2", "\ufeffنص\r\n"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{bad", "is no JSON (Expecting property name"),
        ("[1]", "is no JSON object"),
        ("[" * 100_000, "is no JSON (maximum recursion depth"),
        ('{"text": "x"}', "has no id"),
        ('{"id": "a", "text": " "}', "has no text"),
        ('{"id": 7, "text": "x"}', "id is 7; write it as a string"),
        ('{"id": "../a", "text": "x"}', "cannot name a file"),
        ('{"id": "a\\u0007", "text": "x"}', "holds a control character"),
        ('{"id": "' + "ب" * 130 + '", "text": "x"}', "longer than 240 bytes"),
        ('{"id": "a", "text": "\\ud800"}', "U+D800"),
        ('{"id": "a", "text": "x", "published": "2024-02-30"}', "published '2024-02-30' is no date"),
        ('{"id": "a", "text": "x", "published": "20240203"}', "write it like 2024-11-07"),
        ('{"id": "a", "text": "x", "language": "Arabic!"}', "is no language tag"),
        ('{"id": "a", "text": "x", "source": "javascript:1"}', "is no http address"),
        ('{"id": "a", "text": "x", "source": "http://[a"}', "is no http address"),
        (b"\xff", "is not UTF-8 (byte 0 of the line)"),
        ('"' + "x" * 9_000_000, "longer than 8,000,000 bytes"),
    ],
)
def test_every_bad_line_says_why_and_the_rest_goes_on(tmp_path, line, reason):
    line = line if isinstance(line, bytes) else line.encode()
    good = b'{"id": "good", "text": "x"}\n'
    before, error, after = read(write(tmp_path, "a.jsonl", good + line + b"\n" + good.replace(b"good", b"too")))
    assert (before.id, after.id) == ("good", "too")
    assert str(error).startswith(f"{tmp_path}/a.jsonl, line 2: ")
    assert reason in str(error)


def test_an_empty_file_of_json_lines(tmp_path):
    assert "is empty" in only_error(write(tmp_path, "a.jsonl", "\n\n"))


def test_metadata_is_joined_by_file_name(tmp_path):
    write(tmp_path, "metadata.csv", '\ufefffile,id,published,title,mood\na.txt,other,2024-11-07,"عنوان، ""مقتبس""",x\n')
    file = write(tmp_path, "a.txt", GOOD)
    expected = Article("other", GOOD, published="2024-11-07", title='عنوان، "مقتبس"')
    assert read(tmp_path) == read(file) == [expected]


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("name\na.txt\n", "metadata.csv: its first line has no column `file`"),
        ("", "metadata.csv: its first line has no column `file`"),
        ("file,id\na.txt\n", "metadata.csv, line 2: more or fewer cells"),
        ("file,id\na.txt,a,b\n", "metadata.csv, line 2: more or fewer cells"),
        ("file,id\na.txt,1\na.txt,2\n", "metadata.csv, line 3: a second row for a.txt"),
        ("file,id\n,1\n", "metadata.csv, line 2: no file name"),
        ('file,id\na.txt,"1\n', "metadata.csv, after line 1: is no CSV"),
        ("file,id\na.txt,é".encode("latin-1"), "metadata.csv: is not UTF-8"),
        ("file,id\nb.txt,1\n", "metadata.csv: names b.txt, which is not there"),
    ],
)
def test_a_bad_table_is_named_and_the_articles_are_read(tmp_path, table, reason):
    write(tmp_path, "metadata.csv", table)
    write(tmp_path, "a.txt", GOOD)
    error, article = read(tmp_path)
    assert reason in str(error)
    assert article == Article("a", GOOD)


def test_a_bad_date_in_the_table_stops_its_article_alone(tmp_path):
    write(tmp_path, "metadata.csv", "file,published\na.txt,yesterday\nb.txt,2024-11-07\n")
    write(tmp_path, "a.txt", GOOD)
    write(tmp_path, "b.txt", GOOD)
    error, article = read(tmp_path)
    assert "a.txt: published 'yesterday' is no date" in str(error)
    assert article.published == "2024-11-07"
