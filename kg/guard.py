"""What a query would do, decided on its tokens: its form, the hosts it asks, how deep it nests, whether it writes.

The engine always opens real connections for SERVICE, so what is not surely harmless counts as a SERVICE. A `<` after a
value may be an operator where the grammar's longest token is an IRI (`?a<?b)SERVICE#>`); what such a token could hide
counts too, and so does what codepoint escapes spell, whether or not the engine reads them before its grammar.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from kg.errors import QueryError
from kg.prefixes import PREFIXES
from kg.sparql import Token, position, tokens, unescaped

MAX_DEPTH = 128
"""Brackets within brackets; people write less than 20, the engine's stack and compile time end some way above."""

FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})

_CHANGING = frozenset({"NOW", "RAND", "UUID", "STRUUID", "BNODE"})
_OPENING, _CLOSING = frozenset("({["), frozenset(")}]")
_SERVICE = re.compile(r"\bservice", re.IGNORECASE)
_OPERANDS = frozenset({"variable", "string", "number", "tag", "name", "iri", "blank"})


@dataclass(frozen=True, slots=True)
class Shape:
    """What a query does; a service is None where its address is not in the text."""

    form: str | None
    services: tuple[str | None, ...]
    datasets: bool  # it has FROM clauses
    depth: int
    too_deep_at: int | None  # offset
    fixed: bool  # the same store gives the same answer each time
    words: str  # the same for queries that differ in spaces and comments alone

    @property
    def writes(self) -> bool:
        """Whether it is an update."""
        return self.form in UPDATES


@lru_cache(maxsize=256)
def shape(query: str) -> Shape:
    """What the query does, escapes taken both as they stand and written out."""
    as_written = _shape(query)
    plain = unescaped(query)
    if plain == query:
        return as_written
    services = tuple(dict.fromkeys((*as_written.services, *_shape(plain).services)))
    return Shape(
        as_written.form,
        services,
        as_written.datasets,
        as_written.depth,
        as_written.too_deep_at,
        as_written.fixed and not services,
        as_written.words,
    )


def check(query: str, allowed_services: Sequence[str] = ()) -> Shape:
    """The shape of a query that may run; QueryError says why another may not."""
    found = shape(query)
    if found.writes:
        raise QueryError(f"{found.form} is an update; only queries are answered here")
    if found.too_deep_at is not None:
        line, column = position(query, found.too_deep_at)
        raise QueryError(f"line {line}, column {column}: more than {MAX_DEPTH} brackets within brackets; nest less")
    if found.services and unescaped(query) != query:
        raise QueryError("SERVICE beside codepoint escapes; write the letters themselves")
    for service in found.services:
        if service is None:
            raise QueryError("SERVICE needs an address written out as <IRI>, with spaces around comparison signs")
        if not allowed(service, allowed_services):
            raise QueryError(f"SERVICE <{service}>: this host is not allowed; allow it with --allow-service HOST")
    return found


