"""Pictures under the map, from the one server of tiles that the operator names."""

import re
from dataclasses import dataclass

from kg.errors import ServerError

PLACES = ("{z}", "{x}", "{y}")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?", re.IGNORECASE)
REST = re.compile(r"[A-Za-z0-9._~!$&()*+=:@%/?-]*")
EXAMPLE = "https://tiles.example.org/{z}/{x}/{y}.png"


@dataclass(frozen=True, slots=True)
class Tiles:
    """The address of a tile with its places for zoom, column and row (Web Mercator), and whom to credit."""

    template: str
    credit: str = ""

    @property
    def origin(self) -> str:
        """The scheme and host that pages may take pictures from."""
        return "/".join(self.template.split("/")[:3])


def named_tiles(template: str | None, credit: str) -> Tiles | None:
    """The tiles that a template names, None without one; ServerError says what mends one that names none."""
    if template is None:
        if credit:
            raise ServerError(f"--tiles-credit {credit}: there is nothing to credit; give --tiles URL too")
        return None
    if fault := _fault(template):
        raise ServerError(f"--tiles {template}: {fault}, as in {EXAMPLE}")
    return Tiles(template, credit)


def _fault(template: str) -> str:
    """What keeps a template from naming tiles of one host, empty where nothing does."""
    scheme, _, rest = template.partition("://")
    host = rest.partition("/")[0]
    path = rest.removeprefix(host)
    if scheme not in ("http", "https"):
        return "begin with https:// or http://"
    if not HOST.fullmatch(host):
        return "name one host after ://, without a user and without {s}"
    if missing := [place for place in PLACES if path.count(place) != 1]:
        return f"write {' and '.join(missing)} once after the host"
    for place in PLACES:
        path = path.replace(place, "")
    return "" if REST.fullmatch(path) else "percent-encode all but letters, digits and . _ ~ ! $ & ( ) * + = : @ / ? -"
