"""Headlines that set one name against another, and what is no part of a headline."""

from __future__ import annotations

import csv
import html
from pathlib import Path

import pytest

from newsbt.sentiment.bare import bare
from newsbt.sentiment.headline import HeadlineScorer
from newsbt.sentiment.lexicon import LexiconScorer
from newsbt.sentiment.sides import halves, preferred_first

ROOT = Path(__file__).resolve().parents[3]
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
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


def test_sentences_with_two_names(lexicon: LexiconScorer, headline: HeadlineScorer) -> None:
    """Signs of 124 names in 62 sentences; what is right of each is in docs/text-signals.md."""
    with (ROOT / "tests" / "data" / "two_names.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    texts, names = [row["text"] for row in rows], [(row["name"], row["other"]) for row in rows]
    wanted = [SIGNS[row[key]] for row in rows for key in ("label", "other_label")]
    for scorer in (lexicon, headline):
        found = [value for opinion in scorer.score(texts, names) for value in opinion.by_aspect]
        right = sum((value > 0.0) - (value < 0.0) == sign for value, sign in zip(found, wanted, strict=True))
        assert right >= 0.8 * len(wanted), scorer.name


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (b"aaa up as bbb down", [b"aaa up ", b" bbb down"]),
        (b"aaa up as rival bbb down", [b"aaa up ", b" rival bbb down"]),
        (b"aaa up while the shares of bbb drop", [b"aaa up ", b" the shares of bbb drop"]),
        # No other half: a supplier, a list, a name on one side only.
        (b"aaa named as bbb supplier", [b"aaa named as bbb supplier"]),
        (b"aaa as well as bbb drop", [b"aaa as well as bbb drop"]),
        (b"aaa up as oil falls", [b"aaa up as oil falls"]),
        (b"up while aaa and bbb meet", [b"up while aaa and bbb meet"]),
    ],
)
def test_what_is_said_of_each_side_is_told_apart(text: bytes, parts: list[bytes]) -> None:
    assert halves(text, places(text)) == parts


def places(text: bytes) -> list[tuple[int, int, int]]:
    found = [(text.find(name), text.find(name) + 3, at) for at, name in enumerate((b"aaa", b"bbb"))]
    return [place for place in found if place[0] >= 0]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"funds prefer aaa to bbb", b"funds aaa prefer to bbb"),
        (b"funds favour aaa over xyz owner bbb", b"funds aaa favour over xyz owner bbb"),
        (b"funds prefer aaa and bbb", b"funds prefer aaa and bbb"),
    ],
)
def test_whoever_is_preferred_comes_first(before: bytes, after: bytes) -> None:
    assert len(after) == len(before)
    assert preferred_first(before, places(before)) == after


def test_whoever_is_not_found_is_judged_by_all_of_the_text(lexicon: LexiconScorer) -> None:
    text = "Acme jumps as Bolt slips after fraud probe"
    whole = lexicon.values([text])
    assert lexicon.values([text], [("Acme", "Nobody", "Bolt", "Acme")]).tolist() == [
        lexicon.values(["Acme jumps"], [("Acme",)])[0],
        whole[0],
        lexicon.values(["Bolt slips after fraud probe"], [("Bolt",)])[0],
        lexicon.values(["Acme jumps"], [("Acme",)])[0],
    ]


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
