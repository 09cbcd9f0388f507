"""JSON values read one by one, each with the place it stands at, so that an error can name it."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from kg.errors import ReadingError
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A JSON object and where it stands, such as `a.json: events/3`."""

    values: Mapping[str, object]
    place: str

    def fail(self, name: str, problem: str) -> NoReturn:
        """Raise a ReadingError about a field of this object."""
        raise ReadingError(f"{self._place_of(name)}: {problem}")

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def require(self, *names: str) -> None:
        """Fail unless every one of the fields is there, if only as null."""
        for name in names:
            if name not in self.values:
                self.fail(name, "is missing; add it")

    def spelt_like(self, known: Collection[str]) -> None:
        """Fail on a field that looks like a misspelt known one; fields of other programs are passed over."""
        missing = [name for name in known if name not in self.values]
        for name in self.values:
            meant = get_close_matches(name, missing, n=1, cutoff=0.8) if name not in known else []
            if meant:
                self.fail(name, f"is no field of a reading; is it {meant[0]}?")

    def string(self, name: str) -> str:
        """A string that must be there and not be empty."""
        value = self.optional_string(name)
        if not value:
            self.fail(name, "is missing or empty; give it a string")
        return value

    def optional_string(self, name: str, pattern: str | None = None) -> str | None:
        """A string or None, checked against a pattern where there is one."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or _has_surrogate(value):
            self.fail(name, f"is {_shown(value)}; write a string or null")
        if pattern and not re.fullmatch(pattern, value):
            self.fail(name, f"{value!r} is not of the form {pattern}")
        return value

    def one_of(self, name: str, allowed: Collection[str]) -> str:
        """One of a closed list of words."""
        value = self.string(name)
        if value not in allowed:
            self.fail(name, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def integer(self, name: str) -> int | None:
        """A whole number or None."""
        value = self.values.get(name)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            self.fail(name, f"is {_shown(value)}; write a whole number or null")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of strings; none where it is missing."""
        values = self.list(name)
        for at, value in enumerate(values):
            if not isinstance(value, str) or _has_surrogate(value):
                self.fail(f"{name}/{at}", f"is {_shown(value)}; write a string")
        return tuple(value for value in values if isinstance(value, str))

    def list(self, name: str) -> tuple[object, ...]:
        """The members of a list; none where it is missing."""
        value = self.values.get(name, [])
        if not isinstance(value, list):
            self.fail(name, f"is {_shown(value)}; write a list")
        return tuple(value)

    def items(self, name: str) -> tuple["Item", ...]:
        """The objects of a list."""
        return tuple(self._item(f"{name}/{at}", value) for at, value in enumerate(self.list(name)))

    def item(self, name: str) -> "Item":
        """The object in a field."""
        return self._item(name, self.values.get(name))

    def _item(self, name: str, value: object) -> "Item":
        if not isinstance(value, dict):
            self.fail(name, f"is {_shown(value)}; write an object")
        return Item(value, self._place_of(name))

    def _place_of(self, name: str) -> str:
        return f"{self.place}{'' if self.place.endswith(' ') or not name else '/'}{name}".rstrip(": ")

    def span(self, text: str) -> Span:
        """The object's `start` and `end`, which must hold characters of the text, those of `text` where it is given."""
        start, end = self.integer("start"), self.integer("end")
        if start is None or end is None:
            self.fail("", "lacks start or end; give both")
        if not 0 <= start < end <= len(text):
            self.fail("", f"{start}-{end} is outside the text of {len(text)} characters; count code points from 0")
        words = self.optional_string("text")
        if words is not None and words != text[start:end]:
            self.fail("", f"{start}-{end} holds {text[start:end][:60]!r}, not its text; {_whereabouts(words, text)}")
        return Span(start, end)


def parsed(data: bytes, name: str) -> Item:
    """The JSON object in the bytes of a file."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ReadingError(f"{name}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise ReadingError(f"{name}, {place}: is no JSON ({error.msg}); mend it there") from error
    except (ValueError, RecursionError) as error:
        raise ReadingError(f"{name}: is no JSON that can be read ({error}); write it anew") from error
    if not isinstance(value, dict):
        raise ReadingError(f"{name}: is no JSON object; a reading is one object")
    return Item(value, f"{name}: ")


def _whereabouts(words: str, text: str) -> str:
    """Where the words do stand, as advice."""
    found = text.find(words) if words else -1
    return f"that stands at {found}-{found + len(words)}" if found >= 0 else "mend the offsets or remove text"


def _has_surrogate(value: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in value)


def _shown(value: object) -> str:
    return "missing" if value is None else ascii(value)[:60]
