"""Tables and paragraphs keep within the width and lose nothing."""

from hypothesis import given
from hypothesis import strategies as st

from newsbt.cli.layout import beside, clean, paragraph, table, width_of

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=9)
CELLS = st.lists(WORDS, max_size=12).map(" ".join)


def test_columns_are_aligned():
    assert table(("name", "value"), [("a", 1), ("bcd", 22)], right=("value",)) == [
        "name  value",
        "a         1",
        "bcd      22",
    ]


def test_no_header_and_no_rows():
    assert table(("", ""), [("a", "b")], indent="  ") == ["  a  b"]
    assert table(("", "", ""), [("a", "", "b")]) == ["a    b"]
    assert table(("", ""), []) == []
    assert table(("x", "y"), []) == ["x  y"]


def test_the_widest_column_is_wrapped():
    lines = table(("n", "text"), [("1", "aaaa bbbb cccc dddd eeee ffff")], width=24)
    assert lines == ["n  text", "1  aaaa bbbb cccc dddd", "   eeee ffff"]


def test_wide_characters_take_two_columns():
    assert width_of("阿里") == 4
    assert table(("a", "b"), [("阿里", "x"), ("abcd", "y")]) == ["a     b", "阿里  x", "abcd  y"]


def test_control_codes_do_not_reach_the_terminal():
    assert clean("a\x1b[31mb\nc\td") == "a [31mb c d"


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_a_table_fits_and_keeps_every_word(rows):
    lines = table(("one", "two", "three"), rows, width=80)
    assert all(len(line) <= 80 for line in lines)
    words = sorted(word for line in lines for word in line.split())
    assert words == sorted(
        [w for row in rows for cell in row for w in cell.split()] + ["one", "two", "three"]
    )


@given(CELLS)
def test_a_paragraph_fits_and_keeps_every_word(text):
    lines = paragraph(text, width=40, indent="  ", hanging="  ")
    assert all(len(line) <= 40 for line in lines)
    assert " ".join(lines).split() == text.split()


def test_the_start_of_a_paragraph_may_be_kept_whole():
    text = "/long/path/to/a/file.csv:12: error: too much of it"
    assert paragraph(text, width=30, hanging="  ", unbroken=len("/long/path/to/a/file.csv:12: error:")) == [
        "/long/path/to/a/file.csv:12: error:",
        "  too much of it",
    ]


def test_blocks_stand_side_by_side_where_they_fit():
    assert beside(["a", "bbb"], ["x", "y", "z"]) == ["a     x", "bbb   y", "      z"]
    assert beside(["中文", "b"], ["x", "y"]) == ["中文   x", "b      y"]
    assert beside(["a" * 4], ["x" * 4], width=11) == ["aaaa   xxxx"]
    assert beside(["a" * 4], ["x" * 4], width=10) == ["aaaa", "", "xxxx"]
    assert beside(["a"], []) == beside([], ["a"]) == ["a"]
