"""Finding issuers in texts, on a small table of made-up firms."""

import pytest

from newsbt.linking.linker import Linker

TABLE = {
    "issuer": {
        "Acme": {
            "names": ["Acme", "Acme Group", "艾克美"],
            "units": ["Rocket", "火箭车"],
            "people": ["Ann Bolt", "安博"],
            "tickers": ["ACME", "1234.HK"],
        },
        "Bolt": {"names": ["Bolt", "博特"]},
    },
    "ignore": {"phrases": ["博特山", "Acme Corp of Maine"]},
    "context": [
        {
            "issuer": "Acme",
            "aliases": ["Rocket"],
            "case": True,
            "require": ["car", "cars", "车"],
            "forbid": ["moon"],
            "not_before": ["space"],
            "not_after": ["salad"],
        },
        {"issuer": "Acme", "aliases": ["安博"], "require": ["总裁"], "window": 4},
    ],
}


@pytest.fixture(scope="module")
def linker():
    return Linker.from_table(TABLE)


def found(linker, text):
    return [(m.issuer, text[m.start : m.end]) for m in linker.link(text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("acme wins", [("Acme", "acme")]),
        ("Acme Group wins", [("Acme", "Acme Group")]),  # the longest alias, once
        ("艾克美與博特合作", [("Acme", "艾克美"), ("Bolt", "博特")]),
        ("Acme牵手博特", [("Acme", "Acme"), ("Bolt", "博特")]),  # Latin beside Chinese is a whole word
        ("ＡＣＭＥ", [("Acme", "ＡＣＭＥ")]),
        ("Acmeist poets, pacme", []),
        ("Acme3 is out, not 3Acme", [("Acme", "Acme")]),
        ("Acme's boss", [("Acme", "Acme")]),
        ("a walk on 博特山", []),
        ("Acme Corp of Maine closes", []),
        ("Hong Kong: 01234 rises", [("Acme", "01234")]),
        ("in 11234 cases", []),
        ("nothing at all", []),
        ("", []),
    ],
)
def test_longest_alias_whole_words_both_scripts(linker, text, mentions):
    assert found(linker, text) == mentions


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("the Rocket is a car", True),
        ("the rocket is a car", False),  # case
        ("the Rocket is red", False),  # nothing of what is required
        ("the Rocket by Acme is red", True),  # another name of the issuer will do
        ("the Rocket car on the moon", False),  # forbidden near
        ("a space Rocket like a car", False),
        ("a Rocket salad in the car", False),
        ("a Rocket-salad in the car", False),  # a hyphen does not hide a neighbour
        ("cars and Rocketeers", False),
        ("总裁安博", True),
        ("总裁昨日在北京表示安博", False),  # outside the window
    ],
)
def test_context_decides(linker, text, counts):
    assert any(m.alias in ("Rocket", "安博") for m in linker.link(text)) is counts


def test_symbols_count_in_capitals_only(linker):
    assert linker.link("ACME +3%")[0].alias in ("Acme", "ACME")
    assert Linker.from_table({"issuer": {"A": {"tickers": ["BILL"]}}}).link("a bill passes") == ()


def test_a_name_by_itself_is_wholly_relevant_and_company_costs(linker):
    alone = linker.issuers_of("Acme wins")["Acme"]
    both = linker.issuers_of("Acme and Bolt win")
    assert alone == 1.0
    assert 1.0 > both["Acme"] > both["Bolt"] > 0.5  # who is named first matters more
    many = linker.issuers_of("Bolt rises, rivals such as Acme fall")
    assert many["Acme"] < both["Acme"]  # an example
    listed = linker.issuers_of("The city, unlike Acme and Bolt, rises")
    assert max(listed.values()) < both["Bolt"]  # all of a list share the role of its first
    assert linker.issuers_of("Acme-backed start-up lists")["Acme"] < 0.7
    assert linker.issuers_of("目前艾克美股价上涨")["Acme"] > linker.issuers_of("，前艾克美员工创业")["Acme"]


def test_title_counts_more_than_summary_and_repetition_helps(linker):
    title, summary = linker.issuers_of("Acme wins"), linker.issuers_of("A firm wins", "Acme wins")
    assert summary["Acme"] == pytest.approx(title["Acme"] / 2)
    once, twice = linker.issuers_of("A win for Acme"), linker.issuers_of("A win for Acme, says Ann Bolt")
    assert twice["Acme"] > once["Acme"]
    assert linker.issuers_of("Nobody", "Nothing") == {}


def test_a_borrowed_name_counts_little(linker):
    assert linker.issuers_of("He wants to build the next Acme")["Acme"] < 0.3
    assert linker.issuers_of("医药界的“艾克美”突围")["Acme"] < 0.3


def test_time_grows_with_the_text_and_not_with_its_square(linker):
    # Compared pair by pair, 12,000 mentions would take minutes.
    text = "Acme 艾克美 Rocket cars " * 4_000
    assert len(linker.link(text)) == 12_000
