"""newsbt.toml: precedence, bounds, and messages with table, key and value."""

import datetime as dt
from pathlib import Path

import pytest

from newsbt.adapters.settings import load_settings
from newsbt.adapters.settings_tables import Broker, Settings
from newsbt.adapters.workspace import Workspace
from newsbt.errors import InputError, SettingsError, UnknownNameError
from newsbt.runs import RunSpec

ROOT = Path(__file__).parents[3]


@pytest.fixture
def write(tmp_path):
    (tmp_path / "strategies").mkdir()
    (tmp_path / "strategies" / "drift.py").touch()
    (tmp_path / "signals").mkdir()
    (tmp_path / "signals" / "catalogue.py").touch()

    def load(text: str) -> Settings:
        (tmp_path / "newsbt.toml").write_text(text, encoding="utf-8")
        return load_settings(Workspace(tmp_path))

    return load


def test_an_empty_file_is_all_defaults(write):
    assert write("").spec("drift") == RunSpec("drift")
    assert write("").broker_named("percent") == Broker(commission=0.001, slippage=0.0005)
    assert write("").broker_named("zero") == Broker(commission=0.0, slippage=0.0)


FEES = """
[broker.cheap.XNYS]
currency = "USD"
[broker.cheap.XNYS.commission]
rounding = "none"
[[broker.cheap.XNYS.commission.schedule]]
effective = 2010-01-01
per_share = 0.001
verified = "yes"
source = "a page"
"""


def test_brokers_of_the_fee_table_are_there_and_can_be_given_slippage(write, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "fees.toml").write_text(FEES, encoding="utf-8")
    text = '[broker.mine]\ncommission = "cheap"\nslippage_fixed = 0.01\nslippage_ticks = 0.5\nimpact = 1\n'
    settings = write(text)
    assert settings.broker_named("cheap") == Broker(commission="cheap")
    mine = settings.broker_named("mine")
    assert (mine.commission, mine.slippage_fixed, mine.slippage_ticks, mine.impact) == ("cheap", 0.01, 0.5, 1)
    assert settings.spec("drift", {"broker": "cheap"}).broker == "cheap"
    with pytest.raises(
        SettingsError, match=r"\[broker.x\] has commission = 'chaep', .* did you mean 'cheap'"
    ):
        write('[broker.x]\ncommission = "chaep"\n')
    (tmp_path / "data" / "fees.toml").write_text(FEES.replace("0.001", "-1"), encoding="utf-8")
    with pytest.raises(SettingsError, match="has per_share = -1; write a number from 0 up"):
        write("")


def test_the_shipped_brokers():
    brokers = load_settings(Workspace(ROOT)).broker
    assert set(brokers) == {"zero", "percent", "ibkr_tiered", "ibkr_fixed"}
    assert brokers["ibkr_tiered"].slippage == 0.0


def test_the_shipped_file_changes_no_default():
    assert load_settings(Workspace(ROOT)).spec("drift") == RunSpec("drift")


def test_the_command_line_wins_over_the_preset_over_run_over_the_defaults(write):
    settings = write(
        """
        [run]
        cash = 5
        seed = 1
        entry = "close"
        [run.fast]
        cash = 6
        seed = 2
        """
    )
    assert settings.spec("drift").cash == 5
    assert settings.spec("drift", preset="fast").cash == 6
    spec = settings.spec("drift", {"cash": "7", "seed": None}, preset="fast")
    assert (spec.cash, spec.seed, spec.entry, spec.base) == (7, 2, "close", "USD")


def test_parameters_of_preset_and_file(write):
    settings = write(
        """
        [run.fast]
        strategy = "drift"
        params = { hold = 3, stop = 0.1 }
        signal_params = { cap = 0.5 }
        [strategy.drift]
        hold = 10
        take = 0.2
        [signal.catalogue]
        cap = 0.9
        """
    )
    assert settings.spec("drift").params == {"hold": 10, "take": 0.2}
    assert settings.spec("drift", preset="fast").params == {"hold": 3, "take": 0.2, "stop": 0.1}
    assert settings.spec("drift", preset="fast", params={"hold": "4"}).params["hold"] == "4"
    assert settings.spec("fade", preset="fast").params == {}
    assert settings.spec("drift", preset="fast").signal_params == {"cap": 0.5}
    assert settings.spec("drift", {"signal": "taxonomy"}, preset="fast").signal_params == {}


def test_dates_spans_and_lists(write):
    spec = write(
        """
        [run]
        start = 2020-01-02
        end = "2021-12-31"
        latency = "2h"
        symbols = ["BABA", "JD"]
        """
    ).spec("drift", {"symbols": "Alibaba, PDD"})
    assert (spec.start, spec.end) == (dt.date(2020, 1, 2), dt.date(2021, 12, 31))
    assert spec.latency == dt.timedelta(hours=2)
    assert spec.symbols == ("Alibaba", "PDD")


