"""Plug-ins: found without being imported, loaded from a reference, in this process and in spawned ones."""

import os
import pickle
import subprocess
import sys
from pathlib import Path

import backtrader
import pytest

from newsbt.adapters.plugins import PluginRef, describe, discover, find, load, load_module
from newsbt.errors import PluginError, UnknownNameError, WorkspaceError
from newsbt.scoring.model import SignalModel

PLUGINS = Path(__file__).parents[2] / "plugins"
GOOD, BROKEN, SHAPE, TWIN = (PLUGINS / name for name in ("good", "broken", "shape", "twin"))


def test_listing_is_sorted_and_skips_underscored_files(tmp_path):
    assert [ref.name for ref in discover(GOOD)] == ["call_form", "loud", "quiet", "tuple_form"]
    (tmp_path / "folder.py").mkdir()
    (tmp_path / ".hidden.py").touch()
    (tmp_path / "notes.txt").touch()
    assert discover(tmp_path) == []


def test_a_missing_folder_has_none_and_an_unlistable_one_is_an_error(tmp_path):
    assert discover(tmp_path / "gone") == []
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceError, match="cannot be listed"):
        discover(tmp_path / "file")


def test_listing_and_describing_import_nothing(tmp_path, monkeypatch):
    mark = tmp_path / "mark"
    monkeypatch.setenv("NEWSBT_TEST_MARK", str(mark))
    before = set(sys.modules)
    for ref in discover(GOOD):
        describe(ref)
    assert not mark.exists()
    assert not [name for name in set(sys.modules) - before if "newsbt_workspace" in name]
    load_module(GOOD / "loud.py")
    assert mark.read_text() == "imported"


def test_a_wrong_name_gets_the_nearest():
    assert find(GOOD, "quiet", "strategy").path == GOOD / "quiet.py"
    with pytest.raises(UnknownNameError, match=r"no strategy 'quite' in good/; did you mean 'quiet'\?"):
        find(GOOD, "quite", "strategy")
    with pytest.raises(UnknownNameError, match="nor any other strategy"):
        find(GOOD / "none", "quiet", "strategy")


def test_a_description_has_the_literal_parameters_of_the_class_and_its_bases_in_the_file():
    info = describe(PluginRef(GOOD / "quiet.py"))
    assert (info.name, info.class_name, info.description) == ("quiet", "Quiet", "Does nothing, quietly.")
    params = {param.name: param for param in info.params}
    assert list(params) == ["hold", "stop", "depth", "scale", "mode", "loud", "extra"]
    # _Base is plain Backtrader: its hold of 300 and stop of -2 are its own affair.
    assert (params["hold"].default, params["hold"].high) == (300, None)
    assert (params["depth"].low, params["depth"].high, params["depth"].description) == (
        1,
        9,
        "levels to look at",
    )
    assert params["mode"].choices == ("fast", "slow")
    assert (params["loud"].default, params["extra"].default) == (False, None)


@pytest.mark.parametrize(
    ("stem", "expected", "description"),
    [
        ("tuple_form", {"period": 20, "printlog": False}, "Backtrader's own way to write parameters."),
        ("call_form", {"period": 20, "limit": None}, ""),
    ],
)
def test_backtraders_own_forms_of_parameters_are_read(stem, expected, description):
    info = describe(PluginRef(GOOD / f"{stem}.py"))
    assert {param.name: param.default for param in info.params} == expected
    assert info.description == description


def test_signals_take_common_parameters():
    params = {param.name: param for param in describe(PluginRef(GOOD / "loud.py")).params}
    assert (params["half_life"].default, params["half_life"].high) == (3.0, 250)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (BROKEN / "syntax.py", "line 5: expected ':'"),
        (SHAPE / "empty.py", "defines no strategy or signal"),
        (SHAPE / "nothing.py", "defines no strategy or signal"),
        (SHAPE / "wrong_base.py", "defines no strategy or signal"),
        (SHAPE / "two.py", r"defines 2 strategies or signals \(First, Second\)"),
        (SHAPE / "bad_bounds.py", "line 7: the default: depth is 20; write a whole number, 1 to 9"),
        (SHAPE / "computed_bounds.py", "line 10: bounds must be a literal dict"),
        (SHAPE / "gone.py", "cannot be read"),
    ],
)
def test_what_cannot_be_described_names_file_line_and_cause(path, message):
    with pytest.raises(PluginError, match=message) as caught:
        describe(PluginRef(path))
    assert str(caught.value).startswith(f"{path}: ")


