"""Saved queries: one .rq file each, its title, description and parameters in `#+` lines at its head.

The lines are a small part of YAML, in the manner of grlc: `#+ key: value`, and two more spaces for each level below.

    #+ summary: Agreements between two countries        (English title; required)
    #+ description: Which agreements ...                (English; required)
    #+ ar:                                              (the same in Arabic; required)
    #+   summary: ...
    #+   description: ...
    #+ service: https://query.wikidata.org/sparql       (host that the query asks; only where it asks one)
    #+ parameters:
    #+   country:                                       (stands for the variable ?_country in the query)
    #+     type: entity                                 (entity, article, concept, from, to, integer, text or iri)
    #+     scheme: factuality                           (of a concept: its scheme)
    #+     choices: yes|no                              (of a text: the values that forms offer)
    #+     default: Q159                                (without one, the parameter may be left open)
    #+     en: One of the two countries
    #+     ar: ...

A parameter that is left open stays a variable, so a query is written to hold with and without it:

    FILTER(COALESCE(?time >= ?_from, true))
    FILTER(!COALESCE(?_actor = ?_actor, false) || EXISTS { ?event isnad:agent ?_actor })
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from kg.errors import QueryError
from kg.shipped import shipped
from kg.sparql import tokens

LANGUAGES = ("en", "ar")
TYPES = ("entity", "article", "concept", "from", "to", "integer", "text", "iri")

Header: TypeAlias = "dict[str, str | Header]"

_MARK = "#+"
_KEYS = frozenset({"summary", "description", "ar", "service", "parameters"})
_PARAMETER_KEYS = frozenset({"type", "scheme", "choices", "default", *LANGUAGES})


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a query asks of its caller; `default` None: it may be left open."""

    name: str
    type: str
    description: Mapping[str, str]
    default: str | None = None
    scheme: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One file of queries/; `title` and `description` by language."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    text: str
    service: str | None = None

    def parameter(self, name: str) -> Parameter:
        """The parameter of that name; QueryError names those that there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        known = ", ".join(parameter.name for parameter in self.parameters) or "none"
        raise QueryError(f"{self.name}: no parameter {name!r}; it has {known}")


def load_queries(folder: Path | None = None) -> Mapping[str, SavedQuery]:
    """Every saved query by name, sorted; by default those that ship with the package."""
    files = sorted((folder or shipped("queries")).glob("*.rq"))
    return MappingProxyType({file.stem: load_query(file) for file in files})


def load_query(file: Path) -> SavedQuery:
    """One saved query; QueryError names the file, the line and what would mend it."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read ({error}); save it as UTF-8") from error
    return parse_query(file.stem, text, str(file))


def parse_query(name: str, text: str, place: str) -> SavedQuery:
    """The saved query in a text whose first lines are its head."""
    head = _header(text, place)
    _only(head, _KEYS, place)
    arabic = _section(head, "ar", place)
    declared = _section(head, "parameters", place) if "parameters" in head else {}
    parameters = tuple(_parameter(key, _section(declared, key, place), place) for key in declared)
    _check_used(parameters, text, place)
    return SavedQuery(
        name,
        _texts(_string(head, "summary", place), _string(arabic, "summary", place)),
        _texts(_string(head, "description", place), _string(arabic, "description", place)),
        parameters,
        text,
        _string(head, "service", place) if "service" in head else None,
    )


def has_header(text: str) -> bool:
    """Whether a query text begins as a saved query does."""
    return text.lstrip("\ufeff").startswith(_MARK)


def _texts(english: str, arabic: str) -> Mapping[str, str]:
    return MappingProxyType({"en": english, "ar": arabic})


def _header(text: str, place: str) -> Header:
    """The nested keys of the head; indentation tells the level."""
    root: Header = {}
    open_levels = [root]
    for number, line in _head_lines(text):
        key, value, level = _entry(line, f"{place}:{number}")
        if level >= len(open_levels):
            raise QueryError(f"{place}:{number}: indented too far; give each level two spaces below its key")
        del open_levels[level + 1 :]
        if key in open_levels[level]:
            raise QueryError(f"{place}:{number}: {key!r} a second time; remove one")
        below: Header = {}
        open_levels[level][key] = value if value else below
        if not value:
            open_levels.append(below)
    return root


def _head_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the head with their numbers, the mark taken off."""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), start=1):
        if not line.startswith(_MARK):
            return
        if line.removeprefix(_MARK).strip():
            yield number, line.removeprefix(_MARK).removeprefix(" ").rstrip()


def _entry(line: str, place: str) -> tuple[str, str, int]:
    key, colon, value = line.partition(":")
    indent = len(key) - len(key.lstrip(" "))
    if not colon or indent % 2 or not key.strip():
        raise QueryError(f"{place}: {line.strip()!r} is no `key: value` line with two spaces a level; write it as one")
    return key.strip(), value.strip(), indent // 2


def _only(head: Header, known: Iterable[str], place: str) -> None:
    if unknown := sorted(set(head) - set(known)):
        raise QueryError(f"{place}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(known))}")


def _section(head: Header, key: str, place: str) -> Header:
    value = head.get(key)
    if not isinstance(value, dict) or not value:
        raise QueryError(f"{place}: {key!r} lacks lines below it; add them, two spaces further in")
    return value


def _string(head: Header, key: str, place: str) -> str:
    value = head.get(key)
    if not isinstance(value, str):
        raise QueryError(f"{place}: {key!r} is missing; add the line `#+ {key}: …`")
    return value


def _parameter(name: str, head: Header, place: str) -> Parameter:
    where = f"{place}: parameter {name}"
    _only(head, _PARAMETER_KEYS, where)
    type_ = _string(head, "type", where)
    if type_ not in TYPES:
        raise QueryError(f"{where}: no type {type_!r}; the types are {', '.join(TYPES)}")
    return Parameter(
        name,
        type_,
        _texts(_string(head, "en", where), _string(head, "ar", where)),
        _string(head, "default", where) if "default" in head else None,
        _string(head, "scheme", where) if type_ == "concept" else None,
        tuple(_string(head, "choices", where).split("|")) if "choices" in head else (),
    )


def _check_used(parameters: Iterable[Parameter], text: str, place: str) -> None:
    """Every parameter is a variable of the query, and every variable in `?_` a parameter."""
    used = {token.text[2:] for token in tokens(text) if token.kind == "variable" and token.text[1] == "_"}
    declared = {parameter.name for parameter in parameters}
    if missing := sorted(used ^ declared):
        raise QueryError(f"{place}: ?_{missing[0]} is declared or used, not both; do both or neither")
