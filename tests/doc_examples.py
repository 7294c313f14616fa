"""The examples of a page: what they are, run in order in a workspace, and held against what the page shows.

A fenced block is an example by its language. ``bash``: a line of ``newsbt`` or ``cd`` each. ``python``:
runs in one namespace a page. ``text`` right after one of them: what it prints, ``...`` standing for lines
left out. A block with a ``title="FILE"`` is written to that file. ``<!-- not run -->`` on the line before
leaves a block out, and ``<!-- status 1 -->`` says that its last command ends so.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path

FORMATS = Path(__file__).parents[1] / "docs" / "formats.md"
FENCE = re.compile(
    r"(?:^<!-- (?P<note>not run|status \d+) -->\n)?^```(?P<language>\w*)(?P<rest>[^\n]*)\n(?P<text>.*?)^```$",
    re.M | re.S,
)


@dataclass(frozen=True)
class Example:
    """A fenced block of a page."""

    language: str
    title: str
    text: str
    line: int
    note: str

    @property
    def status(self) -> int:
        """What its last command ends with."""
        return int(self.note.removeprefix("status ")) if self.note.startswith("status") else 0


def examples(page: Path) -> list[Example]:
    """All fenced blocks of `page`, in order."""
    source = page.read_text(encoding="utf-8")
    found = []
    for match in FENCE.finditer(source):
        title = re.search(r'title="([^"]+)"', match["rest"])
        found.append(
            Example(
                match["language"],
                title[1] if title else "",
                match["text"],
                source.count("\n", 0, match.start("language")) + 1,
                match["note"] or "",
            )
        )
    return found


def columns_of(name: str) -> list[str]:
    """Columns that docs/formats.md lists under the heading of the table `name`, in order."""
    section = FORMATS.read_text(encoding="utf-8").split(f"### `{name}`\n", 1)[1]
    lines = section.split("\n## ", 1)[0].split("\n### ", 1)[0].splitlines()
    cells = [line.split("|")[1] for line in lines if line.startswith("| `")]
    return [column for cell in cells for column in re.findall(r"`([^`]+)`", cell)]


def run_page(page: Path) -> int:
    """Run the examples of `page` in the current folder; how many ran."""
    namespace: dict[str, object] = {"__name__": "__main__"}
    printed, ran = "", 0
    for example in examples(page):
        where = f"{page.name}:{example.line}"
        if example.note == "not run":
            continue
        if example.title:
            Path(example.title).parent.mkdir(parents=True, exist_ok=True)
            Path(example.title).write_text(example.text, encoding="utf-8")
        elif example.language == "bash":
            printed, ran = _commands(example, where), ran + 1
        elif example.language == "python":
            printed, ran = _python(example.text, namespace, where), ran + 1
        elif example.language == "text":
            assert_shows(printed, example.text, where)
    return ran


def assert_shows(printed: str, shown: str, where: str) -> None:
    """Every line that is shown was printed, in this order; without ``...`` between them, one by one."""
    lines = [line.rstrip() for line in printed.splitlines()]
    at, gap = 0, True
    for line in shown.splitlines():
        if line.strip() == "...":
            gap = True
            continue
        wanted = line.rstrip()
        places = range(at, len(lines)) if gap else range(at, min(at + 1, len(lines)))
        found = next((place for place in places if lines[place] == wanted), None)
        assert found is not None, f"{where} shows {wanted!r}, which was not printed there:\n{printed}"
        at, gap = found + 1, False


def _commands(example: Example, where: str) -> str:
    lines = example.text.replace("\\\n", " ").splitlines()
    before = [_command(line, where, 0) for line in lines[:-1]]
    return "".join([*before, _command(lines[-1], where, example.status)])


def _command(line: str, where: str, wanted: int) -> str:
    words = shlex.split(line, comments=True)
    if not words:
        return ""
    if words[0] == "cd":
        os.chdir(words[1])
        return ""
    assert words[0] == "newsbt", f"{where}: only newsbt and cd can be tested, not {words[0]}"
    from newsbt.cli.main import main

    out, error = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    status = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            main(words[1:])
        except SystemExit as ended:
            status = ended.code
    texts = []
    for stream in (out, error):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())  # type: ignore[attr-defined]
    wide = [row for row in texts[0].splitlines() if len(row) > 80 and "/" not in row]
    assert not wide, f"{where}: wider than a terminal: {wide[0]}"
    assert (status or 0) == wanted, f"{where}: {line} ended with {status}: {texts[1]}"
    return texts[0]


def _python(source: str, namespace: dict[str, object], where: str) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(source, where, "exec"), namespace)
    return out.getvalue()
