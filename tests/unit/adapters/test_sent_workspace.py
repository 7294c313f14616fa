"""The part of a workspace that is sent: enough to run, and no password."""

import pytest

from newsbt.adapters.scaffold import init_workspace
from newsbt.adapters.sent_workspace import lay_out, pack
from newsbt.adapters.settings import load_settings
from newsbt.adapters.workspace import Workspace
from newsbt.errors import SettingsError

LEDGER = '\n[ ledger ]\nurl = "postgresql+psycopg://me:secret@host/trials"\n'
MORE = "\n[broker.dear]\ncommission = 0.01\n\n[strategy.fade]\nhold = 3\n"


@pytest.fixture
def place(tmp_path):
    init_workspace(tmp_path / "mine")
    return Workspace(tmp_path / "mine")


@pytest.mark.parametrize("text", [LEDGER + MORE, MORE + LEDGER])
def test_the_ledger_stays_and_the_rest_goes(place, tmp_path, text):
    place.settings_file.write_text(place.settings_file.read_text() + text)
    files = pack(place, "drift")
    assert not [name for name, content in files.items() if b"secret" in content]
    there = lay_out(files, "key", tmp_path)
    assert load_settings(there).broker_named("dear").commission == 0.01
    assert load_settings(there).strategy == load_settings(place).strategy
    assert there.strategy("drift").path.read_bytes() == place.strategy("drift").path.read_bytes()
    assert there.strategy("fade").path.read_bytes() == b""
    assert there.universe() == place.universe()
    assert not list(there.data.rglob("*.csv"))


def test_a_ledger_that_cannot_be_left_out_is_refused(place):
    place.settings_file.write_text('ledger.url = "sqlite:///x"\n' + place.settings_file.read_text())
    with pytest.raises(SettingsError, match=r"write \[ledger\] as a table of its own"):
        pack(place, "drift")


def test_the_same_key_is_laid_out_once(place, tmp_path):
    first = lay_out({"newsbt.toml": b"", "data/a.toml": b"x = 1"}, "key", tmp_path)
    assert lay_out({"newsbt.toml": b"other"}, "key", tmp_path) == first
    assert first.table("a.toml") == {"x": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "newsbt-key"]
