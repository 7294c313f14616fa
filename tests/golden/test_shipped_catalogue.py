"""The shipped catalogue is complete and well dated, read with nothing but the csv module."""

from __future__ import annotations

import csv
import datetime as dt
import re
import tomllib
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "data" / "catalysts"
FACTS = ROOT.parent / "shared" / "facts"
FILES = ("events.csv", "earnings.csv")

COLUMNS = [
    "id",
    "published_at",
    "time_precision",
    "headline",
    "category",
    "scope",
    "symbols",
    "direction",
    "strength",
    "scheduled",
    "labelled_at",
    "chain",
    "role",
    "source",
    "note",
]
FIGURES = ["revenue_actual", "revenue_consensus", "eps_actual", "eps_consensus"]
CATEGORIES = {
    "earnings",
    "guidance",
    "product",
    "partnership",
    "regulation",
    "policy",
    "macro",
    "capital",
    "ownership",
    "analyst",
    "legal",
    "leadership",
    "listing",
    "peer_news",
}
ROLES = {
    "umbrella": {"S003", "S004"},
    "noise": {"S020", "S034", "S036"},
    "calendar": {"S051", "S052", "S053", "S054"},
}
# Days that the fact files themselves call doubtful.
DOUBTFUL = {"E-TCOM-2020-02-26", "E-1810.HK-2020-03-31", "E-0992.HK-2023-11-16"}
# The one row whose day differs from the fact file: signed on one day, public on another (see SOURCES.md).
REDATED = {"C2025-0205A"}

CHINA = dt.timedelta(hours=8)
NEW_YORK = ZoneInfo("America/New_York")

Row = dict[str, str]


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def also(row: Row) -> list[str]:
    """Ids that the row tells besides its own."""
    match = re.match(r"also (.*?)\. ", row["note"] + " ")
    return match[1].split(", ") if match else []


