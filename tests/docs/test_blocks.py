"""Every command that a page or the README writes exists with its options; every Python block is Python."""

from __future__ import annotations

import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from doc_examples import examples
from newsbt.cli.main import COMMANDS, load_command

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: A command, without a comment behind it; in a fenced block, or indented as one.
COMMAND = re.compile(r"^ *(newsbt .*?)(?:\s+#.*)?$", re.M)
INDENTED = re.compile(r"^ {4}(newsbt .*)$", re.M)


@cache
def options_of(name, second):
    """Options of a command, or of the command `second` of a group; None where there is none."""
    if name not in COMMANDS:
        return None
    command = load_command(name)
    if hasattr(command, "commands"):
        command = command.commands.get(second)
    if command is None:
        return None
    return {option for param in command.params for option in (*param.opts, *param.secondary_opts)}


def written(page):
    """The commands of a page, lines that are continued put together."""
    blocks = [block.text for block in examples(page) if block.language in ("", "bash", "sh", "text")]
    blocks += INDENTED.findall(page.read_text(encoding="utf-8"))
    return [match[1] for text in blocks for match in COMMAND.finditer(text.replace("\\\n", " "))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_commands_and_options_exist(page):
    for line in written(page):
        words = shlex.split(line, comments=True)[1:]
        if words[0].startswith("-") or words[0] == "COMMAND":
            continue
        known = options_of(words[0], words[1] if len(words) > 1 else "")
        assert known is not None, f"{page.name}: no such command: {line}"
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        unknown = options - known - {"--help", "--debug"}
        assert not unknown, f"{page.name}: {line} has {sorted(unknown)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_blocks_are_python(page):
    for example in examples(page):
        if example.language == "python":
            compile(example.text, f"{page.name}:{example.line}", "exec")


def test_the_pages_write_many_commands():
    assert sum(len(written(page)) for page in PAGES) > 80
