"""Finding issuers in texts, on a small table of made-up firms."""

import pytest

from newsbt.errors import NewsbtError
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


SEVERAL = {
    "issuer": {
        "Orchard": {"names": ["Orchard"]},
        "Lantern": {"names": ["Lantern"]},
        "Harbour": {"names": ["Harbour"]},
    },
    "several": [
        {"names": ["OLH"], "issuers": ["Orchard", "Lantern", "Harbour"], "relevance": 0.5, "case": True},
        {"names": ["fruit and light", "果与光"], "issuers": ["Orchard", "Lantern"], "forbid": ["recipe"]},
    ],
}


def test_a_name_may_stand_for_several_issuers_and_counts_less():
    linker = Linker.from_table(SEVERAL)
    assert linker.issuers_of("OLH rally") == {"Orchard": 0.5, "Lantern": 0.5, "Harbour": 0.5}
    assert [(item.start, item.end, item.alias) for item in linker.link("OLH rally")] == [(0, 3, "OLH")] * 3
    assert linker.issuers_of("olh rally") == {}
    assert linker.issuers_of("果與光大涨") == {"Orchard": 0.4, "Lantern": 0.4}
    assert linker.issuers_of("A recipe for fruit and light") == {}
    # Its own name counts as much as without the others, and a little more for being meant twice.
    both = linker.issuers_of("Orchard falls, OLH too")
    assert both["Orchard"] == 1.0 and 0.3 < both["Lantern"] == both["Harbour"] < 0.5


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"names": ["X"], "issuers": ["Orchard"]}, "two issuers or more"),
        ({"issuers": ["Orchard", "Lantern"]}, "needs names"),
        ({"names": ["X"], "issuers": ["Orchard", "Lantan"]}, "did you mean 'Lantern'"),
        ({"names": ["orchard"], "issuers": ["Orchard", "Lantern"]}, "is an alias already"),
        ({"names": ["X"], "issuers": ["Orchard", "Lantern"], "relevance": 2}, "relevance = 2"),
        ({"names": ["X"], "issuers": ["Orchard", "Lantern"], "relevence": 1}, "relevance"),
    ],
)
def test_a_wrong_entry_of_several_is_named(row, words):
    with pytest.raises(NewsbtError, match=words):
        Linker.from_table({**SEVERAL, "several": [row]}, "aliases.toml")