def test_folders_in_the_file_are_taken_from_the_workspace(write, tmp_path):
    settings = write('[run]\nprices = "data/own"\ncatalysts = ["mine.csv"]\n')
    assert settings.spec("drift").prices == str(tmp_path / "data/own")
    assert settings.spec("drift").catalysts == (str(tmp_path / "mine.csv"),)
    assert settings.spec("drift", {"prices": "here"}).prices == "here"
    assert write('[run]\nprices = "sample"\n').spec("drift").prices == "sample"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[rum]\n", r"has no use for 'rum'; did you mean 'run'\?"),
        ("run = 3\n", "has no use for 'run'"),
        ("[run]\ncahs = 5\n", r"\[run\] has no setting 'cahs'; did you mean 'cash'\?"),
        ("[run]\nparams = 5\n", r"\[run\] has no setting 'params'"),
        ("[run]\ncash = -5\n", r"\[run\] cash is -5; it should be greater than 0"),
        ("[run]\ncash = nan\n", r"\[run\] cash is nan"),
        ("[run]\nmax_volume = 2\n", r"\[run\] max_volume is 2; it should be less than or equal to 1"),
        ("[run]\nbase = 'EUR'\n", r"\[run\] base is 'EUR'; it should be 'USD' or 'HKD'"),
        ("[run]\nlatency = 5\n", "latency is '5'; write a span"),
        ("[run]\nstart = 20200102\n[run.x]\nend = 'May'\n", r"\[run.x\] end is 'May'; write a date"),
        ("[run]\nstart = 2020-01-02T10:00:00Z\n", r"\[run\] start is .*; write a date such as 2019-01-02"),
        ("[run.fast]\nhold = 5\n", r"\[run.fast\] has no setting 'hold'"),
        ("[broker.mine]\ncomission = 0.1\n", r"\[broker.mine\] has no setting 'comission'; did you mean"),
        ("[broker.mine]\ncommission = 5\n", r"\[broker.mine\] commission is 5; it should be less than 0.1"),
        (
            "[broker.mine]\nimpact = -1\n",
            r"\[broker.mine\] impact is -1; it should be greater than or equal to 0",
        ),
        ("[broker.mine]\nslippage_ticks = nan\n", r"\[broker.mine\] slippage_ticks is nan"),
        ('[broker.mine]\ncommission = "x"\n', r"has commission = 'x', which is no broker in .*fees.toml"),
        ("[broker]\nmine = 5\n", r"\[broker.mine\] is 5; write it as a table"),
        (
            "[strategy.drfit]\nhold = 3\n",
            r"\[strategy.drfit\] is for no strategy there is; did you mean 'drift'",
        ),
        ("[strategy]\ndrift = 3\n", r"\[strategy.drift\] is 3; write it as a table"),
        ("[strategy.drift]\nhold = [3]\n", r"\[strategy.drift\] hold is \[3\]"),
        ("[signal.none]\nx = 3\n", r"\[signal.none\] is for no signal there is"),
        ("run = {\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(write, text, message):
    with pytest.raises(InputError, match=message):
        write(text)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"cahs": 1}, r"there is no setting 'cahs'; did you mean 'cash'\?"),
        ({"cash": "-4"}, "cash is '-4'; it should be greater than 0"),
        ({"seed": "x"}, "seed is 'x'; write a whole number such as 100"),
        ({"cash": "1,000"}, "cash is '1,000'; write a number such as 250000 or 0.5"),
        ({"symbols": " ,"}, "symbols is ' ,'; name listings or issuers, or leave it out for all"),
        ({"start": "2020-13-01"}, "start is '2020-13-01'; write a date such as 2019-01-02"),
        ({"start": "2021-01-02", "end": "2020-01-02"}, "starts on 2021-01-02, after its end on 2020-01-02"),
        ({"broker": "zreo"}, r"no broker 'zreo' in newsbt.toml or data/fees.toml; did you mean 'zero'\?"),
        ({"entry": "noon"}, "entry is 'noon'; it should be 'open' or 'close'"),
        ({"prices": ""}, "prices is ''"),
    ],
)
def test_what_the_caller_gives_is_checked_the_same(write, given, message):
    with pytest.raises(InputError, match=message):
        write("").spec("drift", given)


def test_an_unknown_preset_gets_the_nearest(write):
    with pytest.raises(UnknownNameError, match="did you mean 'fast'"):
        write("[run.fast]\ncash = 4\n").spec("drift", preset="fats")


def test_settings_are_frozen(write):
    with pytest.raises(ValueError, match="frozen"):
        write("").run.cash = 5


def test_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(SettingsError, match="is missing"):
        load_settings(Workspace(tmp_path))


@pytest.mark.parametrize("given", ["mine.csv", Path("mine.csv"), ["mine.csv"], (Path("mine.csv"),)])
def test_files_may_be_one_or_several_names_or_paths(write, given):
    spec = write("").spec("drift", {"catalysts": given, "prices": Path("mine")})
    assert (spec.catalysts, spec.prices) == (("mine.csv",), "mine")
