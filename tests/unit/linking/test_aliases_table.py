"""The table of aliases is checked key by key; each error says where, what and what to write."""

import pytest

from newsbt.errors import SettingsError, UnknownNameError
from newsbt.linking.aliases import parse_aliases, ticker_forms

ACME = {"issuer": {"Acme": {"names": ["Acme", "艾克美"], "units": ["Roadster"]}}}


def with_context(**row):
    return {**ACME, "context": [{"issuer": "Acme", "aliases": ["Roadster"], **row}]}


def test_a_table_is_read_with_its_contexts():
    table = parse_aliases(with_context(case=True, require=["Cars"], window=20), "aliases.toml")
    assert table.issuers == ("Acme",)
    assert [(a.text, a.kind) for a in table.aliases] == [
        ("Acme", "names"),
        ("艾克美", "names"),
        ("Roadster", "units"),
    ]
    context = table.aliases[2].context
    assert (context.case, context.require, context.window) == (True, ("cars",), 20)


@pytest.mark.parametrize(
    ("table", "parts"),
    [
        ({}, ["no [issuer.NAME] table"]),
        ({"issuer": {"Acme": {"name": ["A"]}}}, ["[issuer.Acme]", "'name'", "names"]),
        ({"issuer": {"Acme": {"names": "Acme"}}}, ["[issuer.Acme]", "names must be a list"]),
        ({"issuer": {"Acme": {"names": ["A", " "]}}}, ["[issuer.Acme]", "empty text"]),
        ({"issuer": {"Acme": ["A"]}}, ["[issuer.Acme]", "must be a table"]),
        (
            {"issuer": {"Acme": {"names": ["Road"]}, "Bolt": {"units": ["ROAD"]}}},
            ["[issuer.Bolt]", "'ROAD'", "an alias of Acme"],
        ),
        ({**ACME, "ignore": {"phrases": ["acme"]}}, ["[ignore]", "an alias of Acme"]),
        ({**ACME, "ignore": {"phrase": ["x"]}}, ["[ignore]", "phrases"]),
        ({**ACME, "context": {"issuer": "Acme"}}, ["[[context]]"]),
        (with_context(), ["number 1", "says nothing"]),
        (with_context(case="yes"), ["number 1", "case = 'yes'", "true or false"]),
        (with_context(forbid=["x"], window=-1), ["number 1", "window = -1"]),
        (with_context(forbid=["x"], windows=5), ["number 1", "'windows'", "window"]),
        (with_context(forbid=["x"], issuer="Acne"), ["'Acne'", "did you mean 'Acme'?"]),
        (with_context(forbid=["x"], aliases=[]), ["number 1", "no aliases"]),
        (
            with_context(forbid=["x"], aliases=["Roadstar"]),
            ["no alias 'roadstar'", "did you mean 'Roadster'?"],
        ),
    ],
)
def test_what_is_wrong_is_named(table, parts):
    with pytest.raises((SettingsError, UnknownNameError)) as caught:
        parse_aliases(table, "aliases.toml")
    for part in ["aliases.toml", *parts]:
        assert part in str(caught.value)


def test_one_alias_has_one_context():
    row = {"issuer": "Acme", "aliases": ["roadster"], "case": True}
    with pytest.raises(SettingsError, match=r"number 2.*a context already"):
        parse_aliases({**with_context(case=True), "context": [row, row]}, "aliases.toml")


def test_issuers_must_be_those_of_the_universe():
    with pytest.raises(UnknownNameError, match="did you mean 'Acme'"):
        parse_aliases({"issuer": {"Acmee": {"names": ["A"]}}}, "aliases.toml", ["Acme", "Bolt"])


def test_listings_in_hong_kong_have_many_forms_and_others_one():
    assert ticker_forms("BABA") == ("BABA",)
    forms = ticker_forms("9988.HK")
    assert {"9988.HK", "09988.HK", "09988", "(9988)", "HK:9988", "9988 HK"} <= set(forms)
    # A year in brackets is none of Xiaomi's.
    assert "(1810)" not in ticker_forms("1810.HK")
    assert "01810" in ticker_forms("1810.HK")
