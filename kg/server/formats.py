"""Which format an answer comes in: media types, the Accept header with its weights, the short names of `format=`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from starlette.requests import Request

from kg.server.outcome import Refused


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer: the engine's name for it, and its media types, the one it is sent as first."""

    extension: str
    names: tuple[str, ...]
    media_types: tuple[str, ...]


TABLE = (
    Format("srj", ("json",), ("application/sparql-results+json", "application/json", "text/json")),
    Format("srx", ("xml",), ("application/sparql-results+xml", "application/xml", "text/xml")),
    Format("csv", ("csv",), ("text/csv",)),
    Format("tsv", ("tsv",), ("text/tab-separated-values",)),
)
GRAPH = (
    Format("ttl", ("turtle", "ttl"), ("text/turtle", "application/x-turtle")),
    Format("nt", ("ntriples", "nt"), ("application/n-triples", "text/plain")),
    Format("rdf", ("rdfxml", "rdf", "xml"), ("application/rdf+xml", "application/xml", "text/xml")),
    Format("nq", ("nquads", "nq"), ("application/n-quads",)),
    Format("trig", ("trig",), ("application/trig",)),
    Format("jsonld", ("jsonld", "json"), ("application/ld+json", "application/json")),
    Format("n3", ("n3",), ("text/n3",)),
)
KINDS: Mapping[str, Sequence[Format]] = MappingProxyType({"table": TABLE, "boolean": TABLE, "graph": GRAPH})

HTML = "text/html"


def accept_of(request: Request) -> str:
    """What the caller takes, from all Accept headers together."""
    return ", ".join(request.headers.getlist("accept"))


@lru_cache(maxsize=256)
def acceptable(accept: str, name: str | None = None) -> Mapping[str, Sequence[tuple[str, str]]]:
    """For each kind of result the formats that the caller takes, best first, as (media type, extension)."""
    if name is not None:
        return MappingProxyType({kind: _named(name, formats) for kind, formats in KINDS.items()})
    ranges = media_ranges(accept)
    return MappingProxyType({kind: _weighed(ranges, formats) for kind, formats in KINDS.items()})


@lru_cache(maxsize=256)
def acceptable_as_text(accept: str, name: str | None = None) -> str:
    """The formats that the caller takes as one text, by which answers are told apart."""
    return repr(acceptable(accept, name))


def media_ranges(accept: str) -> list[tuple[str, float]]:
    """The media ranges of an Accept header with their weights; all types where it is empty."""
    found = []
    for part in accept.split(","):
        media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_type:
            found.append((media_type, _weight(parameters)))
    return found or [("*/*", 1.0)]


def weight(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a caller wants a media type: the weight of the most precise range that holds it, else 0."""
    main = media_type.partition("/")[0]
    by_range = dict(reversed(ranges))
    for one in (media_type, f"{main}/*", "*/*"):
        if one in by_range:
            return by_range[one]
    return 0.0


def wants_page(accept: str) -> bool:
    """Whether the caller is a browser: wants HTML, and more than any format of data."""
    ranges = media_ranges(accept)
    page = max(dict(ranges).get(HTML, 0.0), dict(ranges).get("application/xhtml+xml", 0.0))
    data = [weight for media_type, weight in ranges if media_type in _DATA_TYPES]
    return page > 0 and page >= max(data, default=0.0)


def wants_json(accept: str) -> bool:
    """Whether errors should be JSON."""
    return any(
        one in ("application/json", "application/problem+json") for one, weight in media_ranges(accept) if weight
    )


_DATA_TYPES = frozenset(
    media_type
    for one in (*TABLE, *GRAPH)
    for media_type in one.media_types
    if media_type not in ("application/xml", "text/xml", "text/plain")
)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _weighed(ranges: Sequence[tuple[str, float]], formats: Sequence[Format]) -> list[tuple[str, str]]:
    ranked = [
        (-max(weight(media_type, ranges) for media_type in _offered(one, ranges)), place, one)
        for place, one in enumerate(formats)
    ]
    return [
        (_sent_as(one, ranges), one.extension) for minus, _, one in sorted(ranked, key=lambda r: r[:2]) if minus < 0
    ]


def _sent_as(one: Format, ranges: Sequence[tuple[str, float]]) -> str:
    """The format's own media type, unless the caller would rather have another of its names."""
    return max(_offered(one, ranges), key=lambda media_type: weight(media_type, ranges))


def _offered(one: Format, ranges: Sequence[tuple[str, float]]) -> list[str]:
    """The media types that a format may be sent as: nobody who asks for text/* means text/json."""
    named, main = {media_type for media_type, _ in ranges}, one.media_types[0].partition("/")[0]
    return [kind for kind in one.media_types if kind in named or kind.partition("/")[0] == main]


def _named(name: str, formats: Sequence[Format]) -> list[tuple[str, str]]:
    every = [one for kind in KINDS.values() for one in kind]
    wanted = name.lower().replace(" ", "+")  # a plus that nobody encoded
    if not any(wanted in (*one.names, *one.media_types) for one in every):
        known = sorted({short for one in every for short in one.names})
        raise Refused(400, f"format={name}: no such format; take one of {', '.join(known)} or a media type")
    return [(one.media_types[0], one.extension) for one in formats if wanted in (*one.names, *one.media_types)]
