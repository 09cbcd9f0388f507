"""The pages that lead through the graph, and the search, over real sockets."""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from serving import FORM, Server, Start, starting, wait_for

from kg.queries import load_queries
from kg.search import KINDS, search
from kg.server.evidence import headline, roles_of
from kg.server.links import dated
from kg.server.text import directed, stretches
from kg.store import current_version

ARABIC = {"Accept": "text/html", "Accept_Language": "ar"}
OWN = """#+ summary: Countries
#+ description: The countries of the graph.
#+ ar:
#+   summary: البلدان
#+   description: بلدان المخطط.
SELECT ?country WHERE { ?country a isnad:Country }
"""


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    with starting() as begin:
        yield begin


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


@pytest.fixture(scope="module")
def server(start: Start, gold_store: Path, own: Path) -> Server:
    return start(gold_store, "--workers", "2", "--queries", str(own))


def found(server: Server, words: str, **parameters: str) -> list[dict[str, str]]:
    reply = server.get("/search?" + urlencode({"q": words, **parameters}), Accept="application/json")
    assert reply.status == 200, reply.text
    hits: list[dict[str, str]] = json.loads(reply.body)["hits"]
    return hits


@pytest.mark.parametrize("words", ["روسيا", "رُوسِيَا", "RUSSIA", "russ", "Россия", "Rusia"])
def test_a_name_is_found_in_any_language_and_spelling(server: Server, words: str) -> None:
    assert "https://w3id.org/isnad/entity/Q159" in [hit["iri"] for hit in found(server, words, kind="entity")]


def test_what_is_called_so_comes_before_what_is_also_called_so(server: Server) -> None:
    """Venezuela is mentioned more, and as «Maduro's government» too."""
    assert found(server, "مادور", kind="entity", lang="en")[0]["label"] == "Nicolás Maduro"


@pytest.mark.parametrize("words", ["Chavez", "Chávez", "تشافيز", "chav"])
def test_marks_on_letters_do_not_count(server: Server, words: str) -> None:
    assert found(server, words, kind="entity", lang="en")[0]["label"] == "Hugo Chávez"


def test_a_word_of_a_sentence_is_found_without_what_is_joined_to_it(server: Server) -> None:
    hits = found(server, "فنزويلا", kind="sentence", limit="50")
    assert any("لفنزويلا" in hit["text"] for hit in hits)
    assert all(hit["page"].startswith("/article/") for hit in hits)
    assert found(server, "فنزويلا لا-توجد-كلمة-كهذه") == []


def test_a_term_is_found_by_its_label(server: Server) -> None:
    assert {"isnad:speaker"} == {hit["name"] for hit in found(server, "speaker", kind="property")}
    assert "isnad:Agreement" in [hit["name"] for hit in found(server, "اتفاق", kind="class")]


@pytest.mark.parametrize("words", ['"', "a OR b", "* NEAR(", "'; DROP TABLE docs", "key : x", "x" * 5000, "\x00"])
def test_no_question_is_read_as_syntax(server: Server, words: str) -> None:
    found(server, words)


def test_a_wrong_search_is_named(server: Server) -> None:
    assert server.get("/search?q=x&kind=nothing").status == 400
    assert server.get("/search?q=x&limit=1000").status == 400


def test_the_search_page_marks_the_words(server: Server) -> None:
    page = server.get("/search?" + urlencode({"q": "كراكاس"}), **ARABIC).text
    assert "<mark>" in page
    assert re.search(r'href="/article/[^"]+#s\d+"', page)


def test_a_found_sentence_says_of_which_article_and_day(server: Server) -> None:
    """Of an article with a title and one that is headed by its first line."""
    page = server.get("/search?" + urlencode({"q": "فنزويلا", "kind": "sentence", "lang": "en"}), **ARABIC).text
    told = re.findall(r'<small><a href="/article/([^"#]+)\?lang=en"><bdi>([^<]+)</bdi></a> · <bdi>([^<]+)</bdi>', page)
    assert len(told) == page.count('<li dir="auto">') > 1
    assert len({article for article, _, _ in told}) > 1
    for article, heading, day in told:
        about = server.get(f"/article/{article}", **ARABIC).text
        assert heading in about
        assert day == "undated" or f"<bdi>{day}</bdi>" in about


def test_search_is_there_in_sparql_too(server: Server) -> None:
    reply = server.get("/queries/search?" + urlencode({"words": "رُوسيا", "format": "csv"}))
    assert "entity/Q159" in reply.text
    assert "sentence," in reply.text