def published(row: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(row["published_at"])


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return [row for name in FILES for row in read(FOLDER / name)]


@pytest.fixture(scope="module")
def places(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows that tell each id, be it their own or one merged into them."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for key in (row["id"], *also(row)):
            found.setdefault(key, []).append(row)
    return found


@pytest.fixture(scope="module")
def universe() -> dict[str, dict[str, dict[str, str]]]:
    with (ROOT / "data" / "universe.toml").open("rb") as handle:
        return tomllib.load(handle)


@pytest.mark.parametrize(("name", "columns"), [(FILES[0], COLUMNS), (FILES[1], COLUMNS + FIGURES)])
def test_files_have_the_agreed_columns_and_ascend(name: str, columns: list[str]) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        assert next(csv.reader(handle)) == columns
    order = [(published(row), row["id"]) for row in read(FOLDER / name)]
    assert order == sorted(order)


def test_no_id_stands_twice_and_none_is_lost(places: dict[str, list[Row]]) -> None:
    assert {key for key, found in places.items() if len(found) > 1} == set()
    # 54 events of the articles, 122 other events, 287 results.
    assert len(places) >= 54 + 122 + 287


def test_every_event_of_the_five_articles_stands_once_on_its_day(places: dict[str, list[Row]]) -> None:
    events = read(Path(__file__).with_name("seed_events.csv"))
    assert len(events) == 54
    assert len({name for event in events for name in event["reported_by"].split(";")}) == 5
    for event in events:
        (row,) = places[event["id"]]
        assert published(row).date().isoformat() == event["event_date"], event["id"]
        assert set(row["symbols"].split(";")) == set(event["symbols"].split(";")), event["id"]


@pytest.mark.parametrize("role", ROLES)
def test_rows_that_must_not_trade_are_marked(rows: list[Row], role: str) -> None:
    assert {row["id"] for row in rows if row["role"] == role} == ROLES[role]
    assert {row["role"] for row in rows} == {"event", *ROLES}


def test_cells_hold_what_the_format_allows(rows: list[Row]) -> None:
    for row in rows:
        assert row["category"] in CATEGORIES, row
        assert row["scope"] in {"company", "sector", "market"}, row
        assert row["time_precision"] in {"minute", "session", "day"}, row
        assert row["scheduled"] in {"yes", "no"}, row
        assert row["direction"] in {"-1", "0", "1"}, row
        assert 0 <= float(row["strength"]) <= 1, row
        assert row["source"].strip(), row
        assert row["headline"].strip() and "\n" not in row["headline"], row
        for figure in FIGURES:
            assert not row.get(figure) or float(row[figure]) == float(row[figure]), row


def test_every_label_is_a_hindsight_label_and_says_so(rows: list[Row]) -> None:
    assert {row["labelled_at"] for row in rows} == {"2026-11-21T00:00:00+00:00"}
    assert all(dt.datetime.fromisoformat(row["labelled_at"]) > published(row) for row in rows)


def test_notes_tell_no_reaction_of_prices_or_trading(rows: list[Row]) -> None:
    moved = r"rose|rise|fell|fall|gain|lost|jump|slump|surg|plung|drop|rall|close|open|up|down"
    reaction = re.compile(rf"\b({moved})\w*\b.{{0,25}}%|%.{{0,25}}\b({moved})\w*\b|volume", re.IGNORECASE)
    assert [row["id"] for row in rows if reaction.search(row["note"])] == []


def test_offsets_are_those_of_beijing_or_of_new_york_on_that_day(rows: list[Row]) -> None:
    wrong = [
        row["id"]
        for row in rows
        if published(row).utcoffset() not in {CHINA, published(row).astimezone(NEW_YORK).utcoffset()}
    ]
    assert wrong == []
    # Results of Hong Kong issuers without a New York line are always dated in Hong Kong.
    hong_kong_only = [row for row in rows if re.fullmatch(r"(\d{4}\.HK;?)+", row["symbols"])]
    assert {published(row).utcoffset() for row in hong_kong_only} == {CHINA}


def test_symbols_are_known_to_the_universe(rows: list[Row], universe: dict[str, dict[str, object]]) -> None:
    known = {*universe["listing"], *universe["outside"]}
    assert {s for row in rows for s in row["symbols"].split(";")} - known == set()


def test_the_first_symbol_is_of_the_venue_whose_part_of_day_is_known(
    rows: list[Row], universe: dict[str, dict[str, dict[str, str]]]
) -> None:
    """News of a Hong Kong morning or afternoon must not be clocked by the evening before in New York."""
    listings = universe["listing"]
    hong_kong = {listing["issuer"] for listing in listings.values() if listing["venue"] == "XHKG"}
    for row in rows:
        at, first = published(row), row["symbols"].split(";")[0]
        if row["time_precision"] != "session" or at.utcoffset() != CHINA or at.hour >= 16:
            continue
        if first in listings:
            assert listings[first]["venue"] == "XHKG" or listings[first]["issuer"] not in hong_kong, row["id"]


def test_results_rows_are_earnings_with_figures_where_the_headline_gives_a_verdict(rows: list[Row]) -> None:
    results = [row for row in rows if "eps_actual" in row]
    assert len(results) == 287
    assert {(r["category"], r["scope"], r["scheduled"], r["role"]) for r in results} == {
        ("earnings", "company", "yes", "event")
    }
    silent = [row for row in results if row["headline"].endswith("results are published")]
    assert {(row["direction"], row["strength"]) for row in silent} == {("0", "0.1")}


def test_revenue_verdict_in_the_headline_agrees_with_the_figures(rows: list[Row]) -> None:
    """The first comparison of a headline that opens with sales or revenue is that of the figures."""
    checked = 0
    for row in rows:
        words = re.search(r": (?:sales|revenue) [^;]*?, (above|below) the [^;]*? expected", row["headline"])
        if words and row.get("revenue_actual") and row["revenue_consensus"]:
            above = float(row["revenue_actual"]) > float(row["revenue_consensus"])
            assert words[1] == ("above" if above else "below"), row["id"]
            checked += 1
    assert checked > 120


@pytest.mark.parametrize(
    ("key", "moment"),
    [
        ("S030", "2025-02-11T14:21:08+00:00"),  # Reuters stamp, nine minutes before the New York open
        ("S013", "2024-09-24T01:00:00+00:00"),  # press conference 09:00 Beijing
        ("E-BABA-2023-02-23", "2023-02-23T11:36:00+00:00"),  # newswire 6:36 New York, winter
        ("E-BABA-2022-08-04", "2022-08-04T10:33:00+00:00"),  # newswire stamp in UTC
        ("E-PDD-2023-11-28", "2023-11-28T10:30:00+00:00"),  # newswire stamp in UTC
        ("E-BIDU-2025-02-18", "2025-02-18T09:00:00+00:00"),  # 04:00 New York, winter
        ("E-BIDU-2024-08-22", "2024-08-22T09:00:00+00:00"),  # 05:00 New York, summer
    ],
)
def test_printed_times_are_kept_to_the_minute(places: dict[str, list[Row]], key: str, moment: str) -> None:
    (row,) = places[key]
    assert row["time_precision"] == "minute"
    assert published(row) == dt.datetime.fromisoformat(moment)


def test_the_two_seed_results_carry_their_figures(places: dict[str, list[Row]]) -> None:
    (row,) = places["E-BABA-2025-02-20"]
    assert row["id"] == "S038"
    assert (row["revenue_actual"], row["revenue_consensus"]) == ("280.2", "277.4")
    assert places["E-0992.HK-2025-02-20"][0]["id"] == "S040"


def test_sources_page_names_every_row_that_does_not_trade_and_every_redated_row() -> None:
    page = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for key in {*REDATED, *DOUBTFUL}.union(*ROLES.values()):
        assert key in page, key


@pytest.mark.skipif(not FACTS.is_dir(), reason="the fact files are not beside the repository")
def test_every_verified_fact_is_in_the_catalogue_on_its_day(places: dict[str, list[Row]]) -> None:
    seeds = read(FACTS / "seed_gold.csv")
    others = read(FACTS / "catalysts.csv") + read(FACTS / "earnings.csv")
    verified = [row for row in others if row["verified"] in {"yes", "partial"}]
    wanted = seeds + [row for row in verified if row["id"] not in DOUBTFUL]
    assert Counter(len(places.get(fact["id"], [])) for fact in wanted) == {1: 463}
    for fact in wanted:
        (row,) = places[fact["id"]]
        if fact["id"] not in REDATED:
            assert published(row).date() == published(fact).date(), fact["id"]
    for seed in seeds:
        (row,) = places[seed["id"]]
        assert int(row["direction"]) == int(seed["direction"]), seed["id"]
        assert float(row["strength"]) == float(seed["strength"]), seed["id"]
    assert not DOUBTFUL & places.keys()
