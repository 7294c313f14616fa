"""The documentation site builds strictly, asks nothing of any network, and holds every page and notebook."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import newsbt
from browser import Browser, find_chromium

ROOT = Path(__file__).parents[2]
DONE = "document.readyState === 'complete'"
#: Elements and attributes that make a browser fetch.
FETCHING = {
    ("script", "src"),
    ("link", "href"),
    ("img", "src"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}


class Fetches(HTMLParser):
    """What a browser would load to show a page."""

    def __init__(self, source):
        super().__init__()
        self.found = []
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "link" and values.get("rel") in ("canonical", "next", "prev"):
            return
        self.found += [values[name] for element, name in FETCHING if element == tag and values.get(name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_and_notebook_is_there(site):
    names = [
        path.relative_to(ROOT / "docs")
        for path in (ROOT / "docs").rglob("*")
        if path.suffix in (".md", ".ipynb")
    ]
    assert len(names) > 20
    missing = [name for name in names if not (site / name.with_suffix(".html")).is_file()]
    assert not missing
    assert not list(site.rglob("*.py"))


def test_every_public_name_is_described(site):
    page = (site / "python.html").read_text(encoding="utf-8")
    assert not [name for name in newsbt.__all__ if name != "__version__" and f">{name}<" not in page]
    assert "&lt;function" not in page and ":func:" not in page


def test_nothing_comes_from_elsewhere(site):
    for page in site.rglob("*.html"):
        found = Fetches(page.read_text(encoding="utf-8")).found
        assert found, page
        assert not [address for address in found if re.match(r"(https?:)?//", address)], page
    for sheet in site.rglob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", sheet.read_text(encoding="utf-8")), sheet


def test_notebooks_are_small_and_have_run():
    import nbformat

    books = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
    assert len(books) == 3
    for path in books:
        assert path.stat().st_size < 300_000
        book = nbformat.read(path, as_version=4)
        nbformat.validate(book)
        cells = [cell for cell in book.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
        assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
        assert not [out for cell in cells for out in cell.outputs if out.get("name") == "stderr"]


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium here")
def test_pages_open_from_disk_and_search_works(site, tmp_path):
    browser = Browser(tmp_path / "profile")
    try:
        for width, name in ((1280, "tutorial"), (390, "metrics"), (390, "notebooks/first-run")):
            browser.open(site / f"{name}.html", width=width, ready=DONE)
            assert browser.run("document.documentElement.scrollWidth") <= width
            assert not browser.problems
            assert not [asked for asked in browser.requests if not asked.startswith(("file:", "data:"))]
        browser.open(site / "howto" / "tuning.html", ready=DONE)
        browser.run("document.querySelector('.md-search__input').focus()")
        browser.run(
            "(() => { const field = document.querySelector('.md-search__input'); field.value = 'deflated';"
            " field.dispatchEvent(new Event('keyup', { bubbles: true })); })()"
        )
        browser.until("document.querySelectorAll('.md-search-result__link').length > 2")
        assert not browser.problems
    finally:
        browser.close()
