"""Takes a picture of every page in both languages, from the articles that ship: docs/screenshots/NAME-LANGUAGE.png."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).with_suffix("")
KG = (sys.executable, "-m", "kg.cli")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SIZE = {"width": 1100, "height": 720}
PHONE = {"width": 390, "height": 780}
ARTICLE = {"x": 0, "y": 0, "width": 1100, "height": 560}  # more of its letters would make a large file
AGREEMENTS = (
    "SELECT ?date ?label ?event WHERE {\n  ?event a isnad:Agreement ; rdfs:label ?label ; isnad:date ?date .\n}"
)
PAGES = {
    "editor": "/",
    "result": "/sparql?" + urlencode({"query": AGREEMENTS}),
    "queries": "/queries",
    "query": "/queries/who-said-what",
    "articles": "/articles",
    "article": "/article/001_d6a70859eb3026d3",
    "entity": "/entity/Q717",
    "search": "/search?" + urlencode({"q": "كراكاس"}),
    "timeline": "/timeline",
    "network": "/network",
    "map": "/map",
    "ontology": "/ontology",
}


def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(exist_ok=True)
    with served() as address, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        for language in ("ar", "en"):
            page = opened(browser, language)
            for name, path in {**PAGES, "event": event(page, address)}.items():
                take(page, address + path, FOLDER / f"{name}-{language}.png")
        dark = opened(browser, "ar", "dark")
        take(dark, address + PAGES["article"], FOLDER / "article-dark-ar.png")
        take_by_touch(browser, address + PAGES["article"], FOLDER / "article-phone-ar.png")
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of a server over the store named on the command line, else over the articles that ship."""
    with tempfile.TemporaryDirectory() as folder:
        store = sys.argv[1] if len(sys.argv) > 1 else folder
        if store == folder:
            subprocess.run([*KG, "build", "--store", store], check=True, stdout=subprocess.DEVNULL)
        command = [*KG, "serve", "--store", store, "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            assert server.stdout
            found = re.search(r"http://[\d.:]+", server.stdout.readline())
            assert found
            yield found[0]
            server.terminate()


def opened(browser: Browser, language: str, scheme: str = "light") -> Page:
    """A new page of a reader of that language."""
    return browser.new_context(locale=language, viewport=SIZE, color_scheme=scheme, reduced_motion="reduce").new_page()


def event(page: Page, address: str) -> str:
    """The path of an event that a saved query gives."""
    page.goto(f"{address}/timeline?type=Agreement")
    return page.locator(".timeline a").first.get_attribute("href") or "/"


def take(page: Page, address: str, file: Path) -> None:
    """A picture of a page at rest; an article with one fact pointed at."""
    page.goto(address, wait_until="networkidle")
    if "/article/" in address:
        page.locator(".fact .show").nth(2).click()
        page.evaluate("scrollTo(0, 0)")
        page.locator(".text a.w.chosen").first.hover()
    if address.endswith(("/map", "/network")):
        page.locator("h2#result").evaluate("heading => heading.scrollIntoView()")
    page.screenshot(path=file, clip=ARTICLE if "/article/" in address else None)


def take_by_touch(browser: Browser, address: str, file: Path) -> None:
    """A picture of an article on a phone, its words touched."""
    context = browser.new_context(locale="ar", viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.locator(".text a.w").first.tap()
    page.screenshot(path=file)


if __name__ == "__main__":
    main()