def check_update(update: str) -> None:
    """QueryError says why an update may not run; it asks no host and reads no file."""
    for text in dict.fromkeys((update, unescaped(update))):
        found = _shape(text)
        if found.services or any(one.kind == "word" and one.text.upper() == "LOAD" for one in tokens(text)):
            raise QueryError("SERVICE or LOAD in an update is not allowed; send the data itself")
        if found.too_deep_at is not None:
            line, column = position(text, found.too_deep_at)
            raise QueryError(f"line {line}, column {column}: more than {MAX_DEPTH} brackets within brackets; nest less")


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING for the graphs of the request; QueryError where it has USING or WITH itself."""
    if not default and not named:
        return update
    listed = list(tokens(update))
    words = {token.text.upper() for token in listed if token.kind == "word"}
    if words & {"USING", "WITH"}:
        raise QueryError("USING or WITH in the update and graphs in the request; give one")
    clauses = " ".join([*(f"USING <{one}>" for one in default), *(f"USING NAMED <{one}>" for one in named)])
    pieces, last = [], 0
    for before, token in pairwise(listed):
        if token.kind == "word" and token.text.upper() == "WHERE" and before.text == "}" and _outside(update, token):
            pieces += [update[last : token.start], clauses, " "]
            last = token.start
    return "".join([*pieces, update[last:]])


def _outside(update: str, token: Token) -> bool:
    """Whether a token stands in no brackets."""
    before = [one.text for one in tokens(update[: token.start])]
    return sum((one in _OPENING) - (one in _CLOSING) for one in before) == 0


def with_services(query: str, replaced: Callable[[str], str]) -> str:
    """The query with the address of each SERVICE replaced."""
    listed = list(tokens(query))
    prefixes = dict(PREFIXES) | _prefixes(listed)
    pieces, last = [], 0
    for place, token in enumerate(listed):
        if token.kind == "word" and token.text.upper() == "SERVICE":
            address = next(one for one in listed[place + 1 :] if one.text.upper() != "SILENT")
            pieces += [query[last : address.start], f"<{replaced(_address(address, prefixes) or '')}>"]
            last = address.end
    return "".join([*pieces, query[last:]])


def undeclared(query: str) -> Token | None:
    """The first prefixed name whose prefix nothing declares."""
    listed = list(tokens(query))
    known = {*PREFIXES, *_prefixes(listed)}
    return next((one for one in listed if one.kind == "name" and one.text.partition(":")[0] not in known), None)


def allowed(service: str, hosts: Iterable[str]) -> bool:
    """Whether an address is among those allowed, each a host, a host with its port, or the start of an address."""
    try:
        parts = urlsplit(service)
        host = (parts.hostname or "").lower()
        place = f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.username is not None or not host:
        return False
    return any(_matches(service, host, place, one.lower()) for one in hosts)


def _matches(service: str, host: str, place: str, one: str) -> bool:
    if "://" in one:
        return service == one or service.startswith(one.rstrip("/") + "/")
    return one == place or (one == host and place == host)


def _shape(query: str) -> Shape:
    listed = list(tokens(query))
    words = {token.text.upper() for token in listed if token.kind == "word"}
    services = tuple(_services(listed))
    if _SERVICE.search(query) and any(_ambiguous(listed)):
        services = (*services, None)
    depth, too_deep_at = _depth(listed)
    fixed = not services and not words & _CHANGING
    told = hashlib.sha256("\0".join(token.text for token in listed).encode("utf-8", "surrogatepass")).hexdigest()
    return Shape(_form(listed), services, "FROM" in words, depth, too_deep_at, fixed, told)


def _form(listed: Sequence[Token]) -> str | None:
    """The first keyword after the prologue."""
    for token in listed:
        if token.kind == "word" and token.text.upper() in FORMS | UPDATES:
            return token.text.upper()
    return None


def _services(listed: Sequence[Token]) -> Iterable[str | None]:
    """The address of each SERVICE."""
    prefixes = dict(PREFIXES) | _prefixes(listed)
    for place, token in enumerate(listed):
        if token.kind == "word" and token.text.upper() == "SERVICE":
            rest = [one for one in listed[place + 1 : place + 3] if one.text.upper() != "SILENT"]
            yield _address(rest[0], prefixes) if rest else None


def _address(token: Token, prefixes: dict[str, str]) -> str | None:
    if token.kind == "iri":
        return unescaped(token.text[1:-1])
    prefix, _, rest = token.text.partition(":")
    if token.kind == "name" and prefix in prefixes and "\\" not in rest:
        return prefixes[prefix] + rest
    return None


def _prefixes(listed: Sequence[Token]) -> dict[str, str]:
    """The prefixes that the query declares once; one declared twice is left out, its meaning depending on the place."""
    found: dict[str, str] = {}
    twice = set()
    for keyword, name, iri in zip(listed, listed[1:], listed[2:], strict=False):
        if keyword.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            prefix = name.text.removesuffix(":")
            if prefix in found:
                twice.add(prefix)
            found[prefix] = unescaped(iri.text[1:-1])
    return {prefix: "" if prefix in twice else iri for prefix, iri in found.items()}


def _ambiguous(listed: Sequence[Token]) -> Iterable[bool]:
    """Whether each token that looks like an IRI could be a comparison that hides a comment or a string."""
    for before, token in pairwise(listed):
        if token.kind == "iri" and (before.kind in _OPERANDS or before.text == ")"):
            yield bool({"#", "'"} & set(token.text)) and "://" not in token.text


def _depth(listed: Sequence[Token]) -> tuple[int, int | None]:
    """The deepest nesting, and where it first goes beyond the limit."""
    depth = deepest = 0
    too_deep_at = None
    for token in listed:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        deepest = max(deepest, depth)
        if depth > MAX_DEPTH and too_deep_at is None:
            too_deep_at = token.start
    return deepest, too_deep_at
