"""Help, names, init, list and exit statuses, through the real command line."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import newsbt as package
from newsbt.cli.main import COMMANDS, load_command

ROOT = Path(__file__).parents[2]
PLUGINS = ROOT / "tests" / "plugins"


def test_version(newsbt):
    done = newsbt("--version")
    assert (done.returncode, done.stdout) == (0, f"newsbt {package.__version__}\n")


@pytest.mark.parametrize("args", [("--help",), ("-h",), *((name, "--help") for name in COMMANDS)])
def test_help_fits_eighty_columns(newsbt, args):
    done = newsbt(*args)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: newsbt ")
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize("name", COMMANDS)
def test_the_short_help_of_a_command_is_its_own(name):
    assert (load_command(name).help or "").strip().startswith(COMMANDS[name][1])


def test_nothing_to_do_shows_the_help(newsbt):
    done = newsbt()
    assert done.returncode == 2
    assert "Usage: newsbt " in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("rnu",), "'run'"),
        (("run", "--signall", "x"), "--signal"),
        (("list", "--jsn"), "--json"),
        (("init",), "DIR"),
        (("run", "drift", "--set"), "--set"),
    ],
)
def test_wrong_usage_is_told_with_a_hint(newsbt, args, hint):
    done = newsbt(*args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert hint in done.stderr
    assert "Traceback" not in done.stderr


def test_init_makes_a_workspace_and_refuses_to_touch_one(newsbt, refused, tmp_path):
    done = newsbt("init", tmp_path / "mine")
    assert done.returncode == 0
    assert "newsbt run drift" in done.stdout
    assert (tmp_path / "mine" / "newsbt.toml").is_file()
    assert "is not empty (it is a workspace already)" in refused("init", tmp_path / "mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.doc").touch()
    assert "is not empty" in refused("init", "full", cwd=tmp_path)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["thesis.doc"]


def test_list_shows_everything_and_imports_no_plugin(newsbt, untouched, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(untouched, own)
    shutil.copy(PLUGINS / "good" / "loud.py", own / "signals")
    shutil.copy(PLUGINS / "broken" / "syntax.py", own / "strategies")
    shutil.copy(PLUGINS / "good" / "tuple_form.py", own / "strategies")
    mark = tmp_path / "mark"
    done = newsbt("list", cwd=own, env={"NEWSBT_TEST_MARK": str(mark)})
    assert (done.returncode, done.stderr) == (0, "")
    assert not mark.exists()
    for text in (
        "drift: ",
        "loud: Says that it was imported.",
        "9988.HK",
        "data/catalysts/",
        "alibaba",
        "printlog",
    ):
        assert text in done.stdout
    assert "syntax: cannot be used:" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80 or str(own) in done.stdout


def test_list_as_json_is_json_alone(newsbt, workspace):
    done = newsbt("list", "strategies", "presets", "--json", cwd=workspace)
    found = json.loads(done.stdout)
    assert list(found) == ["strategies", "presets"]
    drift = {
        param["name"]: param
        for param in next(s for s in found["strategies"] if s["name"] == "drift")["params"]
    }
    assert (drift["hold"]["low"], drift["hold"]["high"]) == (1, 250)
    assert drift["side"]["choices"] == ["both", "long", "short"]


def test_list_of_an_unknown_section(refused, workspace):
    assert refused("list", "strategy", cwd=workspace).endswith("did you mean 'strategies'?")


def test_no_workspace(refused, tmp_path):
    assert "newsbt init DIR" in refused("list", cwd=tmp_path)
    assert "--workspace names" in refused("list", "--workspace", tmp_path)
    assert "NEWSBT_WORKSPACE names" in refused("list", cwd=tmp_path, env={"NEWSBT_WORKSPACE": "/nowhere"})


def test_the_workspace_may_be_named(newsbt, workspace, tmp_path):
    for done in (
        newsbt("list", "presets", "--workspace", workspace, cwd=tmp_path),
        newsbt("list", "presets", cwd=tmp_path, env={"NEWSBT_WORKSPACE": str(workspace)}),
        newsbt("list", "presets", cwd=workspace / "data" / "catalysts"),
    ):
        assert "alibaba" in done.stdout


def test_debug_shows_the_traceback_wherever_it_stands(newsbt, tmp_path):
    for args in (("--debug", "list"), ("list", "--debug")):
        done = newsbt(*args, cwd=tmp_path)
        assert done.returncode == 2
        assert "Traceback" in done.stderr
        assert done.stderr.splitlines()[-1].startswith("newsbt: there is no newsbt.toml")


def test_doctor_finds_a_healthy_workspace(newsbt, workspace):
    done = newsbt("doctor", "--json", cwd=workspace)
    checks = json.loads(done.stdout)["checks"]
    assert [check for check in checks if check["state"] != "ok"] == []
    assert done.returncode == 0


def test_doctor_names_what_is_broken_and_goes_on(newsbt, untouched, tmp_path):
    own = tmp_path / "own"
    shutil.copytree(untouched, own)
    shutil.copy(PLUGINS / "broken" / "raises.py", own / "strategies")
    (own / "data" / "universe.toml").unlink()
    done = newsbt("doctor", "--json", cwd=own)
    assert (done.returncode, done.stderr) == (1, "")
    states = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert "line 8: KeyError" in states["strategies"]["message"]
    assert states["universe"]["state"] == "FAIL"
    assert states["clock"]["state"] == "ok"


def test_a_closed_pipe_is_no_error(workspace):
    code = "import sys, newsbt.cli.main as m; sys.argv[1:] = ['list']; m.main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.close()
    stderr = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(60) == 141
    assert stderr == ""


def test_ctrl_c_is_a_sentence_and_130(workspace):
    # The command waits for a pipe that nobody writes to, so that the signal meets it at work.
    code = (
        "import sys, time, newsbt.cli.manage as manage, newsbt.cli.main as m\n"
        "def wait(*_):\n    print('waiting', flush=True)\n    time.sleep(60)\n"
        "import newsbt.cli.inventory as inventory\n"
        "inventory.take = wait\n"
        "m.main(['list'])"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "waiting\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr == "newsbt: interrupted; nothing half-written is left\n"


def test_a_bug_is_a_sentence_and_not_a_status_of_ours(workspace):
    code = (
        "import newsbt.cli.main as m, newsbt.cli.inventory as inventory\n"
        "inventory.take = lambda *_: 1 / 0\n"
        "m.main(['list'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 70
    assert done.stderr.startswith("newsbt: a bug: ZeroDivisionError")
    assert "Traceback" not in done.stderr
