"""Bad fee tables: one clear error each; days without an entry; columns."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from newsbt.costs import Execution
from newsbt.errors import InputError, SettingsError, UnknownNameError
from newsbt.fees.model import DatedCosts
from newsbt.fees.tables import parse_fees
from newsbt.universe import Listing

ENTRY = 'effective = 2020-01-01\nrate = 0.001\nverified = "yes"\nsource = "a page"\n'
LATER = 'effective = 2021-01-01\nrate = 0.002\nverified = "yes"\nsource = "a page"\n'
LEVY = '[fee.XHKG]\ncurrency = "HKD"\n[fee.XHKG.levy]\nrounding = "nearest_cent"\n'
SCHEDULE = "[[fee.XHKG.levy.schedule]]\n"
GOOD = LEVY + SCHEDULE + ENTRY
COMMISSION = '[broker.b.XHKG.commission]\nrounding = "none"\n[[broker.b.XHKG.commission.schedule]]\n' + ENTRY
BROKER = '[broker.b.XHKG]\ncurrency = "HKD"\npasses_on = ["levy"]\n' + COMMISSION


def parse(text):
    return parse_fees(tomllib.loads(text), "fees.toml")


def order(day, venue="XHKG", currency="HKD", side="buy"):
    return Execution(Listing("A", "A", venue, currency), side, 100, 10.0, dt.date.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            LEVY + SCHEDULE + ENTRY + SCHEDULE + ENTRY,
            r"\[\[fee.XHKG.levy.schedule\]\] has two entries for 2020-01-01; let one end",
        ),
        (
            LEVY + SCHEDULE + ENTRY + "until = 2021-03-31\n" + SCHEDULE + LATER,
            r"\[\[fee.XHKG.levy.schedule\]\] has two entries for 2021-01-01",
        ),
        (
            LEVY + SCHEDULE + ENTRY + "until = 2020-11-30\n" + SCHEDULE + LATER,
            "says nothing of 2020-12-01 to 2020-12-31; move until or add an entry",
        ),
        (LEVY + SCHEDULE + ENTRY + "until = 2019-01-01\n", "of 2020-01-01 has until = 2019-01-01, before"),
        (GOOD.replace("0.001", "-0.001"), "of 2020-01-01 has rate = -0.001; write a number from 0 up"),
        (GOOD.replace("0.001", "nan"), "has rate = nan; write a number from 0 up"),
        (GOOD.replace("0.001", "true"), "has rate = True; write a number"),
        (GOOD.replace("0.001", "13.0"), r"has rate = 13.0; write a fraction below 1 \(0.001 is 0.1 %\)"),
        (GOOD.replace("rate = 0.001\n", ""), "has no figure; write at least one of rate"),
        (GOOD.replace("rate =", "rats ="), "no key 'rats' .* did you mean 'rate'"),
        (GOOD + "min = 2.0\nmax = 1.0\n", "has max = 1.0 below min = 2.0; swap them"),
        (GOOD.replace('"HKD"', '"EUR"'), r"\[fee.XHKG\] has currency = 'EUR'; XHKG trades in HKD"),
        (GOOD.replace('currency = "HKD"\n', ""), r"\[fee.XHKG\] has currency = None; XHKG trades in HKD"),
        (
            GOOD.replace("nearest_cent", "nearest"),
            "has rounding = 'nearest'; write one of none, nearest_cent",
        ),
        (GOOD.replace("rounding", 'side = "short"\nrounding'), "has side = 'short'; write both, buy or sell"),
        (GOOD.replace("rounding", 'exempt = ["bond"]\nrounding'), r"has exempt = \['bond'\]; write a list"),
        (GOOD.replace("2020-01-01", '"2020-01-01"'), "has effective = '2020-01-01'; write a date"),
        (GOOD.replace("effective = 2020-01-01\n", ""), "has effective = None; write a date"),
        (GOOD.replace('"yes"', '"maybe"'), "has verified = 'maybe'; write yes, partial or no"),
        (GOOD.replace('source = "a page"\n', ""), "of 2020-01-01 has no source"),
        (GOOD.replace("XHKG", "XTKS"), "no venue 'XTKS'"),
        (LEVY, r"\[fee.XHKG.levy\] has no entries; write \[\[fee.XHKG.levy.schedule\]\]"),
        ("[fees]\n", "no key 'fees' .* did you mean 'fee'"),
        ("fee = 3\n", r"\[fee\] is 3; write it as a table"),
        ("[fee]\nXHKG = 3\n", r"\[fee\] has XHKG = 3; write it as a table, \[fee.XHKG\]"),
        (GOOD + BROKER.replace('["levy"]', '["leyv"]'), "no market fee 'leyv' .* did you mean 'levy'"),
        (GOOD + BROKER.replace('["levy"]', '"levy"'), "has passes_on = 'levy'; write a list"),
        (GOOD + BROKER.replace("commission", "levy"), r"\[broker.b.XHKG\] has no commission"),
        (GOOD + BROKER + COMMISSION.replace("commission", "levy"), "charges levy and passes it on; keep one"),
        (GOOD + "[broker.b]\n", r"\[broker.b\] has no venue"),
        (GOOD + "[broker.b]\ndescription = 3\n", "has description = 3; write it in quotes"),
        (GOOD + "[broker.b]\nXHKG = 3\n", r"has XHKG = 3; write venues as tables, \[broker.b.XHKG\]"),
    ],
)
def test_what_is_wrong_is_named(text, message):
    with pytest.raises(InputError, match=message) as caught:
        parse(text)
    assert "fees.toml" in str(caught.value)


def test_a_day_before_the_first_entry_names_fee_and_day():
    costs = DatedCosts(parse(GOOD + BROKER), "b")
    assert costs.fees(order("2020-01-01")) == {"commission": 1.0, "levy": 1.0}
    with pytest.raises(SettingsError, match=r"commission\] says nothing of 2019-12-31, it reaches from 2020"):
        costs.fees(order("2019-12-31"))
    late = DatedCosts(parse(GOOD.replace("2020-01", "2022-01") + BROKER), "b")
    with pytest.raises(SettingsError, match=r"fees.toml: \[fee.XHKG.levy\] says nothing of 2021-06-01"):
        late.fees(order("2021-06-01"))


def test_a_last_entry_may_end():
    costs = DatedCosts(parse(GOOD + "until = 2020-06-30\n" + BROKER), "b")
    assert costs.fees(order("2020-06-30"))["levy"] == 1.0
    with pytest.raises(SettingsError, match="2020-07-01, it reaches from 2020-01-01 to 2020-06-30"):
        costs.fees(order("2020-07-01"))


def test_entries_may_stand_in_any_order():
    costs = DatedCosts(parse(LEVY + SCHEDULE + LATER + SCHEDULE + ENTRY + BROKER), "b")
    assert costs.fees(order("2020-12-31"))["levy"] == 1.0
    assert costs.fees(order("2021-01-01"))["levy"] == 2.0


def test_a_venue_that_the_broker_does_not_know():
    with pytest.raises(SettingsError, match=r"\[broker.b\] has no fees for XNYS, where A trades"):
        DatedCosts(parse(GOOD + BROKER), "b").fees(order("2021-06-01", "XNYS", "USD"))


def test_an_unknown_broker_gets_the_nearest():
    with pytest.raises(UnknownNameError, match=r"no commission 'bb' in fees\.toml; did you mean 'b'"):
        DatedCosts(parse(GOOD + BROKER), "bb")


def test_a_fee_of_one_side_and_an_empty_book():
    book = parse(GOOD.replace("rounding", 'side = "sell"\nrounding') + BROKER)
    assert DatedCosts(book, "b").fees(order("2021-06-01")) == {"commission": 1.0, "levy": 0.0}
    assert DatedCosts(book, "b").fees(order("2021-06-01", side="sell")) == {"commission": 1.0, "levy": 1.0}
    assert parse("").brokers == {}


def test_dated_costs_leave_the_price_alone():
    assert DatedCosts(parse(GOOD + BROKER), "b").slip(order("2021-06-01")) == 10.0
