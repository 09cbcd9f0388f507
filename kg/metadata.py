"""What is known of an article beside its text: checked fields, and the metadata.csv of a directory."""

import csv
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import lru_cache
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import ArticleError
from kg.model import Article

TABLE_NAME = "metadata.csv"

Row = Mapping[str, str]

_FIELDS = tuple(field.name for field in fields(Article))
_MAX_ID_BYTES = 240  # with `.json` after it, the id is a file name
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_FULL_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LANGUAGE = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NOT_IN_URL = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f-\x9f]')


def article_from(record: Mapping[str, object], place: str) -> Article:
    """The Article of checked fields, blank ones left out and unknown ones passed over; ArticleError names the field."""
    known: dict[str, str] = {}
    for name in _FIELDS:
        value = record.get(name)
        if value is not None and not isinstance(value, str):
            raise ArticleError(f"{place}: {name} is {value!r}; write it as a string")
        if value and value.strip():
            known[name] = value if name in {"id", "text"} else value.strip()
    for name in ("id", "text"):
        if name not in known:
            raise ArticleError(f"{place}: has no {name}; give it one")
    _check(known, place)
    return Article(**known)


def _check(known: Mapping[str, str], place: str) -> None:
    """Raise the ArticleError of the first field that cannot be used."""
    check_id(known["id"], place)
    if "published" in known:
        check_date(known["published"], place)
    if "language" in known and not _LANGUAGE.fullmatch(known["language"]):
        raise ArticleError(f"{place}: language {known['language']!r} is no language tag; write it like ar or en-GB")
    if "source" in known and not _is_url(known["source"]):
        raise ArticleError(f"{place}: source {known['source']!r} is no http address; percent-encode it or leave it out")
    for name, value in known.items():
        if name != "text" and _CONTROL.search(value):
            raise ArticleError(f"{place}: {name} {value!r} holds a control character; remove it")


def check_id(identifier: str, place: str) -> None:
    """Raise an ArticleError where the id could not be a file name and part of an IRI."""
    if _CONTROL.search(identifier):
        raise ArticleError(f"{place}: the id {identifier!r} holds a control character; rename the article")
    if re.search(r"[/\\]", identifier) or identifier in {".", ".."} or identifier != identifier.strip():
        raise ArticleError(f"{place}: the id {identifier!r} cannot name a file; leave out slashes and outer spaces")
    if len(identifier.encode()) > _MAX_ID_BYTES:
        raise ArticleError(f"{place}: the id is longer than {_MAX_ID_BYTES} bytes; shorten it")


def check_date(value: str, place: str) -> None:
    """Raise an ArticleError unless the value is a day of the calendar, written 2024-11-07."""
    try:
        date.fromisoformat(value if _FULL_DATE.fullmatch(value) else "")
    except ValueError:
        raise ArticleError(f"{place}: published {value!r} is no date; write it like 2024-11-07") from None


def _is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not _NOT_IN_URL.search(value)


def metadata_of(folder: Path) -> Mapping[str, Row]:
    """File name -> its row in the folder's metadata.csv; nothing where there is none, ArticleError where it is bad."""
    file = folder / TABLE_NAME
    try:
        state = file.stat()
    except OSError:
        return {}
    return _rows(file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _rows(file: Path, _changed: int, _size: int) -> Mapping[str, Row]:
    """The rows of a metadata.csv, read once as long as the file stays the same."""
    reader = csv.DictReader(StringIO(_text(file), newline=""), strict=True)
    rows: dict[str, Row] = {}
    try:
        if "file" not in (reader.fieldnames or ()):
            raise ArticleError(f"{file}: its first line has no column `file`; add the names of the columns")
        for row in reader:
            _add_row(rows, row, f"{file}, line {reader.line_num}")
    except csv.Error as error:
        raise ArticleError(f"{file}, after line {reader.line_num}: is no CSV ({error}); mend its quotes") from error
    return rows


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise ArticleError(f"{file}: cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise ArticleError(f"{file}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _add_row(rows: dict[str, Row], row: dict[str | None, object], place: str) -> None:
    if None in row or None in row.values():
        raise ArticleError(f"{place}: more or fewer cells than the first line; quote cells that hold a comma")
    cells = {str(name): str(value) for name, value in row.items() if value}
    name = cells.get("file", "")
    if not name or name in rows:
        raise ArticleError(f"{place}: {f'a second row for {name}' if name else 'no file name'}; mend the row")
    rows[name] = cells
