"""docs/costs.md names every fee, every date and every broker of the shipped tables."""

import tomllib
from pathlib import Path

import pytest

from newsbt.adapters.settings_tables import BROKERS, Broker
from newsbt.fees.tables import parse_fees

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
BOOK = parse_fees(tomllib.loads((ROOT / "data" / "fees.toml").read_text(encoding="utf-8")), "data/fees.toml")


@pytest.mark.parametrize("venue", BOOK.market)
def test_every_fee_and_every_change_of_a_market(venue):
    for fee in BOOK.market[venue].values():
        at = PAGE.index(f"| `{fee.name}`")
        following = PAGE.find("| `", at + 1)
        rows = PAGE[at:following] if following > 0 else PAGE[at:]
        for period in fee.schedule.periods:
            if any((period.value.rate, period.value.per_million, period.value.per_share)):
                assert f"{period.first}" in rows, (fee.name, period.first)


def test_every_broker_its_fees_and_its_settings():
    for name, broker in BOOK.brokers.items():
        assert f"| `{name}` |" in PAGE
        assert all(f"`{column}`" in PAGE for column in broker.columns)
    assert all(f"| `{name}`" in PAGE for name in BROKERS)
    assert all(f"{key} = " in PAGE for key in Broker.model_fields)
