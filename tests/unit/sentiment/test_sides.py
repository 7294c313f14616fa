"""Headlines that set one name against another, and what is no part of a headline."""

from __future__ import annotations

import html

import pytest

from newsbt.sentiment.bare import bare
from newsbt.sentiment.headline import HeadlineScorer
from newsbt.sentiment.lexicon import LexiconScorer
from newsbt.sentiment.sides import apart

#: Good for the one, bad for the other; sentences of our own.
SIDES = [
    ("Acme's shares jump as Bolt slips", "Acme", "Bolt"),
    ("Acme's shares rally while Bolt's tumble", "Acme", "Bolt"),
    ("Fund houses prefer Acme to Bolt", "Acme", "Bolt"),
    ("Retailer picks Acme over Bolt for its payments", "Acme", "Bolt"),
    ("Acme wins cloud contract from Bolt", "Acme", "Bolt"),
    ("Bolt loses top spot to Acme", "Acme", "Bolt"),
    ("Acme poaches customers of Bolt", "Acme", "Bolt"),
    ("Acme beats estimates, Bolt misses", "Acme", "Bolt"),
]


@pytest.mark.parametrize(("text", "good", "bad"), SIDES)
def test_good_for_one_is_bad_for_the_other(
    text: str, good: str, bad: str, lexicon: LexiconScorer, headline: HeadlineScorer
) -> None:
    for scorer in (lexicon, headline):
        (opinion,) = scorer.score([text], [(good, bad)])
        assert opinion.by_aspect[0] > 0.0 > opinion.by_aspect[1], scorer.name


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"aaa up as bbb down", b"aaa up ;  bbb down"),
        (b"aaa up as rival bbb down", b"aaa up ;  rival bbb down"),
        (b"aaa up while the shares of bbb drop", b"aaa up ;     the shares of bbb drop"),
        (b"funds prefer aaa to bbb", b"funds aaa prefer to bbb"),
        # No other half: a supplier, a list, one name only, a name on one side only.
        (b"aaa named as bbb supplier", b"aaa named as bbb supplier"),
        (b"aaa as well as bbb drop", b"aaa as well as bbb drop"),
        (b"aaa up as oil falls", b"aaa up as oil falls"),
        (b"up while aaa and bbb meet", b"up while aaa and bbb meet"),
    ],
)
def test_clauses_are_put_apart_byte_for_byte(before: bytes, after: bytes) -> None:
    names = [(before.find(name), before.find(name) + 3, at) for at, name in enumerate((b"aaa", b"bbb"))]
    assert len(after) == len(before)
    assert apart(before, [place for place in names if place[0] >= 0]) == after


def test_one_name_or_none_changes_nothing() -> None:
    assert apart(b"up as it falls while others rise", [(0, 2, 0)]) == b"up as it falls while others rise"


TEXT = "Acme & Sons' profit sinks, shares under pressure"


@pytest.mark.parametrize(
    "dressed",
    [
        TEXT.upper(),
        f"{TEXT} - Reuters",
        f"{TEXT} | The Economic Times",
        f"{TEXT} - moneycontrol.com",
        f"UPDATE 2-{TEXT}",
        f"BREAKING: {TEXT}",
        f"<p>{html.escape(TEXT)}</p>",
        f'<a href="https://example.com/gains/record-profit">{html.escape(TEXT)}</a>',
        TEXT.replace(" ", " \u200b"),
        f"\n\t{TEXT}\n",
    ],
)
def test_what_is_no_part_of_the_sentence_changes_nothing(dressed: str, headline: HeadlineScorer) -> None:
    assert bare(dressed).strip() == TEXT.lower()
    plain, other = headline.score([TEXT, dressed], [(), ()])
    assert (plain.value, plain.confidence) == (other.value, other.confidence)
    assert plain.value < 0.0


@pytest.mark.parametrize(
    "text", ["profit up - up and away", "a < b & c", "exclusive club opens", "- reuters"]
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert bare(text) == text
