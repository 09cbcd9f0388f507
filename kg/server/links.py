"""The templates and the addresses that they write: pages of our things, short names, the script where it was built."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup, escape

from kg.prefixes import PREFIXES, compacted
from kg.server import facts
from kg.server.evidence import headline
from kg.server.language import direction_of

_DATE = re.compile(r"\b[0-9]{4}(-[0-9]{2}){1,2}\b")


def make_templates() -> jinja2.Environment:
    """The templates of the package, escaping everything."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.server"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    templates.globals["address"] = address
    templates.globals["page"] = page
    templates.filters["short"] = short
    templates.filters["years"] = years
    templates.filters["direction"] = direction_of
    templates.filters["dated"] = dated
    templates.filters["headline"] = headline
    templates.filters["grouped"] = lambda number: f"{int(number):,}"
    templates.tests["figure"] = lambda text: not any(map(str.isalpha, text))
    templates.globals["prefixes"] = json.dumps(dict(PREFIXES))
    templates.globals["script"] = script()
    templates.globals["style"] = built("style.css")
    return templates


def address(path: str, carry: Mapping[str, str], **parameters: str) -> str:
    """A path with parameters, those that every link carries among them; a place within the page stays at its end."""
    pairs, (bare, mark, place) = {**parameters, **carry}, path.partition("#")
    return f"{bare}?{urlencode(pairs)}{mark}{place}" if pairs else path


def page(iri: str, carry: Mapping[str, str]) -> str | None:
    """The address of the page of an IRI, in the reader's language where it is one of ours."""
    target = link(iri)
    return address(target, carry) if target and target.startswith("/") else target


def link(iri: str) -> str | None:
    """The page of an IRI: our own for our things, the web's for others, None for what is no address."""
    if iri.startswith(facts.DATA):
        path, _, fragment = iri.removeprefix(facts.DATA).partition("#")
        kind = path.partition("/")[0]
        if kind == "article" and fragment.startswith("char="):
            return f"/{path}#s{fragment.removeprefix('char=').partition(',')[0]}"
        if kind == "ontology":
            return f"/ontology#{fragment}"
        return f"/{path}" if kind in ("article", "entity", "event") else None
    return iri if iri.startswith(("http://", "https://")) else None


def short(iri: str) -> str:
    """What a page writes for an IRI: characters of an article by its id and their offsets."""
    name = iri.removeprefix(f"{facts.DATA}article/")
    return name.replace("#char=", " · ").replace(",", "–") if name != iri else compacted(iri)


def dated(text: str) -> Markup:
    """Text with its dates set apart: within Arabic words their parts would change places."""
    return Markup(_DATE.sub(r'<bdi class="date" dir="ltr">\g<0></bdi>', str(escape(text))))


def years(groups: Iterable[tuple[str, Sequence[object]]]) -> list[tuple[str, list[object]]]:
    """Rows grouped by date, grouped by year; those without a date last."""
    found: dict[str, list[object]] = {}
    for date, rows in groups:
        found.setdefault(date[:4], []).extend(rows)
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))


def script() -> str | None:
    """The address of the script of the pages, None where it was not built."""
    return built("built/main.js")


def built(name: str) -> str | None:
    """The address of a static file, which changes with its content, so that no browser keeps an old one."""
    file = files("kg.server").joinpath("static", *name.split("/"))
    if not file.is_file():
        return None
    return f"/static/{name}?{hashlib.sha256(file.read_bytes()).hexdigest()[:8]}"
