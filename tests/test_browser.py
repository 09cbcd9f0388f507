"""A reader's way through the pages in a real browser; any request to another host fails the test."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright", reason="playwright is not installed")

from playwright.sync_api import Browser, Locator, Page, Request, expect, sync_playwright
from serving import Server, starting

from kg.server.frontend.build import FOLDER
from kg.server.links import script

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)

AXE = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
VIOLATIONS = """options => axe.run({resultTypes: ['violations'], ...options}).then(run =>
    run.violations.map(one => [one.impact, one.id, one.nodes[0].html]))"""
COLOURS: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...] = (
    *(("light", {}), ("dark", {"runOnly": ["color-contrast"]})),  # nothing else changes with the colours
)
ARTICLE = "/article/000_6da8eec400364175"
PAGES = (
    *("/", "/queries", "/queries/who-said-what", "/articles", ARTICLE, "/entity/Q717", "/search?q=Moscow"),
    *("/timeline", "/network", "/map", "/ontology", "/sparql?query=SELECT%20x", "/nothing"),
    "/sparql?query=DESCRIBE%20<https://w3id.org/isnad/entity/Q717>",
)

pytestmark = [
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine"),
    pytest.mark.skipif(not script(), reason="the scripts of the pages are not built: make frontend"),
]


@pytest.fixture(scope="module")
def server(gold_store: Path) -> Iterator[Server]:
    with starting() as begin:
        yield begin(gold_store, "--workers", "2")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as player:
        opened = player.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A page of an English reader; what it asks of other hosts, and what its scripts complain of, fails the test."""
    context = browser.new_context(locale="en", base_url=server.address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    foreign: list[str] = []
    faults: list[str] = []

    def note(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != urlsplit(server.address).netloc:
            foreign.append(request.url)

    opened.on("request", note)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.set_default_timeout(8000)
    yield opened
    context.close()
    assert foreign == []
    assert faults == []


def test_a_reader_goes_from_a_question_to_the_words_that_answer_it(page: Page, tmp_path: Path) -> None:
    """From the first page to a saved query, an event, its sentence; in Arabic; the query shared and downloaded."""
    page.goto("/")
    page.get_by_role("link", name="Agreements between two countries").click()
    page.get_by_role("button", name="Run").click()
    page.locator("td a[href^='/event/']").first.click()
    page.wait_for_url("**/event/*")
    page.locator(".cite a").first.click()
    page.wait_for_url("**/article/*")
    sentence = page.locator(".s:target")
    expect(sentence).to_have_count(1)
    fact = page.locator(f".fact#{words_of(sentence.locator('[data-facts]').first.get_attribute('data-facts'))[0]}")
    fact.hover()
    assert sentence.locator(f".{fact.get_attribute('id')}.lit").count() > 0
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.locator(".fact").count() > 0
    page.get_by_role("link", name="الاستعلامات").click()
    page.get_by_role("link", name="الاتفاقات بين بلدين عبر الزمن").click()
    expect(page.locator("th").first).to_have_text("التاريخ")
    page.get_by_role("button", name="انسخ").click()
    page.get_by_role("button", name="نُسخ").wait_for()
    shared = page.locator("#shared").input_value()
    rows = downloaded(page, tmp_path)
    page.goto(shared)
    assert page.locator("tbody tr").count() == len(rows) - 1 > 0


def words_of(names: str | None) -> list[str]:
    return (names or "").split()


def downloaded(page: Page, folder: Path) -> list[list[str]]:
    """The rows that the page's link to CSV gives."""
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    file = folder / "answer.csv"
    download.value.save_as(file)
    return list(csv.reader(file.read_text(encoding="utf-8").splitlines()))


def test_words_show_their_fact_to_pointer_and_keyboard(page: Page) -> None:
    page.goto(ARTICLE)
    words = page.locator(".text [data-facts]").first
    words.hover()
    expect(page.locator(".card .label").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".card")).to_be_hidden()
    page.locator(".text a.w").first.focus()
    expect(page.locator(".card .label").first).to_be_visible()
    assert page.locator(".fact.told").count() > 0


def test_a_query_is_run_shared_and_downloaded(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    editor = page.locator(".CodeMirror")
    expect(editor).to_contain_text("isnad:Agreement")
    editor.click()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?*")
    shared = page.locator("#shared").input_value()
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("button", name="Copied").wait_for()
    rows = downloaded(page, tmp_path)
    assert rows[0] == ["event", "label"]
    page.goto(shared)
    assert page.locator("tbody tr").count() == len(rows) - 1


def test_the_editor_completes_a_name_in_any_language(page: Page) -> None:
    page.goto("/?query=")
    page.locator(".CodeMirror").click()
    page.keyboard.type("ASK { ?event isnad:party ")
    page.keyboard.insert_text("روسي")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" }")
    expect(page.locator(".CodeMirror")).to_contain_text("entity:Q159")
    expect(page.locator(".CodeMirror")).to_contain_text("PREFIX entity: <https://w3id.org/isnad/entity/>")
    assert page.locator(".CodeMirror .parseErrorIcon").count() == 0


def test_our_terms_are_offered_as_they_are_typed(page: Page) -> None:
    page.goto("/?query=")
    page.locator(".CodeMirror").click()
    page.keyboard.type("ASK { ?event isnad:spea")
    page.locator(".CodeMirror-hint", has_text="isnad:speaker").first.click()
    expect(page.locator(".CodeMirror")).to_contain_text("isnad:speaker")
    page.keyboard.type(" ?who")
    expect(page.locator(".CodeMirror-hint")).to_have_count(0)


def test_a_list_of_queries_is_narrowed_by_words(page: Page) -> None:
    page.goto("/queries")
    page.get_by_role("searchbox", name="Find a saved query").fill("who met")
    expect(page.locator(".cards li:visible")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("1")


def test_a_field_completes_an_entity(page: Page) -> None:
    page.goto("/queries/who-said-what")
    field = page.get_by_role("combobox", name="Who speaks")
    field.press_sequentially("مادور")
    page.get_by_role("option").first.wait_for()
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Nicolás Maduro")
    field.press("Enter")
    page.wait_for_url("**speaker=entity*")
    expect(field).to_have_value("Nicolás Maduro")
    assert page.locator("tbody tr").count() > 0
    field.fill("Vladimir Putin")
    field.press("Enter")
    page.wait_for_url("**speaker=Vladimir*")


@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("/network", ".view.network canvas"),
        ("/map", ".view.map circle"),
        ("/map", ".view.map a[href^='/entity/'] path"),
        ("/timeline", ".strip rect"),
        ("/entity/Q159", ".canvas canvas"),
    ],
)
def test_every_look_is_drawn(page: Page, path: str, look: str) -> None:
    page.goto(path)
    page.locator(look).first.wait_for(state="attached")


