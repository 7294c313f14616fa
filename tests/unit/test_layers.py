"""Imports point one way, the command line starts light, and what is listed as public is there."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "src" / "newsbt"
MODULES = sorted(PACKAGE.rglob("*.py"))

VOCABULARY, PURE, MIDDLE, PAGES, ADAPTERS, API, CLI = range(7)
TOP_LEVEL = {"errors": VOCABULARY, "records": VOCABULARY, "__init__": API, "__main__": CLI}
FOLDERS = {"engine": MIDDLE, "plots": MIDDLE, "report": PAGES, "adapters": ADAPTERS, "api": API, "cli": CLI}
#: What touches disk, network, other processes or the screen.
IMPURE = {
    "os",
    "io",
    "shutil",
    "tempfile",
    "socket",
    "ssl",
    "urllib.request",
    "http",
    "requests",
    "yfinance",
    "sqlite3",
}
IMPURE |= {"subprocess", "pyarrow", "curl_cffi", "exchange_calendars", "matplotlib.pyplot", "rich", "typer"}
HEAVY = {"numpy", "pandas", "pydantic", "rich", "backtrader", "matplotlib", "pyarrow", "exchange_calendars"}


def layer(path: Path) -> int:
    """Rank of a module; whatever is in no list of folders is pure."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return TOP_LEVEL.get(parts[0], PURE) if len(parts) == 1 else FOLDERS.get(parts[0], PURE)


def imports(path: Path) -> list[tuple[int, str]]:
    """Line and full name of everything that a module imports, inside functions too."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def module_file(name: str) -> Path | None:
    """File of a newsbt module, or of the module that a name is taken from."""
    parts = name.split(".")
    if parts[0] != "newsbt":
        return None
    for count in range(len(parts), 0, -1):
        base = PACKAGE.joinpath(*parts[1:count])
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file():
                return path
    return PACKAGE / "__init__.py"


def test_the_walk_finds_the_modules():
    assert len(MODULES) > 40
    assert layer(PACKAGE / "clock.py") == PURE
    assert layer(PACKAGE / "metrics" / "table.py") == PURE
    assert layer(PACKAGE / "adapters" / "prices" / "load.py") == ADAPTERS
    assert module_file("newsbt.errors.InputError") == PACKAGE / "errors.py"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_downwards(path):
    wrong = []
    for line, name in imports(path):
        target = module_file(name)
        if target is None or target == PACKAGE / "__init__.py":
            continue
        sideways = layer(path) == layer(target) == MIDDLE and path.parent.parts[-1] != target.parent.parts[-1]
        if layer(target) > layer(path) or sideways:
            wrong.append(f"{path.relative_to(PACKAGE)}:{line} imports {name}")
    assert not wrong


@pytest.mark.parametrize(
    "path", [p for p in MODULES if layer(p) <= PAGES], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_the_middle_is_pure(path):
    wrong = [
        f"line {line} imports {name}"
        for line, name in imports(path)
        if any(name == bad or name.startswith(f"{bad}.") for bad in IMPURE)
    ]
    assert not wrong


def test_the_command_line_starts_light():
    code = (
        "import sys, newsbt.cli.main as m\n"
        "[m.load_command(name) for name in m.COMMANDS]\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "path",
    [p for p in MODULES if p.name != "__main__.py"],
    ids=lambda path: str(path.relative_to(PACKAGE)),
)
def test_public_names_are_there(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    name = ".".join(("newsbt", *(part for part in parts if part != "__init__")))
    module = importlib.import_module(name)
    public = getattr(module, "__all__", [])
    assert [item for item in public if not hasattr(module, item)] == []
    assert len(public) == len(set(public))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_first_line_says_what_a_file_is_for(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", ":", ",")) or len(docstring.splitlines()) > 1
