"""Bad tables of money through the real command line: one sentence that says file, place and value."""

import json
import shutil

import pytest

QUICK = ("--symbols", "Alibaba", "--start", "2024-12-02", "--end", "2025-01-31", "--no-figures")
FEES, SHORTING, TICKS, UNIVERSE = (f"data/{name}.toml" for name in ("fees", "shorting", "ticks", "universe"))
FX = "data/prices/sample/USDHKD.csv"
LOTS = "lots = [{ from = 2019-11-26, size = 100 }]"  # of 9988.HK

#: Name to file, what stands there, what the test writes instead, what must be said.
TABLES = {
    "fee-overlap": (
        FEES, "effective = 2015-02-13\n", "effective = 2015-02-13\nuntil = 2021-08-05\n",
        "[[fee.XHKG.stamp_duty.schedule]] has two entries for 2021-08-01",
    ),
    "fee-negative": (FEES, "rate = 0.0013", "rate = -0.0013", "of 2021-08-01 has rate = -0.0013"),
    "fee-currency": (FEES, 'currency = "HKD"', 'currency = "EUR"', "[fee.XHKG] has currency = 'EUR'"),
    "tick-overlap": (
        TICKS, "effective = 2025-08-04", "effective = 2006-07-24", "has two entries for 2006-07-24"
    ),
    "borrow-negative": (SHORTING, "rate = 0.005", "rate = -0.005", "has rate = -0.005"),
    "lot-missing": (UNIVERSE, LOTS, "", "[listing.9988.HK] has no board lot"),
    "lot-overlap": (
        UNIVERSE, LOTS, LOTS.replace("]", ", { from = 2019-11-26, size = 200 }]"),
        "[listing.9988.HK] has two board lots from 2019-11-26",
    ),
    "listing-currency": (UNIVERSE, LOTS, f'{LOTS}\ncurrency = "EUR"', "currency = 'EUR'"),
    "fx-high": (
        FX, "2025-01-02,7.776475", "2025-01-02,8.2", "8.2 HKD per USD on 2025-01-02 is outside 7.74 to 7.86"
    ),
}  # fmt: skip


def test_the_doctor_sees_them_too(newsbt, own):
    names = ("borrow-negative", "fx-high")
    for file, good, bad, _ in (TABLES[name] for name in names):
        path = own / file
        path.write_text(path.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")
    done = newsbt("doctor", "--json", cwd=own)
    assert done.returncode == 1
    failed = {
        item["name"]: item["message"] for item in json.loads(done.stdout)["checks"] if item["state"] == "FAIL"
    }
    assert list(failed) == ["costs", "sample prices"]
    assert all(TABLES[name][3] in said for name, said in zip(names, failed.values(), strict=True))


@pytest.mark.parametrize("name", TABLES)
def test_a_bad_table_is_one_sentence(refused, own, name):
    file, good, bad, words = TABLES[name]
    text = (own / file).read_text(encoding="utf-8")
    assert good in text
    (own / file).write_text(text.replace(good, bad, 1), encoding="utf-8")
    said = refused("run", "hold", *QUICK, "--broker", "ibkr_tiered", cwd=own)
    assert said.startswith(str(own / file))
    assert words in said
    assert list((own / "results").glob("*/")) == []


def test_a_bad_rate_in_ones_own_folder_of_prices(refused, own, tmp_path):
    folder = shutil.copytree(own / "data" / "prices" / "sample", tmp_path / "prices")
    with (folder / "USDHKD.csv").open("a", encoding="utf-8") as file:
        file.write("2025-09-01,7.87\n")
    for command in (("run", "hold", *QUICK, "--prices", folder), ("prices", "check", "--prices", folder)):
        said = refused(*command, cwd=own)
        assert said.startswith(f"{folder / 'USDHKD.csv'}: 7.87 HKD per USD on 2025-09-01 is outside")
