"""axe-core, as the package axe-playwright-python carries it, run inside a page of the browser driver."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec

from browser import Browser

MISSING = find_spec("axe_playwright_python") is None
REASON = "axe-core is not here; install the package axe-playwright-python"


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def serious(page: Browser) -> list[str]:
    """Serious and critical findings on the page that is open, each with the first element it is about.

    Of every table four rows are left: the others are like them, and axe takes its time with each.
    """
    page.run(
        "document.querySelectorAll('tbody').forEach((body) => [...body.rows].slice(4)"
        ".forEach((row) => row.remove()))"
    )
    page.run(f"{_script()};0")
    return page.run(
        "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations"
        ".filter((item) => ['serious', 'critical'].includes(item.impact))"
        ".map((item) => `${item.id}: ${item.nodes[0].html.slice(0, 200)}`))"
    )