def test_a_search_takes_milliseconds(gold_store: Path) -> None:
    version = gold_store / "versions" / (current_version(gold_store) or "")
    started = time.perf_counter()
    for _ in range(20):
        search(version, "روسيا", KINDS, "ar", 20)
    assert time.perf_counter() - started < 20 * 0.05


def test_the_timeline_is_narrowed(server: Server) -> None:
    everything = server.get("/timeline", **ARABIC).text
    meetings = server.get("/timeline?type=Meeting&from=2019&to=2019", **ARABIC).text
    events = r'href="/event/[0-9a-f]+'
    assert 0 < len(re.findall(events, meetings)) < len(re.findall(events, everything))
    assert re.search(r"<h2><bdi[^>]*>2019</bdi>", meetings)
    assert re.search(r'<option value="Meeting" selected>[^<]*\w', meetings)


def test_the_looks_are_saved_queries(server: Server) -> None:
    assert 'data-view="network"' in server.get("/network", **ARABIC).text
    assert 'data-view="map"' in server.get("/map", **ARABIC).text
    assert server.get("/map?format=csv").text.startswith("place,events,lat,lon,where,country")


def test_a_result_has_an_address_and_the_editor(server: Server) -> None:
    page = server.get("/queries/agreements-between?first=Q159", **ARABIC).text
    shared = re.search(r'id="shared"[^>]*value="([^"]+)"', page)
    assert shared
    assert shared[1].startswith(server.address)
    assert re.search(r'href="/\?query=[^"]*w3id.org%2Fisnad%2Fentity%2FQ159', page)


def test_a_query_dropped_into_the_folder_appears(server: Server, own: Path) -> None:
    assert server.get("/queries/countries").status == 404
    (own / "broken.rq").write_text("SELECT nonsense", encoding="utf-8")
    (own / "countries.rq").write_text(OWN, encoding="utf-8")
    wait_for(lambda: server.get("/queries/countries?format=csv").status == 200)
    assert "البلدان" in server.get("/queries", **ARABIC).text
    assert len(json.loads(server.get("/queries", Accept="application/json").body)) == len(load_queries()) + 1
    (own / "countries.rq").unlink()
    assert server.get("/queries/countries").status == 404


def test_data_comes_by_the_page_too(server: Server) -> None:
    rows: list[str] = []
    path = "/queries/events?format=csv&size=40&page=1"
    while path:
        reply = server.get(path)
        rows += reply.text.splitlines()[1:]
        following = re.search(r'<([^>]+)>; rel="next"', reply.headers.get("link", ""))
        path = following[1].removeprefix(server.address) if following else ""
    assert rows == server.get("/queries/events?format=csv").text.splitlines()[1:]
    assert len(rows) > 80
    assert server.get("/queries/events?format=csv&page=0").status == 400
    assert server.get("/queries/events?format=csv&page=1&size=99999").status == 400


def test_an_article_without_a_title_is_headed_by_its_first_line(server: Server) -> None:
    page = server.get("/article/001_d6a70859eb3026d3", **ARABIC).text
    heading = re.search(r'<h1 dir="auto" lang="ar">([^<]+)</h1>', page)
    assert heading
    assert heading[1].removesuffix("\u00a0…") in re.sub(r"<[^>]+>", "", page.partition("<article")[2])
    assert heading[1] in server.get("/articles", **ARABIC).text
    assert "001_d6a70859eb3026d3</a>" not in server.get("/entity/Q717", **ARABIC).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n  One line.\nAnother", "One line."),
        ("word " * 40, "word " * 21 + "word\u00a0…"),
        ("", ""),
    ],
)
def test_a_headline_is_one_line_cut_between_words(text: str, shown: str) -> None:
    assert headline(text) == shown


def test_a_refused_query_stays_in_the_editor(server: Server) -> None:
    for reply in (
        server.get("/sparql?" + urlencode({"query": "SELECT nonsense"}), Accept="text/html"),
        server.ask("POST", "/sparql", b"query=SELECT+nonsense", Accept="text/html", Content_Type=FORM),
        server.get("/sparql?" + urlencode({"query": "SELECT nonsense { SERVICE <http://x/> {} }"}), Accept="text/html"),
    ):
        assert reply.status in (400, 403)
        assert re.search(r"<textarea[^>]*>SELECT nonsense", reply.text)
        assert 'role="alert"' in reply.text


def test_a_column_puts_the_rows_in_order(server: Server) -> None:
    def first(sort: str) -> list[str]:
        page = server.get(f"/queries/speech-acts?sort={sort}", **ARABIC).text
        return re.findall(r'<td data-heading="التصريحات"><bdi dir="ltr">(\d+)', page)

    assert list(map(int, first("statements"))) == sorted(map(int, first("statements")))
    assert first("-statements") == first("statements")[::-1]
    assert server.get("/queries/speech-acts?sort=statements&format=csv").status == 400


