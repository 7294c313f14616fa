"""Headlines are cut into clauses of words, phrases are found in them."""

from __future__ import annotations

import pytest

from newsbt.scoring.words import GAP_WORDS, PhraseBook, clauses, parse_phrase


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("", []),
        (" ... !", []),
        ("Alibaba's AI-first plan", [["alibaba", "ai", "first", "plan"]]),
        ("JD.com and S&P gain", [["jd.com", "and", "s&p", "gain"]]),
        ("The U.S. bans it. Then stops.", [["the", "us", "bans", "it"], ["then", "stops"]]),
        (
            "Sales up; profit down: why? (a loss)",
            [["sales", "up"], ["profit", "down"], ["why"], ["a", "loss"]],
        ),
        ("Profit falls - shares rise", [["profit", "falls"], ["shares", "rise"]]),
        ("A sells, then buys", [["a", "sells"], ["then", "buys"]]),
        ("US hits Alibaba, Tencent and Baidu", [["us", "hits", "alibaba", "tencent", "and", "baidu"]]),
        ("fines 18.2bn yuan, US$2.8bn", [["fines", "18.2bn", "yuan"], ["us$2.8bn"]]),
        ("up +26% or −5%", [["up", "+26%", "or", "-5%"]]),
        ("in 2020-2021", [["in", "2020", "2021"]]),
        ("didn’t fall", [["didn't", "fall"]]),
        ("阿里巴巴 罚款", [["阿里巴巴", "罚款"]]),
    ],
)
def test_clauses(headline: str, expected: list[list[str]]) -> None:
    assert clauses(headline) == expected


def places(phrase: str, headline: str) -> list[tuple[int, ...]]:
    book = PhraseBook([(0, parse_phrase(phrase))])
    return [match.places for clause in clauses(headline) for match in book.find(clause)]


@pytest.mark.parametrize(
    ("phrase", "headline", "expected"),
    [
        ("fine", "A Fine mess", [(1,)]),
        ("fine", "finer refined fines", []),
        ("fin*", "finer refined fines", [(0,), (2,)]),
        ("fine|fines", "fines and a fine", [(0,), (3,)]),
        ("no longer", "no longer, no, longer", [(0, 1)]),
        ("buy-back", "a buy back and a buy-back", [(1, 2), (5, 6)]),
        ("raise*|lift* ... target", "raises its price target", [(0, 3)]),
        ("raise*|lift* ... target", "raises target for a target", [(0, 1)]),
        ("raise* ... target", "raises it: target", []),
        ("cut ... price ... war", "cut one price in a war", [(0, 2, 5)]),
        ("+*", "sales +4% -4%", [(1,)]),
        ("-*", "sales +4% -4%", [(2,)]),
        ("a ... b c", "a b x b c", [(0, 3, 4)]),
    ],
)
def test_phrases(phrase: str, headline: str, expected: list[tuple[int, ...]]) -> None:
    assert places(phrase, headline) == expected


def test_a_gap_holds_so_many_words_and_no_more() -> None:
    assert places("start ... stop", "start " + "x " * GAP_WORDS + "stop")
    assert not places("start ... stop", "start " + "x " * (GAP_WORDS + 1) + "stop")


def test_a_book_tells_whose_phrase_it_found() -> None:
    book = PhraseBook([(3, parse_phrase("fine")), (5, parse_phrase("fin*")), (7, parse_phrase("probe"))])
    assert sorted(match.owner for match in book.find(["fine"])) == [3, 5]


@pytest.mark.parametrize(
    "text", ["", "...", "... a", "a ...", "a ... ... b", "a*b", "*a", "a||b", "a|", "a*", "*"]
)
def test_phrases_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        parse_phrase(text)
