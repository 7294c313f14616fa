"""The template of ``newsbt init`` is the repository's own content, and the wheel carries the same."""

import os
import subprocess
import tomllib
from pathlib import Path

import pytest

from newsbt.adapters import scaffold
from newsbt.adapters.scaffold import EMPTY_FOLDERS, TEMPLATE, init_workspace, template_root
from newsbt.adapters.workspace import find_workspace
from newsbt.errors import OutputError, WorkspaceError

ROOT = Path(__file__).parents[3]


def test_the_wheel_carries_the_same_list():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included = build["targets"]["wheel"]["force-include"]
    assert included == {name: f"newsbt/_workspace/{name}" for name in TEMPLATE}


def test_everything_in_the_template_is_under_version_control():
    done = subprocess.run(
        ["git", "status", "--porcelain", "--ignored", "--", *TEMPLATE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("not a git checkout")
    ignored = [
        line[3:] for line in done.stdout.splitlines() if line.startswith("!!") and "__pycache__" not in line
    ]
    assert ignored == []


def test_a_new_workspace_is_complete(tmp_path):
    files = init_workspace(tmp_path / "deep" / "mine")
    place = find_workspace(tmp_path / "deep" / "mine")
    assert (place.root / "strategies" / "drift.py").read_bytes() == (
        ROOT / "strategies" / "drift.py"
    ).read_bytes()
    assert all((place.root / name).is_dir() for name in EMPTY_FOLDERS)
    assert place.results.is_dir()
    assert place.universe().listings
    assert not [path for path in files if "__pycache__" in path.parts]
    assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["mine"]


def test_an_empty_folder_may_be_there_already(tmp_path):
    (tmp_path / "mine").mkdir()
    init_workspace(tmp_path / "mine")
    assert find_workspace(tmp_path / "mine").strategy_refs()
    assert not [path for path in (tmp_path / "mine").iterdir() if path.name.startswith(".mine")]


def test_here_is_a_folder_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    init_workspace(Path())
    assert find_workspace(tmp_path).strategy_refs()


@pytest.mark.parametrize(
    ("make", "message"), [("file", "is a file"), ("full", "is not empty"), ("own", "already")]
)
def test_what_is_there_is_not_touched(tmp_path, make, message):
    target = tmp_path / "mine"
    if make == "file":
        target.touch()
    else:
        target.mkdir()
        (target / ("newsbt.toml" if make == "own" else "thesis.doc")).touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WorkspaceError, match=message):
        init_workspace(target)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("there", [True, False])
def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch, there):
    if there:
        (tmp_path / "mine").mkdir()

    def fail(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(scaffold.shutil, "copyfile", fail)
    with pytest.raises(OutputError, match="no space left on device"):
        init_workspace(tmp_path / "mine")
    assert sorted(tmp_path.rglob("*")) == ([tmp_path / "mine"] if there else [])


def test_a_place_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        init_workspace(tmp_path / "file" / "mine")


def test_an_installation_without_template_says_so(tmp_path, monkeypatch):
    (tmp_path / "a" / "newsbt").mkdir(parents=True)
    monkeypatch.setattr(scaffold.newsbt, "__file__", str(tmp_path / "a" / "newsbt" / "__init__.py"))
    with pytest.raises(WorkspaceError, match="install newsbt again"):
        template_root()
