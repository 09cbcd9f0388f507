"""What a page shows of an answer: rows in the order asked for, page by page, or a graph, or true; and its downloads."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request

from kg.server.outcome import Answer
from kg.server.service import Cell, Row, table_of
from kg.sparql import column_order

SHOWN = 200
"""Rows of a table on one page; a download has all."""

VIEWING = ("lang", "page", "sort")
"""Parameters of how an answer is looked at, which its downloads do without."""

TABLE_DOWNLOADS = {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"}
GRAPH_DOWNLOADS = {"ttl": "Turtle", "nt": "N-Triples", "rdf": "RDF/XML", "jsonld": "JSON-LD"}
NOTHING: Mapping[str, str] = MappingProxyType({})
NUMBERS = ("integer", "decimal", "double", "float", "int", "long")


def content_of(request: Request, found: Answer, query: str, form: Mapping[str, str]) -> dict[str, Any]:
    """What a template is given of an answer; `form` holds what the request carries besides its address."""
    shared = str(request.url.replace(query=urlencode(_asked(request, form)), fragment=""))
    if found.media_type == "text/turtle":
        downloads = _downloads(request, form, GRAPH_DOWNLOADS)
        return {"graph": found.body.decode("utf-8"), "shared": shared, "downloads": downloads}
    shown: dict[str, Any] = {"shared": shared, "downloads": _downloads(request, form, TABLE_DOWNLOADS)}
    if b'"boolean"' in found.body[:80]:
        return shown | {"boolean": b":true" in found.body[:80]}
    return shown | _rows(request, found.body, query, form)


def _rows(request: Request, body: bytes, query: str, form: Mapping[str, str]) -> dict[str, Any]:
    table = table_of(body)
    columns = column_order(query, table.columns)
    sort = request.query_params.get("sort", "")
    rows = ordered(table.rows, sort)
    page, last = page_of(request, len(rows), SHOWN)
    return {
        "columns": [(column, _turned(request, form, column, sort), _direction(column, sort)) for column in columns],
        "rows": rows[(page - 1) * SHOWN : page * SHOWN],
        "count": len(rows),
        "turning": turning(request, page, last, form),
    }


def ordered(rows: Sequence[Row], sort: str) -> Sequence[Row]:
    """The rows by a column, downwards after `-`; those without a value last."""
    column = sort.removeprefix("-")
    held = [row for row in rows if column in row]
    held.sort(key=lambda row: _rank(row[column]), reverse=sort.startswith("-"))
    return [*held, *(row for row in rows if column not in row)]


def _rank(term: Cell) -> tuple[bool, float, str]:
    """Numbers before words."""
    is_number = term.get("datatype", "").rpartition("#")[2] in NUMBERS
    try:
        return not is_number, float(term["value"]) if is_number else 0.0, str(term["value"]).casefold()
    except ValueError:
        return True, 0.0, term["value"]


def _turned(request: Request, form: Mapping[str, str], column: str, sort: str) -> str:
    """The address of the same answer by a column; a second time turns it round."""
    return _address(request, form, ("page",), sort=f"-{column}" if sort == column else column)


def _direction(column: str, sort: str) -> str:
    return {column: "ascending", f"-{column}": "descending"}.get(sort, "")


def page_of(request: Request, count: int, size: int) -> tuple[int, int]:
    """The page asked for, from 1, and the last one."""
    last = max(1, -(-count // size))
    asked = request.query_params.get("page", "1")
    return (min(int(asked), last) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1) or 1, last


def turning(request: Request, page: int, last: int, form: Mapping[str, str] = NOTHING) -> dict[str, Any]:
    """The page shown, the last one, and the addresses of those around it."""
    around = {one: _address(request, form, (), page=str(one)) for one in (page - 1, page + 1) if 0 < one <= last}
    return {"page": page, "last": last, "around": around}


def changed(request: Request, form: Mapping[str, str], **parameters: str) -> str:
    """The address of the same page with some parameters changed."""
    return _address(request, form, (), **parameters)


def _address(request: Request, form: Mapping[str, str], without: Sequence[str], **parameters: str) -> str:
    pairs = {**request.query_params, **form, **parameters}
    kept = {name: text for name, text in pairs.items() if name not in without}
    return f"{request.url.path}?{urlencode(kept)}"


def _asked(request: Request, form: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in {**request.query_params, **form}.items() if name not in VIEWING}


def _downloads(request: Request, form: Mapping[str, str], names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The name and the address of the same answer in each format."""
    pairs = _asked(request, form)
    return {key: (shown, f"{request.url.path}?{urlencode({**pairs, 'format': key})}") for key, shown in names.items()}
