"""Where compiled code is kept: in the user's cache, one folder for each state of the sources."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numba
import pytest

import newsbt.kernel
from newsbt.adapters.compilation import keep_compiled


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As in a new process, and numba's own setting as it was."""
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(numba.config, "CACHE_DIR", numba.config.CACHE_DIR)
    keep_compiled.cache_clear()
    yield
    keep_compiled.cache_clear()


def test_it_is_below_the_cache_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = keep_compiled()
    assert folder.is_dir()
    assert folder.parent == tmp_path / "newsbt" / "compiled"
    assert str(folder) == numba.config.CACHE_DIR


def test_without_xdg_it_is_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert keep_compiled().parent == tmp_path / ".cache" / "newsbt" / "compiled"


def test_where_that_cannot_be_written_it_is_a_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    folder = keep_compiled()
    assert folder.is_dir()
    assert (tmp_path / "temporary") in folder.parents


def test_the_environment_of_numba_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert keep_compiled() == tmp_path
    assert not list(tmp_path.iterdir())


def test_any_change_of_a_kernel_is_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    before = keep_compiled()
    copy = shutil.copytree(Path(newsbt.kernel.__file__).parent, tmp_path / "kernel")
    monkeypatch.setattr(newsbt.kernel, "__file__", str(copy / "__init__.py"))
    keep_compiled.cache_clear()
    assert keep_compiled() == before
    (copy / "costs.py").write_text((copy / "costs.py").read_text(encoding="utf-8") + "\n# A remark.\n")
    keep_compiled.cache_clear()
    assert keep_compiled().parent == before.parent
    assert keep_compiled() != before


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
def test_a_folder_that_others_may_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    planted = tmp_path / f"newsbt-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    folder = keep_compiled()
    assert planted not in folder.parents
    assert folder.parent.stat().st_mode & 0o077 == 0
