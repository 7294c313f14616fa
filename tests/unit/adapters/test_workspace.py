"""Where the workspace is, and what it says when there is none."""

from pathlib import Path

import pytest

from newsbt.adapters.workspace import Workspace, find_workspace, read_toml
from newsbt.errors import SettingsError, UnknownNameError, WorkspaceError

ROOT = Path(__file__).parents[3]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.delenv("NEWSBT_WORKSPACE", raising=False)
    (tmp_path / "mine" / "deep" / "deeper").mkdir(parents=True)
    (tmp_path / "mine" / "newsbt.toml").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "newsbt.toml").touch()
    (tmp_path / "bare").mkdir()
    return tmp_path


def test_it_is_looked_for_upwards(place, monkeypatch):
    monkeypatch.chdir(place / "mine" / "deep" / "deeper")
    assert find_workspace() == Workspace(place / "mine")


def test_the_variable_wins_over_the_folder_and_the_option_over_both(place, monkeypatch):
    monkeypatch.chdir(place / "mine")
    monkeypatch.setenv("NEWSBT_WORKSPACE", str(place / "other"))
    assert find_workspace() == Workspace(place / "other")
    assert find_workspace(place / "mine") == Workspace(place / "mine")


def test_there_is_none(place, monkeypatch):
    monkeypatch.chdir(place / "bare")
    with pytest.raises(WorkspaceError, match="newsbt init DIR"):
        find_workspace()
    with pytest.raises(WorkspaceError, match=r"--workspace names .*bare, which has no newsbt\.toml"):
        find_workspace(place / "bare")
    with pytest.raises(WorkspaceError, match="which is no folder"):
        find_workspace(place / "nowhere")
    monkeypatch.setenv("NEWSBT_WORKSPACE", str(place / "bare"))
    with pytest.raises(WorkspaceError, match="NEWSBT_WORKSPACE names"):
        find_workspace()


def test_the_current_folder_is_gone(place, monkeypatch):
    gone = place / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(WorkspaceError, match="gone"):
        find_workspace()
    monkeypatch.chdir(place)


def test_the_repository_is_a_workspace():
    place = find_workspace(ROOT)
    assert {"drift", "fade", "decay", "hold", "random", "cash"} <= {ref.name for ref in place.strategy_refs()}
    assert place.universe().resolve("Alibaba")[0].symbol == "BABA"
    with pytest.raises(UnknownNameError, match="did you mean 'drift'"):
        place.strategy("drfit")


def test_catalogues_are_csv_and_jsonl(tmp_path):
    place = Workspace(tmp_path)
    assert place.catalogue_files() == []
    place.catalysts.mkdir(parents=True)
    for name in ("b.csv", "a.jsonl", "SOURCES.md", ".x.csv", "_draft.csv"):
        (place.catalysts / name).touch()
    assert [path.name for path in place.catalogue_files()] == ["a.jsonl", "b.csv"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "is missing"),
        (b"a = [", "is not valid TOML"),
        (b"a = '\xff'", "is not UTF-8 text"),
        (b"x y\n", "line 1"),
    ],
)
def test_a_broken_table_is_named(tmp_path, content, message):
    path = tmp_path / "table.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=message) as caught:
        read_toml(path)
    assert str(path) in str(caught.value)


def test_a_byte_order_mark_is_no_content(tmp_path):
    (tmp_path / "table.toml").write_bytes(b"\xef\xbb\xbfa = 1")
    assert read_toml(tmp_path / "table.toml") == {"a": 1}
