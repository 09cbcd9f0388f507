"""The embedded tables are data that researchers join on: every row is checked here, whoever adds it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

from kg.authority import DATA, OFFICES, TYPES, listed, parse_office, rows
from kg.reading.words import fold

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ITEM = re.compile(r"Q[1-9][0-9]*")
ARABIC_ONLY = re.compile(r"[\u0621-\u065F\u0670-\u06D3\s0-9٠-٩«»().،'’/\-]+")  # no Latin or Cyrillic letter
DAY = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")

PLACE_KINDS = {
    "capital",
    "city",
    "region",
    "sea",
    "strait",
    "gulf",
    "island",
    "river",
    "border",
    "base",
    "building",
    "airport",
    "port",
    "square",
    "continent",
    "other",
}
ORGANIZATION_KINDS = {
    "igo",
    "ministry",
    "presidency",
    "government",
    "parliament",
    "military",
    "intelligence",
    "party",
    "armed_group",
    "agency",
    "outlet",
    "platform",
    "company",
    "bank",
    "court",
    "ngo",
    "union",
    "other",
}
Row = dict[str, str]
TABLES: dict[str, list[Row]] = {name: list(rows(name)) for name in TYPES}
ALL: list[tuple[str, Row]] = [(name, row) for name, table in TABLES.items() for row in table]
BY_KEY = {row["key"]: (name, row) for name, row in ALL}


def forms(row: Row) -> tuple[str, ...]:
    return (row["ar"], *listed(row["variants"]))


def folded_owners(*columns: str) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = defaultdict(set)
    for _, row in ALL:
        for column in columns:
            for form in listed(row.get(column, "")):
                owners[fold(form)].add(row["key"])
    return owners


def flagged() -> dict[str, set[str]]:
    return {fold(row["form"]): set(listed(row["keys"])) for row in rows("homonyms")}


def test_keys_are_slugs_and_name_one_row_each() -> None:
    keys = Counter(row["key"] for _, row in ALL)
    assert [key for key in keys if not SLUG.fullmatch(key)] == []
    assert [key for key, count in keys.items() if count > 1] == []


def test_one_item_is_one_entity() -> None:
    owners: dict[str, list[str]] = defaultdict(list)
    for _, row in ALL:
        if row["qid"]:
            owners[row["qid"]].append(row["key"])
    assert {qid: keys for qid, keys in owners.items() if len(keys) > 1} == {}
    assert [qid for qid in owners if not ITEM.fullmatch(qid)] == []


def test_every_item_names_its_source_and_no_source_lacks_an_item() -> None:
    assert [row["key"] for _, row in ALL if bool(row["qid"]) != bool(row["source"])] == []


def test_cells_are_trimmed_and_lists_are_clean() -> None:
    def untidy(cell: str) -> bool:
        parts = cell.split("|")
        return cell != cell.strip() or "  " in cell or any(part != part.strip() or not part for part in parts)

    assert [(row["key"], column) for _, row in ALL for column, cell in row.items() if cell and untidy(cell)] == []


@pytest.mark.parametrize("column", ["ar", "variants", "adjectives"])
def test_arabic_is_in_arabic_script(column: str) -> None:
    bad = [
        (row["key"], form)
        for _, row in ALL
        for form in listed(row.get(column, ""))
        if not ARABIC_ONLY.fullmatch(form) or not fold(form).strip()
    ]
    assert bad == []


def test_every_row_has_an_arabic_and_an_english_name() -> None:
    assert [row["key"] for _, row in ALL if not row["ar"] or "|" in row["ar"] or not row["en"]] == []


def test_no_form_is_given_twice_in_a_row() -> None:
    assert [row["key"] for _, row in ALL if len(set(forms(row))) != len(forms(row))] == []
    adjectives = [(row["key"], listed(row.get("adjectives", ""))) for _, row in ALL]
    assert [key for key, given in adjectives if len(set(given)) != len(given)] == []


@pytest.mark.parametrize("columns", [("ar", "variants"), ("adjectives",)])
def test_a_form_of_two_entities_is_flagged(columns: tuple[str, ...]) -> None:
    flags = flagged()
    silent = {
        form: sorted(keys)
        for form, keys in folded_owners(*columns).items()
        if len(keys) > 1 and not keys <= flags.get(form, set())
    }
    assert silent == {}, "add a row to kg/data/homonyms.tsv for each of these forms, or drop the rarer one"


def test_homonyms_name_known_keys_and_forms() -> None:
    owners = folded_owners("ar", "variants", "adjectives")
    listing = list(rows("homonyms"))
    counts = Counter(fold(row["form"]) for row in listing)
    assert [form for form, count in counts.items() if count > 1] == []
    for row in listing:
        keys = set(listed(row["keys"]))
        assert keys, row
        assert keys <= owners[fold(row["form"])], row
        assert not row["preference"] or row["preference"] in keys, row


def test_every_capital_stands_in_its_country() -> None:
    wrong = []
    for row in TABLES["countries"]:
        name, place = BY_KEY.get(row["capital"], ("", {}))
        if row["capital"] and (name != "places" or place["country"] != row["key"] or place["kind"] != "capital"):
            wrong.append(row["key"])
    assert wrong == []
    named = {row["capital"] for row in TABLES["countries"]}
    assert [row["key"] for row in TABLES["places"] if row["kind"] == "capital" and row["key"] not in named] == []


def test_country_columns_name_countries() -> None:
    countries = {row["key"] for row in TABLES["countries"]}
    others = [row for name, row in ALL if name != "countries"]
    assert [row["key"] for row in others if row["country"] and row["country"] not in countries] == []


def test_kinds_genders_and_country_codes_are_known_ones() -> None:
    assert [row["key"] for row in TABLES["places"] if row["kind"] not in PLACE_KINDS] == []
    assert [row["key"] for row in TABLES["organizations"] if row["kind"] not in ORGANIZATION_KINDS] == []
    assert [row["key"] for row in TABLES["people"] if row["gender"] not in {"m", "f"}] == []
    codes = Counter(row["iso2"] for row in TABLES["countries"] if row["iso2"])
    assert [code for code, count in codes.items() if count > 1 or not re.fullmatch("[A-Z]{2}", code)] == []


def test_coordinates_are_pairs_in_range() -> None:
    def wrong(row: Row) -> bool:
        if not row["lat"] or not row["lon"]:
            return bool(row["lat"] or row["lon"])
        return not (-90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180)

    assert [row["key"] for row in TABLES["places"] if wrong(row)] == []


def office_cells() -> Iterator[tuple[str, str]]:
    for row in TABLES["people"]:
        for cell in listed(row["offices"]):
            yield row["key"], cell


def test_offices_have_a_known_role_a_place_and_an_ordered_term() -> None:
    for key, cell in office_cells():
        office = parse_office(cell)
        assert office.role in OFFICES, (key, cell)
        name, _ = BY_KEY.get(office.at, ("", {}))
        assert name in {"countries", "organizations", "places"}, (key, cell)
        assert DAY.fullmatch(office.since), (key, cell)
        assert DAY.fullmatch(office.until), (key, cell)
        assert not office.until or office.since <= office.until, (key, cell)


@pytest.mark.parametrize(("name", "least"), [("countries", 250), ("places", 400)])
def test_the_tables_are_as_wide_as_promised(name: str, least: int) -> None:
    assert len(TABLES[name]) >= least


def test_no_comment_or_blank_line_hides_a_row() -> None:
    for name in TYPES:
        lines = (DATA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        assert all(line.startswith("#") or line.split("\t")[0] for line in lines), name
