"""What is wrong with a table of rules is named with its place."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsbt.errors import SettingsError
from newsbt.records import CATEGORIES
from newsbt.scoring.taxonomy_table import parse_taxonomy

ROOT = Path(__file__).resolve().parents[3]
GOOD = "[category.legal]\nstrength = 0.5\nhalf_life = 5\n"
CUE = '[[cue]]\nname = "fine"\ndirection = -1\nweight = 0.5\nphrases = ["fine"]\n'
NEGATION = '[[negation]]\nphrases = ["not"]\nwindow = 3\nfactor = -1.0\n'
FIGURES = '[figures]\nwords = ["vs"]\nweight = 1.0\nfull = 0.1\ncategories = ["legal"]\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "t: no [category.NAME] table"),
        (GOOD.replace("legal", "legl"), "t: [category]: there is no category 'legl'; did you mean legal?"),
        (GOOD + "[categories]\n", "t has an unknown key 'categories'; did you mean category?"),
        (GOOD.replace("0.5", "1.5"), "t: [category.legal]: strength is 1.5; write a number from 0 to 1"),
        (GOOD.replace("0.5", "true"), "t: [category.legal]: strength is True; write a number from 0 to 1"),
        (GOOD.replace("half_life = 5", ""), "t: [category.legal]: half_life is missing"),
        (GOOD + "direction = 2", "t: [category.legal]: direction is 2; write a whole number from -1 to 1"),
        (GOOD + "directon = 1", "t: [category.legal] has an unknown key 'directon'; did you mean direction?"),
        ("category.legal = 3", "t: [category.legal] is 3; it must be a table"),
        (GOOD + CUE.replace('name = "fine"\n', ""), "t: [[cue]] number 1 has no name"),
        (GOOD + CUE + CUE, "t: two [[cue]] tables are named 'fine'"),
        (GOOD + CUE.replace("-1", "0"), "t: [[cue]] number 1 (fine) has direction 0; write -1 or 1"),
        (
            GOOD + CUE.replace("0.5", "3"),
            "t: [[cue]] number 1 (fine): weight is 3; write a number from 0 to 2",
        ),
        (GOOD + CUE.replace('["fine"]', "[]"), "t: [[cue]] number 1 (fine): phrases is empty"),
        (
            GOOD + CUE.replace('["fine"]', '"fine"'),
            "t: [[cue]] number 1 (fine): phrases must be a list of texts",
        ),
        (GOOD + CUE.replace('["fine"]', '["... x"]'), "t: [[cue]] number 1 (fine): phrase '... x'"),
        (
            GOOD + CUE + 'categories = ["x"]',
            "t: [[cue]] number 1 (fine): there is no category 'x'; choose from",
        ),
        (GOOD + NEGATION.replace("-1.0", "0.5"), "t: [[negation]] number 1: factor is 0.5"),
        (
            GOOD + NEGATION.replace("3", "3.5"),
            "t: [[negation]] number 1: window is 3.5; write a whole number",
        ),
        (GOOD + FIGURES.replace("0.1", "0"), "t: [figures]: full is 0"),
        (GOOD + FIGURES.replace('words = ["vs"]', ""), "t: [figures]: words must be a list of texts"),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_taxonomy(tomllib.loads(text), "t")
    assert str(caught.value).startswith(said)


def test_cues_negations_and_figures_may_be_left_out() -> None:
    rules = parse_taxonomy(tomllib.loads(GOOD), "t")
    assert rules.judge("fined 2 vs 1", "legal").why == "no cue"


def test_the_shipped_table_has_every_category() -> None:
    table = tomllib.loads((ROOT / "data" / "taxonomy.toml").read_text(encoding="utf-8"))
    assert set(parse_taxonomy(table, "data/taxonomy.toml").categories) == set(CATEGORIES)


@pytest.mark.parametrize(
    ("headline", "category", "sign"),
    [
        # Invented headlines in the language of news; none is from the catalogue.
        ("Regulator fines food delivery platform 3bn yuan", "regulation", -1),
        ("Watchdog opens probe into online retailer", "regulation", -1),
        ("Regulator clears retailer of wrongdoing, ends probe", "regulation", 1),
        ("Washington bans exports of AI chips to China", "regulation", -1),
        ("Washington drops plan to ban exports of AI chips to China", "regulation", 1),
        ("Exchange starts to delist Chinese issuers", "regulation", -1),
        ("Issuers avoid delisting after audit deal", "regulation", 1),
        ("Central bank cuts reserve ratio, pledges stimulus", "policy", 1),
        ("White House raises tariffs on Chinese goods", "macro", -1),
        ("Both sides agree to cut tariffs for 90 days", "macro", 1),
        ("Portal beats forecasts and raises guidance", "earnings", 1),
        ("Portal misses forecasts and cuts outlook", "earnings", -1),
        ("Quarter: sales 10.0bn yuan vs 9.0bn; EPS $1.20 vs $1.00", "earnings", 1),
        ("Quarter: sales 9.0bn yuan vs 10.0bn; EPS $0.90 vs $1.00", "earnings", -1),
        ("Board approves $5bn share buyback", "capital", 1),
        ("Retailer sells convertible bonds", "capital", -1),
        ("Fund raises stake in search company", "ownership", 1),
        ("Largest holder sells shares worth $2bn", "ownership", -1),
        ("Phone maker partners with search company on AI", "partnership", 1),
        ("Phone maker ends partnership with search company", "partnership", -1),
        ("Company launches new AI model", "product", 1),
        ("Cloud unit cuts prices by half", "product", -1),
        ("Chief executive resigns", "leadership", -1),
        ("Broker upgrades retailer to buy, price target raised", "analyst", 1),
        ("Broker downgrades retailer to sell", "analyst", -1),
        ("Company shelves IPO of cloud unit", "listing", -1),
        ("Company holds its annual meeting", "leadership", 0),
    ],
)
def test_the_shipped_rules_read_plain_headlines(headline: str, category: str, sign: int) -> None:
    table = tomllib.loads((ROOT / "data" / "taxonomy.toml").read_text(encoding="utf-8"))
    value = parse_taxonomy(table, "data/taxonomy.toml").judge(headline, category).value
    assert (value > 0) - (value < 0) == sign