def test_binary_and_huge_files_are_refused(tmp_path):
    for name, content in {"binary.py": b"\x00\x01\xff", "huge.py": b"#" * 5_000_000}.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(PluginError):
            describe(PluginRef(tmp_path / name))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (BROKEN / "syntax.py", "line 5: expected ':'"),
        (BROKEN / "missing_import.py", "line 2: there is no module 'there_is_no_such_module'"),
        (BROKEN / "raises.py", "line 8: KeyError: 'gone'"),
        (BROKEN / "leaves.py", "line 5: it ends the program; take that out"),
        (SHAPE / "empty.py", "no subclass of Strategy; it has no classes"),
        (SHAPE / "wrong_base.py", "no subclass of Strategy; its WrongBase is none"),
        (SHAPE / "two.py", r"2 subclasses of Strategy \(First, Second\)"),
        (SHAPE / "gone.py", "cannot be read"),
    ],
)
def test_what_cannot_be_loaded_names_file_line_and_cause(path, message):
    with pytest.raises(PluginError, match=message) as caught:
        load(PluginRef(path), backtrader.Strategy)
    assert str(caught.value).startswith(f"{path}: ")
    assert not [
        name
        for name in sys.modules
        if name.startswith("newsbt_workspace") and path.parent == BROKEN and name.endswith(f".{path.stem}")
    ]


def test_the_base_decides():
    assert load(PluginRef(GOOD / "loud.py"), SignalModel).__name__ == "Loud"
    with pytest.raises(PluginError, match="no subclass of Strategy; its Loud is none"):
        load(PluginRef(GOOD / "loud.py"), backtrader.Strategy)


def test_twins_of_one_stem_do_not_meet():
    first = load(PluginRef(GOOD / "quiet.py"), backtrader.Strategy)
    second = load(PluginRef(TWIN / "quiet.py"), backtrader.Strategy)
    assert (first.__name__, second.__name__) == ("Quiet", "OtherQuiet")
    assert load(PluginRef(GOOD / "quiet.py"), backtrader.Strategy) is first


def test_an_edited_file_is_loaded_anew(tmp_path):
    path = tmp_path / "mine.py"
    text = "from newsbt.scoring.model import SignalModel\nclass Mine(SignalModel):\n    level = {}\n"
    path.write_text(text.format(1))
    assert load(PluginRef(path), SignalModel).level == 1
    path.write_text(text.format(2))
    os.utime(path, ns=(1, 1))
    assert load(PluginRef(path), SignalModel).level == 2


WORKERS = """
import multiprocessing, sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import backtrader

from newsbt.adapters.plugins import PluginRef, load


def name_of(ref):
    return load(ref, backtrader.Strategy).__name__


if __name__ == "__main__":
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(sys.argv[1])) as pool:
        for path in sys.argv[2:]:
            try:
                print(pool.submit(name_of, PluginRef(Path(path))).result())
            except Exception as error:
                print(type(error).__name__, error)
"""


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
def test_references_go_to_workers_and_errors_come_back(tmp_path, method):
    script = tmp_path / "workers.py"
    script.write_text(WORKERS)
    files = [GOOD / "quiet.py", BROKEN / "raises.py", TWIN / "quiet.py"]
    done = subprocess.run(
        [sys.executable, script, method, *files], capture_output=True, text=True, timeout=60, check=True
    )
    broken = f"PluginError {BROKEN / 'raises.py'}: line 8: KeyError: 'gone'"
    assert done.stdout.splitlines() == ["Quiet", broken, "OtherQuiet"]


def test_a_reference_is_small():
    assert len(pickle.dumps(PluginRef(GOOD / "quiet.py"))) < 1000
