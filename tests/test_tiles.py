"""Tiles under the map, and that pages ask no other host for anything else."""

import shutil
import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import Server, starting

from kg.cli import cli
from kg.errors import ServerError
from kg.server.links import script
from kg.server.pages import policy
from kg.server.tiles import Tiles, named_tiles

CREDIT = "© Surveyors <of> الأرض"
OFF = """([name, longitude, latitude]) => {
  const mark = [...document.querySelectorAll('.world [aria-label]')].find(one => one.ariaLabel.includes(name));
  const circle = mark.querySelector('circle').getBoundingClientRect();
  return [...document.querySelectorAll('.tiles image')].flatMap(tile => {
    const [level, column, row] = new URL(tile.getAttribute('href')).pathname.match(/[0-9]+/g).map(Number);
    const east = (longitude + 180) / 360 * 2 ** level - column;
    const south = (1 - Math.asinh(Math.tan(latitude * Math.PI / 180)) / Math.PI) / 2 * 2 ** level - row;
    const box = tile.getBoundingClientRect();
    const [x, y] = [circle.x + circle.width / 2, circle.y + circle.height / 2];
    const off = Math.hypot(box.x + east * box.width - x, box.y + south * box.height - y);
    return [east, south].every(part => 0 <= part && part < 1) ? [off] : [];
  });
}"""
"""How many pixels a mark lies off its place on its tile, by the usual formula, in a browser."""
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class TileServer(ThreadingHTTPServer):
    """Answers every path with one grey square, and keeps the paths."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), TileHandler)
        self.asked: list[str] = []


class TileHandler(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/png")
        self.end_headers()
        self.wfile.write(grey())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def grey() -> bytes:
    """A picture of one pixel."""
    head, row = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0), zlib.compress(b"\0\x80")
    parts = ((b"IHDR", head), (b"IDAT", row), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


@pytest.fixture(scope="module")
def tile_server() -> Iterator[TileServer]:
    with TileServer() as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield serving
        serving.shutdown()


@pytest.fixture(scope="module")
def server(gold_store: Path, tile_server: TileServer) -> Iterator[Server]:
    template = f"http://127.0.0.1:{tile_server.server_port}/{{z}}/{{x}}/{{y}}.png?key=a&size=1"
    with starting() as begin:
        yield begin(gold_store, "--workers", "1", "--tiles", template, "--tiles-credit", CREDIT)


def test_only_pictures_of_that_one_host_are_let_in(server: Server, tile_server: TileServer) -> None:
    host = f"http://127.0.0.1:{tile_server.server_port}"
    told = server.get("/map", Accept="text/html").headers["content-security-policy"].split("; ")
    assert [one for one in told if "http" in one] == [f"img-src 'self' data: {host}"]
    assert "http" not in policy(None)


@pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine")
@pytest.mark.skipif(not script(), reason="the scripts of the pages are not built: make frontend")
def test_the_map_lies_on_tiles(server: Server, tile_server: TileServer) -> None:
    """Each point where its tile has it, and the credit in words."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--headless", "--no-sandbox", "--disable-gpu"])
        page = browser.new_context(base_url=server.address, reduced_motion="reduce").new_page()
        page.goto("/map", wait_until="networkidle")
        sync_api.expect(page.get_by_text(CREDIT)).to_be_visible()
        levels = {path.split("/")[1] for path in tile_server.asked}
        page.locator(".world").press("+")
        page.locator(".world").press("+")
        page.wait_for_load_state("networkidle")
        assert len({path.split("/")[1] for path in tile_server.asked}) > len(levels) == 1
        assert all(path.endswith(".png?key=a&size=1") for path in tile_server.asked)
        assert page.locator("image[visibility=hidden]").count() == 0
        page.locator(".world").press("0")
        assert page.evaluate(OFF, ["Kremlin", 37.6175, 55.752]) == [pytest.approx(0, abs=1)]
        browser.close()


@pytest.mark.parametrize(
    ("template", "mend"),
    [
        ("", "begin with https"),
        ("ftp://host/{z}/{x}/{y}.png", "begin with https"),
        ("https:///{z}/{x}/{y}.png", "name one host"),
        ("https://{s}.host/{z}/{x}/{y}.png", "name one host"),
        ("https://user:secret@host/{z}/{x}/{y}.png", "name one host"),
        ("https://host;script-src/{z}/{x}/{y}.png", "name one host"),
        ("https://host", "write {z} and {x} and {y} once"),
        ("https://host/{z}/{x}.png", "write {y} once"),
        ("https://host/{z}/{x}/{y}/{y}.png", "write {y} once"),
        ("https://host/{z}/{x}/{y}{r}.png", "percent-encode"),
        ("https://host/{z}/{x}/{y}.png#part", "percent-encode"),
        ("https://host/a b/{z}/{x}/{y}.png", "percent-encode"),
    ],
)
def test_a_template_that_names_no_tiles_is_refused(template: str, mend: str) -> None:
    with pytest.raises(ServerError, match=mend):
        named_tiles(template, "")


def test_a_template_names_the_host_that_pictures_come_from() -> None:
    assert named_tiles(None, "") is None
    found = named_tiles("https://tiles.example.org:8443/osm/{z}/{x}/{y}@2x.png?key=a%20b", "©")
    assert found == Tiles("https://tiles.example.org:8443/osm/{z}/{x}/{y}@2x.png?key=a%20b", "©")
    assert found.origin == "https://tiles.example.org:8443"


@pytest.mark.parametrize("options", [("--tiles", "https://host/"), ("--tiles-credit", "©")])
def test_the_server_does_not_start_with_tiles_it_cannot_ask(gold_store: Path, options: tuple[str, str]) -> None:
    ended = CliRunner().invoke(cli, ["serve", "--store", str(gold_store), "--port", "0", *options])
    assert isinstance(ended.exception, ServerError)
    assert options[0] in str(ended.exception)
