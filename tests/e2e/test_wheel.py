"""The wheel: built from what is under version control, installed alone, used."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from newsbt.adapters.scaffold import TEMPLATE

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def run(*args, cwd, check=True):
    done = subprocess.run(
        [str(arg) for arg in args], cwd=cwd, capture_output=True, text=True, timeout=600, check=False
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def tracked():
    """Files under version control, with their present content."""
    done = run("git", "ls-files", "-z", cwd=ROOT, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tracked, tmp_path_factory):
    """Built from a copy without anything that is not under version control."""
    clean = tmp_path_factory.mktemp("clean")
    for name in tracked:
        (clean / name).parent.mkdir(parents=True, exist_ok=True)
        (clean / name).write_bytes((ROOT / name).read_bytes())
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", cwd=clean)
    (found,) = (clean / "dist").glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """``newsbt`` of a fresh environment that has this wheel; its dependencies come from this one's."""
    folder = tmp_path_factory.mktemp("env") / "venv"
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).stdout.strip()
    )
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    # Comes after its own site-packages: the wheel is found first, and no .pth of an editable install is read.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    where = run(python, "-c", "import newsbt; print(newsbt.__file__)", cwd=folder).stdout
    assert where.startswith(str(site))
    return folder / "bin" / "newsbt"


def in_template(name):
    return any(name == entry or name.startswith(f"{entry}/") for entry in TEMPLATE)


def test_the_wheel_holds_the_package_and_the_template_and_nothing_else(wheel, tracked):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    package = {name.removeprefix("src/") for name in tracked if name.startswith("src/newsbt/")}
    template = {f"newsbt/_workspace/{name}" for name in tracked if in_template(name)}
    assert names == package | template
    assert "newsbt/py.typed" in names


def test_the_wheel_says_its_licence(wheel):
    content = zipfile.ZipFile(wheel)
    (licence,) = [name for name in content.namelist() if name.endswith("licenses/LICENSE")]
    assert b"GNU GENERAL PUBLIC LICENSE" in content.read(licence)
    (metadata,) = [name for name in content.namelist() if name.endswith("/METADATA")]
    assert b"License-Expression: GPL-3.0-or-later" in content.read(metadata)


def test_an_installed_wheel_makes_a_workspace_and_runs_in_it(installed, tracked, tmp_path):
    run(installed, "init", "mine", cwd=tmp_path)
    mine = tmp_path / "mine"
    files = {str(path.relative_to(mine)) for path in mine.rglob("*") if path.is_file()} - {".gitignore"}
    assert files == {name for name in tracked if in_template(name)}
    assert "drift: " in run(installed, "list", cwd=mine).stdout
    done = run(installed, "run", "drift", "--name", "first", cwd=mine)
    assert "Total return" in done.stdout
    assert {"run.json", "metrics.json", "equity.csv", "equity.png", "equity.svg"} <= {
        path.name for path in (mine / "results" / "first").iterdir()
    }
