"""docs/commands.md is what the commands say; docs/workspace.md knows every setting, file and status."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from newsbt.adapters.settings import load_settings
from newsbt.adapters.settings_tables import Preset, RunDefaults
from newsbt.adapters.workspace import Workspace
from newsbt.cli.manual import commands_markdown
from newsbt.durations import format_duration
from newsbt.runs import RunSpec

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "workspace.md").read_text(encoding="utf-8")


def table_rows(start):
    """Cells of the first table after the line that begins with `start`."""
    lines = PAGE[PAGE.index(start) :].splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in lines if line.startswith("| `")
    ]


def test_the_commands_are_described_as_they_describe_themselves():
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == commands_markdown(), (
        "python -m newsbt.cli > docs/commands.md"
    )


@pytest.mark.parametrize("name", RunDefaults.model_fields)
def test_every_setting_is_in_the_table(name):
    keys = [key for row in table_rows("| key |") for key in re.findall(r"`(\w+)`", row[0])]
    assert keys.count(name) == 1


def test_the_defaults_in_the_table_are_the_defaults():
    spec = RunSpec("drift")
    for row in table_rows("| key |")[: len(RunDefaults.model_fields) - 1]:
        name = re.findall(r"`(\w+)`", row[0])[0]
        said = row[3].strip("` |").replace(" ", "")
        value = getattr(spec, name)
        if name == "latency":
            assert said == format_duration(value)
        elif isinstance(value, float | int):
            assert float(said) == value
        elif isinstance(value, str):
            assert said == value
        else:
            assert not value


def test_the_example_settings_load(tmp_path):
    text = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.S)[0]
    for folder, name in (("strategies", "drift"), ("signals", "catalogue")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").touch()
    (tmp_path / "newsbt.toml").write_text(text, encoding="utf-8")
    spec = load_settings(Workspace(tmp_path)).spec("drift", preset="careful")
    assert (spec.cash, spec.max_gross, spec.params) == (250_000, 0.5, {"take": 0.15, "hold": 5, "stop": 0.04})


def test_the_shipped_settings_say_every_simple_default():
    table = tomllib.loads((ROOT / "newsbt.toml").read_text(encoding="utf-8"))["run"]
    said = {name for name, value in table.items() if not isinstance(value, dict)}
    assert said == set(RunDefaults.model_fields) - {"symbols", "start", "end", "catalysts"}
    assert set(Preset.model_fields) >= said


def test_every_file_of_a_run_is_in_the_table():
    reference = ROOT / "results" / "reference"
    if not (reference / "run.json").is_file():
        pytest.skip("no reference run")
    named = {name for row in table_rows("| file |") for name in re.findall(r"`([\w.*]+)`", row[0])}
    found = {path.name for path in reference.iterdir() if path.suffix not in (".png", ".svg", ".md", ".html")}
    assert found <= named
    columns = (reference / "equity.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert f"{', '.join(columns)}; one row a step" in PAGE
    assert json.loads((reference / "run.json").read_text(encoding="utf-8"))["format"] == 1
