"""docs/prices.md names every code the gate can give, and no other."""

import ast
import re

from price_tools import ROOT


def test_every_code_is_documented():
    package = ROOT / "src" / "newsbt"
    used = set()
    for path in [*(package / "prices").glob("*.py"), *(package / "adapters" / "prices").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Finding", "by_session")
            if named and isinstance(node.args[0], ast.Constant):
                used.add(node.args[0].value)
    text = (ROOT / "docs" / "prices.md").read_text(encoding="utf-8")
    gate = text.split("## The quality gate")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in gate.splitlines() if line.startswith("| `")]
    documented = {code for row in rows for code in re.findall(r"`([a-z-]+)`", row)}
    assert documented == used
