"""Files to articles: plain text, JSON lines and their metadata; a bad item becomes an error and the rest goes on."""

import codecs
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

from kg.errors import ArticleError
from kg.metadata import TABLE_NAME, Row, article_from, metadata_of
from kg.model import Article

MAX_BYTES = 2_000_000
"""The largest text of one article, in bytes of UTF-8: several hundred times a news article."""

_MAX_LINE = 4 * MAX_BYTES  # a JSON line may spell each letter as \\uXXXX
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

Result = Article | ArticleError


def read_articles(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Result]:
    """Every article of the files and directories, in the order of their paths; an ArticleError for each bad item.

    Readings (`.json`) are passed over: kg.readings loads them.
    """
    seen: dict[str, str] = {}
    for found in find(paths):
        if isinstance(found, ArticleError):
            yield found
            continue
        for place, result in _read_file(found):
            yield _unless_duplicate(result, seen, place)


def find(paths: Iterable[str | os.PathLike[str]]) -> list[Path | ArticleError]:
    """The files that the paths stand for, each once and sorted, after an error for each path that is none."""
    files: dict[Path, Path] = {}
    errors: list[Path | ArticleError] = []
    for path in map(Path, paths):
        for found in _files_under(path):
            if isinstance(found, ArticleError):
                errors.append(found)
            else:
                files.setdefault(found.resolve(), found)
    return [*sorted(errors, key=str), *sorted(files.values(), key=lambda file: (file.stem, str(file)))]


def _files_under(path: Path) -> Iterator[Path | ArticleError]:
    if path.is_dir():
        yield from _listing(path)
    elif path.is_file():
        yield path
    elif path.exists():
        yield ArticleError(f"{path}: is no regular file; name a text file, a .jsonl file or a directory")
    else:
        yield ArticleError(f"{path}: no such file or directory; check the name")


def _listing(directory: Path) -> Iterator[Path | ArticleError]:
    """Files of a directory and those below it, hidden ones and notes (.md) left out."""
    for folder, subfolders, names in os.walk(directory):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        here = Path(folder)
        yield from _metadata_errors(here, names)
        for name in sorted(names):
            if not name.startswith(".") and name != TABLE_NAME and not name.endswith(".md"):
                yield _known_kind(here / name)


def _metadata_errors(folder: Path, names: list[str]) -> Iterator[ArticleError]:
    """What is wrong with the folder's metadata as a whole: unreadable, or rows for files that are not there."""
    if TABLE_NAME not in names:
        return
    try:
        rows = metadata_of(folder)
    except ArticleError as error:
        yield error
        return
    for name in sorted(rows.keys() - set(names)):
        yield ArticleError(f"{folder / TABLE_NAME}: names {name}, which is not there; remove the row or add the file")


def _known_kind(file: Path) -> Path | ArticleError:
    if file.suffix.lower() not in {".txt", ".jsonl", ".json"}:
        return ArticleError(f"{file}: neither .txt, .jsonl nor .json; rename it if it is an article, else move it away")
    if not file.is_file():
        return ArticleError(f"{file}: is no regular file; remove it from the directory")
    return file


def _unless_duplicate(result: Result, seen: dict[str, str], place: str) -> Result:
    if isinstance(result, ArticleError):
        return result
    if result.id in seen:
        return ArticleError(f"{place}: its id {result.id!r} is also that of {seen[result.id]}; give one another id")
    seen[result.id] = place
    return result


def _read_file(file: Path) -> Iterator[tuple[str, Result]]:
    """Every item of a file with its place."""
    suffix = file.suffix.lower()
    if suffix == ".jsonl":
        yield from _read_lines(file)
    elif suffix != ".json":
        yield str(file), _caught(partial(_read_text, file))


def _caught(read: Callable[[], Article]) -> Result:
    try:
        return read()
    except ArticleError as error:
        return error


def _read_text(file: Path) -> Article:
    """The article of one text file; its text is the file's bytes decoded and nothing else done to them."""
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise ArticleError(f"{file}: cannot be read ({error.strerror}); check its permissions") from error
    text = checked_text(_decoded(data, str(file)), str(file))
    return article_from({"id": file.stem, **_metadata_row(file), "text": text}, str(file))


def _metadata_row(file: Path) -> Row:
    """What the folder's metadata says of the file, an unreadable table being reported with its folder."""
    try:
        return metadata_of(file.parent).get(file.name, {})
    except ArticleError:
        return {}


def _decoded(data: bytes, place: str) -> str:
    if len(data) > MAX_BYTES:
        raise ArticleError(f"{place}: more than {MAX_BYTES:,} bytes in one article; split it into its articles")
    if data.startswith(_UTF16_MARKS):
        raise ArticleError(f"{place}: is UTF-16; convert it: iconv -f UTF-16 -t UTF-8")
    if b"\0" in data:
        raise ArticleError(f"{place}: is binary (a NUL at byte {data.index(0)}); give its text as UTF-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"byte {error.start} is 0x{data[error.start]:02X}"
        mend = "convert it: iconv -f LATIN1 -t UTF-8 (Arabic: WINDOWS-1256)"
        raise ArticleError(f"{place}: is not UTF-8 ({byte}); {mend}") from error


def checked_text(text: str, place: str) -> str:
    """The text itself, or an ArticleError where it is blank, too large or holds what no RDF file can."""
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise ArticleError(f"{place}: more than {MAX_BYTES:,} bytes in one article; split it into its articles")
    if not text.replace("\ufeff", "").strip():
        raise ArticleError(f"{place}: is empty; give it a text or remove it")
    if bad := _NOT_IN_XML.search(text):
        raise ArticleError(f"{place}: character {bad.start()} is U+{ord(bad[0]):04X}, which no XML can hold; remove it")
    return text


def _read_lines(file: Path) -> Iterator[tuple[str, Result]]:
    """The articles of a JSON Lines file, one object a line."""
    try:
        with file.open("rb") as stream:
            yield from _articles_of_lines(stream, file)
    except OSError as error:
        yield str(file), ArticleError(f"{file}: cannot be read ({error.strerror}); check its permissions")


def _articles_of_lines(stream: BinaryIO, file: Path) -> Iterator[tuple[str, Result]]:
    count = 0
    for number, line in enumerate(_bounded_lines(stream), start=1):
        if line.removeprefix(codecs.BOM_UTF8 if number == 1 else b"").strip():
            count += 1
            place = f"{file}, line {number}"
            yield place, _caught(partial(_article_of_line, line, number, place))
    if not count:
        yield str(file), ArticleError(f"{file}: is empty; give it one JSON object a line or remove it")


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines, of which one too long comes cut to _MAX_LINE + 1 bytes."""
    while line := stream.readline(_MAX_LINE + 1):
        rest = line
        while len(line) > _MAX_LINE and rest and not rest.endswith(b"\n"):
            rest = stream.readline(_MAX_LINE)
        yield line


def _article_of_line(line: bytes, number: int, place: str) -> Article:
    if len(line) > _MAX_LINE:
        raise ArticleError(f"{place}: longer than {_MAX_LINE:,} bytes; put one article on a line")
    try:
        record = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise ArticleError(f"{place}: is not UTF-8 (byte {error.start} of the line); save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"{place}: is no JSON ({error}); write one object a line") from error
    if not isinstance(record, dict):
        raise ArticleError(f"{place}: is no JSON object; write id, text and what else is known as one object")
    article = article_from(record, place)
    checked_text(article.text, place)
    return article
