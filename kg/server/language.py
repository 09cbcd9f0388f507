"""The two languages of the pages: which one a reader wants, and the texts in it."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from starlette.requests import Request

from kg.server.formats import media_ranges

LANGUAGES = ("en", "ar")
DIRECTIONS: Mapping[str, str] = MappingProxyType({"en": "ltr", "ar": "rtl"})

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction_of(tag: str) -> str:
    """Which way text of a language runs, by its tag."""
    return "rtl" if tag.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def language_of(request: Request) -> str:
    """The language asked for in the address, else the browser's, else English."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    ranges = media_ranges(request.headers.get("accept-language", ""))
    weights = {one: max([w for name, w in ranges if name.split("-")[0] == one], default=0.0) for one in LANGUAGES}
    return max(LANGUAGES, key=lambda one: weights[one])


@cache
def texts(language: str) -> Mapping[str, str]:
    """The texts of the pages, by key."""
    lines = files("kg.server").joinpath("texts.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines)
    column = head.index(language)
    return MappingProxyType({row[0]: row[column] for row in rows})
