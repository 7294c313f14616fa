"""Where compiled code is kept: in the user's cache, one folder for each state of the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numba
import pytest

import newsbt.kernel
from newsbt.adapters.compilation import compile_once, keep_compiled

needs_locks = pytest.mark.skipif(os.name != "posix", reason="other systems lock files in other ways")


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
    elsewhere = keep_compiled()
    copy = shutil.copytree(Path(newsbt.kernel.__file__).parent, tmp_path / "kernel")
    monkeypatch.setattr(newsbt.kernel, "__file__", str(copy / "__init__.py"))
    keep_compiled.cache_clear()
    before = keep_compiled()
    assert before != elsewhere
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


COMPILER = """
import sys, time
from pathlib import Path
from newsbt.adapters.compilation import compile_once, keep_compiled

def compile():
    print("compiles", flush=True)
    time.sleep(float(sys.argv[1]))
    (keep_compiled() / "part").mkdir(exist_ok=True)
    (keep_compiled() / "part" / "slow.slow-1.py311.1.nbc").touch()

compile_once("slow.slow", compile)
print("done", flush=True)
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a process that compiles for so many seconds, if it has to."""
    processes = []

    def begin(seconds: float, **variables: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), **variables}
        process = subprocess.Popen(
            [sys.executable, "-c", COMPILER, str(seconds)], env=environment, stdout=subprocess.PIPE, text=True
        )
        processes.append(process)
        return process

    yield begin
    for process in processes:
        process.kill()
        process.communicate()


@needs_locks
def test_one_process_compiles_and_the_others_wait(start: Callable[..., subprocess.Popen[str]]) -> None:
    both = [start(1.0), start(1.0)]
    said = sorted(process.communicate(timeout=60)[0] for process in both)
    assert said == ["compiles\ndone\n", "done\n"]


@needs_locks
def test_whoever_waits_compiles_if_the_other_is_killed(start: Callable[..., subprocess.Popen[str]]) -> None:
    killed = start(600)
    assert killed.stdout is not None
    assert killed.stdout.readline() == "compiles\n"
    after = start(0)
    with pytest.raises(subprocess.TimeoutExpired):
        after.wait(timeout=1.0)
    killed.kill()
    assert after.communicate(timeout=60)[0] == "compiles\ndone\n"


@needs_locks
def test_without_locks_it_compiles_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError("no locks available")

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(fcntl, "flock", refuse)
    calls: list[int] = []
    for _ in range(2):
        compile_once("slow.refused", lambda: calls.append(1))
    assert calls == [1]


def test_what_is_kept_is_not_called_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (keep_compiled() / "slow.kept-1.py311.1.nbc").touch()
    compile_once("slow.kept", pytest.fail)


def test_a_search_starts_without_what_it_needs_later() -> None:
    """Statistics, pictures and numba's question whether there is linear algebra take a third of a start."""
    late = ("scipy.linalg", "matplotlib", "optuna", "backtrader", "newsbt.evidence.search")
    code = f"""
import sys
import newsbt.cli.tune_outcome, newsbt.api.tune, newsbt.api.evaluate_fast, numba.np.arraymath
print([name for name in {late} if name in sys.modules], numba.np.arraymath._HAVE_BLAS)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[] True\n"