def test_choices_and_columns_have_names(server: Server) -> None:
    page = server.get("/queries/who-said-what", **ARABIC).text
    assert re.search(r'data-column="factuality"><a [^>]*>الواقعية</a>', page)
    assert re.search(r'<span title="actual">[^<a-z]+</span>', page)
    assert re.search(r'<option value="ar" selected>العربية</option>', page)


def test_articles_come_by_the_page(server: Server) -> None:
    page = server.get("/articles", **ARABIC).text
    dates = re.findall(r"<small><bdi>(\d{4}-\d\d-\d\d)</bdi>", page)
    assert dates == sorted(dates, reverse=True)
    assert len(re.findall(r'<a href="/article/', page)) == 5
    assert "page=" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_chosen_language_goes_with_every_link(server: Server) -> None:
    page = server.get("/queries/agreements-between?lang=ar", Accept="text/html").text
    own = re.findall(r'href="(/(?:article|event|entity)/[^"]+)"', page)
    assert own
    assert all("lang=ar" in one for one in own)
    assert any(re.search(r"\?lang=ar#s\d+$", one) for one in own)


def test_pages_let_nothing_in_from_elsewhere(server: Server) -> None:
    policy = server.get("/", Accept="text/html").headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy


def test_triple_terms_are_written_out(server: Server) -> None:
    query = "SELECT (TRIPLE(<http://example.org/s>, <http://example.org/p>, 'o') AS ?t) {}"
    page = server.get("/sparql?" + urlencode({"query": query}), Accept="text/html").text
    assert "&lt;&lt;(" in page
    assert "http://example.org/p" in page


def test_dates_keep_their_order_within_arabic() -> None:
    assert str(dated("لقاء (2024-11-07) <1999>")) == (
        'لقاء (<bdi class="date" dir="ltr">2024-11-07</bdi>) &lt;1999&gt;'
    )


def test_an_entity_page_tells_whom_it_met_and_its_sources(server: Server) -> None:
    page = server.get("/entity/Q8440", Accept="text/html", Accept_Language="en").text
    assert "Sources" in page
    assert 'href="/article/' in page
    assert "Met" in server.get("/entity/Q7747", Accept="text/html", Accept_Language="en").text


def test_sentences_of_another_direction_stay_in_their_order(server: Server) -> None:
    """An article in Arabic that quotes a message in Spanish."""
    page = server.get("/article/000_6da8eec400364175", **ARABIC).text
    turned = re.search(r'<span dir="ltr">(.*?)</span></span>', page, re.DOTALL)
    assert turned
    shown = re.sub(r"<[^>]+>", "", turned[1])
    assert shown.startswith("Desde Moscú")
    assert "September 25, 2019" in shown
    assert not re.search(r"[\u0621-\u064a]", shown)


def test_runs_of_one_direction_lose_nothing() -> None:
    parts = (("نص.", 0, "ar"), ("One.", 4, "en"), ("Two.", 9, "en"), ("نص.", 14, "ar"))
    text = " ".join(words for words, _, _ in parts)
    found = stretches(text, [(begin, begin + len(words), tag, "body") for words, begin, tag in parts], ())
    runs = [(way, "".join(piece.text for one in run for piece in one.pieces)) for way, run in directed(found, "ar")]
    assert runs == [("rtl", "نص. "), ("ltr", "One. Two."), ("rtl", " نص.")]


@pytest.mark.parametrize("given", ["Q717", "entity:Q717", "https://w3id.org/isnad/entity/Q717"])
def test_a_field_says_what_the_entity_in_it_is_called(server: Server, given: str) -> None:
    page = server.get("/queries/actor-timeline?" + urlencode({"actor": given}), **ARABIC).text
    assert 'data-called="فنزويلا"' in page
    assert f'value="{given}"' in page
    assert "data-called" not in server.get("/queries/actor-timeline?actor=Venezuela", **ARABIC).text


def test_who_acts_comes_before_where() -> None:
    def row(role: str) -> dict[str, dict[str, str]]:
        return {
            "role": {"value": f"#{role}"},
            "roleName": {"value": role},
            "entity": {"value": "x"},
            "name": {"value": "X"},
        }

    assert [name for name, _ in roles_of(map(row, ("place", "via", "target", "agent", "about", "speaker")))] == [
        *("speaker", "about", "via", "agent", "target", "place"),
    ]