def test_the_map_is_moved_and_zoomed_by_buttons_keys_wheel_and_pointer(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/map")
    world = page.locator(".world")
    whole = seen(world)
    page.get_by_role("button", name="Zoom in").click()
    assert seen(world)[2] < whole[2]
    world.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("-")
    assert (seen(world)[0] > whole[0], seen(world)[2]) == (True, pytest.approx(whole[2]))
    page.get_by_role("button", name="All places").click()
    assert seen(world) == pytest.approx(whole)
    world.hover()
    page.mouse.wheel(0, -300)
    assert seen(world) == pytest.approx(whole)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(f"document.querySelector('.world').viewBox.baseVal.width < {whole[2]} - 1")
    near = seen(world)
    world.hover()
    page.mouse.down()
    box = world.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 - 60, box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    assert seen(world)[0] == pytest.approx(near[0] + 60 * near[2] / box["width"], rel=0.05)
    assert urlsplit(page.url).path == "/map"


def seen(world: Locator) -> list[float]:
    """What a map shows: left, top, width, height; its script tells, once it is there."""
    expect(world).to_have_attribute("viewBox", re.compile(r"\S"))
    return list(map(float, (world.get_attribute("viewBox") or "").split()))


def test_a_place_out_of_sight_comes_into_sight_with_the_keyboard(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/map")
    world = page.locator(".world")
    for _ in range(6):
        world.press("+")
    places = world.locator("a")
    for place in (places.first, places.last):
        place.focus()
        expect(place.locator("circle")).to_be_in_viewport()


def test_two_fingers_zoom_the_map(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        base_url=server.address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto("/map", wait_until="networkidle")
    world = page.locator(".world")
    world.scroll_into_view_if_needed()
    before, box = seen(world), world.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    fingers = context.new_cdp_session(page)
    for apart, kind in ((40, "touchStart"), (60, "touchMove"), (80, "touchMove")):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert seen(world)[2] == pytest.approx(before[2] / 2, rel=0.05)
    assert page.evaluate("visualViewport.scale") == 1
    context.close()


def test_the_network_is_walked_by_keys(page: Page) -> None:
    page.goto("/network")
    names = page.get_by_role("list", name="Names of the network").get_by_role("link")
    page.get_by_role("combobox", name="Strongest ties").focus()
    page.keyboard.press("Tab")
    expect(names.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(names.last).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/entity/*")


def test_tabs_turn_by_arrow_keys(page: Page) -> None:
    page.goto("/queries/events?lang=ar")
    page.get_by_role("tab").first.focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".view.bars li").first).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".view.dates time").first).to_be_visible()
    expect(page.locator("table")).to_be_hidden()


def test_every_field_has_a_name_and_every_page_its_landmarks(page: Page) -> None:
    for path in ("/", "/queries/who-said-what", ARTICLE, "/entity/Q159", "/timeline"):
        page.goto(path)
        assert page.get_by_role("main").count() == 1
        assert page.get_by_role("navigation").count() == 1
        assert page.get_by_role("search").count() == 1
        assert page.get_by_role("heading", level=1).count() == 1, path
        nameless = page.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea:not([hidden])')]"
            ".filter(e => !e.labels?.length && !e.ariaLabel && e.offsetParent).length"
        )
        assert nameless == 0, path


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: make frontend")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_shuts_anyone_out(browser: Browser, server: Server, language: str) -> None:
    """Nothing serious by the rules of axe, in light and in dark colours."""
    context = browser.new_context(locale=language, base_url=server.address, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/timeline?type=Agreement")
    event = page.locator(".timeline a").first.get_attribute("href") or ""
    wrong = []
    for path in (*PAGES, event):
        page.goto(path, wait_until="networkidle")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for scheme, options in COLOURS:
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate(VIOLATIONS, options)
            wrong += [(path, scheme, *one) for one in found if one[0] in ("serious", "critical")]
    context.close()
    assert wrong == []


def test_pages_fit_a_phone_and_a_finger_sees_the_facts(browser: Browser, server: Server) -> None:
    context = browser.new_context(
        locale="ar", base_url=server.address, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(path, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.goto(ARTICLE, wait_until="networkidle")
    page.locator(".text a.m[data-facts]").first.tap()
    expect(page.locator(".card.sheet .fact").first).to_be_visible()
    expect(page.locator(".card.sheet a.entity")).to_be_visible()
    assert page.url.endswith(ARTICLE)
    page.locator(".card .close").tap()
    expect(page.locator(".card")).to_be_hidden()
    context.close()


def test_a_printed_article_has_its_text_and_its_facts_alone(page: Page) -> None:
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.locator(".text")).to_be_visible()
    expect(page.locator(".fact").last).to_be_visible()
    expect(page.locator(".printed")).to_contain_text(ARTICLE)


def test_printed_facts_follow_the_text(page: Page) -> None:
    """Of an article that ends with a dozen empty lines."""
    page.goto("/article/001_d6a70859eb3026d3")
    page.emulate_media(media="print")
    last, facts = page.locator(".text .s").last.bounding_box(), page.locator("aside h2").bounding_box()
    assert last
    assert facts
    assert 0 < facts["y"] - (last["y"] + last["height"]) < 50


def test_a_reader_by_keyboard_reaches_a_fact_and_its_event(page: Page) -> None:
    page.goto(ARTICLE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.w')"):
            break
    expect(page.locator(".card .fact").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".fact:target")).to_have_count(1)


def test_pages_are_read_without_scripts(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=server.address)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Run").click()
    assert page.locator("tbody tr").count() > 0
    page.get_by_role("link", name="label").click()
    assert page.locator("th[aria-sort=ascending]").count() == 1
    page.goto(ARTICLE)
    page.locator(".text a.w").first.click()
    assert page.locator(".fact:target").count() == 1
    context.close()
