"""docs/news.md names every format, column, code and warning that there is."""

import re
from pathlib import Path

from newsbt.news.formats import FORMATS, XML_FORMATS
from newsbt.news.outcome import CODES
from newsbt.news.rows import COLUMNS
from newsbt.news.tables import CHECKED, FIELDS
from newsbt.news.texts import LONGEST_SUMMARY, LONGEST_TITLE

PAGE = (Path(__file__).parents[2] / "docs" / "news.md").read_text(encoding="utf-8")


def table(header):
    """First cells of the table under `header`, and the second ones."""
    lines = PAGE[PAGE.index(header) :].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")[:2]])
    return rows


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_every_format_is_there():
    assert {names(row[0])[0] for row in table("| `--format` |")} == {*FORMATS, *XML_FORMATS}


def test_every_code_is_there_in_its_own_words():
    assert {names(code)[0]: why for code, why in table("| code | why |")} == CODES


def test_every_column_of_a_table_and_its_names_are_there():
    found = {names(ours)[0]: tuple(names(theirs)) for ours, theirs in table("| ours |")}
    assert found.pop("feed") == ("--map",)
    assert found == {name: candidates for name, candidates in FIELDS.items() if candidates}
    assert all(f"`{word}`" in PAGE for word in CHECKED)


def test_every_column_of_a_news_file_is_there():
    assert tuple(name for row in table("| column | holds |") for name in names(row[0])) == COLUMNS
    assert f"at most {LONGEST_TITLE:,} and {LONGEST_SUMMARY:,} characters" in PAGE
